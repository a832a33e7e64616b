/** What the chapters share of a plant: its place, its project, its P-values, how its modules are mounted. */
import { USUAL_UNCERTAINTY_PCT } from '../../../contracts/common/uncertainty.ts';
import type { ProjectInput, ProjectTerms } from '../../../finance/project.ts';
import { camelKeys, type SnakeKeys } from '../../../lib/case.ts';
import { inOrder } from '../../../lib/in-order.ts';
import { acRatingKw, type Mounting } from '../../../solar/system.ts';
import { plantProject } from '../../economics/project.ts';
import type { Ageing, Exceedance, ReportContext } from '../../reports/context.ts';
import { economicsOf, levelsOf, placeBySite, placeOfWeather } from '../../reports/context.ts';
import type { Place } from '../../reports/report-job.ts';
import { toSolarSystem } from '../engine-system.ts';
import type { SolarJob } from './load.ts';

export const placeOf = ({ site, weather: [first] }: SolarJob, fallback: string): Place | null =>
  placeBySite(site, first && placeOfWeather(stationOf(first.row?.name ?? '') || fallback, first));

/** Returns a file's name without its ending. */
const stationOf = (name: string): string => name.replace(/(\.(csv|gz|epw|json|tm2|tmy3|txt))+$/i, '');

/** Returns the AC rating of all inverters [kW]. */
export const acCapacityKw = ({ system: { system } }: SolarJob): number => acRatingKw(toSolarSystem(system));

/** Returns the plant as a project: from the search, or with the economics of the report's request. */
export function solarProject(job: SolarJob, context: ReportContext): ProjectInput | null {
  const economics = economicsOf(context, job.job.id);
  if (job.design && !economics) {
    const { assumptions, best } = job.design;
    const { costs, ...terms } = assumptions.economics;
    const isTracker = job.system.system.mounting.type === 'one_axis';
    return {
      ...camelKeys(terms as SnakeKeys<ProjectTerms>),
      annualEnergyKwh: best.annual_energy_kwh,
      capitalCost: best.economics.capital_cost,
      operatingCostPerYear:
        job.system.system.dc_capacity_kw *
        (costs.operation_per_kw_dc_year + (isTracker ? costs.tracker_operation_per_kw_dc_year : 0)),
    };
  }
  if (!economics || !(job.system.annual_energy_kwh > 0)) return null;
  const ratedKw = job.system.system.dc_capacity_kw;
  const capitalCost = ratedKw * economics.costs.per_kw;
  return plantProject(economics, { ratedKw, capitalCost, netKwh: job.system.annual_energy_kwh, cableM: 0 });
}

/** Years of life that are shown where no economics state them: usual warranties of modules */
const LIFE_YEARS = 25;

/** Returns how the plant ages: as its project states, or as the system does; null where neither loses energy. */
export function ageingOf({ system: { system } }: SolarJob, project: ProjectInput | null): Ageing | null {
  if (project && project.degradationPerYear > 0)
    return { perYear: project.degradationPerYear, ofYear: 1, years: project.years };
  const { degradation } = system;
  if (!degradation || degradation.pct_per_year === 0) return null;
  return { perYear: degradation.pct_per_year / 100, ofYear: degradation.year, years: project?.years ?? LIFE_YEARS };
}

/** Describes the mounting in words, with its angles; of subarrays each. */
export function mountingOf(context: ReportContext, { system: { system } }: SolarJob): string {
  const { mounting, subarrays = [{ mounting }] } = toSolarSystem(system);
  return [...new Set(subarrays.map((one) => mountingText(context, one.mounting)))].join('; ');
}

export function mountingText({ text, format }: ReportContext, mounting: Mounting): string {
  const deg = (value: number): string => `${format.plain(Math.round(value * 10) / 10)}\u00b0`;
  switch (mounting.type) {
    case 'fixed':
    case 'roof':
      return text(mounting.type === 'fixed' ? 'mounting.fixed' : 'mounting.roof', {
        tilt: deg(mounting.tiltDeg),
        azimuth: deg(mounting.azimuthDeg),
      });
    case 'one_axis':
      return text('mounting.one_axis', { max: deg(mounting.maxAngleDeg), azimuth: deg(mounting.axisAzimuthDeg) });
    case 'two_axis':
      return text('mounting.two_axis', { max: deg(mounting.maxTiltDeg) });
  }
}

export const solarExceedance = ({ text }: ReportContext, job: SolarJob): Exceedance => {
  const { annual_energy_kwh: p50Kwh, exceedance } = job.system;
  return {
    p50Kwh,
    uncertaintyPct: exceedance.uncertainty_pct,
    interannualPct: exceedance.interannual_pct,
    components: inOrder(job.uncertaintyPct, Object.keys(USUAL_UNCERTAINTY_PCT)),
    levels: levelsOf(exceedance, [
      ['one_year', text('uncertainty.any_year')],
      ['ten_years', text('uncertainty.ten_year_mean')],
      ['empirical', text('uncertainty.of_years', { years: String(job.weather.length) })],
    ]),
  };
};
