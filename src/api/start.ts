/** The API process: services, HTTP server and outbox relay. `WORKERS` of them share a port with node:cluster. */
import cluster from 'node:cluster';
import { setMaxListeners } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Accounts } from '../services/accounts/accounts.ts';
import { CREDENTIALS_CHANNEL } from '../services/accounts/logins.ts';
import { Admin } from '../services/admin/admin.ts';
import { Administrators } from '../services/admin/administrators.ts';
import { Billing } from '../services/billing/billing.ts';
import { Guesses } from '../services/accounts/guesses.ts';
import { IdentityProviders } from '../services/accounts/identity-providers.ts';
import { People } from '../services/accounts/people.ts';
import { SecondFactors } from '../services/accounts/second-factor.ts';
import { SendGridEvents } from '../adapters/mail/sendgrid-events.ts';
import { MailEvents } from '../services/mails/addresses.ts';
import { StripeGateway } from '../adapters/billing/stripe.ts';
import { MemoryCache, RedisCache } from '../adapters/cache/cache.ts';
import { RedisConnection } from '../adapters/cache/redis.ts';
import type { Config } from '../adapters/config/config.ts';
import { loadConfig, settingsWarnings } from '../adapters/config/config.ts';
import { providerAddresses, redisOptions, tokenSecrets, stripeSettings } from '../adapters/config/connections.ts';
import { AppError } from '../contracts/common/app-error.ts';
import { CLOSE_MS, REQUESTS_END_MS } from '../contracts/operations/stopping.ts';
import { Idempotency } from '../services/idempotency/idempotency.ts';
import { Jobs } from '../services/jobs/jobs.ts';
import { createLogger } from '../adapters/observability/logger.ts';
import { endWith } from '../adapters/observability/start.ts';
import { createProviders } from '../adapters/providers/index.ts';
import { LinkSigner } from '../services/reports/links.ts';
import { Reports } from '../services/reports/reports.ts';
import { WeatherFetcher } from '../services/weather/provided-weather.ts';
import { SloRecorder } from '../services/slo/recorder.ts';
import { CallJournal } from '../services/metering/journal.ts';
import { Webhooks } from '../services/webhooks/webhooks.ts';
import { compose } from '../composition.ts';
import { onStopSignal } from '../lib/stop-signal.ts';
import { createApp } from './app.ts';
import { RateCounters } from './middleware/rate-limit.ts';
import { SessionCookie } from './middleware/session-cookie.ts';
import { answerClientErrors, MAX_HEADER_BYTES } from './client-error.ts';
import { processMetrics, runPrimary, sayReady } from './cluster.ts';
import { answerStarting } from './starting.ts';

interface RunningApi {
  /** Stops accepting requests, waits for open ones and closes every connection. */
  stop(): Promise<void>;
}

/** A starting process waits this long for Redis and then continues without it [ms]. */
const REDIS_WAIT_MS = 2_000;
/** Slow connections are looked for at this interval [ms]. */
const CHECK_CONNECTIONS_MS = 2_000;
const READING_THREADS = 2;
const MEMORY_CACHE_BYTES = 64 * 1024 * 1024;

/** Starts the API in this process. It listens on PORT at once, and answers 503 until it has its parts. */
async function startApi(config: Config): Promise<RunningApi> {
  let listener: RequestListener = answerStarting;
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requestTimeout: config.HTTP_REQUEST_TIMEOUT * 1000,
      headersTimeout: Math.min(config.HTTP_HEADERS_TIMEOUT, config.HTTP_REQUEST_TIMEOUT) * 1000,
      keepAliveTimeout: config.HTTP_KEEP_ALIVE_TIMEOUT * 1000,
      connectionsCheckingInterval: CHECK_CONNECTIONS_MS,
    },
    (request, response) => listener(request, response),
  );
  answerClientErrors(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, () => resolve());
  });
  // Threads read uploads, so that a large file does not block other requests, and a second one not the next upload.
  const shared = await compose(config, { service: 'api', processes: config.WORKERS, threads: READING_THREADS });
  const { log, database, relay, pool, weather } = shared;
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
    apiUrl: shared.apiUrl,
    box: shared.box,
  });
  shared.listener.on(CREDENTIALS_CHANNEL, (id) => accounts.forget(id));
  const providers = createProviders(providerAddresses(config), {
    cache: redis
      ? new RedisCache(redis, config.REDIS_CACHE_TTL)
      : new MemoryCache(MEMORY_CACHE_BYTES, config.REDIS_CACHE_TTL),
    read: async (bytes, file) => (await pool.run('readWeather', { ...file, bytes }, { isAnswer: true })).result,
    onEvent: ({ event, ...details }) => log.info(event, details),
  });
  const jobs = new Jobs(database, shared.effects, () => relay.wake());
  const slo = new SloRecorder(database, log);
  const journal = config.METERING_ENABLED
    ? new CallJournal(database, log, {
        folder: config.METERING_JOURNAL_DIR,
        intervalS: config.METERING_FLUSH_INTERVAL,
      })
    : undefined;
  const stripe = stripeSettings(config);
  const billing =
    stripe &&
    new Billing(database, new StripeGateway(stripe), log, {
      apiUrl: shared.apiUrl,
      graceDays: config.BILLING_GRACE_DAYS,
    });
  const draining = new AbortController();
  listener = createApp({
    ...shared,
    redis,
    accounts,
    cookie: new SessionCookie('tessellate_session', shared.apiUrl, config.ALLOWED_ORIGINS),
    adminCookie: new SessionCookie('tessellate_admin', shared.apiUrl, config.ALLOWED_ORIGINS),
    signInCookie: new SessionCookie('tessellate_sign_in', shared.apiUrl, config.ALLOWED_ORIGINS),
    billing,
    mailEvents:
      config.SENDGRID_WEBHOOK_PUBLIC_KEY === undefined
        ? undefined
        : new MailEvents(database, new SendGridEvents(config.SENDGRID_WEBHOOK_PUBLIC_KEY)),
    guesses: new Guesses(database, {
      accountAndAddress: config.RATE_LIMIT_LOGIN,
      account: config.RATE_LIMIT_LOGIN_ACCOUNT,
      address: config.RATE_LIMIT_LOGIN_ADDRESS,
    }),
    people: new People(database, accounts, shared.apiUrl),
    secondFactors: new SecondFactors(database, accounts, shared.box),
    identityProviders: new IdentityProviders(database, accounts, {
      box: shared.box,
      apiUrl: shared.apiUrl,
      policy: shared.webhookPolicy,
    }),
    admin: new Admin(database, jobs),
    administrators: new Administrators(database, shared.box),
    counters: new RateCounters(),
    weatherFetcher: new WeatherFetcher({
      providers,
      datasets: weather,
      limitMs: config.WEATHER_FETCH_TIME_LIMIT * 1000,
      stopping: stopping.signal,
      log,
    }),
    idempotency: new Idempotency(database, shared.box),
    jobs,
    reports: new Reports(database),
    links: new LinkSigner(shared.secrets, shared.apiUrl),
    webhooks: new Webhooks(database, shared.box, shared.webhookPolicy, () => relay.wake()),
    slo,
    journal,
    draining: draining.signal,
    stopping: stopping.signal,
    processMetrics: processMetrics(),
  });
  relay.start(shared.listener);
  shared.auditRelay.start();
  slo.start();
  journal?.start();
  const { port } = server.address() as { port: number };
  log.info('API listens', { port });
  sayReady();
  return {
    async stop() {
      log.info('API stops', { drain_s: config.DRAIN_SECONDS });
      draining.abort();
      // Balancers see readiness fail before the port closes.
      await sleep(config.DRAIN_SECONDS * 1000);
      const closed = new Promise((resolve) => server.close(resolve));
      stopping.abort(new AppError('service.unavailable', 'This process is stopping', { retryAfterS: 1 }));
      // Closes each connection after its last answer instead of waiting for the client's next request.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const force = setTimeout(() => server.closeAllConnections(), REQUESTS_END_MS);
      await closed;
      clearInterval(idle);
      clearTimeout(force);
      redis?.disconnect();
      setTimeout(
        () => endWith('api', 'The API did not stop in time', new Error('a part did not close')),
        CLOSE_MS,
      ).unref();
      await slo.stop();
      await journal?.stop();
      await shared.close();
      log.info('API has stopped');
    },
  };
}

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger({ service: 'api', level: config.LOG_LEVEL });
  if (cluster.isPrimary) for (const warning of settingsWarnings()) log.warning(warning);
  if (cluster.isPrimary && config.APP_ENV === 'production' && !stripeSettings(config))
    log.warning('Billing is off: STRIPE_SECRET_KEY is not set');
  if (cluster.isPrimary && config.WORKERS > 1) {
    if (!config.REDIS_URL) log.warning('Without REDIS_URL each API process counts rate limits by itself');
    runPrimary(config.WORKERS, log);
    return;
  }
  const api = await startApi(config);
  let isStopping = false;
  onStopSignal(() => {
    if (isStopping) return;
    isStopping = true;
    api.stop().then(
      () => process.exit(0),
      (error: unknown) => endWith('api', 'The API did not stop in order', error),
    );
  });
}

/** Runs the API until SIGTERM. One that cannot start ends with one line and status 1. */
export const runApi = (): Promise<void> =>
  main().catch((error: unknown) => endWith('api', 'The API cannot start', error));
