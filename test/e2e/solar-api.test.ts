import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { newCustomer } from '../support/customer.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = await sharedPlatform();
const { call, done, uploadWeather } = await newCustomer(platform);
const weatherId = await uploadWeather();

test('the requests of docs/solar-api.md give the answers there', async () => {
  const page = readFileSync('docs/solar-api.md', 'utf8');
  const blocks = [...page.matchAll(/^`POST (\S+)`\n```json\n([\s\S]+?)```[^`]+`result`[^`]+```json\n([\s\S]+?)```/gm)];
  expect(blocks.map(([, path]) => path)).toEqual(['/v1/solar/analyze', '/v1/solar/optimize']);
  const [[analyzed, told], [optimized, toldBest]] = await Promise.all(
    blocks.map(async ([, path, request, answer]) => [
      await done(path, JSON.parse(request.replace('wth_...', weatherId))),
      JSON.parse(answer),
    ]),
  );
  expect([analyzed.status, optimized.status]).toEqual(['succeeded', 'succeeded']);
  const [system] = analyzed.result.systems;
  const figures = [
    [system.annual_energy_kwh, told.annual_energy_kwh],
    [system.specific_yield_kwh_per_kw, told.specific_yield_kwh_per_kw],
    [system.exceedance.one_year.p90_kwh, told.exceedance.one_year.p90_kwh],
    [optimized.result.best.objectives.lcoe, toldBest.best.objectives.lcoe],
    [optimized.result.best.land_area_m2, toldBest.best.land_area_m2],
    [optimized.result.n_evaluations, toldBest.n_evaluations],
  ];
  // To six digits: libraries of mathematical functions may differ in the last.
  for (const [found, stated] of figures) expect(found / stated).toBeCloseTo(1, 6);
  const { start_kwh, steps } = system.waterfall;
  const left = steps.reduce((sum: number, step: { change_kwh: number }) => sum + step.change_kwh, start_kwh);
  expect(Math.abs(left / system.annual_energy_kwh - 1)).toBeLessThan(1e-9);
  expect(steps.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['far_horizon', 'soiling', 'bifacial_gain', 'degradation', 'availability', 'export_limit']),
  );
  expect(system.system).toMatchObject({ gamma_per_k: -0.0037, temperature: { u0: 25 }, module: { type: 'cec' } });
  expect(analyzed.result.assumptions).toMatchObject({ decomposition: 'weather', interannual_pct: 4 });
});

test('the quality of a weather dataset has figures and a picture, for its organization only', async () => {
  const answer = await call('GET', `/v1/weather/${weatherId}/quality`);
  expect(answer.status).toBe(200);
  const { clock, monthly_ghi_kwh_m2: months, max_ghi_w_m2: max, warnings } = answer.body;
  const { summary } = (await call('GET', `/v1/weather/${weatherId}`)).body;
  expect(clock).toMatchObject({ shift_h: 0, noon_shift_h: expect.closeTo(0, 1) });
  expect(months.reduce((a: number, b: number) => a + b, 0)).toBeCloseTo(summary.ghi_annual_kwh_m2, 6);
  expect([max > 900, max < 1200, warnings.filter(({ severity }: { severity: string }) => severity !== 'info')]).toEqual(
    [true, true, []],
  );
  const picture = await call('GET', `/v1/weather/${weatherId}/quality.svg`);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
  expect(picture.body).toContain('mean day');
  const other = await newCustomer(platform);
  for (const path of ['quality', 'quality.svg'])
    expect((await other.call('GET', `/v1/weather/${weatherId}/${path}`)).status).toBe(404);
});

test('clear sky by both models and the whole curve of a module, on request', async () => {
  const place =
    'latitude_deg=45&longitude_deg=8&elevation_m=250&starts_at=2024-06-21T06:00:00Z&ends_at=2024-06-21T12:00:00Z';
  const clear = await call('GET', `/v1/solar/clear-sky?${place}&step_minutes=180&linke_turbidity=3.5`);
  expect(clear.status).toBe(200);
  expect(clear.body.data).toHaveLength(3);
  expect(clear.body.data[2]).toMatchObject({ time: '2024-06-21T12:00:00.000Z', ghi_w_m2: expect.closeTo(922.814, 2) });
  const simple = await call('GET', `/v1/solar/clear-sky?${place}&model=haurwitz`);
  expect(simple.body.data[6]).toMatchObject({ ghi_w_m2: expect.closeTo(952.313, 2), dni_w_m2: null });
  const long = await call('GET', `/v1/solar/clear-sky?${place.replace('ends_at=2024', 'ends_at=2029')}`);
  expect([long.status, long.body.pointer]).toEqual([422, '/ends_at']);

  const [{ id, power_w: power }] = (await call('GET', '/v1/modules?limit=1')).body.data;
  const curve = (await call('GET', `/v1/modules/${id}/iv-curve?n_points=20`)).body;
  expect(curve.points).toHaveLength(20);
  expect(curve.points[0]).toEqual({ voltage_v: 0, current_a: curve.i_sc_a });
  expect(curve.p_mp_w / power).toBeCloseTo(1, 3);
  expect((await call('GET', '/v1/modules/none/iv-curve')).status).toBe(404);
});

test('an uploaded .PAN, .OND, CEC row and horizon are found, used, kept from others and deleted', async () => {
  const pan = readFileSync('test/fixtures/solar/example.PAN', 'utf8');
  const ond = readFileSync('test/fixtures/solar/example.OND', 'utf8');
  const module = await call('POST', '/v1/modules?name=example.PAN', pan);
  const inverter = await call('POST', '/v1/inverters?name=example.OND', ond);
  const horizon = await call('POST', '/v1/horizons?name=hills.csv', 'azimuth,elevation\n0,5\n90,20\n180,5\n270,15\n');
  expect([module.status, inverter.status, horizon.status]).toEqual([201, 201, 201]);
  const later = await call('POST', '/v1/horizons?name=later.csv', '0,5\n180,5\n');
  const page = await call('GET', '/v1/horizons?limit=1');
  expect(page.body).toMatchObject({ data: [{ id: later.body.data[0].id }], next_cursor: later.body.data[0].id });
  const last = await call('GET', `/v1/horizons?limit=1&cursor=${page.body.next_cursor}`);
  expect(last.body).toMatchObject({ data: [{ id: horizon.body.data[0].id, name: 'hills.csv' }], next_cursor: null });
  const [{ id }] = module.body.data;
  const own = await call('GET', '/v1/modules?is_custom=true');
  expect(own.body).toMatchObject({ n_total: 1, data: [{ id, name: 'Example M550', power_w: 550, is_custom: true }] });

  const plain = { dc_capacity_kw: 100, losses_pct: { soiling: 0 } };
  const used = {
    ...plain,
    module: { type: 'library', id },
    inverter: { type: 'library', id: inverter.body.data[0].id },
    far_horizon: { horizon_id: horizon.body.data[0].id },
  };
  const job = await done('/v1/solar/analyze', { weather_id: weatherId, systems: [plain, used] });
  const [without, with_] = job.result.systems;
  expect(with_.system.module).toMatchObject({ type: 'pvsyst', name: 'Example M550' });
  expect(with_.system.inverter).toMatchObject({ type: 'curve', n_inverters: 2 });
  expect(with_.annual_energy_kwh / without.annual_energy_kwh).toBeGreaterThan(0.8);
  expect(with_.annual_energy_kwh / without.annual_energy_kwh).toBeLessThan(1.1);

  const stranger = await newCustomer(platform);
  expect((await stranger.call('GET', `/v1/modules/${id}`)).status).toBe(404);
  expect((await stranger.call('GET', '/v1/modules?is_custom=true')).body.n_total).toBe(0);
  const ownWeather = await stranger.uploadWeather();
  const theirs = await stranger.call('POST', '/v1/solar/analyze', { weather_id: ownWeather, system: used });
  expect([theirs.status, theirs.body.pointer]).toEqual([404, '/system/module/id']);
  expect((await call('DELETE', `/v1/modules/${id}`)).status).toBe(204);
  expect((await call('GET', `/v1/modules/${id}`)).status).toBe(404);
});

test('files that cannot be are refused by line and value, and nothing is stored', async () => {
  const pan = readFileSync('test/fixtures/solar/example.PAN', 'utf8').replace('PNom=550.0', 'PNom=-5');
  const cases = [
    [await call('POST', '/v1/modules?name=x.PAN', pan), /x\.PAN: line \d+: PNom is -5; expected 1 to 2000/],
    [await call('POST', '/v1/inverters', 'Name,Paco\nA,much\n'), /inverters: .*Paco is "much"/],
    [await call('POST', '/v1/horizons', '0,95\n'), /elevation 95/],
    [await call('POST', '/v1/modules', ''), /empty/],
  ] as const;
  for (const [answer, message] of cases) {
    expect([answer.status, answer.body.code]).toEqual([422, 'solar.invalid_input']);
    expect(answer.body.detail).toMatch(message);
  }
  expect((await call('GET', '/v1/modules?is_custom=true')).body.n_total).toBe(0);
});

test('the bundled library is searched by words, power and technology, page by page', async () => {
  const first = (await call('GET', '/v1/modules?search=solar&min_power_w=300&limit=2')).body;
  expect(first.data).toHaveLength(2);
  for (const { name, power_w } of first.data) {
    expect(name.toLowerCase()).toContain('solar');
    expect(power_w).toBeGreaterThanOrEqual(300);
  }
  const second = (await call('GET', `/v1/modules?search=solar&min_power_w=300&limit=2&cursor=${first.next_cursor}`))
    .body;
  expect(second.data[0].id).not.toBe(first.data[1].id);
  expect(first.source.licence).toBe('BSD-3-Clause');
  const one = (await call('GET', `/v1/modules/${first.data[0].id}`)).body;
  expect(one.parameters.module.i_l_ref_a).toBeGreaterThan(1);
  expect((await call('GET', '/v1/inverters?max_power_w=1000&limit=1')).body.data[0].power_w).toBeLessThanOrEqual(1000);
});

test('parameters without a finite answer end as a failure that names the number, not as null', async () => {
  const parameters = {
    ...{ alpha_sc_a_per_k: 0.004, i_l_ref_a: 180, i_o_ref_a: 1e-10, r_s_ohm: 0.4 },
    ...{ r_sh_ref_ohm: 300, a_ref_v: 1.5, adjust_pct: 5 },
  };
  const sandia = { paco: 83000, pdco: 86000, vdco: 350, pso: 500, c0: -1e-7, c1: 1e-5, c2: 1e-3, c3: 1e-4, pnt: 20 };
  const job = await done('/v1/solar/analyze', {
    weather_id: weatherId,
    system: {
      dc_capacity_kw: 100,
      module: { type: 'cec', parameters, power_w: 250, modules_per_string: 10, n_strings: 40 },
      inverter: { type: 'sandia', parameters: sandia, n_inverters: 1 },
    },
  });
  expect(job).toMatchObject({ status: 'failed', result: null, error: { code: 'solar.invalid_input' } });
  expect(job.error.message).toMatch(/^result\.systems\.0\.\w+ is NaN/);
});
