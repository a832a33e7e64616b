/** Turbulence intensity of measured wind. */
import { guard } from '../check.ts';
import { sectorOf } from './sectors.ts';

export interface SectorTurbulence {
  readonly centreDeg: number;
  readonly n: number;
  /** Mean of standard deviation over speed [-]; null without records */
  readonly meanTi: number | null;
}

/**
 * Returns the mean turbulence intensity of each sector. Weaker winds are left out, because their ratio has no limit and
 * turbines do not run then.
 * @param wsMPerS mean speeds [m/s]  @param stdMPerS standard deviations within each record [m/s]; NaN where missing
 * @param wdDeg directions [deg]
 * @param minSpeedMPerS least speed that counts [m/s]; default 4
 */
export function fitSectorTurbulence(
  wsMPerS: ArrayLike<number>,
  stdMPerS: ArrayLike<number>,
  wdDeg: ArrayLike<number>,
  sectors = 12,
  minSpeedMPerS = 4,
): readonly SectorTurbulence[] {
  guard.requireSameLength('speeds', wsMPerS, 'standard deviations', stdMPerS);
  guard.requireSameLength('speeds', wsMPerS, 'directions', wdDeg);
  guard.requirePositive('minSpeedMPerS', minSpeedMPerS);
  const sums = Array.from({ length: sectors }, () => ({ n: 0, ti: 0 }));
  for (let i = 0; i < wsMPerS.length; i++) {
    if (!(wsMPerS[i] >= minSpeedMPerS && stdMPerS[i] > 0)) continue;
    const sum = sums[sectorOf(wdDeg[i], sectors)];
    sum.n++;
    sum.ti += stdMPerS[i] / wsMPerS[i];
  }
  return sums.map(({ n, ti }, s) => ({ centreDeg: (s * 360) / sectors, n, meanTi: n === 0 ? null : ti / n }));
}

/** Fewest records at a speed: five hours */
const MIN_RECORDS = 30;

/**
 * Returns the standard deviation that nine of ten records at a speed stay below [m/s]: their mean plus 1.28 standard
 * deviations of them, of the records within 0.5 m/s; null with fewer than 30. IEC 61400-1 ed. 3, 11.9.
 * @param wsMPerS mean speeds [m/s]  @param stdMPerS standard deviations within each record [m/s]; NaN where missing
 */
export function representativeStd(wsMPerS: Float64Array, stdMPerS: Float64Array, speedMPerS: number): number | null {
  guard.requireSameLength('speeds', wsMPerS, 'standard deviations', stdMPerS);
  const near = stdMPerS.filter((std, i) => std > 0 && Math.abs(wsMPerS[i] - speedMPerS) <= 0.5);
  if (near.length < MIN_RECORDS) return null;
  const mean = near.reduce((sum, std) => sum + std, 0) / near.length;
  const variance = near.reduce((sum, std) => sum + (std - mean) ** 2, 0) / near.length;
  return mean + 1.28 * Math.sqrt(variance);
}
