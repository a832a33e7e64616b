/** Grid search: every combination of the variables' steps, in chunks; what is kept does not grow with the grid. */
import { AppError } from '../contracts/common/app-error.ts';
import type { Optimizer, OptimizerState } from './optimizer.ts';
import {
  type Candidate,
  type Evaluation,
  ownObjectives,
  type Problem,
  readEvaluation,
  requireProblem,
  requireWhole,
  type Solution,
} from './problem.ts';

export interface GridSearchOptions {
  /** Step of a variable, by its name: from the lower bound on; the upper bound is always visited too. */
  readonly steps?: Readonly<Record<string, number>>;
  /** Values of each real variable without a step, evenly from bound to bound; default 5. Whole numbers step by 1. */
  readonly points?: number;
  /** Designs handed out together; default 1,000. */
  readonly chunkSize?: number;
}

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

const MAX_GRID_POINTS = 10_000_000;

/** The values that a grid visits, for each variable. */
export function gridLevels(problem: Problem, options: GridSearchOptions = {}): number[][] {
  const points = options.points ?? 5;
  for (const name of Object.keys(options.steps ?? {}))
    if (!problem.variables.some((variable) => variable.name === name && variable.kind !== 'categorical'))
      throw new AppError('optimize.invalid_input', `steps names ${name}, which is not a variable with steps`, {
        pointer: `/steps/${name}`,
      });
  return problem.variables.map((variable) => {
    if (variable.kind === 'categorical') return variable.choices.map((_, k) => k);
    const { name, kind, lower, upper } = variable;
    const step = options.steps?.[name] ?? (kind === 'integer' ? 1 : undefined);
    if (step === undefined) {
      if (lower === upper) return [lower];
      return Array.from({ length: points }, (_, k) =>
        k === points - 1 ? upper : lower + (k * (upper - lower)) / (points - 1),
      );
    }
    if (!(step > 0 && Number.isFinite(step)) || (kind === 'integer' && !Number.isInteger(step)))
      throw new AppError(
        'optimize.invalid_input',
        `steps.${name} is ${step}; expected a ${kind === 'integer' ? 'whole ' : ''}number above 0`,
        { pointer: `/steps/${name}` },
      );
    // A step that fits to within rounding ends on the upper bound itself.
    const whole = Math.floor((upper - lower) / step + 1e-9);
    if (whole > MAX_GRID_POINTS)
      throw new AppError('optimize.invalid_input', `steps.${name} is ${step}, ${whole} steps; raise it`, {
        pointer: `/steps/${name}`,
      });
    const levels = Array.from({ length: whole + 1 }, (_, k) => Math.min(upper, lower + k * step));
    if (upper - levels[whole] > 1e-9 * step) levels.push(upper);
    else levels[whole] = upper;
    return levels;
  });
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

  constructor(problem: Problem, options: GridSearchOptions = {}) {
    requireProblem(problem);
    this.problem = problem;
    this.options = { steps: options.steps ?? {}, points: options.points ?? 5, chunkSize: options.chunkSize ?? 1000 };
    requireWhole('points', this.options.points, 2, 1_000_000);
    requireWhole('chunk_size', this.options.chunkSize, 1, 1_000_000);
    this.#levels = gridLevels(problem, this.options);
    this.size = this.#levels.reduce((product, { length }) => product * length, 1);
    if (this.size > MAX_GRID_POINTS)
      throw new AppError(
        'optimize.invalid_input',
        `the grid has ${this.size} designs; expected at most ${MAX_GRID_POINTS}: larger steps, or fewer variables`,
        { pointer: '/steps' },
      );
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
