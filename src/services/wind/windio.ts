/** Converts windIO documents to requests, and jobs to windIO documents. */
import type { z } from 'zod';
import type { AreaBody } from '../../contracts/common/area.schema.ts';
import type { Ring, Zone } from '../../geometry/zones.ts';
import { isCircle } from '../../geometry/zones.ts';
import type { WindClimate } from '../../wind/resource/climate.ts';
import { checked } from '../../contracts/common/checked.ts';
import { resourceSchema, type WindTurbineBody, windTurbineSchema } from '../../contracts/wind/requests.schema.ts';
import type { WindJobRow } from './load.ts';
import type { WindResource } from '../../wind/energy/analyze-farm.ts';
import { windError } from '../../wind/check.ts';
import type { Farm } from '../../wind/turbine/farm.ts';
import type { LayoutSite } from '../../wind/layout/layout-site.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { powerKw, ratedPowerKw } from '../../wind/turbine/turbine.ts';
import type { WindIoSystem } from '../../wind/formats/windio.ts';
import { stringifyWindIo } from '../../wind/formats/windio.ts';
import { type FarmConditions, farmConditions, planeOf, projectionOf, siteOf } from './setup.ts';

/** Rows of a cubic curve's table by the metre a second: the cube between them is within 1e-4 of rated power. */
const ROWS_PER_MS = 20;
/** Distance from the last speed of a curve to the speed at which a turbine has stopped [m/s] */
const STANDSTILL_MS = 1e-3;

function curveOf(spec: TurbineSpec): WindTurbineBody {
  const { curve } = spec;
  const common = {
    name: spec.name || 'windIO turbine',
    rotor_diameter_m: spec.diameterM,
    hub_height_m: spec.hubHeightM,
    rated_kw: ratedPowerKw(spec),
    air_density_kg_m3: spec.refAirDensityKgM3,
  };
  if (curve.kind === 'table')
    return {
      ...common,
      wind_speed_m_s: [...curve.wsMPerS],
      power_kw: [...curve.powerKw],
      thrust_coefficient: curve.ct ? [...curve.ct] : undefined,
    };
  const { cutInMPerS, ratedMPerS, cutOutMPerS, ct } = curve;
  const rows = Math.ceil((ratedMPerS - cutInMPerS) * ROWS_PER_MS);
  // A turbine that has stopped in windIO still has its thrust here, like the engine's cubic curve.
  const wsMPerS = [
    0,
    ...Array.from({ length: rows + 1 }, (_, i) => cutInMPerS + ((ratedMPerS - cutInMPerS) * i) / rows),
    cutOutMPerS,
    cutOutMPerS + STANDSTILL_MS,
    100,
  ];
  return {
    ...common,
    wind_speed_m_s: wsMPerS,
    power_kw: wsMPerS.map((ws) => powerKw(spec, ws)),
    thrust_coefficient: wsMPerS.map(() => ct),
  };
}

function resourceOf(resource: WindResource) {
  if (resource.kind === 'weibull')
    return {
      type: 'weibull',
      sectors: resource.site.weibull.map(({ scaleMPerS, shape }, s) => ({
        frequency: resource.site.frequency[s],
        scale_m_s: scaleMPerS,
        shape,
      })),
    };
  if (resource.kind === 'series')
    return {
      type: 'series',
      wind_speed_m_s: Array.from(resource.wsMPerS),
      wind_direction_deg: Array.from(resource.wdDeg),
      step_minutes: resource.stepHours * 60,
    };
  const { directionsDeg, speedsMPerS, probability } = resource.rose;
  return {
    type: 'rose',
    wind_direction_deg: Array.from(directionsDeg),
    wind_speed_m_s: Array.from(speedsMPerS),
    frequency: Array.from(directionsDeg, (_, d) =>
      Array.from(probability.slice(d * speedsMPerS.length, (d + 1) * speedsMPerS.length)),
    ),
    // As PyWake reads the tables of windIO.
    directions: 'exact',
  };
}

type Feature = Extract<AreaBody, { type: 'FeatureCollection' }>['features'][number];

const featureOf = (zone: Zone): Feature =>
  isCircle(zone)
    ? {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [zone.xM, zone.yM] },
        properties: { radius_m: zone.radiusM },
      }
    : {
        type: 'Feature',
        geometry: { type: 'Polygon', coordinates: [zone.outer, ...(zone.holes ?? [])].map(closed) },
        properties: null,
      };
const closed = (ring: Ring): number[][] => [...ring, ring[0]].map(([x, y]) => [x, y]);

/** Converts zones in metres to GeoJSON. */
const areaOf = (zones: readonly Zone[]): AreaBody => ({
  ...(zones.length === 1
    ? featureOf(zones[0])
    : { type: 'FeatureCollection' as const, features: zones.map(featureOf) }),
  unit: 'm',
  setback_m: 0,
});

/** Checks that a part of a document is within the ranges of requests. */
const inRange = <Part>(schema: z.ZodType<Part>, part: unknown): Part =>
  checked(schema, part, '/file', 'wind.invalid_input');

/**
 * Converts a windIO system to fields of requests: `analyze` is a body of POST /v1/wind/analyze, `boundary` and
 * `exclusions` are those of POST /v1/wind/optimize.
 */
export function requestOfWindIo(system: WindIoSystem) {
  const { name, farm, resource, ti, site, heightM, shear, airDensityKgM3, wake, notUsed } = system;
  return {
    name,
    analyze: {
      resource: inRange(resourceSchema, {
        ...resourceOf(resource),
        ...(heightM === null ? {} : { height_m: heightM }),
      }),
      ...(shear === null
        ? {}
        : {
            shear:
              'alpha' in shear
                ? { model: 'power' as const, alpha: shear.alpha }
                : { model: 'log' as const, roughness_m: shear.roughnessM },
          }),
      ...(airDensityKgM3 === null ? {} : { air_density_kg_m3: airDensityKgM3 }),
      ...(Object.keys(wake).length === 0 ? {} : { wake }),
      turbines: farm.turbines.map((spec) => ({ curve: inRange(windTurbineSchema, curveOf(spec)) })),
      layout: {
        x_m: Array.from(farm.xM),
        y_m: Array.from(farm.yM),
        ...(farm.kind ? { turbine_index: Array.from(farm.kind) } : {}),
      },
      ...(ti === null ? {} : { turbulence_intensity: ti }),
    },
    boundary: areaOf(site.zones),
    exclusions: site.exclusions?.length ? areaOf(site.exclusions) : undefined,
    not_used: notUsed,
  };
}

/**
 * Returns a rose whose probabilities sum to 1: what lies outside of the bins of the job, where it counted as no energy, becomes
 * calms of each direction.
 */
function withCalms(resource: FarmConditions['resource']): FarmConditions['resource'] {
  if (resource.kind !== 'rose') return resource;
  const { directionsDeg, speedsMPerS, probability } = resource.rose;
  const rest = 1 - probability.reduce((sum, share) => sum + share, 0);
  if (rest <= 0) return resource;
  const hasCalms = speedsMPerS[0] === 0;
  const speeds = speedsMPerS.length;
  const rows = Array.from(directionsDeg, (_, d) => Array.from(probability.slice(d * speeds, (d + 1) * speeds)));
  const calm = rest / rows.length;
  return {
    kind: 'rose',
    rose: {
      directionsDeg,
      speedsMPerS: hasCalms ? speedsMPerS : Float64Array.of(0, ...speedsMPerS),
      probability: Float64Array.from(
        rows.flatMap((row) => (hasCalms ? [row[0] + calm, ...row.slice(1)] : [calm, ...row])),
      ),
    },
  };
}

/** Returns a wind job's farm and wind as a windIO document: the layout analysed, or the best one found. */
export function windIoOfJob(job: WindJobRow, specs: readonly TurbineSpec[], climate: WindClimate): string {
  const body = job.input;
  const conditions = farmConditions(body, specs, climate, body.bins, false);
  const { resource, ti } = conditions;
  const projection = projectionOf(body);
  const farm =
    'layout' in body ? { ...planeOf(body.layout, projection), kind: body.layout.turbine_index } : bestFarm(job);
  const largestM = Math.max(...specs.map((spec) => spec.diameterM));
  const site = 'boundary' in body ? siteOf(body, projection, largestM) : rectangleAround(farm, largestM);
  return stringifyWindIo({
    name: job.id,
    farm: { ...farm, turbines: specs },
    resource: withCalms(resource),
    // windIO has one value a direction of the resource, or one.
    ti: typeof ti === 'number' ? ti : ti.reduce((sum, value) => sum + value, 0) / ti.length,
    site,
  });
}

function bestFarm(job: WindJobRow): Pick<Farm, 'xM' | 'yM' | 'kind'> {
  const best = job.kind === 'wind-optimize' ? job.result?.best : null;
  if (!best) throw windError(`job ${job.id} has found no layout`);
  return { xM: best.layout.x_m, yM: best.layout.y_m, kind: best.layout.turbine_index };
}

/** Returns a rectangle around the turbines. windIO requires a boundary, also for a farm without one. */
function rectangleAround({ xM, yM }: Pick<Farm, 'xM' | 'yM'>, marginM: number): Pick<LayoutSite, 'zones'> {
  const [x, y] = [Array.from(xM), Array.from(yM)];
  const [west, east] = [Math.min(...x) - marginM, Math.max(...x) + marginM];
  const [south, north] = [Math.min(...y) - marginM, Math.max(...y) + marginM];
  return {
    zones: [
      {
        outer: [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
        ],
      },
    ],
  };
}
