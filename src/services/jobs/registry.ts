/** The implementations of all job kinds and endpoints of technologies; the compiler refuses a declaration without one. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { JobKind } from '../../contracts/jobs/kinds.ts';
import { JOB_KINDS, type TECHNOLOGIES, technologyOf } from '../../contracts/jobs/kinds.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import type { ReportRoom } from '../reports/room.ts';
import type { AnyTechnology, ReportRooms } from '../reports/technology.ts';
import type { AnyHandler, EndpointServices } from './endpoint-handlers.ts';
import * as technologies from './technologies.ts';
import type { JobServices, WorkingKind, WorkingKinds } from './working-kind.ts';

export type JobRegistry = ReadonlyMap<JobKind, WorkingKind>;

type Technologies = typeof technologies;
type MadeKind = { [Name in keyof Technologies]: keyof ReturnType<Technologies[Name]['kinds']> }[keyof Technologies];
/** Endpoints that a technology declares and does not implement */
type UnservedBy<Technology> = Technology extends { readonly name: infer Name; readonly endpoints: infer Declared }
  ? Name extends keyof Technologies
    ? Technologies[Name] extends { endpoints(services: never): infer Handlers }
      ? Exclude<keyof Declared, keyof Handlers>
      : keyof Declared
    : keyof Declared
  : never;
/** The compiler refuses this if a declared kind or endpoint has no implementation. */
const byName: [JobKind, UnservedBy<(typeof TECHNOLOGIES)[number]>] extends [MadeKind, never]
  ? Readonly<Record<string, AnyTechnology>>
  : never = technologies;

export function jobRegistry(services: JobServices): JobRegistry {
  const made: Partial<WorkingKinds<JobKind>> = Object.assign(
    {},
    ...Object.values(byName).map((technology) => technology.kinds(services, reportRooms)),
  );
  return new Map(JOB_KINDS.map((kind): [JobKind, WorkingKind] => [kind, made[kind]!]));
}

/** Handlers by the operation of their endpoint */
export const endpointHandlers = (services: EndpointServices): ReadonlyMap<string, AnyHandler> =>
  new Map(Object.values(byName).flatMap((technology) => Object.entries(technology.endpoints?.(services) ?? {})));

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
