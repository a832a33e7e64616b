/** A worker process: any subset of the task queues, one compute pool and the outbox relay. */
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { defaultActivities } from '../activities/default/index.ts';
import { computeActivities } from '../activities/run-slices.ts';
import type { Config } from '../src/adapters/config/config.ts';
import { temporalOptions } from '../src/adapters/config/connections.ts';
import { FolderTransport } from '../src/adapters/mail/folder.ts';
import { SendGridTransport } from '../src/adapters/mail/sendgrid.ts';
import type { MailTransport } from '../src/adapters/mail/transport.ts';
import { type Composition, compose } from '../src/composition.ts';
import { HEARTBEAT_THROTTLE_MS, policyOf } from '../src/contracts/common/queues.ts';
import type { TaskQueue } from '../src/contracts/jobs/kinds.ts';
import { ATTEMPT_LIMIT_MS } from '../src/contracts/webhooks/webhooks.ts';
import { guardedSender, type Sender } from '../src/services/webhooks/post.ts';
import { serveHealth } from './health.ts';
import { connectPatiently, installRuntime, measured } from './runtime.ts';
import { ensureSchedules } from './schedules.ts';
import { registerSearchAttributes } from './search-attributes.ts';

/** The build creates it, because bundling takes two seconds. */
const WORKFLOW_BUNDLE = fileURLToPath(
  new URL(`${import.meta.url.endsWith('.ts') ? '../dist' : '..'}/workflows/bundle.cjs`, import.meta.url),
);
/**
 * Number of open workflows kept in memory between their steps, about 1 MB each; further ones are replayed from their
 * histories.
 */
const CACHED_WORKFLOWS = 200;

export interface RunningWorker {
  /** Address of /health, /health/ready and /metrics. */
  readonly healthPort: number;
  /** Ends when the worker has stopped; rejects when it fails. */
  readonly stopped: Promise<void>;
  /** Lets activities reach their next checkpoint, then ends. */
  stop(): Promise<void>;
}

/** Starts a worker for these queues in this process. */
export async function startWorker(config: Config, queues: readonly TaskQueue[]): Promise<RunningWorker> {
  const shared = await compose(config, { service: 'worker', processes: 1, threads: config.WORKER_CONCURRENCY });
  const { log, listener, relay, temporal } = shared;
  const sdkMetrics = await installRuntime(log);
  const connection = await connectPatiently(temporalOptions(config), log);
  await registerSearchAttributes(temporal.client);
  if (queues.includes('default')) await ensureSchedules(temporal.client);
  const sender = guardedSender(shared.webhookPolicy, ATTEMPT_LIMIT_MS);
  const workers = await Promise.all(
    queues.map((queue) => {
      const own = queue === 'default' ? bookkeeping(shared, sender) : computeActivities(queue, shared.jobKinds, shared);
      return Worker.create({
        connection,
        taskQueue: queue,
        ...(queue === 'default' ? { workflowBundle: { codePath: WORKFLOW_BUNDLE } } : {}),
        // A queue without work yet has a poller all the same, so that operators see it.
        activities: Object.keys(own).length > 0 ? measured(own) : { idle: () => Promise.resolve() },
        ...optionsOf(queue, config),
      });
    }),
  );
  relay.start(listener);
  const at = { host: config.HOST, port: config.WORKER_HEALTH_PORT };
  const health = await serveHealth(at, workers, queues, sdkMetrics, config.INSTANCE_ID);
  log.info('Worker polls', { queues, health_port: health.port });
  if (queues.includes('gpu')) log.warning('No activity uses the queue gpu yet; its worker waits');

  const stopped = Promise.all(workers.map((worker) => worker.run()))
    .then(() => undefined)
    .finally(async () => {
      health.close();
      sender.destroy();
      await connection.close();
      await shared.close();
    });
  return {
    healthPort: health.port,
    stopped,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await stopped;
    },
  };
}

function optionsOf(queue: TaskQueue, config: Config): Partial<WorkerOptions> {
  const { concurrency, shutdownGraceMs } = policyOf(queue);
  const { TEMPORAL_DEPLOYMENT_NAME: deploymentName, TEMPORAL_BUILD_ID: buildId } = config;
  return {
    namespace: config.TEMPORAL_NAMESPACE,
    maxConcurrentActivityTaskExecutions: concurrency === 'configured' ? config.WORKER_CONCURRENCY : concurrency,
    maxCachedWorkflows: CACHED_WORKFLOWS,
    shutdownGraceTime: shutdownGraceMs,
    shutdownForceTime: shutdownGraceMs * 2,
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
    defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
    workerDeploymentOptions:
      deploymentName && buildId
        ? {
            useWorkerVersioning: true,
            version: { deploymentName, buildId },
            defaultVersioningBehavior: 'AUTO_UPGRADE',
          }
        : undefined,
  };
}

/** Returns the activities of the queue `default`. */
const bookkeeping = (shared: Composition, sender: Sender) => {
  const { config, database, temporal, box, relay } = shared;
  return defaultActivities(
    database,
    shared.emitEvent,
    temporal,
    {
      database,
      box,
      policy: shared.webhookPolicy,
      isEnabled: config.ENABLE_WEBHOOKS,
      sender,
      apiUrl: shared.apiUrl,
      wakeOutbox: () => relay.wake(),
    },
    mailTransport(shared),
    { jobEventsDays: config.RETENTION_JOB_EVENTS_DAYS, webhookAttemptsDays: config.RETENTION_WEBHOOK_ATTEMPTS_DAYS },
  );
};

function mailTransport({ config, log }: Composition): MailTransport {
  const { SENDGRID_API_KEY: apiKey, SENDGRID_FROM_EMAIL: from, SENDGRID_BASE_URL: baseUrl, MAIL_FOLDER } = config;
  return apiKey ? new SendGridTransport({ apiKey, from, baseUrl }) : new FolderTransport(MAIL_FOLDER, from, log);
}
