/** Weibull distributions of wind speed: fits, moments and probabilities. */
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

/** Returns the shape that solves an equation. @throws AppError `wind.invalid_input` where no shape between 0.2 and 60 does */
function shapeOf(equation: (k: number) => number, what: string): number {
  const shape = findRoot(equation, MIN_SHAPE, MAX_SHAPE);
  if (shape === null)
    throw windError(
      `${what} has no solution between ${MIN_SHAPE} and ${MAX_SHAPE}: the ends give ${equation(MIN_SHAPE)} and ${equation(MAX_SHAPE)}`,
    );
  return shape;
}

/**
 * Fits by maximum likelihood; zero speeds are dropped, since the distribution gives them no probability.
 * @param wsMPerS speeds [m/s], >= 0, at least two different ones above 0
 * @see Seguro and Lambert 2000, doi:10.1016/S0167-6105(99)00122-1
 */
export function fitWeibullMle(wsMPerS: ArrayLike<number>): Weibull {
  const speeds = checkedSpeeds(wsMPerS).filter((v) => v > 0);
  const n = speeds.length;
  const largest = speeds.reduce((a, b) => Math.max(a, b), 0);
  if (n < 2 || speeds.every((v) => v === largest))
    throw windError(`a Weibull fit needs two different speeds above 0; received ${new Set(speeds).size} of them`);
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
  }, 'the maximum likelihood equation of the Weibull shape');
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
  guard.requireList('wind_speed_m_s', wsMPerS, 2);
  const speeds = Float64Array.from(wsMPerS);
  const bad = speeds.findIndex((v) => v < 0 || v > 100);
  if (bad >= 0) throw windError(`wind_speed_m_s[${bad}] is ${speeds[bad]}; expected 0 to 100`);
  return speeds;
}

/**
 * Fits as WAsP does: the distribution has the third moment and the fraction of speeds above the mean of the data.
 * @see Troen and Petersen 1989, European Wind Atlas, ISBN 87-550-1482-8, section 8.2
 */
export function fitWeibullWasp(moments: SpeedMoments): Weibull {
  const { meanMPerS, meanCube, fractionAboveMean } = moments;
  const scaleOf = (k: number) => (meanCube / gamma(1 + 3 / k)) ** (1 / 3);
  const shape = shapeOf(
    (k) => Math.exp(-((meanMPerS / scaleOf(k)) ** k)) - fractionAboveMean,
    "WAsP's equation of the Weibull shape",
  );
  return { shape, scaleMPerS: scaleOf(shape) };
}

/** Fits by moments: the distribution has the mean and standard deviation of the data. */
export function fitWeibullMoments(moments: SpeedMoments): Weibull {
  const ratio = (moments.stdMPerS / moments.meanMPerS) ** 2;
  const shape = shapeOf(
    (k) => Math.expm1(logGamma(1 + 2 / k) - 2 * logGamma(1 + 1 / k)) - ratio,
    'the moment equation of the Weibull shape',
  );
  return { shape, scaleMPerS: moments.meanMPerS / gamma(1 + 1 / shape) };
}

/**
 * Fits by Justus' formula: k = (std/mean)^-1.086. @see Justus et al. 1978,
 * doi:10.1175/1520-0450(1978)017<0350:MFEWSF>2.0.CO;2
 */
export function fitWeibullJustus(moments: SpeedMoments): Weibull {
  const shape = (moments.stdMPerS / moments.meanMPerS) ** -1.086;
  return { shape, scaleMPerS: moments.meanMPerS / gamma(1 + 1 / shape) };
}

/**
 * Fits by Akdag's formula: k = 1 + 3.69/E^2 with the energy pattern factor E. @see Akdag and Dinler 2009,
 * doi:10.1016/j.enconman.2009.03.020
 */
export function fitWeibullEnergyPattern(moments: SpeedMoments): Weibull {
  const factor = moments.meanCube / moments.meanMPerS ** 3;
  const shape = 1 + 3.69 / (factor * factor);
  return { shape, scaleMPerS: moments.meanMPerS / gamma(1 + 1 / shape) };
}

/** Fits by the energy pattern factor without Akdag's approximation: the distribution has the mean and mean cube of the data. */
export function fitWeibullEnergyPatternExact(moments: SpeedMoments): Weibull {
  const factor = moments.meanCube / moments.meanMPerS ** 3;
  const shape = shapeOf(
    (k) => Math.exp(logGamma(1 + 3 / k) - 3 * logGamma(1 + 1 / k)) - factor,
    'the energy pattern equation of the Weibull shape',
  );
  return { shape, scaleMPerS: moments.meanMPerS / gamma(1 + 1 / shape) };
}

export interface SectorFit {
  readonly centreDeg: number;
  readonly n: number;
  /** Share of all records */
  readonly frequency: number;
  readonly meanMPerS: number;
  /** null where the sector has too few speeds for a fit */
  readonly weibull: Weibull | null;
}

/**
 * Fits a Weibull distribution to each sector of a time series.
 * @param wsMPerS speeds [m/s], length n  @param wdDeg directions the wind comes from [deg], length n
 * @param method `mle` (default) or `wasp`
 * @param least fewest speeds above 0 for a fit; sectors with fewer get null
 */
export function fitSectors(
  wsMPerS: ArrayLike<number>,
  wdDeg: ArrayLike<number>,
  sectors = 12,
  method: 'mle' | 'wasp' = 'mle',
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
    meanMPerS: list.length ? list.reduce((a, b) => a + b, 0) / list.length : Number.NaN,
    weibull:
      list.filter((v) => v > 0).length < least
        ? null
        : method === 'mle'
          ? fitWeibullMle(list)
          : fitWeibullWasp(speedMoments(list)),
  }));
}
