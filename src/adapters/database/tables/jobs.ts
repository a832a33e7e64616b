/** Jobs with what they leave behind, requests that run once, and the outbox through which workflows start. */
import { EntitySchema } from 'typeorm';
import type { ErrorCode } from '../../../contracts/common/error-codes.ts';
import type { JobExperiment } from '../../../contracts/experiments/experiments.ts';
import type { GpuStart, JobEventType, JobStatus, OutboxTopic } from '../../../contracts/jobs/jobs.ts';
import type { JobInput, JobKind, JobResult } from '../../../contracts/jobs/kinds.ts';
import type { JobWarning } from '../../../contracts/jobs/warnings.ts';
import { bytes, double, flag, id, instant, integer, json, noWarnings, now, optional, text, to } from './columns.ts';

/** Why a job failed; an error of ours names the request that created the job. */
export interface JobError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly request_id?: string;
}

/** A job without its input and result. */
export interface JobSummaryRow<Kind extends JobKind = JobKind> {
  id: string;
  org_id: string;
  kind: Kind;
  status: JobStatus;
  progress: number;
  seed: number;
  engine_version: string;
  time_limited: boolean;
  event_seq: number;
  created_by: string;
  error: JobError | null;
  warnings: JobWarning[];
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  cancel_requested_at: Date | null;
  /** Started with a test key: it is not billed */
  is_test: boolean;
  /** The variant of an experiment that chose a default; null: none did */
  experiment: JobExperiment | null;
  /** Time that compute threads worked in all attempts [s]; null for jobs that ended before it was stored. */
  compute_s: number | null;
  /** How many times a worker has started the job; null for jobs that ended before it was stored. */
  attempts: number | null;
  /** Designs that a search has evaluated; null for kinds that count none. */
  evaluations: number | null;
  /** Time from acceptance to the first attempt [s]; null before the first attempt. */
  queue_wait_s: number | null;
}
interface StoredJob<Kind extends JobKind> extends JobSummaryRow<Kind> {
  /** Id of the request that created the job, as in X-Request-Id; null for jobs from before it was stored. */
  request_id: string | null;
  /** Span in which the job was created, as W3C traceparent; null while tracing is off */
  traceparent: string | null;
  /** How it waits for a GPU worker; null for a job that runs on its kind's queue */
  gpu: GpuStart | null;
  input: JobInput<Kind>;
  result: JobResult<Kind> | null;
}
/** A job as it is stored; its kind determines the types of its input and result. */
export type JobRow<Kind extends JobKind = JobKind> = { readonly [K in Kind]: StoredJob<K> }[Kind];
export interface JobCheckpointRow {
  job_id: string;
  state: Record<string, unknown>;
  data: Buffer | null;
  updated_at: Date;
}
export interface JobSeriesRow {
  job_id: string;
  name: string;
  data: Buffer;
}
export interface JobEventRow {
  job_id: string;
  seq: number;
  type: JobEventType;
  data: Record<string, unknown>;
  created_at: Date;
}
export interface OutboxRow {
  id: string;
  topic: OutboxTopic;
  /** Job whose workflow the row starts or cancels. */
  job_id: string | null;
  /** Delivery whose workflow the row starts or signals. */
  delivery_id: string | null;
  mail_id: string | null;
  attempts: number;
  available_at: Date;
  last_error: string | null;
  created_at: Date;
}
export interface IdempotencyRow {
  org_id: string;
  key: string;
  request_hash: string;
  /** null: the request has not been answered yet */
  status: number | null;
  /** The job that it started */
  response: { readonly job_id: string } | null;
  /** What it was answered, if it started no job */
  sealed_answer: Buffer | null;
  /** A request that is open after this time was left by a process that ended; null for those that older releases have answered */
  leased_until: Date | null;
  created_at: Date;
}

export const Job = new EntitySchema<JobRow>({
  name: 'jobs',
  columns: {
    id,
    org_id: to('organizations', 'jobs'),
    kind: text,
    status: text,
    input: json,
    progress: { ...double, default: 0 },
    seed: integer,
    engine_version: text,
    time_limited: { type: 'boolean', default: false },
    event_seq: { ...integer, default: 0 },
    created_by: text,
    result: optional(json),
    error: optional(json),
    warnings: noWarnings,
    created_at: now,
    started_at: optional(instant),
    ended_at: optional(instant),
    cancel_requested_at: optional(instant),
    compute_s: optional({ ...double, default: 0 }),
    attempts: optional({ ...integer, default: 0 }),
    evaluations: optional(integer),
    queue_wait_s: optional(double),
    request_id: optional(text),
    traceparent: optional(text),
    gpu: optional(json),
    is_test: flag(false),
    experiment: optional(json),
  },
  indices: [
    { name: 'jobs_org', columns: ['org_id', 'id'] },
    { name: 'jobs_org_created', columns: ['org_id', 'created_at'] },
    { name: 'jobs_org_open', columns: ['org_id'], where: "status IN ('queued', 'running')" },
    { name: 'jobs_created', columns: ['created_at'] },
    { name: 'jobs_ended', columns: ['ended_at'] },
    { name: 'jobs_open', columns: ['created_at'], where: "status IN ('queued', 'running')" },
  ],
});
export const JobCheckpoint = new EntitySchema<JobCheckpointRow>({
  name: 'job_checkpoints',
  columns: {
    job_id: { ...to('jobs', 'job_checkpoints'), primary: true },
    state: json,
    data: optional(bytes),
    updated_at: now,
  },
});
export const JobSeries = new EntitySchema<JobSeriesRow>({
  name: 'job_series',
  columns: { job_id: { ...to('jobs', 'job_series'), primary: true }, name: id, data: bytes },
});
export const JobEvent = new EntitySchema<JobEventRow>({
  name: 'job_events',
  columns: {
    job_id: { ...to('jobs', 'job_events'), primary: true },
    seq: { ...integer, primary: true },
    type: text,
    data: json,
    created_at: now,
  },
});
export const Outbox = new EntitySchema<OutboxRow>({
  name: 'outbox',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    topic: text,
    job_id: optional(to('jobs', 'outbox')),
    delivery_id: optional(to('webhook_deliveries', 'outbox')),
    mail_id: optional(to('mails', 'outbox')),
    attempts: { ...integer, default: 0 },
    available_at: now,
    last_error: optional(text),
    created_at: now,
  },
  indices: [{ name: 'outbox_available', columns: ['available_at'] }],
});
export const Idempotency = new EntitySchema<IdempotencyRow>({
  name: 'idempotency_keys',
  columns: {
    org_id: { ...to('organizations', 'idempotency_keys'), primary: true },
    key: id,
    request_hash: text,
    status: optional(integer),
    response: optional(json),
    sealed_answer: optional(bytes),
    leased_until: optional(instant),
    created_at: now,
  },
  indices: [{ name: 'idempotency_created', columns: ['created_at'] }],
});
