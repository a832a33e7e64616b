/** Below this speed a direction may be missing: vanes begin to turn at 1 m/s, and no turbine runs [m/s]. */
export const CALM_WITHOUT_DIRECTION_M_PER_S = 2;

/**
 * Writes the previous direction into calms that have none, which has no effect. Before the first direction it is that one.
 * @param wdDeg directions [deg], NaN where missing; changed  @param isCalm of a record without direction
 * @returns the number of these
 */
export function fillCalmDirections(wdDeg: Float64Array, isCalm: (record: number) => boolean): number {
  const first = wdDeg.find(Number.isFinite);
  if (first === undefined) return 0;
  let last = first;
  let n = 0;
  for (let i = 0; i < wdDeg.length; i++) {
    if (Number.isFinite(wdDeg[i])) last = wdDeg[i];
    else if (isCalm(i)) {
      wdDeg[i] = last;
      n++;
    }
  }
  return n;
}

/**
 * Returns the directions of winds, NaN for calms in the north: many files write 0 where there is no wind, and the north would get
 * all calms. Where no direction would be left, all stay as they are.
 * @param wsMPerS speeds [m/s], length n  @param wdDeg directions [deg], length n
 */
export function withoutCalmNorth(wsMPerS: ArrayLike<number>, wdDeg: ArrayLike<number>): Float64Array {
  const directions = Float64Array.from(wdDeg, (deg, i) => (wsMPerS[i] === 0 && deg % 360 === 0 ? Number.NaN : deg));
  return directions.some(Number.isFinite) ? directions : Float64Array.from(wdDeg);
}

/** Returns the directions of winds in which calms in the north have the previous direction. */
export function withCalmsSpread(wsMPerS: ArrayLike<number>, wdDeg: ArrayLike<number>): Float64Array {
  const directions = withoutCalmNorth(wsMPerS, wdDeg);
  fillCalmDirections(directions, () => true);
  return directions;
}
