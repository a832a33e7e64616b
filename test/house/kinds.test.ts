/**
 * No file outside a technology's rooms writes its name, and none casts through unknown; the check that says so finds files that
 * do.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { DEFAULT_QUEUES, JOB_CONTRACTS, JOB_KINDS, TASK_QUEUES } from '../../src/contracts/jobs/kinds.ts';

const root = mkdtempSync(join(tmpdir(), 'tessellate-kinds-'));
for (const technology of ['solar', 'wind', 'reports'])
  cpSync(`src/contracts/${technology}/kinds.ts`, join(root, 'src', 'contracts', technology, 'kinds.ts'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const check = (folder: string) =>
  spawnSync(process.execPath, ['scripts/check-kinds.mjs', folder], { encoding: 'utf8' });

test('the sources write no name of a technology or kind outside its rooms, and cast nothing through unknown', () => {
  const { status, stderr } = check('.');
  expect([status, stderr]).toEqual([0, '']);
});

test.each([
  ["const isSolar = job.kind === 'solar-analyze';", 1],
  ["  if ('wind' !== technology) return;", 1],
  ["    case 'wind-optimize':", 1],
  ["const code = kind.startsWith('wind') ? 'wind.invalid_input' : 'solar.invalid_input';", 1],
  ["const own = division === 'report';", 1],
  ["// kind === 'solar-analyze' in a comment", 0],
  ["const queue = 'solar';", 1],
  ["const isWind = ['wind-analyze', 'wind-optimize'].includes(kind);", 1],
  ['const isWind = /^wind/.test(kind);', 1],
  ["const limits: Record<string, number> = { 'wind-analyze': 1 };", 1],
  ['const limits: Record<string, number> = { solar: 1 };', 1],
  ['  wind: 2,', 1],
  ["  'report',", 1],
  ["import { solar } from '../solar/kinds.ts';", 0],
  ['interface Registry { readonly report: Room; }', 0],
  ["const isError = code === 'solar.invalid_input';", 0],
  ['const input = job.input as unknown as SolarInput;', 1],
  ['insert(row as never);', 1],
  ['const result = (job.result as any).best;', 1],
  ['// job.input as unknown as SolarInput, in a comment', 0],
  ["const name = 'as seen';", 0],
])('planted: %s', (line, status) => {
  const file = join(root, 'src', 'api', 'planted.ts');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${line}\n`);
  const outcome = check(root);
  expect([outcome.status, outcome.stderr.includes('src/api/planted.ts:1')]).toEqual([status, status === 1]);
});

test('a room may compare its own name, but not cast; a file with a reason may cast once', () => {
  rmSync(join(root, 'src', 'api'), { recursive: true, force: true });
  const plant = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  plant('src/services/solar/own.ts', "const isSearch = job.kind === 'solar-optimize';\n");
  const cast = 'const rows = found as unknown as Rows;\n';
  plant('src/adapters/database/insert-rows.ts', cast);
  expect(check(root).status).toBe(0);
  plant('src/services/solar/cast.ts', cast);
  plant('src/adapters/database/insert-rows.ts', cast + cast);
  const { status, stderr } = check(root);
  expect(status).toBe(1);
  expect(stderr.match(/^src\S+(?=: )/gm)).toEqual([
    'src/adapters/database/insert-rows.ts:2',
    'src/services/solar/cast.ts:1',
  ]);
});

test('kinds, paths, operations and names of jobs are declared once each; their queues have workers', () => {
  for (const name of ['kind', 'path', 'operation', 'schemaId'] as const)
    expect(new Set(JOB_CONTRACTS.map((contract) => contract[name])).size).toBe(JOB_KINDS.length);
  expect(JOB_KINDS).toEqual(
    expect.arrayContaining(['solar-analyze', 'solar-optimize', 'wind-analyze', 'wind-optimize', 'report']),
  );
  for (const { queue } of JOB_CONTRACTS) expect(TASK_QUEUES).toContain(queue);
  expect(DEFAULT_QUEUES).toEqual(TASK_QUEUES.filter((queue) => queue !== 'gpu'));
  // The default of `tessellate worker`, which the image of workers starts without naming queues.
  expect(readFileSync('Dockerfile.worker', 'utf8')).toContain('"dist/src/cli/main.js", "worker"]');
});

test('every kind accepts its example', () => {
  for (const { kind, body, example } of JOB_CONTRACTS)
    expect([kind, body.safeParse(example).error?.issues]).toEqual([kind, undefined]);
});
