import { describe, expect, test } from '@jest/globals';
import { optimizeLayout } from '../../../test/support/wind-runs.ts';
import { EnergyModel } from '../energy/energy.ts';
import { iea37Input } from '../formats/iea37.ts';
import { layoutObjective } from './layout-objective.ts';
import type { LayoutProblem } from './layout-problem.ts';
import type { LayoutSearchState } from './layout-search.ts';
import { LayoutSearch, SearchStopped } from './layout-search.ts';
import type { PolygonZone } from '../../geometry/zones.ts';
import { CompiledSite, requireFeasible } from './layout-site.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { wakeModel } from '../wakes/wake-models.ts';

const places = (n: number) => Array.from({ length: n }, () => 0);
const CASE_16: LayoutProblem = {
  energy: iea37Input(places(16), places(16)),
  site: { zones: [{ xM: 0, yM: 0, radiusM: 1300 }], minSpacingM: 260 },
  ...{ fixed: 0, method: 'gradient', startFromFarm: false, seed: 4, maxSteps: 120 },
};

/** An L with a hole, and a zone kept free. */
const L_SHAPE: PolygonZone = {
  outer: [
    [0, 0],
    [3000, 0],
    [3000, 1500],
    [1500, 1500],
    [1500, 3000],
    [0, 3000],
  ],
  holes: [
    [
      [500, 500],
      [900, 500],
      [900, 900],
      [500, 900],
    ],
  ],
};
const SITE = { zones: [L_SHAPE], exclusions: [{ xM: 2200, yM: 700, radiusM: 250 }], minSpacingM: 400 };

describe('search by gradients', () => {
  test('beats the baseline of the IEA37 case by a tenth within 120 steps, feasibly', () => {
    const { best, isComplete } = optimizeLayout(CASE_16);
    expect(isComplete).toBe(true);
    expect(best.score / 366941571.2).toBeGreaterThan(1.1);
    requireFeasible(new CompiledSite(CASE_16.site), best.xM, best.yM);
  });

  test('continues from a stored state with the same bits', () => {
    const whole = optimizeLayout(CASE_16);
    let stored = '';
    let steps = 0;
    optimizeLayout(CASE_16, {
      onProgress: () => {
        steps++;
      },
      shouldStop: () => steps >= 47,
      onCheckpoint: (state) => {
        stored = JSON.stringify(state);
      },
    });
    const state = JSON.parse(stored) as LayoutSearchState;
    expect(state.step).toBe(47);
    expect(optimizeLayout(CASE_16, {}, state).best).toEqual(whole.best);
  });

  test.each(['annealing', 'gradient', 'random_search', 'greedy'] as const)(
    '%s keeps out of holes and zones, and fixed turbines stay',
    (method) => {
      const n = 12;
      const energy = {
        ...iea37Input([...places(n - 1), 2800], [...places(n - 1), 200]),
        model: wakeModel('bastankhah_k00325'),
      };
      const search = new LayoutSearch({ ...CASE_16, energy, site: SITE, fixed: 1, method, seed: 2, maxSteps: 40 });
      while (!search.best()) search.step();
      const first = search.best()!.score;
      while (!search.done) search.step();
      const best = search.best()!;
      expect(best.score).toBeGreaterThan(first);
      expect([best.xM[n - 1], best.yM[n - 1]]).toEqual([2800, 200]);
      requireFeasible(new CompiledSite(SITE), best.xM, best.yM);
    },
  );

  test("the gauss-curl hybrid's layouts climb by its gradient", () => {
    const xM = [-800, 0, 800, -400, 400];
    const yM = [0, 0, 0, 30, -30];
    const energy = {
      ...iea37Input(xM, yM),
      farm: { xM, yM, turbines: [publicTurbine('nrel_5MW')] },
      model: wakeModel('floris_gch'),
    };
    const before = new EnergyModel(energy).net();
    const search = new LayoutSearch({ ...CASE_16, energy, startFromFarm: true });
    search.step();
    expect(search.best()!.score).toBeGreaterThan(1.01 * before);
  });
});

test('cables draw the turbines together, at some energy', () => {
  const free = optimizeLayout({ ...CASE_16, maxSteps: 60 });
  const drawn = optimizeLayout({ ...CASE_16, maxSteps: 60, cables: { costShare: 1e-4, substations: [[0, 0]] } });
  expect(drawn.cableM).toBeLessThan(0.9 * free.cableM);
  expect(drawn.netKwh).toBeLessThan(free.netKwh);
  expect(drawn.best.score).toBeCloseTo(drawn.netKwh / (1 + 1e-4 * drawn.cableM), 3);
});

describe('refuses before work starts', () => {
  test('more turbines than fit, turbines outside, and farms to start from that are not feasible', () => {
    const many = iea37Input(places(300), places(300));
    expect(() => new LayoutSearch({ ...CASE_16, energy: many })).toThrow(
      /300 turbines at 260 m do not fit: the site of 5.309 km2 holds at most \d+/,
    );
    const dense = iea37Input(places(44), places(44));
    const tight = { ...CASE_16, site: { ...CASE_16.site, minSpacingM: 420 }, energy: dense };
    expect(() => optimizeLayout(tight)).toThrow('no layout of 44 turbines with 420 m between them was found');
    const outside = iea37Input([...places(15), 5000], places(16));
    // A turbine that stands may do so outside of the area.
    expect(() => new LayoutSearch({ ...CASE_16, energy: outside, fixed: 1 })).not.toThrow();
    expect(() => new LayoutSearch({ ...CASE_16, startFromFarm: true })).toThrow(
      'turbine 0 and turbine 1 are 0.000 m apart',
    );
  });
});

test('a step that is stopped inside leaves the best as it was, and is done again from the state before it', () => {
  const problem = { ...CASE_16, maxSteps: 6 };
  const whole = new LayoutSearch(problem);
  while (!whole.done) whole.step();
  let left = Number.POSITIVE_INFINITY;
  const stopped = new LayoutSearch(problem, undefined, () => --left < 0);
  for (let k = 0; k < 4; k++) stopped.step();
  const before = stopped.state();
  left = 10;
  expect(() => stopped.step()).toThrow(SearchStopped);
  expect(stopped.best()).toEqual(before.best);
  const again = new LayoutSearch(problem, before);
  while (!again.done) again.step();
  expect(again.state()).toEqual(whole.state());
});

/** A search that is stored and restored after each step ends as an undisturbed one, with a layout inside the site. */
function expectSameBitsInParts(problem: LayoutProblem): void {
  const whole = new LayoutSearch(problem);
  while (!whole.done) whole.step();
  let parted = new LayoutSearch(problem);
  while (!parted.done) {
    parted.step();
    parted = new LayoutSearch(problem, JSON.parse(JSON.stringify(parted.state())));
  }
  expect(parted.state()).toEqual(whole.state());
  requireFeasible(new CompiledSite(problem.site), whole.best()!.xM, whole.best()!.yM);
}

describe('annealing', () => {
  const problem: LayoutProblem = { ...CASE_16, method: 'annealing', maxSteps: 24, starts: 3 };

  test('continues from a stored state of any step with the same bits', () => {
    expectSameBitsInParts(problem);
  });

  test('a start depends on the seed and its number, not on those before it', () => {
    const starts = (first: number) => {
      const search = new LayoutSearch(problem);
      while (search.state().start < first || search.steps === 0) search.step();
      const { step, start, random } = search.state();
      return { step, start, random };
    };
    const late = starts(2);
    const begun = new LayoutSearch(problem);
    // The time of the first two starts passes at once.
    begun.step(2 / 3);
    expect(begun.state().start).toBe(2);
    expect(begun.state().random).toEqual(late.random);
  });

  test('by time, too, the end of each start counts', () => {
    const search = new LayoutSearch({ ...problem, starts: 2, maxSteps: 1e6 });
    for (let step = 0; step < 20; step++) search.step(step / 40);
    const before = search.best()!.score;
    const { xM, yM } = search.state().current!;
    search.step(0.5);
    const ended = layoutObjective(iea37Input(xM, yM)).value(xM, yM);
    expect(search.state().start).toBe(1);
    expect(search.best()!.score).toBeGreaterThanOrEqual(Math.max(before, ended));
  });

  test('a search that its time ends is as cold as one that its steps end', () => {
    const energy = (search: LayoutSearch) => search.best()!.score;
    const whole = new LayoutSearch({ ...problem, starts: 1, maxSteps: 30 });
    while (!whole.done) whole.step();
    const ended = new LayoutSearch({ ...problem, starts: 1, maxSteps: 1e6 });
    for (let step = 0; !ended.done; step++) ended.step(step / 30);
    expect(ended.isTimeLimited).toBe(true);
    expect(ended.progress).toBe(1);
    expect(Math.abs(energy(ended) / energy(whole) - 1)).toBeLessThan(0.01);
  });
});

test('greedy placement continues from between two turbines with the same bits', () => {
  const energy = { ...CASE_16.energy, farm: { ...CASE_16.energy.farm, xM: places(7), yM: places(7) } };
  const problem: LayoutProblem = { ...CASE_16, energy, method: 'greedy', maxSteps: 20 };
  expectSameBitsInParts(problem);
});

describe('choice of turbines within a search', () => {
  const v80 = publicTurbine('v80');
  const base = CASE_16.energy;
  /** The second kind stands higher and sees a tenth more wind. */
  const problem = (secondCosts: number, method: LayoutProblem['method']): LayoutProblem => ({
    ...CASE_16,
    energy: {
      ...base,
      model: wakeModel('bastankhah_k00325'),
      farm: { xM: places(6), yM: places(6), turbines: [v80, { ...v80, name: 'v80 on a high tower' }] },
      hubFactors: [[1, 1.1]],
    },
    site: { zones: [{ xM: 0, yM: 0, radiusM: 2500 }], minSpacingM: 300 },
    kinds: [0, 1],
    cables: { costShare: 0, kindCosts: [1 / 6, secondCosts / 6] },
    method,
    seed: 3,
    maxSteps: 240,
  });

  test.each(['gradient', 'random_search'] as const)('%s takes the high tower where it is worth its price', (method) => {
    expect(optimizeLayout(problem(1.02, method)).best.kind).toEqual([1, 1, 1, 1, 1, 1]);
    expect(optimizeLayout(problem(1.9, method)).best.kind).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('continues from a stored state with the same bits', () => {
    const whole = new LayoutSearch(problem(1.02, 'gradient'));
    while (!whole.done) whole.step();
    let parted = new LayoutSearch(problem(1.02, 'gradient'));
    while (!parted.done) {
      for (let k = 0; k < 7 && !parted.done; k++) parted.step();
      parted = new LayoutSearch(problem(1.02, 'gradient'), JSON.parse(JSON.stringify(parted.state())));
    }
    expect(parted.state()).toEqual(whole.state());
  });
});
