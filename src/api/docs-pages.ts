/**
 * The pages of docs/ as HTML at /docs/{name}, in particular docs/errors/{code} and
 * docs/warnings/{code}, which problems and warnings name.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import { Marked } from 'marked';

/** Searches upwards from this file, so that it works from src/ and from dist/. */
const FOLDER = ((): string => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'docs', 'errors'))) return join(folder, 'docs');
    if (dirname(folder) === folder) throw new Error('the folder docs is missing next to the program');
  }
})();

const STYLE = `body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1b2733 }
code, pre { font: 0.9em/1.45 ui-monospace, monospace; background: #f2f5f7; border-radius: 4px }
code { padding: 0.1em 0.3em } pre { padding: 0.8em; overflow-x: auto } pre code { padding: 0 }
table { border-collapse: collapse } td, th { border: 1px solid #cdd6dd; padding: 0.3em 0.6em; text-align: left; vertical-align: top }
a { color: #0a5bb5 }`;

const marked = new Marked({
  // Links between the files become links between the pages.
  walkTokens(token) {
    if (token.type === 'link' && !/^[a-z]+:/.test(token.href)) token.href = token.href.replace(/\.md(?=#|$)/, '');
  },
});

function page(title: string, markdown: string, home: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Tessellate Renewables</title>
<style>${STYLE}</style>
</head>
<body>
<nav><a href="${home}docs">Reference</a> | <a href="${home}docs/errors">Errors</a> | <a href="${home}docs/warnings">Warnings</a></nav>
${marked.parse(markdown, { async: false })}</body>
</html>
`;
}

/** Names of pages below docs/, without `.md`. */
const namesIn = (folder: string): string[] =>
  readdirSync(join(FOLDER, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -3))
    .sort();

/** Returns a table of the codes of a folder; the heading of each page is `# code (status or severity)`. */
function codesIn(folder: 'errors' | 'warnings', introduction: string, column: string): string {
  const rows = namesIn(folder).map((code) => {
    const [, value] = /\((\w+)\)/.exec(readFileSync(join(FOLDER, folder, `${code}.md`), 'utf8')) ?? [];
    return `| ${value} | [\`${code}\`](${folder}/${code}) |`;
  });
  const title = folder === 'errors' ? 'Errors' : 'Warnings';
  return `# ${title}\n\n${introduction}\n\n| ${column} | code |\n|---|---|\n${rows.join('\n')}\n`;
}

export function docsPages(): Router {
  const router = Router();
  router.get('/docs/errors', (_request, response) => {
    const text = 'Every error is a problem document (RFC 9457) with one of these codes.';
    response.type('html').send(page('Errors', codesIn('errors', text, 'status'), '../'));
  });
  router.get('/docs/warnings', (_request, response) => {
    const text = 'Datasets, components and jobs list their doubts in `warnings`, each with one of these codes.';
    response.type('html').send(page('Warnings', codesIn('warnings', text, 'severity'), '../'));
  });
  const pages = new Set([
    ...namesIn('.'),
    ...['errors', 'models', 'warnings'].flatMap((folder) => namesIn(folder).map((name) => `${folder}/${name}`)),
  ]);
  router.get(['/docs/:name', '/docs/:folder/:name'], (request, response, next) => {
    const { folder, name } = request.params as { folder?: string; name: string };
    const path = folder === undefined ? name : `${folder}/${name}`;
    if (!pages.has(path)) return next();
    const markdown = readFileSync(join(FOLDER, `${path}.md`), 'utf8');
    response.type('html').send(page(name, markdown, folder === undefined ? '../' : '../../'));
  });
  return router;
}
