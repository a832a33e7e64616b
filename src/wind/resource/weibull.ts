/** Weibull distributions of wind speed: fits, moments and probabilities. */
import { DEFAULT_WEIBULL_FIT, type WeibullFit } from '../../contracts/wind/fits.ts';
import { findRoot } from '../../statistics/root.ts';
import { sectorOf } from './sectors.ts';
import { gamma, logGamma } from '../../statistics/special.ts';
import { guard, windError } from '../check.ts';

/** F(v) = 1 - exp(-(v/A)^k) */
export interface Weibull {
  /** Scale A [m/s] */
  readonly scaleMPerS: number;
  /** Shape k [-] */
  readonly shape: number;
}

/** Returns the cumulative probability of speeds up to v. */
export function weibullCdf({ scaleMPerS, shape }: Weibull, wsMPerS: number): number {
  return wsMPerS <= 0 ? 0 : -Math.expm1(-((wsMPerS / scaleMPerS) ** shape));
}

/** Returns the probability density [s/m]. */
export function weibullPdf({ scaleMPerS, shape }: Weibull, wsMPerS: number): number {
  if (wsMPerS < 0) return 0;
  const x = wsMPerS / scaleMPerS;
  return (shape / scaleMPerS) * x ** (shape - 1) * Math.exp(-(x ** shape));
}

/** Returns the mean speed [m/s]. */
export const weibullMean = ({ scaleMPerS, shape }: Weibull): number => scaleMPerS * gamma(1 + 1 / shape);

/** Returns the mean power in the wind per rotor area [W/m2]. */
export const weibullPowerDensity = ({ scaleMPerS, shape }: Weibull, densityKgM3 = 1.225): number =>
  0.5 * densityKgM3 * scaleMPerS ** 3 * gamma(1 + 3 / shape);

/** Returns the most frequent speed [m/s]; 0 for k <= 1. */
export const weibullMode = ({ scaleMPerS, shape }: Weibull): number =>
  shape <= 1 ? 0 : scaleMPerS * ((shape - 1) / shape) ** (1 / shape);

/** Returns the speed that carries most energy [m/s]. */
export const weibullMaxEnergySpeed = ({ scaleMPerS, shape }: Weibull): number =>
  scaleMPerS * ((shape + 2) / shape) ** (1 / shape);

const MIN_SHAPE = 0.2;
const MAX_SHAPE = 60;

/** Returns the shape that solves an equation; null where none between 0.2 and 60 does, as for speeds that hardly vary. */
const shapeOf = (equation: (k: number) => number): number | null => findRoot(equation, MIN_SHAPE, MAX_SHAPE);

/** Returns the variance of a distribution divided by the square of its mean. */
const relativeVariance = (shape: number): number => Math.expm1(logGamma(1 + 2 / shape) - 2 * logGamma(1 + 1 / shape));

/** Returns the distribution with a shape and a mean; null without a shape of at most 60. */
const withMean = (shape: number | null, meanMPerS: number): Weibull | null =>
  shape === null || shape > MAX_SHAPE ? null : { shape, scaleMPerS: meanMPerS / gamma(1 + 1 / shape) };

/**
 * Fits by maximum likelihood; zero speeds are dropped, since the distribution gives them no probability.
 * @param wsMPerS speeds [m/s], >= 0
 * @returns null where the speeds above 0 do not vary enough for a shape below 60
 * @see Seguro and Lambert 2000, doi:10.1016/S0167-6105(99)00122-1
 */
export function fitWeibullMle(wsMPerS: ArrayLike<number>): Weibull | null {
  const speeds = checkedSpeeds(wsMPerS).filter((v) => v > 0);
  const n = speeds.length;
  const largest = speeds.reduce((a, b) => Math.max(a, b), 0);
  if (speeds.every((v) => v === largest)) return null;
  // Powers of v/max stay within 1 for every k.
  const logs = speeds.map((v) => Math.log(v / largest));
  const meanLog = logs.reduce((a, b) => a + b, 0) / n;
  const shape = shapeOf((k) => {
    let sum = 0;
    let sumLog = 0;
    for (let i = 0; i < n; i++) {
      const p = Math.exp(k * logs[i]);
      sum += p;
      sumLog += p * logs[i];
    }
    return sumLog / sum - 1 / k - meanLog;
  });
  if (shape === null) return null;
  const meanPower = logs.reduce((sum, l) => sum + Math.exp(shape * l), 0) / n;
  return { shape, scaleMPerS: largest * meanPower ** (1 / shape) };
}

/** Statistics of a series of speeds; zeros count. */
export interface SpeedMoments {
  readonly n: number;
  readonly meanMPerS: number;
  /** Population standard deviation [m/s] */
  readonly stdMPerS: number;
  /** Mean of the cubes [m3/s3] */
  readonly meanCube: number;
  readonly fractionAboveMean: number;
}

/** Returns the moments that the fits need. @param wsMPerS speeds [m/s], finite and not negative */
export function speedMoments(wsMPerS: ArrayLike<number>): SpeedMoments {
  const speeds = checkedSpeeds(wsMPerS);
  const n = speeds.length;
  const meanMPerS = speeds.reduce((a, b) => a + b, 0) / n;
  let squares = 0;
  let cubes = 0;
  let above = 0;
  for (const v of speeds) {
    squares += (v - meanMPerS) ** 2;
    cubes += v * v * v;
    if (v > meanMPerS) above++;
  }
  return { n, meanMPerS, stdMPerS: Math.sqrt(squares / n), meanCube: cubes / n, fractionAboveMean: above / n };
}

function checkedSpeeds(wsMPerS: ArrayLike<number>): Float64Array {
  guard.requireList('wind_speed_m_s', wsMPerS);
  guard.requireNotNegative('wind_speed_m_s', wsMPerS);
  return Float64Array.from(wsMPerS);
}

/**
 * Fits as WAsP does: the distribution has the third moment and the fraction of speeds above the mean of the data; null
 * where none has. Equal speeds may have a solution that is far from them, so speeds that vary less than those of the
 * largest shape have none either.
 * @see Troen and Petersen 1989, European Wind Atlas, ISBN 87-550-1482-8, section 8.2
 */
export function fitWeibullWasp(moments: SpeedMoments): Weibull | null {
  const { meanMPerS, stdMPerS, meanCube, fractionAboveMean } = moments;
  if (!((stdMPerS / meanMPerS) ** 2 >= relativeVariance(MAX_SHAPE))) return null;
  const scaleOf = (k: number) => (meanCube / gamma(1 + 3 / k)) ** (1 / 3);
  const shape = shapeOf((k) => Math.exp(-((meanMPerS / scaleOf(k)) ** k)) - fractionAboveMean);
  return shape === null ? null : { shape, scaleMPerS: scaleOf(shape) };
}

/** Fits by moments: the distribution has the mean and standard deviation of the data; null where none has. */
function fitWeibullMoments({ meanMPerS, stdMPerS }: SpeedMoments): Weibull | null {
  const ratio = (stdMPerS / meanMPerS) ** 2;
  const shape = shapeOf((k) => relativeVariance(k) - ratio);
  return withMean(shape, meanMPerS);
}

/**
 * Fits by Justus' formula: k = (std/mean)^-1.086; null for speeds that hardly vary. @see Justus et al. 1978,
 * doi:10.1175/1520-0450(1978)017<0350:MFEWSF>2.0.CO;2
 */
function fitWeibullJustus({ meanMPerS, stdMPerS }: SpeedMoments): Weibull | null {
  return withMean(stdMPerS > 0 ? (stdMPerS / meanMPerS) ** -1.086 : null, meanMPerS);
}

/**
 * Fits by Akdag's formula: k = 1 + 3.69/E^2 with the energy pattern factor E; null without wind. @see Akdag and Dinler 2009,
 * doi:10.1016/j.enconman.2009.03.020
 */
function fitWeibullEnergyPattern({ meanMPerS, meanCube }: SpeedMoments): Weibull | null {
  const factor = meanCube / meanMPerS ** 3;
  return withMean(meanMPerS > 0 ? 1 + 3.69 / (factor * factor) : null, meanMPerS);
}

/**
 * Fits by the energy pattern factor without Akdag's approximation: the distribution has the mean and mean cube of the
 * data; null where none has.
 */
function fitWeibullEnergyPatternExact({ meanMPerS, meanCube }: SpeedMoments): Weibull | null {
  const factor = meanCube / meanMPerS ** 3;
  const shape = shapeOf((k) => Math.exp(logGamma(1 + 3 / k) - 3 * logGamma(1 + 1 / k)) - factor);
  return withMean(shape, meanMPerS);
}

type Fit = (wsMPerS: ArrayLike<number>) => Weibull | null;
const ofMoments =
  (weibullOf: (moments: SpeedMoments) => Weibull | null): Fit =>
  (wsMPerS) =>
    weibullOf(speedMoments(wsMPerS));

/** The fits by their names; each takes speeds [m/s], >= 0, and returns null where none fits. */
export const WEIBULL_FIT: Readonly<Record<WeibullFit, Fit>> = {
  mle: fitWeibullMle,
  wasp: ofMoments(fitWeibullWasp),
  moments: ofMoments(fitWeibullMoments),
  justus: ofMoments(fitWeibullJustus),
  energy_pattern: ofMoments(fitWeibullEnergyPatternExact),
  energy_pattern_akdag: ofMoments(fitWeibullEnergyPattern),
};

export interface SectorFit {
  readonly centreDeg: number;
  readonly n: number;
  /** Share of all records */
  readonly frequency: number;
  /** null without records */
  readonly meanMPerS: number | null;
  /** null where the sector has too few speeds for a fit, or speeds that hardly vary */
  readonly weibull: Weibull | null;
}

/**
 * Fits a Weibull distribution to each sector of a time series.
 * @param wsMPerS speeds [m/s], length n  @param wdDeg directions the wind comes from [deg], length n
 * @param least fewest speeds above 0 for a fit; sectors with fewer get null
 */
export function fitSectors(
  wsMPerS: ArrayLike<number>,
  wdDeg: ArrayLike<number>,
  sectors = 12,
  fit: WeibullFit = DEFAULT_WEIBULL_FIT,
  least = 10,
): readonly SectorFit[] {
  if (wsMPerS.length !== wdDeg.length)
    throw windError(`${wsMPerS.length} speeds and ${wdDeg.length} directions; expected equal lengths`);
  guard.requireList('wind_direction_deg', wdDeg);
  const speeds: number[][] = Array.from({ length: sectors }, () => []);
  for (let i = 0; i < wsMPerS.length; i++) speeds[sectorOf(wdDeg[i], sectors)].push(wsMPerS[i]);
  return speeds.map((list, s) => ({
    centreDeg: (s * 360) / sectors,
    n: list.length,
    frequency: list.length / wsMPerS.length,
    meanMPerS: list.length ? list.reduce((a, b) => a + b, 0) / list.length : null,
    weibull: list.filter((v) => v > 0).length < least ? null : WEIBULL_FIT[fit](list),
  }));
}
