/** Shared by the loops of all models: memory layout and access. */
import { discMeanAt } from '../gaussian-kernels.ts';
import { discMeanWithSlopes, discOverlap } from '../rotor-average.ts';
import type { Induction, SuperposedWakeModel } from '../wake-models.ts';
import { WakeState } from '../wake-state.ts';
import type { Arena } from './arena.ts';
import type { Callable, Code, Local, Value } from './assembler.ts';
import {
  Assembly,
  add,
  and,
  choose,
  div,
  eq,
  i32,
  lane,
  load,
  lt,
  mul,
  pairOf,
  shiftLeft,
  sqrt,
  sub,
} from './assembler.ts';
import type { Lanes } from './lanes.ts';
import { forCases } from './lanes.ts';

const overlap = { share: 0, byRadius: 0, byDistance: 0 };
const mean = { value: 0, byA: 0, byC: 0 };

/** What the module asks of TypeScript, seldom. */
export const IMPORTS = {
  overlapShare: (wakeRadius: number, rotorRadius: number, distance: number) =>
    discOverlap(wakeRadius, rotorRadius, distance, overlap).share,
  discMean: discMeanAt,
  /** Values of the overlap of the last call */
  overlapByRadius: () => overlap.byRadius,
  overlapByDistance: () => overlap.byDistance,
  /** The mean, its derivatives by a and by c */
  discMeanPart: (a: number, c: number, part: number) => {
    const { value, byA, byC } = discMeanWithSlopes(a, c, mean);
    return part === 0 ? value : part === 1 ? byA : byC;
  },
  power: (base: number, exponent: number) => base ** exponent,
};

export class LoopContext {
  readonly assembly = new Assembly();
  readonly state: WakeState;
  readonly cases: number;
  readonly model: SuperposedWakeModel;
  readonly arena: Arena;
  /** As in DeficitKernel, one number each */
  readonly reachBase: Float64Array;
  readonly reachSlope: Float64Array;
  readonly reachWidths: Float64Array;
  readonly edgeBase: Float64Array;
  readonly edgeSlope: Float64Array;
  readonly overlapShare: Callable;
  readonly overlapByRadius: Callable;
  readonly overlapByDistance: Callable;
  readonly discMean: Callable;
  readonly discMeanPart: Callable;
  readonly power: Callable;
  /** As in `FlowSolver`'s adjoints and DeficitKernel's: by place and case, by case, by place */
  readonly adjoints: {
    readonly deficit: Float64Array;
    readonly added: Float64Array;
    readonly ct: Float64Array;
    readonly u: Float64Array;
    readonly ti: Float64Array;
    readonly radius: Float64Array;
    readonly along: Float64Array;
    readonly across: Float64Array;
    readonly free: Float64Array;
  };

  constructor(arena: Arena, turbines: number, cases: number, model: SuperposedWakeModel) {
    this.arena = arena;
    this.model = model;
    this.cases = cases;
    this.state = new WakeState(turbines, cases, (length) => arena.array(length));
    const byCase = () => arena.array(cases);
    const byPlace = () => arena.array(turbines);
    this.adjoints = {
      deficit: arena.array(turbines * cases),
      added: arena.array(turbines * cases),
      ct: byCase(),
      u: byCase(),
      ti: byCase(),
      radius: byCase(),
      along: byPlace(),
      across: byPlace(),
      free: byPlace(),
    };
    this.reachBase = arena.array(1);
    this.reachSlope = arena.array(1);
    this.reachWidths = arena.array(1);
    this.edgeBase = arena.array(1);
    this.edgeSlope = arena.array(1);
    this.overlapShare = this.assembly.import('overlapShare', ['f64', 'f64', 'f64'], 'f64');
    this.overlapByRadius = this.assembly.import('overlapByRadius', [], 'f64');
    this.overlapByDistance = this.assembly.import('overlapByDistance', [], 'f64');
    this.discMeanPart = this.assembly.import('discMeanPart', ['f64', 'f64', 'f64'], 'f64');
    this.discMean = this.assembly.import('discMean', ['f64', 'f64', 'f64'], 'f64');
    this.power = this.assembly.import('power', ['f64', 'f64'], 'f64');
  }

  perCase(): Float64Array {
    return this.arena.array(this.cases);
  }

  forCases(code: Code, body: (s: Local, lanes: Lanes) => void): void {
    forCases(code, this.cases, body);
  }

  /**
   * Computes the same as the pair's adjoint in `FlowSolver.addGradient`: derivative by the deficit that place t / cases
   * gets.
   */
  pairAdjoint(code: Code, t: Value, lanes: Lanes, deficit: Value): Value {
    const deficitAdjoint = code.let(lanes.load(this.adjoints.deficit, t));
    const { superposition } = this.model;
    if (superposition === 'linear') return deficitAdjoint;
    if (superposition === 'squared_sum') return mul(deficitAdjoint, deficit);
    return and(deficitAdjoint, eq(deficit, lanes.load(this.state.deficit, t)));
  }

  /** Returns the address at which the cases of a place begin [bytes]. */
  row(place: Value): Value {
    return mul(place, 8 * this.cases);
  }
}

/** Loads the number of a place. */
export const at = (array: Float64Array, place: Value): Value => load('f64', array.byteOffset, shiftLeft(place, 3));
export const scalar = (array: Float64Array): Value => load('f64', array.byteOffset, i32(0));

/** Computes the same as `doubleInduction`. */
export function doubleInductionOf(code: Code, induction: Induction, value: Value): Value {
  const ct = code.let(value);
  if (induction === 'madsen') return madsen(ct);
  return choose(lt(ct, 1), sub(1, sqrt(sub(1, ct))), pairOf(1));
}

/** Returns Madsen's polynomial of the thrust coefficient: twice the axial induction. */
export const madsen = (q: Value): Value => mul(q, add(0.492, mul(q, add(0.1172, mul(q, 0.1766)))));

/** Computes the same as `doubleInductionSlope`. */
export function doubleInductionSlopeOf(code: Code, induction: Induction, value: Value): Value {
  const ct = code.let(value);
  if (induction === 'madsen') return add(0.492, mul(ct, add(0.2344, mul(ct, 0.5298))));
  return and(div(0.5, sqrt(sub(1, ct))), lt(ct, 1));
}

/** Adds to a number in memory. */
export function increase(code: Code, array: Float64Array, pointer: Value, by: Value): void {
  code.store(array.byteOffset, pointer, add(load('f64', array.byteOffset, pointer), by));
}

/** Returns the sum of both lanes. */
export const sumOf = (pair: Local): Value => add(lane(pair, 0), lane(pair, 1));

/** Computes the source's height above the target and the squared distance across the wind, both as locals. */
export function offsets(
  code: Code,
  state: WakeState,
  i: Value,
  j: Value,
  across: Value,
): { height: Local; square: Local } {
  const height = code.let(sub(at(state.hubHeight, j), at(state.hubHeight, i)));
  return { height, square: code.let(add(mul(across, across), mul(height, height))) };
}
