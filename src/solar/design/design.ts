/**
 * The best design of a solar plant at one site: the tilt, azimuth, DC/AC ratio, row spacing, mounting and capacity that give the
 * most energy or the lowest cost, within limits of land, grid and budget. A search continues from its stored state with the same
 * bits.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import type { DeviceShare } from '../../lib/device.ts';
import { Guards } from '../../contracts/common/guards.ts';
import type { ProjectEconomics, ProjectTerms } from '../../finance/project.ts';
import { isPvwattsChain } from '../year/candidate.ts';
import { isSwept } from '../year/sweep.ts';
import { type InverterComponent, type ModuleComponent, openCircuitV } from '../library/component.ts';
import type { PreparedSite } from '../year/simulate.ts';
import { checkSystem, type CurveInverter, type Mounting, type RowShading, type SolarSystem } from '../system.ts';
import type { Exceedance, UncertaintyPct } from '../../statistics/exceedance.ts';
import { bayesianOptions } from '../../optimize/bayesian/options.ts';
import { gridLevels, gridOf } from '../../optimize/grid-levels.ts';
import { nsga2Options } from '../../optimize/nsga2/options.ts';
import type { OptimizerState } from '../../optimize/optimizer.ts';
import { type Problem, requireProblem, type Variable } from '../../optimize/problem.ts';

export type SolarVariable = 'tilt_deg' | 'azimuth_deg' | 'dc_ac_ratio' | 'gcr' | 'dc_capacity_kw';
/** Variables that the energy or the land is divided by. */
const DIVISORS: ReadonlySet<string> = new Set<SolarVariable>(['dc_ac_ratio', 'gcr', 'dc_capacity_kw']);

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

/** An inverter whose consumption at night is known or assumed */
export interface DesignInverter extends InverterComponent {
  readonly unit: Exclude<InverterComponent['unit'], { type: 'curve' }> | Omit<CurveInverter, 'nInverters'>;
}

/** @throws AppError for an inverter that bears less than the voltage of one module in the cold */
function requireVoltages({ modules, inverters, minCellTempC }: SolarDesignRequest): void {
  for (const module of modules) {
    const coldV = openCircuitV(module.unit, minCellTempC);
    for (const inverter of inverters)
      if (inverter.maxDcV && coldV > inverter.maxDcV)
        guard.refuse(
          'variables.inverter',
          `has ${inverter.name} for ${inverter.maxDcV} V; one module ${module.name} has ${coldV.toFixed(0)} V at ${minCellTempC} degC`,
        );
  }
}

/** A mounting whose azimuth may be absent: then it is toward the equator. */
type OpenAzimuth<M, Name extends keyof M> = Omit<M, Name> & Partial<Pick<M, Name>>;

export interface SolarDesignRequest {
  /** The parts of the system that do not vary */
  readonly system: SolarSystem;
  readonly variables: Readonly<Partial<Record<SolarVariable, Range>>>;
  /** `either` lets the search choose. */
  readonly tracker: 'either' | 'always' | 'never';
  /** Modules to choose from; their model and efficiency then count. None: that of the system */
  readonly modules: readonly ModuleComponent[];
  /** Inverters to choose from; their number follows from the DC/AC ratio. None: that of the system */
  readonly inverters: readonly DesignInverter[];
  /** Coldest cell temperature, at which strings must stay below the largest voltage of the inverter [degC] */
  readonly minCellTempC: number;
  /** The first decides the best design. */
  readonly objectives: readonly SolarObjective[];
  readonly constraints: {
    /** [m2] */
    readonly maxLandAreaM2?: number;
    /** Maximum power that may be fed in [kW] */
    readonly exportLimitKw?: number;
    /** Maximum capital cost [currency] */
    readonly budget?: number;
  };
  readonly method: 'nsga2' | 'bayesian' | 'grid_search';
  /** NSGA-II: members of a generation */
  readonly populationSize: number;
  /** NSGA-II: generations. Bayesian: evaluations */
  readonly iterations: number;
  /** Grid search: steps by variable name; a variable without one gets `gridPoints` values. */
  readonly steps: Readonly<Record<string, number>>;
  readonly gridPoints: number;
  readonly seed: number;
  /** Ground coverage ratio if it does not vary [1]; it also counts for rows and for the rear of modules */
  readonly gcr: number;
  /** Power of a square metre of module [kW/m2] */
  readonly moduleKwPerM2: number;
  /** Total land divided by the area of the rows, because of roads, fences and setbacks [1] */
  readonly landFactor: number;
  /** Shading between racks if their spacing varies */
  readonly rows: RowShading;
  /** Mounting of designs without trackers; tilt and azimuth where they do not vary */
  readonly rack: OpenAzimuth<Extract<Mounting, { type: 'fixed' | 'roof' }>, 'azimuthDeg'>;
  /** Mounting of designs with trackers; their spacing varies */
  readonly tracking: OpenAzimuth<Extract<Mounting, { type: 'one_axis' }>, 'axisAzimuthDeg'>;
  readonly costs: SolarCosts;
  /** Additional cost of a module, by its name [currency/kW DC]; of others 0 */
  readonly moduleCostsPerKwDc: Readonly<Record<string, number>>;
  /** Additional cost of an inverter, by its name [currency/kW AC]; of others 0 */
  readonly inverterCostsPerKwAc: Readonly<Record<string, number>>;
  readonly economics: ProjectTerms;
  /** Standard uncertainties of the yield by source [%] */
  readonly uncertaintyPct: UncertaintyPct;
  /** From year to year [%], used with one year of weather */
  readonly interannualPct: number;
}

export interface SolarDesign {
  /** By name, choices spelled out. */
  readonly values: Readonly<Record<string, number | string>>;
  readonly objectives: Readonly<Record<string, number>>;
  readonly isFeasible: boolean;
  /** What was built, with whole strings and inverters where these are chosen */
  readonly dcCapacityKw: number;
  readonly acCapacityKw: number;
  readonly dcAcRatio: number;
  /** Mean of the years. */
  readonly annualEnergyKwh: number;
  /** Energy of each year of weather [kWh], in their order */
  readonly yearlyEnergyKwh: readonly number[];
  readonly exceedance: Exceedance;
  readonly specificYieldKwhPerKw: number;
  /** Over DC nameplate, and over the AC rating [%] */
  readonly capacityFactorDcPct: number;
  readonly capacityFactorAcPct: number;
  readonly landAreaM2: number;
  readonly economics: Omit<ProjectEconomics, 'cashFlows' | 'assumptions'>;
}

export type BestSolarDesign = SolarDesign & {
  readonly economics: Omit<ProjectEconomics, 'assumptions'>;
  readonly system: SolarSystem;
};

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
  readonly device: DeviceShare | undefined;
  /** All assumptions of the search, with defaults filled in. */
  readonly assumptions: Omit<Resolved, 'problem' | 'costs' | 'modules' | 'inverters' | 'rows' | 'rack'> & {
    readonly economics: { readonly costs: Resolved['costs'] };
    readonly search: OptimizerState['options'];
  };
}

export interface SolarDesignState {
  readonly version: 1;
  readonly search: OptimizerState;
  readonly convergence: readonly SolarIteration[];
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
  /** What a device has done of the search; absent: nothing */
  readonly device?: DeviceShare;
}

export interface Resolved
  extends Omit<SolarDesignRequest, 'variables' | 'constraints' | 'moduleCostsPerKwDc' | 'inverterCostsPerKwAc'> {
  readonly problem: Problem;
  /** In the order of `modules` */
  readonly moduleCosts: readonly number[];
  /** In the order of `inverters` */
  readonly inverterCosts: readonly number[];
  readonly landLimitM2: number | null;
  readonly exportLimitKw: number | null;
  readonly budget: number | null;
  /** Rows shade each other if the spacing varies. */
  readonly hasRows: boolean;
}

const guard: Guards = new Guards('optimize.invalid_input');

/** Steps of the weather, of all years together */
export function stepsOf(years: readonly PreparedSite[]): number {
  if (years.length === 0)
    throw new AppError('optimize.invalid_input', 'there are 0 years of weather; expected 1 or more');
  return years.reduce((steps, { weather }) => steps + weather.timeMs.length, 0);
}

const isStated = (part: { readonly type: string }): boolean => part.type !== 'pvwatts';

/** Returns the costs in the order of the components. */
function costsOf(
  name: string,
  costs: Readonly<Record<string, number>>,
  components: readonly { readonly name: string }[],
): number[] {
  const names = components.map((component) => component.name);
  for (const other of Object.keys(costs))
    if (!names.includes(other))
      guard.refuse(`economics.costs.${name}`, `is for ${other}; expected ${names.join(', ')}`);
  return names.map((one) => costs[one] ?? 0);
}

/** Subarrays keep their azimuths and mountings; their tilt, rows and strings may vary. */
function checkSubarrays({ system: { subarrays, mounting }, variables, tracker, gcr }: SolarDesignRequest): void {
  if (!subarrays) return;
  const isRack = (one: Mounting): boolean => one.type === 'fixed' || one.type === 'roof';
  if (variables.azimuth_deg) guard.refuse('variables.azimuth_deg', 'cannot vary with subarrays, which have their own');
  if (tracker !== 'never' || !isRack(mounting))
    guard.refuse('variables.tracker', 'cannot vary with subarrays, which have their own mounting');
  for (const [k, one] of subarrays.entries()) {
    if (!isRack(one.mounting))
      guard.refuse(
        `system.subarrays.${k}.mounting.type`,
        `is ${one.mounting.type}; expected fixed or roof in a search`,
      );
    const { gcr: rowsGcr = gcr } = one.rows ?? {};
    if (!variables.gcr && rowsGcr !== gcr)
      guard.refuse(`system.subarrays.${k}.rows.gcr`, `is ${rowsGcr}; expected gcr, ${gcr}, which land and shade share`);
  }
}

function checkChoices({ system, variables, tracker, modules, inverters, gcr }: SolarDesignRequest): void {
  if (system.mounting.type === 'two_axis')
    guard.refuse('system.mounting.type', 'is two_axis; expected fixed, roof or one_axis');
  if (isStated(system.module) && variables.dc_capacity_kw)
    guard.refuse('variables.dc_capacity_kw', 'cannot vary with modules in stated strings');
  if (isStated(system.inverter) && variables.dc_ac_ratio)
    guard.refuse('variables.dc_ac_ratio', 'cannot vary with a stated inverter');
  const { gcr: rowsGcr = gcr } = system.rows ?? {};
  if (!variables.gcr && rowsGcr !== gcr)
    guard.refuse('gcr', `is ${gcr} and system.rows.gcr ${rowsGcr}; expected one value, which land and shade share`);
  for (const name of ['tilt_deg', 'azimuth_deg'] as const)
    if (tracker === 'always' && variables[name])
      guard.refuse(`variables.${name}`, 'varies, but every design is a tracker');
  for (const [kind, choices] of [
    ['module', modules],
    ['inverter', inverters],
  ] as const)
    if (choices.length > 0 && isStated(system[kind]))
      guard.refuse(`variables.${kind}`, 'varies and is stated in the system; give one of the two');
  if (modules.length === 0 && !isStated(system.module) && inverters.some(({ unit }) => unit.type === 'sandia'))
    throw new AppError(
      'optimize.invalid_input',
      'variables.inverter holds inverters whose efficiency depends on voltage; expected modules too',
      { pointer: '/variables/inverter', fix: 'Give variables.module, one entry is enough.' },
    );
}

function variablesOf({ variables, tracker, modules, inverters }: SolarDesignRequest): Variable[] {
  const all: Variable[] = [];
  for (const [name, range] of Object.entries(variables)) {
    if (range === undefined) continue;
    const { lower, upper } = range;
    if (DIVISORS.has(name)) guard.requirePositive(`variables.${name}.lower`, lower);
    all.push({ name, kind: 'real', lower, upper });
  }
  if (tracker === 'either') all.push({ name: 'mounting', kind: 'categorical', choices: ['fixed', 'one_axis'] });
  for (const [name, components] of [
    ['module', modules],
    ['inverter', inverters],
  ] as const)
    if (components.length > 0)
      all.push({ name, kind: 'categorical', choices: components.map((component) => component.name) });
  return all;
}

export function resolve(request: SolarDesignRequest): Resolved {
  const { variables, constraints, moduleCostsPerKwDc, inverterCostsPerKwAc, ...given } = request;
  const { system, objectives, modules, inverters } = given;
  checkSystem(system);
  checkChoices(request);
  checkSubarrays(request);
  requireVoltages(request);
  const { maxLandAreaM2, exportLimitKw, budget } = constraints;
  const problem: Problem = {
    variables: variablesOf(request),
    objectives: objectives.map((name) => ({ name, goal: GOALS[name] })),
    constraints: [
      ...(maxLandAreaM2 === undefined ? [] : ['land_area']),
      ...(budget === undefined ? [] : ['budget_limit']),
    ],
  };
  requireProblem(problem);
  guard.requireCount('nIterations', given.iterations, 1);
  for (const name of ['gcr', 'moduleKwPerM2'] as const) guard.requirePositive(name, given[name]);
  if (maxLandAreaM2 !== undefined) guard.requirePositive('constraints.maxLandAreaM2', maxLandAreaM2);
  for (const name of ['landFactor', 'tracking', 'interannualPct', 'costs', 'constraints'] as const)
    guard.requireFinite(name, request[name]);
  return {
    ...given,
    problem,
    moduleCosts: costsOf('modules_per_kw_dc', moduleCostsPerKwDc, modules),
    inverterCosts: costsOf('inverters_per_kw_ac', inverterCostsPerKwAc, inverters),
    landLimitM2: maxLandAreaM2 ?? null,
    exportLimitKw: exportLimitKw ?? null,
    budget: budget ?? null,
    hasRows: system.rows !== undefined || variables.gcr !== undefined,
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
/** Returns the time of the whole simulation of one array [s]. @param steps of the weather, of all years together */
export const secondsOfYears = (steps: number): number => (CANDIDATE_MS.whole * steps) / 8760 / 1000;
/** Memory of a prepared site with its packed rows [bytes per step]. */
const BYTES_PER_STEP = 250;

/** Tells whether the fast kernel computes each design. */
const isFast = ({ modules, inverters, system, hasRows, tracker, exportLimitKw }: Resolved): boolean =>
  modules.length === 0 &&
  inverters.length === 0 &&
  isPvwattsChain(system) &&
  !(hasRows && tracker !== 'always') &&
  exportLimitKw === null;

/** @param steps of the weather, of all years together */
export function sizeOf(steps: number, resolved: Resolved): SearchSize {
  const { problem, method, populationSize, iterations, system } = resolved;
  const perYear = isFast(resolved) ? CANDIDATE_MS.fast : CANDIDATE_MS.whole * (system.subarrays?.length ?? 1);
  const evaluations =
    method === 'grid_search'
      ? gridLevels(problem, { steps: resolved.steps, points: resolved.gridPoints }).reduce((n, l) => n * l.length, 1)
      : method === 'nsga2'
        ? populationSize * iterations
        : iterations;
  const width = problem.variables.length + problem.objectives.length + problem.constraints.length;
  const storedCandidates = method === 'nsga2' ? 4 * populationSize : method === 'bayesian' ? 3 * iterations : 10_000;
  const models = problem.constraints.length + 1;
  const memoryBytes =
    steps * BYTES_PER_STEP +
    storedCandidates * (width * 8 + 200) +
    (method === 'bayesian' ? 8 * iterations * iterations * (2 + width) * models : 0);
  // A Gaussian process is fitted again for each evaluation; the time grows with about the square of the number of evaluations
  // before it (measured).
  const modelling = method === 'bayesian' ? models * (iterations * 0.005 + 2.4e-6 * iterations ** 3) : 0;
  const years = steps / 8760;
  return { evaluations, memoryBytes, seconds: (evaluations * perYear * years) / 1000 + modelling };
}

/** What a search costs, where it runs. */
export interface SearchWork {
  /** Designs times years of hours */
  readonly years: number;
  /** Calls of a device: designs that a method has ready at once are one call */
  readonly calls: number;
  /** Whether the processor has the fast kernel for each design */
  readonly isFast: boolean;
  /** Whether a device can compute each design */
  readonly isSwept: boolean;
}

/** @param steps of the weather, of all years together */
export function workOf(steps: number, request: SolarDesignRequest): SearchWork {
  const resolved = resolve(request);
  const { system, tracker, tracking, rack, hasRows, rows, modules, inverters, method, iterations } = resolved;
  const { evaluations } = sizeOf(steps, resolved);
  const equatorward = 180;
  const plants: SolarSystem[] = [
    ...(tracker === 'never'
      ? []
      : [{ ...system, mounting: { ...tracking, axisAzimuthDeg: tracking.axisAzimuthDeg ?? equatorward } }]),
    ...(tracker === 'always'
      ? []
      : [
          {
            ...system,
            mounting: { ...rack, azimuthDeg: rack.azimuthDeg ?? equatorward },
            rows: hasRows ? rows : undefined,
          },
        ]),
  ];
  return {
    years: (evaluations * steps) / 8760,
    calls: method === 'nsga2' ? iterations : method === 'bayesian' ? evaluations : Math.ceil(evaluations / CHUNK),
    isFast: isFast(resolved),
    isSwept: modules.length === 0 && inverters.length === 0 && plants.every(isSwept),
  };
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
        estimated_s: size.seconds,
        limit_s: seconds,
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
 * Checks everything about a request that can be known before its weather is read.
 * @param steps of the weather, of all years together
 * @throws AppError for parts that do not fit each other, or `job.too_large` with the estimate and the parameter to lower
 */
export function checkSolarDesign(steps: number, request: SolarDesignRequest, limits: SearchLimits = {}): SearchSize {
  const resolved = resolve(request);
  const size = sizeOf(steps, resolved);
  requireSize(size, resolved.method, limits);
  requireOptions(resolved);
  return size;
}
