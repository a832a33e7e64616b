/** The life of a job of any kind: compute in a scope that the `cancel` signal ends, then a terminal status. */
import { defineSearchAttributeKey } from '@temporalio/common';
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  defineQuery,
  defineSignal,
  isCancellation,
  proxyLocalActivities,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { CloseJobInput, DefaultActivities } from '../activities/default/index.ts';
import type { JobPhase, JobStatus, JobWorkflowInput, JobWorkflowResult } from '../src/contracts/jobs/jobs.ts';
import { CANCEL_SIGNAL, PHASE_QUERY } from '../src/contracts/jobs/jobs.ts';

const { closeJob } = proxyLocalActivities<DefaultActivities>({ startToCloseTimeout: '30s' });

const JOB_STATUS = defineSearchAttributeKey('JobStatus', 'KEYWORD');
const show = (status: JobStatus): void => upsertSearchAttributes([{ key: JOB_STATUS, value: status }]);

/** @throws ApplicationFailure of the job's error code, once the job's row says the same */
export async function runJob(
  input: JobWorkflowInput,
  compute: (input: JobWorkflowInput) => Promise<JobWorkflowResult>,
): Promise<JobWorkflowResult> {
  let phase: JobPhase = 'starting';
  const scope = new CancellationScope();
  setHandler(defineQuery<JobPhase>(PHASE_QUERY), () => phase);
  setHandler(defineSignal(CANCEL_SIGNAL), () => {
    phase = 'cancelling';
    scope.cancel();
  });
  try {
    const result = await scope.run(async () => {
      phase = 'computing';
      show('running');
      return compute(input);
    });
    phase = 'done';
    show(result.status);
    return result;
  } catch (error) {
    return CancellationScope.nonCancellable(async () => {
      phase = 'closing';
      const closing = closingOf(input.jobId, error);
      const status = await closeJob(closing);
      phase = 'done';
      show(status);
      if (status === 'failed' && closing.error)
        throw ApplicationFailure.nonRetryable(closing.error.message, closing.error.code);
      return { jobId: input.jobId, status, timeLimited: false };
    });
  }
}

function closingOf(jobId: string, error: unknown): CloseJobInput {
  if (isCancellation(error)) return { jobId, status: 'cancelled' };
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && cause.nonRetryable && cause.type)
    return { jobId, status: 'failed', error: { code: cause.type as never, message: cause.message } };
  // An unexpected error: the log and the workflow's history have the details, the customer only gets the fact.
  return { jobId, status: 'failed', error: { code: 'internal', message: 'The analysis failed on our side' } };
}
