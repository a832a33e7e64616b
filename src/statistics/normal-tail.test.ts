import { describe, expect, test } from '@jest/globals';
import { logCdf, logExponentialImprovement, logImprovement, logLinearImprovement, scaledErfc } from './normal-tail.ts';

describe('normal distribution', () => {
  test.each([
    [0, 1],
    [0.1, 0.8964569799691268],
    [0.46, 0.6367873838327129],
    [0.5, 0.6156903441929258],
    [2.5, 0.2108063640611436],
    [4.01, 0.13667636742994915],
    [30, 0.018795888861416754],
  ])('exp(x^2) erfc(x) at %d agrees with scipy', (x, expected) => {
    expect(Math.abs(scaledErfc(x) / expected - 1)).toBeLessThan(1e-14);
  });
  // 60-digit values
  test.each([
    [3, 1.0987396653277077, -0.0013508099647481938],
    [0.5, -0.3598276837450638, -0.3689464152886564],
    [-1, -2.4851210257126413, -1.8410216450092636],
    [-5, -16.74430116266099, -15.064998393988725],
    [-20, -206.9178385094251, -203.91715537109727],
    [-26, -345.439546722318, -342.17850892992783],
    [-100, -5010.12957880025, -5005.524208694205],
  ])('log improvement and log distribution at %d', (z, improvement, cdf) => {
    expect(logImprovement(z).value).toBeCloseTo(improvement, 8);
    expect(logCdf(z).value).toBeCloseTo(cdf, 10);
    const step = 1e-6;
    for (const f of [logImprovement, logCdf]) {
      const difference = (f(z + step).value - f(z - step).value) / (2 * step);
      expect(Math.abs(f(z).slope - difference)).toBeLessThan(1e-4 * Math.max(1, Math.abs(difference)));
    }
  });
});

test.each([
  [-2, 0.5],
  [0.3, 0.2],
  [3, 1],
  [-8, 0.3],
])('exponential improvement at z %d, sigma %d equals quadrature', (z, sigma) => {
  // u = sigma (z + x) for x standard normal, from u = 0 on; midpoint rule.
  const steps = 20_000;
  let expected = 0;
  for (let i = 0; i < steps; i++) {
    const beyond = ((i + 0.5) / steps) * 20;
    expected += (Math.expm1(sigma * beyond) * Math.exp(-0.5 * (beyond - z) ** 2)) / Math.sqrt(2 * Math.PI);
  }
  const { value, slope, bySigma } = logExponentialImprovement(z, sigma);
  expect(value).toBeCloseTo(Math.log((expected * 20) / steps), 5);
  const by = (dz: number, ds: number) => logExponentialImprovement(z + dz, sigma + ds).value;
  expect(slope).toBeCloseTo((by(1e-5, 0) - by(-1e-5, 0)) / 2e-5, 5);
  expect(bySigma).toBeCloseTo((by(0, 1e-5) - by(0, -1e-5)) / 2e-5, 5);
  expect(by(0, 1.1e-5 - sigma)).toBeCloseTo(logLinearImprovement(z, 1.1e-5).value, 3);
});
