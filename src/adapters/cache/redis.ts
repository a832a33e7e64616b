/** The only connection of a process to Redis. It counts every command, reports an outage once and limits every wait. */
import { Redis } from 'ioredis';
import type { Logger } from '../observability/logger.ts';
import { metrics } from '../observability/metrics.ts';

export interface RedisOptions {
  /** `redis://` or `rediss://` (TLS) */
  readonly url: string;
  /** TLS, independently of the URL. */
  readonly tls: boolean;
}

/** A command without an answer fails after this time, so that a request never waits for a Redis that hangs [ms]. */
const COMMAND_LIMIT_MS = 1_000;
const CONNECT_LIMIT_MS = 2_000;
const LONGEST_PAUSE_MS = 2_000;

export class RedisConnection extends Redis {
  #reason = 'not connected yet';

  constructor({ url, tls }: RedisOptions, log: Logger) {
    super(url, {
      // While Redis cannot be reached, commands fail at once instead of queueing; the client keeps trying to reconnect.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: CONNECT_LIMIT_MS,
      commandTimeout: COMMAND_LIMIT_MS,
      // A connection that hangs is given up, so that only its first commands wait.
      socketTimeout: COMMAND_LIMIT_MS,
      retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_PAUSE_MS),
      ...(tls ? { tls: {} } : {}),
    });
    let away = false;
    this.on('error', (error) => {
      if (!away)
        log.warning('Redis cannot be reached; each process counts limits by itself and nothing is cached', { error });
      away = true;
      this.#reason = error.message;
    });
    this.on('ready', () => {
      if (away) log.info('Redis is back');
      away = false;
    });
  }

  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    const labels = { command: command.name.toLowerCase() };
    metrics.redisOperations.inc(labels);
    command.promise.catch(() => metrics.redisFailures.inc(labels));
    return super.sendCommand(command, stream);
  }

  /** @throws Error with the reason, if Redis cannot be reached or does not answer */
  async check(): Promise<void> {
    if (this.status !== 'ready') throw new Error(this.#reason);
    await this.ping();
  }

  /** Waits for the connection, at most `limitMs`, because a process starts without Redis too. */
  async ready(limitMs: number): Promise<void> {
    if (this.status === 'ready') return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.off('ready', done);
        resolve();
      };
      const timer = setTimeout(done, limitMs);
      this.once('ready', done);
    });
  }
}
