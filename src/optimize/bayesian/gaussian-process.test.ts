import { describe, expect, test } from '@jest/globals';
import {
  defaultHyperParameters,
  fitHyperParameters,
  GaussianProcess,
  negativeLogPosterior,
} from './gaussian-process.ts';
import { minimizeInBox } from '../lbfgs.ts';
import {
  logCdf,
  logExponentialImprovement,
  logImprovement,
  logLinearImprovement,
  scaledErfc,
} from '../../statistics/normal.ts';
import { Random } from '../../statistics/random.ts';

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

const random = Random.fromSeed(1);
const kinds = ['distance', 'distance', 'mismatch'] as const;
const n = 14;
const inputs = Float64Array.from({ length: n * 3 }, (_, i) => (i % 3 === 2 ? random.below(3) : random.uniform()));
const outputs = Float64Array.from({ length: n }, (_, i) => Math.sin(5 * inputs[3 * i]) + inputs[3 * i + 2] - 1);

test('the gradient of the log posterior equals central differences', () => {
  const f = negativeLogPosterior(inputs, outputs, kinds);
  const hyper = Float64Array.of(-0.7, 0.2, 0.4, 0.3, -7, -2, -1.5);
  const gradient = new Float64Array(7);
  f(hyper, gradient);
  for (let k = 0; k < 7; k++) {
    const shifted = (by: number) =>
      f(
        hyper.map((v, i) => (i === k ? v + by : v)),
        new Float64Array(7),
      );
    expect(gradient[k]).toBeCloseTo((shifted(1e-5) - shifted(-1e-5)) / 2e-5, 5);
  }
});

test('the fit is no worse than its starts, and repeats the observations', () => {
  const start = defaultHyperParameters(3);
  const { hyper, value } = fitHyperParameters(inputs, outputs, kinds, [start], 50);
  const f = negativeLogPosterior(inputs, outputs, kinds);
  expect(value).toBe(f(hyper, new Float64Array(7)));
  expect(value).toBeLessThan(f(start, new Float64Array(7)));
  const process = new GaussianProcess(inputs, outputs, kinds, hyper);
  for (let i = 0; i < n; i++)
    expect(process.predict(inputs.subarray(3 * i, 3 * i + 3)).mean).toBeCloseTo(outputs[i], 2);
});

test('the gradients of mean and variance equal central differences', () => {
  const process = new GaussianProcess(inputs, outputs, kinds, Float64Array.of(-0.7, 0.2, 0.4, 0.3, -8, -2, -1.5));
  const point = [0.3, 0.6, 1];
  const gradients = { mean: new Float64Array(3), variance: new Float64Array(3) };
  process.predict(point, gradients);
  for (const k of [0, 1]) {
    const at = (by: number) => process.predict(point.map((v, i) => (i === k ? v + by : v)));
    expect(gradients.mean[k]).toBeCloseTo((at(1e-6).mean - at(-1e-6).mean) / 2e-6, 6);
    expect(gradients.variance[k]).toBeCloseTo((at(1e-6).variance - at(-1e-6).variance) / 2e-6, 6);
  }
  expect(gradients.mean[2]).toBe(0);
});

test('minimises Rosenbrock in a box, and ends on the bound where the bound is in the way', () => {
  const f = (x: Float64Array, g: Float64Array): number => {
    g[0] = -400 * x[0] * (x[1] - x[0] ** 2) - 2 * (1 - x[0]);
    g[1] = 200 * (x[1] - x[0] ** 2);
    return 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2;
  };
  const box = (upper: number) =>
    minimizeInBox(f, Float64Array.of(-1.2, 1), Float64Array.of(-2, -2), Float64Array.of(upper, 2), {
      maxIterations: 500,
      valueTolerance: 0,
    });
  expect(box(2).value).toBeLessThan(1e-12);
  expect(box(0.5).x[0]).toBe(0.5);
  expect(box(0.5).x[1]).toBeCloseTo(0.25, 6);
});
