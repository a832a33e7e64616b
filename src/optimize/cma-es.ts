/**
 * CMA-ES: a Gaussian cloud whose covariance learns the shape of the valley; for one objective over real and whole numbers.
 * @see Hansen 2016, The CMA Evolution Strategy: A Tutorial, arXiv:1604.00772
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
import { Random } from '../statistics/random.ts';

export interface CmaEsOptions {
  readonly seed: number;
  /** Default 10,000 */
  readonly maxEvaluations?: number;
  /** Default 4 + 3 ln(variables) */
  readonly populationSize?: number;
  /** First step, as a share of each variable's range; default 0.3 */
  readonly stepShare?: number;
  /** Default: the middle of the bounds */
  readonly start?: readonly number[] | null;
  /** Ends where the largest standard deviation falls below this share of the range; default 1e-10 */
  readonly tolerance?: number;
}

interface Row {
  readonly id: number;
  readonly values: readonly number[];
  readonly objectives: readonly number[];
  readonly constraints: readonly number[];
  readonly violation: number;
}

interface Waiting {
  readonly id: number;
  /** In the unit box of the bounds, before it was moved inside. */
  readonly point: readonly number[];
  readonly values: readonly number[];
}

interface StoredCmaEs extends OptimizerState {
  readonly options: Required<CmaEsOptions>;
  readonly random: number[];
  readonly iteration: number;
  readonly evaluations: number;
  readonly nextId: number;
  readonly sigma: number;
  readonly mean: number[];
  readonly covariance: number[];
  readonly sigmaPath: number[];
  readonly covariancePath: number[];
  readonly waiting: readonly Waiting[];
  readonly told: readonly Row[];
  readonly best: Row | null;
}

export class CmaEs implements Optimizer {
  readonly method = 'cma_es';
  readonly problem: Problem;
  readonly options: Required<CmaEsOptions>;
  iteration = 0;
  evaluations = 0;

  readonly #n: number;
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  /** By rank: positive for the better half, with sum 1, and negative for the rest. */
  readonly #weights: Float64Array;
  readonly #muEff: number;
  /** Learning rates of the covariance: from its path, and from the generation. */
  readonly #rates: { readonly c1: number; readonly cMu: number };
  #random: Random;
  #nextId = 0;
  #sigma: number;
  #mean: number[];
  #covariance: number[];
  #sigmaPath: number[];
  #covariancePath: number[];
  #waiting: Waiting[] = [];
  #asked = 0;
  #told: Row[] = [];
  #best: Row | null = null;

  constructor(problem: Problem, options: CmaEsOptions) {
    requireProblem(problem);
    if (problem.objectives.length !== 1 || problem.variables.some(({ kind }) => kind === 'categorical'))
      throw new AppError('optimize.invalid_input', 'cma_es takes one objective and no categorical variables');
    const n = problem.variables.length;
    this.problem = problem;
    this.#n = n;
    this.options = {
      seed: options.seed,
      maxEvaluations: options.maxEvaluations ?? 10_000,
      populationSize: options.populationSize ?? 4 + Math.floor(3 * Math.log(n)),
      stepShare: options.stepShare ?? 0.3,
      start: options.start ?? null,
      tolerance: options.tolerance ?? 1e-10,
    };
    requireWhole('max_evaluations', this.options.maxEvaluations, 1, 1e9);
    requireWhole('population_size', this.options.populationSize, 4, 100_000);
    requireWhole('variables', n, 1, 200);
    requireBetween('step_share', this.options.stepShare, 1e-9, 1);
    requireBetween('tolerance', this.options.tolerance, 0, 1);
    if (this.options.start) requireValues(problem, this.options.start, 'the start');
    ({ lower: this.#lower, upper: this.#upper } = boundsOf(problem));
    this.#random = Random.fromSeed(options.seed);
    const size = this.options.populationSize;
    const raw = Float64Array.from({ length: size }, (_, i) => Math.log((size + 1) / 2) - Math.log(i + 1));
    // Recombination uses the better half; the covariance also learns from the worse half, by negative weights (tutorial, table 1).
    const better = effective(raw.subarray(0, size >> 1));
    const worse = effective(raw.subarray(size >> 1));
    const muEff = better.count;
    this.#muEff = muEff;
    const c1 = 2 / ((n + 1.3) ** 2 + muEff);
    const cMu = Math.min(1 - c1, (2 * (0.25 + muEff + 1 / muEff - 2)) / ((n + 2) ** 2 + muEff));
    this.#rates = { c1, cMu };
    const negative = Math.min(1 + c1 / cMu, 1 + (2 * worse.count) / (muEff + 2), (1 - c1 - cMu) / (n * cMu));
    this.#weights = raw.map((w, i) => (i < size >> 1 ? w / better.total : (negative * w) / Math.abs(worse.total)));
    this.#sigma = this.options.stepShare;
    this.#mean = Array.from(this.#lower, (lower, k) => {
      const range = this.#upper[k] - lower;
      return this.options.start && range > 0 ? (this.options.start[k] - lower) / range : 0.5;
    });
    this.#covariance = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
    this.#sigmaPath = new Array(n).fill(0);
    this.#covariancePath = new Array(n).fill(0);
    this.#sample();
  }

  /** Continues from what `state()` returned, with the same bits. */
  static fromState(problem: Problem, state: OptimizerState): CmaEs {
    const stored = state as StoredCmaEs;
    const search = new CmaEs(problem, stored.options);
    search.#random = Random.fromState(stored.random);
    search.iteration = stored.iteration;
    search.evaluations = stored.evaluations;
    search.#nextId = stored.nextId;
    search.#sigma = stored.sigma;
    search.#mean = [...stored.mean];
    search.#covariance = [...stored.covariance];
    search.#sigmaPath = [...stored.sigmaPath];
    search.#covariancePath = [...stored.covariancePath];
    search.#waiting = [...stored.waiting];
    search.#told = [...stored.told];
    search.#best = stored.best;
    search.#asked = 0;
    return search;
  }

  get progress(): number {
    return this.done ? 1 : this.evaluations / this.options.maxEvaluations;
  }

  get done(): boolean {
    return this.evaluations >= this.options.maxEvaluations || (this.#told.length === 0 && this.#isConverged());
  }

  ask(n = Number.POSITIVE_INFINITY): Candidate[] {
    if (this.done) return [];
    const told = new Set(this.#told.map(({ id }) => id));
    const candidates: Candidate[] = [];
    while (candidates.length < n && this.#asked < this.#waiting.length) {
      const { id, values } = this.#waiting[this.#asked++];
      if (!told.has(id)) candidates.push({ id, values });
    }
    return candidates;
  }

  tell(evaluations: readonly Evaluation[]): void {
    for (const evaluation of evaluations) {
      const waiting = this.#waiting.find(({ id }) => id === evaluation.id);
      if (!waiting || this.#told.some(({ id }) => id === evaluation.id))
        throw new AppError('optimize.invalid_input', `candidate ${evaluation.id} is not waiting for an evaluation`);
      const row: Row = { id: waiting.id, values: waiting.values, ...readEvaluation(this.problem, evaluation) };
      this.#told.push(row);
      this.evaluations++;
      if (this.#best === null || compare(row, this.#best) < 0) this.#best = row;
    }
    // The last generation may be cut short, and nothing is learned from it.
    if (this.#told.length === this.#waiting.length && this.evaluations < this.options.maxEvaluations) this.#update();
  }

  state(): OptimizerState {
    const stored: StoredCmaEs = {
      method: this.method,
      version: 1,
      options: this.options,
      random: this.#random.state(),
      iteration: this.iteration,
      evaluations: this.evaluations,
      nextId: this.#nextId,
      sigma: this.#sigma,
      mean: [...this.#mean],
      covariance: [...this.#covariance],
      sigmaPath: [...this.#sigmaPath],
      covariancePath: [...this.#covariancePath],
      waiting: [...this.#waiting],
      told: [...this.#told].sort((a, b) => a.id - b.id),
      best: this.#best,
    };
    return stored;
  }

  best(): Solution | null {
    if (this.#best === null) return null;
    const { values, objectives, constraints, violation } = this.#best;
    return { values, objectives: ownObjectives(this.problem, objectives), constraints, violation };
  }

  pareto(): Solution[] {
    const best = this.best();
    return best && best.violation === 0 ? [best] : [];
  }

  #isConverged(): boolean {
    let widest = 0;
    for (let k = 0; k < this.#n; k++) widest = Math.max(widest, this.#covariance[k * (this.#n + 1)]);
    return !(this.#sigma * Math.sqrt(widest) >= this.options.tolerance);
  }

  #sample(): void {
    const n = this.#n;
    const { vectors, deviations } = principalAxes(this.#covariance, n);
    this.#waiting = [];
    this.#asked = 0;
    const count = Math.min(this.options.populationSize, this.options.maxEvaluations - this.evaluations);
    for (let i = 0; i < count; i++) {
      const normal = Array.from(deviations, (deviation) => deviation * this.#random.normal());
      const point = this.#mean.map((mean, row) => {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += vectors[row * n + k] * normal[k];
        return mean + this.#sigma * sum + 0;
      });
      // Reflected at the bounds; the cloud learns from where the design really lay.
      const inside = point.map(reflected);
      const values = inside.map((fraction, k) => {
        const value = this.#lower[k] + fraction * (this.#upper[k] - this.#lower[k]);
        return Math.min(this.#upper[k], this.problem.variables[k].kind === 'integer' ? Math.round(value) : value) + 0;
      });
      this.#waiting.push({ id: this.#nextId++, point: inside, values });
    }
  }

  #update(): void {
    const n = this.#n;
    const muEff = this.#muEff;
    const mu = this.options.populationSize >> 1;
    const points = new Map(this.#waiting.map(({ id, point }) => [id, point]));
    const ranked = [...this.#told].sort(compare);
    const old = this.#mean;
    const steps = ranked.map(({ id }) => points.get(id)!.map((value, k) => (value - old[k]) / this.#sigma));
    const step = old.map((_, k) => steps.reduce((sum, y, i) => (i < mu ? sum + this.#weights[i] * y[k] : sum), 0));
    this.#mean = old.map((value, k) => value + this.#sigma * step[k]);
    const cSigma = (muEff + 2) / (n + muEff + 5);
    const damping = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma;
    const cPath = (4 + muEff / n) / (n + 4 + (2 * muEff) / n);
    const { c1, cMu } = this.#rates;
    const expected = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    const { vectors, deviations } = principalAxes(this.#covariance, n);
    // A step along the principal axes, with the covariance's shape taken out: D^-1 B^T y.
    const alongAxes = (y: readonly number[]): number[] =>
      Array.from(deviations, (deviation, k) => {
        let sum = 0;
        for (let row = 0; row < n; row++) sum += vectors[row * n + k] * y[row];
        return sum / deviation;
      });
    const along = alongAxes(step);
    const whitened = step.map((_, row) => along.reduce((sum, value, k) => sum + vectors[row * n + k] * value, 0));
    const gainSigma = Math.sqrt(cSigma * (2 - cSigma) * muEff);
    this.#sigmaPath = this.#sigmaPath.map((value, k) => (1 - cSigma) * value + gainSigma * whitened[k]);
    const length = Math.sqrt(this.#sigmaPath.reduce((sum, value) => sum + value * value, 0));
    const isSteady =
      length / Math.sqrt(1 - (1 - cSigma) ** (2 * (this.iteration + 1))) < (1.4 + 2 / (n + 1)) * expected;
    const gainPath = isSteady ? Math.sqrt(cPath * (2 - cPath) * muEff) : 0;
    this.#covariancePath = this.#covariancePath.map((value, k) => (1 - cPath) * value + gainPath * step[k]);
    // Bad steps are taken at the length that the cloud expects, so that the covariance stays positive.
    const weights = this.#weights.map((w, i) => {
      if (w >= 0) return w;
      const squared = alongAxes(steps[i]).reduce((sum, value) => sum + value * value, 0);
      return (w * n) / Math.max(squared, Number.MIN_VALUE);
    });
    const total = this.#weights.reduce((sum, w) => sum + w, 0);
    const kept = 1 - c1 - cMu * total + (isSteady ? 0 : c1 * cPath * (2 - cPath));
    const next = new Array<number>(n * n);
    for (let a = 0; a < n; a++)
      for (let b = 0; b <= a; b++) {
        let spread = 0;
        for (let i = 0; i < weights.length; i++) spread += weights[i] * steps[i][a] * steps[i][b];
        const value =
          kept * this.#covariance[a * n + b] + c1 * this.#covariancePath[a] * this.#covariancePath[b] + cMu * spread;
        next[a * n + b] = value;
        next[b * n + a] = value;
      }
    this.#covariance = next;
    this.#sigma = Math.min(1, this.#sigma * Math.exp(Math.min(1, (cSigma / damping) * (length / expected - 1))));
    this.#told = [];
    this.iteration++;
    if (this.done) this.#waiting = [];
    else this.#sample();
  }
}

/** Sum of weights, and how many equal weights they are worth. */
function effective(weights: Float64Array): { readonly total: number; readonly count: number } {
  const total = weights.reduce((sum, w) => sum + w, 0);
  return { total, count: total ** 2 / weights.reduce((sum, w) => sum + w * w, 0) };
}

/** Feasible before infeasible, by violation, then by objective, then by age. */
function compare(a: Row, b: Row): number {
  return a.violation - b.violation || a.objectives[0] - b.objectives[0] || a.id - b.id;
}

/** A number folded into [0, 1]. */
function reflected(value: number): number {
  const rest = Math.abs(value) % 2;
  return rest > 1 ? 2 - rest : rest;
}

/** Eigenvectors (columns) and square roots of the eigenvalues of a symmetric matrix, by Jacobi's rotations. */
function principalAxes(matrix: readonly number[], n: number): { vectors: Float64Array; deviations: Float64Array } {
  const a = Float64Array.from(matrix);
  const vectors = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let p = 0; p < n; p++) {
      diagonal += a[p * n + p] ** 2;
      for (let q = p + 1; q < n; q++) off += a[p * n + q] ** 2;
    }
    if (off <= 1e-30 * diagonal) break;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q];
        if (apq === 0) continue;
        const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const akp = a[k * n + p];
          const akq = a[k * n + q];
          a[k * n + p] = c * akp - s * akq;
          a[k * n + q] = s * akp + c * akq;
        }
        for (let k = 0; k < n; k++) {
          const apk = a[p * n + k];
          const aqk = a[q * n + k];
          a[p * n + k] = c * apk - s * aqk;
          a[q * n + k] = s * apk + c * aqk;
          const vkp = vectors[k * n + p];
          const vkq = vectors[k * n + q];
          vectors[k * n + p] = c * vkp - s * vkq;
          vectors[k * n + q] = s * vkp + c * vkq;
        }
      }
  }
  // Rounding may leave a tiny negative eigenvalue.
  const deviations = Float64Array.from({ length: n }, (_, k) => Math.sqrt(Math.max(a[k * n + k], 1e-30)));
  return { vectors, deviations };
}
