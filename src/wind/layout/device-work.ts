/** Whether a device is faster for a wind job; the API decides with it, without loading searches. */
import type { WindMapWork } from '../energy/device-flow-map.ts';
import { isAnnealed } from './annealing-effort.ts';
import type { LayoutProblem } from './layout-problem.ts';
import { CompiledSite } from './layout-site.ts';

/** Starts that a device anneals side by side when it is measured */
export const MANY_STARTS = 64;
/** Rounds of a start on a device, in each of which the temperature stays */
export const ROUNDS = 200;
/** Most edges of an area: every lane goes along all of them at each move. */
const MAX_EDGES = 400;

/** Times on the device divided by those of one thread of the processor. */
export interface WindDeviceMeasure {
  /** Energies of layouts, many at a time [1] */
  readonly energyRatio: number;
  /** Moves of single turbines, in `MANY_STARTS` layouts at a time [1] */
  readonly movesRatio: number;
  /** Wakes at points of a flow map, on the processor and on the device [ns] */
  readonly mapNs: { readonly processor: number; readonly device: number };
  /** What each call of the device takes in addition [ms] */
  readonly callMs: number;
  /** Largest difference of the device's energy from that of the processor [1] */
  readonly error: number;
}

/** Returns why a device cannot search; null where it can. */
export function searchObstacle(problem: LayoutProblem): string | null {
  if (problem.startFromFarm) return 'a search from a start_layout has one start';
  if (!isAnnealed(problem))
    return 'a GPU anneals farms of one turbine type for energy, and evaluates the grids of nsga2 and bayesian';
  return new CompiledSite(problem.site).packed(0, 0).length / 4 < MAX_EDGES ? null : 'the areas have too many corners';
}

/** What a search costs, where it runs. */
export interface WindSearchWork {
  /** Why no device can search; null: one can */
  readonly obstacle: string | null;
  /** Time of the processor, of all searches together, without their ends [s], and searches that it runs side by side */
  readonly processorS: number;
  readonly sideBySide: number;
  /** Annealing: starts of a search. null: grids are evaluated */
  readonly starts: number | null;
  /** Calls of a device: designs that a method has ready at once are one call */
  readonly calls: number;
}

/** Returns whether a device is faster for the maps of an analysis, which has nothing else to do there. */
export const drawsFaster = ({ mapNs, callMs }: WindDeviceMeasure, { wakes, maps }: WindMapWork): boolean =>
  1e-6 * wakes * mapNs.device + maps * callMs < 1e-6 * wakes * mapNs.processor;

/** Returns whether a device is faster for this work. */
export function isDeviceFaster(
  { energyRatio, movesRatio, callMs }: WindDeviceMeasure,
  { processorS, sideBySide, starts, calls }: WindSearchWork,
): boolean {
  // Fewer starts take a device as long as many.
  const ratio = starts === null ? energyRatio : movesRatio * Math.max(1, MANY_STARTS / starts);
  return processorS * ratio + (calls * callMs) / 1000 < processorS / sideBySide;
}
