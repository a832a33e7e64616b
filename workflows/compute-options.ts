import type { ActivityOptions } from '@temporalio/workflow';
import { ActivityCancellationType } from '@temporalio/workflow';
import type { GpuStart } from '../src/contracts/jobs/jobs.ts';
import { policyOf } from '../src/contracts/common/queues.ts';

/** Returns the options of a compute activity on a queue; on cancellation the workflow waits for the best result so far. */
export function computeOptions(queue: string, gpu?: GpuStart | null): ActivityOptions {
  const policy = policyOf(queue);
  return {
    taskQueue: queue,
    ...(gpu && { scheduleToStartTimeout: 1000 * Math.max(gpu.wait_s, 1) }),
    startToCloseTimeout: policy.startToCloseTimeoutMs,
    heartbeatTimeout: policy.heartbeatTimeoutMs,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: policy.initialRetryIntervalMs,
      maximumInterval: '30s',
      // Temporal repeats without a limit what a worker reports: that it moved, or that the database cannot be reached. The
      // workflow counts lost workers.
      nonRetryableErrorTypes: ['TemporalTimeout:Heartbeat', 'TemporalTimeout:StartToClose'],
    },
  };
}
