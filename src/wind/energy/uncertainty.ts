/** Exceedance levels of the yield, and losses. */
import { normalQuantile } from '../../statistics/normal.ts';
import { requireRange } from '../check.ts';

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
