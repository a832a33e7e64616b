/** A wind farm: the positions and types of its turbines, checked and arranged for the kernels. */
import { guard, windError } from '../check.ts';
import type { CubicCurve, TableCurve, TurbineCurve, TurbineSpec } from './turbine.ts';
import { checkTurbine, noThrust, tableCurve } from './turbine.ts';

export interface Farm {
  /** Eastings [m] */
  readonly xM: ArrayLike<number>;
  /** Northings [m] */
  readonly yM: ArrayLike<number>;
  /** The kinds of turbine in the farm */
  readonly turbines: readonly TurbineSpec[];
  /** The kind of turbine at each position; if absent, the first kind everywhere */
  readonly kind?: ArrayLike<number>;
  /** Curves of the modes in which turbines may run, by [mode * kinds + kind] */
  readonly modeSpecs?: readonly TurbineSpec[];
  /** Number of own turbines, which come first; those after them are neighbours. If absent, all are own */
  readonly own?: number;
}

/** Returns the number of turbines that are not neighbours. */
export const ownCount = ({ xM, own }: Farm): number => own ?? xM.length;

/** Maximum number of turbines; the wakes of more would occupy a thread for hours. */
const MAX_TURBINES = 5000;

/**
 * Checks a farm.
 * @param needsThrust whether every turbine needs a thrust curve; default: only if there are several, which have wakes
 * @throws AppError that names the turbine, the value and the range
 */
export function checkFarm(farm: Farm, needsThrust = farm.xM.length > 1): void {
  guard.requireList('x', farm.xM);
  guard.requireList('y', farm.yM);
  guard.requireSameLength('x', farm.xM, 'y', farm.yM);
  const n = farm.xM.length;
  if (n > MAX_TURBINES) throw windError(`the farm has ${n} turbines; expected 1 to ${MAX_TURBINES}`, '/turbines');
  if (farm.turbines.length === 0) throw windError('no turbine type is given; expected at least one', '/turbines');
  for (const turbine of [...farm.turbines, ...(farm.modeSpecs ?? [])]) {
    checkTurbine(turbine);
    if (needsThrust && turbine.curve.kind === 'table' && turbine.curve.ct === null) throw noThrust(turbine.name);
  }
  if (farm.kind) {
    guard.requireSameLength('kind', farm.kind, 'x', farm.xM);
    for (let i = 0; i < n; i++)
      if (!(Number.isInteger(farm.kind[i]) && farm.kind[i] >= 0 && farm.kind[i] < farm.turbines.length))
        throw windError(`kind[${i}] is ${farm.kind[i]}; expected 0 to ${farm.turbines.length - 1}`, `/kind/${i}`);
  }
}

/** Two rows of a table that are closer than this make a jump [m/s] */
const STEEP_MS = 1e-6;

/** Cells of the grid that finds a table's row */
export const CELLS_PER_MS = 10;

/** A table as simd/wake-loops.ts reads it. */
export interface CurveRows {
  /**
   * A row: its speed, the speed of the next row, power, thrust, and their slopes. The first row is for speeds below the
   * table, the last for speeds above it.
   */
  readonly rows: Float64Array;
  /** The row to begin with, by tenth of a m/s */
  readonly cells: Int32Array;
  /** Speeds between which the table holds [m/s] */
  readonly first: number;
  readonly last: number;
}

/** Slopes of power [kW/(m/s)] and thrust [1/(m/s)] by wind speed, by [place * cases + case]. */
export interface CurveSlopes {
  readonly power: Float64Array;
  readonly ct: Float64Array;
}

/** Power and thrust by speed, with their slopes, read in constant time through a uniform grid of row numbers. */
export class FastCurve {
  readonly #table: TableCurve | null;
  readonly #cubic: CubicCurve | null;
  readonly #knots: Float64Array;
  readonly #power: Float64Array;
  readonly #ct: Float64Array;
  readonly #powerSlope: Float64Array;
  readonly #ctSlope: Float64Array;
  readonly #rowOf: Uint16Array;
  readonly #first: number;
  readonly #last: number;
  /** Speeds [m/s] at which power or thrust jumps */
  readonly jumpsMPerS: readonly number[];

  constructor(turbine: TurbineSpec) {
    const { curve } = turbine;
    this.#table = curve.kind === 'table' ? curve : null;
    this.#cubic = curve.kind === 'cubic' ? curve : null;
    const knots = curve.kind === 'table' ? curve.wsMPerS : [0, 1];
    const power = curve.kind === 'table' ? curve.powerKw : [0, 0];
    const ct = curve.kind === 'table' ? (curve.ct ?? knots.map(() => 0)) : [0, 0];
    const slopes = (values: readonly number[]) =>
      Float64Array.from(values, (v, i) =>
        i + 1 < values.length ? (values[i + 1] - v) / (knots[i + 1] - knots[i]) : 0,
      );
    this.#knots = Float64Array.from([...knots, Number.POSITIVE_INFINITY]);
    this.#power = Float64Array.from(power);
    this.#ct = Float64Array.from(ct);
    this.#powerSlope = slopes(power);
    this.#ctSlope = slopes(ct);
    this.#first = knots[0];
    this.#last = knots[knots.length - 1];
    this.jumpsMPerS = jumpsOf(curve);
    this.#rowOf = Uint16Array.from({ length: Math.ceil(this.#last * CELLS_PER_MS) + 2 }, (_, cell) => {
      let row = 0;
      while (row + 1 < knots.length && knots[row + 1] <= cell / CELLS_PER_MS) row++;
      return row;
    });
  }

  /** @throws unless the curve is a table */
  rows(): CurveRows {
    if (!this.#table) throw new Error('a cubic curve has no rows');
    const { below, above } = this.#table;
    const rows = [0, this.#first, below.powerKw, below.ct, 0, 0];
    for (let row = 0; row < this.#power.length; row++)
      rows.push(
        ...[this.#knots[row], this.#knots[row + 1]],
        ...[this.#power[row], this.#ct[row], this.#powerSlope[row], this.#ctSlope[row]],
      );
    rows.push(0, Number.POSITIVE_INFINITY, above.powerKw, above.ct, 0, 0);
    return {
      rows: Float64Array.from(rows),
      cells: Int32Array.from(this.#rowOf, (row) => row + 1),
      first: this.#first,
      last: this.#last,
    };
  }

  /** Reads `count` speeds from `ws[at]` on; the results have the same indices. Slopes are those to the right. */
  read(
    ws: Float64Array,
    at: number,
    count: number,
    power: Float64Array,
    ct: Float64Array,
    slopes: CurveSlopes | null,
  ): void {
    if (this.#table) this.#readTable(this.#table, ws, at, count, power, ct, slopes);
    else if (this.#cubic) readCubic(this.#cubic, ws, at, count, power, ct, slopes);
  }

  #readTable(
    curve: TableCurve,
    ws: Float64Array,
    at: number,
    count: number,
    power: Float64Array,
    ct: Float64Array,
    slopes: CurveSlopes | null,
  ): void {
    const knots = this.#knots;
    const rowOf = this.#rowOf;
    const first = this.#first;
    const last = this.#last;
    for (let i = at; i < at + count; i++) {
      const v = ws[i];
      if (v >= first && v <= last) {
        let row = rowOf[(v * CELLS_PER_MS) | 0];
        while (knots[row + 1] <= v) row++;
        const step = v - knots[row];
        power[i] = this.#power[row] + step * this.#powerSlope[row];
        ct[i] = this.#ct[row] + step * this.#ctSlope[row];
        if (slopes) {
          slopes.power[i] = this.#powerSlope[row];
          slopes.ct[i] = this.#ctSlope[row];
        }
      } else {
        const outside = v < first ? curve.below : curve.above;
        power[i] = outside.powerKw;
        ct[i] = outside.ct;
        if (slopes) {
          slopes.power[i] = 0;
          slopes.ct[i] = 0;
        }
      }
    }
  }
}

/** Returns the curve of a turbine that does not run. */
const STILL: TurbineSpec = {
  name: 'still',
  diameterM: 1,
  hubHeightM: 1,
  refAirDensityKgM3: 1.225,
  curve: tableCurve([0, 1], [0, 0], [0, 0]),
};

/** Turbine by case: runs by its own curve, stands still, or from `FIRST_MODE` on runs in a mode. */
export const RUNS = 0;
export const STOPPED = 1;
export const FIRST_MODE = 2;

/** The curves of a farm's turbines, of those that stand still, and of those that run in modes. */
export class FarmCurves {
  readonly #kinds: number;
  readonly #curves: readonly FastCurve[];

  constructor({ turbines, modeSpecs }: Farm) {
    this.#kinds = turbines.length;
    this.#curves = [...turbines, ...turbines.map(() => STILL), ...(modeSpecs ?? [])].map(
      (turbine) => new FastCurve(turbine),
    );
  }

  /** @param operation `RUNS`, `STOPPED`, or a mode */
  of(kind: number, operation = RUNS): FastCurve {
    return this.#curves[operation * this.#kinds + kind];
  }

  /** Speeds [m/s] at which power or thrust jumps, of all turbines in any operation or in these. */
  jumps(operations: ArrayLike<number> = [RUNS]): number[] {
    return [...new Set(Array.from(operations))].flatMap((operation) =>
      Array.from({ length: this.#kinds }, (_, kind) => this.of(kind, operation).jumpsMPerS).flat(),
    );
  }
}

/** Speeds of both rows of each jump of the curve, and the ends of the table if the curve jumps there. */
function jumpsOf(curve: TurbineCurve): number[] {
  if (curve.kind === 'cubic') return [curve.cutOutMPerS];
  const { wsMPerS, powerKw, ct, below, above } = curve;
  const speeds = [Number.NEGATIVE_INFINITY, ...wsMPerS, Number.POSITIVE_INFINITY];
  const powers = [below.powerKw, ...powerKw, above.powerKw];
  const thrusts = ct ? [below.ct, ...ct, above.ct] : [];
  return speeds.filter((_, row) =>
    [row - 1, row + 1].some((other) => {
      const isClose = !Number.isFinite(speeds[other]) || Math.abs(speeds[other] - speeds[row]) <= STEEP_MS;
      return isClose && (powers[other] !== powers[row] || thrusts[other] !== thrusts[row]);
    }),
  );
}

function readCubic(
  curve: CubicCurve,
  ws: Float64Array,
  at: number,
  count: number,
  power: Float64Array,
  ct: Float64Array,
  slopes: CurveSlopes | null,
): void {
  const { cutInMPerS, ratedMPerS, cutOutMPerS, ratedKw } = curve;
  const scale = 1 / (ratedMPerS - cutInMPerS);
  for (let i = at; i < at + count; i++) {
    const v = ws[i];
    const share = (v - cutInMPerS) * scale;
    const isPartial = v > cutInMPerS && v < ratedMPerS;
    power[i] = isPartial ? ratedKw * share * share * share : v >= ratedMPerS && v <= cutOutMPerS ? ratedKw : 0;
    ct[i] = curve.ct;
    if (slopes) {
      slopes.power[i] = isPartial ? 3 * ratedKw * scale * share * share : 0;
      slopes.ct[i] = 0;
    }
  }
}
