import { expect, test } from '@jest/globals';
import { fitGumbelPwm, gumbelReturnLevel } from './gumbel.ts';
import { normalProbability, normalQuantile } from './normal.ts';
import { findRoot } from './root.ts';
import { digamma, logGamma } from './special.ts';

test('the normal distribution at its tabulated points', () => {
  expect(normalProbability(0)).toBe(0.5);
  expect(normalProbability(1.959963984540054)).toBeCloseTo(0.975, 14);
  expect(normalProbability(-2.3263478740408408)).toBeCloseTo(0.01, 14);
});

test('gamma and the normal quantile hold to double precision', () => {
  expect(Math.exp(logGamma(5))).toBeCloseTo(24, 10);
  expect(Math.exp(logGamma(1.5))).toBeCloseTo(Math.sqrt(Math.PI) / 2, 13);
  expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655446004, 14);
  expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12);
});

test('a probability outside 0 to 1 has no quantile, in the words of no technology', () => {
  for (const p of [0, 1, Number.NaN])
    expect(() => normalQuantile(p)).toThrow(new RangeError(`probability is ${p}; expected between 0 and 1`));
});

test("digamma is the slope of the gamma function's logarithm", () => {
  expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 12);
  for (const x of [0.7, 1.4, 2.9]) expect(digamma(x)).toBeCloseTo((logGamma(x + 1e-5) - logGamma(x - 1e-5)) / 2e-5, 8);
});

test('a root is found between values of different sign, and none between equal ones', () => {
  expect(findRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
  expect(findRoot((x) => x * x + 1, 0, 2)).toBeNull();
});

test('a Gumbel distribution needs three maxima that differ', () => {
  const fitted = fitGumbelPwm([21, 24, 30, 22]);
  expect(gumbelReturnLevel(fitted, 100)).toBeGreaterThan(gumbelReturnLevel(fitted, 50));
  for (const maxima of [
    [20, 21],
    [20, 20, 20],
    [20, 21, Number.NaN],
  ])
    expect(() => fitGumbelPwm(maxima)).toThrow('at least three');
  expect(() => gumbelReturnLevel(fitted, 1)).toThrow('return period is 1 years');
});
