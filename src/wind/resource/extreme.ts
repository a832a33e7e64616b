/** Extreme winds and the classes of IEC 61400-1. */
import { requireFinite, requireRange, windError } from '../check.ts';
import { findRoot } from './weibull.ts';

/** F(v) = exp(-exp(-(v - location)/scale)) */
export interface Gumbel {
  readonly locationMPerS: number;
  readonly scaleMPerS: number;
}

const EULER = 0.5772156649015329;

function checkedMaxima(maximaMPerS: ArrayLike<number>): number[] {
  requireFinite('annual_max_m_s', maximaMPerS, 3);
  const values = Array.from(maximaMPerS);
  if (Math.max(...values) === Math.min(...values))
    throw windError(`annual_max_m_s has ${values.length} equal values; expected different ones`);
  return values;
}

/** By mean and sample standard deviation. */
export function fitGumbelMoments(maximaMPerS: ArrayLike<number>): Gumbel {
  const values = checkedMaxima(maximaMPerS);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
  const scaleMPerS = Math.sqrt(6 * variance) / Math.PI;
  return { scaleMPerS, locationMPerS: mean - EULER * scaleMPerS };
}

/** By probability-weighted moments, the unbiased estimator. @see Hosking et al. 1985, doi:10.1080/00401706.1985.10488049 */
export function fitGumbelPwm(maximaMPerS: ArrayLike<number>): Gumbel {
  const values = checkedMaxima(maximaMPerS).sort((a, b) => a - b);
  const n = values.length;
  const b0 = values.reduce((a, b) => a + b, 0) / n;
  const b1 = values.reduce((sum, v, i) => sum + (i / (n - 1)) * v, 0) / n;
  const scaleMPerS = (2 * b1 - b0) / Math.LN2;
  return { scaleMPerS, locationMPerS: b0 - EULER * scaleMPerS };
}

/** By maximum likelihood. */
export function fitGumbelMle(maximaMPerS: ArrayLike<number>): Gumbel {
  const values = checkedMaxima(maximaMPerS);
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const least = Math.min(...values);
  const start = fitGumbelMoments(values).scaleMPerS;
  // scale = mean - sum(v e^(-v/scale)) / sum(e^(-v/scale)); speeds relative to the least one keep the exponents small
  const scaleMPerS = findRoot(
    (s) => {
      let sum = 0;
      let weighted = 0;
      for (const v of values) {
        const w = Math.exp((least - v) / s);
        sum += w;
        weighted += w * v;
      }
      return mean - weighted / sum - s;
    },
    start / 50,
    start * 50,
    'the maximum likelihood equation of the Gumbel scale',
  );
  const meanExp = values.reduce((sum, v) => sum + Math.exp((least - v) / scaleMPerS), 0) / n;
  return { scaleMPerS, locationMPerS: least - scaleMPerS * Math.log(meanExp) };
}

/** Speed exceeded once in T years on average [m/s]. */
export function returnSpeed({ locationMPerS, scaleMPerS }: Gumbel, years: number): number {
  if (!(years > 1)) throw windError(`return period is ${years} years; expected above 1`);
  return locationMPerS - scaleMPerS * Math.log(-Math.log1p(-1 / years));
}

/** Largest speed of each year of a series; years with less than `coverage` of the most complete year are left out. */
export function annualMaxima(wsMPerS: ArrayLike<number>, year: ArrayLike<number>, coverage = 0.9): readonly number[] {
  const byYear = new Map<number, { n: number; max: number }>();
  for (let i = 0; i < wsMPerS.length; i++) {
    if (!Number.isFinite(wsMPerS[i])) continue;
    const entry = byYear.get(year[i]) ?? { n: 0, max: 0 };
    entry.n++;
    entry.max = Math.max(entry.max, wsMPerS[i]);
    byYear.set(year[i], entry);
  }
  const most = Math.max(0, ...[...byYear.values()].map((e) => e.n));
  return [...byYear.values()].filter((e) => e.n >= coverage * most).map((e) => e.max);
}

/** Wind classes of IEC 61400-1 edition 3, table 1: V_ref and V_ave [m/s]. */
export const IEC_CLASSES = {
  I: { vRefMPerS: 50, vAveMPerS: 10 },
  II: { vRefMPerS: 42.5, vAveMPerS: 8.5 },
  III: { vRefMPerS: 37.5, vAveMPerS: 7.5 },
} as const;

/** Turbulence classes of IEC 61400-1 edition 3: I_ref at 15 m/s. */
export const IEC_TURBULENCE = { A: 0.16, B: 0.14, C: 0.12 } as const;

/** Extreme wind of a class at a height: 50-year and 1-year gusts, 50-year 10-minute mean [m/s]. IEC 61400-1 ed. 3, 6.3.2.1. */
export function iecExtremeWind(
  windClass: keyof typeof IEC_CLASSES,
  heightM: number,
  hubHeightM: number,
): { readonly ve50MPerS: number; readonly ve1MPerS: number; readonly v50MPerS: number } {
  requireRange('height_m', heightM, 1, 500);
  const v50MPerS = IEC_CLASSES[windClass].vRefMPerS * (heightM / hubHeightM) ** 0.11;
  return { ve50MPerS: 1.4 * v50MPerS, ve1MPerS: 1.12 * v50MPerS, v50MPerS };
}

/** Standard deviation of the normal turbulence model [m/s]: I_ref (0.75 V + 5.6). IEC 61400-1 ed. 3, 6.3.1.3. */
export const iecTurbulenceSigma = (iRef: number, wsMPerS: number): number => iRef * (0.75 * wsMPerS + 5.6);

/** The mildest class whose V_ref and V_ave both cover the site; null beyond class I. */
export function iecClassOf(v50MPerS: number, meanMPerS: number): keyof typeof IEC_CLASSES | null {
  for (const name of ['III', 'II', 'I'] as const)
    if (v50MPerS <= IEC_CLASSES[name].vRefMPerS && meanMPerS <= IEC_CLASSES[name].vAveMPerS) return name;
  return null;
}
