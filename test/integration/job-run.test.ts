/** Attempts at a job on a real PostgreSQL: a superseded one writes nothing more; how a job ends is decided once. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ENGINE_VERSION } from '../../src/adapters/version/version.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { closeJob, JobRun, SupersededError } from '../../src/services/jobs/job-run.ts';
import { MAX_TEXT } from '../../src/contracts/common/json-text.ts';
import type { JobInput } from '../../src/contracts/jobs/kinds.ts';
import { jobEffects, Jobs, outlinedJob } from '../../src/services/jobs/jobs.ts';
import { reconcileJobs } from '../../src/services/jobs/reconcile.ts';
import { EFFECTS } from '../support/jobs.ts';
import { migratedDatabase } from '../support/postgres.ts';

let database: Database;
let jobs: Jobs;
let id: string;

beforeAll(async () => {
  ({ database } = await migratedDatabase());
  await database.query(`INSERT INTO organizations (id, name) VALUES ('org_1', 'O')`);
  jobs = new Jobs(database, EFFECTS, () => undefined);
});
beforeEach(async () => {
  await database.query('DELETE FROM jobs');
  const made = await jobs.create({ orgId: 'org_1', kind: 'wind-analyze', input: INPUT, createdBy: 'usr_1' });
  id = made.job.id;
  await database.query('DELETE FROM outbox');
});
afterAll(async () => {
  await database.close();
});

// What these tests are about does not look into them.
const INPUT = {} as JobInput<'wind-analyze'>;
const RESULT = { is_complete: false as const, progress: 0.5 };

const begin = async (): Promise<JobRun> => {
  const run = await JobRun.begin(database, EFFECTS, id);
  if (typeof run === 'string') throw new Error(`the job is ${run}`);
  return run;
};
const checkpoint = (done: number) => ({ state: { done }, data: null });
const usage = (computeS: number) => ({ computeS, evaluations: 10 * computeS });
const outcome = {
  status: 'succeeded' as const,
  timeLimited: false,
  result: RESULT,
  series: new Map(),
  usage: usage(7),
};
const eventTypes = async () => (await jobs.events(id, 0)).map(({ type }) => type);

test('a later attempt continues from the checkpoint, and the earlier one writes nothing more', async () => {
  const first = await begin();
  expect(first.checkpoint).toBeUndefined();
  await first.saveCheckpoint(checkpoint(3), usage(3), 0.3, {});
  const second = await begin();
  expect(second.checkpoint).toEqual(checkpoint(3));
  expect(second.job).toMatchObject({ attempts: 2, compute_s: 3, evaluations: 30 });

  await expect(first.saveCheckpoint(checkpoint(9), usage(9), 0.9, {})).rejects.toBeInstanceOf(SupersededError);
  await expect(first.saveUsage(usage(9))).rejects.toBeInstanceOf(SupersededError);
  await expect(first.finish(outcome)).rejects.toBeInstanceOf(SupersededError);
  expect(await jobs.get('org_1', id)).toMatchObject({ status: 'running', progress: 0.3, result: null });

  await second.saveCheckpoint(checkpoint(6), usage(6), 0.6, {});
  await second.finish(outcome);
  expect(await jobs.get('org_1', id)).toMatchObject({ status: 'succeeded', progress: 1, result: RESULT });
  expect(await eventTypes()).toEqual(['job.queued', 'job.started', 'job.progress', 'job.progress', 'job.succeeded']);
});

test('the outline of a result has lengths in place of lists, and nothing of what objects hold', async () => {
  const outline = async () => (await outlinedJob(database, 'org_1', id)).result;
  expect(await outline()).toBeNull();
  const result = { systems: [1, [2], {}], none: [], best: { a: [1] }, missing: null, share: 0.5, is_complete: true };
  await database.query('UPDATE jobs SET result = $2 WHERE id = $1', [id, result]);
  expect(await outline()).toEqual({ ...result, systems: 3, none: 0, best: {} });
  await expect(outlinedJob(database, 'org_2', id)).rejects.toMatchObject({ code: 'request.not_found' });
});

test('what a job has used stays with it however it ends', async () => {
  const used = async () => {
    const { status, compute_s, attempts, evaluations, queue_wait_s } = await jobs.get('org_1', id);
    return { status, compute_s, attempts, evaluations, queue_wait_s };
  };
  expect(await used()).toEqual({
    status: 'queued',
    compute_s: 0,
    attempts: 0,
    evaluations: null,
    queue_wait_s: null,
  });
  await database.query(`UPDATE jobs SET created_at = now() - interval '90 seconds' WHERE id = $1`, [id]);
  await (await begin()).saveCheckpoint(checkpoint(2), usage(2), 0.2, {});
  const second = await begin();
  const { queue_wait_s } = await used();
  expect(queue_wait_s).toBeGreaterThan(89);
  expect(queue_wait_s).toBeLessThan(200);

  // An attempt that fails says what it used; then the workflow closes the job.
  await second.saveUsage(usage(5));
  await closeJob(database, EFFECTS, id, 'failed', { code: 'solar.invalid_input', message: 'x' });
  expect(await used()).toEqual({ status: 'failed', compute_s: 5, attempts: 2, evaluations: 50, queue_wait_s });
  expect(await database.query('SELECT 1 FROM job_checkpoints')).toEqual([]);
});

test.each(['succeeded', 'cancelled'] as const)('a job that ends %s keeps what it has used', async (status) => {
  const run = await begin();
  await run.saveCheckpoint(checkpoint(2), usage(2), 0.2, {});
  await run.finish({ ...outcome, status });
  expect(await jobs.get('org_1', id)).toMatchObject({ status, compute_s: 7, attempts: 1, evaluations: 70 });
});

test('a job names the engine that computes it, and both where an update came between', async () => {
  const accepted = '0.0.9+00000000';
  const isAccepted = () => database.query('UPDATE jobs SET engine_version = $2 WHERE id = $1', [id, accepted]);
  const engine = async () => (await jobs.get('org_1', id)).engine_version;
  expect(await engine()).toBe(ENGINE_VERSION);
  // The API accepted it before the update: another engine computes it.
  await isAccepted();
  await begin();
  expect(await engine()).toBe(ENGINE_VERSION);
  // Without a checkpoint nothing of the other engine's is used.
  await isAccepted();
  const run = await begin();
  expect(await engine()).toBe(ENGINE_VERSION);
  await run.saveCheckpoint(checkpoint(1), usage(1), 0.1, {});
  await begin();
  expect(await engine()).toBe(ENGINE_VERSION);
  await isAccepted();
  await begin();
  const last = await begin();
  expect(last.job.engine_version).toBe(`${accepted}, ${ENGINE_VERSION}`);
  expect(await engine()).toBe(`${accepted}, ${ENGINE_VERSION}`);
});

test('events are stored for endpoints that subscribe to them, and dropped where webhooks are disabled', async () => {
  await database.query(
    `INSERT INTO webhooks (id, org_id, url, description, events, headers, secret)
     VALUES ('whk_1', 'org_1', 'https://example.com', '', '{job.cancelled,job.succeeded}', '{}', '')`,
  );
  const stored = async () =>
    (
      await database.query<{ event_type: string; data: object }>(
        `SELECT event_type, payload->'data' AS data FROM webhook_deliveries`,
      )
    ).map(({ event_type, data }) => ({ event_type, data }));
  try {
    const run = await JobRun.begin(database, jobEffects({ ENABLE_WEBHOOKS: false, METERING_ENABLED: true }), id);
    if (typeof run === 'string') throw new Error(`the job is ${run}`);
    await run.finish(outcome);
    expect(await stored()).toEqual([]);
    expect(await database.query('SELECT 1 FROM outbox')).toEqual([]);
    const { job } = await jobs.create({ orgId: 'org_1', kind: 'wind-analyze', input: INPUT, createdBy: 'usr_1' });
    await jobs.cancel('org_1', job.id);
    const used = { compute_s: 0, n_attempts: 0, n_evaluations: null, queue_wait_s: null };
    expect(await stored()).toMatchObject([{ event_type: 'job.cancelled', data: { job_id: job.id, ...used } }]);
  } finally {
    await database.query('DELETE FROM webhooks');
  }
});

test('attempts that race for the end: one wins, and there is one result and one last event', async () => {
  const runs = [await begin(), await begin(), await begin()];
  const ends = await Promise.allSettled(runs.map((run) => run.finish(outcome)));
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect((await eventTypes()).filter((type) => type === 'job.succeeded')).toHaveLength(1);
});

test('a job that was closed takes neither a checkpoint nor a result, and begins no more', async () => {
  const run = await begin();
  expect(await closeJob(database, EFFECTS, id, 'cancelled')).toBe('cancelled');
  await expect(run.saveCheckpoint(checkpoint(1), usage(1), 0.1, {})).rejects.toBeInstanceOf(SupersededError);
  await expect(run.finish(outcome)).rejects.toBeInstanceOf(SupersededError);
  expect(await JobRun.begin(database, EFFECTS, id)).toBe('cancelled');
  expect(await closeJob(database, EFFECTS, id, 'failed', { code: 'job.lost', message: 'x' })).toBe('cancelled');
  expect(await eventTypes()).toEqual(['job.queued', 'job.started', 'job.cancelled']);
});

test('a job whose cancellation was requested before its first attempt ends cancelled, without an attempt', async () => {
  await database.query('UPDATE jobs SET cancel_requested_at = now() WHERE id = $1', [id]);
  expect(await JobRun.begin(database, EFFECTS, id)).toBe('cancelled');
  expect(await jobs.get('org_1', id)).toMatchObject({ status: 'cancelled', started_at: null, result: null });
  const events = await jobs.events(id, 0);
  expect(events.map(({ type }) => type)).toEqual(['job.queued', 'job.cancelled']);
});

test('more connections than the server takes are refused at the start', async () => {
  const { url } = database.options;
  const connect = (connections: number) =>
    Database.connect({ url, poolSize: 2, budget: { connections, parts: '2 API x 100' }, applicationName: 'test' });
  await expect(connect(201)).rejects.toThrow(
    /^All services may open \d+ connections \(2 API x 100\); the database server takes 197$/,
  );
  await (await connect(30)).close();
});

test('reconciliation closes old jobs whose workflow has ended, starts those again whose workflow is lost, and leaves the others', async () => {
  const age = (job: string) =>
    database.query(`UPDATE jobs SET created_at = now() - interval '2 minutes' WHERE id = $1`, [job]);
  const another = async () =>
    (await jobs.create({ orgId: 'org_1', kind: 'wind-analyze', input: INPUT, createdBy: 'usr_1' })).job.id;
  const [waiting, running, cancelled, young] = [await another(), await another(), await another(), await another()];
  const [lost, lostCancelled] = [await another(), await another()];
  await database.query('UPDATE jobs SET cancel_requested_at = now() WHERE id = $1', [lostCancelled]);
  await database.query('DELETE FROM outbox WHERE job_id <> $1', [waiting]);
  for (const job of [id, waiting, running, cancelled, lost, lostCancelled]) await age(job);
  const states: Record<string, string> = {
    ...{ [running]: 'running', [cancelled]: 'cancelled' },
    ...{ [lost]: 'absent', [lostCancelled]: 'absent' },
  };
  const asked: string[] = [];
  const { looked_at, closed, started_again } = await reconcileJobs(database, EFFECTS, {
    stateOf: async (workflowId) => {
      const job = workflowId.split('/')[1];
      asked.push(job);
      return states[job] ?? 'terminated';
    },
  });
  expect(looked_at).toBe(5);
  expect([...closed].sort()).toEqual([id, cancelled].sort());
  expect([...started_again].sort()).toEqual([lost, lostCancelled].sort());
  expect(
    await database.query(`SELECT job_id, topic FROM outbox WHERE job_id = ANY($1) ORDER BY topic`, [
      [lost, lostCancelled],
    ]),
  ).toEqual([
    { job_id: lostCancelled, topic: 'workflow.cancel' },
    { job_id: lost, topic: 'workflow.start' },
  ]);
  expect(asked).not.toContain(waiting);
  expect(asked).not.toContain(young);
  expect(await jobs.get('org_1', id)).toMatchObject({ status: 'failed', error: { code: 'job.lost' } });
  expect(await jobs.get('org_1', cancelled)).toMatchObject({ status: 'cancelled' });
});

test('reconciliation checks every open job, however many there are', async () => {
  await database.query('DELETE FROM jobs');
  await database.query(
    `INSERT INTO jobs (id, org_id, kind, status, input, seed, engine_version, created_by, created_at)
     SELECT 'job_' || n, 'org_1', 'wind-analyze', 'queued', '{}', 1, '0', 'usr_1', now() - interval '2 minutes'
     FROM generate_series(1, 1203) n`,
  );
  const seen = new Set<string>();
  const { looked_at, closed } = await reconcileJobs(database, EFFECTS, {
    stateOf: async (workflowId) => {
      seen.add(workflowId);
      // Of those that are closed, some are on each page.
      return Number(workflowId.split('_')[1]) % 400 === 0 ? 'terminated' : 'running';
    },
  });
  expect([looked_at, seen.size]).toEqual([1203, 1203]);
  expect([...closed].sort()).toEqual(['job_1200', 'job_400', 'job_800']);
});

test('an error of ours names the request that created the job; others do not', async () => {
  const failed = async (code: 'internal' | 'job.lost') => {
    const { job } = await jobs.create({
      ...{ orgId: 'org_1', kind: 'wind-analyze', input: INPUT, createdBy: 'usr_1' },
      requestId: 'req_1',
    });
    await closeJob(database, EFFECTS, job.id, 'failed', { code, message: 'm' });
    return (await jobs.get('org_1', job.id)).error;
  };
  expect(await failed('internal')).toEqual({ code: 'internal', message: 'm', request_id: 'req_1' });
  expect(await failed('job.lost')).toEqual({ code: 'job.lost', message: 'm' });
});

test('a long result is read piece by piece, and the pieces are the whole', async () => {
  const result = { systems: Array.from({ length: 9_000 }, (_, i) => ({ name: `Süd ${i} 😀 ${'x'.repeat(1000)}` })) };
  await database.query('UPDATE jobs SET result = $2 WHERE id = $1', [id, result]);
  const shown = await jobs.shown('org_1', id);
  const pieces = [shown.result!.first];
  for await (const piece of shown.result!.rest!()) pieces.push(piece);
  expect(pieces.length).toBeGreaterThan(2);
  expect(Math.max(...pieces.map((piece) => Buffer.byteLength(piece)))).toBeLessThan(16 * 1024 * 1024);
  expect(JSON.parse(pieces.join(''))).toEqual(result);
  expect([shown.input.first, shown.job.id]).toEqual(['{}', id]);
  await expect(jobs.shown('org_2', id)).rejects.toMatchObject({ code: 'request.not_found' });
  expect(JSON.parse((await jobs.asText('org_1', id)).result!)).toEqual(result);
  await database.query('UPDATE jobs SET result = $2 WHERE id = $1', [id, { systems: 'x'.repeat(MAX_TEXT) }]);
  await expect(jobs.asText('org_1', id)).rejects.toMatchObject({ code: 'service.unavailable' });
});
