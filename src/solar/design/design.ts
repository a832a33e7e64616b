/**
 * The best design of a solar plant at one site: the tilt, azimuth, DC/AC ratio, row spacing, mounting and capacity that give the
 * most energy or the lowest cost, within limits of land, grid and budget. A search continues from its stored state with the same
 * bits.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import { type ProjectEconomics, type ProjectInput, projectEconomics } from '../../finance/project.ts';
import { annualEnergyKwh, isPvwattsChain } from '../year/candidate.ts';
import {
  type InverterComponent,
  inverterOfLibrary,
  type ModuleComponent,
  moduleOfLibrary,
  modulesPerString,
} from '../library/component.ts';
import { findInverter, findModule } from '../library/library.ts';
import type { PreparedSite } from '../year/simulate.ts';
import { acRatingKw, checkSystem, DEFAULT_SYSTEM, type SolarSystem } from '../system.ts';
import { type Exceedance, exceedanceOfYears, type UncertaintyPct } from '../../statistics/exceedance.ts';
import { USUAL_UNCERTAINTY_PCT } from '../../contracts/common/uncertainty.ts';
import { Bayesian } from '../../optimize/bayesian/bayesian.ts';
import { GridSearch, gridLevels } from '../../optimize/grid-search.ts';
import { hypervolume } from '../../optimize/hypervolume.ts';
import { Nsga2 } from '../../optimize/nsga2/nsga2.ts';
import type { Optimizer, OptimizerState } from '../../optimize/optimizer.ts';
import {
  describeValues,
  type Problem,
  requireProblem,
  requireWhole,
  type Solution,
  type Variable,
} from '../../optimize/problem.ts';

export const SOLAR_VARIABLES = {
  tilt_deg: { lowest: 0, highest: 90 },
  azimuth_deg: { lowest: 0, highest: 360 },
  dc_ac_ratio: { lowest: 0.5, highest: 3 },
  gcr: { lowest: 0.05, highest: 0.95 },
  dc_capacity_kw: { lowest: 1e-3, highest: 1e7 },
} as const;
export type SolarVariable = keyof typeof SOLAR_VARIABLES;

const GOALS = {
  energy: 'maximize',
  energy_p90: 'maximize',
  specific_yield: 'maximize',
  capacity_factor_ac: 'maximize',
  npv: 'maximize',
  lcoe: 'minimize',
  land_use: 'minimize',
} as const;
export type SolarObjective = keyof typeof GOALS;
const SOLAR_OBJECTIVES = Object.keys(GOALS) as readonly SolarObjective[];

export interface Range {
  readonly lower: number;
  readonly upper: number;
}

/** What a plant costs, in money of year 0 (capital) and year 1 (operation). */
export interface SolarCosts {
  /** Modules, racks, wiring, work [currency/kW DC] */
  readonly perKwDc: number;
  /** Inverters and grid connection [currency/kW AC] */
  readonly perKwAc: number;
  /** More for trackers [currency/kW DC] */
  readonly trackerPerKwDc: number;
  /** [currency/m2] */
  readonly landPerM2: number;
  /** Whatever the design [currency] */
  readonly fixed: number;
  /** [currency/kW DC/a] */
  readonly operationPerKwDcYear: number;
  /** More for trackers [currency/kW DC/a] */
  readonly trackerOperationPerKwDcYear: number;
}

/** Round figures of a utility-scale plant in US dollars; every answer echoes what it used. */
const DEFAULT_SOLAR_COSTS: SolarCosts = {
  perKwDc: 800,
  perKwAc: 120,
  trackerPerKwDc: 90,
  landPerM2: 1,
  fixed: 0,
  operationPerKwDcYear: 15,
  trackerOperationPerKwDcYear: 2,
};

export type ProjectTerms = Partial<Omit<ProjectInput, 'annualEnergyKwh' | 'capitalCost' | 'operatingCostPerYear'>>;

export interface SolarDesignRequest {
  /** What does not vary; default a rack that faces the equator. */
  readonly system?: Partial<SolarSystem>;
  readonly variables: Readonly<Partial<Record<SolarVariable, Range>>> & {
    /** `either` lets the search choose; default: the system's own mounting. */
    readonly tracker?: 'either' | 'always' | 'never';
    /** Modules to choose from, bundled ones by id or name; their model and efficiency then count. */
    readonly module?: readonly (string | ModuleComponent)[];
    /** Inverters to choose from, bundled ones by id or name; as many as the DC/AC ratio asks for. */
    readonly inverter?: readonly (string | InverterComponent)[];
  };
  /** The first decides the best design; default `['lcoe']`. */
  readonly objectives?: readonly SolarObjective[];
  readonly constraints?: {
    /** [m2] */
    readonly landAreaM2?: number;
    /** More than this is not fed in [kW] */
    readonly exportLimitKw?: number;
    /** Maximum capital cost [currency] */
    readonly budget?: number;
  };
  /** Default `nsga2` */
  readonly method?: 'nsga2' | 'bayesian' | 'grid_search';
  /** NSGA-II: members; default 40 */
  readonly populationSize?: number;
  /** NSGA-II: generations, default 40. Bayesian: evaluations, default 60. */
  readonly iterations?: number;
  /** Grid search: steps by variable name; a variable without one gets `gridPoints` values. */
  readonly steps?: Readonly<Record<string, number>>;
  /** Default 7 */
  readonly gridPoints?: number;
  readonly seed?: number;
  /** Ground coverage ratio where it does not vary [1]; default 0.4 */
  readonly gcr?: number;
  /** Power of a square metre of module [kW/m2]; default 0.21 */
  readonly moduleKwPerM2?: number;
  /** Land over the area of the rows: roads, fences, setbacks [1]; default 1.25 */
  readonly landFactor?: number;
  /** One-axis trackers: largest rotation [deg]; default 60 */
  readonly trackerMaxAngleDeg?: number;
  readonly costs?: Partial<SolarCosts>;
  /** More for a module, by its name as in `variables.module` [currency/kW DC]; default 0 */
  readonly moduleCostsPerKwDc?: Readonly<Record<string, number>>;
  /** More for an inverter, by its name [currency/kW AC]; default 0 */
  readonly inverterCostsPerKwAc?: Readonly<Record<string, number>>;
  /** Price, years, debt, tax...; `pricePerKwh` is 0.05 by default. */
  readonly economics?: ProjectTerms;
  /** Standard uncertainties of the yield by source [%]; default 6 % together */
  readonly uncertaintyPct?: UncertaintyPct;
  /** From year to year [%], used with one year of weather; default 4 */
  readonly interannualPct?: number;
}

export interface SolarDesign {
  /** By name, choices spelled out. */
  readonly values: Readonly<Record<string, number | string>>;
  readonly objectives: Readonly<Record<string, number>>;
  readonly isFeasible: boolean;
  /** Mean of the years. */
  readonly annualEnergyKwh: number;
  /** Energy of each year of weather [kWh], in their order */
  readonly yearsKwh: readonly number[];
  readonly exceedance: Exceedance;
  readonly specificYieldKwhPerKw: number;
  /** Over DC nameplate, and over the AC rating [%] */
  readonly capacityFactorDcPct: number;
  readonly capacityFactorAcPct: number;
  readonly landM2: number;
  readonly economics: Omit<ProjectEconomics, 'cashFlows' | 'assumptions'>;
}

export type BestSolarDesign = SolarDesign & { readonly economics: Omit<ProjectEconomics, 'assumptions'> };

export interface SolarSensitivity {
  readonly name: string;
  readonly value: number;
  /** Objectives at this value, all else as in the best design. */
  readonly objectives: Readonly<Record<string, number>>;
}

export interface SolarIteration {
  readonly iteration: number;
  readonly evaluations: number;
  /** First objective of the best design so far. */
  readonly best: number;
  readonly isFeasible: boolean;
  readonly paretoSize: number;
  /**
   * Hypervolume of 2 or 3 objectives, scaled by the ranges of the first iteration, with reference point 1.1; null for other
   * numbers of objectives.
   */
  readonly hypervolume: number | null;
}

export interface SolarDesignResult {
  readonly best: BestSolarDesign;
  readonly pareto: readonly SolarDesign[];
  readonly convergence: readonly SolarIteration[];
  readonly sensitivity: readonly SolarSensitivity[];
  readonly evaluations: number;
  readonly iterations: number;
  readonly isComplete: boolean;
  /** Everything the search took for given, defaults filled in. */
  readonly assumptions: Readonly<Record<string, unknown>>;
}

export interface SolarDesignState {
  readonly version: 1;
  readonly search: OptimizerState;
  readonly convergence: readonly SolarIteration[];
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
}

interface Resolved {
  readonly system: SolarSystem;
  readonly problem: Problem;
  readonly objectives: readonly SolarObjective[];
  readonly method: 'nsga2' | 'bayesian' | 'grid_search';
  readonly populationSize: number;
  readonly iterations: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly gridPoints: number;
  readonly seed: number;
  readonly gcr: number;
  readonly moduleKwPerM2: number;
  readonly landFactor: number;
  readonly trackerMaxAngleDeg: number;
  readonly tracker: 'either' | 'always' | 'never';
  readonly costs: SolarCosts;
  readonly modules: readonly ModuleComponent[];
  /** In the order of `modules` */
  readonly moduleCosts: readonly number[];
  readonly inverters: readonly InverterComponent[];
  /** In the order of `inverters` */
  readonly inverterCosts: readonly number[];
  readonly economics: ProjectTerms & { readonly pricePerKwh: number };
  readonly uncertaintyPct: UncertaintyPct;
  readonly interannualPct: number;
  readonly landLimitM2: number | null;
  readonly exportLimitKw: number | null;
  readonly budget: number | null;
  /** Rows shade each other where the spacing counts. */
  readonly hasRows: boolean;
}

function requireRange(name: string, value: number, lowest: number, highest: number): number {
  if (!(value >= lowest && value <= highest))
    throw new AppError('optimize.invalid_input', `${name} is ${value}; expected ${lowest} to ${highest}`, {
      pointer: `/${name.replaceAll('.', '/')}`,
    });
  return value;
}

function oneOf<T extends string>(name: string, value: T, allowed: readonly T[]): T {
  if (!allowed.includes(value))
    throw new AppError('optimize.invalid_input', `${name} is ${value}; expected ${allowed.join(', ')}`, {
      pointer: `/${name.replaceAll('.', '/')}`,
    });
  return value;
}

/** What the size of a search depends on; known without the weather itself. */
export interface SiteFacts {
  readonly latitudeDeg: number;
  /** Steps of the weather, of all years together */
  readonly steps: number;
}

function factsOf(years: readonly PreparedSite[]): SiteFacts {
  if (years.length === 0)
    throw new AppError('optimize.invalid_input', 'there are 0 years of weather; expected 1 or more');
  return {
    latitudeDeg: years[0].weather.latitudeDeg,
    steps: years.reduce((steps, { weather }) => steps + weather.timeMs.length, 0),
  };
}

/** Components to choose from and their names. */
function choices<T extends { readonly name: string }>(
  kind: 'module' | 'inverter',
  given: readonly (string | T)[],
  bundled: (idOrName: string) => T | undefined,
): { items: T[]; names: string[] } {
  const items = given.map((one, k) => {
    const component = typeof one === 'string' ? bundled(one) : one;
    if (component) return component;
    throw new AppError('optimize.invalid_input', `variables.${kind}.${k} is ${one}; expected a bundled ${kind}`, {
      pointer: `/variables/${kind}/${k}`,
    });
  });
  return { items, names: given.map((one) => (typeof one === 'string' ? one : one.name)) };
}

const bundledModule = (name: string): ModuleComponent | undefined => {
  const module = findModule(name);
  return module && moduleOfLibrary(module);
};
const bundledInverter = (name: string): InverterComponent | undefined => {
  const inverter = findInverter(name);
  return inverter && inverterOfLibrary(inverter);
};

const isStated = (part: { readonly type: string } | undefined): boolean => (part?.type ?? 'pvwatts') !== 'pvwatts';

function resolve(site: SiteFacts, request: SolarDesignRequest): Resolved {
  const equatorward = site.latitudeDeg >= 0 ? 180 : 0;
  const system: SolarSystem = {
    ...DEFAULT_SYSTEM,
    mounting: {
      type: 'fixed',
      tiltDeg: Math.min(60, Math.round(Math.abs(site.latitudeDeg) * 0.8)),
      azimuthDeg: equatorward,
    },
    ...request.system,
  };
  checkSystem(system);
  if (system.mounting.type === 'two_axis')
    throw new AppError('optimize.invalid_input', 'mounting.type is two_axis; expected fixed, roof or one_axis', {
      pointer: '/system/mounting/type',
    });
  if (system.module && system.module.type !== 'pvwatts' && request.variables.dc_capacity_kw)
    throw new AppError('optimize.invalid_input', 'dc_capacity_kw cannot vary with modules in stated strings', {
      pointer: '/variables/dc_capacity_kw',
    });
  if (system.inverter && system.inverter.type !== 'pvwatts' && request.variables.dc_ac_ratio)
    throw new AppError('optimize.invalid_input', 'dc_ac_ratio cannot vary with a stated inverter', {
      pointer: '/variables/dc_ac_ratio',
    });
  const own = system.mounting.type === 'one_axis' ? 'always' : 'never';
  const tracker = oneOf('variables.tracker', request.variables.tracker ?? own, ['either', 'always', 'never']);
  const variables: Variable[] = [];
  for (const [name, range] of Object.entries(request.variables)) {
    if (name === 'tracker' || name === 'module' || name === 'inverter' || range === undefined) continue;
    const { lowest, highest } =
      SOLAR_VARIABLES[oneOf('variables', name as SolarVariable, Object.keys(SOLAR_VARIABLES) as SolarVariable[])];
    const { lower, upper } = range as Range;
    requireRange(`variables.${name}.lower`, lower, lowest, highest);
    requireRange(`variables.${name}.upper`, upper, lower, highest);
    if (tracker === 'always' && (name === 'tilt_deg' || name === 'azimuth_deg'))
      throw new AppError('optimize.invalid_input', `${name} varies, but every design is a tracker`, {
        pointer: `/variables/${name}`,
      });
    variables.push({ name, kind: 'real', lower, upper });
  }
  if (tracker === 'either') variables.push({ name: 'mounting', kind: 'categorical', choices: ['fixed', 'one_axis'] });
  const modules = choices('module', request.variables.module ?? [], bundledModule);
  const inverters = choices('inverter', request.variables.inverter ?? [], bundledInverter);
  for (const kind of ['module', 'inverter'] as const) {
    const { names } = { module: modules, inverter: inverters }[kind];
    if (names.length === 0) continue;
    if (isStated(system[kind]))
      throw new AppError('optimize.invalid_input', `${kind} is stated in the system and varies; give one of the two`, {
        pointer: `/variables/${kind}`,
      });
    variables.push({ name: kind, kind: 'categorical', choices: names });
  }
  if (
    modules.names.length === 0 &&
    !isStated(system.module) &&
    inverters.items.some(({ unit }) => unit.type === 'sandia')
  )
    throw new AppError(
      'optimize.invalid_input',
      'variables.inverter holds inverters whose efficiency depends on voltage; expected modules too',
      { pointer: '/variables/inverter', fix: 'Give variables.module, one entry is enough.' },
    );
  const moduleCosts = request.moduleCostsPerKwDc ?? {};
  for (const name of Object.keys(moduleCosts)) oneOf('economics.costs.modules_per_kw_dc', name, modules.names);
  const inverterCosts = request.inverterCostsPerKwAc ?? {};
  for (const name of Object.keys(inverterCosts)) oneOf('economics.costs.inverters_per_kw_ac', name, inverters.names);
  const objectives = request.objectives ?? ['lcoe'];
  for (const [k, name] of objectives.entries()) oneOf(`objectives.${k}`, name, SOLAR_OBJECTIVES);
  const { landAreaM2, exportLimitKw, budget } = request.constraints ?? {};
  const landLimitM2 = landAreaM2 === undefined ? null : requireRange('constraints.land_area_m2', landAreaM2, 1, 1e12);
  const problem: Problem = {
    variables,
    objectives: objectives.map((name) => ({ name, goal: GOALS[name] })),
    constraints: [...(landLimitM2 === null ? [] : ['land_area']), ...(budget === undefined ? [] : ['budget_limit'])],
  };
  requireProblem(problem);
  const method = oneOf('method', request.method ?? 'nsga2', ['nsga2', 'bayesian', 'grid_search']);
  const seed = request.seed ?? 1;
  requireWhole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  const iterations = request.iterations ?? (method === 'bayesian' ? 60 : 40);
  requireWhole('n_iterations', iterations, 1, 1_000_000);
  return {
    system,
    problem,
    objectives,
    method,
    populationSize: request.populationSize ?? 40,
    iterations,
    steps: request.steps ?? {},
    gridPoints: request.gridPoints ?? 7,
    seed,
    gcr: requireRange(
      'gcr',
      request.gcr ?? (system.mounting.type === 'one_axis' ? system.mounting.gcr : 0.4),
      0.05,
      0.95,
    ),
    moduleKwPerM2: requireRange('module_kw_per_m2', request.moduleKwPerM2 ?? 0.21, 0.01, 0.5),
    landFactor: requireRange('land_factor', request.landFactor ?? 1.25, 1, 100),
    trackerMaxAngleDeg: requireRange('tracker_max_angle_deg', request.trackerMaxAngleDeg ?? 60, 0, 90),
    tracker,
    costs: Object.fromEntries(
      Object.entries({ ...DEFAULT_SOLAR_COSTS, ...request.costs }).map(([name, cost]) => [
        name,
        requireRange(`economics.costs.${name}`, cost, 0, 1e12),
      ]),
    ) as unknown as SolarCosts,
    modules: modules.items,
    moduleCosts: modules.names.map((name) =>
      requireRange(`economics.costs.modules_per_kw_dc.${name}`, moduleCosts[name] ?? 0, -1e6, 1e6),
    ),
    inverters: inverters.items,
    inverterCosts: inverters.names.map((name) =>
      requireRange(`economics.costs.inverters_per_kw_ac.${name}`, inverterCosts[name] ?? 0, -1e6, 1e6),
    ),
    economics: { pricePerKwh: 0.05, ...request.economics },
    uncertaintyPct: request.uncertaintyPct ?? USUAL_UNCERTAINTY_PCT,
    interannualPct: requireRange('interannual_pct', request.interannualPct ?? 4, 0, 100),
    landLimitM2,
    exportLimitKw:
      exportLimitKw === undefined ? null : requireRange('constraints.export_limit_kw', exportLimitKw, 1e-3, 1e9),
    budget: budget === undefined ? null : requireRange('constraints.budget', budget, 0, 1e15),
    hasRows: system.rows !== undefined || request.variables.gcr !== undefined,
  };
}

export interface SearchSize {
  readonly evaluations: number;
  readonly memoryBytes: number;
  /** One thread, from typical costs of a candidate's year; an order of magnitude. */
  readonly seconds: number;
}

/** Milliseconds of a candidate's year of hours: by the fast kernel, and by the whole simulation. */
const CANDIDATE_MS = { fast: 0.3, whole: 6 };
/** Memory of a prepared site with its packed rows [bytes per step]. */
const BYTES_PER_STEP = 250;

function sizeOf(site: SiteFacts, resolved: Resolved): SearchSize {
  const { problem, method, populationSize, iterations, system, hasRows, exportLimitKw, tracker } = resolved;
  const isWhole =
    resolved.modules.length > 0 ||
    resolved.inverters.length > 0 ||
    !isPvwattsChain(system) ||
    (hasRows && tracker !== 'always') ||
    exportLimitKw !== null;
  const perYear = isWhole ? CANDIDATE_MS.whole : CANDIDATE_MS.fast;
  const evaluations =
    method === 'grid_search'
      ? gridLevels(problem, { steps: resolved.steps, points: resolved.gridPoints }).reduce((n, l) => n * l.length, 1)
      : method === 'nsga2'
        ? populationSize * iterations
        : iterations;
  const width = problem.variables.length + problem.objectives.length + problem.constraints.length;
  const kept = method === 'nsga2' ? 4 * populationSize : method === 'bayesian' ? 3 * iterations : 10_000;
  const models = problem.constraints.length + 1;
  const memoryBytes =
    site.steps * BYTES_PER_STEP +
    kept * (width * 8 + 200) +
    (method === 'bayesian' ? 8 * iterations * iterations * (2 + width) * models : 0);
  // A Gaussian process is fitted again for each evaluation; the time grows with about the square of the number of evaluations
  // before it (measured).
  const modelling = method === 'bayesian' ? models * (iterations * 0.005 + 2.4e-6 * iterations ** 3) : 0;
  const years = site.steps / 8760;
  return { evaluations, memoryBytes, seconds: (evaluations * perYear * years) / 1000 + modelling };
}

export interface SearchLimits {
  /** Default 600 */
  readonly seconds?: number;
  /** Default 250 MB */
  readonly memoryBytes?: number;
}

/** @throws AppError `job.too_large` with the estimate and the parameter to lower */
function requireSize(size: SearchSize, method: Resolved['method'], limits: SearchLimits): void {
  const { seconds = 600, memoryBytes = 250e6 } = limits;
  const lower = {
    nsga2: 'population_size or n_iterations',
    bayesian: 'n_iterations',
    grid_search: 'the number of steps',
  }[method];
  if (size.seconds <= seconds && size.memoryBytes <= memoryBytes) return;
  throw new AppError(
    'job.too_large',
    `the search needs ${size.evaluations} evaluations, about ${Math.ceil(size.seconds)} s and ` +
      `${Math.ceil(size.memoryBytes / 1e6)} MB; at most ${seconds} s and ${Math.floor(memoryBytes / 1e6)} MB: lower ${lower}`,
    {
      pointer: method === 'grid_search' ? '/steps' : '/n_iterations',
      details: {
        n_evaluations: size.evaluations,
        estimated_seconds: size.seconds,
        limit_seconds: seconds,
        estimated_bytes: Math.ceil(size.memoryBytes),
        limit_bytes: memoryBytes,
      },
    },
  );
}

function optimizerOf({
  problem,
  method,
  seed,
  populationSize,
  iterations,
  steps,
  gridPoints: points,
}: Resolved): Optimizer {
  switch (method) {
    case 'nsga2':
      return new Nsga2(problem, { seed, populationSize, generations: iterations });
    case 'bayesian':
      return new Bayesian(problem, { seed, maxEvaluations: iterations });
    case 'grid_search':
      return new GridSearch(problem, { steps, points, chunkSize: CHUNK });
  }
}

function restoredOptimizer({ problem, method }: Resolved, { search }: SolarDesignState): Optimizer {
  if (search.method !== method)
    throw new AppError('optimize.invalid_input', `the stored state is of ${search.method}; expected one of ${method}`);
  return { nsga2: Nsga2, bayesian: Bayesian, grid_search: GridSearch }[method].fromState(problem, search);
}

/**
 * Everything about a request that can be known before its weather is read.
 * @throws AppError for a request out of range, or `job.too_large` with the estimate and the parameter to lower
 */
export function checkSolarDesign(site: SiteFacts, request: SolarDesignRequest, limits: SearchLimits = {}): SearchSize {
  const resolved = resolve(site, request);
  const size = sizeOf(site, resolved);
  requireSize(size, resolved.method, limits);
  optimizerOf(resolved);
  return size;
}

/** Designs between two looks at the clock: 0.1 s even where each takes the whole simulation. */
const BATCH = 20;
const CHUNK = 500;
/** Length of the convergence history. */
const MAX_HISTORY_ENTRIES = 1000;

export class SolarDesignSearch {
  /** The site in each year of weather. */
  readonly #years: readonly PreparedSite[];
  readonly #given: Resolved;
  readonly #search: Optimizer;
  #convergence: SolarIteration[];
  readonly #lowest: number[];
  readonly #highest: number[];

  /**
   * @param years the site prepared for each year of weather, at least one; energies are their means
   * @throws AppError for a request out of range, or `job.too_large` before anything runs
   */
  constructor(
    years: readonly PreparedSite[],
    request: SolarDesignRequest,
    limits: SearchLimits = {},
    state?: SolarDesignState,
  ) {
    this.#years = years;
    const facts = factsOf(years);
    this.#given = resolve(facts, request);
    requireSize(sizeOf(facts, this.#given), this.#given.method, limits);
    this.#search = state ? restoredOptimizer(this.#given, state) : optimizerOf(this.#given);
    this.#convergence = [...(state?.convergence ?? [])];
    this.#lowest = [...(state?.lowest ?? [])];
    this.#highest = [...(state?.highest ?? [])];
  }

  /** Continues from what `state()` returned for the same site and request, with the same bits. */
  static fromState(
    years: readonly PreparedSite[],
    request: SolarDesignRequest,
    state: SolarDesignState,
    limits: SearchLimits = {},
  ): SolarDesignSearch {
    return new SolarDesignSearch(years, request, limits, state);
  }

  get done(): boolean {
    return this.#search.done;
  }

  /** 0 to 1 */
  get progress(): number {
    return this.#search.progress;
  }

  get iteration(): number {
    return this.#search.iteration;
  }

  get evaluations(): number {
    return this.#search.evaluations;
  }

  /** First objective of the best design after the last whole iteration; null before it */
  get lastBest(): number | null {
    return this.#convergence.at(-1)?.best ?? null;
  }

  /** Evaluates the next designs, at most 20; plain JSON `state()` may be taken after any step. */
  step(): void {
    const before = this.#search.iteration;
    const { problem } = this.#given;
    const evaluations = this.#search.ask(BATCH).map(({ id, values }) => {
      const { objectives, constraints } = this.#evaluate(values);
      return { id, objectives: problem.objectives.map(({ name }) => objectives[name]), constraints };
    });
    if (before === 0)
      for (const { objectives } of evaluations)
        for (const [k, { goal }] of problem.objectives.entries()) {
          const value = goal === 'maximize' ? -objectives[k] : objectives[k];
          this.#lowest[k] = Math.min(value, this.#lowest[k] ?? value);
          this.#highest[k] = Math.max(value, this.#highest[k] ?? value);
        }
    this.#search.tell(evaluations);
    if (this.#search.iteration > before) this.#record();
  }

  /** Steps until the search is done or `shouldStop`, called before each step, returns true; the best result so far stays. */
  run(shouldStop: () => boolean = () => false): void {
    while (!this.done && !shouldStop()) this.step();
  }

  state(): SolarDesignState {
    return {
      version: 1,
      search: this.#search.state(),
      convergence: [...this.#convergence],
      lowest: [...this.#lowest],
      highest: [...this.#highest],
    };
  }

  /**
   * The best so far and all that is known with it.
   * @throws AppError `optimize.infeasible` where no design met the constraints
   */
  result(): SolarDesignResult {
    const best = this.#search.best();
    if (best === null)
      throw new AppError('optimize.infeasible', 'no design has been evaluated; let the search run longer');
    if (best.violation > 0) {
      const { problem } = this.#given;
      const broken = problem.constraints.filter((_, k) => best.constraints[k] > 0);
      throw new AppError(
        'optimize.infeasible',
        `no design of ${this.evaluations} keeps to ${broken.join(' and ')}; the nearest exceeds it by ${(100 * Math.max(...best.constraints)).toPrecision(3)} %`,
        { fix: 'Allow more land or budget, or lower the least capacity.' },
      );
    }
    return {
      best: this.#describe(best),
      pareto: this.#search.pareto().map((solution) => {
        const design = this.#describe(solution);
        const { cashFlows: _, ...economics } = design.economics;
        return { ...design, economics };
      }),
      convergence: [...this.#convergence],
      sensitivity: this.#sensitivity(best.values),
      evaluations: this.evaluations,
      iterations: this.iteration,
      isComplete: this.done,
      assumptions: this.#assumptions(),
    };
  }

  #record(): void {
    const best = this.#search.best();
    if (best === null) return;
    const front = this.#search.pareto();
    const { objectives } = this.#given.problem;
    const m = objectives.length;
    const scaled = front.map((solution) =>
      objectives.map(({ goal }, k) => {
        const value = goal === 'maximize' ? -solution.objectives[k] : solution.objectives[k];
        const range = this.#highest[k] - this.#lowest[k];
        return range > 0 ? (value - this.#lowest[k]) / range : 0;
      }),
    );
    const entry: SolarIteration = {
      iteration: this.iteration,
      evaluations: this.evaluations,
      best: best.objectives[0],
      isFeasible: best.violation === 0,
      paretoSize: front.length,
      hypervolume: m === 2 || m === 3 ? hypervolume(scaled, new Array(m).fill(1.1)) : null,
    };
    // What is kept does not grow with the search: every second, fourth... entry, and always the last.
    const stride = 2 ** Math.max(0, Math.ceil(Math.log2(this.iteration / MAX_HISTORY_ENTRIES)));
    this.#convergence = [...this.#convergence.filter(({ iteration }) => iteration % stride === 0), entry];
  }

  /** The plant of a design's values as `SolarDesign` names them. */
  plantOf(values: SolarDesign['values']): SolarSystem {
    const { variables } = this.#given.problem;
    return this.#plant(
      variables.map((one) => {
        const value = values[one.name];
        return one.kind === 'categorical' ? one.choices.indexOf(value as string) : (value as number);
      }),
    ).system;
  }

  /** The plant of these values. */
  #plant(values: readonly number[]) {
    const {
      system,
      problem,
      gcr: ownGcr,
      trackerMaxAngleDeg,
      tracker,
      exportLimitKw,
      hasRows,
      modules,
      moduleCosts,
      inverters,
      inverterCosts,
      moduleKwPerM2,
    } = this.#given;
    const named = new Map(problem.variables.map(({ name }, k) => [name, values[k]]));
    const gcr = named.get('gcr') ?? ownGcr;
    const isTracker = tracker === 'always' || (tracker === 'either' && named.get('mounting') === 1);
    const moduleIndex = named.get('module');
    const module = moduleIndex === undefined ? undefined : modules[moduleIndex];
    const inverterIndex = named.get('inverter');
    const inverter = inverterIndex === undefined ? undefined : inverters[inverterIndex];
    const dcAcRatio = named.get('dc_ac_ratio') ?? system.dcAcRatio;
    const dcCapacityKw = named.get('dc_capacity_kw') ?? system.dcCapacityKw;
    const own = system.mounting;
    const flat =
      own.type === 'fixed' || own.type === 'roof' ? own : { tiltDeg: 20, azimuthDeg: 180, type: 'fixed' as const };
    const northSouth = this.#years[0].weather.latitudeDeg >= 0 ? 180 : 0;
    const tracking =
      own.type === 'one_axis'
        ? { ...own, gcr }
        : {
            type: 'one_axis' as const,
            axisTiltDeg: 0,
            axisAzimuthDeg: northSouth,
            maxAngleDeg: trackerMaxAngleDeg,
            backtrack: true,
            gcr,
          };
    const plant: SolarSystem = {
      ...system,
      dcCapacityKw,
      // A plant has so many modules and inverters that a fractional number of them has no visible effect.
      ...(module && {
        module: {
          ...module.unit,
          modulesPerString: modulesPerString(module, inverter),
          strings: (dcCapacityKw * 1000) / module.powerW / modulesPerString(module, inverter),
        },
      }),
      ...(inverter && {
        inverter: { ...inverter.unit, count: ((dcCapacityKw / dcAcRatio) * 1000) / inverter.powerW },
      }),
      dcAcRatio,
      mounting: isTracker
        ? tracking
        : {
            type: flat.type,
            tiltDeg: named.get('tilt_deg') ?? flat.tiltDeg,
            azimuthDeg: named.get('azimuth_deg') ?? flat.azimuthDeg,
          },
      ...(hasRows && !isTracker ? { rows: { model: 'linear' as const, ...system.rows, gcr } } : {}),
      ...(exportLimitKw === null
        ? {}
        : { exportLimitKw: Math.min(exportLimitKw, system.exportLimitKw ?? Number.POSITIVE_INFINITY) }),
    };
    return {
      gcr,
      isTracker,
      moduleKwPerM2: module?.efficiency ?? moduleKwPerM2,
      moduleCost: moduleIndex === undefined ? 0 : moduleCosts[moduleIndex],
      inverterCost: inverterIndex === undefined ? 0 : inverterCosts[inverterIndex],
      system: plant,
    };
  }

  /** All figures of a design; `change` only modifies the economics, for sensitivities. */
  #evaluate(values: readonly number[], change: { readonly capital?: number; readonly price?: number } = {}) {
    const { costs, economics: terms, landFactor, landLimitM2, budget } = this.#given;
    const { system, gcr, isTracker, moduleKwPerM2, moduleCost, inverterCost } = this.#plant(values);
    const { dcCapacityKw } = system;
    const acKw = dcCapacityKw / system.dcAcRatio;
    const yearsKwh = this.#years.map((year) => annualEnergyKwh(year, system));
    const annual = yearsKwh.reduce((sum, energy) => sum + energy, 0) / yearsKwh.length;
    const landM2 = (dcCapacityKw / moduleKwPerM2 / gcr) * landFactor;
    const capitalCost =
      (dcCapacityKw * (costs.perKwDc + moduleCost + (isTracker ? costs.trackerPerKwDc : 0)) +
        acKw * (costs.perKwAc + inverterCost) +
        landM2 * costs.landPerM2 +
        costs.fixed) *
      (change.capital ?? 1);
    const economics = projectEconomics({
      ...terms,
      pricePerKwh: terms.pricePerKwh * (change.price ?? 1),
      annualEnergyKwh: annual,
      capitalCost,
      operatingCostPerYear:
        dcCapacityKw * (costs.operationPerKwDcYear + (isTracker ? costs.trackerOperationPerKwDcYear : 0)),
    });
    const hours =
      this.#years.reduce((sum, { weather }) => sum + (weather.timeMs.length * weather.stepMinutes) / 60, 0) /
      this.#years.length;
    const specificYieldKwhPerKw = annual / dcCapacityKw;
    const capacityFactorDcPct = (100 * annual) / (dcCapacityKw * hours);
    const capacityFactorAcPct = (100 * annual) / (acRatingKw(system) * hours);
    const objectives: Record<string, number> = {
      energy: annual,
      ...(this.#given.objectives.includes('energy_p90') && {
        energy_p90: this.#exceedance(yearsKwh).oneYear?.p90Kwh ?? annual,
      }),
      specific_yield: specificYieldKwhPerKw,
      capacity_factor_ac: capacityFactorAcPct,
      npv: economics.npv,
      lcoe: economics.lcoeRealPerKwh,
      land_use: landM2,
    };
    const constraints = [
      ...(landLimitM2 === null ? [] : [landM2 / landLimitM2 - 1]),
      ...(budget === null ? [] : [budget > 0 ? capitalCost / budget - 1 : capitalCost]),
    ];
    return {
      objectives,
      constraints,
      annual,
      yearsKwh,
      specificYieldKwhPerKw,
      capacityFactorDcPct,
      capacityFactorAcPct,
      landM2,
      capitalCost,
      economics,
    };
  }

  #describe(solution: Solution): BestSolarDesign {
    const evaluation = this.#evaluate(solution.values);
    const { assumptions: _, ...economics } = evaluation.economics;
    return {
      values: describeValues(this.#given.problem, solution.values),
      objectives: this.#chosen(evaluation.objectives),
      isFeasible: solution.violation === 0,
      annualEnergyKwh: evaluation.annual,
      yearsKwh: evaluation.yearsKwh,
      exceedance: this.#exceedance(evaluation.yearsKwh),
      specificYieldKwhPerKw: evaluation.specificYieldKwhPerKw,
      capacityFactorDcPct: evaluation.capacityFactorDcPct,
      capacityFactorAcPct: evaluation.capacityFactorAcPct,
      landM2: evaluation.landM2,
      economics,
    };
  }

  #exceedance(yearsKwh: readonly number[]): Exceedance {
    return exceedanceOfYears(yearsKwh, this.#given.uncertaintyPct, this.#given.interannualPct);
  }

  #chosen(objectives: Readonly<Record<string, number>>): Record<string, number> {
    return Object.fromEntries(this.#given.objectives.map((name) => [name, objectives[name]]));
  }

  /** Each variable a twentieth of its range either way, and capital cost and price a tenth. */
  #sensitivity(values: readonly number[]): SolarSensitivity[] {
    const { problem, economics } = this.#given;
    const sensitivities: SolarSensitivity[] = [];
    for (const [k, variable] of problem.variables.entries()) {
      if (variable.kind === 'categorical') continue;
      const { lower, upper, name } = variable;
      for (const sign of [-1, 1]) {
        const value = Math.min(upper, Math.max(lower, values[k] + sign * 0.05 * (upper - lower)));
        if (value === values[k]) continue;
        const { objectives } = this.#evaluate(values.map((own, i) => (i === k ? value : own)));
        sensitivities.push({ name, value, objectives: this.#chosen(objectives) });
      }
    }
    const { capitalCost } = this.#evaluate(values);
    for (const factor of [0.9, 1.1]) {
      const dearer = this.#evaluate(values, { capital: factor }).objectives;
      sensitivities.push({ name: 'capital_cost', value: capitalCost * factor, objectives: this.#chosen(dearer) });
      const priced = this.#evaluate(values, { price: factor }).objectives;
      sensitivities.push({
        name: 'price_per_kwh',
        value: economics.pricePerKwh * factor,
        objectives: this.#chosen(priced),
      });
    }
    return sensitivities;
  }

  #assumptions(): Record<string, unknown> {
    const { problem: _, economics, costs, modules: _modules, inverters: _inverters, ...given } = this.#given;
    const {
      annualEnergyKwh: _a,
      capitalCost: _b,
      operatingCostPerYear: _c,
      ...filled
    } = projectEconomics({
      ...economics,
      annualEnergyKwh: 1,
      capitalCost: 1,
      operatingCostPerYear: 0,
    }).assumptions;
    return { ...given, economics: { costs, ...filled }, search: this.#search.state().options };
  }
}
