/** The engine's rules of curtailment from those of a request. */
import type { CurtailmentBody, CurtailmentRuleBody, TurbineModeBody } from '../../contracts/wind/curtailment.schema.ts';
import { timedConditions } from '../../contracts/wind/curtailment.schema.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import { needsSteps } from '../../contracts/wind/requests.schema.ts';
import { type LocalProjection, localProjection } from '../../geometry/projection.ts';
import { windError } from '../../wind/check.ts';
import type { FarmResource } from '../../wind/energy/analyze-farm.ts';
import { LocalClock } from '../../wind/operation/local-clock.ts';
import type { Curtailment, CurtailmentRule, ShadowFlicker } from '../../wind/operation/rules.ts';
import { NO_PLACE, requireStepData } from '../../wind/operation/rules.ts';
import type { WindClimate } from '../../wind/resource/climate.ts';
import { type Farm, ownCount } from '../../wind/turbine/farm.ts';
import { withGenericThrust } from '../../wind/turbine/generic-thrust.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { tableCurve } from '../../wind/turbine/turbine.ts';
import { planeOf, specsAtDensity } from './setup.ts';

interface Site {
  readonly body: WindAnalyzeInput | WindOptimizeInput;
  readonly farm: Farm;
  readonly projection: LocalProjection | null;
  readonly climate: WindClimate;
}

/** Returns a farm whose turbines can run in the modes of the request. */
export function withModes({ body, farm, climate }: Omit<Site, 'projection'>): Farm {
  const modes = body.curtailment?.modes;
  if (!modes || modes.length === 0) return farm;
  return { ...farm, modeSpecs: modes.flatMap((mode) => modeOf(mode, body, farm, climate)) };
}

/** Returns the curves of a mode, by kind of turbine. */
function modeOf(mode: TurbineModeBody, body: Site['body'], farm: Farm, climate: WindClimate): TurbineSpec[] {
  const specs = farm.turbines.map((turbine): TurbineSpec => {
    const spec: TurbineSpec = {
      ...turbine,
      name: mode.name,
      refAirDensityKgM3: mode.air_density_kg_m3,
      curve: tableCurve(mode.wind_speed_m_s, mode.power_kw, mode.thrust_coefficient ?? null),
    };
    return mode.generic_thrust ? withGenericThrust(spec, mode.generic_thrust) : spec;
  });
  return specsAtDensity(body, specs, climate);
}

/**
 * Returns the rules of a request for a farm, whose modes it has; undefined without rules.
 * @param resource the wind that is computed
 * @param onlyCarried whether rules that a rose cannot carry are left out; otherwise they are refused for a rose
 * @throws AppError that names the rule and what it needs
 */
export function curtailmentOf(
  { body, farm, projection, climate }: Site,
  resource: FarmResource,
  onlyCarried = false,
): Curtailment | undefined {
  const { curtailment } = body;
  if (!curtailment) return undefined;
  const rules = onlyCarried ? curtailment.rules.filter(isCarried) : curtailment.rules;
  if (rules.length === 0) return undefined;
  const kinds = farm.turbines.length;
  const names = curtailment.modes.map(({ name }) => name);
  if (resource.kind === 'rose')
    rules.forEach((rule, r) => {
      if (!isCarried(rule))
        throw windError(`rule ${r}: ${needsSteps(timedConditions(rule))}`, `/curtailment/rules/${r}`);
    });
  if (curtailment.time_zone !== undefined) new LocalClock(curtailment.time_zone);
  const isExact = climate.resource?.kind === 'rose' && !climate.isBySector;
  const steps =
    resource.kind === 'series' && climate.steps
      ? {
          ...climate.steps,
          timeZone: curtailment.time_zone ?? 'UTC',
          ...placeOf(curtailment, farm, projection, climate),
        }
      : undefined;
  const engineRules = rules.map((rule) => ruleOf(rule, names, farm, projection));
  if (resource.kind === 'series') requireStepData(engineRules, steps);
  return {
    rules: engineRules,
    modes: names.map((_, m) => (farm.modeSpecs ?? []).slice(m * kinds, (m + 1) * kinds)),
    steps,
    directionWidthDeg: resource.kind === 'rose' && !isExact ? 360 / resource.rose.directionsDeg.length : undefined,
  };
}

/**
 * Checks before a job reads its wind that rules about the sun have a place: that of the turbines, of the request or of the weather.
 * @throws AppError that names the rule
 */
export function requireSunPlace({ curtailment, weather_ids }: Site['body'], projection: LocalProjection | null): void {
  if (!curtailment || weather_ids || projection || curtailment.latitude_deg !== undefined) return;
  const r = curtailment.rules.findIndex(
    (rule) => rule.type === 'shadow_flicker' || rule.sun_elevation_below_deg !== undefined,
  );
  if (r >= 0) throw windError(`rule ${r} cannot be decided: ${NO_PLACE}`, `/curtailment/rules/${r}`);
}

export const isCarried = (rule: CurtailmentRuleBody): boolean => timedConditions(rule).length === 0;

function ruleOf(
  rule: CurtailmentRuleBody,
  modes: readonly string[],
  farm: Farm,
  projection: LocalProjection | null,
): CurtailmentRule {
  const { turbine_indices: meant, hours } = rule;
  return {
    turbines: meant ? Array.from({ length: ownCount(farm) }, (_, i) => meant.includes(i)) : null,
    mode: 'turbine_mode' in rule && rule.turbine_mode !== undefined ? modes.indexOf(rule.turbine_mode) : null,
    sectorsDeg: rule.wind_directions?.map(({ from_deg, to_deg }) => [from_deg, to_deg] as const),
    minSpeedMPerS: rule.wind_speed_from_m_s,
    maxSpeedMPerS: rule.wind_speed_below_m_s,
    hours: hours && [hours.from_h, hours.to_h],
    months: rule.months,
    minTempC: rule.temp_air_from_c,
    maxTempC: rule.temp_air_below_c,
    maxPrecipitationMmH: rule.precipitation_max_mm_h,
    maxSunElevationDeg: rule.sun_elevation_below_deg,
    shadow: rule.type === 'shadow_flicker' ? shadowOf(rule, farm, projection) : undefined,
  };
}

function shadowOf(
  rule: Extract<CurtailmentRuleBody, { type: 'shadow_flicker' }>,
  { xM, yM }: Farm,
  projection: LocalProjection | null,
): ShadowFlicker {
  return {
    minSunElevationDeg: rule.sun_elevation_min_deg,
    maxDistanceM: rule.distance_max_m,
    receptors: rule.receptors.map((receptor) => {
      const { x_m, y_m, longitude_deg, latitude_deg } = receptor;
      const list = (value: number | undefined) => (value === undefined ? undefined : [value]);
      const at = planeOf(
        { x_m: list(x_m), y_m: list(y_m), longitude_deg: list(longitude_deg), latitude_deg: list(latitude_deg) },
        projection,
      );
      const offsets = Array.from(xM, (x, i) => offsetOf(projection, [at.xM[0], at.yM[0]], [x, yM[i]]));
      return {
        eastM: offsets.map(([east]) => east),
        northM: offsets.map(([, north]) => north),
        heightM: receptor.height_m,
        budgetH: rule.budget_h_per_year,
      };
    }),
  };
}

/** Returns the distance east and north from one place to another [m], where north is true north. */
function offsetOf(
  projection: LocalProjection | null,
  from: readonly [number, number],
  to: readonly [number, number],
): readonly [number, number] {
  if (!projection) return [to[0] - from[0], to[1] - from[1]];
  return localProjection(...projection.toGlobe(...from)).toPlane(...projection.toGlobe(...to));
}

function placeOf(
  { latitude_deg: latitudeDeg, longitude_deg: longitudeDeg }: CurtailmentBody,
  { xM, yM }: Farm,
  projection: LocalProjection | null,
  { place }: WindClimate,
): { latitudeDeg?: number; longitudeDeg?: number } {
  if (latitudeDeg !== undefined) return { latitudeDeg, longitudeDeg };
  if (!projection) return place ? { latitudeDeg: place.latitudeDeg, longitudeDeg: place.longitudeDeg } : {};
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value / values.length, 0);
  const [longitude, latitude] = projection.toGlobe(mean(xM), mean(yM));
  return { latitudeDeg: latitude, longitudeDeg: longitude };
}
