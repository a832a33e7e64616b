/** What the chapters share of a farm: its place, its project, its P-values. */
import type { ProjectInput } from '../../../finance/project.ts';
import { plantProject } from '../../economics/project.ts';
import type { Exceedance, ReportContext } from '../../reports/context.ts';
import { listedLevels, placeBySite, placeOfWeather } from '../../reports/context.ts';
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

export function windProject(job: WindJob, { request }: ReportContext): ProjectInput | null {
  const windYield = yieldOf(job);
  const economics = job.body.economics ?? request.economics;
  if (!economics) return null;
  const plant = plantOf(economics, job.specs, job.body.turbines, kindsOf(job));
  return plantProject(economics, { ...plant, netKwh: windYield.annual_energy_kwh, cableM: cableLengthM(windYield) });
}

export function windExceedance({ text }: ReportContext, job: WindJob): Exceedance {
  const { annual_energy_kwh: meanKwh, exceedance } = yieldOf(job);
  const { one_year, ten_years, twenty_years, long_term } = exceedance;
  return {
    p50Kwh: meanKwh,
    uncertaintyPct: exceedance.uncertainty_pct,
    interannualPct: exceedance.interannual_pct,
    components: job.body.uncertainty_pct,
    levels: [
      { key: 'one_year', name: text('uncertainty.any_year'), kwh: listedLevels(one_year, meanKwh) },
      { key: 'ten_years', name: text('uncertainty.ten_year_mean'), kwh: listedLevels(ten_years, meanKwh) },
      { key: 'twenty_years', name: text('uncertainty.twenty_year_mean'), kwh: listedLevels(twenty_years, meanKwh) },
      { key: 'long_term', name: text('uncertainty.without_wind'), kwh: listedLevels(long_term, meanKwh) },
    ],
  };
}
