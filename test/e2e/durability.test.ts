/** What an accepted job survives: kills, time limits, an operator's hand in Temporal, a stopped worker. Real servers. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SolarSystem } from '../../src/client/api.ts';
import type { TessellateClient } from '../../src/client/client.ts';
import { workflowIdOf } from '../../src/contracts/jobs/kinds.ts';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import { type Checkpoint, type Customer, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { type Platform, startPlatform } from '../support/platform.ts';

const SYSTEM: SolarSystem = { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 } };
let platform: Platform;
let customer: Customer;
let client: TessellateClient;
let weatherId: string;
let temporal: TemporalClient;

interface Job {
  readonly id: string;
  readonly status: string;
  readonly attempts: number;
  readonly is_time_limited: boolean;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: { readonly n_systems_computed: number; readonly systems: unknown[] } | null;
}

/** 1,000 systems over `years` years: 0.6 s of compute a year. */
const submit = async (years: number): Promise<string> => {
  const tracker = {
    mounting: { type: 'one_axis' as const, gcr: 0.35 },
    bifacial: { bifaciality: 0.7, height_m: 1.5, pitch_m: 6 },
  };
  const body = {
    weather_ids: Array.from({ length: years }, () => weatherId),
    systems: Array.from({ length: 1000 }, (_, i) => ({ ...tracker, dc_capacity_kw: 100 + i })),
  };
  return (await client.submit('/v1/solar/analyze', body)).id;
};
const job = async (id: string): Promise<Job> => {
  const [row] = await platform.database.query<Job>('SELECT * FROM jobs WHERE id = $1', [id]);
  return row;
};
const ended = (id: string) => customer.ended(id);
/** What is saved of a job, at once. */
const checkpoint = (id: string): Promise<Checkpoint | undefined> => customer.saved(id);
/** Waits until `computeS` are saved. */
const saved = (id: string, computeS = 0.001) =>
  customer.checkpoint(id, ({ compute_s: seconds }) => seconds >= computeS);

beforeAll(async () => {
  platform = await startPlatform();
  await platform.startAll();
  temporal = new TemporalClient({ address: platform.temporalAddress, namespace: 'default' });
  customer = await newCustomer(platform);
  client = customer.client;
  weatherId = await customer.uploadWeather();
});
afterAll(async () => {
  await temporal?.close();
  await platform?.stop();
});

const handle = (id: string) => temporal.client.workflow.getHandle(workflowIdOf('solar-analyze', id));

describe("an operator's hand in Temporal", () => {
  test('Cancel in the Web UI ends the job cancelled, with its best so far', async () => {
    const id = await submit(50);
    // One system of 50 years at least.
    await customer.checkpoint(id, ({ done }) => done >= 50);
    await handle(id).cancel();
    const { status, result } = await ended(id);
    expect(status).toBe('cancelled');
    expect(result?.n_systems_computed).toBeGreaterThan(0);
    expect(result?.n_systems_computed).toBeLessThan(1000);
  });

  test('reconciliation closes a job as lost whose workflow was terminated, and starts one again whose workflow was deleted', async () => {
    const [terminated, deleted] = [await submit(50), await submit(50)];
    await Promise.all([saved(terminated), saved(deleted)]);
    await handle(terminated).terminate('by an operator');
    await temporal.client.workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: workflowIdOf('solar-analyze', deleted) },
    });
    // Deleting ends it first.
    await eventually(
      async () => ((await temporal.stateOf(workflowIdOf('solar-analyze', deleted))) === 'absent' ? true : undefined),
      'the deletion',
    );
    // A young job is left alone: these are old by now.
    await platform.database.query(
      `UPDATE jobs SET created_at = now() - interval '2 minutes' WHERE status IN ('queued', 'running')`,
    );
    await eventually(async () => {
      await temporal.client.schedule.getHandle('reconcile-jobs').trigger();
      return (await job(terminated)).status === 'failed' || undefined;
    }, 'reconciliation');
    expect((await job(terminated)).error).toEqual({
      code: 'job.lost',
      message: 'The workflow is terminated, and left no result',
    });
    await eventually(async () => (await job(deleted)).attempts === 2 || undefined, 'the second attempt');
    await handle(deleted).cancel();
    expect((await ended(deleted)).status).toBe('cancelled');
    expect(await checkpoint(terminated)).toBeUndefined();
  });
});

describe('time limits', () => {
  test('compute time counts across attempts: what a killed worker used is part of the hard limit', async () => {
    const id = await submit(50);
    await saved(id, 6);
    await platform.kill('worker');
    const usedS = (await checkpoint(id))!.compute_s;
    await platform.startWorker({ TASK_SOFT_TIME_LIMIT: '3', TASK_TIME_LIMIT: '3' });
    const { status, error } = await ended(id);
    expect([status, error?.code]).toEqual(['failed', 'job.time_limit']);
    const seconds = Number(/^The job used (\d+) s/.exec(error?.message ?? '')?.[1]);
    expect(seconds).toBeGreaterThanOrEqual(Math.floor(usedS));
    // It ends with the first step of the second attempt, which alone would have 3 s.
    expect(seconds).toBeLessThan(usedS + 3);
    // The job's row keeps both attempts and what they used together, for whoever meters.
    const { n_attempts, compute_s, queue_wait_s } = await client.job(id);
    expect(n_attempts).toBe(2);
    expect(Math.round(compute_s!)).toBe(seconds);
    expect(queue_wait_s).toBeGreaterThanOrEqual(0);
  });

  test('at the soft limit the best so far is the result, marked is_time_limited', async () => {
    await platform.kill('worker', 'SIGTERM');
    await platform.startWorker({ TASK_SOFT_TIME_LIMIT: '1' });
    // The first step of 16 years is a whole system.
    const { status, is_time_limited, result } = await ended(await submit(10));
    expect([status, is_time_limited]).toEqual(['succeeded', true]);
    expect(result?.n_systems_computed).toBeGreaterThan(0);
    expect(result?.n_systems_computed).toBeLessThan(1000);
  });
});

describe('processes that end', () => {
  test('SIGTERM of the worker: it saves where it stands and ends; another continues from there at once', async () => {
    await platform.kill('worker', 'SIGTERM');
    await platform.startWorker();
    const id = await submit(50);
    const before = await saved(id);
    // What could not end within the grace of 10 s moves.
    expect(await platform.kill('worker', 'SIGTERM')).toBe(0);
    expect((await job(id)).status).toBe('running');
    const left = await checkpoint(id);
    expect(left?.attempts).toBe(1);
    expect(left?.done).toBeGreaterThan(before.done);
    // No heartbeat timeout has to pass: the attempt told that it moves.
    const [activity] = (await handle(id).describe()).raw.pendingActivities ?? [];
    expect([activity.attempt, activity.lastFailure?.applicationFailureInfo?.type]).toEqual([2, 'Moved']);
    await platform.startWorker();
    const next = await eventually(async () => {
      const now = await checkpoint(id);
      return now && now.done !== left?.done ? now : undefined;
    }, 'the next checkpoint');
    expect(next.attempts).toBe(2);
    expect(next.done).toBeGreaterThan(left!.done);
    await client.call('POST', `/v1/jobs/${id}/cancel`);
    expect((await ended(id)).status).toBe('cancelled');
  });

  test('kill -9 of the API: a stream of events resumes by Last-Event-ID, none missed, none twice', async () => {
    const id = await submit(10);
    const ids: number[] = [];
    const types: string[] = [];
    for await (const event of client.events(id)) {
      ids.push(event.id);
      types.push(event.type);
      if (event.type === 'job.started') {
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
  });
});

describe('what goes wrong', () => {
  test('Temporal away and the API killed: what was accepted runs afterwards, once each', async () => {
    await platform.kill('temporal');
    const accepted = await Promise.all(
      Array.from({ length: 5 }, () =>
        customer.call('POST', '/v1/solar/analyze', { weather_id: weatherId, system: SYSTEM }),
      ),
    );
    expect(accepted.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    const cancelled = await customer.call('POST', `/v1/jobs/${accepted[4].body.id}/cancel`);
    expect(cancelled.status).toBe(202);
    const ready = await customer.call('GET', '/health/ready');
    expect([ready.status, ready.body.status, ready.body.checks.database]).toEqual([503, 'not_ready', 'ok']);
    expect(ready.body.checks.temporal).toMatch(/^error: /);
    expect((await customer.call('GET', '/health/ready?require=database')).status).toBe(200);
    await platform.kill('api');
    await platform.startTemporal();
    await platform.startApi();
    for (const { body } of accepted.slice(0, 4)) expect((await customer.ended(body.id)).status).toBe('succeeded');
    expect((await customer.ended(accepted[4].body.id)).status).toBe('cancelled');
    const starts = await platform.database.query(
      `SELECT job_id FROM job_events WHERE type = 'job.started' AND job_id = ANY($1)`,
      [accepted.map(({ body }) => body.id)],
    );
    expect(starts.length).toBe(4);
  });
});
