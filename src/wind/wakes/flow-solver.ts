/** Effective wind speeds, turbulence and power of all turbines for one wind direction and many speeds, and derivatives. */

import type { PlaceAdjoints } from './blockage.ts';
import { SelfSimilarBlockage, selfSimilarInduction, selfSimilarShape } from './blockage.ts';
import { windError } from '../check.ts';
import type { DeficitKernel } from './deficit-kernel.ts';
import { GAUSSIAN_REACH, GAUSSIAN_TAIL } from './deficit-kernel.ts';
import type { CurveSlopes, Farm } from '../turbine/farm.ts';
import { FarmCurves } from '../turbine/farm.ts';
import { FlorisWake, MAX_CT } from './floris/wake.ts';
import { jimenezDeflection } from './jimenez.ts';
import type { WakeLoops } from './simd/wake-loops.ts';
import { fitsWakeLoops, wakeLoops } from './simd/wake-loops.ts';
import { deficitKernel } from './wake-kernels.ts';
import type { SuperposedWakeModel } from './wake-models.ts';
import { FLORIS_GAUSS, JIMENEZ_BETA, SELF_SIMILAR } from './wake-models.ts';
import { SIDE_BY_SIDE_M, WakeState } from './wake-state.ts';
import type { TurbulenceKernel } from './wake-turbulence.ts';
import { CrespoHernandezKernel, Stf2017Kernel } from './wake-turbulence.ts';

const { abs, max, min, sqrt } = Math;

/** The farm's speeds are found when no longer changed by more than this from one round to the next [m/s]. */
const BLOCKAGE_TOLERANCE_MS = 1e-10;
const BLOCKAGE_ROUNDS = 100;
/** A gradient's iteration ends when a round adds less than this share of the first round's derivatives. */
const BLOCKAGE_GRADIENT_TOLERANCE = 1e-11;

const RADIANS = Math.PI / 180;

/** The wind that blows, for one direction. */
export interface FreeStream {
  /** Speeds at the site's reference [m/s], one a case */
  readonly wsMPerS: ArrayLike<number>;
  /** Ambient turbulence intensity [-], one a case, or one for all */
  readonly ti: number | ArrayLike<number>;
  /** What multiplies the speed at each turbine; left out: 1 */
  readonly speedup?: ArrayLike<number>;
}

export interface SolverOptions {
  /** Work in WebAssembly where `WakeLoops` can: the same bits, two to three times as fast. `state` is the thread's then */
  readonly vectors?: boolean;
}

export interface SolveOptions {
  /** Also keep what `addGradient` needs */
  readonly withSlopes?: boolean;
  /** Misalignment of each turbine [deg], counter-clockwise seen from above; left out: none. One case at a time */
  readonly yawDeg?: ArrayLike<number>;
  /** How each turbine runs, by [turbine * cases + case]; left out: by its own curve. Not with `vectors` or yaw */
  readonly operation?: Uint8Array | null;
}

/** Derivatives of a sum of weighted powers by the turbines' coordinates [kW/m], by turbine. */
export interface Gradient {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface GradientOptions {
  /** By turbine, receives the derivatives by each turbine's speed-up [kW] */
  readonly speedupAdjoint?: Float64Array;
  /** Multiply the weights, by [turbine * cases + case] */
  readonly caseWeights?: ArrayLike<number>;
}

/** Derivatives of the objective while they are carried upwind. */
interface SweepAdjoints extends PlaceAdjoints {
  /** By the power, thrust, effective speed, deficit and added turbulence of each place and case */
  readonly power: Float64Array;
  readonly ct: Float64Array;
  readonly speed: Float64Array;
  readonly deficit: Float64Array;
  readonly added: Float64Array;
  /** Derivatives of one pair, by its deficits and by the radii of its wake */
  readonly pair: Float64Array;
  readonly radius: Float64Array;
}

/**
 * Solves a farm direction by direction; yawed wakes bend by Jimenez's model or FLORIS's. Every buffer is made once; nothing is allocated while solving.
 * The farm's coordinates are copied: `move` changes them.
 */
export class FlowSolver {
  readonly state: WakeState;
  readonly model: SuperposedWakeModel;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #kind: Int32Array;
  readonly #diameterOf: Float64Array;
  readonly #hubHeightOf: Float64Array;
  readonly #curves: FarmCurves;
  /** Does the same, where it can */
  readonly #loops: WakeLoops | null;
  readonly #kernel: DeficitKernel;
  readonly #turbulence: TurbulenceKernel | null;
  readonly #largestRadius: number;
  readonly #sortKey: Float64Array;
  readonly #yaw: Float64Array;
  readonly #speedup: Float64Array;
  readonly #blockage: SelfSimilarBlockage | null;
  /** Bends wakes in place of Jimenez's model */
  readonly #gauss: FlorisWake | null;
  /** Speeds at which a turbine's power or thrust jumps: cut-in and cut-out */
  readonly #jumps: readonly number[];
  #isYawed = false;
  #operation: Uint8Array | null = null;
  #middleX = 0;
  #middleY = 0;
  #sine = 0;
  #cosine = 1;
  #slopes: CurveSlopes | null = null;

  constructor(farm: Farm, model: SuperposedWakeModel, cases: number, { vectors = false }: SolverOptions = {}) {
    const n = farm.xM.length;
    this.model = model;
    this.#x = new Float64Array(n);
    this.#y = new Float64Array(n);
    this.#kind = Int32Array.from({ length: n }, (_, i) => farm.kind?.[i] ?? 0);
    this.#diameterOf = Float64Array.from(this.#kind, (kind) => farm.turbines[kind].diameterM);
    this.#hubHeightOf = Float64Array.from(this.#kind, (kind) => farm.turbines[kind].hubHeightM);
    this.#curves = new FarmCurves(farm);
    this.#largestRadius = 0.5 * this.#diameterOf.reduce((a, b) => max(a, b), 0);
    this.#loops =
      vectors && fitsWakeLoops(model, farm.turbines, cases)
        ? wakeLoops({ model, turbines: farm.turbines, n, cases, largestRadius: this.#largestRadius })
        : null;
    this.state = this.#loops?.state ?? new WakeState(n, cases);
    this.#kernel = deficitKernel(model, cases);
    const { turbulence } = model;
    this.#turbulence =
      turbulence === null
        ? null
        : turbulence.kind === 'crespo_hernandez'
          ? new CrespoHernandezKernel(turbulence, cases, n)
          : new Stf2017Kernel(turbulence, cases);
    this.#sortKey = new Float64Array(n);
    this.#yaw = new Float64Array(n);
    this.#speedup = new Float64Array(n);
    this.#jumps = this.#curves.jumps();
    this.#gauss = model.deflection === 'gauss' ? new FlorisWake(FLORIS_GAUSS) : null;
    this.#blockage = model.blockage ? new SelfSimilarBlockage(n, cases, model.blockageConstants ?? SELF_SIMILAR) : null;
    this.move(farm.xM, farm.yM);
  }

  /** Puts the turbines elsewhere [m]. */
  move(x: ArrayLike<number>, y: ArrayLike<number>): void {
    // Coordinates from the farm's middle: projected ones have seven digits before the point.
    const n = this.#x.length;
    let middleX = 0;
    let middleY = 0;
    for (let i = 0; i < n; i++) {
      middleX += x[i] / n;
      middleY += y[i] / n;
    }
    for (let i = 0; i < n; i++) {
      this.#x[i] = x[i] - middleX;
      this.#y[i] = y[i] - middleY;
    }
    this.#middleX = middleX;
    this.#middleY = middleY;
  }

  /**
   * Fills `state` for a direction.
   * @param directionDeg where the wind comes from, clockwise from north
   * @throws AppError for yaw with more than one case: the deflection differs by case
   */
  solve(directionDeg: number, free: FreeStream, options: SolveOptions = {}): void {
    const { withSlopes = false, yawDeg, operation = null } = options;
    this.#operation = operation;
    this.#arrange(directionDeg, free);
    this.#setYaw(yawDeg);
    const { state } = this;
    const { n, cases } = state;
    const jumps = operation ? this.#curves.jumps(operation) : this.#jumps;
    const isOnJump = jumps.some((jump) => Array.prototype.includes.call(free.wsMPerS, jump));
    this.#kernel.reachWidths = isOnJump ? GAUSSIAN_TAIL : GAUSSIAN_REACH;
    if (operation && (this.#loops || this.#isYawed))
      throw new Error('turbines that stop or run in modes need a solver without vectors and yaw');
    if (this.#loops) {
      this.#loops.user = this;
      this.#loops.sweep((place) => this.#kind[state.order[place]], this.#kernel.reachWidths);
      this.#slopes = this.#loops.slopes;
      return;
    }
    if (withSlopes && !this.#slopes)
      this.#slopes = { power: new Float64Array(n * cases), ct: new Float64Array(n * cases) };
    const slopes = withSlopes ? this.#slopes : null;
    if (this.#blockage) {
      this.#blockage.begin(state);
      let change = Number.POSITIVE_INFINITY;
      for (let round = 0; round < BLOCKAGE_ROUNDS && change > BLOCKAGE_TOLERANCE_MS; round++) {
        this.#sweep(null);
        change = this.#blockage.update(state);
      }
    }
    this.#sweep(slopes);
  }

  /** Computes the turbines in the order of the wind, each with the wakes of those before it. */
  #sweep(slopes: CurveSlopes | null): void {
    const { state } = this;
    const { n, along, across } = state;
    const kernel = this.#kernel;
    const turbulence = this.#turbulence;
    const largest = this.#largestRadius;
    state.deficit.fill(0);
    if (turbulence) state.tiAdded.fill(0);
    if (turbulence instanceof CrespoHernandezKernel) turbulence.largestFrom.fill(-1);
    for (let i = 0; i < n; i++) {
      this.#finish(i, slopes);
      if (i === n - 1 || !kernel.setSource(state, i)) continue;
      let base = kernel.reachBase;
      let slope = kernel.reachSlope;
      if (turbulence) {
        turbulence.setSource(state, i);
        base = max(base, turbulence.reachBase);
        slope = max(slope, turbulence.reachSlope);
      }
      if (turbulence || kernel.reachesRotor) base += largest;
      const alongI = along[i];
      const acrossI = across[i];
      for (let j = i + 1; j < n; j++) {
        const dw = along[j] - alongI;
        const cw = across[j] - acrossI + this.#deflection(i, dw);
        if (abs(cw) > base + slope * dw || dw <= SIDE_BY_SIDE_M) continue;
        const isWaked = kernel.evaluate(state, j, dw, cw);
        if (isWaked) this.#superpose(j);
        if (turbulence) turbulence.add(state, j, dw, cw, kernel);
      }
    }
  }

  /** Returns where a point lies along the wind and across it, as the places of `state` [m]. */
  placeOf(x: number, y: number): { readonly along: number; readonly across: number } {
    const px = x - this.#middleX;
    const py = y - this.#middleY;
    return { along: -(px * this.#sine + py * this.#cosine), across: px * this.#cosine - py * this.#sine };
  }

  /**
   * Returns the deficits at points of the flow [m/s], for the direction solved last and its first case; rotor-averaged
   * models are read at the point.
   * @param x eastings, @param y northings in the farm's coordinates [m], @param heightM above ground
   * @param free free speed at the points [m/s]
   */
  deficitsAt(x: ArrayLike<number>, y: ArrayLike<number>, heightM: number, free: number): Float64Array {
    const { state } = this;
    const { n, cases, along, across } = state;
    const kernel = this.#kernel;
    const { superposition } = this.model;
    const sums = new Float64Array(x.length);
    state.diameter[n] = 0;
    state.hubHeight[n] = heightM;
    state.uFree.fill(free, n * cases);
    for (let i = 0; i < n; i++) {
      if (!kernel.setSource(state, i)) continue;
      for (let p = 0; p < sums.length; p++) {
        const px = x[p] - this.#middleX;
        const py = y[p] - this.#middleY;
        const dw = -(px * this.#sine + py * this.#cosine) - along[i];
        const cw = px * this.#cosine - py * this.#sine - across[i] + this.#deflection(i, dw);
        if (abs(cw) > kernel.reachBase + kernel.reachSlope * dw || dw <= SIDE_BY_SIDE_M) continue;
        if (!kernel.evaluate(state, n, dw, cw)) continue;
        const deficit = kernel.deficits[0];
        if (superposition === 'squared_sum') sums[p] += deficit * deficit;
        else if (superposition === 'linear') sums[p] += deficit;
        else if (deficit > sums[p]) sums[p] = deficit;
      }
    }
    if (superposition === 'squared_sum') for (let p = 0; p < sums.length; p++) sums[p] = sqrt(sums[p]);
    if (!this.#blockage) return sums;
    const shape = { value: 0, byUpstream: 0, byOffset: 0 };
    const constants = this.model.blockageConstants ?? SELF_SIMILAR;
    for (let i = 0; i < n; i++) {
      const lost = selfSimilarInduction(state.ct[i * cases], constants.gamma) * state.uFree[i * cases];
      for (let p = 0; p < sums.length; p++) {
        const px = x[p] - this.#middleX;
        const py = y[p] - this.#middleY;
        const upstream = along[i] + px * this.#sine + py * this.#cosine;
        if (!(upstream > SIDE_BY_SIDE_M)) continue;
        const cross = px * this.#cosine - py * this.#sine - across[i];
        const offset = Math.hypot(cross, heightM - state.hubHeight[i]);
        sums[p] += lost * selfSimilarShape(upstream, offset, state.diameter[i] / 2, shape, constants).value;
      }
    }
    return sums;
  }

  #arrange(directionDeg: number, free: FreeStream): void {
    const { state } = this;
    const { n, cases, order, along, across, uFree, tiAmbient } = state;
    const sine = Math.sin(directionDeg * RADIANS);
    const cosine = Math.cos(directionDeg * RADIANS);
    this.#sine = sine;
    this.#cosine = cosine;
    const key = this.#sortKey;
    for (let i = 0; i < n; i++) key[i] = -(this.#x[i] * sine + this.#y[i] * cosine);
    // The order of the last direction is close to this one's, so insertion sort is nearly linear; ties are ordered by number.
    for (let k = 1; k < n; k++) {
      const turbine = order[k];
      const value = key[turbine];
      let at = k - 1;
      while (at >= 0 && (key[order[at]] > value || (key[order[at]] === value && order[at] > turbine))) {
        order[at + 1] = order[at];
        at--;
      }
      order[at + 1] = turbine;
    }
    const { wsMPerS, ti, speedup } = free;
    for (let k = 0; k < n; k++) {
      const turbine = order[k];
      along[k] = key[turbine];
      across[k] = this.#x[turbine] * cosine - this.#y[turbine] * sine;
      state.diameter[k] = this.#diameterOf[turbine];
      state.hubHeight[k] = this.#hubHeightOf[turbine];
      const factor = speedup ? speedup[turbine] : 1;
      this.#speedup[k] = factor;
      for (let s = 0; s < cases; s++) {
        uFree[k * cases + s] = wsMPerS[s] * factor;
        tiAmbient[k * cases + s] = typeof ti === 'number' ? ti : ti[s];
      }
    }
  }

  /** Computes effective speed, power and thrust of the turbine at place `i` once all wakes on it are known. */
  #finish(i: number, slopes: CurveSlopes | null): void {
    const { state } = this;
    const { cases, uFree, uEff, deficit, ti, tiAmbient, tiAdded } = state;
    const from = i * cases;
    const end = from + cases;
    if (this.model.superposition === 'squared_sum') for (let at = from; at < end; at++) deficit[at] = sqrt(deficit[at]);
    const blockage = this.#blockage?.speeds;
    for (let at = from; at < end; at++) {
      const u = uFree[at] - deficit[at];
      uEff[at] = max(blockage ? u - blockage[at] : u, 0);
    }
    const turbulence = this.#turbulence;
    if (turbulence) for (let at = from; at < end; at++) ti[at] = turbulence.combine(tiAmbient[at], tiAdded[at]);
    else for (let at = from; at < end; at++) ti[at] = tiAmbient[at];
    const turbine = state.order[i];
    const kind = this.#kind[turbine];
    if (this.#operation) {
      for (let s = 0; s < cases; s++)
        this.#curves
          .of(kind, this.#operation[turbine * cases + s])
          .read(uEff, from + s, 1, state.power, state.ct, slopes);
      return;
    }
    const curve = this.#curves.of(kind);
    const yaw = this.#yaw[i];
    if (yaw === 0) {
      curve.read(uEff, from, cases, state.power, state.ct, slopes);
      return;
    }
    // The curve is read at the speed across the rotor's plane; the thrust along the wind falls with the cosine squared.
    const cosine = Math.cos(yaw);
    const u = uEff[from];
    uEff[from] = u * cosine;
    curve.read(uEff, from, 1, state.power, state.ct, null);
    uEff[from] = u;
    state.ct[from] *= cosine * cosine;
  }

  #setYaw(yawDeg: ArrayLike<number> | undefined): void {
    const { n, cases, order } = this.state;
    this.#isYawed = false;
    for (let k = 0; k < n; k++) {
      this.#yaw[k] = yawDeg ? yawDeg[order[k]] * RADIANS : 0;
      if (this.#yaw[k] !== 0) this.#isYawed = true;
    }
    if (this.#isYawed && cases > 1)
      throw windError(`yaw with ${cases} speeds at a time; expected 1: wakes of different speeds bend differently`);
  }

  /** Returns how far the wake of the turbine at place `i` is beside its straight line at a distance [m]. */
  #deflection(i: number, along: number): number {
    const yaw = this.#yaw[i];
    if (yaw === 0 || along <= 0) return 0;
    const { ct, ti, diameter } = this.state;
    if (!this.#gauss) return jimenezDeflection(along, ct[i], yaw, diameter[i], this.model.jimenezBeta ?? JIMENEZ_BETA);
    // FLORIS's thrust along the wind has the cosine of the yaw once.
    this.#gauss.set(diameter[i], min(ct[i] / Math.cos(yaw), MAX_CT), yaw, yaw, ti[i], ti[i]);
    this.#gauss.at(along);
    return -this.#gauss.deflection;
  }

  #superpose(j: number): void {
    const { cases, deficit } = this.state;
    const { deficits } = this.#kernel;
    const from = j * cases;
    const { superposition } = this.model;
    if (superposition === 'squared_sum') for (let s = 0; s < cases; s++) deficit[from + s] += deficits[s] * deficits[s];
    else if (superposition === 'linear') for (let s = 0; s < cases; s++) deficit[from + s] += deficits[s];
    else for (let s = 0; s < cases; s++) if (deficits[s] > deficit[from + s]) deficit[from + s] = deficits[s];
  }

  #adjoints: SweepAdjoints | null = null;

  /**
   * Adds the gradient of sum(weights[case] power) of the direction solved last, with its slopes, by reverse
   * differentiation: exact but for wakes beyond `GAUSSIAN_REACH`. On a knot of a curve the slope to the right counts.
   */
  addGradient(weights: ArrayLike<number>, gradient: Gradient, options: GradientOptions = {}): void {
    const { speedupAdjoint, caseWeights } = options;
    const { n, cases, order } = this.state;
    if (!this.#slopes || this.#isYawed) throw new Error('addGradient needs solve with slopes, without yaw, before');
    const weigh = (powerAdjoint: Float64Array): void => {
      for (let k = 0; k < n; k++) {
        const own = order[k] * cases;
        for (let s = 0; s < cases; s++)
          powerAdjoint[k * cases + s] = caseWeights ? caseWeights[own + s] * weights[s] : weights[s];
      }
    };
    if (this.#loops) {
      if (this.#loops.user !== this) throw new Error('another solver of the same kind has solved since');
      const { along, across, free } = this.#loops.adjoint(weigh);
      this.#project(along, across, free, gradient, speedupAdjoint);
      return;
    }
    this.#adjoints ??= {
      deficit: new Float64Array(n * cases),
      added: new Float64Array(n * cases),
      power: new Float64Array(n * cases),
      ct: new Float64Array(n * cases),
      speed: new Float64Array(n * cases),
      pair: new Float64Array(cases),
      radius: new Float64Array(cases),
      along: new Float64Array(n),
      across: new Float64Array(n),
      free: new Float64Array(n),
    };
    const adjoints = this.#adjoints;
    adjoints.along.fill(0);
    adjoints.across.fill(0);
    adjoints.free.fill(0);
    adjoints.ct.fill(0);
    weigh(adjoints.power);
    this.#reverseSweep(this.#slopes, adjoints);
    const blockage = this.#blockage;
    if (blockage) {
      // Thrusts downwind change with the speeds, and act on those upwind: a series whose terms fall quickly.
      blockage.beginAdjoint();
      adjoints.power.fill(0);
      const least = BLOCKAGE_GRADIENT_TOLERANCE * largestOf(adjoints.speed);
      for (let round = 0; round < BLOCKAGE_ROUNDS && largestOf(adjoints.speed) > least; round++) {
        blockage.adjoint(this.state, adjoints.speed, adjoints.ct);
        this.#reverseSweep(this.#slopes, adjoints);
      }
      blockage.endAdjoint(this.state, adjoints);
    }
    this.#project(adjoints.along, adjoints.across, adjoints.free, gradient, speedupAdjoint);
  }

  /** Turns derivatives by place along and across the wind, and by the logarithm of the free speed, into the gradient. */
  #project(
    along: Float64Array,
    across: Float64Array,
    free: Float64Array,
    gradient: Gradient,
    speedupAdjoint: Float64Array | undefined,
  ): void {
    const { n, order } = this.state;
    for (let k = 0; k < n; k++) {
      const turbine = order[k];
      if (speedupAdjoint) speedupAdjoint[turbine] += free[k] / this.#speedup[k];
      gradient.x[turbine] += across[k] * this.#cosine - along[k] * this.#sine;
      gradient.y[turbine] -= across[k] * this.#sine + along[k] * this.#cosine;
    }
  }

  /** Carries derivatives by powers and thrusts upwind, along `#sweep`; sets those by the speeds. */
  #reverseSweep(slopes: CurveSlopes, adjoints: SweepAdjoints): void {
    const { state } = this;
    const { n, cases, along, across, uEff, deficit, tiAdded, ti } = state;
    const kernel = this.#kernel;
    const turbulence = this.#turbulence;
    // Added turbulence counts where it widens wakes.
    const acting = usesTurbulence(this.model) ? turbulence : null;
    const largest = this.#largestRadius;
    const { superposition } = this.model;
    const { reference } = kernel;
    for (let i = n - 1; i >= 0; i--) {
      kernel.clearAdjoints();
      if (i < n - 1 && kernel.setSource(state, i)) {
        acting?.setSource(state, i);
        let base = max(kernel.reachBase, acting?.reachBase ?? 0);
        const slope = max(kernel.reachSlope, acting?.reachSlope ?? 0);
        if (kernel.reachesRotor || acting) base += largest;
        for (let j = n - 1; j > i; j--) {
          const dw = along[j] - along[i];
          const cw = across[j] - across[i];
          if (abs(cw) > base + slope * dw || dw <= SIDE_BY_SIDE_M) continue;
          const isWaked = kernel.evaluate(state, j, dw, cw);
          let radiusAdjoint: Float64Array | null = null;
          let byAlong = 0;
          let byAcross = 0;
          if (acting) {
            if (acting.adjoint(state, j, dw, cw, kernel, adjoints.added, adjoints.radius))
              radiusAdjoint = adjoints.radius;
            byAlong += acting.byAlong;
            byAcross += acting.byAcross;
          }
          if (isWaked) {
            const { deficits } = kernel;
            const from = j * cases;
            const { pair } = adjoints;
            if (superposition === 'squared_sum')
              for (let s = 0; s < cases; s++) pair[s] = adjoints.deficit[from + s] * deficits[s];
            else if (superposition === 'linear') for (let s = 0; s < cases; s++) pair[s] = adjoints.deficit[from + s];
            else
              for (let s = 0; s < cases; s++)
                pair[s] = deficits[s] === deficit[from + s] ? adjoints.deficit[from + s] : 0;
            kernel.adjoint(state, j, dw, cw, pair, radiusAdjoint);
            if (reference === 'free_target') for (let s = 0; s < cases; s++) adjoints.free[j] += pair[s] * deficits[s];
            byAlong += kernel.byAlong;
            byAcross += kernel.byAcross;
          }
          adjoints.along[j] += byAlong;
          adjoints.along[i] -= byAlong;
          adjoints.across[j] += byAcross;
          adjoints.across[i] -= byAcross;
        }
      }
      for (let s = 0; s < cases; s++) {
        const at = i * cases + s;
        const byReference = reference === 'effective_source' ? kernel.uAdjoint[s] : 0;
        const ctAdjoint = kernel.ctAdjoint[s] + adjoints.ct[at];
        const uAdjoint =
          uEff[at] > 0 ? adjoints.power[at] * slopes.power[at] + ctAdjoint * slopes.ct[at] + byReference : 0;
        adjoints.speed[at] = uAdjoint;
        // Times the free speed: what follows is by its logarithm.
        adjoints.free[i] += (reference === 'free_source' ? uAdjoint + kernel.uAdjoint[s] : uAdjoint) * state.uFree[at];
        const total = deficit[at];
        adjoints.deficit[at] = superposition === 'squared_sum' ? (total > 0 ? -uAdjoint / total : 0) : -uAdjoint;
        if (acting) adjoints.added[at] = kernel.tiAdjoint[s] * acting.combineSlope(tiAdded[at], ti[at]);
      }
    }
  }
}

const largestOf = (values: Float64Array): number => values.reduce((largest, value) => max(largest, abs(value)), 0);

function usesTurbulence(model: SuperposedWakeModel): boolean {
  return model.deficit.kind === 'gaussian' && model.deficit.k.slope !== 0;
}
