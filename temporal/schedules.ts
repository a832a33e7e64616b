/** Periodic work, as Temporal Schedules; creating them again is well. */
import type { Client } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';

const SCHEDULES = [{ id: 'reconcile-jobs', workflowType: 'reconcileJobs', every: '1m' }] as const;

export async function ensureSchedules(client: Client): Promise<void> {
  for (const { id, workflowType, every } of SCHEDULES) {
    try {
      await client.schedule.create({
        scheduleId: id,
        spec: { intervals: [{ every }] },
        action: { type: 'startWorkflow', workflowType, taskQueue: 'default', workflowId: id },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }
}
