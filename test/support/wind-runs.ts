/** The engine's wind work from beginning to end in one call; the platform does it slice by slice. */
import { type AnalyzeFarmInput, type FarmAnalysis, FarmRun } from '../../src/wind/energy/analyze-farm.ts';
import type { EnergyModel } from '../../src/wind/energy/energy.ts';
import type { Farm } from '../../src/wind/turbine/farm.ts';
import { SpanningTree } from '../../src/wind/layout/cable.ts';
import { layoutObjective } from '../../src/wind/layout/layout-objective.ts';
import type { LayoutProblem } from '../../src/wind/layout/layout-problem.ts';
import { type Layout, LayoutSearch, type LayoutSearchState } from '../../src/wind/layout/layout-search.ts';
import { type SuperposedWakeModel, wakeModel } from '../../src/wind/wakes/wake-models.ts';

/** A model that is not one of FLORIS's. */
export function superposedModel(name: string): SuperposedWakeModel {
  const model = wakeModel(name);
  if (model.kind !== 'superposed') throw new Error(`${name} is a model of FLORIS`);
  return model;
}

/**
 * Returns the change of the net energy with a coordinate of a turbine, by differences of fourth order: the two pairs of steps keep
 * the truncation below the tolerance of tests.
 * @param h step [m]
 */
export function slopeOfNet(
  energy: EnergyModel,
  farm: Pick<Farm, 'xM' | 'yM'>,
  { axis, i, h }: { readonly axis: 'x' | 'y'; readonly i: number; readonly h: number },
): number {
  const moved = (step: number) => {
    const x = Array.from(farm.xM);
    const y = Array.from(farm.yM);
    (axis === 'x' ? x : y)[i] += step;
    energy.move(x, y);
    return energy.net();
  };
  return (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
}

interface AnalyzeFarmHooks {
  /** Share of the work that is done, 0 to 1 */
  readonly onProgress?: (share: number) => void;
  /** Asked between parts of the work, of some milliseconds each */
  readonly shouldStop?: () => boolean;
}

/** @returns null where `shouldStop` said so */
export function analyzeFarm(input: AnalyzeFarmInput, hooks: AnalyzeFarmHooks = {}): FarmAnalysis | null {
  const run = new FarmRun(input);
  while (!run.done) {
    if (hooks.shouldStop?.()) return null;
    run.step();
    hooks.onProgress?.(run.progress);
  }
  return run.result();
}

interface OptimizeLayoutHooks {
  /** Share done, 0 to 1, and the best layout so far; after each step */
  readonly onProgress?: (share: number, best: Layout) => void;
  /** Asked between steps */
  readonly shouldStop?: () => boolean;
  /** Given the state after every `checkpointSteps` steps, and where the search stops early */
  readonly onCheckpoint?: (state: LayoutSearchState) => void;
  readonly checkpointSteps?: number;
}

interface OptimizedLayout {
  readonly best: Layout;
  /** Net energy [kWh a year] */
  readonly netKwh: number;
  /** Length of the shortest tree of cables [m] */
  readonly cableM: number;
  readonly steps: number;
  /** False where `shouldStop` ended the search */
  readonly isComplete: boolean;
  readonly history: LayoutSearchState['history'];
}

/**
 * Runs a search to its end, or until it is asked to stop; it finds at least one layout.
 * @param state the state that an earlier run stored
 */
export function optimizeLayout(
  problem: LayoutProblem,
  hooks: OptimizeLayoutHooks = {},
  state?: LayoutSearchState,
): OptimizedLayout {
  const search = new LayoutSearch(problem, state);
  let isComplete = true;
  while (!search.done) {
    if (search.best() && hooks.shouldStop?.()) {
      isComplete = false;
      hooks.onCheckpoint?.(search.state());
      break;
    }
    search.step();
    const best = search.best();
    if (best) hooks.onProgress?.(search.progress, best);
    if (hooks.onCheckpoint && search.steps % (hooks.checkpointSteps ?? 100) === 0) hooks.onCheckpoint(search.state());
  }
  if (isComplete) search.polish();
  const best = search.best()!;
  const { energy } = problem;
  const farm = best.kind ? { ...energy.farm, kind: best.kind } : energy.farm;
  const isEnergy = !problem.cables && !problem.goal;
  const netKwh = isEnergy ? best.score : layoutObjective({ ...energy, farm }).value(best.xM, best.yM);
  const cableM = new SpanningTree(best.xM.length, problem.cables?.substations).length(best.xM, best.yM);
  return { best, netKwh, cableM, steps: search.steps, isComplete, history: search.state().history };
}
