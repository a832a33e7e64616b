/** The API process: services, HTTP server and outbox relay. `WORKERS` of them share a port with node:cluster. */
import cluster from 'node:cluster';
import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Accounts, KEY_REVOKED_CHANNEL } from '../services/accounts/accounts.ts';
import { MemoryCache, RedisCache } from '../adapters/cache/cache.ts';
import { RedisConnection } from '../adapters/cache/redis.ts';
import { ComputePool } from '../compute/pool.ts';
import type { Config } from '../adapters/config/config.ts';
import { ConfigError, loadConfig, noEffectNotice } from '../adapters/config/config.ts';
import {
  apiBaseUrl,
  databaseOptions,
  directUrl,
  providerAddresses,
  redisOptions,
  temporalOptions,
  webhookPolicy,
} from '../adapters/config/connections.ts';
import { AppError } from '../contracts/common/app-error.ts';
import { Database } from '../adapters/database/database.ts';
import { Listener } from '../adapters/database/listener.ts';
import { Jobs } from '../services/jobs/jobs.ts';
import { OutboxRelay } from '../services/outbox/outbox.ts';
import { createLogger } from '../adapters/observability/logger.ts';
import { collectProcessMetrics } from '../adapters/observability/metrics.ts';
import { createProviders } from '../adapters/providers/index.ts';
import { LinkSigner } from '../services/reports/links.ts';
import { Reports } from '../services/reports/reports.ts';
import { Sites } from '../services/sites/sites.ts';
import { SolarLibrary } from '../services/solar/library.ts';
import { TemporalClient } from '../adapters/temporal/temporal-client.ts';
import { WeatherFetcher } from '../services/weather/provided-weather.ts';
import { WeatherDatasets } from '../services/weather/weather-datasets.ts';
import { WindLibrary } from '../services/wind/library.ts';
import { enableEvents } from '../services/webhooks/events.ts';
import { SecretBox } from '../services/webhooks/secret-box.ts';
import { Webhooks } from '../services/webhooks/webhooks.ts';
import { createApp } from './app.ts';
import { answerClientErrors } from './client-error.ts';
import { processMetrics, runPrimary } from './cluster.ts';

export interface RunningApi {
  readonly port: number;
  /** Stops accepting requests, waits for open ones and closes every connection. */
  stop(): Promise<void>;
}

/** Time that open requests have to end when the process stops [ms]. */
const DRAIN_MS = 10_000;
/** A starting process waits this long for Redis and then continues without it [ms]. */
const REDIS_WAIT_MS = 2_000;
const MEMORY_CACHE_BYTES = 64 * 1024 * 1024;

export async function startApi(config: Config): Promise<RunningApi> {
  const log = createLogger({ service: 'api', level: config.LOG_LEVEL });
  collectProcessMetrics();
  enableEvents(config.ENABLE_WEBHOOKS);
  const database = await Database.connect(databaseOptions(config, 'tessellate-api', config.WORKERS));
  const listener = new Listener(directUrl(config), log);
  await listener.start();
  const temporal = new TemporalClient(temporalOptions(config));
  const redisSettings = redisOptions(config);
  const redis = redisSettings && new RedisConnection(redisSettings, log);
  await redis?.ready(REDIS_WAIT_MS);
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // one listener for each open stream
  // One thread reads uploads, so that a large file does not block other requests.
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
    apiUrl: config.API_BASE_URL && apiBaseUrl(config),
  });
  listener.on(KEY_REVOKED_CHANNEL, (fingerprint) => accounts.forgetKey(fingerprint));
  const weather = new WeatherDatasets(database, async (file) => (await pool.run('readWeather', file)).result);
  const providers = createProviders(providerAddresses(config), {
    cache: redis
      ? new RedisCache(redis, config.REDIS_CACHE_TTL)
      : new MemoryCache(MEMORY_CACHE_BYTES, config.REDIS_CACHE_TTL),
    read: async (bytes, file) => (await pool.run('readWeather', { ...file, bytes })).result,
    onEvent: ({ event, ...details }) => log.info(event, details),
  });
  const jobs = new Jobs(database, () => relay.wake());
  const app = createApp({
    config,
    log,
    database,
    listener,
    temporal,
    redis,
    accounts,
    sites: new Sites(database),
    solarLibrary: new SolarLibrary(database, async (file) => (await pool.run('describeComponentFile', file)).result),
    weather,
    weatherFetcher: new WeatherFetcher({
      providers,
      datasets: weather,
      limitMs: config.WEATHER_FETCH_TIME_LIMIT * 1000,
      stopping: stopping.signal,
      log,
    }),
    readWindClimate: async (input) => (await pool.run('windClimate', input)).result,
    windLibrary: new WindLibrary(database, async (file) => (await pool.run('describeWindFile', file)).result),
    jobs,
    reports: new Reports(database, jobs),
    links: new LinkSigner(config.SECRET_KEY, apiBaseUrl(config)),
    webhooks: new Webhooks(database, new SecretBox(config.SECRET_KEY), webhookPolicy(config), () => relay.wake()),
    stopping: stopping.signal,
    processMetrics: processMetrics(),
  });
  const server = createServer(app);
  answerClientErrors(server);
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
      stopping.abort(new AppError('service.unavailable', 'This process is stopping', { retryAfterS: 1 }));
      // Closes each connection after its last answer instead of waiting for the client's next request.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearInterval(idle);
      clearTimeout(force);
      await relay.stop();
      await listener.close();
      await pool.close();
      await temporal.close();
      redis?.disconnect();
      await database.close();
      log.info('API has stopped');
    },
  };
}

async function main(): Promise<void> {
  const config = loadConfig();
  const notice = cluster.isPrimary ? noEffectNotice() : undefined;
  if (notice) createLogger({ service: 'api', level: config.LOG_LEVEL }).warning(notice);
  if (cluster.isPrimary && config.WORKERS > 1) {
    const log = createLogger({ service: 'api', level: config.LOG_LEVEL });
    if (!config.REDIS_URL) log.warning('Without REDIS_URL each API process counts rate limits by itself');
    runPrimary(config.WORKERS, log);
    return;
  }
  const api = await startApi(config);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void api.stop().then(() => process.exit(0)));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main().catch((error: unknown) => {
    // Each problem of the environment gets its own line, for the person who sets the variables.
    if (error instanceof ConfigError) console.error(error.message);
    else createLogger({ service: 'api', level: 'ERROR' }).error('The API cannot start', { error });
    process.exit(1);
  });
