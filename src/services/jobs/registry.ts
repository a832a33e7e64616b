/** The implementations of all job kinds and endpoints of technologies; the compiler refuses a declaration without one. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { JobKind, TechnologyName } from '../../contracts/jobs/kinds.ts';
import { JOB_KINDS, technologyOf } from '../../contracts/jobs/kinds.ts';
import type { ReportRoom } from '../reports/room.ts';
import type { AnyTechnology, ReportRooms, WorkingTechnology } from '../reports/technology.ts';
import type { AnyHandler, EndpointServices } from './endpoint-handlers.ts';
import * as technologies from './technologies.ts';
import type { JobServices, WorkingKind, WorkingKinds } from './working-kind.ts';

export type JobRegistry = ReadonlyMap<JobKind, WorkingKind>;

/** The compiler refuses this if a technology is declared and not implemented. */
const implemented: { readonly [Name in TechnologyName]: WorkingTechnology<Name> } = technologies;
const byName: Readonly<Record<string, AnyTechnology>> = implemented;

export function jobRegistry(services: JobServices): JobRegistry {
  const made: Partial<WorkingKinds<JobKind>> = Object.assign(
    {},
    ...Object.values(byName).map((technology) => technology.kinds(services, reportRooms)),
  );
  return new Map(JOB_KINDS.map((kind): [JobKind, WorkingKind] => [kind, made[kind]!]));
}

/** Built modules with what the API computes in its threads */
export const threadModules: readonly string[] = Object.values(byName).flatMap(({ threadModule }) => threadModule ?? []);

/** Compute tasks that measure a device, by the technology */
export const deviceMeasures = Object.entries(byName).flatMap(([name, { measureDevice }]) =>
  measureDevice ? [{ name, task: measureDevice }] : [],
);

/** Reads what requests need: the first one would hold up others while it is read. */
export function startTechnologies(): void {
  for (const technology of Object.values(byName)) technology.start?.();
}

/** Handlers by the operation of their endpoint */
export const endpointHandlers = (services: EndpointServices): ReadonlyMap<string, AnyHandler> =>
  new Map(Object.values(byName).flatMap((technology) => Object.entries(technology.endpoints?.(services) ?? {})));

function reportOf(kind: JobKind) {
  const { report } = byName[technologyOf(kind).name];
  return report?.kinds.includes(kind) ? report : undefined;
}
export const reportRooms: ReportRooms = {
  isReportable: (kind) => reportOf(kind) !== undefined,
  systemsOf: (job) => reportOf(job.kind)?.systemsOf?.(job) ?? 0,
  hasYield: (job) => reportOf(job.kind)?.hasYield(job) ?? false,
  async roomOf(kind): Promise<ReportRoom> {
    const report = reportOf(kind);
    if (!report) throw new AppError('report.unusable_job', `Reports do not show a ${kind}`);
    return report.load();
  },
};
