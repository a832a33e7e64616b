import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { internalRatesOfReturn, paybackYears } from '../../../finance/cash-flow.ts';
import { financeValidators } from './finance.ts';

test('finance agrees with the reference tools within tolerance, every quantity', async () => {
  const json = JSON.parse(await readFile('test/fixtures/reference/finance/finance.json', 'utf8'));
  const context = {
    readText: () => Promise.reject(new Error('unused')),
    readJson: () => Promise.reject(new Error('unused')),
  };
  const { results, notCovered } = await financeValidators['finance.json'](json, context);
  expect(notCovered).toEqual([]);
  expect(results.length).toBeGreaterThanOrEqual(10);
  expect(results.filter((result) => !(result.maxError <= result.tolerance))).toEqual([]);
});

test('several internal rates of return are all named', () => {
  // -1 + 2.3 x - 1.32 x^2 has the rates 10 % and 20 %
  const { irr, roots } = internalRatesOfReturn([-1, 2.3, -1.32]);
  expect(roots).toHaveLength(2);
  expect(roots[0]).toBeCloseTo(0.1, 12);
  expect(roots[1]).toBeCloseTo(0.2, 12);
  expect(irr).toBeCloseTo(0.1, 12);
});

test('refuses a flow that is not a number, by its place', () => {
  expect(() => internalRatesOfReturn([-1, Number.NaN])).toThrow('cash_flows.1 is NaN; expected a finite number');
});

test('a project that never repays has no payback', () => {
  expect(paybackYears([-100, 10, 10])).toBeNull();
});
