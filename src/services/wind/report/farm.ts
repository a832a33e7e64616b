/** What the chapters share of a farm: its place, its project, its P-values. */
import { UNCERTAINTY_SOURCES, uncertaintyCategory } from '../../../contracts/wind/categories.ts';
import type { ProjectInput } from '../../../finance/project.ts';
import { inOrder } from '../../../lib/in-order.ts';
import { plantProject } from '../../economics/project.ts';
import type { Exceedance, ReportContext } from '../../reports/context.ts';
import { economicsOf, levelsOf, placeBySite, placeOfWeather } from '../../reports/context.ts';
import type { Place } from '../../reports/report-job.ts';
import { plantOf } from '../result.ts';
import type { WindJob } from './wind-job.ts';
import { cableLengthM, kindsOf, yieldOf } from './wind-job.ts';

export function windPlace({ site, job, weather: [first] }: WindJob, fallback: string): Place | null {
  const { longitude_deg: longitudes, latitude_deg: latitudes } = yieldOf({ job }).layout;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return placeBySite(
    site,
    longitudes?.length && latitudes?.length
      ? { name: fallback, latitudeDeg: mean(latitudes), longitudeDeg: mean(longitudes), elevationM: null }
      : first && placeOfWeather(fallback, first),
  );
}

export function windProject(job: WindJob, context: ReportContext): ProjectInput | null {
  const windYield = yieldOf(job);
  const economics = economicsOf(context, job.job.id, job.body.economics);
  if (!economics || !(windYield.annual_energy_kwh > 0)) return null;
  const plant = plantOf(economics, job.specs, job.body.turbines, kindsOf(job));
  return plantProject(economics, { ...plant, netKwh: windYield.annual_energy_kwh, cableM: cableLengthM(windYield) });
}

export function windExceedance({ text }: ReportContext, job: WindJob): Exceedance {
  const { annual_energy_kwh: p50Kwh, exceedance } = yieldOf(job);
  return {
    p50Kwh,
    uncertaintyPct: exceedance.uncertainty_pct,
    interannualPct: exceedance.interannual_pct,
    components: inOrder(job.body.uncertainty_pct, UNCERTAINTY_SOURCES),
    categoryOf: (name) => text(`category.${uncertaintyCategory(name)}`),
    levels: levelsOf(exceedance, [
      ['one_year', text('uncertainty.any_year')],
      ['ten_years', text('uncertainty.ten_year_mean')],
      ['twenty_years', text('uncertainty.twenty_year_mean')],
      ['long_term', text('uncertainty.without_wind')],
    ]),
  };
}
