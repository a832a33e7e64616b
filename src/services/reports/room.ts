/** How reports show the jobs of a technology: the data that it loads and the chapters that it writes. */
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import type { JobWarning } from '../../contracts/jobs/warnings.ts';
import type { DataSheet, Section } from '../../documents/model.ts';
import type { ProjectInput } from '../../finance/project.ts';
import type { ReportSources } from './load.ts';
import type { Place, ReportJob } from './report-job.ts';
import type { Row } from './sheets.ts';
import type { Exceedance, ReportContext } from './context.ts';

export interface LoadOptions {
  /** Index of a system of a solar analysis; default: the best one */
  readonly systemIndex?: number;
  /** Whether the report shows the wakes behind the turbines */
  readonly withFlow: boolean;
}

/** A job in a comparison with others. */
export interface Compared {
  readonly name: string | null;
  readonly p50Kwh: number;
  /** null without stated uncertainties */
  readonly p90Kwh: number | null;
  readonly project: ProjectInput | null;
  /** Label and value of each row, in one order for all jobs of a technology */
  readonly rows: readonly (readonly [label: string, value: string])[];
  /** January to December; null where the technology does not compare months */
  readonly monthlyKwh: readonly number[] | null;
  /** What the job does not state and a reader would miss, in sentences */
  readonly missing: readonly string[];
  /** The job's input for the list of assumptions, without long lists: the data pack has them */
  readonly input: object;
  /** Sources of the input's values that equal a default, by path */
  readonly defaults: ReadonlyMap<string, string>;
}

/** Pure: the same jobs give the same chapters. */
export interface ReportChapters<Loaded extends ReportJob> {
  /** @param isSummary of two pages */
  subtitle(context: ReportContext, isSummary: boolean): string;
  /** @param fallback name of a place without one */
  place(job: Loaded, fallback: string): Place | null;
  capacity(context: ReportContext, job: Loaded): string;
  summary(context: ReportContext, job: Loaded): Section[];
  /** @param search beside an analysis */
  bankable(context: ReportContext, job: Loaded, search: Loaded | null): Section[];
  compared(context: ReportContext, job: Loaded): Compared;
  exceedance(context: ReportContext, job: Loaded): Exceedance;
  project(context: ReportContext, job: Loaded, search: Loaded | null): ProjectInput | null;
  /** Doubts about a project that only the technology sees */
  projectWarnings?(job: Loaded, project: ProjectInput): JobWarning[];
  /** Sheets of the workbook; those that begin with `hourly` come last */
  sheets(job: Loaded, prefix: string): DataSheet[];
  /** Designs of a search that no other design beats; empty for an analysis */
  front(job: Loaded): readonly Row[];
}

export interface ReportRoom<Loaded extends ReportJob = ReportJob, Row = JobRow> extends ReportChapters<Loaded> {
  load(job: Row, sources: ReportSources, options: LoadOptions): Promise<Loaded>;
}
