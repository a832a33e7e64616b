/**
 * Vortices that rotors shed into their wakes, the parts of FLORIS's gauss-curl hybrid: they bend other wakes (secondary
 * steering), move the air across the wind (transverse velocities) and mix it (yaw-added recovery).
 * @see King et al. 2021, doi:10.5194/wes-6-701-2021
 */
import type { FlorisWakeModel } from '../wake-models.ts';
import type { WakeState } from '../wake-state.ts';

const { PI, abs, exp, expm1, floor, max, min, sqrt } = Math;

/** Points of a rotor: columns by rising crosswind coordinate, and rows, at -1, 0 and 1 times this share of the diameter */
export const GRID = 3;
export const POINTS = GRID * GRID;
export const SPREAD = 0.25;

/** Keeps the vortices' cores off the grid points [m] */
const CORE_OFFSET_M = 0.001;
/** Core radius over the diameter */
const CORE = 0.2;
/** Squared core radii beyond which a core no longer changes a double */
const CORE_REACH = 38;
/** FLORIS multiplies the added mixing by this */
const GCH_GAIN = 2;
/** Von Karman's constant [-] */
const KAPPA = 0.41;
const SIDE_BY_SIDE_M = 1e-9;

/** A rotor as it sheds: yaw [rad], thrust and induction [-], mean speed [m/s]. */
export interface SheddingRotor {
  readonly yaw: number;
  readonly ct: number;
  readonly induction: number;
  readonly rotorSpeed: number;
}

/** Derivatives by each place's coordinates and by the logarithm of its free speed, while they are carried upwind. */
export interface VortexAdjoints {
  readonly along: Float64Array;
  readonly across: Float64Array;
  readonly free: Float64Array;
}

/** Works on the places of `state`, down the wind, one case at a time. */
export class FlorisVortices {
  readonly #model: FlorisWakeModel;
  readonly #state: WakeState;
  readonly #tipSpeedRatio: number;
  /** By [place * 9 + point]: the free speed's vertical gradient [1/s], spanwise and vertical speed [m/s] */
  readonly #gradient: Float64Array;
  readonly #v: Float64Array;
  readonly #w: Float64Array;
  #meanFree = 0;
  readonly #vortex = { v: 0, w: 0 };
  /** Whether each place's vortices acted on its own rotor, and the rotor's mean speeds before and with them */
  readonly #onItself: Uint8Array;
  readonly #meanV: Float64Array;
  readonly #mixedV: Float64Array;
  readonly #mixedW: Float64Array;
  /** Derivatives by these means */
  readonly #meanVAdjoint: Float64Array;
  readonly #mixedVAdjoint: Float64Array;
  readonly #mixedWAdjoint: Float64Array;
  #meanFreeAdjoint = 0;
  /** What the last `adjoint` found: derivatives by the rotor's thrust, speed and turbulence */
  byCt = 0;
  byRotorSpeed = 0;
  byTi = 0;

  constructor(model: FlorisWakeModel, state: WakeState, tipSpeedRatio: number) {
    this.#model = model;
    this.#state = state;
    this.#tipSpeedRatio = tipSpeedRatio;
    this.#gradient = new Float64Array(state.n * POINTS);
    this.#v = new Float64Array(state.n * POINTS);
    this.#w = new Float64Array(state.n * POINTS);
    this.#onItself = new Uint8Array(state.n);
    const byPlace = () => new Float64Array(state.n);
    [this.#meanV, this.#mixedV, this.#mixedW] = [byPlace(), byPlace(), byPlace()];
    [this.#meanVAdjoint, this.#mixedVAdjoint, this.#mixedWAdjoint] = [byPlace(), byPlace(), byPlace()];
  }

  /** Begins a case. @param free speed [m/s] by [place * 9 + point] */
  reset(free: Float64Array): void {
    const { n, hubHeight, diameter } = this.#state;
    this.#v.fill(0);
    this.#w.fill(0);
    this.#meanFree = 0;
    for (let at = 0; at < n * POINTS; at++) {
      const place = floor(at / POINTS);
      const z = hubHeight[place] + ((at % GRID) - 1) * SPREAD * diameter[place];
      this.#gradient[at] = (this.#model.shear * free[at]) / z;
      this.#meanFree += free[at] / (n * POINTS);
    }
  }

  /**
   * Adds the vortices of the rotor at place `i` to the air from there on.
   * @param onItself whether they act on the rotor's own plane
   * @returns the yaw that wakes upwind add to its own [rad]
   */
  shed(i: number, rotor: SheddingRotor, onItself: boolean): number {
    const { ct, yaw } = rotor;
    const swirl = this.#swirl(i, rotor);
    this.#onItself[i] = onItself ? 1 : 0;
    this.#meanV[i] = rotorMean(this.#v, i);
    const addedYaw = this.#model.secondarySteering ? this.#addedYaw(i, ct, swirl) : 0;
    if (this.#model.transverseVelocities) this.#addTransverse(i, yaw, ct, swirl, onItself);
    this.#mixedV[i] = rotorMean(this.#v, i);
    this.#mixedW[i] = rotorMean(this.#w, i);
    return addedYaw;
  }

  /** Returns the circulation of the wake's rotation [m2/s]. */
  #swirl(i: number, { induction, rotorSpeed }: SheddingRotor): number {
    const diameter = this.#state.diameter[i];
    return (0.5 * PI * diameter * (induction - induction ** 2) * rotorSpeed) / this.#tipSpeedRatio;
  }

  /**
   * Returns the yaw that would give the spanwise speed which the wakes upstream cause at the rotor [rad]. Secondary
   * steering.
   */
  #addedYaw(i: number, ct: number, swirl: number): number {
    const { bySpeed, core } = this.#sensitivity(i, ct);
    const value = bySpeed * (this.#meanV[i] - core * swirl);
    return 0.5 * Math.asin(min(max(value, -1), 1));
  }

  /** Sine of twice the added yaw by spanwise speed [s/m], and what a unit of swirl takes from that speed [1/m]. */
  #sensitivity(i: number, ct: number): { bySpeed: number; core: number } {
    const state = this.#state;
    const { shear } = this.#model;
    const diameter = state.diameter[i];
    const hub = state.hubHeight[i];
    const radius = CORE * diameter;
    const unit = (PI / 8) * diameter * this.#meanFree * ct;
    const top = unit * ((hub + diameter / 2) / hub) ** shear;
    const bottom = -unit * ((hub - diameter / 2) / hub) ** shear;
    let tips = 0;
    let core = 0;
    for (let p = 0; p < POINTS; p++) {
      const y = (floor(p / GRID) - 1) * SPREAD * diameter + CORE_OFFSET_M;
      const z = hub + ((p % GRID) - 1) * SPREAD * diameter;
      tips += spanwise(top, y, z - (hub + diameter / 2) + CORE_OFFSET_M, radius) / POINTS;
      tips += spanwise(bottom, y, z - (hub - diameter / 2) + CORE_OFFSET_M, radius) / POINTS;
      core += spanwise(1, y, z - hub + CORE_OFFSET_M, radius) / POINTS;
    }
    return { bySpeed: 2 / tips, core };
  }

  /**
   * Adds the spanwise and vertical speeds that the vortices shed at place `i`, and their mirror images, cause from
   * there on.
   */
  #addTransverse(i: number, yaw: number, ct: number, swirl: number, onItself: boolean): void {
    const state = this.#state;
    const model = this.#model;
    const meanFree = this.#meanFree;
    const { n, along, across } = state;
    const diameter = state.diameter[i];
    const hub = state.hubHeight[i];
    const core = CORE * diameter;
    const unit = Math.sin(yaw) * Math.cos(yaw) * (PI / 8) * diameter * meanFree * ct;
    const top = unit * ((hub + diameter / 2) / hub) ** model.shear;
    const bottom = -unit * ((hub - diameter / 2) / hub) ** model.shear;
    const out = this.#vortex;
    for (let j = 0; j < n; j++) {
      const dx = along[j] - along[i];
      if (dx < -SIDE_BY_SIDE_M || (i === j && !onItself)) continue;
      for (let p = 0; p < POINTS; p++) {
        const at = j * POINTS + p;
        const y = across[j] - across[i] + (floor(p / GRID) - 1) * SPREAD * state.diameter[j] + CORE_OFFSET_M;
        const z = state.hubHeight[j] + ((p % GRID) - 1) * SPREAD * state.diameter[j];
        const mixing = (KAPPA * z) / (1 + (KAPPA * z) / (diameter / 8));
        const nu = mixing * mixing * abs(this.#gradient[at]);
        const decay = (core * core) / ((4 * nu * max(dx, 0)) / meanFree + core * core);
        out.v = 0;
        out.w = 0;
        addVortex(out, swirl, y, z - hub + CORE_OFFSET_M, core);
        addVortex(out, -swirl, y, z + hub + CORE_OFFSET_M, core);
        if (unit !== 0) {
          addVortex(out, top, y, z - (hub + diameter / 2) + CORE_OFFSET_M, core);
          addVortex(out, bottom, y, z - (hub - diameter / 2) + CORE_OFFSET_M, core);
          addVortex(out, -top, y, z + (hub + diameter / 2) + CORE_OFFSET_M, core);
          addVortex(out, -bottom, y, z + (hub - diameter / 2) + CORE_OFFSET_M, core);
        }
        this.#v[at] += out.v * decay;
        // FLORIS drops downward speeds of each turbine.
        this.#w[at] += max(out.w * decay, 0);
      }
    }
  }

  /** Returns the turbulence intensity that the spanwise and vertical speeds at the rotor add. Yaw-added recovery. */
  mixing(i: number, rotorSpeed: number, ti: number): number {
    if (!this.#model.yawAddedRecovery) return 0;
    const k = (rotorSpeed * ti) ** 2 / (2 / 3);
    const total = sqrt((2 / 3) * 0.5 * (2 * k + this.#mixedV[i] ** 2 + this.#mixedW[i] ** 2)) / rotorSpeed;
    return GCH_GAIN * (total - ti);
  }

  /** Is called before the derivatives of a case are carried upwind. */
  beginAdjoint(): void {
    this.#meanFreeAdjoint = 0;
    // Rotors that stand still shed nothing: theirs stay 0.
    for (const adjoint of [this.#meanVAdjoint, this.#mixedVAdjoint, this.#mixedWAdjoint]) adjoint.fill(0);
  }

  /**
   * Carries derivatives by what place `i` got from `shed` and `mixing` back to the rotor and to its neighbours; down the
   * wind all is done. For upright rotors, which shed nothing but swirl.
   * @param ti that `mixing` took  @param yawAdjoint by the added yaw  @param mixingAdjoint by the added turbulence
   */
  adjoint(
    i: number,
    rotor: SheddingRotor,
    ti: number,
    yawAdjoint: number,
    mixingAdjoint: number,
    adjoints: VortexAdjoints,
  ): void {
    const { ct, induction, rotorSpeed } = rotor;
    const model = this.#model;
    const swirl = this.#swirl(i, rotor);
    let swirlAdjoint = 0;
    this.byCt = 0;
    this.byRotorSpeed = 0;
    this.byTi = 0;
    this.#meanVAdjoint[i] = 0;
    this.#mixedVAdjoint[i] = 0;
    this.#mixedWAdjoint[i] = 0;
    if (model.yawAddedRecovery) {
      const v = this.#mixedV[i];
      const w = this.#mixedW[i];
      const added = (v * v + w * w) / (3 * rotorSpeed * rotorSpeed);
      const total = sqrt(ti * ti + added);
      const deficitAdjoint = (GCH_GAIN * mixingAdjoint) / total;
      this.#mixedVAdjoint[i] = (deficitAdjoint * v) / (3 * rotorSpeed * rotorSpeed);
      this.#mixedWAdjoint[i] = (deficitAdjoint * w) / (3 * rotorSpeed * rotorSpeed);
      this.byRotorSpeed -= (deficitAdjoint * added) / rotorSpeed;
      this.byTi = deficitAdjoint * (ti - total);
    }
    if (model.secondarySteering) {
      const { bySpeed, core } = this.#sensitivity(i, ct);
      const value = bySpeed * (this.#meanV[i] - core * swirl);
      if (abs(value) < 1) {
        const deficitAdjoint = (0.5 * yawAdjoint) / sqrt(1 - value * value);
        this.#meanVAdjoint[i] = deficitAdjoint * bySpeed;
        swirlAdjoint -= deficitAdjoint * bySpeed * core;
        this.byCt -= (deficitAdjoint * value) / ct;
        this.#meanFreeAdjoint -= (deficitAdjoint * value) / this.#meanFree;
      }
    }
    if (model.transverseVelocities) swirlAdjoint += this.#transverseAdjoint(i, swirl, adjoints);
    this.byRotorSpeed += (swirlAdjoint * swirl) / rotorSpeed;
    this.byCt += (swirlAdjoint * swirl * (1 - 2 * induction)) / (4 * (induction - induction ** 2) * sqrt(1 - ct));
  }

  /** Computes the adjoint of `#addTransverse` without yaw. @returns the derivative by the swirl */
  #transverseAdjoint(i: number, swirl: number, adjoints: VortexAdjoints): number {
    const state = this.#state;
    const meanFree = this.#meanFree;
    const { n, along, across } = state;
    const diameter = state.diameter[i];
    const hub = state.hubHeight[i];
    const core = CORE * diameter;
    let swirlAdjoint = 0;
    for (let j = i; j < n; j++) {
      if (i === j && !this.#onItself[i]) continue;
      const dx = along[j] - along[i];
      const vAdjoint = (this.#mixedVAdjoint[j] + (i === j ? 0 : this.#meanVAdjoint[j])) / POINTS;
      const wAdjoint = this.#mixedWAdjoint[j] / POINTS;
      let byAlong = 0;
      let byAcross = 0;
      for (let p = 0; p < POINTS; p++) {
        const at = j * POINTS + p;
        const y = across[j] - across[i] + (floor(p / GRID) - 1) * SPREAD * state.diameter[j] + CORE_OFFSET_M;
        const z = state.hubHeight[j] + ((p % GRID) - 1) * SPREAD * state.diameter[j];
        const mixing = (KAPPA * z) / (1 + (KAPPA * z) / (diameter / 8));
        const nu = mixing * mixing * abs(this.#gradient[at]);
        const spread = (4 * nu * max(dx, 0)) / meanFree;
        const decay = (core * core) / (spread + core * core);
        // The vortex and its mirror image, of unit circulation: speed by distance, and that by y.
        const above = z - hub + CORE_OFFSET_M;
        const below = z + hub + CORE_OFFSET_M;
        const real = angularSpeed(y, above, core);
        const image = angularSpeed(y, below, core);
        const realByY = angularSpeedByY(y, above, core, real);
        const imageByY = angularSpeedByY(y, below, core, image);
        const isUpward = -y * (real - image) * swirl > 0;
        const upAdjoint = isUpward ? wAdjoint : 0;
        const unit = vAdjoint * (above * real - below * image) - upAdjoint * y * (real - image);
        swirlAdjoint += unit * decay;
        const spreadAdjoint = (-unit * swirl * decay * decay) / (core * core);
        if (dx > 0) byAlong += (spreadAdjoint * spread) / dx;
        adjoints.free[j] += spreadAdjoint * spread;
        this.#meanFreeAdjoint -= (spreadAdjoint * spread) / meanFree;
        byAcross +=
          swirl *
          decay *
          (vAdjoint * (above * realByY - below * imageByY) - upAdjoint * (real - image + y * (realByY - imageByY)));
      }
      adjoints.along[j] += byAlong;
      adjoints.along[i] -= byAlong;
      adjoints.across[j] += byAcross;
      adjoints.across[i] -= byAcross;
    }
    return swirlAdjoint;
  }

  /** Is called after the last place of a case. @param free as `reset` took it */
  endAdjoint(free: Float64Array, adjoints: VortexAdjoints): void {
    const { n } = this.#state;
    for (let at = 0; at < n * POINTS; at++)
      adjoints.free[floor(at / POINTS)] += (this.#meanFreeAdjoint * free[at]) / (n * POINTS);
  }
}

const rotorMean = (values: Float64Array, place: number): number => {
  let sum = 0;
  for (let p = place * POINTS; p < (place + 1) * POINTS; p++) sum += values[p] / POINTS;
  return sum;
};

/** Returns the speed around a vortex of unit circulation with a core, divided by the distance from its axis [1/m2]. */
function angularSpeed(y: number, z: number, core: number): number {
  const square = y * y + z * z;
  const ratio = square / (core * core);
  return (ratio < CORE_REACH ? -expm1(-ratio) : 1) / (2 * PI * square);
}

/** Returns the derivative of `angularSpeed` by y. */
function angularSpeedByY(y: number, z: number, core: number, value: number): number {
  const square = y * y + z * z;
  const ratio = square / (core * core);
  const inside = ratio < CORE_REACH ? exp(-ratio) / (2 * PI * core * core) : 0;
  return (2 * y * (inside - value)) / square;
}

const spanwise = (circulation: number, y: number, z: number, core: number): number =>
  circulation * angularSpeed(y, z, core) * z;

function addVortex(out: { v: number; w: number }, circulation: number, y: number, z: number, core: number): void {
  const factor = circulation * angularSpeed(y, z, core);
  out.v += factor * z;
  out.w -= factor * y;
}
