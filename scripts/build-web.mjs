// Builds the dashboard to dist/web; with --check its types are checked first. Its packages are its own: the platform's processes
// need none of them.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('../web', import.meta.url));
function run(command, args) {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
const changedAt = (path) => (existsSync(`${cwd}/${path}`) ? statSync(`${cwd}/${path}`).mtimeMs : 0);
if (changedAt('node_modules/.package-lock.json') < changedAt('package-lock.json'))
  run('npm', ['ci', '--no-audit', '--no-fund']);
if (process.argv.includes('--check')) run(process.execPath, ['../node_modules/typescript/bin/tsc', '-p', '.']);
run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
