/** Converts a resolved system between the API's names and the engine's. */
import { camelKeys, snakeKeys } from '../../lib/case.ts';
import type { SolarSystemBody } from '../../contracts/solar/system.schema.ts';
import { solarSystemSchema } from '../../contracts/solar/system.schema.ts';
import type { HorizonProfile } from '../../solar/irradiance/horizon.ts';
import type { SolarSystem, Subarray } from '../../solar/system.ts';

/** Returns the engine's system from a resolved one. */
export function toSolarSystem(body: SolarSystemBody): SolarSystem {
  const {
    name: _,
    mounting,
    module,
    inverter,
    losses_pct: losses,
    iam,
    temperature,
    far_horizon: horizon,
    albedo_source: albedoSource,
    min_cell_temp_c: _cold,
    preset: _preset,
    subarrays,
    ...sameNames
  } = body;
  return {
    ...camelKeys(sameNames),
    albedoFromWeather: albedoSource === 'weather',
    mounting: mountingOf(mounting),
    lossesPct: {
      ...camelKeys(losses),
      shading: resolvedValue(losses.shading, 'losses_pct.shading'),
      lid: resolvedValue(losses.lid, 'losses_pct.lid'),
    },
    iam: camelKeys(resolvedValue(iam, 'iam')),
    temperature: temperatureOf(temperature),
    module: moduleOf(module),
    inverter: inverterOf(inverter),
    ...(horizon && { farHorizon: horizonOf(horizon) }),
    ...(subarrays && { subarrays: subarrays.map(subarrayOf) }),
  };
}

/** Only what `resolveSystem` returns can be computed: it has filled in what a request leaves open. */
const unresolved = (name: string): Error => new Error(`${name} is missing; expected a resolved system`);

/** Returns what `resolveSystem` has filled in. @throws Error if it has not */
export function resolvedValue<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw unresolved(name);
  return value;
}

function horizonOf(given: NonNullable<SolarSystemBody['far_horizon']>): HorizonProfile {
  if ('horizon_id' in given) throw unresolved(`far_horizon.azimuth_deg of ${given.horizon_id}`);
  return camelKeys(given);
}

function subarrayOf(given: NonNullable<SolarSystemBody['subarrays']>[number]): Subarray {
  const { share_pct: sharePct, mounting, far_horizon: horizon, ...sameNames } = given;
  return {
    ...camelKeys(sameNames),
    sharePct: resolvedValue(sharePct, 'subarrays.share_pct'),
    mounting: mountingOf(resolvedValue(mounting, 'subarrays.mounting')),
    ...(horizon && { farHorizon: horizonOf(horizon) }),
  };
}

function mountingOf(given: SolarSystemBody['mounting']): SolarSystem['mounting'] {
  const mounting = camelKeys(given);
  switch (mounting.type) {
    case 'fixed':
    case 'roof':
      return { ...mounting, azimuthDeg: resolvedValue(mounting.azimuthDeg, 'mounting.azimuth_deg') };
    case 'one_axis':
      return { ...mounting, axisAzimuthDeg: resolvedValue(mounting.axisAzimuthDeg, 'mounting.axis_azimuth_deg') };
    case 'two_axis':
      return mounting;
  }
}

function temperatureOf(given: SolarSystemBody['temperature']): SolarSystem['temperature'] {
  if (given.type !== 'sapm') return camelKeys(given);
  return {
    type: 'sapm',
    a: resolvedValue(given.a, 'temperature.a'),
    b: resolvedValue(given.b, 'temperature.b'),
    deltaTK: resolvedValue(given.delta_t_k, 'temperature.delta_t_k'),
  };
}

/** Returns the engine's module, which has its parameters under the name `module`. */
function moduleOf(given: SolarSystemBody['module']): SolarSystem['module'] {
  switch (given.type) {
    case 'pvwatts':
      return given;
    case 'library':
      throw unresolved(`module.parameters of ${given.id}`);
    case 'cec': {
      const { parameters, name: _, power_w: _power, ...strings } = given;
      return { ...camelKeys(strings), module: camelKeys(parameters) };
    }
    case 'pvsyst': {
      const { parameters, name: _, power_w: _power, ...strings } = given;
      return { ...camelKeys(strings), module: camelKeys(parameters) };
    }
  }
}

/** Returns the engine's inverter, which has its parameters under the name `inverter`. */
function inverterOf(given: SolarSystemBody['inverter']): SolarSystem['inverter'] {
  switch (given.type) {
    case 'pvwatts':
    case 'linear':
      return given;
    case 'library':
      throw unresolved(`inverter.parameters of ${given.id}`);
    case 'sandia': {
      const { parameters, name: _, ...rest } = given;
      return { ...camelKeys(rest), inverter: camelKeys(parameters) };
    }
    case 'curve': {
      const { name: _, ...rest } = given;
      return camelKeys(rest);
    }
  }
}

/**
 * Returns the API's system from the engine's: `toSolarSystem` backwards.
 * @param known what the engine does not hold of it: names, the modules' nameplate, the coldest cell
 */
export function toSystemBody(
  { albedoFromWeather, module, inverter, ...same }: SolarSystem,
  known: Pick<SolarSystemBody, 'name' | 'min_cell_temp_c'> & { readonly module: object; readonly inverter: object },
): SolarSystemBody {
  return solarSystemSchema.parse({
    ...snakeKeys(same),
    ...(known.name !== undefined && { name: known.name }),
    min_cell_temp_c: known.min_cell_temp_c,
    albedo_source: albedoFromWeather ? 'weather' : 'system',
    module: { ...bodyOfPart(module, 'module'), ...known.module },
    inverter: { ...bodyOfPart(inverter, 'inverter'), ...known.inverter },
  });
}

function bodyOfPart(given: SolarSystem['module'] | SolarSystem['inverter'], name: 'module' | 'inverter'): object {
  const { [name]: parameters, ...rest } = given as Readonly<Record<string, unknown>>;
  return { ...snakeKeys(rest), ...(parameters !== undefined && { parameters: snakeKeys(parameters) }) };
}
