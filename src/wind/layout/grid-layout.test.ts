import { expect, test } from '@jest/globals';
import { Nsga2 } from '../../optimize/nsga2/nsga2.ts';
import { gridLayout, gridProblem } from './grid-layout.ts';
import { iea37Input } from '../formats/iea37.ts';
import { CompiledSite, requireFeasible } from './layout-site.ts';

const SITE = { zones: [{ xM: 100, yM: -50, radiusM: 1300 }], minSpacingM: 260 };

test('a grid keeps its spacings inside the site, and the nearest to the middle where there are more', () => {
  const site = new CompiledSite(SITE);
  const shape = { angleDeg: 30, withinM: 400, betweenM: 600, shiftWithin: 0.3, shiftBetween: 0.1 };
  const { xM, yM } = gridLayout(site, shape, 1000);
  // One turbine each 400 by 600 m.
  expect(Math.abs(xM.length - (Math.PI * 1300 ** 2) / (400 * 600))).toBeLessThan(4);
  requireFeasible(new CompiledSite({ ...SITE, minSpacingM: 400 }), xM, yM);
  const few = gridLayout(site, shape, 5);
  expect(few.xM).toEqual(xM.slice(0, 5));
  expect(() => gridLayout(site, { ...shape, withinM: 1, betweenM: 1 }, 5)).toThrow('points; expected at most 1000000');
});

test('NSGA-II finds a front of energy and cable length over grids', () => {
  const { problem, evaluate, layoutOf } = gridProblem({
    energy: iea37Input([0], [0]),
    site: SITE,
    minTurbines: 12,
    maxTurbines: 16,
    maxSpacingM: 900,
    objectives: ['net_kwh', 'cable_m'],
  });
  const search = new Nsga2(problem, { seed: 3, populationSize: 40, generations: 15 });
  while (!search.done) search.tell(search.ask().map(evaluate));
  const front = search.pareto();
  expect(front.length).toBeGreaterThan(5);
  for (const { values, violation } of front) {
    expect(violation).toBe(0);
    const { xM, yM } = layoutOf(values);
    expect(xM.length).toBeGreaterThanOrEqual(12);
    requireFeasible(new CompiledSite(SITE), xM, yM);
  }
  const most = Math.max(...front.map((s) => s.objectives[0]));
  const least = Math.min(...front.map((s) => s.objectives[1]));
  expect(most).toBeGreaterThan(3.3e8);
  expect(least).toBeLessThan(front.find((s) => s.objectives[0] === most)!.objectives[1]);
});

test('refuses more turbines than fit', () => {
  const search = { energy: iea37Input([0], [0]), site: SITE, minTurbines: 500, maxTurbines: 600, maxSpacingM: 900 };
  expect(() => gridProblem({ ...search, objectives: ['net_kwh'] })).toThrow('500 turbines at 260 m do not fit');
});
