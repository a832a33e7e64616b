/** Options of Bayesian optimization, checked before a search starts. */
import { type Problem, requireProblem, requireValues, requireWhole } from '../problem.ts';

export interface BayesianOptions {
  readonly seed: number;
  /** Number of evaluations. Time grows with their cube, so at most 1,000. */
  readonly maxEvaluations: number;
  /** Designs before the first model, a Latin hypercube; default 10, or 2 more than variables where that is more. */
  readonly initialPoints?: number;
  /**
   * Number of designs chosen together, each under the assumption that the previous ones have the predicted results;
   * default 1.
   */
  readonly batchSize?: number;
  /** Designs to begin with, such as the current design. */
  readonly initial?: readonly (readonly number[])[];
}

/** Returns every option with the defaults filled in. @throws AppError that names the option, its value and the range allowed */
export function bayesianOptions(problem: Problem, options: BayesianOptions): Required<BayesianOptions> {
  requireProblem(problem);
  const variables = problem.variables.length;
  const complete = {
    seed: options.seed,
    maxEvaluations: options.maxEvaluations,
    initialPoints: options.initialPoints ?? Math.max(10, variables + 2),
    batchSize: options.batchSize ?? 1,
    initial: options.initial ?? [],
  };
  requireWhole('max_evaluations', complete.maxEvaluations, 1, 1000);
  requireWhole('initial_points', complete.initialPoints, 2, 1000);
  requireWhole('batch_size', complete.batchSize, 1, 100);
  for (const [k, values] of complete.initial.entries()) requireValues(problem, values, `initial design ${k}`);
  return complete;
}
