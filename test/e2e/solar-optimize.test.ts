import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Platform } from '../support/platform.ts';
import { eventually, startPlatform } from '../support/platform.ts';

let platform: Platform;
let key: string;
let weatherId: string;
let people = 0;

async function call(method: string, path: string, body?: unknown, authorization = `Bearer ${key}`) {
  const raw = body instanceof Uint8Array;
  const response = await fetch(platform.base + path, {
    method,
    headers: { authorization, 'content-type': raw ? 'application/octet-stream' : 'application/json' },
    body: body === undefined ? undefined : raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
  });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  const parsed: any = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  return { status: response.status, body: parsed };
}

async function newKey(): Promise<string> {
  const session = await call('POST', '/v1/auth/register', {
    email: `s${++people}@example.com`,
    password: 'a long password',
    name: 'S',
    organization_name: 'O',
  });
  return (await call('POST', '/v1/api-keys', { name: 'test' }, `Bearer ${session.body.access_token}`)).body.key;
}

const ended = (id: string) =>
  eventually(async () => {
    const { body } = await call('GET', `/v1/jobs/${id}`);
    return ['succeeded', 'failed', 'cancelled'].includes(body.status) ? body : undefined;
  }, `end of ${id}`);

const VARIABLES = { tilt_deg: { lower: 0, upper: 60 }, dc_ac_ratio: { lower: 1, upper: 2 } };
/** 20,000 designs, some 15 s: long enough to be interrupted. */
const long = () => ({
  weather_id: weatherId,
  variables: { ...VARIABLES, gcr: { lower: 0.2, upper: 0.7 }, tracker: 'either' },
  objectives: ['lcoe', 'land_use'],
  constraints: { land_area_m2: 25_000 },
  population_size: 40,
  n_iterations: 500,
  seed: 7,
});
const submit = async (body: object): Promise<string> => {
  const answer = await call('POST', '/v1/solar/optimize', body);
  expect([answer.status, answer.body.detail]).toEqual([202, undefined]);
  return answer.body.id;
};
const checkpoint = (id: string) =>
  eventually(async () => {
    const [row] = await platform.database.query<{ state: { iteration?: number } }>(
      'SELECT state FROM job_checkpoints WHERE job_id = $1',
      [id],
    );
    return row?.state.iteration ? { iteration: row.state.iteration } : undefined;
  }, 'a checkpoint of a whole generation');

beforeAll(async () => {
  platform = await startPlatform();
  await Promise.all([platform.startTemporal(), platform.startApi()]);
  await platform.startWorker();
  key = await newKey();
  weatherId = (await call('POST', '/v1/weather?name=g.csv', readFileSync('data/weather/723170TYA.CSV.gz'))).body.id;
});
afterAll(() => platform?.stop());

test('kill -9 of a worker in generation k: another goes on from k, to the same result bit for bit', async () => {
  const id = await submit(long());
  const before = await checkpoint(id);
  await platform.kill('worker');
  expect((await call('GET', `/v1/jobs/${id}`)).body.status).toBe('running');
  await platform.startWorker();
  const job = await ended(id);
  expect(job.status).toBe('succeeded');
  const events = await platform.database.query<{ data: { iteration: number } }>(
    `SELECT data FROM job_events WHERE job_id = $1 AND type = 'job.progress' ORDER BY seq`,
    [id],
  );
  const iterations = events.map(({ data }) => data.iteration);
  expect(Math.min(...iterations)).toBeGreaterThan(0);
  expect([...iterations].sort((a, b) => a - b)).toEqual(iterations);
  expect(iterations.some((iteration) => iteration > before.iteration)).toBe(true);

  const undisturbed = await ended(await submit(long()));
  expect(JSON.stringify(job.result)).toBe(JSON.stringify(undisturbed.result));
  expect([job.attempts, undisturbed.attempts]).toEqual([2, 1]);
  expect(job.evaluations).toBe(undisturbed.evaluations);
  expect(job.evaluations).toBe(job.result.convergence.at(-1).evaluations);
  // What was computed after the last checkpoint is computed again.
  expect(job.compute_s).toBeGreaterThan(0);
  const { best, pareto, convergence, sensitivity, assumptions } = job.result;
  expect(best.is_feasible && best.land_m2 <= 25_000).toBe(true);
  expect(best.economics.cash_flows).toHaveLength(26);
  expect(pareto.length).toBeGreaterThan(5);
  for (const design of pareto) {
    expect(design.land_m2).toBeLessThanOrEqual(25_000);
    expect(design.economics.npv).toEqual(expect.any(Number));
    expect(design.objectives.lcoe).toBeGreaterThanOrEqual(best.objectives.lcoe);
  }
  expect(convergence.at(-1).best).toBe(best.objectives.lcoe);
  expect(sensitivity.map(({ name }: { name: string }) => name)).toContain('capital_cost');
  expect(assumptions).toMatchObject({ seed: 7, economics: { years: 25 }, system: { albedo: 0.2 } });
  expect(job.result).toMatchObject({ seed: 7, engine_version: job.engine_version, is_complete: true });
});

test('a cancelled search ends within 2 s with its best so far', async () => {
  const short = { weather_id: weatherId, variables: VARIABLES, population_size: 8, n_iterations: 2 };
  const { wholeMs } = await platform.timesOf((await ended(await submit(short))).id);
  const id = await submit(long());
  await checkpoint(id);
  expect((await call('POST', `/v1/jobs/${id}/cancel`)).status).toBe(202);
  const job = await ended(id);
  // A short job tells how busy the machine is.
  expect((await platform.timesOf(id)).cancelMs).toBeLessThan(2_000 + 4 * wholeMs);
  expect([job.status, job.result.is_complete]).toEqual(['cancelled', false]);
  expect(job.result.best.objectives.lcoe).toBeGreaterThan(0);
});

test('every method answers, with modules and inverters to choose from', async () => {
  const [{ id: one }, { id: two }] = (await call('GET', '/v1/modules?technology=Mono-c-Si&limit=2')).body.data;
  const [{ id: inverter }] = (await call('GET', '/v1/inverters?min_power_w=20000&limit=1')).body.data;
  const short = { weather_id: weatherId, variables: VARIABLES, seed: 1 };
  const jobs = await Promise.all(
    [
      { ...short, method: 'grid_search', steps: { tilt_deg: 10, dc_ac_ratio: 0.25 } },
      { ...short, method: 'bayesian', n_iterations: 15 },
      {
        ...short,
        variables: { ...VARIABLES, module: [one, two], inverter: [inverter] },
        population_size: 8,
        n_iterations: 4,
      },
    ].map(async (body) => ended(await submit(body))),
  );
  for (const { status, result } of jobs) {
    expect(status).toBe('succeeded');
    expect(result.best.economics.lcoe_real_per_kwh).toBeGreaterThan(0.01);
  }
  expect(jobs[0].result.evaluations).toBe(35);
  expect(jobs[1].result.evaluations).toBe(15);
  expect([one, two]).toContain(jobs[2].result.best.values.module);
  expect(jobs[2].result.best.values.inverter).toBe(inverter);
});

test('several years of weather give P-values of the real years, and of one place they must be', async () => {
  const upload = async (file: string) =>
    (await call('POST', `/v1/weather?name=${file}`, readFileSync(`data/weather/${file}`))).body.id as string;
  const again = await upload('723170TYA.CSV.gz');
  const body = { variables: VARIABLES, population_size: 8, n_iterations: 2, seed: 1, objectives: ['energy_p90'] };
  const { status, result } = await ended(await submit({ ...body, weather_ids: [weatherId, again] }));
  expect(status).toBe('succeeded');
  const { best } = result;
  expect(result.weather_ids).toEqual([weatherId, again]);
  expect(best.years_kwh).toEqual([best.annual_energy_kwh, best.annual_energy_kwh]);
  expect(best.objectives.energy_p90).toBe(best.exceedance.one_year.p90);
  expect(best.exceedance.empirical.p90).toBeLessThan(best.annual_energy_kwh);
  const both = await call('POST', '/v1/solar/optimize', { ...body, weather_id: weatherId, weather_ids: [again] });
  expect([both.status, both.body.pointer]).toEqual([422, '/weather_id']);
  const elsewhere = await upload('tmy_45.000_8.000_2005_2023.csv.gz');
  const mixed = await call('POST', '/v1/solar/optimize', { ...body, weather_ids: [weatherId, elsewhere] });
  expect([mixed.status, mixed.body.pointer]).toEqual([422, '/weather_ids/1']);
  const analysis = { weather_ids: [weatherId, elsewhere], system: { dc_capacity_kw: 1 } };
  const yields = await call('POST', '/v1/solar/analyze', analysis);
  expect([yields.status, yields.body.pointer]).toEqual([422, '/weather_ids/1']);
});

test('what cannot be run is refused before it starts', async () => {
  const large = await call('POST', '/v1/solar/optimize', { ...long(), n_iterations: 900_000 });
  expect(large).toMatchObject({ status: 422, body: { code: 'job.too_large', pointer: '/n_iterations' } });
  expect(large.body.detail).toMatch(/36000000 evaluations.*lower population_size or n_iterations/);
  const unknown = await call('POST', '/v1/solar/optimize', {
    ...long(),
    variables: { module: ['no such module'] },
  });
  expect(unknown).toMatchObject({ status: 404, body: { pointer: '/variables/module/0' } });
  const empty = await call('POST', '/v1/solar/optimize', { weather_id: weatherId, variables: {} });
  expect(empty).toMatchObject({ status: 422, body: { pointer: '/variables' } });
  const infeasible = await ended(await submit({ ...long(), constraints: { budget: 1 }, n_iterations: 2 }));
  expect([infeasible.status, infeasible.error.code]).toEqual(['failed', 'optimize.infeasible']);
});

test("another organization's weather and jobs are not found", async () => {
  const id = await submit({ weather_id: weatherId, variables: VARIABLES, population_size: 8, n_iterations: 2 });
  const stranger = `Bearer ${await newKey()}`;
  expect((await call('POST', '/v1/solar/optimize', long(), stranger)).status).toBe(404);
  expect((await call('GET', `/v1/jobs/${id}`, undefined, stranger)).status).toBe(404);
});
