// What the documents name must exist: linked files and headings, npm scripts, paths of the repository. Exits 1 with each that does not.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const files = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true })
    .map((name) => join('docs', String(name)))
    .filter((name) => name.endsWith('.md')),
];
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

const missing = [];
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^([a-z]+:|\/)/.test(target)) continue; // other sites, and pages of a running API
    const [path, heading] = target.split('#');
    const linked = path === '' ? file : normalize(join(dirname(file), path));
    if (!existsSync(linked)) missing.push(`${file}: links to ${target}, which is not there`);
    else if (heading && !anchorsOf(linked).includes(heading))
      missing.push(`${file}: links to ${target}, a heading that is not there`);
  }
  for (const [, name] of text.matchAll(/npm run (?:-s )?([\w:-]+)/g))
    if (!(name in scripts)) missing.push(`${file}: names npm run ${name}, which package.json does not have`);
  for (const [, path] of text.matchAll(/`([\w./-]+)`/g)) {
    const [first] = path.split('/');
    if (path.includes('/') && FOLDERS.includes(first) && !path.startsWith('.tessellate') && !existsSync(path))
      missing.push(`${file}: names ${path}, which is not there`);
  }
}
for (const line of missing) console.error(line);
console.log(
  `docs: ${files.length} files, ${missing.length === 0 ? 'all that they name is there' : `${missing.length} missing`}`,
);
process.exit(missing.length === 0 ? 0 : 1);
