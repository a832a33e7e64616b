import { expect, test } from '@jest/globals';
import { solarOptimizeSchema } from '../contracts/solar/optimize.schema.ts';
import { windOptimizeSchema } from '../contracts/wind/requests.schema.ts';
import { checked } from './endpoint.ts';

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
const DESIGN = { weather_id: `wth_${'0'.repeat(26)}`, variables: { tilt_deg: { lower: 10, upper: 40 } } };

test.each([
  ['iterations', windOptimizeSchema, { ...LAYOUT, iterations: 3 }, 'n_iterations'],
  ['population', windOptimizeSchema, { ...LAYOUT, population: 8 }, 'population_size'],
  ['starts', windOptimizeSchema, { ...LAYOUT, starts: 2 }, 'n_starts'],
  ['turbine_count', windOptimizeSchema, { ...LAYOUT, turbine_count: 3 }, 'n_turbines'],
  ['grid_points', solarOptimizeSchema, { ...DESIGN, grid_points: 3 }, 'n_grid_points'],
  ['costs', solarOptimizeSchema, { ...DESIGN, costs: {} }, 'economics.costs'],
] as const)('an old name, %s, is refused with the new one', (old, schema, body, name) => {
  expect(() => checked<unknown>(schema, body)).toThrow(
    expect.objectContaining({ code: 'request.invalid', message: expect.stringContaining(`"${old}" is now "${name}"`) }),
  );
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
