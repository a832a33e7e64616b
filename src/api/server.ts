/** The API process: services, HTTP server, outbox relay; drains on stop. `WORKERS` of them share a port by node:cluster. */
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { Accounts, KEY_REVOKED_CHANNEL } from '../accounts/accounts.ts';
import { ComputePool } from '../compute/pool.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/config.ts';
import { databaseOptions, directUrl, temporalOptions, webhookPolicy } from '../config/connections.ts';
import { Database } from '../database/database.ts';
import { Listener } from '../database/listener.ts';
import { Jobs } from '../jobs/jobs.ts';
import { OutboxRelay } from '../jobs/outbox.ts';
import { createLogger } from '../observability/logger.ts';
import { collectProcessMetrics } from '../observability/metrics.ts';
import { Sites } from '../sites/sites.ts';
import { SolarLibrary } from '../solar-library/solar-library.ts';
import { TemporalClient } from '../temporal-client/temporal-client.ts';
import { WeatherDatasets } from '../weather-datasets/weather-datasets.ts';
import { WindLibrary } from '../wind-library/wind-library.ts';
import { SecretBox } from '../webhooks/secret-box.ts';
import { Webhooks } from '../webhooks/webhooks.ts';
import { createApp } from './app.ts';

export interface RunningApi {
  readonly port: number;
  /** Stops accepting, ends what runs, closes every connection. */
  stop(): Promise<void>;
}

/** How long open requests may take to end when the process stops [ms]. */
const DRAIN_MS = 10_000;

export async function startApi(config: Config): Promise<RunningApi> {
  const log = createLogger({ service: 'api', level: config.LOG_LEVEL });
  collectProcessMetrics();
  const database = await Database.connect(databaseOptions(config, 'tessellate-api', config.WORKERS));
  const listener = new Listener(directUrl(config), log);
  await listener.start();
  const temporal = new TemporalClient(temporalOptions(config));
  const redis = config.REDIS_URL
    ? new Redis(config.REDIS_URL, {
        enableOfflineQueue: false,
        maxRetriesPerRequest: 1,
        tls: config.REDIS_SSL ? {} : undefined,
      })
    : undefined;
  redis?.on('error', (error) => log.warning('Redis is away; limits and cache are not shared meanwhile', { error }));
  // One thread reads uploads, so that a large file never holds up other requests.
  const pool = new ComputePool({ threads: 1, maxTasksPerThread: config.WORKER_MAX_TASKS_PER_CHILD });
  const relay = new OutboxRelay(database, temporal, log);
  const accounts = new Accounts(database, {
    jwt: {
      secret: config.JWT_SECRET_KEY,
      algorithm: config.JWT_ALGORITHM,
      accessMinutes: config.JWT_ACCESS_TOKEN_EXPIRE_MINUTES,
      refreshDays: config.JWT_REFRESH_TOKEN_EXPIRE_DAYS,
    },
    keyMode: config.APP_ENV === 'production' ? 'live' : 'test',
  });
  listener.on(KEY_REVOKED_CHANNEL, (fingerprint) => accounts.forgetKey(fingerprint));
  const app = createApp({
    config,
    log,
    database,
    listener,
    temporal,
    redis,
    accounts,
    sites: new Sites(database),
    solarLibrary: new SolarLibrary(database),
    weather: new WeatherDatasets(database, async (file) => (await pool.run('readWeather', file)).result),
    readWindClimate: async (input) => (await pool.run('windClimate', input)).result,
    windLibrary: new WindLibrary(database, async (file) => (await pool.run('describeWindFile', file)).result),
    jobs: new Jobs(database, () => relay.wake()),
    webhooks: new Webhooks(database, new SecretBox(config.SECRET_KEY), webhookPolicy(config), () => relay.wake()),
  });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, () => resolve());
  });
  relay.start(listener);
  const { port } = server.address() as { port: number };
  log.info('API listens', { port });
  return {
    port,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearTimeout(force);
      await relay.stop();
      await listener.close();
      await pool.close();
      await temporal.close();
      redis?.disconnect();
      await database.close();
    },
  };
}

async function main(): Promise<void> {
  const config = loadConfig();
  if (cluster.isPrimary && config.WORKERS > 1) {
    for (let i = 0; i < config.WORKERS; i++) cluster.fork();
    let stopping = false;
    cluster.on('exit', () => {
      if (!stopping) cluster.fork();
    });
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => {
        stopping = true;
        for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
      });
    return;
  }
  const api = await startApi(config);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void api.stop().then(() => process.exit(0)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
