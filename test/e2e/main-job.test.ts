import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Platform } from '../support/platform.ts';
import { eventually, startPlatform } from '../support/platform.ts';

const FILE = readFileSync('data/weather/723170TYA.CSV.gz');
const SYSTEM = { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 } };
let platform: Platform;
let key: string;
let weatherId: string;
let people = 0;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly body: any;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const raw = body instanceof Uint8Array;
  const response = await fetch(platform.base + path, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
  };
}

async function newKey(): Promise<string> {
  const session = await call('POST', '/v1/auth/register', {
    email: `p${++people}@example.com`,
    password: 'a long password',
    name: 'P',
    organization_name: 'O',
  });
  const made = await call(
    'POST',
    '/v1/api-keys',
    { name: 'test' },
    { authorization: `Bearer ${session.body.access_token}` },
  );
  return made.body.key;
}

/** Its row is asked: reading a job of 1,000 systems again and again would take the time that it computes in. */
const statusOf = async (id: string): Promise<string> => {
  const [{ status }] = await platform.database.query<{ status: string }>('SELECT status FROM jobs WHERE id = $1', [id]);
  return status;
};
const ended = (id: string) =>
  eventually(
    async () =>
      ['succeeded', 'failed', 'cancelled'].includes(await statusOf(id))
        ? (await call('GET', `/v1/jobs/${id}`)).body
        : undefined,
    `end of ${id}`,
  );

/** 1,000 systems over 50 years: some 15 s of compute. */
const longJob = () => ({
  weather_ids: Array.from({ length: 50 }, () => weatherId),
  systems: Array.from({ length: 1000 }, (_, i) => ({ ...SYSTEM, mounting: { type: 'fixed', tilt_deg: i * 0.09 } })),
});
const underway = (id: string) =>
  eventually(async () => ((await call('GET', `/v1/jobs/${id}`)).body.progress > 0.02 ? true : undefined), 'progress');

beforeAll(async () => {
  platform = await startPlatform();
  await Promise.all([platform.startTemporal(), platform.startApi()]);
  await platform.startWorker();
  key = await newKey();
  const uploaded = await call('POST', '/v1/weather?name=greensboro.csv', FILE);
  weatherId = uploaded.body.id;
});
afterAll(() => platform?.stop());

describe('the main job', () => {
  test('a weather file and a system in, a year of energy, its events and its hourly series out', async () => {
    const accepted = await call('POST', '/v1/solar/analyze', { weather_id: weatherId, system: SYSTEM });
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('location')).toBe(`/v1/jobs/${accepted.body.id}`);
    const job = await ended(accepted.body.id);
    expect(job).toMatchObject({ status: 'succeeded', progress: 1, is_time_limited: false, error: null });
    const [system] = job.result.systems;
    expect(system.specific_yield_kwh_per_kw).toBeGreaterThan(1300);
    expect(system.specific_yield_kwh_per_kw).toBeLessThan(1600);
    const months: number[] = system.monthly_energy_kwh;
    expect(months.reduce((sum, month) => sum + month, 0)).toBeCloseTo(system.annual_energy_kwh, 6);

    const csv = await call('GET', `/v1/jobs/${job.id}/series/system-1?format=csv&columns=time,ac_kw`);
    const lines = csv.body.trim().split('\n');
    expect(lines[0]).toBe('time,ac_kw');
    const sum = lines.slice(1).reduce((total: number, line: string) => total + Number(line.split(',')[1]), 0);
    expect(sum).toBeCloseTo(system.annual_energy_kwh, 6);

    const events = await call('GET', `/v1/jobs/${job.id}/events`);
    expect(events.body.match(/^event: .*/gm)).toEqual([
      'event: job.queued',
      'event: job.started',
      'event: job.succeeded',
    ]);
    const rest = await call('GET', `/v1/jobs/${job.id}/events`, undefined, { 'last-event-id': '2' });
    expect(rest.body.match(/^id: .*/gm)).toEqual(['id: 3']);
  });

  test('an idempotency key makes one job of two requests, and refuses a different one', async () => {
    const body = { weather_id: weatherId, system: SYSTEM };
    const headers = { 'idempotency-key': 'once' };
    const [one, two] = await Promise.all([
      call('POST', '/v1/solar/analyze', body, headers),
      call('POST', '/v1/solar/analyze', body, headers),
    ]);
    expect(one.body.id).toBe(two.body.id);
    const other = await call('POST', '/v1/solar/analyze', { ...body, system: { dc_capacity_kw: 1 } }, headers);
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency.key_reused' } });
  });

  test('bad input gets the right problem, never a 500', async () => {
    const good = { weather_id: weatherId, system: SYSTEM };
    const cases: [string, Answer, number, string][] = [
      [
        'latitude 91',
        await call('POST', '/v1/sites', { name: 'x', latitude_deg: 91, longitude_deg: 0 }),
        422,
        'request.invalid',
      ],
      [
        'a wrong type',
        await call('POST', '/v1/solar/analyze', { ...good, system: { dc_capacity_kw: 'much' } }),
        422,
        'request.invalid',
      ],
      [
        'no weather of ours',
        await call('POST', '/v1/solar/analyze', { ...good, weather_id: `wth_${'0'.repeat(26)}` }),
        404,
        'request.not_found',
      ],
      ['an unknown field', await call('POST', '/v1/solar/analyze', { ...good, sistem: {} }), 422, 'request.invalid'],
      ['an empty file', await call('POST', '/v1/weather', new Uint8Array()), 422, 'weather.malformed'],
      [
        'a zip',
        await call('POST', '/v1/weather?name=a.csv', new Uint8Array([0x50, 0x4b, 3, 4, 0])),
        422,
        'weather.unrecognised_format',
      ],
      ['a large file', await call('POST', '/v1/weather', new Uint8Array(60e6)), 413, 'request.too_large'],
      ['no such path', await call('GET', '/v1/nothing'), 404, 'request.not_found'],
      ['a wrong method', await call('DELETE', '/v1/jobs'), 405, 'request.method_not_allowed'],
      [
        'a forged key',
        await call('GET', '/v1/jobs', undefined, { authorization: `Bearer tsl_test_${'A'.repeat(43)}` }),
        401,
        'auth.invalid',
      ],
      ['a missing scope', await call('POST', '/v1/api-keys', { name: 'x' }), 403, 'auth.forbidden'],
    ];
    for (const [name, answer, status, code] of cases)
      expect([name, answer.status, answer.body.code, typeof answer.body.request_id]).toEqual([
        name,
        status,
        code,
        'string',
      ]);
    const broken = await fetch(`${platform.base}/v1/sites`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: '{"latitude_deg": NaN}',
    });
    expect(broken.status).toBe(400);
  });

  test('another organization sees nothing of ours', async () => {
    const { body: job } = await call('POST', '/v1/solar/analyze', { weather_id: weatherId, system: SYSTEM });
    const authorization = `Bearer ${await newKey()}`;
    for (const path of [`/v1/jobs/${job.id}`, `/v1/jobs/${job.id}/events`, `/v1/weather/${weatherId}`])
      expect((await call('GET', path, undefined, { authorization })).status).toBe(404);
    expect((await call('POST', `/v1/jobs/${job.id}/cancel`, undefined, { authorization })).status).toBe(404);
    expect((await call('GET', '/v1/jobs', undefined, { authorization })).body.data).toEqual([]);
  });
});

describe('what goes wrong', () => {
  test('a cancelled job ends within 2 s and keeps its best so far', async () => {
    const short = await call('POST', '/v1/solar/analyze', { weather_id: weatherId, system: SYSTEM });
    const { wholeMs } = await platform.timesOf((await ended(short.body.id)).id);
    const { body } = await call('POST', '/v1/solar/analyze', longJob());
    await underway(body.id);
    expect((await call('POST', `/v1/jobs/${body.id}/cancel`)).status).toBe(202);
    const job = await ended(body.id);
    expect(job.status).toBe('cancelled');
    // A short job tells how busy the machine is.
    expect((await platform.timesOf(body.id)).cancelMs).toBeLessThan(2_000 + 4 * wholeMs);
    expect(job.result.systems_computed).toBeGreaterThan(0);
    expect(job.result.systems_computed).toBeLessThan(1000);
  });

  test('kill -9 of the worker: the job goes on from its checkpoint and ends with the same numbers', async () => {
    const { body } = await call('POST', '/v1/solar/analyze', longJob());
    await eventually(async () => {
      const [row] = await platform.database.query<{ data: Buffer | null }>(
        'SELECT data FROM job_checkpoints WHERE job_id = $1',
        [body.id],
      );
      return row?.data ? true : undefined;
    }, 'a checkpoint');
    await platform.kill('worker');
    expect(await statusOf(body.id)).toBe('running');
    await platform.startWorker();
    const job = await ended(body.id);
    expect(job.status).toBe('succeeded');
    expect(job.result.systems).toHaveLength(1000);
    const check = await call('POST', '/v1/solar/analyze', { weather_id: weatherId, system: longJob().systems[500] });
    const alone = await ended(check.body.id);
    expect(job.result.systems[500].years[0].annual_energy_kwh).toBe(alone.result.systems[0].annual_energy_kwh);
  });

  test('Temporal away and the API killed: what was accepted runs afterwards, once each', async () => {
    await platform.kill('temporal');
    const accepted = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', '/v1/solar/analyze', { weather_id: weatherId, system: SYSTEM })),
    );
    expect(accepted.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    const cancelled = await call('POST', `/v1/jobs/${accepted[4].body.id}/cancel`);
    expect(cancelled.status).toBe(202);
    const ready = await call('GET', '/health/ready');
    expect([ready.status, ready.body.status, ready.body.checks.database]).toEqual([503, 'not_ready', 'ok']);
    expect(ready.body.checks.temporal).toMatch(/^error: /);
    expect((await call('GET', '/health/ready?require=database')).status).toBe(200);
    await platform.kill('api');
    await platform.startTemporal();
    await platform.startApi();
    for (const { body } of accepted.slice(0, 4)) expect((await ended(body.id)).status).toBe('succeeded');
    expect((await ended(accepted[4].body.id)).status).toBe('cancelled');
    const starts = await platform.database.query(
      `SELECT job_id FROM job_events WHERE type = 'job.started' AND job_id = ANY($1)`,
      [accepted.map(({ body }) => body.id)],
    );
    expect(starts.length).toBe(4);
  });
});
