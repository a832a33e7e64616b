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
import { batchOf, type Device, type DeviceShare, type OpenDevice, withWork } from '../lib/device.ts';
import { type DeviceStepwise, deviceTask, isStopped, type Stepwise, stepwiseTask } from '../lib/stepwise.ts';
import { nonDominatedRanks } from '../optimize/pareto.ts';
import type { Evaluation } from '../optimize/problem.ts';
import { DeviceFarm, deviceObstacle, hasGradient } from './energy/device-farm.ts';
import { deviceFlowMap, isDeviceMap } from './energy/device-flow-map.ts';
import { DeviceLayoutSearch, type DeviceSearchState } from './layout/device-search.ts';
import type { LocalOptions } from './layout/layout-local.ts';
import type { WindDeviceMeasure } from './layout/device-work.ts';
import { measureDevice } from './layout/measure.ts';
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
  readonly device?: DeviceShare;
}

export interface WindAnalysisResult {
  readonly analysis: FarmAnalysis;
  readonly angles: readonly SteeredDirection[];
  readonly steered: FarmAnalysis | null;
  readonly maps: readonly FlowMap[];
  readonly device?: DeviceShare;
}

class WindAnalysis implements Stepwise<WindAnalysisState, WindAnalysisResult | null> {
  readonly #spec: WindAnalysisSpec;
  readonly #energy: FarmRun;
  readonly #angles: SteeredDirection[];
  readonly #maps: FlowMap[];
  #steered: FarmRun | null = null;
  #share: DeviceShare | undefined;

  constructor(spec: WindAnalysisSpec, state: WindAnalysisState | null) {
    this.#spec = spec;
    this.#energy = new FarmRun(spec.farm, state?.energy ?? undefined);
    this.#angles = [...(state?.angles ?? [])];
    this.#maps = [...(state?.maps ?? [])];
    this.#share = state?.device;
    if (state?.steered) this.#steered = this.#steeredRun(state.steered);
  }

  get #anglesLeft(): number {
    return (this.#spec.steering?.directionsDeg.length ?? 0) - this.#angles.length;
  }

  get #isMapNext(): boolean {
    return this.#energy.done && (this.#spec.steering === null || this.#steered?.done === true);
  }

  /** As `step`; a device draws the maps that it can. */
  async stepOn(device: Device): Promise<void> {
    const map = this.#spec.maps[this.#maps.length];
    if (!this.#isMapNext || !isDeviceMap(map)) return this.step();
    const before = device.busyMs;
    this.#maps.push(await deviceFlowMap(device, map));
    this.#share = withWork(this.#share, device, before, map.nX * map.nY);
  }

  get done(): boolean {
    return this.#isMapNext && this.#maps.length === this.#spec.maps.length;
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
      ...(this.#share && { device: this.#share }),
    };
  }

  /** Returns null until the work is complete */
  result(): WindAnalysisResult | null {
    if (!this.done) return null;
    const steered = this.#steered?.result() ?? null;
    const share = this.#share && { device: this.#share };
    return { analysis: this.#energy.result(), angles: this.#angles, steered, maps: this.#maps, ...share };
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

export type WindLayoutState = WithDevice & WindLayoutStates;
type WindLayoutStates =
  | { readonly kind: 'search'; readonly search: LayoutSearchState; readonly polishes: number }
  | {
      readonly kind: 'grid';
      readonly optimizer: OptimizerState;
      readonly history: readonly (readonly [number, number])[];
    }
  /** Annealing on a device, which ends as a search does */
  | { readonly kind: 'moves'; readonly search: DeviceSearchState };
/** What a device has done of a search; absent: nothing */
type WithDevice = { readonly device?: DeviceShare };

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
  readonly device?: DeviceShare;
}

/** The end of a search: short passes improve the result as long as they help. */
const POLISH = { rounds: 2, iterations: 45, tolerance: 1e-9 };
/** Turbines from which on a device computes the gradients of the end: fewer are done before it has begun. */
const LARGE = 200;
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
        const options = this.#polishOptions();
        this.#count(options !== null && this.#search.polish(options, 1));
      }
    } catch (error) {
      if (!(error instanceof SearchStopped)) throw error;
      this.#before = before;
    }
  }

  /** Improves the best layout of a search that is done once, with gradients of a device where the farm is large. */
  async polishOn(device: Device): Promise<void> {
    const { problem } = this.#search;
    const { energy } = problem;
    const isLarge = energy.farm.xM.length >= LARGE && deviceObstacle(energy) === null && hasGradient(energy);
    const options = this.#polishOptions();
    if (!isLarge || options === null) this.step();
    else
      try {
        this.#count(await this.#search.polishOn(device, options));
      } catch (error) {
        if (!(error instanceof SearchStopped)) throw error;
      }
  }

  #count(isBetter: boolean): void {
    this.#polishes = isBetter ? this.#polishes + 1 : MAX_POLISHES;
  }

  /** Returns how the best layout is improved once; null: not at all. */
  #polishOptions(): LocalOptions | null {
    const { problem } = this.#search;
    const options = isAnnealed(problem) ? POLISH_ANNEALED : POLISH;
    const iterations = Math.min(options.iterations, problem.polish ?? options.iterations);
    return iterations > 0 ? { ...options, iterations } : null;
  }

  state(): Extract<WindLayoutState, { kind: 'search' }> {
    return { kind: 'search', search: this.#before ?? this.#search.state(), polishes: this.#polishes };
  }

  result(): WindLayoutResult {
    const { history } = this.#search.state();
    return { best: this.#search.best(), steps: this.#search.steps, history, front: [] };
  }
}

/** Annealing of many starts on a device, then the same end as of a search on the processor. */
class DeviceLayoutRun implements DeviceStepwise<WindLayoutState, WindLayoutResult> {
  readonly #problem: LayoutProblem;
  readonly #device: Device;
  readonly #control: Control;
  #search: DeviceLayoutSearch | null = null;
  #end: LayoutRun | null = null;
  #share: DeviceShare | undefined;

  constructor(problem: LayoutProblem, state: WindLayoutState | null, device: Device, control: Control) {
    this.#problem = problem;
    this.#device = device;
    this.#control = control;
    this.#share = state?.device;
    if (state?.kind === 'search') this.#end = new LayoutRun(problem, state, control, 0);
    else this.#search = new DeviceLayoutSearch(problem, state?.kind === 'moves' ? state.search : undefined);
  }

  get done(): boolean {
    return this.#end?.done ?? false;
  }

  get progress(): number {
    return this.#search?.progress ?? 1;
  }

  async step(): Promise<void> {
    if (this.#search && !this.#search.done) {
      await this.#search.step(this.#device);
      this.#share = this.#search.share;
    } else {
      if (this.#search)
        this.#end = new LayoutRun(
          this.#problem,
          { kind: 'search', search: this.#search.ended(), polishes: 0 },
          this.#control,
          0,
        );
      this.#search = null;
      const before = this.#device.busyMs;
      await this.#end!.polishOn(this.#device);
      this.#share = withWork(this.#share, this.#device, before, 0);
    }
  }

  state(): WindLayoutState {
    const state = this.#search ? { kind: 'moves' as const, search: this.#search.state() } : this.#end!.state();
    return { ...state, device: this.#share };
  }

  result(): WindLayoutResult {
    const { device: _, ...found } = this.#end?.result() ?? {
      best: this.#search!.best(),
      steps: this.#search!.steps,
      history: this.#search!.state().history,
      front: [],
    };
    return { ...found, device: this.#share };
  }
}

class GridRun implements Stepwise<WindLayoutState, WindLayoutResult> {
  readonly #optimizer: Optimizer;
  readonly #grid: ReturnType<typeof gridProblem>;
  readonly #history: (readonly [number, number])[];
  readonly #search: GridSearch;
  #share: DeviceShare | undefined;
  #farm: DeviceFarm | undefined;

  constructor(
    { method, search, seed, iterations, population }: Extract<WindLayoutSpec, { kind: 'grid' }>,
    state: Extract<WindLayoutState, { kind: 'grid' }> | null,
  ) {
    this.#grid = gridProblem(search);
    this.#search = search;
    this.#share = state?.device;
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
    this.#tell(this.#optimizer.ask(1).map(this.#grid.evaluate));
  }

  /** Evaluates as many grids as the method has ready on a device. */
  async stepOn(device: Device): Promise<void> {
    const proposed = this.#optimizer.ask(batchOf(this.#share));
    this.#farm ??= new DeviceFarm({ ...this.#search.energy, farm: this.#grid.farm });
    const before = device.busyMs;
    const netKwh = await this.#farm.netKwh(
      device,
      proposed.map(({ values }) => this.#grid.layoutOf(values)),
    );
    this.#share = withWork(this.#share, device, before, proposed.length);
    this.#tell(proposed.map((candidate, k) => this.#grid.evaluateWith(candidate, netKwh[k])));
  }

  #tell(evaluations: readonly Evaluation[]): void {
    this.#optimizer.tell(evaluations);
    const best = this.#optimizer.best();
    if (best && best.violation === 0 && best.objectives[0] !== this.#history.at(-1)?.[1])
      this.#history.push([this.#optimizer.evaluations, best.objectives[0]]);
  }

  state(): WindLayoutState {
    return {
      kind: 'grid',
      optimizer: this.#optimizer.state(),
      history: this.#history,
      ...(this.#share && { device: this.#share }),
    };
  }

  /** Evaluates the best grid and the front of a device by the processor, and chooses by these figures. */
  exact(): WindLayoutResult {
    if (!this.#share) return this.result();
    const { objectives } = this.#optimizer.problem;
    const minimised = (values: readonly number[], k: number) =>
      objectives[k].goal === 'maximize' ? -values[k] : values[k];
    const described = ({ values }: { readonly values: readonly number[] }) => ({
      values,
      objectives: this.#grid.evaluate({ id: 0, values }).objectives,
    });
    const front = this.#optimizer.pareto().map(described);
    const best = this.#optimizer.best();
    const feasible = best?.violation === 0 ? [...front, described(best)] : front;
    const ranks = nonDominatedRanks(
      front.flatMap((one) => one.objectives.map((_, k) => minimised(one.objectives, k))),
      objectives.length,
    );
    const [first] = feasible.toSorted((a, b) => minimised(a.objectives, 0) - minimised(b.objectives, 0));
    return {
      ...this.result(),
      best: first ? { ...this.#grid.layoutOf(first.values), score: first.objectives[0] } : null,
      front:
        this.#optimizer.method === 'nsga2'
          ? front
              .filter((_, i) => ranks[i] === 0)
              .map((one) => ({ ...this.#grid.layoutOf(one.values), objectives: one.objectives }))
          : [],
    };
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
      ...(this.#share && { device: this.#share }),
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

interface EndedLayout {
  readonly spec: WindLayoutSpec;
  readonly state: WindLayoutState;
  readonly result: WindLayoutResult;
}

function deviceWork(
  spec: WindLayoutSpec,
  state: WindLayoutState | null,
  device: Device,
  control: Control,
): DeviceStepwise<WindLayoutState, WindLayoutResult> {
  if (spec.kind === 'search') return new DeviceLayoutRun(spec.problem, state, device, control);
  return onDevice(new GridRun(spec, state?.kind === 'grid' ? state : null), device);
}

/** Returns work whose steps a device makes. */
const onDevice = <State, Result>(
  work: Stepwise<State, Result> & { stepOn(device: Device): Promise<void> },
  device: Device,
): DeviceStepwise<State, Result> => ({
  get done() {
    return work.done;
  },
  get progress() {
    return work.progress;
  },
  step: () => work.stepOn(device),
  state: () => work.state(),
  result: () => work.result(),
});

export const WIND_TASKS = {
  describeWindFile,
  windClimate,
  windAnalysis: stepwiseTask(
    (spec: WindAnalysisSpec, state: WindAnalysisState | null) => new WindAnalysis(spec, state),
  ),
  /** The same analysis, whose flow maps a device draws. */
  windAnalysisOnDevice: deviceTask((spec: WindAnalysisSpec, state: WindAnalysisState | null, device: Device) =>
    onDevice(new WindAnalysis(spec, state), device),
  ),
  windLayout: stepwiseTask(layoutWork),
  /** The same search on a device. */
  windLayoutOnDevice: deviceTask(deviceWork),
  /** The result of a search on a device, with figures of the processor. */
  windLayoutResult: ({ spec, state, result }: EndedLayout): WindLayoutResult =>
    spec.kind === 'grid' && state.kind === 'grid' ? new GridRun(spec, state).exact() : result,
  /** Measures what layouts take on the device and on the processor. */
  measureWindLayout: async (_: null, openDevice: OpenDevice): Promise<WindDeviceMeasure> =>
    measureDevice(await openDevice()),
  /** The areas where wakes reduce the free speed by at least these shares. */
  windFlow: ({ map, deficits }: { readonly map: FlowMapInput; readonly deficits: readonly number[] }): FlowContour[] =>
    flowContours(flowMap(map), deficits),
} as const;
