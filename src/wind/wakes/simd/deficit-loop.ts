/** What the loop of a wake deficit writes for its pairs of turbines. */
import type { Code, Local, Value } from './assembler.ts';
import type { Lanes } from './lanes.ts';

/** Adds to a target what `deficit` says of each case. */
export type Superpose = (deficit: (s: Local, lanes: Lanes) => Value) => void;

/** Derivatives of the objective by a pair's distances along and across, and the sum of each deficit times its deficitAdjoint. */
export interface PairAdjoint {
  readonly byAlong: Local;
  readonly byAcross: Local;
  readonly sum: Local;
}

export interface DeficitLoop {
  readonly reachesRotor: boolean;
  /** As `setSource`; returns not 0 where the turbine has a wake. */
  source(code: Code, i: Local): void;
  /** As `evaluate`; ends with what `superpose` writes, or returns where there is no wake. */
  pair(code: Code, i: Local, j: Local, dw: Local, cw: Local, superpose: Superpose): void;
  /** As `adjoint` after `evaluate`; returns where there is no wake. */
  adjoint(code: Code, i: Local, j: Local, dw: Local, cw: Local, hasRadiusAdjoint: boolean): PairAdjoint;
}
