/** A job as a worker sees it: taken on, checkpointed, ended. Writes of a superseded attempt are refused. */
import type { AppError } from '../../contracts/common/app-error.ts';
import type { JobStatus } from '../../contracts/jobs/jobs.ts';
import { isTerminal } from '../../contracts/jobs/jobs.ts';
import type { Database, Queryable, Transaction } from '../../adapters/database/database.ts';
import type { JobRow } from '../../adapters/database/entities.ts';
import { appendEvent, JOB_EVENTS_CHANNEL } from './jobs.ts';

/** Another attempt has taken the job over: this one must stop and write nothing more. */
export class SupersededError extends Error {
  constructor(jobId: string) {
    super(`Another attempt has taken over job ${jobId}`);
    this.name = 'SupersededError';
  }
}

export interface Checkpoint {
  /** Compute time of all attempts together [ms] */
  readonly consumedMs: number;
  /** Small values. */
  readonly state: Readonly<Record<string, unknown>>;
  /** Large ones, as `encodeColumns` wrote them. */
  readonly data: Buffer | null;
}

export interface Outcome {
  readonly status: 'succeeded' | 'cancelled';
  readonly timeLimited: boolean;
  readonly result: Readonly<Record<string, unknown>>;
  /** Encoded columns by name. */
  readonly series: ReadonlyMap<string, Uint8Array>;
  /** What is committed with a success. */
  readonly also?: (tx: Queryable) => Promise<void>;
}

/** Starts a queued job: its row, event and checkpoint in one statement. Returns no row if the job was started before. */
const FIRST_ATTEMPT = `
  WITH job AS (
    UPDATE jobs SET status = 'running', started_at = now(), event_seq = event_seq + 1
    WHERE id = $1 AND status = 'queued' RETURNING *),
  event AS (INSERT INTO job_events (job_id, seq, type, data) SELECT id, event_seq, 'job.started', '{}' FROM job),
  checkpoint AS (INSERT INTO job_checkpoints (job_id, attempt, consumed_ms, state) SELECT id, 1, 0, '{}' FROM job)
  SELECT *, pg_notify('${JOB_EVENTS_CHANNEL}', id) FROM job`;

/** One attempt at a job, holding the number that its writes are checked against. */
export class JobRun {
  readonly job: JobRow;
  /** Where the attempt before stopped. */
  readonly checkpoint?: Checkpoint;
  readonly #database: Database;
  readonly #attempt: number;

  private constructor(database: Database, job: JobRow, attempt: number, checkpoint?: Checkpoint) {
    this.#database = database;
    this.job = job;
    this.#attempt = attempt;
    this.checkpoint = checkpoint;
  }

  /**
   * Takes a job on: later attempts supersede earlier ones.
   * @returns the attempt, or the status of a job that has ended already
   */
  static async begin(database: Database, jobId: string): Promise<JobRun | JobStatus> {
    const [first] = await database.query<JobRow>(FIRST_ATTEMPT, [jobId]);
    if (first) return new JobRun(database, first, 1);
    return database.transaction(async (tx) => {
      const [job] = await tx.query<JobRow>('SELECT * FROM jobs WHERE id = $1 FOR UPDATE', [jobId]);
      if (!job) return 'failed';
      if (isTerminal(job.status)) return job.status;
      const [row] = await tx.query<{ attempt: number; consumed_ms: number; state: object; data: Buffer | null }>(
        `INSERT INTO job_checkpoints AS c (job_id, attempt, consumed_ms, state) VALUES ($1, 1, 0, '{}')
         ON CONFLICT (job_id) DO UPDATE SET attempt = c.attempt + 1 RETURNING attempt, consumed_ms, state, data`,
        [jobId],
      );
      const checkpoint = { consumedMs: row.consumed_ms, state: row.state as Record<string, unknown>, data: row.data };
      return new JobRun(database, job, row.attempt, checkpoint);
    });
  }

  /** Stores the state of the work and notifies clients of the fraction that is done. @throws SupersededError */
  async saveCheckpoint(checkpoint: Checkpoint, fraction: number, progress: Record<string, unknown>): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#fence(tx);
      await tx.query(
        'UPDATE job_checkpoints SET consumed_ms = $2, state = $3, data = $4, updated_at = now() WHERE job_id = $1',
        [this.job.id, checkpoint.consumedMs, checkpoint.state, checkpoint.data],
      );
      await this.#tell(tx, fraction, progress);
    });
  }

  /** Tells clients the fraction done, 0 to 1. @throws SupersededError */
  async progress(fraction: number, progress: Record<string, unknown>): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#fence(tx);
      await this.#tell(tx, fraction, progress);
    });
  }

  /** Result, series, status and event in one transaction; the checkpoint goes. @throws SupersededError */
  async finish(outcome: Outcome): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#fence(tx);
      for (const [name, data] of outcome.series)
        await tx.query('INSERT INTO job_series (job_id, name, data) VALUES ($1, $2, $3)', [this.job.id, name, data]);
      await tx.query('DELETE FROM job_checkpoints WHERE job_id = $1', [this.job.id]);
      if (outcome.status === 'succeeded') await outcome.also?.(tx);
      await appendEvent(
        tx,
        this.job.id,
        outcome.status === 'succeeded' ? 'job.succeeded' : 'job.cancelled',
        { is_time_limited: outcome.timeLimited },
        {
          sql: `status = $4, time_limited = $5, result = $6, ended_at = now(),
                progress = CASE WHEN $4 = 'succeeded' THEN 1 ELSE progress END`,
          parameters: [outcome.status, outcome.timeLimited, outcome.result],
        },
      );
    });
  }

  #tell(tx: Transaction, fraction: number, progress: Record<string, unknown>): Promise<number> {
    const data = { fraction, ...progress };
    return appendEvent(tx, this.job.id, 'job.progress', data, { sql: 'progress = $4', parameters: [fraction] });
  }

  // The job's row is locked first, everywhere: so locks are always taken in one order. The checkpoint's is locked too, for
  // only a locked row is looked at again after the wait.
  async #fence(tx: Queryable): Promise<void> {
    const own = await tx.query(
      `SELECT 1 FROM jobs j JOIN job_checkpoints c ON c.job_id = j.id
       WHERE j.id = $1 AND j.status = 'running' AND c.attempt = $2 FOR UPDATE OF j, c`,
      [this.job.id, this.#attempt],
    );
    if (own.length === 0) throw new SupersededError(this.job.id);
  }
}

/**
 * Gives a job a terminal status if its workflow ends without a result; a job that has ended does not change.
 * @returns the status of the job
 */
export async function closeJob(
  database: Database,
  jobId: string,
  status: 'failed' | 'cancelled',
  error?: Pick<AppError, 'code' | 'message'>,
): Promise<JobStatus> {
  return database.transaction(async (tx) => {
    const [job] = await tx.query<JobRow>('SELECT status FROM jobs WHERE id = $1 FOR UPDATE', [jobId]);
    if (!job) return status;
    if (isTerminal(job.status)) return job.status;
    await tx.query('DELETE FROM job_checkpoints WHERE job_id = $1', [jobId]);
    const detail = error && { code: error.code, message: error.message };
    await appendEvent(
      tx,
      jobId,
      status === 'failed' ? 'job.failed' : 'job.cancelled',
      detail ? { error: detail } : {},
      {
        sql: 'status = $4, error = $5, ended_at = now()',
        parameters: [status, detail ?? null],
      },
    );
    return status;
  });
}
