/** The reference page at /docs: Swagger UI, served from its package, with the OpenAPI document of this API. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router, static as serveFiles } from 'express';

// An import of the package would load its whole browser bundle into this process.
const FILES = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tessellate Renewables API</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<nav style="padding: 0.6rem 1rem; font-family: sans-serif">
<a href="docs/accounts">Accounts</a> | <a href="docs/solar-api">Solar</a> | <a href="docs/wind-api">Wind</a> | <a href="docs/weather-formats">Weather files</a> |
<a href="docs/webhooks">Webhooks</a> | <a href="docs/glossary">Glossary</a> | <a href="docs/errors">Errors</a>
</nav>
<div id="reference"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/reference.js"></script>
</body>
</html>
`;
const SCRIPT = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  persistAuthorization: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;

export function referencePage(): Router {
  const router = Router();
  router.get('/docs', (_request, response) => void response.type('html').send(PAGE));
  router.get('/docs/reference.js', (_request, response) => void response.type('js').send(SCRIPT));
  router.use('/docs', serveFiles(FILES, { index: false, maxAge: '1h' }));
  return router;
}
