import { hypervolume } from '../../../optimize/hypervolume.ts';
import { Nsga2 } from '../../../optimize/nsga2/nsga2.ts';
import type { Optimizer } from '../../../optimize/optimizer.ts';
import { crowdingDistances, nonDominatedRanks } from '../../../optimize/pareto.ts';
import { type TestProblem, testProblem } from '../../../optimize/test-problems.ts';
import { validateBayesian } from './bayesian.ts';
import type { QuantityResult, Validator } from './types.ts';

interface ParetoRow {
  objectives: number;
  points: number[][];
  rank: number[];
  first_front: number[];
  crowding_first_front: (number | null)[];
  reference_point: number[];
  hypervolume: number;
}

const validateParetoExact: Validator = (json) => {
  const rows = json.rows as ParetoRow[];
  const errors: Record<string, number[]> = { rank: [], crowding_first_front: [], hypervolume: [] };
  for (const row of rows) {
    const m = row.objectives;
    const ranks = nonDominatedRanks(row.points.flat(), m);
    errors.rank.push(row.rank.filter((rank, i) => ranks[i] !== rank).length);
    const front = [...ranks.keys()].filter((i) => ranks[i] === 0);
    const crowding = crowdingDistances(
      front.flatMap((i) => row.points[i]),
      m,
    );
    const expected = front.map((i) => row.crowding_first_front[row.first_front.indexOf(i)] ?? Number.POSITIVE_INFINITY);
    errors.crowding_first_front.push(
      Math.max(...expected.map((value, k) => (value === crowding[k] ? 0 : Math.abs(value - crowding[k])))),
    );
    const volume = hypervolume(row.points, row.reference_point);
    errors.hypervolume.push(Math.abs(volume - row.hypervolume) / Math.max(1, Math.abs(row.hypervolume)));
  }
  const results = Object.entries(errors).map(
    ([quantity, list]): QuantityResult => ({
      quantity,
      rows: list.length,
      meanError: list.reduce((sum, error) => sum + error, 0) / list.length,
      maxError: Math.max(...list),
      tolerance: quantity === 'rank' ? 0 : 1e-10,
      measure: quantity === 'rank' ? 'wrong ranks' : 'absolute',
      worst: `row ${list.indexOf(Math.max(...list))}`,
    }),
  );
  return { results, notCovered: [] };
};

interface Nsga2Row {
  problem: string;
  n_var: number;
  n_obj: number;
  n_constraints: number;
  lower: number[];
  upper: number[];
  reference_point: number[];
  population: number;
  evaluations: number;
  hv_q25: number;
  hv_median: number;
  hv_q75: number;
}

/** The project uses seeds 1 to 31, which are enough for a stable median of a search with two typical outcomes. */
const NSGA2_SEEDS = 31;

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
}

function runToEnd(search: Optimizer, { evaluate }: TestProblem): void {
  while (!search.done) search.tell(search.ask().map(({ id, values }) => ({ id, ...evaluate(values) })));
}

/** Returns the lowest median hypervolume that counts as equal: it is within the scatter of the reference. */
function hypervolumeFloor(row: Nsga2Row): number {
  return row.hv_q25 === 0 ? row.hv_median : Math.max(row.hv_q25, row.hv_median - (row.hv_q75 - row.hv_q25));
}

const validateNsga2: Validator = (json) => {
  const results: QuantityResult[] = [];
  const notCovered: string[] = [];
  for (const row of json.rows as Nsga2Row[]) {
    const test = testProblem(row.problem, {
      nObjectives: row.n_obj,
      bounds: row.lower.map((lower, k) => [lower, row.upper[k]] as const),
    });
    if (
      !test ||
      test.problem.objectives.length !== row.n_obj ||
      test.problem.constraints.length !== (row.n_constraints ?? test.problem.constraints.length) ||
      row.reference_point.length > 3
    ) {
      notCovered.push(`${row.problem} with ${row.n_var} variables and ${row.n_obj} objectives`);
      continue;
    }
    const volumes = Array.from({ length: NSGA2_SEEDS }, (_, k) => {
      const generations = Math.floor(row.evaluations / row.population);
      const search = new Nsga2(test.problem, { seed: k + 1, populationSize: row.population, generations });
      runToEnd(search, test);
      const front = search.pareto().map((solution) => solution.objectives);
      return hypervolume(front, row.reference_point);
    });
    const reached = median(volumes);
    const floor = hypervolumeFloor(row);
    const below = (target: number) => Math.max(0, target - reached) / Math.max(Math.abs(target), 1e-12);
    results.push({
      quantity: `${row.problem}.hypervolume`,
      rows: NSGA2_SEEDS,
      meanError: below(row.hv_median),
      maxError: below(floor),
      tolerance: 0,
      measure: 'median below the median (mean error) and the floor (largest), relative',
      worst: `${reached.toPrecision(7)}; floor ${floor.toPrecision(7)}`,
    });
  }
  return { results, notCovered };
};

export const optimizeValidators: Readonly<Record<string, Validator>> = {
  'bayesian.json': validateBayesian,
  'nsga2.json': validateNsga2,
  'pareto_exact.json': validateParetoExact,
};
