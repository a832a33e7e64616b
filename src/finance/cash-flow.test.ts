import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { capitalRecovery } from './capital-recovery.ts';
import { internalRatesOfReturn, netPresentValue, paybackYears } from './cash-flow.ts';
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

test('capital is recovered without interest and with nearly none', () => {
  expect(1e6 * capitalRecovery(0, 20)).toBe(5e4);
  expect(1e6 * capitalRecovery(1e-12, 20)).toBeCloseTo(5e4, 4);
});

test('every MACRS table writes off the whole basis', () => {
  for (const [years, fractions] of Object.entries(MACRS_HALF_YEAR)) {
    expect(fractions).toHaveLength(Number(years) + 1);
    expect(fractions.reduce((sum: number, fraction: number) => sum + fraction, 0)).toBeCloseTo(1, 12);
  }
});

describe('refuses', () => {
  test('rates and flows that make no sense, by name and value', () => {
    expect(() => netPresentValue(-1, [-1, 2])).toThrow('discount_rate is -1; expected');
    expect(() => netPresentValue(0.1, [1])).toThrow('cash_flows has 1 values; expected at least 2');
  });
});
