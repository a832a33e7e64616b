/** Metering on a real PostgreSQL: what jobs use is stored with their acts, API calls by a journal that survives its process. */
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createLogger } from '../../src/adapters/observability/logger.ts';
import { closeJob } from '../../src/services/jobs/job-run.ts';
import { jobEffects, Jobs } from '../../src/services/jobs/jobs.ts';
import { CallJournal } from '../../src/services/metering/journal.ts';
import { readUsage, rollUpUsage } from '../../src/services/metering/usage.ts';
import { EFFECTS, jobsOfTests } from '../support/jobs.ts';

const log = createLogger({ service: 'test', level: 'ERROR' });
/** Above every pid of Linux */
const NO_PID = 4_194_305;
const shared = jobsOfTests();

const usageOf = async (groupBy: 'none' | 'kind' | 'caller' = 'none', more: object = {}) => {
  const now = Date.now();
  const rows = await readUsage(shared.database, shared.orgId, {
    startsAt: new Date(now - 10 * 86_400_000),
    endsAt: new Date(now + 60_000),
    interval: 'month',
    groupBy,
    ...more,
  });
  const sums: Record<string, number> = {};
  for (const { metric, group, amount } of rows) {
    const name = group === null ? metric : `${metric} ${group}`;
    sums[name] = (sums[name] ?? 0) + amount;
  }
  return sums;
};
const folderOf = () => mkdtempSync(join(tmpdir(), 'tessellate-metering-'));
const journalIn = (folder: string) => new CallJournal(shared.database, log, { folder, intervalS: 60 });
const call = (operation = 'listSites', caller = 'key_1') => ({ orgId: shared.orgId, caller, operation });

test('a job is metered when it is created, and what it used when it ends, each once', async () => {
  const { job } = await shared.jobs.create({
    orgId: shared.orgId,
    kind: 'solar-analyze',
    input: '{}' as never,
    createdBy: 'key_1',
  });
  expect(await usageOf('kind')).toEqual({ 'jobs solar-analyze': 1 });
  await shared.database.query('UPDATE jobs SET compute_s = 12.5, evaluations = 40 WHERE id = $1', [job.id]);
  await shared.database.query(`INSERT INTO job_series (job_id, name, data) VALUES ($1, 'a', ''), ($1, 'b', '')`, [
    job.id,
  ]);
  for (let i = 0; i < 2; i++) await closeJob(shared.database, EFFECTS, job.id, 'cancelled');
  expect(await usageOf('kind')).toEqual({
    'jobs solar-analyze': 1,
    'compute_s solar': 12.5,
    'evaluations solar-analyze': 40,
    'stored_series solar-analyze': 2,
  });
  expect(await usageOf('caller', { metric: 'jobs' })).toEqual({ 'jobs key_1': 1 });
  expect(await usageOf('none', { caller: 'key_2' })).toEqual({});
});

test('without METERING_ENABLED neither the begin nor the end of a job is metered', async () => {
  const effects = jobEffects({ ENABLE_WEBHOOKS: true, METERING_ENABLED: false });
  const jobs = new Jobs(shared.database, effects, () => undefined);
  const { job } = await jobs.create({
    orgId: shared.orgId,
    kind: 'solar-analyze',
    input: '{}' as never,
    createdBy: 'k',
  });
  await shared.database.query('UPDATE jobs SET compute_s = 12.5 WHERE id = $1', [job.id]);
  expect(await closeJob(shared.database, effects, job.id, 'cancelled')).toBe('cancelled');
  expect(await usageOf()).toEqual({});
});

test('a job that is not created is not metered', async () => {
  const refused = new Error('no');
  const create = shared.jobs.create(
    { orgId: shared.orgId, kind: 'solar-analyze', input: '{}' as never, createdBy: 'key_1' },
    () => Promise.reject(refused),
  );
  await expect(create).rejects.toBe(refused);
  expect(await usageOf()).toEqual({});
});

test('a roll-up changes no sum, also when it runs beside another one', async () => {
  const hours = (n: number) => new Date(Date.now() - n * 3_600_000);
  for (const [at, amount] of [
    [hours(3), 1],
    [hours(3), 2],
    [hours(1), 4],
    [new Date(), 8],
  ] as const)
    await shared.database.query(
      `INSERT INTO usage_records (at, org_id, metric, kind, caller, amount) VALUES ($1, $2, 'api_calls', 'k', 'c', $3)`,
      [at, shared.orgId, amount],
    );
  const before = await usageOf();
  await Promise.all([rollUpUsage(shared.database), rollUpUsage(shared.database)]);
  expect(await usageOf()).toEqual(before);
  expect(await shared.database.query('SELECT hour FROM usage_hours WHERE org_id = $1', [shared.orgId])).toHaveLength(2);
  expect(await rollUpUsage(shared.database)).toBe(0);
});

test('calls are stored once for each flush, and the folder is empty after the end', async () => {
  const folder = folderOf();
  const journal = journalIn(folder);
  journal.write(call());
  journal.write(call());
  journal.write(call('getJob', 'usr_1'));
  expect(await usageOf()).toEqual({});
  await journal.flush();
  await journal.flush();
  expect(await usageOf('kind')).toEqual({ 'api_calls listSites': 2, 'api_calls getJob': 1 });
  journal.write(call());
  await journal.stop();
  expect(await usageOf()).toEqual({ api_calls: 4 });
  expect(readdirSync(folder)).toEqual([]);
});

test('of an organization that is deleted before its calls are stored, the calls count, and no caller is kept', async () => {
  const journal = journalIn(folderOf());
  const orgId = `org_gone_${Date.now()}`;
  journal.write({ ...call(), orgId });
  journal.write(call());
  await journal.stop();
  const rows = await shared.database.query(
    'SELECT org_id, caller, amount FROM usage_records WHERE org_id IN ($1, $2) ORDER BY caller',
    [orgId, shared.orgId],
  );
  expect(rows).toEqual([
    { org_id: orgId, caller: 'deleted', amount: 1 },
    { org_id: shared.orgId, caller: 'key_1', amount: 1 },
  ]);
});

test('a process adopts what a killed one has written, without a line that is not complete, and each batch once', async () => {
  const folder = folderOf();
  const line = (operation: string) => `${JSON.stringify([Date.now(), shared.orgId, 'key_1', operation])}\n`;
  const dead = `${hostname()}~${NO_PID}~1~0.calls`;
  writeFileSync(join(folder, dead), `${line('a')}${line('b')}${line('c').slice(0, 20)}`);
  // An ended process of this host had the same pid.
  writeFileSync(join(folder, `${hostname()}~${process.pid}~1~7.calls`), line('d'));
  // A process of another host has renewed its file just now.
  writeFileSync(join(folder, 'elsewhere~1~1~0.calls'), line('e'));
  const journal = journalIn(folder);
  await journal.flush();
  expect(await usageOf('kind')).toEqual({ 'api_calls a': 1, 'api_calls b': 1, 'api_calls d': 1 });
  // The same batch once more, as after a kill between the commit and the deletion.
  writeFileSync(join(folder, dead), line('a'));
  await journal.flush();
  expect(await usageOf()).toEqual({ api_calls: 3 });
  expect(readdirSync(folder)).toContain('elsewhere~1~1~0.calls');
});

test('without a folder that can be written the calls wait in memory, which is reported', async () => {
  const warnings: string[] = [];
  const telling = { ...log, warning: (text: string) => void warnings.push(text) } as never;
  const folder = join(folderOf(), 'file');
  writeFileSync(folder, '');
  const journal = new CallJournal(shared.database, telling, { folder, intervalS: 60 });
  expect(warnings).toEqual([expect.stringContaining('up to 60 s of API calls are lost if this process is killed')]);
  journal.write(call());
  await journal.flush();
  journal.write(call());
  await journal.stop();
  expect(await usageOf()).toEqual({ api_calls: 2 });
});
