/** How often which wind blows: probabilities by direction and speed, from sector-wise Weibull fits, tables or series. */
import { requireFinite, requireRange, requireSameLength, windError } from '../check.ts';
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
  readonly speedsMs: Float64Array;
  /** By [direction * speeds + speed]; what lies outside of the bins is missing from the sum */
  readonly probability: Float64Array;
  /** What the probabilities were computed from, where that is Weibull distributions: speed bins of twice `halfMs` */
  readonly weibull?: { readonly sectors: readonly Weibull[]; readonly halfMs: number };
}

export interface BinOptions {
  /** Width of a direction bin [deg]; default 1; divides 360 */
  readonly directionStepDeg?: number;
  /** First and last bin centre [m/s] and bin width; default 3 to 25 by 1 */
  readonly minSpeedMs?: number;
  readonly maxSpeedMs?: number;
  readonly speedStepMs?: number;
  /** Whether a direction takes its sector's distribution or one between the two nearest sectors'; default nearest */
  readonly sectorInterpolation?: 'nearest' | 'linear';
}

/** Sector, of `sectors` equal ones, in which a direction lies; sector 0 is centred on north. */
export function sectorOf(directionDeg: number, sectors: number): number {
  const turned = directionDeg - 360 * Math.floor(directionDeg / 360);
  return Math.floor((turned * sectors) / 360 + 0.5) % sectors;
}

/** @throws AppError that names the sector, the quantity and its range */
export function checkSectorWeibull(site: SectorWeibull): void {
  requireFinite('frequency', site.frequency);
  if (site.weibull.length !== site.frequency.length)
    throw windError(
      `${site.frequency.length} frequencies and ${site.weibull.length} distributions; expected equal lengths`,
    );
  let sum = 0;
  site.frequency.forEach((frequency, sector) => {
    requireRange(`frequency[${sector}]`, frequency, 0, 1);
    sum += frequency;
    if (frequency === 0) return;
    requireRange(`weibull[${sector}].scale_ms`, site.weibull[sector].scaleMs, 0.1, 50);
    requireRange(`weibull[${sector}].shape`, site.weibull[sector].shape, 0.5, 10);
  });
  if (Math.abs(sum - 1) > 0.01) throw windError(`the sectors' frequencies sum to ${sum}; expected 1`, '/frequency');
}

/** Bin centres of direction and of speed. */
function binCentres(options: BinOptions): { directionsDeg: Float64Array; speedsMs: Float64Array; half: number } {
  const { directionStepDeg = 1, minSpeedMs = 3, maxSpeedMs = 25, speedStepMs = 1 } = options;
  requireRange('direction_step_deg', directionStepDeg, 0.1, 360);
  const directions = Math.round(360 / directionStepDeg);
  if (Math.abs(directions * directionStepDeg - 360) > 1e-9)
    throw windError(`direction_step_deg is ${directionStepDeg}; expected a divisor of 360`, '/direction_step_deg');
  requireRange('speed_step_ms', speedStepMs, 0.01, 5);
  requireRange('min_speed_ms', minSpeedMs, 0, 50);
  requireRange('max_speed_ms', maxSpeedMs, minSpeedMs, 60);
  const speeds = Math.round((maxSpeedMs - minSpeedMs) / speedStepMs) + 1;
  return {
    directionsDeg: Float64Array.from({ length: directions }, (_, i) => i * directionStepDeg),
    speedsMs: Float64Array.from({ length: speeds }, (_, i) => minSpeedMs + i * speedStepMs),
    half: speedStepMs / 2,
  };
}

/** Probabilities of direction and speed bins by sector-wise Weibull distributions; not renormalised. */
export function roseOfWeibull(site: SectorWeibull, options: BinOptions = {}): WindRose {
  checkSectorWeibull(site);
  const { directionsDeg, speedsMs, half } = binCentres(options);
  const sectors = site.frequency.length;
  const share = sectors / directionsDeg.length;
  const probability = new Float64Array(directionsDeg.length * speedsMs.length);
  for (let d = 0; d < directionsDeg.length; d++) {
    const { frequency, weibull } =
      options.sectorInterpolation === 'linear' ? between(site, directionsDeg[d]) : nearest(site, directionsDeg[d]);
    if (frequency === 0) continue;
    for (let s = 0; s < speedsMs.length; s++) {
      const inBin = weibullCdf(weibull, speedsMs[s] + half) - weibullCdf(weibull, Math.max(0, speedsMs[s] - half));
      probability[d * speedsMs.length + s] = frequency * share * inBin;
    }
  }
  return { directionsDeg, speedsMs, probability, weibull: { sectors: site.weibull, halfMs: half } };
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
    weibull: { scaleMs: mix(a.scaleMs, b.scaleMs), shape: mix(a.shape, b.shape) },
  };
}

/**
 * Counts a series into bins. Calm directions count like others; speeds beyond the bins are left out.
 * @returns the rose and how many values lay outside of its speeds
 */
export function roseOfSeries(
  wsMs: ArrayLike<number>,
  wdDeg: ArrayLike<number>,
  options: BinOptions = {},
): { readonly rose: WindRose; readonly outside: number } {
  requireFinite('ws', wsMs);
  requireFinite('wd', wdDeg);
  requireSameLength('ws', wsMs, 'wd', wdDeg);
  const { directionsDeg, speedsMs, half } = binCentres(options);
  const probability = new Float64Array(directionsDeg.length * speedsMs.length);
  let outside = 0;
  for (let i = 0; i < wsMs.length; i++) {
    const s = Math.floor((wsMs[i] - speedsMs[0] + half) / (2 * half));
    if (s < 0 || s >= speedsMs.length) outside++;
    else probability[sectorOf(wdDeg[i], directionsDeg.length) * speedsMs.length + s] += 1 / wsMs.length;
  }
  return { rose: { directionsDeg, speedsMs, probability }, outside };
}

/** @throws AppError unless directions, speeds and probabilities fit each other */
export function checkRose(rose: WindRose): void {
  requireFinite('directions_deg', rose.directionsDeg);
  requireFinite('speeds_ms', rose.speedsMs);
  const { directionsDeg, speedsMs, probability } = rose;
  const expected = directionsDeg.length * speedsMs.length;
  if (probability.length !== expected)
    throw windError(`probability has ${probability.length} values; expected ${expected}, directions times speeds`);
  let sum = 0;
  for (let i = 0; i < probability.length; i++) {
    requireRange(`probability[${i}]`, probability[i], 0, 1);
    sum += probability[i];
  }
  for (const speed of speedsMs) requireRange('speeds_ms', speed, 0, 60);
  if (!(sum > 0 && sum < 1.001)) throw windError(`the probabilities sum to ${sum}; expected more than 0, at most 1`);
}
