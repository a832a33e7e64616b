/**
 * Bayesian optimization: few, costly evaluations. A Gaussian process for each objective and constraint; the next design
 * maximises the logarithm of the expected improvement plus that of the probability of being feasible.
 * @see Jones, Schonlau and Welch 1998, doi:10.1023/A:1008306431147; Ament et al. 2023, arXiv:2310.20708
 */
import { type BayesianOptions, bayesianOptions } from './options.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import {
  type CoordinateKind,
  defaultHyperParameters,
  fitHyperParameters,
  GaussianProcess,
  type HyperParameters,
} from './gaussian-process.ts';
import { minimizeInBox } from '../lbfgs.ts';
import { logCdf, logExponentialImprovement, logLinearImprovement } from '../../statistics/normal-tail.ts';
import type { Optimizer, OptimizerState } from '../optimizer.ts';
import { nonDominatedRanks } from '../pareto.ts';
import {
  boundsOf,
  type Candidate,
  type Evaluation,
  ownObjectives,
  type Problem,
  readEvaluation,
  type Solution,
} from '../problem.ts';
import { Random } from '../../statistics/random.ts';

interface Row {
  readonly id: number;
  readonly values: number[];
  readonly objectives: number[];
  readonly constraints: number[];
  readonly violation: number;
}

interface StoredBayesian extends OptimizerState {
  readonly options: Required<BayesianOptions>;
  readonly random: number[];
  readonly iteration: number;
  readonly nextId: number;
  readonly exhausted: boolean;
  /** Absent in states that were stored before searches could restart. */
  readonly since?: number;
  readonly rows: Row[];
  readonly queue: Candidate[];
  readonly fits: { surveyedAt: number; bend: number; hyper: number[][] }[];
}

/** The fitted model of one output, from which the next fit starts. */
interface Fit {
  /** Known designs when all bends were last compared. */
  surveyedAt: number;
  /** Index of the best one in BENDS. */
  bend: number;
  /** Hyper-parameters of the last fit for each bend. */
  hyper: HyperParameters[];
}

/** One fitted output: an objective, a scalarised set of objectives, or a constraint. */
interface Model {
  readonly process: GaussianProcess;
  readonly y: Float64Array;
  readonly hyper: HyperParameters;
  /** From the output's own unit to the model's. */
  readonly scaled: (value: number) => number;
  /** How the output was bent, and the bent output's standard deviation, one unit of the model. */
  readonly bend: number;
  readonly deviation: number;
}

const SCREENED_PER_VARIABLE = 200;
const SCREENED_MOST = 2000;
/**
 * The possible bends (warps) of an objective before it is modelled: 0 changes nothing, values above 0 compress far
 * peaks, values below 0 stretch a plateau.
 */
const BENDS = [-3, -1, 0, 0.3, 1, 3, 10];
const STRAIGHT = [0];
/** All transforms are compared again after this many further designs; in between, only the best one's model is updated. */
const SURVEY_EVERY = 5;
/** Variances of the ripple from which fits start, in addition to the last fit: almost none, and a large part. */
const RIPPLE_STARTS = [1e-4, 0.3];
const REFINED = 6;
/**
 * A search has settled where the model expects less than this gain (in the model's unit), and more designs than this many and one for each
 * variable are as good as its best to that gain and within this distance of it (times the square root of the number of variables).
 */
const SETTLED = { gain: 1e-4, designs: 4, distance: 0.03 };
/** Number of final designs that are chosen by a model of all results. */
const CLOSING = 5;
const FIT_ITERATIONS = 25;
const REFINE_ITERATIONS = 40;

export class Bayesian implements Optimizer {
  readonly method = 'bayesian';
  readonly problem: Problem;
  readonly options: Required<BayesianOptions>;
  iteration = 0;

  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #kinds: CoordinateKind[];
  #random: Random;
  /** Evaluations that were received, in order of their ids. */
  #rows: Row[] = [];
  /** Candidates that were chosen and not yet evaluated, in order of their ids; the first `#asked` of them were handed out. */
  #queue: Candidate[] = [];
  #asked = 0;
  #nextId = 0;
  #exhausted = false;
  /** Designs of lower ids belong to searches that have settled. */
  #since = 0;
  /** The last fit of the objective (or the one scalarised) and of each constraint. */
  #fits: Fit[];

  constructor(problem: Problem, options: BayesianOptions) {
    this.problem = problem;
    this.options = bayesianOptions(problem, options);
    ({ lower: this.#lower, upper: this.#upper } = boundsOf(problem));
    this.#kinds = problem.variables.map(({ kind }) => (kind === 'categorical' ? 'mismatch' : 'distance'));
    this.#random = Random.fromSeed(options.seed);
    this.#fits = this.#unfitted();
    for (const values of this.options.initial) this.#enqueue(values);
    this.#queueHypercube();
  }

  /** Continues from what `state()` returned, with the same bits. */
  static fromState(problem: Problem, state: OptimizerState): Bayesian {
    const stored = state as StoredBayesian;
    const search = new Bayesian(problem, stored.options);
    search.#random = Random.fromState(stored.random);
    search.iteration = stored.iteration;
    search.#nextId = stored.nextId;
    search.#exhausted = stored.exhausted;
    search.#since = stored.since ?? 0;
    search.#rows = stored.rows.map((row) => ({ ...row }));
    search.#queue = stored.queue.map((candidate) => ({ ...candidate }));
    search.#asked = 0;
    search.#fits = stored.fits.map((fit) => ({ ...fit, hyper: fit.hyper.map((hyper) => Float64Array.from(hyper)) }));
    return search;
  }

  get evaluations(): number {
    return this.#rows.length;
  }

  get progress(): number {
    return this.done ? 1 : this.#rows.length / this.options.maxEvaluations;
  }

  get done(): boolean {
    return this.#rows.length >= this.options.maxEvaluations || (this.#exhausted && this.#queue.length === 0);
  }

  ask(n = Number.POSITIVE_INFINITY): Candidate[] {
    // A batch is chosen when all earlier results are known, so the results do not depend on the number of candidates that are
    // requested at once.
    if (this.#queue.length === 0 && !this.done) this.#chooseBatch();
    const candidates = this.#queue.slice(this.#asked, this.#asked + Math.min(n, this.#queue.length));
    this.#asked += candidates.length;
    return candidates;
  }

  tell(evaluations: readonly Evaluation[]): void {
    for (const evaluation of evaluations) {
      const place = this.#queue.findIndex(({ id }) => id === evaluation.id);
      if (place < 0)
        throw new AppError('optimize.invalid_input', `candidate ${evaluation.id} is not waiting for an evaluation`);
      const { objectives, constraints, violation } = readEvaluation(this.problem, evaluation);
      const [{ id, values }] = this.#queue.splice(place, 1);
      if (place < this.#asked) this.#asked--;
      let at = this.#rows.length;
      while (at > 0 && this.#rows[at - 1].id > id) at--;
      this.#rows.splice(at, 0, { id, values: [...values], objectives, constraints, violation });
    }
    if (evaluations.length > 0 && this.#queue.length === 0) this.iteration++;
  }

  state(): OptimizerState {
    const stored: StoredBayesian = {
      method: this.method,
      version: 1,
      options: this.options,
      random: this.#random.state(),
      iteration: this.iteration,
      nextId: this.#nextId,
      exhausted: this.#exhausted,
      since: this.#since,
      rows: this.#rows.map((row) => ({ ...row })),
      queue: this.#queue.map((candidate) => ({ ...candidate })),
      fits: this.#fits.map((fit) => ({ ...fit, hyper: fit.hyper.map((hyper) => Array.from(hyper)) })),
    };
    return stored;
  }

  best(): Solution | null {
    let best: Row | null = null;
    for (const row of this.#rows)
      if (
        best === null ||
        row.violation < best.violation ||
        (row.violation === best.violation && row.objectives[0] < best.objectives[0])
      )
        best = row;
    return best && this.#solution(best);
  }

  pareto(): Solution[] {
    const feasible = this.#rows.filter(({ violation }) => violation === 0);
    const ranks = nonDominatedRanks(
      feasible.flatMap(({ objectives }) => objectives),
      this.problem.objectives.length,
    );
    return feasible
      .filter((_, k) => ranks[k] === 0)
      .sort((a, b) => a.objectives[0] - b.objectives[0] || a.id - b.id)
      .map((row) => this.#solution(row));
  }

  #solution({ values, objectives, constraints, violation }: Row): Solution {
    return { values, objectives: ownObjectives(this.problem, objectives), constraints, violation };
  }

  #unfitted(): Fit[] {
    return Array.from({ length: 1 + this.problem.constraints.length }, () => ({ surveyedAt: 0, bend: 0, hyper: [] }));
  }

  /** Queues a design unless it is known or exceeds the number of evaluations. */
  #enqueue(values: readonly number[]): void {
    const isKnown = [...this.#rows, ...this.#queue].some((other) => other.values.join() === values.join());
    if (isKnown || this.#rows.length + this.#queue.length >= this.options.maxEvaluations) return;
    this.#queue.push({ id: this.#nextId++, values: [...values] });
  }

  #queueHypercube(): void {
    const { initialPoints } = this.options;
    const strata = this.problem.variables.map(() => {
      const places = Int32Array.from({ length: initialPoints }, (_, i) => i);
      this.#random.shuffle(places);
      return places;
    });
    for (let i = 0; i < initialPoints; i++)
      this.#enqueue(this.#fromUnit(strata.map((places) => (places[i] + this.#random.uniform()) / initialPoints)));
  }

  /** Tells whether the current search has settled, and enough evaluations are left for another one. */
  #isSettled(rows: readonly Row[], { y, deviation }: Model, logImprovement: number): boolean {
    const { maxEvaluations, initialPoints } = this.options;
    const isLate = maxEvaluations - this.#rows.length < 3 * initialPoints;
    if (isLate || this.problem.objectives.length > 1) return false;
    if (logImprovement > Math.log(SETTLED.gain * deviation)) return false;
    const feasible = [...rows.keys()].filter((i) => rows[i].violation === 0);
    if (feasible.length === 0) return false;
    const best = feasible.reduce((a, b) => (y[b] < y[a] ? b : a));
    const d = this.#kinds.length;
    const center = this.#encode(rows[best].values);
    const asGood = feasible.filter((i) => {
      const distance = Math.hypot(...this.#encode(rows[i].values).map((v, k) => v - center[k]));
      return y[i] <= y[best] + SETTLED.gain && distance < SETTLED.distance * Math.sqrt(d);
    });
    return asGood.length > SETTLED.designs + d;
  }

  /** Begins a search that does not use the results of the earlier ones. @returns false if no design is left for it */
  #beginAnew(): boolean {
    const since = this.#nextId;
    this.#queueHypercube();
    if (this.#queue.length > 1) {
      this.#since = since;
      this.#fits = this.#unfitted();
    }
    return this.#queue.length > 0;
  }

  /** Returns the values at fractions of each variable's range. */
  #fromUnit(unit: ArrayLike<number>): number[] {
    return Array.from(this.problem.variables, ({ kind }, k) => {
      const range = this.#upper[k] - this.#lower[k];
      if (kind === 'real') return Math.min(this.#upper[k], this.#lower[k] + unit[k] * range) + 0;
      return this.#lower[k] + Math.min(range, Math.floor(unit[k] * (range + 1))) + 0;
    });
  }

  /** Returns a design as the model sees it: fractions of the range, and labels. */
  #encode(values: readonly number[]): Float64Array {
    return Float64Array.from(values, (value, k) => {
      if (this.#kinds[k] === 'mismatch') return value;
      const range = this.#upper[k] - this.#lower[k];
      return range > 0 ? (value - this.#lower[k]) / range : 0;
    });
  }

  /** Returns the design of a point of the model, whole where it must be. */
  #decode(point: ArrayLike<number>): number[] {
    return Array.from(this.problem.variables, ({ kind }, k) => {
      if (kind === 'categorical') return point[k];
      const value = this.#lower[k] + point[k] * (this.#upper[k] - this.#lower[k]);
      return Math.min(this.#upper[k], Math.max(this.#lower[k], kind === 'integer' ? Math.round(value) : value)) + 0;
    });
  }

  #chooseBatch(): void {
    const left = this.options.maxEvaluations - this.#rows.length;
    const rows = left > CLOSING ? this.#rows.filter(({ id }) => id >= this.#since) : this.#rows;
    const x = Float64Array.from(rows.flatMap(({ values }) => Array.from(this.#encode(values))));
    const known = new Set(this.#rows.map(({ values }) => values.join()));
    const constraints = this.problem.constraints.map((_, c) =>
      this.#model(
        x,
        rows.map((row) => row.constraints[c]),
        1 + c,
      ),
    );
    let objective = this.#model(x, this.#scalarised(rows), 0);
    let chosenX = x;
    let models = constraints;
    const isMany = this.problem.objectives.length > 1;
    for (let k = 0; k < Math.min(this.options.batchSize, left); k++) {
      // Several objectives: another random direction for each design.
      if (k > 0 && isMany) objective = this.#believing(this.#model(x, this.#scalarised(rows), 0), x, chosenX);
      const { values, score } = this.#nextDesign(rows, objective, models, chosenX, known);
      if (k === 0 && this.#isSettled(rows, objective, score) && this.#beginAnew()) return;
      if (values === null) {
        this.#exhausted = true;
        return;
      }
      known.add(values.join());
      this.#queue.push({ id: this.#nextId++, values });
      const longer = new Float64Array(chosenX.length + values.length);
      longer.set(chosenX);
      longer.set(this.#encode(values), chosenX.length);
      if (!isMany) objective = this.#believing(objective, chosenX, longer);
      models = models.map((model) => this.#believing(model, chosenX, longer));
      chosenX = longer;
    }
  }

  /** Returns the model under the assumption that further designs have the results that it predicts. */
  #believing(model: Model, x: Float64Array, longer: Float64Array): Model {
    const d = this.#kinds.length;
    let { process, y } = model;
    for (let at = x.length; at < longer.length; at += d) {
      y = Float64Array.of(...y, process.predict(longer.subarray(at, at + d)).mean);
      process = new GaussianProcess(longer.subarray(0, at + d), y, this.#kinds, model.hyper);
    }
    return { ...model, process, y };
  }

  /**
   * Returns one number to minimise for each row: the objective, or with several the augmented Chebyshev norm in a
   * random direction.
   * @see Knowles 2006 (ParEGO), doi:10.1109/TEVC.2005.851274
   */
  #scalarised(rows: readonly Row[]): number[] {
    const m = this.problem.objectives.length;
    if (m === 1) return rows.map(({ objectives }) => objectives[0]);
    const weights = Array.from({ length: m }, () => -Math.log(1 - this.#random.uniform()));
    const total = weights.reduce((a, b) => a + b);
    const lowest = weights.map((_, k) => Math.min(...rows.map((row) => row.objectives[k])));
    const highest = weights.map((_, k) => Math.max(...rows.map((row) => row.objectives[k])));
    return rows.map(({ objectives }) => {
      const parts = objectives.map((f, k) => {
        const range = highest[k] - lowest[k];
        return ((weights[k] / total) * (f - lowest[k])) / (range > 0 ? range : 1);
      });
      return Math.max(...parts) + 0.05 * parts.reduce((a, b) => a + b);
    });
  }

  /**
   * Returns the process of one output. Objectives are warped (Snelson et al. 2003) by the bend with the largest posterior
   * density in the output's own unit.
   */
  #model(x: Float64Array, raw: readonly number[], slot: number): Model {
    const d = this.#kinds.length;
    const bends = slot === 0 ? BENDS : STRAIGHT;
    const fit = this.#fits[slot];
    const fitted = (place: number, starts: readonly HyperParameters[]) => {
      const { logJacobian, ...mapping } = bent(raw, bends[place]);
      const y = Float64Array.from(raw, mapping.scaled);
      const { hyper, value } = fitHyperParameters(x, y, this.#kinds, starts, FIT_ITERATIONS);
      return { place, y, hyper, ...mapping, value: value - logJacobian };
    };
    const isNew = fit.hyper.length === 0;
    const fresh = RIPPLE_STARTS.map((ripple) => defaultHyperParameters(d, ripple));
    let best = fitted(fit.bend, isNew ? fresh : [fit.hyper[fit.bend]]);
    fit.hyper[best.place] = best.hyper;
    if (isNew || x.length / d >= fit.surveyedAt + SURVEY_EVERY) {
      for (let place = 0; place < bends.length; place++) {
        if (place === fit.bend) continue;
        const other = fitted(place, isNew ? fresh : [fit.hyper[place]]);
        fit.hyper[place] = other.hyper;
        if (other.value < best.value) best = other;
      }
      if (!isNew) {
        const anew = fitted(best.place, fresh);
        if (anew.value < best.value) best = anew;
        fit.hyper[best.place] = best.hyper;
      }
      fit.bend = best.place;
      fit.surveyedAt = x.length / d;
    }
    return { process: new GaussianProcess(x, best.y, this.#kinds, best.hyper), ...best };
  }

  /**
   * Returns the logarithm of the acquisition at a point; with its gradient by each coordinate, if one is given. It
   * counts the improvement in the objective's own unit, up to a constant: below the lowest value, a transform with an
   * exponent above 0 continues as a straight line and one below 0 as an exponential.
   */
  #acquisition(objective: Model, constraints: readonly Model[], best: number | null) {
    const d = this.#kinds.length;
    const gradients = { mean: new Float64Array(d), variance: new Float64Array(d) };
    const zeros = constraints.map((model) => model.scaled(0));
    return (point: ArrayLike<number>, gradient?: Float64Array): number => {
      let value = 0;
      gradient?.fill(0);
      const add = (model: Model, limit: number, isObjective: boolean): void => {
        const { mean, variance } = model.process.predict(point, gradient && gradients);
        const deviation = Math.sqrt(variance);
        const z = (limit - mean) / deviation;
        const sigma = deviation * model.deviation;
        const improvement = model.bend < 0 ? logExponentialImprovement : logLinearImprovement;
        const log = isObjective ? improvement(z, sigma) : { ...logCdf(z), bySigma: 0 };
        value += log.value;
        if (gradient)
          for (let k = 0; k < d; k++) {
            const bySpread = gradients.variance[k] / (2 * variance);
            gradient[k] += log.slope * (-gradients.mean[k] / deviation - z * bySpread) + log.bySigma * sigma * bySpread;
          }
      };
      if (best !== null) add(objective, best, true);
      for (const [k, model] of constraints.entries()) add(model, zeros[k], false);
      return value;
    };
  }

  /**
   * The new design with the largest acquisition, and that acquisition; null if every design of a discrete space was
   * evaluated.
   */
  #nextDesign(
    rows: readonly Row[],
    objective: Model,
    constraints: readonly Model[],
    x: Float64Array,
    known: ReadonlySet<string>,
  ): { values: number[] | null; score: number } {
    const d = this.#kinds.length;
    const feasible = [...rows.keys()].filter((i) => rows[i].violation === 0);
    const best = feasible.length > 0 ? Math.min(...feasible.map((i) => objective.y[i])) : null;
    // Where nothing is feasible yet and nothing is constrained either, there are no rows; that cannot happen here.
    const acquisition = this.#acquisition(objective, constraints, best);
    const points = this.#screen(rows, objective, feasible, x);
    const scored = points
      .map((point) => ({ point, score: acquisition(point) }))
      .filter(({ score }) => !Number.isNaN(score))
      .sort((a, b) => b.score - a.score);
    const lower = new Float64Array(d);
    const upper = new Float64Array(d);
    const refined: { values: number[]; score: number }[] = [];
    const starts = spacedOut(scored, REFINED);
    for (const { point } of starts) {
      for (let k = 0; k < d; k++) {
        const isFree = this.problem.variables[k].kind === 'real';
        lower[k] = isFree ? 0 : point[k];
        upper[k] = isFree ? 1 : point[k];
      }
      const minus = (at: Float64Array, gradient: Float64Array): number => {
        const value = -acquisition(at, gradient);
        for (let k = 0; k < d; k++) gradient[k] = lower[k] === upper[k] ? 0 : -gradient[k];
        return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
      };
      const optimum = minimizeInBox(minus, point, lower, upper, {
        maxIterations: REFINE_ITERATIONS,
        gradientTolerance: 1e-6,
        valueTolerance: 1e-8,
      });
      refined.push({ values: this.#decode(optimum.x), score: -optimum.value });
    }
    refined.sort((a, b) => b.score - a.score);
    const unseen = [...refined.map(({ values }) => values), ...scored.map(({ point }) => this.#decode(point))].find(
      (values) => !known.has(values.join()),
    );
    return { values: unseen ?? this.#anyUnseen(known), score: refined[0].score };
  }

  #anyUnseen(known: ReadonlySet<string>): number[] | null {
    for (let attempt = 0; attempt < 1000; attempt++) {
      const values = this.#fromUnit(Array.from(this.#lower, () => this.#random.uniform()));
      if (!known.has(values.join())) return values;
    }
    return null;
  }

  /** Draws points over the whole box, and around the best designs at several distances. */
  #screen(rows: readonly Row[], objective: Model, feasible: readonly number[], x: Float64Array): Float64Array[] {
    const d = this.#kinds.length;
    const count = Math.min(SCREENED_MOST, SCREENED_PER_VARIABLE * d);
    const points: Float64Array[] = [];
    for (let i = 0; i < count; i++)
      points.push(this.#encode(this.#fromUnit(Array.from(this.#lower, () => this.#random.uniform()))));
    const order = (feasible.length > 0 ? [...feasible] : [...rows.keys()]).sort(
      (a, b) => rows[a].violation - rows[b].violation || objective.y[a] - objective.y[b],
    );
    const leaders = order.slice(0, 5).map((i) => x.subarray(i * d, (i + 1) * d));
    for (const [place, leader] of leaders.entries())
      for (let i = 0; i < (place === 0 ? 40 : 15); i++) {
        const width = 10 ** (-0.7 - 3 * this.#random.uniform());
        const point = Float64Array.from(leader, (value, k) => {
          const { kind } = this.problem.variables[k];
          if (kind === 'categorical')
            return this.#random.uniform() < 0.2 ? this.#random.below(this.#upper[k] + 1) : value;
          const range = this.#upper[k] - this.#lower[k];
          const reach = kind === 'integer' && range > 0 ? Math.max(width, 0.7 / range) : width;
          return Math.min(1, Math.max(0, value + reach * this.#random.normal()));
        });
        points.push(this.#encode(this.#decode(point)));
      }
    return points;
  }
}

/** Starts for refinement: the best, and others of the best that are not close to one chosen before. */
function spacedOut(
  scored: readonly { readonly point: Float64Array; readonly score: number }[],
  count: number,
): { readonly point: Float64Array }[] {
  const taken: { readonly point: Float64Array }[] = [];
  for (const candidate of scored) {
    if (taken.length === count) break;
    const isNear = taken.some(({ point }) => point.every((v, k) => Math.abs(v - candidate.point[k]) < 0.02));
    if (!isNear) taken.push(candidate);
  }
  return taken;
}

/**
 * Standardises the output, bent by a logarithm whose unit is the distance from the lowest value (or, below 0, from the
 * highest) to the median: sign log(1 + |bend| |value - end| / unit). The order stays.
 * @returns the mapping and the sum of the logarithms of its slope over the values
 */
function bent(
  raw: readonly number[],
  bend: number,
): Pick<Model, 'scaled' | 'bend' | 'deviation'> & { readonly logJacobian: number } {
  const n = raw.length;
  const sorted = [...raw].sort((a, b) => a - b);
  const end = bend > 0 ? sorted[0] : sorted[n - 1];
  const unit = Math.abs(sorted[n >> 1] - end);
  const rate = unit > 0 ? Math.abs(bend) / unit : 0;
  const sign = Math.sign(bend);
  const curve = rate > 0 ? (v: number) => sign * Math.log1p(rate * Math.max(0, sign * (v - end))) : (v: number) => v;
  const values = raw.map(curve);
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / n) || 1;
  let logJacobian = -n * Math.log(deviation);
  if (rate > 0) for (const value of raw) logJacobian += Math.log(rate / (1 + rate * Math.abs(value - end)));
  return { scaled: (value) => (curve(value) - mean) / deviation, bend: rate > 0 ? bend : 0, deviation, logJacobian };
}
