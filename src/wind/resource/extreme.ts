/** Extreme winds and the classes of IEC 61400-1. */
import { DEFAULT_GUMBEL_FIT, type GumbelFit } from '../../contracts/wind/fits.ts';
import { fitGumbelMle, fitGumbelMoments, fitGumbelPwm, gumbelReturnLevel } from '../../statistics/gumbel.ts';
import { Random } from '../../statistics/random.ts';
import { guard } from '../check.ts';

/**
 * Returns the largest speed of each year of a series; years with less than `coverage` of their records are left out.
 * @param timeMs starts of the records [ms]  @param stepMs length of a record [ms]
 */
export function annualMaxima(
  wsMPerS: ArrayLike<number>,
  timeMs: ArrayLike<number>,
  stepMs: number,
  coverage = 0.9,
): readonly number[] {
  const byYear = new Map<number, { n: number; max: number }>();
  for (let i = 0; i < wsMPerS.length; i++) {
    if (!Number.isFinite(wsMPerS[i])) continue;
    const year = new Date(timeMs[i]).getUTCFullYear();
    const entry = byYear.get(year) ?? { n: 0, max: 0 };
    entry.n++;
    entry.max = Math.max(entry.max, wsMPerS[i]);
    byYear.set(year, entry);
  }
  return [...byYear].flatMap(([year, { n, max }]) =>
    n * stepMs >= coverage * (Date.UTC(year + 1, 0) - Date.UTC(year, 0)) ? [max] : [],
  );
}

/** The fits of a Gumbel distribution by their names. */
export const GUMBEL_FIT = {
  pwm: fitGumbelPwm,
  moments: fitGumbelMoments,
  mle: fitGumbelMle,
} as const satisfies Record<GumbelFit, unknown>;

/**
 * Returns the speed that is exceeded once in `years` years on average [m/s], by a Gumbel distribution of the annual maxima.
 * @param maximaMPerS largest speed of each year [m/s]
 * @param years return period [years], above 1
 * @returns null for fewer than three years, and if all maxima are equal: no distribution fits
 */
export function returnSpeed(
  maximaMPerS: readonly number[],
  years: number,
  fit: GumbelFit = DEFAULT_GUMBEL_FIT,
): number | null {
  if (maximaMPerS.length < 3 || new Set(maximaMPerS).size === 1) return null;
  return gumbelReturnLevel(GUMBEL_FIT[fit](maximaMPerS), years);
}

/** Draws of yearly maxima for the standard error of a return speed */
const DRAWS = 400;

/**
 * Returns the standard error of `returnSpeed` that only the number of years gives, from fits to as many maxima drawn from the
 * fitted distribution (a parametric bootstrap, always with the same draws) [m/s]; parameters and null as there.
 * @see Efron and Tibshirani 1993, An Introduction to the Bootstrap, section 6.5
 */
export function returnSpeedError(maximaMPerS: readonly number[], years: number, fit: GumbelFit = 'pwm'): number | null {
  if (returnSpeed(maximaMPerS, years, fit) === null) return null;
  const { location, scale } = GUMBEL_FIT[fit](maximaMPerS);
  const random = Random.fromSeed(1);
  let [sum, squares] = [0, 0];
  for (let draw = 0; draw < DRAWS; draw++) {
    const maxima = maximaMPerS.map(() => location - scale * Math.log(-Math.log(random.uniform() || Number.EPSILON)));
    const speed = gumbelReturnLevel(GUMBEL_FIT[fit](maxima), years);
    sum += speed;
    squares += speed * speed;
  }
  return Math.sqrt(Math.max(0, squares / DRAWS - (sum / DRAWS) ** 2));
}

/** Wind classes of IEC 61400-1, table 1: V_ref and V_ave [m/s]. */
export const IEC_CLASSES = {
  I: { vRefMPerS: 50, vAveMPerS: 10 },
  II: { vRefMPerS: 42.5, vAveMPerS: 8.5 },
  III: { vRefMPerS: 37.5, vAveMPerS: 7.5 },
} as const;
export type IecWindClass = keyof typeof IEC_CLASSES;

/** Turbulence categories of IEC 61400-1 edition 4, table 1: expected turbulence intensity at 15 m/s [1]. */
export const IEC_TURBULENCE = { 'A+': 0.18, A: 0.16, B: 0.14, C: 0.12 } as const;
export type IecTurbulenceCategory = keyof typeof IEC_TURBULENCE;

/**
 * Returns the extreme wind of a class at a height: 50-year and 1-year gusts, 50-year 10-minute mean [m/s]. IEC 61400-1
 * ed. 3, 6.3.2.1.
 */
export function iecExtremeWind(
  windClass: IecWindClass,
  heightM: number,
  hubHeightM: number,
): { readonly ve50MPerS: number; readonly ve1MPerS: number; readonly v50MPerS: number } {
  guard.requirePositive('heightM', heightM);
  const v50MPerS = IEC_CLASSES[windClass].vRefMPerS * (heightM / hubHeightM) ** 0.11;
  return { ve50MPerS: 1.4 * v50MPerS, ve1MPerS: 1.12 * v50MPerS, v50MPerS };
}

/** Returns the weakest wind class that bears an extreme and a mean at the hub; null beyond class I. */
export const windClassFor = (v50MPerS: number, meanMPerS: number): IecWindClass | null =>
  (['III', 'II', 'I'] as const).find((name) => {
    const { vRefMPerS, vAveMPerS } = IEC_CLASSES[name];
    return v50MPerS <= vRefMPerS && meanMPerS <= vAveMPerS;
  }) ?? null;

/** Returns the weakest turbulence category that bears a standard deviation at 15 m/s [m/s]; null beyond A+. */
export const turbulenceCategoryFor = (std15MPerS: number): IecTurbulenceCategory | null =>
  (['C', 'B', 'A', 'A+'] as const).find((name) => std15MPerS <= iecTurbulenceSigma(IEC_TURBULENCE[name], 15)) ?? null;

/** Returns the standard deviation of the normal turbulence model [m/s]: I_ref (0.75 V + 5.6). IEC 61400-1 ed. 3, 6.3.1.3. */
export const iecTurbulenceSigma = (iRef: number, wsMPerS: number): number => iRef * (0.75 * wsMPerS + 5.6);
