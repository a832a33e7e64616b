/** Wind speed at other heights. */
import { guard, windError } from '../check.ts';
import { sectorOf } from './sectors.ts';

/** Returns u (h/h0)^alpha. @param alpha shear exponent [-]; 1/7 over open land */
export function powerLaw(wsMPerS: number, heightM: number, targetHeightM: number, alpha: number): number {
  return wsMPerS * (targetHeightM / heightM) ** alpha;
}

/** Returns u ln(h/z0)/ln(h0/z0): neutral stratification, no displacement. @param roughnessM z0 [m], below both heights */
export function logLaw(wsMPerS: number, heightM: number, targetHeightM: number, roughnessM: number): number {
  if (!(roughnessM > 0 && roughnessM < heightM && roughnessM < targetHeightM))
    throw windError(`roughness_m is ${roughnessM}; expected above 0 and below ${Math.min(heightM, targetHeightM)}`);
  return (wsMPerS * Math.log(targetHeightM / roughnessM)) / Math.log(heightM / roughnessM);
}

/** Returns the shear exponent [-] that joins two heights, in any order. */
export function fitAlpha(u1MPerS: number, z1M: number, u2MPerS: number, z2M: number): number {
  requireTwoHeights(z1M, z2M);
  if (!(u1MPerS > 0 && u2MPerS > 0)) throw windError(`speeds are ${u1MPerS} and ${u2MPerS} m/s; expected both above 0`);
  return Math.log(u2MPerS / u1MPerS) / Math.log(z2M / z1M);
}

/**
 * Returns the roughness length [m] that joins two heights, in any order; needs the upper speed to be the larger one.
 * ln z0 = (u2 ln z1 - u1 ln z2) / (u2 - u1)
 */
export function fitRoughness(u1MPerS: number, z1M: number, u2MPerS: number, z2M: number): number {
  requireTwoHeights(z1M, z2M);
  if (!((u2MPerS - u1MPerS) * (z2M - z1M) > 0 && u1MPerS > 0 && u2MPerS > 0))
    throw windError(
      `speeds are ${u1MPerS} m/s at ${z1M} m and ${u2MPerS} m/s at ${z2M} m; a log law needs a rising speed`,
    );
  return Math.exp((u2MPerS * Math.log(z1M) - u1MPerS * Math.log(z2M)) / (u2MPerS - u1MPerS));
}

function requireTwoHeights(z1M: number, z2M: number): void {
  guard.requirePositive('heightM', z1M);
  guard.requirePositive('heightM', z2M);
  if (z1M === z2M) throw windError(`both heights are ${z1M} m; expected two`);
}

export interface SectorShear {
  readonly centreDeg: number;
  readonly n: number;
  /** From the sector's mean speeds; null without records */
  readonly alpha: number | null;
  /** null if the upper mean is not the larger one */
  readonly roughnessM: number | null;
}

/**
 * Returns the shear of each sector from the mean speeds at two heights; records with a speed below `minSpeedMPerS` are
 * left out.
 */
export function fitSectorShear(
  lowerMPerS: ArrayLike<number>,
  z1M: number,
  upperMPerS: ArrayLike<number>,
  z2M: number,
  wdDeg: ArrayLike<number>,
  sectors = 12,
  minSpeedMPerS = 3,
): readonly SectorShear[] {
  guard.requireSameLength('lower speeds', lowerMPerS, 'upper speeds', upperMPerS);
  guard.requireSameLength('lower speeds', lowerMPerS, 'directions', wdDeg);
  guard.requireList('wind_speed_lower_m_s', lowerMPerS);
  guard.requireList('wind_speed_upper_m_s', upperMPerS);
  const sums = Array.from({ length: sectors }, () => ({ n: 0, u1: 0, u2: 0 }));
  for (let i = 0; i < lowerMPerS.length; i++) {
    if (lowerMPerS[i] < minSpeedMPerS || upperMPerS[i] < minSpeedMPerS) continue;
    const sum = sums[sectorOf(wdDeg[i], sectors)];
    sum.n++;
    sum.u1 += lowerMPerS[i];
    sum.u2 += upperMPerS[i];
  }
  return sums.map(({ n, u1, u2 }, s) => ({
    centreDeg: (s * 360) / sectors,
    n,
    alpha: n === 0 ? null : fitAlpha(u1 / n, z1M, u2 / n, z2M),
    roughnessM: n === 0 || (u2 - u1) * (z2M - z1M) <= 0 ? null : fitRoughness(u1 / n, z1M, u2 / n, z2M),
  }));
}
