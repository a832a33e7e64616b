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
