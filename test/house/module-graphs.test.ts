/** What each process loads, by the modules that its entry imports: types count for nothing, imports on demand neither. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';

const IMPORT = /^(?:import|export)\s+(?:[\w*{][^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;

/** Files and packages that a module loads when it is loaded, itself first. */
function graphOf(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    // The build leaves no import of types behind.
    const text = readFileSync(file, 'utf8');
    for (const [, target] of text.matchAll(IMPORT)) {
      if (!target.startsWith('.'))
        packages.add(
          target
            .split('/')
            .slice(0, target.startsWith('@') ? 2 : 1)
            .join('/'),
        );
      else visit(normalize(join(dirname(file), target)));
    }
  };
  expect(existsSync(entry)).toBe(true);
  visit(entry);
  return { files, packages };
}

const SERVER_PACKAGES = ['typeorm', 'pg', 'express', 'ioredis', 'winston'];
/** Each thread would hold megabytes of these for nothing: schemas, and projections onto maps. */
const IDLE_PACKAGES = ['zod', 'proj4'];

test.each([
  ['compute threads', 'dist/src/compute/thread.js', ['dist/src/solar/', 'dist/src/wind/']],
  ['the client', 'dist/src/client/index.js', ['dist/src/client/client.js']],
])('%s load neither a database, nor a web server, nor services', (_name, entry, expected) => {
  const { files, packages } = graphOf(entry);
  for (const part of expected) expect([...files].some((file) => file.startsWith(part))).toBe(true);
  expect([...packages].filter((name) => [...SERVER_PACKAGES, ...IDLE_PACKAGES].includes(name))).toEqual([]);
  expect([...files].filter((file) => /dist\/src\/(services|adapters|api)\//.test(file))).toEqual([]);
});

test('the client loads no package at all', () => {
  expect([...graphOf('dist/src/client/index.js').packages].filter((name) => !name.startsWith('node:'))).toEqual([]);
});

test('the bundle of workflows has contracts, but no schema, service or server package', () => {
  const bundle = readFileSync('dist/workflows/bundle.cjs', 'utf8');
  const modules = [...bundle.matchAll(/^\s*!\*\*\* (\S+) \*\*\*!/gm)].map(([, path]) => path);
  expect(modules.some((path) => path.endsWith('/workflows/run-job.js'))).toBe(true);
  expect(modules.some((path) => path.endsWith('contracts/jobs/jobs.js'))).toBe(true);
  const unwanted = /\/(zod|typeorm|pg|express)\/|\/src\/(services|adapters|api|solar|wind)\/|\.schema\.js/;
  expect(modules.filter((path) => unwanted.test(path))).toEqual([]);
});

test('the API refuses what an optimizer would refuse, and loads none', () => {
  const inThreads = ['solar', 'wind'].map((name) => `dist/src/services/${name}/thread-tasks.js`);
  const graphs = ['dist/src/api/start.js', ...inThreads].map(graphOf);
  const files = graphs.flatMap((graph) => [...graph.files]);
  expect(files.some((file) => file.endsWith('solar/design/design.js'))).toBe(true);
  const optimizers =
    /optimize\/(nsga2\/nsga2|bayesian\/bayesian|bayesian\/gaussian-process|grid-search|lbfgs)\.js|design\/search\.js|layout\/layout-(search|local)\.js/;
  expect(files.filter((file) => optimizers.test(file))).toEqual([]);
  for (const { packages } of graphs.slice(1))
    expect([...packages].filter((name) => SERVER_PACKAGES.includes(name))).toEqual([]);
});

test('the rules of imports name plugins of the lint that exist', () => {
  const named = [...readFileSync('.dependency-cruiser.mjs', 'utf8').matchAll(/lint\/[\w-]+\.grit/g)].map(
    ([file]) => file,
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});
