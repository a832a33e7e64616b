/** Settings of the adapters, from the configuration. */

import type { Secrets } from '../../lib/secrets.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { StripeSettings } from '../billing/stripe.ts';
import type { RedisOptions } from '../cache/redis.ts';
import type { DatabaseOptions } from '../database/database.ts';
import type { ProviderAddresses } from '../providers/index.ts';
import type { TemporalOptions } from '../temporal/temporal-client.ts';
import type { Config } from './config.ts';

/** Settings of the connection to Temporal */
export const TEMPORAL_SETTINGS = [
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_API_KEY',
  'TEMPORAL_TLS_ENABLED',
  'TEMPORAL_TLS_CERT',
  'TEMPORAL_TLS_KEY',
  'TEMPORAL_TLS_CA',
] as const;

/**
 * Returns the settings of the connection to Temporal.
 * @throws AppError `service.unavailable` if TEMPORAL_ADDRESS is not set
 */
export function temporalOptions(config: Pick<Config, (typeof TEMPORAL_SETTINGS)[number]>): TemporalOptions {
  if (!config.TEMPORAL_ADDRESS)
    throw new AppError('service.unavailable', 'TEMPORAL_ADDRESS is not set', {
      fix: 'Set it to host:port of a Temporal frontend, or run `npm start`, which brings one.',
    });
  const { TEMPORAL_TLS_CERT: cert, TEMPORAL_TLS_KEY: key, TEMPORAL_TLS_CA: ca } = config;
  return {
    address: config.TEMPORAL_ADDRESS,
    namespace: config.TEMPORAL_NAMESPACE,
    apiKey: config.TEMPORAL_API_KEY,
    tls: cert || ca ? { cert, key, ca } : config.TEMPORAL_TLS_ENABLED || config.TEMPORAL_API_KEY !== undefined,
  };
}

/** Settings of the database connection */
export const DATABASE_SETTINGS = [
  'DATABASE_URL',
  'DATABASE_POOL_SIZE',
  'DATABASE_MAX_OVERFLOW',
  'DATABASE_POOL_TIMEOUT',
  'DATABASE_STATEMENT_TIMEOUT',
  'DATABASE_LOCK_TIMEOUT',
  'DATABASE_IDLE_IN_TRANSACTION_TIMEOUT',
  'DATABASE_ECHO',
] as const;

/**
 * Returns the settings of the database connection.
 * @param processes how many processes of this service share its connections
 */
export function databaseOptions(
  config: Pick<Config, (typeof DATABASE_SETTINGS)[number]>,
  applicationName: string,
  processes: number,
): DatabaseOptions {
  if (!config.DATABASE_URL)
    throw new AppError('service.unavailable', 'DATABASE_URL is not set', {
      fix: 'Set it to postgresql://user:password@host/database, or run `npm start`, which brings a server.',
    });
  return {
    url: config.DATABASE_URL,
    poolSize: Math.max(2, Math.floor((config.DATABASE_POOL_SIZE + config.DATABASE_MAX_OVERFLOW) / processes)),
    poolTimeoutMs: config.DATABASE_POOL_TIMEOUT * 1000,
    statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT * 1000,
    lockTimeoutMs: config.DATABASE_LOCK_TIMEOUT * 1000,
    idleInTransactionTimeoutMs: config.DATABASE_IDLE_IN_TRANSACTION_TIMEOUT * 1000,
    echo: config.DATABASE_ECHO,
    applicationName,
  };
}

/**
 * Returns how many connections of the database server all services and others may open together; undefined behind a
 * pooler, which opens the connections in their place.
 */
export function connectionBudget(config: Config): DatabaseOptions['budget'] {
  if (config.DATABASE_DIRECT_URL !== undefined && config.DATABASE_DIRECT_URL !== config.DATABASE_URL) return undefined;
  const pool = config.DATABASE_POOL_SIZE + config.DATABASE_MAX_OVERFLOW;
  const workers = config.EXPECTED_WORKERS ?? 1;
  // Each process has a connection for LISTEN beside its pool.
  const api = pool + config.WORKERS;
  const worker = pool + 1;
  return {
    connections: config.API_REPLICAS * api + workers * worker + config.DATABASE_OTHER_CONNECTIONS,
    parts: `${config.API_REPLICAS} API x ${api}, ${workers} workers x ${worker}, ${config.DATABASE_OTHER_CONNECTIONS} others`,
  };
}

/** Returns the address for LISTEN and migrations, which need a connection without a transaction pooler. */
export const directUrl = (config: Pick<Config, 'DATABASE_DIRECT_URL' | 'DATABASE_URL'>): string =>
  config.DATABASE_DIRECT_URL ?? config.DATABASE_URL ?? '';

export const applicationSecrets = ({
  SECRET_KEY,
  SECRET_KEY_PREVIOUS,
}: Pick<Config, 'SECRET_KEY' | 'SECRET_KEY_PREVIOUS'>): Secrets => [SECRET_KEY, ...SECRET_KEY_PREVIOUS];
/** Sign access tokens. */
export const tokenSecrets = ({ JWT_SECRET_KEY, JWT_SECRET_KEY_PREVIOUS }: Config): Secrets => [
  JWT_SECRET_KEY,
  ...JWT_SECRET_KEY_PREVIOUS,
];

/** Returns the addresses that webhooks may be sent to. */
export const webhookPolicy = (config: Config): { ports: readonly number[]; allowLoopback: boolean } => ({
  ports: config.WEBHOOK_PORTS,
  allowLoopback: config.WEBHOOK_ALLOW_LOOPBACK,
});

/** Returns the settings of Redis; undefined if there is none, as in development. */
export const redisOptions = ({
  REDIS_URL: url,
  REDIS_SSL: tls,
}: Pick<Config, 'REDIS_URL' | 'REDIS_SSL'>): RedisOptions | undefined => (url === undefined ? undefined : { url, tls });

/** Returns the settings of Stripe; undefined without its keys: billing is then off. */
export const stripeSettings = ({
  STRIPE_SECRET_KEY: secretKey,
  STRIPE_WEBHOOK_SECRET: webhookSecret,
  STRIPE_BASE_URL: baseUrl,
}: Pick<Config, 'STRIPE_SECRET_KEY' | 'STRIPE_WEBHOOK_SECRET' | 'STRIPE_BASE_URL'>): StripeSettings | undefined =>
  secretKey && webhookSecret ? { secretKey, webhookSecret, baseUrl } : undefined;

/** Returns the addresses and keys of the weather providers. */
export const providerAddresses = (config: Config): ProviderAddresses => ({
  nsrdb: { baseUrl: config.NSRDB_BASE_URL, apiKey: config.NLR_API_KEY, email: config.NLR_EMAIL },
  pvgis: { baseUrl: config.PVGIS_BASE_URL },
  nasa_power: { baseUrl: config.NASA_POWER_BASE_URL },
  open_meteo: { baseUrl: config.OPEN_METEO_BASE_URL, apiKey: config.OPEN_METEO_API_KEY },
});

/** Returns the public address of the API, without a slash at its end. */
export const apiBaseUrl = ({ API_BASE_URL, PORT }: Config): string =>
  (API_BASE_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, '');
