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
  readonly pool: Pick<ComputePool, 'run'>;
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
  /**
   * Called between two tasks: stores the state of the work when that is due, and decides whether the work continues.
   * @param evaluations designs of a search so far
   * @throws when the worker shuts down or the hard limit is passed
   */
  readonly keep: (fraction: number, save: () => Saved, evaluations?: number) => Promise<void>;
}

/** Result of a job kind's code; status and time limit follow from how it was stopped. */
export type Computed = Pick<Outcome, 'result' | 'series' | 'onCommit'>;

/** @param compute gets the dependencies with a pool that counts what the job uses */
export async function runCompute<Dependencies extends ComputeDependencies>(
  input: JobWorkflowInput,
  dependencies: Dependencies,
  compute: (run: ComputeRun, dependencies: Dependencies) => Promise<Computed>,
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

  let computeS = run.job.compute_s ?? 0;
  let evaluations = run.job.evaluations;
  const usage = () => ({ computeS, evaluations });
  const pool: ComputeDependencies['pool'] = {
    run(task, taskInput) {
      return dependencies.pool.run(task, taskInput, (busyMs) => {
        computeS += busyMs / 1000;
      });
    },
  };
  const readWindClimate = async (climate: ClimateInput) => (await pool.run('windClimate', climate)).result;
  let savedAt = Date.now();
  const keep: ComputeRun['keep'] = async (fraction, save, evaluated) => {
    if (evaluated !== undefined) evaluations = evaluated;
    if (computeS * 1000 > dependencies.hardLimitMs)
      throw new AppError('job.time_limit', `The job used ${Math.round(computeS)} s of compute time`, {
        fix: 'Split it into smaller jobs.',
      });
    if (computeS * 1000 > dependencies.softLimitMs) reason ??= 'time_limit';
    if (lost || Date.now() - savedAt >= CHECKPOINT_MS) {
      const { progress = {}, ...checkpoint } = save();
      await run.saveCheckpoint(checkpoint, usage(), fraction, progress);
      savedAt = Date.now();
    }
    if (lost)
      throw ApplicationFailure.retryable('This attempt continues on another worker from its checkpoint', 'Moved');
  };
  try {
    const counting = { ...dependencies, pool, readWindClimate };
    const computed = await compute({ run, control, stopping: () => reason, keep }, counting);
    requireFinite(run.job, computed.result);
    const status = reason === 'cancelled' ? 'cancelled' : 'succeeded';
    const timeLimited = reason === 'time_limit';
    await run.finish({ status, timeLimited, usage: usage(), ...computed });
    return { jobId: input.jobId, status, timeLimited };
  } catch (error) {
    // A superseded attempt's usage is the next one's to count.
    if (!(error instanceof SupersededError)) await run.saveUsage(usage());
    throw error;
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
  if (error instanceof SupersededError) return ApplicationFailure.retryable(error.message, 'Superseded');
  if (!(error instanceof AppError)) return error;
  return ApplicationFailure.create({
    message: error.message,
    type: error.code,
    nonRetryable: ERROR_CODES[error.code].final,
    cause: error,
  });
}
