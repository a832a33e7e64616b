/** A design search as it is stored, and its conversion to the engine's request and to the API's answer. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Warning } from '../../contracts/common/warnings.ts';
import { type SolarWarningCode, warnSolar } from '../../contracts/solar/warnings.ts';
import type { AreaBody } from '../../contracts/common/area.schema.ts';
import { projectionOfArea, zonesOfArea } from '../../geometry/area.ts';
import { extentWithout } from '../../geometry/zones.ts';
import { camelKeys, type SnakeKeys, snakeKeys } from '../../lib/case.ts';
import { iterationsOf } from '../../contracts/common/optimizer.schema.ts';
import {
  MAX_RACK_TILT_DEG,
  RACK_GCR,
  RACK_TILT_PER_LATITUDE,
  type SolarOptimizeBody,
} from '../../contracts/solar/optimize.schema.ts';
import { withWeatherIds } from '../../contracts/common/weather-choice.schema.ts';
import type { SolarDesignAnswer, SolarOptimizeInput } from '../../contracts/solar/result.schema.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import { projectTerms } from '../economics/project.ts';
import { computedBy } from '../jobs/computed-by.ts';
import {
  rackSchema,
  trackerSchema,
  nightPowerSchema,
  type SolarSystemBody,
  solarSystemSchema,
} from '../../contracts/solar/system.schema.ts';
import type { SolarSystem } from '../../solar/system.ts';
import type { DesignInverter, SolarDesignRequest, SolarDesignResult } from '../../solar/design/design.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import type { Components, SystemPlace } from './system.ts';
import { MIN_CELL_TEMP_C, MOVED, required, requireRatio, resolveSystem } from './system.ts';
import { toSolarSystem, toSystemBody } from './engine-system.ts';

type StoredComponent<Component> = SnakeKeys<Component> & SolarOptimizeInput['modules'][number];
const storedComponent = (component: ModuleComponent | InverterComponent, name: string) =>
  snakeKeys({ ...component, name });

/** Returns a module without what the request states in its place. */
function ownOf({ iam, lidPct, ...module }: ModuleComponent, system: SolarOptimizeBody['system']): ModuleComponent {
  const { losses_pct: losses } = system;
  return {
    ...module,
    ...(iam && system.iam === undefined && { iam }),
    ...(lidPct !== undefined && losses.lid === undefined && { lidPct }),
  };
}

/** Returns the request as it is stored: with defaults, components and the areas of the site filled in. */
export function normalizeSolarOptimize(
  { seed: _, ...asked }: SolarOptimizeBody,
  place: SystemPlace,
  components: Components,
  site: { readonly boundary: AreaBody | null; readonly exclusions: AreaBody | null } | null = null,
  warnings: Warning<SolarWarningCode>[] = [],
): SolarOptimizeInput {
  const { weather_ids = [], ...body } = withWeatherIds(asked);
  const { boundary = site?.boundary ?? undefined, exclusions = site?.exclusions ?? undefined } = body.constraints;
  const mounting = body.system.mounting ?? {
    type: 'fixed' as const,
    tilt_deg: Math.min(MAX_RACK_TILT_DEG, Math.round(Math.abs(place.latitudeDeg) * RACK_TILT_PER_LATITUDE)),
  };
  const { module = [], inverter = [], gcr, tracker } = body.variables;
  const { losses_pct: losses } = body.system;
  // Racks shade each other where their spacing varies, as if `rows` were stated.
  const shading = losses.shading ?? (gcr && tracker !== 'always' && mounting.type !== 'one_axis' ? 0 : undefined);
  return {
    ...body,
    constraints: { ...body.constraints, boundary, exclusions },
    weather_ids,
    system: resolveSystem(
      { ...body.system, mounting, losses_pct: { ...losses, shading } },
      components,
      '/system',
      place,
      warnings,
    ),
    modules: module.map((id, k) =>
      storedComponent(
        ownOf(required(components.modules.get(id), 'module', id, `/variables/module/${k}`), body.system),
        id,
      ),
    ),
    inverters: inverter.map((id, k) => {
      const pointer = `/variables/inverter/${k}`;
      const chosen = required(components.inverters.get(id), 'inverter', id, pointer);
      const [dcKw, acKw] = [body.system.dc_capacity_kw, chosen.powerW / 1000];
      // A design has one inverter at least; more of them follow from its ratio.
      if (dcKw < acKw) requireRatio(dcKw / acKw, dcKw, acKw, pointer);
      return storedComponent(chosen, id);
    }),
  };
}

/** A file may not state what its inverter draws at night: the same default as in a system holds. */
const withNightPower = ({ unit, ...component }: InverterComponent): DesignInverter => ({
  ...component,
  unit: unit.type === 'curve' ? { ...unit, nightW: unit.nightW ?? nightPowerSchema.parse(undefined) } : unit,
});

/** Converts a stored request to the engine's. */
export function toDesignRequest(input: SolarOptimizeInput, seed: number): SolarDesignRequest {
  const system = toSolarSystem(input.system);
  const { mounting } = system;
  const isTracker = mounting.type === 'one_axis';
  const { module: _, inverter: _inverter, tracker = isTracker ? 'always' : 'never', ...variables } = input.variables;
  const {
    modules_per_kw_dc: moduleCostsPerKwDc,
    inverters_per_kw_ac: inverterCostsPerKwAc,
    ...costs
  } = input.economics.costs;
  return {
    system,
    variables,
    tracker,
    // The two were stored by `storedComponent`.
    modules: camelKeys(input.modules as StoredComponent<ModuleComponent>[]),
    inverters: camelKeys(input.inverters as StoredComponent<InverterComponent>[]).map(withNightPower),
    minCellTempC: input.system.min_cell_temp_c ?? MIN_CELL_TEMP_C,
    objectives: input.objectives,
    constraints: constraintsOf(input.constraints),
    method: input.method,
    populationSize: input.population_size,
    iterations: iterationsOf(input),
    steps: input.steps,
    gridPoints: input.n_grid_points,
    seed,
    gcr: input.gcr ?? (isTracker ? mounting.gcr : (system.rows?.gcr ?? system.bifacial?.gcr ?? RACK_GCR)),
    rows: system.rows ?? camelKeys(solarSystemSchema.shape.rows.unwrap().parse({ model: 'linear' })),
    rack:
      mounting.type === 'fixed' || mounting.type === 'roof' ? mounting : camelKeys(rackSchema.parse({ type: 'fixed' })),
    moduleKwPerM2: input.module_kw_per_m2,
    landFactor: input.land_factor,
    tracking: isTracker
      ? mounting
      : camelKeys(trackerSchema.parse({ type: 'one_axis', max_angle_deg: input.tracker_max_angle_deg })),
    costs: camelKeys(costs),
    moduleCostsPerKwDc,
    inverterCostsPerKwAc,
    economics: projectTerms(input.economics),
    uncertaintyPct: input.uncertainty_pct,
    interannualPct: input.interannual_pct,
  };
}

/** The areas of a request limit the land by their size, as `max_land_area_m2` does; the smallest limit counts. */
function constraintsOf({
  boundary,
  exclusions,
  max_land_area_m2,
  ...limits
}: SolarOptimizeInput['constraints']): SolarDesignRequest['constraints'] {
  const stated = max_land_area_m2 ?? Number.POSITIVE_INFINITY;
  const maxLandAreaM2 = boundary ? Math.min(stated, landAreaOf(boundary, exclusions)) : stated;
  const other = camelKeys(limits);
  return { ...other, maxLandAreaM2: Number.isFinite(maxLandAreaM2) ? maxLandAreaM2 : undefined };
}

/** Returns the area of a boundary less that of its exclusions [m2]. @throws AppError `request.invalid` where nothing is left */
function landAreaOf(boundary: AreaBody, exclusions: AreaBody | undefined): number {
  const at = '/constraints/boundary';
  const projection = boundary.unit === 'deg' ? projectionOfArea(boundary, at) : null;
  const { areaM2 } = extentWithout(
    zonesOfArea(boundary, 'inside', projection, at),
    exclusions ? zonesOfArea(exclusions, 'outside', projection, '/constraints/exclusions') : [],
  );
  if (areaM2 < 1)
    throw new AppError('request.invalid', 'the exclusions cover the whole boundary; expected land that is left', {
      pointer: '/constraints/exclusions',
    });
  return areaM2;
}

/** Returns the system of a design as `POST /v1/solar/analyze` takes it. */
export function bodyOfDesign(
  { system, modules }: SolarOptimizeInput,
  plant: SolarSystem,
  values: Readonly<Record<string, number | string>>,
): SolarSystemBody {
  const chosen = modules.find(({ name }) => name === values.module);
  const own = system.module.type === 'cec' || system.module.type === 'pvsyst' ? system.module : undefined;
  const nameOf = (part: object, chosenName: number | string | undefined) => {
    const name = chosenName ?? ('name' in part ? part.name : undefined);
    return name === undefined ? {} : { name };
  };
  const power_w = chosen ? chosen.power_w : own?.power_w;
  return toSystemBody(plant, {
    name: system.name,
    min_cell_temp_c: system.min_cell_temp_c,
    module: { ...nameOf(system.module, values.module), ...(power_w !== undefined && { power_w }) },
    inverter: nameOf(system.inverter, values.inverter),
  });
}

/** Returns the doubts about the best design of a search. */
export function designWarnings({ best }: SolarDesignAnswer): Warning<SolarWarningCode>[] {
  if (!best?.system) return [];
  const { values, system, dc_ac_ratio: built_ratio, dc_capacity_kw } = best;
  const { module, inverter } = system;
  const isMoved = (wanted: number | string | undefined, built: number): wanted is number =>
    typeof wanted === 'number' && Math.abs(built / wanted - 1) > MOVED;
  const warnings: Warning<SolarWarningCode>[] = [];
  const { dc_ac_ratio: asked_ratio, dc_capacity_kw: asked_kw } = values;
  if ('n_inverters' in inverter && isMoved(asked_ratio, built_ratio)) {
    const { n_inverters = 1 } = inverter;
    warnings.push(warnSolar('solar.ratio_moved', { n_inverters, built_ratio, asked_ratio }, '/variables/dc_ac_ratio'));
  }
  if ('modules_per_string' in module && isMoved(asked_kw, dc_capacity_kw)) {
    const { n_strings = 1, modules_per_string = 1 } = module;
    const strings = { n_strings, modules_per_string, dc_capacity_kw, asked_kw };
    warnings.push(warnSolar('solar.capacity_moved', strings, '/variables/dc_capacity_kw'));
  }
  return warnings;
}

/** Returns the result of a search; `found` is undefined if a cancelled search has no feasible design yet. */
export function solarDesignAnswer(
  input: SolarOptimizeInput,
  { seed, engine_version }: Pick<JobRow, 'seed' | 'engine_version'>,
  result: SolarDesignResult | undefined,
): SolarDesignAnswer {
  const reproduction = { method: input.method, seed, engine_version, weather_ids: input.weather_ids };
  if (!result) return { ...reproduction, best: null, pareto: [], convergence: [], sensitivity: [], is_complete: false };
  const { assumptions, evaluations, iterations, convergence, best, device, ...answer } = result;
  const { system, ...figures } = best;
  const { iterations: n_iterations, gridPoints: n_grid_points, ...given } = assumptions;
  return {
    ...reproduction,
    ...snakeKeys(answer),
    best: {
      ...snakeKeys(figures),
      system: bodyOfDesign(input, system, best.values),
    },
    n_evaluations: evaluations,
    n_iterations: iterations,
    computed_by: computedBy([device]),
    convergence: convergence.map(
      ({ evaluations: n_evaluations, best: best_value, paretoSize: n_pareto, ...entry }) => ({
        ...snakeKeys(entry),
        n_evaluations,
        best_value,
        n_pareto,
      }),
    ),
    assumptions: {
      ...snakeKeys(given),
      n_iterations,
      n_grid_points,
      system: input.system,
      decomposition: input.decomposition,
      edge_steps: input.edge_steps,
      uncertainty_pct: input.uncertainty_pct,
    },
  };
}
