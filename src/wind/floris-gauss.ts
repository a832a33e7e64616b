/**
 * Gauss wakes as FLORIS 4.7 computes them: 3 x 3 points a rotor, turbines one after the other down the wind, with yaw,
 * deflection and, where asked for, the parts of the gauss-curl hybrid.
 * @see Bastankhah and Porte-Agel 2016, doi:10.1017/jfm.2016.595; King et al. 2021, doi:10.5194/wes-6-701-2021
 */

import type { Farm } from './farm.ts';
import { FastCurve } from './farm.ts';
import { expNegative } from './fast-exp.ts';
import type { FreeStream } from './flow-solver.ts';
import type { FlorisWakeModel } from './wake-models.ts';
import { WakeState } from './wake-state.ts';

const { abs, cbrt, exp, floor, log, max, min, sqrt } = Math;

const RADIANS = Math.PI / 180;
const GRID = 3;
const POINTS = GRID * GRID;
/** Grid points stand at -1, 0 and 1 times this share of the diameter */
const SPREAD = 0.25;
const MIN_CT = 1e-4;
const MAX_CT = 0.9999;
/** Deficits above this count as wake for the added turbulence [m/s] */
const WAKE_EDGE_MS = 0.05;
const MIN_DISTANCE_M = 0.1;
/** Reach of the added turbulence in diameters, along and across */
const TI_REACH_D = 15;
const TI_HALF_WIDTH_D = 2;
/** Keeps the vortices' cores off the grid points [m] */
const CORE_OFFSET_M = 0.001;
const GCH_GAIN = 2;
const KAPPA = 0.41;
const SIDE_BY_SIDE_M = 1e-9;

export interface FlorisOptions {
  /** Height at which the free speeds hold [m]; default the first turbine type's hub */
  readonly referenceHeightM?: number;
  /** Tip speed over wind speed [-], for the wake's rotation; default 8, as in FLORIS's turbines */
  readonly tipSpeedRatio?: number;
  /** Power falls with the cosine of the yaw raised to this; default 1.88 */
  readonly cosineLossExponent?: number;
}

export class FlorisSolver {
  readonly state: WakeState;
  readonly model: FlorisWakeModel;
  readonly #farm: Farm;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #curves: readonly FastCurve[];
  readonly #referenceHeight: number;
  readonly #tipSpeedRatio: number;
  readonly #cosineLoss: number;
  readonly #key: Float64Array;
  /** By [place * 9 + column * 3 + row]: free speed, its vertical gradient, wake, spanwise and vertical speed */
  readonly #free: Float64Array;
  readonly #gradient: Float64Array;
  readonly #wake: Float64Array;
  readonly #v: Float64Array;
  readonly #w: Float64Array;
  /** By [place * 3 + column] */
  readonly #ti: Float64Array;
  readonly #yaw: Float64Array;
  readonly #steering: Float64Array;
  #ownPlane: ArrayLike<boolean> | null = null;
  #sine = 0;
  #cosine = 1;
  readonly #vortex = { v: 0, w: 0 };

  constructor(farm: Farm, model: FlorisWakeModel, cases: number, options: FlorisOptions = {}) {
    const n = farm.xM.length;
    this.model = model;
    this.state = new WakeState(n, cases);
    this.#farm = farm;
    this.#x = Float64Array.from(farm.xM);
    this.#y = Float64Array.from(farm.yM);
    this.#curves = farm.turbines.map((turbine) => new FastCurve(turbine));
    this.#referenceHeight = options.referenceHeightM ?? farm.turbines[0].hubHeightM;
    this.#tipSpeedRatio = options.tipSpeedRatio ?? 8;
    this.#cosineLoss = options.cosineLossExponent ?? 1.88;
    this.#key = new Float64Array(n);
    this.#free = new Float64Array(n * POINTS);
    this.#gradient = new Float64Array(n * POINTS);
    this.#wake = new Float64Array(n * POINTS);
    this.#v = new Float64Array(n * POINTS);
    this.#w = new Float64Array(n * POINTS);
    this.#ti = new Float64Array(n * GRID);
    this.#yaw = new Float64Array(n);
    this.#steering = new Float64Array(n);
  }

  /** Puts the turbines elsewhere [m]. */
  move(x: ArrayLike<number>, y: ArrayLike<number>): void {
    this.#x.set(x);
    this.#y.set(y);
  }

  /**
   * Fills `state` for a direction.
   * @param directionDeg where the wind comes from, clockwise from north
   * @param yawDeg misalignment of each turbine, counter-clockwise seen from above; left out: none
   * @param ownPlane whether a turbine's vortices act on its own rotor; left out: they do. FLORIS decides it by the rounding
   * of a mean of coordinates, so a comparison has to take over what it decided
   */
  solve(directionDeg: number, free: FreeStream, yawDeg?: ArrayLike<number>, ownPlane?: ArrayLike<boolean>): void {
    const { state } = this;
    const { n, cases, order, along, across } = state;
    const sine = Math.sin(directionDeg * RADIANS);
    const cosine = Math.cos(directionDeg * RADIANS);
    this.#sine = sine;
    this.#ownPlane = ownPlane ?? null;
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
      for (let s = 0; s < cases; s++) {
        state.uFree[k * cases + s] = free.wsMs[s] * factor;
        state.tiAmbient[k * cases + s] = typeof free.ti === 'number' ? free.ti : free.ti[s];
      }
    }
    for (let s = 0; s < cases; s++) this.#solveCase(s);
  }

  #solveCase(s: number): void {
    const { state, model } = this;
    const { n, cases, along, across, diameter, hubHeight, uFree, tiAmbient } = state;
    const free = this.#free;
    const wake = this.#wake;
    const reference = this.#referenceHeight;
    let meanFree = 0;
    for (let k = 0; k < n; k++) {
      const u = uFree[k * cases + s];
      for (let p = 0; p < POINTS; p++) {
        const z = hubHeight[k] + ((p % GRID) - 1) * SPREAD * diameter[k];
        const ratio = z / reference;
        free[k * POINTS + p] = model.shear === 0 ? u : u * ratio ** model.shear;
        this.#gradient[k * POINTS + p] = (model.shear * free[k * POINTS + p]) / z;
        meanFree += free[k * POINTS + p] / (n * POINTS);
      }
      for (let m = 0; m < GRID; m++) this.#ti[k * GRID + m] = tiAmbient[k * cases + s];
    }
    wake.fill(0);
    this.#v.fill(0);
    this.#w.fill(0);
    const hasCurl = model.secondarySteering || model.yawAddedRecovery || model.transverseVelocities;
    for (let i = 0; i < n; i++) {
      const at = i * cases + s;
      let cubes = 0;
      for (let p = i * POINTS; p < (i + 1) * POINTS; p++) cubes += (free[p] - wake[p]) ** 3;
      const rotorSpeed = cbrt(cubes / POINTS);
      state.uEff[at] = rotorSpeed;
      const curve = this.#curves[this.#farm.kind?.[state.order[i]] ?? 0];
      const yaw = this.#yaw[i];
      const cosYaw = Math.cos(yaw);
      curve.read(state.uEff, at, 1, state.power, state.ct, null);
      const ct = min(max(state.ct[at], MIN_CT), MAX_CT) * cosYaw;
      if (yaw !== 0) {
        state.uEff[at] = rotorSpeed * cosYaw ** (this.#cosineLoss / 3);
        curve.read(state.uEff, at, 1, state.power, state.ct, null);
        state.uEff[at] = rotorSpeed;
      }
      state.ct[at] = ct;
      const induction = (0.5 / cosYaw) * (1 - sqrt(1 - ct * cosYaw));
      let effectiveYaw = yaw;
      let swirl = 0;
      if (hasCurl)
        swirl = (0.5 * Math.PI * diameter[i] * (induction - induction ** 2) * rotorSpeed) / this.#tipSpeedRatio;
      if (model.secondarySteering) effectiveYaw += this.#addedYaw(i, meanFree, ct, swirl);
      this.#steering[i] = effectiveYaw;
      // The deflection takes the turbulence before yaw-added recovery, the deficit the one after it.
      const [ti0, ti1, ti2] = this.#ti.subarray(i * GRID, (i + 1) * GRID);
      if (model.transverseVelocities) this.#addTransverse(i, meanFree, ct, swirl);
      if (model.yawAddedRecovery) this.#addMixing(i, rotorSpeed);
      for (let j = 0; j < n; j++) {
        const dx = along[j] - along[i];
        if (dx <= MIN_DISTANCE_M) continue;
        this.#addWake(s, i, j, dx, across[j] - across[i], ct, induction, effectiveYaw, [ti0, ti1, ti2]);
      }
    }
    for (let i = 0; i < n; i++) {
      const t = i * GRID;
      state.ti[i * cases + s] = (this.#ti[t] + this.#ti[t + 1] + this.#ti[t + 2]) / GRID;
      state.deficit[i * cases + s] = uFree[i * cases + s] - state.uEff[i * cases + s];
    }
  }

  /** The wake of the turbine at place `i` on all points of the one at place `j`, and the turbulence that it adds. */
  #addWake(
    s: number,
    i: number,
    j: number,
    dx: number,
    dy: number,
    ct: number,
    induction: number,
    effectiveYaw: number,
    tiBefore: readonly [number, number, number],
  ): void {
    const { state, model } = this;
    const free = this.#free;
    const wake = this.#wake;
    const diameter = state.diameter[i];
    let inWake = 0;
    for (let m = 0; m < GRID; m++) {
      const { sigmaY, sigmaZ, peak, deflection } = this.#shapeAt(
        i,
        dx,
        ct,
        effectiveYaw,
        this.#ti[i * GRID + m],
        tiBefore[m],
      );
      const y = dy + (m - 1) * SPREAD * state.diameter[j] - deflection;
      const lateral = (y * y) / (2 * sigmaY * sigmaY);
      if (lateral > 40) continue;
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
      if (total > this.#ti[j * GRID + m]) this.#ti[j * GRID + m] = total;
    }
  }

  readonly #shape = { sigmaY: 0, sigmaZ: 0, peak: 0, deflection: 0 };

  /** Widths [m], relative deficit on the axis and sideways shift [m] of the wake of place `i` at `dx` [m]. */
  #shapeAt(i: number, dx: number, ct: number, effectiveYaw: number, ti: number, tiBefore: number) {
    const { alpha, beta, ka, kb } = this.model;
    const diameter = this.state.diameter[i];
    const cosYaw = Math.cos(this.#yaw[i]);
    const root = sqrt(1 - ct);
    const sigmaZ0 = diameter * 0.5 * sqrt(ct / (2 * (1 - root) * (1 + root)));
    const sigmaY0 = sigmaZ0 * cosYaw;
    const x0 = (diameter * cosYaw * (1 + root)) / (Math.SQRT2 * (4 * alpha * ti + 2 * beta * (1 - root)));
    const shape = this.#shape;
    if (dx >= x0) {
      const growth = (ka * ti + kb) * (dx - x0);
      shape.sigmaY = growth + sigmaY0;
      shape.sigmaZ = growth + sigmaZ0;
    } else {
      const near = ((x0 - dx) / x0) * 0.501 * diameter * sqrt(ct / 2);
      shape.sigmaY = near + (dx / x0) * sigmaY0;
      shape.sigmaZ = near + (dx / x0) * sigmaZ0;
    }
    const inside = 1 - (ct * cosYaw * diameter * diameter) / (8 * shape.sigmaY * shape.sigmaZ);
    shape.peak = 1 - sqrt(min(max(inside, 0), 1));
    shape.deflection = this.#deflection(dx, ct, effectiveYaw, tiBefore, diameter);
    return shape;
  }

  /** As `FlowSolver.deficitsAt`, with each turbine's mean turbulence; `free` holds at the reference height. */
  deficitsAt(x: ArrayLike<number>, y: ArrayLike<number>, heightM: number, free: number): Float64Array {
    const { state } = this;
    const { n, cases, along, across } = state;
    const squares = new Float64Array(x.length);
    const local = free * (heightM / this.#referenceHeight) ** this.model.shear;
    for (let i = 0; i < n; i++) {
      const ti = state.ti[i * cases];
      const z = heightM - state.hubHeight[i];
      for (let p = 0; p < squares.length; p++) {
        const dx = -(x[p] * this.#sine + y[p] * this.#cosine) - along[i];
        if (dx <= MIN_DISTANCE_M) continue;
        const { sigmaY, sigmaZ, peak, deflection } = this.#shapeAt(
          i,
          dx,
          state.ct[i * cases],
          this.#steering[i],
          ti,
          ti,
        );
        const side = x[p] * this.#cosine - y[p] * this.#sine - across[i] - deflection;
        const deficit =
          local * peak * expNegative((side * side) / (2 * sigmaY * sigmaY) + (z * z) / (2 * sigmaZ * sigmaZ));
        squares[p] += deficit * deficit;
      }
    }
    return squares.map(sqrt);
  }

  /** Sideways shift of the wake's centre at `dx` [m]. */
  #deflection(dx: number, ct: number, yaw: number, ti: number, diameter: number): number {
    if (yaw === 0) return 0;
    const { alpha, beta, ka, kb } = this.model;
    // FLORIS turns the sign of the yaw here.
    const angle = -yaw;
    const cosYaw = Math.cos(angle);
    const root = sqrt(1 - ct);
    const rootYaw = sqrt(1 - ct * cosYaw);
    const x0 = (diameter * cosYaw * (1 + rootYaw)) / (Math.SQRT2 * (4 * alpha * ti + 2 * beta * (1 - root)));
    const skew = ((0.3 * angle) / cosYaw) * (1 - rootYaw);
    const delta0 = Math.tan(skew) * x0;
    if (dx <= x0) return (dx / x0) * delta0;
    const k = ka * ti + kb;
    const c0 = 1 - root;
    const m0 = c0 * (2 - c0);
    const e0 = c0 * c0 - 3 * exp(1 / 12) * c0 + 3 * exp(1 / 3);
    const sigmaZ0 = diameter * 0.5 * sqrt((ct * cosYaw) / (2 * (1 - rootYaw) * (1 + root)));
    const sigmaY0 = sigmaZ0 * cosYaw;
    const sigmaY = k * (dx - x0) + sigmaY0;
    const sigmaZ = k * (dx - x0) + sigmaZ0;
    const m0Root = sqrt(m0);
    const middle = sqrt((sigmaY * sigmaZ) / (sigmaY0 * sigmaZ0));
    const above = (1.6 + m0Root) * (1.6 * middle - m0Root);
    const below = (1.6 - m0Root) * (1.6 * middle + m0Root);
    return delta0 + ((skew * e0) / 5.2) * sqrt((sigmaY0 * sigmaZ0) / (k * k * m0)) * log(above / below);
  }

  /** Yaw that would give the spanwise speed which the wakes upstream cause at the rotor [rad]. Secondary steering. */
  #addedYaw(i: number, meanFree: number, ct: number, swirl: number): number {
    const { state, model } = this;
    const diameter = state.diameter[i];
    const hub = state.hubHeight[i];
    const core = 0.2 * diameter;
    const unit = (Math.PI / 8) * diameter * meanFree * ct;
    const top = unit * ((hub + diameter / 2) / hub) ** model.shear;
    const bottom = -unit * ((hub - diameter / 2) / hub) ** model.shear;
    let mean = 0;
    let vTop = 0;
    let vBottom = 0;
    let vCore = 0;
    for (let p = 0; p < POINTS; p++) {
      const y = (floor(p / GRID) - 1) * SPREAD * diameter + CORE_OFFSET_M;
      const z = hub + ((p % GRID) - 1) * SPREAD * diameter;
      mean += this.#v[i * POINTS + p] / POINTS;
      vTop += spanwise(top, y, z - (hub + diameter / 2) + CORE_OFFSET_M, core) / POINTS;
      vBottom += spanwise(bottom, y, z - (hub - diameter / 2) + CORE_OFFSET_M, core) / POINTS;
      vCore += spanwise(swirl, y, z - hub + CORE_OFFSET_M, core) / POINTS;
    }
    const value = (2 * (mean - vCore)) / (vTop + vBottom);
    return 0.5 * Math.asin(min(max(value, -1), 1));
  }

  /** Spanwise and vertical speeds that the vortices shed at place `i`, and their mirror images, cause from there on. */
  #addTransverse(i: number, meanFree: number, ct: number, swirl: number): void {
    const { state, model } = this;
    const { n, along, across } = state;
    const diameter = state.diameter[i];
    const hub = state.hubHeight[i];
    const yaw = this.#yaw[i];
    const core = 0.2 * diameter;
    const unit = Math.sin(yaw) * Math.cos(yaw) * (Math.PI / 8) * diameter * meanFree * ct;
    const top = unit * ((hub + diameter / 2) / hub) ** model.shear;
    const bottom = -unit * ((hub - diameter / 2) / hub) ** model.shear;
    const out = this.#vortex;
    for (let j = 0; j < n; j++) {
      const dx = along[j] - along[i];
      if (dx < -SIDE_BY_SIDE_M || (i === j && this.#ownPlane && !this.#ownPlane[state.order[i]])) continue;
      for (let p = 0; p < POINTS; p++) {
        const at = j * POINTS + p;
        const y = across[j] - across[i] + (floor(p / GRID) - 1) * SPREAD * state.diameter[j] + CORE_OFFSET_M;
        const z = state.hubHeight[j] + ((p % GRID) - 1) * SPREAD * state.diameter[j];
        const mixing = (KAPPA * z) / (1 + (KAPPA * z) / (diameter / 8));
        const nu = mixing * mixing * abs(this.#gradient[at]);
        const decay = (core * core) / ((4 * nu * max(dx, 0)) / meanFree + core * core);
        out.v = 0;
        out.w = 0;
        addVortex(out, top, y, z - (hub + diameter / 2) + CORE_OFFSET_M, core);
        addVortex(out, bottom, y, z - (hub - diameter / 2) + CORE_OFFSET_M, core);
        addVortex(out, swirl, y, z - hub + CORE_OFFSET_M, core);
        addVortex(out, -top, y, z + (hub + diameter / 2) + CORE_OFFSET_M, core);
        addVortex(out, -bottom, y, z + (hub - diameter / 2) + CORE_OFFSET_M, core);
        addVortex(out, -swirl, y, z + hub + CORE_OFFSET_M, core);
        this.#v[at] += out.v * decay;
        // FLORIS drops downward speeds of each turbine.
        this.#w[at] += max(out.w * decay, 0);
      }
    }
  }

  /** Turbulence by the spanwise and vertical speeds at the rotor. Yaw-added recovery. */
  #addMixing(i: number, rotorSpeed: number): void {
    let v = 0;
    let w = 0;
    for (let p = i * POINTS; p < (i + 1) * POINTS; p++) {
      v += this.#v[p] / POINTS;
      w += this.#w[p] / POINTS;
    }
    const ti = this.#ti[i * GRID];
    const k = (rotorSpeed * ti) ** 2 / (2 / 3);
    const total = sqrt((2 / 3) * 0.5 * (2 * k + v * v + w * w)) / rotorSpeed;
    const mixing = total - ti;
    for (let m = 0; m < GRID; m++) this.#ti[i * GRID + m] += GCH_GAIN * mixing;
  }
}

const coreShape = (square: number, core: number): number => -Math.expm1(-square / (core * core));

function spanwise(circulation: number, y: number, z: number, core: number): number {
  const square = y * y + z * z;
  return ((circulation * z) / (2 * Math.PI * square)) * coreShape(square, core);
}

function addVortex(out: { v: number; w: number }, circulation: number, y: number, z: number, core: number): void {
  const square = y * y + z * z;
  const factor = (circulation / (2 * Math.PI * square)) * coreShape(square, core);
  out.v += factor * z;
  out.w -= factor * y;
}
