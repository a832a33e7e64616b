/**
 * Operators' access to Temporal by its own APIs: it lists queues, pollers and open workflows, ends workflows, and sets
 * the current version.
 */
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { JobKind, TaskQueue } from '../src/contracts/jobs/kinds.ts';

const { WorkerDeploymentVersionStatus, BatchOperationState } = proto.temporal.api.enums.v1;

/** Counts the open workflows of one type. */
export const countOpen = async (client: Client, workflowType: string): Promise<number> =>
  (await client.workflow.count(`WorkflowType = '${workflowType}' AND ExecutionStatus = 'Running'`)).count;

/** Returns the query for open workflows of an organization, of a kind, or of all jobs. */
export function openJobsQuery({ orgId, kind }: { readonly orgId?: string; readonly kind?: JobKind }): string {
  for (const value of [orgId, kind])
    if (value !== undefined && !/^[\w-]+$/.test(value)) throw new Error(`'${value}' is no id`);
  return [
    `ExecutionStatus = 'Running'`,
    kind ? `JobKind = '${kind}'` : `JobStatus IN ('queued', 'running')`,
    ...(orgId ? [`OrgId = '${orgId}'`] : []),
  ].join(' AND ');
}

const ASK_MS = 250;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ASK_MS));

/** Terminates all workflows that a query finds; none of their code runs any more. @returns their number */
export async function terminateAll(client: Client, visibilityQuery: string, reason: string): Promise<number> {
  const { namespace } = client.options;
  const jobId = randomUUID();
  await client.workflowService.startBatchOperation({
    namespace,
    jobId,
    visibilityQuery,
    reason,
    terminationOperation: {},
  });
  for (;;) {
    const { state, completeOperationCount } = await client.workflowService.describeBatchOperation({ namespace, jobId });
    if (state === BatchOperationState.BATCH_OPERATION_STATE_COMPLETED) return Number(completeOperationCount);
    if (state === BatchOperationState.BATCH_OPERATION_STATE_FAILED)
      throw new Error(`Temporal's batch operation ${jobId} failed; see it in the Web UI`);
    await pause();
  }
}

export interface DeploymentVersion {
  readonly deploymentName: string;
  readonly buildId: string;
}

/** Sends new and open workflows to workers without a version: the way back from versioning. */
export async function setUnversioned(client: Client, deploymentName: string): Promise<void> {
  await client.workflowService.setWorkerDeploymentCurrentVersion({
    namespace: client.options.namespace,
    deploymentName,
    buildId: '',
    identity: 'tessellate-release',
    ignoreMissingTaskQueues: true,
  });
}

/**
 * Makes a version current when its workers poll every queue, so that new and open workflows run there. Until a
 * deployment has a current version, its workflows wait for ever.
 * @throws Error that names the queues without a worker after `limitMs`
 */
export async function setCurrentVersion(
  client: Client,
  { deploymentName, buildId }: DeploymentVersion,
  queues: readonly TaskQueue[],
  limitMs: number,
): Promise<'set' | 'unchanged'> {
  const { namespace } = client.options;
  const until = Date.now() + limitMs;
  for (;;) {
    const version = await client.workflowService
      .describeWorkerDeploymentVersion({ namespace, deploymentVersion: { deploymentName, buildId } })
      .catch((error: { code?: number }) => {
        // NOT_FOUND of gRPC: no worker of it has polled yet.
        if (error.code === 5) return undefined;
        throw error;
      });
    const info = version?.workerDeploymentVersionInfo;
    if (info?.status === WorkerDeploymentVersionStatus.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT) return 'unchanged';
    const polled = new Set((info?.taskQueueInfos ?? []).map(({ name }) => name));
    const missing = queues.filter((queue) => !polled.has(queue));
    if (missing.length === 0) {
      await client.workflowService.setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName,
        buildId,
        identity: 'tessellate-release',
      });
      return 'set';
    }
    if (Date.now() > until)
      throw new Error(
        `No worker of ${deploymentName} ${buildId} polls ${missing.join(', ')} after ${limitMs / 1000} s; the current version stays`,
      );
    await pause();
  }
}
