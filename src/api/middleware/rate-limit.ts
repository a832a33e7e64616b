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
  readonly limit: number | ((response: Response) => number);
  /** Whether a request does not count */
  readonly isExempt?: (response: Response) => boolean;
  readonly keyOf: (request: Request, response: Response) => string;
  /** Only refused guesses count. */
  readonly guessesOnly?: boolean;
}

const GUESS_WINDOW_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
/** An organization whose plan states no limit may use as much as this many of its keys. */
const KEYS_OF_ORGANIZATION = 5;
/** Answers that say that a guess was wrong: of a password or token, and of an address that is not taken. */
const WRONG_GUESS = new Set([401, 409]);

const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? '');
const callerOf = ({ locals }: Response): Principal | undefined => locals.principal as Principal | undefined;
const digest = (text: unknown): string => createHash('sha256').update(String(text).toLowerCase()).digest('base64url');
const field = ({ body }: Request, name: string): unknown => ((body ?? {}) as Record<string, unknown>)[name];

/** What can be guessed, and whose guesses count together besides those of one address. */
const GUESSES = {
  login: (request) => digest(field(request, 'email')),
  password: (_request, response) => callerOf(response)?.id ?? '',
  refresh: (request) => digest(field(request, 'refresh_token')),
  /** Whether an email address has an account */
  member: (_request, response) => callerOf(response)?.orgId ?? '',
} satisfies Record<string, Policy['keyOf']>;
type Guess = keyof typeof GUESSES;

/** Machines request these paths every few seconds and must get an answer. */
const PROBES = new Set(['/health', '/health/ready', '/metrics']);

/** Mails to addresses that somebody names, from each organization in a day */
const MAILS_PER_DAY = 100;
/** Mails with a link for a new password, to each address in an hour */
const RESETS_PER_HOUR = 5;

export type LimitName = 'default' | 'register' | 'reset' | 'mail' | 'new_email' | Guess;
export type Limiters = Readonly<Record<LimitName, readonly RequestHandler[]>>;

export function createLimiters(config: Config, redis?: Redis): Limiters {
  const limiter = (
    name: string,
    { windowMs, limit, keyOf, guessesOnly = false, isExempt = () => false }: Policy,
  ): RequestHandler => {
    const limitOf = (response: Response): number => (typeof limit === 'number' ? limit : limit(response));
    return rateLimit({
      windowMs,
      limit: (_request, response) => limitOf(response),
      identifier: name,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      skip: ({ path }, response) => PROBES.has(path) || isExempt(response),
      skipSuccessfulRequests: guessesOnly,
      requestWasSuccessful: (_request, { statusCode }) => !WRONG_GUESS.has(statusCode),
      keyGenerator: keyOf,
      store: redis && new SharedStore(redis, name),
      handler: (_request, response) => {
        metrics.rateLimited.inc({ policy: name });
        throw new AppError(
          'rate_limit.exceeded',
          `More than ${limitOf(response)} ${guessesOnly ? 'failed attempts' : 'requests'} in ${windowMs / 60_000} min`,
          { retryAfterS: Number(response.getHeader('retry-after') ?? windowMs / 1000) },
        );
      },
    });
  };
  const guess = (name: string, limit: number, keyOf: Policy['keyOf']): RequestHandler =>
    limiter(name, { windowMs: GUESS_WINDOW_MS, limit, keyOf, guessesOnly: true });
  // One counter for all kinds of guesses.
  const ofAddress = guess('guesses_address', config.RATE_LIMIT_LOGIN_ADDRESS, addressOf);
  const guesses = (kind: Guess): readonly RequestHandler[] => {
    const accountOf: Policy['keyOf'] = GUESSES[kind];
    return [
      guess(
        kind,
        config.RATE_LIMIT_LOGIN,
        (request, response) => `${accountOf(request, response)}:${addressOf(request)}`,
      ),
      guess(`${kind}_account`, config.RATE_LIMIT_LOGIN_ACCOUNT, accountOf),
      ofAddress,
    ];
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
    new_email: [...guesses('password'), mail],
    login: guesses('login'),
    password: guesses('password'),
    refresh: guesses('refresh'),
    member: guesses('member'),
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

  async resetKey(key: string): Promise<void> {
    await Promise.all([this.#shared.resetKey(key), this.#own.resetKey(key)]);
  }
}
