/** The engine's inputs from a wind request: places, wind at the hubs, wake model, losses. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { AreaBody } from '../../contracts/common/area.schema.ts';
import { NO_CLIMATE, type WindClimate } from '../../wind/resource/climate.ts';
import type {
  Places,
  ResourceBody,
  WindAnalyzeInput,
  WindOptimizeBody,
  WindOptimizeInput,
} from '../../contracts/wind/requests.schema.ts';
import { airDensity, curveAtDensity, standardPressurePa, temperatureAtHubK } from '../../wind/resource/air-density.ts';
import type { AnalyzeFarmInput, FarmResource, WindResource } from '../../wind/energy/analyze-farm.ts';
import { checked } from '../../contracts/common/checked.ts';
import { OPEN_LAND_ALPHA, turbulenceBySectorSchema } from '../../contracts/wind/requests.schema.ts';
import { LOSS_NAMES } from '../../contracts/wind/categories.ts';
import { camelKeys } from '../../lib/case.ts';
import { inOrder } from '../../lib/in-order.ts';
import { windError } from '../../wind/check.ts';
import { projectionOfArea, zonesOfArea } from '../../geometry/area.ts';
import type { LocalProjection } from '../../geometry/projection.ts';
import { localProjection, utmProjection } from '../../geometry/projection.ts';
import type { Farm } from '../../wind/turbine/farm.ts';
import type { LayoutSite } from '../../wind/layout/layout-site.ts';
import { meansAt, type SpeedProfile } from '../../wind/resource/generalised-climate.ts';
import { logLaw, powerLaw } from '../../wind/resource/shear.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import type { WakeModel } from '../../wind/wakes/wake-models.ts';
import { withCalmsSpread } from '../../weather/calms.ts';
import { withWakeConstants } from './wake-constants.ts';
import { hasCurl, wakeModel } from '../../wind/wakes/wake-models.ts';
import type { BinOptions, WindRose } from '../../wind/resource/wind-rose.ts';
import { inDirections, isEven, roseOfSeries, roseOfWeibull } from '../../wind/resource/wind-rose.ts';
import { sectorOf } from '../../wind/resource/sectors.ts';

type Body = WindAnalyzeInput | WindOptimizeInput;

/** A farm's wind and models without its places. */
export type FarmConditions = Omit<AnalyzeFarmInput, 'farm'>;

/** Returns the wind that the request itself states; null if it is in a stored dataset or upload. */
export function inlineClimate(resource: ResourceBody | undefined): WindClimate | null {
  const inline = resource && inlineResource(resource);
  if (!inline) return null;
  return {
    ...NO_CLIMATE,
    resource: inline,
    isBySector: inline.kind === 'rose' && isBySector(resource, inline.rose),
    heightM: ('height_m' in resource ? resource.height_m : undefined) ?? null,
    ...inlineSteps(resource),
  };
}

/** Returns the times of a series of the request, and what was measured beside the wind. */
function inlineSteps(resource: ResourceBody): Pick<WindClimate, 'timeMs' | 'steps'> {
  if (resource.type !== 'series' || resource.starts_at === undefined) return { timeMs: null, steps: null };
  const { starts_at, step_minutes, wind_speed_m_s, temp_air_c, precipitation_mm_h } = resource;
  const first = Date.parse(starts_at);
  const startMs = Float64Array.from(wind_speed_m_s, (_, step) => first + 60_000 * step_minutes * step);
  return { timeMs: startMs, steps: { startMs, temperatureC: temp_air_c, precipitationMmH: precipitation_mm_h } };
}

/** Fewest directions that stand for the whole circle if the request does not say what they mean */
const MIN_SECTORS = 4;

/** @throws AppError for sectors that do not divide the circle equally */
function isBySector(resource: ResourceBody, { directionsDeg }: WindRose): boolean {
  const isEqual = directionsDeg.length >= MIN_SECTORS && isEven(directionsDeg);
  const meaning = resource.type === 'rose' ? resource.directions : undefined;
  if (meaning === 'sectors' && !isEqual)
    throw windError(
      `directions is sectors and the ${directionsDeg.length} directions do not divide the circle equally; expected ${MIN_SECTORS} or more equal steps, or directions exact`,
      '/resource/directions',
    );
  return meaning === undefined ? isEqual : meaning === 'sectors';
}

/** Difference from 1 that frequencies may have for being rounded or cut */
const FREQUENCY_TOLERANCE = 0.02;

/**
 * Scales frequencies to a sum of 1.
 * @throws AppError for a sum that rounding does not explain
 */
function normalized(frequency: readonly number[], pointer: string): number[] {
  const sum = frequency.reduce((total, one) => total + one, 0);
  if (Math.abs(sum - 1) > FREQUENCY_TOLERANCE)
    throw windError(
      `the frequencies sum to ${Number(sum.toPrecision(4))}; expected 1 within ${100 * FREQUENCY_TOLERANCE} %: give calms and high speeds a row too`,
      pointer,
    );
  return frequency.map((one) => one / sum);
}

/** Returns the wind of a request, with what was read of its files. */
export function climateOf({ resource }: Pick<Body, 'resource'>, read: WindClimate): WindClimate {
  const own = inlineClimate(resource);
  return own ? { ...own, grid: read.grid } : read;
}

function inlineResource(resource: ResourceBody): WindResource | null {
  switch (resource.type) {
    case 'weibull':
      return {
        kind: 'weibull',
        site: {
          frequency: normalized(
            resource.sectors.map(({ frequency }) => frequency),
            '/resource/sectors',
          ),
          weibull: resource.sectors.map(({ scale_m_s: scaleMPerS, shape }) => ({ scaleMPerS, shape })),
        },
      };
    case 'rose': {
      const { wind_direction_deg: directions, wind_speed_m_s: speeds, frequency } = resource;
      if (frequency.length !== directions.length)
        throw windError(
          `frequency has ${frequency.length} rows; expected ${directions.length}, one a direction`,
          '/resource/frequency',
        );
      frequency.forEach((row, d) => {
        if (row.length !== speeds.length)
          throw windError(
            `frequency[${d}] has ${row.length} values; expected ${speeds.length}, one a speed`,
            `/resource/frequency/${d}`,
          );
      });
      return {
        kind: 'rose',
        rose: {
          directionsDeg: Float64Array.from(directions),
          speedsMPerS: Float64Array.from(speeds),
          probability: Float64Array.from(normalized(frequency.flat(), '/resource/frequency')),
        },
      };
    }
    case 'series':
      if (resource.wind_speed_m_s.length !== resource.wind_direction_deg.length)
        throw windError(
          `${resource.wind_speed_m_s.length} speeds and ${resource.wind_direction_deg.length} directions; expected equal lengths`,
          '/resource/wind_direction_deg',
        );
      for (const name of ['temp_air_c', 'precipitation_mm_h'] as const)
        if (resource[name] && resource[name].length !== resource.wind_speed_m_s.length)
          throw windError(
            `${name} has ${resource[name].length} values; expected ${resource.wind_speed_m_s.length}, one a wind speed`,
            `/resource/${name}`,
          );
      return {
        kind: 'series',
        wsMPerS: resource.wind_speed_m_s,
        wdDeg: withCalmsSpread(resource.wind_speed_m_s, resource.wind_direction_deg),
        stepHours: resource.step_minutes / 60,
      };
    default:
      return null;
  }
}

/** Returns the model with the parts and constants that the request chooses. */
export function wakeModelOf({ wake }: Pick<Body, 'wake'>): WakeModel {
  const model = wakePartsOf(wake);
  return wake.constants ? withWakeConstants(model, wake.constants) : model;
}

function wakePartsOf(wake: Body['wake']): WakeModel {
  const { superposition, turbulence, deflection, blockage } = wake;
  const model = { ...wakeModel(wake.model), ...(deflection && { deflection }) };
  if (model.kind === 'floris_gauss' && hasCurl(model) && deflection === 'jimenez')
    throw windError(
      `deflection is jimenez; the curl of ${model.name} acts through gauss: expected gauss, or floris_gauss`,
      '/wake/deflection',
    );
  if (superposition === undefined && turbulence === undefined && blockage === 'none') return model;
  if (model.kind !== 'superposed')
    throw windError(
      `${model.name} is defined with its own superposition and turbulence and without blockage; expected none of them`,
      superposition ? '/wake/superposition' : turbulence ? '/wake/turbulence' : '/wake/blockage',
    );
  const added = {
    none: null,
    crespo_hernandez: { kind: 'crespo_hernandez', c: [0.73, 0.8325, 0.0325, -0.32], induction: 'mom1d' },
    stf2017: { kind: 'stf2017', c: [1.5, 0.8] },
  } as const;
  return {
    ...model,
    blockage: blockage === 'none' ? undefined : blockage,
    superposition: superposition ?? model.superposition,
    turbulence: turbulence === undefined ? model.turbulence : added[turbulence],
  };
}

/**
 * Returns the wind at the hubs, the wake model and the losses. Speeds are converted to the hub height of the first
 * type; other hubs get additional factors. Models of FLORIS have a profile of their own instead, whose exponent a shear
 * in the request replaces.
 * @param bins of resources that are counted into bins
 */
export function farmConditions(
  body: Body,
  specs: readonly TurbineSpec[],
  climate: WindClimate,
  bins: WindAnalyzeInput['bins'],
  isTimeSeries: boolean,
): FarmConditions {
  const named = wakeModelOf(body);
  const hub = specs[0].hubHeightM;
  const heightM = climate.heightM ?? hub;
  const profile = (targetM: number) => profileOf(body, climate, heightM, targetM);
  const toHub = profile(hub);
  const alpha = body.shear?.model === 'power' ? body.shear.alpha : undefined;
  const model = named.kind === 'floris_gauss' && alpha !== undefined ? { ...named, shear: alpha } : named;
  const hubs = specs.map((spec) => profile(spec.hubHeightM));
  const isEven = specs.every((spec) => spec.hubHeightM === hub);
  const { losses_pct, uncertainty_pct } = body;
  return {
    model,
    resource: binned(scaled(climate.resource!, toHub), climate.isBySector, camelKeys(bins), isTimeSeries),
    ti: turbulenceOf(body, climate),
    speedups: body.speedups && 'factors' in body.speedups ? { factors: body.speedups.factors } : undefined,
    resourceGrid: climate.grid ?? undefined,
    hubFactors:
      model.kind === 'superposed' && !isEven
        ? toHub.map((base, sector) => hubs.map((factors) => factors[sector] / base))
        : undefined,
    losses: fractions(inOrder(losses_pct, LOSS_NAMES)),
    uncertaintyPct: uncertainty_pct,
    interannualPct: body.interannual_pct,
    exportLimitKw: body.export_limit_kw,
    sectors: body.n_sectors,
    floris: { referenceHeightM: hub },
  };
}

const fractions = (percentages: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(percentages).map(([name, percent]) => [name, percent / 100]));

/**
 * Returns the speed at a height divided by the speed at the height of the resource: one ratio for all sectors, or one
 * for each fitted sector.
 */
function profileOf(
  { shear }: Pick<Body, 'shear'>,
  { shear: fitted, profile }: WindClimate,
  heightM: number,
  targetM: number,
): number[] {
  if (profile && !shear) return ratioOfProfile(profile, heightM, targetM);
  const power = (alpha: number) => powerLaw(1, heightM, targetM, alpha);
  const log = (roughnessM: number) => logLaw(1, heightM, targetM, roughnessM);
  if (shear?.model === 'log') return [log(shear.roughness_m)];
  if (shear?.model !== 'fitted') return [power(shear?.alpha ?? OPEN_LAND_ALPHA)];
  if (!fitted)
    throw windError(
      'shear fitted needs an uploaded CSV with speeds at two heights; expected power or log',
      '/shear/model',
    );
  // Sectors without a fit take the mean exponent, or the mean of the roughness lengths' logarithms.
  const isLog = shear.law === 'log';
  const fits = fitted.map(({ alpha, roughnessM }) => (isLog ? roughnessM && Math.log(roughnessM) : alpha));
  const known = fits.filter((fit) => fit !== null && Number.isFinite(fit)) as number[];
  if (known.length === 0)
    throw windError(`no sector has two heights to which a ${shear.law} law fits; expected power or log`, '/shear/law');
  const mean = known.reduce((sum, fit) => sum + fit, 0) / known.length;
  return fits.map((fit) => {
    const own = fit !== null && Number.isFinite(fit) ? fit : mean;
    return isLog ? log(Math.exp(own)) : power(own);
  });
}

/** Returns the ratio by the profile of the resource; above and below its heights by the power law. */
function ratioOfProfile(profile: SpeedProfile, heightM: number, targetM: number): number[] {
  const { heightsM } = profile;
  const inside = Math.min(Math.max(targetM, heightsM[0]), heightsM[heightsM.length - 1]);
  const beyond = powerLaw(1, inside, targetM, OPEN_LAND_ALPHA);
  const base = meansAt(profile, heightM);
  return meansAt(profile, inside).map((mean, sector) => (beyond * mean) / base[sector]);
}

/** Returns the resource with its speeds multiplied, by sector. */
function scaled(resource: WindResource, factors: readonly number[]): WindResource {
  if (factors.every((factor) => factor === 1)) return resource;
  const factorAt = (direction: number) => factors[sectorOf(direction, factors.length)];
  if (resource.kind === 'series')
    return { ...resource, wsMPerS: Float64Array.from(resource.wsMPerS, (ws, i) => ws * factorAt(resource.wdDeg[i])) };
  if (resource.kind === 'rose')
    return {
      kind: 'rose',
      rose: { ...resource.rose, speedsMPerS: resource.rose.speedsMPerS.map((ws) => ws * factors[0]) },
    };
  const { frequency, weibull } = resource.site;
  return {
    ...resource,
    site: {
      frequency,
      weibull: weibull.map(({ scaleMPerS, shape }) => ({ scaleMPerS: scaleMPerS * factors[0], shape })),
    },
  };
}

function binned(resource: WindResource, isBySector: boolean, bins: BinOptions, isTimeSeries: boolean): FarmResource {
  if (resource.kind === 'weibull') return { kind: 'rose', rose: roseOfWeibull(resource.site, bins) };
  if (resource.kind === 'series')
    return isTimeSeries ? resource : { kind: 'rose', rose: roseOfSeries(resource.wsMPerS, resource.wdDeg, bins).rose };
  if (!isBySector) return resource;
  return { kind: 'rose', rose: inDirections(resource.rose, bins.directionStepDeg, bins.sectorInterpolation) };
}

/** Returns a rose with few bins for a search. */
export const roseOf = (conditions: FarmConditions): WindRose => {
  if (conditions.resource.kind !== 'rose') throw new Error('conditions of a search are binned');
  return conditions.resource.rose;
};

/** Returns the turbulence intensity: one number, or one for each sector. */
function turbulenceOf({ turbulence_intensity: ti }: Body, { turbulence }: WindClimate): number | readonly number[] {
  if (ti !== 'measured') return ti;
  const known = turbulence?.filter((value) => value !== null) ?? [];
  if (!turbulence || known.length === 0)
    throw windError(
      'turbulence_intensity measured needs an uploaded CSV with wind_speed_std_m_s; expected numbers',
      '/turbulence_intensity',
    );
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const bySector = turbulence.map((value) => value ?? mean);
  return checked(turbulenceBySectorSchema, bySector, '/turbulence_intensity', 'wind.invalid_input');
}

/** Returns the turbines with their curves at the density of the air at their hubs. */
export function specsAtDensity(body: Body, specs: readonly TurbineSpec[], climate: WindClimate): TurbineSpec[] {
  return specs.map((spec) => {
    const density = densityOf(body, climate, spec.hubHeightM);
    return density === undefined ? spec : curveAtDensity(spec, density, body.density_correction);
  });
}

/** Height of weather's temperatures [m] */
const TEMPERATURE_HEIGHT_M = 2;
const ZERO_CELSIUS_K = 273.15;

/** Returns the density of the air at a hub [kg/m3]; undefined where curves apply at their own density. */
export function densityOf(body: Body, climate: WindClimate, hubM: number): number | undefined {
  const { air, air_density_kg_m3: stated } = body;
  const atHubC = (groundC: number) =>
    temperatureAtHubK(groundC + ZERO_CELSIUS_K, TEMPERATURE_HEIGHT_M, hubM) - ZERO_CELSIUS_K;
  // Pressure falls by 1 hPa each 8 m.
  const atHubPa = (groundPa: number) => groundPa - 12.5 * hubM;
  if (air) {
    const {
      elevation_m: elevationM,
      temp_air_c: groundC = 15 - 0.0065 * elevationM,
      relative_humidity_pct: humidityPct,
    } = air;
    const pressurePa = air.pressure_pa === undefined ? standardPressurePa(elevationM + hubM) : atHubPa(air.pressure_pa);
    return airDensity(atHubC(groundC), pressurePa, humidityPct / 100);
  }
  if (stated !== 'weather') return stated;
  const { meanTemperatureC, meanPressurePa } = climate;
  if (meanTemperatureC === null || meanPressurePa === null)
    throw windError('air_density_kg_m3 weather needs a resource with temperature and pressure', '/air_density_kg_m3');
  return airDensity(atHubC(meanTemperatureC), atHubPa(meanPressurePa));
}

/** Returns the plane of a request's coordinates; null if they are in metres without a place on the globe. */
export function projectionOf(body: Body): LocalProjection | null {
  if (body.projection) return utmProjection(body.projection.utm_zone, body.projection.is_south);
  if ('boundary' in body && body.boundary.unit === 'deg') return projectionOfArea(body.boundary, '/boundary');
  const places = 'layout' in body ? body.layout : (body.fixed_layout ?? body.start_layout ?? body.neighbours);
  if (!places?.longitude_deg || !places.latitude_deg) return null;
  const middle = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return localProjection(middle(places.longitude_deg), middle(places.latitude_deg));
}

/** Converts positions to the plane. @throws AppError for degrees if the request's other coordinates are metres */
export function planeOf(places: Places, projection: LocalProjection | null): { xM: number[]; yM: number[] } {
  if (places.x_m && places.y_m) return { xM: places.x_m, yM: places.y_m };
  if (!projection)
    throw windError('places are in degrees and the boundary in metres; expected a projection', '/projection');
  const points = places.longitude_deg!.map((longitude, i) => projection.toPlane(longitude, places.latitude_deg![i]));
  return { xM: points.map(([x]) => x), yM: points.map(([, y]) => y) };
}

/**
 * Returns a farm with its neighbours at the end.
 * @param farm the own turbines
 */
export function withNeighbours(
  { neighbours }: Pick<Body, 'neighbours'>,
  farm: Farm,
  projection: LocalProjection | null,
): Farm {
  if (!neighbours) return farm;
  const places = planeOf(neighbours, projection);
  const own = farm.xM.length;
  return {
    ...farm,
    xM: [...Array.from(farm.xM), ...places.xM],
    yM: [...Array.from(farm.yM), ...places.yM],
    kind: [
      ...(farm.kind ? Array.from(farm.kind) : Array<number>(own).fill(0)),
      ...(neighbours.turbine_index ?? places.xM.map(() => 0)),
    ],
    own,
  };
}

/** Converts positions of the plane to degrees, if the plane has a place on the globe. */
export function globeOf(
  projection: LocalProjection | null,
  xM: readonly number[],
  yM: readonly number[],
): { longitude_deg?: number[]; latitude_deg?: number[] } {
  if (!projection) return {};
  const points = xM.map((x, i) => projection.toGlobe(x, yM[i]));
  return {
    longitude_deg: points.map(([longitude]) => longitude),
    latitude_deg: points.map(([, latitude]) => latitude),
  };
}

/**
 * Returns the request with its areas: its own, otherwise those of its site.
 * @throws AppError `request.invalid` where neither has a boundary
 */
export function withAreas(
  body: Omit<WindOptimizeBody, 'weather_id'>,
  site: { readonly boundary: AreaBody | null; readonly exclusions: AreaBody | null } | null,
): WindOptimizeInput {
  const boundary = body.boundary ?? site?.boundary;
  if (!boundary)
    throw new AppError(
      'request.invalid',
      site
        ? 'neither the request nor its site has a boundary'
        : 'expected a boundary, or the site_id of a site with one',
      { pointer: '/boundary', fix: 'Send a boundary, or give the site one with PATCH /v1/sites/{id}.' },
    );
  return { ...body, boundary, exclusions: body.exclusions ?? site?.exclusions ?? undefined };
}

/** Returns the site of a layout search. */
export function siteOf(body: WindOptimizeInput, projection: LocalProjection | null, diameterM: number): LayoutSite {
  return {
    zones: zonesOfArea(body.boundary, 'inside', projection, '/boundary'),
    exclusions: body.exclusions && zonesOfArea(body.exclusions, 'outside', projection, '/exclusions'),
    minSpacingM: body.min_spacing_diameters * diameterM,
  };
}
