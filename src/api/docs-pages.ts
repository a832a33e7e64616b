/**
 * The pages of docs/ as a site at /docs/{name}, with navigation and search; in particular docs/errors/{code} and
 * docs/warnings/{code}, which problems and warnings name.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Request, Router, static as serveFiles } from 'express';
import { Marked } from 'marked';

/** Searches upwards from this file, so that it works from src/ and from dist/. */
const FOLDER = ((): string => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'docs', 'errors'))) return join(folder, 'docs');
    if (dirname(folder) === folder) throw new Error('the folder docs is missing next to the program');
  }
})();

/** Folders of pages, each with a page that lists them */
const FOLDERS = ['models', 'errors', 'warnings', 'decisions'] as const;

/** Names of pages below docs/, without `.md`. */
const namesIn = (folder: string): string[] =>
  readdirSync(join(FOLDER, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -3))
    .sort();

/** The navigation: names of pages below docs/. Pages that are not named here are guides. */
const GROUPS: readonly (readonly [title: string, pages: readonly string[]])[] = [
  ['Reference', ['', 'glossary', 'errors', 'warnings']],
  ['Guides', []],
  ['Account', ['accounts', 'billing', 'mails', 'threat-model']],
  ['Models', namesIn('models').map((name) => `models/${name}`)],
  ['How it is built', ['architecture', 'decisions', 'workflow-changes', 'migrations']],
  [
    'Operation',
    [
      ...['deployment', 'settings', 'operations', 'temporal-operations', 'runbook', 'runbook-coverage', 'backups'],
      ...['upgrades', 'gpu'],
    ],
  ],
];

export const DOCS_STYLE = `body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1b2733; background: #fff }
.site { display: flex; max-width: 76rem; margin: 0 auto }
nav { flex: 0 0 14rem; padding: 1rem; font-size: 0.9rem }
nav ul { list-style: none; margin: 0 0 0.8rem; padding: 0 } nav li { padding: 0.1rem 0 } nav h2 { font-size: 0.9rem; margin: 0 }
nav input { width: 100%; box-sizing: border-box; padding: 0.4rem; font: inherit }
main { flex: 1 1 auto; min-width: 0; max-width: 50rem; padding: 1rem }
[aria-current] { font-weight: 700 }
code, pre { font: 0.9em/1.45 ui-monospace, monospace; background: #f2f5f7; border-radius: 4px }
code { padding: 0.1em 0.3em; overflow-wrap: anywhere } pre { padding: 0.8em; overflow-x: auto } pre code { padding: 0; overflow-wrap: normal }
table { border-collapse: collapse; display: block; overflow-x: auto } td, th { border: 1px solid #cdd6dd; padding: 0.3em 0.6em; text-align: left; vertical-align: top }
img { max-width: 100% } a { color: #0a5bb5 }
@media (max-width: 48rem) { .site { flex-direction: column } nav { flex-basis: auto } }
@media (prefers-color-scheme: dark) {
  body { color: #dbe4ea; background: #14191d } code, pre { background: #222b31 } a { color: #7cc0ff } td, th { border-color: #3d4a53 }
}`;

interface DocsPage {
  readonly path: string;
  readonly title: string;
  readonly markdown: string;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const titleOf = (markdown: string, path: string): string => /^# (.+)$/m.exec(markdown)?.[1].replaceAll('`', '') ?? path;

const INTRODUCTIONS: Readonly<
  Record<(typeof FOLDERS)[number], readonly [title: string, text: string, column: string]>
> = {
  models: ['Models', 'What the engine computes with: source, validity and accuracy of each model.', ''],
  errors: ['Errors', 'Every error is a problem document (RFC 9457) with one of these codes.', 'status'],
  warnings: [
    'Warnings',
    'Datasets, components and jobs list their doubts in `warnings`, each with one of these codes.',
    'severity',
  ],
  decisions: ['Decisions', 'Why the platform is built this way.', ''],
};

/** Returns the page that lists a folder; the heading of an error or a warning is `# code (status or severity)`. */
function listOf(folder: (typeof FOLDERS)[number], pages: readonly DocsPage[]): DocsPage {
  const [title, text, column] = INTRODUCTIONS[folder];
  const rows = pages.map((page) => {
    const name = page.path.slice(folder.length + 1);
    if (column === '') return `- [${page.title}](${folder}/${name}.md)`;
    return `| ${/\((\w+)\)/.exec(page.title)?.[1]} | [\`${name}\`](${folder}/${name}.md) |`;
  });
  const head = column === '' ? '' : `| ${column} | code |\n|---|---|\n`;
  return { path: folder, title, markdown: `# ${title}\n\n${text}\n\n${head}${rows.join('\n')}\n` };
}

function readPages(): ReadonlyMap<string, DocsPage> {
  const read = (path: string): DocsPage => {
    const markdown = readFileSync(join(FOLDER, `${path}.md`), 'utf8');
    return { path, title: titleOf(markdown, path), markdown };
  };
  const inFolders = FOLDERS.map(
    (folder) => [folder, namesIn(folder).map((name) => read(`${folder}/${name}`))] as const,
  );
  const all = [...namesIn('.').map(read), ...inFolders.flatMap(([folder, pages]) => [listOf(folder, pages), ...pages])];
  return new Map(all.map((page) => [page.path, page]));
}

/** Returns the address of a link of a page relative to the root; null if it leads out of docs/. */
function targetOf(href: string, page: string): string | null {
  const [, path, rest] = /^([^#?]*)(.*)$/.exec(href)!;
  if (path === '') return rest;
  if (path.startsWith('/')) return href.slice(1);
  const target = posix.normalize(posix.join(posix.dirname(page), path)).replace(/\/$/, '');
  if (target.startsWith('..')) return null;
  return `docs/${target.replace(/\.md$/, '')}${rest}`;
}

/** Returns the text of a page as HTML. Files beside docs/ are not served: links to them are their names only. */
function bodyOf({ path, markdown }: DocsPage, home: string): string {
  const marked = new Marked({
    renderer: {
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        if (/^[a-z]+:/.test(href)) return `<a href="${escaped(href)}">${text}</a>`;
        const target = targetOf(href, path);
        if (target === null) return text;
        return `<a href="${escaped(target.startsWith('#') ? target : home + target)}">${text}</a>`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

/** Depth of an address as the way back to the root, so that the pages also work below a prefix. */
const homeOf = ({ path }: Request): string => '../'.repeat(path.split('/').length - 2);

export const docsNavigation = (home: string, current?: string, query = ''): string => {
  const pages = docs();
  const named = new Set(GROUPS.flatMap(([, names]) => names));
  const others = [...pages.keys()].filter((path) => !path.includes('/') && !named.has(path));
  const link = (path: string): string => {
    const title = path === '' ? 'API reference, with a console' : pages.get(path)!.title;
    const is = path === current ? ' aria-current="page"' : '';
    return `<li><a href="${home}docs${path && '/'}${path}"${is}>${escaped(title)}</a></li>`;
  };
  const groups = GROUPS.map(([title, names]) => {
    const shown = names.length === 0 ? others : names;
    return `<h2>${title}</h2><ul>${shown.map(link).join('')}</ul>`;
  });
  return `<nav aria-label="Documentation">
<form role="search" action="${home}docs/search"><input type="search" name="q" value="${escaped(query)}" aria-label="Search the documentation" placeholder="Search"></form>
${groups.join('\n')}
<ul><li><a href="${home || './'}">Dashboard</a></li></ul>
</nav>`;
};

let known: ReadonlyMap<string, DocsPage> | undefined;
const docs = (): ReadonlyMap<string, DocsPage> => {
  known ??= readPages();
  return known;
};

function render(title: string, body: string, navigation: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} - Tessellate Renewables</title>
<style>${DOCS_STYLE}</style>
</head>
<body>
<div class="site">
${navigation}
<main>
${body}</main>
</div>
</body>
</html>
`;
}

const AROUND = 80;
/** Pages that contain every word, those with the words in their title first. */
function matchingPages(query: string): { page: DocsPage; excerpt: string }[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits = [...docs().values()].flatMap((page) => {
    const text = page.markdown.toLowerCase();
    if (!words.every((word) => text.includes(word))) return [];
    const titled = words.filter((word) => page.title.toLowerCase().includes(word)).length;
    const at = text.indexOf(words[0]);
    const excerpt = page.markdown.slice(Math.max(0, at - AROUND), at + 2 * AROUND).replace(/[\s`*|#]+/g, ' ');
    return [{ page, excerpt, weight: 1000 * titled + text.split(words[0]).length }];
  });
  return hits.sort((a, b) => b.weight - a.weight).slice(0, 50);
}

export function docsPages(): Router {
  const router = Router();
  router.use('/docs/samples', serveFiles(join(FOLDER, 'samples'), { index: false }));
  router.get('/docs/search', (request, response) => {
    const query = String(request.query.q ?? '').slice(0, 200);
    const home = homeOf(request);
    const hits = matchingPages(query).map(
      ({ page, excerpt }) =>
        `<li><a href="${home}docs/${page.path}">${escaped(page.title)}</a><br>… ${escaped(excerpt)} …</li>`,
    );
    const list = hits.length === 0 ? '<p>No page contains all of these words.</p>' : `<ul>${hits.join('\n')}</ul>`;
    const body = `<h1>Pages about ${escaped(query)}</h1>\n${list}\n`;
    response.type('html').send(render('Search', body, docsNavigation(home, undefined, query)));
  });
  router.get(['/docs/:name', '/docs/:folder/:name'], (request, response, next) => {
    const { folder, name } = request.params as { folder?: string; name: string };
    const page = docs().get(folder === undefined ? name : `${folder}/${name}`);
    if (!page) return next();
    const home = homeOf(request);
    response.type('html').send(render(page.title, bodyOf(page, home), docsNavigation(home, page.path)));
  });
  return router;
}
