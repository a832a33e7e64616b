// `npm run bench:peers`: the same work here and in pvlib, PySAM, pymoo, scikit-optimize, PyWake, FLORIS and TOPFARM, in one run, and the ratios.
// The peers live in a virtual environment below .tessellate/peers; PEERS_PYTHON names another interpreter that has them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const requirements = join(root, 'bench', 'peers', 'requirements.txt');
const environment = join(root, '.tessellate', 'peers');

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8, ...options });
  if (result.error) throw new Error(`${command} could not be run: ${result.error.message}`);
  if (result.status !== 0) throw new Error(`${command} ${args[0]} ended with ${result.status}\n${result.stderr ?? ''}`);
  return result.stdout;
}

function peersPython() {
  if (process.env.PEERS_PYTHON) return process.env.PEERS_PYTHON;
  const python = join(environment, 'bin', 'python');
  const stamp = join(environment, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  console.error(
    'installing pvlib, PySAM, pymoo, scikit-optimize, PyWake, FLORIS and TOPFARM into .tessellate/peers ...',
  );
  mkdirSync(dirname(environment), { recursive: true });
  run('python3', ['-m', 'venv', environment]);
  run(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  writeFileSync(stamp, wanted);
  return python;
}

const python = peersPython();
// Peers choose their own BLAS kernels, independently of the caller's environment.
const peersEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('OPENBLAS_')),
);
const lastLine = (text) => text.trim().split('\n').at(-1);
const peers = JSON.parse(
  lastLine(run(python, ['bench/peers/peers.py', 'data/weather/723170TYA.CSV.gz'], { env: peersEnvironment })),
);
const own = {};
for (const prefix of new Set(Object.keys(peers).map((name) => name.split(' ')[0])))
  Object.assign(
    own,
    JSON.parse(lastLine(run(process.execPath, ['scripts/start.mjs', 'bench', '--only', prefix, '--json']))),
  );

const rows = Object.entries(peers).map(([name, { value, unit, work }]) => {
  const mine = own[name.split(' ')[0]];
  // More is better for rates, less for times.
  const ratio = unit === '1/s' ? mine.median / value : value / mine.median;
  return { name: name.split(' ')[0], own: mine.median, peer: value, unit, times_sooner: ratio, work };
});
/** Runs a comparison that prints its rows; one beyond its tolerance says so in its row, and makes this program fail. */
function comparison(command, ...options) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['scripts/start.mjs', command, '--python', python, '--json', ...options],
    { cwd: root, encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0 && status !== 1) throw new Error(`${command} ended with ${status}`);
  if (status === 1) process.exitCode = 1;
  return JSON.parse(lastLine(stdout));
}
const windRows = [...comparison('bench-peers'), ...comparison('bench-peers-layouts')];
if (process.argv.includes('--json')) console.log(JSON.stringify([...rows, ...windRows]));
else {
  for (const row of rows)
    console.log(
      `${row.name.padEnd(34)} ${row.own.toPrecision(4).padStart(10)} ${row.peer.toPrecision(4).padStart(10)} ${row.unit.padEnd(4)} ${row.times_sooner.toFixed(1).padStart(8)} x  ${row.work}`,
    );
  for (const { name, ...values } of windRows)
    console.log(
      `${name.padEnd(34)} ${Object.entries(values)
        .map(([key, value]) => `${key} ${typeof value === 'number' ? value.toPrecision(4) : value}`)
        .join('  ')}`,
    );
}
