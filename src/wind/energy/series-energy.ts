/** Energy of a farm by a time series of wind: each step with its own direction, speed and turbulence. */
import { guard } from '../check.ts';
import type { Farm } from '../turbine/farm.ts';
import { checkFarm } from '../turbine/farm.ts';
import type { FlorisOptions } from '../wakes/floris/gauss.ts';
import { FlorisSolver } from '../wakes/floris/gauss.ts';
import { FlowSolver } from '../wakes/flow-solver.ts';
import type { Speedups } from '../resource/resource-grid.ts';
import { powerKw } from '../turbine/turbine.ts';
import type { WakeModel } from '../wakes/wake-models.ts';
import { checkWakeModel } from '../wakes/wake-models.ts';
import { sectorOf } from '../resource/sectors.ts';

export interface SeriesInput {
  readonly farm: Farm;
  readonly model: WakeModel;
  /** Wind speed at the site's reference [m/s] and direction [deg], by step */
  readonly wsMPerS: ArrayLike<number>;
  readonly wdDeg: ArrayLike<number>;
  /** Ambient turbulence intensity [-]: one value, or one for each step */
  readonly ti: number | ArrayLike<number>;
  /** Length of a step [h] */
  readonly stepHours: number;
  readonly speedups?: Speedups;
  readonly floris?: FlorisOptions;
}

/** Power by step [kW], and energy by turbine of the steps that are done [kWh]. */
export interface SeriesSums {
  readonly netKw: Float64Array;
  readonly grossKw: Float64Array;
  readonly netByTurbine: Float64Array;
  readonly grossByTurbine: Float64Array;
  /**
   * Net energy and steps if each step counts by the frequency of its sector at the turbine divided by that at the
   * reference
   */
  readonly oftenNetByTurbine: Float64Array;
  readonly oftenByTurbine: Float64Array;
}

export class SeriesModel {
  readonly input: SeriesInput;
  readonly steps: number;
  readonly sums: SeriesSums;
  readonly #solver: FlowSolver | FlorisSolver;

  constructor(input: SeriesInput) {
    const { farm, model, wsMPerS, wdDeg, ti } = input;
    checkFarm(farm);
    checkWakeModel(model);
    guard.requireList('ws', wsMPerS);
    guard.requireList('wd', wdDeg);
    guard.requireSameLength('ws', wsMPerS, 'wd', wdDeg);
    guard.requirePositive('stepHours', input.stepHours);
    guard.requireNotNegative('ws', wsMPerS);
    if (typeof ti === 'number') guard.requirePositive('ti', ti);
    else {
      guard.requireSameLength('ti', ti, 'ws', wsMPerS);
      for (let i = 0; i < ti.length; i++) guard.requirePositive(`ti.${i}`, ti[i]);
    }
    this.input = input;
    this.steps = wsMPerS.length;
    const n = farm.xM.length;
    this.sums = {
      netKw: new Float64Array(this.steps),
      grossKw: new Float64Array(this.steps),
      netByTurbine: new Float64Array(n),
      grossByTurbine: new Float64Array(n),
      oftenNetByTurbine: new Float64Array(n),
      oftenByTurbine: new Float64Array(n),
    };
    this.#solver =
      model.kind === 'superposed' ? new FlowSolver(farm, model, 1) : new FlorisSolver(farm, model, 1, input.floris);
  }

  /** Adds the steps from `from` to before `to` to `sums`. */
  addSteps(from: number, to: number): void {
    const { farm, wsMPerS, wdDeg, ti, speedups, stepHours } = this.input;
    const { netKw, grossKw, netByTurbine, grossByTurbine, oftenNetByTurbine, oftenByTurbine } = this.sums;
    const { state } = this.#solver;
    const free = { wsMPerS: [0], ti: 0, speedup: undefined as readonly number[] | undefined };
    for (let step = from; step < to; step++) {
      free.wsMPerS[0] = wsMPerS[step];
      free.ti = typeof ti === 'number' ? ti : ti[step];
      const sector = speedups ? sectorOf(wdDeg[step], speedups.factors.length) : 0;
      free.speedup = speedups?.factors[sector];
      const frequency = speedups?.frequency?.[sector];
      this.#solver.solve(wdDeg[step], free);
      for (let k = 0; k < state.n; k++) {
        const i = state.order[k];
        const gross = powerKw(farm.turbines[farm.kind?.[i] ?? 0], state.uFree[k]);
        netKw[step] += state.power[k];
        grossKw[step] += gross;
        netByTurbine[i] += state.power[k] * stepHours;
        grossByTurbine[i] += gross * stepHours;
        const often = frequency ? frequency[i] : 1;
        oftenNetByTurbine[i] += state.power[k] * stepHours * often;
        oftenByTurbine[i] += often;
      }
    }
  }
}
