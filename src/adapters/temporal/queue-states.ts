/** The backlog of the task queues and the workers that poll them, as the server reports them. */
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { TASK_QUEUES, type TaskQueue } from '../../contracts/jobs/kinds.ts';

const { TaskQueueType } = proto.temporal.api.enums.v1;

type Duration = { readonly seconds?: unknown; readonly nanos?: number | null } | null | undefined;
const secondsOf = (duration: Duration): number =>
  duration ? Number(duration.seconds ?? 0) + Number(duration.nanos ?? 0) / 1e9 : 0;

export interface QueueState {
  readonly queue: TaskQueue;
  readonly type: 'workflow' | 'activity';
  /** Tasks that no worker has started yet; an estimate of the server. */
  readonly backlog: number;
  /** Age of the oldest of them [s] */
  readonly backlogAgeS: number;
  readonly pollers: readonly { readonly identity: string; readonly lastSeen: Date; readonly buildId?: string }[];
}

/** Returns the state of every queue, with the workers that polled within the last minutes. */
export async function queueStates(client: Client): Promise<QueueState[]> {
  const requests = TASK_QUEUES.flatMap((queue) => [
    ...(queue === 'default' ? [{ queue, type: 'workflow' as const }] : []),
    { queue, type: 'activity' as const },
  ]);
  return Promise.all(
    requests.map(async ({ queue, type }) => {
      const { stats, pollers } = await client.workflowService.describeTaskQueue({
        namespace: client.options.namespace,
        taskQueue: { name: queue },
        taskQueueType:
          type === 'workflow' ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW : TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
        reportStats: true,
      });
      return {
        queue,
        type,
        backlog: Number(stats?.approximateBacklogCount ?? 0),
        backlogAgeS: secondsOf(stats?.approximateBacklogAge),
        pollers: (pollers ?? []).map(({ identity, lastAccessTime, deploymentOptions }) => ({
          identity: identity ?? '',
          lastSeen: new Date(secondsOf(lastAccessTime) * 1000),
          buildId: deploymentOptions?.buildId || undefined,
        })),
      };
    }),
  );
}
