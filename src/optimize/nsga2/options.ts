/** Options of NSGA-II, checked before a search starts. */
import { type Problem, requireBetween, requireProblem, requireValues, requireWhole } from '../problem.ts';

export interface Nsga2Options {
  readonly seed: number;
  /** Members */
  readonly populationSize: number;
  /** Generations, the first (random) one included */
  readonly generations: number;
  /** Probability that two parents are crossed; default 0.9. */
  readonly crossoverProbability?: number;
  /** Distribution index of simulated binary crossover; default 15: larger keeps children nearer to the parents. */
  readonly crossoverEta?: number;
  /** Probability that a child is mutated at all; default 0.9. */
  readonly mutationProbability?: number;
  /** Probability of mutation for each variable of such a child; default min(0.25, 0.9 / variables). */
  readonly mutationProbabilityPerVariable?: number;
  /**
   * Share of mutations that draw the variable from its whole range again, in the first generation; it falls linearly to
   * 0 in the last one. Default 0.15: early in a search this finds far parts of a front; later it would only disturb.
   */
  readonly resetShare?: number;
  /** Distribution index of polynomial mutation; default 20. */
  readonly mutationEta?: number;
  /** Designs to put into the first generation, such as the current design. */
  readonly initial?: readonly (readonly number[])[];
}

/** Returns every option with the defaults filled in. @throws AppError that names the option, its value and the range allowed */
export function nsga2Options(problem: Problem, options: Nsga2Options): Required<Nsga2Options> {
  requireProblem(problem);
  const variables = problem.variables.length;
  const complete = {
    seed: options.seed,
    populationSize: options.populationSize,
    generations: options.generations,
    crossoverProbability: options.crossoverProbability ?? 0.9,
    crossoverEta: options.crossoverEta ?? 15,
    mutationProbability: options.mutationProbability ?? 0.9,
    mutationProbabilityPerVariable: options.mutationProbabilityPerVariable ?? Math.min(0.25, 0.9 / variables),
    resetShare: options.resetShare ?? 0.15,
    mutationEta: options.mutationEta ?? 20,
    initial: options.initial ?? [],
  };
  requireWhole('population_size', complete.populationSize, 4, 100_000);
  requireWhole('generations', complete.generations, 1, 1_000_000);
  requireBetween('crossover_probability', complete.crossoverProbability, 0, 1);
  requireBetween('crossover_eta', complete.crossoverEta, 0, 1000);
  requireBetween('mutation_probability', complete.mutationProbability, 0, 1);
  requireBetween('mutation_probability_per_variable', complete.mutationProbabilityPerVariable, 0, 1);
  requireBetween('reset_share', complete.resetShare, 0, 1);
  requireBetween('mutation_eta', complete.mutationEta, 0, 1000);
  for (const [k, values] of complete.initial.entries()) requireValues(problem, values, `initial design ${k}`);
  return complete;
}
