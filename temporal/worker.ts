/** A worker process: any subset of the task queues, one compute pool and the outbox relay. */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { defaultActivities } from '../activities/default/index.ts';
import { reportActivities } from '../activities/reports/index.ts';
import { toFailure } from '../activities/run-compute.ts';
import { solarActivities } from '../activities/solar/index.ts';
import { windActivities } from '../activities/wind/index.ts';
import { ComputePool } from '../src/compute/pool.ts';
import type { ClimateInput } from '../src/wind/resource/climate.ts';
import type { Config } from '../src/adapters/config/config.ts';
import {
  apiBaseUrl,
  databaseOptions,
  directUrl,
  temporalOptions,
  webhookPolicy,
} from '../src/adapters/config/connections.ts';
import type { TaskQueue } from '../src/contracts/common/queues.ts';
import { ATTEMPT_LIMIT_MS } from '../src/contracts/webhooks/webhooks.ts';
import { HEARTBEAT_THROTTLE_MS, QUEUE_POLICIES } from '../src/contracts/common/queues.ts';
import { Database } from '../src/adapters/database/database.ts';
import { Listener } from '../src/adapters/database/listener.ts';
import { OutboxRelay } from '../src/services/outbox/outbox.ts';
import { createLogger, type Logger } from '../src/adapters/observability/logger.ts';
import { collectProcessMetrics, metrics, register } from '../src/adapters/observability/metrics.ts';
import { connectionOptions, TemporalClient } from '../src/adapters/temporal/temporal-client.ts';
import { LinkSigner } from '../src/services/reports/links.ts';
import { WeatherDatasets } from '../src/services/weather/weather-datasets.ts';
import { WindLibrary } from '../src/services/wind/library.ts';
import { FolderTransport } from '../src/adapters/mail/folder.ts';
import { SendGridTransport } from '../src/adapters/mail/sendgrid.ts';
import type { MailTransport } from '../src/adapters/mail/transport.ts';
import { enableEvents } from '../src/services/webhooks/events.ts';
import { SecretBox } from '../src/services/webhooks/secret-box.ts';
import { guardedAgent } from '../src/services/webhooks/target-guard.ts';
import { guardPayload } from './payload-guard.ts';
import { freePort } from './embedded/ports.ts';
import { ensureSchedules } from './schedules.ts';
import { registerSearchAttributes } from './search-attributes.ts';

/** Made by the build, for bundling takes two seconds. */
const WORKFLOW_BUNDLE = fileURLToPath(
  new URL(`${import.meta.url.endsWith('.ts') ? '../dist' : '..'}/workflows/bundle.cjs`, import.meta.url),
);
const RECONNECT_MS = 1_000;
/** Open workflows kept in memory between their steps, about 1 MB each; one more is replayed from its history. */
const CACHED_WORKFLOWS = 200;

export interface RunningWorker {
  /** Address of /health, /health/ready and /metrics. */
  readonly healthPort: number;
  /** Ends when the worker has stopped; rejects when it fails. */
  readonly stopped: Promise<void>;
  /** Lets activities reach their next checkpoint, then ends. */
  stop(): Promise<void>;
}

export async function startWorker(config: Config, queues: readonly TaskQueue[]): Promise<RunningWorker> {
  const log = createLogger({ service: 'worker', level: config.LOG_LEVEL });
  const sdkMetrics = await installRuntime(log);
  collectProcessMetrics();
  enableEvents(config.ENABLE_WEBHOOKS);
  const database = await Database.connect(databaseOptions(config, 'tessellate-worker', 1));
  const listener = new Listener(directUrl(config), log);
  await listener.start();
  const temporal = new TemporalClient(temporalOptions(config));
  const connection = await connectPatiently(connectionOptions(temporalOptions(config)) as NativeConnectionOptions, log);
  await registerSearchAttributes(temporal.client);
  if (queues.includes('default')) await ensureSchedules(temporal.client);
  const relay = new OutboxRelay(database, temporal, log);
  const webhookAgent = guardedAgent(webhookPolicy(config), ATTEMPT_LIMIT_MS);
  const pool = new ComputePool({
    threads: config.WORKER_CONCURRENCY,
    maxTasksPerThread: config.WORKER_MAX_TASKS_PER_CHILD,
  });
  const weather = new WeatherDatasets(database, async (file) => (await pool.run('readWeather', file)).result);
  const dependencies = {
    database,
    weather,
    readWindClimate: async (input: ClimateInput) => (await pool.run('windClimate', input)).result,
    windLibrary: new WindLibrary(database, async (file) => (await pool.run('describeWindFile', file)).result),
    pool,
    softLimitMs: config.TASK_SOFT_TIME_LIMIT * 1000,
    hardLimitMs: config.TASK_TIME_LIMIT * 1000,
  };
  const activities: Readonly<Record<TaskQueue, object>> = {
    default: defaultActivities(
      database,
      temporal,
      {
        database,
        box: new SecretBox(config.SECRET_KEY),
        policy: webhookPolicy(config),
        isEnabled: config.ENABLE_WEBHOOKS,
        agent: webhookAgent,
        apiUrl: apiBaseUrl(config),
        wakeOutbox: () => relay.wake(),
      },
      mailTransport(config, log),
      { jobEventsDays: config.RETENTION_JOB_EVENTS_DAYS, webhookAttemptsDays: config.RETENTION_WEBHOOK_ATTEMPTS_DAYS },
    ),
    solar: solarActivities(dependencies),
    wind: windActivities(dependencies),
    gpu: {},
    reports: reportActivities({ ...dependencies, links: new LinkSigner(config.SECRET_KEY, apiBaseUrl(config)) }),
  };
  const deployment =
    config.TEMPORAL_DEPLOYMENT_NAME && config.TEMPORAL_BUILD_ID
      ? {
          useWorkerVersioning: true as const,
          version: { deploymentName: config.TEMPORAL_DEPLOYMENT_NAME, buildId: config.TEMPORAL_BUILD_ID },
          defaultVersioningBehavior: 'AUTO_UPGRADE' as const,
        }
      : undefined;
  const workers = await Promise.all(
    queues.map(async (queue) => {
      const { concurrency, shutdownGraceMs } = QUEUE_POLICIES[queue];
      return Worker.create({
        connection,
        namespace: config.TEMPORAL_NAMESPACE,
        taskQueue: queue,
        ...(queue === 'default' ? { workflowBundle: { codePath: WORKFLOW_BUNDLE } } : {}),
        activities: Object.keys(activities[queue]).length > 0 ? measured(activities[queue]) : { idle },
        maxConcurrentActivityTaskExecutions: concurrency === 'configured' ? config.WORKER_CONCURRENCY : concurrency,
        maxCachedWorkflows: CACHED_WORKFLOWS,
        shutdownGraceTime: shutdownGraceMs,
        shutdownForceTime: shutdownGraceMs * 2,
        maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
        defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
        workerDeploymentOptions: deployment,
      });
    }),
  );
  if (queues.includes('gpu')) log.warning('No activity uses the queue gpu yet; its worker waits');
  relay.start(listener);
  const health = await serveHealth(config.WORKER_HEALTH_PORT, workers, queues, sdkMetrics);
  log.info('Worker polls', { queues, health_port: health.port });

  const runs = Promise.all(workers.map((worker) => worker.run()));
  const stopped = runs
    .then(() => undefined)
    .finally(async () => {
      health.close();
      await relay.stop();
      await listener.close();
      await webhookAgent.close();
      await pool.close();
      await connection.close();
      await temporal.close();
      await database.close();
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

function mailTransport(config: Config, log: Logger): MailTransport {
  const { SENDGRID_API_KEY: apiKey, SENDGRID_FROM_EMAIL: from, SENDGRID_BASE_URL: baseUrl, MAIL_FOLDER } = config;
  return apiKey ? new SendGridTransport({ apiKey, from, baseUrl }) : new FolderTransport(MAIL_FOLDER, from, log);
}

/** Queues without work yet have a poller all the same, so that operators see them. */
const idle = (): Promise<void> => Promise.resolve();

/** Installs the SDK's runtime, once a process. @returns address of its own metrics (task latencies, slots, cache) */
let runtime: Promise<string> | undefined;
function installRuntime(log: Logger): Promise<string> {
  runtime ??= freePort().then((port) => {
    const bindAddress = `127.0.0.1:${port}`;
    Runtime.install({
      logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
        log.log(level === 'ERROR' ? 'error' : 'warning', message, meta as object),
      ),
      shutdownSignals: [],
      telemetryOptions: {
        metrics: {
          prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true },
        },
      },
    });
    return `http://${bindAddress}/metrics`;
  });
  return runtime;
}

/** Waits for Temporal for as long as it takes. */
async function connectPatiently(options: NativeConnectionOptions, log: Logger): Promise<NativeConnection> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await NativeConnection.connect(options);
    } catch (error) {
      if (attempt === 1) log.warning(`Temporal at ${options.address} cannot be reached; waiting for it`, { error });
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  }
}

/** Counts and times every activity by its name. */
function measured(activities: object): object {
  return Object.fromEntries(
    Object.entries(activities).map(([name, activity]: [string, (...args: unknown[]) => Promise<unknown>]) => [
      name,
      async (...args: unknown[]) => {
        const end = metrics.temporalTaskDuration.startTimer({ name });
        try {
          const result = guardPayload(`result of ${name}`, await activity(...args));
          metrics.temporalTasks.inc({ name, status: 'success' });
          return result;
        } catch (error) {
          metrics.temporalTasks.inc({ name, status: 'failure' });
          throw toFailure(error);
        } finally {
          end();
        }
      },
    ]),
  );
}

async function serveHealth(
  port: number,
  workers: readonly Worker[],
  queues: readonly TaskQueue[],
  sdkMetrics: string,
): Promise<{ port: number; close(): void }> {
  const server = createServer(async (request, response) => {
    if (request.url === '/metrics') {
      // Beside the platform's metrics the SDK's: both are Prometheus text.
      const parts = await Promise.all([register.metrics(), fetch(sdkMetrics).then((answer) => answer.text())]).catch(
        (error: unknown) => error as Error,
      );
      if (parts instanceof Error) response.writeHead(500).end(parts.message);
      else response.setHeader('content-type', register.contentType).end(parts.join('\n'));
      return;
    }
    const polling = workers.every((worker) => worker.getState() === 'RUNNING');
    response.statusCode = polling ? 200 : 503;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: polling ? 'healthy' : 'unhealthy', queues }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve());
  });
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
}
