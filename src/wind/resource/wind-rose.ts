/** How often which wind blows: probabilities by direction and speed, from sector-wise Weibull fits, tables or series. */
import { guard, windError } from '../check.ts';
import { sectorOf } from './sectors.ts';
import type { Weibull } from './weibull.ts';
import { weibullCdf } from './weibull.ts';

/** Weibull distributions by sector; sector 0 is centred on north, the others follow clockwise. */
export interface SectorWeibull {
  readonly frequency: readonly number[];
  readonly weibull: readonly Weibull[];
}

/** Bins of direction and speed, each with its centre and its probability. */
export interface WindRose {
  /** Bin centres [deg], where the wind comes from */
  readonly directionsDeg: Float64Array;
  /** Bin centres [m/s] */
  readonly speedsMPerS: Float64Array;
  /** By [direction * speeds + speed]; what lies outside of the bins is missing from the sum */
  readonly probability: Float64Array;
  /** What the probabilities were computed from, where that is Weibull distributions: speed bins of twice `halfMPerS` */
  readonly weibull?: { readonly sectors: readonly Weibull[]; readonly halfMPerS: number };
}

export interface BinOptions {
  /** Width of a direction bin [deg]; divides 360 */
  readonly directionStepDeg: number;
  /** First and last bin centre [m/s] and bin width */
  readonly minSpeedMPerS: number;
  readonly maxSpeedMPerS: number;
  readonly speedStepMPerS: number;
  /** Whether a direction takes its sector's distribution or one between the two nearest sectors' */
  readonly sectorInterpolation: 'nearest' | 'linear';
}

/** @throws AppError that names the sector and the quantity */
function checkSectorWeibull(site: SectorWeibull): void {
  guard.requireList('frequency', site.frequency);
  if (site.weibull.length !== site.frequency.length)
    throw windError(
      `${site.frequency.length} frequencies and ${site.weibull.length} distributions; expected equal lengths`,
    );
  let sum = 0;
  site.frequency.forEach((frequency, sector) => {
    guard.requireNotNegative(`frequency.${sector}`, frequency);
    sum += frequency;
    if (frequency === 0) return;
    guard.requirePositive(`weibull.${sector}.scaleMPerS`, site.weibull[sector].scaleMPerS);
    guard.requirePositive(`weibull.${sector}.shape`, site.weibull[sector].shape);
  });
  if (Math.abs(sum - 1) > 0.01) throw windError(`the sectors' frequencies sum to ${sum}; expected 1`, '/frequency');
}

/** Returns the bin centres of direction and of speed. */
function binCentres(options: BinOptions): { directionsDeg: Float64Array; speedsMPerS: Float64Array; half: number } {
  const { directionStepDeg, minSpeedMPerS, maxSpeedMPerS, speedStepMPerS } = options;
  guard.requirePositive('directionStepDeg', directionStepDeg);
  const directions = Math.round(360 / directionStepDeg);
  if (Math.abs(directions * directionStepDeg - 360) > 1e-9)
    throw windError(`direction_step_deg is ${directionStepDeg}; expected a divisor of 360`, '/direction_step_deg');
  guard.requirePositive('speedStepMPerS', speedStepMPerS);
  guard.requireNotNegative('minSpeedMPerS', minSpeedMPerS);
  guard.requireFinite('maxSpeedMPerS', maxSpeedMPerS);
  if (maxSpeedMPerS < minSpeedMPerS)
    guard.refuse('maxSpeedMPerS', `is ${maxSpeedMPerS}; expected at least min_speed_m_s, ${minSpeedMPerS}`);
  const speeds = Math.round((maxSpeedMPerS - minSpeedMPerS) / speedStepMPerS) + 1;
  return {
    directionsDeg: Float64Array.from({ length: directions }, (_, i) => i * directionStepDeg),
    speedsMPerS: Float64Array.from({ length: speeds }, (_, i) => minSpeedMPerS + i * speedStepMPerS),
    half: speedStepMPerS / 2,
  };
}

/** Returns the probabilities of direction and speed bins by sector-wise Weibull distributions; not renormalised. */
export function roseOfWeibull(site: SectorWeibull, options: BinOptions): WindRose {
  checkSectorWeibull(site);
  const { directionsDeg, speedsMPerS, half } = binCentres(options);
  const sectors = site.frequency.length;
  const share = sectors / directionsDeg.length;
  const probability = new Float64Array(directionsDeg.length * speedsMPerS.length);
  for (let d = 0; d < directionsDeg.length; d++) {
    const { frequency, weibull } =
      options.sectorInterpolation === 'linear' ? between(site, directionsDeg[d]) : nearest(site, directionsDeg[d]);
    if (frequency === 0) continue;
    for (let s = 0; s < speedsMPerS.length; s++) {
      const inBin =
        weibullCdf(weibull, speedsMPerS[s] + half) - weibullCdf(weibull, Math.max(0, speedsMPerS[s] - half));
      probability[d * speedsMPerS.length + s] = frequency * share * inBin;
    }
  }
  return { directionsDeg, speedsMPerS, probability, weibull: { sectors: site.weibull, halfMPerS: half } };
}

function nearest(site: SectorWeibull, directionDeg: number): { frequency: number; weibull: Weibull } {
  const sector = sectorOf(directionDeg, site.frequency.length);
  return { frequency: site.frequency[sector], weibull: site.weibull[sector] };
}

function between(site: SectorWeibull, directionDeg: number): { frequency: number; weibull: Weibull } {
  const sectors = site.frequency.length;
  const place = (directionDeg * sectors) / 360;
  const low = Math.floor(place) % sectors;
  const high = (low + 1) % sectors;
  const weight = place - Math.floor(place);
  const mix = (a: number, b: number) => a + (b - a) * weight;
  const [a, b] = [site.weibull[low], site.weibull[high]];
  return {
    frequency: mix(site.frequency[low], site.frequency[high]),
    weibull: { scaleMPerS: mix(a.scaleMPerS, b.scaleMPerS), shape: mix(a.shape, b.shape) },
  };
}

/**
 * Counts a series into bins. Calm directions count like others; speeds beyond the bins are left out.
 * @returns the rose and how many values lay outside of its speeds
 */
export function roseOfSeries(
  wsMPerS: ArrayLike<number>,
  wdDeg: ArrayLike<number>,
  options: BinOptions,
): { readonly rose: WindRose; readonly outside: number } {
  guard.requireList('ws', wsMPerS);
  guard.requireList('wd', wdDeg);
  guard.requireSameLength('ws', wsMPerS, 'wd', wdDeg);
  const { directionsDeg, speedsMPerS, half } = binCentres(options);
  const probability = new Float64Array(directionsDeg.length * speedsMPerS.length);
  let outside = 0;
  for (let i = 0; i < wsMPerS.length; i++) {
    const s = Math.floor((wsMPerS[i] - speedsMPerS[0] + half) / (2 * half));
    if (s < 0 || s >= speedsMPerS.length) outside++;
    else probability[sectorOf(wdDeg[i], directionsDeg.length) * speedsMPerS.length + s] += 1 / wsMPerS.length;
  }
  return { rose: { directionsDeg, speedsMPerS, probability }, outside };
}

/** Checks a rose. @throws AppError unless directions, speeds and probabilities match */
export function checkRose(rose: WindRose): void {
  guard.requireList('windDirectionDeg', rose.directionsDeg);
  guard.requireList('windSpeedMPerS', rose.speedsMPerS);
  const { directionsDeg, speedsMPerS, probability } = rose;
  const expected = directionsDeg.length * speedsMPerS.length;
  if (probability.length !== expected)
    throw windError(`probability has ${probability.length} values; expected ${expected}, directions times speeds`);
  let sum = 0;
  for (let i = 0; i < probability.length; i++) {
    guard.requireNotNegative(`probability.${i}`, probability[i]);
    sum += probability[i];
  }
  guard.requireNotNegative('windSpeedMPerS', speedsMPerS);
  if (!(sum > 0 && sum < 1.001)) throw windError(`the probabilities sum to ${sum}; expected more than 0, at most 1`);
}
