/** Measure-correlate-predict: a short measurement on site carried to the long term by a reference series. */
import { requireFinite, requireSameLength, windError } from '../check.ts';

export type McpMethod = 'variance_ratio' | 'linear';

export interface McpFit {
  readonly method: McpMethod;
  readonly slope: number;
  readonly interceptMs: number;
  /** Pearson correlation of the concurrent speeds */
  readonly correlation: number;
  readonly n: number;
}

/**
 * Fits site = slope * reference + intercept on concurrent records.
 * `variance_ratio` keeps the site's mean and variance: slope = s_site/s_reference; `linear` is least squares, which
 * loses variance where the correlation is weak.
 * @param siteMs  @param referenceMs concurrent speeds [m/s], equal lengths
 * @see Rogers, Rogers and Manwell 2005, doi:10.1016/j.jweia.2004.09.002
 */
export function fitMcp(siteMs: ArrayLike<number>, referenceMs: ArrayLike<number>, method: McpMethod): McpFit {
  requireSameLength('site speeds', siteMs, 'reference speeds', referenceMs);
  requireFinite('site_ms', siteMs, 3);
  requireFinite('reference_ms', referenceMs, 3);
  const n = siteMs.length;
  let meanSite = 0;
  let meanReference = 0;
  for (let i = 0; i < n; i++) {
    meanSite += siteMs[i] / n;
    meanReference += referenceMs[i] / n;
  }
  let ss = 0;
  let rr = 0;
  let sr = 0;
  for (let i = 0; i < n; i++) {
    const ds = siteMs[i] - meanSite;
    const dr = referenceMs[i] - meanReference;
    ss += ds * ds;
    rr += dr * dr;
    sr += ds * dr;
  }
  if (!(rr > 0 && ss > 0))
    throw windError(`the concurrent series of ${n} records do not vary; a long-term correction needs variance`);
  const slope = method === 'variance_ratio' ? Math.sqrt(ss / rr) : sr / rr;
  return { method, slope, interceptMs: meanSite - slope * meanReference, correlation: sr / Math.sqrt(ss * rr), n };
}

export interface LongTermSeries {
  readonly wsMs: Float64Array;
  /** Records in which the line fell below 0 and 0 stands */
  readonly raisedToZero: number;
}

/** The site's speeds of the long term [m/s], by a fit and the long reference series. */
export function predictLongTerm(fit: McpFit, referenceMs: ArrayLike<number>): LongTermSeries {
  requireFinite('reference_ms', referenceMs);
  const wsMs = new Float64Array(referenceMs.length);
  let raisedToZero = 0;
  for (let i = 0; i < wsMs.length; i++) {
    const ws = fit.slope * referenceMs[i] + fit.interceptMs;
    if (ws < 0) raisedToZero++;
    wsMs[i] = Math.max(0, ws);
  }
  return { wsMs, raisedToZero };
}
