/** The interface of every search method, and the loop that drives one. */
import { AppError } from '../contracts/common/app-error.ts';
import type { Candidate, Evaluation, Problem, Solution } from './problem.ts';

export type Method = 'nsga2' | 'bayesian' | 'grid_search' | 'cma_es' | 'nelder_mead';

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
  /** No further candidates will come. */
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

export interface RunOptions {
  /** Evaluates a batch; may be asynchronous. The answers' order is free, ids decide. */
  readonly evaluate: (candidates: readonly Candidate[]) => readonly Evaluation[] | Promise<readonly Evaluation[]>;
  /** Candidates at a time; smaller batches notice cancellation sooner. Default: all that the method has ready. */
  readonly batchSize?: number;
  /** Asked before each batch. */
  readonly isCancelled?: () => boolean;
  /** The caller's clock [ms], needed with `deadlineMs` or `checkpointEveryMs`. */
  readonly nowMs?: () => number;
  /** Instant on that clock after which no batch starts; a batch that would end later by the longest batch so far does not start either. */
  readonly deadlineMs?: number;
  /** Called after each batch. */
  readonly onProgress?: (optimizer: Optimizer) => void | Promise<void>;
  /** Called with the state when `checkpointEveryMs` have passed since the last call, and where the run ends early. */
  readonly onCheckpoint?: (state: OptimizerState) => void | Promise<void>;
  /** Default 0: after each batch. */
  readonly checkpointEveryMs?: number;
}

export type RunOutcome = 'done' | 'cancelled' | 'time_limited';

/** Drives a search until it is done, cancelled or out of time; the best so far stays in the optimizer. */
export async function runOptimizer(optimizer: Optimizer, options: RunOptions): Promise<RunOutcome> {
  const { nowMs, deadlineMs, checkpointEveryMs = 0 } = options;
  if (nowMs === undefined && (deadlineMs !== undefined || checkpointEveryMs > 0))
    throw new AppError('optimize.invalid_input', 'deadlineMs and checkpointEveryMs need a clock; expected nowMs');
  const now = nowMs ?? (() => 0);
  let longestMs = 0;
  let lastCheckpointMs = now();
  const stop = async (outcome: RunOutcome): Promise<RunOutcome> => {
    await options.onCheckpoint?.(optimizer.state());
    return outcome;
  };
  while (!optimizer.done) {
    if (options.isCancelled?.()) return stop('cancelled');
    const startedMs = now();
    if (deadlineMs !== undefined && startedMs + longestMs > deadlineMs) return stop('time_limited');
    const candidates = optimizer.ask(options.batchSize);
    if (candidates.length === 0 && !optimizer.done)
      throw new AppError(
        'optimize.invalid_input',
        'candidates that were requested before this run have no results yet',
      );
    if (candidates.length > 0) optimizer.tell(await options.evaluate(candidates));
    const endedMs = now();
    longestMs = Math.max(longestMs, endedMs - startedMs);
    await options.onProgress?.(optimizer);
    if (endedMs - lastCheckpointMs >= checkpointEveryMs && !optimizer.done) {
      await options.onCheckpoint?.(optimizer.state());
      lastCheckpointMs = endedMs;
    }
  }
  return 'done';
}
