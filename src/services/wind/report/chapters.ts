/** What reports show of wind farms. */
import {
  type WindAnalyzeInput,
  type WindOptimizeInput,
  windAnalyzeSchema,
  windOptimizeSchema,
} from '../../../contracts/wind/requests.schema.ts';
import type { Section } from '../../../documents/model.ts';
import { HALF_WIDTH } from '../../../documents/model.ts';
import { bankableSections, summarySections } from '../../reports/bankable.ts';
import type { ReportContext } from '../../reports/context.ts';
import { orDash, p90Of } from '../../reports/context.ts';
import { defaultsIn } from '../../reports/defaults.ts';
import { defaultTermsNotes, economicsFigures } from '../../reports/economics.ts';
import type { Compared, ReportChapters } from '../../reports/room.ts';
import { term } from '../../reports/text/text.ts';
import { energySection, windLosses } from './energy.ts';
import { windExceedance, windPlace, windProject } from './farm.ts';
import { layoutFigure, layoutSection } from './layout.ts';
import { windReferences } from './references.ts';
import { resourceSection, roseFigure } from './resource.ts';
import { searchSection } from './search.ts';
import { windSheets } from './sheets.ts';
import { findings, missingLosses, summaryText, windFigures } from './summary.ts';
import { turbineSection } from './turbines.ts';
import type { WindJob } from './wind-job.ts';
import { windFront, yieldOf } from './wind-job.ts';

export const windChapters: ReportChapters<WindJob> = {
  subtitle: ({ text }, isSummary) => text(isSummary ? 'document.wind_summary' : 'document.wind'),
  place: windPlace,
  capacity({ format }, job) {
    const kw = yieldOf(job).rated_kw;
    return format.power(kw).with(kw);
  },
  summary,
  bankable,
  compared,
  exceedance: windExceedance,
  project: (context, job) => windProject(job, context),
  sheets: windSheets,
  front: windFront,
};

function summary(context: ReportContext, job: WindJob): Section[] {
  const project = windProject(job, context);
  return summarySections(context, {
    summary: summaryText(context, job),
    figures: [...windFigures(job, context), ...(project ? economicsFigures(context, project) : [])],
    more: [{ type: 'figures', figures: [roseFigure(context, job), layoutFigure(context, job, HALF_WIDTH, 250)] }],
    losses: windLosses(context, job).figure,
    exceedance: windExceedance(context, job),
    notes: project ? defaultTermsNotes(context, project) : [],
  });
}

/**
 * Returns all chapters of a report.
 * @param search a layout search that goes with the analysis
 */
function bankable(context: ReportContext, job: WindJob, search: WindJob | null): Section[] {
  const { text, format } = context;
  const windYield = yieldOf(job);
  const project = windProject(job, context);
  const searched = job.job.kind === 'wind-optimize' ? job : search;
  const exceedance = windExceedance(context, job);
  return bankableSections(context, {
    summary: summaryText(context, job),
    figures: [...windFigures(job, context), ...(project ? economicsFigures(context, project) : [])],
    findings: findings(context, job),
    place: windPlace(job, text('site.default_name')),
    siteSentences:
      'area_km2' in windYield ? [text('site.area', { area: format.areaM2(windYield.area_km2 * 1e6) })] : [],
    chapters: [
      resourceSection(context, job),
      turbineSection(context, job),
      layoutSection(context, job, search),
      energySection(context, job),
    ],
    exceedance,
    search: searched && searchSection(context, searched),
    project: project && { input: project, exceedance, title: text('economics.title') },
    methods: ['method.wind', 'method.wind_losses'],
    references: [job, ...(search ? [search] : [])].flatMap(windReferences),
    limits: ['limits.wind', 'limits.wakes'],
    inputs: [{ name: text('assumptions.request'), input: withoutSeries(job.body), defaults: defaultsOf(job) }],
    jobs: [job, ...(search ? [search] : [])],
    notes: [],
  });
}

const defaultsOf = ({ job, body }: WindJob): ReadonlyMap<string, string> =>
  defaultsIn(job.kind === 'wind-analyze' ? windAnalyzeSchema : windOptimizeSchema, body);

const withoutSeries = (body: WindAnalyzeInput | WindOptimizeInput): object => {
  const { turbines, ...rest } = body;
  return { ...rest, turbines: turbines.map((one) => (one.curve ? { ...one, curve: one.curve.name } : one)) };
};

const withoutLists = ({ resource, ...input }: WindAnalyzeInput | WindOptimizeInput): object => ({
  ...input,
  ...(resource && { resource: { type: resource.type } }),
});

function compared(context: ReportContext, job: WindJob): Compared {
  const { text, format } = context;
  const windYield = yieldOf(job);
  const { annual_energy_kwh: p50Kwh } = windYield;
  const p90Kwh = p90Of(windYield.exceedance);
  const energy = format.energy(windYield.annual_energy_kwh, text('unit.per_year'));
  return {
    name: job.site?.name ?? null,
    p50Kwh,
    p90Kwh,
    project: windProject(job, context),
    monthlyKwh: null,
    missing: missingLosses(job) ? [text('finding.no_losses')] : [],
    input: withoutLists(job.body),
    defaults: defaultsOf(job),
    rows: [
      [text('figure.rated'), format.power(windYield.rated_kw).with(windYield.rated_kw)],
      [text('figure.turbines'), String(windYield.turbines.length)],
      [text('turbine.type'), format.list([...new Set(windYield.turbines.map(({ turbine }) => turbine))])],
      [text('turbine.wake_model'), term(text, job.body.wake.model)],
      [text('wind.gross'), energy.with(windYield.annual_gross_energy_kwh)],
      [text('figure.wake_loss'), format.percent(windYield.wake_loss_pct)],
      [text('figure.external_wakes'), orDash(windYield.external_wake_loss_pct ?? null, (pct) => format.percent(pct))],
      [text('figure.p50'), energy.with(p50Kwh)],
      [text('figure.p90'), orDash(p90Kwh, energy.with)],
      [text('figure.capacity_factor'), format.percent(windYield.capacity_factor_pct)],
      [text('figure.full_load_hours'), format.unit(format.fixed(windYield.full_load_hours), 'h')],
      [
        text('uncertainty.combined'),
        orDash(windYield.exceedance.uncertainty_pct || null, (pct) => format.percent(pct)),
      ],
    ],
  };
}
