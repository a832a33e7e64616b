/** Compares the Bayesian search with scikit-optimize's after the same number of evaluations. */
import { Bayesian } from '../../../optimize/bayesian/bayesian.ts';
import { testProblem } from '../../../optimize/test-problems.ts';
import type { QuantityResult, Validator } from './types.ts';

interface BayesianRow {
  problem: string;
  bounds: [number, number][];
  evaluations: number[];
  gp_ei_median: number[];
  random_median: number[];
}

/** The project uses seeds 1 to 11, as many as the reference has. */
const SEEDS = 11;
/** From this number of evaluations on the reference's median is the limit; before, that of random search. */
const COUNTED_FROM = 50;

/** Returns the best first objective after 1, 2, ... evaluations. */
function bestSoFar(row: BayesianRow, seed: number, { problem, evaluate }: NonNullable<ReturnType<typeof testProblem>>) {
  const search = new Bayesian(problem, { seed, maxEvaluations: Math.max(...row.evaluations) });
  const bests: number[] = [];
  while (!search.done) {
    const evaluations = search.ask().map(({ id, values }) => ({ id, ...evaluate(values) }));
    for (const { objectives } of evaluations)
      bests.push(Math.min(objectives[0], bests.at(-1) ?? Number.POSITIVE_INFINITY));
    search.tell(evaluations);
  }
  return bests;
}

export const validateBayesian: Validator = (json) => {
  const results: QuantityResult[] = [];
  const notCovered: string[] = [];
  for (const row of json.rows as BayesianRow[]) {
    const test = testProblem(row.problem, { bounds: row.bounds });
    if (test?.problem.objectives.length !== 1 || test.problem.constraints.length > 0) {
      notCovered.push(`${row.problem} with ${row.bounds.length} variables`);
      continue;
    }
    const runs = Array.from({ length: SEEDS }, (_, k) => bestSoFar(row, k + 1, test));
    for (const [k, count] of row.evaluations.entries()) {
      const reached = runs.map((bests) => bests[count - 1]).sort((a, b) => a - b)[(SEEDS - 1) / 2];
      const above = (target: number) => Math.max(0, reached - target) / Math.max(Math.abs(target), 1e-12);
      const isCounted = count >= COUNTED_FROM;
      results.push({
        quantity: `${row.problem}.best_after_${count}`,
        rows: SEEDS,
        meanError: above(row.gp_ei_median[k]),
        maxError: above(isCounted ? row.gp_ei_median[k] : row.random_median[k]),
        tolerance: 0,
        measure: `median above ${isCounted ? "the reference's" : "random search's"}, relative`,
        worst: `${reached.toPrecision(7)}; reference ${row.gp_ei_median[k].toPrecision(7)}`,
      });
    }
  }
  return { results, notCovered };
};
