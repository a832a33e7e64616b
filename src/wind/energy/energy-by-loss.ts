/** The energy of a turbine as a function of the share of the wind speed that it loses, by direction. */
import { remembered } from '../../lib/remembered.ts';
import type { CubicCurve, TableCurve, TurbineCurve } from '../turbine/turbine.ts';
import { HOURS_PER_YEAR } from './energy.ts';

/** A part of a power curve between two speeds: c0 + c1 t + c2 t^2 + c3 t^3 with t = v - from [kW]. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly c: readonly [number, number, number, number];
}

const cubicPieces = ({ cutInMPerS, ratedMPerS, cutOutMPerS, ratedKw }: CubicCurve): Piece[] => [
  { from: cutInMPerS, to: ratedMPerS, c: [0, 0, 0, ratedKw / (ratedMPerS - cutInMPerS) ** 3] },
  { from: ratedMPerS, to: cutOutMPerS, c: [ratedKw, 0, 0, 0] },
];

const tablePieces = ({ wsMPerS, powerKw, below, above }: TableCurve): Piece[] => [
  { from: Number.NEGATIVE_INFINITY, to: wsMPerS[0], c: [below.powerKw, 0, 0, 0] },
  ...wsMPerS.slice(1).map((to, row): Piece => {
    const slope = (powerKw[row + 1] - powerKw[row]) / (to - wsMPerS[row]);
    return { from: wsMPerS[row], to, c: [powerKw[row], slope, 0, 0] };
  }),
  { from: wsMPerS[wsMPerS.length - 1], to: Number.POSITIVE_INFINITY, c: [above.powerKw, 0, 0, 0] },
];

const piecesOf = (curve: TurbineCurve): Piece[] => (curve.kind === 'cubic' ? cubicPieces(curve) : tablePieces(curve));

/** Coefficients of an interval */
const TERMS = 4;
/** Breaks that are nearer than this are one [share of the speed] */
const SAME = 1e-12;

export interface LossWeights {
  readonly curve: TurbineCurve;
  /** Wind speeds of the cases, at the turbine without wakes [m/s] */
  readonly speedsMPerS: ArrayLike<number>;
  /** Probability by [direction * cases + case] */
  readonly probability: ArrayLike<number>;
  readonly directions: number;
  /** Loss of each case divided by the loss that is given to `at`; left out: 1 */
  readonly ratios?: ArrayLike<number>;
}

/**
 * E(L) = hours sum_s p_s P(u_s (1 - r_s L)). Between the losses at which a speed reaches a row of the power curve it is a
 * polynomial, which is computed once: the function is exact and takes the same time for any number of speeds.
 */
export class EnergyByLoss {
  /** First interval of each direction; one entry more than directions */
  readonly #first: Int32Array;
  readonly #breaks: Float64Array;
  readonly #terms: Float64Array;
  /** Interval to begin with, by [direction * cells + cell] */
  readonly #cells: Int32Array;
  readonly #cellsOfDirection: number;
  readonly #free: Float64Array;
  /** dE/dL [kWh] of the last call of `at` */
  slope = 0;

  constructor(weights: LossWeights) {
    const { curve, speedsMPerS, probability, directions, ratios } = weights;
    const pieces = piecesOf(curve);
    const cases = speedsMPerS.length;
    const first = [0];
    const breaks: number[] = [];
    const terms: number[] = [];
    this.#free = new Float64Array(directions);
    for (let d = 0; d < directions; d++) {
      const blowing: { u: number; scale: number; hours: number; row: number }[] = [];
      for (let s = 0; s < cases; s++) {
        const hours = HOURS_PER_YEAR * probability[d * cases + s];
        if (hours > 0)
          blowing.push({
            u: speedsMPerS[s],
            scale: speedsMPerS[s] * (ratios?.[s] ?? 1),
            hours,
            row: pieces.length - 1,
          });
      }
      for (const { u, hours } of blowing) this.#free[d] += hours * powerAt(pieces, u);
      const losses = [0, 1];
      for (const { u, scale } of blowing)
        for (const { from } of pieces) {
          const loss = (u - from) / scale;
          if (loss > 0 && loss < 1) losses.push(loss);
        }
      losses.sort((a, b) => a - b);
      const apart = losses.filter((loss, k) => k === 0 || loss - losses[k - 1] > SAME);
      apart.forEach((loss, k) => {
        const middle = k + 1 < apart.length ? 0.5 * (loss + apart[k + 1]) : loss;
        const sum = [0, 0, 0, 0];
        for (const wind of blowing) {
          const { u, scale, hours } = wind;
          // Speeds fall as losses rise, and so do their rows.
          const v = u - scale * middle;
          while (wind.row >= 0 && v <= pieces[wind.row].from) wind.row--;
          if (wind.row < 0 || v > pieces[wind.row].to) continue;
          const { from, c } = pieces[wind.row];
          if (c[1] === 0 && c[3] === 0) {
            sum[0] += hours * c[0];
            continue;
          }
          // P as a polynomial in the loss beyond the break: t = a - scale (L - break)
          const a = u - scale * loss - from;
          sum[0] += hours * (c[0] + a * (c[1] + a * (c[2] + a * c[3])));
          sum[1] -= hours * scale * (c[1] + a * (2 * c[2] + 3 * a * c[3]));
          sum[2] += hours * scale * scale * (c[2] + 3 * a * c[3]);
          sum[3] -= hours * scale * scale * scale * c[3];
        }
        breaks.push(loss);
        terms.push(...sum);
      });
      first.push(breaks.length);
    }
    this.#first = Int32Array.from(first);
    this.#breaks = Float64Array.from(breaks);
    this.#terms = Float64Array.from(terms);
    const most = first.slice(1).reduce((max, end, d) => Math.max(max, end - first[d]), 0);
    this.#cellsOfDirection = 2 * most;
    this.#cells = new Int32Array(directions * this.#cellsOfDirection);
    for (let d = 0; d < directions; d++) {
      let k = first[d];
      for (let cell = 0; cell < this.#cellsOfDirection; cell++) {
        while (k + 1 < first[d + 1] && breaks[k + 1] <= cell / this.#cellsOfDirection) k++;
        this.#cells[d * this.#cellsOfDirection + cell] = k;
      }
    }
  }

  /** Returns its tables as a device reads them: by direction, and the intervals. */
  packed() {
    return {
      free: this.#free,
      first: this.#first,
      cells: this.#cells,
      cellsOfDirection: this.#cellsOfDirection,
      breaks: this.#breaks,
      terms: this.#terms,
    };
  }

  /** Returns the energy of a turbine without wakes [kWh a year]. */
  free(direction: number): number {
    return this.#free[direction];
  }

  /** Returns the energy of a turbine [kWh a year] that loses a share of the speed, 0 to 1; a larger one counts as 1. */
  at(direction: number, loss: number): number {
    if (!(loss > 0)) return this.#free[direction];
    const share = Math.min(loss, 1);
    const breaks = this.#breaks;
    const terms = this.#terms;
    const cells = this.#cellsOfDirection;
    let k = this.#cells[direction * cells + (loss < 1 ? (share * cells) | 0 : cells - 1)];
    const end = this.#first[direction + 1] - 1;
    while (k < end && breaks[k + 1] <= share) k++;
    const t = share - breaks[k];
    const at = TERMS * k;
    return terms[at] + t * (terms[at + 1] + t * (terms[at + 2] + t * terms[at + 3]));
  }

  /** As `at`; also leaves the derivative by the loss in `slope`. */
  withSlope(direction: number, loss: number): number {
    const share = Math.min(Math.max(loss, 0), 1);
    const breaks = this.#breaks;
    const terms = this.#terms;
    const cells = this.#cellsOfDirection;
    let k = this.#cells[direction * cells + (loss < 1 ? (share * cells) | 0 : cells - 1)];
    const end = this.#first[direction + 1] - 1;
    while (k < end && breaks[k + 1] <= share) k++;
    const t = share - breaks[k];
    const at = TERMS * k;
    this.slope = terms[at + 1] + t * (2 * terms[at + 2] + t * 3 * terms[at + 3]);
    if (share === 0) return this.#free[direction];
    return terms[at] + t * (terms[at + 1] + t * (terms[at + 2] + t * terms[at + 3]));
  }
}

/** Farms of one thread whose tables are kept: a search has two, and its slices build them again and again. */
const KEPT = 4;

/** Returns the energy by loss of these weights, which nobody may change afterwards. */
export const energyByLoss = remembered((weights: LossWeights) => new EnergyByLoss(weights), KEPT);

/**
 * Returns a curve without the rows that straight lines between the others reproduce: it needs fewer intervals.
 * @param tolerance error of the power, as a share of the highest one
 */
export function thinned(curve: TurbineCurve, tolerance: number): TurbineCurve {
  if (curve.kind !== 'table') return curve;
  const { wsMPerS, powerKw, ct } = curve;
  const error = tolerance * powerKw.reduce((most, p) => Math.max(most, p), 0);
  const last = wsMPerS.length - 1;
  const rows = [0];
  // Slopes of lines from the last row kept that pass all rows since then
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let row = 1; row <= last; row++) {
    const slope = (anchor: number, off: number) =>
      (powerKw[row] + off - powerKw[anchor]) / (wsMPerS[row] - wsMPerS[anchor]);
    let anchor = rows[rows.length - 1];
    if (slope(anchor, 0) < least || slope(anchor, 0) > most) {
      anchor = row - 1;
      rows.push(anchor);
      [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    }
    least = Math.max(least, slope(anchor, -error));
    most = Math.min(most, slope(anchor, error));
  }
  if (last > 0) rows.push(last);
  const of = (values: readonly number[]) => rows.map((row) => values[row]);
  return { ...curve, wsMPerS: of(wsMPerS), powerKw: of(powerKw), ct: ct && of(ct) };
}

/** No power */
const NOTHING: Piece = { from: 0, to: 0, c: [0, 0, 0, 0] };

/** Returns the piece below whose end a speed lies, or at it. */
function pieceAt(pieces: readonly Piece[], v: number): Piece {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle].to < v) low = middle + 1;
    else high = middle;
  }
  const piece = pieces[low];
  return v > piece.from && v <= piece.to ? piece : NOTHING;
}

/** Returns the power at a speed [kW]; at a row of the curve, that of the row. */
function powerAt(pieces: readonly Piece[], v: number): number {
  const { from, c } = pieces.find((piece) => piece.from === v && Number.isFinite(piece.to)) ?? pieceAt(pieces, v);
  if (c[1] === 0 && c[3] === 0) return c[0];
  const t = v - from;
  return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
}
