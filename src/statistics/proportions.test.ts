/** Against published examples, and values of R's prop.test, power.prop.test and chisq.test. */
import { expect, test } from '@jest/globals';
import { differenceInterval, differencePValue, ratioPValue, sampleSize, shareInterval } from './proportions.ts';

test.each([
  // Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<857, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the interval of %p of %p is that of Newcombe', (successes, n, lower, upper) => {
  const interval = shareInterval(successes, n);
  expect(interval.lower).toBeCloseTo(lower, 4);
  expect(interval.upper).toBeCloseTo(upper, 4);
});

test.each([
  // Newcombe 1998, table II, method 10
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [10, 10, 0, 10, 0.6075, 1],
])('the interval of %p/%p less %p/%p is that of Newcombe', (a, m, b, n, lower, upper) => {
  const interval = differenceInterval({ successes: b, n }, { successes: a, n: m });
  expect(interval.lower).toBeCloseTo(lower, 4);
  expect(interval.upper).toBeCloseTo(upper, 4);
});

test('the p-value is that of a z-test, and nothing differs from nothing', () => {
  // z = (0.15 - 0.1) / sqrt(0.125 * 0.875 * 2 / 1000) = 3.3806
  expect(differencePValue({ successes: 100, n: 1000 }, { successes: 150, n: 1000 })).toBeCloseTo(7.232e-4, 6);
  expect(differencePValue({ successes: 0, n: 10 }, { successes: 0, n: 10 })).toBe(1);
});

test('the size is that of power.prop.test of R', () => {
  // power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.65; (p1 = .1, p2 = .15, power = .8): n = 685.6
  expect(sampleSize(0.5, 0.25, { power: 0.9 })).toBe(77);
  expect(sampleSize(0.1, 0.05)).toBe(686);
});

test('the ratio is checked by the chi-square distribution', () => {
  expect(ratioPValue([50, 50], [1, 1])).toBe(1);
  // 3.841459 and 5.991465 are the 95 % points of one and two degrees of freedom.
  const off = Math.sqrt(3.841458820694124 * 1000) / 2;
  expect(ratioPValue([500 + off, 500 - off], [1, 1])).toBeCloseTo(0.05, 10);
  expect(ratioPValue([100, 200, 300], [1, 2, 3])).toBe(1);
  expect(ratioPValue([520, 480], [3, 1])).toBeLessThan(1e-12);
  expect(ratioPValue([0, 0], [1, 1])).toBe(1);
});
