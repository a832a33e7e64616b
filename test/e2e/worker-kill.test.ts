/** kill -9 of the worker while it computes jobs of three kinds: each goes on from its checkpoint, on another worker. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Checkpoint, type Customer, newCustomer } from '../support/customer.ts';
import { LONG_LAYOUT_SEARCH, longAnalysis, longSearch } from '../support/long-jobs.ts';
import { type Platform, startPlatform } from '../support/platform.ts';

let platform: Platform;
let customer: Customer;
let weatherId: string;
let [analysis, search, layout] = ['', '', ''];
/** Of the search, when the worker was dead: what it had saved, and its last event. */
let saved: Checkpoint;
let lastSeq: number;

beforeAll(async () => {
  platform = await startPlatform();
  await platform.startAll();
  customer = await newCustomer(platform);
  weatherId = await customer.uploadWeather();
  [analysis, search, layout] = await Promise.all([
    customer.submit('/v1/solar/analyze', longAnalysis(weatherId)),
    customer.submit('/v1/solar/optimize', longSearch(weatherId)),
    customer.submit('/v1/wind/optimize', LONG_LAYOUT_SEARCH),
  ]);
  const hasData = ({ data }: Checkpoint) => data !== null;
  await Promise.all([
    customer.checkpoint(search, ({ state }) => (state.iteration ?? 0) > 0),
    customer.checkpoint(analysis, hasData),
    customer.checkpoint(layout, hasData),
  ]);
  await platform.kill('worker');
  saved = (await customer.saved(search))!;
  const [{ event_seq }] = await platform.database.query<{ event_seq: number }>(
    'SELECT event_seq FROM jobs WHERE id = $1',
    [search],
  );
  lastSeq = event_seq;
  for (const id of [analysis, search, layout])
    expect((await customer.call('GET', `/v1/jobs/${id}`)).body.status).toBe('running');
  await platform.startWorker();
});
afterAll(() => platform?.stop());

describe('what goes wrong', () => {
  test('kill -9 of the worker: the job continues from its checkpoint and ends with the same numbers', async () => {
    const job = await customer.ended(analysis);
    expect(job.status).toBe('succeeded');
    expect(job.result.systems).toHaveLength(1000);
    const one = { weather_id: weatherId, system: longAnalysis(weatherId).systems[500] };
    const alone = await customer.done('/v1/solar/analyze', one);
    expect(job.result.systems[500].yearly_energy_kwh[0]).toBe(alone.result.systems[0].annual_energy_kwh);
  });
});

test('kill -9 of a worker in generation k: another continues from k, to the same result bit for bit', async () => {
  const job = await customer.ended(search);
  expect(job.status).toBe('succeeded');
  const events = await platform.database.query<{ seq: number; data: { iteration: number } }>(
    `SELECT seq, data FROM job_events WHERE job_id = $1 AND type = 'job.progress' ORDER BY seq`,
    [search],
  );
  const iterations = events.map(({ data }) => data.iteration);
  expect([...iterations].sort((a, b) => a - b)).toEqual(iterations);
  const k = saved.state.iteration!;
  expect(k).toBeGreaterThan(0);
  const later = events.filter(({ seq }) => seq > lastSeq).map(({ data }) => data.iteration);
  expect(Math.min(...later)).toBeGreaterThanOrEqual(k);
  expect(Math.max(...later)).toBeGreaterThan(k);

  const undisturbed = await customer.done('/v1/solar/optimize', longSearch(weatherId));
  expect(JSON.stringify(job.result)).toBe(JSON.stringify(undisturbed.result));
  // A machine that is busy may lose a heartbeat, which is one more attempt.
  expect(job.n_attempts).toBeGreaterThanOrEqual(2);
  expect(job.n_evaluations).toBe(undisturbed.n_evaluations);
  expect(job.n_evaluations).toBe(job.result.convergence.at(-1).n_evaluations);
  // What was computed after the last checkpoint is computed again.
  expect(job.compute_s).toBeGreaterThan(0);
  const { best, pareto, convergence, sensitivity, assumptions } = job.result;
  expect(best.is_feasible && best.land_area_m2 <= 25_000).toBe(true);
  expect(best.economics.cash_flows).toHaveLength(26);
  expect(pareto.length).toBeGreaterThan(5);
  for (const design of pareto) {
    expect(design.land_area_m2).toBeLessThanOrEqual(25_000);
    expect(design.economics.npv).toEqual(expect.any(Number));
    expect(design.objectives.lcoe).toBeGreaterThanOrEqual(best.objectives.lcoe);
  }
  expect(convergence.at(-1).best_value).toBe(best.objectives.lcoe);
  expect(sensitivity.map(({ name }: { name: string }) => name)).toContain('capital_cost');
  expect(assumptions).toMatchObject({ seed: 7, economics: { years: 25 }, system: { albedo: 0.2 } });
  expect(job.result).toMatchObject({ seed: 7, engine_version: job.engine_version, is_complete: true });
});

describe('layout optimization', () => {
  test('kill -9 of the worker: the search continues and ends with the bits of an undisturbed one', async () => {
    const job = await customer.ended(layout);
    expect(job.status).toBe('succeeded');
    expect(job.result).toEqual((await customer.done('/v1/wind/optimize', LONG_LAYOUT_SEARCH)).result);
  });
});
