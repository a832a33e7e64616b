/**
 * Nobody stalls the others: each operation gets the largest and most awkward requests that its limits allow, while another client
 * reads. The API process itself measures how long its event loop was held.
 *
 * The loop's longest delay is read from the process's own metrics, which begin anew at each reading. The system counts the time
 * that the thread waited for a processor; it is no fault of the request. A slow machine gets more time by a measure of its own:
 * how long it takes to parse a fixed piece of JSON. A pause that does not come again is no fault of the request either.
 */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/adapters/config/config.ts';
import { endpointsOf } from '../../src/api/app.ts';
import { bodyLimitOf, type Endpoint } from '../../src/api/endpoint.ts';
import type { Services } from '../../src/api/services.ts';
import { encodeColumns } from '../../src/series/columns.ts';
import { type Answer, type Customer, type Json, newCustomer } from '../support/customer.ts';
import { startPlatform } from '../support/platform.ts';

/** One request may hold the event loop for this long [ms]. */
const HOLD_MS = 50;
/** Answers are built in memory up to this size; larger ones are streamed. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/** The interval of the probe, which is part of what it measures [ms]. */
const PROBE_MS = 10;
const MAX_UPLOAD_MB = 8;
const TRIES = 3;

let platform: Awaited<ReturnType<typeof startPlatform>>;
let customer: Customer;
let reader: Customer;
let factor = 1;
/** A job that gets a result of 30 MB */
let largeJob: string;
/** Objects of the customer, by the resource in the path */
const ids: Record<string, string> = {};

/** How much slower this machine is than one that parses a megabyte of numbers in 12 ms. */
function slowness(): number {
  const text = JSON.stringify(Array.from({ length: 100_000 }, (_, i) => [i, i / 7]));
  const times = Array.from({ length: 7 }, () => {
    const from = performance.now();
    JSON.parse(text);
    return performance.now() - from;
  });
  return Math.max(1, Math.min(...times) / 12);
}

/** Time that the main thread of the API has worked, and waited for a processor, so far [ms]; unknown without Linux. */
function mainThread(): { readonly workedMs: number; readonly waitedMs: number } | undefined {
  const pid = platform.pidOf('api');
  const file = `/proc/${pid}/task/${pid}/schedstat`;
  if (!existsSync(file)) return undefined;
  const [worked, waited] = readFileSync(file, 'utf8').split(' ').map(Number);
  return { workedMs: worked / 1e6, waitedMs: waited / 1e6 };
}

/** The longest delay since the reading before [ms] */
async function longestDelayMs(): Promise<number> {
  const { body } = await reader.call('GET', '/metrics', undefined, { as: null });
  return 1000 * Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(body)?.[1]);
}

/**
 * Sends a request while another client reads. The loop was held no longer than its longest delay, and no longer than its thread
 * worked. Where both are long, the time that the thread waited for a processor is no fault of the request.
 * @returns the answer, and how long the loop was held in the best of some tries [ms]
 */
async function held(send: () => Promise<Answer>): Promise<{ answer: Answer; heldMs: number }> {
  let heldMs = Number.POSITIVE_INFINITY;
  let answer: Answer | undefined;
  for (let i = 0; i < TRIES && heldMs > HOLD_MS * factor; i++) {
    await longestDelayMs();
    const before = mainThread();
    let isDone = false;
    const reading = (async () => {
      while (!isDone) expect((await reader.call('GET', '/v1/sites?limit=1')).status).toBe(200);
    })();
    answer = await send().finally(() => {
      isDone = true;
    });
    await reading;
    const after = mainThread();
    const delayMs = (await longestDelayMs()) - PROBE_MS;
    const most = before && after ? Math.min(delayMs, after.workedMs - before.workedMs) : delayMs;
    const waited = before && after ? after.waitedMs - before.waitedMs : 0;
    heldMs = Math.min(heldMs, most <= HOLD_MS * factor ? most : Math.max(0, delayMs - waited));
  }
  return { answer: answer!, heldMs };
}

beforeAll(async () => {
  platform = await startPlatform({
    MAX_UPLOAD_MB: String(MAX_UPLOAD_MB),
    RATE_LIMIT_LOGIN: '1000000',
    RATE_LIMIT_DEFAULT: '10000000',
    WEBHOOK_ALLOW_LOOPBACK: 'true',
  });
  // Its metrics wait for a Temporal that is away.
  await Promise.all([platform.startTemporal(), platform.startApi()]);
  customer = await newCustomer(platform);
  reader = await newCustomer(platform);
  factor = slowness();
  const create = async (path: string, body: unknown) => (await customer.call('POST', path, body)).body;
  const weather = await customer.uploadWeather();
  const job = (await create('/v1/solar/analyze', { weather_id: weather, system: { dc_capacity_kw: 1 } })).id;
  largeJob = (await create('/v1/solar/analyze', { weather_id: weather, system: { dc_capacity_kw: 2 } })).id;
  const windJob = (
    await create('/v1/wind/analyze', {
      resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] },
      turbines: [{ id: 'v80' }],
      layout: { x_m: [0], y_m: [0] },
    })
  ).id;
  Object.assign(ids, { weather, jobs: job, 'wind/jobs': windJob });
  ids.sites = (await create('/v1/sites', { name: 'S', latitude_deg: 1, longitude_deg: 2 })).id;
  ids.webhooks = (await create('/v1/webhooks', { url: `${platform.base}/health` })).id;
  // A year of minutes, and a result of 30 MB.
  const minutes = Float64Array.from({ length: 525_600 }, (_, i) => i / 7);
  const data = encodeColumns({
    time_ms: minutes.map((_, i) => i * 60_000),
    a: minutes,
    b: minutes,
    c: minutes,
    d: minutes,
  });
  await platform.database.query(`INSERT INTO job_series (job_id, name, data) VALUES ($1, 'large', $2)`, [job, data]);
  await platform.database.query(`UPDATE jobs SET status = 'cancelled', ended_at = now() WHERE id = ANY($1)`, [
    [job, windJob, largeJob],
  ]);
});
afterAll(() => platform?.stop());

const endpoints = endpointsOf({ config: parseConfig({ MAX_UPLOAD_MB: String(MAX_UPLOAD_MB) }) } as unknown as Services);

/** A path of the operation, with objects of the customer */
function pathOf({ path }: Endpoint): string {
  const resource = /^\/v1\/((?:wind\/)?[\w-]+)\/:id/.exec(path)?.[1] ?? '';
  return path
    .replace(':id', ids[resource] ?? 'x')
    .replace(':name', 'large')
    .replace(':format', 'pdf')
    .replace(':number', '1');
}

/** `open`, `one` again and again up to a size, and `close` */
const filled = (bytes: number, open: string, one: (i: number) => string, close: string): string => {
  const parts = [open];
  for (let i = 0, size = open.length + close.length; ; i++) {
    const part = one(i);
    size += part.length;
    if (size > bytes) break;
    parts.push(part);
  }
  return parts.join('') + close;
};

/** Bodies of JSON that any schema gets: wide, deep, long, many, escaped. */
const anyJson = (bytes: number): readonly (readonly [name: string, body: string])[] => [
  ['wide', filled(bytes, '{"x":0', (i) => `,"f${i}":0`, '}')],
  ['a long text', `{"name":"${'x'.repeat(bytes - 20)}"}`],
  ['a long name', `{"${'x'.repeat(bytes - 20)}":1}`],
  ['escapes', `{"name":"${'\\u0041'.repeat(Math.floor((bytes - 20) / 6))}"}`],
  ['deep', filled(bytes, '{"x":[0', () => `,${'['.repeat(60)}${']'.repeat(60)}`, ']}')],
  ['a long number', `{"latitude_deg":1${'0'.repeat(bytes - 30)}}`],
  ['half', `{"a":[${'1,'.repeat(Math.floor((bytes - 20) / 2))}`],
];

const CURVE_ROW = { wind_speed_m_s: [0, 30], power_kw: [0, 1], thrust_coefficient: [0, 0] };
const turbine = (rows: number) => ({
  name: 'T',
  rotor_diameter_m: 100,
  hub_height_m: 100,
  wind_speed_m_s: Array.from({ length: rows }, (_, i) => (i * 30.123456789) / rows),
  power_kw: Array.from({ length: rows }, (_, i) => (i * 3000.123456789) / rows),
  thrust_coefficient: Array.from({ length: rows }, () => 0.123456789),
});
const ring = (corners: number) =>
  Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    return [8 + 0.1 * Math.cos(angle), 55 + 0.05 * Math.sin(angle)];
  });
const polygons = (count: number, corners: number) => ({
  type: 'MultiPolygon',
  coordinates: Array.from({ length: count }, () => [ring(corners)]),
});
const SERIES = 80_000;

/** The largest bodies of single operations, which fit their schema, and lists of many wrong values. */
const large: Readonly<Record<string, () => readonly object[]>> = {
  createSite: () => [
    { name: 'S', latitude_deg: 55, longitude_deg: 8, boundary: polygons(5, 18_000) },
    { name: 'S', latitude_deg: 55, longitude_deg: 8, boundary: polygons(800, 100) },
    {
      name: 'S',
      latitude_deg: 55,
      longitude_deg: 8,
      boundary: { type: 'Polygon', coordinates: [new Array(300_000).fill('x')] },
    },
  ],
  updateSite: () => [{ boundary: polygons(5, 18_000) }, { exclusions: polygons(800, 100) }],
  createTurbine: () => [turbine(1000), { ...turbine(2), power_kw: new Array(100_000).fill('x') }],
  analyzeWind: () => [
    {
      resource: {
        type: 'series',
        wind_speed_m_s: Array.from({ length: SERIES }, (_, i) => (i % 250) / 10),
        wind_direction_deg: Array.from({ length: SERIES }, (_, i) => i % 360),
      },
      turbines: [{ curve: turbine(1000) }],
      layout: { x_m: Array.from({ length: 2000 }, (_, i) => i * 1000), y_m: new Array(2000).fill(0) },
    },
    {
      resource: {
        type: 'rose',
        directions_deg: Array.from({ length: 720 }, (_, i) => i / 2),
        speeds_m_s: Array.from({ length: 200 }, (_, i) => i / 10),
        probability: new Array(720).fill(new Array(200).fill(1 / 144_000)),
      },
      turbines: new Array(20).fill({ curve: { ...turbine(2), ...CURVE_ROW } }),
      layout: { x_m: Array.from({ length: 2000 }, (_, i) => i * 1000), y_m: new Array(2000).fill(0) },
      bins: { direction_step_deg: 0.5, speed_step_m_s: 0.1 },
    },
  ],
  optimizeWind: () => [
    {
      resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] },
      turbines: [{ id: 'v80' }],
      boundary: { ...polygons(1, 20_000), setback_m: 10 },
      exclusions: { ...polygons(700, 100), setback_m: 5 },
      n_turbines: 100,
      bins: { direction_step_deg: 0.5, speed_step_m_s: 0.1 },
    },
  ],
  analyzeSolar: () => [
    { weather_id: ids.weather, systems: new Array(1000).fill({ dc_capacity_kw: 1, mounting: { type: 'one_axis' } }) },
    { weather_id: ids.weather, systems: new Array(40_000).fill({ x: 1 }) },
  ],
  optimizeSolar: () => [
    {
      weather_id: ids.weather,
      variables: { tilt_deg: { lower: 0, upper: 60 } },
      constraints: { boundary: polygons(5, 18_000), exclusions: polygons(10, 100) },
    },
  ],
  createReport: () => [
    { job_ids: new Array(50_000).fill('x') },
    { job_ids: [ids.jobs], logo_png: 'A'.repeat(349_000) },
  ],
};

/** Files that no reader expects. */
const anyFile = (bytes: number): readonly (readonly [name: string, body: Uint8Array | string])[] => [
  ['keys of YAML', filled(bytes, '', (i) => `${i.toString(36)}: 1\n`, '')],
  ['short lines', '1,2\n'.repeat(Math.floor(bytes / 4))],
  ['one line', `Name,${'x,'.repeat(Math.floor((bytes - 10) / 2))}`],
  ['nested JSON', '['.repeat(bytes)],
  ['empty lists of JSON', `{"outputs":[${'[],'.repeat(Math.floor((bytes - 20) / 3))}[]]}`],
  ['a file of PVsyst', filled(bytes, 'PVObject_=pvModule\n', (i) => `${' '.repeat(i % 50)}K${i}=1\n`, '')],
  ['gzip', gzipSync(Buffer.alloc(100e6, '1,2\n'))],
];

/** Requests whose work is not yet in a compute thread, with the time that they may hold the loop until it is [ms] */
const STILL_ON_THE_LOOP: Readonly<Record<string, number>> = {
  // Setbacks and unions of 90,000 corners
  'optimizeWind, large 0': 500,
};

const problems: string[] = [];
function judge(name: string, { answer, heldMs }: { readonly answer: Answer; readonly heldMs: number }): void {
  if (heldMs > (STILL_ON_THE_LOOP[name] ?? HOLD_MS) * factor)
    problems.push(`${name} held the loop ${Math.round(heldMs)} ms (${answer.status})`);
  if (answer.status >= 500 && answer.status !== 503) problems.push(`${name} answered ${answer.status}`);
  if (Number(answer.headers.get('content-length') ?? 0) > MAX_ANSWER_BYTES)
    problems.push(`${name} built its answer whole`);
}
const found = (): string[] => problems.splice(0);

const withJson = endpoints.filter(({ body }) => body !== undefined);
const withFile = endpoints.filter(({ consumes }) => consumes !== undefined);
const without = endpoints.filter(({ body, consumes }) => body === undefined && consumes === undefined);

test.each(withJson.map((one) => [one.id, one] as const))('%s: JSON', async (id, one) => {
  const path = pathOf(one);
  const send = (body: string) => () =>
    customer.call(one.method.toUpperCase(), path, body, {
      as: one.scope === 'public' ? null : customer.token,
      headers: { 'content-type': 'application/json' },
    });
  for (const [name, body] of anyJson(bodyLimitOf(one))) judge(`${id}, ${name}`, await held(send(body)));
  for (const [i, body] of (large[id]?.() ?? []).entries())
    judge(`${id}, large ${i}`, await held(send(JSON.stringify(body))));
  expect(found()).toEqual([]);
});

test.each(withFile.map((one) => [one.id, one] as const))('%s: files', async (id, one) => {
  for (const [name, body] of anyFile(bodyLimitOf(one)))
    judge(`${id}, ${name}`, await held(() => customer.call('POST', pathOf(one), body)));
  expect(found()).toEqual([]);
});

/** Queries that make the largest answers, and junk as long as a URL may be. */
const queries: Readonly<Record<string, readonly string[]>> = {
  clearSky: ['from=2025-01-01T00:00:00Z&to=2025-12-31T23:00:00Z&step_minutes=60&latitude_deg=45&longitude_deg=8'],
  searchModules: ['limit=200', `search=${encodeURIComponent('a b c d e f '.repeat(16))}`],
  searchInverters: ['limit=200'],
  searchTurbines: ['limit=200'],
  listSites: ['limit=200'],
  listJobs: ['limit=200'],
  getJobSeries: ['', 'format=csv'],
};

test.each(without.map((one) => [one.id, one] as const))('%s: queries', async (id, one) => {
  const long = [`x=${'y'.repeat(12_000)}`, Array.from({ length: 1500 }, (_, i) => `a${i}[b]=1`).join('&')];
  for (const query of [...(queries[id] ?? ['']), ...long])
    if (!(id === 'streamJobEvents' && query === ''))
      judge(
        `${id}?${query.slice(0, 40)}`,
        await held(() =>
          customer.call(one.method.toUpperCase(), `${pathOf(one)}?${query}`, undefined, {
            as: one.scope === 'public' ? null : customer.key, // a session ends with logoutEverywhere
          }),
        ),
      );
  expect(found()).toEqual([]);
});

test('a job with a result of 30 MB is sent piece by piece', async () => {
  const systems: Json[] = Array.from({ length: 150_000 }, (_, i) => ({
    i,
    energy_kwh: i / 7,
    name: `system ${i}`,
    x: [i],
  }));
  await platform.database.query(`UPDATE jobs SET result = jsonb_build_object('systems', $2::jsonb) WHERE id = $1`, [
    largeJob,
    JSON.stringify(systems),
  ]);
  // Its result is none of the kind, and fetch would hold it against the schema.
  const { answer, heldMs } = await held(async () => {
    const request = get(`${platform.base}/v1/jobs/${largeJob}`, {
      headers: { authorization: `Bearer ${customer.key}` },
    });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const bytes = await buffer(response);
    const headers = new Headers(response.headers as Record<string, string>);
    return { status: response.statusCode ?? 0, headers, bytes, body: JSON.parse(bytes.toString()) };
  });
  expect([answer.status, answer.body.type]).toEqual([200, undefined]);
  judge('getJob', { answer, heldMs });
  expect(found()).toEqual([]);
  expect(answer.body.result.systems).toHaveLength(systems.length);
});
