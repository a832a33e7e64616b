import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { optimizeValidators } from './optimize.ts';

const unused = () => Promise.reject(new Error('unused'));
const context = { readText: unused, readJson: unused };
const fixture = async (name: string) => JSON.parse(await readFile(`test/fixtures/reference/optimize/${name}`, 'utf8'));

test('ranks, crowding and hypervolume agree with the exact cases to 1e-10', async () => {
  const { results } = await optimizeValidators['pareto_exact.json'](await fixture('pareto_exact.json'), context);
  expect(results).toHaveLength(3);
  expect(results.filter((result) => !(result.maxError <= result.tolerance))).toEqual([]);
});

test('NSGA-II reaches the hypervolume of pymoo on a constrained problem at the same evaluations', async () => {
  const { rows } = await fixture('nsga2.json');
  const chosen = rows.filter((row: { problem: string }) => ['bnh'].includes(row.problem));
  const { results, notCovered } = await optimizeValidators['nsga2.json']({ rows: chosen }, context);
  expect(notCovered).toEqual([]);
  expect(results).toHaveLength(1);
  expect(results.filter((result) => !(result.maxError <= result.tolerance))).toEqual([]);
});

test('names a problem that it does not know', async () => {
  const [row] = (await fixture('nsga2.json')).rows;
  const { results, notCovered } = await optimizeValidators['nsga2.json'](
    { rows: [{ ...row, problem: 'unheard_of' }] },
    context,
  );
  expect(results).toEqual([]);
  expect(notCovered).toEqual(['unheard_of with 30 variables and 2 objectives']);
});

test('Bayesian optimization is at or below the median of scikit-optimize on Branin after 50 evaluations', async () => {
  const [row] = (await fixture('bayesian.json')).rows;
  const { results, notCovered } = await optimizeValidators['bayesian.json'](
    {
      rows: [
        { ...row, evaluations: [25, 50] },
        { ...row, problem: 'unheard_of' },
      ],
    },
    context,
  );
  expect(notCovered).toEqual(['unheard_of with 2 variables']);
  expect(results.map(({ quantity }) => quantity)).toEqual(['branin.best_after_25', 'branin.best_after_50']);
  expect(results.filter((result) => !(result.maxError <= result.tolerance))).toEqual([]);
});
