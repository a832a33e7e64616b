/** Annual energy of a farm: gross and net, by turbine and by direction, in parts that can run in parallel. */
import { guard, windError } from '../check.ts';
import type { Farm } from '../turbine/farm.ts';
import { checkFarm, FastCurve } from '../turbine/farm.ts';
import type { FlorisOptions } from '../wakes/floris/gauss.ts';
import { FlorisSolver } from '../wakes/floris/gauss.ts';
import type { FreeStream, Gradient } from '../wakes/flow-solver.ts';
import { FlowSolver } from '../wakes/flow-solver.ts';
import { SiteWind } from '../resource/site-wind.ts';
import type { SpeedupGrid, Speedups } from '../resource/resource-grid.ts';
import { speedupsAt, withHubFactors } from '../resource/resource-grid.ts';
import type { WakeModel } from '../wakes/wake-models.ts';
import { checkWakeModel } from '../wakes/wake-models.ts';
import type { WindRose } from '../resource/wind-rose.ts';
import { checkRose } from '../resource/wind-rose.ts';

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
}

/** Energy in kWh a year. */
export interface EnergySums {
  readonly netByTurbine: Float64Array;
  readonly grossByTurbine: Float64Array;
  readonly netByDirection: Float64Array;
  readonly grossByDirection: Float64Array;
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

export const emptySums = (turbines: number, directions: number): EnergySums => ({
  netByTurbine: new Float64Array(turbines),
  grossByTurbine: new Float64Array(turbines),
  netByDirection: new Float64Array(directions),
  grossByDirection: new Float64Array(directions),
});

export const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/** Number of cases of all pairs of turbines from which compiling WebAssembly pays even for a single computation. */
const VECTOR_WORK = 1e6;

/** Computes energies with buffers made once; keep one for repeated calls, as the layout search does. */
export class EnergyModel {
  readonly input: EnergyInput;
  readonly directions: number;
  readonly #solver: FlowSolver | FlorisSolver;
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
    this.#kind = Int32Array.from({ length: n }, (_, i) => farm.kind?.[i] ?? 0);
    this.#x = Float64Array.from(farm.xM);
    this.#y = Float64Array.from(farm.yM);
    this.#speedupAdjoint = new Float64Array(n);
    this.#place = new SiteWind(rose, this.#speeds, n);
    this.#place.set(this.#speedupsOfPlaces());
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
        netOfDirection += net;
        grossOfDirection += gross;
      }
      sums.netByDirection[d] += netOfDirection;
      sums.grossByDirection[d] += grossOfDirection;
    }
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
    const sums = emptySums(this.turbines, this.directions);
    this.addDirections(0, this.directions, sums, yawDeg);
    return sums;
  }

  /**
   * Returns the net energy [kWh] of the directions from `from` to before `to`; adds its gradient with respect to the
   * turbines' coordinates [kWh/m]. Speed-ups by turbine are constant in the gradient; those of a resource grid are not.
   */
  netWithGradient(gradient: Gradient, from = 0, to = this.directions): number {
    const solver = this.#solver;
    const cases = this.#speeds.length;
    const weights = this.#weights;
    const { resourceGrid: grid, hubFactors } = this.input;
    const hub =
      hubFactors && ((sector: number, i: number) => hubFactors[hubFactors.length === 1 ? 0 : sector][this.#kind[i]]);
    const { power, order } = solver.state;
    let sum = 0;
    for (let d = from; d < to; d++) {
      if (this.#setWeights(d) === 0) continue;
      const { free, share } = this.#freeStream(d);
      solver.solve(this.input.rose.directionsDeg[d], free, { withSlopes: true });
      sum += this.#weighted(share);
      const adjointOfDeficit = grid && this.#speedupAdjoint.fill(0);
      solver.addGradient(weights, gradient, { speedupAdjoint: adjointOfDeficit, caseWeights: share });
      if (!grid || !adjointOfDeficit) continue;
      const energy = this.#unused;
      order.forEach((i, k) => {
        for (let s = 0; s < cases; s++) energy[i * cases + s] = weights[s] * power[k * cases + s];
      });
      this.#place.addGradient({ grid, x: this.#x, y: this.#y, hub }, adjointOfDeficit, energy, gradient);
    }
    return sum;
  }

  /**
   * Returns the net energy [kWh] of the direction solved last. @param share weights by [turbine * cases + case]; left
   * out: 1
   */
  #weighted(share: ArrayLike<number> | undefined): number {
    const { power, order } = this.#solver.state;
    const cases = this.#speeds.length;
    const weights = this.#weights;
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

  /** Returns the mean of the free speeds in the rose's bins at each turbine [m/s]. */
  meanSpeeds(): Float64Array {
    const cases = this.#speeds.length;
    const means = new Float64Array(this.turbines);
    const sums = new Float64Array(this.turbines);
    for (let d = 0; d < this.directions; d++) {
      if (this.#setWeights(d) === 0) continue;
      const { share, free } = this.#freeStream(d);
      for (let i = 0; i < this.turbines; i++)
        for (let s = 0; s < cases; s++) {
          const weight = share ? this.#weights[s] * share[i * cases + s] : this.#weights[s];
          sums[i] += weight;
          means[i] += weight * this.#speeds[s] * (free.speedup ? free.speedup[i] : 1);
        }
    }
    return means.map((mean, i) => mean / sums[i]);
  }

  /** Returns the net energy [kWh] of all directions. */
  net(): number {
    let sum = 0;
    for (let d = 0; d < this.directions; d++) {
      if (this.#setWeights(d) === 0) continue;
      const { free, share } = this.#freeStream(d);
      this.#solver.solve(this.input.rose.directionsDeg[d], free);
      sum += this.#weighted(share);
    }
    return sum;
  }
}
