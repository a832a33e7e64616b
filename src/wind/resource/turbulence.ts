/** Turbulence intensity of measured wind. */
import { requireRange, requireSameLength } from '../check.ts';
import { sectorOf } from './weibull.ts';

export interface SectorTurbulence {
  readonly centreDeg: number;
  readonly n: number;
  /** Mean of standard deviation over speed [-]; null without records */
  readonly meanTi: number | null;
}

/**
 * Mean turbulence intensity of each sector. Weaker winds are left out: their ratio grows without bound, and turbines stand.
 * @param wsMs mean speeds [m/s]  @param stdMs standard deviations within each record [m/s]; NaN where missing
 * @param wdDeg directions [deg]
 * @param leastMs least speed that counts [m/s]; default 4
 */
export function fitSectorTurbulence(
  wsMs: ArrayLike<number>,
  stdMs: ArrayLike<number>,
  wdDeg: ArrayLike<number>,
  sectors = 12,
  leastMs = 4,
): readonly SectorTurbulence[] {
  requireSameLength('speeds', wsMs, 'standard deviations', stdMs);
  requireSameLength('speeds', wsMs, 'directions', wdDeg);
  requireRange('least_speed_ms', leastMs, 0.1, 30);
  const sums = Array.from({ length: sectors }, () => ({ n: 0, ti: 0 }));
  for (let i = 0; i < wsMs.length; i++) {
    if (!(wsMs[i] >= leastMs && stdMs[i] > 0)) continue;
    const sum = sums[sectorOf(wdDeg[i], sectors)];
    sum.n++;
    sum.ti += stdMs[i] / wsMs[i];
  }
  return sums.map(({ n, ti }, s) => ({ centreDeg: (s * 360) / sectors, n, meanTi: n === 0 ? null : ti / n }));
}
