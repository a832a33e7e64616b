/** Wind jobs on a device: the same steps, with figures of the processor at the end. */
import { deserialize, serialize } from 'node:v8';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hasVulkan, testWith } from '../../test/support/needs.ts';
import { GpuDevice } from '../compute/gpu/device.ts';
import { windAnalyzeSchema, windOptimizeSchema } from '../contracts/wind/requests.schema.ts';
import { analysisPlan } from '../services/wind/analysis.ts';
import { layoutPlan, searchWork } from '../services/wind/layout.ts';
import { inlineClimate, withAreas } from '../services/wind/setup.ts';
import { EnergyModel } from './energy/energy.ts';
import { flowMap } from './energy/flow-map.ts';
import { isDeviceFaster } from './layout/device-work.ts';
import { measureDevice } from './layout/measure.ts';
import { layoutObjective } from './layout/layout-objective.ts';
import { LayoutSearch, penaltyOf } from './layout/layout-search.ts';
import { placeAtRandom } from './layout/random-layout.ts';
import { Random } from '../statistics/random.ts';
import { CompiledSite, requireFeasible } from './layout/layout-site.ts';
import { publicTurbine } from './turbine/turbine-library.ts';
import { WIND_TASKS, type WindLayoutSpec } from './tasks.ts';

const gpuTest = testWith('vulkan', hasVulkan);
let gpu: GpuDevice;
beforeAll(async () => {
  if (hasVulkan) gpu = await GpuDevice.open();
});
afterAll(() => gpu?.release());
const openDevice = () => Promise.resolve(gpu);
const goOn = () => new Int32Array(new SharedArrayBuffer(8));

const WIND = { type: 'weibull' as const, sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] };
const CLIMATE = inlineClimate(WIND)!;
const V80 = publicTurbine('v80');
const planOf = (more: object) => {
  const body = withAreas(
    windOptimizeSchema.parse({
      resource: WIND,
      turbines: [{ id: 'v80' }],
      boundary: {
        type: 'Feature',
        unit: 'm',
        geometry: { type: 'Point', coordinates: [0, 0] },
        properties: { radius_m: 900 },
      },
      n_turbines: 8,
      search_bins: { direction_step_deg: 30, speed_step_m_s: 4 },
      n_starts: 1,
      ...more,
    }),
    null,
  );
  return { body, plan: layoutPlan(body, [V80], CLIMATE, 11) };
};
const specOf = (more: object): WindLayoutSpec => planOf(more).plan.runs[0].spec;
type State = Parameters<typeof WIND_TASKS.windLayoutOnDevice>[0]['state'];

/** Runs a search to its end in slices, each from the state of the one before as a checkpoint stores it. */
async function run(spec: WindLayoutSpec, budgetMs: number) {
  let state: State = null;
  for (let slices = 1; ; slices++) {
    const slice = await WIND_TASKS.windLayoutOnDevice({ spec, state, budgetMs, control: goOn() }, openDevice);
    state = deserialize(serialize(slice.state)) as State;
    if (!slice.done) continue;
    const { device, ...result } = WIND_TASKS.windLayoutResult({ spec, state: state!, result: slice.result });
    return { slices, device, result };
  }
}

gpuTest(
  'annealing on a device: slices end as one does, feasibly, with the energy of the processor, as good as there',
  async () => {
    const spec = specOf({ n_turbines: 6, n_iterations: 10 });
    if (spec.kind !== 'search') throw new Error('expected a search');
    const whole = await run(spec, Number.POSITIVE_INFINITY);
    const parted = await run(spec, 1);
    expect(whole.slices).toBe(1);
    expect(parted.slices).toBeGreaterThan(3);
    expect(parted.result).toEqual(whole.result);
    const { best } = whole.result;
    const energy = new EnergyModel(spec.problem.energy);
    energy.move(best!.xM, best!.yM);
    expect(best!.score).toBe(energy.net());
    requireFeasible(new CompiledSite(spec.problem.site), best!.xM, best!.yM);
    expect(whole.device!.evaluations).toBeGreaterThan(9_000);
    const search = new LayoutSearch(spec.problem);
    while (!search.done) search.step();
    search.polish();
    expect(best!.score / search.best()!.score).toBeGreaterThan(0.995);
  },
);

gpuTest(
  'nsga2 on a device: the front has the figures of the processor, which beat each other in one at least',
  async () => {
    const spec = specOf({ method: 'nsga2', n_turbines: [6, 9], population_size: 12, n_iterations: 4 });
    const whole = await run(spec, Number.POSITIVE_INFINITY);
    expect((await run(spec, 1)).result).toEqual(whole.result);
    if (spec.kind !== 'grid') throw new Error('expected grids');
    expect(whole.device!.evaluations).toBe(48);
    const exact = whole.result.front.map(({ xM, yM }) => {
      const farm = { xM, yM, turbines: [V80] };
      return new EnergyModel({ ...spec.search.energy, farm }).net();
    });
    expect(exact.length).toBeGreaterThan(1);
    whole.result.front.forEach(({ objectives: [netKwh, cableM] }, i) => {
      expect(netKwh / exact[i]).toBeCloseTo(1, 12);
      for (const other of whole.result.front)
        expect(other.objectives[0] > netKwh && other.objectives[1] <= cableM).toBe(false);
    });
    expect(whole.result.best!.score).toBeCloseTo(Math.max(...exact), 3);
  },
);

gpuTest('the end of a search of a large farm takes its gradients from the device', async () => {
  const area = {
    type: 'Feature',
    unit: 'm',
    geometry: { type: 'Point', coordinates: [0, 0] },
    properties: { radius_m: 5500 },
  };
  const spec = specOf({ n_turbines: 200, n_iterations: 1, boundary: area });
  if (spec.kind !== 'search') throw new Error('expected a search');
  const problem = { ...spec.problem, polish: 1 };
  const site = new CompiledSite(problem.site);
  const [x, y] = [new Float64Array(200), new Float64Array(200)];
  placeAtRandom({ site, random: Random.fromSeed(4), objective: layoutObjective(problem.energy) }, x, y, 200);
  const score = layoutObjective(problem.energy).value(x, y);
  const best = { xM: Array.from(x), yM: Array.from(y), score };
  const search = { ...new LayoutSearch(problem).state(), step: 1, best, penaltyPerM: penaltyOf(score, site.areaM2) };
  const state = { kind: 'search' as const, search, polishes: 5 };
  const input = { spec: { ...spec, problem }, state, budgetMs: Number.POSITIVE_INFINITY, control: goOn() };
  const { result, device } = await WIND_TASKS.windLayoutOnDevice(input, openDevice);
  expect(device!.ms).toBeGreaterThan(0);
  expect(result.best!.score).toBeGreaterThan(score);
  requireFeasible(site, result.best!.xM, result.best!.yM);
});

gpuTest('flow maps of an analysis are drawn by the device, the rest is computed as before', async () => {
  const body = windAnalyzeSchema.parse({
    resource: WIND,
    turbines: [{ id: 'v80' }],
    layout: { x_m: [0, 500, 900], y_m: [0, 100, -50] },
    wake_steering: { direction_step_deg: 30 },
    flow_maps: [
      { wind_direction_deg: 270, wind_speed_m_s: 9, n_x: 40, n_y: 30 },
      { wind_direction_deg: 200, wind_speed_m_s: 9, n_x: 20, n_y: 20, yaw_deg: [10, 0, 0] },
    ],
    bins: { direction_step_deg: 30 },
  });
  const { spec } = analysisPlan(body, [V80], CLIMATE);
  const input = { spec, state: null, budgetMs: Number.POSITIVE_INFINITY, control: goOn() };
  const { result } = await WIND_TASKS.windAnalysisOnDevice(input, openDevice);
  const exact = WIND_TASKS.windAnalysis(input).result!;
  expect(result!.analysis).toEqual(exact.analysis);
  expect(result!.device!.evaluations).toBe(1200);
  expect(result!.maps[1]).toEqual(flowMap(spec.maps[1]));
  result!.maps[0].wsMPerS.forEach((u, p) => {
    expect(Math.abs(u - exact.maps[0].wsMPerS[p])).toBeLessThan(1e-4);
  });
});

gpuTest('a device is measured, and its energies are those of the processor', async () => {
  const { error, mapNs, callMs, ...ratios } = await measureDevice(gpu);
  expect(error).toBeLessThan(1e-5);
  expect(callMs).toBeGreaterThanOrEqual(0);
  for (const one of [...Object.values(ratios), ...Object.values(mapNs)]) expect(one).toBeGreaterThan(0);
});

test('a device is taken for work that is large enough, and what it cannot do is named', () => {
  const card = { energyRatio: 0.001, movesRatio: 0.001, mapNs: { processor: 10, device: 0.01 }, callMs: 1, error: 0 };
  const annealing = { obstacle: null, processorS: 100, sideBySide: 2, starts: 64, calls: 200 };
  expect(isDeviceFaster(card, annealing)).toBe(true);
  expect(isDeviceFaster(card, { ...annealing, processorS: 0.1 })).toBe(false);
  // One start is alone on a card.
  expect(isDeviceFaster({ ...card, movesRatio: 0.01 }, { ...annealing, starts: 1 })).toBe(false);
  const of = (more: object) => {
    const { body, plan } = planOf(more);
    return searchWork(plan, body, 20);
  };
  expect(of({})).toMatchObject({ obstacle: null, starts: 1, sideBySide: 1 });
  expect(of({ method: 'gradient' }).obstacle).toMatch(/anneals/);
  expect(of({ method: 'nsga2', n_turbines: [6, 9] })).toMatchObject({ obstacle: null, starts: null, calls: 20 });
  expect(of({ method: 'nsga2', n_turbines: [6, 9], wake: { model: 'floris_gch' } }).obstacle).toMatch(/gauss-curl/);
});
