/**
 * The life of a job of any kind: its activity computes in a scope that the `cancel` signal ends, then the job gets a
 * terminal status. This is the default workflow for every type that has no definition of its own. The type is also the
 * name of the activity.
 */
import { defineSearchAttributeKey } from '@temporalio/common';
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  defineQuery,
  defineSignal,
  isCancellation,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  TimeoutFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { CloseJobInput, DefaultActivities } from '../activities/default/index.ts';
import type { JobPhase, JobStatus, JobWorkflowInput, JobWorkflowResult } from '../src/contracts/jobs/jobs.ts';
import { MAX_CRASHES, MAX_FAULTS } from '../src/contracts/common/queues.ts';
import { CANCEL_SIGNAL, FAULT, PHASE_QUERY } from '../src/contracts/jobs/jobs.ts';
import { computeOptions } from './compute-options.ts';

const { closeJob } = proxyLocalActivities<DefaultActivities>({ startToCloseTimeout: '30s' });

const JOB_STATUS = defineSearchAttributeKey('JobStatus', 'KEYWORD');
const show = (status: JobStatus): void => upsertSearchAttributes([{ key: JOB_STATUS, value: status }]);

type Compute = (input: JobWorkflowInput) => Promise<JobWorkflowResult>;

/** @throws ApplicationFailure with the job's error code, after the row of the job states the same error */
export default async function runJob(input: JobWorkflowInput): Promise<JobWorkflowResult> {
  const { workflowType } = workflowInfo();
  if (!input?.queue) throw ApplicationFailure.nonRetryable(`No workflow ${workflowType}, and its input is no job's`);
  const on = (...where: Parameters<typeof computeOptions>): Compute =>
    proxyActivities<Record<string, Compute>>(computeOptions(...where))[workflowType];
  const { gpu } = input;
  const compute = gpu ? onGpu(on('gpu', gpu), gpu.otherwise ? on(gpu.otherwise) : null) : on(input.queue);
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
      return repeated(() => compute(input));
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

/** Returns what waits for a GPU worker, and runs elsewhere, if it may, where none takes it in time. */
function onGpu(run: Compute, elsewhere: Compute | null): Compute {
  let isElsewhere = false;
  return async (input) => {
    if (elsewhere && isElsewhere) return elsewhere(input);
    try {
      return await run(input);
    } catch (error) {
      const cause = error instanceof ActivityFailure ? error.cause : undefined;
      if (!(cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START')) throw error;
      if (!elsewhere) throw ApplicationFailure.nonRetryable('No GPU worker took the job in time', 'gpu.unavailable');
      isElsewhere = true;
      return elsewhere(input);
    }
  };
}

/**
 * Repeats the activity when its worker was lost and when it met an error of ours, a limited number of times each.
 * Temporal itself repeats what is no fault of the job, such as a database that cannot be reached, without a limit.
 */
async function repeated(attempt: () => Promise<JobWorkflowResult>): Promise<JobWorkflowResult> {
  let crashes = 0;
  let faults = 0;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const cause = error instanceof ActivityFailure ? error.cause : undefined;
      const isCrash = cause instanceof TimeoutFailure;
      const isFault = cause instanceof ApplicationFailure && cause.type === FAULT;
      if (!(isCrash || isFault) || !patched('2026-11-count-crashes')) throw error;
      if (isCrash && ++crashes >= MAX_CRASHES)
        throw ours(`The analysis lost its worker ${crashes} times; a smaller request may succeed`);
      if (isFault && ++faults >= MAX_FAULTS) throw ours(`The analysis failed on our side ${faults} times`);
    }
  }
}

const ours = (message: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`${message}; quote the request id when you report it`, 'internal');

function closingOf(jobId: string, error: unknown): CloseJobInput {
  if (isCancellation(error)) return { jobId, status: 'cancelled' };
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && cause.nonRetryable && cause.type)
    return { jobId, status: 'failed', error: { code: cause.type, message: cause.message } };
  // An unexpected error: the log and the workflow's history have the details, the customer only gets the fact.
  return { jobId, status: 'failed', error: { code: 'internal', message: 'The analysis failed on our side' } };
}
