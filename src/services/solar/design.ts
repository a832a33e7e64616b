/** A design search as it is stored, and the engine's request and the API's answer made of it. */
import { camelKeys, snakeKeys } from '../../lib/case.ts';
import type { SolarOptimizeBody } from '../../contracts/solar/optimize.schema.ts';
import type { SolarSystemBody } from '../../contracts/solar/system.schema.ts';
import { ENGINE_VERSION } from '../../contracts/common/version.ts';
import type { ProjectTerms, SolarDesignRequest, SolarDesignResult } from '../../solar/design/design.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import type { Components } from './system.ts';
import { required, resolveSystem, toSolarSystem } from './system.ts';

/** A body in its one stored form. */
export interface SolarOptimizeInput extends Omit<SolarOptimizeBody, 'system' | 'seed' | 'weather_id' | 'weather_ids'> {
  readonly weather_ids: readonly string[];
  readonly system: SolarSystemBody;
  /** The components that `variables` names, by the names there; in snake_case. */
  readonly modules: readonly object[];
  readonly inverters: readonly object[];
}

const storedComponent = (component: ModuleComponent | InverterComponent, name: string): object =>
  snakeKeys({ ...component, name }) as object;

export function normalizeSolarOptimize(
  { seed: _, weather_id, weather_ids = [weather_id!], ...body }: SolarOptimizeBody,
  latitudeDeg: number,
  components: Components,
): SolarOptimizeInput {
  const mounting = body.system.mounting ?? {
    type: 'fixed' as const,
    tilt_deg: Math.min(60, Math.round(Math.abs(latitudeDeg) * 0.8)),
    azimuth_deg: latitudeDeg >= 0 ? 180 : 0,
  };
  const { module = [], inverter = [] } = body.variables;
  return {
    ...body,
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

export function toDesignRequest(input: SolarOptimizeInput, seed: number): SolarDesignRequest {
  const { module: _, inverter: _inverter, ...variables } = input.variables;
  const modules = camelKeys(input.modules) as ModuleComponent[];
  const inverters = camelKeys(input.inverters) as InverterComponent[];
  return {
    system: toSolarSystem(input.system),
    variables: {
      ...variables,
      ...(modules.length > 0 && { module: modules }),
      ...(inverters.length > 0 && { inverter: inverters }),
    },
    objectives: input.objectives,
    constraints: camelKeys(input.constraints) as SolarDesignRequest['constraints'],
    method: input.method,
    populationSize: input.population_size,
    iterations: input.n_iterations,
    steps: input.steps,
    gridPoints: input.grid_points,
    seed,
    gcr: input.gcr,
    moduleKwPerM2: input.module_kw_per_m2,
    landFactor: input.land_factor,
    trackerMaxAngleDeg: input.tracker_max_angle_deg,
    costs: camelKeys(input.costs) as SolarDesignRequest['costs'],
    moduleCostsPerKwDc: input.module_costs_per_kw_dc,
    inverterCostsPerKwAc: input.inverter_costs_per_kw_ac,
    economics: camelKeys(input.economics) as ProjectTerms,
    uncertaintyPct: input.uncertainty_pct,
    interannualPct: input.interannual_pct,
  };
}

/** The answer; `found` is undefined where a cancelled search has no feasible design yet. */
export function solarDesignAnswer(
  input: SolarOptimizeInput,
  seed: number,
  result: SolarDesignResult | undefined,
): Record<string, unknown> {
  const reproduction = { method: input.method, seed, engine_version: ENGINE_VERSION, weather_ids: input.weather_ids };
  if (!result) return { ...reproduction, best: null, pareto: [], convergence: [], sensitivity: [], is_complete: false };
  const { assumptions, ...answer } = snakeKeys(result) as { assumptions: object };
  return {
    ...reproduction,
    ...answer,
    assumptions: {
      ...assumptions,
      system: input.system,
      decomposition: input.decomposition,
      edge_steps: input.edge_steps,
      uncertainty_pct: input.uncertainty_pct,
    },
  };
}
