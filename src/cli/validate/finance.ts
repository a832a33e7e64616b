import {
  internalRatesOfReturn,
  loanBalance,
  loanPayment,
  netPresentValue,
  paybackYears,
} from '../../finance/cash-flow.ts';
import { lcoeDiscounted, lcoeFixedChargeRate } from '../../finance/lcoe.ts';
import { MACRS_HALF_YEAR, type MacrsYears } from '../../finance/macrs.ts';
import type { QuantityResult, Validator } from './types.ts';

type Row = Record<string, number> & { cash_flows: number[]; half_year_fractions: number[] };
type Compare = (row: Row) => Record<string, readonly [computed: unknown, expected: unknown]>;

const SECTIONS: Readonly<Record<string, Compare>> = {
  npv_irr: (row) => ({
    npv: [netPresentValue(row.discount_rate, row.cash_flows), row.npv],
    irr: [internalRatesOfReturn(row.cash_flows).irr, row.irr],
  }),
  pmt: (row) => ({
    annual_payment: [loanPayment(row.principal, row.rate, row.years), row.annual_payment],
    first_interest: [row.principal * row.rate, row.first_interest],
    balance_after_half: [
      loanBalance(row.principal, row.rate, row.years, Math.floor(row.years / 2)),
      row.balance_after_half,
    ],
  }),
  lcoe_fcr: (row) => ({
    lcoe_per_kwh: [
      lcoeFixedChargeRate({
        capitalCost: row.capital_cost,
        fixedOperatingCost: row.fixed_operating_cost,
        variableOperatingCostPerKwh: row.variable_operating_cost_per_kwh,
        fixedChargeRate: row.fixed_charge_rate,
        annualEnergyKwh: row.annual_energy_kwh,
      }),
      row.lcoe_per_kwh,
    ],
  }),
  lcoe_dcf: (row) => {
    const lcoe = lcoeDiscounted({
      capitalCost: row.capital_cost,
      omYear1: row.om_year1,
      omRealEscalation: row.om_real_escalation,
      inflation: row.inflation,
      realDiscountRate: row.real_discount_rate,
      energyYear1Kwh: row.energy_year1_kwh,
      degradationPerYear: row.degradation_per_year,
      years: row.years,
    });
    return {
      lcoe_nominal_per_kwh: [lcoe.nominalPerKwh, row.lcoe_nominal_per_kwh],
      lcoe_real_per_kwh: [lcoe.realPerKwh, row.lcoe_real_per_kwh],
    };
  },
  payback: (row) => ({
    simple_years: [paybackYears(row.cash_flows), row.simple_years],
    discounted_years: [paybackYears(row.cash_flows, row.discount_rate), row.discounted_years],
  }),
  macrs: (row) =>
    Object.fromEntries(
      row.half_year_fractions.map(
        (fraction, k) => ['half_year_fractions', [MACRS_HALF_YEAR[row.years as MacrsYears]?.[k], fraction]] as const,
      ),
    ),
};

/** Relative error; equal nulls agree, a null beside a number does not. */
function relativeError(computed: unknown, expected: unknown): number {
  if (computed === null && expected === null) return 0;
  if (typeof computed !== 'number' || typeof expected !== 'number') return Number.POSITIVE_INFINITY;
  return Math.abs(computed - expected) / Math.max(Math.abs(expected), 1e-12);
}

const validateFinance: Validator = (json) => {
  const sections = json.sections ?? json;
  const results: QuantityResult[] = [];
  const notCovered: string[] = [];
  for (const [section, rows] of Object.entries(sections)) {
    if (!Array.isArray(rows)) continue;
    const compare = SECTIONS[section];
    if (!compare) {
      notCovered.push(section);
      continue;
    }
    const errors: Record<string, number[]> = {};
    for (const row of rows as Row[])
      for (const [quantity, [computed, expected]] of Object.entries(compare(row))) {
        errors[quantity] ??= [];
        errors[quantity].push(relativeError(computed, expected));
      }
    for (const [quantity, list] of Object.entries(errors)) {
      const maxError = Math.max(...list);
      results.push({
        quantity: `${section}.${quantity}`,
        rows: list.length,
        meanError: list.reduce((sum, error) => sum + error, 0) / list.length,
        maxError,
        tolerance: quantity === 'irr' ? 1e-8 : 1e-9,
        measure: 'relative',
        worst: `row ${list.indexOf(maxError)}`,
      });
    }
  }
  return { results, notCovered };
};

export const financeValidators: Readonly<Record<string, Validator>> = { 'finance.json': validateFinance };
