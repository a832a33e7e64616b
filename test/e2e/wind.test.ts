import { readFileSync } from 'node:fs';
import { BINS, NO_LOSSES } from '../support/wind-bins.ts';
import { roseOfWeibull } from '../../src/wind/resource/wind-rose.ts';
import { describe, expect, test } from '@jest/globals';
import { analyzeFarm } from '../support/wind-runs.ts';
import { publicTurbine } from '../../src/wind/turbine/turbine-library.ts';
import { wakeModel } from '../../src/wind/wakes/wake-models.ts';
import { type Answer, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { circle, LAYOUT_SEARCH, LONG_LAYOUT_SEARCH } from '../support/long-jobs.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = await sharedPlatform();
const { call, done, ended, uploadWeather } = await newCustomer(platform);

const SECTORS = LAYOUT_SEARCH.resource.sectors;
const WIND = LAYOUT_SEARCH.resource;
const ECONOMICS = {
  costs: { per_kw: 1500, operation_per_kw_year: 40, cable_per_m: 400 },
  price_per_kwh: 0.06,
};
const ANALYZE = {
  resource: WIND,
  turbines: [{ id: 'v80' }],
  layout: { x_m: [0, 400, 800, 1200], y_m: [0, 100, 0, 50] },
  turbulence_intensity: 0.1,
  losses_pct: { availability: 3, electrical: 2 },
  uncertainty_pct: { wind: 5, wakes: 3 },
  economics: ECONOMICS,
};
const OPTIMIZE = LAYOUT_SEARCH;

describe('wind analysis', () => {
  test("the answer is the engine's, with losses, exceedance levels, economics, a map and its picture", async () => {
    const job = await done('/v1/wind/analyze', {
      ...ANALYZE,
      flow_maps: [{ wind_direction_deg: 270, wind_speed_m_s: 9, n_x: 60, n_y: 40 }],
    });
    expect(job).toMatchObject({ status: 'succeeded', error: null });
    const expected = analyzeFarm({
      farm: { xM: ANALYZE.layout.x_m, yM: ANALYZE.layout.y_m, turbines: [publicTurbine('v80')] },
      model: wakeModel('bastankhah_k00325'),
      ...NO_LOSSES,
      resource: {
        kind: 'rose',
        rose: roseOfWeibull(
          {
            frequency: SECTORS.map(({ frequency }) => frequency),
            weibull: SECTORS.map(({ scale_m_s: scaleMPerS, shape }) => ({ scaleMPerS, shape })),
          },
          BINS,
        ),
      },
      ti: 0.1,
      losses: { availability: 0.03, electrical: 0.02 },
      uncertaintyPct: { wind: 5, wakes: 3 },
    })!;
    expect(job.result.annual_energy_kwh).toBe(expected.netKwh);
    expect(job.result.exceedance.long_term.p90_kwh).toBe(expected.exceedance.longTerm!.p90Kwh);
    expect(job.result.turbines.map((t: { annual_energy_kwh: number }) => t.annual_energy_kwh)).toEqual(
      expected.turbines.map(({ netKwh }) => netKwh),
    );
    expect(job.result.economics.lcoe_real_per_kwh).toBeGreaterThan(0.02);
    expect(job.result.economics.cash_flows).toHaveLength(26);
    const map = await call('GET', `/v1/jobs/${job.id}/series/flow-map-1`);
    expect(map.body.columns.wind_speed_m_s).toHaveLength(2400);
    expect(Math.max(...map.body.columns.wind_speed_m_s)).toBe(9);
    const picture = await call('GET', `/v1/wind/jobs/${job.id}/flow-maps/1.svg`);
    expect(picture.body).toMatch(/^<svg [\s\S]+<\/svg>\s*$/);
  });

  test('an own turbine on another tower, measured wind from two heights, steps kept as a series', async () => {
    const curve = {
      name: 'Mine',
      rotor_diameter_m: 90,
      hub_height_m: 80,
      wind_speed_m_s: [3, 6, 12, 25],
      power_kw: [0, 400, 2500, 2500],
      thrust_coefficient: [0.9, 0.82, 0.5, 0.1],
    };
    const own = await call('POST', '/v1/wind/turbines', curve);
    expect([own.status, own.body.rated_kw]).toEqual([201, 2500]);
    const found = await call('GET', '/v1/wind/turbines?search=mine');
    expect(found.body.data.map(({ id }: { id: string }) => id)).toEqual([own.body.id]);
    const first = await call('GET', '/v1/wind/turbines?limit=1');
    expect(first.body).toMatchObject({ data: [{ id: own.body.id }], next_cursor: own.body.id });
    const second = await call('GET', `/v1/wind/turbines?limit=200&cursor=${own.body.id}`);
    expect(second.body.data.every((turbine: { is_custom: boolean }) => !turbine.is_custom)).toBe(true);
    expect([second.body.data.length, second.body.next_cursor]).toEqual([128, null]);
    const rows = ['time,wind_speed_m_s,wind_speed_lower_m_s,wind_direction_deg'];
    for (let hour = 0; hour < 200; hour++) {
      const speed = 8 + 3 * Math.sin(hour);
      const time = new Date(Date.UTC(2025, 0, 1, hour)).toISOString();
      rows.push(`${time},${speed},${speed * (40 / 60) ** 0.2},${(hour * 31) % 360}`);
    }
    const upload = await call('POST', '/v1/wind/resources?height_m=60&lower_height_m=40', rows.join('\n'));
    expect([upload.status, upload.body.format]).toEqual([201, 'csv']);
    expect(upload.body.summary.shear[0].alpha).toBeCloseTo(0.2, 6);
    const short = { ...ANALYZE, resource: { type: 'upload', resource_id: upload.body.id } };
    const refused = await call('POST', '/v1/wind/analyze', short);
    expect([refused.status, refused.body.pointer]).toEqual([422, '/resource/n_months_min']);
    const job = await done('/v1/wind/analyze', {
      resource: { type: 'upload', resource_id: upload.body.id, n_months_min: 0 },
      shear: { model: 'fitted' },
      turbines: [{ id: own.body.id }, { id: own.body.id, hub_height_m: 100 }],
      layout: { x_m: [0, 0], y_m: [0, 5000], turbine_index: [0, 1] },
    });
    expect(job).toMatchObject({ status: 'succeeded', error: null });
    const [low, high] = job.result.turbines;
    expect(high.wind_speed_mean_m_s / low.wind_speed_mean_m_s).toBeCloseTo((100 / 80) ** 0.2, 6);
    expect(low.wind_speed_mean_m_s).toBeGreaterThan(8);
    const series = await call('GET', `/v1/jobs/${job.id}/series/power`);
    expect(series.body.columns.power_kw).toHaveLength(200);
    expect(series.body.columns.time[1]).toBe('2025-01-01T01:00:00.000Z');

    const stranger = await newCustomer(platform);
    for (const path of [
      `/v1/wind/turbines/${own.body.id}`,
      `/v1/wind/resources/${upload.body.id}`,
      `/v1/jobs/${job.id}`,
    ])
      expect((await stranger.call('GET', path)).status).toBe(404);
    const borrowed = { ...ANALYZE, turbines: [{ id: own.body.id }] };
    expect((await stranger.call('POST', '/v1/wind/analyze', borrowed)).status).toBe(404);
  });

  test('a table with several masts is read with a column map; a wind climate, a .wtg and drawn areas over HTTP', async () => {
    const lines = ['Datum;Zeit;Spd80mN (km/h);Spd60mS (km/h);Dir78mS;Temp'];
    for (let step = 0; step < 300; step++) {
      const hour = String(step % 24).padStart(2, '0');
      const day = String(1 + Math.floor(step / 24)).padStart(2, '0');
      const speed = (36 + 3.6 * Math.sin(step)).toFixed(3);
      lines.push(`${day}.03.2025;${hour}:00;${speed.replace('.', ',')};30,0;${(step * 31) % 360};${step % 9},5`);
    }
    const table = lines.join('\n');
    const unsure = await call('POST', '/v1/wind/resources?height_m=80', table);
    expect([unsure.status, unsure.body.pointer]).toEqual([422, '/query/columns']);
    expect(unsure.body.fix).toContain('columns={"wind_speed_m_s":"Spd80mN (km/h)"');
    const columns = {
      wind_speed_m_s: 'Spd80mN (km/h)',
      wind_direction_deg: 'Dir78mS',
      wind_speed_lower_m_s: 'Spd60mS (km/h)',
    };
    const query = new URLSearchParams({ columns: JSON.stringify(columns), height_m: '80', lower_height_m: '60' });
    const read = await call('POST', `/v1/wind/resources?${query}`, table);
    expect([read.status, read.body.detail]).toEqual([201, undefined]);
    expect(read.body).toMatchObject({ format: 'csv', options: { columns, height_m: 80 }, summary: { columns } });
    expect(read.body.summary.wind_speed_mean_m_s).toBeCloseTo(10, 1);
    const shown = await call('GET', `/v1/wind/resources/${read.body.id}`);
    expect(shown.body.options).toEqual(read.body.options);
    const wrong = new URLSearchParams({ columns: '{"wind_speed_m_s": "Spd99m"}' });
    expect(await call('POST', `/v1/wind/resources?${wrong}`, table)).toMatchObject({
      status: 422,
      body: { pointer: '/query/columns', detail: expect.stringContaining('Spd80mN (km/h)') },
    });

    const files = 'test/fixtures/cases/wind/files';
    const climate = await call('POST', '/v1/wind/resources?name=atlas', readFileSync(`${files}/gwa3.lib`));
    expect([climate.status, climate.body.format]).toEqual([201, 'lib']);
    const turbine = await call('POST', '/v1/wind/turbines/files?hub_height_m=119', readFileSync(`${files}/v112.wtg`));
    expect([turbine.status, turbine.body.not_used]).toEqual([201, []]);
    expect(turbine.body.turbine).toMatchObject({ hub_height_m: 119, has_thrust: true, air_density_kg_m3: 1.225 });
    expect(turbine.body.turbine.density_curves).toHaveLength(3);
    const request = {
      resource: { type: 'upload', resource_id: climate.body.id, roughness_m: 0.1 },
      turbines: [{ id: turbine.body.turbine.id }],
      layout: { longitude_deg: [5.583, 5.593], latitude_deg: [48.444, 48.444] },
      air_density_kg_m3: 1.15,
    };
    const { roughness_m: _, ...smooth } = request.resource;
    const bare = await call('POST', '/v1/wind/analyze', { ...request, resource: smooth });
    expect([bare.status, bare.body.pointer]).toEqual([422, '/resource/roughness_m']);
    const job = await done('/v1/wind/analyze', request);
    expect([job.status, job.error]).toEqual(['succeeded', null]);
    expect(job.warnings.map(({ code }: { code: string }) => code)).toContain('wind.land_flat');
    expect(job.result.capacity_factor_pct).toBeGreaterThan(25);

    const place = { name: 'Farm', latitude_deg: 55.55, longitude_deg: 8.1 };
    const { body: site } = await call('POST', '/v1/sites', place);
    expect(site.warnings).toEqual([]);
    const areas = 'test/fixtures/areas';
    const drawn = await call('POST', `/v1/sites/${site.id}/areas?use=boundary`, readFileSync(`${areas}/farm.kml`));
    expect([drawn.status, drawn.body.warnings]).toEqual([200, []]);
    const shapes = readFileSync(`${areas}/farm-27700.zip`);
    const far = await call('POST', `/v1/sites/${site.id}/areas?use=exclusions&setback_m=50`, shapes);
    expect(far.body).toMatchObject({
      boundary: drawn.body.boundary,
      exclusions: { type: 'FeatureCollection', setback_m: 50 },
      warnings: [{ code: 'site.area_far', pointer: '/exclusions' }],
    });
    expect((await call('GET', `/v1/sites/${site.id}`)).body).toEqual(far.body);
    expect(await call('POST', `/v1/sites/${site.id}/areas?use=boundary`, 'no shapes')).toMatchObject({
      status: 422,
      body: { code: 'request.invalid', pointer: '/file', detail: expect.stringContaining('none of KML') },
    });
    const tie = [
      [8.1, 55.5],
      [8.2, 55.65],
      [8.2, 55.5],
      [8.1, 55.6],
      [8.1, 55.5],
    ];
    const crossed = Buffer.from(JSON.stringify({ type: 'Polygon', coordinates: [tie] }));
    const doubted = await call('POST', `/v1/sites/${site.id}/areas?use=boundary`, crossed);
    expect(doubted.body.warnings).toMatchObject([
      { code: 'site.edges_cross', pointer: '/boundary' },
      { code: 'site.area_far', pointer: '/exclusions' },
    ]);
    const stranger = await newCustomer(platform);
    expect((await stranger.call('POST', `/v1/sites/${site.id}/areas?use=boundary`, shapes)).status).toBe(404);
  });

  test('a .wrg gives each turbine its own distributions; a series its own speeds, and says so; layouts climb over it', async () => {
    const point = (x: number, y: number, a: number, k: number, north: number) =>
      `P ${x} ${y} 0 70 8.0 2.00 500 2 ${north} ${a} ${k} ${1000 - north} ${a + 5} ${k + 10}`;
    const rows = [point(0, 0, 80, 200, 600), point(2000, 0, 92, 180, 450), point(0, 2000, 84, 215, 500)];
    const wrg = ['2 2 0 0 2000', ...rows, point(2000, 2000, 88, 230, 550)].join('\n');
    const upload = await call('POST', '/v1/wind/resources?format=wrg', wrg);
    expect([upload.status, upload.body.format]).toEqual([201, 'wrg']);
    const grid = { resource_id: upload.body.id, reference: { x_m: 0, y_m: 0 } };
    const layout = { x_m: [0, 1900, 300], y_m: [0, 100, 1700] };
    const series = {
      type: 'series',
      wind_speed_m_s: Array.from({ length: 300 }, (_, i) => 5 + (i % 8)),
      wind_direction_deg: Array.from({ length: 300 }, (_, i) => (i * 47) % 360),
    };
    const resource = { type: 'upload', ...grid };
    const wake = { blockage: 'self_similar' };
    const boundary = circle(1000, 1000, 900);
    const [own, steps, found] = await Promise.all([
      done('/v1/wind/analyze', { ...ANALYZE, layout, resource }),
      done('/v1/wind/analyze', { ...ANALYZE, layout, resource: series, speedups: grid }),
      done('/v1/wind/optimize', { ...OPTIMIZE, resource, wake, boundary, n_turbines: 5, n_iterations: 3 }),
    ]);
    expect([own.status, steps.status, found.status]).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(own.result.site_wind).toEqual({
      frequencies: 'by_place',
      weibull_shapes: 'by_place',
      frequency_effect_pct: null,
    });
    expect(steps.result.site_wind).toMatchObject({ frequencies: 'reference', weibull_shapes: 'reference' });
    expect(Math.abs(steps.result.site_wind.frequency_effect_pct)).toBeGreaterThan(0.01);
    expect(found.result.best.layout.x_m).toHaveLength(5);
    const [{ history }] = found.result.runs;
    expect(history.at(-1)[1]).toBeGreaterThan(history[0][1]);
  });

  test('a weather dataset blows over the farm, with its own air density', async () => {
    const id = await uploadWeather();
    const { resource: _, ...farm } = ANALYZE;
    const [thin, standard] = await Promise.all([
      done('/v1/wind/analyze', { ...farm, weather_id: id, air_density_kg_m3: 'weather' }),
      done('/v1/wind/analyze', { ...farm, weather_ids: [id], weather_height_m: 10 }),
    ]);
    expect([thin.status, standard.status]).toEqual(['succeeded', 'succeeded']);
    // Greensboro lies at 270 m and is warm: its air is some 5 % lighter than the curve's 1.225 kg/m3.
    const ratio = thin.result.annual_energy_kwh / standard.result.annual_energy_kwh;
    expect(ratio).toBeGreaterThan(0.92);
    expect(ratio).toBeLessThan(0.98);
    const series = await call('GET', `/v1/jobs/${standard.id}/series/power`);
    const energy = series.body.columns.power_kw.reduce((sum: number, kw: number) => sum + kw, 0);
    expect(energy / standard.result.annual_energy_with_wakes_kwh).toBeCloseTo(1, 9);
  });

  test('a job as windIO comes back as a request with the same answer', async () => {
    const first = await done('/v1/wind/analyze', {
      ...ANALYZE,
      turbines: [{ id: 'v80' }, { id: 'nrel_5MW', hub_height_m: 70 }],
      layout: { ...ANALYZE.layout, turbine_index: [0, 1, 0, 1] },
    });
    const yaml = await call('GET', `/v1/wind/jobs/${first.id}/windio`);
    const { status, body } = await call('POST', '/v1/wind/windio', yaml.body);
    expect([status, body.analyze.turbines.length, body.boundary.geometry.type]).toEqual([200, 2, 'Polygon']);
    const again = await done('/v1/wind/analyze', { ...body.analyze, losses_pct: ANALYZE.losses_pct });
    expect(again.result.annual_energy_kwh / first.result.annual_energy_kwh).toBeCloseTo(1, 9);
  });

  test('what cannot be is refused at once, with the field', async () => {
    const square = {
      type: 'Polygon',
      unit: 'm',
      coordinates: [
        [
          [0, 0],
          [1000, 1000],
          [1000, 0],
          [0, 1000],
        ],
      ],
    };
    const cases: [string, Promise<Answer>, string, string | RegExp][] = [
      [
        'an unknown model',
        call('POST', '/v1/wind/analyze', { ...ANALYZE, wake: { model: 'x' } }),
        'wind.invalid_input',
        'known are',
      ],
      [
        'an unknown turbine',
        call('POST', '/v1/wind/analyze', { ...ANALYZE, turbines: [{ id: 'x' }] }),
        'wind.invalid_input',
        'not known',
      ],
      [
        'unequal lists',
        call('POST', '/v1/wind/analyze', { ...ANALYZE, layout: { x_m: [1], y_m: [1, 2] } }),
        'request.invalid',
        'the same length',
      ],
      [
        'too many turbines',
        call('POST', '/v1/wind/optimize', { ...OPTIMIZE, n_turbines: 400 }),
        'optimize.infeasible',
        'do not fit',
      ],
      [
        'a crossed boundary',
        call('POST', '/v1/wind/optimize', { ...OPTIMIZE, boundary: square }),
        'wind.invalid_input',
        'crosses itself',
      ],
      [
        'a search too large',
        call('POST', '/v1/wind/optimize', { ...OPTIMIZE, n_iterations: 1e6 }),
        'job.too_large',
        'compute time',
      ],
      [
        'no economics',
        call('POST', '/v1/wind/optimize', { ...OPTIMIZE, objective: 'lcoe' }),
        'request.invalid',
        'economics',
      ],
      [
        'exclusions over the whole site',
        call('POST', '/v1/wind/optimize', { ...OPTIMIZE, exclusions: OPTIMIZE.boundary }),
        'optimize.infeasible',
        'no place is left',
      ],
    ];
    for (const [name, pending, code, message] of cases) {
      const { status, body } = await pending;
      expect([name, status, body.code, body.detail]).toEqual([name, 422, code, expect.stringMatching(message)]);
    }
    const large = await cases[5][1];
    expect((await cases[3][1]).body.pointer).toBe('/n_turbines');
    expect((await cases[4][1]).body.pointer).toBe('/boundary');
    expect(large.body.pointer).toBe('/n_iterations');
    expect(large.body.fix).toMatch(/Lower n_iterations from 1000000 to at most \d+/);
  });
});

test('the requests of docs/wind-api.md are answered', async () => {
  const page = readFileSync('docs/wind-api.md', 'utf8');
  const requests = [...page.matchAll(/^`POST (\S+)`\n```json\n([\s\S]+?)```/gm)];
  expect(requests).toHaveLength(2);
  const [analyzed, optimized] = await Promise.all(requests.map(([, path, body]) => done(path, JSON.parse(body))));
  expect([analyzed.status, optimized.status]).toEqual(['succeeded', 'succeeded']);
  const told = [...page.matchAll(/"(annual_energy_kwh|lcoe_real_per_kwh)": ([\d.]+)/g)].map(([, name, value]) => [
    name,
    Number(value),
  ]);
  const statedValues = [
    ['annual_energy_kwh', analyzed.result.annual_energy_kwh],
    ['lcoe_real_per_kwh', analyzed.result.economics.lcoe_real_per_kwh],
    ['annual_energy_kwh', optimized.result.best.annual_energy_kwh],
    ['lcoe_real_per_kwh', optimized.result.best.economics.lcoe_real_per_kwh],
  ];
  // Libraries of mathematical functions may differ in the last digit; a search then ends in a neighbouring optimum.
  const digits = [6, 6, 3, 3];
  for (const [k, [name, value]] of statedValues.entries()) {
    expect(told[k][0]).toBe(name);
    expect(Number(told[k][1]) / Number(value)).toBeCloseTo(1, digits[k]);
  }
  expect(told).toHaveLength(4);
});

describe('layout optimization', () => {
  test('a layout within a GeoJSON boundary beats the first one; progress and figures are reported', async () => {
    const [west, east, south, north] = [8, 8.04, 55, 55.02];
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    const job = await done('/v1/wind/optimize', {
      ...OPTIMIZE,
      boundary: { type: 'Polygon', coordinates: [ring] },
      objective: 'lcoe',
      economics: ECONOMICS,
      n_turbines: [8, 10],
      n_iterations: 10,
      n_starts: 1,
    });
    expect(job).toMatchObject({ status: 'succeeded', error: null, is_time_limited: false });
    for (const picture of ['layout', 'wind-rose']) {
      const { status, body } = await call('GET', `/v1/wind/jobs/${job.id}/${picture}.svg`);
      expect([status, body.slice(0, 5)]).toEqual([200, '<svg ']);
    }
    const { best, runs, candidates } = job.result;
    expect(candidates.map((c: { n_turbines: number }) => c.n_turbines)).toEqual([8, 10]);
    expect(best.layout.longitude_deg.every((x: number) => x >= west - 1e-9 && x <= east + 1e-9)).toBe(true);
    const history: [number, number][] = runs[best.run_index].history;
    expect(history.at(-1)![1]).toBeGreaterThan(history[0][1]);
    expect(best.economics.lcoe_real_per_kwh).toBeGreaterThan(0.02);
    const { x_m: x, y_m: y } = best.layout;
    for (let i = 0; i < x.length; i++)
      for (let j = 0; j < i; j++) expect(Math.hypot(x[i] - x[j], y[i] - y[j])).toBeGreaterThan(240 - 1e-6);
  });

  test('no method returns less than its initial layout, although a search with coarse bins prefers another one', async () => {
    const ring = [
      [0, 0],
      [2500, 0],
      [2500, 2500],
      [0, 2500],
      [0, 0],
    ];
    const task = {
      resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 8, shape: 2.2 }] },
      turbines: [{ id: 'v80' }],
      boundary: { type: 'Polygon', unit: 'm', coordinates: [ring] },
      n_turbines: 12,
      seed: 1,
      n_starts: 1,
    };
    const first = await done('/v1/wind/optimize', {
      ...task,
      method: 'gradient',
      n_iterations: 6,
      search_bins: { direction_step_deg: 6 },
    });
    const { x_m, y_m } = first.result.best.layout;
    for (const method of ['annealing', 'gradient', 'random_search', 'greedy']) {
      const coarse = { method, n_iterations: 4, search_bins: { direction_step_deg: 30 }, start_layout: { x_m, y_m } };
      const { result, warnings } = await done('/v1/wind/optimize', { ...task, ...coarse });
      const gain = result.best.annual_energy_kwh / first.result.best.annual_energy_kwh - 1;
      expect([method, gain]).toEqual([method, expect.any(Number)]);
      expect(gain).toBeGreaterThanOrEqual(0);
      const isSaid = warnings.some(({ code }: { code: string }) => code === 'wind.no_improvement');
      expect([method, isSaid]).toEqual([method, gain === 0]);
    }
  });

  test('a site owns its areas: a search that names it takes what the request has not', async () => {
    const square = (west: number, south: number, side: number, more: object = {}) => ({
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [west + side, south],
          [west + side, south + side],
          [west, south + side],
          [west, south],
        ],
      ],
      ...more,
    });
    const place = { name: 'Coast', latitude_deg: 55.01, longitude_deg: 8.02 };
    const { body: site } = await call('POST', '/v1/sites', place);
    expect([site.boundary, site.exclusions]).toEqual([null, null]);
    const search = { ...OPTIMIZE, boundary: undefined, n_turbines: 5, n_iterations: 3, n_starts: 1, site_id: site.id };
    const refused = await call('POST', '/v1/wind/optimize', search);
    expect([refused.status, refused.body.pointer]).toEqual([422, '/boundary']);

    const boundary = square(8, 55, 0.04, { setback_m: 200 });
    const exclusions = square(8.01, 55.01, 0.01);
    const changed = await call('PATCH', `/v1/sites/${site.id}`, { boundary, exclusions });
    expect(changed.body).toMatchObject({
      ...place,
      boundary,
      exclusions: { ...exclusions, unit: 'deg', setback_m: 0 },
    });
    const [job, own] = await Promise.all([
      done('/v1/wind/optimize', search),
      done('/v1/wind/optimize', { ...search, boundary: circle(0, 0, 1500), exclusions: circle(0, 0, 300) }),
    ]);
    expect([job.status, own.status]).toEqual(['succeeded', 'succeeded']);
    expect(job.input).toMatchObject({ boundary: { ...boundary, unit: 'deg' }, exclusions });
    expect(own.input).toMatchObject({ boundary: circle(0, 0, 1500), exclusions: circle(0, 0, 300) });
    // 200 m are 0.0018 degrees of latitude.
    for (const latitude of job.result.best.layout.latitude_deg) {
      expect(latitude).toBeGreaterThan(55.00178);
      expect(latitude).toBeLessThan(55.03822);
    }
    const cleared = await call('PATCH', `/v1/sites/${site.id}`, { exclusions: null, name: 'Coast, north' });
    expect(cleared.body).toMatchObject({ name: 'Coast, north', boundary, exclusions: null });
    const metres = await call('PATCH', `/v1/sites/${site.id}`, { boundary: { ...boundary, unit: 'm' } });
    expect([metres.status, metres.body.pointer]).toEqual([422, '/boundary/unit']);
    const former = await call('POST', '/v1/wind/optimize', { ...OPTIMIZE, boundary: { geojson: boundary } });
    expect([former.status, former.body.detail]).toEqual([422, expect.stringContaining('geojson is no longer a field')]);
  });

  test('each place gets the type that pays, beside a turbine that stands already', async () => {
    const job = await done('/v1/wind/optimize', {
      ...OPTIMIZE,
      turbines: [{ id: 'v80' }, { id: 'v80', hub_height_m: 100, capital_cost_per_kw: 1510 }],
      turbine_choice: 'mixed',
      fixed_layout: { x_m: [0], y_m: [0] },
      n_turbines: 4,
      objective: 'lcoe',
      economics: ECONOMICS,
      // 30 steps depend on the last bit of a cost; 120 do not.
      n_iterations: 120,
      n_starts: 1,
    });
    expect(job).toMatchObject({ status: 'succeeded', error: null });
    const { layout, economics } = job.result.best;
    // A tower of 30 m more gains some 5 % of wind for less than 1 % of cost.
    expect(layout.turbine_index).toEqual([1, 1, 1, 1, 0]);
    expect([layout.x_m[4], layout.y_m[4], layout.is_fixed]).toEqual([0, 0, [false, false, false, false, true]]);
    expect(economics.capital_cost).toBeCloseTo(2000 * (4 * 1510 + 1500) + 400 * job.result.best.cable_length_m, 3);
  });

  test('NSGA-II gives a front of energy and cable length', async () => {
    const job = await done('/v1/wind/optimize', {
      ...OPTIMIZE,
      method: 'nsga2',
      n_turbines: [6, 12],
      n_iterations: 6,
      population_size: 16,
      n_starts: 1,
    });
    expect(job).toMatchObject({ status: 'succeeded', error: null });
    const { pareto } = job.result;
    expect(pareto.length).toBeGreaterThan(1);
    for (const design of pareto) expect(design.x_m.length).toBeGreaterThanOrEqual(6);
  });

  test('a cancelled search ends within 2 s and keeps its best', async () => {
    const { wholeMs } = await platform.timesOf((await done('/v1/wind/analyze', ANALYZE)).id);
    const { body } = await call('POST', '/v1/wind/optimize', LONG_LAYOUT_SEARCH);
    await eventually(
      async () => ((await call('GET', `/v1/jobs/${body.id}`)).body.progress > 0.02 ? true : undefined),
      'progress',
    );
    expect((await call('POST', `/v1/jobs/${body.id}/cancel`)).status).toBe(202);
    const job = await ended(body.id);
    // A short job tells how busy the machine is.
    expect((await platform.timesOf(body.id)).cancelMs).toBeLessThan(2_000 + 4 * wholeMs);
    expect(job.status).toBe('cancelled');
    expect(job.result.best.layout.x_m).toHaveLength(25);
    expect(job.result.best.annual_energy_kwh).toBeGreaterThan(0);
  });
});
