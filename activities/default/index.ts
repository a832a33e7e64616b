import type { ErrorCode } from '../../src/contracts/error-codes.ts';
import type { AttemptInput, AttemptOutcome } from '../../src/contracts/webhooks.ts';
import type { JobStatus } from '../../src/contracts/jobs.ts';
import type { Database } from '../../src/database/database.ts';
import { closeJob } from '../../src/jobs/job-run.ts';
import type { Reconciliation } from '../../src/jobs/reconcile.ts';
import { reconcileJobs, type WorkflowStates } from '../../src/jobs/reconcile.ts';
import { type AttemptDependencies, attemptDelivery } from '../../src/webhooks/attempt.ts';

export interface CloseJobInput {
  readonly jobId: string;
  readonly status: 'failed' | 'cancelled';
  readonly error?: { readonly code: ErrorCode; readonly message: string };
}

/** Activities of the queue `default`: bookkeeping, no computing. */
export interface DefaultActivities {
  closeJob(input: CloseJobInput): Promise<JobStatus>;
  reconcileJobs(): Promise<Reconciliation>;
  attemptDelivery(input: AttemptInput): Promise<AttemptOutcome>;
}

export const defaultActivities = (
  database: Database,
  workflows: WorkflowStates,
  webhooks: AttemptDependencies,
): DefaultActivities => ({
  closeJob: ({ jobId, status, error }) => closeJob(database, jobId, status, error),
  reconcileJobs: () => reconcileJobs(database, workflows),
  attemptDelivery: (input) => attemptDelivery(input, webhooks),
});
