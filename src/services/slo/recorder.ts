/**
 * Counts the requests of a process by minute and writes the counts to PostgreSQL, away from the requests. A write replaces the
 * process's own counts of a minute, so that a repeated one changes nothing.
 */
import { randomUUID } from 'node:crypto';
import type { Database } from '../../adapters/database/database.ts';
import type { Logger } from '../../adapters/observability/logger.ts';

/** What a request is measured by: `answer` by its status and duration, `transfer` (files, streams) only by its status */
export type RequestClass = 'answer' | 'transfer';

const MINUTE_MS = 60_000;
/** Counts of at most this time are lost with a process that is killed [ms]. */
const FLUSH_MS = 10_000;
/** A client that went away after this long did not get its answer in time [ms]. */
const CLIENT_WAIT_MS = 2_000;
/** Durations of the two latency objectives [ms] */
const SLOW_MS = 500;
const VERY_SLOW_MS = 2_000;
/** Status that is logged where the client went away before the answer */
const CLIENT_GONE = 499;

interface MinuteCounts {
  n_requests: number;
  n_bad: number;
  n_timed: number;
  n_slow: number;
  n_very_slow: number;
}

export class SloRecorder {
  readonly #database: Pick<Database, 'query'>;
  readonly #log: Logger;
  readonly #process = randomUUID();
  /** Counts by the start of their minute [ms]; a minute that is over leaves once it is written. */
  readonly #minutes = new Map<number, MinuteCounts>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Pick<Database, 'query'>, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  start(): void {
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  /** Writes what is counted so far, and stops. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  /** 4xx and 429 are answers as they should be; 5xx, also while draining, and time-outs are not. */
  count(kind: RequestClass, status: number, durationMs: number, nowMs = Date.now()): void {
    if (status === CLIENT_GONE && durationMs < CLIENT_WAIT_MS) return;
    const isBad = status >= 500 || status === CLIENT_GONE;
    const minute = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
    const counts = this.#minutes.get(minute) ?? { n_requests: 0, n_bad: 0, n_timed: 0, n_slow: 0, n_very_slow: 0 };
    this.#minutes.set(minute, counts);
    counts.n_requests++;
    if (isBad) counts.n_bad++;
    // Errors count once, as errors: a fast one must not improve the latency.
    if (kind === 'transfer' || isBad) return;
    counts.n_timed++;
    if (durationMs > SLOW_MS) counts.n_slow++;
    if (durationMs > VERY_SLOW_MS) counts.n_very_slow++;
  }

  /** Writes all minutes; what cannot be written is written later. */
  async flush(nowMs = Date.now()): Promise<void> {
    const written = [...this.#minutes].map(([minute, counts]) => ({ minute, ...counts }));
    if (written.length === 0) return;
    try {
      await this.#database.query(
        `INSERT INTO slo_minutes (minute, process, n_requests, n_bad, n_timed, n_slow, n_very_slow)
         SELECT to_timestamp(minute / 1000.0), $1, n_requests, n_bad, n_timed, n_slow, n_very_slow
         FROM json_to_recordset($2::json) AS counts (minute double precision, n_requests int, n_bad int, n_timed int, n_slow int, n_very_slow int)
         ON CONFLICT (minute, process) DO UPDATE SET n_requests = excluded.n_requests, n_bad = excluded.n_bad,
           n_timed = excluded.n_timed, n_slow = excluded.n_slow, n_very_slow = excluded.n_very_slow`,
        [this.#process, JSON.stringify(written)],
      );
    } catch (error) {
      this.#log.warning('The counts of requests cannot be written yet', { error });
      return;
    }
    for (const { minute, n_requests } of written) {
      const isOver = minute + 2 * MINUTE_MS <= nowMs;
      if (isOver && this.#minutes.get(minute)?.n_requests === n_requests) this.#minutes.delete(minute);
    }
  }
}
