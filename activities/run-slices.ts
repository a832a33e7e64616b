/**
 * The compute activities: one loop for all job kinds. An attempt continues its job from the last checkpoint, works
 * slice by slice and sends heartbeats. It stops on cancellation, at the soft and hard time limits, and when its worker
 * shuts down. It ends with one transaction.
 */
import { ApplicationFailure, Context } from '@temporalio/activity';
import { TemporalFailure } from '@temporalio/common';
import { metrics } from '../src/adapters/observability/metrics.ts';
import { newControl } from '../src/compute/pool.ts';
import type { AnySliceInput, SliceTask, TaskInput } from '../src/compute/tasks.ts';
import { AppError } from '../src/contracts/common/app-error.ts';
import { ERROR_CODES } from '../src/contracts/jobs/error-codes.ts';
import type { JobStatus, JobWorkflowInput, JobWorkflowResult } from '../src/contracts/jobs/jobs.ts';
import { FAULT } from '../src/contracts/jobs/jobs.ts';
import type { JobKindContract } from '../src/contracts/jobs/job-kind.ts';
import { JOB_CONTRACTS, type JobKind, technologyOf, workflowTypeOf } from '../src/contracts/jobs/kinds.ts';
import type { Slice } from '../src/lib/stepwise.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../src/series/checkpoint.ts';
import { JobRun, SupersededError, type Usage } from '../src/services/jobs/job-run.ts';
import { tracedAttempt } from '../src/services/jobs/job-trace.ts';
import type { JobRegistry } from '../src/services/jobs/registry.ts';
import type {
  JobPool,
  JobServices,
  PartState,
  StopReason,
  Work,
  WorkingKind,
} from '../src/services/jobs/working-kind.ts';

/** What the loop needs from its process. */
export type SliceServices = Pick<
  JobServices,
  'database' | 'effects' | 'pool' | 'softLimitS' | 'hardLimitS' | 'checkpointS'
>;
type ComputeActivity = (input: JobWorkflowInput) => Promise<JobWorkflowResult>;

const HEARTBEAT_MS = 250;
const SLICE_MS = 500;

/** Returns the activities of a queue: one for each kind, with the name of its workflow's type. */
export function computeActivities(
  queue: string,
  kinds: JobRegistry,
  services: SliceServices,
): Readonly<Record<string, ComputeActivity>> {
  const hasDevice = queue === 'gpu';
  const own = JOB_CONTRACTS.filter((contract: JobKindContract) =>
    hasDevice ? contract.device : contract.queue === queue,
  );
  return Object.fromEntries(
    own.map(({ kind }) => [
      workflowTypeOf(kind),
      (input: JobWorkflowInput) =>
        runJob(kind, kinds.get(kind)!, input, services, hasDevice).catch((error: unknown) => {
          throw outcomeOf(error) === 'fault' ? faultOf(error, input.jobId) : error;
        }),
    ]),
  );
}

async function runJob(
  kind: JobKind,
  working: WorkingKind,
  { jobId }: JobWorkflowInput,
  services: SliceServices,
  hasDevice: boolean,
): Promise<JobWorkflowResult> {
  const run = await JobRun.begin(services.database, services.effects, jobId);
  if (typeof run === 'string') return { jobId, status: run, timeLimited: false };
  return tracedAttempt(run.job, () => runAttempt(run, kind, working, services, hasDevice));
}

async function runAttempt(
  run: JobRun,
  kind: JobKind,
  working: WorkingKind,
  services: SliceServices,
  hasDevice: boolean,
): Promise<JobWorkflowResult> {
  const jobId = run.job.id;
  const attempt = new Attempt(run, services);
  try {
    const pool = attempt.pool;
    const work = await working.load(run.job, { pool, hasDevice, isStopped: () => attempt.reason !== undefined });
    const { parts, series } = await slices(work, attempt);
    const { reason } = attempt;
    const computed = await work.finish(parts, { reason, series });
    requireFinite(kind, computed.result);
    const status: JobStatus = reason === 'cancelled' ? 'cancelled' : 'succeeded';
    const timeLimited = reason === 'time_limit';
    await run.finish({ status, timeLimited, usage: attempt.usage, series: new Map(), ...computed });
    return { jobId, status, timeLimited };
  } catch (error) {
    const outcome = outcomeOf(error);
    // A superseded attempt's usage is the next one's to count; without a database there is nothing to count in.
    if (outcome === 'fault' || outcome === 'ends') await run.saveUsage(attempt.usage);
    throw outcome === 'fault' ? faultOf(error, jobId, run.job.request_id) : error;
  } finally {
    attempt.end();
  }
}

/**
 * What an error means for the job: it ends the job, it is an error of ours, which the workflow counts, or it only ends
 * the attempt and Temporal repeats it without a limit: another attempt has taken over, or a part cannot be reached.
 */
function outcomeOf(error: unknown): 'ends' | 'fault' | 'repeats' {
  if (error instanceof SupersededError) return 'repeats';
  if (error instanceof ApplicationFailure) return 'ends';
  if (error instanceof TemporalFailure) return 'repeats';
  if (!(error instanceof AppError) || error.code === 'internal') return 'fault';
  return ERROR_CODES[error.code].final ? 'ends' : 'repeats';
}

/** Logs an error of ours. @returns the failure that the workflow counts */
function faultOf(error: unknown, jobId: string, requestId: string | null = null): ApplicationFailure {
  Context.current().log.error('A job met an error of ours', { job_id: jobId, request_id: requestId, error });
  return ApplicationFailure.nonRetryable(String(error), FAULT);
}

const UNBEGUN: PartState = { state: null, result: null, progress: 0, done: false, isTimeLimited: false, busyMs: 0 };

/** Runs the parts of a work, some at the same time, until all are done or the attempt must stop. */
async function slices({ task, specs, ...work }: Work, attempt: Attempt) {
  const { sideBySide = 1, sliceMs = SLICE_MS, isResumable = true } = work;
  const stored = attempt.run.checkpoint?.data;
  // A checkpoint of another release's format is undefined: the work begins again.
  const known = isResumable && stored ? decodeCheckpoint<PartState[]>(stored) : undefined;
  if (isResumable && stored && known === undefined)
    Context.current().log.warn('The checkpoint has the format of another release: the job begins again', {
      job_id: attempt.run.job.id,
    });
  const parts: PartState[] = known ?? specs.map(() => UNBEGUN);
  const series = new Map<string, Uint8Array>();
  while (attempt.reason === undefined) {
    const open = parts.flatMap(({ done }, k) => (done ? [] : [k])).slice(0, sideBySide);
    if (open.length === 0) break;
    await Promise.all(open.map(slice));
    await attempt.keep(work.evaluations?.(parts) ?? null, () => ({
      fraction: parts.reduce((sum, { progress }) => sum + progress, 0) / parts.length,
      data: isResumable ? encodeCheckpoint(parts) : null,
      progress: work.progress?.(parts) ?? {},
    }));
  }
  if (parts.some(({ isTimeLimited }) => isTimeLimited)) attempt.reason ??= 'time_limit';
  return { parts, series };

  async function slice(k: number): Promise<void> {
    const { state, busyMs: before } = parts[k];
    const input: AnySliceInput = {
      spec: specs[k],
      state,
      budgetMs: sliceMs,
      control: attempt.control,
      // Each part has an equal share of the job's time.
      timeShare: (before * specs.length) / (1000 * attempt.softLimitS),
    };
    const { result: done, busyMs } = await attempt.pool.run<SliceTask>(task, input as TaskInput<SliceTask>);
    if (done.device) attempt.countDevice(done.device);
    parts[k] = {
      state: done.state,
      result: done.result,
      progress: done.progress,
      done: done.done,
      isTimeLimited: done.isTimeLimited,
      busyMs: before + busyMs,
    };
    for (const [name, data] of done.series) series.set(name, data);
  }
}

interface Saved {
  readonly fraction: number;
  readonly data: Buffer | null;
  /** Shown with the fraction that is done */
  readonly progress: Readonly<Record<string, unknown>>;
}

/** One attempt at a job: its heartbeat, its limits, its checkpoints, and the reason why it must stop. */
class Attempt {
  readonly run: JobRun;
  /** Shared with the threads; its first element becomes 1 when they must stop. */
  readonly control = newControl();
  reason: StopReason | undefined;
  readonly #services: SliceServices;
  readonly #context = Context.current();
  readonly #heartbeat: NodeJS.Timeout;
  /** Whether this attempt is over, but not its job: another attempt continues it. */
  #isLost = false;
  #computeS: number;
  #evaluations: number | null;
  #savedAt = Date.now();

  constructor(run: JobRun, services: SliceServices) {
    this.run = run;
    this.#services = services;
    this.#computeS = run.job.compute_s ?? 0;
    this.#evaluations = run.job.evaluations;
    this.#heartbeat = setInterval(() => this.#context.heartbeat(run.job.progress), HEARTBEAT_MS);
    if (this.#context.cancellationSignal.aborted) this.#stop();
    else this.#context.cancellationSignal.addEventListener('abort', this.#stop, { once: true });
  }

  /** The process's threads, whose busy time counts for the job */
  readonly pool: JobPool = {
    run: (task, input) =>
      this.#services.pool.run(task, input, {
        onBusy: (busyMs) => {
          this.#computeS += busyMs / 1000;
        },
      }),
  };

  /** The device's time counts for the job, as that of threads does. */
  countDevice({ ms, memoryBytes }: NonNullable<Slice<unknown, unknown>['device']>): void {
    this.#computeS += ms / 1000;
    metrics.gpuBusy.inc(ms / 1000);
    metrics.gpuMemory.set(memoryBytes);
  }

  readonly #stop = (): void => {
    // Only a request for cancellation ends the job with its best result so far; another worker continues a lost or moved attempt.
    if (this.#context.cancellationDetails?.cancelRequested) this.reason = 'cancelled';
    else this.#isLost = true;
    Atomics.store(this.control, 0, 1);
  };

  get softLimitS(): number {
    return this.#services.softLimitS;
  }

  /** What the job has used in all its attempts together */
  get usage(): Usage {
    return { computeS: this.#computeS, evaluations: this.#evaluations };
  }

  /**
   * Called between two slices: stores the state of the work if a checkpoint is due, and decides whether the work
   * continues.
   * @param evaluations designs that a search has evaluated so far; null for kinds that count none
   * @throws AppError `job.time_limit` at the hard limit; ApplicationFailure if another attempt must continue
   */
  async keep(evaluations: number | null, save: () => Saved): Promise<void> {
    const { softLimitS, hardLimitS, checkpointS } = this.#services;
    this.#evaluations = evaluations;
    if (this.#computeS > hardLimitS)
      throw new AppError('job.time_limit', `The job used ${Math.round(this.#computeS)} s of compute time`, {
        fix: 'Split it into smaller jobs.',
      });
    if (this.#computeS > softLimitS) this.reason ??= 'time_limit';
    if (this.#isLost || Date.now() - this.#savedAt >= checkpointS * 1000) {
      const { fraction, data, progress } = save();
      await this.run.saveCheckpoint({ state: progress, data }, this.usage, fraction, progress);
      this.#savedAt = Date.now();
    }
    if (this.#isLost)
      throw ApplicationFailure.retryable('This attempt continues on another worker from its checkpoint', 'Moved');
  }

  end(): void {
    clearInterval(this.#heartbeat);
    this.#context.cancellationSignal.removeEventListener('abort', this.#stop);
  }
}

/**
 * JSON would silently change a NaN into null.
 * @throws AppError that names the first number of a result that is not finite
 */
function requireFinite(kind: JobKind, result: unknown): void {
  const fault = notFinite(result, 'result');
  if (fault) throw new AppError(technologyOf(kind).invalidInput, `${fault}: the input has no finite answer`);
}

function notFinite(value: unknown, name: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${name} is ${value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, one] of Object.entries(value)) {
    const fault = notFinite(one, `${name}.${key}`);
    if (fault) return fault;
  }
  return undefined;
}

/** Returns the failure by which Temporal decides on a retry: a final error of the platform is never retried. */
export function toFailure(error: unknown): unknown {
  if (error instanceof SupersededError) return ApplicationFailure.retryable(error.message, 'Superseded');
  if (!(error instanceof AppError)) return error;
  return ApplicationFailure.create({
    message: error.message,
    type: error.code,
    nonRetryable: ERROR_CODES[error.code].final,
    cause: error,
  });
}
