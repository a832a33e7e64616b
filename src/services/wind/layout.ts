/** The searches of a layout job: one for each turbine type, number of turbines and start. */
import type { WindClimate } from '../../wind/resource/climate.ts';
import type { WindLayoutSpec } from '../../wind/tasks.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { timedConditions } from '../../contracts/wind/curtailment.schema.ts';
import { needsSteps, type WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import { iterationsOf } from '../../contracts/common/optimizer.schema.ts';
import { type AnalyzeFarmInput, exportLimitOf } from '../../wind/energy/analyze-farm.ts';
import { isCircle, type Zone } from '../../geometry/zones.ts';
import type { Point } from '../../geometry/projection.ts';
import { requireNearGrid } from '../../wind/resource/resource-grid.ts';
import { SpanningTree } from '../../wind/layout/cable.ts';
import { windError } from '../../wind/check.ts';
import { ConstantThrustEnergy } from '../../wind/energy/constant-thrust-energy.ts';
import type { EnergyInput } from '../../wind/energy/energy.ts';
import type { Farm } from '../../wind/turbine/farm.ts';
import type { LocalProjection } from '../../geometry/projection.ts';
import { type GridObjective, gridProblem } from '../../wind/layout/grid-layout.ts';
import { hullAreaKm2 } from '../../wind/layout/hull-area.ts';
import type { LayoutGoalTerms } from '../../wind/layout/layout-objective.ts';
import type { Layout } from '../../wind/layout/layout-search.ts';
import { checkLayoutProblem, GREEDY_PLACES, type LayoutMethod } from '../../wind/layout/layout-problem.ts';
import { isAnnealed, LOOKS_A_START, movesOfStep, startsOf, stepsOfStart } from '../../wind/layout/annealing-effort.ts';
import { ROUNDS, searchObstacle, type WindSearchWork } from '../../wind/layout/device-work.ts';
import { deviceObstacle } from '../../wind/energy/device-farm.ts';
import type { LayoutSite } from '../../wind/layout/layout-site.ts';
import { CompiledSite } from '../../wind/layout/layout-site.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { inDirections, isFinerThan, type WindRose } from '../../wind/resource/wind-rose.ts';
import { sectorOf } from '../../wind/resource/sectors.ts';
import { curtailmentOf, isCarried, withModes } from './curtailment.ts';
import { evaluationSeconds, requireTime, type Size } from './estimate.ts';
import type { Plant } from '../economics/project.ts';
import { cableCostShare, plantCostPerYear, plantOf } from './result.ts';
import {
  type FarmConditions,
  farmConditions,
  planeOf,
  projectionOf,
  roseOf,
  siteOf,
  specsAtDensity,
  withNeighbours,
} from './setup.ts';

/** A turbine type, or all of them to choose from, and a number of new turbines. */
export interface LayoutCandidate {
  /** null: each position has its own type */
  readonly type: number | null;
  readonly count: number;
  /** Types and positions before the search; existing turbines come last */
  readonly farm: Farm;
  readonly specs: readonly TurbineSpec[];
  readonly terms: LayoutGoalTerms;
}

export interface LayoutRunPlan {
  readonly candidate: number;
  readonly seed: number;
  readonly spec: WindLayoutSpec;
}

export interface LayoutPlan {
  readonly specs: readonly TurbineSpec[];
  readonly site: LayoutSite;
  readonly projection: LocalProjection | null;
  readonly candidates: readonly LayoutCandidate[];
  readonly runs: readonly LayoutRunPlan[];
}

const GRID_OBJECTIVES = {
  aep: 'net_kwh',
  cable_length: 'cable_m',
  n_turbines: 'turbines',
  aep_per_turbine: 'kwh_per_turbine',
} as const satisfies Record<WindOptimizeInput['objectives'][number], GridObjective>;

/** The engine's fields by the request's names. */
const POINTERS: readonly (readonly [engine: string, request: string])[] = [
  ['/site', '/boundary'],
  ['/turbines', '/n_turbines'],
  ['/layout', '/start_layout'],
  ['/min_spacing_m', '/min_spacing_diameters'],
];

/** Runs a check of the engine whose errors point to fields of the request. */
function withRequestPointers<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, pointer, fix, details } = error;
    const translated = POINTERS.find(([engine]) => engine === pointer);
    throw new AppError(code, message, { pointer: translated?.[1] ?? pointer, fix, details, cause: error });
  }
}

/**
 * Checks a request and plans its search.
 * @throws AppError that names what is impossible: more turbines than fit, crossed polygons, turbines outside, ...
 */
export function layoutPlan(
  body: WindOptimizeInput,
  turbines: readonly TurbineSpec[],
  climate: WindClimate,
  seed: number,
): LayoutPlan {
  const specs = specsAtDensity(body, turbines, climate);
  const projection = withRequestPointers(() => projectionOf(body));
  const largestM = Math.max(...specs.map((spec) => spec.diameterM));
  const site = withRequestPointers(() => siteOf(body, projection, largestM));
  const grid = climate.grid ?? climate.gridBounds;
  if (grid) requireNearGrid(grid, cornersOf(site.zones), 'corner', '/boundary');
  if (climate.points ?? climate.pointPlaces)
    throw windError(
      'the wind resource has single places, and a search needs the wind between them; expected a grid (.wrg)',
      '/resource/resource_id',
    );
  const counts = typeof body.n_turbines === 'number' ? [body.n_turbines] : body.n_turbines;
  const isFront = body.method === 'nsga2';
  const wanted = isFront ? [Math.max(...counts)] : counts;
  const types = body.turbine_choice === 'mixed' ? [null] : specs.map((_, type) => type);
  const candidates = types.flatMap((type) =>
    wanted.map((count) => candidateOf(body, specs, climate, projection, type, count, largestM)),
  );
  requireFinalRules(body, candidates[0].farm, projection, climate);
  const isGrid = body.method === 'nsga2' || body.method === 'bayesian';
  // Candidates of one type have the same wind.
  const conditions = new Map<number | null, FarmConditions>();
  const runs = candidates.flatMap((candidate, index) => {
    const { type, specs: own } = candidate;
    const wind = conditions.get(type) ?? farmConditions(body, own, climate, body.search_bins, false);
    conditions.set(type, wind);
    const { farm } = candidate;
    const energy = {
      ...energyInput(body, wind, candidate),
      curtailment: curtailmentOf({ body, farm, projection, climate }, wind.resource, true),
    };
    return Array.from({ length: body.n_starts }, (_, start): LayoutRunPlan => {
      const runSeed = (seed + 7919 * start) % 2 ** 31;
      if (!isGrid)
        return {
          candidate: index,
          seed: runSeed,
          spec: {
            kind: 'search',
            problem: {
              energy,
              site,
              fixed: candidate.farm.xM.length - candidate.count,
              method: body.method as LayoutMethod,
              seed: runSeed,
              maxSteps: iterationsOf(body),
              startFromFarm: body.start_layout !== undefined,
              polish: polishIterations(energy),
              places: greedyPlaces(energy, candidate.count),
              kinds: candidate.type === null ? specs.map((_, kind) => kind) : undefined,
              ...candidate.terms,
            },
          },
        };
      return {
        candidate: index,
        seed: runSeed,
        spec: {
          kind: 'grid',
          method: body.method as 'nsga2' | 'bayesian',
          seed: runSeed,
          iterations: iterationsOf(body),
          population: body.population_size,
          search: {
            energy,
            site,
            minTurbines: isFront ? Math.min(...counts) : candidate.count,
            maxTurbines: candidate.count,
            maxSpacingM: body.max_spacing_diameters * largestM,
            objectives: isFront ? body.objectives.map((name) => GRID_OBJECTIVES[name]) : ['goal'],
            terms: candidate.terms,
          },
        },
      };
    });
  });
  return { specs, site, projection, candidates, runs };
}

/** Returns the search that ends with the initial layout of a request, made feasible; null without an initial layout. */
export const startOnly = ({ spec }: LayoutRunPlan): WindLayoutSpec | null =>
  spec.kind === 'search' && spec.problem.startFromFarm
    ? { ...spec, problem: { ...spec.problem, method: 'random_search', maxSteps: 1 } }
    : null;

/** @throws AppError for rules that the final analysis could not have, before the search */
function requireFinalRules(
  body: WindOptimizeInput,
  farm: Farm,
  projection: LocalProjection | null,
  climate: WindClimate,
): void {
  const { resource } = climate;
  if (!hasTimedRules(body) || !resource) return;
  if (resource.kind !== 'series')
    throw windError(needsSteps(body.curtailment?.rules.flatMap(timedConditions) ?? []), '/curtailment/rules');
  curtailmentOf({ body, farm, projection, climate }, resource);
}

/** Returns the corners of zones; of a circle, its four ends. */
function cornersOf(zones: readonly Zone[]): { xM: number[]; yM: number[] } {
  const corners = zones.flatMap((zone): readonly Point[] =>
    isCircle(zone)
      ? [
          [zone.xM - zone.radiusM, zone.yM],
          [zone.xM + zone.radiusM, zone.yM],
          [zone.xM, zone.yM - zone.radiusM],
          [zone.xM, zone.yM + zone.radiusM],
        ]
      : zone.outer,
  );
  return { xM: corners.map(([x]) => x), yM: corners.map(([, y]) => y) };
}

function candidateOf(
  body: WindOptimizeInput,
  specs: readonly TurbineSpec[],
  climate: WindClimate,
  projection: LocalProjection | null,
  type: number | null,
  count: number,
  largestM: number,
): LayoutCandidate {
  const fixed = body.fixed_layout ? planeOf(body.fixed_layout, projection) : { xM: [], yM: [] };
  const start = body.start_layout ? planeOf(body.start_layout, projection) : null;
  const zeros = Array<number>(count).fill(0);
  const standing = fixed.xM.map((_, i) => body.fixed_layout?.turbine_index?.[i] ?? 0);
  const unknown = standing.find((kind) => kind >= specs.length);
  if (unknown !== undefined)
    throw windError(
      `fixed_layout.turbine_index is ${unknown}; expected 0 to ${specs.length - 1}, an entry of turbines`,
      '/fixed_layout/turbine_index',
    );
  const isAlone = fixed.xM.length === 0 && !body.neighbours && type !== null;
  const all = [...Array<number>(count).fill(type ?? 0), ...standing];
  const kinds = isAlone ? undefined : all;
  const own = isAlone ? [specs[type]] : specs;
  const plant = plantOf(body.economics, specs, body.turbines, all);
  const places = {
    xM: [...(start?.xM ?? zeros), ...fixed.xM],
    yM: [...(start?.yM ?? zeros), ...fixed.yM],
    turbines: own,
    kind: kinds,
  };
  return {
    type,
    count,
    specs: own,
    farm: withModes({ body, farm: withNeighbours(body, places, projection), climate }),
    terms: {
      ...goalTerms(body, plant, (body.min_spacing_diameters * largestM) / 2),
      ...(type === null && body.objective === 'lcoe' ? costsByKind(body, specs, plant) : {}),
    },
  };
}

/** Returns the cables and turbines by their kinds, relative to a farm of the first type. */
function costsByKind(body: WindOptimizeInput, specs: readonly TurbineSpec[], plant: Plant): LayoutGoalTerms {
  const economics = body.economics!;
  const whole = plantCostPerYear(economics, plant);
  if (!(whole > 0)) throw windError('the farm costs nothing; expected costs above 0 for objective lcoe', '/economics');
  const kindCosts = specs.map(
    (_, kind) => plantCostPerYear(economics, plantOf(economics, specs, body.turbines, [kind])) / whole,
  );
  const substations = body.substations.map(({ x_m, y_m }) => [x_m, y_m] as const);
  return { cables: { costShare: cableCostShare(economics, plant), substations, kindCosts } };
}

function goalTerms(body: WindOptimizeInput, plant: Plant, marginM: number): LayoutGoalTerms {
  const substations = body.substations.map(({ x_m, y_m }) => [x_m, y_m] as const);
  switch (body.objective) {
    case 'aep':
      return { cables: undefined };
    case 'lcoe':
      return { cables: { costShare: cableCostShare(body.economics!, plant), substations } };
    case 'aep_per_area':
      return { goal: 'energy_per_area', marginM };
    case 'cable_length':
      return { goal: 'cable_length', cables: { costShare: 0, substations } };
  }
}

function energyInput(body: WindOptimizeInput, conditions: FarmConditions, candidate: LayoutCandidate): EnergyInput {
  const rose = coarser(roseOf(conditions), body.search_bins.direction_step_deg);
  const ti = conditions.ti;
  return {
    farm: candidate.farm,
    model: conditions.model,
    rose,
    ti: typeof ti === 'number' ? ti : Float64Array.from(rose.directionsDeg, (d) => ti[sectorOf(d, ti.length)]),
    resourceGrid: conditions.resourceGrid,
    hubFactors: conditions.hubFactors,
    floris: conditions.floris,
    exportLimit: exportLimitOf(conditions),
  };
}

/** Returns a table with no more directions than the bins of the search have, if its own divide the circle equally. */
const coarser = (rose: WindRose, stepDeg: number): WindRose =>
  isFinerThan(rose, stepDeg) ? inDirections(rose, stepDeg, 'nearest') : rose;

/** Returns the final analysis of the layout that the search found. */
export function finalAnalysis(
  body: WindOptimizeInput,
  candidate: LayoutCandidate,
  climate: WindClimate,
  places: Pick<Layout, 'xM' | 'yM' | 'kind'>,
  bins: WindOptimizeInput['bins'],
): AnalyzeFarmInput {
  const kind = places.kind ?? candidate.farm.kind;
  const conditions = farmConditions(body, candidate.specs, climate, bins, hasTimedRules(body));
  // A front's design may have fewer turbines.
  const farm = {
    ...candidate.farm,
    xM: places.xM,
    yM: places.yM,
    kind: kind && Array.from(kind).slice(0, places.xM.length),
  };
  const projection = projectionOf(body);
  return { ...conditions, farm, curtailment: curtailmentOf({ body, farm, projection, climate }, conditions.resource) };
}

/** Tells whether rules need the time steps of the wind: the search does without them. */
const hasTimedRules = ({ curtailment }: Pick<WindOptimizeInput, 'curtailment'>): boolean =>
  curtailment?.rules.some((rule) => !isCarried(rule)) ?? false;

/**
 * Returns the length of the cables [m] and the area that a farm takes [km2], with half the minimum spacing around its
 * outermost turbines.
 */
export function shapeOf(
  body: WindOptimizeInput,
  site: LayoutSite,
  { xM, yM }: { readonly xM: readonly number[]; readonly yM: readonly number[] },
): { cableM: number; areaKm2: number } {
  const substations = body.substations.map(({ x_m, y_m }) => [x_m, y_m] as const);
  return {
    cableM: new SpanningTree(xM.length, substations).length(xM, yM),
    areaKm2: hullAreaKm2(xM, yM, site.minSpacingM / 2),
  };
}

/** Time of an evaluation with rules divided by that without, measured on Horns Rev 1. */
const WITH_RULES = 7;
/** Farm evaluations of one step of a search, gradients counted by what they cost. Measured; see docs/wind-api.md */
const EVALUATIONS_A_STEP = { gradient: 110, random_search: 1, greedy: 1, nsga2: 1, bayesian: 1 } as const;
/** A gradient costs as much as this many evaluations */
const GRADIENT = 2.3;
/** Gradients of a final improvement divided by the iterations of its first inner problem, and usual improvements of a search */
const GRADIENTS_AN_ITERATION = 3;
const USUAL_POLISHES = 2;
/** Time of one final improvement, at most [s] */
const POLISH_S = 10;
const MAX_POLISH_ITERATIONS = 60;
/** Time of a pair of turbines on an axis of the rose in a move of one turbine [s] */
const MOVE_S = 15e-9;
/** Time of a pair on an axis of the rose where each has one thrust coefficient [s] */
const QUICK_PAIR_S = 10e-9;
/** Directions of the rose that annealing uses, at most */
const MOVE_DIRECTIONS = 72;
/** Time of greedy placement [s]: where 400 places for each turbine take longer, fewer are tried. */
const GREEDY_S = 100;
const MIN_GREEDY_PLACES = 20;
/** A single evaluation may delay a cancellation by this long [s]. */
const MAX_EVALUATION_S = 10;
/** Share of a job's time that a search uses if the request states no number of iterations. */
const OWN_SHARE = 0.8;
const ANNEALING_SHARE = 0.5;

const sizeOf = ({ model, farm, rose }: EnergyInput): Size => ({
  model,
  turbines: farm.xM.length,
  directions: rose.directionsDeg.length,
  speeds: rose.speedsMPerS.length,
});

/** Returns the seconds of one evaluation in a search. */
function evaluationOf(energy: EnergyInput): number {
  const { directions, turbines } = sizeOf(energy);
  return ConstantThrustEnergy.fit(energy) === 'exact'
    ? (directions / 2) * (turbines ** 2 / 2) * QUICK_PAIR_S
    : wholeEvaluationOf(energy);
}

/** Returns the same where the whole engine evaluates. */
function wholeEvaluationOf(energy: EnergyInput): number {
  // Rules split directions into two parts or three, and are computed without vectors.
  return (energy.curtailment ? WITH_RULES : 1) * evaluationSeconds(sizeOf(energy));
}

/** Returns the seconds in which greedy placement tries one place for each turbine of a farm that grows: a third of the whole farm's time each. */
const placeSeconds = (energy: EnergyInput, count: number): number => (wholeEvaluationOf(energy) * count) / 3;

const greedyPlaces = (energy: EnergyInput, count: number): number =>
  Math.min(GREEDY_PLACES, Math.max(MIN_GREEDY_PLACES, Math.floor(GREEDY_S / placeSeconds(energy, count))));

/** Returns how many iterations of a final improvement fit into its time. */
const polishIterations = (energy: EnergyInput): number =>
  Math.min(MAX_POLISH_ITERATIONS, Math.floor(POLISH_S / (GRADIENTS_AN_ITERATION * GRADIENT * evaluationOf(energy))));

/** Returns the seconds that a search takes for each iteration and beside them. */
function secondsOf(body: WindOptimizeInput, spec: WindLayoutSpec, count: number) {
  const { energy } = spec.kind === 'search' ? spec.problem : spec.search;
  const size = sizeOf(energy);
  const evaluation = evaluationOf(energy);
  const polish =
    spec.kind === 'search' && (body.method === 'annealing' || body.method === 'gradient')
      ? USUAL_POLISHES * GRADIENTS_AN_ITERATION * GRADIENT * evaluation * spec.problem.polish!
      : 0;
  if (spec.kind === 'search' && isAnnealed(spec.problem)) {
    const pairs = (Math.min(size.directions, MOVE_DIRECTIONS) / 2) * (size.turbines - 1);
    const looks = LOOKS_A_START / stepsOfStart(spec.problem);
    return {
      evaluation,
      iteration: movesOfStep(size.turbines) * MOVE_S * pairs + looks * evaluation,
      constant: polish + LOOKS_A_START * evaluation,
    };
  }
  const first =
    body.method === 'greedy' && spec.kind === 'search' ? spec.problem.places! * placeSeconds(energy, count) : 0;
  const method = body.method === 'annealing' ? 'gradient' : body.method;
  return {
    evaluation,
    iteration: evaluation * EVALUATIONS_A_STEP[method] * (method === 'nsga2' ? body.population_size : 1),
    constant: first + polish,
  };
}

/** Starts of annealing for each turbine: small farms have fewer layouts to choose from. */
const STARTS_A_TURBINE = 4 / 3;
const MIN_STARTS = 8;

/**
 * Returns the default number of iterations. Small farms take fewer steps of annealing; where it works as `gradient`, it makes
 * as many steps as that.
 */
function defaultIterations(body: WindOptimizeInput, { spec }: LayoutRunPlan): number {
  if (body.method !== 'annealing' || spec.kind !== 'search') return iterationsOf(body);
  if (!isAnnealed(spec.problem)) return iterationsOf({ method: 'gradient' });
  const starts = Math.max(MIN_STARTS, Math.round(STARTS_A_TURBINE * spec.problem.energy.farm.xM.length));
  return Math.min(iterationsOf(body), Math.ceil(starts * stepsOfStart(spec.problem)));
}

/** Number of searches of a job that run at the same time on the processor. */
export const SIDE_BY_SIDE = 2;

/** Returns the index of the candidate with most turbines of these types. */
const largestOf = (candidates: readonly LayoutCandidate[], type: number | null): number =>
  candidates.reduce((best, one, i) => (one.type === type && !(candidates[best]?.count >= one.count) ? i : best), -1);

/**
 * Checks all that can be checked before a search, and that its time suffices.
 * @param limitS compute time of a job [s]
 * @returns the iterations of each search: as requested, otherwise the method's default or as many as fit
 */
export function feasibleIterations(plan: LayoutPlan, body: WindOptimizeInput, limitS: number): number {
  const site = withRequestPointers(() => new CompiledSite(plan.site));
  let secondsAnIteration = 0;
  let constantS = 0;
  // A smaller farm of the same types has the same wind and turbines, and fits where the larger one does.
  const largest = new Set(plan.candidates.map(({ type }) => largestOf(plan.candidates, type)));
  for (const { spec, candidate } of plan.runs) {
    const { farm, count } = plan.candidates[candidate];
    if (largest.delete(candidate))
      withRequestPointers(() =>
        spec.kind === 'search' ? checkLayoutProblem(spec.problem, site) : site.requireCapacity(count),
      );
    const { evaluation, iteration, constant } = secondsOf(body, spec, count);
    if (evaluation > MAX_EVALUATION_S)
      throw new AppError(
        'job.too_large',
        `One evaluation of ${farm.xM.length} turbines takes some ${evaluation.toFixed(1)} s; a search needs at most ${MAX_EVALUATION_S}`,
        {
          pointer: '/n_turbines',
          fix: 'Lower n_turbines, or take wider search_bins or a cheaper wake.model.',
          details: { estimated_s: evaluation, limit_s: MAX_EVALUATION_S },
        },
      );
    constantS += constant;
    secondsAnIteration += iteration;
  }
  const share = body.method === 'annealing' ? ANNEALING_SHARE : OWN_SHARE;
  const fitting = Math.floor((share * limitS - constantS) / secondsAnIteration);
  const iterations = body.n_iterations ?? Math.max(1, Math.min(defaultIterations(body, plan.runs[0]), fitting));
  requireTime(constantS + iterations * secondsAnIteration, limitS, {
    name: 'n_iterations',
    pointer: '/n_iterations',
    value: iterations,
    constantS,
    others: searchFields(body, plan, (constantS + secondsAnIteration) / body.n_starts <= limitS),
  });
  return iterations;
}

/** Returns the compute time of the searches of a plan [s]. @param iterations of each search */
export const searchSeconds = (plan: LayoutPlan, body: WindOptimizeInput, iterations: number): number =>
  plan.runs
    .map(({ spec, candidate }) => secondsOf(body, spec, plan.candidates[candidate].count))
    .reduce((sum, { iteration, constant }) => sum + iterations * iteration + constant, 0);

/** Returns what the searches of a plan cost, where they run. @param iterations of each search */
export function searchWork(plan: LayoutPlan, body: WindOptimizeInput, iterations: number): WindSearchWork {
  const specs = plan.runs.map(({ spec }) => spec);
  const works = plan.runs.map(({ spec, candidate }) => secondsOf(body, spec, plan.candidates[candidate].count));
  const [first] = specs;
  const obstacles = specs.map((spec) =>
    spec.kind === 'search'
      ? searchObstacle({ ...spec.problem, maxSteps: iterations })
      : deviceObstacle({ ...spec.search.energy, farm: gridProblem(spec.search).farm }),
  );
  return {
    obstacle: obstacles.find((one) => one !== null) ?? null,
    processorS: iterations * works.reduce((sum, { iteration }) => sum + iteration, 0),
    sideBySide: Math.min(SIDE_BY_SIDE, specs.length),
    starts: first.kind === 'search' ? startsOf({ ...first.problem, maxSteps: iterations }) : null,
    calls: specs.length * (first.kind === 'search' ? ROUNDS : iterations),
  };
}

/**
 * Returns the fields of a search that lower its time, as a fix names them.
 * @param isOneStartEnough whether one start of a step has the time
 */
function searchFields(
  { turbines, n_turbines, turbine_choice }: WindOptimizeInput,
  plan: LayoutPlan,
  isOneStartEnough: boolean,
): string[] {
  const isMany = Array.isArray(n_turbines) ? n_turbines.length > 1 : false;
  return [
    ...(plan.runs.length > plan.candidates.length && isOneStartEnough ? ['lower n_starts'] : []),
    ...(turbines.length > 1 && turbine_choice === 'one' ? ['list fewer turbines'] : []),
    isMany ? 'give fewer numbers in n_turbines' : 'lower n_turbines',
    'take wider search_bins',
    'take a cheaper wake.model',
  ];
}
