import { afterAll, beforeAll, expect } from '@jest/globals';
import { hasVulkan, testWith } from '../../../test/support/needs.ts';
import { GpuDevice } from '../../compute/gpu/device.ts';
import { Random } from '../../statistics/random.ts';
import { iea37Input } from '../formats/iea37.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { wakeModel } from '../wakes/wake-models.ts';
import { COOLING, movesAt } from './annealing.ts';
import { DeviceMoves } from './device-moves.ts';
import { layoutObjective } from './layout-objective.ts';
import { farthestM, type LayoutProblem } from './layout-problem.ts';
import { CompiledSite, lackM } from './layout-site.ts';
import { placeAtRandom } from './random-layout.ts';
import { SingleMoves } from './single-moves.ts';

const gpuTest = testWith('vulkan', hasVulkan);
let gpu: GpuDevice;
beforeAll(async () => {
  if (hasVulkan) gpu = await GpuDevice.open();
});
afterAll(() => gpu?.release());

const N = 14;
/** An L with a hole beside a circle, an excluded disc, two turbines that stand, one of them a neighbour. */
const SITE = {
  zones: [
    {
      outer: [
        [0, 0],
        [3000, 0],
        [3000, 1500],
        [1500, 1500],
        [1500, 3000],
        [0, 3000],
      ] as const,
      holes: [
        [
          [500, 500],
          [900, 500],
          [900, 900],
          [500, 900],
        ] as const,
      ],
    },
    { xM: 4500, yM: 800, radiusM: 700 },
  ],
  exclusions: [{ xM: 2200, yM: 700, radiusM: 250 }],
  minSpacingM: 300,
};
const places = Array.from({ length: N }, (_, i) => (i < N - 2 ? 0 : 2900 + 400 * (i - N + 2)));
const base = iea37Input(places, places);

for (const name of ['iea37_simple_gaussian', 'bastankhah2014_k004', 'floris_gauss'])
  gpuTest(
    `${name}: energies after moves are those of the processor, turbines stay apart and inside, and layouts improve`,
    async () => {
      const energy = {
        ...base,
        model: wakeModel(name),
        farm: { ...base.farm, own: N - 1, ...(name.startsWith('iea') ? {} : { turbines: [publicTurbine('v80')] }) },
      };
      const problem: LayoutProblem = {
        ...{ energy, site: SITE, fixed: 2, method: 'annealing', seed: 5, maxSteps: 100, startFromFarm: false },
      };
      const site = new CompiledSite(SITE);
      const moves = new DeviceMoves(problem, site);
      const random = Random.fromSeed(3);
      const layouts = Array.from({ length: 5 }, (_, seed) => {
        const [x, y] = [Float64Array.from(energy.farm.xM), Float64Array.from(energy.farm.yM)];
        placeAtRandom({ site, random, objective: layoutObjective(energy) }, x, y, N - 2);
        return { places: moves.toPlaces(x, y), seed };
      });
      const exact = new SingleMoves(energy, farthestM(problem, site));
      const exactOf = (at: Float32Array): number => {
        const { x, y } = moves.toLayout(at);
        exact.place(x, y);
        return exact.energy;
      };
      const schedule = movesAt(COOLING, 0.3, Math.sqrt(site.areaM2 / N));
      const first = await moves.run(gpu, layouts, { first: 0, count: 0, ...schedule });
      first.forEach(({ energyKwh, places: at, made }, k) => {
        expect(Math.abs(energyKwh / exactOf(layouts[k].places) - 1)).toBeLessThan(1e-5);
        expect([at, made]).toEqual([layouts[k].places, 0]);
      });
      const cold = movesAt(COOLING, 0.95, Math.sqrt(site.areaM2 / N));
      const moved = await moves.run(gpu, layouts, { first: 0, count: 300, ...schedule, heat: cold.heat });
      moved.forEach(({ energyKwh, places: at, made }, k) => {
        expect(Math.abs(energyKwh / exactOf(at) - 1)).toBeLessThan(1e-5);
        expect(made).toBeGreaterThan(10);
        expect(energyKwh).toBeGreaterThan(first[k].energyKwh);
        const { x, y } = moves.toLayout(at);
        expect(lackM(site, x, y, N - 2)).toBe(0);
        expect(at.slice(-4)).toEqual(layouts[k].places.slice(-4));
      });
      // The same call has the same moves, alone too.
      const [alone] = await moves.run(gpu, [layouts[3]], { first: 0, count: 300, ...schedule, heat: cold.heat });
      expect(alone).toEqual(moved[3]);
    },
  );
