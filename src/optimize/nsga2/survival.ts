/**
 * Decides which members of a crowded front remain. It removes one member at a time, so that the others are spread
 * evenly.
 */
import { sortByObjective } from '../pareto.ts';

/**
 * Returns the `keep` members of a front that spread best. Two objectives: crowding distance, three or more: product of the
 * distances to the m nearest neighbours; after each removal the measure of the neighbours is brought up to date.
 * The extremes of each objective are removed last.
 * @param values minimised objectives of one front, length n * m
 * @returns indices kept, ascending
 * @see Kukkonen and Deb 2006, doi:10.1109/CEC.2006.1688406 and doi:10.1007/11844297_56
 */
export function mostSpread(values: ArrayLike<number>, m: number, keep: number): Int32Array {
  const n = values.length / m;
  if (keep >= n) return Int32Array.from({ length: n }, (_, i) => i);
  return m === 2 ? pruneByCrowding(values, n, keep) : pruneByNeighbours(values, m, n, keep);
}

function alive(isRemoved: Uint8Array, keep: number): Int32Array {
  const kept = new Int32Array(keep);
  let count = 0;
  for (let i = 0; i < isRemoved.length; i++) if (!isRemoved[i]) kept[count++] = i;
  return kept;
}

function pruneByCrowding(values: ArrayLike<number>, n: number, keep: number): Int32Array {
  const m = 2;
  // Neighbours in each objective as linked lists.
  const before = new Int32Array(n * m);
  const after = new Int32Array(n * m);
  const scale = new Float64Array(m);
  const order = new Int32Array(n);
  for (let k = 0; k < m; k++) {
    sortByObjective(order, values, m, k);
    for (let j = 0; j < n; j++) {
      before[order[j] * m + k] = j > 0 ? order[j - 1] : -1;
      after[order[j] * m + k] = j < n - 1 ? order[j + 1] : -1;
    }
    const range = values[order[n - 1] * m + k] - values[order[0] * m + k];
    scale[k] = range > 0 ? 1 / range : 0;
  }
  const measure = (i: number): number => {
    let total = 0;
    for (let k = 0; k < m; k++) {
      const a = before[i * m + k];
      const b = after[i * m + k];
      if (a < 0 || b < 0) return Number.POSITIVE_INFINITY;
      total += (values[b * m + k] - values[a * m + k]) * scale[k];
    }
    return total;
  };
  const crowding = new Float64Array(n);
  for (let i = 0; i < n; i++) crowding[i] = measure(i);
  const isRemoved = new Uint8Array(n);
  for (let left = n; left > keep; left--) {
    const worst = leastCrowded(crowding, isRemoved);
    isRemoved[worst] = 1;
    for (let k = 0; k < m; k++) {
      const a = before[worst * m + k];
      const b = after[worst * m + k];
      if (a >= 0) after[a * m + k] = b;
      if (b >= 0) before[b * m + k] = a;
    }
    for (let k = 0; k < m; k++) {
      const a = before[worst * m + k];
      const b = after[worst * m + k];
      if (a >= 0) crowding[a] = measure(a);
      if (b >= 0) crowding[b] = measure(b);
    }
  }
  return alive(isRemoved, keep);
}

function leastCrowded(measures: Float64Array, isRemoved: Uint8Array): number {
  let worst = -1;
  for (let i = 0; i < measures.length; i++)
    if (!isRemoved[i] && (worst < 0 || measures[i] < measures[worst])) worst = i;
  return worst;
}

function pruneByNeighbours(values: ArrayLike<number>, m: number, n: number, keep: number): Int32Array {
  const scaled = new Float64Array(n * m);
  const isExtreme = new Uint8Array(n);
  for (let k = 0; k < m; k++) {
    let low = 0;
    let high = 0;
    for (let i = 1; i < n; i++) {
      if (values[i * m + k] < values[low * m + k]) low = i;
      if (values[i * m + k] > values[high * m + k]) high = i;
    }
    isExtreme[low] = 1;
    isExtreme[high] = 1;
    const range = values[high * m + k] - values[low * m + k];
    for (let i = 0; i < n; i++) scaled[i * m + k] = range > 0 ? (values[i * m + k] - values[low * m + k]) / range : 0;
  }
  const isRemoved = new Uint8Array(n);
  const neighbour = new Int32Array(n * m).fill(-1);
  const distance = new Float64Array(n * m);
  const spread = new Float64Array(n);
  const findNeighbours = (i: number): void => {
    const base = i * m;
    for (let k = 0; k < m; k++) {
      neighbour[base + k] = -1;
      distance[base + k] = Number.POSITIVE_INFINITY;
    }
    for (let j = 0; j < n; j++) {
      if (j === i || isRemoved[j]) continue;
      let squared = 0;
      for (let k = 0; k < m; k++) {
        const difference = scaled[base + k] - scaled[j * m + k];
        squared += difference * difference;
      }
      let place = m - 1;
      if (squared >= distance[base + place]) continue;
      while (place > 0 && distance[base + place - 1] > squared) {
        distance[base + place] = distance[base + place - 1];
        neighbour[base + place] = neighbour[base + place - 1];
        place--;
      }
      distance[base + place] = squared;
      neighbour[base + place] = j;
    }
    let total = 1;
    for (let k = 0; k < m; k++) total *= distance[base + k];
    spread[i] = isExtreme[i] ? Number.POSITIVE_INFINITY : total;
  };
  for (let i = 0; i < n; i++) findNeighbours(i);
  for (let left = n; left > keep; left--) {
    const worst = leastCrowded(spread, isRemoved);
    isRemoved[worst] = 1;
    for (let i = 0; i < n; i++) {
      if (isRemoved[i]) continue;
      for (let k = 0; k < m; k++)
        if (neighbour[i * m + k] === worst) {
          findNeighbours(i);
          break;
        }
    }
  }
  return alive(isRemoved, keep);
}
