/** How often which wind blows: probabilities by direction and speed, from sector-wise Weibull fits, tables or series. */
import { guard, windError } from '../check.ts';
import { sectorOf } from './sectors.ts';
import type { Weibull } from './weibull.ts';
import { weibullCdf, weibullMean } from './weibull.ts';

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
  /**
   * Frequency and mean speed [m/s] of each direction at all speeds, those outside of the bins too; left out: the bins have
   * all of it
   */
  readonly whole?: { readonly frequency: Float64Array; readonly meanMPerS: Float64Array };
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

/**
 * Returns the probabilities of direction and speed bins by sector-wise Weibull distributions. All directions together are
 * as frequent as all sectors; what is slower or faster than the bins is missing.
 */
export function roseOfWeibull(site: SectorWeibull, options: BinOptions): WindRose {
  checkSectorWeibull(site);
  const { directionsDeg, speedsMPerS, half } = binCentres(options);
  const parts = partsOfDirections(site, directionsDeg, options.sectorInterpolation);
  const probability = new Float64Array(directionsDeg.length * speedsMPerS.length);
  const whole = {
    frequency: new Float64Array(directionsDeg.length),
    meanMPerS: new Float64Array(directionsDeg.length),
  };
  parts.forEach((members, d) => {
    for (const { frequency, weibull } of members) {
      if (frequency === 0) continue;
      whole.frequency[d] += frequency;
      whole.meanMPerS[d] += frequency * weibullMean(weibull);
      for (let s = 0; s < speedsMPerS.length; s++) {
        const inBin =
          weibullCdf(weibull, speedsMPerS[s] + half) - weibullCdf(weibull, Math.max(0, speedsMPerS[s] - half));
        probability[d * speedsMPerS.length + s] += frequency * inBin;
      }
    }
    if (whole.frequency[d] > 0) whole.meanMPerS[d] /= whole.frequency[d];
  });
  return { directionsDeg, speedsMPerS, probability, weibull: { sectors: site.weibull, halfMPerS: half }, whole };
}

interface Part {
  readonly frequency: number;
  readonly weibull: Weibull;
}

/** Returns the distributions of each direction with their frequencies. */
function partsOfDirections(
  site: SectorWeibull,
  directionsDeg: Float64Array,
  interpolation: BinOptions['sectorInterpolation'],
): Part[][] {
  const sectors = site.frequency.length;
  const directions = directionsDeg.length;
  // Wider than the sectors: each sector belongs to one direction.
  if (directions < sectors) {
    const parts = Array.from({ length: directions }, (): Part[] => []);
    site.frequency.forEach((frequency, s) => {
      parts[sectorOf((360 * s) / sectors, directions)].push({ frequency, weibull: site.weibull[s] });
    });
    return parts;
  }
  if (interpolation === 'linear') {
    const parts = Array.from(directionsDeg, (direction) => between(site, direction));
    const sum = parts.reduce((total, { frequency }) => total + frequency, 0);
    const scale = site.frequency.reduce((total, frequency) => total + frequency, 0) / sum;
    return parts.map(({ frequency, weibull }) => [{ frequency: frequency * scale, weibull }]);
  }
  const sectorOfDirection = Array.from(directionsDeg, (direction) => sectorOf(direction, sectors));
  const members = membersOf(sectorOfDirection, sectors);
  return sectorOfDirection.map((s) => [{ frequency: site.frequency[s] / members[s], weibull: site.weibull[s] }]);
}

/** Counts the directions of each sector. */
function membersOf(sectorOfDirection: readonly number[], sectors: number): Float64Array {
  const members = new Float64Array(sectors);
  for (const sector of sectorOfDirection) members[sector]++;
  return members;
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
  const frequency = new Float64Array(directionsDeg.length);
  const speedSum = new Float64Array(directionsDeg.length);
  const share = 1 / wsMPerS.length;
  let outside = 0;
  for (let i = 0; i < wsMPerS.length; i++) {
    const d = sectorOf(wdDeg[i], directionsDeg.length);
    frequency[d] += share;
    speedSum[d] += share * wsMPerS[i];
    const s = Math.floor((wsMPerS[i] - speedsMPerS[0] + half) / (2 * half));
    if (s < 0 || s >= speedsMPerS.length) outside++;
    else probability[d * speedsMPerS.length + s] += share;
  }
  const meanMPerS = speedSum.map((sum, d) => (frequency[d] > 0 ? sum / frequency[d] : 0));
  return { rose: { directionsDeg, speedsMPerS, probability, whole: { frequency, meanMPerS } }, outside };
}

/** Returns the frequency and mean speed [m/s] of each direction. */
export function wholeOf({ directionsDeg, speedsMPerS, probability, whole }: WindRose): NonNullable<WindRose['whole']> {
  if (whole) return whole;
  const frequency = new Float64Array(directionsDeg.length);
  const meanMPerS = new Float64Array(directionsDeg.length);
  for (let d = 0; d < directionsDeg.length; d++) {
    for (let s = 0; s < speedsMPerS.length; s++) {
      frequency[d] += probability[d * speedsMPerS.length + s];
      meanMPerS[d] += probability[d * speedsMPerS.length + s] * speedsMPerS[s];
    }
    if (frequency[d] > 0) meanMPerS[d] /= frequency[d];
  }
  return { frequency, meanMPerS };
}

/** Tells whether directions are the centres of equal sectors around the whole circle. */
export function isEven(directionsDeg: ArrayLike<number>): boolean {
  const count = directionsDeg.length;
  return Array.from(directionsDeg).every(
    (direction, d) => Math.abs(direction - directionsDeg[0] - (360 * d) / count) < 1e-6 * 360,
  );
}

/** Tells whether a search replaces a rose's own directions by those of its bins: there are more of them, and they are equal parts. */
export const isFinerThan = ({ directionsDeg }: WindRose, stepDeg: number): boolean =>
  directionsDeg.length > Math.round(360 / stepDeg) && isEven(directionsDeg);

/**
 * Converts a rose of equal sectors to the directions of bins. Where these are finer, a sector's time is spread over its
 * directions, or over those between two sectors in proportion to their distance; where they are coarser, sectors are added.
 */
export function inDirections(
  rose: WindRose,
  directionStepDeg: number,
  interpolation: BinOptions['sectorInterpolation'],
): WindRose {
  const sectors = rose.directionsDeg.length;
  const directions = Math.round(360 / directionStepDeg);
  if (directions === sectors) return rose;
  const speeds = rose.speedsMPerS.length;
  const offset = rose.directionsDeg[0];
  const directionsDeg = Float64Array.from({ length: directions }, (_, d) => (360 * d) / directions);
  const probability = new Float64Array(directions * speeds);
  const add = (d: number, sector: number, weight: number) => {
    for (let s = 0; s < speeds; s++) probability[d * speeds + s] += weight * rose.probability[sector * speeds + s];
  };
  if (directions < sectors)
    rose.directionsDeg.forEach((direction, sector) => {
      add(sectorOf(direction, directions), sector, 1);
    });
  else if (interpolation === 'nearest') {
    const sectorOfDirection = Array.from(directionsDeg, (direction) => sectorOf(direction - offset, sectors));
    const members = membersOf(sectorOfDirection, sectors);
    sectorOfDirection.forEach((sector, d) => {
      add(d, sector, 1 / members[sector]);
    });
  } else {
    const weights = new Float64Array(sectors);
    const places = Array.from(directionsDeg, (direction) => {
      const place = (((direction - offset + 360) % 360) * sectors) / 360;
      const low = Math.floor(place) % sectors;
      const shareOfHigh = place - Math.floor(place);
      weights[low] += 1 - shareOfHigh;
      weights[(low + 1) % sectors] += shareOfHigh;
      return { low, high: (low + 1) % sectors, shareOfHigh };
    });
    places.forEach(({ low, high, shareOfHigh }, d) => {
      add(d, low, (1 - shareOfHigh) / weights[low]);
      add(d, high, shareOfHigh / weights[high]);
    });
  }
  return { directionsDeg, speedsMPerS: rose.speedsMPerS, probability };
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
  if (!(sum > 0 && sum < 1.001))
    throw windError(
      `the probabilities of ${speedsMPerS[0]} to ${speedsMPerS[speedsMPerS.length - 1]} m/s sum to ${sum}; expected more than 0, at most 1`,
    );
}
