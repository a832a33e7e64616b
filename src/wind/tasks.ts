/** Wind jobs in a compute thread, in slices of some hundred milliseconds, each from one state to the next. */
import { Bayesian } from '../optimize/bayesian/bayesian.ts';
import { Nsga2 } from '../optimize/nsga2/nsga2.ts';
import type { Optimizer, OptimizerState } from '../optimize/optimizer.ts';
import type { AnalyzeFarmInput, FarmAnalysis, FarmRunState } from './energy/analyze-farm.ts';
import { FarmRun } from './energy/analyze-farm.ts';
import type { FlowContour } from './energy/flow-contours.ts';
import { flowContours } from './energy/flow-contours.ts';
import type { FlowMap, FlowMapInput } from './energy/flow-map.ts';
import { flowMap } from './energy/flow-map.ts';
import type { GridSearch } from './layout/grid-layout.ts';
import { gridProblem } from './layout/grid-layout.ts';
import type { LayoutProblem } from './layout/layout-problem.ts';
import type { Layout, LayoutSearchState } from './layout/layout-search.ts';
import { isAnnealed } from './layout/annealing-effort.ts';
import { LayoutSearch, SearchStopped } from './layout/layout-search.ts';
import type { SteeredDirection, SteeringInput } from './energy/wake-steering.ts';
import { steerWakes } from './energy/wake-steering.ts';
import type { Control } from '../lib/control.ts';
import { isStopped, type Stepwise, stepwiseTask } from '../lib/stepwise.ts';
import { describeWindFile } from './library-tasks.ts';
import { windClimate } from './resource/climate.ts';

export interface WindAnalysisSpec {
  readonly farm: AnalyzeFarmInput;
  /** Yaw angles by direction, and their gain; for resources by direction */
  readonly steering: SteeringInput | null;
  readonly maps: readonly FlowMapInput[];
}

export interface WindAnalysisState {
  readonly energy: FarmRunState | null;
  readonly angles: readonly SteeredDirection[];
  readonly steered: FarmRunState | null;
  readonly maps: readonly FlowMap[];
}

export interface WindAnalysisResult {
  readonly analysis: FarmAnalysis;
  readonly angles: readonly SteeredDirection[];
  readonly steered: FarmAnalysis | null;
  readonly maps: readonly FlowMap[];
}

class WindAnalysis implements Stepwise<WindAnalysisState, WindAnalysisResult | null> {
  readonly #spec: WindAnalysisSpec;
  readonly #energy: FarmRun;
  readonly #angles: SteeredDirection[];
  readonly #maps: FlowMap[];
  #steered: FarmRun | null = null;

  constructor(spec: WindAnalysisSpec, state: WindAnalysisState | null) {
    this.#spec = spec;
    this.#energy = new FarmRun(spec.farm, state?.energy ?? undefined);
    this.#angles = [...(state?.angles ?? [])];
    this.#maps = [...(state?.maps ?? [])];
    if (state?.steered) this.#steered = this.#steeredRun(state.steered);
  }

  get #anglesLeft(): number {
    return (this.#spec.steering?.directionsDeg.length ?? 0) - this.#angles.length;
  }

  get done(): boolean {
    const isSteered = this.#spec.steering === null || this.#steered?.done === true;
    return this.#energy.done && isSteered && this.#maps.length === this.#spec.maps.length;
  }

  get progress(): number {
    const { steering, maps } = this.#spec;
    const parts = [this.#energy.progress];
    if (steering) parts.push(this.#angles.length / steering.directionsDeg.length, this.#steered?.progress ?? 0);
    if (maps.length > 0) parts.push(this.#maps.length / maps.length);
    return parts.reduce((sum, part) => sum + part, 0) / parts.length;
  }

  step(): void {
    const { steering, maps } = this.#spec;
    if (!this.#energy.done) this.#energy.step();
    else if (steering && this.#anglesLeft > 0) {
      const direction = steering.directionsDeg[this.#angles.length];
      this.#angles.push(...steerWakes({ ...steering, directionsDeg: [direction] }));
    } else if (steering && !this.#steered?.done) {
      this.#steered ??= this.#steeredRun();
      this.#steered.step();
    } else this.#maps.push(flowMap(maps[this.#maps.length]));
  }

  /**
   * Returns a run of the same farm in which each direction of the rose has the yaw angles of the nearest direction that
   * was optimised.
   */
  #steeredRun(state?: FarmRunState): FarmRun {
    const { farm } = this.#spec;
    if (farm.resource.kind !== 'rose') throw new Error('wake steering needs a resource by direction');
    const steps = this.#angles.length;
    const yawDeg = Array.from(farm.resource.rose.directionsDeg, (direction) => [
      ...this.#angles[Math.round((direction * steps) / 360) % steps].yawDeg,
    ]);
    return new FarmRun({ ...farm, yawDeg }, state);
  }

  state(): WindAnalysisState {
    return {
      energy: this.#energy.state(),
      angles: this.#angles,
      steered: this.#steered?.state() ?? null,
      maps: this.#maps,
    };
  }

  /** Returns null until the work is complete */
  result(): WindAnalysisResult | null {
    if (!this.done) return null;
    const steered = this.#steered?.result() ?? null;
    return { analysis: this.#energy.result(), angles: this.#angles, steered, maps: this.#maps };
  }
}

export type WindLayoutSpec =
  | { readonly kind: 'search'; readonly problem: LayoutProblem }
  | {
      readonly kind: 'grid';
      readonly method: 'nsga2' | 'bayesian';
      readonly search: GridSearch;
      readonly seed: number;
      /** Generations or evaluations */
      readonly iterations: number;
      readonly population: number;
    };

export type WindLayoutState =
  | { readonly kind: 'search'; readonly search: LayoutSearchState; readonly polishes: number }
  | {
      readonly kind: 'grid';
      readonly optimizer: OptimizerState;
      readonly history: readonly (readonly [number, number])[];
    };

/** A design of a Pareto front: its layout, and its objectives in the order of the request. */
export interface FrontDesign {
  readonly xM: readonly number[];
  readonly yM: readonly number[];
  readonly objectives: readonly number[];
}

export interface WindLayoutResult {
  /** null before the first feasible layout */
  readonly best: Layout | null;
  readonly steps: number;
  /** Best score by step */
  readonly history: readonly (readonly [step: number, score: number])[];
  readonly front: readonly FrontDesign[];
}

/** The end of a search: short passes improve the result as long as they help. */
const POLISH = { rounds: 2, iterations: 45, tolerance: 1e-9 };
/** After annealing many turbines stand at their limits, whose multipliers take more rounds. */
const POLISH_ANNEALED = { rounds: 6, iterations: 60, tolerance: 1e-10 };
/**
 * Shares of a search's time: from the first on time may lead the cooling instead of the steps, at the last the steps end, so
 * that the rest improves what the search has. Before the first, what a cold thread needs to begin would change the layout.
 */
const TIME_LEADS = { from: 0.1, to: 0.85 };
const MAX_POLISHES = 6;

class LayoutRun implements Stepwise<WindLayoutState, WindLayoutResult> {
  readonly #search: LayoutSearch;
  #polishes: number;
  /** The state before a step that was interrupted */
  #before: LayoutSearchState | null = null;
  readonly #timeShare: number;

  constructor(
    problem: LayoutProblem,
    state: Extract<WindLayoutState, { kind: 'search' }> | null,
    control: Control,
    timeShare: number,
  ) {
    this.#timeShare = Math.max(0, (timeShare - TIME_LEADS.from) / (TIME_LEADS.to - TIME_LEADS.from));
    this.#search = new LayoutSearch(problem, state?.search, () => isStopped(control));
    this.#polishes = state?.polishes ?? 0;
  }

  get done(): boolean {
    return this.#polishes >= MAX_POLISHES;
  }

  get progress(): number {
    return this.#search.progress;
  }

  get isTimeLimited(): boolean {
    return this.#search.isTimeLimited;
  }

  step(): void {
    const before = this.#search.state();
    try {
      if (!this.#search.done) this.#search.step(this.#timeShare);
      else {
        const isBetter = this.#polish();
        this.#polishes = isBetter ? this.#polishes + 1 : MAX_POLISHES;
      }
    } catch (error) {
      if (!(error instanceof SearchStopped)) throw error;
      this.#before = before;
    }
  }

  /** Improves the best layout once. @returns whether it is better then */
  #polish(): boolean {
    const { problem } = this.#search;
    const options = isAnnealed(problem) ? POLISH_ANNEALED : POLISH;
    const iterations = Math.min(options.iterations, problem.polish ?? options.iterations);
    return iterations > 0 && this.#search.polish({ ...options, iterations }, 1);
  }

  state(): WindLayoutState {
    return { kind: 'search', search: this.#before ?? this.#search.state(), polishes: this.#polishes };
  }

  result(): WindLayoutResult {
    const { history } = this.#search.state();
    return { best: this.#search.best(), steps: this.#search.steps, history, front: [] };
  }
}

class GridRun implements Stepwise<WindLayoutState, WindLayoutResult> {
  readonly #optimizer: Optimizer;
  readonly #grid: ReturnType<typeof gridProblem>;
  readonly #history: (readonly [number, number])[];

  constructor(
    { method, search, seed, iterations, population }: Extract<WindLayoutSpec, { kind: 'grid' }>,
    state: Extract<WindLayoutState, { kind: 'grid' }> | null,
  ) {
    this.#grid = gridProblem(search);
    const { problem } = this.#grid;
    this.#history = [...(state?.history ?? [])];
    if (method === 'nsga2')
      this.#optimizer = state
        ? Nsga2.fromState(problem, state.optimizer)
        : new Nsga2(problem, { seed, populationSize: population, generations: iterations });
    else
      this.#optimizer = state
        ? Bayesian.fromState(problem, state.optimizer)
        : new Bayesian(problem, { seed, maxEvaluations: iterations });
  }

  get done(): boolean {
    return this.#optimizer.done;
  }

  get progress(): number {
    return this.#optimizer.progress;
  }

  step(): void {
    this.#optimizer.tell(this.#optimizer.ask(1).map(this.#grid.evaluate));
    const best = this.#optimizer.best();
    if (best && best.violation === 0 && best.objectives[0] !== this.#history.at(-1)?.[1])
      this.#history.push([this.#optimizer.evaluations, best.objectives[0]]);
  }

  state(): WindLayoutState {
    return { kind: 'grid', optimizer: this.#optimizer.state(), history: this.#history };
  }

  result(): WindLayoutResult {
    const best = this.#optimizer.best();
    const isFeasible = best !== null && best.violation === 0;
    return {
      best: isFeasible ? { ...this.#grid.layoutOf(best.values), score: best.objectives[0] } : null,
      steps: this.#optimizer.evaluations,
      history: this.#history,
      front:
        this.#optimizer.method === 'nsga2'
          ? this.#optimizer.pareto().map(({ values, objectives }) => ({ ...this.#grid.layoutOf(values), objectives }))
          : [],
    };
  }
}

function layoutWork(
  spec: WindLayoutSpec,
  state: WindLayoutState | null,
  control: Control,
  timeShare: number,
): Stepwise<WindLayoutState, WindLayoutResult> {
  if (spec.kind === 'search')
    return new LayoutRun(spec.problem, state?.kind === 'search' ? state : null, control, timeShare);
  return new GridRun(spec, state?.kind === 'grid' ? state : null);
}

export const WIND_TASKS = {
  describeWindFile,
  windClimate,
  windAnalysis: stepwiseTask(
    (spec: WindAnalysisSpec, state: WindAnalysisState | null) => new WindAnalysis(spec, state),
  ),
  windLayout: stepwiseTask(layoutWork),
  /** The areas where wakes reduce the free speed by at least these shares. */
  windFlow: ({ map, deficits }: { readonly map: FlowMapInput; readonly deficits: readonly number[] }): FlowContour[] =>
    flowContours(flowMap(map), deficits),
} as const;
