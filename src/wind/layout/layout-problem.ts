/** The problem of a layout search, and the checks that are possible before it starts. */
import { guard, windError } from '../check.ts';
import type { EnergyInput } from '../energy/energy.ts';
import { checkEnergyInput } from '../energy/energy.ts';
import type { LayoutGoalTerms } from './layout-objective.ts';
import { layoutObjective } from './layout-objective.ts';
import type { LayoutSite } from './layout-site.ts';
import { CompiledSite, requireFeasible } from './layout-site.ts';

/**
 * - annealing: moves of single turbines, which cost only the pairs of that turbine; better ones are accepted, and worse
 *   ones with a probability that falls as the search cools down. Several starts, and gradients at the end. Where pairs do
 *   not give the energy (several types, a resource grid, a goal other than energy) it works as gradient.
 * - gradient: basin hopping. Each step moves turbines to random positions, and exact gradients lead the layout to the
 *   nearest optimum. Better layouts are accepted, and some worse ones at first, fewer as the search cools down. A long
 *   search starts again from another random layout after every n^3 steps, and keeps the best of all.
 * - random_search: each step moves one turbine to a random position; better layouts are kept. Feng and Shen 2015,
 *   doi:10.1016/j.renene.2015.01.005
 * - greedy: turbines are added one by one where they add most energy, then moved as long as that helps.
 */
export type LayoutMethod = 'annealing' | 'gradient' | 'random_search' | 'greedy';

export interface LayoutProblem extends LayoutGoalTerms {
  /** If `startFromFarm` is set, the farm's coordinates are the initial layout; otherwise only their number is used */
  readonly energy: EnergyInput;
  readonly site: LayoutSite;
  /** Number of existing turbines at the end of the farm's list, which do not move */
  readonly fixed: number;
  readonly method: LayoutMethod;
  /** Seed of every random choice */
  readonly seed: number;
  /** Steps after which the search is done */
  readonly maxSteps: number;
  /** Annealing: number of starts; left out: as many as the steps have time for */
  readonly starts?: number;
  /** Gradients of the first inner problem of each final improvement, at most; 0: no final improvement; default 60 */
  readonly polish?: number;
  /** Greedy placement: places that are tried for each turbine; default 400 */
  readonly places?: number;
  /** Types from which each movable turbine gets one; if absent, those of the farm. Without costs by type, only energy decides */
  readonly kinds?: readonly number[];
  /** Whether to begin with the farm's layout, which must be feasible, or with a random one */
  readonly startFromFarm: boolean;
  /** Temperature at the start, as a share of the energy of one turbine; default 0.04 */
  readonly temperature?: number;
}

/** Places that greedy placement tries for each turbine */
export const GREEDY_PLACES = 400;

/** Distance that an initial layout may lack to be feasible: places are rounded, and corners are surveyed [m]. */
const START_TOLERANCE_M = 1;

/**
 * @param known the site of the problem, if it is compiled already
 * @throws AppError that names what is impossible: more turbines than fit, edges that cross, turbines outside, ...
 */
export function checkedSite(problem: LayoutProblem, known?: CompiledSite): CompiledSite {
  const { energy, site, fixed, maxSteps, temperature } = problem;
  checkEnergyInput(energy);
  const n = energy.farm.xM.length;
  guard.requireCount('fixed', fixed, 0);
  if (fixed >= n) guard.refuse('fixed', `is ${fixed}; expected fewer than the ${n} turbines`);
  guard.requireCount('maxSteps', maxSteps, 1);
  if (temperature !== undefined) guard.requireNotNegative('temperature', temperature);
  if (energy.speedups)
    throw windError('speed-ups by turbine cannot follow turbines that move; give a resource_grid', '/speedups');
  const compiled = known ?? new CompiledSite(site);
  const [x, y] = [Array.from(energy.farm.xM), Array.from(energy.farm.yM)];
  const free = n - fixed;
  // Turbines that stand may do so outside of the area too.
  const inside = x.filter((_, i) => i >= free && compiled.isInside(x[i], y[i])).length;
  compiled.requireCapacity(free + inside);
  if (problem.startFromFarm) requireFeasible(compiled, x, y, START_TOLERANCE_M, free);
  for (const kind of problem.kinds ?? [])
    if (energy.farm.turbines[kind] === undefined)
      guard.refuse('kinds', `is ${kind}; expected 0 to ${energy.farm.turbines.length - 1}`);
  return compiled;
}

/**
 * Runs all checks of a search without running the search.
 * @throws AppError as `checkedSite`, or for a farm that cannot be computed
 */
export function checkLayoutProblem(problem: LayoutProblem, site: CompiledSite): void {
  checkedSite(problem, site);
  if (!problem.kinds) layoutObjective(problem.energy, problem);
}

/** Returns a distance that no two turbines exceed [m]. */
export function farthestM({ energy: { farm }, fixed }: LayoutProblem, { box }: Pick<CompiledSite, 'box'>): number {
  const [minX, minY, maxX, maxY] = box;
  const standing = Array.from({ length: fixed }, (_, k) => farm.xM.length - fixed + k);
  const xs = [minX, maxX, ...standing.map((i) => farm.xM[i])];
  const ys = [minY, maxY, ...standing.map((i) => farm.yM[i])];
  return Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}
