/**
 * Periodic work as Temporal Schedules. A worker creates them when it starts, and updates them if a release changes
 * them.
 */
import type { Client, ScheduleDescription, ScheduleOptions } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type * as workflows from '../workflows/index.ts';

interface Periodic {
  readonly id: string;
  readonly workflowType: keyof typeof workflows;
  readonly everyMs: number;
  /** A run that takes longer is ended; the next one begins again. */
  readonly limitMs: number;
}

const MINUTE_MS = 60_000;

export const SCHEDULES: readonly Periodic[] = [
  { id: 'reconcile-jobs', workflowType: 'reconcileJobs', everyMs: MINUTE_MS, limitMs: 60 * MINUTE_MS },
  { id: 'roll-up-usage', workflowType: 'rollUpUsage', everyMs: 60 * MINUTE_MS, limitMs: 60 * MINUTE_MS },
  { id: 'check-budgets', workflowType: 'checkBudgets', everyMs: MINUTE_MS, limitMs: 30 * MINUTE_MS },
  { id: 'delete-organizations', workflowType: 'deleteOrganizations', everyMs: MINUTE_MS, limitMs: 120 * MINUTE_MS },
  { id: 'enforce-retention', workflowType: 'enforceRetention', everyMs: 60 * MINUTE_MS, limitMs: 120 * MINUTE_MS },
];

const optionsOf = ({ id, workflowType, everyMs, limitMs }: Periodic) =>
  ({
    scheduleId: id,
    spec: { intervals: [{ every: everyMs }] },
    action: {
      type: 'startWorkflow',
      workflowType,
      taskQueue: 'default',
      workflowId: id,
      workflowExecutionTimeout: limitMs,
    },
    // A run that takes longer than its interval is not joined by another; runs missed while away are not made up for.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: MINUTE_MS },
  }) satisfies ScheduleOptions;

/**
 * Creates or updates the schedules.
 * @returns ids that were created or changed; a schedule that an operator paused stays paused
 */
export async function ensureSchedules(client: Client, schedules: readonly Periodic[] = SCHEDULES): Promise<string[]> {
  const changed: string[] = [];
  for (const periodic of schedules) {
    const options = optionsOf(periodic);
    try {
      await client.schedule.create(options);
      changed.push(periodic.id);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      const handle = client.schedule.getHandle(periodic.id);
      if (isLike(await handle.describe(), periodic)) continue;
      const { spec, action, policies } = options;
      await handle.update((previous) => ({ ...previous, spec, action, policies }));
      changed.push(periodic.id);
    }
  }
  return changed;
}

const isLike = (
  { spec, action, policies }: ScheduleDescription,
  { workflowType, everyMs, limitMs }: Periodic,
): boolean =>
  spec.intervals?.length === 1 &&
  spec.intervals[0].every === everyMs &&
  action.type === 'startWorkflow' &&
  action.workflowType === workflowType &&
  action.taskQueue === 'default' &&
  action.workflowExecutionTimeout === limitMs &&
  policies.overlap === ScheduleOverlapPolicy.SKIP &&
  policies.catchupWindow === MINUTE_MS;
