// Runs every test on a clean checkout: installs by the lockfile if needed, builds, runs jest, prints 'N passed, N failed'.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function run(command, args, env = {}) {
  const result = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

if (!existsSync('node_modules/.package-lock.json')) {
  const status = run('npm', ['ci', '--no-audit', '--no-fund']);
  if (status !== 0) process.exit(status);
}
for (const build of [['scripts/build.mjs'], ['scripts/build-web.mjs', '--check']]) {
  const built = run(process.execPath, build);
  if (built !== 0) process.exit(built);
}

const folder = mkdtempSync(join(tmpdir(), 'tessellate-test-'));
const report = join(folder, 'jest.json');
const status = run(process.execPath, [
  '--experimental-vm-modules',
  '--no-warnings',
  'node_modules/jest/bin/jest.js',
  '--json',
  `--outputFile=${report}`,
  ...process.argv.slice(2),
]);
if (!existsSync(report)) process.exit(status || 1);
const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
  readFileSync(report, 'utf8'),
);
rmSync(folder, { recursive: true });
if (numPendingTests > 0) console.log(`${numPendingTests} skipped`);
console.log(`${numPassedTests} passed, ${numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : 0)} failed`);
process.exit(status);
