/** `LinearGaussianKernel` and `TurboGaussianKernel` as loops. */
import { EDGE_WIDTHS } from '../deficit-kernel.ts';
import { EXP_TABLE } from '../fast-exp.ts';
import {
  gaussianDiscTable,
  TABLE_CELLS_PER_UNIT,
  TABLE_COLUMNS,
  TABLE_DISTANCE,
  TABLE_RADIUS,
} from '../rotor-average.ts';
import type { GaussianDeficit, TurboGaussianDeficit } from '../wake-models.ts';
import type { Code, Local, Value } from './assembler.ts';
import {
  add,
  and,
  andNot,
  call,
  div,
  eq,
  f64,
  firsts,
  ge,
  gt,
  i32,
  lane,
  least,
  load,
  lowBits,
  lt,
  most,
  mul,
  neg,
  or,
  pairOf,
  seconds,
  select,
  shiftLeft,
  signs,
  splat,
  sqrt,
  sub,
  trunc,
} from './assembler.ts';
import type { Lanes } from './lanes.ts';
import type { LoopContext } from './loop-context.ts';
import { at, doubleInductionSlopeOf, madsen, offsets, scalar, sumOf } from './loop-context.ts';
import { expNegative, log } from './math.ts';
import type { DeficitLoop, PairAdjoint, Superpose } from './deficit-loop.ts';

export class GaussianLoop implements DeficitLoop {
  readonly reachesRotor: boolean;
  /** Widths of the pair worked on, for added turbulence */
  readonly width: Float64Array;
  readonly #context: LoopContext;
  readonly #model: GaussianDeficit | TurboGaussianDeficit;
  readonly #load: Float64Array;
  readonly #epsilonWidth: Float64Array;
  /** Derivative of the width at the rotor by thrust */
  readonly #epsilonSlope: Float64Array;
  readonly #growth: Growth;
  readonly #exp: Float64Array;
  readonly #cells: Float64Array;

  constructor(context: LoopContext, model: GaussianDeficit | TurboGaussianDeficit) {
    this.#context = context;
    this.#model = model;
    this.reachesRotor = model.rotorAverage === 'disc';
    this.width = context.perCase();
    this.#load = context.perCase();
    this.#epsilonWidth = context.perCase();
    this.#epsilonSlope = context.perCase();
    this.#growth =
      model.kind === 'gaussian'
        ? new LinearGrowth(context, model)
        : new TurboGrowth(context, model, this.#epsilonWidth);
    const { arena } = context;
    this.#exp = this.reachesRotor ? arena.array(0) : arena.copy(EXP_TABLE);
    this.#cells = this.reachesRotor ? arena.copy(byPower(gaussianDiscTable())) : arena.array(0);
  }

  source(code: Code, i: Local): void {
    const { state, reachBase, reachSlope, reachWidths, edgeBase, edgeSlope } = this.#context;
    const row = code.let(this.#context.row(i));
    const diameter = code.let(splat(at(state.diameter, i)));
    const widest = code.let(pairOf(0));
    const steepest = code.let(pairOf(0));
    const growth = this.#growth.source(code, row, diameter);
    this.#context.forCases(code, (s, lanes) => {
      const ct = code.let(lanes.load(state.ct, add(row, s)));
      const isOn = code.let(gt(ct, 0));
      lanes.store(this.#load, s, and(mul(mul(mul(ct, diameter), diameter), 1 / 8), isOn));
      const { value, slope } = this.#epsilon(code, ct);
      const epsilon = code.let(mul(diameter, value));
      lanes.store(this.#epsilonWidth, s, epsilon);
      lanes.store(this.#epsilonSlope, s, mul(diameter, slope));
      code.set(widest, most(widest, and(epsilon, isOn)));
      code.set(steepest, most(steepest, growth(s, lanes, ct)));
    });
    const top = (pair: Local): Local => code.let(lane(most(pair, seconds(pair, pair)), 0));
    const [base, slope] = [top(widest), top(steepest)];
    const put = (array: Float64Array, value: Value) => code.store(array.byteOffset, i32(0), value);
    put(reachBase, mul(scalar(reachWidths), base));
    put(reachSlope, mul(scalar(reachWidths), slope));
    put(edgeBase, mul(EDGE_WIDTHS, base));
    put(edgeSlope, mul(EDGE_WIDTHS, slope));
    code.return(gt(base, 0));
  }

  /** Twin of `epsilonOf` and `epsilonSlope`. */
  #epsilon(code: Code, ct: Local): { value: Value; slope: Value } {
    const { epsilon } = this.#model;
    if ('constant' in epsilon) return { value: pairOf(epsilon.constant), slope: pairOf(0) };
    const s = code.let(sqrt(sub(1, least(most(ct, 0), epsilon.ctLimit))));
    const root = code.let(sqrt(div(mul(0.5, add(1, s)), s)));
    const slope = div(epsilon.factor * 0.125, mul(mul(mul(s, s), s), root));
    return { value: mul(epsilon.factor, root), slope: and(slope, lt(ct, epsilon.ctLimit)) };
  }

  pair(code: Code, i: Local, j: Local, dw: Local, cw: Local, superpose: Superpose): void {
    const { model } = this.#context;
    const waked = this.#wake(code, i, j, dw, cw);
    superpose((s, lanes): Value => {
      const { width, deficit } = waked(s, lanes);
      if (model.turbulence) lanes.store(this.width, s, width);
      return deficit;
    });
  }

  /** Computes only the widths, for the adjoint of added turbulence. */
  widths(code: Code, i: Local, dw: Local): void {
    const widthAt = this.#growth.pair(code, i, dw);
    this.#context.forCases(code, (s, lanes) =>
      lanes.store(this.width, s, add(widthAt(s, lanes), lanes.load(this.#epsilonWidth, s))),
    );
  }

  /** Returns what computes the wake in a pair of cases */
  #wake(code: Code, i: Local, j: Local, dw: Local, cw: Local, withSlopes = false) {
    const { state } = this.#context;
    const { reference, induction } = this.#model;
    const { height, square } = offsets(code, state, i, j, cw);
    const u = reference === 'effective_source' ? state.uEff : state.uFree;
    const row = code.let(this.#context.row(reference === 'free_target' ? j : i));
    const widthAt = this.#growth.pair(code, i, dw);
    const shapeAt = this.reachesRotor
      ? this.#rotorMeans(code, i, j, cw, height, square, withSlopes)
      : this.#centres(code, square, cw);
    return (s: Local, lanes: Lanes) => {
      const width = code.let(add(widthAt(s, lanes), lanes.load(this.#epsilonWidth, s)));
      const inverse = code.let(div(1, width));
      const squared = code.let(mul(inverse, inverse));
      const q = code.let(mul(lanes.load(this.#load, s), squared));
      const peak = code.let(induction === 'madsen' ? least(madsen(q), 1) : sub(1, sqrt(most(sub(1, q), 0))));
      const shape = shapeAt(inverse, squared);
      const speed = code.let(lanes.load(u, add(row, s)));
      const deficit = mul(mul(speed, peak), shape.value);
      return { width, inverse, squared, q, peak, shape, speed, deficit };
    };
  }

  /** Adds to the adjoints of thrust, speed and turbulence. */
  adjoint(code: Code, i: Local, j: Local, dw: Local, cw: Local, hasRadiusAdjoint: boolean): PairAdjoint {
    const { adjoints } = this.#context;
    const rowJ = code.let(this.#context.row(j));
    const diameter = at(this.#context.state.diameter, i);
    const byLoad = code.let(splat(mul(0.125, mul(diameter, diameter))));
    const waked = this.#wake(code, i, j, dw, cw, true);
    const widen = this.#growth.adjoint(code, i, dw);
    const [along, across, sums] = [code.let(pairOf(0)), code.let(pairOf(0)), code.let(pairOf(0))];
    const gain = (array: Float64Array, s: Local, lanes: Lanes, more: Value) =>
      lanes.store(array, s, add(lanes.load(array, s), more));
    this.#context.forCases(code, (s, lanes) => {
      const { width, inverse, squared, q, peak, shape, speed, deficit } = waked(s, lanes);
      const pairDeficit = code.let(deficit);
      const deficitAdjoint = code.let(this.#context.pairAdjoint(code, add(rowJ, s), lanes, pairDeficit));
      const load = code.let(lanes.load(this.#load, s));
      const weighted = code.let(and(mul(speed, deficitAdjoint), gt(load, 0)));
      const slope = and(doubleInductionSlopeOf(code, this.#model.induction, q), lt(peak, 1));
      const byQ = code.let(mul(mul(mul(weighted, shape.value), slope), squared));
      const { bySigma, byAcross } = shape.adjoint(mul(weighted, peak));
      // Through the peak, whose q falls with sigma squared, and through the shape.
      const sigmaAdjoint = code.let(add(bySigma, mul(mul(-2, mul(byQ, load)), inverse)));
      if (hasRadiusAdjoint) code.set(sigmaAdjoint, add(sigmaAdjoint, mul(EDGE_WIDTHS, lanes.load(adjoints.radius, s))));
      const { byAlong, byCt } = widen(s, lanes, width, sigmaAdjoint);
      const ctAdjoint = add(mul(byQ, byLoad), mul(sigmaAdjoint, add(lanes.load(this.#epsilonSlope, s), byCt)));
      gain(adjoints.ct, s, lanes, ctAdjoint);
      gain(adjoints.u, s, lanes, mul(deficitAdjoint, mul(peak, shape.value)));
      code.set(along, add(along, lanes.term(byAlong)));
      code.set(across, add(across, lanes.term(byAcross)));
      code.set(sums, add(sums, lanes.term(mul(deficitAdjoint, pairDeficit))));
    });
    return { byAlong: code.let(sumOf(along)), byAcross: code.let(sumOf(across)), sum: code.let(sumOf(sums)) };
  }

  #centres(code: Code, square: Local, cw: Local): Shape {
    const half = code.let(splat(mul(0.5, square)));
    return (inverse, squared) => {
      const value = code.let(expNegative(code, this.#exp.byteOffset, mul(half, squared)));
      return {
        value,
        adjoint: (weight) => {
          const by = code.let(mul(mul(weight, value), squared));
          return { bySigma: mul(by, mul(splat(square), inverse)), byAcross: neg(mul(by, splat(cw))) };
        },
      };
    };
  }

  #rotorMeans(code: Code, i: Local, j: Local, cw: Local, height: Local, square: Local, withSlopes: boolean): Shape {
    const { state } = this.#context;
    const radius = code.let(splat(mul(0.5, at(state.diameter, j))));
    const reach = code.let(splat(scalar(this.#context.reachWidths)));
    const wake = (distance: Local) => {
      const away = code.let(splat(distance));
      const lateral = code.let(splat(select(gt(distance, 0), div(cw, distance), f64(0))));
      return (inverse: Local) => ({ lateral, ...this.#discMean(code, radius, away, inverse, reach, withSlopes) });
    };
    const own = wake(code.let(sqrt(square)));
    const pairAdjoint = (inverse: Local, mean: ReturnType<typeof own>, share: Local) => ({
      bySigma: neg(mul(mul(share, add(mul(mean.byA, mean.a), mul(mean.byC, mean.c))), inverse)),
      byAcross: mul(mul(mul(share, mean.byC), inverse), mean.lateral),
    });
    if (!('mirror' in this.#model && this.#model.mirror))
      return (inverse) => {
        const mean = own(inverse);
        return { value: mean.value, adjoint: (weight) => pairAdjoint(inverse, mean, code.let(weight)) };
      };
    const rise = code.let(add(height, mul(2, at(state.hubHeight, i))));
    const mirrored = wake(code.let(sqrt(add(mul(cw, cw), mul(rise, rise)))));
    return (inverse) => {
      const mean = own(inverse);
      const image = mirrored(inverse);
      const value = code.let(sqrt(add(mul(mean.value, mean.value), mul(image.value, image.value))));
      return {
        value,
        // The mirror adds in squares: d total = mean/total d mean.
        adjoint: (weight) => {
          const by = code.let(and(div(weight, value), gt(value, 0)));
          const direct = pairAdjoint(inverse, mean, code.let(mul(by, mean.value)));
          const reflected = pairAdjoint(inverse, image, code.let(mul(by, image.value)));
          return {
            bySigma: add(direct.bySigma, reflected.bySigma),
            byAcross: add(direct.byAcross, reflected.byAcross),
          };
        },
      };
    };
  }

  /** Computes the same as `discMeanAt`: by table, 0 beyond the reach, exact outside the table. */
  #discMean(code: Code, radius: Local, distance: Local, inverse: Local, reach: Local, withSlopes: boolean) {
    const a = code.let(mul(radius, inverse));
    const c = code.let(mul(distance, inverse));
    const [value, byA, byC] = [0, 1, 2].map(() => code.let(pairOf(0)));
    const isOut = code.let(ge(c, add(reach, a)));
    code.if(lt(signs(isOut), 3), () => {
      const isListed = and(lt(a, TABLE_RADIUS), lt(c, TABLE_DISTANCE));
      code.if(
        eq(signs(or(isOut, isListed)), 3),
        () => {
          const cell = this.#cell(code, a, c, isOut, withSlopes);
          code.set(value, andNot(cell.value, isOut));
          if (!withSlopes) return;
          // Nothing is left of what the table has below 0.
          const isOn = code.let(gt(value, 0));
          code.set(byA, and(cell.byA, isOn));
          code.set(byC, and(cell.byC, isOn));
        },
        () => {
          const { discMean, discMeanPart } = this.#context;
          const both = (of: (k: 0 | 1) => Value) => firsts(splat(of(0)), splat(of(1)));
          code.set(
            value,
            both((k) => call(discMean, lane(a, k), lane(c, k), lane(reach, k))),
          );
          if (!withSlopes) return;
          const isOn = code.let(gt(value, 0));
          const part = (p: number) => both((k) => call(discMeanPart, lane(a, k), lane(c, k), f64(p)));
          code.set(byA, and(part(1), isOn));
          code.set(byC, and(part(2), isOn));
        },
      );
    });
    return { value, byA, byC, a, c };
  }

  /** Computes the same as `readCell` and `discMeanWithSlopes`, in the first cell where `isOut`. */
  #cell(code: Code, a: Local, c: Local, isOut: Local, withSlopes: boolean) {
    const places = (x: Local) => code.let(mul(andNot(x, isOut), TABLE_CELLS_PER_UNIT));
    const [pa, pc] = [places(a), places(c)];
    const [ia, ic] = [code.let(trunc(pa)), code.let(trunc(pc))];
    const u = code.let(sub(pa, ia));
    const v = code.let(sub(pc, ic));
    const cell = code.let(add(add(mul(ia, TABLE_COLUMNS), ic), 2 ** 52));
    // Polynomials in a, and their slopes, of v's powers 0 and 1, and of 2 and 3, lane by lane.
    const lanes = ([0, 1] as const).map((k) => {
      const place = code.let(shiftLeft(lowBits(cell, k), 7));
      const by = code.let(k === 0 ? firsts(u, u) : seconds(u, u));
      return [0, 16].map((half) => {
        const [k0, k1, k2, k3] = [0, 32, 64, 96].map((power) =>
          code.let(load('v128', this.#cells.byteOffset + power + half, place)),
        );
        return {
          value: code.let(add(k0, mul(by, add(k1, mul(by, add(k2, mul(by, k3))))))),
          slope: withSlopes ? code.let(add(k1, mul(by, add(mul(2, k2), mul(mul(3, by), k3))))) : by,
        };
      });
    });
    const powers = (of: 'value' | 'slope') =>
      [0, 1].flatMap((half) => {
        const [first, second] = [lanes[0][half][of], lanes[1][half][of]];
        return [code.let(firsts(first, second)), code.let(seconds(first, second))];
      });
    const horner = ([k0, k1, k2, k3]: Local[]) => add(k0, mul(v, add(k1, mul(v, add(k2, mul(v, k3))))));
    const values = powers('value');
    const [, k1, k2, k3] = values;
    return {
      value: most(0, horner(values)),
      byA: withSlopes ? mul(TABLE_CELLS_PER_UNIT, horner(powers('slope'))) : u,
      byC: mul(TABLE_CELLS_PER_UNIT, add(k1, mul(v, add(mul(2, k2), mul(mul(3, v), k3))))),
    };
  }
}

/** The shape across the wake, of 1/width and its square, and what carries the derivative by it back. */
type Shape = (
  inverse: Local,
  squared: Local,
) => {
  readonly value: Local;
  readonly adjoint: (weight: Value) => { readonly bySigma: Value; readonly byAcross: Value };
};

/** How a wake widens. */
interface Growth {
  /** @returns what prepares the cases, and their growth by distance */
  source(code: Code, row: Local, diameter: Local): (s: Local, lanes: Lanes, ct: Local) => Value;
  /** @returns the width without that at the rotor */
  pair(code: Code, i: Local, dw: Local): (s: Local, lanes: Lanes) => Value;
  /** Adds to the adjoint of turbulence. @returns derivatives by distance and, for each width, by thrust but that at the rotor */
  adjoint(
    code: Code,
    i: Local,
    dw: Local,
  ): (s: Local, lanes: Lanes, width: Local, sigmaAdjoint: Local) => { readonly byAlong: Value; readonly byCt: Value };
}

class LinearGrowth implements Growth {
  readonly #context: LoopContext;
  readonly #model: GaussianDeficit;
  readonly #k: Float64Array;

  constructor(context: LoopContext, model: GaussianDeficit) {
    this.#context = context;
    this.#model = model;
    this.#k = context.perCase();
  }

  source(code: Code, row: Local) {
    const { slope, base } = this.#model.k;
    return (s: Local, lanes: Lanes): Value => {
      const k = code.let(add(base, mul(slope, lanes.load(this.#context.state.ti, add(row, s)))));
      lanes.store(this.#k, s, k);
      return k;
    };
  }

  pair(code: Code, _i: Local, dw: Local) {
    const along = code.let(splat(dw));
    return (s: Local, lanes: Lanes): Value => mul(lanes.load(this.#k, s), along);
  }

  adjoint(code: Code, _i: Local, dw: Local) {
    const { ti } = this.#context.adjoints;
    const byTi = code.let(splat(mul(this.#model.k.slope, dw)));
    return (s: Local, lanes: Lanes, _width: Local, sigmaAdjoint: Local) => {
      if (this.#model.k.slope !== 0) lanes.store(ti, s, add(lanes.load(ti, s), mul(sigmaAdjoint, byTi)));
      return { byAlong: mul(sigmaAdjoint, lanes.load(this.#k, s)), byCt: pairOf(0) };
    };
  }
}

class TurboGrowth implements Growth {
  readonly #context: LoopContext;
  readonly #model: TurboGaussianDeficit;
  readonly #alpha: Float64Array;
  readonly #beta: Float64Array;
  readonly #scale: Float64Array;
  readonly #start: Float64Array;
  /** 1/(2 ct) */
  readonly #halfByCt: Float64Array;
  readonly #epsilonWidth: Float64Array;

  constructor(context: LoopContext, model: TurboGaussianDeficit, epsilonWidth: Float64Array) {
    this.#context = context;
    this.#model = model;
    this.#alpha = context.perCase();
    this.#beta = context.perCase();
    this.#scale = context.perCase();
    this.#start = context.perCase();
    this.#halfByCt = context.perCase();
    this.#epsilonWidth = epsilonWidth;
  }

  source(code: Code, row: Local, diameter: Local) {
    const { a, cTi } = this.#model;
    return (s: Local, lanes: Lanes, ct: Local): Value => {
      const ti = code.let(lanes.load(this.#context.state.tiAmbient, add(row, s)));
      const isOn = code.let(gt(ct, 0));
      const alpha = code.let(mul(cTi[0], ti));
      const beta = code.let(and(div(mul(cTi[1], ti), sqrt(ct)), isOn));
      lanes.store(this.#alpha, s, alpha);
      lanes.store(this.#beta, s, beta);
      lanes.store(this.#scale, s, and(div(mul(mul(a, ti), diameter), beta), isOn));
      lanes.store(this.#start, s, primitive(code, alpha));
      lanes.store(this.#halfByCt, s, and(div(0.5, ct), isOn));
      return div(mul(mul(a, ti), sqrt(add(mul(alpha, alpha), 1))), alpha);
    };
  }

  pair(code: Code, i: Local, dw: Local) {
    const distance = code.let(splat(div(dw, at(this.#context.state.diameter, i))));
    return (s: Local, lanes: Lanes): Value => {
      const x = code.let(add(lanes.load(this.#alpha, s), mul(lanes.load(this.#beta, s), distance)));
      return mul(lanes.load(this.#scale, s), sub(primitive(code, x), lanes.load(this.#start, s)));
    };
  }

  adjoint(code: Code, i: Local, dw: Local) {
    const diameter = code.let(splat(at(this.#context.state.diameter, i)));
    const distance = code.let(div(splat(dw), diameter));
    return (s: Local, lanes: Lanes, width: Local, sigmaAdjoint: Local) => {
      const beta = code.let(lanes.load(this.#beta, s));
      const x = code.let(add(lanes.load(this.#alpha, s), mul(beta, distance)));
      const slope = div(sqrt(add(mul(x, x), 1)), x);
      const growth = code.let(mul(mul(lanes.load(this.#scale, s), beta), slope));
      const expansion = sub(width, lanes.load(this.#epsilonWidth, s));
      return {
        byAlong: div(mul(sigmaAdjoint, growth), diameter),
        // beta falls with the root of ct, and the scale with beta.
        byCt: mul(sub(expansion, mul(growth, distance)), lanes.load(this.#halfByCt, s)),
      };
    };
  }
}

/** Computes the same as `growth`: the antiderivative of sqrt(x^2 + 1)/x. */
function primitive(code: Code, x: Local): Value {
  const root = code.let(sqrt(add(mul(x, x), 1)));
  return sub(root, log(code, div(add(root, 1), x)));
}

/** Returns the table's cells with the powers of the distance next to each other. */
function byPower(cells: Float64Array): Float64Array {
  return cells.map((_, at) => cells[at - (at % 16) + 4 * (at % 4) + ((at % 16) >> 2)]);
}
