/**
 * The inner loops of `FlowSolver` as WebAssembly, two cases at a time: what the kernels in TypeScript do, in the same
 * order, so the bits are the same. The module is written for a model, a number of turbines and a number of cases.
 */
import type { CurveRows, CurveSlopes } from '../../turbine/farm.ts';
import { CELLS_PER_MS, FastCurve } from '../../turbine/farm.ts';
import type { TurbineSpec } from '../../turbine/turbine.ts';
import type { SuperposedWakeModel } from '../wake-models.ts';
import type { WakeState } from '../wake-state.ts';
import { SIDE_BY_SIDE_M } from '../wake-state.ts';
import { Arena } from './arena.ts';
import type { Callable, Code, Local, Value } from './assembler.ts';
import {
  abs,
  add,
  and,
  call,
  div,
  ge,
  gt,
  i32,
  lane,
  le,
  load,
  lt,
  most,
  mul,
  neg,
  pairOf,
  select,
  shiftLeft,
  signs,
  splat,
  sqrt,
  sub,
  truncate,
} from './assembler.ts';
import type { PairAdjoint } from './deficit-loop.ts';
import { CrespoLoop } from './crespo-loop.ts';
import { GaussianLoop } from './gaussian-loop.ts';
import { JensenLoop } from './jensen-loop.ts';
import type { Lanes } from './lanes.ts';
import { at, IMPORTS, increase, LoopContext, scalar, sumOf } from './loop-context.ts';

/** A curve in memory: its first and last speed, its first and last row's place and last cell, then the places by cell. */
const HEAD_BYTES = 32;
const ROW_BYTES = 48;

/** Room for the tables and everything else that exists once [numbers]. */
const FIXED_DOUBLES = 45_000;

interface Functions {
  readonly sweep: () => void;
  readonly adjoint: () => void;
}

interface LoopsInput {
  readonly model: SuperposedWakeModel;
  readonly turbines: readonly TurbineSpec[];
  /** How many turbines, and speeds of each direction */
  readonly n: number;
  readonly cases: number;
  readonly largestRadius: number;
}

/** Tells whether the loops are worth compiling; a single case is as fast in TypeScript. */
export function fitsWakeLoops(model: SuperposedWakeModel, turbines: readonly TurbineSpec[], cases: number): boolean {
  const { turbulence } = model;
  return (
    cases > 1 &&
    !model.blockage &&
    (turbulence === null || (turbulence.kind === 'crespo_hernandez' && model.deficit.kind !== 'jensen')) &&
    turbines.every(({ curve }) => curve.kind === 'table')
  );
}

const MAX_CACHED_LOOPS = 8;
const cachedLoops = new Map<string, WakeLoops>();

/**
 * Returns this thread's loops for farms of one kind: compiled once for all the slices of a job and all the farms of a
 * search. The loops of eight kinds are cached.
 */
export function wakeLoops(input: LoopsInput): WakeLoops {
  const { turbines, ...others } = input;
  const key = JSON.stringify({ ...others, curves: turbines.map(({ curve }) => curve) });
  const loops = cachedLoops.get(key) ?? new WakeLoops(input);
  cachedLoops.delete(key);
  cachedLoops.set(key, loops);
  for (const [oldest] of cachedLoops) if (cachedLoops.size > MAX_CACHED_LOOPS) cachedLoops.delete(oldest);
  return loops;
}

export class WakeLoops {
  /** Who solved last */
  user: object | null = null;
  readonly state: WakeState;
  /** Slopes of power [kW/(m/s)] and thrust [1/(m/s)], by [place * cases + case] */
  readonly slopes: CurveSlopes;
  /** Address of the turbine's curve, by place */
  readonly #curveAt: Int32Array;
  readonly #curves: readonly number[];
  readonly #context: LoopContext;
  readonly #crespo: CrespoLoop | null;
  readonly #compile: () => Functions;
  /** Compiled when they are called first: a search that is only checked does not need them */
  #functions: Functions | null = null;
  /** Derivatives of the objective by the powers, by [place * cases + case] */
  readonly #powerAdjoint: Float64Array;

  constructor({ model, turbines, n, cases, largestRadius }: LoopsInput) {
    const curves = turbines.map((turbine) => new FastCurve(turbine).rows());
    const rows = curves.reduce((sum, curve) => sum + curve.rows.length + curve.cells.length, 16 * curves.length);
    const arena = new Arena(FIXED_DOUBLES + (n + 1) * (10 + 14 * cases) + 40 * cases + rows);
    const context = new LoopContext(arena, n, cases, model);
    const { assembly } = context;
    this.#context = context;
    this.state = context.state;
    // A placeholder that is read next to the last turbine and is never in a wake.
    this.state.along[n] = Number.NEGATIVE_INFINITY;
    this.slopes = { power: arena.array(n * cases), ct: arena.array(n * cases) };
    this.#powerAdjoint = arena.array(n * cases);
    this.#curveAt = arena.integers(n);
    this.#curves = curves.map((curve) => placeCurve(arena, curve));
    const { deficit, turbulence } = model;
    const loop = deficit.kind === 'jensen' ? new JensenLoop(context, deficit) : new GaussianLoop(context, deficit);
    this.#crespo =
      turbulence?.kind === 'crespo_hernandez' && loop instanceof GaussianLoop
        ? new CrespoLoop(context, turbulence, loop.width)
        : null;
    const crespo = this.#crespo;

    this.#compile = () => {
      const finish = assembly.define('finish', ['i32'], null, (code, i) => this.#finish(code, i));
      const source = assembly.define('source', ['i32'], 'i32', (code, i) => {
        if (crespo) crespo.source(code, i);
        loop.source(code, i);
      });
      const pair = assembly.define('pair', ['i32', 'i32', 'f64', 'f64'], null, (code, i, j, dw, cw) => {
        loop.pair(code, i, j, dw, cw, (deficitAt) => this.#superpose(code, j, deficitAt));
        if (crespo) crespo.pair(code, i, j, dw, cw);
      });
      const extra = loop.reachesRotor || turbulence ? largestRadius : 0;
      assembly.define('sweep', [], null, (code) => this.#defineSweep(code, finish, source, pair, extra));

      const turns = crespo !== null && deficit.kind === 'gaussian' && deficit.k.slope !== 0 ? crespo : null;
      const pairAdjoint = assembly.define('pairAdjoint', ['i32', 'i32', 'f64', 'f64'], null, (code, i, j, dw, cw) =>
        this.#definePairAdjoint(code, i, j, dw, cw, loop, turns),
      );
      const gather = assembly.define('gather', ['i32'], null, (code, i) => this.#defineGather(code, i, turns !== null));
      const near = loop.reachesRotor || turns ? largestRadius : 0;
      assembly.define('adjoint', [], null, (code) => this.#defineAdjoint(code, source, pairAdjoint, gather, near));
      return arena.instantiate(assembly.bytes(), IMPORTS);
    };
  }

  /**
   * Solves the arranged direction.
   * @param kind of the turbine at each place
   */
  sweep(kind: (place: number) => number, reachWidths: number): void {
    const { state } = this;
    for (let k = 0; k < state.n; k++) this.#curveAt[k] = this.#curves[kind(k)];
    this.#context.reachWidths[0] = reachWidths;
    state.deficit.fill(0);
    if (this.#crespo) {
      state.tiAdded.fill(0);
      this.#crespo.prepare();
    }
    this.#functions ??= this.#compile();
    this.#functions.sweep();
  }

  /**
   * Does the same as `FlowSolver.addGradient`, for the direction that `sweep` solved last.
   * @param weigh fills the derivatives of the objective by the powers, by [place * cases + case]
   * @returns derivatives by place along and across the wind, and by the logarithm of the free speed
   */
  adjoint(weigh: (powerAdjoint: Float64Array) => void) {
    const { adjoints } = this.#context;
    weigh(this.#powerAdjoint);
    adjoints.along.fill(0);
    adjoints.across.fill(0);
    adjoints.free.fill(0);
    this.#functions!.adjoint();
    return adjoints;
  }

  /** Defines the loop over turbines in the order of the wind. */
  #defineSweep(code: Code, finish: Callable, source: Callable, pair: Callable, extra: number): void {
    const i = code.let('i32');
    code.for(i, 0, this.state.n, 1, () => {
      code.run(finish, i);
      code.if(call(source, i), () => this.#forTargets(code, i, pair, extra));
    });
  }

  /** Defines the loop over turbines against the order of the wind. */
  #defineAdjoint(code: Code, source: Callable, pairAdjoint: Callable, gather: Callable, extra: number): void {
    const { adjoints } = this.#context;
    const i = code.let(i32(this.state.n - 1));
    code.while(ge(i, 0), () => {
      this.#context.forCases(code, (s, lanes) => {
        for (const adjoint of [adjoints.ct, adjoints.u, adjoints.ti]) lanes.store(adjoint, s, pairOf(0));
      });
      code.if(call(source, i), () => this.#forTargets(code, i, pairAdjoint, extra));
      code.run(gather, i);
      code.set(i, sub(i, 1));
    });
  }

  /** Calls a function for each target within the reach of the source prepared last, which are tested two at a time. */
  #forTargets(code: Code, i: Local, callee: Callable, extra: number): void {
    const { n, along, across } = this.state;
    const { reachBase, reachSlope } = this.#context;
    const base = code.let(splat(add(scalar(reachBase), extra)));
    const slope = code.let(splat(scalar(reachSlope)));
    const alongI = code.let(splat(at(along, i)));
    const acrossI = code.let(splat(at(across, i)));
    const j = code.let('i32');
    code.for(j, add(i, 1), n, 2, () => {
      const place = shiftLeft(j, 3);
      const dw = code.let(sub(load('v128', along.byteOffset, place), alongI));
      const cw = code.let(sub(load('v128', across.byteOffset, place), acrossI));
      const isNear = and(le(abs(cw), add(base, mul(slope, dw))), gt(dw, SIDE_BY_SIDE_M));
      const near = code.let(signs(isNear));
      code.if(near, () => {
        code.if(and(near, 1), () => code.run(callee, i, j, lane(dw, 0), lane(cw, 0)));
        code.if(and(near, 2), () => code.run(callee, i, add(j, 1), lane(dw, 1), lane(cw, 1)));
      });
    });
  }

  /** What a target's adjoints say of its distances from the source, and of the source. */
  #definePairAdjoint(
    code: Code,
    i: Local,
    j: Local,
    dw: Local,
    cw: Local,
    loop: JensenLoop | GaussianLoop,
    turbulence: CrespoLoop | null,
  ): void {
    const { adjoints } = this.#context;
    const [placeI, placeJ] = [code.let(shiftLeft(i, 3)), code.let(shiftLeft(j, 3))];
    const apply = ({ byAlong, byAcross }: Omit<PairAdjoint, 'sum'>) => {
      increase(code, adjoints.along, placeJ, byAlong);
      increase(code, adjoints.along, placeI, neg(byAlong));
      increase(code, adjoints.across, placeJ, byAcross);
      increase(code, adjoints.across, placeI, neg(byAcross));
    };
    if (turbulence && loop instanceof GaussianLoop) {
      loop.widths(code, i, dw);
      apply(turbulence.adjoint(code, i, j, dw, cw));
    }
    const pairAdjoint = loop.adjoint(code, i, j, dw, cw, turbulence !== null);
    apply(pairAdjoint);
    if (this.#context.model.deficit.reference === 'free_target') increase(code, adjoints.free, placeJ, pairAdjoint.sum);
  }

  /** Defines the sum of the adjoints at a place from all its targets and its own power. */
  #defineGather(code: Code, i: Local, isTurbulent: boolean): void {
    const { adjoints, model } = this.#context;
    const { uFree, uEff, deficit, ti, tiAdded } = this.state;
    const { reference } = model.deficit;
    const row = code.let(this.#context.row(i));
    const free = code.let(pairOf(0));
    this.#context.forCases(code, (s, lanes) => {
      const t = code.let(add(row, s));
      const byPower = mul(lanes.load(this.#powerAdjoint, t), lanes.load(this.slopes.power, t));
      const sum = add(byPower, mul(lanes.load(adjoints.ct, s), lanes.load(this.slopes.ct, t)));
      const all = reference === 'effective_source' ? add(sum, lanes.load(adjoints.u, s)) : sum;
      const uAdjoint = code.let(and(all, gt(lanes.load(uEff, t), 0)));
      const freeAdjoint = reference === 'free_source' ? add(uAdjoint, lanes.load(adjoints.u, s)) : uAdjoint;
      // Times the free speed: what follows is by its logarithm.
      code.set(free, add(free, lanes.term(mul(freeAdjoint, lanes.load(uFree, t)))));
      const total = code.let(lanes.load(deficit, t));
      const by = model.superposition === 'squared_sum' ? and(div(neg(uAdjoint), total), gt(total, 0)) : neg(uAdjoint);
      lanes.store(adjoints.deficit, t, by);
      if (isTurbulent)
        lanes.store(adjoints.added, t, div(mul(lanes.load(adjoints.ti, s), lanes.load(tiAdded, t)), lanes.load(ti, t)));
    });
    increase(code, adjoints.free, shiftLeft(i, 3), sumOf(free));
  }

  /** Computes the same as `FlowSolver.#finish`. */
  #finish(code: Code, i: Local): void {
    const { deficit, uFree, uEff, ti, tiAmbient, tiAdded, power, ct } = this.state;
    const { model } = this.#context;
    const row = code.let(this.#context.row(i));
    const curve = code.let(load('i32', this.#curveAt.byteOffset, shiftLeft(i, 2)));
    const first = code.let(load('f64', 0, curve));
    const last = code.let(load('f64', 8, curve));
    this.#context.forCases(code, (s, lanes) => {
      const t = code.let(add(row, s));
      const sum = code.let(lanes.load(deficit, t));
      if (model.superposition === 'squared_sum') {
        code.set(sum, sqrt(sum));
        lanes.store(deficit, t, sum);
      }
      const u = code.let(most(sub(lanes.load(uFree, t), sum), 0));
      lanes.store(uEff, t, u);
      const ambient = code.let(lanes.load(tiAmbient, t));
      if (model.turbulence) {
        const added = code.let(lanes.load(tiAdded, t));
        lanes.store(ti, t, sqrt(add(mul(ambient, ambient), mul(added, added))));
      } else lanes.store(ti, t, ambient);
      for (let k = 0; k < lanes.count; k++) {
        const v = code.let(lane(u, k as 0 | 1));
        const at = code.let(this.#curveRow(code, curve, first, last, v));
        const step = code.let(splat(sub(v, load('f64', 0, at))));
        const slopes = code.let(load('v128', 32, at));
        const values = code.let(add(load('v128', 16, at), mul(step, slopes)));
        const write = (array: Float64Array, pair: Value, of: 0 | 1) =>
          code.storeLane(array.byteOffset + 8 * k, t, pair, of);
        write(power, values, 0);
        write(ct, values, 1);
        write(this.slopes.power, slopes, 0);
        write(this.slopes.ct, slopes, 1);
      }
    });
  }

  /** Returns the address of the curve's row that is valid at a speed. */
  #curveRow(code: Code, curve: Local, first: Local, last: Local, v: Local): Value {
    const cell = code.let(truncate(mul(v, CELLS_PER_MS)));
    const lastCell = load('i32', 24, curve);
    code.set(cell, select(lt(cell, lastCell), cell, lastCell));
    const row = code.let(load('i32', HEAD_BYTES, add(curve, shiftLeft(cell, 2))));
    code.while(le(load('f64', 8, row), v), () => code.set(row, add(row, ROW_BYTES)));
    code.set(row, select(lt(v, first), load('i32', 16, curve), row));
    return select(gt(v, last), load('i32', 20, curve), row);
  }

  #superpose(code: Code, j: Local, deficitAt: (s: Local, lanes: Lanes) => Value): void {
    const { deficit } = this.state;
    const { superposition } = this.#context.model;
    const row = code.let(this.#context.row(j));
    this.#context.forCases(code, (s, lanes) => {
      const t = code.let(add(row, s));
      const pairDeficit = code.let(deficitAt(s, lanes));
      const sum = lanes.load(deficit, t);
      const more = superposition === 'squared_sum' ? mul(pairDeficit, pairDeficit) : pairDeficit;
      lanes.store(deficit, t, superposition === 'max' ? most(sum, more) : add(sum, more));
    });
  }
}

/** Stores a curve in memory. @returns its address */
function placeCurve(arena: Arena, { rows, cells, first, last }: CurveRows): number {
  const rowsAt = arena.copy(rows).byteOffset;
  const place = arena.copy([first, last]).byteOffset;
  const words = arena.integers(4 + cells.length);
  words[0] = rowsAt;
  words[1] = rowsAt + 8 * rows.length - ROW_BYTES;
  words[2] = cells.length - 1;
  cells.forEach((row, cell) => {
    words[4 + cell] = rowsAt + ROW_BYTES * row;
  });
  return place;
}
