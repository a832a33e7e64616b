/** Turbulence that wakes add: one source and one target at a time, all cases of a direction together. */

import type { DeficitKernel } from './deficit-kernel.ts';
import { doubleInduction, doubleInductionSlope } from './deficit-kernel.ts';
import { expNegative, log } from './fast-exp.ts';
import type { Overlap } from './rotor-average.ts';
import { discOverlap } from './rotor-average.ts';
import type { CrespoHernandezTurbulence, Stf2017Turbulence } from './wake-models.ts';
import type { WakeState } from './wake-state.ts';

const { atan, exp, hypot, sqrt } = Math;

const DEGREES = 180 / Math.PI;

export abstract class TurbulenceKernel {
  protected readonly cases: number;
  /** As in DeficitKernel */
  reachBase = 0;
  reachSlope = 0;
  protected source = 0;
  /** Derivatives of the objective by the pair's distance along and across the wind, of the last `adjoint` */
  byAlong = 0;
  byAcross = 0;

  constructor(cases: number) {
    this.cases = cases;
  }

  abstract setSource(state: WakeState, i: number): void;
  /** Adds to `state.tiAdded` of the turbine at place `j`. */
  abstract add(state: WakeState, j: number, along: number, across: number, wake: DeficitKernel): void;
  /** Effective turbulence intensity from the ambient and the added one. */
  abstract combine(ambient: number, added: number): number;
  /** Derivative of `combine` by the added turbulence. */
  abstract combineSlope(added: number, combined: number): number;
  /**
   * Carries derivatives by the target's added turbulence back.
   * @param addedAdjoint derivative by `tiAdded`, by [place * cases + case]
   * @param wake whose ctAdjoint receives derivatives by the source's thrust
   * @param radiusAdjoint receives those by the wake's radii
   * @returns whether radii received any
   */
  abstract adjoint(
    state: WakeState,
    j: number,
    along: number,
    across: number,
    wake: DeficitKernel,
    addedAdjoint: Float64Array,
    radiusAdjoint: Float64Array,
  ): boolean;
}

/** The largest added turbulence counts, in squares with the ambient one. */
export class CrespoHernandezKernel extends TurbulenceKernel {
  readonly #model: CrespoHernandezTurbulence;
  readonly #strength: Float64Array;
  readonly #overlap: Overlap = { share: 0, byRadius: 0, byDistance: 0 };
  /**
   * Ambient turbulence of the last case and its part in the strength, cached because powers are expensive and most
   * cases have the same turbulence
   */
  #lastAmbient = Number.NaN;
  #ambientFactor = 0;
  /** Which place's wake gave the largest, by [place * cases + case]; -1 for none */
  readonly largestFrom: Int32Array;

  constructor(model: CrespoHernandezTurbulence, cases: number, n: number) {
    super(cases);
    this.#model = model;
    this.#strength = new Float64Array(cases);
    this.largestFrom = new Int32Array(n * cases).fill(-1);
  }

  setSource(state: WakeState, i: number): void {
    const { c, induction } = this.#model;
    this.source = i;
    for (let s = 0; s < this.cases; s++) {
      const at = i * this.cases + s;
      const ct = state.ct[at];
      const ambient = state.tiAmbient[at];
      if (ambient !== this.#lastAmbient) {
        this.#lastAmbient = ambient;
        this.#ambientFactor = c[0] * ambient ** c[2];
      }
      this.#strength[s] =
        ct > 0 ? this.#ambientFactor * expNegative(-c[1] * log(0.5 * doubleInduction(induction, ct))) : 0;
    }
  }

  add(state: WakeState, j: number, along: number, across: number, wake: DeficitKernel): void {
    const { cases, source } = this;
    const { width, edgeFactor } = wake;
    const { tiAdded } = state;
    const strength = this.#strength;
    const radius = 0.5 * state.diameter[j];
    const height = state.hubHeight[j] - state.hubHeight[source];
    const distance = sqrt(across * across + height * height);
    if (distance >= wake.edgeBase + wake.edgeSlope * along + radius) return;
    const decay = (along / state.diameter[source]) ** this.#model.c[3];
    for (let s = 0; s < cases; s++) {
      const full = strength[s] * decay;
      const at = j * cases + s;
      const edge = edgeFactor * width[s];
      if (full <= tiAdded[at] || distance >= edge + radius) continue;
      const share = distance <= edge - radius ? 1 : discOverlap(edge, radius, distance, this.#overlap).share;
      if (full * share > tiAdded[at]) {
        tiAdded[at] = full * share;
        this.largestFrom[at] = source;
      }
    }
  }

  combine(ambient: number, added: number): number {
    return sqrt(ambient * ambient + added * added);
  }

  combineSlope(added: number, combined: number): number {
    return added / combined;
  }

  adjoint(
    state: WakeState,
    j: number,
    along: number,
    across: number,
    wake: DeficitKernel,
    addedAdjoint: Float64Array,
    radiusAdjoint: Float64Array,
  ): boolean {
    const { cases, source } = this;
    const { c, induction } = this.#model;
    this.byAlong = 0;
    this.byAcross = 0;
    const radius = 0.5 * state.diameter[j];
    const height = state.hubHeight[j] - state.hubHeight[source];
    const distance = sqrt(across * across + height * height);
    const decay = (along / state.diameter[source]) ** c[3];
    let isAny = false;
    for (let s = 0; s < cases; s++) {
      radiusAdjoint[s] = 0;
      const at = j * cases + s;
      const outputAdjoint = addedAdjoint[at];
      if (this.largestFrom[at] !== source || outputAdjoint === 0) continue;
      isAny = true;
      const { share, byRadius, byDistance } = discOverlap(
        wake.edgeFactor * wake.width[s],
        radius,
        distance,
        this.#overlap,
      );
      const full = this.#strength[s] * decay;
      radiusAdjoint[s] = outputAdjoint * full * byRadius;
      this.byAlong += (outputAdjoint * full * share * c[3]) / along;
      if (distance > 0) this.byAcross += (outputAdjoint * full * byDistance * across) / distance;
      const ct = state.ct[source * cases + s];
      wake.ctAdjoint[s] +=
        (outputAdjoint * full * share * c[1] * doubleInductionSlope(induction, ct)) / doubleInduction(induction, ct);
    }
    return isAny;
  }
}

/** All wakes add up. */
export class Stf2017Kernel extends TurbulenceKernel {
  readonly #model: Stf2017Turbulence;
  readonly #inverseRootCt: Float64Array;

  constructor(model: Stf2017Turbulence, cases: number) {
    super(cases);
    this.#model = model;
    this.#inverseRootCt = new Float64Array(cases);
    // The wake's half angle is the mean of atan(D/dw) and 10 degrees; the tangent is convex, so this bounds it.
    this.reachSlope = 0.5 * Math.tan(10 / DEGREES);
  }

  setSource(state: WakeState, i: number): void {
    this.source = i;
    this.reachBase = 0.5 * state.diameter[i];
    for (let s = 0; s < this.cases; s++) {
      const ct = state.ct[i * this.cases + s];
      this.#inverseRootCt[s] = ct > 0 ? 1 / sqrt(ct) : 0;
    }
  }

  add(state: WakeState, j: number, along: number, across: number): void {
    const { cases, source } = this;
    const { tiAdded, tiAmbient } = state;
    const [c0, c1] = this.#model.c;
    const diameter = state.diameter[source];
    const off = hypot(across, state.hubHeight[j] - state.hubHeight[source]);
    const theta = atan(off / along) * DEGREES;
    const edge = 0.5 * (atan(diameter / along) * DEGREES + 10);
    if (theta >= edge) return;
    const weight = exp(-((theta / edge) ** 2));
    const distance = hypot(along, off) / diameter;
    for (let s = 0; s < cases; s++) {
      const inverse = this.#inverseRootCt[s];
      if (inverse === 0) continue;
      const ambient = tiAmbient[source * cases + s];
      const wake = 1 / (c0 + c1 * distance * inverse);
      tiAdded[j * cases + s] += weight * (sqrt(wake * wake + ambient * ambient) - ambient);
    }
  }

  combine(ambient: number, added: number): number {
    return ambient + added;
  }

  combineSlope(): number {
    return 1;
  }

  adjoint(
    state: WakeState,
    j: number,
    along: number,
    across: number,
    wake: DeficitKernel,
    addedAdjoint: Float64Array,
  ): boolean {
    const { cases, source } = this;
    const [c0, c1] = this.#model.c;
    this.byAlong = 0;
    this.byAcross = 0;
    const diameter = state.diameter[source];
    const off = hypot(across, state.hubHeight[j] - state.hubHeight[source]);
    const theta = atan(off / along) * DEGREES;
    const edge = 0.5 * (atan(diameter / along) * DEGREES + 10);
    if (theta >= edge) return false;
    const weight = exp(-((theta / edge) ** 2));
    const square = along * along + off * off;
    const distance = sqrt(square) / diameter;
    let weightAdjoint = 0;
    let distanceAdjoint = 0;
    for (let s = 0; s < cases; s++) {
      const inverse = this.#inverseRootCt[s];
      const outputAdjoint = addedAdjoint[j * cases + s];
      if (inverse === 0 || outputAdjoint === 0) continue;
      const ambient = state.tiAmbient[source * cases + s];
      const strength = 1 / (c0 + c1 * distance * inverse);
      const total = sqrt(strength * strength + ambient * ambient);
      weightAdjoint += outputAdjoint * (total - ambient);
      const byInverse = (outputAdjoint * weight * strength ** 3 * c1) / total;
      distanceAdjoint -= byInverse * inverse;
      wake.ctAdjoint[s] += 0.5 * byInverse * distance * inverse ** 3;
    }
    const ratioAdjoint = (-2 * weightAdjoint * weight * theta) / edge;
    const thetaAdjoint = (ratioAdjoint / edge) * DEGREES;
    const edgeAdjoint = ((-ratioAdjoint * theta) / (edge * edge)) * DEGREES;
    const byRange = distanceAdjoint / (distance * diameter * diameter);
    this.byAlong =
      byRange * along -
      (thetaAdjoint * off) / square -
      (0.5 * edgeAdjoint * diameter) / (along * along + diameter * diameter);
    if (off > 0) this.byAcross = (across / off) * (byRange * off + (thetaAdjoint * along) / square);
    return false;
  }
}
