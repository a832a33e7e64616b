/** The doubts about a report: those of its jobs, of its economics, and of what it puts together; and how it shows them. */
import { hasValues, WARNING_SEVERITIES, warningText } from '../../contracts/common/warnings.ts';
import { type JobWarning, WARNINGS } from '../../contracts/jobs/warnings.ts';
import { warnReport } from '../../contracts/reports/warnings.ts';
import type { Block, DataSheet, Section } from '../../documents/model.ts';
import { financeWarnings } from '../../finance/plausibility.ts';
import { projectEconomics } from '../../finance/project.ts';
import { distanceKm } from '../../geometry/distance.ts';
import { letterOf, type ReportContext } from './context.ts';
import type { ReportJob } from './report-job.ts';
import type { ReportChapters } from './room.ts';
import { term } from './text/text.ts';

/** Places that are closer are one [km]: a grid cell of weather. */
const SAME_PLACE_KM = 10;
/** Uncertainties that differ by less compare [%]. */
const SAME_UNCERTAINTY_PCT = 1;

/** A doubt, and in a comparison the positions of the jobs that it is about; absent: all of them */
export type ReportDoubt = JobWarning & { readonly designs?: readonly number[] };

/** Returns each doubt once; jobs of one weather dataset share its doubts. */
function distinct(warnings: readonly ReportDoubt[], nJobs: number): ReportDoubt[] {
  const byText = new Map<string, ReportDoubt>();
  for (const warning of warnings) {
    const key = `${warning.code} ${warning.message}`;
    const first = byText.get(key);
    const designs = [...new Set([...(first?.designs ?? []), ...(warning.designs ?? [])])].sort((a, b) => a - b);
    byText.set(key, { ...(first ?? warning), designs });
  }
  return [...byText.values()].map(({ designs = [], ...warning }) =>
    designs.length === 0 || designs.length === nJobs ? warning : { ...warning, designs },
  );
}

/** Returns the doubts about the economics that the request of the report states. */
function projectWarnings<Loaded extends ReportJob>(
  context: ReportContext,
  chapters: ReportChapters<Loaded>,
  job: Loaded,
  search: Loaded | null,
): JobWarning[] {
  const project = context.request.economics && chapters.project(context, job, search);
  return project
    ? [
        ...financeWarnings(project, projectEconomics(project), '/economics'),
        ...(chapters.projectWarnings?.(job, project) ?? []),
      ]
    : [];
}

function placesWarnings<Loaded extends ReportJob>(
  chapters: ReportChapters<Loaded>,
  jobs: readonly Loaded[],
): JobWarning[] {
  const places = jobs.flatMap((job) => chapters.place(job, '') ?? []);
  const [first, ...others] = places.map(({ latitudeDeg, longitudeDeg }) => ({
    latitude_deg: latitudeDeg,
    longitude_deg: longitudeDeg,
  }));
  const farthest = Math.max(0, ...others.map((place) => distanceKm(first, place)));
  return farthest > SAME_PLACE_KM
    ? [warnReport('report.different_places', { distance_km: Math.round(farthest) }, '/job_ids')]
    : [];
}

/**
 * Returns the doubts about a report, the severe ones first.
 * @param jobs as of `buildReport`
 */
export function reportWarnings<Loaded extends ReportJob>(
  context: ReportContext,
  chapters: ReportChapters<Loaded>,
  jobs: readonly Loaded[],
): ReportDoubt[] {
  const isComparison = context.request.template === 'comparison';
  const [main, second] = jobs;
  const about = (warnings: readonly JobWarning[], k: number): ReportDoubt[] =>
    isComparison ? warnings.map((warning) => ({ ...warning, designs: [k] })) : [...warnings];
  const doubts: ReportDoubt[] = [
    ...jobs.flatMap(({ job }, k) => about(job.warnings, k)),
    ...placesWarnings(chapters, jobs),
  ];
  if (isComparison) {
    const uncertainties = jobs.map((job) => chapters.exceedance(context, job).uncertaintyPct);
    const [lower_pct, upper_pct] = [Math.min(...uncertainties), Math.max(...uncertainties)];
    if (upper_pct - lower_pct > SAME_UNCERTAINTY_PCT)
      doubts.push(warnReport('report.different_uncertainties', { lower_pct, upper_pct }, '/job_ids'));
  } else if (second) {
    const [capacity, other_capacity] = [main, second].map((job) => chapters.capacity(context, job));
    if (capacity !== other_capacity)
      doubts.push(warnReport('report.different_plants', { capacity, other_capacity }, '/job_ids'));
  }
  doubts.push(
    ...(isComparison
      ? jobs.flatMap((job, k) => about(projectWarnings(context, chapters, job, null), k))
      : projectWarnings(context, chapters, main, second ?? null)),
  );
  const rank = ({ severity }: JobWarning): number => -WARNING_SEVERITIES.indexOf(severity);
  return distinct(doubts, jobs.length).sort((a, b) => rank(a) - rank(b));
}

/** Values that are names of their own, in no language */
const PROPER_NAMES = ['turbine', 'fields', 'assumption', 'reason', 'unit'];

/** Returns the message of a doubt in the language of the report; fields, columns and choices have their terms. */
function messageIn(
  { text, format, request }: ReportContext,
  { code, message: stored, values, designs }: ReportDoubt,
): string {
  const named = Object.entries(values).map(([key, value]) => {
    const isName = typeof value === 'string' && /^[a-z]\w*(\.\w+)*$/.test(value) && !PROPER_NAMES.includes(key);
    return [key, isName ? term(text, value.split('.').at(-1) ?? value) : value] as const;
  });
  // A job of an earlier version keeps the message that it has.
  const message = hasValues(WARNINGS[code], values)
    ? warningText(WARNINGS[code], Object.fromEntries(named), request.language)
    : stored;
  return designs ? `${text('comparison.name', { letter: format.list(designs.map(letterOf)) })}: ${message}` : message;
}

/** Returns the severe doubts for the first page. */
export const severeFacts = (context: ReportContext, warnings: readonly ReportDoubt[]): [string, string][] =>
  warnings
    .filter(({ severity }) => severity === 'severe')
    .map((warning) => [context.text('warnings.severe'), messageIn(context, warning)]);

/** Returns the chapter of all doubts; none without doubts. A summary of two pages leaves out those that are worth knowing only. */
export function warningsSections(context: ReportContext, warnings: readonly ReportDoubt[]): Section[] {
  const { text, request } = context;
  const blocks = [...WARNING_SEVERITIES].reverse().flatMap((severity): Block[] => {
    const own = warnings.filter((warning) => warning.severity === severity);
    if (own.length === 0 || (severity === 'info' && request.template === 'summary')) return [];
    return [
      { type: 'heading', text: text(`warnings.${severity}`) },
      {
        type: 'list',
        items: own.map(
          (warning) => `${WARNINGS[warning.code].title[request.language]}: ${messageIn(context, warning)}`,
        ),
      },
    ];
  });
  return blocks.length === 0 ? [] : [{ title: text('warnings.title'), blocks }];
}

/** Returns the sheet of all doubts; none without doubts. */
export const warningsSheets = (context: ReportContext, warnings: readonly ReportDoubt[]): DataSheet[] =>
  warnings.length === 0
    ? []
    : [
        {
          name: 'warnings',
          columns: [
            { name: 'severity', values: warnings.map(({ severity }) => severity) },
            { name: 'code', values: warnings.map(({ code }) => code) },
            { name: 'message', values: warnings.map((warning) => messageIn(context, warning)) },
            { name: 'pointer', values: warnings.map(({ pointer }) => pointer) },
          ],
        },
      ];
