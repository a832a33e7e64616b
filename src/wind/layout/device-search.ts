/**
 * Annealing of many starts at a time on a device. Each start depends only on the seed and its number, as in `LayoutSearch`; the
 * layouts that it keeps are evaluated by the processor in f64.
 */
import { batchOf, type Device, type DeviceShare, withWork } from '../../lib/device.ts';
import { Random } from '../../statistics/random.ts';
import { DeviceFarm, deviceObstacle } from '../energy/device-farm.ts';
import { COOLING, movesAt } from './annealing.ts';
import { LOOKS_A_START, movesOfStep, startsOf } from './annealing-effort.ts';
import { DeviceMoves } from './device-moves.ts';
import { ROUNDS, searchObstacle } from './device-work.ts';
import { type LayoutObjective, layoutObjective } from './layout-objective.ts';
import { LayoutLocalSolver } from './layout-local.ts';
import { checkedSite, type LayoutProblem } from './layout-problem.ts';
import { type Layout, type LayoutSearchState, penaltyOf, SEEDS_APART } from './layout-search.ts';
import type { CompiledSite } from './layout-site.ts';
import { placeAtRandom } from './random-layout.ts';

/** Least moves of each turbine in a round: a round begins with all pairs */
const MOVES_OF_EACH = 2;
/** Most pairs of a start in a round, so that a call is short */
const PAIRS_A_ROUND = 5e7;
/** Layouts that are evaluated by the processor at the end */
const FINALISTS = 4;

/** Plain values and typed arrays. */
export interface DeviceSearchState {
  readonly round: number;
  /** The next start of the round */
  readonly start: number;
  /** x and y of each turbine, by start [m from the site's middle] */
  readonly places: Float32Array;
  /** Energies of the starts by pairs [kWh a year] */
  readonly energies: Float64Array;
  readonly best: Layout | null;
  readonly history: readonly (readonly [step: number, score: number])[];
  readonly share: DeviceShare | null;
}

export class DeviceLayoutSearch {
  readonly #problem: LayoutProblem;
  readonly #site: CompiledSite;
  readonly #moves: DeviceMoves;
  readonly #objective: LayoutObjective;
  readonly #free: number;
  readonly #starts: number;
  /** Moves of a start in a round, and rounds */
  readonly #count: number;
  readonly #rounds: number;
  #round: number;
  #start: number;
  readonly #places: Float32Array;
  readonly #energies: Float64Array;
  #best: Layout | null;
  readonly #history: (readonly [number, number])[];
  #share: DeviceShare | undefined;

  /** @throws AppError as `LayoutSearch`; Error for a problem that `searchObstacle` names */
  constructor(problem: LayoutProblem, state?: DeviceSearchState) {
    const obstacle = searchObstacle(problem);
    if (obstacle !== null) throw new Error(`a device does not search this: ${obstacle}`);
    const n = problem.energy.farm.xM.length;
    this.#problem = problem;
    this.#site = checkedSite(problem);
    this.#moves = new DeviceMoves(problem, this.#site);
    this.#objective = layoutObjective(problem.energy, problem);
    this.#free = n - problem.fixed;
    this.#starts = startsOf(problem);
    const moves = Math.max(1, Math.floor((problem.maxSteps * movesOfStep(n)) / this.#starts));
    const rounds = Math.min(ROUNDS, Math.ceil(moves / (MOVES_OF_EACH * n)));
    this.#rounds = Math.max(rounds, Math.ceil((moves * this.#moves.pairs) / PAIRS_A_ROUND));
    this.#count = Math.ceil(moves / this.#rounds);
    this.#round = state?.round ?? 0;
    this.#start = state?.start ?? 0;
    this.#places = state?.places.slice() ?? new Float32Array(2 * n * this.#starts);
    this.#energies = state?.energies.slice() ?? new Float64Array(this.#starts);
    this.#best = state?.best ?? null;
    this.#history = [...(state?.history ?? [])];
    this.#share = state?.share ?? undefined;
  }

  get done(): boolean {
    return this.#round >= this.#rounds;
  }

  get progress(): number {
    return Math.min(1, (this.#round + this.#start / this.#starts) / this.#rounds);
  }

  /** Steps of a search on the processor that do as much */
  get steps(): number {
    return Math.floor(this.progress * this.#problem.maxSteps);
  }

  get share(): DeviceShare | undefined {
    return this.#share;
  }

  best(): Layout | null {
    return this.#best;
  }

  state(): DeviceSearchState {
    return {
      round: this.#round,
      start: this.#start,
      places: this.#places.slice(),
      energies: this.#energies.slice(),
      best: this.#best,
      history: [...this.#history],
      share: this.#share ?? null,
    };
  }

  /** Returns the state from which `LayoutSearch` ends the search. */
  ended(): LayoutSearchState {
    return {
      version: 2,
      method: this.#problem.method,
      step: this.#problem.maxSteps,
      share: 1,
      start: this.#starts - 1,
      random: Random.fromSeed(this.#problem.seed).state(),
      penaltyPerM: penaltyOf(this.#best?.score ?? 0, this.#site.areaM2),
      slackM: 0,
      current: null,
      best: this.#best,
      history: this.#history,
    };
  }

  /** Makes the moves of a round in as many starts as the device has time for. */
  async step(device: Device): Promise<void> {
    const from = this.#start;
    const to = Math.min(this.#starts, from + Math.max(1, Math.floor(batchOf(this.#share) / this.#count)));
    const width = 2 * this.#moves.turbines;
    const layouts = Array.from({ length: to - from }, (_, k) => {
      const start = from + k;
      if (this.#round === 0) this.#begin(start);
      return { places: this.#places.subarray(start * width, (start + 1) * width), seed: this.#seedOf(start) };
    });
    const { heat, lengthM, jump } = movesAt(COOLING, this.#round / this.#rounds, this.#spreadM);
    const before = device.busyMs;
    const moved = await this.#moves.run(device, layouts, {
      ...{ first: this.#round * this.#count, count: this.#count },
      ...{ heat, lengthM, jump },
    });
    this.#share = withWork(this.#share, device, before, layouts.length * this.#count);
    moved.forEach(({ places, energyKwh }, k) => {
      this.#places.set(places, (from + k) * width);
      this.#energies[from + k] = energyKwh;
    });
    this.#start = to % this.#starts;
    if (to < this.#starts) return;
    this.#round++;
    if (this.done) await this.#choose(device);
    else if (this.#looks(this.#round) > this.#looks(this.#round - 1)) this.#look(best(this.#energies));
  }

  #looks(round: number): number {
    return Math.floor((LOOKS_A_START * round) / this.#rounds);
  }

  get #spreadM(): number {
    return Math.sqrt(this.#site.areaM2 / this.#moves.turbines);
  }

  #seedOf(start: number): number {
    return (this.#problem.seed + SEEDS_APART * start) >>> 0;
  }

  #begin(start: number): void {
    const { farm } = this.#problem.energy;
    const [x, y] = [Float64Array.from(farm.xM), Float64Array.from(farm.yM)];
    const random = Random.fromSeed(this.#seedOf(start));
    placeAtRandom({ site: this.#site, random, objective: this.#objective }, x, y, this.#free);
    this.#places.set(this.#moves.toPlaces(x, y), start * 2 * x.length);
  }

  #layoutOf(start: number): { readonly x: Float64Array; readonly y: Float64Array } {
    const width = 2 * this.#moves.turbines;
    const { x, y } = this.#moves.toLayout(this.#places.slice(start * width, (start + 1) * width));
    const { farm } = this.#problem.energy;
    // Those that stand do so to the last digit.
    for (let i = this.#free; i < x.length; i++) [x[i], y[i]] = [farm.xM[i], farm.yM[i]];
    return { x, y };
  }

  /** Evaluates a start's layout, and keeps it if it is the best. */
  #look(start: number): void {
    const { x, y } = this.#layoutOf(start);
    if (!new LayoutLocalSolver(this.#objective, this.#site, this.#free, 1).repair(x, y)) return;
    const score = this.#objective.value(x, y);
    if (this.#best && !(score > this.#best.score)) return;
    this.#best = { xM: Array.from(x), yM: Array.from(y), score };
    this.#history.push([this.steps, score]);
  }

  /** Evaluates the best starts: those with most energy by the farm's own model where the device has it, else by pairs. */
  async #choose(device: Device): Promise<void> {
    const { energy } = this.#problem;
    let energies = this.#energies;
    if (deviceObstacle(energy) === null) {
      const layouts = Array.from(energies.keys(), (start) => this.#layoutOf(start));
      const before = device.busyMs;
      energies = await new DeviceFarm(energy).netKwh(
        device,
        layouts.map(({ x, y }) => ({ xM: x, yM: y })),
      );
      this.#share = withWork(this.#share, device, before, layouts.length);
    }
    const order = Array.from(energies.keys()).sort((a, b) => energies[b] - energies[a] || a - b);
    for (const start of order.slice(0, FINALISTS)) this.#look(start);
  }
}

const best = (energies: Float64Array): number =>
  energies.reduce((most, energy, start) => (energy > energies[most] ? start : most), 0);
