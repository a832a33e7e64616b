/** How much wind a turbine takes from another one, as a table of their distances along the wind and across it. */
import { remembered } from '../../lib/remembered.ts';
import { FlorisSolver } from '../wakes/floris/gauss.ts';
import { FlowSolver } from '../wakes/flow-solver.ts';
import type { WakeModel } from '../wakes/wake-models.ts';
import type { Farm } from '../turbine/farm.ts';
import type { TurbineSpec } from '../turbine/turbine.ts';

export const ROWS = 512;
export const COLUMNS = 64;
export const STRIDE = COLUMNS + 2;
/** Below this share of the loss on the axis, and of the speed, nothing counts. */
const EDGE_SHARE = 3e-4;
const SMALLEST = 1e-6;
/** Distance at which losses at several speeds are compared [diameters]; in the middle of a usual farm */
const TYPICAL_DIAMETERS = 7;

export interface PairWind {
  readonly model: WakeModel;
  readonly turbine: TurbineSpec;
  readonly ti: number;
  readonly speedsMPerS: ArrayLike<number>;
  /** Index of the speed that the table is computed for */
  readonly at: number;
  /** Distance that the table must reach [m] */
  readonly farthestM: number;
}

/** Power of losses that adds up over the turbines upwind: 2 where roots of sums of squares are taken. */
export function additivePower(model: WakeModel): 1 | 2 | null {
  if (model.kind === 'floris_gauss') return 2;
  if (model.superposition === 'max') return null;
  return model.superposition === 'squared_sum' ? 2 : 1;
}

/** Losses of pairs of equal turbines, each to the power that adds up. Read by `at`; linear between its entries. */
export class PairLosses {
  /** Losses at each speed divided by that at the table's */
  readonly ratios: Float64Array;
  readonly #perM: number;
  /** Distance from the axis beyond which nothing counts [m], by row */
  readonly #reach: Float64Array;
  /** The larger one of a row and the next */
  readonly #widest: Float64Array;
  readonly #values: Float32Array;

  constructor(wind: PairWind) {
    const { model, turbine, farthestM } = wind;
    const power = additivePower(model) ?? 2;
    const probe = probeOf(wind);
    this.#perM = (ROWS - 1) / farthestM;
    this.#reach = new Float64Array(ROWS + 1);
    this.#values = new Float32Array((ROWS + 1) * STRIDE);
    for (let row = 0; row <= ROWS; row++) {
      // Nearer turbines than half a diameter stand abreast; the first row would be in the rotor itself.
      const along = Math.max(row / this.#perM, turbine.diameterM / 2);
      const across = (widest: number) => Array.from({ length: COLUMNS + 1 }, (_, c) => (widest * c) / COLUMNS);
      const widest = 4 * turbine.diameterM + 0.5 * along;
      const coarse = probe(along, across(widest));
      const least = Math.max(EDGE_SHARE * coarse[0], SMALLEST);
      const last = coarse.reduce((far, loss, c) => (loss > least ? c : far), 0);
      this.#reach[row] = (widest * Math.min(last + 1, COLUMNS)) / COLUMNS;
      probe(along, across(this.#reach[row])).forEach((loss, c) => {
        this.#values[row * STRIDE + c] = c === COLUMNS ? 0 : Math.max(0, loss) ** power;
      });
    }
    this.#widest = this.#reach.map((reach, row) => Math.max(reach, this.#reach[Math.min(row + 1, ROWS)]));
    this.ratios = ratiosOf(wind);
  }

  /** Returns the table as a device reads it: rows a metre, then the reach of each row, then the rows. */
  packed(): { readonly perM: number; readonly reach: ArrayLike<number>; readonly values: ArrayLike<number> } {
    return { perM: this.#perM, reach: this.#reach, values: this.#values };
  }

  /**
   * Returns the loss at the turbine downwind, to the power that adds up.
   * @param along, across distances, not negative [m]
   */
  at(along: number, across: number): number {
    const place = along * this.#perM;
    const row = place | 0;
    if (across >= this.#widest[row]) return 0;
    const part = place - row;
    const reach = this.#reach[row] + part * (this.#reach[row + 1] - this.#reach[row]);
    if (across >= reach) return 0;
    const column = (across / reach) * COLUMNS;
    const c = column | 0;
    const t = column - c;
    const near = row * STRIDE + c;
    const far = near + STRIDE;
    const v = this.#values;
    const a = v[near] + t * (v[near + 1] - v[near]);
    return a + part * (v[far] + t * (v[far + 1] - v[far]) - a);
  }
}

/** Returns the losses of these pairs; slices of a search ask for the same again and again. */
export const pairLosses = remembered((wind: PairWind) => new PairLosses(wind), 4);

/** A turbine that takes nothing from the wind. */
const ghostOf = (turbine: TurbineSpec): TurbineSpec => ({
  ...turbine,
  curve: {
    kind: 'table',
    wsMPerS: [0, 100],
    powerKw: [0, 1],
    ct: [0, 0],
    below: { powerKw: 0, ct: 0 },
    above: { powerKw: 1, ct: 0 },
  },
});

const solverOf = (farm: Farm, model: WakeModel, cases: number): FlowSolver | FlorisSolver =>
  model.kind === 'superposed' ? new FlowSolver(farm, model, cases) : new FlorisSolver(farm, model, cases);

/** Returns what computes the losses at places side by side, from a turbine upwind. */
function probeOf({ model, turbine, ti, speedsMPerS, at }: PairWind) {
  const places = COLUMNS + 1;
  const kind = Int32Array.from({ length: places + 1 }, (_, i) => (i === 0 ? 0 : 1));
  const none = new Float64Array(places + 1);
  const solver = solverOf({ xM: none, yM: none, turbines: [turbine, ghostOf(turbine)], kind }, model, 1);
  const free = { wsMPerS: [speedsMPerS[at]], ti };
  return (along: number, across: readonly number[]): Float64Array => {
    // Wind from the west: x is along it.
    solver.move([0, ...across.map(() => along)], [0, ...across]);
    solver.solve(270, free);
    const losses = new Float64Array(places);
    const source = solver.state.order.indexOf(0);
    solver.state.order.forEach((i, k) => {
      if (i > 0) losses[i - 1] = 1 - solver.state.uEff[k] / solver.state.uEff[source];
    });
    return losses;
  };
}

/** Returns the losses at all speeds on the axis, divided by that at the table's speed. */
function ratiosOf({ model, turbine, ti, speedsMPerS, at }: PairWind): Float64Array {
  const cases = speedsMPerS.length;
  const along = TYPICAL_DIAMETERS * turbine.diameterM;
  const farm = { xM: [0, along], yM: [0, 0], turbines: [turbine, ghostOf(turbine)], kind: [0, 1] };
  const solver = solverOf(farm, model, cases);
  solver.solve(270, { wsMPerS: speedsMPerS, ti });
  const { order, uEff } = solver.state;
  const [source, place] = [order.indexOf(0), order.indexOf(1)];
  const loss = Float64Array.from(speedsMPerS, (u, s) =>
    u > 0 ? 1 - uEff[place * cases + s] / uEff[source * cases + s] : 0,
  );
  return loss.map((one) => Math.max(0, one / loss[at]));
}
