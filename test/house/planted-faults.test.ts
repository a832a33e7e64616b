/** What `npm run check` is for, shown on a copy of the repository with faults in it. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from '../support/fixtures.ts';
import { copyRepository } from '../support/repository-copy.ts';

let copy: string;
beforeAll(() => {
  copy = copyRepository();
});
afterAll(() => rmSync(copy, { recursive: true }));

const plant = (files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(copy, path), text);
};
const check = (script: string): { readonly status: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', script], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '' },
  });
  return { status, output: stdout + stderr };
};

test('imports that go round or up are refused by name; the copy without them passes', () => {
  expect(check('lint:imports')).toEqual({
    status: 0,
    output: expect.stringContaining('no dependency violations found'),
  });
  plant({
    'src/finance/planted-value.ts': "import { two } from './planted-values.ts';\nexport const one = () => two;\n",
    'src/finance/planted-values.ts': "import { one } from './planted-value.ts';\nexport const two = () => one;\n",
    'src/wind/planted-type.ts': "import type { Two } from './planted-types.ts';\nexport type One = Two | 1;\n",
    'src/wind/planted-types.ts':
      "import type { One } from './planted-type.ts';\nexport interface Two {\n  one: One;\n}\n",
    'src/statistics/planted-upward.ts': "export type { SolarSystem } from '../solar/system.ts';\n",
    'src/services/sites/planted-upward.ts': "export { Jobs } from '../jobs/jobs.ts';\n",
    'src/solar/planted-neighbour.ts': "export { windError } from '../wind/check.ts';\n",
    'src/wind/planted-io.ts': "export { readFileSync } from 'node:fs';\n",
    'workflows/planted-schema.ts': "export { jobSchema } from '../src/contracts/jobs/jobs.schema.ts';\n",
    'src/cli/customers/planted-operator.ts': "export { runUp } from '../operators/up.ts';\n",
  });
  const { status, output } = check('lint:imports');
  expect(status).not.toBe(0);
  const breaches = [
    'no-circles: src/finance/planted-value',
    'no-circles: src/wind/planted-type',
    'no-upward-import: src/statistics/planted-upward.ts → src/solar/system.ts',
    'no-upward-import-in-services: src/services/sites/planted-upward.ts → src/services/jobs/jobs.ts',
    'technologies-apart: src/solar/planted-neighbour.ts → src/wind/check.ts',
    'engine-does-no-io: src/wind/planted-io.ts → fs',
    'no-schemas-in-workflows: workflows/planted-schema.ts → src/contracts/jobs/jobs.schema.ts',
    'customers-use-the-client: src/cli/customers/planted-operator.ts → src/cli/operators/up.ts',
  ];
  for (const breach of breaches) expect(output).toContain(`error ${breach}`);
  // Each of them breaks its own rule only.
  expect(output).toContain(`${breaches.length} dependency violations`);
});

test('what nothing uses, and what only tests use, is refused by name', () => {
  plant({
    'src/lib/planted-dead.ts': 'export const unusedFile = 1;\n',
    'src/lib/planted-user.ts': "export { alive } from './planted-tested.ts';\nexport const deadExport = 1;\n",
    'src/lib/planted-tested.ts': 'export const alive = 1;\nexport const onlyTested = 2;\n',
    'src/lib/planted-tested.test.ts':
      "import { onlyTested } from './planted-tested.ts';\nimport './planted-user.ts';\nonlyTested.toFixed();\n",
  });
  const packages = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'));
  packages.dependencies['left-pad'] = '1.3.0';
  plant({ 'package.json': JSON.stringify(packages) });
  const everything = check('lint:dead');
  expect(everything.status).not.toBe(0);
  for (const name of ['src/lib/planted-dead.ts', 'deadExport', 'left-pad']) expect(everything.output).toContain(name);
  expect(everything.output).not.toContain('onlyTested');
  const { stdout } = spawnSync('node_modules/.bin/knip', ['--no-progress', '--production'], {
    cwd: copy,
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/src\/lib\/planted-tested\.ts/);
});

test('the environment, a clock in the engine, and values where only types belong are refused by name', () => {
  const planted = {
    'src/services/planted-environment.ts': 'export const home = process.env.HOME;\n',
    'src/solar/planted-clock.ts': 'export const now = () => Date.now();\n',
    'src/client/planted-value.ts': "export { JOB_STATUSES } from '../contracts/jobs/jobs.ts';\n",
    'src/api/planted-import-type.ts': "export type Config = import('../adapters/config/config.ts').Config;\n",
  };
  plant(planted);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/@biomejs/biome/bin/biome', 'lint', '--error-on-warnings', ...Object.keys(planted)],
    { cwd: copy, encoding: 'utf8' },
  );
  expect(status).not.toBe(0);
  for (const rule of ['lint/style/noProcessEnv', 'engine-purity', 'types-only', 'no-inline-import-type'])
    expect(stdout + stderr).toContain(rule);
});

test('a document that names a test that is not there is refused', () => {
  const planted = join(copy, 'planted.md');
  const tests = 'src/services/accounts/credentials.test.ts';
  writeFileSync(planted, `# Planted\n\n[expire at the end of time](${relative(copy, join(ROOT, tests))})\n`);
  const { status, stderr } = spawnSync(process.execPath, ['scripts/check-docs.mjs', planted], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain("planted.md: names the test 'expire at the end of time', which");
});
