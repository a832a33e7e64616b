import { expect, test } from '@jest/globals';
import { clearSkyQuerySchema } from '../contracts/solar/clear-sky.schema.ts';
import { solarOptimizeSchema } from '../contracts/solar/optimize.schema.ts';
import { reportSchema } from '../contracts/reports/reports.schema.ts';
import { solarEndpoints } from '../contracts/solar/endpoints.ts';
import { windAnalyzeSchema, windOptimizeSchema } from '../contracts/wind/requests.schema.ts';
import { checked } from '../contracts/common/checked.ts';

const LAYOUT = {
  resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] },
  turbines: [{ id: 'v80' }],
  boundary: {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [0.1, 0],
        [0.1, 0.1],
        [0, 0.1],
        [0, 0],
      ],
    ],
  },
  n_turbines: 3,
};
const { boundary: _boundary, n_turbines: _n, ...SITE } = LAYOUT;
const FARM = { ...SITE, layout: { x_m: [0], y_m: [0] } };
const DESIGN = { weather_id: `wth_${'0'.repeat(26)}`, variables: { tilt_deg: { lower: 10, upper: 40 } } };

test.each([
  ['iterations', windOptimizeSchema, { ...LAYOUT, iterations: 3 }, 'n_iterations'],
  ['population', windOptimizeSchema, { ...LAYOUT, population: 8 }, 'population_size'],
  ['starts', windOptimizeSchema, { ...LAYOUT, starts: 2 }, 'n_starts'],
  ['turbine_count', windOptimizeSchema, { ...LAYOUT, turbine_count: 3 }, 'n_turbines'],
  ['grid_points', solarOptimizeSchema, { ...DESIGN, grid_points: 3 }, 'n_grid_points'],
  ['costs', solarOptimizeSchema, { ...DESIGN, costs: {} }, 'economics.costs'],
  ['land_area_m2', solarOptimizeSchema, { ...DESIGN, constraints: { land_area_m2: 9 } }, 'max_land_area_m2'],
  ['row_count', solarOptimizeSchema, { ...DESIGN, system: { rows: { model: 'linear', row_count: 9 } } }, 'n_rows'],
  ['sectors', windOptimizeSchema, { ...LAYOUT, sectors: 12 }, 'n_sectors'],
  ['start', windOptimizeSchema, { ...LAYOUT, start: { x_m: [0], y_m: [0] } }, 'start_layout'],
  ['type', windOptimizeSchema, { ...LAYOUT, fixed_layout: { x_m: [0], y_m: [0], type: [0] } }, 'turbine_index'],
  ['temperature_c', windOptimizeSchema, { ...LAYOUT, air: { elevation_m: 9, temperature_c: 9 } }, 'temp_air_c'],
  ['speed_step_ms', windAnalyzeSchema, { ...FARM, bins: { speed_step_ms: 1 } }, 'speed_step_m_s'],
  ['wind_speed_ms', windAnalyzeSchema, { ...FARM, wake_steering: { wind_speed_ms: [9] } }, 'wind_speed_m_s'],
  ['irradiance_wm2', solarEndpoints.getModuleIvCurve.query, { irradiance_wm2: '800' }, 'irradiance_w_m2'],
  ['from', clearSkyQuerySchema, { from: '2026-01-01T00:00:00Z' }, 'starts_at'],
] as const)('an old name, %s, is refused with the new one', (old, schema, body, name) => {
  expect(() => checked<unknown>(schema, body)).toThrow(
    expect.objectContaining({ code: 'request.invalid', message: expect.stringContaining(`"${old}" is now "${name}"`) }),
  );
});

test.each([
  ['type', solarOptimizeSchema, { ...DESIGN, system: { type: 1 } }],
  ['rows', solarOptimizeSchema, { ...DESIGN, rows: {} }],
  ['share', reportSchema, { share: 0.5 }],
  ['type', reportSchema, { type: 'pdf' }],
  ['enabled', reportSchema, { enabled: true }],
  ['name_ms', reportSchema, { name_ms: 1 }],
] as const)('an unknown name, %s, is not explained by a field of another object', (key, schema, body) => {
  expect(() => checked<unknown>(schema, body)).toThrow(
    expect.objectContaining({
      details: {
        errors: expect.arrayContaining([expect.objectContaining({ message: `unknown field "${key}"` })]),
      },
    }),
  );
});

test('weather stands at the top of every request, and a wind request has one source of wind', () => {
  const weather_id = DESIGN.weather_id;
  const { resource: _, ...farm } = LAYOUT;
  for (const source of [{ weather_id }, { weather_ids: [weather_id, weather_id] }, { resource: LAYOUT.resource }])
    expect(checked(windOptimizeSchema, { ...farm, ...source })).toMatchObject(source);
  expect(() => checked(windOptimizeSchema, farm)).toThrow('one of weather_id, weather_ids and resource, got none');
  expect(() => checked(windOptimizeSchema, { ...LAYOUT, weather_id })).toThrow('got weather_id and resource');
  expect(() => checked(windOptimizeSchema, { ...LAYOUT, weather_height_m: 10 })).toThrow('/weather_height_m');
  const former = { type: 'weather', weather_ids: [weather_id] };
  expect(() => checked(windOptimizeSchema, { ...farm, resource: former })).toThrow('is now weather_ids of the request');
});

test('one optimizer block: solar and wind take the same names, each its own methods', () => {
  expect(
    checked(windOptimizeSchema, { ...LAYOUT, method: 'nsga2', n_iterations: 3, population_size: 8, seed: 1 }),
  ).toMatchObject({ method: 'nsga2' });
  expect(
    checked(solarOptimizeSchema, { ...DESIGN, method: 'nsga2', n_iterations: 3, population_size: 8, seed: 1 }),
  ).toMatchObject({ method: 'nsga2' });
  expect(() => checked(windOptimizeSchema, { ...LAYOUT, method: 'grid_search' })).toThrow('/method');
  expect(() => checked(solarOptimizeSchema, { ...DESIGN, method: 'gradient' })).toThrow('/method');
});
