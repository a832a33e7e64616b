/** The dashboard at `/`: files that its build has written to dist/web. Without that build, the API has no pages there. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RequestHandler, Router, static as serveFiles } from 'express';

/**
 * What pages may load, beside helmet's own rules: the engine in the browser has WebAssembly. Behind a proxy, the proxy handles
 * TLS; without one, upgrading every request to https would break the pages.
 */
export const CONTENT_SECURITY = { scriptSrc: ["'self'", "'wasm-unsafe-eval'"], upgradeInsecureRequests: null } as const;

/** Beside the compiled program, or in dist when this file runs from its source. */
const FOLDER = ['../../web', '../../dist/web']
  .map((path) => join(dirname(fileURLToPath(import.meta.url)), path))
  .find((folder) => existsSync(join(folder, 'index.html')));

/** Serves the files of the dashboard. Names of assets contain a hash of their content, so browsers keep them. */
export function dashboardFiles(): Router {
  const router = Router();
  if (FOLDER !== undefined) {
    router.use('/assets', serveFiles(join(FOLDER, 'assets'), { immutable: true, maxAge: '1y' }));
    router.use(serveFiles(FOLDER, { index: false, cacheControl: false }));
  }
  return router;
}

/** Paths below which the API, and not the dashboard, says that there is nothing */
const OF_API = /^\/(?:v1|assets|docs|health|slo|account|dev)\//;

/** Serves the page itself at every address that nothing else answers, because the dashboard has addresses of its own. */
export function dashboardPage(): RequestHandler {
  return (request, response, next) => {
    const isPage = ['GET', 'HEAD'].includes(request.method) && request.accepts(['json', 'html']) === 'html';
    if (FOLDER === undefined || !isPage || OF_API.test(request.path)) return next();
    response.set('cache-control', 'no-cache').sendFile(join(FOLDER, 'index.html'));
  };
}
