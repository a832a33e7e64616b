/** A design search as it is stored, and its conversion to the engine's request and to the API's answer. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { AreaBody } from '../../contracts/common/area.schema.ts';
import { projectionOfArea, zonesOfArea } from '../../geometry/area.ts';
import { extentWithout } from '../../geometry/zones.ts';
import { camelKeys, snakeKeys } from '../../lib/case.ts';
import { iterationsOf } from '../../contracts/common/optimizer.schema.ts';
import { RACK_GCR, type SolarOptimizeBody } from '../../contracts/solar/optimize.schema.ts';
import { withWeatherIds } from '../../contracts/common/weather-choice.schema.ts';
import type { SolarDesignAnswer, SolarOptimizeInput } from '../../contracts/solar/result.schema.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import { projectTerms } from '../economics/project.ts';
import { mountingSchema, nightPowerSchema, solarSystemSchema } from '../../contracts/solar/system.schema.ts';
import type { RowShading } from '../../solar/system.ts';
import type { DesignInverter, SolarDesignRequest, SolarDesignResult } from '../../solar/design/design.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import type { Components } from './system.ts';
import { required, resolveSystem, toSolarSystem } from './system.ts';

type StoredComponent = SolarOptimizeInput['modules'][number];
const storedComponent = (component: ModuleComponent | InverterComponent, name: string) =>
  snakeKeys({ ...component, name }) as StoredComponent;

/** Returns the request as it is stored: with defaults, components and the areas of the site filled in. */
export function normalizeSolarOptimize(
  { seed: _, ...asked }: SolarOptimizeBody,
  latitudeDeg: number,
  components: Components,
  site: { readonly boundary: AreaBody | null; readonly exclusions: AreaBody | null } | null = null,
): SolarOptimizeInput {
  const { weather_ids = [], ...body } = withWeatherIds(asked);
  const { boundary = site?.boundary ?? undefined, exclusions = site?.exclusions ?? undefined } = body.constraints;
  const mounting = body.system.mounting ?? {
    type: 'fixed' as const,
    tilt_deg: Math.min(60, Math.round(Math.abs(latitudeDeg) * 0.8)),
    azimuth_deg: latitudeDeg >= 0 ? 180 : 0,
  };
  const { module = [], inverter = [] } = body.variables;
  return {
    ...body,
    constraints: { ...body.constraints, boundary, exclusions },
    weather_ids,
    system: resolveSystem({ ...body.system, mounting }, components, '/system'),
    modules: module.map((id, k) =>
      storedComponent(required(components.module(id), 'module', id, `/variables/module/${k}`), id),
    ),
    inverters: inverter.map((id, k) =>
      storedComponent(required(components.inverter(id), 'inverter', id, `/variables/inverter/${k}`), id),
    ),
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
    modules: camelKeys(input.modules) as ModuleComponent[],
    inverters: (camelKeys(input.inverters) as InverterComponent[]).map(withNightPower),
    objectives: input.objectives,
    constraints: constraintsOf(input.constraints),
    method: input.method,
    populationSize: input.population_size,
    iterations: iterationsOf(input),
    steps: input.steps,
    gridPoints: input.n_grid_points,
    seed,
    gcr: input.gcr ?? (isTracker ? mounting.gcr : RACK_GCR),
    rows: system.rows ?? (camelKeys(solarSystemSchema.shape.rows.parse({ model: 'linear' })) as RowShading),
    rack:
      mounting.type === 'fixed' || mounting.type === 'roof'
        ? mounting
        : (camelKeys(mountingSchema.parse({ type: 'fixed' })) as SolarDesignRequest['rack']),
    moduleKwPerM2: input.module_kw_per_m2,
    landFactor: input.land_factor,
    tracking: isTracker
      ? mounting
      : (camelKeys(
          mountingSchema.parse({ type: 'one_axis', max_angle_deg: input.tracker_max_angle_deg }),
        ) as SolarDesignRequest['tracking']),
    costs: camelKeys(costs) as SolarDesignRequest['costs'],
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
  const other = camelKeys(limits) as Omit<SolarDesignRequest['constraints'], 'maxLandAreaM2'>;
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

/** Returns the result of a search; `found` is undefined if a cancelled search has no feasible design yet. */
export function solarDesignAnswer(
  input: SolarOptimizeInput,
  { seed, engine_version }: Pick<JobRow, 'seed' | 'engine_version'>,
  result: SolarDesignResult | undefined,
): SolarDesignAnswer {
  const reproduction = { method: input.method, seed, engine_version, weather_ids: input.weather_ids };
  if (!result) return { ...reproduction, best: null, pareto: [], convergence: [], sensitivity: [], is_complete: false };
  const { assumptions, evaluations, iterations, convergence, ...answer } = result;
  const { iterations: n_iterations, gridPoints: n_grid_points, ...given } = assumptions;
  return {
    ...reproduction,
    ...(snakeKeys(answer) as Pick<SolarDesignAnswer, 'best' | 'pareto' | 'sensitivity' | 'is_complete'>),
    n_evaluations: evaluations,
    n_iterations: iterations,
    convergence: convergence.map(
      ({ evaluations: n_evaluations, best: best_value, paretoSize: n_pareto, ...entry }) => ({
        ...(snakeKeys(entry) as Omit<
          SolarDesignAnswer['convergence'][number],
          'n_evaluations' | 'best_value' | 'n_pareto'
        >),
        n_evaluations,
        best_value,
        n_pareto,
      }),
    ),
    assumptions: {
      ...(snakeKeys(given) as NonNullable<SolarDesignAnswer['assumptions']>),
      n_iterations,
      n_grid_points,
      system: input.system,
      decomposition: input.decomposition,
      edge_steps: input.edge_steps,
      uncertainty_pct: input.uncertainty_pct,
    },
  };
}
