import { AppError } from '../contracts/common/app-error.ts';

/**
 * Returns the exact hypervolume: the measure of the region that the points dominate, bounded by the reference point.
 * All objectives are minimised; points not better than the reference point in every objective add nothing; equal points
 * count once. Two objectives by a sweep, three by a sweep with a balanced staircase, O(n log n) searches and O(n) moves
 * each.
 * @param points objectives, each of length 2 or 3
 * @param referencePoint same length
 * @returns the volume, in the product of the objectives' units
 * @see Beume et al. 2009, doi:10.1109/TEVC.2009.2015575
 */
export function hypervolume(points: readonly ArrayLike<number>[], referencePoint: readonly number[]): number {
  const m = referencePoint.length;
  if (m !== 2 && m !== 3)
    throw new AppError('optimize.invalid_input', `reference_point has ${m} objectives; expected 2 or 3`);
  for (const [index, point] of points.entries())
    if (point.length !== m)
      throw new AppError('optimize.invalid_input', `point ${index} has ${point.length} objectives; expected ${m}`);
  const inside = points.filter((point) => referencePoint.every((limit, k) => point[k] < limit));
  return m === 2 ? sweep2(inside, referencePoint) : sweep3(inside, referencePoint);
}

function sweep2(points: readonly ArrayLike<number>[], reference: readonly number[]): number {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let volume = 0;
  let lowest = reference[1];
  for (const point of sorted)
    if (point[1] < lowest) {
      volume += (reference[0] - point[0]) * (lowest - point[1]);
      lowest = point[1];
    }
  return volume;
}

/**
 * Visits the points by rising third objective; the area of the staircase seen so far, times the step to the next point,
 * is added up.
 */
function sweep3(points: readonly ArrayLike<number>[], reference: readonly number[]): number {
  const sorted = [...points].sort((a, b) => a[2] - b[2]);
  // The staircase: x rising, y falling, between sentinels at the reference point.
  const xs = [Number.NEGATIVE_INFINITY, reference[0]];
  const ys = [reference[1], Number.NEGATIVE_INFINITY];
  let area = 0;
  let volume = 0;
  for (let i = 0; i < sorted.length; i++) {
    const x = sorted[i][0];
    const y = sorted[i][1];
    let low = 1;
    let high = xs.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (xs[middle] < x) low = middle + 1;
      else high = middle;
    }
    // `low` is the first step at or right of x; the step before it bounds y from above.
    if (ys[low - 1] > y && !(xs[low] === x && ys[low] <= y)) {
      let right = low;
      let top = ys[low - 1];
      let left = x;
      while (ys[right] >= y) {
        area += (xs[right] - left) * (top - y);
        left = xs[right];
        top = ys[right];
        right++;
      }
      area += (xs[right] - left) * (top - y);
      xs.splice(low, right - low, x);
      ys.splice(low, right - low, y);
    }
    const z = sorted[i][2];
    const nextZ = i + 1 < sorted.length ? sorted[i + 1][2] : reference[2];
    volume += area * (nextZ - z);
  }
  return volume;
}
