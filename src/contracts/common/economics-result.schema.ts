/** What a plant earns, as results state it. */
import { z } from 'zod';
import { kwh, money, ratio } from './fields.schema.ts';

const perYear = (description: string) => z.number().describe(`${description} [1/a]`);
const perKwh = (description: string) => z.number().describe(`${description} [currency/kWh]`);
const years = (description: string) => z.number().describe(`${description} [a]`);
export const economicFigures = {
  lcoe_real_per_kwh: perKwh('Levelised cost of energy in money of year 0'),
  lcoe_nominal_per_kwh: perKwh('Levelised cost of energy as a constant nominal price'),
  npv: money('Net present value after tax, without debt'),
  irr: perYear('Internal rate of return after tax, without debt, nominal').nullable(),
  equity_npv: money('Net present value after tax and debt'),
  equity_irr: perYear('Internal rate of return after tax and debt, nominal').nullable(),
  simple_payback_years: years('Until the flows repay the investment').nullable(),
  discounted_payback_years: years('Until the discounted flows repay it').nullable(),
  debt_amount: money('Loan'),
  min_dscr: ratio('Least debt service coverage ratio').nullable(),
  average_dscr: ratio('Mean debt service coverage ratio').nullable(),
};
export const cashFlowShape = {
  year: z.int().describe('0 is that of the investment'),
  energy_kwh: kwh('Sold'),
  revenue: money('Energy times price'),
  operating_cost: money('Operation'),
  ebitda: money('Revenue less operating cost'),
  depreciation: money('Of the tax year'),
  interest: money('Paid'),
  principal: money('Paid back'),
  tax: money('Paid; losses are carried forward'),
  project_flow: money('After tax, as if without debt'),
  equity_flow: money('After tax and debt service'),
  dscr: ratio('EBITDA over debt service').nullable(),
};
/** Key figures with the cash flows behind them. */
export const economicsResultSchema = z
  .strictObject({
    capital_cost: money('Paid in year 0'),
    ...economicFigures,
    cash_flows: z.array(z.strictObject(cashFlowShape).meta({ id: 'CashFlow' })),
  })
  .meta({ id: 'Economics', description: 'What a plant earns; money is nominal' });
