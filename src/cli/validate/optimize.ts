import { hypervolume } from '../../optimize/hypervolume.ts';
import { crowdingDistances, nonDominatedRanks } from '../../optimize/pareto.ts';
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

export const optimizeValidators: Readonly<Record<string, Validator>> = { 'pareto_exact.json': validateParetoExact };
