import { expect, test } from '@jest/globals';
import {
  defaultHyperParameters,
  fitHyperParameters,
  GaussianProcess,
  negativeLogPosterior,
} from './gaussian-process.ts';
import { minimizeInBox } from '../lbfgs.ts';
import { Random } from '../../statistics/random.ts';

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
