/**
 * Economics of a plant from its energy: yearly cash flows with escalation, degradation, debt, depreciation and tax.
 * Money is nominal (of each year); the discount rates are tied by (1 + nominal) = (1 + real)(1 + inflation).
 * @see Short, Packey and Holt 1995, NREL/TP-462-5173
 */
import { Guards } from '../contracts/common/guards.ts';
import { internalRatesOfReturn, netPresentValue, paybackYears } from './cash-flow.ts';
import { MACRS_HALF_YEAR, type MacrsYears } from './macrs.ts';

export type Depreciation =
  | { readonly type: 'none' }
  /** US half-year convention */
  | { readonly type: 'macrs'; readonly years: MacrsYears }
  | { readonly type: 'straight_line'; readonly years: number }
  /** `factor` times the straight-line rate, until equal amounts of the remaining value are larger */
  | { readonly type: 'declining_balance'; readonly years: number; readonly factor: number };

export interface Debt {
  /** Interest [1/a] */
  readonly rate: number;
  /** Number of years with payments, which are at their ends; at most the years of the project */
  readonly years: number;
  /** `level`: equal payments. `sculpted`: payments in proportion to each year's EBITDA, so the DSCR is the same in all. */
  readonly repayment: 'level' | 'sculpted';
  /** Debt as a share of the capital cost [1], or as much as a minimum DSCR allows, up to a share. */
  readonly sizing:
    | { readonly type: 'share'; readonly share: number }
    | { readonly type: 'dscr'; readonly minDscr: number; readonly maxShare: number };
}

export interface ProjectInput {
  /** Energy of year 1 [kWh] */
  readonly annualEnergyKwh: number;
  /** Paid in year 0 [currency] */
  readonly capitalCost: number;
  /** In money of year 1 [currency/a] */
  readonly operatingCostPerYear: number;
  /** Price of year 1 [currency/kWh] */
  readonly pricePerKwh: number;
  /** In money of year 1 [currency/kWh] */
  readonly variableCostPerKwh: number;
  readonly years: number;
  /** Yearly loss of energy [1/a] */
  readonly degradationPerYear: number;
  /** Nominal growth of the price [1/a]; 0 is a constant price */
  readonly priceEscalation: number;
  /** Nominal growth of operating costs [1/a] */
  readonly costEscalation: number;
  /** [1/a] */
  readonly inflation: number;
  /** [1/a] */
  readonly realDiscountRate: number;
  /** On income after interest and depreciation [1]; losses are carried forward */
  readonly taxRate: number;
  readonly depreciation: Depreciation;
  /** Share of the capital cost given back as a tax credit in year 1 [1]; the depreciable basis is reduced by half of it */
  readonly investmentTaxCredit: number;
  readonly debt: Debt | null;
}

/** Price, financing and tax of a project; energy and costs come from the plant. */
export type ProjectTerms = Omit<ProjectInput, 'annualEnergyKwh' | 'capitalCost' | 'operatingCostPerYear'>;

export interface ProjectYear {
  readonly year: number;
  readonly energyKwh: number;
  readonly revenue: number;
  readonly operatingCost: number;
  /** Revenue less operating cost */
  readonly ebitda: number;
  readonly depreciation: number;
  readonly interest: number;
  readonly principal: number;
  readonly debtBalance: number;
  /** After losses carried forward, with interest deducted */
  readonly taxableIncome: number;
  readonly tax: number;
  readonly taxCredit: number;
  /** After tax, as if without debt */
  readonly projectFlow: number;
  /** After tax and debt service */
  readonly equityFlow: number;
  /** EBITDA over debt service, or null without any */
  readonly dscr: number | null;
}

export interface ProjectEconomics {
  /** Paid in year 0 */
  readonly capitalCost: number;
  readonly lcoeRealPerKwh: number;
  readonly lcoeNominalPerKwh: number;
  /** After tax, without debt */
  readonly npv: number;
  readonly irr: number | null;
  /** Every rate that was found; if there are several, the IRR is not enough to rank the project. */
  readonly irrRoots: readonly number[];
  readonly equityNpv: number;
  readonly equityIrr: number | null;
  readonly simplePaybackYears: number | null;
  readonly discountedPaybackYears: number | null;
  readonly debtAmount: number;
  readonly minDscr: number | null;
  readonly averageDscr: number | null;
  readonly nominalDiscountRate: number;
  readonly cashFlows: readonly ProjectYear[];
  readonly assumptions: ProjectInput;
}

const guard: Guards = new Guards('finance.invalid_input');

function check(input: ProjectInput): void {
  guard.requireFinite('', input);
  if (!(input.annualEnergyKwh > 0))
    guard.refuse(
      'annualEnergyKwh',
      `is ${input.annualEnergyKwh}; expected above 0: a plant without energy has no levelised cost`,
    );
  guard.requireCount('years', input.years, 1);
  guard.requireAbove('inflation', input.inflation, -1);
  guard.requireAbove('realDiscountRate', input.realDiscountRate, -1);
  const { depreciation, debt } = input;
  if (depreciation.type === 'straight_line' || depreciation.type === 'declining_balance')
    guard.requireCount('depreciation.years', depreciation.years, 1);
  if (!debt) return;
  guard.requireAbove('debt.rate', debt.rate, -1);
  guard.requireCount('debt.years', debt.years, 1);
  if (debt.sizing.type === 'dscr') guard.requirePositive('debt.sizing.minDscr', debt.sizing.minDscr);
}

/**
 * Returns the yearly shares of declining balance, which changes to equal amounts of the remaining value in the year in
 * which these are larger.
 * @param years until the whole basis is written off, at least 1
 * @param factor over the straight-line rate [1], at least 1; 2 is double declining balance
 * @param firstYear part of the first year that counts [1]; 0.5, the half-year convention, adds a year
 * @returns share of the basis in each year, year 1 first; together 1
 * @see IRS Publication 946, "Figuring the Deduction Without Tables"
 */
export function decliningShares(years: number, factor: number, firstYear = 1): number[] {
  const shares: number[] = [];
  let rest = 1;
  for (let elapsed = 0; elapsed < years; elapsed = shares.length - 1 + firstYear) {
    const part = Math.min(elapsed === 0 ? firstYear : 1, years - elapsed);
    const share = rest * Math.min(1, Math.max(factor / years, 1 / (years - elapsed)) * part);
    shares.push(share);
    rest -= share;
  }
  return shares;
}

/** Returns the share of the depreciable basis written off in each year, year 1 first. */
function depreciationShares(depreciation: Depreciation): readonly number[] {
  if (depreciation.type === 'none') return [];
  if (depreciation.type === 'macrs') return MACRS_HALF_YEAR[depreciation.years];
  if (depreciation.type === 'declining_balance') return decliningShares(depreciation.years, depreciation.factor);
  return new Array(depreciation.years).fill(1 / depreciation.years);
}

/**
 * Returns the debt and its payments.
 * @param ebitda of years 1, 2, ... [currency]
 * @returns the amount and the payment at the end of each year of the term
 */
function sizeDebt(
  debt: Debt,
  capitalCost: number,
  ebitda: readonly number[],
): { readonly amount: number; readonly payments: readonly number[] } {
  const earned = ebitda.slice(0, debt.years).map((value) => Math.max(0, value));
  const shape = debt.repayment === 'level' ? earned.map(() => 1) : earned;
  // Present value of payments in this shape, at the debt's own rate, is what they repay.
  const worth = shape.reduce((sum, payment, k) => sum + payment / (1 + debt.rate) ** (k + 1), 0);
  if (worth === 0) return { amount: 0, payments: earned.map(() => 0) };
  const { sizing } = debt;
  let amount: number;
  if (sizing.type === 'share') amount = sizing.share * capitalCost;
  else {
    const carried = Math.min(
      ...earned.map((value, k) => (shape[k] > 0 ? value / sizing.minDscr / shape[k] : Infinity)),
    );
    amount = Math.min(carried * worth, sizing.maxShare * capitalCost);
  }
  return { amount, payments: shape.map((payment) => (payment * amount) / worth) };
}

/**
 * Computes the cash flows of years 0 to n and their value. Tax is computed twice: with interest deducted for the
 * equity's flows, and without for the project's. Losses are carried forward without limit.
 * @throws AppError `finance.invalid_input` for what would break the computation; the ranges are those of the request's
 * schema
 */
export function projectEconomics(input: ProjectInput): ProjectEconomics {
  check(input);
  const nominalDiscountRate = (1 + input.realDiscountRate) * (1 + input.inflation) - 1;
  const years = Array.from({ length: input.years }, (_, k) => {
    const energyKwh = input.annualEnergyKwh * (1 - input.degradationPerYear) ** k;
    const revenue = energyKwh * input.pricePerKwh * (1 + input.priceEscalation) ** k;
    const operatingCost =
      (input.operatingCostPerYear + input.variableCostPerKwh * energyKwh) * (1 + input.costEscalation) ** k;
    return { energyKwh, revenue, operatingCost, ebitda: revenue - operatingCost };
  });
  const debt = input.debt
    ? sizeDebt(
        input.debt,
        input.capitalCost,
        years.map(({ ebitda }) => ebitda),
      )
    : { amount: 0, payments: [] };
  const shares = depreciationShares(input.depreciation);
  const basis = input.capitalCost * (1 - input.investmentTaxCredit / 2);
  const cashFlows: ProjectYear[] = [
    {
      year: 0,
      energyKwh: 0,
      revenue: 0,
      operatingCost: 0,
      ebitda: 0,
      depreciation: 0,
      interest: 0,
      principal: 0,
      debtBalance: debt.amount,
      taxableIncome: 0,
      tax: 0,
      taxCredit: 0,
      projectFlow: -input.capitalCost,
      equityFlow: debt.amount - input.capitalCost,
      dscr: null,
    },
  ];
  let balance = debt.amount;
  const carried = { equity: 0, project: 0 };
  const taxable = (side: 'equity' | 'project', income: number): number => {
    const left = income - carried[side];
    carried[side] = Math.max(0, -left);
    return Math.max(0, left);
  };
  let costsNow = input.capitalCost;
  let energyNominal = 0;
  let energyReal = 0;
  for (const [k, { energyKwh, revenue, operatingCost, ebitda }] of years.entries()) {
    const payment = debt.payments[k] ?? 0;
    const interest = payment > 0 || balance > 0 ? balance * (input.debt?.rate ?? 0) : 0;
    const principal = payment - interest;
    balance = k + 1 >= debt.payments.length ? 0 : balance - principal;
    const depreciation = basis * (shares[k] ?? 0);
    const taxableIncome = taxable('equity', ebitda - depreciation - interest);
    const tax = input.taxRate * taxableIncome;
    const taxCredit = k === 0 ? input.investmentTaxCredit * input.capitalCost : 0;
    const projectTax = input.taxRate * taxable('project', ebitda - depreciation);
    cashFlows.push({
      year: k + 1,
      energyKwh,
      revenue,
      operatingCost,
      ebitda,
      depreciation,
      interest,
      principal,
      debtBalance: balance,
      taxableIncome,
      tax,
      taxCredit,
      projectFlow: ebitda - projectTax + taxCredit,
      equityFlow: ebitda - tax + taxCredit - payment,
      dscr: payment > 0 ? ebitda / payment : null,
    });
    costsNow += operatingCost / (1 + nominalDiscountRate) ** (k + 1);
    energyNominal += energyKwh / (1 + nominalDiscountRate) ** (k + 1);
    energyReal += energyKwh / (1 + input.realDiscountRate) ** (k + 1);
  }
  const project = cashFlows.map(({ projectFlow }) => projectFlow);
  const equity = cashFlows.map(({ equityFlow }) => equityFlow);
  const { irr, roots } = internalRatesOfReturn(project);
  const dscrs = cashFlows.flatMap(({ dscr }) => (dscr === null ? [] : [dscr]));
  return {
    capitalCost: input.capitalCost,
    lcoeRealPerKwh: costsNow / energyReal,
    lcoeNominalPerKwh: costsNow / energyNominal,
    npv: netPresentValue(nominalDiscountRate, project),
    irr,
    irrRoots: roots,
    equityNpv: netPresentValue(nominalDiscountRate, equity),
    equityIrr: internalRatesOfReturn(equity).irr,
    simplePaybackYears: paybackYears(project),
    discountedPaybackYears: paybackYears(project, nominalDiscountRate),
    debtAmount: debt.amount,
    minDscr: dscrs.length > 0 ? Math.min(...dscrs) : null,
    averageDscr: dscrs.length > 0 ? dscrs.reduce((sum, value) => sum + value, 0) / dscrs.length : null,
    nominalDiscountRate,
    cashFlows,
    assumptions: input,
  };
}
