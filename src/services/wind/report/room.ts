/** How reports show wind farms. */
import type { WindAnalyzeInput, WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import type { Compared, ReportChapters, ReportRoom } from '../../reports/room.ts';
import { p90Of, type ReportContext } from '../../reports/context.ts';
import type { WindJobRow } from '../load.ts';
import { loadWindJob } from './load.ts';
import { windSections, windSummarySections } from './chapters.ts';
import { windExceedance, windPlace, windProject } from './farm.ts';
import { windSheets } from './sheets.ts';
import type { WindJob } from './wind-job.ts';
import { windFront, yieldOf } from './wind-job.ts';

export const windChapters: ReportChapters<WindJob> = {
  subtitle: ({ text }, isSummary) => text(isSummary ? 'document.wind_summary' : 'document.wind'),
  place: windPlace,
  capacity({ format }, job) {
    const kw = yieldOf(job).rated_kw;
    return format.power(kw).with(kw);
  },
  summary: windSummarySections,
  bankable: windSections,
  compared,
  exceedance: windExceedance,
  project: (context, job) => windProject(job, context),
  sheets: windSheets,
  front: windFront,
};

export const windRoom: ReportRoom<WindJob, WindJobRow> = { ...windChapters, load: loadWindJob };

const withoutLists = ({ resource, ...input }: WindAnalyzeInput | WindOptimizeInput): object => ({
  ...input,
  ...(resource && { resource: { type: resource.type } }),
});

function compared(context: ReportContext, job: WindJob): Compared {
  const { text, format } = context;
  const windYield = yieldOf(job);
  const { annual_energy_kwh: p50Kwh } = windYield;
  const p90Kwh = p90Of(windYield.exceedance.one_year, p50Kwh);
  const energy = format.energy(windYield.annual_energy_kwh, text('unit.per_year'));
  return {
    name: job.site?.name ?? null,
    p50Kwh,
    p90Kwh,
    project: windProject(job, context),
    monthlyKwh: null,
    input: withoutLists(job.body),
    rows: [
      [text('figure.rated'), format.power(windYield.rated_kw).with(windYield.rated_kw)],
      [text('figure.turbines'), String(windYield.turbines.length)],
      [text('turbine.type'), format.list([...new Set(windYield.turbines.map(({ turbine }) => turbine))])],
      [text('turbine.wake_model'), job.body.wake.model],
      [text('wind.gross'), energy.with(windYield.annual_gross_energy_kwh)],
      [text('figure.wake_loss'), format.percent(windYield.wake_loss_pct)],
      [text('figure.p50'), energy.with(p50Kwh)],
      [text('figure.p90'), energy.with(p90Kwh)],
      [text('figure.capacity_factor'), format.percent(windYield.capacity_factor_pct)],
      [text('figure.full_load_hours'), format.unit(format.fixed(windYield.full_load_hours), 'h')],
      [text('uncertainty.combined'), format.percent(windYield.exceedance.uncertainty_pct)],
    ],
  };
}
