import { describe, expect, test } from '@jest/globals';
import { iea37Case } from '../../../bench/layouts/iea37-cases.ts';
import { Random } from '../../statistics/random.ts';
import { EnergyModel } from '../energy/energy.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { WAKE_MODELS, wakeModel } from '../wakes/wake-models.ts';
import { layoutObjective } from './layout-objective.ts';
import { hasPairs, SingleMoves } from './single-moves.ts';

const FARTHEST_M = 30_000;

describe.each([3, 4] as const)("IEA Wind Task 37's case study %i", (number) => {
  const { input, baseline } = iea37Case(number);

  test('the energy of the baseline layout is the published one', () => {
    const { x, y, aep_mwh } = baseline;
    expect(layoutObjective(input(x, y)).value(x, y) / 1e3 / aep_mwh).toBeCloseTo(1, 9);
  });

  test('pairs reproduce it, and many moves end in the energy of the layout that they lead to', () => {
    const { x, y, aep_mwh } = baseline;
    const moves = new SingleMoves(input(x, y), FARTHEST_M);
    moves.place(x, y);
    expect(Math.abs(moves.energy / 1e3 / aep_mwh - 1)).toBeLessThan(2e-4);
    const random = Random.fromSeed(number);
    for (let k = 0; k < 200; k++) {
      const i = random.below(x.length);
      const before = moves.energy;
      const gain = moves.gain(i, moves.x[i] + 500 * random.normal(), moves.y[i] + 500 * random.normal());
      if (k % 3 === 0) continue;
      moves.accept();
      expect(moves.energy - before).toBeCloseTo(gain, 2);
    }
    const again = new SingleMoves(input(x, y), FARTHEST_M);
    again.place(moves.x, moves.y);
    expect(moves.energy / again.energy).toBeCloseTo(1, 12);
  });
});

describe('models whose wakes depend on each other', () => {
  const random = Random.fromSeed(5);
  const n = 24;
  const spread = () => Float64Array.from({ length: n }, () => 5000 * random.uniform());
  const layouts = Array.from({ length: 8 }, () => ({ x: spread(), y: spread() }));
  const speeds = [4, 6, 8, 10, 12, 14];
  const rose = {
    directionsDeg: Float64Array.from({ length: 12 }, (_, d) => 30 * d),
    speedsMPerS: Float64Array.from(speeds),
    probability: Float64Array.from({ length: 72 }, (_, k) => (1 + (k % 5)) / 220),
  };

  test.each(WAKE_MODELS.map(({ name }) => name))('%s: pairs rank layouts as the model does', (name) => {
    const [{ x, y }] = layouts;
    const energy = { farm: { xM: x, yM: y, turbines: [publicTurbine('v80')] }, model: wakeModel(name), rose, ti: 0.08 };
    expect(hasPairs(energy)).toBe(true);
    const moves = new SingleMoves(energy, 10_000);
    const model = new EnergyModel(energy);
    const free = n * new EnergyModel({ ...energy, farm: { ...energy.farm, xM: [0], yM: [0] } }).net();
    const lost = layouts.map((layout) => {
      moves.place(layout.x, layout.y);
      model.move(layout.x, layout.y);
      return { near: 1 - moves.energy / free, exact: 1 - model.net() / free };
    });
    // The losses by wakes agree to a quarter, and from layout to layout they rise and fall together.
    for (const { near, exact } of lost) expect(Math.abs(near / exact - 1)).toBeLessThan(0.25);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const nears = lost.map(({ near }) => near - mean(lost.map((one) => one.near)));
    const exacts = lost.map(({ exact }) => exact - mean(lost.map((one) => one.exact)));
    const dot = (a: number[], b: number[]) => a.reduce((sum, one, k) => sum + one * b[k], 0);
    expect(dot(nears, exacts) / Math.sqrt(dot(nears, nears) * dot(exacts, exacts))).toBeGreaterThan(0.9);
  });
});
