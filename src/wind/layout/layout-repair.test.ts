import { describe, expect, test } from '@jest/globals';
import { withSetback } from '../../geometry/zones.ts';
import type { Point } from '../../geometry/projection.ts';
import { Random } from '../../statistics/random.ts';
import { iea37Input } from '../formats/iea37.ts';
import { LayoutLocalSolver } from './layout-local.ts';
import { layoutObjective } from './layout-objective.ts';
import type { LayoutProblem } from './layout-problem.ts';
import { LayoutSearch } from './layout-search.ts';
import { CompiledSite, type LayoutSite, requireFeasible } from './layout-site.ts';

const places = (n: number) => Array.from({ length: n }, () => 0);
const problemOf = (site: LayoutSite, n: number, more: Partial<LayoutProblem> = {}): LayoutProblem => ({
  energy: iea37Input(places(n), places(n)),
  site,
  fixed: 0,
  method: 'annealing',
  startFromFarm: false,
  seed: 1,
  maxSteps: 3,
  ...more,
});

/** A star with corners of all angles, some of them sharp, and discs across its edge. */
function randomSite(random: Random): LayoutSite {
  const corners = 3 + random.below(9);
  const outer = Array.from({ length: corners }, (_, k): Point => {
    const angle = (2 * Math.PI * (k + 0.3 * random.uniform())) / corners;
    const radius = 3000 * (random.uniform() < 0.3 ? 0.15 : 0.6 + 0.4 * random.uniform());
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  // A spike between two corners.
  const [x, y] = outer[0];
  outer.splice(1, 0, [2.2 * x + 15, 2.2 * y], [x + 25, y + 10]);
  const exclusions = Array.from({ length: random.below(3) }, () => {
    const [cornerX, cornerY] = outer[random.below(outer.length)];
    return { xM: 0.9 * cornerX, yM: 0.9 * cornerY, radiusM: 100 + 300 * random.uniform() };
  });
  return { zones: [{ outer }], exclusions, minSpacingM: 260 };
}

describe('repair', () => {
  test('random areas with sharp corners and discs: turbines thrown anywhere end inside, apart from each other', () => {
    const random = Random.fromSeed(20);
    let sites = 0;
    for (let trial = 0; trial < 60; trial++) {
      const layoutSite = randomSite(random);
      let site: CompiledSite;
      try {
        site = new CompiledSite(layoutSite);
      } catch (error) {
        expect((error as Error).message).toMatch(/crosses itself/);
        continue;
      }
      sites++;
      const n = Math.max(1, Math.min(10, Math.floor(site.capacity / 8)));
      const [minX, minY, maxX, maxY] = site.box;
      const x = Float64Array.from({ length: n }, () => minX + (maxX - minX) * random.uniform());
      const y = Float64Array.from({ length: n }, () => minY + (maxY - minY) * random.uniform());
      const objective = layoutObjective(iea37Input(places(n), places(n)));
      expect(new LayoutLocalSolver(objective, site, n, 1).repair(x, y)).toBe(true);
      requireFeasible(site, x, y);
    }
    expect(sites).toBeGreaterThan(30);
  });

  test('a descent that ends in a corner of half a degree keeps what it gained', () => {
    const outer: Point[] = [
      [0, 0],
      [4000, 0],
      [4000, 1500],
      [100, 900],
      [-5000, 44],
    ];
    const site = new CompiledSite({ zones: [{ outer }], minSpacingM: 260 });
    const n = 12;
    const objective = layoutObjective(iea37Input(places(n), places(n)));
    const x = Float64Array.from({ length: n }, (_, i) => -4000 + 640 * i);
    const y = Float64Array.from({ length: n }, (_, i) => (i < 6 ? 60 : 300));
    const solver = new LayoutLocalSolver(objective, site, n, (4 * objective.value(x, y)) / site.areaM2);
    expect(solver.repair(x, y)).toBe(true);
    const before = objective.value(x, y);
    expect(solver.solve(x, y)).toBeGreaterThan(before);
    requireFeasible(site, x, y);
  });
});

describe('areas that are taken', () => {
  const square: Point[] = [
    [0, 0],
    [3000, 0],
    [3000, 3000],
    [0, 3000],
  ];
  const hole = (x: number, y: number): Point[] => [
    [x, y],
    [x + 500, y],
    [x + 500, y + 500],
    [x, y + 500],
  ];

  test('holes that touch each other or the edge, and repeated corners', () => {
    const outer: Point[] = [[0, 0], [0, 0.0001], ...square.slice(1), square[3]];
    const site = new CompiledSite({
      zones: [{ outer, holes: [hole(0, 1000), hole(500, 1000), hole(1000, 1500)] }],
      minSpacingM: 260,
    });
    expect(site.areaM2).toBeCloseTo(9e6 - 3 * 250_000, -1);
    expect(site.isInside(700, 1200)).toBe(false);
    expect(site.isInside(1200, 1200)).toBe(true);
  });

  test('holes that overlap or leave the area are refused', () => {
    const withHoles =
      (...holes: Point[][]) =>
      () =>
        new CompiledSite({ zones: [{ outer: square, holes }], minSpacingM: 260 });
    expect(withHoles(hole(1000, 1000), hole(1200, 1200))).toThrow('crosses itself');
    expect(withHoles(hole(1000, 1000), hole(1000, 1000))).toThrow('its holes overlap each other or its outer edge');
    expect(withHoles(hole(4000, 0))).toThrow('its holes overlap each other or its outer edge');
  });

  test('a reduced area whose pieces are slivers', () => {
    const outer: Point[] = [...square, [-4000, 2990], [0, 2980]];
    const zones = withSetback([{ outer }], -4);
    const site = new CompiledSite({ zones, minSpacingM: 260 });
    const search = new LayoutSearch(problemOf({ zones, minSpacingM: 260 }, 20));
    while (!search.done) search.step();
    requireFeasible(site, search.best()!.xM, search.best()!.yM);
  });
});

describe('initial layouts', () => {
  const spacing = 260;
  const side = 4 * spacing;
  const outer: Point[] = [
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
  ];
  const site = { zones: [{ outer }], minSpacingM: spacing };
  const gridX = Array.from({ length: 25 }, (_, i) => spacing * (i % 5));
  const gridY = Array.from({ length: 25 }, (_, i) => spacing * Math.floor(i / 5));
  const from = (x: number[], y: number[]) =>
    problemOf(site, 25, { energy: iea37Input(x, y), startFromFarm: true, maxSteps: 2 });
  const energyOf = (x: readonly number[], y: readonly number[]) => layoutObjective(iea37Input(x, y)).value(x, y);

  test('a grid that fits exactly is taken, and the search returns no less', () => {
    const search = new LayoutSearch(from(gridX, gridY));
    while (!search.done) search.step();
    const { xM, yM, score } = search.best()!;
    expect(score).toBeGreaterThanOrEqual(energyOf(gridX, gridY));
    requireFeasible(new CompiledSite(site), xM, yM);
  });

  test('coordinates rounded to less than a metre are taken where no feasible layout is beside them', () => {
    const random = Random.fromSeed(4);
    const rounded = (values: number[]) => values.map((one) => one + 0.8 * (random.uniform() - 0.5));
    const [x, y] = [rounded(gridX), rounded(gridY)];
    const search = new LayoutSearch(from(x, y));
    while (!search.done) search.step();
    const { xM, yM, score } = search.best()!;
    expect(score).toBeGreaterThanOrEqual(energyOf(x, y));
    requireFeasible(new CompiledSite(site), xM, yM, 1);
  });
});
