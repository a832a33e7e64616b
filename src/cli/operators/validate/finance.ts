import { yearlyCost } from '../../../finance/capital-recovery.ts';
import { internalRatesOfReturn, netPresentValue, paybackYears } from '../../../finance/cash-flow.ts';
import { MACRS_HALF_YEAR, type MacrsYears } from '../../../finance/macrs.ts';
import { projectEconomics, type ProjectInput, type ProjectYear } from '../../../finance/project.ts';
import { quantityOf } from './columns.ts';
import type { QuantityResult, ReferenceJson, Validator } from './types.ts';

type Row = Record<string, number> & { cash_flows: number[]; half_year_fractions: number[] };
interface Pair {
  readonly computed: unknown;
  readonly expected: unknown;
  /** Size below which the error is absolute: the size of the amounts whose difference is the value, or of a rate. */
  readonly floor?: number;
}

/** The difference of two amounts is only as exact as the amounts themselves, which the file states to 12 digits. */
const WRITTEN_DIGITS = 1e-3;
/** Errors of rates below a thousandth are relative to a thousandth. */
const MIN_RATE = 1e-3;

interface Rule {
  readonly inputs: readonly string[];
  compare(row: Row): Record<string, Pair | readonly Pair[]>;
}

/** A project without growth, tax, depreciation and debt. */
const PLAIN = {
  ...{ pricePerKwh: 0, variableCostPerKwh: 0, priceEscalation: 0, costEscalation: 0, inflation: 0 },
  ...{ degradationPerYear: 0, realDiscountRate: 0, taxRate: 0, investmentTaxCredit: 0 },
  depreciation: { type: 'none' },
  debt: null,
} as const satisfies Partial<ProjectInput>;

/** Returns the years of a plant whose whole cost is paid by a level loan. */
const loanYears = ({ principal, rate, years }: Row): readonly ProjectYear[] =>
  projectEconomics({
    annualEnergyKwh: 1,
    capitalCost: principal,
    operatingCostPerYear: 0,
    ...PLAIN,
    years,
    debt: { rate, years, repayment: 'level', sizing: { type: 'share', share: 1 } },
  }).cashFlows;

const SECTIONS: Readonly<Record<string, Rule>> = {
  npv_irr: {
    inputs: ['cash_flows', 'discount_rate'],
    compare: (row) => ({
      npv: {
        computed: netPresentValue(row.discount_rate, row.cash_flows),
        expected: row.npv,
        floor: WRITTEN_DIGITS * Math.max(...row.cash_flows.map(Math.abs)),
      },
      irr: { computed: internalRatesOfReturn(row.cash_flows).irr, expected: row.irr, floor: MIN_RATE },
    }),
  },
  pmt: {
    inputs: ['principal', 'rate', 'years'],
    compare(row) {
      const loan = loanYears(row);
      return {
        annual_payment: { computed: loan[1].interest + loan[1].principal, expected: row.annual_payment },
        first_interest: {
          computed: loan[1].interest,
          expected: row.first_interest,
          floor: WRITTEN_DIGITS * row.principal,
        },
        balance_after_half: {
          computed: loan[Math.floor(row.years / 2)].debtBalance,
          expected: row.balance_after_half,
          floor: WRITTEN_DIGITS * row.principal,
        },
      };
    },
  },
  lcoe_fcr: {
    inputs: [
      'capital_cost',
      'fixed_operating_cost',
      'variable_operating_cost_per_kwh',
      'fixed_charge_rate',
      'annual_energy_kwh',
    ],
    compare: (row) => ({
      lcoe_per_kwh: {
        computed:
          yearlyCost({
            capitalCost: row.capital_cost,
            fixedChargeRate: row.fixed_charge_rate,
            operatingCostPerYear:
              row.fixed_operating_cost + row.variable_operating_cost_per_kwh * row.annual_energy_kwh,
          }) / row.annual_energy_kwh,
        expected: row.lcoe_per_kwh,
      },
    }),
  },
  lcoe_dcf: {
    inputs: [
      'capital_cost',
      'om_year1',
      'om_real_escalation',
      'inflation',
      'real_discount_rate',
      'energy_year1_kwh',
      'degradation_per_year',
      'years',
    ],
    compare: (row) => {
      const economics = projectEconomics({
        ...PLAIN,
        capitalCost: row.capital_cost,
        operatingCostPerYear: row.om_year1,
        costEscalation: (1 + row.inflation) * (1 + row.om_real_escalation) - 1,
        inflation: row.inflation,
        realDiscountRate: row.real_discount_rate,
        annualEnergyKwh: row.energy_year1_kwh,
        degradationPerYear: row.degradation_per_year,
        years: row.years,
      });
      return {
        nominal_discount_rate: {
          computed: economics.nominalDiscountRate,
          expected: row.nominal_discount_rate,
          floor: MIN_RATE,
        },
        lcoe_nominal_per_kwh: { computed: economics.lcoeNominalPerKwh, expected: row.lcoe_nominal_per_kwh },
        lcoe_real_per_kwh: { computed: economics.lcoeRealPerKwh, expected: row.lcoe_real_per_kwh },
      };
    },
  },
  payback: {
    inputs: ['cash_flows', 'discount_rate'],
    compare: (row) => ({
      simple_years: { computed: paybackYears(row.cash_flows), expected: row.simple_years },
      discounted_years: { computed: paybackYears(row.cash_flows, row.discount_rate), expected: row.discounted_years },
    }),
  },
  macrs: {
    inputs: ['years'],
    compare(row) {
      const fractions = MACRS_HALF_YEAR[row.years as MacrsYears] ?? [];
      const length = Math.max(fractions.length, row.half_year_fractions.length);
      return {
        half_year_fractions: Array.from({ length }, (_, k) => ({
          computed: fractions[k],
          expected: row.half_year_fractions[k],
        })),
      };
    },
  },
};

/** Returns the relative error; two nulls agree, a null and a number do not. */
function relativeError({ computed, expected, floor = 1e-12 }: Pair): number {
  if (computed === null && expected === null) return 0;
  if (typeof computed !== 'number' || typeof expected !== 'number') return Number.POSITIVE_INFINITY;
  return Math.abs(computed - expected) / Math.max(Math.abs(expected), floor);
}

const validateFinance: Validator = (json) => {
  const results: QuantityResult[] = [];
  const notCovered: string[] = [];
  if (typeof json?.sections !== 'object' || json.sections === null)
    throw new Error('"sections" is absent; expected an object of lists of rows');
  for (const [section, rows] of Object.entries<ReferenceJson>(json.sections)) {
    const rule = SECTIONS[section];
    if (!rule || !Array.isArray(rows) || rows.length === 0) {
      notCovered.push(rule ? `${section}: no rows` : section);
      continue;
    }
    const errors: Record<string, number[]> = {};
    const places: Record<string, number[]> = {};
    const unknown = new Set<string>();
    rows.forEach((row: Row, i: number) => {
      const absent = rule.inputs.find((input) => row[input] === undefined);
      if (absent) throw new Error(`section ${section}, row ${i} lacks ${absent}`);
      const compared = rule.compare(row);
      for (const [quantity, pairs] of Object.entries(compared))
        for (const pair of [pairs].flat()) {
          if (pair.expected === undefined && !(quantity in row)) continue;
          errors[quantity] ??= [];
          places[quantity] ??= [];
          errors[quantity].push(relativeError(pair));
          places[quantity].push(i);
        }
      for (const key of Object.keys(row))
        if (!(key in compared) && !rule.inputs.includes(key)) unknown.add(`${section}.${key}`);
    });
    notCovered.push(...unknown);
    for (const [quantity, list] of Object.entries(errors))
      results.push(
        quantityOf(
          `${section}.${quantity}`,
          list,
          quantity === 'irr' ? 1e-8 : 1e-9,
          'relative',
          (row) => `row ${places[quantity][row]}`,
        ),
      );
  }
  return { results, notCovered };
};

export const financeValidators: Readonly<Record<string, Validator>> = { 'finance.json': validateFinance };
