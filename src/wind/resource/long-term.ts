/** Measure, correlate, predict: corrects a short measurement on site to the long term by a reference series. */
import { guard, windError } from '../check.ts';
import { sectorOf } from './sectors.ts';

export type McpMethod = 'variance_ratio' | 'linear';

/** A standard deviation below this share of the mean is rounding. */
const RELATIVE_ROUNDING = 1e-9;

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
  // A constant series has a variance of rounding errors.
  const varies = (squares: number, mean: number) => Math.sqrt(squares / n) > RELATIVE_ROUNDING * mean;
  if (!(varies(rr, meanReference) && varies(ss, meanSite)))
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

const SECTORS = 12;
/** Fewest concurrent records for a line of a sector; others take that of all records. */
const MIN_SECTOR_RECORDS = 100;

/** Returns the lines of the sectors of the reference that have enough records. */
export function fitSectorMcp(
  concurrent: {
    readonly siteMPerS: Float64Array;
    readonly referenceMPerS: Float64Array;
    readonly wdDeg: Float64Array;
  },
  method: McpMethod,
): readonly (McpFit & { readonly centreDeg: number })[] {
  const { siteMPerS, referenceMPerS, wdDeg } = concurrent;
  return Array.from({ length: SECTORS }, (_, s) => s).flatMap((s) => {
    const isIn = (_: number, i: number) => sectorOf(wdDeg[i], SECTORS) === s;
    const site = siteMPerS.filter(isIn);
    if (site.length < MIN_SECTOR_RECORDS) return [];
    return [{ ...fitMcp(site, referenceMPerS.filter(isIn), method), centreDeg: (s * 360) / SECTORS }];
  });
}

/** Returns the long-term speeds, each by the line of its sector of the reference. */
export function predictBySector(
  fit: McpFit,
  sectors: readonly (McpFit & { readonly centreDeg: number })[],
  reference: { readonly wsMPerS: ArrayLike<number>; readonly wdDeg: ArrayLike<number> },
): LongTermSeries {
  const lines = Array.from(
    { length: SECTORS },
    (_, s) => sectors.find(({ centreDeg }) => sectorOf(centreDeg, SECTORS) === s) ?? fit,
  );
  let raisedToZero = 0;
  const wsMPerS = Float64Array.from(reference.wsMPerS, (ws, i) => {
    const { slope, interceptMPerS } = lines[sectorOf(reference.wdDeg[i], SECTORS)];
    const predicted = slope * ws + interceptMPerS;
    if (predicted < 0) raisedToZero++;
    return Math.max(0, predicted);
  });
  return { wsMPerS, raisedToZero };
}

/** Returns the correlation of the means of months; null with fewer than three months. */
export function monthlyCorrelation({
  siteMPerS,
  referenceMPerS,
  timeMs,
}: {
  readonly siteMPerS: Float64Array;
  readonly referenceMPerS: Float64Array;
  readonly timeMs: Float64Array;
}): number | null {
  const months = new Map<string, { n: number; site: number; reference: number }>();
  timeMs.forEach((time, i) => {
    const month = new Date(time).toISOString().slice(0, 7);
    const { n, site, reference } = months.get(month) ?? { n: 0, site: 0, reference: 0 };
    months.set(month, { n: n + 1, site: site + siteMPerS[i], reference: reference + referenceMPerS[i] });
  });
  const most = Math.max(...[...months.values()].map(({ n }) => n));
  const full = [...months.values()].filter(({ n }) => n >= most / 2);
  if (full.length < 3) return null;
  const means = (which: 'site' | 'reference') => full.map((month) => month[which] / month.n);
  return fitMcp(means('site'), means('reference'), 'linear').correlation;
}
