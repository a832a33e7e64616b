/** What the chapters share of a plant: its place, its project, its P-values, how its modules are mounted. */
import type { ProjectInput, ProjectTerms } from '../../../finance/project.ts';
import { camelKeys } from '../../../lib/case.ts';
import { acRatingKw } from '../../../solar/system.ts';
import { plantProject } from '../../economics/project.ts';
import type { Exceedance, ReportContext } from '../../reports/context.ts';
import { listedLevels, placeBySite, placeOfWeather } from '../../reports/context.ts';
import type { Place } from '../../reports/report-job.ts';
import { toSolarSystem } from '../system.ts';
import type { SolarJob } from './load.ts';

export const placeOf = ({ site, weather: [first] }: SolarJob, fallback: string): Place | null =>
  placeBySite(site, first && placeOfWeather(stationOf(first.row?.name ?? '') || fallback, first));

/** Returns a file's name without its ending. */
const stationOf = (name: string): string => name.replace(/(\.(csv|gz|epw|json|tm2|tmy3|txt))+$/i, '');

/** Returns the AC rating of all inverters [kW]. */
export const acCapacityKw = ({ system: { system } }: SolarJob): number => acRatingKw(toSolarSystem(system));

/** Returns the plant as a project: from the search, or with the economics of the report's request. */
export function solarProject(job: SolarJob, { request }: ReportContext): ProjectInput | null {
  if (job.design && !request.economics) {
    const { assumptions, best } = job.design;
    const { costs, ...terms } = assumptions.economics;
    const isTracker = job.system.system.mounting.type === 'one_axis';
    return {
      ...(camelKeys(terms) as ProjectTerms),
      annualEnergyKwh: best.annual_energy_kwh,
      capitalCost: best.economics.capital_cost,
      operatingCostPerYear:
        job.system.system.dc_capacity_kw *
        (costs.operation_per_kw_dc_year + (isTracker ? costs.tracker_operation_per_kw_dc_year : 0)),
    };
  }
  if (!request.economics) return null;
  const ratedKw = job.system.system.dc_capacity_kw;
  const capitalCost = ratedKw * request.economics.costs.per_kw;
  return plantProject(request.economics, { ratedKw, capitalCost, netKwh: job.system.annual_energy_kwh, cableM: 0 });
}

/** Describes the mounting in words, with its angles. */
export function mountingOf({ text, format }: ReportContext, { system: { system } }: SolarJob): string {
  const { mounting } = system;
  const deg = (value: number): string => `${format.plain(Math.round(value * 10) / 10)}\u00b0`;
  switch (mounting.type) {
    case 'fixed':
    case 'roof':
      return text(mounting.type === 'fixed' ? 'mounting.fixed' : 'mounting.roof', {
        tilt: deg(mounting.tilt_deg),
        azimuth: deg(mounting.azimuth_deg),
      });
    case 'one_axis':
      return text('mounting.one_axis', { max: deg(mounting.max_angle_deg), azimuth: deg(mounting.axis_azimuth_deg) });
    case 'two_axis':
      return text('mounting.two_axis', { max: deg(mounting.max_tilt_deg) });
  }
}

export const solarExceedance = ({ text }: ReportContext, job: SolarJob): Exceedance => {
  const { annual_energy_kwh: meanKwh, exceedance } = job.system;
  const { one_year, ten_years, empirical } = exceedance;
  return {
    p50Kwh: meanKwh,
    uncertaintyPct: exceedance.uncertainty_pct,
    interannualPct: exceedance.interannual_pct,
    components: job.uncertaintyPct,
    levels: [
      { key: 'one_year', name: text('uncertainty.any_year'), kwh: listedLevels(one_year, meanKwh) },
      { key: 'ten_years', name: text('uncertainty.ten_year_mean'), kwh: listedLevels(ten_years, meanKwh) },
      ...(empirical
        ? [
            {
              key: 'empirical',
              name: text('uncertainty.of_years', { years: String(job.weather.length) }),
              kwh: listedLevels(empirical, meanKwh),
            },
          ]
        : []),
    ],
  };
};
