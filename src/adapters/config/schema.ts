/** The one schema of the environment: default, unit and a sentence for each field. `.env.example` is generated from it. */
import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { USAGE_METRICS, type UsageMetric } from '../../contracts/metering/usage.ts';

const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0'], 'expected true or false')
    .default(fallback ? 'true' : 'false')
    .transform((text) => text === 'true' || text === '1');
const count = (min: number, max: number) => {
  const expected = `expected an integer from ${min} to ${max}`;
  return z.coerce.number(expected).int(expected).min(min, expected).max(max, expected);
};
const integer = (fallback: number, min: number, max: number) => count(min, max).default(fallback);
const secret = () => z.string().min(32, 'expected at least 32 characters');
const secrets = () =>
  list('').refine((each) => each.every((one) => one.length >= 32), 'expected secrets of at least 32 characters each');
const list = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    );
const url = (protocols: string) =>
  z.string().regex(new RegExp(`^(${protocols})://\\S+$`), `expected ${protocols}://...`);

const isEcKey = (text: string): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
};

/** Variables that production must set; development has a safe default or does not need them. */
export const REQUIRED_IN_PRODUCTION = [
  'SECRET_KEY',
  'API_BASE_URL',
  'DATABASE_URL',
  'TEMPORAL_ADDRESS',
  'SENDGRID_API_KEY',
  'NLR_API_KEY',
] as const;

/** Former names of variables; read if the new one is absent. NREL became NLR. */
export const OLD_NAMES: Readonly<Record<string, string>> = { NLR_API_KEY: 'NREL_API_KEY', NLR_EMAIL: 'NREL_EMAIL' };

/** Variables of the platform's predecessor, and what takes their place. */
export const REPLACED_NAMES: Readonly<Record<string, string>> = {
  CELERY_BROKER_URL: 'TEMPORAL_ADDRESS: Temporal has the queues',
  CELERY_RESULT_BACKEND: 'DATABASE_URL: PostgreSQL has the results',
  CELERY_WORKER_CONCURRENCY: 'WORKER_CONCURRENCY',
  CELERY_TASK_SOFT_TIME_LIMIT: 'TASK_SOFT_TIME_LIMIT',
  CELERY_TASK_TIME_LIMIT: 'TASK_TIME_LIMIT',
  CELERY_WORKER_MAX_TASKS_PER_CHILD: 'WORKER_MAX_TASKS_PER_CHILD',
};

export const ENVIRONMENT = {
  APP_ENV: z
    .enum(['production', 'staging', 'development'])
    .default('development')
    .describe('Environment. The API and workers require it, unless `npm start` starts them.'),
  SECRET_KEY: secret()
    .optional()
    .describe(
      'Application secret, at least 32 characters, without commas; seals secrets and headers of webhooks and signs links. In development a random one in .tessellate takes its place.',
    ),
  SECRET_KEY_PREVIOUS: secrets().describe(
    'Other secrets, separated by commas, under which values are opened and links accepted while SECRET_KEY changes.',
  ),
  API_BASE_URL: url('https?').optional().describe('Public URL of the API.'),
  ALLOWED_ORIGINS: list('*').describe('CORS: allowed origins, separated by commas.'),
  INSTANCE_ID: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'expected 1 to 64 letters, digits and hyphens')
    .optional()
    .describe(
      'Name of this process in the header X-Instance-Id of /health; `npm start` recognises its own processes by it.',
    ),
  LOG_LEVEL: z.enum(['DEBUG', 'INFO', 'WARNING', 'ERROR']).default('INFO').describe('Lowest level that is logged.'),
  PORT: integer(8000, 0, 65_535).describe('Port of the API; 0 takes a free one.'),
  HOST: z
    .string()
    .optional()
    .describe(
      "Address that the API and the worker's health page listen on; default 127.0.0.1 in development, 0.0.0.0 elsewhere. Without APP_ENV only loopback addresses are accepted.",
    ),
  TRUSTED_PROXY_HOPS: integer(0, 0, 10).describe(
    'Proxies in front of the API whose X-Forwarded-For is trusted; 0 if clients connect directly, because clients could otherwise choose the address that limits count. Behind a proxy, 0 counts all clients as one address.',
  ),
  HTTP_REQUEST_TIMEOUT: integer(300, 1, 3600).describe(
    'Time until a request has arrived with its body [s]: an upload of 50 MB at 1.4 Mbit/s. Slower clients would hold connections for ever.',
  ),
  HTTP_HEADERS_TIMEOUT: integer(20, 1, 3600).describe(
    'Time until the headers of a request have arrived [s]; they are small, and slower clients hold connections on purpose.',
  ),
  HTTP_KEEP_ALIVE_TIMEOUT: integer(75, 1, 3600).describe(
    'Time until a connection without requests is closed [s]; longer than proxies reuse one (60 s), because a request that meets the close is lost.',
  ),
  DRAIN_SECONDS: count(0, 60)
    .optional()
    .describe(
      'After SIGTERM the API still serves requests for this long, while /health/ready answers 503 [s]; default 5 in production and staging, 0 in development.',
    ),
  START_WAIT_SECONDS: integer(300, 0, 3600).describe(
    'A starting process waits this long for PostgreSQL, its migrations and Temporal, then it ends with status 1 [s]. Errors that do not pass by themselves, such as a wrong password, end it at once.',
  ),
  WORKERS: count(1, 64)
    .optional()
    .describe('API processes (node:cluster); default 4 in production and staging, 1 in development.'),
  API_REPLICAS: integer(1, 1, 1000).describe(
    'API services that run at the same time, each with WORKERS processes; counts connections of the database.',
  ),
  ADMIN_TOKEN: secret()
    .optional()
    .describe(
      'Opens /health/detailed and /metrics to operators; without it /health/detailed is open only in development.',
    ),
  METRICS_TOKEN: secret()
    .optional()
    .describe(
      'Opens /metrics of the API and of workers to Prometheus; without a token /metrics is open only in development.',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('https?')
    .optional()
    .describe(
      'Collector of traces that takes OTLP over HTTP, such as http://otel-collector:4318; without it no traces are recorded.',
    ),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .optional()
    .describe('Headers of requests to the collector, such as its key: name=value, separated by commas.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number('expected a number from 0 to 1')
    .min(0, 'expected a number from 0 to 1')
    .max(1, 'expected a number from 0 to 1')
    .default(1)
    .describe('Share of the traces that is recorded, 0 to 1.'),
  EXPECTED_WORKERS: count(1, 10_000)
    .optional()
    .describe(
      'Worker processes that should run; the metric temporal_workers_expected, by which WorkerDown alerts, and connections of the database.',
    ),
  DEBUG: flag(false).describe('Debug mode: LOG_LEVEL is DEBUG and SQL statements are logged; refused in production.'),

  DATABASE_URL: url('postgres(?:ql)?').optional().describe('PostgreSQL connection string.'),
  DATABASE_HOST: z
    .string()
    .optional()
    .describe('Host of PostgreSQL; with the settings below in place of DATABASE_URL, so that no password is escaped.'),
  DATABASE_PORT: integer(5432, 1, 65_535).describe('Port, with DATABASE_HOST.'),
  DATABASE_NAME: z.string().default('tessellate').describe('Name of the database, with DATABASE_HOST.'),
  DATABASE_USER: z.string().default('tessellate').describe('User, with DATABASE_HOST.'),
  DATABASE_PASSWORD: z.string().optional().describe('Password as it is, with DATABASE_HOST.'),
  DATABASE_SSLMODE: z
    .enum(['disable', 'verify-full', 'no-verify'])
    .optional()
    .describe('TLS to PostgreSQL, with DATABASE_HOST; NODE_EXTRA_CA_CERTS names your own certificate authority.'),
  DATABASE_DIRECT_URL: url('postgres(?:ql)?')
    .optional()
    .describe(
      'Connection for LISTEN and migrations, never through a transaction pooler; DATABASE_URL if absent. If that is a pooler, polling each second takes the place of LISTEN.',
    ),
  DATABASE_OWNER_URL: url('postgres(?:ql)?')
    .optional()
    .describe(
      'Connection of the role that owns the tables, for migrations only; DATABASE_DIRECT_URL if absent. The role of DATABASE_URL then only gets rights to read and write rows, and cannot change the audit log.',
    ),
  DATABASE_POOL_SIZE: integer(10, 1, 1000).describe('Connections that are kept open, over all processes of a service.'),
  DATABASE_MAX_OVERFLOW: integer(20, 0, 1000).describe('Additional connections under load.'),
  DATABASE_POOL_TIMEOUT: integer(30, 1, 600).describe('Wait for a free connection [s].'),
  DATABASE_STATEMENT_TIMEOUT: integer(20, 0, 3600).describe(
    'Time of one statement [s]: the longest ones, which read or write a year of minutes, take 2 s. A database that hangs answers nothing; a request then gets 503 two seconds later. 0 sets no limit.',
  ),
  DATABASE_LOCK_TIMEOUT: integer(10, 0, 3600).describe(
    'Wait of a statement for a lock [s], shorter than the limit of statements, so that the error names the lock; transactions hold locks for milliseconds. 0 sets no limit.',
  ),
  DATABASE_IDLE_IN_TRANSACTION_TIMEOUT: integer(60, 0, 3600).describe(
    'Time that an open transaction may wait for its client [s]: one whose process hangs holds locks that others wait for. 0 sets no limit.',
  ),
  DATABASE_ECHO: flag(false).describe(
    'Log every SQL statement with its duration; of its values only their types and lengths.',
  ),
  DATABASE_OTHER_CONNECTIONS: integer(8, 0, 10_000).describe(
    'Connections of the database server that others need: Temporal if it uses the same server, backups, operators. A process does not start if these and all services together may open more than the server takes.',
  ),

  REDIS_URL: url('rediss?')
    .optional()
    .describe(
      'Redis, only for cache and rate limits; if absent, each process uses its own memory. The API requires it outside development when WORKERS or API_REPLICAS is above 1; workers do not use it.',
    ),
  REDIS_MAX_CONNECTIONS: integer(50, 1, 1000).describe(
    'Maximum number of connections to Redis; each process uses one, so WORKERS may not exceed it.',
  ),
  REDIS_CACHE_TTL: integer(3600, 1, 31_536_000).describe(
    'Life of a cache entry that states none [s]; a weather year that no longer changes is kept for 30 days.',
  ),
  REDIS_SSL: flag(false).describe(
    'TLS to Redis; a rediss:// address has the same effect. NODE_EXTRA_CA_CERTS names your own CA.',
  ),

  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s:/]+:\d+$/, 'expected host:port')
    .optional()
    .describe('Temporal frontend, host:port.'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default').describe('Temporal namespace.'),
  TEMPORAL_API_KEY: z.string().optional().describe('API key of Temporal Cloud.'),
  TEMPORAL_TLS_ENABLED: flag(false).describe('TLS to Temporal; an API key or certificate switches it on.'),
  TEMPORAL_TLS_CERT: z.string().optional().describe('Client certificate, PEM.'),
  TEMPORAL_TLS_KEY: z.string().optional().describe('Client key, PEM.'),
  TEMPORAL_TLS_CA: z.string().optional().describe('Certificate authority of the server, PEM.'),
  TEMPORAL_UI_URL: url('https?').optional().describe('Temporal Web UI, shown to operators.'),
  TEMPORAL_DEPLOYMENT_NAME: z
    .string()
    .optional()
    .describe('Worker deployment; together with TEMPORAL_BUILD_ID it switches worker versioning on.'),
  TEMPORAL_BUILD_ID: z.string().optional().describe('Build id of this worker.'),
  TEMPORAL_VERSIONING_BEHAVIOR: z
    .enum(['AUTO_UPGRADE', 'PINNED'])
    .default('AUTO_UPGRADE')
    .describe(
      'What open workflows of versioned workers do in a release: move to the new version at their next step, or stay until they end.',
    ),
  WORKER_CONCURRENCY: integer(4, 1, 256).describe('Compute activities that one worker process runs at the same time.'),
  TASK_SOFT_TIME_LIMIT: integer(300, 1, 86_400).describe(
    'Compute time after which the best result so far is returned [s].',
  ),
  TASK_TIME_LIMIT: integer(600, 1, 86_400).describe('Compute time after which a job fails with job.time_limit [s].'),
  CHECKPOINT_SECONDS: integer(2, 0, 60).describe(
    'Time between two checkpoints and between two progress events of a job [s]: a kill loses at most as much work. 0: after each slice of work.',
  ),
  WORKER_MAX_TASKS_PER_CHILD: integer(100, 1, 1_000_000).describe(
    'A compute thread is replaced after this many tasks.',
  ),
  WORKER_HEALTH_PORT: integer(8081, 0, 65_535).describe('Port of the worker process for /health and /metrics.'),

  JWT_SECRET_KEY: secret().optional().describe('Signs access tokens; SECRET_KEY if absent.'),
  JWT_SECRET_KEY_PREVIOUS: secrets().describe(
    'Other secrets, separated by commas, whose access tokens are accepted while JWT_SECRET_KEY changes; without JWT_SECRET_KEY those of SECRET_KEY_PREVIOUS too.',
  ),
  JWT_ALGORITHM: z.enum(['HS256', 'HS384', 'HS512']).default('HS256').describe('Algorithm of access tokens.'),
  JWT_ACCESS_TOKEN_EXPIRE_MINUTES: integer(30, 1, 1440).describe('Life of an access token [min].'),
  JWT_REFRESH_TOKEN_EXPIRE_DAYS: integer(7, 1, 365).describe('Life of a refresh token [d].'),

  SENDGRID_API_KEY: z.string().optional().describe('SendGrid key; if absent in development, mails go to a folder.'),
  SENDGRID_FROM_EMAIL: z.string().default('noreply@tessellate.energy').describe('Sender of mails.'),
  SENDGRID_BASE_URL: url('https?').optional().describe('Another address of SendGrid, such as the one in the EU.'),
  SENDGRID_WEBHOOK_PUBLIC_KEY: z
    .string()
    .refine(isEcKey, 'expected a public key of P-256 in Base64, as SendGrid shows it')
    .optional()
    .describe(
      "Verification key of SendGrid's event webhook to /v1/mails/sendgrid-events; without it no events are taken.",
    ),
  MAIL_FOLDER: z.string().default('.tessellate/mails').describe('Folder for mails if there is no SENDGRID_API_KEY.'),
  REPORT_MAILS_PER_DAY: integer(50, 0, 100_000).describe(
    'Mails about reports that an organization may send to others in a day; few, because accounts do not confirm their own address.',
  ),
  STRIPE_SECRET_KEY: z.string().optional().describe('Stripe secret key; without it billing is off.'),
  STRIPE_PUBLISHABLE_KEY: z.string().optional().describe('Stripe publishable key, for pages of your own.'),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .optional()
    .describe('Signing secret of the webhook to /v1/billing/stripe-events; required with STRIPE_SECRET_KEY.'),
  STRIPE_BASE_URL: url('https?').optional().describe("Another address of Stripe's API."),
  STRIPE_METERS: list('')
    .refine(
      (names) => names.every((name) => (USAGE_METRICS as readonly string[]).includes(name)),
      `expected metrics of usage: ${USAGE_METRICS.join(', ')}`,
    )
    .transform((names) => names as readonly UsageMetric[])
    .describe(
      'Metrics of usage that are sent to Stripe, separated by commas; each needs a meter there with the event name tessellate_<metric>.',
    ),
  BILLING_GRACE_DAYS: integer(7, 0, 90).describe('A plan remains for this long after a payment has failed [d].'),
  NLR_API_KEY: z.string().optional().describe('Key of the NSRDB provider.'),
  NLR_EMAIL: z.string().optional().describe('Email address that NSRDB requires with a key.'),
  OPEN_METEO_API_KEY: z.string().optional().describe("Key of Open-Meteo's customers, with OPEN_METEO_BASE_URL."),
  NSRDB_BASE_URL: url('https?').optional().describe('Another address of NSRDB.'),
  PVGIS_BASE_URL: url('https?').optional().describe('Another address of PVGIS.'),
  NASA_POWER_BASE_URL: url('https?').optional().describe('Another address of NASA POWER.'),
  OPEN_METEO_BASE_URL: url('https?').optional().describe('Another address of Open-Meteo.'),

  WEATHER_FETCH_TIME_LIMIT: integer(45, 1, 300).describe(
    'A request waits this long for a weather provider; the download continues after it [s].',
  ),

  RATE_LIMIT_DEFAULT: integer(1000, 1, 10_000_000).describe('Requests a minute for each key.'),
  RATE_LIMIT_BURST: integer(50, 0, 10_000_000).describe('Allowance above the rate limit.'),
  RATE_LIMIT_LOGIN: integer(10, 1, 10_000_000).describe(
    'Failed attempts without a wait on each account from each address: passwords, codes, links, refresh tokens, and addresses of new members.',
  ),
  RATE_LIMIT_LOGIN_ACCOUNT: integer(100, 1, 10_000_000).describe(
    'The same on each account from all addresses together.',
  ),
  RATE_LIMIT_LOGIN_ADDRESS: integer(30, 1, 10_000_000).describe(
    'The same from each address on all accounts together; so many are forgotten in 15 minutes.',
  ),
  RATE_LIMIT_REGISTER: integer(20, 1, 10_000_000).describe(
    'Registrations and requests for a new password an hour from each address.',
  ),
  METERING_ENABLED: flag(true).describe('Meter API calls and what jobs use, and answer /v1/usage.'),
  METERING_FLUSH_INTERVAL: integer(60, 1, 3600).describe(
    'Interval at which the journal of API calls is stored in the database [s].',
  ),
  METERING_JOURNAL_DIR: z
    .string()
    .default('.tessellate/metering')
    .describe(
      'Folder of the journal of API calls, which several processes may share. On a volume that outlives its container, no call is lost when a process is killed.',
    ),
  MAX_UPLOAD_MB: integer(50, 1, 500).describe('Largest weather upload [MB].'),

  RETENTION_JOB_EVENTS_DAYS: integer(30, 1, 3650).describe('Progress events of ended jobs are kept for this long [d].'),
  RETENTION_WEBHOOK_ATTEMPTS_DAYS: integer(30, 1, 3650).describe(
    'Ended webhook deliveries and their attempts are kept for this long [d].',
  ),
  RETENTION_AUDIT_PERSONAL_DAYS: integer(365, 1, 3650).describe(
    'Personal content of the audit log is kept for this long; the entries stay [d].',
  ),

  BACKUP_KEY: secret()
    .optional()
    .describe('Encrypts backups, at least 32 characters; keep a copy elsewhere, because no backup opens without it.'),
  BACKUP_FOLDER: z.string().default('.tessellate/backups').describe('Folder of `tessellate backup`.'),
  BACKUP_RETENTION_DAYS: integer(14, 1, 3650).describe('`tessellate backup create` deletes older backups [d].'),
  PG_BIN: z
    .string()
    .optional()
    .describe("Folder of PostgreSQL's pg_dump and pg_restore, not older than the server; default: the PATH."),

  ENABLE_WIND_DIVISION: flag(true).describe(
    'Wind endpoints. Without them existing wind jobs stay readable, so OpenAPI keeps the schemas of their inputs and results.',
  ),
  ENABLE_GPU_TASKS: flag(false).describe(
    'Workers of the queue gpu compute on a GPU; without it they leave the queue out, and end if they have no other.',
  ),
  ENABLE_WEBHOOKS: flag(true).describe('Webhook endpoints and deliveries; events that occur without them are dropped.'),
  WEBHOOK_PORTS: list('443,8443')
    .transform((ports) => ports.map(Number))
    .refine((ports) => ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536), 'expected ports')
    .describe('Ports that webhook URLs may name, separated by commas.'),
  WEBHOOK_ALLOW_LOOPBACK: flag(false).describe('Webhooks to this machine, by http too; refused in production.'),
  ENABLE_SSE: flag(true).describe('Progress of jobs as server-sent events; without them clients poll.'),
  ENABLE_AB_TESTING: flag(false).describe(
    'Experiments of administrators: some organizations get another default, such as more iterations of a search.',
  ),
} as const;

export type SettingName = keyof typeof ENVIRONMENT;
export const SETTING_NAMES = Object.keys(ENVIRONMENT) as SettingName[];

export type Config = { readonly [K in keyof typeof ENVIRONMENT]: z.output<(typeof ENVIRONMENT)[K]> } & {
  readonly SECRET_KEY: string;
  readonly HOST: string;
  readonly WORKERS: number;
  readonly DRAIN_SECONDS: number;
  readonly JWT_SECRET_KEY: string;
};
