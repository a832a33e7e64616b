/** The working half of a job kind: what the API does with a request, and what a worker does with the job. */
import type { ComputePool } from '../../compute/pool.ts';
import type { SliceResultOf, SliceTask, SpecOf, StateOf } from '../../compute/tasks.ts';
import type { JobBody, JobInput, JobKind, JobResult } from '../../contracts/jobs/kinds.ts';
import type { Database, Queryable } from '../../adapters/database/database.ts';
import type { JobRow } from '../../adapters/database/entities.ts';
import type { Sites } from '../sites/sites.ts';
import type { WeatherDatasets } from '../weather/weather-datasets.ts';

/** What kinds get from their process, API or worker. */
export interface JobServices {
  readonly database: Database;
  readonly weather: WeatherDatasets;
  readonly sites: Sites;
  readonly pool: JobPool;
  /** Signs links to files */
  readonly secretKey: string;
  /** Public address of the API */
  readonly apiUrl: string;
  /** Compute time after which the best so far is the result [s] */
  readonly softLimitS: number;
  /** Compute time after which a job fails [s] */
  readonly hardLimitS: number;
}

/** The compute threads, as a kind uses them. */
export type JobPool = Pick<ComputePool, 'run'>;

/** A job's attempt in a worker. */
export interface JobAttempt {
  /** What runs in it counts as the job's compute time. */
  readonly pool: JobPool;
  /** Whether the job is to stop; what takes long asks it. */
  isStopped(): boolean;
}

export interface PreparedJob<Input = JobInput> {
  readonly input: Input;
  /** Default: drawn at random and kept with the job */
  readonly seed?: number;
  /** What is committed with the job */
  readonly onCreate?: (tx: Queryable, jobId: string) => Promise<void>;
}

/** Why a job stops early; it keeps its best so far. */
export type StopReason = 'cancelled' | 'time_limit';

export interface Computed<Result = JobResult> {
  readonly result: Result;
  /** Encoded columns by name */
  readonly series?: ReadonlyMap<string, Uint8Array>;
  /** What is committed with a success */
  readonly onCommit?: (tx: Queryable) => Promise<void>;
}

/** Where one of a job's tasks stands. */
export interface PartState<Task extends SliceTask = SliceTask> {
  /** null before its first slice */
  readonly state: StateOf<Task> | null;
  readonly result: SliceResultOf<Task> | null;
  readonly progress: number;
  readonly done: boolean;
}

/** A job as the slice loop runs it: one or several runs of one compute task, slice by slice. */
export interface Work<Result = JobResult, Task extends SliceTask = SliceTask> {
  readonly task: Task;
  readonly specs: readonly SpecOf<Task>[];
  /** Runs that work at a time; default 1 */
  readonly sideBySide?: number;
  /** A slice's time [ms]; default 500: short enough for limits and checkpoints, long enough to cost nothing */
  readonly sliceMs?: number;
  /** Whether a lost attempt is taken up from its checkpoint; default yes. A short one begins again. */
  readonly isResumable?: boolean;
  /** Designs of a search so far; absent where a kind counts none */
  evaluations?(parts: readonly PartState<Task>[]): number;
  /** Shown with the fraction done */
  progress?(parts: readonly PartState<Task>[]): Readonly<Record<string, unknown>>;
  /** The result of what was computed. @param reason why it stopped early, if so */
  finish(
    parts: readonly PartState<Task>[],
    found: { readonly reason: StopReason | undefined; readonly series: ReadonlyMap<string, Uint8Array> },
  ): Promise<Computed<Result>>;
}

/** Keeps a work's task, specs and states together. */
export const work = <Kind extends JobKind, Task extends SliceTask>(
  one: Work<JobResult<Kind>, Task>,
): Work<JobResult<Kind>> => one;

interface Working<Body, Input, Result, Row> {
  /**
   * In the API, before the job is accepted: what the request names exists and is the caller's, and the job can end in time.
   * @throws AppError that names the field
   */
  prepare(body: Body, orgId: string): Promise<PreparedJob<Input>>;
  /**
   * In a worker: what the job names, loaded.
   * @throws AppError of what was deleted since
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
