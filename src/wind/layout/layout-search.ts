/**
 * Searches a site for the layout with the most energy, step by step. Its state between steps is plain JSON, so that a stopped
 * search continues elsewhere with the same bits.
 */
import { checkedSite, farthestM, GREEDY_PLACES, type LayoutMethod, type LayoutProblem } from './layout-problem.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Device } from '../../lib/device.ts';
import { DeviceFarm } from '../energy/device-farm.ts';
import { Random } from '../../statistics/random.ts';
import { windError } from '../check.ts';
import { ownCount } from '../turbine/farm.ts';
import { Annealer, COOLING, REFINING } from './annealing.ts';
import { isAnnealed, LOOKS_A_START, movesOfStep, startsOf } from './annealing-effort.ts';
import { SingleMoves } from './single-moves.ts';
import { EnergyModel } from '../energy/energy.ts';
import type { LocalOptions } from './layout-local.ts';
import { LayoutLocalSolver } from './layout-local.ts';
import type { LayoutObjective } from './layout-objective.ts';
import { layoutObjective } from './layout-objective.ts';
import { CompiledSite, lackM } from './layout-site.ts';
import { fits, placeAtRandom, throwDart } from './random-layout.ts';

/** Thrown by a step of a search that was asked to stop; the state before the step and the best layout so far remain valid. */
export class SearchStopped extends Error {
  constructor() {
    super('the search was asked to stop');
    this.name = 'SearchStopped';
  }
}

/** Returns an objective that checks before each evaluation whether to continue. */
function interruptible(objective: LayoutObjective, shouldStop: () => boolean): LayoutObjective {
  const ask = (): void => {
    if (shouldStop()) throw new SearchStopped();
  };
  return {
    turbines: objective.turbines,
    value(x, y) {
      ask();
      return objective.value(x, y);
    },
    valueAndGradient(x, y, gradientX, gradientY) {
      ask();
      return objective.valueAndGradient(x, y, gradientX, gradientY);
    },
  };
}

export interface Layout {
  readonly xM: readonly number[];
  readonly yM: readonly number[];
  /** Net energy [kWh a year], or what the problem's goal makes of it */
  readonly score: number;
  /** Kind of each turbine, where the search chooses kinds */
  readonly kind?: readonly number[];
}

/** Plain JSON. */
export interface LayoutSearchState {
  readonly version: 2;
  readonly method: LayoutMethod;
  readonly step: number;
  /** Share of the search that is over, 0 to 1: of its steps, or of its time if that is more */
  readonly share: number;
  /** Step at which the current layout was started at random; absent: 0 */
  readonly cycleStart?: number;
  /** Annealing: number of the start, whose random numbers depend only on the seed and on it */
  readonly start: number;
  readonly random: readonly number[];
  readonly penaltyPerM: number;
  /** What every place and distance may lack, where the initial layout has no room to be without fault [m] */
  readonly slackM: number;
  /** Turbines that greedy placement has placed so far; the coordinates of the others are 0 */
  readonly placed?: { readonly count: number; readonly xM: readonly number[]; readonly yM: readonly number[] } | null;
  readonly current: Layout | null;
  readonly best: Layout | null;
  /** Layouts tried so far, by their energies after each improvement */
  readonly history: readonly (readonly [step: number, score: number])[];
}

const PLACES_PER_MOVE = 3;
/**
 * Minimum number of steps between two random layouts. For the IEA37 cases with 16 turbines, 2,000 steps reach the best known
 * layout in one of three
 */
const MIN_CYCLE_STEPS = 500;
const QUICK = { rounds: 1, iterations: 30 };
const THOROUGH = { rounds: 10, iterations: 2000, tolerance: 1e-13 };
/**
 * The first penalty, in units of a turbine's energy divided by its share of the site's area; found by experiments on
 * the IEA37 cases
 */
const PENALTY = 4;
/** Returns the first penalty of a search [kWh/m2]. @param score of its first layout */
export const penaltyOf = (score: number, areaM2: number): number =>
  (PENALTY * Math.max(score, 1)) / Math.max(1, areaM2);
/** Moves between two questions whether to stop */
const MOVES_UNASKED = 50;
/** Distance between the seeds of starts */
export const SEEDS_APART = 104_729;
const MAX_HISTORY = 500;
/** Number of objectives that are cached for choices of kinds that may occur again */
const REMEMBERED_CASES = 4;

export class LayoutSearch {
  readonly problem: LayoutProblem;
  #site: CompiledSite;
  /** What places and distances may lack, where an initial layout does [m] */
  #slackM = 0;
  readonly #method: LayoutMethod;
  readonly #maxSteps: number;
  readonly #free: number;
  readonly #n: number;
  /** By the kinds of the turbines; one entry where these do not change */
  readonly #cases = new Map<string, SearchCase>();
  #random: Random;
  readonly #shouldStop?: () => boolean;
  /** Annealing, where pairs of turbines give the energy */
  readonly #isAnnealed: boolean;
  #moves: SingleMoves | null = null;
  #penaltyPerM = 0;
  #share = 0;
  #start = 0;
  #step = 0;
  #cycleStart = 0;
  #placed: { count: number; readonly x: Float64Array; readonly y: Float64Array } | null = null;
  #current: MutableLayout | null = null;
  #best: MutableLayout | null = null;
  #history: (readonly [number, number])[] = [];

  /**
   * @param shouldStop called before each evaluation; if it ends a step, the step throws `SearchStopped`
   * @throws AppError that names what cannot be: more turbines than fit, crossed polygons, turbines outside, ...
   */
  constructor(problem: LayoutProblem, state?: LayoutSearchState, shouldStop?: () => boolean) {
    const { energy, fixed, method, maxSteps } = problem;
    const n = energy.farm.xM.length;
    this.problem = problem;
    this.#site = checkedSite(problem);
    this.#method = method;
    this.#isAnnealed = isAnnealed(problem);
    this.#maxSteps = maxSteps;
    this.#free = n - fixed;
    this.#n = n;
    this.#shouldStop = shouldStop;
    if (!problem.kinds) this.#case(null);
    if (state) {
      if (state.version !== 2 || state.method !== method)
        throw windError(`the state is of ${state.method}, version ${state.version}; expected ${method}, version 2`);
      this.#random = Random.fromState(state.random);
      this.#step = state.step;
      this.#share = state.share;
      this.#start = state.start;
      this.#cycleStart = state.cycleStart ?? 0;
      this.#penaltyPerM = state.penaltyPerM;
      this.#grant(state.slackM);
      if (state.placed) {
        const { count, xM, yM } = state.placed;
        this.#placed = { count, x: Float64Array.from(xM), y: Float64Array.from(yM) };
      }
      this.#current = thaw(state.current);
      this.#best = thaw(state.best);
      this.#history = [...state.history];
    } else this.#random = Random.fromSeed(problem.seed);
  }

  /** Steps done. */
  get steps(): number {
    return this.#step;
  }

  get progress(): number {
    return Math.min(1, Math.max(this.#share, this.#step / this.#maxSteps));
  }

  get done(): boolean {
    return this.#step >= this.#maxSteps || this.#share >= 1;
  }

  /** Whether the time ended the search before its steps did. */
  get isTimeLimited(): boolean {
    return this.done && this.#step < this.#maxSteps;
  }

  /** Returns the best feasible layout so far; null before the first step. */
  best(): Layout | null {
    return freeze(this.#best);
  }

  state(): LayoutSearchState {
    return {
      version: 2,
      method: this.#method,
      step: this.#step,
      share: this.#share,
      start: this.#start,
      cycleStart: this.#cycleStart,
      random: this.#random.state(),
      penaltyPerM: this.#penaltyPerM,
      slackM: this.#slackM,
      placed: this.#placed && {
        count: this.#placed.count,
        xM: Array.from(this.#placed.x),
        yM: Array.from(this.#placed.y),
      },
      current: freeze(this.#current),
      best: freeze(this.#best),
      history: [...this.#history],
    };
  }

  /**
   * Makes one step: the first one makes a layout, each further one tries a change. Greedy placement places one turbine
   * in each call; all of these calls are one step.
   * @param timeShare share of the search's time that is over, 0 to 1: where it is more than that of the steps, the search
   * cools down by it, so that it is cold when its time ends. Left out: the steps decide
   */
  step(timeShare = 0): void {
    const share = Math.min(1, Math.max(this.#share, this.#step / this.#maxSteps, timeShare));
    if (this.#isAnnealed) this.#anneal(share);
    else if (!this.#explore(share)) return;
    this.#share = share;
    this.#step++;
  }

  /** Makes a step of another method. @returns whether the step is complete */
  #explore(share: number): boolean {
    const cycle = Math.max(MIN_CYCLE_STEPS, this.#n ** 3);
    const isOver = this.#step - this.#cycleStart >= cycle;
    if (isOver && this.#isByGradient && !this.problem.startFromFarm) {
      this.#current = null;
      this.#cycleStart = this.#step;
    }
    if (!this.#current) return this.#begin();
    if (this.#isByGradient) this.#hop(Math.max(share, (this.#step - this.#cycleStart) / cycle));
    else this.#relocate();
    return true;
  }

  get #isByGradient(): boolean {
    return this.#method === 'gradient' || this.#method === 'annealing';
  }

  /**
   * Tries moves of single turbines. The search has a number of starts, one after the other, which do not depend on each
   * other: the end of start k is exchange point k, where the best layout of all starts before it is kept. Whoever
   * computes them elsewhere, in any order, gets the same best layout.
   */
  #anneal(share: number): void {
    const starts = startsOf(this.problem);
    const place = Math.min(share * starts, starts * (1 - Number.EPSILON));
    const start = Math.floor(place);
    if (!this.#current || start > this.#start) {
      if (this.#current) this.#look(this.#current);
      this.#start = start;
      this.#random = Random.fromSeed(this.problem.seed + SEEDS_APART * start);
      this.#current = null;
      this.#begin();
    }
    const current = this.#current!;
    this.#moves ??= new SingleMoves(this.problem.energy, farthestM(this.problem, this.#site));
    const moves = this.#moves;
    // Also where the state was read: sums that moves have updated end in other digits.
    moves.place(current.x, current.y);
    const schedule = this.problem.startFromFarm ? REFINING : COOLING;
    const annealer = new Annealer(moves, this.#site, this.#free, this.#random, schedule);
    const count = movesOfStep(this.#n);
    for (let done = 0; done < count; done += MOVES_UNASKED) {
      if (this.#shouldStop?.()) throw new SearchStopped();
      annealer.run(Math.min(MOVES_UNASKED, count - done), place - start);
    }
    const next: MutableLayout = { x: moves.x.slice(), y: moves.y.slice(), kind: null, score: moves.energy };
    this.#current = next;
    const isLast = share >= 1 || this.#step + 1 >= this.#maxSteps;
    const looks = (part: number) => Math.floor(LOOKS_A_START * starts * part);
    if (isLast || looks(share) > looks(this.#share)) this.#look(next);
  }

  /** Evaluates a layout with the farm's own model, and keeps it if it is the best. */
  #look(layout: MutableLayout): void {
    this.#keepIfBest({ ...layout, score: this.#objective(null).value(layout.x, layout.y) });
  }

  /**
   * Ends a search by gradients: improves the best layout until its optimum is exact to the last digits.
   * @returns whether it improved
   */
  polish(options: LocalOptions = THOROUGH, solves = 2): boolean {
    if (!this.#isByGradient || !this.#best) return false;
    const before = this.#best.score;
    const next = copyOf(this.#best);
    for (let round = 0; round < solves; round++) next.score = this.#solver(next.kind).solve(next.x, next.y, options);
    this.#keepIfBest(next);
    return this.#best.score > before;
  }

  /** Does the same with gradients that a device computes. @returns whether it improved */
  async polishOn(device: Device, options: LocalOptions): Promise<boolean> {
    if (!this.#best) return false;
    const before = this.#best.score;
    const next = copyOf(this.#best);
    const farm = new DeviceFarm(this.problem.energy);
    const gradient = async (
      xM: ArrayLike<number>,
      yM: ArrayLike<number>,
      byX: Float64Array,
      byY: Float64Array,
    ): Promise<number> => {
      if (this.#shouldStop?.()) throw new SearchStopped();
      const [{ netKwh, x, y }] = await farm.gradients(device, [{ xM, yM }]);
      byX.set(x);
      byY.set(y);
      return netKwh;
    };
    next.score = await this.#solver(next.kind).solveWith(gradient, next.x, next.y, options);
    this.#keepIfBest(next);
    return this.#best.score > before;
  }

  /** Continues the first layout. @returns whether the first layout is complete */
  #begin(): boolean {
    const { energy, startFromFarm } = this.problem;
    this.#placed ??= { count: 0, x: Float64Array.from(energy.farm.xM), y: Float64Array.from(energy.farm.yM) };
    const { x, y } = this.#placed;
    if (startFromFarm) this.#bringInside(x, y);
    else {
      if (this.#method !== 'greedy')
        placeAtRandom({ site: this.#site, random: this.#random, objective: this.#objective(null) }, x, y, this.#free);
      else {
        this.#placeGreedily(x, y, this.#placed.count);
        if (++this.#placed.count < this.#free) return false;
      }
    }
    this.#placed = null;
    const start: MutableLayout = { x, y, kind: this.#firstKinds(), score: 0 };
    start.score = this.#objective(start.kind).value(x, y);
    if (this.#penaltyPerM === 0) this.#penaltyPerM = penaltyOf(start.score, this.#site.areaM2);
    this.#current = start;
    this.#keepIfBest(start);
    if (this.#isByGradient && !this.#isAnnealed) {
      const next = copyOf(start);
      next.score = this.#solver(next.kind).solve(next.x, next.y, QUICK);
      if (next.score > start.score) this.#current = next;
      this.#keepIfBest(next);
    }
    return true;
  }

  #case(kind: Int32Array | null): SearchCase {
    const key = kind?.join() ?? '';
    let searchCase = this.#cases.get(key);
    if (!searchCase) {
      const { energy } = this.problem;
      const objective = layoutObjective(kind ? { ...energy, farm: { ...energy.farm, kind } } : energy, this.problem);
      searchCase = {
        objective: this.#shouldStop ? interruptible(objective, this.#shouldStop) : objective,
        local: null,
      };
      if (this.#cases.size >= REMEMBERED_CASES) this.#cases.delete(this.#cases.keys().next().value!);
      this.#cases.set(key, searchCase);
    }
    return searchCase;
  }

  #objective(kind: Int32Array | null): LayoutObjective {
    return this.#case(kind).objective;
  }

  #solver(kind: Int32Array | null): LayoutLocalSolver {
    const searchCase = this.#case(kind);
    searchCase.local ??= new LayoutLocalSolver(searchCase.objective, this.#site, this.#free, this.#penaltyPerM);
    return searchCase.local;
  }

  /** Returns the random kinds for the turbines that move; null if the problem does not change kinds. */
  #firstKinds(): Int32Array | null {
    const { kinds, energy } = this.problem;
    if (!kinds) return null;
    const drawn = Int32Array.from({ length: this.#n }, (_, i) => energy.farm.kind?.[i] ?? 0);
    for (let i = 0; i < this.#free; i++) drawn[i] = kinds[this.#random.below(kinds.length)];
    return drawn;
  }

  /** Gives one or two turbines another kind, with a probability of one half. @returns whether it did */
  #changeKinds(layout: MutableLayout): boolean {
    const { kinds } = this.problem;
    const random = this.#random;
    if (!kinds || !layout.kind || kinds.length < 2 || random.uniform() < 0.5) return false;
    for (let change = random.uniform() < 0.7 ? 1 : 2; change > 0; change--)
      layout.kind[random.below(this.#free)] = kinds[random.below(kinds.length)];
    return true;
  }

  /** Moves one to three turbines to other positions and improves the layout by gradients. */
  #hop(share: number): void {
    const current = this.#current!;
    const random = this.#random;
    const next = copyOf(current);
    const moves = this.#changeKinds(next) ? 0 : random.uniform() < 0.7 ? 1 : random.uniform() < 0.7 ? 2 : 3;
    for (let move = 0; move < moves; move++) this.#setElsewhere(next, random.below(this.#free), PLACES_PER_MOVE);
    next.score = this.#solver(next.kind).solve(next.x, next.y, QUICK);
    const heat = ((this.problem.temperature ?? 0.04) * (1 - share) * Math.max(current.score, 0)) / this.#n;
    const gain = next.score - current.score;
    const isAccepted = gain > 0 || (heat > 0 && random.uniform() < Math.exp(gain / heat));
    if (isAccepted) this.#current = next;
    this.#keepIfBest(next);
  }

  /** Moves one turbine to a position nearby or anywhere, and keeps the layout if it is better. */
  #relocate(): void {
    const current = this.#current!;
    const random = this.#random;
    const next = copyOf(current);
    const isChanged = this.#changeKinds(next);
    const i = random.below(this.#free);
    if (isChanged) {
      // The turbine stays where it is and changes its kind.
    } else if (random.uniform() < 0.5) {
      // Steps of all sizes: from the distance between turbines down to a hundredth of it.
      const length = Math.sqrt(this.#site.areaM2 / this.#n) * 10 ** (-2 * random.uniform());
      next.x[i] += length * random.normal();
      next.y[i] += length * random.normal();
      if (!this.#fits(next.x, next.y, i, this.#n)) return;
    } else if (!this.#setElsewhere(next, i, 1)) return;
    next.score = this.#objective(next.kind).value(next.x, next.y);
    if (next.score <= current.score) return;
    this.#current = next;
    this.#keepIfBest(next);
  }

  /** Moves a turbine to the best of some free positions. @returns whether one was found */
  #setElsewhere(layout: MutableLayout, i: number, places: number): boolean {
    const { x, y } = layout;
    const [oldX, oldY] = [x[i], y[i]];
    let best = Number.NEGATIVE_INFINITY;
    let bestX = oldX;
    let bestY = oldY;
    for (let place = 0; place < places; place++) {
      this.#throwDart(x, y, i);
      if (!this.#fits(x, y, i, this.#n)) continue;
      const value = places > 1 ? this.#objective(layout.kind).value(x, y) : 0;
      if (value > best) {
        best = value;
        bestX = x[i];
        bestY = y[i];
      }
    }
    x[i] = bestX;
    y[i] = bestY;
    return best > Number.NEGATIVE_INFINITY;
  }

  #throwDart(x: Float64Array, y: Float64Array, i: number): void {
    throwDart(this.#site, this.#random, x, y, i);
  }

  #fits(x: Float64Array, y: Float64Array, i: number, count: number): boolean {
    return fits(this.#site, x, y, i, { count, free: this.#free });
  }

  /**
   * Moves the turbines of an initial layout by what they lack to be feasible. Where they have no room for that, as in a tight
   * grid of rounded coordinates, the search grants every place what the layout lacks.
   */
  #bringInside(x: Float64Array, y: Float64Array): void {
    const [nextX, nextY] = [x.slice(), y.slice()];
    const solver = new LayoutLocalSolver(this.#objective(null), this.#site, this.#free, 1);
    if (solver.repair(nextX, nextY)) {
      x.set(nextX);
      y.set(nextY);
    } else this.#grant(lackM(this.#site, x, y, this.#free));
  }

  #grant(slackM: number): void {
    this.#slackM = slackM;
    if (slackM > 0) this.#site = new CompiledSite(this.problem.site, slackM);
  }

  /** Places the next turbine at the random position where the farm gains most energy. */
  #placeGreedily(x: Float64Array, y: Float64Array, count: number): void {
    const { energy, places = GREEDY_PLACES } = this.problem;
    // The farm so far: the turbines placed, this one, and the fixed ones.
    const members = Array.from({ length: this.#n }, (_, i) => i).filter((i) => i <= count || i >= this.#free);
    const kind = energy.farm.kind && members.map((i) => energy.farm.kind![i]);
    const part = new EnergyModel({
      ...energy,
      farm: {
        ...energy.farm,
        xM: members.map((i) => x[i]),
        yM: members.map((i) => y[i]),
        kind,
        own: members.filter((i) => i < ownCount(energy.farm)).length,
      },
    });
    let best = Number.NEGATIVE_INFINITY;
    let bestX = 0;
    let bestY = 0;
    for (let place = 0; place < places; place++) {
      if (this.#shouldStop?.()) throw new SearchStopped();
      this.#throwDart(x, y, count);
      if (!this.#fits(x, y, count, count)) continue;
      part.move(
        members.map((i) => x[i]),
        members.map((i) => y[i]),
      );
      const value = part.net();
      if (value > best) {
        best = value;
        bestX = x[count];
        bestY = y[count];
      }
    }
    if (best === Number.NEGATIVE_INFINITY)
      throw new AppError(
        'optimize.infeasible',
        `turbine ${count + 1} of ${this.#n} found no room with ${this.#site.minSpacingM} m spacing among ${places} places`,
        { pointer: '/turbines' },
      );
    x[count] = bestX;
    y[count] = bestY;
  }

  #keepIfBest(layout: MutableLayout): void {
    if (this.#best && !(layout.score > this.#best.score)) return;
    this.#best = copyOf(layout);
    if (this.#history.length < MAX_HISTORY) this.#history.push([this.#step, layout.score]);
    else this.#history[MAX_HISTORY - 1] = [this.#step, layout.score];
  }
}

interface MutableLayout {
  x: Float64Array;
  y: Float64Array;
  kind: Int32Array | null;
  score: number;
}

/** The objects that belong to one choice of kinds. */
interface SearchCase {
  readonly objective: LayoutObjective;
  local: LayoutLocalSolver | null;
}

const copyOf = ({ x, y, kind, score }: MutableLayout): MutableLayout => ({
  x: x.slice(),
  y: y.slice(),
  kind: kind?.slice() ?? null,
  score,
});

const freeze = (layout: MutableLayout | null): Layout | null =>
  layout && {
    xM: Array.from(layout.x),
    yM: Array.from(layout.y),
    score: layout.score,
    ...(layout.kind ? { kind: Array.from(layout.kind) } : {}),
  };
const thaw = (layout: Layout | null): MutableLayout | null =>
  layout && {
    x: Float64Array.from(layout.xM),
    y: Float64Array.from(layout.yM),
    kind: layout.kind ? Int32Array.from(layout.kind) : null,
    score: layout.score,
  };
