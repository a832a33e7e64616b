/** `CrespoHernandezKernel` as a loop. */
import { EDGE_WIDTHS } from '../deficit-kernel.ts';
import { EXP_TABLE } from '../fast-exp.ts';
import type { CrespoHernandezTurbulence } from '../wake-models.ts';
import type { Code, Local } from './assembler.ts';
import { add, and, call, div, eq, f64, ge, gt, load, lt, mul, ne, shiftRight, sqrt, sub } from './assembler.ts';
import type { LoopContext } from './loop-context.ts';
import { at, doubleInductionOf, doubleInductionSlopeOf, increase, offsets, scalar } from './loop-context.ts';
import { expNegative, log } from './math.ts';
import type { PairAdjoint } from './deficit-loop.ts';

export class CrespoLoop {
  /** Which place's wake gave the largest, by [place * cases + case] */
  readonly #largestFrom: Int32Array;
  /** The ambient turbulence's part in the strength */
  readonly #ambientFactor: Float64Array;
  readonly #context: LoopContext;
  readonly #model: CrespoHernandezTurbulence;
  readonly #width: Float64Array;
  readonly #strength: Float64Array;
  /** Relative change of the strength by thrust */
  readonly #byCt: Float64Array;
  readonly #exp: Float64Array;

  /** @param width of the pair's wake, by case */
  constructor(context: LoopContext, model: CrespoHernandezTurbulence, width: Float64Array) {
    this.#context = context;
    this.#model = model;
    this.#width = width;
    this.#ambientFactor = context.perCase();
    this.#strength = context.perCase();
    this.#byCt = context.perCase();
    this.#largestFrom = context.arena.integers(context.state.n * context.cases);
    this.#exp = context.arena.copy(EXP_TABLE);
  }

  /** Prepares a direction. */
  prepare(): void {
    this.#largestFrom.fill(-1);
    const { c } = this.#model;
    const { tiAmbient } = this.#context.state;
    for (let s = 0; s < this.#ambientFactor.length; s++)
      this.#ambientFactor[s] =
        s > 0 && tiAmbient[s] === tiAmbient[s - 1] ? this.#ambientFactor[s - 1] : c[0] * tiAmbient[s] ** c[2];
  }

  source(code: Code, i: Local): void {
    const { c, induction } = this.#model;
    const row = code.let(this.#context.row(i));
    this.#context.forCases(code, (s, lanes) => {
      const ct = code.let(lanes.load(this.#context.state.ct, add(row, s)));
      const double = code.let(doubleInductionOf(code, induction, ct));
      const axial = mul(0.5, double);
      const decay = expNegative(code, this.#exp.byteOffset, mul(-c[1], log(code, axial)));
      lanes.store(this.#strength, s, and(mul(lanes.load(this.#ambientFactor, s), decay), gt(ct, 0)));
      lanes.store(this.#byCt, s, div(mul(c[1], doubleInductionSlopeOf(code, induction, ct)), double));
    });
  }

  /** Sets the adjoints of the wake's radii, and adds to those of thrust. @returns derivatives by distance along and across */
  adjoint(code: Code, i: Local, j: Local, dw: Local, cw: Local): Omit<PairAdjoint, 'sum'> {
    const { state, adjoints, cases, power, overlapShare, overlapByRadius, overlapByDistance } = this.#context;
    const exponent = this.#model.c[3];
    const radius = code.let(mul(f64(0.5), at(state.diameter, j)));
    const { square } = offsets(code, state, i, j, cw);
    const distance = code.let(sqrt(square));
    const row = code.let(this.#context.row(j));
    const decay = code.let(f64(-1));
    const [byAlong, byAcross, s] = [code.let(f64(0)), code.let(f64(0)), code.let('i32')];
    code.for(s, 0, 8 * cases, 8, () => {
      const t = code.let(add(row, s));
      const outputAdjoint = code.let(load('f64', adjoints.added.byteOffset, t));
      const radiusAdjoint = code.let(f64(0));
      const isSource = eq(load('i32', this.#largestFrom.byteOffset, shiftRight(t, 1)), i);
      code.if(and(isSource, ne(outputAdjoint, 0)), () => {
        code.if(lt(decay, 0), () => code.set(decay, call(power, div(dw, at(state.diameter, i)), f64(exponent))));
        const full = code.let(mul(mul(outputAdjoint, load('f64', this.#strength.byteOffset, s)), decay));
        const edge = code.let(mul(EDGE_WIDTHS, load('f64', this.#width.byteOffset, s)));
        const share = code.let(f64(1));
        code.if(gt(distance, sub(edge, radius)), () => {
          code.set(share, call(overlapShare, edge, radius, distance));
          code.set(radiusAdjoint, mul(full, call(overlapByRadius)));
          const lateral = code.let(mul(full, call(overlapByDistance)));
          code.if(gt(distance, 0), () => code.set(byAcross, add(byAcross, div(mul(lateral, cw), distance))));
        });
        const added = code.let(mul(full, share));
        code.set(byAlong, add(byAlong, div(mul(exponent, added), dw)));
        increase(code, adjoints.ct, s, mul(added, load('f64', this.#byCt.byteOffset, s)));
      });
      code.store(adjoints.radius.byteOffset, s, radiusAdjoint);
    });
    return { byAlong, byAcross };
  }

  pair(code: Code, i: Local, j: Local, dw: Local, cw: Local): void {
    const { state, edgeBase, edgeSlope, cases, power, overlapShare } = this.#context;
    const { tiAdded } = state;
    const radius = code.let(mul(f64(0.5), at(state.diameter, j)));
    const { square } = offsets(code, state, i, j, cw);
    const distance = code.let(sqrt(square));
    const edgeLimit = add(add(scalar(edgeBase), mul(scalar(edgeSlope), dw)), radius);
    code.if(ge(distance, edgeLimit), () => code.return());
    const decay = code.let(call(power, div(dw, at(state.diameter, i)), f64(this.#model.c[3])));
    const row = code.let(this.#context.row(j));
    const s = code.let('i32');
    code.for(s, 0, 8 * cases, 8, () => {
      const t = code.let(add(row, s));
      const full = code.let(mul(load('f64', this.#strength.byteOffset, s), decay));
      const edge = code.let(mul(EDGE_WIDTHS, load('f64', this.#width.byteOffset, s)));
      const added = code.let(load('f64', tiAdded.byteOffset, t));
      code.if(and(gt(full, added), lt(distance, add(edge, radius))), () => {
        code.if(gt(distance, sub(edge, radius)), () =>
          code.set(full, mul(full, call(overlapShare, edge, radius, distance))),
        );
        code.if(gt(full, added), () => {
          code.store(tiAdded.byteOffset, t, full);
          code.store(this.#largestFrom.byteOffset, shiftRight(t, 1), i);
        });
      });
    });
  }
}
