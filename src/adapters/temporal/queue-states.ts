/** The backlog of the task queues and the workers that poll them, as the server reports them. */
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { TASK_QUEUES, type TaskQueue } from '../../contracts/jobs/kinds.ts';

const { TaskQueueType, WorkerVersioningMode } = proto.temporal.api.enums.v1;

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
  /** The current version of its worker deployment; undefined if tasks go to workers without a version. */
  readonly currentBuildId?: string;
  readonly pollers: readonly { readonly identity: string; readonly lastSeen: Date; readonly buildId?: string }[];
}

/** A poll lasts at most 60 s; Temporal lists a worker for minutes after its last one [ms]. */
const ALIVE_MS = 70_000;

/** Returns the state of every queue, with the workers that are alive: each began a poll within the last 70 s. */
export async function queueStates(client: Client, nowMs = Date.now()): Promise<QueueState[]> {
  const requests = TASK_QUEUES.flatMap((queue) => [
    ...(queue === 'default' ? [{ queue, type: 'workflow' as const }] : []),
    { queue, type: 'activity' as const },
  ]);
  return Promise.all(
    requests.map(async ({ queue, type }) => {
      const { stats, pollers, versioningInfo } = await client.workflowService.describeTaskQueue({
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
        currentBuildId: versioningInfo?.currentDeploymentVersion?.buildId || undefined,
        backlogAgeS: secondsOf(stats?.approximateBacklogAge),
        pollers: (pollers ?? [])
          .map(({ identity, lastAccessTime, deploymentOptions }) => ({
            identity: identity ?? '',
            lastSeen: new Date(secondsOf(lastAccessTime) * 1000),
            // Workers without a version name the hash of their code.
            buildId:
              deploymentOptions?.workerVersioningMode === WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED
                ? deploymentOptions.buildId || undefined
                : undefined,
          }))
          .filter(({ lastSeen }) => nowMs - lastSeen.getTime() <= ALIVE_MS),
      };
    }),
  );
}
