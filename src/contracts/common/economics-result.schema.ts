/** Economics of a plant in results. */
import { z } from 'zod';
import { kwh, money, ratio } from './fields.schema.ts';

const perYear = (description: string) => z.number().describe(`${description} [1/a]`);
const perKwh = (description: string) => z.number().describe(`${description} [currency/kWh]`);
const years = (description: string) => z.number().describe(`${description} [a]`);
const figures = {
  capital_cost: money('Investment, paid in year 0'),
  lcoe_real_per_kwh: perKwh('Levelised cost of energy in money of year 0'),
  lcoe_nominal_per_kwh: perKwh('Levelised cost of energy as a constant nominal price'),
  npv: money('Net present value after tax, without debt'),
  irr: perYear('Internal rate of return after tax, without debt, nominal').nullable(),
  irr_roots: z.array(z.number()).describe('All rates at which the net present value is 0 [1/a]'),
  equity_npv: money('Net present value after tax and debt'),
  equity_irr: perYear('Internal rate of return after tax and debt, nominal').nullable(),
  simple_payback_years: years('Years until the cash flows repay the investment').nullable(),
  discounted_payback_years: years('Years until the discounted cash flows repay the investment').nullable(),
  debt_amount: money('Amount of the loan'),
  min_dscr: ratio('Minimum debt service coverage ratio').nullable(),
  average_dscr: ratio('Mean debt service coverage ratio').nullable(),
  nominal_discount_rate: perYear('Nominal discount rate, from the real rate and the inflation'),
};
const cashFlowSchema = z
  .strictObject({
    year: z.int().describe('Year of the project; 0 is the year of the investment'),
    energy_kwh: kwh('Energy sold'),
    revenue: money('Revenue: energy multiplied by its price'),
    operating_cost: money('Operating cost'),
    ebitda: money('EBITDA: revenue minus operating cost'),
    depreciation: money('Depreciation in this tax year'),
    interest: money('Interest paid in this year'),
    principal: money('Principal repaid in this year'),
    debt_balance: money('Debt at the end of the year'),
    taxable_income: money('Taxable income after depreciation, interest and losses carried forward'),
    tax: money('Tax paid in this year; losses are carried forward'),
    tax_credit: money('Investment tax credit'),
    project_flow: money('Cash flow after tax, without debt'),
    equity_flow: money('Cash flow after tax and debt service'),
    dscr: ratio('EBITDA divided by debt service').nullable(),
  })
  .meta({ id: 'CashFlow' });

/** Key figures only: of one design among many. */
export const economicFiguresSchema = z
  .strictObject(figures)
  .meta({ id: 'EconomicFigures', description: 'Economics of a plant without its cash flows; all money is nominal' });
/** Key figures of the economics and the cash flows behind them. */
export const economicsResultSchema = z
  .strictObject({ ...figures, cash_flows: z.array(cashFlowSchema) })
  .meta({ id: 'Economics', description: 'Economics of a plant; all money is nominal' });
