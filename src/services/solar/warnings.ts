/** The doubts about solar jobs: about the request when it is accepted, and about the result at the end. */
import type { JobWarning } from '../../contracts/jobs/warnings.ts';
import type {
  SolarAnalysisResult,
  SolarAnalyzeInput,
  SolarDesignAnswer,
  SolarOptimizeInput,
} from '../../contracts/solar/result.schema.ts';
import type { SolarSystemBody } from '../../contracts/solar/system.schema.ts';
import { warnFinance } from '../../contracts/common/finance-warnings.ts';
import { iterationsOf } from '../../contracts/common/optimizer.schema.ts';
import { warnSolar } from '../../contracts/solar/warnings.ts';
import type { SiteRow } from '../../adapters/database/tables/sites.ts';
import type { WeatherRow } from '../../adapters/database/tables/weather.ts';
import {
  placeWarnings,
  resultWarnings,
  searchTermWarnings,
  systemWarnings,
  uncertaintyWarnings,
} from '../../solar/plausibility.ts';
import { economicsWarnings } from '../economics/project.ts';
import { toSolarSystem } from './engine-system.ts';

type Years = readonly Pick<WeatherRow, 'latitude_deg' | 'longitude_deg' | 'elevation_m' | 'step_minutes' | 'summary'>[];

/** A size this near to a bound is at it [1] */
const AT_BOUND = 1e-3;
/** With more systems than this, a doubt that several of them share is said of the first one. */
const MAX_SINGLE_SYSTEMS = 20;

/** Returns the longest step of the years [min]. */
const stepOf = (years: Years): number => Math.max(...years.map(({ step_minutes }) => step_minutes));

/** Returns the warnings of many systems; each doubt once if there are too many systems to list. */
function listed(nSystems: number, warnings: readonly JobWarning[]): JobWarning[] {
  if (nSystems <= MAX_SINGLE_SYSTEMS) return [...warnings];
  const key = ({ code, values }: JobWarning): string => `${code} ${values.name ?? ''}`;
  return [...new Map([...warnings].reverse().map((warning) => [key(warning), warning])).values()].reverse();
}

/** Returns what the checks of a system take from its weather. */
function placeOf(years: Years) {
  const least = (name: 'rain_annual_mm' | 'snow_depth_max_cm' | 'temp_air_min_c'): number | undefined => {
    const known = years.map(({ summary }) => summary[name]).filter((value) => value !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  };
  return {
    latitudeDeg: years[0].latitude_deg,
    stepMinutes: stepOf(years),
    rainMm: least('rain_annual_mm'),
    snowDepthMaxCm: least('snow_depth_max_cm'),
    minTempAirC: least('temp_air_min_c'),
  };
}

const siteWarnings = (site: SiteRow | null, [year]: Years): JobWarning[] =>
  site ? placeWarnings(site, year, '/site_id') : [];

/** Returns the doubts about an analysis before it is computed. @param ofSystems those that are known of its systems */
export function analysisWarnings(
  input: SolarAnalyzeInput,
  {
    site,
    years,
    ofSystems,
  }: { readonly site: SiteRow | null; readonly years: Years; readonly ofSystems: readonly JobWarning[] },
): JobWarning[] {
  const place = placeOf(years);
  return [
    ...listed(input.systems.length, ofSystems),
    ...siteWarnings(site, years),
    ...uncertaintyWarnings(input.uncertainty_pct, input.interannual_pct, years.length),
    ...listed(
      input.systems.length,
      input.systems.flatMap((body, k) => systemWarnings(toSolarSystem(body), place, `/systems/${k}`)),
    ),
  ];
}

/** Returns the doubts about computed systems. */
export const analysisResultWarnings = ({ systems }: SolarAnalysisResult, years: Years): JobWarning[] =>
  listed(
    systems.length,
    systems.flatMap((result, k) =>
      resultWarnings(toSolarSystem(result.system), result, stepOf(years), `/systems/${k}`),
    ),
  );

/** Fields of the system that the search replaces, by the names of its variables. */
const REPLACED: Readonly<Record<string, readonly string[]>> = {
  tilt_deg: ['/system/mounting/tilt_deg'],
  azimuth_deg: ['/system/mounting/azimuth_deg'],
  dc_ac_ratio: ['/system/dc_ac_ratio'],
  gcr: ['/system/mounting/gcr', '/system/rows/gcr'],
  dc_capacity_kw: ['/system/dc_capacity_kw'],
};

/** Returns the variable of a search that replaces a field of the system. */
const variableAt = (variables: object, pointer: string | null): string | undefined => {
  const field = (pointer ?? '').replace(/\/subarrays\/\d+/, '');
  return Object.keys(variables).find((name) => REPLACED[name]?.includes(field));
};

/** Returns a doubt where the economics degrade the energy of a later year again. @param degradation_per_year of the economics */
export const degradationWarnings = (
  { degradation }: Pick<SolarSystemBody, 'degradation'>,
  degradation_per_year: number,
): JobWarning[] =>
  degradation && degradation.year > 1 && degradation_per_year > 0
    ? [
        warnSolar(
          'solar.degradation_twice',
          { ...degradation, degradation_per_year },
          '/economics/degradation_per_year',
        ),
      ]
    : [];

/** Designs for each variable below which a search is chance: our choice */
const MIN_DESIGNS = 10;

/** Returns the doubts about the variables of a search and about its length. */
function scopeWarnings({ variables, method, n_iterations, population_size }: SolarOptimizeInput): JobWarning[] {
  const varying = Object.entries(variables).filter(([, one]) =>
    Array.isArray(one) ? one.length > 1 : typeof one === 'object' ? one.upper > one.lower : one === 'either',
  );
  if (varying.length === 0)
    return [warnSolar('solar.nothing_varies', { name: Object.keys(variables).join(', ') }, '/variables')];
  if (method === 'grid_search') return [];
  const iterations = iterationsOf({ method, n_iterations });
  const n_designs = method === 'nsga2' ? iterations * population_size : iterations;
  return n_designs < MIN_DESIGNS * varying.length
    ? [warnSolar('solar.search_short', { n_designs, n_variables: varying.length }, '/n_iterations')]
    : [];
}

/** Returns the doubt about a present value without a price. */
const priceWarnings = ({ objectives, economics }: SolarOptimizeInput, lcoe: number | null | undefined): JobWarning[] =>
  objectives.includes('npv') && economics.price_per_kwh === 0
    ? [
        warnFinance(
          'finance.price_and_cost',
          { price_per_kwh: 0, lcoe_real_per_kwh: Number((lcoe ?? 0).toPrecision(4)) },
          '/economics/price_per_kwh',
        ),
      ]
    : [];

/** Returns the doubts about a search before it begins: about what does not vary. */
export function searchWarnings(
  input: SolarOptimizeInput,
  { site, years }: { readonly site: SiteRow | null; readonly years: Years },
): JobWarning[] {
  const isRack = (input.variables.tracker ?? 'never') === 'never';
  return [
    ...siteWarnings(site, years),
    ...uncertaintyWarnings(input.uncertainty_pct, input.interannual_pct, years.length),
    ...systemWarnings(toSolarSystem(input.system), placeOf(years), '/system').filter(
      ({ pointer }) => variableAt(input.variables, pointer) === undefined,
    ),
    ...searchTermWarnings({
      module_kw_per_m2: input.modules.length > 0 ? null : input.module_kw_per_m2,
      land_factor: input.land_factor,
      tracker_max_angle_deg: isRack ? null : input.tracker_max_angle_deg,
    }),
    ...degradationWarnings(input.system, input.economics.degradation_per_year),
    ...scopeWarnings(input),
  ];
}

/** Returns the doubts about the best design of a search: about its variables, its size and its economics. */
export function bestDesignWarnings(input: SolarOptimizeInput, { best }: SolarDesignAnswer, years: Years): JobWarning[] {
  if (!best) return [];
  const place = placeOf(years);
  return [
    ...(best.system ? systemWarnings(toSolarSystem(best.system), place, '/system') : []).flatMap((warning) => {
      const name = variableAt(input.variables, warning.pointer);
      return name === undefined ? [] : [{ ...warning, pointer: `/variables/${name}` }];
    }),
    ...sizeWarnings(input, best.values.dc_capacity_kw),
    ...economicsWarnings(input.economics, best.economics, '/economics'),
    ...priceWarnings(input, best.economics?.lcoe_nominal_per_kwh),
  ];
}

/** Returns the doubt about a size that only its bounds limit. */
function sizeWarnings({ variables, constraints }: SolarOptimizeInput, size: number | string | undefined): JobWarning[] {
  const { dc_capacity_kw: bounds } = variables;
  const isLimited = Object.values(constraints).some((limit) => limit !== undefined);
  if (!bounds || typeof size !== 'number' || isLimited || bounds.upper === bounds.lower) return [];
  const atBound = (['lower', 'upper'] as const).find((name) => Math.abs(size / bounds[name] - 1) < AT_BOUND);
  return atBound
    ? [warnSolar('solar.objective_prefers_size', { dc_capacity_kw: size, bound: atBound }, '/variables/dc_capacity_kw')]
    : [];
}
