// Installs and builds what is missing, then hands over to the command line. It only uses Node built-ins, because node_modules may
// be absent.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = ['src', 'workflows', 'activities', 'temporal', 'migrations'];
/** Commands of bench/main.ts; all others are those of src/cli/main.ts. */
const BENCH_COMMANDS = ['bench', 'bench-iea37', 'bench-peers', 'drill-webhooks', 'drill-api'];
const STAMPS = join(root, 'node_modules', '.tessellate');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old; this project needs Node 20.19 or newer`);
  process.exit(1);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

const sourceFiles = (folders) =>
  folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .sort();

// Runs a step unless its inputs are those of its last success. Messages go to stderr: stdout belongs to the command.
function step(name, inputs, outcome, command, args) {
  const stamp = join(STAMPS, name);
  const hash = hashOf(inputs);
  if (existsSync(outcome) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const started = Date.now();
  console.error(`${name} ...`);
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) {
    console.error(`${name} failed${result.error ? `: ${result.error.message}` : ''}`);
    process.exit(1);
  }
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, hash);
  console.error(`${name} took ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

step('install', ['package.json', 'package-lock.json'], join(root, 'node_modules', 'typescript'), 'npm', [
  'ci',
  '--no-audit',
  '--no-fund',
]);
const isBench = BENCH_COMMANDS.includes(process.argv[2]);
const output = (path) => join(root, 'dist', path);
const build = (name, folders, outcome, ...options) => {
  const configuration = [
    'tsconfig.json',
    'tsconfig.build.json',
    'package.json',
    'package-lock.json',
    'scripts/build.mjs',
  ];
  step(name, [...configuration, ...sourceFiles(folders)], output(outcome), process.execPath, [
    'scripts/build.mjs',
    ...options,
  ]);
};
build('build', SOURCES, 'workflows/bundle.cjs', '--production');
if (isBench) build('build-bench', [...SOURCES, 'bench', 'test'], 'bench/main.js');

const main = output(isBench ? 'bench/main.js' : 'src/cli/main.js');
process.argv.splice(1, 1, main);
await import(main);
