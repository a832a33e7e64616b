/**
 * Inner loops of the wake models: one source and one target at a time, all cases (speeds) of a direction together.
 * `evaluate` leaves the deficits in a buffer; `adjoint`, called right after it, carries derivatives back to the source.
 * Throughout the wind engine `xAdjoint` is the adjoint of x: the derivative of the objective by x.
 */
import type { DeficitReference, Induction } from './wake-models.ts';
import type { WakeState } from './wake-state.ts';

const { sqrt } = Math;

/** A Gaussian ends at this many widths; beyond, it is below 9e-9 of its peak. */
export const GAUSSIAN_REACH = 6.1;

/** The limit where a curve jumps at a speed that occurs [widths]: there the last digit of a speed matters. */
export const GAUSSIAN_TAIL = 8.6;

/** Wake radius of a Gaussian in widths, where turbulence models ask for one. PyWake and Niayifar and Porte-Agel 2016 */
export const EDGE_WIDTHS = 2;

/** Returns twice the axial induction, which is the deficit of a top hat next to the rotor. */
export function doubleInduction(induction: Induction, ct: number): number {
  if (induction === 'madsen') return ct * (0.492 + ct * (0.1172 + ct * 0.1766));
  return ct < 1 ? 1 - sqrt(1 - ct) : 1;
}

/** Returns the derivative of `doubleInduction` by ct. */
export function doubleInductionSlope(induction: Induction, ct: number): number {
  if (induction === 'madsen') return 0.492 + ct * (0.2344 + ct * 0.5298);
  return ct < 1 ? 0.5 / sqrt(1 - ct) : 0;
}

export abstract class DeficitKernel {
  readonly cases: number;
  /** Deficits that `evaluate` computed [m/s], by case */
  readonly deficits: Float64Array;
  /** Width of the wake [m] by case; times `edgeFactor` it is the radius that added turbulence takes */
  readonly width: Float64Array;
  abstract readonly edgeFactor: number;
  /**
   * A target that is more than base + slope dw from the axis gets no deficit [m], [-]; if `reachesRotor`, its radius is
   * added to this distance
   */
  reachBase = 0;
  reachSlope = 0;
  abstract readonly reachesRotor: boolean;
  /** Widths that a Gaussian reaches: `GAUSSIAN_REACH` or `GAUSSIAN_TAIL` */
  reachWidths = GAUSSIAN_REACH;
  /** As the reach, of the largest `width` times `edgeFactor` in any case */
  edgeBase = 0;
  edgeSlope = 0;
  /** Derivatives of the objective by the source's thrust, speed that scales its wake, and turbulence, summed over targets */
  readonly ctAdjoint: Float64Array;
  readonly uAdjoint: Float64Array;
  readonly tiAdjoint: Float64Array;
  /** Derivatives of the objective by the pair's distance along and across the wind, of the last `adjoint` */
  byAlong = 0;
  byAcross = 0;
  readonly reference: DeficitReference;
  protected source = 0;

  constructor(cases: number, reference: DeficitReference) {
    this.cases = cases;
    this.reference = reference;
    this.deficits = new Float64Array(cases);
    this.width = new Float64Array(cases);
    this.ctAdjoint = new Float64Array(cases);
    this.uAdjoint = new Float64Array(cases);
    this.tiAdjoint = new Float64Array(cases);
  }

  /** Takes the turbine at place `i` as the source. @returns false where it has no wake in any case */
  abstract setSource(state: WakeState, i: number): boolean;

  /** Deficits at the turbine at place `j`. @returns false where all are 0 */
  abstract evaluate(state: WakeState, j: number, along: number, across: number): boolean;

  /**
   * @param deficitAdjoint derivative of the objective by each deficit
   * @param radiusAdjoint derivative of the objective by each wake radius, or null
   */
  abstract adjoint(
    state: WakeState,
    j: number,
    along: number,
    across: number,
    deficitAdjoint: Float64Array,
    radiusAdjoint: Float64Array | null,
  ): void;

  clearAdjoints(): void {
    this.ctAdjoint.fill(0);
    this.uAdjoint.fill(0);
    this.tiAdjoint.fill(0);
  }

  protected referenceSpeeds(state: WakeState): Float64Array {
    return this.reference === 'effective_source' ? state.uEff : state.uFree;
  }

  protected referenceAt(j: number): number {
    return (this.reference === 'free_target' ? j : this.source) * this.cases;
  }
}
