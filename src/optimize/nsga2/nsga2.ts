/**
 * NSGA-II: an elitist genetic search for the whole set of trade-offs between objectives.
 * @see Deb, Pratap, Agarwal and Meyarivan 2002, doi:10.1109/4235.996017
 */
import { type Nsga2Options, nsga2Options } from './options.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Optimizer, OptimizerState } from '../optimizer.ts';
import { crowdingDistances, nonDominatedRanks } from '../pareto.ts';
import {
  boundsOf,
  type Candidate,
  type Evaluation,
  ownObjectives,
  type Problem,
  readEvaluation,
  type Solution,
  violationOf,
} from '../problem.ts';
import { Random } from '../../statistics/random.ts';
import { mostSpread } from './survival.ts';

/** Evaluated designs as flat rows; objectives are minimised. */
interface Rows {
  count: number;
  values: Float64Array;
  objectives: Float64Array;
  constraints: Float64Array;
  violations: Float64Array;
}

interface StoredRows {
  readonly values: number[];
  readonly objectives: number[];
  readonly constraints: number[];
}

interface StoredNsga2 extends OptimizerState {
  readonly options: Required<Nsga2Options>;
  readonly random: number[];
  readonly iteration: number;
  readonly evaluations: number;
  readonly nextId: number;
  readonly exhausted: boolean;
  readonly population: StoredRows;
  readonly offspring: StoredRows;
  readonly told: number[];
}

/** How many times a child that equals a known design is created again; after that the generation has fewer members. */
const ATTEMPTS_PER_CHILD = 100;

const KINDS = { real: 0, integer: 1, categorical: 2 } as const;

export class Nsga2 implements Optimizer {
  readonly method = 'nsga2';
  readonly problem: Problem;
  readonly options: Required<Nsga2Options>;
  iteration = 0;
  evaluations = 0;

  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #kinds: Uint8Array;
  #random: Random;
  #population: Rows;
  #ranks = new Int32Array(0);
  #crowding = new Float64Array(0);
  #offspring: Rows;
  /** State of the current offspring: how many were handed out, and which were evaluated. */
  #asked = 0;
  #isTold = new Uint8Array(0);
  #toldCount = 0;
  #firstId = 0;
  #exhausted = false;

  constructor(problem: Problem, options: Nsga2Options) {
    this.problem = problem;
    this.options = nsga2Options(problem, options);
    ({ lower: this.#lower, upper: this.#upper } = boundsOf(problem));
    this.#kinds = Uint8Array.from(problem.variables, ({ kind }) => KINDS[kind]);
    this.#random = Random.fromSeed(options.seed);
    this.#population = this.#rows(0);
    this.#offspring = this.#rows(0);
    this.#startOffspring(this.#firstGeneration());
  }

  /** Continues from what `state()` returned, with the same bits. */
  static fromState(problem: Problem, state: OptimizerState): Nsga2 {
    const stored = state as StoredNsga2;
    const search = new Nsga2(problem, stored.options);
    search.#random = Random.fromState(stored.random);
    search.iteration = stored.iteration;
    search.evaluations = stored.evaluations;
    search.#population = search.#fromStored(stored.population);
    search.#offspring = search.#fromStored(stored.offspring);
    search.#firstId = stored.nextId;
    search.#exhausted = stored.exhausted;
    search.#isTold = new Uint8Array(search.#offspring.count);
    for (const index of stored.told) search.#isTold[index] = 1;
    search.#toldCount = stored.told.length;
    search.#asked = 0;
    search.#rankPopulation();
    return search;
  }

  get progress(): number {
    return this.done ? 1 : this.evaluations / (this.options.generations * this.options.populationSize);
  }

  get done(): boolean {
    return this.#exhausted || this.iteration >= this.options.generations;
  }

  ask(n = Number.POSITIVE_INFINITY): Candidate[] {
    const candidates: Candidate[] = [];
    const variables = this.problem.variables.length;
    while (!this.done && this.#asked < this.#offspring.count && candidates.length < n) {
      const index = this.#asked++;
      if (this.#isTold[index]) continue;
      const values: number[] = [];
      for (let k = 0; k < variables; k++) values.push(this.#offspring.values[index * variables + k]);
      candidates.push({ id: this.#firstId + index, values });
    }
    return candidates;
  }

  tell(evaluations: readonly Evaluation[]): void {
    const { objectives: m, constraints: c } = this.#counts();
    const rows = this.#offspring;
    for (const evaluation of evaluations) {
      const index = evaluation.id - this.#firstId;
      if (!(index >= 0 && index < rows.count) || this.#isTold[index])
        throw new AppError('optimize.invalid_input', `candidate ${evaluation.id} is not waiting for an evaluation`);
      const { objectives, constraints, violation } = readEvaluation(this.problem, evaluation);
      rows.objectives.set(objectives, index * m);
      rows.constraints.set(constraints, index * c);
      rows.violations[index] = violation;
      this.#isTold[index] = 1;
      this.#toldCount++;
      this.evaluations++;
    }
    if (!this.done && this.#toldCount === rows.count) this.#nextGeneration();
  }

  state(): OptimizerState {
    const stored: StoredNsga2 = {
      method: this.method,
      version: 1,
      options: this.options,
      random: this.#random.state(),
      iteration: this.iteration,
      evaluations: this.evaluations,
      nextId: this.#firstId,
      exhausted: this.#exhausted,
      population: toStored(this.#population),
      offspring: toStored(this.#offspring),
      told: [...this.#isTold.keys()].filter((index) => this.#isTold[index] === 1),
    };
    return stored;
  }

  best(): Solution | null {
    const { violations, objectives, count } = this.#population;
    const m = this.problem.objectives.length;
    let best = -1;
    for (let i = 0; i < count; i++)
      if (
        best < 0 ||
        violations[i] < violations[best] ||
        (violations[i] === violations[best] && objectives[i * m] < objectives[best * m])
      )
        best = i;
    return best < 0 ? null : this.#solution(best);
  }

  pareto(): Solution[] {
    const { violations, objectives, count } = this.#population;
    const m = this.problem.objectives.length;
    const front: number[] = [];
    for (let i = 0; i < count; i++) if (this.#ranks[i] === 0 && violations[i] === 0) front.push(i);
    front.sort((a, b) => objectives[a * m] - objectives[b * m] || a - b);
    return front.map((i) => this.#solution(i));
  }

  #counts(): { variables: number; objectives: number; constraints: number } {
    const { variables, objectives, constraints } = this.problem;
    return { variables: variables.length, objectives: objectives.length, constraints: constraints.length };
  }

  #rows(count: number): Rows {
    const { variables, objectives, constraints } = this.#counts();
    return {
      count,
      values: new Float64Array(count * variables),
      objectives: new Float64Array(count * objectives),
      constraints: new Float64Array(count * constraints),
      violations: new Float64Array(count),
    };
  }

  #fromStored(stored: StoredRows): Rows {
    const rows = this.#rows(stored.values.length / this.problem.variables.length);
    const c = this.problem.constraints.length;
    if (stored.objectives.length !== rows.objectives.length || stored.constraints.length !== rows.constraints.length)
      throw new AppError('optimize.invalid_input', 'the stored state belongs to another problem');
    rows.values.set(stored.values);
    rows.objectives.set(stored.objectives);
    rows.constraints.set(stored.constraints);
    for (let i = 0; i < rows.count; i++)
      rows.violations[i] = violationOf(rows.constraints.subarray(i * c, (i + 1) * c));
    return rows;
  }

  #solution(i: number): Solution {
    const { variables: v, objectives: m, constraints: c } = this.#counts();
    const rows = this.#population;
    return {
      values: Array.from(rows.values.subarray(i * v, (i + 1) * v)),
      objectives: ownObjectives(this.problem, rows.objectives.subarray(i * m, (i + 1) * m)),
      constraints: Array.from(rows.constraints.subarray(i * c, (i + 1) * c)),
      violation: rows.violations[i],
    };
  }

  #startOffspring(values: Float64Array): void {
    const count = values.length / this.problem.variables.length;
    this.#firstId += this.#offspring.count;
    this.#offspring = this.#rows(count);
    this.#offspring.values.set(values);
    this.#asked = 0;
    this.#isTold = new Uint8Array(count);
    this.#toldCount = 0;
    if (count === 0) this.#exhausted = true;
  }

  #nextGeneration(): void {
    this.#survive();
    this.iteration++;
    if (this.done) {
      this.#firstId += this.#offspring.count;
      this.#offspring = this.#rows(0);
      this.#isTold = new Uint8Array(0);
      this.#toldCount = 0;
      return;
    }
    this.#startOffspring(this.#breed());
  }

  /** Draws a Latin hypercube: each real variable's range is covered evenly. */
  #firstGeneration(): Float64Array {
    const { variables, populationSize: size } = { ...this.options, variables: this.problem.variables };
    const v = variables.length;
    const nursery = new Nursery(v, size);
    for (const values of this.options.initial.slice(0, size)) {
      nursery.slot.set(values);
      nursery.keepNew();
    }
    const missing = size - nursery.count;
    const strata = variables.map(() => {
      const places = Int32Array.from({ length: missing }, (_, i) => i);
      this.#random.shuffle(places);
      return places;
    });
    for (let i = 0; i < missing; i++) {
      for (let k = 0; k < v; k++) nursery.slot[k] = this.#at(k, (strata[k][i] + this.#random.uniform()) / missing);
      nursery.keepNew();
    }
    for (let attempt = 0; nursery.count < size && attempt < size * ATTEMPTS_PER_CHILD; attempt++) {
      for (let k = 0; k < v; k++) nursery.slot[k] = this.#at(k, this.#random.uniform());
      nursery.keepNew();
    }
    return nursery.values();
  }

  /** Returns the value of variable k at a fraction of its range in [0, 1). */
  #at(k: number, fraction: number): number {
    const lower = this.#lower[k];
    const upper = this.#upper[k];
    if (this.#kinds[k] === KINDS.real) return Math.min(upper, lower + fraction * (upper - lower)) + 0;
    return Math.min(upper, lower + Math.floor(fraction * (upper - lower + 1))) + 0;
  }

  /**
   * Selects the survivors: feasible members come before infeasible ones. Feasible ones are ordered by rank, and those
   * of the last front by spread; infeasible ones by violation.
   */
  #survive(): void {
    const size = this.options.populationSize;
    const m = this.problem.objectives.length;
    const all = this.#joined();
    const feasible: number[] = [];
    const infeasible: number[] = [];
    for (let i = 0; i < all.count; i++) (all.violations[i] === 0 ? feasible : infeasible).push(i);
    const kept: number[] = [];
    const keptRanks: number[] = [];
    if (feasible.length > 0) {
      const objectives = gather(all.objectives, m, feasible);
      const fronts: number[][] = [];
      for (const [place, rank] of nonDominatedRanks(objectives, m).entries()) {
        fronts[rank] ??= [];
        fronts[rank].push(place);
      }
      for (let rank = 0; rank < fronts.length && kept.length < size; rank++) {
        const front = fronts[rank];
        const room = size - kept.length;
        if (front.length <= room) for (const place of front) kept.push(feasible[place]);
        else for (const place of mostSpread(gather(objectives, m, front), m, room)) kept.push(feasible[front[place]]);
        while (keptRanks.length < kept.length) keptRanks.push(rank);
      }
    }
    infeasible.sort((a, b) => all.violations[a] - all.violations[b] || a - b);
    for (let k = 0; kept.length < size && k < infeasible.length; k++) kept.push(infeasible[k]);
    this.#population = this.#selected(all, kept);
    this.#rankPopulation(keptRanks);
  }

  /**
   * Ranks and crowding for the tournament; infeasible members come after all feasible ones and have no crowding.
   * @param knownRanks of the feasible members, where survival has just found them
   */
  #rankPopulation(knownRanks?: readonly number[]): void {
    const { count, violations, objectives } = this.#population;
    const m = this.problem.objectives.length;
    this.#ranks = new Int32Array(count).fill(count);
    this.#crowding = new Float64Array(count);
    const feasible: number[] = [];
    for (let i = 0; i < count; i++) if (violations[i] === 0) feasible.push(i);
    if (feasible.length === 0) return;
    const ranks = knownRanks ?? nonDominatedRanks(gather(objectives, m, feasible), m);
    const fronts: number[][] = [];
    for (const [place, i] of feasible.entries()) {
      this.#ranks[i] = ranks[place];
      fronts[ranks[place]] ??= [];
      fronts[ranks[place]].push(i);
    }
    for (const front of fronts) {
      const crowding = crowdingDistances(gather(objectives, m, front), m);
      for (const [place, i] of front.entries()) this.#crowding[i] = crowding[place];
    }
  }

  #joined(): Rows {
    const a = this.#population;
    const b = this.#offspring;
    const all = this.#rows(a.count + b.count);
    for (const key of ['values', 'objectives', 'constraints', 'violations'] as const) {
      all[key].set(a[key]);
      all[key].set(b[key], a[key].length);
    }
    return all;
  }

  #selected(all: Rows, kept: readonly number[]): Rows {
    const { variables, objectives, constraints } = this.#counts();
    return {
      count: kept.length,
      values: gather(all.values, variables, kept),
      objectives: gather(all.objectives, objectives, kept),
      constraints: gather(all.constraints, constraints, kept),
      violations: gather(all.violations, 1, kept),
    };
  }

  /** Returns the children of tournament winners, none equal to a member or to another child. */
  #breed(): Float64Array {
    const size = this.options.populationSize;
    const v = this.problem.variables.length;
    const parents = this.#population;
    const nursery = new Nursery(v, size, parents.values);
    const first = new Float64Array(v);
    const second = new Float64Array(v);
    const pool = Int32Array.from({ length: parents.count }, (_, i) => i);
    let place = pool.length;
    const draw = (): number => {
      if (place >= pool.length) {
        this.#random.shuffle(pool);
        place = 0;
      }
      return pool[place++];
    };
    for (let attempt = 0; nursery.count < size && attempt < size * ATTEMPTS_PER_CHILD; attempt++) {
      const a = this.#winner(draw(), draw());
      const b = this.#winner(draw(), draw());
      for (let k = 0; k < v; k++) {
        first[k] = parents.values[a * v + k];
        second[k] = parents.values[b * v + k];
      }
      if (this.#random.uniform() < this.options.crossoverProbability) this.#cross(first, second);
      for (const child of [first, second]) {
        if (this.#random.uniform() < this.options.mutationProbability) this.#mutate(child);
        if (nursery.count === size) break;
        nursery.slot.set(child);
        nursery.keepNew();
      }
    }
    return nursery.values();
  }

  /**
   * Selects by a binary tournament: the member with the smaller violation wins, then the one with the lower rank, then
   * the one in the less crowded place.
   */
  #winner(a: number, b: number): number {
    const { violations } = this.#population;
    if (violations[a] !== violations[b]) return violations[a] < violations[b] ? a : b;
    if (this.#ranks[a] !== this.#ranks[b]) return this.#ranks[a] < this.#ranks[b] ? a : b;
    if (this.#crowding[a] !== this.#crowding[b]) return this.#crowding[a] > this.#crowding[b] ? a : b;
    return this.#random.word() & 1 ? a : b;
  }

  /**
   * Crosses two parents by simulated binary crossover within bounds, each variable with probability one half; whole
   * numbers are rounded, categories swapped.
   * @see Deb and Agrawal 1995, Complex Systems 9(2), 115-148
   */
  #cross(first: Float64Array, second: Float64Array): void {
    const order = this.options.crossoverEta + 1;
    for (let k = 0; k < first.length; k++) {
      const bits = this.#random.word();
      if (bits & 1) continue;
      const isSwapped = (bits & 2) !== 0;
      const low = Math.min(first[k], second[k]);
      const high = Math.max(first[k], second[k]);
      const gap = high - low;
      if (gap <= 1e-14) continue;
      let c1 = low;
      let c2 = high;
      if (this.#kinds[k] !== KINDS.categorical) {
        const u = this.#random.uniform();
        const middle = 0.5 * (low + high);
        c1 = this.#fit(k, middle - 0.5 * spread(low - this.#lower[k], gap, u, order) * gap);
        c2 = this.#fit(k, middle + 0.5 * spread(this.#upper[k] - high, gap, u, order) * gap);
      }
      first[k] = isSwapped ? c2 : c1;
      second[k] = isSwapped ? c1 : c2;
    }
  }

  /**
   * Mutates by polynomial mutation within bounds; a whole number moves by at least 1, a category changes to any other.
   * @see Deb and Goyal 1996, Computer Science and Informatics 26, 30-45
   */
  #mutate(child: Float64Array): void {
    const { mutationEta: eta, generations } = this.options;
    const resetShare = this.options.resetShare * (1 - this.iteration / generations);
    const threshold = this.options.mutationProbabilityPerVariable * 2 ** 32;
    for (let k = 0; k < child.length; k++) {
      if (this.#random.word() >= threshold) continue;
      const lower = this.#lower[k];
      const range = this.#upper[k] - lower;
      if (range === 0) continue;
      if (this.#kinds[k] === KINDS.categorical) {
        const other = this.#random.below(range);
        child[k] = other < child[k] ? other : other + 1;
        continue;
      }
      if (this.#random.uniform() < resetShare) {
        child[k] = this.#at(k, this.#random.uniform());
        continue;
      }
      const u = this.#random.uniform();
      const fraction = (child[k] - lower) / range;
      const shift =
        u <= 0.5
          ? root(2 * u + (1 - 2 * u) * power(1 - fraction, eta + 1), eta + 1) - 1
          : 1 - root(2 * (1 - u) + 2 * (u - 0.5) * power(fraction, eta + 1), eta + 1);
      const moved = this.#fit(k, child[k] + shift * range);
      child[k] =
        this.#kinds[k] === KINDS.integer && moved === child[k] ? this.#fit(k, child[k] + (u <= 0.5 ? -1 : 1)) : moved;
    }
  }

  #fit(k: number, value: number): number {
    const own = this.#kinds[k] === KINDS.real ? value : Math.round(value);
    return Math.min(this.#upper[k], Math.max(this.#lower[k], own)) + 0;
  }
}

/** Returns the children's distance over the parents', by SBX's distribution cut off at `room` beyond the nearer parent. */
function spread(room: number, gap: number, u: number, order: number): number {
  const beyond = u * (2 - 1 / power(1 + (2 * room) / gap, order));
  return root(beyond <= 1 ? beyond : 1 / (2 - beyond), order);
}

/** Returns base ** exponent, by squaring where the exponent is whole: four times as fast as the general power. */
function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent)) return base ** exponent;
  let result = 1;
  let square = base;
  for (let left = exponent; left > 0; left >>= 1) {
    if (left & 1) result *= square;
    square *= square;
  }
  return result;
}

/** Returns value ** (1 / degree), by square roots while the degree is even. */
function root(value: number, degree: number): number {
  if (!Number.isInteger(degree)) return value ** (1 / degree);
  let result = value;
  let left = degree;
  for (; (left & 1) === 0; left >>= 1) result = Math.sqrt(result);
  return left === 1 ? result : result ** (1 / left);
}

function toStored(rows: Rows): StoredRows {
  return {
    values: Array.from(rows.values),
    objectives: Array.from(rows.objectives),
    constraints: Array.from(rows.constraints),
  };
}

/** Returns the rows `indices` of a flat array with `width` numbers each. */
function gather(flat: Float64Array, width: number, indices: ArrayLike<number>): Float64Array {
  const out = new Float64Array(indices.length * width);
  for (let j = 0; j < indices.length; j++)
    for (let k = 0; k < width; k++) out[j * width + k] = flat[indices[j] * width + k];
  return out;
}

/** Collects new designs; equal ones are found by a hash of their bits. */
class Nursery {
  /** The next design is written here. */
  slot: Float64Array;
  count = 0;
  readonly #width: number;
  readonly #all: Float64Array;
  readonly #known: number;
  readonly #words: Uint32Array;
  /** Open addressing: row number + 1, or 0. */
  readonly #table: Int32Array;

  constructor(width: number, capacity: number, known: Float64Array = new Float64Array(0)) {
    this.#width = width;
    this.#known = known.length / width;
    this.#all = new Float64Array(known.length + (capacity + 1) * width);
    this.#all.set(known);
    this.#words = new Uint32Array(this.#all.buffer);
    this.#table = new Int32Array(2 ** Math.ceil(Math.log2(2 * (this.#known + capacity) + 2)));
    for (let row = 0; row < this.#known; row++) this.#place(row);
    this.slot = this.#row(this.#known);
  }

  /** Keeps the design in the slot unless an equal one is known. */
  keepNew(): boolean {
    if (!this.#place(this.#known + this.count)) return false;
    this.count++;
    this.slot = this.#row(this.#known + this.count);
    return true;
  }

  values(): Float64Array {
    return this.#all.slice(this.#known * this.#width, (this.#known + this.count) * this.#width);
  }

  #row(row: number): Float64Array {
    return this.#all.subarray(row * this.#width, (row + 1) * this.#width);
  }

  #place(row: number): boolean {
    const length = this.#width * 2;
    let hash = 0x811c9dc5;
    for (let k = row * length; k < (row + 1) * length; k++) hash = Math.imul(hash ^ this.#words[k], 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#table.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const other = this.#table[slot] - 1;
      if (other < 0) {
        this.#table[slot] = row + 1;
        return true;
      }
      let k = 0;
      while (k < length && this.#words[row * length + k] === this.#words[other * length + k]) k++;
      if (k === length) return false;
    }
  }
}
