/**
 * What every compute activity has in common: it takes its job on from the last checkpoint, heartbeats, stops on cancel,
 * at the soft and hard time limits and when its worker shuts down, and ends with one transaction.
 */
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { ComputePool } from '../src/compute/pool.ts';
import { newControl } from '../src/compute/pool.ts';
import type { ClimateInput, WindClimate } from '../src/wind/resource/climate.ts';
import { AppError } from '../src/contracts/common/app-error.ts';
import { ERROR_CODES } from '../src/contracts/common/error-codes.ts';
import type { JobWorkflowInput, JobWorkflowResult } from '../src/contracts/jobs/jobs.ts';
import type { Database } from '../src/adapters/database/database.ts';
import type { JobRow } from '../src/adapters/database/entities.ts';
import type { Checkpoint, Outcome } from '../src/services/jobs/job-run.ts';
import { JobRun, SupersededError } from '../src/services/jobs/job-run.ts';
import type { WeatherDatasets } from '../src/services/weather/weather-datasets.ts';
import type { WindLibrary } from '../src/services/wind/library.ts';

/** What activities get from their process. */
export interface ComputeDependencies {
  readonly database: Database;
  readonly weather: WeatherDatasets;
  readonly windLibrary: WindLibrary;
  readonly readWindClimate: (input: ClimateInput) => Promise<WindClimate>;
  readonly pool: ComputePool;
  /** Compute time after which the best so far is the result [ms] */
  readonly softLimitMs: number;
  /** Compute time after which the job fails [ms] */
  readonly hardLimitMs: number;
}

/** Between two checkpoints, and between two progress events [ms]. */
const CHECKPOINT_MS = 2_000;
const HEARTBEAT_MS = 250;

/** State of the work, and what its progress event says in addition to the fraction. */
type Saved = Pick<Checkpoint, 'state' | 'data'> & { readonly progress?: Readonly<Record<string, unknown>> };

/** One attempt, as the code of a job kind sees it. */
export interface ComputeRun {
  readonly run: JobRun;
  /** For the thread; its first element becomes 1 when it must stop. */
  readonly control: Int32Array;
  /** Why to stop, if so. */
  readonly stopping: () => 'cancelled' | 'time_limit' | undefined;
  /** Adds a thread's busy time, and lets go on or not. @throws when the worker shuts down or the hard limit is passed */
  readonly spent: (busyMs: number, fraction: number, save: () => Saved) => Promise<void>;
}

/** Result of a job kind's code; status and time limit follow from how it was stopped. */
export type Computed = Pick<Outcome, 'result' | 'series' | 'also'>;

export async function runCompute(
  input: JobWorkflowInput,
  dependencies: ComputeDependencies,
  compute: (run: ComputeRun) => Promise<Computed>,
): Promise<JobWorkflowResult> {
  const context = Context.current();
  const run = await JobRun.begin(dependencies.database, input.jobId);
  if (typeof run === 'string') return { jobId: input.jobId, status: run, timeLimited: false };

  const control = newControl();
  let reason: 'cancelled' | 'time_limit' | undefined;
  let lost = false;
  const stop = (): void => {
    // Only a request for cancellation keeps what was found; a lost or moving attempt is taken up again elsewhere.
    if (context.cancellationDetails?.cancelRequested) reason = 'cancelled';
    else lost = true;
    Atomics.store(control, 0, 1);
  };
  if (context.cancellationSignal.aborted) stop();
  else context.cancellationSignal.addEventListener('abort', stop, { once: true });
  const heartbeat = setInterval(() => context.heartbeat(run.job.progress), HEARTBEAT_MS);

  let consumedMs = run.checkpoint?.consumedMs ?? 0;
  let savedAt = Date.now();
  const spent: ComputeRun['spent'] = async (busyMs, fraction, save) => {
    consumedMs += busyMs;
    if (consumedMs > dependencies.hardLimitMs)
      throw new AppError('job.time_limit', `The job used ${Math.round(consumedMs / 1000)} s of compute time`, {
        fix: 'Split it into smaller jobs.',
      });
    if (consumedMs > dependencies.softLimitMs) reason ??= 'time_limit';
    if (lost || Date.now() - savedAt >= CHECKPOINT_MS) {
      const { progress = {}, ...checkpoint } = save();
      await run.saveCheckpoint({ consumedMs, ...checkpoint }, fraction, progress);
      savedAt = Date.now();
    }
    if (lost)
      throw ApplicationFailure.retryable('This attempt continues on another worker from its checkpoint', 'Moved');
  };
  try {
    const computed = await compute({ run, control, stopping: () => reason, spent });
    requireFinite(run.job, computed.result);
    const status = reason === 'cancelled' ? 'cancelled' : 'succeeded';
    const timeLimited = reason === 'time_limit';
    await run.finish({ status, timeLimited, ...computed });
    return { jobId: input.jobId, status, timeLimited };
  } catch (error) {
    if (error instanceof SupersededError) throw ApplicationFailure.retryable(error.message, 'Superseded');
    throw toFailure(error);
  } finally {
    clearInterval(heartbeat);
    context.cancellationSignal.removeEventListener('abort', stop);
  }
}

/**
 * JSON would silently change a NaN into null.
 * @throws AppError that names the first number of a result that is not finite
 */
function requireFinite({ kind }: Pick<JobRow, 'kind'>, result: unknown): void {
  const fault = notFinite(result, 'result');
  if (fault)
    throw new AppError(
      kind.startsWith('wind') ? 'wind.invalid_input' : 'solar.invalid_input',
      `${fault}: the input has no finite answer`,
    );
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

/** The failure by which Temporal decides on a retry: a final error of the platform is never retried. */
export function toFailure(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  return ApplicationFailure.create({
    message: error.message,
    type: error.code,
    nonRetryable: ERROR_CODES[error.code].final,
    cause: error,
  });
}
