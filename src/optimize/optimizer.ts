/** The interface of every search method. */
import type { Candidate, Evaluation, Problem, Solution } from './problem.ts';

export type Method = 'nsga2' | 'bayesian' | 'grid_search';

/** Plain JSON: a search that is restored from it continues with the same bits. */
export interface OptimizerState {
  readonly method: Method;
  readonly version: 1;
  readonly [key: string]: unknown;
}

/**
 * A search by ask and tell. `ask` returns designs, the caller evaluates them, and `tell` receives the results, in portions of any
 * size. Designs that `ask` had returned without a result when `state` was read are returned again after a restore.
 */
export interface Optimizer {
  readonly problem: Problem;
  readonly method: Method;
  /** Number of evaluations so far. */
  readonly evaluations: number;
  /** Generations, batches or steps that are complete. */
  readonly iteration: number;
  /** Share of the work that is done, 0 to 1. */
  readonly progress: number;
  /** Whether the search is complete, so that it returns no further candidates. */
  readonly done: boolean;
  /**
   * @param n maximum number of designs; default: as many as the method has ready. The list is empty while the search waits for
   * `tell`, and when it is done.
   */
  ask(n?: number): Candidate[];
  tell(evaluations: readonly Evaluation[]): void;
  state(): OptimizerState;
  /** The feasible design with the best first objective; while no design is feasible, the one with the smallest violation. */
  best(): Solution | null;
  /** Feasible designs that no other known one dominates, by rising first objective as minimised. */
  pareto(): Solution[];
}
