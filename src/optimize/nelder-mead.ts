/**
 * Nelder-Mead's simplex: polishes a design that is nearly best, without derivatives.
 * @see Nelder and Mead 1965, doi:10.1093/comjnl/7.4.308; Gao and Han 2012, doi:10.1007/s10589-010-9329-3 (coefficients)
 */
import { AppError } from '../contracts/common/app-error.ts';
import type { Optimizer, OptimizerState } from './optimizer.ts';
import {
  boundsOf,
  type Candidate,
  type Evaluation,
  ownObjectives,
  type Problem,
  readEvaluation,
  requireBetween,
  requireProblem,
  requireValues,
  requireWhole,
  type Solution,
} from './problem.ts';

export interface NelderMeadOptions {
  /** The design to polish; variables that are not real keep its values. */
  readonly start: readonly number[];
  /** Default 1,000 */
  readonly maxEvaluations?: number;
  /** Edge of the first simplex, as a share of each range; default 0.05 */
  readonly stepShare?: number;
  /** Ends where the simplex is smaller than this share of the ranges; default 1e-9 */
  readonly tolerance?: number;
}

interface Row {
  readonly id: number;
  readonly values: readonly number[];
  readonly objectives: readonly number[];
  readonly constraints: readonly number[];
  readonly violation: number;
}

type Phase = 'start' | 'reflect' | 'expand' | 'contract' | 'shrink';

interface StoredNelderMead extends OptimizerState {
  readonly options: Required<NelderMeadOptions>;
  readonly iteration: number;
  readonly evaluations: number;
  readonly nextId: number;
  readonly phase: Phase;
  readonly simplex: readonly Row[];
  readonly reflected: Row | null;
  readonly waiting: readonly Candidate[];
  readonly told: readonly Row[];
}

/** Feasible before infeasible, by violation, then by objective, then by age. */
const compare = (a: Row, b: Row): number =>
  a.violation - b.violation || a.objectives[0] - b.objectives[0] || a.id - b.id;
const isBetter = (a: Row, b: Row): boolean =>
  a.violation < b.violation || (a.violation === b.violation && a.objectives[0] < b.objectives[0]);

export class NelderMead implements Optimizer {
  readonly method = 'nelder_mead';
  readonly problem: Problem;
  readonly options: Required<NelderMeadOptions>;
  iteration = 0;
  evaluations = 0;

  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  /** Places of the variables that move. */
  readonly #free: readonly number[];
  #nextId = 0;
  #phase: Phase = 'start';
  #simplex: Row[] = [];
  #reflected: Row | null = null;
  #waiting: Candidate[] = [];
  #asked = 0;
  #told: Row[] = [];

  constructor(problem: Problem, options: NelderMeadOptions) {
    requireProblem(problem);
    if (problem.objectives.length !== 1)
      throw new AppError(
        'optimize.invalid_input',
        `nelder_mead takes one objective; ${problem.objectives.length} given`,
      );
    requireValues(problem, options.start, 'the start');
    this.problem = problem;
    this.options = {
      start: [...options.start],
      maxEvaluations: options.maxEvaluations ?? 1000,
      stepShare: options.stepShare ?? 0.05,
      tolerance: options.tolerance ?? 1e-9,
    };
    requireWhole('max_evaluations', this.options.maxEvaluations, 1, 1e9);
    requireBetween('step_share', this.options.stepShare, 1e-9, 1);
    requireBetween('tolerance', this.options.tolerance, 0, 1);
    ({ lower: this.#lower, upper: this.#upper } = boundsOf(problem));
    this.#free = problem.variables.flatMap(({ kind }, k) =>
      kind === 'real' && this.#upper[k] > this.#lower[k] ? [k] : [],
    );
    if (this.#free.length === 0)
      throw new AppError('optimize.invalid_input', 'nelder_mead needs a real variable with room between its bounds');
    this.#queue(
      this.options.start,
      ...this.#free.map((k) => {
        const edge = this.options.stepShare * (this.#upper[k] - this.#lower[k]);
        const moved = [...this.options.start];
        moved[k] += moved[k] + edge <= this.#upper[k] ? edge : -edge;
        return this.#inside(moved);
      }),
    );
  }

  /** Continues from what `state()` returned, with the same bits. */
  static fromState(problem: Problem, state: OptimizerState): NelderMead {
    const stored = state as StoredNelderMead;
    const search = new NelderMead(problem, stored.options);
    search.iteration = stored.iteration;
    search.evaluations = stored.evaluations;
    search.#nextId = stored.nextId;
    search.#phase = stored.phase;
    search.#simplex = [...stored.simplex];
    search.#reflected = stored.reflected;
    search.#waiting = [...stored.waiting];
    search.#told = [...stored.told];
    search.#asked = 0;
    return search;
  }

  get progress(): number {
    return this.done ? 1 : this.evaluations / this.options.maxEvaluations;
  }

  get done(): boolean {
    return this.evaluations >= this.options.maxEvaluations || this.#waiting.length === 0;
  }

  ask(n = Number.POSITIVE_INFINITY): Candidate[] {
    if (this.done) return [];
    const told = new Set(this.#told.map(({ id }) => id));
    const candidates: Candidate[] = [];
    while (candidates.length < n && this.#asked < this.#waiting.length) {
      const candidate = this.#waiting[this.#asked++];
      if (!told.has(candidate.id)) candidates.push(candidate);
    }
    return candidates;
  }

  tell(evaluations: readonly Evaluation[]): void {
    for (const evaluation of evaluations) {
      const waiting = this.#waiting.find(({ id }) => id === evaluation.id);
      if (!waiting || this.#told.some(({ id }) => id === evaluation.id))
        throw new AppError('optimize.invalid_input', `candidate ${evaluation.id} is not waiting for an evaluation`);
      this.#told.push({ ...waiting, ...readEvaluation(this.problem, evaluation) });
      this.evaluations++;
    }
    if (evaluations.length > 0 && this.#told.length === this.#waiting.length && !this.done) this.#advance();
  }

  state(): OptimizerState {
    const stored: StoredNelderMead = {
      method: this.method,
      version: 1,
      options: this.options,
      iteration: this.iteration,
      evaluations: this.evaluations,
      nextId: this.#nextId,
      phase: this.#phase,
      simplex: [...this.#simplex],
      reflected: this.#reflected,
      waiting: [...this.#waiting],
      told: [...this.#told].sort((a, b) => a.id - b.id),
    };
    return stored;
  }

  best(): Solution | null {
    const [best] = [...this.#simplex, ...this.#told, ...(this.#reflected ? [this.#reflected] : [])].sort(compare);
    if (!best) return null;
    const { values, objectives, constraints, violation } = best;
    return { values, objectives: ownObjectives(this.problem, objectives), constraints, violation };
  }

  pareto(): Solution[] {
    const best = this.best();
    return best && best.violation === 0 ? [best] : [];
  }

  #inside(values: readonly number[]): number[] {
    return values.map((value, k) => Math.min(this.#upper[k], Math.max(this.#lower[k], value)) + 0);
  }

  #queue(...designs: readonly (readonly number[])[]): void {
    this.#told = [];
    this.#asked = 0;
    const left = this.options.maxEvaluations - this.evaluations;
    this.#waiting = designs.slice(0, left).map((values) => ({ id: this.#nextId++, values }));
  }

  /** Centroid + factor (centroid - worst), within bounds. */
  #beyond(factor: number): number[] {
    const others = this.#simplex.slice(0, -1);
    const worst = this.#simplex[this.#simplex.length - 1].values;
    const next = [...worst];
    for (const k of this.#free) {
      const centroid = others.reduce((sum, { values }) => sum + values[k], 0) / others.length;
      next[k] = centroid + factor * (centroid - worst[k]);
    }
    return this.#inside(next);
  }

  #replaceWorst(row: Row): void {
    this.#simplex[this.#simplex.length - 1] = row;
    this.#begin();
  }

  /** A new round: sorts, looks whether the simplex has shrunk to a point, reflects the worst. */
  #begin(): void {
    this.#simplex.sort(compare);
    this.#reflected = null;
    this.iteration++;
    const [{ values: best }] = this.#simplex;
    let widest = 0;
    for (const { values } of this.#simplex)
      for (const k of this.#free)
        widest = Math.max(widest, Math.abs(values[k] - best[k]) / (this.#upper[k] - this.#lower[k]));
    if (widest < this.options.tolerance) {
      this.#queue();
      return;
    }
    this.#phase = 'reflect';
    this.#queue(this.#beyond(1));
  }

  #advance(): void {
    const n = this.#free.length;
    const told = [...this.#told].sort((a, b) => a.id - b.id);
    const [found] = told;
    if (this.#phase === 'start') {
      this.#simplex = told;
      this.#begin();
      return;
    }
    if (this.#phase === 'shrink') {
      this.#simplex = [this.#simplex[0], ...told];
      this.#begin();
      return;
    }
    if (this.#phase === 'reflect') {
      this.#reflected = found;
      const second = this.#simplex[this.#simplex.length - 2];
      if (isBetter(found, this.#simplex[0])) {
        this.#phase = 'expand';
        this.#queue(this.#beyond(1 + 2 / n));
      } else if (isBetter(found, second)) this.#replaceWorst(found);
      else {
        this.#phase = 'contract';
        const factor = 0.75 - 1 / (2 * Math.max(n, 2));
        this.#queue(this.#beyond(isBetter(found, this.#simplex[this.#simplex.length - 1]) ? factor : -factor));
      }
      return;
    }
    const reflected = this.#reflected!;
    if (this.#phase === 'expand') {
      this.#replaceWorst(isBetter(found, reflected) ? found : reflected);
      return;
    }
    const worst = this.#simplex[this.#simplex.length - 1];
    const better = isBetter(reflected, worst) ? reflected : worst;
    if (isBetter(found, better)) {
      this.#replaceWorst(found);
      return;
    }
    this.#phase = 'shrink';
    this.#reflected = null;
    const shrinking = 1 - 1 / Math.max(n, 2);
    const [{ values: best }] = this.#simplex;
    this.#queue(
      ...this.#simplex
        .slice(1)
        .map(({ values }) =>
          values.map((value, k) => (this.#free.includes(k) ? best[k] + shrinking * (value - best[k]) : value)),
        ),
    );
  }
}
