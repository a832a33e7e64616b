/** Jobs: kinds, statuses, names and ids shared by API, workflows and activities. */
import type { TaskQueue } from '../common/queues.ts';

export const JOB_KINDS = ['solar-analyze', 'solar-optimize', 'wind-analyze', 'wind-optimize', 'report'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export const JOB_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];
export const TERMINAL_STATUSES: readonly JobStatus[] = ['succeeded', 'failed', 'cancelled'];
export const isTerminal = (status: JobStatus): boolean => TERMINAL_STATUSES.includes(status);

/** The queue whose workers run a job's activities, and the workflow type of its kind. */
export const JOB_ROUTES: Readonly<Record<JobKind, { queue: TaskQueue; workflowType: string }>> = {
  'solar-analyze': { queue: 'solar', workflowType: 'solarAnalyze' },
  'solar-optimize': { queue: 'solar', workflowType: 'solarOptimize' },
  'wind-analyze': { queue: 'wind', workflowType: 'windAnalyze' },
  'wind-optimize': { queue: 'wind', workflowType: 'windOptimize' },
  report: { queue: 'reports', workflowType: 'report' },
};

export const workflowIdOf = (kind: JobKind, jobId: string): string => `${kind}/${jobId}`;
export const jobIdOf = (workflowId: string): string => workflowId.slice(workflowId.indexOf('/') + 1);

/** Input of a job's workflow: only ids, never series. */
export interface JobWorkflowInput {
  readonly jobId: string;
  readonly orgId: string;
  readonly kind: JobKind;
}

/** Result of a job's workflow, small enough to read in the Temporal Web UI. */
export interface JobWorkflowResult {
  readonly jobId: string;
  readonly status: JobStatus;
  readonly timeLimited: boolean;
}

export const CANCEL_SIGNAL = 'cancel';
export const PHASE_QUERY = 'phase';
export type JobPhase = 'starting' | 'computing' | 'cancelling' | 'closing' | 'done';

export const SEARCH_ATTRIBUTES = { OrgId: 'KEYWORD', JobKind: 'KEYWORD', JobStatus: 'KEYWORD' } as const;

/** Events of a job, stored in `job_events` and sent over SSE. */
export const JOB_EVENT_TYPES = [
  'job.queued',
  'job.started',
  'job.progress',
  'job.succeeded',
  'job.failed',
  'job.cancelled',
] as const;
export type JobEventType = (typeof JOB_EVENT_TYPES)[number];

export const OUTBOX_TOPICS = [
  'workflow.start',
  'workflow.cancel',
  'webhook.deliver',
  'webhook.slot',
  'mail.send',
] as const;
export type OutboxTopic = (typeof OUTBOX_TOPICS)[number];
