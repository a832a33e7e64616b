// Installs and builds what is missing, then hands over to the command line. It only uses Node built-ins, because node_modules may
// be absent.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = ['src', 'workflows', 'activities', 'temporal', 'migrations'];
/** Commands of bench/main.ts; all others are those of src/cli/main.ts. */
const BENCH_COMMANDS = [
  'bench',
  'bench-gpu',
  'bench-iea37',
  'bench-large-layout',
  'bench-peers',
  'bench-peers-layouts',
  'drill-webhooks',
  'drill-api',
  'drill-inputs',
  'drill-outages',
  'drill-reports',
  'drill-rolling',
];
const STAMPS = join(root, 'node_modules', '.tessellate');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old; this project needs Node 20.19 or newer`);
  process.exit(1);
}

/** npm and the shell that it starts; of them, those that are processes of this system. */
function ancestors() {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=', '-p', String(process.ppid)], { encoding: 'utf8' });
  return [process.ppid, (stdout ?? '').trim()].join();
}
const startedBy = ancestors();

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
if (process.argv[2] === 'up') {
  const files = (folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
  // The dashboard contains the client, and the engine for the browser.
  const web = ['web/src', 'web/public', 'src'].flatMap(files).sort();
  const configuration = ['web/index.html', 'web/package-lock.json', 'web/vite.config.ts', 'scripts/build-web.mjs'];
  step('dashboard', [...configuration, ...web], output('web/index.html'), process.execPath, ['scripts/build-web.mjs']);
}
if (isBench) build('build-bench', [...SOURCES, 'bench', 'test'], 'bench/main.js');

// Whoever started this may have ended while it was built: then nobody would stop the platform.
if (process.env.npm_lifecycle_event && ancestors() !== startedBy) {
  console.error('npm has ended; nothing is started');
  process.exit(1);
}

const main = output(isBench ? 'bench/main.js' : 'src/cli/main.js');
process.argv.splice(1, 1, main);
await import(main);
