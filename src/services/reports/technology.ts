/** The implementation of a technology: its job kinds, and how reports show them. */
import type { TaskInput, TaskName, TaskResult } from '../../compute/tasks.ts';
import type { EndpointContracts } from '../../contracts/common/endpoint-contract.ts';
import type { EndpointsOf, JobKind, KindOf, TechnologyName } from '../../contracts/jobs/kinds.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import type { AnyHandler, EndpointHandlers, EndpointServices } from '../jobs/endpoint-handlers.ts';
import type { OutlinedJob } from '../jobs/jobs.ts';
import type { JobServices, WorkingKinds } from '../jobs/working-kind.ts';
import type { ReportJob } from './report-job.ts';
import type { ReportRoom } from './room.ts';

/** The methods that a report calls on the technologies of its jobs. */
export interface ReportRooms {
  /** Whether reports show jobs of this kind */
  isReportable(kind: JobKind): boolean;
  /** Number of systems of a job that a report can choose from; 0 if there is no choice */
  systemsOf(job: OutlinedJob): number;
  /** Whether a job that succeeded has the yield that its report shows: a search may find nothing, a time limit may come first */
  hasYield(job: OutlinedJob): boolean;
  /** How reports show jobs of this kind. @throws AppError `report.unusable_job` where they do not */
  roomOf(kind: JobKind): Promise<ReportRoom>;
}

/** Compute tasks that measure a device, and the error of its results [1] */
type DeviceMeasure = {
  [Name in TaskName]: TaskInput<Name> extends null
    ? TaskResult<Name> extends { readonly error: number }
      ? Name
      : never
    : never;
}[TaskName];

interface Technology<Kinds, Row, Outlined, Kind> {
  /** Built module with what the API computes in its threads */
  readonly threadModule?: string;
  /** Reads what requests need, before the API serves the first one. */
  start?(): void;
  /** Compute task that measures a device; the result is what `GpuWorkers.startOf` gets. Absent: no kind uses a device */
  readonly measureDevice?: DeviceMeasure;
  kinds(services: JobServices, rooms: ReportRooms): Kinds;
  /** Absent if reports do not show its jobs */
  readonly report?: {
    /** Kinds whose jobs reports show */
    readonly kinds: readonly Kind[];
    /** Systems of a job that a report can choose from; default none */
    systemsOf?(job: Outlined): number;
    /** Whether a job that succeeded has the yield that its report shows */
    hasYield(job: Outlined): boolean;
    /** Loaded when a report is written: the API never needs it. */
    load(): Promise<ReportRoom<ReportJob, Row>>;
  };
}

/** The implementation of a technology: of its kinds, and of the endpoints that it declares. */
export type WorkingTechnology<Name extends TechnologyName> = Technology<
  WorkingKinds<KindOf<Name>>,
  JobRow<KindOf<Name>>,
  OutlinedJob<KindOf<Name>>,
  KindOf<Name>
> &
  (EndpointsOf<Name> extends EndpointContracts
    ? { endpoints(services: EndpointServices): EndpointHandlers<EndpointsOf<Name>> }
    : { readonly endpoints?: undefined });
/** The implementation without the types of one technology. */
export type AnyTechnology = Technology<Partial<WorkingKinds<JobKind>>, JobRow, OutlinedJob, JobKind> & {
  endpoints?(services: EndpointServices): Readonly<Record<string, AnyHandler>>;
};
