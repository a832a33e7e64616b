/** Dominance among points whose objectives are all minimised. Points are rows of one flat array. */

/**
 * Returns the non-dominated rank of each point: 0 for the front, 1 for the front without it, and so on. Equal points
 * share a rank. Two objectives: one sweep with a binary search over the fronts' last members, O(n log n). More:
 * efficient non-dominated sort with sequential search.
 * @param values objectives, length n * m
 * @param m number of objectives
 * @returns ranks, length n
 * @see Zhang, Tian, Cheng and Jin 2015, doi:10.1109/TEVC.2014.2308305
 */
export function nonDominatedRanks(values: ArrayLike<number>, m: number): Int32Array {
  const n = values.length / m;
  const order = lexicographicOrder(values, m);
  const ranks = new Int32Array(n);
  if (m === 1) {
    let rank = -1;
    for (let k = 0; k < n; k++) {
      if (k === 0 || values[order[k]] !== values[order[k - 1]]) rank++;
      ranks[order[k]] = rank;
    }
    return ranks;
  }
  if (m === 2) {
    // In lexicographic order a front's members have falling second objectives, so its last one decides.
    const last = new Float64Array(n);
    let fronts = 0;
    for (let k = 0; k < n; k++) {
      const i = order[k];
      if (k > 0 && equalRows(values, 2, i, order[k - 1])) {
        ranks[i] = ranks[order[k - 1]];
        continue;
      }
      const y = values[2 * i + 1];
      let low = 0;
      let high = fronts;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (last[middle] <= y) low = middle + 1;
        else high = middle;
      }
      if (low === fronts) fronts++;
      last[low] = y;
      ranks[i] = low;
    }
    return ranks;
  }
  // Members of each front as linked lists, newest first: the newest is the likeliest to dominate.
  const head: number[] = [];
  const next = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const i = order[k];
    if (k > 0 && equalRows(values, m, i, order[k - 1])) {
      ranks[i] = ranks[order[k - 1]];
      continue;
    }
    let front = 0;
    while (front < head.length) {
      let j = head[front];
      while (j >= 0 && !noWorse(values, m, j, i)) j = next[j];
      if (j < 0) break;
      front++;
    }
    if (front === head.length) head.push(-1);
    next[i] = head[front];
    head[front] = i;
    ranks[i] = front;
  }
  return ranks;
}

/** Returns the indices sorted by first objective, then second, and so on; equal points in order of index. */
function lexicographicOrder(values: ArrayLike<number>, m: number): Int32Array {
  const order = new Int32Array(values.length / m);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => {
    for (let k = 0; k < m; k++) {
      const difference = values[a * m + k] - values[b * m + k];
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}

function equalRows(values: ArrayLike<number>, m: number, a: number, b: number): boolean {
  for (let k = 0; k < m; k++) if (values[a * m + k] !== values[b * m + k]) return false;
  return true;
}

/** Tells whether row a is at most row b in every objective but the first, which the order has settled. */
function noWorse(values: ArrayLike<number>, m: number, a: number, b: number): boolean {
  for (let k = m - 1; k > 0; k--) if (values[a * m + k] > values[b * m + k]) return false;
  return true;
}

/**
 * Returns the crowding distance: for each objective the gap between a point's neighbours over the front's range,
 * averaged over the objectives. Infinity at the ends. An objective without range adds nothing. Equal values are ordered
 * by index.
 * @param values objectives of one front, length n * m
 * @returns distances, length n
 * @see Deb, Pratap, Agarwal and Meyarivan 2002, doi:10.1109/4235.996017
 */
export function crowdingDistances(values: ArrayLike<number>, m: number): Float64Array {
  const n = values.length / m;
  const distances = new Float64Array(n);
  if (n <= 2) return distances.fill(Number.POSITIVE_INFINITY);
  const order = new Int32Array(n);
  for (let k = 0; k < m; k++) {
    sortByObjective(order, values, m, k);
    const first = order[0];
    const last = order[n - 1];
    const range = values[last * m + k] - values[first * m + k];
    if (range === 0) continue;
    for (let j = 1; j < n - 1; j++)
      distances[order[j]] += (values[order[j + 1] * m + k] - values[order[j - 1] * m + k]) / range / m;
    distances[first] = Number.POSITIVE_INFINITY;
    distances[last] = Number.POSITIVE_INFINITY;
  }
  return distances;
}

/** Fills `order` with the indices sorted by objective k, equal values by index. */
export function sortByObjective(order: Int32Array, values: ArrayLike<number>, m: number, k: number): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
  order.sort((a, b) => values[a * m + k] - values[b * m + k] || a - b);
}
