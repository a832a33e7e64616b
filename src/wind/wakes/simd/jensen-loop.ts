/** `JensenKernel` as a loop. */
import type { JensenDeficit } from '../wake-models.ts';
import type { Code, Local, Value } from './assembler.ts';
import {
  abs,
  add,
  and,
  call,
  div,
  eq,
  f64,
  ge,
  gt,
  i32,
  mul,
  or,
  pairOf,
  select,
  signs,
  splat,
  sqrt,
  sub,
} from './assembler.ts';
import type { LoopContext } from './loop-context.ts';
import { at, doubleInductionOf, doubleInductionSlopeOf, offsets, sumOf } from './loop-context.ts';
import type { DeficitLoop, PairAdjoint, Superpose } from './deficit-loop.ts';

export class JensenLoop implements DeficitLoop {
  readonly reachesRotor = true;
  readonly #context: LoopContext;
  readonly #model: JensenDeficit;
  readonly #strength: Float64Array;

  constructor(context: LoopContext, model: JensenDeficit) {
    this.#context = context;
    this.#model = model;
    this.#strength = context.perCase();
    context.reachSlope[0] = model.k;
  }

  source(code: Code, i: Local): void {
    const { state, reachBase } = this.#context;
    const row = code.let(this.#context.row(i));
    code.store(reachBase.byteOffset, i32(0), mul(f64(0.5), at(state.diameter, i)));
    const isAny = code.let(i32(0));
    this.#context.forCases(code, (s, lanes) => {
      const ct = code.let(lanes.load(state.ct, add(row, s)));
      const isOn = code.let(gt(ct, 0));
      lanes.store(this.#strength, s, and(doubleInductionOf(code, this.#model.induction, ct), isOn));
      code.set(isAny, or(isAny, signs(isOn)));
    });
    code.return(isAny);
  }

  pair(code: Code, i: Local, j: Local, dw: Local, cw: Local, superpose: Superpose): void {
    const { factor, u, row } = this.#wake(code, i, j, dw, cw);
    superpose((s, lanes): Value => mul(mul(lanes.load(u, add(row, s)), lanes.load(this.#strength, s)), factor));
  }

  /** Computes distances and the factor of the strength; returns the lanes without a wake. */
  #wake(code: Code, i: Local, j: Local, dw: Local, cw: Local) {
    const { state, overlapShare } = this.#context;
    const { k, reference } = this.#model;
    const { height, square } = offsets(code, state, i, j, cw);
    const distance = code.let(select(eq(height, 0), abs(cw), sqrt(square)));
    const radius = code.let(mul(f64(0.5), at(state.diameter, i)));
    const rotor = code.let(mul(f64(0.5), at(state.diameter, j)));
    const wakeRadius = code.let(add(radius, mul(k, dw)));
    code.if(ge(distance, add(wakeRadius, rotor)), () => code.return());
    const isPartial = code.let(gt(distance, abs(sub(wakeRadius, rotor))));
    const share = code.let(f64(1));
    code.if(isPartial, () => code.set(share, call(overlapShare, wakeRadius, rotor, distance)));
    const ratio = code.let(div(radius, wakeRadius));
    const factor = code.let(splat(mul(mul(ratio, ratio), share)));
    const u = reference === 'effective_source' ? state.uEff : state.uFree;
    const row = code.let(this.#context.row(reference === 'free_target' ? j : i));
    return { distance, wakeRadius, share, isPartial, factor, u, row };
  }

  adjoint(code: Code, i: Local, j: Local, dw: Local, cw: Local): PairAdjoint {
    const { adjoints, state, overlapByRadius, overlapByDistance } = this.#context;
    const { distance, wakeRadius, share, isPartial, factor, u, row } = this.#wake(code, i, j, dw, cw);
    const [rowI, rowJ] = [code.let(this.#context.row(i)), code.let(this.#context.row(j))];
    const sums = code.let(pairOf(0));
    this.#context.forCases(code, (s, lanes) => {
      const speed = code.let(lanes.load(u, add(row, s)));
      const strength = code.let(lanes.load(this.#strength, s));
      const deficit = code.let(mul(mul(speed, strength), factor));
      const deficitAdjoint = code.let(mul(this.#context.pairAdjoint(code, add(rowJ, s), lanes, deficit), factor));
      const slope = doubleInductionSlopeOf(code, this.#model.induction, lanes.load(state.ct, add(rowI, s)));
      const weightedAdjoint = code.let(and(mul(deficitAdjoint, speed), gt(strength, 0)));
      lanes.store(adjoints.ct, s, add(lanes.load(adjoints.ct, s), mul(weightedAdjoint, slope)));
      lanes.store(adjoints.u, s, add(lanes.load(adjoints.u, s), mul(deficitAdjoint, strength)));
      code.set(sums, add(sums, lanes.term(mul(weightedAdjoint, strength))));
    });
    const sum = code.let(sumOf(sums));
    const byAlong = code.let(mul(mul(-2 * this.#model.k, sum), div(f64(1), wakeRadius)));
    const byAcross = code.let(f64(0));
    code.if(isPartial, () => {
      const part = code.let(div(sum, share));
      code.set(byAlong, add(byAlong, mul(mul(this.#model.k, part), call(overlapByRadius))));
      code.if(gt(distance, 0), () => code.set(byAcross, div(mul(mul(part, call(overlapByDistance)), cw), distance)));
    });
    return { byAlong, byAcross, sum };
  }
}
