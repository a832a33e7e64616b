import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { PROJECT_TERMS } from '../../test/support/project-terms.ts';
import { financeWarnings, USUAL_FINANCE } from './plausibility.ts';
import { type ProjectInput, projectEconomics } from './project.ts';

/** 1 MW at 900 per kW with 1,500 kWh/kW. */
const PLANT: ProjectInput = {
  ...PROJECT_TERMS,
  annualEnergyKwh: 1.5e6,
  capitalCost: 900_000,
  operatingCostPerYear: 15_000,
};
const found = (changes: Partial<ProjectInput>): [string, unknown][] => {
  const input = { ...PLANT, ...changes };
  return financeWarnings(input, projectEconomics(input), '/economics').map(({ code, values, pointer }) => [
    code.slice('finance.'.length),
    values.name ?? pointer,
  ]);
};
const loan = (share: number, rate: number, years: number): Pick<ProjectInput, 'debt'> => ({
  debt: { rate, years, repayment: 'level', sizing: { type: 'share', share } },
});

test('ordinary projects have no warning: sun, wind on land and at sea, rooftops, with and without debt', () => {
  expect(found({})).toEqual([]);
  expect(
    found({ annualEnergyKwh: 3.3e6, capitalCost: 1.4e6, operatingCostPerYear: 45_000, pricePerKwh: 0.06 }),
  ).toEqual([]);
  expect(
    found({ annualEnergyKwh: 4.2e6, capitalCost: 3.8e6, operatingCostPerYear: 110_000, pricePerKwh: 0.1 }),
  ).toEqual([]);
  expect(found({ annualEnergyKwh: 9e5, capitalCost: 1.5e6, pricePerKwh: 0.32 })).toEqual([]);
  expect(found({ ...loan(0.7, 0.045, 18), pricePerKwh: 0.07 })).toEqual([]);
  expect(found({ pricePerKwh: 0 })).toEqual([]);
});

test('rates, years and shares outside their range are named at their field', () => {
  expect(found({ degradationPerYear: 0.5 })).toContainEqual(['value_implausible', 'degradation_per_year']);
  expect(found({ realDiscountRate: -0.2 })).toContainEqual(['value_implausible', 'real_discount_rate']);
  expect(found({ inflation: 0.4 })).toContainEqual(['value_implausible', 'inflation']);
  expect(found({ years: 90 })).toContainEqual(['value_implausible', 'years']);
  expect(found({ investmentTaxCredit: 1 })).toContainEqual(['value_implausible', 'investment_tax_credit']);
  expect(found({ operatingCostPerYear: 0 })).toContainEqual([
    'value_implausible',
    'operating_cost_share_of_capital_cost',
  ]);
  expect(found({ operatingCostPerYear: 100_000 })).toContainEqual([
    'value_unusual',
    'operating_cost_share_of_capital_cost',
  ]);
  const [warning] = financeWarnings({ ...PLANT, years: 90 }, projectEconomics({ ...PLANT, years: 90 }), '/economics');
  expect(warning).toMatchObject({ pointer: '/economics/years', severity: 'severe' });
});

test('prices and costs in another unit are said', () => {
  expect(found({ pricePerKwh: 50 })).toContainEqual(['price_and_cost', '/economics/price_per_kwh']);
  expect(found({ pricePerKwh: 0.00005 })).toContainEqual(['price_and_cost', '/economics/price_per_kwh']);
  expect(found({ capitalCost: 900 })).toContainEqual(['value_implausible', 'operating_cost_share_of_capital_cost']);
  expect(found({ capitalCost: 9e8 })).toContainEqual(['lcoe_range', '/economics/costs']);
});

test('a loan that the income does not pay is said', () => {
  expect(found(loan(1, 0.12, 10))).toContainEqual(['debt_not_covered', '/economics/debt']);
});

test('the page of unusual values has each range with its source', () => {
  const page = readFileSync('docs/warnings/finance.value_unusual.md', 'utf8');
  for (const [name, { usual, possible, source }] of Object.entries(USUAL_FINANCE))
    expect(page).toContain(
      `| \`${name}\` | ${usual[0]} to ${usual[1]} | ${possible[0]} to ${possible[1]} | ${source} |`,
    );
});
