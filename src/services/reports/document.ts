/** A report as a document and its data, from what was loaded. Pure: the same input gives the same model. */
import { REPORT_FORMATS, type ReportFormat } from '../../contracts/reports/reports.ts';
import type { ReportInput } from '../../contracts/reports/reports.schema.ts';
import type { DataSheet, DocumentModel, Section } from '../../documents/model.ts';
import { comparisonSections } from './comparison.ts';
import { Formatter } from './format.ts';
import type { ReportJob, SolarJob, WindJob } from './report-job.ts';
import { cashFlowSheet, exceedanceSheets, paretoSheets } from './sheets.ts';
import {
  placeOf,
  solarExceedance,
  solarProject,
  solarSections,
  solarSheets,
  solarSummarySections,
} from '../solar/report/solar.ts';
import { textOf } from './text/text.ts';
import {
  windExceedance,
  windPlace,
  windProject,
  windSections,
  windSheets,
  windSummarySections,
  yieldOf,
} from '../wind/report/wind.ts';
import type { ReportContext } from './context.ts';
import { positionOf } from './context.ts';

export interface BuiltReport {
  readonly document: DocumentModel;
  readonly sheets: readonly DataSheet[];
  /** Inputs and results of the jobs for the data package, by file name. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface ReportFacts {
  readonly id: string;
  readonly createdAtMs: number;
  readonly logoPng: Uint8Array | null;
}

/** @param jobs the main one first; of a pair the analysis */
export function buildReport(request: ReportInput, jobs: readonly ReportJob[], facts: ReportFacts): BuiltReport {
  const context: ReportContext = {
    request,
    text: textOf(request.language),
    format: new Formatter(request.language, request.units, request.currency),
  };
  const { text, format } = context;
  const [main, second] = jobs;
  const fallback = text('site.default_name');
  const place = main.division === 'solar' ? placeOf(main, fallback) : windPlace(main, fallback);
  const isComparison = request.template === 'comparison';
  const subtitle = text(`document.${main.division}${request.template === 'summary' ? '_summary' : ''}`);
  const title =
    request.title ??
    (isComparison ? text('document.comparison') : `${place?.name ?? fallback}, ${capacityOf(context, main)}`);
  const rows: [string, string][] = [
    ...(request.client ? [[text('document.client'), request.client] as [string, string]] : []),
    ...(request.prepared_by ? [[text('document.prepared_by'), request.prepared_by] as [string, string]] : []),
    ...(place && !isComparison
      ? [[text('document.site'), `${place.name}, ${positionOf(context, place)}`] as [string, string]]
      : []),
    ...(isComparison ? [] : [[text('document.capacity'), capacityOf(context, main)] as [string, string]]),
    [text('document.date'), format.date(facts.createdAtMs)],
    [text('document.report'), facts.id],
    ...(request.template === 'summary'
      ? []
      : [[text('document.jobs'), jobs.map(({ job }) => job.id).join(', ')] as [string, string]]),
  ];
  return {
    document: {
      id: facts.id,
      createdAtMs: facts.createdAtMs,
      language: request.language,
      paper: request.units === 'imperial' ? 'LETTER' : 'A4',
      title,
      subtitle,
      author: request.prepared_by ?? 'Tessellate Renewables',
      logoPng: facts.logoPng,
      cover: request.template === 'bankable' ? 'page' : 'band',
      facts: rows,
      labels: {
        contents: text('document.contents'),
        page: text('document.page'),
        figure: text('document.figure'),
        table: text('document.table'),
        logo: request.client ? text('document.logo_of', { name: request.client }) : text('document.logo'),
      },
      sections: sectionsOf(context, jobs),
    },
    sheets: isComparison
      ? jobs.flatMap((job, k) => sheetsOf(context, job, null, `job_${k + 1}_`))
      : sheetsOf(context, main, second ?? null),
    json: Object.fromEntries(
      [main, ...(second ? jobs.slice(1) : [])].map(({ job }) => [
        `${job.id}.json`,
        {
          id: job.id,
          kind: job.kind,
          engine_version: job.engine_version,
          seed: job.seed,
          input: job.input,
          result: job.result,
        },
      ]),
    ),
  };
}

function sectionsOf(context: ReportContext, jobs: readonly ReportJob[]): Section[] {
  if (context.request.template === 'comparison') return comparisonSections(context, jobs);
  const [main, second = null] = jobs;
  const isSummary = context.request.template === 'summary';
  if (main.division === 'solar')
    return isSummary ? solarSummarySections(context, main) : solarSections(context, main, second as SolarJob | null);
  return isSummary ? windSummarySections(context, main) : windSections(context, main, second as WindJob | null);
}

/** @param search a search in addition to an analysis */
function sheetsOf(context: ReportContext, job: ReportJob, search: ReportJob | null, prefix = ''): DataSheet[] {
  const isSolar = job.division === 'solar';
  const own = isSolar ? solarSheets(job, prefix) : windSheets(job, prefix);
  const project = isSolar
    ? (solarProject(job, context) ?? (search?.division === 'solar' ? solarProject(search, context) : null))
    : windProject(job, context);
  const isHourly = ({ name }: DataSheet): boolean => name.startsWith(`${prefix}hourly`);
  return [
    ...own.filter((sheet) => !isHourly(sheet)),
    ...exceedanceSheets(prefix, isSolar ? solarExceedance(context, job) : windExceedance(context, job)),
    ...paretoSheets(prefix, search ?? job),
    ...(project ? [cashFlowSheet(prefix, project)] : []),
    ...own.filter(isHourly),
  ];
}

function capacityOf({ format }: ReportContext, job: ReportJob): string {
  if (job.division === 'solar') {
    const kw = job.system.system.dc_capacity_kw;
    return `${format.power(kw).with(kw)} DC`;
  }
  const kw = yieldOf(job).rated_kw;
  return format.power(kw).with(kw);
}

/** `site-name-bankable-en.pdf`: what a person finds again in a folder. */
export function fileName(
  title: string,
  request: Pick<ReportInput, 'template' | 'language'>,
  format: ReportFormat,
): string {
  const name = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return `${name || 'report'}-${request.template}-${request.language}.${REPORT_FORMATS[format].ending}`;
}
