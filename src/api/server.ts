/** The API process: services, HTTP server and outbox relay. `WORKERS` of them share a port with node:cluster. */
import cluster from 'node:cluster';
import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Accounts, CREDENTIALS_CHANNEL } from '../services/accounts/accounts.ts';
import { MemoryCache, RedisCache } from '../adapters/cache/cache.ts';
import { RedisConnection } from '../adapters/cache/redis.ts';
import type { Config } from '../adapters/config/config.ts';
import { ConfigError, loadConfig, noEffectNotice } from '../adapters/config/config.ts';
import { apiBaseUrl, providerAddresses, redisOptions, tokenSecrets } from '../adapters/config/connections.ts';
import { AppError } from '../contracts/common/app-error.ts';
import { Jobs } from '../services/jobs/jobs.ts';
import { createLogger } from '../adapters/observability/logger.ts';
import { createProviders } from '../adapters/providers/index.ts';
import { LinkSigner } from '../services/reports/links.ts';
import { Reports } from '../services/reports/reports.ts';
import { WeatherFetcher } from '../services/weather/provided-weather.ts';
import { Webhooks } from '../services/webhooks/webhooks.ts';
import { compose } from '../composition.ts';
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
/** Slow connections are looked for at this interval [ms]. */
const CHECK_CONNECTIONS_MS = 2_000;
const READING_THREADS = 2;
const MEMORY_CACHE_BYTES = 64 * 1024 * 1024;

/** Starts the API in this process and listens on PORT. */
export async function startApi(config: Config): Promise<RunningApi> {
  // Threads read uploads, so that a large file does not block other requests, and a second one not the next upload.
  const shared = await compose(config, { service: 'api', processes: config.WORKERS, threads: READING_THREADS });
  const { log, database, listener, relay, pool, weather } = shared;
  const redisSettings = redisOptions(config);
  const redis = redisSettings && new RedisConnection(redisSettings, log);
  await redis?.ready(REDIS_WAIT_MS);
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // one listener for each open stream
  const accounts = new Accounts(database, {
    jwt: {
      secrets: tokenSecrets(config),
      algorithm: config.JWT_ALGORITHM,
      accessMinutes: config.JWT_ACCESS_TOKEN_EXPIRE_MINUTES,
      refreshDays: config.JWT_REFRESH_TOKEN_EXPIRE_DAYS,
    },
    keyMode: config.APP_ENV === 'production' ? 'live' : 'test',
    apiUrl: config.API_BASE_URL && apiBaseUrl(config),
  });
  listener.on(CREDENTIALS_CHANNEL, (id) => accounts.forget(id));
  const providers = createProviders(providerAddresses(config), {
    cache: redis
      ? new RedisCache(redis, config.REDIS_CACHE_TTL)
      : new MemoryCache(MEMORY_CACHE_BYTES, config.REDIS_CACHE_TTL),
    read: async (bytes, file) => (await pool.run('readWeather', { ...file, bytes })).result,
    onEvent: ({ event, ...details }) => log.info(event, details),
  });
  const jobs = new Jobs(database, shared.emitEvent, () => relay.wake());
  const app = createApp({
    ...shared,
    redis,
    accounts,
    weatherFetcher: new WeatherFetcher({
      providers,
      datasets: weather,
      limitMs: config.WEATHER_FETCH_TIME_LIMIT * 1000,
      stopping: stopping.signal,
      log,
    }),
    jobs,
    reports: new Reports(database),
    links: new LinkSigner(shared.secrets, shared.apiUrl),
    webhooks: new Webhooks(database, shared.box, shared.webhookPolicy, () => relay.wake()),
    stopping: stopping.signal,
    processMetrics: processMetrics(),
  });
  const server = createServer(
    {
      requestTimeout: config.HTTP_REQUEST_TIMEOUT * 1000,
      headersTimeout: Math.min(config.HTTP_HEADERS_TIMEOUT, config.HTTP_REQUEST_TIMEOUT) * 1000,
      connectionsCheckingInterval: CHECK_CONNECTIONS_MS,
    },
    app,
  );
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
      redis?.disconnect();
      await shared.close();
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
