import { expect, test } from '@jest/globals';
import { plantEconomicsSchema } from './economics.schema.ts';
import { schemaError } from './schema-errors.ts';

const loan = { rate: 0.055, years: 18, sizing: { type: 'share', share: 0.6 } };

test.each<[object, string, string]>([
  [{ debt: { ...loan, years: 26 } }, 'debt.years', 'debt.years is 26; expected at most years, 25'],
  [{ years: 10, debt: loan }, 'debt.years', 'debt.years is 18; expected at most years, 10'],
  [{ years: 2.5 }, 'years', 'years is 2.5; expected a whole number'],
  [{ tax_rate: 1.2 }, 'tax_rate', 'tax_rate is 1.2; expected 0 to 0.99'],
  [
    { depreciation: { type: 'macrs', years: 4 } },
    'depreciation.years',
    'years is 4; expected 3 or 5 or 7 or 10 or 15 or 20',
  ],
])('refuses %j', (change, path, message) => {
  const { error } = plantEconomicsSchema.safeParse(
    { costs: { per_kw: 1, operation_per_kw_year: 1 }, ...change },
    { error: schemaError },
  );
  expect(error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([[path, message]]);
});
