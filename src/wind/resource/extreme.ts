/** Extreme winds and the classes of IEC 61400-1. */
import { fitGumbelPwm, gumbelReturnLevel } from '../../statistics/gumbel.ts';
import { guard, windError } from '../check.ts';

/**
 * Returns the largest speed of each year of a series; years with less than `coverage` of the most complete year are
 * left out.
 */
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

/**
 * Returns the speed that is exceeded once in `years` years on average [m/s], by a Gumbel distribution of the annual maxima.
 * @param maximaMPerS largest speed of each year [m/s], at least three, not all equal
 * @param years return period [years], above 1
 */
export function returnSpeed(maximaMPerS: readonly number[], years: number): number {
  guard.requireList('annual_max_m_s', maximaMPerS, 3);
  if (Math.max(...maximaMPerS) === Math.min(...maximaMPerS))
    throw windError(`annual_max_m_s has ${maximaMPerS.length} equal values; expected different ones`);
  return gumbelReturnLevel(fitGumbelPwm(maximaMPerS), years);
}

/** Wind classes of IEC 61400-1 edition 3, table 1: V_ref and V_ave [m/s]. */
export const IEC_CLASSES = {
  I: { vRefMPerS: 50, vAveMPerS: 10 },
  II: { vRefMPerS: 42.5, vAveMPerS: 8.5 },
  III: { vRefMPerS: 37.5, vAveMPerS: 7.5 },
} as const;

/**
 * Returns the extreme wind of a class at a height: 50-year and 1-year gusts, 50-year 10-minute mean [m/s]. IEC 61400-1
 * ed. 3, 6.3.2.1.
 */
export function iecExtremeWind(
  windClass: keyof typeof IEC_CLASSES,
  heightM: number,
  hubHeightM: number,
): { readonly ve50MPerS: number; readonly ve1MPerS: number; readonly v50MPerS: number } {
  guard.requirePositive('heightM', heightM);
  const v50MPerS = IEC_CLASSES[windClass].vRefMPerS * (heightM / hubHeightM) ** 0.11;
  return { ve50MPerS: 1.4 * v50MPerS, ve1MPerS: 1.12 * v50MPerS, v50MPerS };
}

/** Returns the standard deviation of the normal turbulence model [m/s]: I_ref (0.75 V + 5.6). IEC 61400-1 ed. 3, 6.3.1.3. */
export const iecTurbulenceSigma = (iRef: number, wsMPerS: number): number => iRef * (0.75 * wsMPerS + 5.6);
