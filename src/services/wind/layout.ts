/** The searches of a layout job: one for each turbine type, number of turbines and start. */
import type { WindClimate } from '../../wind/resource/climate.ts';
import type { WindLayoutSpec } from '../../wind/tasks.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import { iterationsOf } from '../../contracts/common/optimizer.schema.ts';
import type { AnalyzeFarmInput } from '../../wind/energy/analyze-farm.ts';
import { SpanningTree } from '../../wind/layout/cable.ts';
import { windError } from '../../wind/check.ts';
import type { EnergyInput } from '../../wind/energy/energy.ts';
import type { Farm } from '../../wind/turbine/farm.ts';
import type { LocalProjection } from '../../geometry/projection.ts';
import type { GridObjective } from '../../wind/layout/grid-layout.ts';
import { hullAreaKm2 } from '../../wind/layout/hull-area.ts';
import type { LayoutGoalTerms } from '../../wind/layout/layout-objective.ts';
import type { Layout } from '../../wind/layout/layout-search.ts';
import { checkLayoutProblem } from '../../wind/layout/layout-problem.ts';
import type { LayoutSite } from '../../wind/layout/layout-site.ts';
import { CompiledSite } from '../../wind/layout/layout-site.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { sectorOf } from '../../wind/resource/sectors.ts';
import { evaluationSeconds, requireTime } from './estimate.ts';
import type { Plant } from '../economics/project.ts';
import { cableCostShare, plantCostPerYear, plantOf } from './result.ts';
import { farmConditions, planeOf, projectionOf, roseOf, siteOf, specsAtDensity } from './setup.ts';

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
  const counts = typeof body.n_turbines === 'number' ? [body.n_turbines] : body.n_turbines;
  const isFront = body.method === 'nsga2';
  const wanted = isFront ? [Math.max(...counts)] : counts;
  const types = body.turbine_choice === 'mixed' ? [null] : specs.map((_, type) => type);
  const candidates = types.flatMap((type) =>
    wanted.map((count) => candidateOf(body, specs, projection, type, count, largestM)),
  );
  const isGrid = body.method === 'nsga2' || body.method === 'bayesian';
  const runs = candidates.flatMap((candidate, index) => {
    const energy = energyInput(body, candidate, climate);
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
              method: body.method as 'gradient' | 'random_search' | 'greedy',
              seed: runSeed,
              maxSteps: iterationsOf(body),
              startFromFarm: body.start_layout !== undefined,
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

function candidateOf(
  body: WindOptimizeInput,
  specs: readonly TurbineSpec[],
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
  const isAlone = fixed.xM.length === 0 && type !== null;
  const all = [...Array<number>(count).fill(type ?? 0), ...standing];
  const kinds = isAlone ? undefined : all;
  const own = isAlone ? [specs[type]] : specs;
  const plant = plantOf(body.economics, specs, body.turbines, all);
  return {
    type,
    count,
    specs: own,
    farm: {
      xM: [...(start?.xM ?? zeros), ...fixed.xM],
      yM: [...(start?.yM ?? zeros), ...fixed.yM],
      turbines: own,
      kind: kinds,
    },
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

function energyInput(body: WindOptimizeInput, candidate: LayoutCandidate, climate: WindClimate): EnergyInput {
  const conditions = farmConditions(body, candidate.specs, climate, body.search_bins, false);
  const rose = roseOf(conditions);
  const ti = conditions.ti;
  return {
    farm: candidate.farm,
    model: conditions.model,
    rose,
    ti: typeof ti === 'number' ? ti : Float64Array.from(rose.directionsDeg, (d) => ti[sectorOf(d, ti.length)]),
    resourceGrid: conditions.resourceGrid,
    hubFactors: conditions.hubFactors,
    floris: conditions.floris,
  };
}

/** Returns the final analysis of the layout that the search found. */
export function finalAnalysis(
  body: WindOptimizeInput,
  candidate: LayoutCandidate,
  climate: WindClimate,
  places: Pick<Layout, 'xM' | 'yM' | 'kind'>,
  bins: WindOptimizeInput['bins'],
): AnalyzeFarmInput {
  const kind = places.kind ?? candidate.farm.kind;
  return {
    ...farmConditions(body, candidate.specs, climate, bins, false),
    // A front's design may have fewer turbines.
    farm: {
      ...candidate.farm,
      xM: places.xM,
      yM: places.yM,
      kind: kind && Array.from(kind).slice(0, places.xM.length),
    },
  };
}

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

/** Farm evaluations of one step of a search, gradients counted by what they cost. Measured; see docs/wind-api.md */
const EVALUATIONS_A_STEP = { gradient: 140, random_search: 1, greedy: 1, nsga2: 1, bayesian: 1 } as const;
/** Farm evaluations at the end of a search by gradients. */
const POLISH_EVALUATIONS = 1000;
/** A single evaluation may delay a cancellation by this long [s]. */
const MAX_EVALUATION_S = 0.7;
/** Share of a job's time that a search uses if the request states no number of iterations. */
const OWN_SHARE = 0.8;

/**
 * Checks all that can be checked before a search, and that its time suffices.
 * @param limitS compute time of a job [s]
 * @returns the iterations of each search: as requested, otherwise the method's default or as many as fit
 */
export function feasibleIterations(plan: LayoutPlan, body: WindOptimizeInput, limitS: number): number {
  const site = withRequestPointers(() => new CompiledSite(plan.site));
  let secondsAnIteration = 0;
  let constantS = 0;
  const checked = new Set<number>();
  for (const { spec, candidate } of plan.runs) {
    const { farm, count } = plan.candidates[candidate];
    if (!checked.has(candidate)) {
      withRequestPointers(() =>
        spec.kind === 'search' ? checkLayoutProblem(spec.problem) : site.requireCapacity(count),
      );
      checked.add(candidate);
    }
    const { energy } = spec.kind === 'search' ? spec.problem : spec.search;
    const size = {
      model: energy.model,
      turbines: farm.xM.length,
      directions: energy.rose.directionsDeg.length,
      speeds: energy.rose.speedsMPerS.length,
    };
    const evaluation = evaluationSeconds(size);
    if (evaluation > MAX_EVALUATION_S)
      throw new AppError(
        'job.too_large',
        `One evaluation of ${farm.xM.length} turbines takes some ${evaluation.toFixed(1)} s; a search needs at most ${MAX_EVALUATION_S}`,
        {
          pointer: '/search_bins/direction_step_deg',
          fix: 'Take wider search_bins, fewer turbines or a cheaper wake model.',
          details: { estimated_s: evaluation, limit_s: MAX_EVALUATION_S },
        },
      );
    // Greedy placement tries 400 places for each turbine of a farm that grows: a third of the whole farm's time each.
    const first = body.method === 'greedy' ? (400 * count) / 3 : 0;
    const last = body.method === 'gradient' ? POLISH_EVALUATIONS : 0;
    constantS += evaluation * (first + last);
    secondsAnIteration +=
      evaluation * EVALUATIONS_A_STEP[body.method] * (body.method === 'nsga2' ? body.population_size : 1);
  }
  const fitting = Math.floor((OWN_SHARE * limitS - constantS) / secondsAnIteration);
  const iterations = body.n_iterations ?? Math.max(1, Math.min(iterationsOf(body), fitting));
  requireTime(constantS + iterations * secondsAnIteration, limitS, {
    name: 'n_iterations',
    pointer: '/n_iterations',
    value: iterations,
    constantS,
  });
  return iterations;
}
