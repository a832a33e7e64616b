/**
 * Jobs: statuses, names and ids shared by API, workflows and activities. Workflows load this file, so it must not
 * import schemas.
 */

export const JOB_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];
const TERMINAL_STATUSES: readonly JobStatus[] = ['succeeded', 'failed', 'cancelled'];
/** Tells whether a job with this status has ended. */
export const isTerminal = (status: JobStatus): boolean => TERMINAL_STATUSES.includes(status);

/** Input of a job's workflow: only ids, never series. */
export interface JobWorkflowInput<Kind extends string = string> {
  readonly jobId: string;
  readonly orgId: string;
  readonly kind: Kind;
  /** The queue whose workers run the activity; workflows that started before 0.1.0 know it by their type. */
  readonly queue?: string;
  /** Set for a job that a GPU worker computes */
  readonly gpu?: GpuStart | null;
}

/** How a job waits for a GPU worker. */
export interface GpuStart {
  readonly wait_s: number;
  /** Queue that runs it where no GPU worker takes it in time; absent: the job fails then */
  readonly otherwise?: string;
}

/** Result of a job's workflow, small enough to read in the Temporal Web UI. */
export interface JobWorkflowResult {
  readonly jobId: string;
  readonly status: JobStatus;
  readonly timeLimited: boolean;
}

/** The request that created a job, as logs and traces name it; null and undefined where they do not. */
export interface JobOrigin {
  readonly requestId: string | null;
  readonly traceId: string | undefined;
}

export const CANCEL_SIGNAL = 'cancel';
export const PHASE_QUERY = 'phase';
export type JobPhase = 'starting' | 'computing' | 'cancelling' | 'closing' | 'done';

export const SEARCH_ATTRIBUTES = { OrgId: 'KEYWORD', JobKind: 'KEYWORD', JobStatus: 'KEYWORD' } as const;

interface StatedError {
  readonly code: string;
  readonly message: string;
  readonly request_id?: string;
}

/** Type of the failure of an attempt that met an error of ours; the workflow counts them. */
export const FAULT = 'Fault';

/** Events of a job, stored in `job_events` and sent over SSE, with their data. */
export interface JobEvents {
  'job.queued': { readonly kind: string };
  'job.started': Readonly<Record<string, never>>;
  /** The fraction that is done, 0 to 1, and what the kind shows in addition. */
  'job.progress': { readonly progress: number } & Readonly<Record<string, unknown>>;
  'job.succeeded': { readonly is_time_limited: boolean };
  'job.failed': { readonly error?: StatedError };
  'job.cancelled': { readonly is_time_limited?: boolean; readonly error?: StatedError };
}
export type JobEventType = keyof JobEvents;
export const OUTBOX_TOPICS = [
  'workflow.start',
  'workflow.cancel',
  'webhook.deliver',
  'webhook.slot',
  'mail.send',
] as const;
export type OutboxTopic = (typeof OUTBOX_TOPICS)[number];
