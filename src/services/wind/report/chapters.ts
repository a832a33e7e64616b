/** The chapters of a wind farm's report, in their order. */
import type { WindAnalyzeInput, WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import type { Section } from '../../../documents/model.ts';
import { HALF_WIDTH } from '../../../documents/model.ts';
import { bankableSections, summarySections } from '../../reports/bankable.ts';
import type { ReportContext } from '../../reports/context.ts';
import { economicsFigures } from '../../reports/economics.ts';
import { energySection, windLosses } from './energy.ts';
import { windExceedance, windPlace, windProject } from './farm.ts';
import { layoutFigure, layoutSection } from './layout.ts';
import { windReferences } from './references.ts';
import { resourceSection, roseFigure } from './resource.ts';
import { searchSection } from './search.ts';
import { findings, summaryText, windFigures } from './summary.ts';
import { turbineSection } from './turbines.ts';
import type { WindJob } from './wind-job.ts';
import { yieldOf } from './wind-job.ts';

export function windSummarySections(context: ReportContext, job: WindJob): Section[] {
  const project = windProject(job, context);
  return summarySections(context, {
    summary: summaryText(context, job),
    figures: [...windFigures(job, context), ...(project ? economicsFigures(context, project) : [])],
    more: [{ type: 'figures', figures: [roseFigure(context, job), layoutFigure(context, job, HALF_WIDTH, 250)] }],
    losses: windLosses(context, job).figure,
    exceedance: windExceedance(context, job),
  });
}

/**
 * Returns all chapters of a report.
 * @param search a layout search that goes with the analysis
 */
export function windSections(context: ReportContext, job: WindJob, search: WindJob | null): Section[] {
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
      layoutSection(context, job),
      energySection(context, job),
    ],
    exceedance,
    search: searched && searchSection(context, searched),
    project: project && { input: project, exceedance, title: text('economics.title') },
    methods: ['method.wind', 'method.wind_losses'],
    references: [job, ...(search ? [search] : [])].flatMap(windReferences),
    limits: ['limits.wind', 'limits.wakes'],
    inputs: [{ name: text('assumptions.request'), input: withoutSeries(job.body) }],
    jobs: [job, ...(search ? [search] : [])],
    notes: [],
  });
}

const withoutSeries = (body: WindAnalyzeInput | WindOptimizeInput): object => {
  const { turbines, ...rest } = body;
  return { ...rest, turbines: turbines.map((one) => (one.curve ? { ...one, curve: one.curve.name } : one)) };
};
