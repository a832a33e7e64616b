import { describe, expect, test } from '@jest/globals';
import { type Answer, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { longAnalysis } from '../support/long-jobs.ts';
import { sharedPlatform } from '../support/platform.ts';

const SYSTEM = { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 } };
const platform = await sharedPlatform();
const { key, call, ended, uploadWeather } = await newCustomer(platform);
const weatherId = await uploadWeather();
const underway = (id: string) =>
  eventually(async () => ((await call('GET', `/v1/jobs/${id}`)).body.progress > 0.02 ? true : undefined), 'progress');

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
    const rest = await call('GET', `/v1/jobs/${job.id}/events`, undefined, { headers: { 'last-event-id': '2' } });
    expect(rest.body.match(/^id: .*/gm)).toEqual(['id: 3']);
  });

  test('an idempotency key makes one job of two requests, and refuses a different one', async () => {
    const body = { weather_id: weatherId, system: SYSTEM };
    const headers = { 'idempotency-key': 'once' };
    const [one, two] = await Promise.all([
      call('POST', '/v1/solar/analyze', body, { headers }),
      call('POST', '/v1/solar/analyze', body, { headers }),
    ]);
    const accepted = [one, two].filter(({ status }) => status === 202);
    for (const { body: problem } of [one, two].filter(({ status }) => status !== 202))
      expect(problem.code).toBe('idempotency.in_progress');
    const again = await call('POST', '/v1/solar/analyze', body, { headers });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(new Set([...accepted, again].map(({ body: { id } }) => id)).size).toBe(1);
    const other = await call('POST', '/v1/solar/analyze', { ...body, system: { dc_capacity_kw: 1 } }, { headers });
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
        'weather.malformed',
      ],
      ['a large file', await call('POST', '/v1/weather', new Uint8Array(60e6)), 413, 'request.too_large'],
      ['no such path', await call('GET', '/v1/nothing'), 404, 'request.not_found'],
      ['a wrong method', await call('DELETE', '/v1/jobs'), 405, 'request.method_not_allowed'],
      [
        'a forged key',
        await call('GET', '/v1/jobs', undefined, { as: `tsl_test_${'A'.repeat(43)}` }),
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
    const stranger = await newCustomer(platform);
    for (const path of [`/v1/jobs/${job.id}`, `/v1/jobs/${job.id}/events`, `/v1/weather/${weatherId}`])
      expect((await stranger.call('GET', path)).status).toBe(404);
    expect((await stranger.call('POST', `/v1/jobs/${job.id}/cancel`)).status).toBe(404);
    expect((await stranger.call('GET', '/v1/jobs')).body.data).toEqual([]);
  });
});

describe('what goes wrong', () => {
  test('a cancelled job ends within 2 s and keeps its best so far', async () => {
    const short = await call('POST', '/v1/solar/analyze', { weather_id: weatherId, system: SYSTEM });
    const { wholeMs } = await platform.timesOf((await ended(short.body.id)).id);
    const { body } = await call('POST', '/v1/solar/analyze', longAnalysis(weatherId));
    await underway(body.id);
    expect((await call('POST', `/v1/jobs/${body.id}/cancel`)).status).toBe(202);
    const job = await ended(body.id);
    expect(job.status).toBe('cancelled');
    // A short job tells how busy the machine is.
    expect((await platform.timesOf(body.id)).cancelMs).toBeLessThan(2_000 + 4 * wholeMs);
    expect(job.result.n_systems_computed).toBeGreaterThan(0);
    expect(job.result.n_systems_computed).toBeLessThan(1000);
  });
});
