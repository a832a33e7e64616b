/**
 * Vortices that rotors shed into their wakes, the parts of FLORIS's gauss-curl hybrid: they bend other wakes (secondary
 * steering), move the air across the wind (transverse velocities) and mix it (yaw-added recovery).
 * @see King et al. 2021, doi:10.5194/wes-6-701-2021
 */
import type { FlorisWakeModel } from './wake-models.ts';
import type { WakeState } from './wake-state.ts';

const { abs, floor, max, min, sqrt } = Math;

/** Points of a rotor: columns by rising crosswind coordinate, and rows, at -1, 0 and 1 times this share of the diameter */
export const GRID = 3;
export const POINTS = GRID * GRID;
export const SPREAD = 0.25;

/** Keeps the vortices' cores off the grid points [m] */
const CORE_OFFSET_M = 0.001;
/** Core radius over the diameter */
const CORE = 0.2;
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

  constructor(model: FlorisWakeModel, state: WakeState, tipSpeedRatio: number) {
    this.#model = model;
    this.#state = state;
    this.#tipSpeedRatio = tipSpeedRatio;
    this.#gradient = new Float64Array(state.n * POINTS);
    this.#v = new Float64Array(state.n * POINTS);
    this.#w = new Float64Array(state.n * POINTS);
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
    const { induction, rotorSpeed, ct, yaw } = rotor;
    const diameter = this.#state.diameter[i];
    const swirl = (0.5 * Math.PI * diameter * (induction - induction ** 2) * rotorSpeed) / this.#tipSpeedRatio;
    const addedYaw = this.#model.secondarySteering ? this.#addedYaw(i, ct, swirl) : 0;
    if (this.#model.transverseVelocities) this.#addTransverse(i, yaw, ct, swirl, onItself);
    return addedYaw;
  }

  /** Yaw that would give the spanwise speed which the wakes upstream cause at the rotor [rad]. Secondary steering. */
  #addedYaw(i: number, ct: number, swirl: number): number {
    const state = this.#state;
    const model = this.#model;
    const meanFree = this.#meanFree;
    const diameter = state.diameter[i];
    const hub = state.hubHeight[i];
    const core = CORE * diameter;
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
  #addTransverse(i: number, yaw: number, ct: number, swirl: number, onItself: boolean): void {
    const state = this.#state;
    const model = this.#model;
    const meanFree = this.#meanFree;
    const { n, along, across } = state;
    const diameter = state.diameter[i];
    const hub = state.hubHeight[i];
    const core = CORE * diameter;
    const unit = Math.sin(yaw) * Math.cos(yaw) * (Math.PI / 8) * diameter * meanFree * ct;
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

  /** Turbulence intensity that the spanwise and vertical speeds at the rotor add. Yaw-added recovery. */
  mixing(i: number, rotorSpeed: number, ti: number): number {
    if (!this.#model.yawAddedRecovery) return 0;
    let v = 0;
    let w = 0;
    for (let p = i * POINTS; p < (i + 1) * POINTS; p++) {
      v += this.#v[p] / POINTS;
      w += this.#w[p] / POINTS;
    }
    const k = (rotorSpeed * ti) ** 2 / (2 / 3);
    const total = sqrt((2 / 3) * 0.5 * (2 * k + v * v + w * w)) / rotorSpeed;
    return GCH_GAIN * (total - ti);
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
