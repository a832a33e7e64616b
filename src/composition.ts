/** What API and worker share: connections, compute threads, the services of jobs, and the order in which they end. */
import { hostname } from 'node:os';
import type { Config } from './adapters/config/config.ts';
import {
  apiBaseUrl,
  applicationSecrets,
  connectionBudget,
  databaseOptions,
  directUrl,
  temporalOptions,
  webhookPolicy,
} from './adapters/config/connections.ts';
import { Database, type DatabaseOptions, isDatabaseAway } from './adapters/database/database.ts';
import { Listener } from './adapters/database/listener.ts';
import { createLogger, type Logger } from './adapters/observability/logger.ts';
import { collectProcessMetrics } from './adapters/observability/metrics.ts';
import { patiently } from './adapters/observability/start.ts';
import { startTracing } from './adapters/observability/tracing.ts';
import { TemporalClient } from './adapters/temporal/temporal-client.ts';
import { ENGINE_VERSION } from './adapters/version/version.ts';
import { builtModule, ComputePool } from './compute/pool.ts';
import { RequestPool } from './compute/request-pool.ts';
import { AuditRelay } from './services/audit/chain.ts';
import { GpuWorkers } from './services/jobs/gpu-workers.ts';
import { jobEffects } from './services/jobs/jobs.ts';
import { jobRegistry, type JobRegistry, startTechnologies, threadModules } from './services/jobs/registry.ts';
import type { JobServices } from './services/jobs/working-kind.ts';
import { OutboxRelay } from './services/outbox/outbox.ts';
import { Sites } from './services/sites/sites.ts';
import { WeatherDatasets } from './services/weather/weather-datasets.ts';
import { SecretBox } from './services/webhooks/secret-box.ts';

export interface Composition extends JobServices {
  readonly config: Config;
  readonly log: Logger;
  readonly listener: Listener;
  readonly temporal: TemporalClient;
  readonly relay: OutboxRelay;
  readonly auditRelay: AuditRelay;
  readonly jobKinds: JobRegistry;
  /** Encrypts secrets of webhooks */
  readonly box: SecretBox;
  readonly webhookPolicy: ReturnType<typeof webhookPolicy>;
  close(): Promise<void>;
}

interface Share {
  readonly service: 'api' | 'worker';
  /** Processes of this service, which share its database connections */
  readonly processes: number;
  /** Compute threads of this process */
  readonly threads: number;
}

/** Computing time of a task of a request: the largest weather files take 3 s, on a machine that is five times slower 15 s [ms]. */
const READ_LIMIT_MS = 20_000;
/** Time of the same where no processor is free [ms] */
const READ_WALL_LIMIT_MS = 200_000;
/** Files that wait hold their bytes in memory. */
const MAX_WAITING_READS = 100;

/** Connects, and waits until the migrations of this release are applied. */
async function connectDatabase(config: Config, log: Logger, options: DatabaseOptions): Promise<Database> {
  const limitS = config.START_WAIT_SECONDS;
  const database = await patiently('PostgreSQL', () => Database.connect(options), {
    limitS,
    log,
    isPassing: isDatabaseAway,
  });
  const check = async (): Promise<void> => {
    const pending = await database.pendingMigrations();
    if (pending.length > 0)
      throw new Error(`${pending.length} migrations are not applied, first ${pending[0]}; run tessellate migrate up`);
  };
  await patiently('The database schema', check, { limitS, log, isPassing: () => true });
  return database;
}

const tracing = async (config: Config, service: Share['service']) =>
  config.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
    ? undefined
    : startTracing({
        endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
        headers: config.OTEL_EXPORTER_OTLP_HEADERS,
        ratio: config.OTEL_TRACES_SAMPLER_ARG,
        service,
        version: ENGINE_VERSION,
        instance: config.INSTANCE_ID ?? `${hostname()}-${process.pid}`,
        environment: config.APP_ENV,
      });

export async function compose(config: Config, { service, processes, threads }: Share): Promise<Composition> {
  const log = createLogger({ service, level: config.LOG_LEVEL });
  collectProcessMetrics();
  const endTracing = await tracing(config, service);
  if (service === 'api') startTechnologies();
  const database = await connectDatabase(config, log, {
    ...databaseOptions(config, `tessellate-${service}`, processes),
    budget: connectionBudget(config),
  });
  const listener = new Listener(directUrl(config), log);
  await listener.start();
  const temporal = new TemporalClient(temporalOptions(config));
  const relay = new OutboxRelay(database, temporal, log);
  const pool =
    service === 'api'
      ? new RequestPool({
          threads,
          limitMs: READ_LIMIT_MS,
          wallLimitMs: READ_WALL_LIMIT_MS,
          maxWaiting: MAX_WAITING_READS,
          modules: [builtModule(import.meta.url, './contracts/large-bodies'), ...threadModules],
        })
      : new ComputePool({ threads, maxTasksPerThread: config.WORKER_MAX_TASKS_PER_CHILD });
  const services: JobServices = {
    database,
    weather: new WeatherDatasets(
      database,
      async (file, caller) => (await pool.run('readWeather', file, { caller })).result,
    ),
    sites: new Sites(database),
    pool,
    secrets: applicationSecrets(config),
    apiUrl: apiBaseUrl(config),
    reportMailsPerDay: config.REPORT_MAILS_PER_DAY,
    softLimitS: config.TASK_SOFT_TIME_LIMIT,
    hardLimitS: config.TASK_TIME_LIMIT,
    checkpointS: config.CHECKPOINT_SECONDS,
    effects: jobEffects(config),
    gpuWorkers: new GpuWorkers(database),
  };
  const auditRelay = new AuditRelay(database, log, (tx, { personal_hash: _, org_id: orgId, hash, ...entry }) =>
    services.effects.emitEvent(tx, orgId, 'audit.recorded', { ...entry, hash: hash.toString('hex') }),
  );
  return {
    ...services,
    config,
    log,
    listener,
    temporal,
    relay,
    auditRelay,
    jobKinds: jobRegistry(services),
    box: new SecretBox(services.secrets),
    webhookPolicy: webhookPolicy(config),
    async close() {
      await relay.stop();
      await auditRelay.stop();
      await listener.close();
      await pool.close();
      await temporal.close();
      await database.close();
      await endTracing?.();
    },
  };
}
