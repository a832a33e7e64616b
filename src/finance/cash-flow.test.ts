import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { internalRatesOfReturn, loanBalance, loanPayment, netPresentValue, paybackYears } from './cash-flow.ts';
import { lcoeDiscounted, lcoeFixedChargeRate } from './lcoe.ts';
import { MACRS_HALF_YEAR } from './macrs.ts';

const amount = fc.double({ min: 1, max: 1e6, noNaN: true });

test('at the internal rate of return the present value is zero, and a single change of sign has a single rate', () => {
  fc.assert(
    fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 30 }), (cost, incomes) => {
      const flows = [-cost, ...incomes];
      const { irr, roots } = internalRatesOfReturn(flows);
      expect(roots.length).toBeLessThanOrEqual(1);
      if (irr === null) return;
      const size = flows.reduce((sum, flow, k) => sum + Math.abs(flow) / (1 + irr) ** k, 0);
      expect(Math.abs(netPresentValue(irr, flows)) / size).toBeLessThan(1e-10);
    }),
    { numRuns: 200, seed: 1 },
  );
});

test('all of three rates are found and named; the one nearest zero is the IRR', () => {
  // (1 - 1.05 x)(1 - 1.2 x)(1 - 1.5 x) times -1000
  const flows = [-1000, 3750, -4635, 1890];
  const { irr, roots } = internalRatesOfReturn(flows);
  expect(roots).toHaveLength(3);
  for (const [k, rate] of [0.05, 0.2, 0.5].entries()) expect(roots[k]).toBeCloseTo(rate, 9);
  expect(irr).toBeCloseTo(0.05, 9);
});

test('flows of one sign have no rate', () => {
  expect(internalRatesOfReturn([1, 2, 3])).toEqual({ irr: null, roots: [] });
  expect(internalRatesOfReturn([0, 0])).toEqual({ irr: null, roots: [] });
});

test('payback is linear within its year, later when discounted, and null where it never comes', () => {
  expect(paybackYears([-100, 40, 40, 40])).toBeCloseTo(2.5, 12);
  expect(paybackYears([-100, 40, 40, 40], 0.05)!).toBeGreaterThan(2.5);
  expect(paybackYears([-100, 40, 40, 40], 0.5)).toBeNull();
  expect(paybackYears([0, 1])).toBe(0);
});

test('a loan is repaid by its payments, with and without interest', () => {
  for (const rate of [0, 0.06]) {
    expect(loanBalance(1e6, rate, 20, 20)).toBeCloseTo(0, 5);
    expect(loanBalance(1e6, rate, 20, 0)).toBe(1e6);
  }
  expect(loanPayment(1e6, 0, 20)).toBe(5e4);
  expect(loanPayment(1e6, 1e-12, 20)).toBeCloseTo(5e4, 4);
});

test('LCOE: without inflation real and nominal agree, and with it the nominal price is higher', () => {
  const input = {
    capitalCost: 1e6,
    omYear1: 2e4,
    omRealEscalation: 0,
    inflation: 0,
    realDiscountRate: 0.06,
    energyYear1Kwh: 1.7e6,
    degradationPerYear: 0.005,
    years: 25,
  };
  const still = lcoeDiscounted(input);
  expect(still.nominalPerKwh).toBeCloseTo(still.realPerKwh, 14);
  const inflated = lcoeDiscounted({ ...input, omYear1: 2e4 * 1.03, inflation: 0.03 }); // in money of year 1
  expect(inflated.nominalPerKwh).toBeGreaterThan(inflated.realPerKwh);
  expect(inflated.realPerKwh).toBeCloseTo(still.realPerKwh, 12);
});

test('every MACRS table writes off the whole basis', () => {
  for (const [years, fractions] of Object.entries(MACRS_HALF_YEAR)) {
    expect(fractions).toHaveLength(Number(years) + 1);
    expect(fractions.reduce((sum: number, fraction: number) => sum + fraction, 0)).toBeCloseTo(1, 12);
  }
});

describe('refuses', () => {
  test('rates, energies and years that make no sense, by name and value', () => {
    expect(() => netPresentValue(-1, [-1, 2])).toThrow('discount_rate is -1; expected');
    expect(() => netPresentValue(0.1, [1])).toThrow('cash_flows has 1 entries; expected at least 2');
    expect(() => loanPayment(1, 0.1, 0)).toThrow('years is 0; expected');
    expect(() =>
      lcoeFixedChargeRate({
        capitalCost: 1,
        fixedOperatingCost: 1,
        variableOperatingCostPerKwh: 0,
        fixedChargeRate: 0.1,
        annualEnergyKwh: 0,
      }),
    ).toThrow('annual_energy_kwh is 0; expected a number above 0');
  });
});
