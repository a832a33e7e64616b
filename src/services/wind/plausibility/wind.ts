/** Doubts about the wind of a request, and about how it is carried to the hubs and counted. */
import type { TurbineChoice, WindAnalyzeInput, WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import { isTimeSeries } from '../../../contracts/wind/requests.schema.ts';
import { type WindWarning, warnWind } from '../../../contracts/wind/warnings.ts';
import type { FarmAnalysis } from '../../../wind/energy/analyze-farm.ts';
import { standardPressurePa } from '../../../wind/resource/air-density.ts';
import { distanceKm } from '../../../geometry/distance.ts';
import type { LocalProjection } from '../../../geometry/projection.ts';
import {
  IEC_CLASSES,
  IEC_TURBULENCE,
  type IecTurbulenceCategory,
  type IecWindClass,
  iecExtremeWind,
  iecTurbulenceSigma,
} from '../../../wind/resource/extreme.ts';
import type { WindClimate } from '../../../wind/resource/climate.ts';
import { isFinerThan } from '../../../wind/resource/wind-rose.ts';
import { nearestPoints, placesOf } from '../../../wind/resource/resource-grid.ts';
import { type Farm, ownCount } from '../../../wind/turbine/farm.ts';
import type { TurbineSpec } from '../../../wind/turbine/turbine.ts';
import { farmConditions, roseOf } from '../setup.ts';
import { meanPowerKw } from './curves.ts';

type Body = WindAnalyzeInput | WindOptimizeInput;
type Bins = WindAnalyzeInput['bins'];
type IecClassName = NonNullable<TurbineChoice['iec_class']>;

const DAYS_OF_YEAR = 365;
/** Share of equal values from which a series counts as stuck */
const STUCK = { share: 0.25, records: 24, days: 7 };
/** Longer means lose the variation that power needs [min] */
const MAX_STEP_MIN = 180;
const WIDE_BINS = {
  direction_step_deg: 30,
  speed_step_m_s: 0.25,
  min_speed_m_s: 0,
  max_speed_m_s: 60,
  sector_interpolation: 'nearest',
} as const;
/** Change of the gross energy by the bins that needs a word [1] */
const MAX_CUT = 0.01;

export function windWarnings(body: Body, specs: readonly TurbineSpec[], climate: WindClimate): WindWarning[] {
  return [
    ...sourceWarnings(body),
    ...shearWarnings(body, specs, climate),
    ...turbulenceWarnings(body),
    ...classWarnings(body, specs, climate),
    ...airWarnings(body),
    ...effectWarnings(body, climate),
    ...directionWarnings(body, climate),
    ...binWarnings(body, specs, climate),
    ...('speedups' in body && body.speedups && 'factors' in body.speedups
      ? speedupWarnings(body.speedups.factors)
      : []),
    ...(body.interannual_pct < 1 || body.interannual_pct > 15
      ? [warnWind('wind.interannual_unusual', { interannual_pct: body.interannual_pct }, '/interannual_pct')]
      : []),
  ];
}

function sourceWarnings({ resource }: Body): WindWarning[] {
  switch (resource?.type) {
    case 'weibull': {
      const odd = resource.sectors.findIndex(({ frequency, shape }) => frequency > 0.01 && (shape < 1.2 || shape > 4));
      const { sectors } = resource;
      return [
        ...scaledWarning(
          sectors.reduce((sum, { frequency }) => sum + frequency, 0),
          '/resource/sectors',
        ),
        ...(odd >= 0
          ? [
              warnWind(
                'wind.weibull_shape_unusual',
                { direction_deg: (360 * odd) / sectors.length, shape: sectors[odd].shape },
                `/resource/sectors/${odd}/shape`,
              ),
            ]
          : []),
      ];
    }
    case 'rose': {
      const sum = resource.frequency.flat().reduce((total, share) => total + share, 0);
      const storms = resource.frequency.reduce(
        (total, row) => total + row.reduce((share, one, s) => share + (resource.wind_speed_m_s[s] > 30 ? one : 0), 0),
        0,
      );
      const speeds = resource.wind_speed_m_s.length;
      return [
        ...scaledWarning(sum, '/resource/frequency'),
        ...(speeds < 8 ? [warnWind('wind.table_coarse', { n_speeds: speeds }, '/resource/wind_speed_m_s')] : []),
        ...stormWarning(storms / sum, '/resource/frequency'),
      ];
    }
    case 'series': {
      const { wind_speed_m_s: speeds, wind_direction_deg: directions, step_minutes } = resource;
      const days = (speeds.length * step_minutes) / 1440;
      return [
        ...(days < 0.95 * DAYS_OF_YEAR ? [warnWind('wind.series_short', { days }, '/resource/wind_speed_m_s')] : []),
        ...(step_minutes > MAX_STEP_MIN
          ? [warnWind('wind.series_step_long', { step_minutes }, '/resource/step_minutes')]
          : []),
        ...stuckWarning(speeds, 'wind_speed_m_s', step_minutes),
        ...stuckWarning(directions, 'wind_direction_deg', step_minutes),
        ...stormWarning(speeds.filter((speed) => speed > 30).length / speeds.length, '/resource/wind_speed_m_s'),
      ];
    }
    default:
      return [];
  }
}

const scaledWarning = (sum: number, pointer: string): WindWarning[] =>
  Math.abs(sum - 1) > 1e-4 ? [warnWind('wind.frequencies_scaled', { sum }, pointer)] : [];

const stormWarning = (share: number, pointer: string): WindWarning[] =>
  share > 0.01 ? [warnWind('wind.storms_frequent', { share_pct: 100 * share }, pointer)] : [];

function stuckWarning(values: readonly number[], quantity: string, stepMinutes: number): WindWarning[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [value, most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  let [from, run] = [0, { from: 0, length: 0 }];
  values.forEach((one, i) => {
    if (one !== values[from]) from = i;
    if (i + 1 - from > run.length) run = { from, length: i + 1 - from };
  });
  const isStuck = most >= STUCK.share * values.length;
  const isRun = run.length * stepMinutes >= STUCK.days * 1440;
  if (values.length < STUCK.records || !(isStuck || isRun)) return [];
  const longest = isStuck ? { count: most, value } : { count: run.length, value: values[run.from] };
  const share_pct = (100 * longest.count) / values.length;
  return [warnWind('wind.series_stuck', { share_pct, quantity, value: longest.value }, `/resource/${quantity}`)];
}

function shearWarnings(
  { shear }: Body,
  [{ hubHeightM }]: readonly TurbineSpec[],
  { heightM, shear: fitted }: WindClimate,
): WindWarning[] {
  const doubts: WindWarning[] = [];
  const alpha =
    shear?.model === 'power'
      ? shear.alpha
      : shear?.model === 'fitted'
        ? fitted?.map((fit) => fit.alpha).find((one) => one !== null && (one < -0.1 || one > 0.5))
        : undefined;
  if (typeof alpha === 'number' && (alpha < -0.1 || alpha > 0.5))
    doubts.push(warnWind('wind.shear_unusual', { name: 'alpha', value: alpha, lower: -0.1, upper: 0.5 }, '/shear'));
  if (shear?.model === 'log' && shear.roughness_m > 1.5)
    doubts.push(
      warnWind(
        'wind.shear_unusual',
        { name: 'roughness_m', value: shear.roughness_m, lower: 0.0001, upper: 1.5 },
        '/shear/roughness_m',
      ),
    );
  if (heightM !== null && (hubHeightM > 2 * heightM || hubHeightM < 0.5 * heightM))
    doubts.push(
      warnWind('wind.height_extrapolated', { height_m: heightM, hub_height_m: hubHeightM }, '/resource/height_m'),
    );
  return doubts;
}

function turbulenceWarnings({ turbulence_intensity: stated }: Body): WindWarning[] {
  const values = stated === 'measured' ? [] : typeof stated === 'number' ? [stated] : stated;
  const odd = values.find((value) => value < 0.03 || value > 0.3);
  return odd === undefined
    ? []
    : [warnWind('wind.turbulence_unusual', { turbulence_intensity: odd }, '/turbulence_intensity')];
}

/** Without a stated class the wind is compared with the strongest one. */
const STRONGEST: IecClassName = 'IA+';

function partsOf(name: IecClassName): { windClass: IecWindClass; category: IecTurbulenceCategory } {
  const [, windClass, category] = /^(I+)(.+)$/.exec(name)!;
  return { windClass: windClass as IecWindClass, category: category as IecTurbulenceCategory };
}

/** Compares measured extremes and turbulence with the classes of the turbines; one doubt of each kind is enough. */
function classWarnings(
  { turbines }: Body,
  specs: readonly TurbineSpec[],
  { strength, heightM }: WindClimate,
): WindWarning[] {
  const doubts = turbines.flatMap(({ iec_class }, i) => {
    const { windClass, category } = partsOf(iec_class ?? STRONGEST);
    const { hubHeightM } = specs[i];
    const limits = [
      [
        'extreme_50_year',
        strength?.extreme50MPerS ?? 0,
        windClass,
        iecExtremeWind(windClass, heightM ?? hubHeightM, hubHeightM).v50MPerS,
      ],
      ['std_at_15', strength?.std15MPerS ?? 0, category, iecTurbulenceSigma(IEC_TURBULENCE[category], 15)],
    ] as const;
    return limits.flatMap(([quantity, value_m_s, own, limit_m_s]) =>
      value_m_s > limit_m_s
        ? [
            warnWind(
              'wind.class_exceeded',
              { quantity, value_m_s, iec_class: iec_class ?? own, limit_m_s },
              `/turbines/${i}`,
            ),
          ]
        : [],
    );
  });
  return doubts.filter(({ values }, i) => doubts.findIndex((one) => one.values.quantity === values.quantity) === i);
}

/** Returns the doubt about a mean wind above that of the turbines' weakest stated class, or of class I without one. */
function meanAboveClass(turbines: Body['turbines'], mean: number): WindWarning[] {
  const stated = turbines.flatMap(({ iec_class }, i) =>
    iec_class ? [{ iec_class, i, limit_m_s: IEC_CLASSES[partsOf(iec_class).windClass].vAveMPerS }] : [],
  );
  if (stated.length === 0)
    return mean > IEC_CLASSES.I.vAveMPerS
      ? [warnWind('wind.above_turbine_class', { mean_m_s: mean }, '/turbines')]
      : [];
  const { iec_class, i, limit_m_s } = stated.reduce((a, b) => (b.limit_m_s < a.limit_m_s ? b : a));
  return mean > limit_m_s
    ? [warnWind('wind.class_exceeded', { quantity: 'mean', value_m_s: mean, iec_class, limit_m_s }, `/turbines/${i}`)]
    : [];
}

function airWarnings({ air }: Body): WindWarning[] {
  if (!air) return [];
  const doubts: WindWarning[] = [];
  const expectedPa = standardPressurePa(air.elevation_m);
  if (air.pressure_pa !== undefined && Math.abs(air.pressure_pa / expectedPa - 1) > 0.05)
    doubts.push(
      warnWind(
        'wind.pressure_elevation',
        { pressure_pa: air.pressure_pa, elevation_m: air.elevation_m, expected_pa: expectedPa },
        '/air/pressure_pa',
      ),
    );
  if (air.temp_air_c !== undefined && (air.temp_air_c < -25 || air.temp_air_c > 32))
    doubts.push(warnWind('wind.temperature_unusual', { temp_air_c: air.temp_air_c }, '/air/temp_air_c'));
  const { relative_humidity_pct } = air;
  if (relative_humidity_pct > 0 && relative_humidity_pct < 2)
    doubts.push(warnWind('wind.humidity_as_share', { relative_humidity_pct }, '/air/relative_humidity_pct'));
  return doubts;
}

/** Names options that this kind of wind does not use. */
function effectWarnings(body: Body, { resource, isBySector }: WindClimate): WindWarning[] {
  const doubts: WindWarning[] = [];
  const none = (option: string, reason: string) =>
    doubts.push(warnWind('wind.option_without_effect', { option, reason }, `/${option.replace('.', '/')}`));
  const defaults = { speed_step_m_s: 1, min_speed_m_s: 3, max_speed_m_s: 25 } as const;
  const check = (name: 'bins' | 'search_bins', bins: Bins, directionStepDeg: number) => {
    if (resource?.kind === 'rose') {
      for (const option of ['speed_step_m_s', 'min_speed_m_s', 'max_speed_m_s'] as const)
        if (bins[option] !== defaults[option]) none(`${name}.${option}`, 'table_has_speeds');
      const isUsed = name === 'search_bins' && isFinerThan(resource.rose, bins.direction_step_deg);
      if (!isBySector && !isUsed && bins.direction_step_deg !== directionStepDeg)
        none(`${name}.direction_step_deg`, 'directions_are_exact');
      if (!isBySector && bins.sector_interpolation !== 'nearest')
        none(`${name}.sector_interpolation`, 'directions_are_exact');
    }
    if (resource?.kind === 'series' && bins.sector_interpolation !== 'nearest')
      none(`${name}.sector_interpolation`, 'series_has_no_sectors');
  };
  const { bins } = body;
  check('bins', bins, 1);
  if ('search_bins' in body) check('search_bins', body.search_bins, 5);
  if (body.resource?.type === 'rose' && resource?.kind === 'rose' && isBySector) {
    const nDirections = Math.round(360 / bins.direction_step_deg);
    const nSectors = resource.rose.directionsDeg.length;
    if (body.resource.directions === undefined && nSectors !== nDirections)
      doubts.push(
        warnWind('wind.directions_spread', { n_sectors: nSectors, n_directions: nDirections }, '/resource/directions'),
      );
  }
  return doubts;
}

/** Wakes are about 10 degrees wide. */
const WIDE_DIRECTIONS_DEG = 10;

function directionWarnings(body: Body, { resource, isBySector }: WindClimate): WindWarning[] {
  const { direction_step_deg } = body.bins;
  const isExact = resource?.kind === 'rose' && !isBySector;
  const isSteps = 'layout' in body && resource?.kind === 'series' && isTimeSeries(body);
  const turbines = 'layout' in body ? (body.layout.x_m ?? body.layout.longitude_deg)?.length : undefined;
  return direction_step_deg > WIDE_DIRECTIONS_DEG && turbines !== 1 && !isExact && !isSteps
    ? [warnWind('wind.directions_coarse', { direction_step_deg }, '/bins/direction_step_deg')]
    : [];
}

function binWarnings(body: Body, specs: readonly TurbineSpec[], climate: WindClimate): WindWarning[] {
  const kind = climate.resource?.kind;
  if (kind !== 'weibull' && kind !== 'series') return [];
  const meanKw = (bins: Bins) => meanPowerKw(specs[0], roseOf(farmConditions(body, specs, climate, bins, false)));
  const wholeKw = meanKw(WIDE_BINS);
  if (!(wholeKw > 0)) return [];
  const check = (bins: Bins, pointer: string): WindWarning[] => {
    if (bins.speed_step_m_s > 2)
      return [warnWind('wind.speed_bins_coarse', { speed_step_m_s: bins.speed_step_m_s }, `${pointer}/speed_step_m_s`)];
    const change = meanKw(bins) / wholeKw - 1;
    if (Math.abs(change) <= MAX_CUT) return [];
    const { min_speed_m_s, max_speed_m_s, speed_step_m_s } = bins;
    const values = { min_speed_m_s, max_speed_m_s, speed_step_m_s, change_pct: 100 * change };
    return [warnWind('wind.bins_cut_energy', values, pointer)];
  };
  if ('search_bins' in body) return [...check(body.bins, '/bins'), ...check(body.search_bins, '/search_bins')];
  return kind === 'series' && isTimeSeries(body) ? [] : check(body.bins, '/bins');
}

function speedupWarnings(factors: readonly (readonly number[])[]): WindWarning[] {
  for (const [sector, row] of factors.entries()) {
    const turbine = row.findIndex((factor) => factor < 0.5 || factor > 2);
    if (turbine >= 0)
      return [
        warnWind('wind.speedup_large', { turbine, factor: row[turbine] }, `/speedups/factors/${sector}/${turbine}`),
      ];
  }
  return [];
}

/** A wind climate that is farther away is probably that of another place [km] */
const NEAR_KM = 25;
/** The points of a reanalysis are so far apart [km] */
const NEAR_WEATHER_KM = 50;
/** Distance from a turbine to its point of a resource that needs a word [m] */
const NEAR_POINT_M = 100;

/** Returns doubts about a resource for the places of the turbines. */
export function resourceWarnings(
  farm: Farm,
  projection: LocalProjection | null,
  { profile, place, points }: WindClimate,
  pointer: '/resource/resource_id' | '/weather_ids' = '/resource/resource_id',
): WindWarning[] {
  const doubts: WindWarning[] = [];
  if (profile) doubts.push(warnWind('wind.land_flat', {}, pointer));
  if (place && projection) {
    const [longitude, latitude] = projection.toGlobe(farm.xM[0], farm.yM[0]);
    const distance_km = distanceKm(
      { longitude_deg: place.longitudeDeg, latitude_deg: place.latitudeDeg },
      { longitude_deg: longitude, latitude_deg: latitude },
    );
    if (distance_km > (pointer === '/weather_ids' ? NEAR_WEATHER_KM : NEAR_KM))
      doubts.push(warnWind('wind.resource_far', { distance_km }, pointer));
  }
  if (points) {
    const own = Array.from({ length: ownCount(farm) }, (_, i) => i);
    const places = { xM: own.map((i) => farm.xM[i]), yM: own.map((i) => farm.yM[i]) };
    const { distanceM } = nearestPoints(placesOf(points), places);
    const distance_m = Math.max(...distanceM);
    if (distance_m > NEAR_POINT_M)
      doubts.push(warnWind('wind.point_far', { turbine: distanceM.indexOf(distance_m), distance_m }, pointer));
  }
  return doubts;
}

/** Returns doubts about the wind at the hubs as it was computed. */
export function hubWindWarnings(body: Body, { turbines, sectors }: FarmAnalysis): WindWarning[] {
  const mean = turbines.reduce((sum, { meanSpeedMPerS }) => sum + meanSpeedMPerS, 0) / turbines.length;
  const doubts: WindWarning[] = [];
  if (mean < 2.5 || mean > 14) doubts.push(warnWind('wind.mean_speed_implausible', { mean_m_s: mean }, '/resource'));
  else if (mean < 3.5) doubts.push(warnWind('wind.mean_speed_low', { mean_m_s: mean }, '/resource'));
  else doubts.push(...meanAboveClass(body.turbines, mean));
  const main = sectors.reduce((a, b) => (b.frequency > a.frequency ? b : a));
  if (sectors.length >= 8 && main.frequency > 0.6)
    doubts.push(
      warnWind(
        'wind.one_direction',
        { share_pct: 100 * main.frequency, direction_deg: main.directionDeg },
        '/resource',
      ),
    );
  return doubts;
}
