/**
 * Grid search: evaluates every combination of the variables' steps, in chunks. The stored state does not grow with the
 * grid.
 */
import { type GridSearchOptions, gridOf } from './grid-levels.ts';
import { AppError } from '../contracts/common/app-error.ts';
import type { Optimizer, OptimizerState } from './optimizer.ts';
import {
  type Candidate,
  type Evaluation,
  ownObjectives,
  type Problem,
  readEvaluation,
  type Solution,
} from './problem.ts';

interface Row {
  readonly id: number;
  readonly values: readonly number[];
  readonly objectives: readonly number[];
  readonly constraints: readonly number[];
  readonly violation: number;
}

interface StoredGridSearch extends OptimizerState {
  readonly options: Required<GridSearchOptions>;
  readonly evaluations: number;
  /** Every design before this one was evaluated. */
  readonly floor: number;
  readonly told: readonly number[];
  readonly best: Row | null;
  readonly front: readonly Row[];
}

export class GridSearch implements Optimizer {
  readonly method = 'grid_search';
  readonly problem: Problem;
  readonly options: Required<GridSearchOptions>;
  /** Designs in all. */
  readonly size: number;
  evaluations = 0;

  readonly #levels: readonly (readonly number[])[];
  #floor = 0;
  #asked = 0;
  /** Evaluated designs at or beyond the floor. */
  #told = new Set<number>();
  #best: Row | null = null;
  #front: Row[] = [];

  constructor(problem: Problem, options: GridSearchOptions) {
    this.problem = problem;
    ({ options: this.options, levels: this.#levels, size: this.size } = gridOf(problem, options));
  }

  /** Continues from what `state()` returned, with the same bits. */
  static fromState(problem: Problem, state: OptimizerState): GridSearch {
    const stored = state as StoredGridSearch;
    const search = new GridSearch(problem, stored.options);
    search.evaluations = stored.evaluations;
    search.#floor = stored.floor;
    search.#asked = stored.floor;
    search.#told = new Set(stored.told);
    search.#best = stored.best;
    search.#front = [...stored.front];
    return search;
  }

  /** Number of complete chunks. */
  get iteration(): number {
    const chunks = this.#floor / this.options.chunkSize;
    return this.done ? Math.ceil(chunks) : Math.floor(chunks);
  }

  get progress(): number {
    return this.evaluations / this.size;
  }

  get done(): boolean {
    return this.#floor >= this.size;
  }

  ask(n = this.options.chunkSize): Candidate[] {
    const candidates: Candidate[] = [];
    while (candidates.length < n && this.#asked < this.size) {
      const id = this.#asked++;
      if (!this.#told.has(id)) candidates.push({ id, values: this.#values(id) });
    }
    return candidates;
  }

  tell(evaluations: readonly Evaluation[]): void {
    for (const evaluation of evaluations) {
      const { id } = evaluation;
      if (!(Number.isInteger(id) && id >= this.#floor && id < this.size) || this.#told.has(id))
        throw new AppError('optimize.invalid_input', `candidate ${id} is not waiting for an evaluation`);
      const row: Row = { id, values: this.#values(id), ...readEvaluation(this.problem, evaluation) };
      this.#told.add(id);
      this.evaluations++;
      if (this.#best === null || isBetter(row, this.#best)) this.#best = row;
      if (row.violation === 0) this.#admit(row);
      while (this.#told.delete(this.#floor)) this.#floor++;
    }
    this.#asked = Math.max(this.#asked, this.#floor);
  }

  state(): OptimizerState {
    const stored: StoredGridSearch = {
      method: this.method,
      version: 1,
      options: this.options,
      evaluations: this.evaluations,
      floor: this.#floor,
      told: [...this.#told].sort((a, b) => a - b),
      best: this.#best,
      front: [...this.#front].sort((a, b) => a.id - b.id),
    };
    return stored;
  }

  best(): Solution | null {
    return this.#best && this.#solution(this.#best);
  }

  pareto(): Solution[] {
    return [...this.#front]
      .sort((a, b) => a.objectives[0] - b.objectives[0] || a.id - b.id)
      .map((row) => this.#solution(row));
  }

  #solution({ values, objectives, constraints, violation }: Row): Solution {
    return { values, objectives: ownObjectives(this.problem, objectives), constraints, violation };
  }

  /** The last variable changes fastest. */
  #values(id: number): number[] {
    const values = new Array<number>(this.#levels.length);
    let rest = id;
    for (let k = this.#levels.length - 1; k >= 0; k--) {
      const { length } = this.#levels[k];
      values[k] = this.#levels[k][rest % length];
      rest = Math.floor(rest / length);
    }
    return values;
  }

  /** Keeps the front; among equal points the first design stays, independently of the order of `tell`. */
  #admit(row: Row): void {
    for (const other of this.#front) {
      if (!row.objectives.every((f, k) => other.objectives[k] <= f)) continue;
      const isEqual = row.objectives.every((f, k) => other.objectives[k] === f);
      if (!isEqual || other.id < row.id) return;
    }
    this.#front = this.#front.filter((other) => !other.objectives.every((f, k) => row.objectives[k] <= f));
    this.#front.push(row);
  }
}

function isBetter(a: Row, b: Row): boolean {
  if (a.violation !== b.violation) return a.violation < b.violation;
  return a.objectives[0] !== b.objectives[0] ? a.objectives[0] < b.objectives[0] : a.id < b.id;
}
