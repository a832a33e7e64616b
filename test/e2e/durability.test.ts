/** What an accepted job survives: kills, time limits, an operator's hand in Temporal, a stopped worker. Real servers. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TessellateClient } from '../../src/client/client.ts';
import { workflowIdOf } from '../../src/contracts/jobs.ts';
import { TemporalClient } from '../../src/temporal-client/temporal-client.ts';
import { eventually, type Platform, startPlatform } from '../support/platform.ts';

const SYSTEM = { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 } };
let platform: Platform;
let client: TessellateClient;
let weatherId: string;
let temporal: TemporalClient;

interface Job {
  readonly id: string;
  readonly status: string;
  readonly time_limited: boolean;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: { readonly systems_computed: number; readonly systems: unknown[] } | null;
}

/** 1,000 systems over `years` years: 0.3 s of compute a year. */
const submit = async (years: number): Promise<string> => {
  const body = {
    weather_ids: Array.from({ length: years }, () => weatherId),
    systems: Array.from({ length: 1000 }, (_, i) => ({ ...SYSTEM, mounting: { type: 'fixed', tilt_deg: i * 0.09 } })),
  };
  return (await client.call<Job>('POST', '/v1/solar/analyze', body)).id;
};
const job = async (id: string): Promise<Job & { attempt?: number }> => {
  const [row] = await platform.database.query<Job>('SELECT * FROM jobs WHERE id = $1', [id]);
  return row;
};
const ended = (id: string, limitMs = 60_000) =>
  eventually(
    async () => {
      const row = await job(id);
      return row.status === 'queued' || row.status === 'running' ? undefined : row;
    },
    `end of ${id}`,
    limitMs,
  );
interface Saved {
  readonly attempt: number;
  readonly consumed_ms: number;
  readonly state: { readonly done?: number };
}
const checkpoint = async (id: string): Promise<Saved | undefined> =>
  (await platform.database.query<Saved>('SELECT * FROM job_checkpoints WHERE job_id = $1', [id]))[0];
const saved = (id: string, consumedMs = 1) =>
  eventually(async () => {
    const row = await checkpoint(id);
    return row && row.consumed_ms >= consumedMs ? row : undefined;
  }, `a checkpoint after ${consumedMs} ms`);

beforeAll(async () => {
  platform = await startPlatform();
  await Promise.all([platform.startTemporal(), platform.startApi()]);
  await platform.startWorker();
  temporal = new TemporalClient({ address: platform.temporalAddress, namespace: 'default' });
  const account = { email: 'd@example.com', password: 'a long password', name: 'D', organization_name: 'O' };
  const session = await new TessellateClient({ baseUrl: platform.base }).call<{ access_token: string }>(
    'POST',
    '/v1/auth/register',
    account,
  );
  const owner = new TessellateClient({ baseUrl: platform.base, credentials: session.access_token });
  client = new TessellateClient({
    baseUrl: platform.base,
    credentials: (await owner.call<{ key: string }>('POST', '/v1/api-keys', { name: 'k' })).key,
  });
  const file = new Uint8Array(readFileSync('data/weather/723170TYA.CSV.gz'));
  weatherId = (await client.call<{ id: string }>('POST', '/v1/weather?name=g.csv', file)).id;
}, 240_000);
afterAll(async () => {
  await temporal?.close();
  await platform?.stop();
}, 60_000);

describe("an operator's hand in Temporal", () => {
  const handle = (id: string) => temporal.client.workflow.getHandle(workflowIdOf('solar-analyze', id));

  test('Cancel in the Web UI ends the job cancelled, with its best so far', async () => {
    const id = await submit(50);
    await saved(id);
    await handle(id).cancel();
    const { status, result } = await ended(id, 5_000);
    expect(status).toBe('cancelled');
    expect(result?.systems_computed).toBeGreaterThan(0);
    expect(result?.systems_computed).toBeLessThan(1000);
  }, 60_000);

  test('a workflow terminated, or deleted, leaves a job that reconciliation closes as lost', async () => {
    const [terminated, deleted] = [await submit(50), await submit(50)];
    await Promise.all([saved(terminated), saved(deleted)]);
    await handle(terminated).terminate('by an operator');
    await temporal.client.workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: workflowIdOf('solar-analyze', deleted) },
    });
    // A young job is left alone: these are old by now.
    await platform.database.query(
      `UPDATE jobs SET created_at = now() - interval '2 minutes' WHERE status IN ('queued', 'running')`,
    );
    await eventually(async () => {
      await temporal.client.schedule.getHandle('reconcile-jobs').trigger();
      const rows = await Promise.all([job(terminated), job(deleted)]);
      return rows.every(({ status }) => status === 'failed') || undefined;
    }, 'reconciliation');
    for (const [id, state] of [
      [terminated, 'terminated'],
      [deleted, 'absent'],
    ])
      expect((await job(id)).error).toEqual({
        code: 'job.lost',
        message: `The workflow is ${state}, and left no result`,
      });
    expect(await checkpoint(terminated)).toBeUndefined();
  }, 90_000);
});

describe('time limits', () => {
  test('compute time counts across attempts: what a killed worker used is part of the hard limit', async () => {
    const id = await submit(50);
    const { consumed_ms: used } = await saved(id, 3_000);
    await platform.kill('worker');
    await platform.startWorker({ TASK_SOFT_TIME_LIMIT: '3', TASK_TIME_LIMIT: '3' });
    const { status, error } = await ended(id);
    expect([status, error?.code]).toEqual(['failed', 'job.time_limit']);
    const seconds = Number(/^The job used (\d+) s/.exec(error?.message ?? '')?.[1]);
    expect(seconds).toBeGreaterThanOrEqual(Math.floor(used / 1000));
    expect(seconds).toBeLessThan(10);
  }, 120_000);

  test('at the soft limit the best so far is the result, marked time_limited', async () => {
    await platform.kill('worker', 'SIGTERM');
    await platform.startWorker({ TASK_SOFT_TIME_LIMIT: '1' });
    const { status, time_limited, result } = await ended(await submit(50));
    expect([status, time_limited]).toEqual(['succeeded', true]);
    expect(result?.systems_computed).toBeGreaterThan(0);
    expect(result?.systems_computed).toBeLessThan(1000);
  }, 60_000);
});

describe('processes that end', () => {
  test('SIGTERM of the worker: it saves where it stands and ends; another goes on from there at once', async () => {
    await platform.kill('worker', 'SIGTERM');
    await platform.startWorker();
    const id = await submit(50);
    const before = await saved(id);
    const asked = Date.now();
    expect(await platform.kill('worker', 'SIGTERM')).toBe(0);
    // What could not end within the grace of 10 s moves.
    expect(Date.now() - asked).toBeLessThan(15_000);
    const left = await checkpoint(id);
    expect(left?.attempt).toBe(1);
    expect(left?.state.done).toBeGreaterThan(before.state.done ?? 0);
    await platform.startWorker();
    // No heartbeat timeout, which is 10 s, has to pass: the attempt told that it moves.
    await eventually(async () => ((await checkpoint(id))?.attempt === 2 ? true : undefined), 'the next attempt', 5_000);
    await eventually(async () => {
      const now = await checkpoint(id);
      return now && now.state.done !== left?.state.done ? true : undefined;
    }, 'the next checkpoint');
    expect((await checkpoint(id))?.state.done).toBeGreaterThan(left?.state.done ?? 0);
    await client.call('POST', `/v1/jobs/${id}/cancel`);
    expect((await ended(id)).status).toBe('cancelled');
  }, 120_000);

  test('kill -9 of the API: a stream of events resumes by Last-Event-ID, none missed, none twice', async () => {
    const id = await submit(10);
    const ids: number[] = [];
    const types: string[] = [];
    for await (const event of client.events(id)) {
      ids.push(event.id);
      types.push(event.type);
      if (event.type === 'job.progress' && types.filter((type) => type === 'job.progress').length === 1) {
        await platform.kill('api');
        await platform.startApi();
      }
    }
    expect(types.at(-1)).toBe('job.succeeded');
    expect(ids).toEqual(ids.map((_, i) => i + 1));
    const [{ event_seq }] = await platform.database.query<{ event_seq: number }>(
      'SELECT event_seq FROM jobs WHERE id = $1',
      [id],
    );
    expect(ids.at(-1)).toBe(event_seq);
  }, 120_000);

  test('Temporal away for a minute, then the API killed for good: the workers start what was accepted, once each', async () => {
    await platform.kill('temporal');
    const body = { weather_id: weatherId, system: SYSTEM, series: false };
    const ids: string[] = [];
    for (const until = Date.now() + 60_000; Date.now() < until; await new Promise((next) => setTimeout(next, 3_000)))
      ids.push((await client.call<Job>('POST', '/v1/solar/analyze', body)).id);
    expect(ids.length).toBeGreaterThan(15);
    await eventually(async () => {
      const rows = await platform.database.query('SELECT 1 FROM outbox WHERE last_error IS NOT NULL');
      return rows.length > 0 || undefined;
    }, 'a failed start');
    await platform.kill('api');
    await platform.startTemporal();
    for (const id of ids) expect((await ended(id)).status).toBe('succeeded');
    const starts = await platform.database.query<{ job_id: string }>(
      `SELECT job_id FROM job_events WHERE type = 'job.started' AND job_id = ANY($1)`,
      [ids],
    );
    expect(starts.map(({ job_id }) => job_id).sort()).toEqual([...ids].sort());
    expect(await platform.database.query('SELECT 1 FROM outbox')).toEqual([]);
    await platform.startApi();
  }, 180_000);
});
