// Checks the documents: linked files, headings and tests, npm scripts, paths and source files of the repository exist, and lines of
// prose have at most 120 characters. Prints each fault and exits 1 if there are any. Arguments are further documents.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const files = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true })
    .map((name) => join('docs', String(name)))
    .filter((name) => name.endsWith('.md')),
  'test/README.md',
  ...process.argv.slice(2),
];
/** Every file under the name and each end of its path: `tm2.ts`, `formats/tm2.ts`, `weather/formats/tm2.ts`. */
const SOURCES = new Set(
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
    .split('\n')
    .flatMap((path) => path.split('/').map((_, i, parts) => parts.slice(i).join('/'))),
);
/** Names that stand for any file. */
const PLACEHOLDERS = ['x.ts', 'x.test.ts'];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const FOLDERS = readdirSync('.', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['node_modules', 'dist', 'coverage'].includes(entry.name))
  .map(({ name }) => name);
/** As renderers name headings. */
const anchor = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s/g, '-');
const anchorsOf = (file) =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading));

/** Whether a file has a test of this name. */
const hasTest = (file, name) => {
  const text = readFileSync(file, 'utf8');
  return ["'", '"', '`'].some((quote) => text.includes(`(${quote}${name}${quote},`));
};

const MAX_LINE = 120;
/** Numbers of the lines of prose that are too long; tables, code and lines that one address or code span fills may be longer. */
function longLines(text) {
  let isFenced = false;
  return text.split('\n').flatMap((line, i) => {
    if (line.startsWith('```')) isFenced = !isFenced;
    const isProse = !isFenced && !/^(\||#|<|```| {4})/.test(line);
    return isProse && line.length > MAX_LINE && line.trim().includes(' ') ? [i + 1] : [];
  });
}

const faults = [];
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  for (const line of longLines(text)) faults.push(`${file}:${line}: has more than ${MAX_LINE} characters`);
  for (const [, label, target] of text.matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)) {
    if (/^([a-z]+:|\/)/.test(target)) continue; // other sites, and pages of a running API
    const [path, heading] = target.split('#');
    const linked = path === '' ? file : normalize(join(dirname(file), path));
    if (!existsSync(linked)) faults.push(`${file}: links to ${target}, which is not there`);
    else if (heading && !anchorsOf(linked).includes(heading))
      faults.push(`${file}: links to ${target}, a heading that is not there`);
    else if (linked.endsWith('.test.ts') && !hasTest(linked, label))
      faults.push(`${file}: names the test '${label}', which ${linked} does not have`);
  }
  for (const [, name] of text.matchAll(/npm run (?:-s )?([\w:-]+)/g))
    if (!(name in scripts)) faults.push(`${file}: names npm run ${name}, which package.json does not have`);
  for (const [, path] of text.matchAll(/`([\w./-]+)`/g)) {
    const [first] = path.split('/');
    if (/\w\.(ts|mjs)$/.test(path) && !path.startsWith('dist/') && !SOURCES.has(path) && !PLACEHOLDERS.includes(path))
      faults.push(`${file}: names ${path}, which is not there`);
    if (path.includes('/') && FOLDERS.includes(first) && !path.startsWith('.tessellate') && !existsSync(path))
      faults.push(`${file}: names ${path}, which is not there`);
  }
}
for (const line of faults) console.error(line);
console.log(`docs: ${files.length} files, ${faults.length === 0 ? 'no faults' : `${faults.length} faults`}`);
process.exit(faults.length === 0 ? 0 : 1);
