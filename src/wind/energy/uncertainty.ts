/** Exceedance levels of the yield, and losses. */
import { requireRange, windError } from '../check.ts';

/**
 * Quantile of the standard normal distribution; relative error below 1e-15.
 * @see Wichura 1988, algorithm AS 241, doi:10.2307/2347330
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw windError(`probability is ${p}; expected between 0 and 1`);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const x = r <= 5 ? ratio(MIDDLE, r - 1.6) : ratio(TAIL, r - 5);
  return q < 0 ? -x : x;
}

type Rational = readonly [numerator: readonly number[], denominator: readonly number[]];

const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, c) => sum * x + c, 0);
const ratio = ([above, below]: Rational, x: number): number => horner(above, x) / horner(below, x);

const CENTRE: Rational = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852546,
  ],
];
const MIDDLE: Rational = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
];
const TAIL: Rational = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
];

/**
 * Standard uncertainty of independent components: the root of the sum of squares.
 * @param components fractions of the yield, >= 0, by name
 */
export function combinedUncertainty(components: Readonly<Record<string, number>>): number {
  let sum = 0;
  for (const [name, value] of Object.entries(components)) {
    requireRange(`uncertainty.${name}`, value, 0, 1);
    sum += value * value;
  }
  return Math.sqrt(sum);
}

/** Yield exceeded with a probability of `percent` %: P50 (1 - z sigma); not below 0. */
export function exceedanceYield(p50: number, sigma: number, percent: number): number {
  requireRange('exceedance_percent', percent, 0.1, 99.9);
  requireRange('sigma', sigma, 0, 1);
  return Math.max(0, p50 * (1 - normalQuantile(percent / 100) * sigma));
}

/** As `exceedanceYield`, for the mean of `years` years, whose winds vary by `interannual` from year to year. */
export function exceedanceYieldOfYears(
  p50: number,
  sigma: number,
  interannual: number,
  years: number,
  percent: number,
): number {
  requireRange('years', years, 1, 100);
  return exceedanceYield(p50, Math.sqrt(sigma * sigma + (interannual * interannual) / years), percent);
}

/** What is left after losses that act one after the other: the product of (1 - loss). */
export function netFactor(losses: Readonly<Record<string, number>>): number {
  let factor = 1;
  for (const [name, value] of Object.entries(losses)) {
    requireRange(`losses.${name}`, value, 0, 1);
    factor *= 1 - value;
  }
  return factor;
}
