import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PROJECT_TERMS } from '../../test/support/project-terms.ts';
import { capitalRecovery, yearlyCost } from './capital-recovery.ts';
import { MACRS_HALF_YEAR, type MacrsYears } from './macrs.ts';
import { type Debt, decliningShares, type ProjectInput, projectEconomics } from './project.ts';

const plant: ProjectInput = {
  ...PROJECT_TERMS,
  annualEnergyKwh: 180e6,
  capitalCost: 95e6,
  operatingCostPerYear: 1.8e6,
  pricePerKwh: 0.06,
};
const loan: Debt = { rate: 0.055, years: 18, repayment: 'level', sizing: { type: 'share', share: 0.6 } };

test('LCOE equals the discounted form, real and nominal', () => {
  const { lcoeRealPerKwh, lcoeNominalPerKwh } = projectEconomics({ ...plant, costEscalation: 1.025 * 1.01 - 1 });
  const years = Array.from({ length: 25 }, (_, k) => k + 1);
  const sum = (ofYear: (year: number) => number) => years.reduce((total, year) => total + ofYear(year), 0);
  // In money of year 0: capital, operating cost and energy, Short et al. 1995
  const costs = 95e6 + sum((year) => (1.8e6 * 1.01 ** (year - 1)) / (1.025 * 1.05 ** year));
  const energyReal = sum((year) => (180e6 * 0.995 ** (year - 1)) / 1.05 ** year);
  const energyNominal = sum((year) => (180e6 * 0.995 ** (year - 1)) / (1.05 * 1.025) ** year);
  expect(lcoeRealPerKwh / (costs / energyReal)).toBeCloseTo(1, 12);
  expect(lcoeNominalPerKwh / (costs / energyNominal)).toBeCloseTo(1, 12);
});

test('LCOE: without inflation real and nominal agree, and with it the nominal price is higher', () => {
  const still = projectEconomics({ ...plant, inflation: 0, costEscalation: 0 });
  expect(still.lcoeNominalPerKwh).toBeCloseTo(still.lcoeRealPerKwh, 14);
  const inflated = projectEconomics({
    ...plant,
    operatingCostPerYear: 1.8e6 * 1.03,
    inflation: 0.03,
    costEscalation: 0.03,
  }); // in money of year 1
  expect(inflated.lcoeNominalPerKwh).toBeGreaterThan(inflated.lcoeRealPerKwh);
  expect(inflated.lcoeRealPerKwh).toBeCloseTo(still.lcoeRealPerKwh, 12);
});

test('LCOE by fixed charge rate is the real LCOE of a plant without degradation whose charge recovers its capital', () => {
  const { lcoeRealPerKwh } = projectEconomics({ ...plant, degradationPerYear: 0, inflation: 0, costEscalation: 0 });
  const cost = yearlyCost({ ...plant, fixedChargeRate: capitalRecovery(0.05, 25) });
  expect(cost / plant.annualEnergyKwh / lcoeRealPerKwh).toBeCloseTo(1, 12);
});

test('sold at its nominal LCOE, an untaxed plant has a net present value of zero and the discount rate as its IRR', () => {
  const { lcoeNominalPerKwh, nominalDiscountRate } = projectEconomics(plant);
  const { npv, irr } = projectEconomics({ ...plant, taxRate: 0, pricePerKwh: lcoeNominalPerKwh });
  expect(Math.abs(npv)).toBeLessThan(1e-6 * plant.capitalCost);
  expect(irr).toBeCloseTo(nominalDiscountRate, 9);
});

test('a level loan is repaid to the cent by equal payments', () => {
  const { cashFlows, debtAmount } = projectEconomics({ ...plant, debt: loan });
  expect(debtAmount).toBeCloseTo(57e6, 6);
  const payment = 57e6 * capitalRecovery(0.055, 18);
  for (const { interest, principal } of cashFlows.slice(1, 19)) expect(interest + principal).toBeCloseTo(payment, 4);
  expect(cashFlows.reduce((sum, { principal }) => sum + principal, 0)).toBeCloseTo(57e6, 4);
  expect(cashFlows[17].debtBalance).toBeGreaterThan(1e6);
  expect(cashFlows[19].interest).toBe(0);
});

test('a loan without interest is repaid in equal amounts', () => {
  const { cashFlows, debtAmount } = projectEconomics({ ...plant, debt: { ...loan, rate: 0, years: 20 } });
  expect(cashFlows[0].debtBalance).toBe(debtAmount);
  for (const { interest, principal } of cashFlows.slice(1, 21)) {
    expect(interest).toBe(0);
    expect(principal).toBeCloseTo(debtAmount / 20, 6);
  }
  expect(cashFlows[20].debtBalance).toBeCloseTo(0, 5);
});

test('debt sized by DSCR: level payments touch it in the worst year, sculpted ones in every year and carry more', () => {
  const sizing = { type: 'dscr', minDscr: 1.35, maxShare: 1 } as const;
  const level = projectEconomics({ ...plant, debt: { ...loan, sizing } });
  const sculpted = projectEconomics({ ...plant, debt: { ...loan, sizing, repayment: 'sculpted' } });
  expect(level.minDscr).toBeCloseTo(1.35, 10);
  expect(sculpted.minDscr).toBeCloseTo(1.35, 10);
  expect(sculpted.averageDscr).toBeCloseTo(1.35, 10);
  expect(sculpted.debtAmount).toBeGreaterThan(level.debtAmount);
  expect(sculpted.cashFlows.reduce((sum, { principal }) => sum + principal, 0)).toBeCloseTo(sculpted.debtAmount, 3);
  const capped = projectEconomics({ ...plant, debt: { ...loan, sizing: { ...sizing, maxShare: 0.5 } } });
  expect(capped.debtAmount).toBeCloseTo(0.5 * plant.capitalCost, 6);
});

test('losses are carried forward: the first years of MACRS pay no tax, and what is written off is the basis', () => {
  const { cashFlows } = projectEconomics({ ...plant, investmentTaxCredit: 0.3 });
  expect(cashFlows[1].tax).toBe(0);
  expect(cashFlows[1].taxCredit).toBeCloseTo(0.3 * 95e6, 6);
  expect(cashFlows.reduce((sum, { depreciation }) => sum + depreciation, 0)).toBeCloseTo(0.85 * 95e6, 4);
  const income = cashFlows.reduce((sum, { ebitda }) => sum + ebitda, 0) - 0.85 * 95e6;
  expect(cashFlows.reduce((sum, { taxableIncome }) => sum + taxableIncome, 0)).toBeCloseTo(income, 3);
});

test('a higher price never lowers the value, a higher cost never raises it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.2, noNaN: true }),
      fc.double({ min: 0, max: 0.05, noNaN: true }),
      (price, more) => {
        const value = projectEconomics({ ...plant, pricePerKwh: price, debt: loan });
        const dearer = projectEconomics({ ...plant, pricePerKwh: price + more, debt: loan });
        const costlier = projectEconomics({ ...plant, pricePerKwh: price, capitalCost: 95e6 * (1 + more), debt: loan });
        expect(dearer.npv).toBeGreaterThanOrEqual(value.npv - 1);
        expect(costlier.npv).toBeLessThanOrEqual(value.npv + 1);
      },
    ),
    { numRuns: 50, seed: 1 },
  );
});

test('every default is echoed', () => {
  const { assumptions } = projectEconomics(plant);
  expect(assumptions).toMatchObject({
    years: 25,
    costEscalation: 0.025,
    taxRate: 0.21,
    debt: null,
    variableCostPerKwh: 0,
  });
  expect(assumptions.depreciation).toEqual({ type: 'macrs', years: 5 });
});

describe('refuses what would break the computation', () => {
  test.each<[Partial<ProjectInput>, string]>([
    [{ annualEnergyKwh: 0 }, 'annual_energy_kwh is 0; expected above 0'],
    [{ capitalCost: Number.NaN }, 'capital_cost is NaN; expected a finite number'],
    [{ years: 2.5 }, 'years is 2.5; expected a whole number of at least 1'],
    [{ realDiscountRate: -1 }, 'real_discount_rate is -1; expected above -1'],
    [{ debt: { ...loan, rate: -1 } }, 'debt.rate is -1; expected above -1'],
    [{ debt: { ...loan, sizing: { type: 'dscr', minDscr: 0, maxShare: 1 } } }, 'debt.sizing.min_dscr is 0; expected'],
    [{ depreciation: { type: 'straight_line', years: 0 } }, 'depreciation.years is 0; expected'],
  ])('%j', (change, message) => {
    expect(() => projectEconomics({ ...plant, ...change })).toThrow(message);
  });
});

test('straight-line depreciation writes off equal amounts in its years and nothing after them', () => {
  const { cashFlows } = projectEconomics({ ...plant, depreciation: { type: 'straight_line', years: 10 } });
  const amounts = cashFlows.slice(1).map(({ depreciation }) => depreciation);
  expect(amounts).toEqual([...new Array(10).fill(9.5e6), ...new Array(15).fill(0)]);
});

test('double declining balance over 5 years is 40, 24, 14.4, 10.8 and 10.8 percent of the cost', () => {
  const { cashFlows } = projectEconomics({
    ...plant,
    depreciation: { type: 'declining_balance', years: 5, factor: 2 },
  });
  const percent = cashFlows.slice(1, 7).map(({ depreciation }) => (100 * depreciation) / plant.capitalCost);
  for (const [k, expected] of [40, 24, 14.4, 10.8, 10.8, 0].entries()) expect(percent[k]).toBeCloseTo(expected, 9);
});

test('declining balance with the half-year convention is the table of MACRS, to its rounding', () => {
  for (const [key, table] of Object.entries(MACRS_HALF_YEAR)) {
    const years = Number(key) as MacrsYears;
    // IRS Publication 946: 200 % for 3 to 10 years, 150 % for 15 and 20
    const shares = decliningShares(years, years <= 10 ? 2 : 1.5, 0.5);
    expect(shares).toHaveLength(table.length);
    for (const [k, share] of shares.entries()) expect(Math.abs(share - table[k])).toBeLessThan(1.1e-4);
  }
});

test('declining balance writes off all, never less than what equal amounts of the rest would', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.double({ min: 1, max: 5, noNaN: true }), (years, factor) => {
      const shares = decliningShares(years, factor);
      expect(shares).toHaveLength(years);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      for (const [k, share] of shares.entries()) expect(share).toBeLessThanOrEqual((shares[k - 1] ?? 1) + 1e-15);
    }),
  );
});
