import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { optimizeValidators } from './optimize.ts';

const unused = () => Promise.reject(new Error('unused'));

test('ranks, crowding and hypervolume agree with the exact cases to 1e-10', async () => {
  const json = JSON.parse(await readFile('test/fixtures/reference/optimize/pareto_exact.json', 'utf8'));
  const { results } = await optimizeValidators['pareto_exact.json'](json, { readText: unused, readJson: unused });
  expect(results).toHaveLength(3);
  expect(results.filter((result) => !(result.maxError <= result.tolerance))).toEqual([]);
});
