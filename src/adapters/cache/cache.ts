/** A cache, whose entries may be lost at any time. It is in Redis, or in this process if there is no Redis. */
import type { Redis } from 'ioredis';
import { metrics } from '../observability/metrics.ts';

/** A failure of the cache never fails a request: `get` then finds nothing and `set` stores nothing. */
export interface Cache {
  get(key: string): Promise<Uint8Array | undefined>;
  /** @param ttlS life of the entry [s]; default REDIS_CACHE_TTL */
  set(key: string, value: Uint8Array, ttlS?: number): Promise<void>;
}

const PREFIX = 'cache:';

/** The connection counts failures (`redis_failures_total`) and reports once that Redis cannot be reached. */
export class RedisCache implements Cache {
  readonly #redis: Redis;
  readonly #defaultTtlS: number;

  constructor(redis: Redis, defaultTtlS: number) {
    this.#redis = redis;
    this.#defaultTtlS = defaultTtlS;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const value = await this.#redis.getBuffer(PREFIX + key).catch(() => null);
    metrics.cacheLookups.inc({ outcome: value ? 'hit' : 'miss' });
    return value ?? undefined;
  }

  async set(key: string, value: Uint8Array, ttlS = this.#defaultTtlS): Promise<void> {
    await this.#redis.set(PREFIX + key, Buffer.from(value), 'EX', ttlS).catch(() => undefined);
  }
}

/**
 * For development: a cache in one process with a maximum size. The entry that was used longest ago is dropped first.
 */
export class MemoryCache implements Cache {
  readonly #entries = new Map<string, { readonly value: Uint8Array; readonly until: number }>();
  readonly #maxBytes: number;
  readonly #defaultTtlS: number;
  readonly #now: () => number;
  #bytes = 0;

  constructor(maxBytes: number, defaultTtlS: number, now: () => number = Date.now) {
    this.#maxBytes = maxBytes;
    this.#defaultTtlS = defaultTtlS;
    this.#now = now;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const entry = this.#entries.get(key);
    const fresh = entry !== undefined && entry.until > this.#now();
    metrics.cacheLookups.inc({ outcome: fresh ? 'hit' : 'miss' });
    if (!entry) return undefined;
    this.#delete(key);
    if (!fresh) return undefined;
    this.#insert(key, entry);
    return entry.value;
  }

  async set(key: string, value: Uint8Array, ttlS = this.#defaultTtlS): Promise<void> {
    this.#delete(key);
    if (value.length > this.#maxBytes) return;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes + value.length <= this.#maxBytes) break;
      this.#delete(oldest);
    }
    this.#insert(key, { value, until: this.#now() + ttlS * 1000 });
  }

  #insert(key: string, entry: { readonly value: Uint8Array; readonly until: number }): void {
    this.#entries.set(key, entry);
    this.#bytes += entry.value.length;
  }

  #delete(key: string): void {
    this.#bytes -= this.#entries.get(key)?.value.length ?? 0;
    this.#entries.delete(key);
  }
}
