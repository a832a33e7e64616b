/**
 * Gaussian process regression with a length scale for each input and two Matern 5/2 kernels: the function's wide shape,
 * and a ripple on it that is finer by one ratio. Far from known points the ripple adds uncertainty; near them the model
 * follows it.
 * @see Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, algorithm 2.1 and sections 4.2 and 5.4
 */
import { minimizeInBox } from '../lbfgs.ts';

/** How two inputs of one coordinate differ: by their distance, or only by whether they are equal. */
export type CoordinateKind = 'distance' | 'mismatch';

/** Logarithms of: a length scale for each coordinate, the variances of signal, noise and ripple, the ripple's lengths over the signal's. */
export type HyperParameters = Float64Array;

const SQRT5 = Math.sqrt(5);
/** Parameters in addition to the length scales. */
const OTHERS = 4;
/** Bounds of the length scales on inputs in [0, 1], of the variances on outputs of variance 1, and of the ripple's ratio. */
const LENGTH = { lowest: 0.01, highest: 50 };
const SIGNAL = { lowest: 0.05, highest: 20 };
const NOISE = { lowest: 1e-7, highest: 1e-3 };
const RIPPLE = { lowest: 1e-6, highest: 2 };
const RATIO = { lowest: 0.02, highest: 0.5 };

/**
 * Log-normal priors. The length scales' common level grows with the square root of the dimension, as distances do
 * (Hvarfner et al.); each one's departure from it has Student's distribution: coordinates have similar length scales
 * until the data show that they differ, and then they may differ widely. Without that pooling a few dozen points in six
 * dimensions often make single coordinates look important by chance.
 * @see Hvarfner, Hellsten and Nardi 2024, arXiv:2402.02229; Gelman et al. 2013, Bayesian Data Analysis, chapters 5 and
 * 17
 */
const LEVEL_PRIOR = { mean: (d: number) => Math.SQRT1_2 + 0.5 * Math.log(d) - 1.4, deviation: 1.2 };
const DEPARTURE_PRIOR = { scale: 0.25, freedom: 3 };
const SIGNAL_PRIOR = { mean: 0, deviation: 1 };
const NOISE_PRIOR = { mean: Math.log(1e-5), deviation: 3 };
const RIPPLE_PRIOR = { mean: Math.log(1e-2), deviation: 2.5 };
const RATIO_PRIOR = { mean: Math.log(0.1), deviation: 0.5 };

export class GaussianProcess {
  readonly count: number;
  readonly #d: number;
  readonly #kinds: readonly CoordinateKind[];
  readonly #x: Float64Array;
  readonly #inverseLengths: Float64Array;
  readonly #signal: number;
  readonly #ripple: number;
  readonly #finer: number;
  /** Lower triangle of the covariance's Cholesky factor, rows of length `count`. */
  readonly #factor: Float64Array;
  readonly #weights: Float64Array;
  readonly #k: Float64Array;
  readonly #slopes: Float64Array;
  readonly #v: Float64Array;

  /**
   * @param x inputs, rows of one flat array, each in [0, 1] (or any labels where the kind is `mismatch`)
   * @param y outputs, about mean 0 and variance 1
   */
  constructor(x: Float64Array, y: Float64Array, kinds: readonly CoordinateKind[], hyper: HyperParameters) {
    const n = y.length;
    const d = kinds.length;
    this.count = n;
    this.#d = d;
    this.#kinds = kinds;
    this.#x = x;
    this.#inverseLengths = hyper.slice(0, d).map((log) => Math.exp(-log));
    this.#signal = Math.exp(hyper[d]);
    const noise = Math.exp(hyper[d + 1]);
    this.#ripple = Math.exp(hyper[d + 2]);
    this.#finer = Math.exp(-hyper[d + 3]);
    this.#k = new Float64Array(n);
    this.#slopes = new Float64Array(n);
    this.#v = new Float64Array(n);
    this.#factor = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      this.#covariances(x.subarray(i * d, (i + 1) * d), i);
      for (let j = 0; j < i; j++) this.#factor[i * n + j] = this.#k[j];
      this.#factor[i * n + i] = this.#signal + this.#ripple + noise;
    }
    factorize(this.#factor, n);
    this.#weights = Float64Array.from(y);
    solveLower(this.#factor, n, this.#weights);
    solveUpper(this.#factor, n, this.#weights);
  }

  /** Returns the covariances of a point with the first `count` inputs, and their derivatives by half the squared distance. */
  #covariances(point: ArrayLike<number>, count: number): void {
    const d = this.#d;
    for (let i = 0; i < count; i++) {
      let squared = 0;
      for (let k = 0; k < d; k++) {
        const difference =
          this.#kinds[k] === 'distance' ? point[k] - this.#x[i * d + k] : point[k] === this.#x[i * d + k] ? 0 : 1;
        const scaled = difference * this.#inverseLengths[k];
        squared += scaled * scaled;
      }
      const r = SQRT5 * Math.sqrt(squared);
      const decay = this.#signal * Math.exp(-r);
      const fine = r * this.#finer;
      const fineDecay = this.#ripple * Math.exp(-fine);
      this.#k[i] = decay * (1 + r + (r * r) / 3) + fineDecay * (1 + fine + (fine * fine) / 3);
      this.#slopes[i] = (-5 / 3) * (decay * (1 + r) + fineDecay * (1 + fine) * this.#finer * this.#finer);
    }
  }

  /**
   * Mean and variance at a point, without the noise.
   * @param gradients where given, the derivatives by each coordinate are written here; 0 for labels
   */
  predict(
    point: ArrayLike<number>,
    gradients?: { readonly mean: Float64Array; readonly variance: Float64Array },
  ): { mean: number; variance: number } {
    const n = this.count;
    const d = this.#d;
    const k = this.#k;
    this.#covariances(point, n);
    let mean = 0;
    for (let i = 0; i < n; i++) mean += k[i] * this.#weights[i];
    const v = this.#v;
    v.set(k);
    solveLower(this.#factor, n, v);
    let explained = 0;
    for (let i = 0; i < n; i++) explained += v[i] * v[i];
    // Rounding can leave an observed point below 0.
    const variance = Math.max(this.#signal + this.#ripple - explained, 1e-12 * this.#signal);
    if (gradients) {
      solveUpper(this.#factor, n, v);
      gradients.mean.fill(0);
      gradients.variance.fill(0);
      for (let i = 0; i < n; i++) {
        const byMean = this.#weights[i] * this.#slopes[i];
        const byVariance = -2 * v[i] * this.#slopes[i];
        for (let c = 0; c < d; c++) {
          if (this.#kinds[c] !== 'distance') continue;
          const inner = (point[c] - this.#x[i * d + c]) * this.#inverseLengths[c] * this.#inverseLengths[c];
          gradients.mean[c] += byMean * inner;
          gradients.variance[c] += byVariance * inner;
        }
      }
    }
    return { mean, variance };
  }
}

/** Returns the hyper-parameters at the centres of the priors, with a ripple of this variance. */
export function defaultHyperParameters(d: number, ripple = Math.exp(RIPPLE_PRIOR.mean)): HyperParameters {
  const hyper = new Float64Array(d + OTHERS).fill(LEVEL_PRIOR.mean(d));
  hyper.set([SIGNAL_PRIOR.mean, NOISE_PRIOR.mean, Math.log(ripple), RATIO_PRIOR.mean], d);
  return hyper;
}

/**
 * Returns the hyper-parameters of largest log marginal likelihood plus log prior, by gradient ascent from each start.
 * @param x inputs as rows, y outputs of mean 0 and variance 1
 * @returns the hyper-parameters and minus their log posterior, up to a constant of x
 */
export function fitHyperParameters(
  x: Float64Array,
  y: Float64Array,
  kinds: readonly CoordinateKind[],
  starts: readonly HyperParameters[],
  maxIterations: number,
): { readonly hyper: HyperParameters; readonly value: number } {
  const d = kinds.length;
  const lower = new Float64Array(d + OTHERS).fill(Math.log(LENGTH.lowest));
  const upper = new Float64Array(d + OTHERS).fill(Math.log(LENGTH.highest));
  for (const [k, { lowest, highest }] of [SIGNAL, NOISE, RIPPLE, RATIO].entries()) {
    lower[d + k] = Math.log(lowest);
    upper[d + k] = Math.log(highest);
  }
  const objective = negativeLogPosterior(x, y, kinds);
  let best: { x: Float64Array; value: number } | null = null;
  for (const start of starts) {
    const inside = start.map((value, k) => Math.min(upper[k], Math.max(lower[k], value)));
    const optimum = minimizeInBox(objective, inside, lower, upper, {
      maxIterations,
      gradientTolerance: 1e-3,
      valueTolerance: 1e-6,
    });
    if (best === null || optimum.value < best.value) best = optimum;
  }
  return { hyper: best!.x, value: best!.value };
}

/** Returns minus the log marginal likelihood and log prior, with the gradient by each log hyper-parameter. */
export function negativeLogPosterior(
  x: Float64Array,
  y: Float64Array,
  kinds: readonly CoordinateKind[],
): (hyper: Float64Array, gradient: Float64Array) => number {
  const n = y.length;
  const d = kinds.length;
  const pairs = (n * (n - 1)) / 2;
  // Squared differences of all pairs i > j, d numbers each.
  const squares = new Float64Array(pairs * d);
  for (let i = 1, at = 0; i < n; i++)
    for (let j = 0; j < i; j++)
      for (let k = 0; k < d; k++, at++) {
        const a = x[i * d + k];
        const b = x[j * d + k];
        squares[at] = kinds[k] === 'distance' ? (a - b) * (a - b) : a === b ? 0 : 1;
      }
  const factor = new Float64Array(n * n);
  const inverse = new Float64Array(n * n);
  const kernel = new Float64Array(pairs);
  const fineKernel = new Float64Array(pairs);
  /**
   * Negative derivative by half the squared scaled distance: of both kernels together, and of the ripple multiplied by that
   * distance squared.
   */
  const slope = new Float64Array(pairs);
  const fineSlope = new Float64Array(pairs);
  const weights = new Float64Array(n);
  const precision = new Float64Array(d);
  return (hyper, gradient) => {
    for (let k = 0; k < d; k++) precision[k] = Math.exp(-2 * hyper[k]);
    const signal = Math.exp(hyper[d]);
    const noise = Math.exp(hyper[d + 1]);
    const ripple = Math.exp(hyper[d + 2]);
    const finer = Math.exp(-hyper[d + 3]);
    for (let i = 0, p = 0; i < n; i++) {
      for (let j = 0; j < i; j++, p++) {
        let squared = 0;
        for (let k = 0, at = p * d; k < d; k++, at++) squared += squares[at] * precision[k];
        const r = SQRT5 * Math.sqrt(squared);
        const decay = signal * Math.exp(-r);
        kernel[p] = decay * (1 + r + (r * r) / 3);
        const fine = r * finer;
        const fineDecay = ripple * Math.exp(-fine);
        fineKernel[p] = fineDecay * (1 + fine + (fine * fine) / 3);
        const bySquare = (5 / 3) * fineDecay * (1 + fine) * finer * finer;
        slope[p] = (5 / 3) * decay * (1 + r) + bySquare;
        fineSlope[p] = bySquare * squared;
        factor[i * n + j] = kernel[p] + fineKernel[p];
      }
      factor[i * n + i] = signal + ripple + noise;
    }
    const logDeterminant = factorize(factor, n);
    weights.set(y);
    solveLower(factor, n, weights);
    let value = 0.5 * logDeterminant;
    for (let i = 0; i < n; i++) value += 0.5 * weights[i] * weights[i];
    solveUpper(factor, n, weights);
    invert(factor, inverse, n);
    gradient.fill(0);
    // d value / d theta = sum over the matrix of (K^-1 - a a^T) dK / d theta / 2; off-diagonal pairs count twice.
    for (let i = 0, p = 0; i < n; i++) {
      for (let j = 0; j < i; j++, p++) {
        const outer = inverse[i * n + j] - weights[i] * weights[j];
        gradient[d] += outer * kernel[p];
        gradient[d + 2] += outer * fineKernel[p];
        gradient[d + 3] += outer * fineSlope[p];
        const common = outer * slope[p];
        for (let k = 0, at = p * d; k < d; k++, at++) gradient[k] += common * squares[at] * precision[k];
      }
      const diagonal = 0.5 * (inverse[i * n + i] - weights[i] * weights[i]);
      gradient[d] += diagonal * signal;
      gradient[d + 1] += diagonal * noise;
      gradient[d + 2] += diagonal * ripple;
    }
    let level = 0;
    for (let k = 0; k < d; k++) level += hyper[k] / d;
    const { scale, freedom } = DEPARTURE_PRIOR;
    const levelZ = (level - LEVEL_PRIOR.mean(d)) / LEVEL_PRIOR.deviation;
    value += 0.5 * levelZ * levelZ;
    let together = levelZ / LEVEL_PRIOR.deviation;
    for (let k = 0; k < d; k++) {
      const z = (hyper[k] - level) / scale;
      value += 0.5 * (freedom + 1) * Math.log1p((z * z) / freedom);
      const pull = ((freedom + 1) * z) / (freedom + z * z) / scale;
      gradient[k] += pull;
      together -= pull;
    }
    for (let k = 0; k < d; k++) gradient[k] += together / d;
    for (const [k, { mean, deviation }] of [SIGNAL_PRIOR, NOISE_PRIOR, RIPPLE_PRIOR, RATIO_PRIOR].entries()) {
      const z = (hyper[d + k] - mean) / deviation;
      value += 0.5 * z * z;
      gradient[d + k] += z / deviation;
    }
    return value;
  };
}

/** Replaces a matrix by its Cholesky factor (lower triangle). @returns the logarithm of the determinant */
function factorize(a: Float64Array, n: number): number {
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let sum = a[row + j];
      for (let k = 0; k < j; k++) sum -= a[row + k] * a[other + k];
      if (j < i) a[row + j] = sum / a[other + j];
      else {
        // The noise keeps the matrix positive; a pivot lost to rounding is held at the last digit of the diagonal.
        const pivot = Math.sqrt(Math.max(sum, 1e-14 * a[row + i], Number.MIN_VALUE));
        a[row + i] = pivot;
        logDeterminant += 2 * Math.log(pivot);
      }
    }
  }
  return logDeterminant;
}

/** b becomes L^-1 b. */
function solveLower(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i];
    for (let k = 0, at = i * n; k < i; k++, at++) sum -= factor[at] * b[k];
    b[i] = sum / factor[i * n + i];
  }
}

/** b becomes L^-T b. */
function solveUpper(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    const value = b[i] / factor[i * n + i];
    b[i] = value;
    for (let k = 0, at = i * n; k < i; k++, at++) b[k] -= factor[at] * value;
  }
}

/** Computes the lower triangle of (L L^T)^-1; `factor` is overwritten. */
function invert(factor: Float64Array, inverse: Float64Array, n: number): void {
  // First U = L^-1, row by row in place; then U^T U.
  for (let i = 0; i < n; i++) {
    const diagonal = 1 / factor[i * n + i];
    for (let j = 0; j < i; j++) inverse[j] = 0;
    for (let k = 0; k < i; k++) {
      const weight = factor[i * n + k];
      for (let j = 0, at = k * n; j <= k; j++, at++) inverse[j] += weight * factor[at];
    }
    for (let j = 0; j < i; j++) factor[i * n + j] = -diagonal * inverse[j];
    factor[i * n + i] = diagonal;
  }
  inverse.fill(0);
  for (let k = 0; k < n; k++)
    for (let i = 0; i <= k; i++) {
      const weight = factor[k * n + i];
      for (let j = 0, out = i * n, at = k * n; j <= i; j++, out++, at++) inverse[out] += weight * factor[at];
    }
}
