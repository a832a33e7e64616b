/**
 * Limits of requests, counted in Redis where there is one. Where Redis is away each process counts by itself: no request
 * fails for it, and none goes unlimited.
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
  /** Only answers of 400 and above count. */
  readonly failuresOnly?: boolean;
}

const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? '');

const policiesOf = (config: Config) =>
  ({
    /** Every route but probes: for each API key or person, else for each address. */
    default: {
      windowMs: 60_000,
      limit: config.RATE_LIMIT_DEFAULT + config.RATE_LIMIT_BURST,
      keyOf: (request, response) => (response.locals.principal as Principal | undefined)?.id ?? addressOf(request),
    },
    /** Guesses of a password: for each account from each address, so that nobody locks another out. */
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

/** Asked every few seconds by machines that must get an answer. */
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

/** Counters that the processes share in Redis; while it is away, those of this process. */
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
    // The store loads its scripts once and keeps a failure for ever: they are loaded again with each new connection.
    const load = (): void => void this.#shared.init(options).catch(() => undefined); // counted by the connection
    this.#redis.on('ready', load);
    if (this.#redis.status === 'ready') load();
    else this.#shared.windowMs = options.windowMs;
  }

  async increment(key: string): Promise<IncrementResponse> {
    // The connection counts what failed and tells once that Redis is away.
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
