/**
 * Rate limits of requests. Redis holds the counters, if it is configured. If Redis cannot be reached, each process counts by
 * itself, so that no request fails and none is unlimited.
 */
import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { IncrementResponse, Options, Store } from 'express-rate-limit';
import { ipKeyGenerator, MemoryStore, rateLimit } from 'express-rate-limit';
import type { Redis } from 'ioredis';
import { RedisStore } from 'rate-limit-redis';
import type { Config } from '../../adapters/config/config.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Principal } from '../../contracts/common/scopes.ts';
import { metrics } from '../../adapters/observability/metrics.ts';

interface Policy {
  readonly windowMs: number;
  readonly limit: number;
  readonly keyOf: (request: Request, response: Response) => string;
  /** Only answers with status 400 and above count. */
  readonly failuresOnly?: boolean;
}

const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? '');

const policiesOf = (config: Config) =>
  ({
    /** For every route except probes: by API key or user, otherwise by address. */
    default: {
      windowMs: 60_000,
      limit: config.RATE_LIMIT_DEFAULT + config.RATE_LIMIT_BURST,
      keyOf: (request, response) => (response.locals.principal as Principal | undefined)?.id ?? addressOf(request),
    },
    /** For password attempts: by account and address, so that nobody can lock another user out. */
    login: {
      windowMs: 15 * 60_000,
      limit: config.RATE_LIMIT_LOGIN,
      failuresOnly: true,
      keyOf: (request) => {
        const { email } = (request.body ?? {}) as { email?: unknown };
        const account = createHash('sha256').update(String(email).toLowerCase()).digest('base64url');
        return `${account}:${addressOf(request)}`;
      },
    },
    register: { windowMs: 3_600_000, limit: config.RATE_LIMIT_REGISTER, keyOf: addressOf },
  }) satisfies Record<string, Policy>;

export type PolicyName = keyof ReturnType<typeof policiesOf>;
export type Limiters = Readonly<Record<PolicyName, RequestHandler>>;

/** Machines request these paths every few seconds and must get an answer. */
const PROBES = new Set(['/health', '/health/ready', '/metrics']);

export function createLimiters(config: Config, redis?: Redis): Limiters {
  const limiter = (name: PolicyName, { windowMs, limit, keyOf, failuresOnly }: Policy): RequestHandler =>
    rateLimit({
      windowMs,
      limit,
      identifier: name,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      skip: ({ path }) => PROBES.has(path),
      skipSuccessfulRequests: failuresOnly,
      keyGenerator: keyOf,
      store: redis && new SharedStore(redis, name),
      handler: (_request, response) => {
        metrics.rateLimited.inc({ policy: name });
        throw new AppError(
          'rate_limit.exceeded',
          `More than ${limit} ${failuresOnly ? 'failed attempts' : 'requests'} in ${windowMs / 60_000} min`,
          { retryAfterS: Number(response.getHeader('retry-after') ?? windowMs / 1000) },
        );
      },
    });
  const policies = policiesOf(config);
  return {
    default: limiter('default', policies.default),
    login: limiter('login', policies.login),
    register: limiter('register', policies.register),
  };
}

/** Counters that the processes share in Redis; while Redis cannot be reached, the counters of this process. */
class SharedStore implements Store {
  readonly prefix: string;
  readonly #redis: Redis;
  readonly #policy: PolicyName;
  readonly #shared: RedisStore;
  readonly #own = new MemoryStore();

  constructor(redis: Redis, policy: PolicyName) {
    this.prefix = `rate:${policy}:`;
    this.#redis = redis;
    this.#policy = policy;
    this.#shared = new RedisStore({
      prefix: this.prefix,
      sendCommand: (command: string, ...args: string[]) => redis.call(command, ...args) as Promise<never>,
    });
  }

  init(options: Options): void {
    this.#own.init(options);
    // The store loads its scripts only once and remembers a failure for ever, so they are loaded again with each new connection.
    const load = (): void => void this.#shared.init(options).catch(() => undefined); // the connection counts the error
    this.#redis.on('ready', load);
    if (this.#redis.status === 'ready') load();
    else this.#shared.windowMs = options.windowMs;
  }

  async increment(key: string): Promise<IncrementResponse> {
    // The connection counts failed commands and reports once that Redis cannot be reached.
    const shared =
      this.#redis.status === 'ready' ? await this.#shared.increment(key).catch(() => undefined) : undefined;
    if (shared) return shared;
    metrics.rateLimitFallbacks.inc({ policy: this.#policy });
    return this.#own.increment(key);
  }

  async decrement(key: string): Promise<void> {
    await this.#shared.decrement(key).catch(() => this.#own.decrement(key));
  }

  async resetKey(key: string): Promise<void> {
    await Promise.all([this.#shared.resetKey(key), this.#own.resetKey(key)]);
  }
}
