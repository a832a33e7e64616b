/** A report as a document and its data, from what was loaded. Pure: the same input gives the same model. */
import { REPORT_FORMATS, type ReportFormat } from '../../contracts/reports/reports.ts';
import type { JobWarning } from '../../contracts/jobs/warnings.ts';
import type { ReportInput } from '../../contracts/reports/reports.schema.ts';
import type { DataSheet, DocumentModel, Section } from '../../documents/model.ts';
import { comparisonSections } from './comparison.ts';
import { Formatter } from './format.ts';
import type { ReportJob } from './report-job.ts';
import type { ReportChapters } from './room.ts';
import { cashFlowSheet, exceedanceSheets, paretoSheets } from './sheets.ts';
import { textOf } from './text/text.ts';
import { reportWarnings, severeFacts, warningsSections, warningsSheets } from './warnings.ts';
import type { ReportContext } from './context.ts';
import { positionOf, timeLimitText } from './context.ts';

export interface BuiltReport {
  readonly document: DocumentModel;
  readonly sheets: readonly DataSheet[];
  /** Doubts about the jobs and about what the report puts together */
  readonly warnings: readonly JobWarning[];
  /** Inputs and results of the jobs for the data package, by file name. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface ReportFacts {
  readonly id: string;
  readonly createdAtMs: number;
  readonly logoPng: Uint8Array | null;
  /** Asked for with a test key */
  readonly isTest?: boolean;
}

/** Fields of the request that the cover shows as they are, in this order. */
const STATED = [
  ['confidentiality', 'document.confidentiality'],
  ['version', 'document.version'],
  ['client', 'document.client'],
  ['prepared_by', 'document.prepared_by'],
  ['author', 'document.author'],
  ['reviewer', 'document.reviewer'],
  ['approver', 'document.approver'],
] as const;

/**
 * Builds the document of a report.
 * @param jobs of one technology, the main one first; of a pair the analysis
 */
export function buildReport<Loaded extends ReportJob>(
  chapters: ReportChapters<Loaded>,
  request: ReportInput,
  jobs: readonly Loaded[],
  facts: ReportFacts,
): BuiltReport {
  const context: ReportContext = {
    request,
    text: textOf(request.language),
    format: new Formatter(request.language, request.units, request.currency),
  };
  const { text, format } = context;
  const [main, second] = jobs;
  const fallback = text('site.default_name');
  const place = chapters.place(main, fallback);
  const isComparison = request.template === 'comparison';
  const subtitle = chapters.subtitle(context, request.template === 'summary');
  const isTest = facts.isTest || jobs.some(({ job }) => job.is_test);
  const name =
    request.title ??
    (isComparison ? text('document.comparison') : `${place?.name ?? fallback}, ${chapters.capacity(context, main)}`);
  const warnings = reportWarnings(context, chapters, jobs);
  // Each page has the title.
  const title = isTest ? `${text('document.test').toUpperCase()} – ${name}` : name;
  const rows: [string, string][] = [
    ...(isTest ? [[text('document.test'), text('document.test_note')] as [string, string]] : []),
    ...severeFacts(context, warnings),
    ...jobs
      .filter(({ job }) => job.time_limited)
      .map(({ job }): [string, string] => [text('document.time_limit'), timeLimitText(context, job)]),
    ...STATED.flatMap(([name, key]): [string, string][] => (request[name] ? [[text(key), request[name]]] : [])),
    ...(place && !isComparison
      ? [[text('document.site'), `${place.name}, ${positionOf(context, place)}`] as [string, string]]
      : []),
    ...(isComparison ? [] : [[text('document.capacity'), chapters.capacity(context, main)] as [string, string]]),
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
      author: request.author ?? request.prepared_by ?? 'Tessellate Renewables',
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
      sections: [...sectionsOf(context, chapters, jobs), ...warningsSections(context, warnings)],
    },
    sheets: [
      ...warningsSheets(context, warnings),
      ...(isComparison
        ? jobs.flatMap((job, k) => sheetsOf(context, chapters, job, null, `job_${k + 1}_`))
        : sheetsOf(context, chapters, main, second ?? null)),
    ],
    warnings: warnings.map(({ designs: _, ...warning }) => warning),
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
          warnings: job.warnings,
        },
      ]),
    ),
  };
}

function sectionsOf<Loaded extends ReportJob>(
  context: ReportContext,
  chapters: ReportChapters<Loaded>,
  jobs: readonly Loaded[],
): Section[] {
  const { template } = context.request;
  const [main, search = null] = jobs;
  switch (template) {
    case 'comparison':
      return comparisonSections(context, chapters, jobs);
    case 'summary':
      return chapters.summary(context, main);
    case 'bankable':
      return chapters.bankable(context, main, search);
  }
}

/**
 * Returns the sheets of a job.
 * @param search beside an analysis
 */
function sheetsOf<Loaded extends ReportJob>(
  context: ReportContext,
  chapters: ReportChapters<Loaded>,
  job: Loaded,
  search: Loaded | null,
  prefix = '',
): DataSheet[] {
  const own = chapters.sheets(job, prefix);
  const project = chapters.project(context, job, search);
  const isHourly = ({ name }: DataSheet): boolean => name.startsWith(`${prefix}hourly`);
  return [
    ...own.filter((sheet) => !isHourly(sheet)),
    ...exceedanceSheets(prefix, chapters.exceedance(context, job)),
    ...paretoSheets(prefix, chapters.front(search ?? job)),
    ...(project ? [cashFlowSheet(prefix, project)] : []),
    ...own.filter(isHourly),
  ];
}

/** Returns a file name by which a person finds the report again: `site-name-bankable-en.pdf`. */
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
