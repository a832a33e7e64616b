import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { testProblem } from './test-problems.ts';

interface Row {
  readonly problem: string;
  readonly lower: number[];
  readonly upper: number[];
  readonly n_obj: number;
  readonly x: number[][];
  readonly f: number[][];
  readonly g: number[][];
}
const { rows } = JSON.parse(readFileSync('test/fixtures/optimize/test-problems.json', 'utf8')) as { rows: Row[] };

test.each(rows.map((row): [string, Row] => [row.problem, row]))(
  '%s: objectives and constraints agree with pymoo to 1e-13',
  (id, row) => {
    const { evaluate } = testProblem(id, {
      nObjectives: row.n_obj,
      bounds: row.lower.map((lower, k) => [lower, row.upper[k]] as const),
    })!;
    for (const [k, x] of row.x.entries()) {
      const { objectives, constraints } = evaluate(x);
      const expected = [...row.f[k], ...row.g[k]];
      const errors = [...objectives, ...constraints].map(
        (v, i) => Math.abs(v - expected[i]) / Math.max(1, Math.abs(expected[i])),
      );
      expect(errors).toHaveLength(expected.length);
      expect(Math.max(...errors)).toBeLessThan(1e-13);
    }
  },
);

test.each([
  ['rosenbrock4', [1, 1, 1, 1], 0],
  ['levy6', [1, 1, 1, 1, 1, 1], 0],
  ['branin', [Math.PI, 2.275], 0.39788735772973816],
  ['hartmann6', [0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573], -3.32236801],
  ['ackley5', [0, 0, 0, 0, 0], 0],
  ['shekel', [4, 4, 4, 4], -10.536284],
  ['six_hump_camel', [0.0898, -0.7126], -1.031628],
  ['goldstein_price', [0, -1], 3],
  ['three_hump_camel', [0, 0], 0],
  ['booth', [1, 3], 0],
  ['easom', [Math.PI, Math.PI], -1],
  ['sum_squares4', [0, 0, 0, 0], 0],
] as const)('%s has its known minimum', (id, x, minimum) => {
  expect(testProblem(id)!.evaluate([...x]).objectives[0]).toBeCloseTo(minimum, 5);
});

test('an unknown name is null, and so is a dimension that a problem does not have', () => {
  expect(testProblem('unheard_of')).toBeNull();
  expect(testProblem('hartmann5')).toBeNull();
});
