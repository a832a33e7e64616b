/**
 * Finds the nearest local optimum of a layout under the site's constraints. An augmented Lagrangian has inner problems
 * that limited-memory BFGS solves with exact gradients; a repair at the end makes the layout feasible.
 * @see Nocedal and Wright 2006, Numerical Optimization, algorithms 7.5 and 17.4
 */
import type { LayoutObjective } from './layout-objective.ts';
import type { CompiledSite, EdgeDistance } from './layout-site.ts';

const { abs, max, min, sqrt } = Math;

const MEMORY = 12;
const ARMIJO = 1e-4;
/** Distance inside the constraints that a repair keeps, so that layouts stay feasible after rounding [m]. */
const MARGIN_M = 1e-7;
const REPAIR_ROUNDS = 60;
/** Places around a turbine that a repair tries, ring by ring, and how much wider each ring is */
const RING_PLACES = 24;
const RING_GROWTH = 1.4;
/** Radius of the first ring [m] */
const FIRST_RING_M = 1e-3;
/** What a layout may lack where nothing else is said: the rounding of distances [m] */
const ROUNDING_M = 1e-9;

export interface LocalOptions {
  /** Iterations of the first inner problem; the following ones take a third each; default 150 */
  readonly iterations?: number;
  /** Updates of the multipliers; default 4 */
  readonly rounds?: number;
  /** Ends an inner problem when an iteration gains less than this share of the energy; default 1e-9 */
  readonly tolerance?: number;
}

/** The memory of search directions and the buffers for one size of problem; nothing is allocated while solving. */
export class LayoutLocalSolver {
  readonly #objective: LayoutObjective;
  readonly #site: CompiledSite;
  /** Number of turbines that move; those after them in the arrays are fixed */
  readonly #free: number;
  readonly #n: number;
  readonly #penalty: number;
  readonly #maxStep: number;
  /** Square of the distance below which two turbines are too near [m2] */
  readonly #limit: number;
  readonly #edge: EdgeDistance = { inside: 0, byX: 0, byY: 0 };
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #gx: Float64Array;
  readonly #gy: Float64Array;
  readonly #edgeMultiplier: Float64Array;
  readonly #pairMultiplier: Float64Array;
  readonly #z: Float64Array;
  readonly #gradient: Float64Array;
  readonly #next: Float64Array;
  readonly #nextGradient: Float64Array;
  readonly #direction: Float64Array;
  readonly #steps: Float64Array[];
  readonly #changes: Float64Array[];
  readonly #curvature: Float64Array;
  readonly #factor: Float64Array;
  #weight = 0;
  /** Number of evaluations of value and gradient so far */
  evaluations = 0;

  /**
   * @param penaltyPerM first weight of the constraints [kWh/m2]: twice the energy that a metre of violation costs
   */
  constructor(objective: LayoutObjective, site: CompiledSite, free: number, penaltyPerM: number) {
    const n = objective.turbines;
    this.#objective = objective;
    this.#site = site;
    this.#free = free;
    this.#n = n;
    this.#penalty = penaltyPerM;
    this.#limit = max(0, site.minSpacingM - ROUNDING_M) ** 2;
    this.#maxStep = 0.5 * sqrt(site.areaM2 / n);
    this.#x = new Float64Array(n);
    this.#y = new Float64Array(n);
    this.#gx = new Float64Array(n);
    this.#gy = new Float64Array(n);
    this.#edgeMultiplier = new Float64Array(free);
    this.#pairMultiplier = new Float64Array((n * (n - 1)) / 2);
    const size = 2 * free;
    this.#z = new Float64Array(size);
    this.#gradient = new Float64Array(size);
    this.#next = new Float64Array(size);
    this.#nextGradient = new Float64Array(size);
    this.#direction = new Float64Array(size);
    this.#steps = Array.from({ length: MEMORY }, () => new Float64Array(size));
    this.#changes = Array.from({ length: MEMORY }, () => new Float64Array(size));
    this.#curvature = new Float64Array(MEMORY);
    this.#factor = new Float64Array(MEMORY);
  }

  /**
   * Moves the layout in `x`, `y` [m] to a local optimum.
   * @returns its net energy [kWh a year], or -Infinity if no feasible layout was found near it
   */
  solve(x: Float64Array, y: Float64Array, options: LocalOptions = {}): number {
    const work = this.#solving(x, y, options);
    for (let next = work.next(); ; ) {
      if (next.done) return next.value;
      next = work.next(this.#objective.valueAndGradient(this.#x, this.#y, this.#gx, this.#gy));
    }
  }

  /** Does the same with gradients that are computed elsewhere; the value of the result is the objective's. */
  async solveWith(
    valueAndGradient: LayoutObjective['valueAndGradient'] extends (...of: infer Of) => number
      ? (...of: Of) => Promise<number>
      : never,
    x: Float64Array,
    y: Float64Array,
    options: LocalOptions = {},
  ): Promise<number> {
    const work = this.#solving(x, y, options);
    for (let next = work.next(); ; ) {
      if (next.done) return next.value;
      next = work.next(await valueAndGradient(this.#x, this.#y, this.#gx, this.#gy));
    }
  }

  /** Yields where it needs the energy at `#x`, `#y`, which it is given, and its gradient in `#gx`, `#gy`. */
  *#solving(x: Float64Array, y: Float64Array, options: LocalOptions): Generator<void, number, number> {
    const { iterations = 150, rounds = 4, tolerance = 1e-9 } = options;
    const free = this.#free;
    const [startX, startY] = [x.slice(), y.slice()];
    this.#x.set(x);
    this.#y.set(y);
    for (let i = 0; i < free; i++) {
      this.#z[i] = x[i];
      this.#z[free + i] = y[i];
    }
    this.#edgeMultiplier.fill(0);
    this.#pairMultiplier.fill(0);
    this.#weight = this.#penalty;
    for (let round = 0; round <= rounds; round++) {
      if (round > 0) {
        this.#updateMultipliers();
        if (round > 1) this.#weight *= 2;
      }
      yield* this.#minimize(round === 0 ? iterations : Math.ceil(iterations / 3), tolerance);
    }
    for (let i = 0; i < free; i++) {
      x[i] = this.#z[i];
      y[i] = this.#z[free + i];
    }
    if (this.repair(x, y) || this.#takeBack(x, y, startX, startY)) return this.#objective.value(x, y);
    return Number.NEGATIVE_INFINITY;
  }

  /**
   * Moves turbines as little as possible to make the layout feasible: first one constraint after the other, then, where
   * that runs to and fro (in sharp corners, beside excluded discs), each broken turbine to the nearest free place.
   * @returns whether it is feasible
   */
  repair(x: Float64Array, y: Float64Array): boolean {
    for (let round = 0; round < REPAIR_ROUNDS; round++) if (this.#push(x, y)) return true;
    for (let i = 0; i < this.#free; i++) if (this.#isBroken(x, y, i)) this.#settle(x, y, i);
    return this.#broken(x, y).length === 0;
  }

  /** Moves every broken turbine once. @returns whether there was none */
  #push(x: Float64Array, y: Float64Array): boolean {
    const spacing = this.#site.minSpacingM + MARGIN_M;
    const edge = this.#edge;
    let isFeasible = true;
    for (let i = 0; i < this.#free; i++) {
      this.#site.distance(x[i], y[i], edge);
      if (edge.inside < -ROUNDING_M) {
        isFeasible = false;
        x[i] += (MARGIN_M - edge.inside) * edge.byX;
        y[i] += (MARGIN_M - edge.inside) * edge.byY;
      }
      for (let j = i + 1; j < this.#n; j++) {
        const dx = x[i] - x[j];
        const dy = y[i] - y[j];
        const square = dx * dx + dy * dy;
        if (square >= this.#limit) continue;
        isFeasible = false;
        const distance = sqrt(square);
        // Turbines at one place part along the farm's first axis.
        const ux = distance > 0 ? dx / distance : 1;
        const uy = distance > 0 ? dy / distance : 0;
        const share = j < this.#free ? 0.5 : 1;
        const move = share * (spacing - distance);
        x[i] += move * ux;
        y[i] += move * uy;
        if (j < this.#free) {
          x[j] -= move * ux;
          y[j] -= move * uy;
        }
      }
    }
    return isFeasible;
  }

  /** Moves a turbine to the nearest of the places around it that is free; leaves it where there is none. */
  #settle(x: Float64Array, y: Float64Array, i: number): void {
    const [oldX, oldY] = [x[i], y[i]];
    const [minX, minY, maxX, maxY] = this.#site.box;
    const farthest = Math.hypot(maxX - minX, maxY - minY);
    for (let radius = FIRST_RING_M; radius < farthest; radius *= RING_GROWTH)
      for (let place = 0; place < RING_PLACES; place++) {
        const angle = (2 * Math.PI * place) / RING_PLACES;
        x[i] = oldX + radius * Math.cos(angle);
        y[i] = oldY + radius * Math.sin(angle);
        if (!this.#isBroken(x, y, i)) return;
      }
    x[i] = oldX;
    y[i] = oldY;
  }

  /**
   * Puts turbines that break a constraint back to where they started, until none does.
   * @returns whether the layout is feasible; it is if the start was
   */
  #takeBack(x: Float64Array, y: Float64Array, startX: Float64Array, startY: Float64Array): boolean {
    const isBack = new Uint8Array(this.#free);
    for (let moved = 0; moved <= this.#free; moved++) {
      const broken = this.#broken(x, y);
      if (broken.length === 0) return true;
      const next = broken.filter((i) => !isBack[i]);
      if (next.length === 0) return false;
      for (const i of next) {
        x[i] = startX[i];
        y[i] = startY[i];
        isBack[i] = 1;
      }
    }
    return false;
  }

  /** Returns the turbines that are outside of the area or too near to another. */
  #broken(x: Float64Array, y: Float64Array): number[] {
    return Array.from({ length: this.#free }, (_, i) => i).filter((i) => this.#isBroken(x, y, i));
  }

  #isBroken(x: Float64Array, y: Float64Array, i: number): boolean {
    if (this.#site.distance(x[i], y[i], this.#edge).inside < -ROUNDING_M) return true;
    for (let j = 0; j < this.#n; j++) if (j !== i && (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2 < this.#limit) return true;
    return false;
  }

  /** Evaluates the augmented Lagrangian at `z`; overwrites `gradient`. */
  *#evaluate(z: Float64Array, gradient: Float64Array): Generator<void, number, number> {
    const free = this.#free;
    const n = this.#n;
    const x = this.#x;
    const y = this.#y;
    const weight = this.#weight;
    const edge = this.#edge;
    for (let i = 0; i < free; i++) {
      x[i] = z[i];
      y[i] = z[free + i];
    }
    this.evaluations++;
    let value = -(yield);
    for (let i = 0; i < free; i++) {
      gradient[i] = -this.#gx[i];
      gradient[free + i] = -this.#gy[i];
    }
    for (let i = 0; i < free; i++) {
      this.#site.distance(x[i], y[i], edge);
      const force = this.#edgeMultiplier[i] - weight * edge.inside;
      if (force <= 0) continue;
      value += (force * force) / (2 * weight);
      gradient[i] -= force * edge.byX;
      gradient[free + i] -= force * edge.byY;
    }
    const spacing = this.#site.minSpacingM;
    if (spacing === 0) return value;
    const limit = spacing * spacing;
    const inverse = 0.5 / spacing;
    const multipliers = this.#pairMultiplier;
    let p = 0;
    for (let i = 1; i < n; i++)
      for (let j = 0; j < i; j++, p++) {
        const dx = x[i] - x[j];
        const dy = y[i] - y[j];
        const square = dx * dx + dy * dy;
        if ((square >= limit && multipliers[p] === 0) || j >= free) continue;
        const force = multipliers[p] + weight * (limit - square) * inverse;
        if (force <= 0) continue;
        value += (force * force) / (2 * weight);
        const fx = (force * dx) / spacing;
        const fy = (force * dy) / spacing;
        gradient[j] += fx;
        gradient[free + j] += fy;
        if (i < free) {
          gradient[i] -= fx;
          gradient[free + i] -= fy;
        }
      }
    return value;
  }

  #updateMultipliers(): void {
    const free = this.#free;
    const n = this.#n;
    const z = this.#z;
    const weight = this.#weight;
    for (let i = 0; i < free; i++) {
      this.#x[i] = z[i];
      this.#y[i] = z[free + i];
    }
    for (let i = 0; i < free; i++) {
      this.#site.distance(this.#x[i], this.#y[i], this.#edge);
      this.#edgeMultiplier[i] = max(0, this.#edgeMultiplier[i] - weight * this.#edge.inside);
    }
    const spacing = this.#site.minSpacingM;
    if (spacing === 0) return;
    let p = 0;
    for (let i = 1; i < n; i++)
      for (let j = 0; j < i; j++, p++) {
        const square = (this.#x[i] - this.#x[j]) ** 2 + (this.#y[i] - this.#y[j]) ** 2;
        const violation = (spacing * spacing - square) / (2 * spacing);
        this.#pairMultiplier[p] = max(0, this.#pairMultiplier[p] + weight * violation);
      }
  }

  /** Minimises by limited-memory BFGS from `z`, in place. */
  *#minimize(iterations: number, tolerance: number): Generator<void, void, number> {
    const size = this.#z.length;
    const z = this.#z;
    const gradient = this.#gradient;
    const next = this.#next;
    const nextGradient = this.#nextGradient;
    const direction = this.#direction;
    let value = yield* this.#evaluate(z, gradient);
    let stored = 0;
    let newest = -1;
    let small = 0;
    for (let iteration = 0; iteration < iterations; iteration++) {
      this.#quasiNewton(stored, newest);
      let slope = 0;
      let largest = 0;
      for (let k = 0; k < size; k++) {
        slope += direction[k] * gradient[k];
        largest = max(largest, abs(direction[k]));
      }
      if (!(slope < 0)) {
        if (stored === 0) return;
        stored = 0;
        continue;
      }
      // Without curvature a first step moves a tenth of the largest one; no step moves more than that.
      let scale = stored === 0 ? (0.1 * this.#maxStep) / largest : min(1, this.#maxStep / largest);
      let nextValue = 0;
      let isAccepted = false;
      for (let trial = 0; trial < 20; trial++) {
        for (let k = 0; k < size; k++) next[k] = z[k] + scale * direction[k];
        nextValue = yield* this.#evaluate(next, nextGradient);
        if (nextValue <= value + ARMIJO * scale * slope) {
          isAccepted = true;
          break;
        }
        // The parabola through value, slope and this trial, kept between a tenth and a half.
        const parabola = (-slope * scale * scale) / (2 * (nextValue - value - slope * scale));
        scale = min(max(parabola, 0.1 * scale), 0.5 * scale);
      }
      if (!isAccepted) {
        if (stored === 0) return;
        stored = 0;
        continue;
      }
      const slot = (newest + 1) % MEMORY;
      const step = this.#steps[slot];
      const change = this.#changes[slot];
      let product = 0;
      for (let k = 0; k < size; k++) {
        step[k] = next[k] - z[k];
        change[k] = nextGradient[k] - gradient[k];
        product += step[k] * change[k];
      }
      z.set(next);
      gradient.set(nextGradient);
      const gain = value - nextValue;
      value = nextValue;
      if (product > 0) {
        newest = slot;
        this.#curvature[slot] = product;
        stored = min(stored + 1, MEMORY);
      }
      // Two small gains in a row end the problem: a single one can occur near a kink.
      small = gain <= tolerance * abs(value) ? small + 1 : 0;
      if (small >= 2) return;
    }
  }

  /** Computes the direction by the two-loop recursion. */
  #quasiNewton(stored: number, newest: number): void {
    const size = this.#z.length;
    const direction = this.#direction;
    const factor = this.#factor;
    for (let k = 0; k < size; k++) direction[k] = -this.#gradient[k];
    for (let age = 0; age < stored; age++) {
      const slot = (newest - age + MEMORY) % MEMORY;
      const step = this.#steps[slot];
      const change = this.#changes[slot];
      let product = 0;
      for (let k = 0; k < size; k++) product += step[k] * direction[k];
      factor[slot] = product / this.#curvature[slot];
      for (let k = 0; k < size; k++) direction[k] -= factor[slot] * change[k];
    }
    if (stored > 0) {
      const change = this.#changes[newest];
      let square = 0;
      for (let k = 0; k < size; k++) square += change[k] * change[k];
      const scale = this.#curvature[newest] / square;
      for (let k = 0; k < size; k++) direction[k] *= scale;
    }
    for (let age = stored - 1; age >= 0; age--) {
      const slot = (newest - age + MEMORY) % MEMORY;
      const step = this.#steps[slot];
      const change = this.#changes[slot];
      let product = 0;
      for (let k = 0; k < size; k++) product += change[k] * direction[k];
      const correction = factor[slot] - product / this.#curvature[slot];
      for (let k = 0; k < size; k++) direction[k] += correction * step[k];
    }
  }
}
