/** Annual energy of a farm: gross and net, by turbine and by direction, in parts that can run in parallel. */
import { guard, windError } from '../check.ts';
import { CurtailmentCosts, type CurtailmentSums, noCosts } from '../operation/costs.ts';
import { RoseScenes } from '../operation/rose-scenes.ts';
import type { Curtailment, Scene } from '../operation/rules.ts';
import type { Farm } from '../turbine/farm.ts';
import { checkFarm, FastCurve, ownCount } from '../turbine/farm.ts';
import type { FlorisOptions } from '../wakes/floris/gauss.ts';
import { FlorisSolver } from '../wakes/floris/gauss.ts';
import type { FreeStream, Gradient, SolveOptions } from '../wakes/flow-solver.ts';
import { FlowSolver } from '../wakes/flow-solver.ts';
import { SiteWind } from '../resource/site-wind.ts';
import type { SpeedupGrid, Speedups } from '../resource/resource-grid.ts';
import { speedupsAt, withHubFactors } from '../resource/resource-grid.ts';
import type { WakeModel } from '../wakes/wake-models.ts';
import { checkWakeModel } from '../wakes/wake-models.ts';
import type { WindRose } from '../resource/wind-rose.ts';
import { checkRose, wholeOf } from '../resource/wind-rose.ts';

export const HOURS_PER_YEAR = 8760;

export interface EnergyInput {
  readonly farm: Farm;
  readonly model: WakeModel;
  readonly rose: WindRose;
  /** Ambient turbulence intensity [-]: one value, or one for each direction of the rose */
  readonly ti: number | ArrayLike<number>;
  readonly speedups?: Speedups;
  /** Speed-ups by position instead: they are evaluated again when turbines move, and the gradient includes them */
  readonly resourceGrid?: SpeedupGrid;
  /**
   * Speed at the hub of each kind of turbine over the resource's, by [sector][kind]; in addition to speed-ups by
   * position
   */
  readonly hubFactors?: readonly (readonly number[])[];
  readonly floris?: FlorisOptions;
  /** What the grid takes of the own turbines together, and the share of their power that reaches it */
  readonly exportLimit?: ExportLimit;
  /** Rules of the own turbines that a rose can carry; `farm.modeSpecs` has their curves */
  readonly curtailment?: Curtailment;
}

export interface ExportLimit {
  readonly limitKw: number;
  /** Power at the grid divided by that of the turbines [1] */
  readonly factor: number;
}

/** Returns the power beyond the limit, at the grid [kW]. */
export const beyondLimit = (turbinesKw: number, { limitKw, factor }: ExportLimit): number =>
  Math.max(0, turbinesKw * factor - limitKw);

/** Energy in kWh a year. */
export interface EnergySums {
  readonly netByTurbine: Float64Array;
  readonly grossByTurbine: Float64Array;
  readonly netByDirection: Float64Array;
  readonly grossByDirection: Float64Array;
  /** Energy at the grid beyond the export limit, by direction */
  readonly beyondLimitByDirection: Float64Array;
  /** What rules take of the net energies, which do not contain it */
  readonly curtailment?: CurtailmentSums;
}

/** A year has 8,760 hours here. */
export function checkEnergyInput(input: EnergyInput): void {
  checkFarm(input.farm);
  checkWakeModel(input.model);
  checkRose(input.rose);
  const directions = input.rose.directionsDeg.length;
  if (typeof input.ti === 'number') guard.requirePositive('ti', input.ti);
  else {
    if (input.ti.length !== directions)
      throw windError(`ti has ${input.ti.length} values; expected one, or ${directions}, one a direction`, '/ti');
    for (let d = 0; d < directions; d++) guard.requirePositive(`ti.${d}`, input.ti[d]);
  }
  const { speedups, resourceGrid, hubFactors } = input;
  if (hubFactors) checkHubFactors(hubFactors, input.farm);
  if (speedups && resourceGrid) throw windError('speedups and resource_grid are both given; expected one of them');
  if (!speedups) return;
  const n = input.farm.xM.length;
  if (speedups.factors.length === 0) throw windError('speedups has no sectors; expected at least one', '/speedups');
  speedups.factors.forEach((row, sector) => {
    if (row.length !== n)
      throw windError(`speedups[${sector}] has ${row.length} values; expected ${n}, one a turbine`, '/speedups');
    for (const factor of row) guard.requirePositive(`speedups.${sector}`, factor);
  });
}

/** Checks the hub factors. @throws AppError unless there is a factor for each kind of turbine in each sector */
function checkHubFactors(hubFactors: readonly (readonly number[])[], farm: Farm): void {
  if (hubFactors.length === 0) throw windError('hub_factors has no sectors; expected at least one');
  hubFactors.forEach((row, sector) => {
    if (row.length !== farm.turbines.length)
      throw windError(`hub_factors[${sector}] has ${row.length} values; expected ${farm.turbines.length}, one a kind`);
    for (const factor of row) guard.requirePositive(`hubFactors.${sector}`, factor);
  });
}

export const emptySums = (turbines: number, directions: number, curtailment?: Curtailment): EnergySums => ({
  ...(curtailment && { curtailment: noCosts(curtailment.rules.length, turbines) }),
  netByTurbine: new Float64Array(turbines),
  grossByTurbine: new Float64Array(turbines),
  netByDirection: new Float64Array(directions),
  grossByDirection: new Float64Array(directions),
  beyondLimitByDirection: new Float64Array(directions),
});

export const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/** Number of cases of all pairs of turbines from which compiling WebAssembly pays even for a single computation. */
const VECTOR_WORK = 1e6;

/** Computes energies with buffers made once; keep one for repeated calls, as the layout search does. */
export class EnergyModel {
  readonly input: EnergyInput;
  readonly directions: number;
  readonly #solver: FlowSolver | FlorisSolver;
  /** Solves turbines that stop or run in modes: without vectors */
  #operated: FlowSolver | FlorisSolver | null = null;
  readonly #scenes: RoseScenes | null;
  readonly #costs: CurtailmentCosts | null;
  readonly #scenesOfDirection = new Map<number, Scene[] | null>();
  readonly #speeds: Float64Array;
  readonly #columns: Int32Array;
  readonly #curves: readonly FastCurve[];
  readonly #kind: Int32Array;
  readonly #weights: Float64Array;
  /** Gross power [kW] by [turbine * speeds + speed]; without speed-ups of each kind, else of each turbine in the sector */
  readonly #gross: Float64Array;
  readonly #scratch: Float64Array;
  readonly #unused: Float64Array;
  #grossSector = Number.NaN;
  readonly #place: SiteWind;
  readonly #own: number;
  /** Shares of neighbours are 0 in a farm that has some */
  readonly #ownShare: Float64Array | null;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #speedupAdjoint: Float64Array;

  constructor(input: EnergyInput) {
    checkEnergyInput(input);
    this.input = input;
    const { farm, model, rose } = input;
    this.directions = rose.directionsDeg.length;
    // Speeds that never occur are left out.
    const all = rose.speedsMPerS.length;
    const occurs = Array.from({ length: all }, (_, s) => s).filter((s) =>
      rose.directionsDeg.some((_, d) => rose.probability[d * all + s] > 0),
    );
    this.#columns = Int32Array.from(occurs);
    this.#speeds = Float64Array.from(occurs, (s) => rose.speedsMPerS[s]);
    const cases = this.#speeds.length;
    const vectors = this.directions * cases * farm.xM.length ** 2 >= VECTOR_WORK;
    this.#solver =
      model.kind === 'superposed'
        ? new FlowSolver(farm, model, cases, { vectors })
        : new FlorisSolver(farm, model, cases, input.floris);
    this.#curves = farm.turbines.map((turbine) => new FastCurve(turbine));
    const n = farm.xM.length;
    const { curtailment } = input;
    this.#scenes = curtailment ? new RoseScenes(curtailment, rose, this.#columns, farm) : null;
    this.#costs = curtailment ? new CurtailmentCosts(curtailment, n) : null;
    this.#kind = Int32Array.from({ length: n }, (_, i) => farm.kind?.[i] ?? 0);
    this.#own = ownCount(farm);
    this.#ownShare = this.#own < n ? new Float64Array(n * cases) : null;
    this.#x = Float64Array.from(farm.xM);
    this.#y = Float64Array.from(farm.yM);
    this.#speedupAdjoint = new Float64Array(n);
    this.#place = new SiteWind(rose, this.#speeds, n);
    const speedups = this.#speedupsOfPlaces();
    if (input.exportLimit && speedups?.frequency)
      throw windError(
        'export_limit_kw needs winds that blow at all turbines at once, and this resource has other frequencies at each turbine; expected a series',
        '/export_limit_kw',
      );
    this.#place.set(speedups);
    this.#weights = new Float64Array(cases);
    this.#gross = new Float64Array(n * cases);
    this.#scratch = new Float64Array(cases);
    this.#unused = new Float64Array(n * cases);
  }

  get turbines(): number {
    return this.#kind.length;
  }

  /**
   * Moves the turbines [m]. Speed-ups by turbine do not change; those of a resource grid are evaluated at the new
   * positions.
   */
  move(x: ArrayLike<number>, y: ArrayLike<number>): void {
    this.#solver.move(x, y);
    this.#x.set(x);
    this.#y.set(y);
    if (!this.input.resourceGrid) return;
    this.#place.set(this.#speedupsOfPlaces());
    this.#grossSector = Number.NaN;
  }

  #speedupsOfPlaces(): Speedups | undefined {
    const { resourceGrid, speedups, hubFactors } = this.input;
    const base = resourceGrid ? speedupsAt(resourceGrid, this.#x, this.#y) : speedups;
    return withHubFactors(base, hubFactors, this.#kind);
  }

  #prepareGross(sector: number): void {
    if (this.#grossSector === sector) return;
    this.#grossSector = sector;
    const cases = this.#speeds.length;
    const { factors } = this.#place;
    for (let i = 0; i < this.turbines; i++) {
      for (let s = 0; s < cases; s++) this.#scratch[s] = this.#speeds[s] * (factors ? factors[i] : 1);
      this.#curves[this.#kind[i]].read(this.#scratch, 0, cases, this.#weights, this.#unused, null);
      this.#gross.set(this.#weights, i * cases);
    }
  }

  #freeStream(direction: number) {
    const { ti } = this.input;
    const wind = this.#place.turn(direction);
    return {
      wind,
      share: this.#place.weights ?? undefined,
      free: {
        wsMPerS: this.#speeds,
        ti: typeof ti === 'number' ? ti : ti[direction],
        speedup: this.#place.factors,
      },
    };
  }

  /** Sets the hours per year of each case of a direction. @returns their sum */
  #setWeights(direction: number): number {
    const { probability, speedsMPerS } = this.input.rose;
    let sum = 0;
    for (let s = 0; s < this.#columns.length; s++) {
      this.#weights[s] = HOURS_PER_YEAR * probability[direction * speedsMPerS.length + this.#columns[s]];
      sum += this.#weights[s];
    }
    return sum;
  }

  /**
   * Adds the energies of the directions from `from` to before `to` to `sums`.
   * @param yawDeg misalignment by [direction][turbine]; left out: none
   */
  addDirections(from: number, to: number, sums: EnergySums, yawDeg?: readonly (readonly number[])[]): void {
    const n = this.turbines;
    const cases = this.#speeds.length;
    const { state } = this.#solver;
    const weights = this.#weights;
    for (let d = from; d < to; d++) {
      if (this.#setWeights(d) === 0) continue;
      const { wind, share, free } = this.#freeStream(d);
      this.#prepareGross(wind);
      this.#setWeights(d);
      const direction = this.input.rose.directionsDeg[d];
      const yaw = yawDeg?.[d];
      if (this.#solver instanceof FlorisSolver) this.#solver.solve(direction, free, { yawDeg: yaw });
      else if (yaw?.some((angle) => angle !== 0)) this.#solveYawed(this.#solver, direction, free, yaw);
      else this.#solver.solve(direction, free);
      const { power, order } = state;
      let netOfDirection = 0;
      let grossOfDirection = 0;
      for (let k = 0; k < n; k++) {
        const i = order[k];
        let net = 0;
        let gross = 0;
        for (let s = 0; s < cases; s++) {
          const weight = share ? weights[s] * share[i * cases + s] : weights[s];
          net += weight * power[k * cases + s];
          gross += weight * this.#gross[i * cases + s];
        }
        sums.netByTurbine[i] += net;
        sums.grossByTurbine[i] += gross;
        if (i >= this.#own) continue;
        netOfDirection += net;
        grossOfDirection += gross;
      }
      sums.netByDirection[d] += netOfDirection;
      if (yaw === undefined) this.#addRules(d, direction, free, share, sums);
      else if (this.input.exportLimit) sums.beyondLimitByDirection[d] += this.#beyondLimit(this.#powers(this.#solver));
      sums.grossByDirection[d] += grossOfDirection;
    }
  }

  /** Adds what the rules take of the direction solved last, and what the grid does not take of the rest. */
  #addRules(d: number, direction: number, free: FreeStream, share: Float64Array | undefined, sums: EnergySums): void {
    const { exportLimit } = this.input;
    const scenes = this.#scenesOf(d);
    if (!scenes || !this.#costs || !sums.curtailment) {
      if (exportLimit) sums.beyondLimitByDirection[d] += this.#beyondLimit(this.#powers(this.#solver));
      return;
    }
    const asFree = this.#powers(this.#solver);
    const powers = this.#costs.add(sums.curtailment, scenes, this.#weights, share, (operation) =>
      operation ? this.#powers(this.#solveOperated(direction, free, { operation })) : asFree,
    );
    if (exportLimit)
      scenes.forEach((scene, k) => {
        sums.beyondLimitByDirection[d] += this.#beyondLimit(powers[k], scene.share);
      });
  }

  /** Returns the scenes of a direction of the rose; null where all turbines run. */
  #scenesOf(d: number): readonly Scene[] | null {
    if (!this.#scenes) return null;
    const { factors } = this.#place;
    // Without speed-ups nothing changes when turbines move.
    const known = factors ? undefined : this.#scenesOfDirection.get(d);
    if (known !== undefined) return known;
    const scenes = this.#scenes.of(d, factors);
    if (!factors) this.#scenesOfDirection.set(d, scenes);
    return scenes;
  }

  #solveOperated(direction: number, free: FreeStream, options: SolveOptions): FlowSolver | FlorisSolver {
    const { farm, model, floris } = this.input;
    const cases = this.#speeds.length;
    this.#operated ??=
      model.kind === 'superposed' ? new FlowSolver(farm, model, cases) : new FlorisSolver(farm, model, cases, floris);
    this.#operated.move(this.#x, this.#y);
    this.#operated.solve(direction, free, options);
    return this.#operated;
  }

  /** Returns a copy of the powers of the direction solved last [kW], by [turbine * cases + case]. */
  #powers({ state: { power, order } }: FlowSolver | FlorisSolver): Float64Array {
    const cases = this.#speeds.length;
    const powers = new Float64Array(this.turbines * cases);
    for (let k = 0; k < this.turbines; k++) powers.set(power.subarray(k * cases, (k + 1) * cases), order[k] * cases);
    return powers;
  }

  /**
   * Returns the energy that the grid does not take [kWh].
   * @param powers [kW] by [turbine * cases + case]  @param share of the time of each case; left out: all
   */
  #beyondLimit(powers: Float64Array, share?: Float64Array): number {
    const { exportLimit } = this.input;
    const cases = this.#speeds.length;
    let beyond = 0;
    for (let s = 0; exportLimit && s < cases; s++) {
      let farmKw = 0;
      for (let i = 0; i < this.#own; i++) farmKw += powers[i * cases + s];
      beyond += this.#weights[s] * (share ? share[s] : 1) * beyondLimit(farmKw, exportLimit);
    }
    return beyond;
  }

  #single: FlowSolver | null = null;

  /**
   * Solves the speeds one by one, because the deflection of wakes depends on speed; the powers are then in the solver's
   * state.
   */
  #solveYawed(solver: FlowSolver, direction: number, free: FreeStream, yawDeg: readonly number[]): void {
    const { farm } = this.input;
    this.#single ??= new FlowSolver(farm, solver.model, 1);
    const single = this.#single;
    single.move(this.#x, this.#y);
    const { n, cases, power, order } = solver.state;
    for (let s = 0; s < cases; s++) {
      const ti = typeof free.ti === 'number' ? free.ti : free.ti[s];
      single.solve(direction, { wsMPerS: [free.wsMPerS[s]], ti, speedup: free.speedup }, { yawDeg });
      for (let k = 0; k < n; k++) power[k * cases + s] = single.state.power[k];
    }
    order.set(single.state.order);
  }

  /**
   * Returns the energies of all directions.
   * @param yawDeg misalignment by [direction][turbine]; left out: none
   */
  energies(yawDeg?: readonly (readonly number[])[]): EnergySums {
    if (yawDeg && yawDeg.length !== this.directions)
      throw windError(`yaw has ${yawDeg.length} directions; expected ${this.directions}, those of the rose`, '/yaw');
    const sums = emptySums(this.turbines, this.directions, this.input.curtailment);
    this.addDirections(0, this.directions, sums, yawDeg);
    return sums;
  }

  /**
   * Returns the net energy [kWh] of the directions from `from` to before `to`; adds its gradient with respect to the
   * turbines' coordinates [kWh/m]. Speed-ups by turbine are constant in the gradient; those of a resource grid are not.
   */
  netWithGradient(gradient: Gradient, from = 0, to = this.directions): number {
    const cases = this.#speeds.length;
    const { resourceGrid: grid, hubFactors } = this.input;
    const hub =
      hubFactors && ((sector: number, i: number) => hubFactors[hubFactors.length === 1 ? 0 : sector][this.#kind[i]]);
    let sum = 0;
    for (let d = from; d < to; d++) {
      if (this.#setWeights(d) === 0) continue;
      const { free, share: shareOfAll } = this.#freeStream(d);
      const share = this.#shareOfOwn(shareOfAll);
      for (const { weights, operation } of this.#scenesTogether(d)) {
        const solver = this.#solveScene(d, free, { withSlopes: true, operation });
        sum += this.#beyond(solver, weights) + this.#weighted(solver, weights, share);
        const adjointOfDeficit = grid && this.#speedupAdjoint.fill(0);
        solver.addGradient(weights, gradient, { speedupAdjoint: adjointOfDeficit, caseWeights: share });
        if (!grid || !adjointOfDeficit) continue;
        const energy = this.#unused;
        const { power, order } = solver.state;
        order.forEach((i, k) => {
          const isOwn = i < this.#own ? 1 : 0;
          for (let s = 0; s < cases; s++) energy[i * cases + s] = isOwn * weights[s] * power[k * cases + s];
        });
        this.#place.addGradient({ grid, x: this.#x, y: this.#y, hub }, adjointOfDeficit, energy, gradient);
      }
    }
    return sum;
  }

  /** Returns how the turbines run under all rules in a direction, and the hours of each case in which they do. */
  #scenesTogether(d: number): readonly { weights: Float64Array; operation: Uint8Array | null }[] {
    const scenes = this.#scenesOf(d);
    // The limit sets weights to 0.
    if (!scenes || !this.#costs)
      return [{ weights: this.input.exportLimit ? this.#weights.slice() : this.#weights, operation: null }];
    const { operations } = this.#costs;
    return scenes.map((scene) => ({
      weights: this.#weights.map((weight, s) => weight * scene.share[s]),
      operation: operations.of(scene, scene.acts.keys()),
    }));
  }

  #solveScene(d: number, free: FreeStream, options: SolveOptions): FlowSolver | FlorisSolver {
    const direction = this.input.rose.directionsDeg[d];
    if (options.operation) return this.#solveOperated(direction, free, options);
    this.#solver.solve(direction, free, options);
    return this.#solver;
  }

  /**
   * Returns what the grid takes of the cases in which the farm reaches the export limit [kWh], before losses, and sets their weights
   * to 0: there the energy does not depend on the places.
   */
  #beyond({ state: { power, order } }: FlowSolver | FlorisSolver, weights: Float64Array): number {
    const { exportLimit } = this.input;
    if (!exportLimit) return 0;
    const cases = this.#speeds.length;
    const mostKw = exportLimit.limitKw / exportLimit.factor;
    let sum = 0;
    for (let s = 0; s < cases; s++) {
      let farmKw = 0;
      for (let k = 0; k < this.turbines; k++) if (order[k] < this.#own) farmKw += power[k * cases + s];
      if (farmKw <= mostKw) continue;
      sum += weights[s] * mostKw;
      weights[s] = 0;
    }
    return sum;
  }

  /**
   * Returns the net energy [kWh] of the direction solved last.
   * @param weights hours by case  @param share weights by [turbine * cases + case]; left out: 1
   */
  #weighted(
    { state: { power, order } }: FlowSolver | FlorisSolver,
    weights: Float64Array,
    share: ArrayLike<number> | undefined,
  ): number {
    const cases = this.#speeds.length;
    let sum = 0;
    for (let k = 0; k < this.turbines; k++) {
      if (!share) {
        for (let s = 0; s < cases; s++) sum += weights[s] * power[k * cases + s];
        continue;
      }
      const own = order[k] * cases;
      for (let s = 0; s < cases; s++) sum += weights[s] * share[own + s] * power[k * cases + s];
    }
    return sum;
  }

  /** Returns the mean of the free speeds at each turbine [m/s], at all speeds of the rose and outside of its bins. */
  meanSpeeds(): Float64Array {
    const { frequency, meanMPerS } = wholeOf(this.input.rose);
    const means = new Float64Array(this.turbines);
    const sums = new Float64Array(this.turbines);
    for (let d = 0; d < this.directions; d++) {
      this.#place.turn(d);
      const { factors, often } = this.#place;
      for (let i = 0; i < this.turbines; i++) {
        const weight = frequency[d] * (often ? often[i] : 1);
        sums[i] += weight;
        means[i] += weight * meanMPerS[d] * (factors ? factors[i] : 1);
      }
    }
    return means.map((mean, i) => mean / sums[i]);
  }

  /** Returns the net energy of the own turbines [kWh] of all directions. */
  net(): number {
    let sum = 0;
    for (let d = 0; d < this.directions; d++) {
      if (this.#setWeights(d) === 0) continue;
      const { free, share } = this.#freeStream(d);
      const ofOwn = this.#shareOfOwn(share);
      for (const { weights, operation } of this.#scenesTogether(d)) {
        const solver = this.#solveScene(d, free, { operation });
        sum += this.#beyond(solver, weights) + this.#weighted(solver, weights, ofOwn);
      }
    }
    return sum;
  }

  /** Returns the shares with those of neighbours set to 0. */
  #shareOfOwn(share: Float64Array | undefined): Float64Array | undefined {
    if (!this.#ownShare) return share;
    const end = this.#own * this.#speeds.length;
    if (share) this.#ownShare.set(share);
    else this.#ownShare.fill(1);
    return this.#ownShare.fill(0, end);
  }
}
