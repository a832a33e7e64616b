/** A database that an earlier commit made serves on: old jobs are read and reported on, open ones go on. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MIGRATIONS } from '../../migrations/index.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import { eventually } from '../support/eventually.ts';
import type { Platform } from '../support/platform.ts';
import { startPlatform } from '../support/platform.ts';
import { emptyDatabase } from '../support/postgres.ts';
import { restoreDatabase } from '../support/stored-database.ts';

let database: Database;
let platform: Platform;
let token: string | undefined;
let jobs: Json[];
/** Running when the commit's worker was killed. */
let open: { id: string; kind: string }[];

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
type Json = any;

/** The platform's `fetch` holds every answer against the OpenAPI document. */
async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const response = await fetch(platform.base + path, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

async function read(path: string): Promise<Json> {
  const { status, body } = await call('GET', path);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

async function all(path: string): Promise<Json[]> {
  const found: Json[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { data, next_cursor }: Json = await read(`${path}?limit=20${cursor && `&cursor=${cursor}`}`);
    found.push(...data);
    cursor = next_cursor;
  }
  return found;
}

const ended = (id: string): Promise<Json> =>
  eventually(async () => {
    const job = await read(`/v1/jobs/${id}`);
    return ['succeeded', 'failed', 'cancelled'].includes(job.status) ? job : undefined;
  }, `end of ${id}`);

async function done(path: string, body: object): Promise<Json> {
  const accepted = await call('POST', path, body);
  expect([accepted.status, accepted.body.detail]).toEqual([202, undefined]);
  const job = await ended(accepted.body.id);
  expect([job.status, job.error]).toEqual(['succeeded', null]);
  return job;
}

const of = (kind: string): Json[] => jobs.filter((job) => job.kind === kind && job.status === 'succeeded');

/** How many jobs each has, and how many open ones have a checkpoint that only that release reads. */
const COMMITS = [
  { commit: 'd1737ab', count: 36, begunAgain: 4, language: 'en' },
  { commit: '524e8fc', count: 37, begunAgain: 4, language: 'de' },
] as const;

describe.each(COMMITS)('a database of commit $commit', ({ commit, count, begunAgain, language }) => {
  beforeAll(async () => {
    const url = await emptyDatabase();
    database = await Database.connect({ url, poolSize: 3, applicationName: 'test' });
    await restoreDatabase(database.dataSource, commit);
    await new Migrator(database.dataSource, MIGRATIONS).up();
    open = await database.query(`SELECT id, kind FROM jobs WHERE status = 'running'`);
    // Temporal is a new one, which knows no workflow: those of open jobs are started again, as Temporal does after a lost worker.
    await database.query(
      `INSERT INTO outbox (topic, job_id) SELECT 'workflow.start', id FROM jobs WHERE status = 'running'`,
    );
    platform = await startPlatform({ DATABASE_URL: url });
    await platform.startAll();
    token = undefined;
    const person = { email: 'owner@example.com', password: 'a long password' };
    token = (await call('POST', '/v1/auth/login', person)).body.access_token;
    jobs = await Promise.all((await all('/v1/jobs')).map(({ id }) => read(`/v1/jobs/${id}`)));
  });
  afterAll(async () => {
    await platform?.stop();
    await database?.close();
  });

  test('every job is read, with its events, by the schema of today', async () => {
    expect(jobs).toHaveLength(count);
    expect(new Set(jobs.map(({ kind }) => kind)).size).toBe(5);
    expect(of('wind-optimize')[0].input.boundary).toMatchObject({ type: expect.any(String), setback_m: 0 });
    expect(of('wind-analyze')[0].result.annual_energy_kwh).toBeGreaterThan(0);
    const factors = of('solar-analyze').flatMap(({ result }) => result.systems);
    for (const { capacity_factor_dc_pct: dc, capacity_factor_ac_pct: ac } of factors) {
      expect(dc).toBeGreaterThan(5);
      expect(ac).toBeGreaterThanOrEqual(dc * 0.9);
    }
  });

  test('every series is read, as JSON and as CSV', async () => {
    let found = 0;
    for (const { id, kind } of jobs)
      for (const name of (await read(`/v1/jobs/${id}/series`)).data) {
        const { columns } = await read(`/v1/jobs/${id}/series/${name}`);
        for (const column of Object.keys(columns))
          expect([kind, column]).toEqual([kind, expect.not.stringMatching(/_ms$/)]);
        const csv = await read(`/v1/jobs/${id}/series/${name}?format=csv`);
        expect(csv.split('\n')[0].split(',')).toEqual(Object.keys(columns));
        found++;
      }
    expect(found).toBeGreaterThan(4);
  });

  test('sites, weather, libraries, reports, webhooks and deliveries are read', async () => {
    for (const [path, least] of [
      ['/v1/sites', 2],
      ['/v1/weather', 2],
      ['/v1/wind/resources', 7],
      ['/v1/reports', 8],
      ['/v1/webhooks', 2],
      ['/v1/horizons', 1],
    ] as const) {
      const found = await all(path);
      expect([path, found.length >= least]).toEqual([path, true]);
      if (path !== '/v1/horizons') for (const { id } of found) await read(`${path}/${id}`);
    }
    const [{ data: own }] = [await read('/v1/wind/turbines?limit=1')];
    expect((await read(`/v1/wind/turbines/${own[0].id}`)).wind_speed_m_s).toEqual([3, 6, 9, 12, 25]);
    for (const { id } of await all('/v1/webhooks'))
      for (const delivery of await all(`/v1/webhooks/${id}/deliveries`))
        expect(delivery.payload.data).not.toHaveProperty('time_limited');
  });

  test('pictures and windIO documents of old wind jobs are drawn', async () => {
    for (const { id, kind } of [...of('wind-analyze'), ...of('wind-optimize')]) {
      expect(await read(`/v1/wind/jobs/${id}/layout.svg`)).toContain('<svg ');
      if (kind === 'wind-analyze') expect(await read(`/v1/wind/jobs/${id}/wind-rose.svg`)).toContain('<svg ');
    }
    const mapped = of('wind-analyze').find(({ result }) => result.flow_maps.length > 0);
    expect(await read(`/v1/wind/jobs/${mapped.id}/flow-maps/1.svg`)).toContain('<svg ');
    const steered = await read(`/v1/wind/jobs/${mapped.id}/windio`);
    expect(steered).toContain('wind_farm:');
  });

  test('old uploads of measurements, weather and turbines are computed with', async () => {
    const farm = {
      turbines: [{ id: (await read('/v1/wind/turbines?limit=1')).data[0].id }],
      layout: { x_m: [0, 900], y_m: [0, 0] },
      shear: { model: 'power' },
    };
    const resources = await all('/v1/wind/resources');
    const measured = resources.filter(({ format }) => format === 'csv');
    expect(measured.map(({ name }) => name).sort()).toEqual(['concurrent.csv', 'dialect.csv', 'mast.csv', 'short.csv']);
    for (const { id } of measured) {
      const resource = { type: 'upload', resource_id: id, n_months_min: 0 };
      await done('/v1/wind/analyze', { ...farm, resource, mode: 'binned' });
    }
    const [{ id: weatherId }] = await all('/v1/weather');
    await done('/v1/solar/analyze', { weather_id: weatherId, system: { dc_capacity_kw: 10 } });
  });

  test.each(['summary', 'bankable', 'comparison'])(
    'a report %s is written about old jobs, solar and wind',
    async (template) => {
      const single: Json[][] = [
        [of('solar-analyze')[0], of('solar-optimize')[0]],
        [of('wind-analyze').find(({ result }) => result.wake_steering), of('wind-optimize')[0]],
      ];
      const sets = template === 'comparison' ? single : single.flatMap((pair) => pair.map((one) => [one]));
      for (const set of sets) {
        const job = await done('/v1/reports', { job_ids: set.map(({ id }) => id), template, language });
        expect(job.result.n_pages).toBeGreaterThan(0);
      }
    },
  );

  test('jobs that were open end, and the log says which began again', async () => {
    expect(open.map(({ kind }) => kind).sort()).toEqual([
      'solar-analyze',
      'solar-optimize',
      'wind-analyze',
      'wind-optimize',
    ]);
    for (const { id } of open) {
      const { status, error } = await ended(id);
      expect([id, status, error]).toEqual([id, 'succeeded', null]);
    }
    const log = readFileSync(platform.logFile, 'utf8');
    expect(log.match(/the format of another release/g) ?? []).toHaveLength(begunAgain);
  });
});
