import { deserialize, serialize } from 'node:v8';
import { describe, expect, test } from '@jest/globals';
import { windAnalyzeSchema, windOptimizeSchema } from '../contracts/wind/requests.schema.ts';
import { analysisPlan } from '../services/wind/analysis.ts';
import { layoutPlan } from '../services/wind/layout.ts';
import { inlineClimate, withAreas } from '../services/wind/setup.ts';
import { publicTurbine } from './turbine/turbine-library.ts';
import { WIND_TASKS } from './tasks.ts';

const WIND = { type: 'weibull' as const, sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] };
const CLIMATE = inlineClimate(WIND)!;
const V80 = publicTurbine('v80');
const goOn = () => new Int32Array(new SharedArrayBuffer(8));

interface Slice<State> {
  readonly state: State;
  readonly done: boolean;
}

/** Runs to the end in slices, each from the state of the one before as a checkpoint stores it. */
function run<State, Result extends Slice<State>>(
  slice: (state: State | null, budgetMs: number) => Result,
  budgetMs: number,
) {
  let last = slice(null, budgetMs);
  let slices = 1;
  for (; !last.done; slices++) last = slice(deserialize(serialize(last.state)) as State, budgetMs);
  return { last, slices };
}

const BOUNDARY = {
  type: 'Feature',
  unit: 'm',
  geometry: { type: 'Point', coordinates: [0, 0] },
  properties: { radius_m: 900 },
};
const optimize = (body: object) => withAreas(windOptimizeSchema.parse(body), null);

describe('slices of wind jobs', () => {
  const methods = ['annealing', 'gradient', 'random_search', 'greedy', 'nsga2', 'bayesian'] as const;
  test.each(methods)('%s: many short slices end as one long one does, on a thread that was slow to begin', (method) => {
    const body = optimize({
      resource: WIND,
      turbines: [{ id: 'v80' }],
      boundary: BOUNDARY,
      n_turbines: method === 'nsga2' ? [4, 6] : 6,
      search_bins: { direction_step_deg: 30, speed_step_m_s: 4 },
      method,
      n_iterations: 4,
      population_size: 12,
      n_starts: 1,
    });
    const [{ spec }] = layoutPlan(body, [V80], CLIMATE, 11).runs;
    type State = Parameters<typeof WIND_TASKS.windLayout>[0]['state'];
    const slice = (state: State, budgetMs: number, timeShare = 0) =>
      WIND_TASKS.windLayout({ spec, state, budgetMs, control: goOn(), timeShare });
    const whole = run(slice, Number.POSITIVE_INFINITY);
    const parted = run((state: State, budgetMs) => slice(state, budgetMs, state ? 0.1 : 0), 0.001);
    expect(whole.slices).toBe(1);
    expect(parted.slices).toBeGreaterThan(3);
    expect(parted.last.result).toEqual(whole.last.result);
    expect(whole.last.result.best!.xM.length).toBeGreaterThanOrEqual(4);
  });

  test('an analysis with wake steering and maps too, and steering gains where turbines stand in a row', () => {
    const body = windAnalyzeSchema.parse({
      resource: {
        ...WIND,
        sectors: [
          { frequency: 0, scale_m_s: 9, shape: 2 },
          { frequency: 1, scale_m_s: 9, shape: 2 },
        ],
      },
      turbines: [{ id: 'v80' }],
      layout: { x_m: [0, 0, 0], y_m: [0, 400, 800] },
      bins: { direction_step_deg: 5 },
      wake_steering: { direction_step_deg: 5 },
      flow_maps: [{ wind_direction_deg: 180, wind_speed_m_s: 8, n_x: 10, n_y: 10 }],
    });
    const { spec } = analysisPlan(body, [V80], inlineClimate(body.resource)!);
    const slice = (state: Parameters<typeof WIND_TASKS.windAnalysis>[0]['state'], budgetMs: number) =>
      WIND_TASKS.windAnalysis({ spec, state, budgetMs, control: goOn() });
    const whole = run(slice, Number.POSITIVE_INFINITY);
    const parted = run(slice, 0.001);
    expect(parted.slices).toBeGreaterThan(20);
    expect(parted.last.result).toEqual(whole.last.result);
    const { analysis, steered, angles, maps } = whole.last.result!;
    expect(steered!.wakedKwh / analysis.wakedKwh).toBeGreaterThan(1.001);
    expect([angles.length, maps.length]).toEqual([72, 1]);
    expect(angles.every(({ alignedKw, steeredKw }) => steeredKw >= alignedKw)).toBe(true);
  });

  const oneSearch = () => {
    const body = optimize({ resource: WIND, turbines: [{ id: 'v80' }], boundary: BOUNDARY, n_turbines: 6 });
    return layoutPlan(body, [V80], CLIMATE, 11).runs[0].spec;
  };

  test('a search whose time ends before its steps cools down by its time', () => {
    const spec = oneSearch();
    const slice = (state: Parameters<typeof WIND_TASKS.windLayout>[0]['state'], timeShare: number) =>
      WIND_TASKS.windLayout({ spec, state, budgetMs: 5, control: goOn(), timeShare });
    const begun = slice(null, 0);
    expect(begun.progress).toBeLessThan(0.5);
    const half = slice(begun.state, 0.475);
    expect(half.progress).toBeCloseTo(0.5, 12);
    expect(slice(half.state, 0.85)).toMatchObject({ progress: 1, isTimeLimited: true });
  });

  test('a search that is stopped before its first step has done nothing', () => {
    const spec = oneSearch();
    const control = goOn();
    control[0] = 1;
    const stopped = WIND_TASKS.windLayout({ spec, state: null, budgetMs: 1000, control });
    expect(stopped).toMatchObject({ done: false, progress: 0, result: { best: null } });
  });
});
