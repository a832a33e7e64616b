/** The implementation of a job kind: what the API does with a request, and what a worker does with the job. */
import type { Secrets } from '../../lib/secrets.ts';
import type { ComputePool } from '../../compute/pool.ts';
import type { SliceResultOf, SliceTask, SpecOf, StateOf } from '../../compute/tasks.ts';
import type { GpuStart } from '../../contracts/jobs/jobs.ts';
import type { JobBody, JobInput, JobKind, JobResult } from '../../contracts/jobs/kinds.ts';
import type { JsonText } from '../../lib/json-text.ts';
import type { Database, Queryable } from '../../adapters/database/database.ts';
import type { JobWarning } from '../../contracts/jobs/warnings.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import type { Sites } from '../sites/sites.ts';
import type { WeatherDatasets } from '../weather/weather-datasets.ts';
import type { GpuWorkers } from './gpu-workers.ts';
import type { JobEffects } from './jobs.ts';

/** What kinds get from their process, which is an API or a worker. */
export interface JobServices {
  readonly database: Database;
  readonly weather: WeatherDatasets;
  readonly sites: Sites;
  readonly pool: Pick<ComputePool, 'run' | 'call'>;
  /** Sign links to files */
  readonly secrets: Secrets;
  /** Public address of the API */
  readonly apiUrl: string;
  /** Mails about reports to third parties that an organization may send in a day */
  readonly reportMailsPerDay: number;
  /** Compute time after which the best result so far is returned [s] */
  readonly softLimitS: number;
  /** Compute time after which a job fails [s] */
  readonly hardLimitS: number;
  /** Time between two checkpoints, and between two progress events [s] */
  readonly checkpointS: number;
  readonly effects: JobEffects;
  readonly gpuWorkers: GpuWorkers;
}

/** The compute threads, as a kind uses them. */
export type JobPool = Pick<ComputePool, 'run'>;

/** A job's attempt in a worker. */
export interface JobAttempt {
  /** The time that tasks take in it counts as the job's compute time. */
  readonly pool: JobPool;
  /** Whether the threads of this worker have a device */
  readonly hasDevice: boolean;
  /** Whether the job must stop; long computations check it. */
  isStopped(): boolean;
}

/** What a job takes on the processors, by its request. */
export interface JobSize {
  readonly seconds: number;
  /** Compute time that it may take [s] */
  readonly limitS: number;
  /** Designs or layouts; null for kinds that search nothing */
  readonly evaluations: number | null;
}

export interface PreparedJob<Input = JobInput> {
  /** As JSON where a compute thread has made it, because it may have megabytes */
  readonly input: Input | JsonText<Input>;
  /** Default: drawn at random; stored with the job */
  readonly seed?: number;
  /** Doubts about the request, which the answer has already */
  readonly warnings?: readonly JobWarning[];
  /** How the job waits for a GPU worker; default: the workers of its kind's queue run it */
  readonly gpu?: GpuStart | null;
  /** Absent for kinds that state no size */
  readonly size?: JobSize;
  /** Writes rows that are committed with the job */
  readonly onCreate?: (tx: Queryable, jobId: string) => Promise<void>;
}

/** Why a job stops early; it keeps its best result so far. */
export type StopReason = 'cancelled' | 'time_limit';

export interface Computed<Result = JobResult> {
  readonly result: Result;
  /** Doubts about inputs and result, in addition to those of `PreparedJob` */
  readonly warnings?: readonly JobWarning[];
  /** Encoded columns by name */
  readonly series?: ReadonlyMap<string, Uint8Array>;
  /** Writes rows that are committed with the success */
  readonly onCommit?: (tx: Queryable) => Promise<void>;
}

/** The state of one of a job's tasks. */
export interface PartState<Task extends SliceTask = SliceTask> {
  /** null before its first slice */
  readonly state: StateOf<Task> | null;
  readonly result: SliceResultOf<Task> | null;
  readonly progress: number;
  readonly done: boolean;
  /** Whether it left steps out because its time was over */
  readonly isTimeLimited: boolean;
  /** What it has computed so far [ms] */
  readonly busyMs: number;
}

/** The work of a job for the slice loop: one or several runs of one compute task, slice by slice. */
export interface Work<Result = JobResult, Task extends SliceTask = SliceTask> {
  readonly task: Task;
  readonly specs: readonly SpecOf<Task>[];
  /** Number of runs that work at the same time; default 1 */
  readonly sideBySide?: number;
  /**
   * Time of a slice [ms]; default 500, which is short enough for limits and checkpoints, and long enough that the
   * overhead does not matter
   */
  readonly sliceMs?: number;
  /**
   * Whether another attempt continues from the checkpoint of a lost one; default yes. Short jobs start again instead.
   */
  readonly isResumable?: boolean;
  /** Designs that a search has evaluated so far; absent for kinds that count none */
  evaluations?(parts: readonly PartState<Task>[]): number;
  /** Shown with the fraction done */
  progress?(parts: readonly PartState<Task>[]): Readonly<Record<string, unknown>>;
  /** Makes the result of what was computed. @param reason why it stopped early, if so */
  finish(
    parts: readonly PartState<Task>[],
    found: { readonly reason: StopReason | undefined; readonly series: ReadonlyMap<string, Uint8Array> },
  ): Promise<Computed<Result>>;
}

/** Ensures that the types of a work's task, specifications and states fit together. */
export const work = <Kind extends JobKind, Task extends SliceTask>(
  one: Work<JobResult<Kind>, Task>,
): Work<JobResult<Kind>> => one;

interface Working<Body, Input, Result, Row> {
  /**
   * Runs in the API before the job is accepted. It checks that everything that the request names exists and belongs to
   * the caller, and that the job can end in time.
   * @param scopes of the caller
   * @throws AppError that names the field
   */
  prepare(body: Body, orgId: string, scopes: ReadonlySet<string>): Promise<PreparedJob<Input>>;
  /**
   * Runs in a worker and loads everything that the job names.
   * @throws AppError for an object that was deleted since
   */
  load(job: Row, attempt: JobAttempt): Promise<Work<Result>>;
}

export type WorkingKind<Kind extends JobKind = JobKind> = Working<
  JobBody<Kind>,
  JobInput<Kind>,
  JobResult<Kind>,
  JobRow<Kind>
>;
export type WorkingKinds<Kind extends JobKind> = { readonly [K in Kind]: WorkingKind<K> };
