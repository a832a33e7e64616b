/** Length of the cables of a farm: the minimum spanning tree of its turbines and substations. */

/** Buffers for one size of farm; nothing is allocated while computing. */
export class SpanningTree {
  readonly #parent: Int32Array;
  readonly #nearest: Float64Array;
  readonly #isJoined: Uint8Array;
  readonly #substations: readonly (readonly [xM: number, yM: number])[];

  /** @param substations fixed places that belong to the tree [m] */
  constructor(turbines: number, substations: readonly (readonly [xM: number, yM: number])[] = []) {
    const size = turbines + substations.length;
    this.#parent = new Int32Array(size);
    this.#nearest = new Float64Array(size);
    this.#isJoined = new Uint8Array(size);
    this.#substations = substations;
  }

  /**
   * Returns the length of the tree [m]. Prim 1957, doi:10.1002/j.1538-7305.1957.tb01515.x
   * @param gradientX, gradientY overwritten with the derivatives by the turbines' places [-] if given; where two trees
   * are equally short, of one of them
   */
  length(x: ArrayLike<number>, y: ArrayLike<number>, gradientX?: Float64Array, gradientY?: Float64Array): number {
    const n = x.length;
    const size = this.#parent.length;
    const parent = this.#parent;
    const nearest = this.#nearest.fill(Number.POSITIVE_INFINITY);
    const isJoined = this.#isJoined.fill(0);
    const placeX = (i: number) => (i < n ? x[i] : this.#substations[i - n][0]);
    const placeY = (i: number) => (i < n ? y[i] : this.#substations[i - n][1]);
    gradientX?.fill(0);
    gradientY?.fill(0);
    let length = 0;
    let newest = 0;
    isJoined[0] = 1;
    for (let joined = 1; joined < size; joined++) {
      let next = -1;
      for (let i = 0; i < size; i++) {
        if (isJoined[i]) continue;
        const dx = placeX(i) - placeX(newest);
        const dy = placeY(i) - placeY(newest);
        const square = dx * dx + dy * dy;
        if (square < nearest[i]) {
          nearest[i] = square;
          parent[i] = newest;
        }
        if (next < 0 || nearest[i] < nearest[next]) next = i;
      }
      const edge = Math.sqrt(nearest[next]);
      length += edge;
      if (gradientX && gradientY && edge > 0) {
        const ux = (placeX(next) - placeX(parent[next])) / edge;
        const uy = (placeY(next) - placeY(parent[next])) / edge;
        if (next < n) {
          gradientX[next] += ux;
          gradientY[next] += uy;
        }
        if (parent[next] < n) {
          gradientX[parent[next]] -= ux;
          gradientY[parent[next]] -= uy;
        }
      }
      isJoined[next] = 1;
      newest = next;
    }
    return length;
  }

  /**
   * Returns the edges of the tree that `length` found last, as pairs of indices; indices from the number of turbines on are
   * substations.
   */
  edges(): readonly (readonly [number, number])[] {
    return Array.from(this.#parent, (parent, i): [number, number] => [parent, i]).slice(1);
  }
}
