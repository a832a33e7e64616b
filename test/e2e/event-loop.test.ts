/**
 * Nobody stalls the others: each operation gets the largest and most awkward requests that its limits allow, while another client
 * reads. The API process itself measures how long a turn of its event loop took (test/support/loop-probe.mjs).
 *
 * A slow machine gets more time. How slow it is, the same thread measures right after a turn that was too long: other programs may
 * slow it down at any time. A turn that is not as long again is no fault of the request.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/adapters/config/config.ts';
import { endpointsOf } from '../../src/api/app.ts';
import { bodyLimitOf, type Endpoint } from '../../src/api/endpoint.ts';
import type { Services } from '../../src/api/services.ts';
import { libraryInverters, libraryModules } from '../../src/services/solar/bundled.ts';
import { encodeColumns } from '../../src/series/columns.ts';
import { freePort } from '../../temporal/embedded/ports.ts';
import { type Answer, type Customer, type Json, newCustomer } from '../support/customer.ts';
import { startPlatform } from '../support/platform.ts';

/** One request may hold the event loop for this long [ms]. */
const HOLD_MS = 50;
/** Answers are built in memory up to this size; larger ones are streamed. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const MAX_UPLOAD_MB = 8;
const LARGE_FILE_BYTES = 15 * 1024 * 1024;
/** Objects that were written and are not collected yet come on top of an answer [bytes]. */
const MAX_GROWTH_BYTES = 8 * MAX_ANSWER_BYTES;
/** Its threads have limits of 1.5 GB each; a process that is as large as that has built something whole [bytes]. */
const MAX_RESIDENT_BYTES = 2 ** 31;
const TRIES = 5;
/** What the probe's piece of work takes on an ordinary machine [ms] */
const WORK_MS = 12;

let platform: Awaited<ReturnType<typeof startPlatform>>;
let customer: Customer;
let reader: Customer;
let probe: string;
/** A job that gets a result of 30 MB */
let largeJob: string;
/** Objects of the customer, by the resource in the path */
const ids: Record<string, string> = {};

const probed = async (what: 'longest' | 'work' | 'memory' | 'resident'): Promise<number> =>
  Number(await (await fetch(`${probe}/${what}`)).text());

interface Held {
  readonly answer: Answer;
  /** The longest turn of the loop in the best of some tries [ms of an ordinary machine] */
  readonly heldMs: number;
  /** What the memory of the loop's thread grew by in the best of them [bytes] */
  readonly grownBytes: number;
}
let grownMost = 0;

/** Sends a request while another client reads. */
async function held(send: () => Promise<Answer>): Promise<Held> {
  let [heldMs, grownBytes] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let answer: Answer | undefined;
  for (let i = 0; i < TRIES && heldMs > HOLD_MS; i++) {
    const before = i === 0 ? 0 : await probed('work');
    await probed('longest');
    await probed('memory');
    let isDone = false;
    const reading = (async () => {
      while (!isDone) expect((await reader.call('GET', '/v1/sites?limit=1')).status).toBe(200);
    })();
    answer = await send().finally(() => {
      isDone = true;
    });
    await reading;
    const longest = await probed('longest');
    grownBytes = Math.min(grownBytes, await probed('memory'));
    const slowness = longest > HOLD_MS ? Math.max(before, await probed('work')) / WORK_MS : 1;
    heldMs = Math.min(heldMs, longest / Math.max(1, slowness));
  }
  grownMost = Math.max(grownMost, grownBytes);
  return { answer: answer!, heldMs, grownBytes };
}

beforeAll(async () => {
  const port = await freePort();
  probe = `http://127.0.0.1:${port}`;
  platform = await startPlatform({
    NODE_OPTIONS: `--import ${new URL('../support/loop-probe.mjs', import.meta.url).href}`,
    LOOP_PROBE_PORT: String(port),
    MAX_UPLOAD_MB: String(MAX_UPLOAD_MB),
    RATE_LIMIT_LOGIN: '1000000',
    RATE_LIMIT_DEFAULT: '10000000',
    WEBHOOK_ALLOW_LOOPBACK: 'true',
  });
  // The endpoint of metrics waits for a Temporal that is away.
  await Promise.all([platform.startTemporal(), platform.startApi()]);
  customer = await newCustomer(platform);
  reader = await newCustomer(platform);
  const create = async (path: string, body: unknown) => (await customer.call('POST', path, body)).body;
  const weather = await customer.uploadWeather();
  const job = (await create('/v1/solar/analyze', { weather_id: weather, system: { dc_capacity_kw: 1 } })).id;
  largeJob = (await create('/v1/solar/analyze', { weather_id: weather, system: { dc_capacity_kw: 2 } })).id;
  const windJob = (await create('/v1/wind/optimize', wideSearch())).id;
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
  // A search that found 2,000 turbines, a flow map of 500 by 500 points, and a page of horizons.
  await platform.database.query('UPDATE jobs SET result = $2 WHERE id = $1', [windJob, foundLayout(2000)]);
  await platform.database.query(`INSERT INTO job_series (job_id, name, data) VALUES ($1, 'flow-map-1', $2)`, [
    windJob,
    flowMap(500),
  ]);
  const points = Array.from({ length: 3600 }, (_, i) => i / 10);
  await platform.database.query(
    `INSERT INTO library_items (id, org_id, technology, kind, format, name, spec, created_at)
     SELECT 'cmp_' || lpad(i::text, 26, '0'), (SELECT org_id FROM jobs WHERE id = $1), 'solar', 'horizon', 'csv', 'H', $2, now()
     FROM generate_series(1, 200) i`,
    [windJob, { azimuthDeg: points, elevationDeg: points.map((azimuth) => azimuth / 7) }],
  );
  // A report with a file of 15 MB that does not compress.
  ids.reports = `rpt_${'0'.repeat(26)}`;
  await platform.database.query(
    `INSERT INTO reports (id, org_id, job_id, template, language, job_ids)
     SELECT $1, org_id, id, 'summary', 'en', ARRAY[id] FROM jobs WHERE id = $2`,
    [ids.reports, job],
  );
  await platform.database.query(
    `INSERT INTO report_files (report_id, format, name, media_type, bytes, sha256, data)
     VALUES ($1, 'pdf', 'report.pdf', 'application/pdf', $2, 'ab', $3)`,
    [ids.reports, LARGE_FILE_BYTES, randomBytes(LARGE_FILE_BYTES)],
  );
  ids.modules = (await customer.call('GET', '/v1/modules?limit=1')).body.data[0].id;
  ids.inverters = (await customer.call('GET', '/v1/inverters?limit=1')).body.data[0].id;
  await platform.database.query(`UPDATE jobs SET status = 'cancelled', ended_at = now() WHERE id = ANY($1)`, [
    [job, windJob, largeJob],
  ]);
});
afterAll(async () => {
  if (!platform) return;
  const resident = await probed('resident');
  const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
  process.stdout.write(
    `The API had ${megabytes(resident)} in memory at most; one request added ${megabytes(grownMost)} to its loop\n`,
  );
  await platform.stop();
  expect(resident).toBeLessThan(MAX_RESIDENT_BYTES);
});

/** The result of a layout search, as far as pictures and windIO show it */
function foundLayout(turbines: number): object {
  const numbers = (scale: number) => Array.from({ length: turbines }, (_, i) => scale * Math.sin(i));
  const layout = { x_m: numbers(5000), y_m: numbers(2500).reverse(), is_fixed: new Array(turbines).fill(false) };
  const sectors = SECTORS.map(({ frequency }, i) => ({
    wind_direction_deg: 5 * i,
    frequency,
    wind_speed_mean_m_s: 8 + i / 70,
  }));
  return {
    best: { candidate_index: 0, layout: { ...layout, cable_length_m: 123_456 }, sectors, turbines: layout.x_m },
    candidates: [{ turbine_index: 0 }],
  };
}

/** A stored flow map of so many points by so many */
function flowMap(side: number): Buffer {
  const at = (value: (column: number, row: number) => number) =>
    Float64Array.from({ length: side * side }, (_, i) => value(i % side, Math.floor(i / side)));
  return encodeColumns(
    {
      x_m: at((column) => 20 * column),
      y_m: at((_, row) => 20 * row),
      wind_speed_m_s: at((column, row) => 8 - 3 * Math.abs(Math.sin(column / 5) * Math.cos(row / 7))),
    },
    {
      n_x: side,
      n_y: side,
      freestream_m_s: 8,
      wind_direction_deg: 270,
      turbines: Array.from({ length: 2000 }, (_, i) => [5 * i, 5 * i, 100]),
    },
  );
}

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
/** A site of 20,000 corners with 490 exclusions of 100 corners each, in a raster: what a body can hold. */
const wideSite = () => ({
  boundary: { type: 'Polygon', coordinates: [ring(20_000)], setback_m: 10 },
  exclusions: {
    type: 'MultiPolygon',
    coordinates: Array.from({ length: 490 }, (_, k) => [
      ring(100).map(([x, y]) => [
        8 + (x - 8) / 100 + ((k % 35) - 17) / 350,
        55 + (y - 55) / 100 + (Math.floor(k / 35) - 10) / 350,
      ]),
    ]),
    setback_m: 5,
  },
});
const SECTORS = Array.from({ length: 72 }, () => ({ frequency: 1 / 72, scale_m_s: 9, shape: 2 }));
const FINE_BINS = { direction_step_deg: 0.5, speed_step_m_s: 0.1 };
const SERIES = 80_000;

const wideSearch = () => ({
  resource: { type: 'weibull', sectors: SECTORS },
  turbines: [{ id: 'v80' }],
  ...wideSite(),
  n_turbines: 100,
  bins: FINE_BINS,
});

/** The largest bodies of single operations, which fit their schema, and lists of many wrong values. */
const large: Readonly<Record<string, () => readonly object[]>> = {
  createSite: () => [
    { name: 'S', latitude_deg: 55, longitude_deg: 8, boundary: polygons(5, 9_900) },
    { name: 'S', latitude_deg: 55, longitude_deg: 8, boundary: polygons(490, 100) },
    {
      name: 'S',
      latitude_deg: 55,
      longitude_deg: 8,
      boundary: { type: 'Polygon', coordinates: [new Array(300_000).fill('x')] },
    },
  ],
  updateSite: () => [{ boundary: polygons(5, 9_900) }, { exclusions: polygons(490, 100) }],
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
      bins: FINE_BINS,
    },
    {
      resource: { type: 'weibull', sectors: SECTORS },
      turbines: new Array(20).fill({ id: 'v80' }),
      layout: { x_m: Array.from({ length: 100 }, (_, i) => i * 1000), y_m: new Array(100).fill(0) },
      bins: FINE_BINS,
    },
  ],
  optimizeWind: () => [
    {
      resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] },
      turbines: [{ id: 'v80' }],
      boundary: { ...polygons(1, 20_000), setback_m: 10 },
      exclusions: { ...polygons(490, 100), setback_m: 5 },
      n_turbines: 100,
      bins: FINE_BINS,
    },
    wideSearch(),
    {
      resource: { type: 'weibull', sectors: SECTORS },
      turbines: new Array(20).fill({ id: 'v80' }),
      boundary: polygons(1, 100),
      n_turbines: [1, 2, 3, 4, 5],
      n_starts: 1,
      method: 'random_search',
      search_bins: FINE_BINS,
      bins: FINE_BINS,
    },
  ],
  analyzeSolar: () => [
    { weather_id: ids.weather, systems: new Array(1000).fill({ dc_capacity_kw: 1, mounting: { type: 'one_axis' } }) },
    {
      weather_id: ids.weather,
      systems: Array.from({ length: 1000 }, (_, i) => ({
        dc_capacity_kw: 500,
        module: { type: 'library', id: libraryModules().entries[20 * i].id },
        inverter: { type: 'library', id: libraryInverters().entries[3 * i].id },
      })),
    },
    {
      weather_id: ids.weather,
      systems: new Array(1000).fill({ dc_capacity_kw: 1, far_horizon: { horizon_id: `cmp_${'1'.padStart(26, '0')}` } }),
    },
    { weather_id: ids.weather, systems: new Array(40_000).fill({ x: 1 }) },
  ],
  optimizeSolar: () => [
    {
      weather_id: ids.weather,
      variables: { tilt_deg: { lower: 0, upper: 60 } },
      constraints: { boundary: polygons(5, 9_900), exclusions: polygons(10, 100) },
    },
    { weather_id: ids.weather, variables: { tilt_deg: { lower: 0, upper: 60 } }, constraints: wideSite() },
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

/** Operations whose answers are made and sent piece by piece, however long they are */
const PIECES = new Set(['getJob', 'getJobSeries', 'downloadReportFile', 'downloadReport']);

const problems: string[] = [];
function judge(name: string, { answer, heldMs, grownBytes }: Held, expected = answer.status): void {
  if (answer.status !== expected) problems.push(`${name} answered ${answer.status}: ${answer.body.detail}`);
  if (heldMs > HOLD_MS) problems.push(`${name} held the loop ${Math.round(heldMs)} ms (${answer.status})`);
  if (answer.status >= 500 && answer.status !== 503) problems.push(`${name} answered ${answer.status}`);
  if (grownBytes > MAX_GROWTH_BYTES) problems.push(`${name} added ${grownBytes} bytes to the memory of the loop`);
  const [id] = name.split(/\W/);
  if (!PIECES.has(id) && answer.bytes.length > MAX_ANSWER_BYTES)
    problems.push(`${name} built ${answer.bytes.length} bytes`);
}
const found = (): string[] => problems.splice(0);

const withJson = endpoints.filter(({ body }) => body !== undefined);
const withFile = endpoints.filter(({ consumes }) => consumes !== undefined);
const without = endpoints
  .filter(({ body, consumes }) => body === undefined && consumes === undefined)
  .sort((a, b) => Number(a.method === 'delete') - Number(b.method === 'delete')); // what is deleted is read first

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
  clearSky: ['starts_at=2025-01-01T00:00:00Z&ends_at=2026-01-10T23:00:00Z&latitude_deg=45&longitude_deg=8'],
  getModuleIvCurve: ['n_points=2000'],
  listHorizons: ['limit=200'],
  searchModules: ['limit=200', `search=${encodeURIComponent('a b c d e f '.repeat(16))}`],
  searchInverters: ['limit=200'],
  searchTurbines: ['limit=200'],
  listSites: ['limit=200'],
  listJobs: ['limit=200'],
  getJobSeries: ['', 'format=csv'],
};

/** Operations whose largest answer is made, so that it is no refusal that is measured */
const WHOLE = new Set([
  'clearSky',
  'getModuleIvCurve',
  'searchModules',
  'searchInverters',
  'searchTurbines',
  'listHorizons',
  'listSites',
  'listJobs',
  'getJob',
  'getJobSeries',
  'getJobWindIo',
  'getLayoutPicture',
  'getWindRosePicture',
  'getFlowMapPicture',
  'downloadReportFile',
]);

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
        WHOLE.has(id) && !long.includes(query) ? 200 : undefined,
      );
  expect(found()).toEqual([]);
});

test('a job with a result of 30 MB is sent piece by piece, and a report about it is accepted', async () => {
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
  const { answer, heldMs, grownBytes } = await held(async () => {
    const request = get(`${platform.base}/v1/jobs/${largeJob}`, {
      headers: { authorization: `Bearer ${customer.key}` },
    });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const bytes = await buffer(response);
    const headers = new Headers(response.headers as Record<string, string>);
    return { status: response.statusCode ?? 0, headers, bytes, body: JSON.parse(bytes.toString()) };
  });
  expect([answer.status, answer.body.type]).toEqual([200, undefined]);
  judge('getJob', { answer, heldMs, grownBytes });
  await platform.database.query(`UPDATE jobs SET status = 'succeeded' WHERE id = $1`, [largeJob]);
  judge('createReport', await held(() => customer.call('POST', '/v1/reports', { job_ids: [largeJob] })), 202);
  expect(found()).toEqual([]);
  expect(answer.body.result.systems).toHaveLength(systems.length);
});
