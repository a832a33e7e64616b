/** Economics in requests: money of one currency, input of `projectEconomics` in src/finance. */
import { z } from 'zod';

const within = (min: number, max: number, description: string) =>
  z.number().min(min).max(max).describe(`${description}; ${min} to ${max}`);

export const economicsSchema = z
  .strictObject({
    capital_cost_per_kw: within(0, 1e6, 'Cost of the plant without cables [currency/kW]'),
    cable_cost_per_m: within(0, 1e6, 'Cost of cables between turbines [currency/m]').default(0),
    operating_cost_per_kw_year: within(0, 1e5, 'Operating cost in money of year 1 [currency/kW/a]'),
    price_per_kwh: within(0, 1e4, 'Price of energy in year 1 [currency/kWh]'),
    years: z.int().min(1).max(100).default(25),
    degradation_per_year: within(0, 0.5, 'Energy lost to degradation each year [1/a]').default(0.005),
    price_escalation: within(-0.5, 1, 'Nominal growth of the price [1/a]').default(0),
    inflation: within(-0.5, 1, '[1/a]').default(0.025),
    real_discount_rate: within(-0.5, 1, '[1/a]').default(0.05),
    tax_rate: within(0, 0.99, 'Tax rate on income after interest and depreciation [1]').default(0.21),
    investment_tax_credit: within(0, 1, 'Debt as a share of the capital cost [1]').default(0),
    debt: z
      .strictObject({
        rate: within(0, 1, 'Interest [1/a]'),
        years: z.int().min(1).max(100),
        share: within(0, 1, 'Salvage value as a share of the capital cost [1]'),
        repayment: z.enum(['level', 'sculpted']).default('level'),
      })
      .optional(),
  })
  .refine(({ years, debt }) => !debt || debt.years <= years, {
    message: 'expected at most the number of years of the project',
    path: ['debt', 'years'],
  })
  .meta({ id: 'EconomicTerms', description: 'Costs, price and financing' });
export type EconomicsBody = z.output<typeof economicsSchema>;
