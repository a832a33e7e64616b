/** Economics in requests: money of one currency, input of `projectEconomics` in src/finance. Each technology has cost items of its own. */
import { z } from 'zod';
import { ownChoice, rangeOf, withDefault } from './fields.schema.ts';

const years = (description: string) => z.int().min(1).max(100).describe(`${description} [a]`);

const depreciationSchema = withDefault(
  z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('none') }),
      z
        .strictObject({
          type: z.literal('macrs'),
          years: z
            .union([z.literal(3), z.literal(5), z.literal(7), z.literal(10), z.literal(15), z.literal(20)])
            .describe('Recovery period [a]'),
        })
        .describe('US tax depreciation with the half-year convention (IRS Publication 946)'),
      z.strictObject({ type: z.literal('straight_line'), years: years('Years of equal amounts') }),
      z
        .strictObject({
          type: z.literal('declining_balance'),
          years: years('Years until all is written off'),
          factor: withDefault(
            rangeOf(1, 5, 'Multiple of the straight-line rate [1]; 2 is double declining balance'),
            2,
            'double declining balance, IRS Publication 946',
          ),
        })
        .describe('A fixed share of what is left, and equal amounts from the year on in which those are larger'),
    ])
    .meta({ id: 'Depreciation' }),
  { type: 'macrs', years: 5 },
  'IRS Publication 946, solar and wind property',
).describe('Depreciation for tax');

const shareOfCost = (description: string) => rangeOf(0, 1, `${description} as a share of the capital cost [1]`);
const debtSchema = z
  .strictObject({
    rate: rangeOf(0, 1, 'Interest [1/a]'),
    years: years('Years in which the loan is repaid'),
    repayment: withDefault(z.enum(['level', 'sculpted']), 'level', ownChoice('the usual loan')).describe(
      'level: equal payments; sculpted: payments in proportion to EBITDA, so that every year has the same DSCR',
    ),
    sizing: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('share'), share: shareOfCost('Debt') }),
        z.strictObject({
          type: z.literal('dscr'),
          min_dscr: rangeOf(1, 10, 'Minimum debt service coverage ratio [1]'),
          max_share: withDefault(shareOfCost('Maximum debt'), 1, ownChoice('no limit but the DSCR')),
        }),
      ])
      .meta({ id: 'DebtSizing' }),
  })
  .meta({
    id: 'Debt',
    description: 'A loan: a stated share of the capital cost, or as much as a minimum DSCR carries',
  });

const termsShape = {
  price_per_kwh: withDefault(
    rangeOf(0, 1e6, 'Price of energy in year 1 [currency/kWh]'),
    0.05,
    ownChoice('a round figure'),
  ),
  variable_cost_per_kwh: withDefault(
    rangeOf(0, 1e6, 'Operating cost by energy, in money of year 1 [currency/kWh]'),
    0,
    ownChoice('none'),
  ),
  years: withDefault(years('Years of operation'), 25, 'SAM, financial models'),
  degradation_per_year: withDefault(
    rangeOf(0, 0.5, 'Energy lost to degradation each year [1/a]'),
    0.005,
    ownChoice(
      'the median of modules in Jordan and Kurtz 2013; wind farms lose 0.2 to 1.6 % a year in Olauson et al. 2017 and Staffell and Green 2014',
    ),
  ),
  price_escalation: withDefault(
    rangeOf(-0.5, 1, 'Nominal growth of the price [1/a]'),
    0,
    ownChoice('a contract at a fixed price'),
  ),
  cost_escalation: rangeOf(-0.5, 1, 'Nominal growth of operating costs [1/a]; default: the inflation').optional(),
  inflation: withDefault(rangeOf(-0.5, 1, 'Inflation [1/a]'), 0.025, 'SAM, financial models'),
  real_discount_rate: withDefault(rangeOf(-0.5, 1, 'Real discount rate [1/a]'), 0.05, ownChoice('a round figure')),
  tax_rate: withDefault(
    rangeOf(0, 0.99, 'Tax rate on income after interest and depreciation [1]; losses are carried forward'),
    0.21,
    '26 USC 11, the federal income tax of US corporations',
  ),
  depreciation: depreciationSchema,
  investment_tax_credit: withDefault(shareOfCost('Investment tax credit'), 0, ownChoice('none')),
  debt: withDefault(debtSchema.nullable(), null, ownChoice('none')).describe('Debt; null: none'),
};

/**
 * Returns the schema of price, financing and tax, the same for every technology, with the technology's own cost items
 * in `costs`.
 */
export const economicsWith = <Costs extends z.ZodType>(costs: Costs, id: string) =>
  z
    .strictObject({ costs, ...termsShape })
    // The parameter's type is stated, for it does not depend on the cost items.
    .superRefine((body: Pick<EconomicTerms, 'years' | 'debt'>, context) => {
      if (body.debt && body.debt.years > body.years)
        context.addIssue({
          code: 'custom',
          path: ['debt', 'years'],
          message: `debt.years is ${body.debt.years}; expected at most years, ${body.years}`,
        });
    })
    .meta({ id, description: 'Costs, price, financing and tax' });
/** Economics without the cost items. */
export const economicTermsSchema = z.object(termsShape);
export type EconomicTerms = z.output<typeof economicTermsSchema>;

/** Economics of plants by their rated power: wind farms, and analyses of any technology in a report. */
export const plantCostsSchema = z
  .strictObject({
    per_kw: rangeOf(0, 1e6, 'Capital cost of the plant without cables [currency/kW]'),
    cable_per_m: withDefault(rangeOf(0, 1e6, 'Cost of cables between turbines [currency/m]'), 0, ownChoice('none')),
    operation_per_kw_year: rangeOf(0, 1e5, 'Operating cost in money of year 1 [currency/kW/a]'),
  })
  .meta({ id: 'PlantCosts', description: 'Costs by rated power: of turbines, or DC nameplate of a solar plant' });
export const plantEconomicsSchema = economicsWith(plantCostsSchema, 'PlantEconomics');
export type PlantEconomics = z.output<typeof plantEconomicsSchema>;
