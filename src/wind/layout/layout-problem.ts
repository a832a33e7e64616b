/** What a search for a layout is asked, and what can be checked of it before it starts. */
import { requireRange, windError } from '../check.ts';
import type { EnergyInput } from '../energy/energy.ts';
import { checkEnergyInput } from '../energy/energy.ts';
import type { LayoutGoalTerms } from './layout-objective.ts';
import { layoutObjective } from './layout-objective.ts';
import type { LayoutSite } from './layout-site.ts';
import { CompiledSite, requireFeasible } from './layout-site.ts';

/**
 * gradient: basin hopping; turbines are set elsewhere at random and the layout climbs to its nearest optimum by exact
 * gradients, better ones are kept, worse ones too while the search is warm. A search long enough begins again from another
 * random layout, n^3 steps each, and keeps the best of all.
 * random_search: turbines are set elsewhere one at a time; better layouts are kept. Feng and Shen 2015, doi:10.1016/j.renene.2015.01.005
 * greedy: turbines are added one by one where they bring most, then moved while that helps.
 */
export type LayoutMethod = 'gradient' | 'random_search' | 'greedy';

export interface LayoutProblem extends LayoutGoalTerms {
  /** If `startFromFarm` is set, the farm's coordinates are the initial layout; otherwise only their number is used */
  readonly energy: EnergyInput;
  readonly site: LayoutSite;
  /** Turbines at the end of the farm's list that stand already and do not move; default 0 */
  readonly fixed?: number;
  readonly method?: LayoutMethod;
  /** Seed of every random choice */
  readonly seed: number;
  /** Steps after which the search is done; default 2,000 */
  readonly maxSteps?: number;
  /** Types from which each movable turbine gets one; if absent, those of the farm. Without costs by type, only energy decides */
  readonly kinds?: readonly number[];
  /** Begin with the farm as it stands, which must be feasible; default: at random */
  readonly startFromFarm?: boolean;
  /** Temperature at the start, as a share of the energy of one turbine; default 0.04 */
  readonly temperature?: number;
}

/** @throws AppError that names what cannot be: more turbines than fit, crossed polygons, turbines outside, ... */
export function checkedSite(problem: LayoutProblem): CompiledSite {
  const { energy, site, fixed = 0, maxSteps = 2000, temperature = 0.04 } = problem;
  checkEnergyInput(energy);
  const n = energy.farm.xM.length;
  requireRange('fixed', fixed, 0, n - 1);
  requireRange('max_steps', maxSteps, 1, 1e9);
  requireRange('temperature', temperature, 0, 10);
  if (energy.speedups)
    throw windError('speed-ups by turbine cannot follow turbines that move; give a resource_grid', '/speedups');
  const compiled = new CompiledSite(site);
  compiled.requireCapacity(n);
  const start = { x: Float64Array.from(energy.farm.xM), y: Float64Array.from(energy.farm.yM) };
  if (problem.startFromFarm) requireFeasible(compiled, start.x, start.y);
  else requireFeasible(compiled, start.x.slice(n - fixed), start.y.slice(n - fixed));
  for (const kind of problem.kinds ?? []) requireRange('kinds', kind, 0, energy.farm.turbines.length - 1);
  return compiled;
}

/** All checks of a search, without one. @throws AppError as `checkedSite`, or for a farm that cannot be computed */
export function checkLayoutProblem(problem: LayoutProblem): void {
  checkedSite(problem);
  if (!problem.kinds) layoutObjective(problem.energy, problem);
}
