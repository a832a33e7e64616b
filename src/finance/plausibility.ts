/** Doubts about economics. Amounts are in any currency, so that most limits are ratios; docs/warnings shows them with their sources. */
import { type FinanceWarningCode, warnFinance } from '../contracts/common/finance-warnings.ts';
import type { Warning } from '../contracts/common/warnings.ts';
import { type UsualRange, unusualValues } from '../lib/usual-range.ts';
import type { ProjectEconomics, ProjectTerms } from './project.ts';

/** Usual values, by their names in a request or a result. */
export const USUAL_FINANCE = {
  years: { usual: [10, 40], possible: [3, 60], source: 'our choice: warranties end after 25 to 30 years' },
  degradation_per_year: {
    usual: [0.0005, 0.02],
    possible: [0, 0.05],
    source: 'Jordan et al. 2016: the median of modules is 0.005 to 0.006',
  },
  inflation: { usual: [-0.01, 0.1], possible: [-0.05, 0.3], source: 'our choice; central banks aim at 0.02 to 0.04' },
  real_discount_rate: { usual: [0.005, 0.15], possible: [-0.02, 0.3], source: 'our choice; IRENA 2023: 0.03 to 0.12' },
  price_escalation: { usual: [-0.03, 0.08], possible: [-0.1, 0.2], source: 'our choice' },
  cost_escalation: { usual: [-0.03, 0.1], possible: [-0.1, 0.3], source: 'our choice; it follows inflation' },
  tax_rate: { usual: [0.03, 0.5], possible: [0, 0.8], source: 'our choice; members of the OECD have 0.09 to 0.35' },
  investment_tax_credit: {
    usual: [0.02, 0.6],
    possible: [0, 0.8],
    source: '26 USC 48 and its additions: at most 0.5 to 0.7',
  },
  'debt.rate': { usual: [0.005, 0.15], possible: [0, 0.3], source: 'our choice' },
  debt_share_of_capital_cost: { usual: [0, 0.9], possible: [0, 0.99], source: 'our choice; projects have 0.5 to 0.85' },
  operating_cost_share_of_capital_cost: {
    usual: [0.003, 0.1],
    possible: [0.0002, 0.3],
    source: 'our choice; 0.01 to 0.04 a year',
  },
  irr: { usual: [-0.2, 0.5], possible: [-0.5, 2], source: 'our choice' },
} as const satisfies Readonly<Record<string, UsualRange>>;

/** The price over the levelised cost [1]: rooftops that replace an expensive supply have up to 10. */
const PRICE_OVER_COST = [0.05, 20] as const;
/** [currency/kWh], see docs/warnings/finance.lcoe_range.md */
const USUAL_LCOE = [0.005, 1] as const;

/** Where results have no field in the request. */
const RESULTS = ['irr', 'debt_share_of_capital_cost', 'operating_cost_share_of_capital_cost'];

/**
 * Returns the doubts about the economics of a plant.
 * @param pointer of the economics in the request
 */
export function financeWarnings(
  terms: ProjectTerms,
  economics: Omit<ProjectEconomics, 'assumptions'>,
  pointer: string,
): Warning<FinanceWarningCode>[] {
  const { capitalCost, lcoeRealPerKwh, minDscr, debtAmount, cashFlows } = economics;
  const debtShare = capitalCost > 0 ? debtAmount / capitalCost : 0;
  const lcoe = Number(lcoeRealPerKwh.toPrecision(4));
  const ratio = terms.pricePerKwh / lcoeRealPerKwh;
  const values = {
    years: terms.years,
    // Nothing is no doubt where a little is: 0.002 is often 0.2 divided by 100 again.
    degradation_per_year: terms.degradationPerYear || null,
    inflation: terms.inflation,
    real_discount_rate: terms.realDiscountRate,
    price_escalation: terms.priceEscalation,
    // What follows the inflation is doubted with it.
    cost_escalation: terms.costEscalation === terms.inflation ? null : terms.costEscalation,
    tax_rate: terms.taxRate || null,
    investment_tax_credit: terms.investmentTaxCredit || null,
    'debt.rate': terms.debt?.rate,
    debt_share_of_capital_cost: debtShare,
    operating_cost_share_of_capital_cost: capitalCost > 0 ? cashFlows[1].operatingCost / capitalCost : null,
    irr: economics.irr,
  };
  return [
    ...unusualValues(USUAL_FINANCE, values).map(({ isImplausible, ...value }) =>
      warnFinance(
        isImplausible ? 'finance.value_implausible' : 'finance.value_unusual',
        { ...value, value: Number(value.value.toPrecision(4)) },
        RESULTS.includes(value.name) ? pointer : `${pointer}/${value.name.replace('.', '/')}`,
      ),
    ),
    // A price of 0 says that there is none: the levelised cost is what the request is about.
    ...(terms.pricePerKwh > 0 && (ratio < PRICE_OVER_COST[0] || ratio > PRICE_OVER_COST[1])
      ? [
          warnFinance(
            'finance.price_and_cost',
            { price_per_kwh: terms.pricePerKwh, lcoe_real_per_kwh: lcoe },
            `${pointer}/price_per_kwh`,
          ),
        ]
      : []),
    ...(lcoe < USUAL_LCOE[0] || lcoe > USUAL_LCOE[1]
      ? [warnFinance('finance.lcoe_range', { lcoe_real_per_kwh: lcoe }, `${pointer}/costs`)]
      : []),
    ...(minDscr !== null && minDscr < 1
      ? [
          warnFinance(
            'finance.debt_not_covered',
            { min_dscr: Number(minDscr.toFixed(2)), debt_share: Number(debtShare.toFixed(2)) },
            `${pointer}/debt`,
          ),
        ]
      : []),
  ];
}
