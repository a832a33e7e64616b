/** Shares of two groups: intervals, a test of their difference, the size that such a test takes, and a check of their ratio. */
import { normalProbability, normalQuantile } from './normal.ts';
import { logGamma } from './special.ts';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Returns the interval of a share by Wilson's score.
 * @param n number of trials, above 0
 * @see Wilson 1927, doi:10.1080/01621459.1927.10502953
 */
export function shareInterval(successes: number, n: number, confidence = 0.95): Interval {
  const z = normalQuantile(0.5 + confidence / 2);
  const share = successes / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) };
}

interface Counts {
  readonly successes: number;
  readonly n: number;
}

/**
 * Returns the interval of the difference of two shares (second less first) by Newcombe's hybrid score, method 10.
 * @see Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
 */
export function differenceInterval(first: Counts, second: Counts, confidence = 0.95): Interval {
  const [p1, p2] = [first.successes / first.n, second.successes / second.n];
  const a = shareInterval(first.successes, first.n, confidence);
  const b = shareInterval(second.successes, second.n, confidence);
  const difference = p2 - p1;
  return {
    lower: difference - Math.hypot(p2 - b.lower, a.upper - p1),
    upper: difference + Math.hypot(b.upper - p2, p1 - a.lower),
  };
}

/** Returns the two-sided p-value of the two-proportion z-test with a pooled share; 1 where nothing or everything succeeds. */
export function differencePValue(first: Counts, second: Counts): number {
  const pooled = (first.successes + second.successes) / (first.n + second.n);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n));
  if (!(error > 0)) return 1;
  const z = (second.successes / second.n - first.successes / first.n) / error;
  return Math.min(1, 2 * normalProbability(-Math.abs(z)));
}

/**
 * Returns how many trials each group needs, so that a two-sided test finds a difference with a probability.
 * @param baseline share of the first group, between 0 and 1
 * @param effect difference of the shares; baseline and effect together are between 0 and 1
 * @see Fleiss, Levin, Paik 2003, Statistical Methods for Rates and Proportions, eq. 4.14
 */
export function sampleSize(baseline: number, effect: number, { significance = 0.05, power = 0.8 } = {}): number {
  const other = baseline + effect;
  const mean = (baseline + other) / 2;
  const za = normalQuantile(1 - significance / 2);
  const zb = normalQuantile(power);
  const root = za * Math.sqrt(2 * mean * (1 - mean)) + zb * Math.sqrt(baseline * (1 - baseline) + other * (1 - other));
  return Math.ceil((root / effect) ** 2);
}

/**
 * Returns the p-value of Pearson's test that counts have the ratio of their weights: a small one means that the assignment, or
 * the counting, is wrong.
 */
export function ratioPValue(counts: readonly number[], weights: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const weight = weights.reduce((sum, one) => sum + one, 0);
  if (n === 0) return 1;
  const statistic = counts.reduce((sum, count, i) => {
    const expected = (n * weights[i]) / weight;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  return upperGamma((counts.length - 1) / 2, statistic / 2);
}

/** Returns the regularized upper incomplete gamma function. @see Press et al., Numerical Recipes, 6.2 */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; sum + term !== sum; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return 1 - front * sum;
  }
  // Lentz's method for the continued fraction.
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 500; k++) {
    const factor = -k * (k - a);
    b += 2;
    d = 1 / (factor * d + b);
    c = b + factor / c;
    const step = c * d;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return front * fraction;
}
