/** How much a layout search by annealing does; the API estimates with it, without loading the search. */
import type { LayoutProblem } from './layout-problem.ts';
import { hasPairs } from './single-moves.ts';

/** Moves of single turbines in a step of annealing: at least these, and these of each turbine */
const MOVES_A_STEP = 1000;
const MOVES_OF_EACH = 5;
/** Moves of each turbine in one start: many short starts find more than a few long ones. By experiments on case study 3 */
const MOVES_A_START = 10_000;
/** Times in a start at which the layout is evaluated with the farm's own model, so that a stopped search has a result */
export const LOOKS_A_START = 10;

/** Tells whether a search anneals by moves of single turbines; else `annealing` works as `gradient` does. */
export const isAnnealed = ({ method, energy, goal = 'energy', cables, kinds }: LayoutProblem): boolean =>
  method === 'annealing' && goal === 'energy' && !cables && !kinds && hasPairs(energy);

/** Returns the single moves of one step of annealing. */
export const movesOfStep = (turbines: number): number => Math.max(MOVES_A_STEP, MOVES_OF_EACH * turbines);

/** Returns the steps of one start of annealing. */
export const stepsOfStart = ({ energy: { farm } }: LayoutProblem): number =>
  (MOVES_A_START * farm.xM.length) / movesOfStep(farm.xM.length);

/** Returns the number of starts that a search of annealing makes in its steps. */
export function startsOf(problem: LayoutProblem): number {
  if (problem.startFromFarm) return 1;
  return problem.starts ?? Math.max(1, Math.round(problem.maxSteps / stepsOfStart(problem)));
}
