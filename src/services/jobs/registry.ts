/** The implementations of all job kinds, by kind; the compiler refuses a kind without one. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { JobKind } from '../../contracts/jobs/kinds.ts';
import { JOB_KINDS, technologyOf } from '../../contracts/jobs/kinds.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import type { ReportRoom } from '../reports/room.ts';
import type { AnyTechnology, ReportRooms } from '../reports/technology.ts';
import * as technologies from './technologies.ts';
import type { JobServices, WorkingKind, WorkingKinds } from './working-kind.ts';

export type JobRegistry = ReadonlyMap<JobKind, WorkingKind>;

type Technologies = typeof technologies;
type MadeKind = { [Name in keyof Technologies]: keyof ReturnType<Technologies[Name]['kinds']> }[keyof Technologies];
/** The compiler refuses this if a declared kind has no implementation. */
const byName: [JobKind] extends [MadeKind] ? Readonly<Record<string, AnyTechnology>> : never = technologies;

export function jobRegistry(services: JobServices): JobRegistry {
  const made: Partial<WorkingKinds<JobKind>> = Object.assign(
    {},
    ...Object.values(byName).map((technology) => technology.kinds(services, reportRooms)),
  );
  return new Map(JOB_KINDS.map((kind): [JobKind, WorkingKind] => [kind, made[kind]!]));
}

const reportOf = (kind: JobKind) => byName[technologyOf(kind).name]?.report;
const reportRooms: ReportRooms = {
  isReportable: (kind) => reportOf(kind) !== undefined,
  systemsOf: (job: JobRow) => reportOf(job.kind)?.systemsOf?.(job) ?? 0,
  async roomOf(kind): Promise<ReportRoom> {
    const report = reportOf(kind);
    if (!report) throw new AppError('report.unusable_job', `Reports do not show a ${kind}`);
    return report.load();
  },
};
