/** Constants of wake models from a request: against PyWake and FLORIS at values that are not their defaults. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { WAKE_CONSTANTS, type WakeConstant } from '../../contracts/wind/wake-constants.ts';
import { windAnalyzeSchema } from '../../contracts/wind/requests.schema.ts';
import { FlorisSolver } from '../../wind/wakes/floris/gauss.ts';
import { FlowSolver } from '../../wind/wakes/flow-solver.ts';
import { WAKE_MODELS } from '../../wind/wakes/wake-models.ts';
import { turbineOfChoice } from './turbine-choice.ts';
import { wakeModelOf } from './setup.ts';
import { wakeConstantsOf, withWakeConstants } from './wake-constants.ts';

const fixture = JSON.parse(readFileSync('test/fixtures/wake-constants/values.json', 'utf8'));
const { turbine: own, layout } = fixture;
const curve = {
  name: 't',
  rotor_diameter_m: own.rotor_diameter_m,
  hub_height_m: own.hub_height_m,
  wind_speed_m_s: own.ws,
  power_kw: own.power,
  thrust_coefficient: own.ct,
};
const body = (wake: object) =>
  windAnalyzeSchema.parse({
    turbines: [{ curve }],
    layout,
    resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] },
    wake,
  });

/** PyWake reads rotor means of these from a table; docs/models/wind-wakes.md has the difference. */
const TABLES = ['niayifar_crespo', 'turbopark_nygaard2022'];

interface Row {
  readonly model: string;
  readonly parts: object;
  readonly constants: Readonly<Record<string, number>>;
  readonly yaw_deg: number[] | null;
  readonly ws_eff: number[][];
  readonly reference: string;
}

describe.each(fixture.rows as Row[])('$model $parts with $constants', (row) => {
  const request = body({ model: row.model, ...row.parts, constants: row.constants });
  const model = wakeModelOf(request);
  const [choice] = request.turbines;
  const spec = turbineOfChoice(choice, choice.curve);

  test(`has the speeds of ${row.reference}, which are not those of the default constants`, () => {
    const speedsOf = (chosen: typeof model) => {
      const farm = { xM: layout.x_m, yM: layout.y_m, turbines: [spec] };
      const solver = chosen.kind === 'superposed' ? new FlowSolver(farm, chosen, 1) : new FlorisSolver(farm, chosen, 1);
      return fixture.cases.map((wind: { wind_direction_deg: number; wind_speed_m_s: number }) => {
        const free = { wsMPerS: [wind.wind_speed_m_s], ti: fixture.ti };
        solver.solve(wind.wind_direction_deg, free, row.yaw_deg ? { yawDeg: row.yaw_deg } : {});
        const { order, uEff } = solver.state;
        const byTurbine: number[] = [];
        order.forEach((i, k) => {
          byTurbine[i] = uEff[k];
        });
        return byTurbine;
      }) as number[][];
    };
    const tolerance = TABLES.includes(row.model) ? 2e-4 : row.yaw_deg || 'blockage' in row.parts ? 1e-7 : 1e-8;
    const largest = (speeds: number[][]) =>
      Math.max(...speeds.flatMap((list, c) => list.map((u, i) => Math.abs(u - row.ws_eff[c][i]))));
    expect(largest(speedsOf(model))).toBeLessThan(tolerance);
    expect(largest(speedsOf(wakeModelOf({ wake: { ...request.wake, constants: undefined } })))).toBeGreaterThan(1e-3);
  });

  test('the result repeats them beside those of the model', () => {
    expect(wakeConstantsOf(model)).toEqual({
      ...wakeConstantsOf(wakeModelOf({ wake: { ...request.wake, constants: undefined } })),
      ...row.constants,
    });
  });
});

test.each(WAKE_MODELS.map((model) => [model.name, model] as const))(
  '%s with its own constants is the same model',
  (_, model) => {
    const own = wakeConstantsOf(model);
    const { jimenezBeta, ...same } = withWakeConstants(model, own) as typeof model & { jimenezBeta?: number };
    expect(same).toEqual(model);
    // The model's own constants are in the ranges of requests.
    for (const [name, value] of Object.entries(own) as [WakeConstant, number][]) {
      const [min, max] = WAKE_CONSTANTS[name];
      expect([name, value >= min && value <= max]).toEqual([name, true]);
    }
  },
);

test('refuses a constant that the model does not have, and values that are not physical', () => {
  expect(() => wakeModelOf(body({ model: 'noj_k004', constants: { turbo_a: 0.05 } }))).toThrow(
    /has no turbo_a; it has expansion_k/,
  );
  expect(() =>
    wakeModelOf(body({ model: 'niayifar_crespo', constants: { expansion_ka: 0, expansion_kb: 0 } })),
  ).toThrow(/never widens/);
  expect(() => body({ constants: { expansion_k: 0.9 } })).toThrow(/expansion_k|<=0.3/);
});
