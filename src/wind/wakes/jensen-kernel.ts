/** Jensen's top hat, shared between rotor and wake by the area of their intersection. */
import { DeficitKernel, doubleInduction, doubleInductionSlope } from './deficit-kernel.ts';
import type { Overlap } from './rotor-average.ts';
import { discOverlap } from './rotor-average.ts';
import type { JensenDeficit } from './wake-models.ts';
import type { WakeState } from './wake-state.ts';

const { abs, sqrt } = Math;

export class JensenKernel extends DeficitKernel {
  readonly edgeFactor = 1;
  readonly reachesRotor = true;
  readonly #model: JensenDeficit;
  /** 2 a(ct) and its derivative by ct */
  readonly #strength: Float64Array;
  readonly #ct: Float64Array;
  readonly #overlap: Overlap = { share: 0, byRadius: 0, byDistance: 0 };
  #radius = 0;

  constructor(model: JensenDeficit, cases: number) {
    super(cases, model.reference);
    this.#model = model;
    this.#strength = new Float64Array(cases);
    this.#ct = new Float64Array(cases);
    this.reachSlope = model.k;
    this.edgeSlope = model.k;
  }

  setSource(state: WakeState, i: number): boolean {
    const { cases } = this;
    this.source = i;
    this.#radius = 0.5 * state.diameter[i];
    this.reachBase = this.#radius;
    this.edgeBase = this.#radius;
    let isAny = false;
    for (let s = 0; s < cases; s++) {
      const ct = state.ct[i * cases + s];
      this.#ct[s] = ct;
      this.#strength[s] = ct > 0 ? doubleInduction(this.#model.induction, ct) : 0;
      if (ct > 0) isAny = true;
    }
    return isAny;
  }

  evaluate(state: WakeState, j: number, along: number, across: number): boolean {
    const { cases, deficits } = this;
    const strength = this.#strength;
    const height = state.hubHeight[j] - state.hubHeight[this.source];
    const distance = height === 0 ? abs(across) : sqrt(across * across + height * height);
    const wakeRadius = this.#radius + this.#model.k * along;
    this.width.fill(wakeRadius);
    const { share } = discOverlap(wakeRadius, 0.5 * state.diameter[j], distance, this.#overlap);
    if (share === 0) return false;
    const ratio = this.#radius / wakeRadius;
    const factor = ratio * ratio * share;
    const u = this.referenceSpeeds(state);
    const at = this.referenceAt(j);
    for (let s = 0; s < cases; s++) deficits[s] = u[at + s] * strength[s] * factor;
    return true;
  }

  adjoint(
    state: WakeState,
    j: number,
    along: number,
    across: number,
    deficitAdjoint: Float64Array,
    radiusAdjoint: Float64Array | null,
  ): void {
    const { cases, deficits, ctAdjoint, uAdjoint } = this;
    const height = state.hubHeight[j] - state.hubHeight[this.source];
    const distance = sqrt(across * across + height * height);
    const wakeRadius = this.#radius + this.#model.k * along;
    const { share, byRadius, byDistance } = this.#overlap;
    const ratio = this.#radius / wakeRadius;
    const factor = ratio * ratio * share;
    const u = this.referenceSpeeds(state);
    const at = this.referenceAt(j);
    let sum = 0;
    let radius = 0;
    for (let s = 0; s < cases; s++) {
      sum += deficitAdjoint[s] * deficits[s];
      if (this.#ct[s] > 0) {
        ctAdjoint[s] +=
          deficitAdjoint[s] * u[at + s] * factor * doubleInductionSlope(this.#model.induction, this.#ct[s]);
        uAdjoint[s] += deficitAdjoint[s] * this.#strength[s] * factor;
      }
      if (radiusAdjoint) radius += radiusAdjoint[s];
    }
    this.byAlong = this.#model.k * (sum * (byRadius / share - 2 / wakeRadius) + radius);
    this.byAcross = distance > 0 ? (sum * byDistance * across) / (share * distance) : 0;
  }
}
