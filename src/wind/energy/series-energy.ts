/** Energy of a farm by a time series of wind: each step with its own direction, speed and turbulence. */
import { guard } from '../check.ts';
import { CurtailmentCosts, type CurtailmentSums, noCosts } from '../operation/costs.ts';
import type { Curtailment } from '../operation/rules.ts';
import { type FlickerState, noFlicker, SeriesScenes } from '../operation/series-scenes.ts';
import type { Farm } from '../turbine/farm.ts';
import { checkFarm, ownCount } from '../turbine/farm.ts';
import type { FlorisOptions } from '../wakes/floris/gauss.ts';
import { FlorisSolver } from '../wakes/floris/gauss.ts';
import { FlowSolver, type FreeStream } from '../wakes/flow-solver.ts';
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
  /** Rules of the own turbines; `farm.modeSpecs` has their curves */
  readonly curtailment?: Curtailment;
}

/** Power of the own turbines by step [kW], and energy by turbine of the steps that are done [kWh]. */
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
  /** What rules take, which the sums above do not contain */
  readonly curtailment?: CurtailmentSums &
    FlickerState & {
      /** Power of the own turbines, by step [kW] */
      readonly kw: Float64Array;
    };
}

export class SeriesModel {
  readonly input: SeriesInput;
  readonly steps: number;
  readonly sums: SeriesSums;
  readonly #solver: FlowSolver | FlorisSolver;
  readonly #scenes: SeriesScenes | null = null;
  readonly #costs: CurtailmentCosts | null = null;

  constructor(input: SeriesInput) {
    const { farm, model, wsMPerS, wdDeg, ti, curtailment } = input;
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
      ...(curtailment && {
        curtailment: {
          ...noCosts(curtailment.rules.length, n),
          ...noFlicker(curtailment),
          kw: new Float64Array(this.steps),
        },
      }),
    };
    if (curtailment && this.sums.curtailment) {
      this.#scenes = new SeriesScenes(curtailment, farm, input, this.sums.curtailment);
      this.#costs = new CurtailmentCosts(curtailment, n);
    }
    this.#solver =
      model.kind === 'superposed' ? new FlowSolver(farm, model, 1) : new FlorisSolver(farm, model, 1, input.floris);
  }

  /** Adds the steps from `from` to before `to` to `sums`. */
  addSteps(from: number, to: number): void {
    const { farm, wsMPerS, wdDeg, ti, speedups, stepHours } = this.input;
    const { netKw, grossKw, netByTurbine, grossByTurbine, oftenNetByTurbine, oftenByTurbine } = this.sums;
    const { state } = this.#solver;
    const own = ownCount(farm);
    const free = { wsMPerS: [0], ti: 0, speedup: undefined as readonly number[] | undefined };
    this.#scenes?.prepare(from, to);
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
        if (i < own) {
          netKw[step] += state.power[k];
          grossKw[step] += gross;
        }
        netByTurbine[i] += state.power[k] * stepHours;
        grossByTurbine[i] += gross * stepHours;
        const often = frequency ? frequency[i] : 1;
        oftenNetByTurbine[i] += state.power[k] * stepHours * often;
        oftenByTurbine[i] += often;
      }
      this.#addRules(step, free);
    }
  }

  /** Adds what the rules take of the step solved last. */
  #addRules(step: number, free: FreeStream): void {
    const { curtailment } = this.sums;
    const scenes = this.#scenes?.of(step, free.speedup);
    if (!scenes || !this.#costs || !curtailment) return;
    const powers = (operation: Uint8Array | null) => {
      if (operation) this.#solver.solve(this.input.wdDeg[step], free, { operation });
      const { power, order } = this.#solver.state;
      const byTurbine = new Float64Array(order.length);
      order.forEach((i, k) => {
        byTurbine[i] = power[k];
      });
      return byTurbine;
    };
    const asFree = powers(null);
    const own = ownCount(this.input.farm);
    const weights = [this.input.stepHours];
    const ruled = this.#costs.add(curtailment, scenes, weights, undefined, (operation) =>
      operation ? powers(operation) : asFree,
    );
    ruled.forEach((byTurbine, k) => {
      for (let i = 0; i < own; i++) curtailment.kw[step] += scenes[k].share[0] * (asFree[i] - byTurbine[i]);
    });
  }
}
