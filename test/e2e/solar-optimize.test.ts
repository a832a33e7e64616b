import { expect, test } from '@jest/globals';
import { newCustomer } from '../support/customer.ts';
import { WEATHER } from '../support/fixtures.ts';
import { longSearch } from '../support/long-jobs.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = await sharedPlatform();
const customer = await newCustomer(platform);
const { call, checkpoint, ended, uploadWeather } = customer;
const weatherId = await uploadWeather();
const submit = (body: object): Promise<string> => customer.submit('/v1/solar/optimize', body);

const VARIABLES = { tilt_deg: { lower: 0, upper: 60 }, dc_ac_ratio: { lower: 1, upper: 2 } };
test('a cancelled search ends within 2 s with its best so far', async () => {
  const short = { weather_id: weatherId, variables: VARIABLES, population_size: 8, n_iterations: 2 };
  const { wholeMs } = await platform.timesOf((await ended(await submit(short))).id);
  const id = await submit(longSearch(weatherId));
  await checkpoint(id, ({ state }) => (state.iteration ?? 0) > 0);
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
  expect(jobs[0].result.n_evaluations).toBe(35);
  expect(jobs[1].result.n_evaluations).toBe(15);
  expect([one, two]).toContain(jobs[2].result.best.values.module);
  expect(jobs[2].result.best.values.inverter).toBe(inverter);
});

test('several years of weather give P-values of the real years, and of one place they must be', async () => {
  const again = await uploadWeather(WEATHER.greensboro);
  const body = { variables: VARIABLES, population_size: 8, n_iterations: 2, seed: 1, objectives: ['energy_p90'] };
  const { status, result } = await ended(await submit({ ...body, weather_ids: [weatherId, again] }));
  expect(status).toBe('succeeded');
  const { best } = result;
  expect(result.weather_ids).toEqual([weatherId, again]);
  expect(best.yearly_energy_kwh).toEqual([best.annual_energy_kwh, best.annual_energy_kwh]);
  expect(best.objectives.energy_p90).toBe(best.exceedance.one_year.p90_kwh);
  expect(best.exceedance.empirical.p90_kwh).toBeLessThan(best.annual_energy_kwh);
  const both = await call('POST', '/v1/solar/optimize', { ...body, weather_id: weatherId, weather_ids: [again] });
  expect([both.status, both.body.pointer]).toEqual([422, '/weather_id']);
  const elsewhere = await uploadWeather(WEATHER.pvgis);
  const mixed = await call('POST', '/v1/solar/optimize', { ...body, weather_ids: [weatherId, elsewhere] });
  expect([mixed.status, mixed.body.pointer]).toEqual([422, '/weather_ids/1']);
  const analysis = { weather_ids: [weatherId, elsewhere], system: { dc_capacity_kw: 1 } };
  const yields = await call('POST', '/v1/solar/analyze', analysis);
  expect([yields.status, yields.body.pointer]).toEqual([422, '/weather_ids/1']);
});

test('what cannot be run is refused before it starts', async () => {
  const large = await call('POST', '/v1/solar/optimize', { ...longSearch(weatherId), n_iterations: 900_000 });
  expect(large).toMatchObject({ status: 422, body: { code: 'job.too_large', pointer: '/n_iterations' } });
  expect(large.body.detail).toMatch(/36000000 evaluations.*lower population_size or n_iterations/);
  const unknown = await call('POST', '/v1/solar/optimize', {
    ...longSearch(weatherId),
    variables: { module: ['no such module'] },
  });
  expect(unknown).toMatchObject({ status: 404, body: { pointer: '/variables/module/0' } });
  const empty = await call('POST', '/v1/solar/optimize', { weather_id: weatherId, variables: {} });
  expect(empty).toMatchObject({ status: 422, body: { pointer: '/variables' } });
  const infeasible = await ended(
    await submit({ ...longSearch(weatherId), constraints: { budget: 1 }, n_iterations: 2 }),
  );
  expect([infeasible.status, infeasible.error.code]).toEqual(['failed', 'optimize.infeasible']);
});

test("another organization's weather and jobs are not found", async () => {
  const id = await submit({ weather_id: weatherId, variables: VARIABLES, population_size: 8, n_iterations: 2 });
  const stranger = await newCustomer(platform);
  expect((await stranger.call('POST', '/v1/solar/optimize', longSearch(weatherId))).status).toBe(404);
  expect((await stranger.call('GET', `/v1/jobs/${id}`)).status).toBe(404);
});
