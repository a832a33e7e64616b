/** What the API does with jobs: it accepts, reads, lists and cancels them. job-run.ts contains what a worker does. */
import { randomInt } from 'node:crypto';
import { AppError } from '../../contracts/common/app-error.ts';
import { MAX_TEXT } from '../../contracts/common/json-text.ts';
import type { GpuStart, JobEvents, JobEventType, JobStatus } from '../../contracts/jobs/jobs.ts';
import { JOB_CONTRACTS, type JobInput, type JobKind, type JobResult } from '../../contracts/jobs/kinds.ts';
import type { JobWarning } from '../../contracts/jobs/warnings.ts';
import { isTerminal } from '../../contracts/jobs/jobs.ts';
import type { JobExperiment } from '../../contracts/experiments/experiments.ts';
import type { JsonText } from '../../lib/json-text.ts';
import { activeTraceparent } from '../../adapters/observability/tracing.ts';
import { ENGINE_VERSION } from '../../adapters/version/version.ts';
import type { Config } from '../../adapters/config/config.ts';
import type { Database, Queryable } from '../../adapters/database/database.ts';
import type { JobEventRow, JobRow, JobSummaryRow } from '../../adapters/database/tables/jobs.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { keepJob, type RepeatableRequest } from '../idempotency/idempotency.ts';
import { type JobLimits, NOTE_DELETED_COMPUTE, requireJobAllowed } from '../accounts/plan-limits.ts';
import { requireBudget } from '../accounts/budget-limit.ts';
import { expose } from '../experiments/experiments.ts';
import { audit } from '../audit/audit.ts';
import { type EmitEvent, eventEmitter } from '../webhooks/events.ts';

export const JOB_EVENTS_CHANNEL = 'job_events';
export const OUTBOX_CHANNEL = 'outbox';
/** Advisory lock that each accepted job shares until it is committed; who holds it exclusively stops the intake. */
export const INTAKE_LOCK = 719_202_611;

export interface NewJob<Kind extends JobKind = JobKind> {
  readonly orgId: string;
  readonly kind: Kind;
  readonly input: JobInput<Kind> | JsonText<JobInput<Kind>>;
  /** Default: drawn at random; stored with the job. */
  readonly seed?: number;
  readonly warnings?: readonly JobWarning[];
  readonly gpu?: GpuStart | null;
  /** The variant of an experiment that chose a default */
  readonly experiment?: JobExperiment;
  /** Id of the user or API key. */
  readonly createdBy: string;
  /** Started with a test key */
  readonly isTest?: boolean;
  /** The request, if it has an Idempotency-Key */
  readonly repeatable?: RepeatableRequest;
  /** Id of the request that creates the job, as in X-Request-Id */
  readonly requestId?: string;
  /** Limits of the organization's plan; absent: none */
  readonly limits?: JobLimits;
}

/** What a process does where jobs begin and end */
export interface JobEffects {
  /** Emits events to webhooks, or drops them where webhooks are disabled */
  readonly emitEvent: EmitEvent;
  readonly isMetered: boolean;
}
export const jobEffects = (config: Pick<Config, 'ENABLE_WEBHOOKS' | 'METERING_ENABLED'>): JobEffects => ({
  emitEvent: eventEmitter(config.ENABLE_WEBHOOKS),
  isMetered: config.METERING_ENABLED,
});

/** Characters of a stored text that are read at once */
const PIECE = 4 * 1024 * 1024;

/** A text of JSON that may have tens of megabytes, and is read piece by piece */
export interface LongText {
  readonly first: string;
  /** Characters of the whole text */
  readonly length: number;
  /** Reads what follows the first piece; absent if there is none. */
  rest?(): AsyncIterable<string>;
}
export const wholeText = (first: string): LongText => ({ first, length: first.length });

/** A job with its input and result as texts of JSON, as answers show it */
export interface ShownJob {
  readonly job: JobSummaryRow;
  readonly input: LongText;
  readonly result: LongText | null;
}

/** A job with its input and result as text of JSON */
export interface StoredJob {
  readonly job: JobSummaryRow;
  readonly input: string;
  readonly result: string | null;
}

export interface JobFilter {
  readonly kind?: JobKind;
  readonly status?: JobStatus;
  readonly limit: number;
  /** Id of the last job of the previous page. */
  readonly before?: string;
}

const COLUMNS = `id, org_id, kind, status, input, progress, seed, engine_version, time_limited, event_seq, created_by,
  result, error, warnings, created_at, started_at, ended_at, cancel_requested_at, is_test, experiment, compute_s, attempts, evaluations, queue_wait_s`;
const WITHOUT_BODIES = COLUMNS.replace('input, ', '').replace('result, ', '');

/** Columns of a job that have other names in the API. */
export const publicNames = ({
  time_limited,
  attempts,
  evaluations,
}: Pick<JobRow, 'time_limited' | 'attempts' | 'evaluations'>) => ({
  is_time_limited: time_limited,
  n_attempts: attempts,
  n_evaluations: evaluations,
});

const QUEUE = `CASE kind ${JOB_CONTRACTS.map(({ kind, queue }) => `WHEN '${kind}' THEN '${queue}'`).join(' ')} END`;
const ACCEPTED = `INSERT INTO usage_records (org_id, metric, kind, caller, amount)
  SELECT org_id, 'jobs', kind, created_by, 1 FROM job WHERE NOT is_test`;
/** Meters what a job has used when it ends. */
const USED = `INSERT INTO usage_records (org_id, metric, kind, caller, amount)
  SELECT job.org_id, u.metric, u.of_kind, job.created_by, u.amount
  FROM (SELECT *, ${QUEUE} AS queue FROM job) job, LATERAL (VALUES
    ('compute_s', job.queue, job.compute_s),
    ('evaluations', job.kind, job.evaluations::float8),
    ('stored_series', job.kind, (SELECT count(*) FROM job_series s WHERE s.job_id = job.id)::float8),
    ('written_reports', job.kind, (SELECT 1 FROM reports r WHERE r.job_id = job.id AND job.status = 'succeeded')::float8)
  ) AS u (metric, of_kind, amount) WHERE u.amount > 0 AND NOT job.is_test`;

/**
 * Adds an event under the job row's lock, so that a reader who has event n never misses event n - 1. Changes the row's own
 * columns in the same statement; at a job's end meters what it has used and notifies webhooks.
 * @param changes SQL assignments that use parameters from $4 on
 * @returns the event's number
 */
export async function appendEvent<Type extends JobEventType>(
  db: Queryable,
  effects: JobEffects,
  jobId: string,
  type: Type,
  data: JobEvents[Type],
  changes: { readonly sql: string; readonly parameters: readonly unknown[] } = { sql: '', parameters: [] },
): Promise<number> {
  const isEnd = type === 'job.succeeded' || type === 'job.failed' || type === 'job.cancelled';
  const [{ seq, org_id, is_awaited, ...job }] = await db.query<ToldJob>(
    `WITH job AS (UPDATE jobs SET event_seq = event_seq + 1${changes.sql && `, ${changes.sql}`} WHERE id = $1 RETURNING *),
       ${isEnd && effects.isMetered ? `used AS (${USED}),` : ''}
       event AS (INSERT INTO job_events (job_id, seq, type, data) SELECT id, event_seq, $2, $3 FROM job)
     SELECT event_seq AS seq, org_id, id AS job_id, kind, status, is_test, time_limited, error, warnings, created_at, started_at, ended_at,
       compute_s, attempts, evaluations, queue_wait_s,
       EXISTS (SELECT 1 FROM webhooks w WHERE w.org_id = job.org_id AND w.enabled AND $2 = ANY(w.events)) AS is_awaited,
       pg_notify('${JOB_EVENTS_CHANNEL}', id) AS notified FROM job`,
    [jobId, type, data, ...changes.parameters],
  );
  if (is_awaited && isEnd) {
    const { notified: _, time_limited, attempts, evaluations, ...shown } = job;
    const renamed = publicNames({ time_limited, attempts, evaluations });
    await effects.emitEvent(db, org_id, type, { ...shown, ...renamed, sequence: seq });
  }
  return seq;
}

interface ToldJob
  extends Pick<
    JobRow,
    'org_id' | 'kind' | 'status' | 'time_limited' | 'attempts' | 'evaluations' | 'error' | 'warnings'
  > {
  readonly seq: number;
  readonly job_id: string;
  readonly is_awaited: boolean;
  readonly notified: unknown;
}

export class Jobs {
  readonly #database: Database;
  readonly #effects: JobEffects;
  readonly #wakeOutbox: () => void;

  /** @param wakeOutbox called after a job or a cancellation is committed */
  constructor(database: Database, effects: JobEffects, wakeOutbox: () => void) {
    this.#database = database;
    this.#effects = effects;
    this.#wakeOutbox = wakeOutbox;
  }

  /**
   * Accepts a job: its row, first event, outbox row and idempotency key are committed together or not at all.
   * @param onCommit writes rows that are committed with the job
   * @throws AppError `plan.limit_reached`
   */
  async create(job: NewJob, onCommit?: (tx: Queryable, jobId: string) => Promise<void>): Promise<ShownJob> {
    const id = newId('job');
    const input = typeof job.input === 'string' ? job.input : JSON.stringify(job.input);
    const { limits, repeatable } = job;
    const insert = (db: Queryable): Promise<JobSummaryRow> => insertJob(db, id, job, input, this.#effects.isMetered);
    const made =
      onCommit || limits || repeatable
        ? await this.#database.transaction(async (tx) => {
            if (limits) await requireJobAllowed(tx, job.orgId, limits, job.isTest === true);
            if (limits) await requireBudget(tx, job.orgId);
            const row = await insert(tx);
            if (job.experiment) await expose(tx, job.orgId, job.experiment);
            await onCommit?.(tx, id);
            if (repeatable) await keepJob(tx, repeatable, id);
            return row;
          })
        : await insert(this.#database);
    this.#wakeOutbox();
    return { job: made, input: wholeText(input), result: null };
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  get(orgId: string, id: string): Promise<JobRow> {
    return requireJob(this.#database, orgId, id);
  }

  /**
   * Returns a job with input and result as they are stored, of which the first pieces are read.
   * @throws AppError `request.not_found`, for another organization's too
   */
  async shown(orgId: string, id: string): Promise<ShownJob> {
    type Texts = Record<'input' | 'result', string | null> & Record<'input_length' | 'result_length', number | null>;
    // OFFSET keeps each text from being made twice.
    const [row] = await this.#database.query<JobSummaryRow & Texts>(
      `SELECT ${WITHOUT_BODIES}, left(texts.input, $3) AS input, length(texts.input) AS input_length,
         left(texts.result, $3) AS result, length(texts.result) AS result_length
       FROM jobs, LATERAL (SELECT jobs.input::text AS input, jobs.result::text AS result OFFSET 0) texts
       WHERE id = $1 AND org_id = $2`,
      [id, orgId, PIECE],
    );
    if (!row) throw notFound(id);
    const { input, result, input_length, result_length, ...job } = row;
    const text = (column: 'input' | 'result', first: string | null, length: number | null): LongText | null =>
      first === null ? null : { first, length: length ?? 0, rest: () => this.#restOf(id, column, length ?? 0) };
    return { job, input: text('input', input, input_length)!, result: text('result', result, result_length) };
  }

  /** @throws AppError `request.not_found` if the job is deleted meanwhile */
  async *#restOf(id: string, column: 'input' | 'result', length: number): AsyncGenerator<string> {
    for (let from = PIECE; from < length; from += PIECE) {
      const [row] = await this.#database.query<{ piece: string | null }>(
        `SELECT substr(${column}::text, $2, $3) AS piece FROM jobs WHERE id = $1`,
        [id, from + 1, PIECE],
      );
      if (!row?.piece) throw notFound(id);
      yield row.piece;
    }
  }

  /**
   * Returns a job with input and result as they are stored, because these may have megabytes that nobody here reads.
   * @throws AppError `request.not_found`, for another organization's too; `service.unavailable` beyond MAX_TEXT
   */
  async asText(orgId: string, id: string): Promise<StoredJob> {
    // OFFSET keeps each text from being made twice.
    const [row] = await this.#database.query<JobSummaryRow & { input: string; result: string | null; length: number }>(
      `SELECT ${WITHOUT_BODIES}, length, CASE WHEN length <= $3 THEN texts.input END AS input,
         CASE WHEN length <= $3 THEN texts.result END AS result
       FROM jobs, LATERAL (SELECT jobs.input::text AS input, jobs.result::text AS result OFFSET 0) texts,
         LATERAL (SELECT length(texts.input) + coalesce(length(texts.result), 0) AS length) sizes
       WHERE id = $1 AND org_id = $2`,
      [id, orgId, MAX_TEXT],
    );
    if (!row) throw notFound(id);
    const { input, result, length, ...job } = row;
    if (length > MAX_TEXT)
      throw new AppError(
        'service.unavailable',
        `Job ${id} has ${length} characters; pictures and documents are made of at most ${MAX_TEXT}`,
        { fix: `Read it with GET /v1/jobs/${id}.` },
      );
    return { job, input, result };
  }

  /** Returns a job without input and result. @throws AppError `request.not_found`, for another organization's too */
  async require(orgId: string, id: string): Promise<Pick<JobRow, 'id' | 'kind' | 'status' | 'event_seq'>> {
    const [row] = await this.#database.query<Pick<JobRow, 'id' | 'kind' | 'status' | 'event_seq'>>(
      'SELECT id, kind, status, event_seq FROM jobs WHERE id = $1 AND org_id = $2',
      [id, orgId],
    );
    if (!row) throw notFound(id);
    return row;
  }

  /** Lists the jobs, newest first, without inputs and results. */
  list(orgId: string, { kind, status, limit, before }: JobFilter): Promise<JobSummaryRow[]> {
    return this.#database.query<JobSummaryRow>(
      `SELECT ${WITHOUT_BODIES} FROM jobs WHERE org_id = $1 AND ($2::text IS NULL OR kind = $2)
         AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR id < $4) ORDER BY id DESC LIMIT $5`,
      [orgId, kind ?? null, status ?? null, before ?? null, limit],
    );
  }

  /**
   * Requests the end of a job. A job whose workflow has not started is cancelled immediately; a running one keeps its best result
   * so far and ends as cancelled within seconds. Cancelling is idempotent.
   * @throws AppError `request.not_found`, `job.already_finished`
   */
  async cancel(orgId: string, id: string): Promise<ShownJob> {
    await this.#database.transaction(async (tx) => {
      const [job] = await tx.query<Pick<JobRow, 'status' | 'cancel_requested_at'>>(
        'SELECT status, cancel_requested_at FROM jobs WHERE id = $1 AND org_id = $2 FOR UPDATE',
        [id, orgId],
      );
      if (!job) throw notFound(id);
      if (job.status === 'cancelled' || (job.cancel_requested_at && !isTerminal(job.status))) return;
      if (isTerminal(job.status))
        throw new AppError('job.already_finished', `Job ${id} ended with status ${job.status}`);
      await audit(tx, { orgId, type: 'job.cancelled', targetId: id });
      // A start that no relay is handling can be deleted; otherwise the workflow gets the signal.
      const unstarted = await tx.query(
        `DELETE FROM outbox WHERE id IN
           (SELECT id FROM outbox WHERE job_id = $1 AND topic = 'workflow.start' FOR UPDATE SKIP LOCKED) RETURNING id`,
        [id],
      );
      if (unstarted.length > 0 && job.status === 'queued') {
        await appendEvent(
          tx,
          this.#effects,
          id,
          'job.cancelled',
          {},
          {
            sql: `status = 'cancelled', cancel_requested_at = now(), ended_at = now()`,
            parameters: [],
          },
        );
        return;
      }
      await tx.query('UPDATE jobs SET cancel_requested_at = now() WHERE id = $1', [id]);
      await tx.query(`INSERT INTO outbox (topic, job_id) VALUES ('workflow.cancel', $1)`, [id]);
      await tx.query(`SELECT pg_notify('${OUTBOX_CHANNEL}', '')`);
    });
    this.#wakeOutbox();
    return this.shown(orgId, id);
  }

  /**
   * Deletes a job that has ended, with its result, series and events; the report that it has written too.
   * @throws AppError `request.not_found`, `job.not_finished`
   */
  async delete(orgId: string, id: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const [job] = await tx.query<Pick<JobRow, 'status' | 'kind'>>(
        'SELECT status, kind FROM jobs WHERE id = $1 AND org_id = $2 FOR UPDATE',
        [id, orgId],
      );
      if (!job) throw notFound(id);
      if (!isTerminal(job.status))
        throw new AppError('job.not_finished', `Job ${id} is ${job.status}`, {
          fix: `Cancel it first with POST /v1/jobs/${id}/cancel.`,
        });
      await tx.query(`WITH gone AS (DELETE FROM jobs WHERE id = $1 RETURNING *) ${NOTE_DELETED_COMPUTE}`, [id]);
      await audit(tx, { orgId, type: 'job.deleted', targetId: id, details: { kind: job.kind } });
    });
  }

  /** Returns the events after number `after`, oldest first. */
  events(jobId: string, after: number, limit = 500): Promise<JobEventRow[]> {
    return this.#database.query<JobEventRow>(
      'SELECT * FROM job_events WHERE job_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
      [jobId, after, limit],
    );
  }

  /** Names of the stored series of a job, in the order in which they were created. */
  async seriesNames(jobId: string): Promise<string[]> {
    const rows = await this.#database.query<{ name: string }>(
      'SELECT name FROM job_series WHERE job_id = $1 ORDER BY length(name), name',
      [jobId],
    );
    return rows.map(({ name }) => name);
  }

  /** Returns a stored series as encoded columns. @throws AppError `request.not_found` */
  async series(jobId: string, name: string): Promise<Buffer> {
    const [row] = await this.#database.query<{ data: Buffer }>(
      'SELECT data FROM job_series WHERE job_id = $1 AND name = $2',
      [jobId, name],
    );
    if (!row) throw new AppError('request.not_found', `Job ${jobId} has no series ${name}`);
    return row.data;
  }
}

type Outline<Value> = Value extends readonly unknown[] ? number : Value extends object ? object : Value;
interface OutlinedOf<Kind extends JobKind> extends Pick<JobSummaryRow<Kind>, 'id' | 'kind' | 'status'> {
  readonly result:
    | (JobResult<Kind> extends infer Result
        ? Result extends unknown
          ? { readonly [Name in keyof Result]: Outline<Result[Name]> }
          : never
        : never)
    | null;
}
/** A job with the outline of its result: in place of each list its length, in place of each object an empty one. */
export type OutlinedJob<Kind extends JobKind = JobKind> = { readonly [K in Kind]: OutlinedOf<K> }[Kind];

/** Reads the outline in the database, because the result may have megabytes. @throws AppError `request.not_found`, for another organization's too */
export async function outlinedJob(db: Queryable, orgId: string, id: string): Promise<OutlinedJob> {
  const [row] = await db.query<OutlinedJob>(
    `SELECT id, kind, status, (
       SELECT jsonb_object_agg(key, CASE jsonb_typeof(value) WHEN 'array' THEN to_jsonb(jsonb_array_length(value))
         WHEN 'object' THEN '{}' ELSE value END)
       FROM jsonb_each(result)) AS result
     FROM jobs WHERE id = $1 AND org_id = $2`,
    [id, orgId],
  );
  if (!row) throw notFound(id);
  return row;
}

/** @throws AppError `request.not_found`, for another organization's too */
async function requireJob(db: Queryable, orgId: string, id: string): Promise<JobRow> {
  const [row] = await db.query<JobRow>(`SELECT ${COLUMNS} FROM jobs WHERE id = $1 AND org_id = $2`, [id, orgId]);
  if (!row) throw notFound(id);
  return row;
}

/**
 * Writes the job's row, its first event, its outbox row and the relay's notification in one statement.
 * @param input of the job as JSON
 */
async function insertJob(
  db: Queryable,
  id: string,
  job: NewJob,
  input: string,
  isMetered: boolean,
): Promise<JobSummaryRow> {
  const rows = await db.query<JobSummaryRow & { notified: unknown }>(
    `WITH intake AS MATERIALIZED (SELECT pg_try_advisory_xact_lock_shared(${INTAKE_LOCK}) AS is_open), job AS (
       INSERT INTO jobs (id, org_id, kind, status, input, seed, engine_version, created_by, event_seq, warnings, request_id, gpu,
         is_test, traceparent, experiment)
       SELECT $1, $2, $3, 'queued', $4, $5, $6, $7, 1, $9::jsonb, $10, $11::jsonb, $12, $13, $14::jsonb FROM intake WHERE is_open RETURNING *),
     event AS (INSERT INTO job_events (job_id, seq, type, data) SELECT id, 1, 'job.queued', $8 FROM job),
     ${isMetered ? `used AS (${ACCEPTED}),` : ''}
     start AS (INSERT INTO outbox (topic, job_id) SELECT 'workflow.start', id FROM job)
     SELECT ${WITHOUT_BODIES}, pg_notify('${OUTBOX_CHANNEL}', '') AS notified FROM job`,
    [
      id,
      job.orgId,
      job.kind,
      input,
      job.seed ?? randomInt(2 ** 31),
      ENGINE_VERSION,
      job.createdBy,
      { kind: job.kind },
      JSON.stringify(job.warnings ?? []),
      job.requestId ?? null,
      job.gpu ? JSON.stringify(job.gpu) : null,
      job.isTest === true,
      activeTraceparent(),
      job.experiment ? JSON.stringify(job.experiment) : null,
    ],
  );
  if (rows.length === 0)
    throw new AppError('service.unavailable', 'No new jobs are accepted at the moment, because of maintenance', {
      fix: 'Send the request again in a few minutes.',
      retryAfterS: 60,
    });
  const [{ notified: _, ...row }] = rows;
  return row;
}

const notFound = (id: string): AppError => new AppError('request.not_found', `No job ${id}`);
