/**
 * What a worker does with a job: it starts attempts, stores checkpoints and ends the job. Writes of a superseded
 * attempt are refused.
 */
import type { AppError } from '../../contracts/common/app-error.ts';
import type { JobStatus } from '../../contracts/jobs/jobs.ts';
import { isTerminal } from '../../contracts/jobs/jobs.ts';
import type { JobResult } from '../../contracts/jobs/kinds.ts';
import type { JobWarning } from '../../contracts/jobs/warnings.ts';
import type { Database, Queryable, Transaction } from '../../adapters/database/database.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import { traceWorkflow } from './job-trace.ts';
import { metrics } from '../../adapters/observability/metrics.ts';
import { ENGINE_VERSION } from '../../adapters/version/version.ts';
import { appendEvent, JOB_EVENTS_CHANNEL, type JobEffects } from './jobs.ts';

/** Another attempt has superseded this one, which must stop and must not write any more. */
export class SupersededError extends Error {
  constructor(jobId: string) {
    super(`Another attempt has taken over job ${jobId}`);
    this.name = 'SupersededError';
  }
}

/** What a job has used so far in all its attempts. */
export interface Usage {
  /** Time that compute threads worked [s] */
  readonly computeS: number;
  /** Designs that a search has evaluated; null for kinds that count none. */
  readonly evaluations: number | null;
}

export interface Checkpoint {
  /** Small values of the state. */
  readonly state: Readonly<Record<string, unknown>>;
  /** Large values of the state, as `encodeCheckpoint` wrote them. */
  readonly data: Buffer | null;
}

export interface Outcome {
  readonly status: 'succeeded' | 'cancelled';
  readonly timeLimited: boolean;
  readonly result: JobResult;
  readonly warnings?: readonly JobWarning[];
  /** Encoded columns by name. */
  readonly series: ReadonlyMap<string, Uint8Array>;
  readonly usage: Usage;
  /** Rows that are committed together with the success. */
  readonly onCommit?: (tx: Queryable) => Promise<void>;
}

/**
 * If a job continues from a checkpoint of another engine version, it names both versions, because neither computed all
 * of it.
 */
const withEngine = (before: string): string =>
  before.split(', ').at(-1) === ENGINE_VERSION ? before : `${before}, ${ENGINE_VERSION}`;

/**
 * Starts a queued job: its row and event in one statement. Returns no row if the job was started before, or if its
 * cancellation was requested.
 */
const FIRST_ATTEMPT = `
  WITH job AS (
    UPDATE jobs SET status = 'running', started_at = now(), event_seq = event_seq + 1, attempts = 1,
      queue_wait_s = greatest(0, extract(epoch FROM now() - created_at)), engine_version = $2
    WHERE id = $1 AND status = 'queued' AND cancel_requested_at IS NULL RETURNING *),
  event AS (INSERT INTO job_events (job_id, seq, type, data) SELECT id, event_seq, 'job.started', '{}' FROM job)
  SELECT *, pg_notify('${JOB_EVENTS_CHANNEL}', id) FROM job`;

/** One attempt at a job. Its writes are checked against its number. */
export class JobRun {
  readonly job: JobRow;
  /** The state in which the previous attempt stopped. */
  readonly checkpoint?: Checkpoint;
  readonly #database: Database;
  readonly #effects: JobEffects;

  private constructor(database: Database, effects: JobEffects, job: JobRow, checkpoint?: Checkpoint) {
    this.#database = database;
    this.#effects = effects;
    this.job = job;
    this.checkpoint = checkpoint;
  }

  /**
   * Begins an attempt at a job, which supersedes earlier attempts.
   * @returns the attempt, or the status of a job that has ended already
   */
  static async begin(database: Database, effects: JobEffects, jobId: string): Promise<JobRun | JobStatus> {
    const [first] = await database.query<JobRow>(FIRST_ATTEMPT, [jobId, ENGINE_VERSION]);
    if (first) {
      metrics.jobQueueWait.observe({ kind: first.kind }, first.queue_wait_s ?? 0);
      return new JobRun(database, effects, first);
    }
    return database.transaction(async (tx) => {
      const [known] = await tx.query<JobRow>('SELECT * FROM jobs WHERE id = $1 FOR UPDATE', [jobId]);
      if (!known) return 'failed';
      if (isTerminal(known.status)) return known.status;
      if (known.status === 'queued' && known.cancel_requested_at) return close(tx, effects, jobId, 'cancelled');
      const [checkpoint] = await tx.query<Checkpoint>('SELECT state, data FROM job_checkpoints WHERE job_id = $1', [
        jobId,
      ]);
      const [job] = await tx.query<JobRow>(
        'UPDATE jobs SET attempts = attempts + 1, engine_version = $2 WHERE id = $1 RETURNING *',
        [jobId, checkpoint ? withEngine(known.engine_version) : ENGINE_VERSION],
      );
      return new JobRun(database, effects, job, checkpoint);
    });
  }

  /** Stores the state of the work and notifies clients of the fraction that is done. @throws SupersededError */
  async saveCheckpoint(
    checkpoint: Checkpoint,
    usage: Usage,
    fraction: number,
    progress: Record<string, unknown>,
  ): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#fence(tx);
      await tx.query(
        `INSERT INTO job_checkpoints (job_id, state, data) VALUES ($1, $2, $3)
         ON CONFLICT (job_id) DO UPDATE SET state = excluded.state, data = excluded.data, updated_at = now()`,
        [this.job.id, checkpoint.state, checkpoint.data],
      );
      await this.#tell(tx, fraction, progress, usage);
    });
  }

  /** Stores what an attempt has used if it ends without a result. @throws SupersededError */
  async saveUsage(usage: Usage): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#fence(tx);
      await tx.query('UPDATE jobs SET compute_s = $2, evaluations = $3 WHERE id = $1', [
        this.job.id,
        usage.computeS,
        usage.evaluations,
      ]);
    });
  }

  /** Writes result, series, status and event in one transaction and deletes the checkpoint. @throws SupersededError */
  async finish(outcome: Outcome): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#fence(tx);
      for (const [name, data] of outcome.series)
        await tx.query('INSERT INTO job_series (job_id, name, data) VALUES ($1, $2, $3)', [this.job.id, name, data]);
      await tx.query('DELETE FROM job_checkpoints WHERE job_id = $1', [this.job.id]);
      if (outcome.status === 'succeeded') await outcome.onCommit?.(tx);
      await appendEvent(
        tx,
        this.#effects,
        this.job.id,
        outcome.status === 'succeeded' ? 'job.succeeded' : 'job.cancelled',
        { is_time_limited: outcome.timeLimited },
        {
          sql: `status = $4, time_limited = $5, result = $6, ended_at = now(), compute_s = $7, evaluations = $8,
                warnings = warnings || $9::jsonb,
                progress = CASE WHEN $4 = 'succeeded' THEN 1 ELSE progress END`,
          parameters: [
            outcome.status,
            outcome.timeLimited,
            outcome.result,
            outcome.usage.computeS,
            outcome.usage.evaluations,
            JSON.stringify(outcome.warnings ?? []),
          ],
        },
      );
    });
    metrics.evaluations.inc({ kind: this.job.kind }, outcome.usage.evaluations ?? 0);
    traceWorkflow(this.job, outcome.status);
  }

  #tell(tx: Transaction, fraction: number, progress: Record<string, unknown>, usage?: Usage): Promise<number> {
    const used = usage ? [usage.computeS, usage.evaluations] : [];
    return appendEvent(
      tx,
      this.#effects,
      this.job.id,
      'job.progress',
      { ...progress, progress: fraction },
      {
        sql: `progress = $4${usage ? ', compute_s = $5, evaluations = $6' : ''}`,
        parameters: [fraction, ...used],
      },
    );
  }

  // Every transaction locks the job's row first, so that locks are always acquired in the same order.
  async #fence(tx: Queryable): Promise<void> {
    const own = await tx.query(`SELECT 1 FROM jobs WHERE id = $1 AND status = 'running' AND attempts = $2 FOR UPDATE`, [
      this.job.id,
      this.job.attempts,
    ]);
    if (own.length === 0) throw new SupersededError(this.job.id);
  }
}

/**
 * Gives a job a terminal status if its workflow ends without a result; a job that has ended does not change.
 * @returns the status of the job
 */
export async function closeJob(
  database: Database,
  effects: JobEffects,
  jobId: string,
  status: 'failed' | 'cancelled',
  error?: Pick<AppError, 'code' | 'message'>,
): Promise<JobStatus> {
  const { job, ended } = await database.transaction(async (tx) => {
    const [job] = await tx.query<JobRow>(
      'SELECT id, org_id, kind, status, created_at, request_id, traceparent FROM jobs WHERE id = $1 FOR UPDATE',
      [jobId],
    );
    if (!job || isTerminal(job.status)) return { ended: job?.status ?? status };
    await close(tx, effects, jobId, status, error && { ...error, requestId: job.request_id });
    return { job, ended: status };
  });
  if (job) traceWorkflow(job, ended);
  return ended;
}

/** The caller holds the lock of the job's row. */
async function close(
  tx: Queryable,
  effects: JobEffects,
  jobId: string,
  status: 'failed' | 'cancelled',
  error?: Pick<AppError, 'code' | 'message'> & { readonly requestId: string | null },
): Promise<JobStatus> {
  await tx.query('DELETE FROM job_checkpoints WHERE job_id = $1', [jobId]);
  // With the request id our logs show what happened; other errors say it themselves.
  const request = error?.code === 'internal' && error.requestId ? { request_id: error.requestId } : {};
  const detail = error && { code: error.code, message: error.message, ...request };
  await appendEvent(
    tx,
    effects,
    jobId,
    status === 'failed' ? 'job.failed' : 'job.cancelled',
    detail ? { error: detail } : {},
    {
      sql: 'status = $4, error = $5, ended_at = now()',
      parameters: [status, detail ?? null],
    },
  );
  return status;
}
