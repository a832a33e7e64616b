/**
 * Gauss wakes as FLORIS 4.7 computes them: each rotor has 3 x 3 points, and the turbines are solved from upwind to
 * downwind, with yaw, deflection and, if requested, the parts of the gauss-curl hybrid.
 * @see Bastankhah and Porte-Agel 2016, doi:10.1017/jfm.2016.595; King et al. 2021, doi:10.5194/wes-6-701-2021
 */

import { windError } from '../../check.ts';
import type { CurveSlopes, Farm } from '../../turbine/farm.ts';
import { FarmCurves, RUNS, STOPPED } from '../../turbine/farm.ts';
import { expNegative } from '../fast-exp.ts';
import type { VortexAdjoints } from './vortices.ts';
import { FlorisVortices, GRID, POINTS, SPREAD } from './vortices.ts';
import { FlorisWake, MAX_CT } from './wake.ts';
import type { FreeStream, Gradient, GradientOptions, SolveOptions } from '../flow-solver.ts';
import type { FlorisWakeModel } from '../wake-models.ts';
import { hasCurl } from '../wake-models.ts';
import { WakeState } from '../wake-state.ts';

const { abs, cbrt, max, min, sqrt } = Math;

const RADIANS = Math.PI / 180;
export const MIN_CT = 1e-4;
/** Deficits above this count as wake for the added turbulence [m/s] */
export const WAKE_EDGE_MS = 0.05;
export const MIN_DISTANCE_M = 0.1;
/** Half the square of the widths off the axis beyond which a wake counts as 0 (4e-18 of its peak), and these widths */
export const LATERAL_LIMIT = 40;
export const REACH_WIDTHS = sqrt(2 * LATERAL_LIMIT);
/** Reach of the added turbulence in diameters, along and across */
export const TI_REACH_D = 15;
export const TI_HALF_WIDTH_D = 2;

export interface FlorisOptions {
  /** Height at which the free speeds hold [m]; default the first turbine type's hub */
  readonly referenceHeightM?: number;
  /** Tip-speed ratio [-], for the wake's rotation; default 8, as in FLORIS's turbines */
  readonly tipSpeedRatio?: number;
  /** Power falls with the cosine of the yaw raised to this; default 1.88 */
  readonly cosineLossExponent?: number;
}

export interface FlorisSolveOptions extends SolveOptions {
  /**
   * Whether a turbine's vortices act on its own rotor; left out: they do. FLORIS decides it by the rounding of a mean of
   * coordinates, so a comparison has to take over what it decided
   */
  readonly ownPlane?: ArrayLike<boolean>;
}

/** One case of a direction as it was solved: by [place * 9 + point] free speed and wake, by [place * 3 + column] turbulence. */
interface FlorisCase {
  readonly free: Float64Array;
  readonly wake: Float64Array;
  readonly ti: Float64Array;
  /** Turbulence before yaw-added recovery */
  readonly tiBefore: Float64Array;
  /** Which place's wake gave the turbulence; -1 for none */
  readonly tiFrom: Int32Array;
  /** By place: yaw of the rotor with what secondary steering adds [rad] */
  readonly steering: Float64Array;
  /** Null without the parts of the gauss-curl hybrid */
  readonly vortices: FlorisVortices | null;
}

export class FlorisSolver {
  readonly state: WakeState;
  readonly model: FlorisWakeModel;
  readonly #farm: Farm;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #curves: FarmCurves;
  #operation: Uint8Array | null = null;
  readonly #referenceHeight: number;
  readonly #cosineLoss: number;
  readonly #key: Float64Array;
  /** The case that is solved, and those of a solve with slopes */
  #case: FlorisCase;
  #cases: FlorisCase[] | null = null;
  #slopes: CurveSlopes | null = null;
  readonly #yaw: Float64Array;
  #sine = 0;
  #cosine = 1;
  readonly #speedup: Float64Array;
  readonly #tipSpeedRatio: number;

  constructor(farm: Farm, model: FlorisWakeModel, cases: number, options: FlorisOptions = {}) {
    const n = farm.xM.length;
    this.model = model;
    this.state = new WakeState(n, cases);
    this.#farm = farm;
    this.#x = Float64Array.from(farm.xM);
    this.#y = Float64Array.from(farm.yM);
    this.#curves = new FarmCurves(farm);
    this.#referenceHeight = options.referenceHeightM ?? farm.turbines[0].hubHeightM;
    this.#cosineLoss = options.cosineLossExponent ?? 1.88;
    this.#key = new Float64Array(n);
    this.#yaw = new Float64Array(n);
    this.#speedup = new Float64Array(n);
    this.#tipSpeedRatio = options.tipSpeedRatio ?? 8;
    this.#case = this.#newCase();
    this.#columns = Array.from({ length: GRID }, () => new FlorisWake(model));
  }

  #newCase(): FlorisCase {
    const { n } = this.state;
    return {
      free: new Float64Array(n * POINTS),
      wake: new Float64Array(n * POINTS),
      ti: new Float64Array(n * GRID),
      tiBefore: new Float64Array(n * GRID),
      tiFrom: new Int32Array(n * GRID),
      steering: new Float64Array(n),
      vortices: hasCurl(this.model) ? new FlorisVortices(this.model, this.state, this.#tipSpeedRatio) : null,
    };
  }

  /** Puts the turbines elsewhere [m]. */
  move(x: ArrayLike<number>, y: ArrayLike<number>): void {
    this.#x.set(x);
    this.#y.set(y);
  }

  /**
   * Fills `state` for a direction.
   * @param directionDeg where the wind comes from, clockwise from north
   * @throws AppError for slopes with yaw, which have no gradient here
   */
  solve(directionDeg: number, free: FreeStream, options: FlorisSolveOptions = {}): void {
    const { withSlopes = false, yawDeg, ownPlane, operation = null } = options;
    this.#operation = operation;
    const { state } = this;
    const { n, cases, order, along, across } = state;
    const sine = Math.sin(directionDeg * RADIANS);
    const cosine = Math.cos(directionDeg * RADIANS);
    this.#sine = sine;
    this.#cosine = cosine;
    for (let i = 0; i < n; i++) this.#key[i] = -(this.#x[i] * sine + this.#y[i] * cosine);
    order.sort((a, b) => this.#key[a] - this.#key[b] || a - b);
    for (let k = 0; k < n; k++) {
      const i = order[k];
      const turbine = this.#farm.turbines[this.#farm.kind?.[i] ?? 0];
      along[k] = this.#key[i];
      across[k] = this.#x[i] * cosine - this.#y[i] * sine;
      state.diameter[k] = turbine.diameterM;
      state.hubHeight[k] = turbine.hubHeightM;
      this.#yaw[k] = yawDeg ? yawDeg[i] * RADIANS : 0;
      const factor = free.speedup ? free.speedup[i] : 1;
      this.#speedup[k] = factor;
      for (let s = 0; s < cases; s++) {
        state.uFree[k * cases + s] = free.wsMPerS[s] * factor;
        state.tiAmbient[k * cases + s] = typeof free.ti === 'number' ? free.ti : free.ti[s];
      }
    }
    this.#keepForGradient(withSlopes, yawDeg);
    for (let s = 0; s < cases; s++) {
      if (this.#slopes && this.#cases) this.#case = this.#cases[s];
      this.#solveCase(s, ownPlane);
    }
  }

  #keepForGradient(withSlopes: boolean, yawDeg?: ArrayLike<number>): void {
    const { n, cases } = this.state;
    this.#slopes = null;
    if (!withSlopes) return;
    if (Array.prototype.some.call(yawDeg ?? [], (angle) => angle !== 0))
      throw windError(`wake model ${this.model.name} has no analytic gradient with yaw`);
    this.#slopes = { power: new Float64Array(n * cases), ct: new Float64Array(n * cases) };
    this.#cases ??= Array.from({ length: cases }, () => this.#newCase());
  }

  #solveCase(s: number, ownPlane?: ArrayLike<boolean>): void {
    const { state, model } = this;
    const { n, cases, diameter, hubHeight, uFree, tiAmbient } = state;
    const { free, wake, ti, tiBefore, steering, vortices } = this.#case;
    const reference = this.#referenceHeight;
    for (let k = 0; k < n; k++) {
      const u = uFree[k * cases + s];
      for (let p = 0; p < POINTS; p++) {
        const z = hubHeight[k] + ((p % GRID) - 1) * SPREAD * diameter[k];
        const ratio = z / reference;
        free[k * POINTS + p] = model.shear === 0 ? u : u * ratio ** model.shear;
      }
      for (let m = 0; m < GRID; m++) ti[k * GRID + m] = tiAmbient[k * cases + s];
    }
    wake.fill(0);
    this.#case.tiFrom.fill(-1);
    vortices?.reset(free);
    for (let i = 0; i < n; i++) {
      const at = i * cases + s;
      let cubes = 0;
      for (let p = i * POINTS; p < (i + 1) * POINTS; p++) cubes += (free[p] - wake[p]) ** 3;
      const rotorSpeed = cbrt(cubes / POINTS);
      state.uEff[at] = rotorSpeed;
      const turbine = state.order[i];
      const operation = this.#operation?.[turbine * cases + s] ?? RUNS;
      const curve = this.#curves.of(this.#farm.kind?.[turbine] ?? 0, operation);
      const yaw = this.#yaw[i];
      const cosYaw = Math.cos(yaw);
      curve.read(state.uEff, at, 1, state.power, state.ct, this.#slopes);
      if (operation === STOPPED) continue;
      if (this.#slopes && !(state.ct[at] > MIN_CT && state.ct[at] < MAX_CT)) this.#slopes.ct[at] = 0;
      const ct = min(max(state.ct[at], MIN_CT), MAX_CT) * cosYaw;
      if (yaw !== 0) {
        state.uEff[at] = rotorSpeed * cosYaw ** (this.#cosineLoss / 3);
        curve.read(state.uEff, at, 1, state.power, state.ct, null);
        state.uEff[at] = rotorSpeed;
      }
      state.ct[at] = ct;
      const induction = (0.5 / cosYaw) * (1 - sqrt(1 - ct * cosYaw));
      // The deflection takes the turbulence before yaw-added recovery, the deficit the one after it.
      for (let t = i * GRID; t < (i + 1) * GRID; t++) tiBefore[t] = ti[t];
      steering[i] = yaw;
      if (vortices) {
        steering[i] += vortices.shed(i, { yaw, ct, induction, rotorSpeed }, ownPlane?.[state.order[i]] ?? true);
        const mixing = vortices.mixing(i, rotorSpeed, tiBefore[i * GRID]);
        for (let t = i * GRID; t < (i + 1) * GRID; t++) ti[t] += mixing;
      }
      this.#setColumns(i, ct, yaw, this.#case);
      for (let j = i + 1; j < n; j++) this.#addWake(s, i, j, induction);
    }
    for (let i = 0; i < n; i++) {
      const t = i * GRID;
      state.ti[i * cases + s] = (ti[t] + ti[t + 1] + ti[t + 2]) / GRID;
      state.deficit[i * cases + s] = uFree[i * cases + s] - state.uEff[i * cases + s];
    }
  }

  /**
   * The columns of a rotor's points have different turbulence, so each column has its own wake; in FLORIS, each column
   * of a source affects the same column of a target.
   */
  readonly #columns: readonly FlorisWake[];

  #setColumns(i: number, ct: number, yaw: number, { ti, tiBefore, steering }: FlorisCase): void {
    for (let m = 0; m < GRID; m++) {
      const t = i * GRID + m;
      this.#columns[m].set(this.state.diameter[i], ct, yaw, steering[i], ti[t], tiBefore[t]);
    }
  }

  /** Returns the wake of column `m` at `dx` [m]; if the columns are equal, it is computed once for the first. */
  #wakeAt(m: number, dx: number): FlorisWake {
    const wake = this.#columns[m];
    if (m > 0 && wake.isLike(this.#columns[0])) return this.#columns[0];
    wake.at(dx);
    return wake;
  }

  /** Tells whether a rotor at `dx`, `dy` [m] is so far from the axes of all columns that no wake reaches it. */
  #isOutside(j: number, dx: number, dy: number, isSteered: boolean): boolean {
    if (isSteered) return false;
    const [a, b, c] = this.#columns;
    const widest = max(a.widestTo(dx), b.widestTo(dx), c.widestTo(dx));
    return abs(dy) - SPREAD * this.state.diameter[j] > REACH_WIDTHS * widest;
  }

  /** Adds the wake of the turbine at place `i` on all points of the one at place `j`, and the turbulence that it adds. */
  #addWake(s: number, i: number, j: number, induction: number): void {
    const { state, model } = this;
    const dx = state.along[j] - state.along[i];
    const dy = state.across[j] - state.across[i];
    const { free, wake, ti, tiFrom, steering } = this.#case;
    if (dx <= MIN_DISTANCE_M || this.#isOutside(j, dx, dy, steering[i] !== 0)) return;
    const diameter = state.diameter[i];
    let inWake = 0;
    for (let m = 0; m < GRID; m++) {
      const { sigmaY, sigmaZ, peak, deflection } = this.#wakeAt(m, dx);
      const y = dy + (m - 1) * SPREAD * state.diameter[j] - deflection;
      const lateral = (y * y) / (2 * sigmaY * sigmaY);
      if (lateral > LATERAL_LIMIT) continue;
      for (let r = 0; r < GRID; r++) {
        const z = state.hubHeight[j] + (r - 1) * SPREAD * state.diameter[j] - state.hubHeight[i];
        const p = j * POINTS + m * GRID + r;
        const deficit = free[p] * peak * expNegative(lateral + (z * z) / (2 * sigmaZ * sigmaZ));
        if (deficit > WAKE_EDGE_MS) inWake++;
        wake[p] = sqrt(wake[p] * wake[p] + deficit * deficit);
      }
    }
    if (inWake === 0 || dx > TI_REACH_D * diameter) return;
    const [constant, byInduction, byAmbient, byDistance] = model.turbulence;
    const ambient = state.tiAmbient[j * state.cases + s];
    const added =
      constant * induction ** byInduction * ambient ** byAmbient * (dx / diameter) ** byDistance * (inWake / POINTS);
    const total = sqrt(added * added + ambient * ambient);
    for (let m = 0; m < GRID; m++) {
      const y = dy + (m - 1) * SPREAD * state.diameter[j];
      if (abs(y) >= TI_HALF_WIDTH_D * diameter) continue;
      if (total <= ti[j * GRID + m]) continue;
      ti[j * GRID + m] = total;
      tiFrom[j * GRID + m] = i;
    }
  }

  /**
   * Does the same as `FlowSolver.addGradient`. What FLORIS counts or cuts is constant here: the points of a rotor with
   * more than 0.05 m/s of deficit, and the reach of the added turbulence, at whose edges the energy jumps.
   */
  addGradient(weights: ArrayLike<number>, gradient: Gradient, options: GradientOptions = {}): void {
    const { speedupAdjoint, caseWeights } = options;
    const slopes = this.#slopes;
    if (!slopes || !this.#cases) throw new Error('addGradient needs solve with slopes before');
    const { n, cases, order } = this.state;
    const adjoints: FlorisAdjoints = {
      along: new Float64Array(n),
      across: new Float64Array(n),
      free: new Float64Array(n),
      wake: new Float64Array(n * POINTS),
      ti: new Float64Array(n * GRID),
      tiBefore: new Float64Array(GRID),
      ct: 0,
      yaw: 0,
    };
    for (let s = 0; s < cases; s++) {
      const solved = this.#cases[s];
      const { vortices } = solved;
      adjoints.ti.fill(0);
      vortices?.beginAdjoint();
      for (let i = n - 1; i >= 0; i--) {
        adjoints.ct = 0;
        adjoints.yaw = 0;
        adjoints.tiBefore.fill(0);
        const at = i * cases + s;
        if (this.#operation?.[order[i] * cases + s] === STOPPED) {
          adjoints.wake.fill(0, i * POINTS, (i + 1) * POINTS);
          continue;
        }
        const ct = this.state.ct[at];
        const rotorSpeed = this.state.uEff[at];
        this.#setColumns(i, ct, 0, solved);
        for (let j = n - 1; j > i; j--) this.#addWakeAdjoint(solved, s, i, j, adjoints);
        const weight = caseWeights ? caseWeights[order[i] * cases + s] : 1;
        let uAdjoint = weight * weights[s] * slopes.power[at];
        if (vortices) {
          const t = i * GRID;
          const rotor = { yaw: 0, ct, induction: 0.5 * (1 - sqrt(1 - ct)), rotorSpeed };
          const mixingAdjoint = adjoints.ti[t] + adjoints.ti[t + 1] + adjoints.ti[t + 2];
          vortices.adjoint(i, rotor, solved.tiBefore[t], adjoints.yaw, mixingAdjoint, adjoints);
          adjoints.ct += vortices.byCt;
          uAdjoint += vortices.byRotorSpeed;
          // From here on by the turbulence before yaw-added recovery.
          for (let m = 0; m < GRID; m++) adjoints.ti[t + m] += adjoints.tiBefore[m];
          adjoints.ti[t] += vortices.byTi;
        }
        uAdjoint += adjoints.ct * slopes.ct[at];
        // The rotor's speed is the cubic mean of its points.
        const scale = uAdjoint / (POINTS * rotorSpeed ** 2);
        for (let p = i * POINTS; p < (i + 1) * POINTS; p++) {
          const byPoint = scale * (solved.free[p] - solved.wake[p]) ** 2;
          adjoints.wake[p] = -byPoint;
          adjoints.free[i] += byPoint * solved.free[p];
        }
      }
      vortices?.endAdjoint(solved.free, adjoints);
    }
    if (speedupAdjoint) for (let k = 0; k < n; k++) speedupAdjoint[order[k]] += adjoints.free[k] / this.#speedup[k];
    for (let k = 0; k < n; k++) {
      gradient.x[order[k]] += adjoints.across[k] * this.#cosine - adjoints.along[k] * this.#sine;
      gradient.y[order[k]] -= adjoints.across[k] * this.#sine + adjoints.along[k] * this.#cosine;
    }
  }

  /** Carries derivatives by the wake and turbulence at place `j` back to place `i` upwind, along `#addWake`, without yaw. */
  #addWakeAdjoint(solved: FlorisCase, s: number, i: number, j: number, adjoints: FlorisAdjoints): void {
    const { state, model } = this;
    const dx = state.along[j] - state.along[i];
    const dy = state.across[j] - state.across[i];
    if (dx <= MIN_DISTANCE_M || this.#isOutside(j, dx, dy, solved.steering[i] !== 0)) return;
    const diameter = state.diameter[i];
    const ct = state.ct[i * state.cases + s];
    const root = sqrt(1 - ct);
    let inWake = 0;
    let alongAdjoint = 0;
    let acrossAdjoint = 0;
    for (let m = 0; m < GRID; m++) {
      const column = this.#wakeAt(m, dx);
      const { sigmaY: sigma, peak, deflection } = column;
      const y = dy + (m - 1) * SPREAD * state.diameter[j] - deflection;
      const lateral = (y * y) / (2 * sigma * sigma);
      if (lateral > LATERAL_LIMIT) continue;
      let peakAdjoint = 0;
      let sigmaAdjoint = 0;
      let yAdjoint = 0;
      for (let r = 0; r < GRID; r++) {
        const z = state.hubHeight[j] + (r - 1) * SPREAD * state.diameter[j] - state.hubHeight[i];
        const p = j * POINTS + m * GRID + r;
        const bell = expNegative(lateral + (z * z) / (2 * sigma * sigma));
        const deficit = solved.free[p] * peak * bell;
        if (deficit > WAKE_EDGE_MS) inWake++;
        if (deficit === 0) continue;
        // Deficits add in squares: d wake/d deficit = deficit/wake.
        const deficitAdjoint = (adjoints.wake[p] * deficit) / solved.wake[p];
        peakAdjoint += deficitAdjoint * solved.free[p] * bell;
        sigmaAdjoint += (deficitAdjoint * deficit * (y * y + z * z)) / (sigma * sigma * sigma);
        yAdjoint -= (deficitAdjoint * deficit * y) / (sigma * sigma);
        adjoints.free[j] += deficitAdjoint * deficit;
      }
      if (peakAdjoint === 0) continue;
      column.adjoint(dx, sigmaAdjoint, peakAdjoint, solved.vortices ? -yAdjoint : 0);
      acrossAdjoint += yAdjoint;
      alongAdjoint += column.byAlong;
      adjoints.ct += column.byCt;
      adjoints.ti[i * GRID + m] += column.byTi;
      adjoints.tiBefore[m] += column.byTiOfDeflection;
      adjoints.yaw += column.byYaw;
    }
    if (inWake > 0 && dx <= TI_REACH_D * diameter) {
      let addedAdjoint = 0;
      const [constant, byInduction, byAmbient, byDistance] = model.turbulence;
      const ambient = state.tiAmbient[j * state.cases + s];
      const induction = 0.5 * (1 - root);
      const added =
        constant * induction ** byInduction * ambient ** byAmbient * (dx / diameter) ** byDistance * (inWake / POINTS);
      for (let m = 0; m < GRID; m++) {
        const at = j * GRID + m;
        if (solved.tiFrom[at] === i) addedAdjoint += (adjoints.ti[at] * added) / solved.tiBefore[at];
      }
      alongAdjoint += (addedAdjoint * added * byDistance) / dx;
      adjoints.ct += (addedAdjoint * added * byInduction * 0.25) / (root * induction);
    }
    adjoints.along[j] += alongAdjoint;
    adjoints.along[i] -= alongAdjoint;
    adjoints.across[j] += acrossAdjoint;
    adjoints.across[i] -= acrossAdjoint;
  }

  /** Does the same as `FlowSolver.deficitsAt`, with each turbine's mean turbulence; `free` holds at the reference height. */
  deficitsAt(x: ArrayLike<number>, y: ArrayLike<number>, heightM: number, free: number): Float64Array {
    const { state } = this;
    const { n, cases, along, across } = state;
    const squares = new Float64Array(x.length);
    const [wake] = this.#columns;
    const local = free * (heightM / this.#referenceHeight) ** this.model.shear;
    for (let i = 0; i < n; i++) {
      const ti = state.ti[i * cases];
      const z = heightM - state.hubHeight[i];
      wake.set(state.diameter[i], state.ct[i * cases], this.#yaw[i], this.#case.steering[i], ti, ti);
      for (let p = 0; p < squares.length; p++) {
        const dx = -(x[p] * this.#sine + y[p] * this.#cosine) - along[i];
        if (dx <= MIN_DISTANCE_M) continue;
        wake.at(dx);
        const { sigmaY, sigmaZ, peak, deflection } = wake;
        const side = x[p] * this.#cosine - y[p] * this.#sine - across[i] - deflection;
        const deficit =
          local * peak * expNegative((side * side) / (2 * sigmaY * sigmaY) + (z * z) / (2 * sigmaZ * sigmaZ));
        squares[p] += deficit * deficit;
      }
    }
    return squares.map(sqrt);
  }
}

/** Derivatives of the objective while they are carried upwind: by point, by column; by what one source has. */
interface FlorisAdjoints extends VortexAdjoints {
  readonly wake: Float64Array;
  readonly ti: Float64Array;
  /** By column: the turbulence that deflection takes */
  readonly tiBefore: Float64Array;
  ct: number;
  yaw: number;
}
