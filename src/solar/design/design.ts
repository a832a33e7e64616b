/**
 * The best design of a solar plant at one site: the tilt, azimuth, DC/AC ratio, row spacing, mounting and capacity that give the
 * most energy or the lowest cost, within limits of land, grid and budget. A search continues from its stored state with the same
 * bits.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import type { ProjectEconomics, ProjectInput } from '../../finance/project.ts';
import { isPvwattsChain } from '../year/candidate.ts';
import {
  type InverterComponent,
  inverterOfLibrary,
  type ModuleComponent,
  moduleOfLibrary,
} from '../library/component.ts';
import { findInverter, findModule } from '../library/library.ts';
import type { PreparedSite } from '../year/simulate.ts';
import { checkSystem, DEFAULT_SYSTEM, type SolarSystem } from '../system.ts';
import type { Exceedance, UncertaintyPct } from '../../statistics/exceedance.ts';
import { USUAL_UNCERTAINTY_PCT } from '../../contracts/common/uncertainty.ts';
import { bayesianOptions } from '../../optimize/bayesian/options.ts';
import { gridLevels, gridOf } from '../../optimize/grid-levels.ts';
import { nsga2Options } from '../../optimize/nsga2/options.ts';
import type { OptimizerState } from '../../optimize/optimizer.ts';
import { type Problem, requireProblem, requireWhole, type Variable } from '../../optimize/problem.ts';

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

/** Costs of a plant, in money of year 0 (capital) and year 1 (operation). */
export interface SolarCosts {
  /** Modules, racks, wiring, work [currency/kW DC] */
  readonly perKwDc: number;
  /** Inverters and grid connection [currency/kW AC] */
  readonly perKwAc: number;
  /** Additional cost of trackers [currency/kW DC] */
  readonly trackerPerKwDc: number;
  /** [currency/m2] */
  readonly landPerM2: number;
  /** Fixed cost, independent of the design [currency] */
  readonly fixed: number;
  /** [currency/kW DC/a] */
  readonly operationPerKwDcYear: number;
  /** Additional operating cost of trackers [currency/kW DC/a] */
  readonly trackerOperationPerKwDcYear: number;
}

/** Round figures of a utility-scale plant in US dollars; every result repeats the costs that it used. */
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
  /** The parts of the system that do not vary; default: a rack that faces the equator. */
  readonly system?: Partial<SolarSystem>;
  readonly variables: Readonly<Partial<Record<SolarVariable, Range>>> & {
    /** `either` lets the search choose; default: the system's own mounting. */
    readonly tracker?: 'either' | 'always' | 'never';
    /** Modules to choose from, bundled ones by id or name; their model and efficiency then count. */
    readonly module?: readonly (string | ModuleComponent)[];
    /** Inverters to choose from, bundled ones by id or name; their number follows from the DC/AC ratio. */
    readonly inverter?: readonly (string | InverterComponent)[];
  };
  /** The first decides the best design; default `['lcoe']`. */
  readonly objectives?: readonly SolarObjective[];
  readonly constraints?: {
    /** [m2] */
    readonly landAreaM2?: number;
    /** Maximum power that may be fed in [kW] */
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
  /** Ground coverage ratio if it does not vary [1]; default 0.4 */
  readonly gcr?: number;
  /** Power of a square metre of module [kW/m2]; default 0.21 */
  readonly moduleKwPerM2?: number;
  /** Total land divided by the area of the rows, because of roads, fences and setbacks [1]; default 1.25 */
  readonly landFactor?: number;
  /** One-axis trackers: largest rotation [deg]; default 60 */
  readonly trackerMaxAngleDeg?: number;
  readonly costs?: Partial<SolarCosts>;
  /** Additional cost of a module, by its name as in `variables.module` [currency/kW DC]; default 0 */
  readonly moduleCostsPerKwDc?: Readonly<Record<string, number>>;
  /** Additional cost of an inverter, by its name [currency/kW AC]; default 0 */
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
  /** All assumptions of the search, with defaults filled in. */
  readonly assumptions: Readonly<Record<string, unknown>>;
}

export interface SolarDesignState {
  readonly version: 1;
  readonly search: OptimizerState;
  readonly convergence: readonly SolarIteration[];
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
}

export interface Resolved {
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
  /** Rows shade each other if the spacing varies. */
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

/** The quantities that determine the size of a search; they are known without the weather itself. */
export interface SiteFacts {
  readonly latitudeDeg: number;
  /** Steps of the weather, of all years together */
  readonly steps: number;
}

export function factsOf(years: readonly PreparedSite[]): SiteFacts {
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

export function resolve(site: SiteFacts, request: SolarDesignRequest): Resolved {
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

/** Time of one candidate for a year of hours [ms]: by the fast kernel, and by the whole simulation. */
const CANDIDATE_MS = { fast: 0.3, whole: 6 };
/** Memory of a prepared site with its packed rows [bytes per step]. */
const BYTES_PER_STEP = 250;

export function sizeOf(site: SiteFacts, resolved: Resolved): SearchSize {
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
export function requireSize(size: SearchSize, method: Resolved['method'], limits: SearchLimits): void {
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

/** Number of designs of a grid that are handed out together */
export const CHUNK = 500;

/** @throws AppError for options that the search's optimizer refuses */
function requireOptions({ problem, method, seed, populationSize, iterations, steps, gridPoints }: Resolved): void {
  switch (method) {
    case 'nsga2':
      nsga2Options(problem, { seed, populationSize, generations: iterations });
      break;
    case 'bayesian':
      bayesianOptions(problem, { seed, maxEvaluations: iterations });
      break;
    case 'grid_search':
      gridOf(problem, { steps, points: gridPoints, chunkSize: CHUNK });
      break;
  }
}

/**
 * Everything about a request that can be known before its weather is read.
 * @throws AppError for a request out of range, or `job.too_large` with the estimate and the parameter to lower
 */
export function checkSolarDesign(site: SiteFacts, request: SolarDesignRequest, limits: SearchLimits = {}): SearchSize {
  const resolved = resolve(site, request);
  const size = sizeOf(site, resolved);
  requireSize(size, resolved.method, limits);
  requireOptions(resolved);
  return size;
}
