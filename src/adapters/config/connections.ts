/** Settings of the adapters, from the configuration. */

import type { Secrets } from '../../lib/secrets.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { RedisOptions } from '../cache/redis.ts';
import type { DatabaseOptions } from '../database/database.ts';
import type { ProviderAddresses } from '../providers/index.ts';
import type { TemporalOptions } from '../temporal/temporal-client.ts';
import type { Config } from './config.ts';

/**
 * Returns the settings of the connection to Temporal.
 * @throws AppError `service.unavailable` if TEMPORAL_ADDRESS is not set
 */
export function temporalOptions(config: Config): TemporalOptions {
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

/**
 * Returns the settings of the database connection.
 * @param processes how many processes of this service share its connections
 */
export function databaseOptions(config: Config, applicationName: string, processes: number): DatabaseOptions {
  if (!config.DATABASE_URL)
    throw new AppError('service.unavailable', 'DATABASE_URL is not set', {
      fix: 'Set it to postgresql://user:password@host/database, or run `npm start`, which brings a server.',
    });
  return {
    url: config.DATABASE_URL,
    poolSize: Math.max(2, Math.floor((config.DATABASE_POOL_SIZE + config.DATABASE_MAX_OVERFLOW) / processes)),
    serviceConnections: config.DATABASE_POOL_SIZE + config.DATABASE_MAX_OVERFLOW,
    poolTimeoutMs: config.DATABASE_POOL_TIMEOUT * 1000,
    statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT * 1000,
    lockTimeoutMs: config.DATABASE_LOCK_TIMEOUT * 1000,
    idleInTransactionTimeoutMs: config.DATABASE_IDLE_IN_TRANSACTION_TIMEOUT * 1000,
    echo: config.DATABASE_ECHO,
    applicationName,
  };
}

/** Returns the address for LISTEN, which needs a connection without a transaction pooler. */
export const directUrl = (config: Config): string => config.DATABASE_DIRECT_URL ?? config.DATABASE_URL ?? '';

export const applicationSecrets = ({ SECRET_KEY, SECRET_KEY_PREVIOUS }: Config): Secrets => [
  SECRET_KEY,
  ...SECRET_KEY_PREVIOUS,
];
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
export const redisOptions = ({ REDIS_URL: url, REDIS_SSL: tls }: Config): RedisOptions | undefined =>
  url === undefined ? undefined : { url, tls };

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
