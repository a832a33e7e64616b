/** The Gumbel distribution of yearly maxima. */
import { findRoot } from './root.ts';

/** F(x) = exp(-exp(-(x - location)/scale)) */
export interface Gumbel {
  readonly location: number;
  readonly scale: number;
}

const EULER = 0.5772156649015329;

function checkMaxima(maxima: readonly number[]): void {
  if (maxima.length < 3 || maxima.some((value) => !Number.isFinite(value)) || new Set(maxima).size < 2)
    throw new RangeError(`maxima are [${maxima}]; expected at least three finite values, not all equal`);
}

/**
 * Fits by mean and sample standard deviation.
 * @param maxima at least three, not all equal
 * @throws RangeError for other maxima
 */
export function fitGumbelMoments(maxima: readonly number[]): Gumbel {
  checkMaxima(maxima);
  const mean = maxima.reduce((a, b) => a + b, 0) / maxima.length;
  const variance = maxima.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (maxima.length - 1);
  const scale = Math.sqrt(6 * variance) / Math.PI;
  return { scale, location: mean - EULER * scale };
}

/**
 * Fits by probability-weighted moments, the unbiased estimator; parameters as in `fitGumbelMoments`.
 * @see Hosking et al. 1985, doi:10.1080/00401706.1985.10488049
 */
export function fitGumbelPwm(maxima: readonly number[]): Gumbel {
  checkMaxima(maxima);
  const n = maxima.length;
  const values = [...maxima].sort((a, b) => a - b);
  const b0 = values.reduce((a, b) => a + b, 0) / n;
  const b1 = values.reduce((sum, v, i) => sum + (i / (n - 1)) * v, 0) / n;
  const scale = (2 * b1 - b0) / Math.LN2;
  return { scale, location: b0 - EULER * scale };
}

/** Fits by maximum likelihood; parameters as in `fitGumbelMoments`. */
export function fitGumbelMle(maxima: readonly number[]): Gumbel {
  const start = fitGumbelMoments(maxima).scale;
  const n = maxima.length;
  const mean = maxima.reduce((a, b) => a + b, 0) / n;
  const least = Math.min(...maxima);
  // scale = mean - sum(v e^(-v/scale)) / sum(e^(-v/scale)); values relative to the least one keep the exponents small
  const equation = (s: number): number => {
    let sum = 0;
    let weighted = 0;
    for (const v of maxima) {
      const w = Math.exp((least - v) / s);
      sum += w;
      weighted += w * v;
    }
    return mean - weighted / sum - s;
  };
  const scale = findRoot(equation, start / 50, start * 50);
  if (scale === null) throw new RangeError(`maxima are [${maxima}]; their likelihood has no maximum`);
  const meanExp = maxima.reduce((sum, v) => sum + Math.exp((least - v) / scale), 0) / n;
  return { scale, location: least - scale * Math.log(meanExp) };
}

/**
 * Returns the value that is exceeded once in `years` years on average, in the unit of the maxima.
 * @throws RangeError for 1 year or fewer
 */
export function gumbelReturnLevel({ location, scale }: Gumbel, years: number): number {
  if (!(years > 1)) throw new RangeError(`return period is ${years} years; expected above 1`);
  return location - scale * Math.log(-Math.log1p(-1 / years));
}
