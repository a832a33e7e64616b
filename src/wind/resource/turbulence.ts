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
