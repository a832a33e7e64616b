/** What the API computes for requests of photovoltaic plants; it runs in a compute thread, so that the event loop stays free. */
import { areaDoubts } from '../../geometry/area-doubts.ts';
import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import {
  type clearSkyQuerySchema,
  type clearSkySchema,
  MAX_CLEAR_SKY_STEPS,
} from '../../contracts/solar/clear-sky.schema.ts';
import { toJson } from '../../lib/json-text.ts';
import { checkSolarDesign, secondsOfYears, workOf } from '../../solar/design/design.ts';
import { clearSky as skyOf } from '../../sun/clear-sky.ts';
import { normalizeSolarOptimize, toDesignRequest } from './design.ts';
import type { SiteRow } from '../../adapters/database/tables/sites.ts';
import type { WeatherRow } from '../../adapters/database/tables/weather.ts';
import type { Warning } from '../../contracts/common/warnings.ts';
import type { SolarAnalyzeBody } from '../../contracts/solar/analyze.schema.ts';
import type { SolarOptimizeBody } from '../../contracts/solar/optimize.schema.ts';
import type { SolarWarningCode } from '../../contracts/solar/warnings.ts';
import { normalizeSolarAnalyze } from './analysis.ts';
import { type Components, resolveSystem, type SystemPlace } from './system.ts';
import { analysisWarnings, searchWarnings } from './warnings.ts';

interface Asked<Body> {
  readonly body: Body;
  readonly components: Components;
  readonly site: SiteRow | null;
  /** Weather, the first one's place is that of all */
  readonly years: readonly WeatherRow[];
}

/** Returns what systems take from the place of their weather; the coldest year counts. */
function placeOf(years: readonly WeatherRow[]): SystemPlace {
  const lowest = years.map(({ summary }) => (summary as { temp_air_min_c?: number }).temp_air_min_c);
  const known = lowest.every((temp) => temp !== undefined);
  return { latitudeDeg: years[0].latitude_deg, ...(known && { minTempAirC: Math.min(...lowest) }) };
}

/** Systems with their modules, inverters and horizons, as they are stored [characters] */
const MAX_INPUT = 16e6;

/**
 * @returns the analysis as it is stored, and the doubts about it
 * @throws AppError for systems that cannot be; `request.too_large` where many systems name a long horizon
 */
export function prepareAnalysis({
  body,
  components,
  site,
  years,
  limitS,
}: Asked<SolarAnalyzeBody> & { readonly limitS: number }) {
  const place = placeOf(years);
  const ofSystems: Warning<SolarWarningCode>[] = [];
  const input = normalizeSolarAnalyze(body, (system, pointer) =>
    resolveSystem(system, components, pointer, place, ofSystems),
  );
  const json = toJson(input);
  if (json.length > MAX_INPUT)
    throw new AppError(
      'request.too_large',
      `The systems with their modules, inverters and horizons have ${Math.round(json.length / 1e6)} MB; expected at most ${MAX_INPUT / 1e6} MB`,
      { pointer: '/systems', fix: 'Send fewer systems in each job, or horizons with fewer points.' },
    );
  const steps = years.reduce((sum, { row_count }) => sum + row_count, 0);
  const arrays = input.systems.reduce((sum, { subarrays }) => sum + (subarrays?.length ?? 1), 0);
  return {
    input: json,
    size: { seconds: arrays * secondsOfYears(steps), limitS, evaluations: null },
    warnings: analysisWarnings(input, { site, years, ofSystems }),
  };
}

/**
 * @param request.limitS compute time of a job [s]
 * @returns the search as it is stored, and the doubts about it
 * @throws AppError if the search is impossible, or would not end in time
 */
export function prepareSearch({
  body,
  components,
  site,
  years,
  limitS,
}: Asked<SolarOptimizeBody> & { readonly limitS: number }) {
  const warnings: Warning<SolarWarningCode>[] = [];
  const input = normalizeSolarOptimize(body, placeOf(years), components, site, warnings);
  const steps = years.reduce((sum, { row_count }) => sum + row_count, 0);
  const request = toDesignRequest(input, 1);
  const { seconds, evaluations } = checkSolarDesign(steps, request, { seconds: limitS });
  const { boundary, exclusions } = input.constraints;
  return {
    input: toJson(input),
    work: workOf(steps, request),
    size: { seconds, limitS, evaluations },
    warnings: [
      ...warnings,
      ...searchWarnings(input, { site, years }),
      ...areaDoubts(boundary, '/constraints/boundary', years[0]),
      ...areaDoubts(exclusions, '/constraints/exclusions', years[0]),
    ],
  };
}

/** Returns the instants of a query, at most MAX_CLEAR_SKY_STEPS. */
function instantsOf({
  starts_at: from,
  ends_at: to,
  step_minutes: step,
}: z.output<typeof clearSkyQuerySchema>): Float64Array {
  const first = Date.parse(from);
  const count = Math.floor((Date.parse(to) - first) / (step * 60_000)) + 1;
  if (!(count >= 1 && count <= MAX_CLEAR_SKY_STEPS))
    throw new AppError(
      'request.invalid',
      `/ends_at: ${from} to ${to} by ${step} min are ${Math.max(count, 0)} instants; expected 1 to ${MAX_CLEAR_SKY_STEPS}`,
      { pointer: '/ends_at' },
    );
  return Float64Array.from({ length: count }, (_, i) => first + i * step * 60_000);
}

export function clearSky(query: z.output<typeof clearSkyQuerySchema>): z.output<typeof clearSkySchema> {
  const times = instantsOf(query);
  const sky = skyOf(
    times,
    {
      latitudeDeg: query.latitude_deg,
      longitudeDeg: query.longitude_deg,
      elevationM: query.elevation_m,
      linkeTurbidity: query.linke_turbidity,
    },
    query.model,
  );
  return {
    model: query.model,
    data: Array.from(times, (time, i) => ({
      time: new Date(time).toISOString(),
      apparent_zenith_deg: sky.apparentZenithDeg[i],
      azimuth_deg: sky.azimuthDeg[i],
      ghi_w_m2: sky.ghiWm2[i],
      dni_w_m2: sky.dniWm2?.[i] ?? null,
      dhi_w_m2: sky.dhiWm2?.[i] ?? null,
    })),
  };
}
