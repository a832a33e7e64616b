/**
 * Rate limits of requests. Redis holds the counters, if it is configured. If Redis cannot be reached, each process counts by
 * itself, so that no request fails and none is unlimited.
 */
import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type {
  ClientRateLimitInfo,
  IncrementResponse,
  Options,
  RateLimitRequestHandler,
  Store,
} from 'express-rate-limit';
import { ipKeyGenerator, MemoryStore, rateLimit } from 'express-rate-limit';
import type { Redis } from 'ioredis';
import { RedisStore } from 'rate-limit-redis';
import type { Config } from '../../adapters/config/config.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Principal } from '../../contracts/common/scopes.ts';
import { metrics } from '../../adapters/observability/metrics.ts';

interface Policy {
  readonly windowMs: number;
  readonly limit: number | ((response: Response) => number);
  /** Whether a request does not count */
  readonly isExempt?: (response: Response) => boolean;
  readonly keyOf: (request: Request, response: Response) => string;
}

const HOUR_MS = 3_600_000;
/** An organization whose plan states no limit may use as much as this many of its keys. */
const KEYS_OF_ORGANIZATION = 5;

const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? '');
const callerOf = ({ locals }: Response): Principal | undefined => locals.principal as Principal | undefined;
const digest = (text: unknown): string => createHash('sha256').update(String(text).toLowerCase()).digest('base64url');
const field = ({ body }: Request, name: string): unknown => ((body ?? {}) as Record<string, unknown>)[name];

/** Machines request these paths every few seconds and must get an answer. */
const PROBES = new Set(['/health', '/health/ready', '/metrics']);

/** Mails to addresses that somebody names, from each organization in a day */
const MAILS_PER_DAY = 100;
/** Mails with a link for a new password, to each address in an hour */
const RESETS_PER_HOUR = 5;

/** Limits that count by caller or organization, whose counters administrators read and clear */
export const LIMITS_BY_CALLER = ['default', 'organization'] as const;
type CallerLimit = (typeof LIMITS_BY_CALLER)[number];

/** Counters of limits */
export class RateCounters {
  readonly #limits = new Map<string, RateLimitRequestHandler>();

  register(name: string, limit: RateLimitRequestHandler): void {
    this.#limits.set(name, limit);
  }

  async read(policy: CallerLimit, key: string): Promise<{ n_counted: number; resets_at: Date | null }> {
    const counted = await this.#limits.get(policy)?.getKey(key);
    return { n_counted: counted?.totalHits ?? 0, resets_at: counted?.resetTime ?? null };
  }

  async clear(policy: CallerLimit, key: string): Promise<void> {
    await this.#limits.get(policy)?.resetKey(key);
  }
}

export type LimitName = 'default' | 'register' | 'reset' | 'mail';
export type Limiters = Readonly<Record<LimitName, readonly RequestHandler[]>>;

export function createLimiters(config: Config, redis?: Redis, counters?: RateCounters): Limiters {
  const limiter = (name: string, { windowMs, limit, keyOf, isExempt = () => false }: Policy): RequestHandler => {
    const limitOf = (response: Response): number => (typeof limit === 'number' ? limit : limit(response));
    const handler = rateLimit({
      windowMs,
      limit: (_request, response) => limitOf(response),
      identifier: name,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      skip: ({ path }, response) => PROBES.has(path) || isExempt(response),
      keyGenerator: keyOf,
      store: redis && new SharedStore(redis, name),
      handler: (_request, response) => {
        metrics.rateLimited.inc({ policy: name });
        throw new AppError(
          'rate_limit.exceeded',
          `More than ${limitOf(response)} requests in ${windowMs / 60_000} min`,
          { retryAfterS: Number(response.getHeader('retry-after') ?? windowMs / 1000) },
        );
      },
    });
    counters?.register(name, handler);
    return handler;
  };
  const register = limiter('register', { windowMs: HOUR_MS, limit: config.RATE_LIMIT_REGISTER, keyOf: addressOf });
  const mail = limiter('mail', {
    windowMs: 24 * HOUR_MS,
    limit: MAILS_PER_DAY,
    keyOf: (_request, response) => callerOf(response)?.orgId ?? '',
  });
  const ofCaller = (response: Response): number =>
    callerOf(response)?.plan.n_requests_per_minute ?? config.RATE_LIMIT_DEFAULT;
  const burstOf = (response: Response): number => callerOf(response)?.plan.n_burst_requests ?? config.RATE_LIMIT_BURST;
  return {
    /** For every route except probes: by API key or user, otherwise by address; and by organization. */
    default: [
      limiter('default', {
        windowMs: 60_000,
        limit: (response) => ofCaller(response) + burstOf(response),
        keyOf: (request, response) => callerOf(response)?.id ?? addressOf(request),
      }),
      limiter('organization', {
        windowMs: 60_000,
        limit: (response) =>
          (callerOf(response)?.plan.n_organization_requests_per_minute ?? KEYS_OF_ORGANIZATION * ofCaller(response)) +
          burstOf(response),
        keyOf: (_request, response) => callerOf(response)?.orgId ?? '',
        isExempt: (response) => callerOf(response) === undefined,
      }),
    ],
    register: [register],
    reset: [
      limiter('reset', {
        windowMs: HOUR_MS,
        limit: RESETS_PER_HOUR,
        keyOf: (request) => digest(field(request, 'email')),
      }),
      register,
    ],
    mail: [mail],
  };
}

/** Counters that the processes share in Redis; while Redis cannot be reached, the counters of this process. */
class SharedStore implements Store {
  readonly prefix: string;
  readonly #redis: Redis;
  readonly #policy: string;
  readonly #shared: RedisStore;
  readonly #own = new MemoryStore();

  constructor(redis: Redis, policy: string) {
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

  async get(key: string): Promise<ClientRateLimitInfo | undefined> {
    const shared = this.#redis.status === 'ready' ? await this.#shared.get(key) : undefined;
    return shared ?? this.#own.get(key);
  }

  async resetKey(key: string): Promise<void> {
    await Promise.all([this.#redis.status === 'ready' && this.#shared.resetKey(key), this.#own.resetKey(key)]);
  }
}
