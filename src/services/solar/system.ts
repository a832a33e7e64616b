/**
 * Converts the API's system to the engine's: looks up components, fills in defaults that depend on other fields, and
 * converts names.
 */
import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { checked } from '../../contracts/common/checked.ts';
import { camelKeys, snakeKeys } from '../../lib/case.ts';
import type { SolarSystemBody } from '../../contracts/solar/system.schema.ts';
import { solarSystemSchema } from '../../contracts/solar/system.schema.ts';
import { SAPM_THERMAL } from '../../solar/power/cell-temperature.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import { modulesPerString } from '../../solar/library/component.ts';
import type { HorizonProfile } from '../../solar/irradiance/horizon.ts';
import { samPvwatts } from '../../solar/power/sam-pvwatts.ts';
import type { SolarSystem } from '../../solar/system.ts';
import { checkSystem } from '../../solar/system.ts';

/** What an organization can name in a request. */
export interface Components {
  module(idOrName: string): ModuleComponent | undefined;
  inverter(idOrName: string): InverterComponent | undefined;
  horizon(id: string): HorizonProfile | undefined;
}

/** For requests that name no components and therefore need no query. */
export const NO_COMPONENTS: Components = {
  module: () => undefined,
  inverter: () => undefined,
  horizon: () => undefined,
};

type Naming = Pick<SolarSystemBody, 'module' | 'inverter' | 'far_horizon'>;
/** Returns the ids and names of the components that systems name. */
export const componentNames = (systems: readonly Naming[]): string[] => [
  ...new Set(
    systems.flatMap(({ module, inverter, far_horizon: horizon }) => [
      ...(module.type === 'library' ? [module.id] : []),
      ...(inverter.type === 'library' ? [inverter.id] : []),
      ...(horizon !== undefined && 'horizon_id' in horizon ? [horizon.horizon_id] : []),
    ]),
  ),
];

/** Returns the component. @throws AppError `request.not_found` with the pointer of the field if it is undefined */
export const required = <T>(component: T | undefined, what: string, id: string, pointer: string): T => {
  if (component === undefined)
    throw new AppError('request.not_found', `No ${what} ${id}`, {
      pointer,
      fix: `Search for it with GET /v1/${what}s, or upload it.`,
    });
  return component;
};

/**
 * Returns the system as it is stored, computed and shown in the result: it contains every default, component and preset.
 * @param pointer of the system in the request
 * @throws AppError `request.not_found` for an unknown component; `solar.invalid_input` for parts that do not fit each other
 */
export function resolveSystem(given: SolarSystemBody, components: Components, pointer: string): SolarSystemBody {
  const body = given.preset ? presetSystem(given, given.preset) : given;
  const { module, inverter, temperature, mounting, far_horizon: horizon } = body;
  const chosenInverter =
    inverter.type === 'library'
      ? required(components.inverter(inverter.id), 'inverter', inverter.id, `${pointer}/inverter/id`)
      : undefined;
  const resolved: SolarSystemBody = { ...body };
  if (module.type === 'library') {
    const chosenModule = required(components.module(module.id), 'module', module.id, `${pointer}/module/id`);
    const inSeries = module.modules_per_string ?? modulesPerString(chosenModule, chosenInverter);
    resolved.module = fitted(
      solarSystemSchema.shape.module,
      {
        type: chosenModule.unit.type,
        name: chosenModule.name,
        parameters: snakeKeys(chosenModule.unit.module),
        modules_per_string: inSeries,
        n_strings: module.n_strings ?? (body.dc_capacity_kw * 1000) / chosenModule.powerW / inSeries,
      },
      `${pointer}/module`,
    );
  }
  if (inverter.type === 'library' && chosenInverter) {
    const acKw = body.dc_capacity_kw / body.dc_ac_ratio;
    const { unit, name, powerW } = chosenInverter;
    const n_inverters = inverter.n_inverters ?? Math.max(1, Math.round((acKw * 1000) / powerW));
    resolved.inverter = fitted(
      solarSystemSchema.shape.inverter,
      unit.type === 'sandia'
        ? { type: 'sandia', name, n_inverters, parameters: unit.inverter }
        : { ...(snakeKeys(unit) as object), name, n_inverters },
      `${pointer}/inverter`,
    );
  }
  if (temperature.type === 'sapm') {
    const construction =
      temperature.construction ?? (mounting.type === 'roof' ? 'close_mount_glass_glass' : 'open_rack_glass_polymer');
    const { a, b, deltaTK } = SAPM_THERMAL[construction];
    const { a: ownA = a, b: ownB = b, delta_t_k = deltaTK } = temperature;
    resolved.temperature = { type: 'sapm', a: ownA, b: ownB, delta_t_k };
  }
  if (horizon && 'horizon_id' in horizon) {
    const farHorizon = required(
      components.horizon(horizon.horizon_id),
      'horizon',
      horizon.horizon_id,
      `${pointer}/far_horizon`,
    );
    resolved.far_horizon = { azimuth_deg: [...farHorizon.azimuthDeg], elevation_deg: [...farHorizon.elevationDeg] };
  }
  try {
    checkSystem(toSolarSystem(resolved));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw inRequestNames(error, pointer);
  }
  return resolved;
}

/** Translates an error of the engine about a system: the pointer becomes that of the field in the request. */
function inRequestNames(error: AppError, pointer: string): AppError {
  const path = (error.pointer ?? '').split('/').slice(1);
  // The engine holds the `parameters` of module and inverter under the part's own name.
  const requestPath = path.map((name, i) => (i === 1 && name === path[0] ? 'parameters' : name));
  const [name, requestName] = [path.join('.'), requestPath.join('.')];
  const message = error.message.startsWith(name) ? requestName + error.message.slice(name.length) : error.message;
  return new AppError(error.code, message, { pointer: [pointer, ...requestPath].join('/'), cause: error });
}

/** Checks that a part from the library is within the ranges of a part that a request states. */
const fitted = <Part>(schema: z.ZodType<Part>, part: unknown, pointer: string): Part =>
  checked(schema, part, pointer, 'solar.invalid_input');

/** Returns a system in which the models of a preset replace its own; after that it is like any other system. */
function presetSystem(body: SolarSystemBody, { module: kind, gcr }: NonNullable<SolarSystemBody['preset']>) {
  const { preset: _, rows: _rows, ...own } = body;
  const { module: _module, inverter: _inverter, ...plain } = own;
  const engine = camelKeys(plain) as SolarSystem;
  const { gammaPerK, transposition, iam, spectral, temperature, module, inverter, rows } = samPvwatts(engine, {
    kind,
    gcr,
  });
  const { module: parameters, ...strings } = module as Extract<typeof module, { type: 'cec' }>;
  // Parsed again, which writes out the defaults of the chosen models.
  return solarSystemSchema.parse({
    ...own,
    ...(snakeKeys({ gammaPerK, transposition, iam, spectral, temperature, inverter }) as object),
    module: { ...(snakeKeys(strings) as object), parameters: snakeKeys(parameters) },
    ...(rows && { rows: snakeKeys(rows) }),
  });
}

/** Returns the engine's system from a resolved one. */
export function toSolarSystem(body: SolarSystemBody): SolarSystem {
  const { name: _, module, inverter, albedo_source: albedoSource, ...sameNames } = body;
  return {
    ...(camelKeys(sameNames) as SolarSystem),
    albedoFromWeather: albedoSource === 'weather',
    module: part(module, 'module') as SolarSystem['module'],
    inverter: part(inverter, 'inverter') as SolarSystem['inverter'],
  };
}

/** Converts a part. The engine has its `parameters` under the part's own name. */
function part(given: { type: string; parameters?: object; name?: string }, name: 'module' | 'inverter'): unknown {
  const { parameters, name: _, ...rest } = given;
  return { ...(camelKeys(rest) as object), ...(parameters && { [name]: camelKeys(parameters) }) };
}
