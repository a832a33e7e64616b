/** The reference page at /docs: Swagger UI, served from its package, with the OpenAPI document of this API. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router, static as serveFiles } from 'express';
import { DOCS_STYLE, docsNavigation } from './docs-pages.ts';

// An import of the package would load its whole browser bundle into this process.
const FILES = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const page = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tessellate Renewables API</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<style>${DOCS_STYLE} main { max-width: none }</style>
</head>
<body>
<div class="site">
${docsNavigation('')}
<main>
<div id="reference"></div>
</main>
</div>
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
  router.get('/docs', (_request, response) => void response.type('html').send(page()));
  router.get('/docs/reference.js', (_request, response) => void response.type('js').send(SCRIPT));
  router.use('/docs', serveFiles(FILES, { index: false, maxAge: '1h' }));
  return router;
}
