/** Measure, correlate, predict: corrects a short measurement on site to the long term by a reference series. */
import { guard, windError } from '../check.ts';

export type McpMethod = 'variance_ratio' | 'linear';

export interface McpFit {
  readonly method: McpMethod;
  readonly slope: number;
  readonly interceptMPerS: number;
  /** Pearson correlation of the concurrent speeds */
  readonly correlation: number;
  readonly n: number;
}

/**
 * Fits site = slope * reference + intercept on concurrent records.
 * `variance_ratio` keeps the site's mean and variance: slope = s_site/s_reference; `linear` is least squares, which
 * loses variance where the correlation is weak.
 * @param siteMPerS  @param referenceMPerS concurrent speeds [m/s], equal lengths
 * @see Rogers, Rogers and Manwell 2005, doi:10.1016/j.jweia.2004.09.002
 */
export function fitMcp(siteMPerS: ArrayLike<number>, referenceMPerS: ArrayLike<number>, method: McpMethod): McpFit {
  guard.requireSameLength('site speeds', siteMPerS, 'reference speeds', referenceMPerS);
  guard.requireList('site_m_s', siteMPerS, 3);
  guard.requireList('reference_m_s', referenceMPerS, 3);
  const n = siteMPerS.length;
  let meanSite = 0;
  let meanReference = 0;
  for (let i = 0; i < n; i++) {
    meanSite += siteMPerS[i] / n;
    meanReference += referenceMPerS[i] / n;
  }
  let ss = 0;
  let rr = 0;
  let sr = 0;
  for (let i = 0; i < n; i++) {
    const ds = siteMPerS[i] - meanSite;
    const dr = referenceMPerS[i] - meanReference;
    ss += ds * ds;
    rr += dr * dr;
    sr += ds * dr;
  }
  if (!(rr > 0 && ss > 0))
    throw windError(`the concurrent series of ${n} records do not vary; a long-term correction needs variance`);
  const slope = method === 'variance_ratio' ? Math.sqrt(ss / rr) : sr / rr;
  return { method, slope, interceptMPerS: meanSite - slope * meanReference, correlation: sr / Math.sqrt(ss * rr), n };
}

export interface LongTermSeries {
  readonly wsMPerS: Float64Array;
  /** Number of records for which the line gave a negative speed, which was set to 0 */
  readonly raisedToZero: number;
}

/** Returns the long-term speeds of the site [m/s], from a fit and the long reference series. */
export function predictLongTerm(fit: McpFit, referenceMPerS: ArrayLike<number>): LongTermSeries {
  guard.requireList('reference_m_s', referenceMPerS);
  const wsMPerS = new Float64Array(referenceMPerS.length);
  let raisedToZero = 0;
  for (let i = 0; i < wsMPerS.length; i++) {
    const ws = fit.slope * referenceMPerS[i] + fit.interceptMPerS;
    if (ws < 0) raisedToZero++;
    wsMPerS[i] = Math.max(0, ws);
  }
  return { wsMPerS, raisedToZero };
}
