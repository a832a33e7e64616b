/** A worker process: any subset of the task queues, one compute pool and the outbox relay. */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { defaultActivities } from '../activities/default/index.ts';
import { computeActivities } from '../activities/run-slices.ts';
import { admitOperator } from '../src/api/middleware/operator.ts';
import { StripeGateway } from '../src/adapters/billing/stripe.ts';
import type { Config } from '../src/adapters/config/config.ts';
import { temporalOptions, stripeSettings } from '../src/adapters/config/connections.ts';
import { FolderTransport } from '../src/adapters/mail/folder.ts';
import { SendGridTransport } from '../src/adapters/mail/sendgrid.ts';
import type { MailTransport } from '../src/adapters/mail/transport.ts';
import { endWith, patiently } from '../src/adapters/observability/start.ts';
import { isTemporalAway } from '../src/adapters/temporal/temporal-client.ts';
import { type Composition, compose } from '../src/composition.ts';
import { ComputePool } from '../src/compute/pool.ts';
import { AppError } from '../src/contracts/common/app-error.ts';
import { HEARTBEAT_THROTTLE_MS, policyOf, STOP_GRACES } from '../src/contracts/common/queues.ts';
import type { TaskQueue } from '../src/contracts/jobs/kinds.ts';
import { CLOSE_MS } from '../src/contracts/operations/stopping.ts';
import { ATTEMPT_LIMIT_MS } from '../src/contracts/webhooks/webhooks.ts';
import { Jobs } from '../src/services/jobs/jobs.ts';
import { deviceMeasures } from '../src/services/jobs/registry.ts';
import { endGraces } from '../src/services/billing/billing.ts';
import { sendUsage } from '../src/services/billing/usage.ts';
import { sealPlainHeaders } from '../src/services/webhooks/reseal.ts';
import { guardedSender, type Sender } from '../src/services/webhooks/post.ts';
import { serveHealth } from './health.ts';
import { connectWorkers, installRuntime, measured } from './runtime.ts';
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

interface RunningWorker {
  /** Ends when the worker has stopped; rejects when it fails. */
  readonly stopped: Promise<void>;
  /** Lets activities reach their next checkpoint, then ends. */
  stop(): void;
}

/**
 * Starts a worker for these queues in this process. Its health port is open from the beginning.
 * @param identity by which Temporal shows it; default: process id and host
 */
export async function startWorker(
  config: Config,
  queues: readonly TaskQueue[],
  identity?: string,
): Promise<RunningWorker> {
  const workers: Worker[] = [];
  const hasGpu = config.ENABLE_GPU_TASKS && queues.includes('gpu');
  const polled = hasGpu ? queues : queues.filter((queue) => queue !== 'gpu');
  if (polled.length === 0)
    throw new AppError('feature.disabled', 'ENABLE_GPU_TASKS is false; expected true for a worker of the queue gpu');
  let sdkMetrics: string | undefined;
  const health = await serveHealth(
    { host: config.HOST, port: config.WORKER_HEALTH_PORT },
    {
      queues: polled,
      instance: config.INSTANCE_ID,
      admit: ({ headers }) => {
        const get = (name: string): string | undefined => headers[name] as string | undefined;
        admitOperator({ get, path: '/metrics' }, 'metrics', config);
      },
      isPolling: () => workers.length > 0 && workers.every((worker) => worker.getState() === 'RUNNING'),
      sdkMetrics: () => sdkMetrics,
    },
  );
  const threads = polled.every((queue) => queue === 'gpu') ? 1 : config.WORKER_CONCURRENCY;
  const shared = await compose(config, { service: 'worker', processes: 1, threads });
  const { log, listener, relay, temporal } = shared;
  if (polled.length < queues.length) log.warning('ENABLE_GPU_TASKS is false: this worker leaves the queue gpu out');
  if (queues.includes('default')) {
    const sealed = await sealPlainHeaders(shared.database, shared.box);
    if (sealed > 0) log.info('Headers of webhooks sealed', { webhooks: sealed });
  }
  sdkMetrics = await installRuntime(log);
  const patience = { limitS: config.START_WAIT_SECONDS, log, isPassing: isTemporalAway };
  const connection = await patiently('Temporal', () => connectWorkers(temporalOptions(config)), patience);
  await patiently(
    'Temporal',
    async () => {
      await temporal.requireNamespace();
      await registerSearchAttributes(temporal.client);
      if (queues.includes('default')) await ensureSchedules(temporal.client);
    },
    patience,
  );
  const sender = guardedSender(shared.webhookPolicy, ATTEMPT_LIMIT_MS);
  const gpu = hasGpu ? await openGpu(shared) : null;
  const created = await Promise.all(
    polled.map((queue) => {
      const services = gpu && queue === 'gpu' ? { ...shared, pool: gpu.pool } : shared;
      const own =
        queue === 'default' ? bookkeeping(shared, sender) : computeActivities(queue, shared.jobKinds, services);
      return Worker.create({
        connection,
        ...(identity !== undefined && { identity }),
        taskQueue: queue,
        ...(queue === 'default' ? { workflowBundle: { codePath: WORKFLOW_BUNDLE } } : {}),
        activities: measured(own),
        ...optionsOf(queue, config),
      });
    }),
  );
  relay.start(listener);
  shared.auditRelay.start();
  const running = created.map((worker) => worker.run());
  workers.push(...created);
  await gpu?.announce();
  log.info('Worker polls', { queues: polled, health_port: health.port });

  const stopped = Promise.all(running).then(async () => {
    health.close();
    sender.destroy();
    const late = setTimeout(
      () => endWith('worker', 'The worker did not stop in time', 'a part did not close'),
      CLOSE_MS,
    );
    await connection.close();
    await gpu?.close();
    await shared.close();
    clearTimeout(late);
    log.info('Worker has stopped');
  });
  return {
    stopped,
    stop() {
      void gpu?.leave();
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}

/** Error of a device's energies from which on it is not used [1] */
const DEVICE_TOLERANCE = 1e-5;

/**
 * Opens the GPU in a thread of its own, and measures it.
 * @throws an error that names what was looked for, where there is none
 */
async function openGpu({ log, gpuWorkers }: Composition) {
  const pool = new ComputePool({ threads: 1, maxTasksPerThread: Number.POSITIVE_INFINITY });
  const { result: device } = await pool.run('describeDevice', null);
  const measures: Record<string, unknown> = {};
  for (const { name, task } of deviceMeasures) {
    const { result } = await pool.run(task, null);
    if (!(result.error <= DEVICE_TOLERANCE))
      throw new Error(
        `The GPU ${device.name} computes ${name} with an error of ${result.error}; at most ${DEVICE_TOLERANCE}`,
      );
    measures[name] = result;
  }
  log.info('GPU opened', { device, measures });
  const worker = { id: randomUUID(), device, measures };
  let leave: (() => Promise<void>) | undefined;
  return {
    pool,
    /** Tells requests that it is there. */
    async announce(): Promise<void> {
      leave = await gpuWorkers.announce(worker, (error) => log.warning('The sign of life was not written', { error }));
    },
    /** Tells requests that it is there no more. */
    async leave(): Promise<void> {
      await leave?.().catch((error: unknown) => log.warning('The worker could not sign off', { error }));
      leave = undefined;
    },
    async close(): Promise<void> {
      await this.leave();
      await pool.close();
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
    shutdownForceTime: STOP_GRACES * shutdownGraceMs,
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
    defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
    workerDeploymentOptions:
      deploymentName && buildId
        ? {
            useWorkerVersioning: true,
            version: { deploymentName, buildId },
            defaultVersioningBehavior: config.TEMPORAL_VERSIONING_BEHAVIOR,
          }
        : undefined,
  };
}

/** Returns the activities of the queue `default`. */
const bookkeeping = (shared: Composition, sender: Sender) => {
  const { config, database, temporal, box, relay, log } = shared;
  const settings = stripeSettings(config);
  const stripe = settings && new StripeGateway(settings);
  return defaultActivities(
    database,
    shared.effects,
    new Jobs(database, shared.effects, () => relay.wake()),
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
    {
      jobEventsDays: config.RETENTION_JOB_EVENTS_DAYS,
      webhookAttemptsDays: config.RETENTION_WEBHOOK_ATTEMPTS_DAYS,
      auditPersonalDays: config.RETENTION_AUDIT_PERSONAL_DAYS,
    },
    async () => {
      if (!stripe) return;
      await endGraces(database);
      await sendUsage(database, stripe, config.STRIPE_METERS, log);
    },
  );
};

function mailTransport({ config, log }: Composition): MailTransport {
  const { SENDGRID_API_KEY: apiKey, SENDGRID_FROM_EMAIL: from, SENDGRID_BASE_URL: baseUrl, MAIL_FOLDER } = config;
  return apiKey ? new SendGridTransport({ apiKey, from, baseUrl }) : new FolderTransport(MAIL_FOLDER, from, log);
}
