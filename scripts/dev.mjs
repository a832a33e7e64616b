// `npm run dev`: the platform of `npm start`, rebuilt at each change; API and worker start again, database and Temporal stay.
// When a build fails, the running processes do not change. `npm run dev -- --data FOLDER` as with `tessellate up`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const SOURCES = ['src', 'workflows', 'activities', 'temporal', 'migrations'];
/** Editors write a file in several steps, and a branch is changed in many [ms]. */
const SETTLE_MS = 200;

const { values } = parseArgs({ options: { data: { type: 'string', default: '.tessellate' } } });
const pids = join(values.data, 'run', 'pids');

const platform = spawn(process.execPath, ['scripts/start.mjs', 'up', ...process.argv.slice(2)], { stdio: 'inherit' });
platform.once('exit', (code) => process.exit(code ?? 1));
// The platform gets the terminal's Ctrl-C itself and ends first.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => platform.kill('SIGTERM'));

function rebuild() {
  const started = performance.now();
  // dist/ is no longer what the stamp of scripts/start.mjs says.
  rmSync('node_modules/.tessellate/build', { force: true });
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--production'], { stdio: 'inherit' });
  if (status !== 0) return console.log('dev: the build failed; the last good build keeps running');
  console.log(`dev: built in ${((performance.now() - started) / 1000).toFixed(1)} s; API and worker start again`);
  // Before its first start the platform has no processes yet.
  for (const file of existsSync(pids) ? readdirSync(pids) : []) {
    const { name, pid } = JSON.parse(readFileSync(join(pids, file), 'utf8'));
    if (name === 'api' || name === 'worker') end(pid);
  }
}

function end(pid) {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    // One that has just ended starts again by itself.
    if (error.code !== 'ESRCH') throw error;
  }
}

let settling;
for (const folder of SOURCES)
  watch(folder, { recursive: true }, (_event, file) => {
    if (!file?.endsWith('.ts') || file.endsWith('.test.ts')) return;
    clearTimeout(settling);
    settling = setTimeout(rebuild, SETTLE_MS);
  });
