/** Whether and when a request is sent again. */

export interface Attempted {
  /** Attempts made so far, 1 or more. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly method: string;
  /** Whether the request has an Idempotency-Key, so that the API executes it only once. */
  readonly hasIdempotencyKey: boolean;
  /** Absent when no answer came. */
  readonly status?: number;
  /** The code of the answer's problem document */
  readonly code?: string;
  /** The answer's Retry-After. */
  readonly retryAfter?: string | null;
}

/** Methods whose second execution changes nothing (RFC 9110, 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
/** Status codes that say that the request was not executed. */
const NOT_DONE = new Set([429, 503]);
/** Status codes that do not say whether the request was executed. */
const IN_DOUBT = new Set([408, 500, 502, 504]);
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
/** Longest wait; if the server asks for a longer one, the caller gets the error instead. */
export const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * Decides on a retry. A request that was certainly not executed is always sent again; a request in doubt only if it is
 * idempotent.
 * @param random 0 to 1; spreads clients that failed at the same time
 * @returns the wait [ms]; undefined if the request must not be sent again
 */
export function retryAfterMs(attempted: Attempted, nowMs: number, random: number): number | undefined {
  const { attempts, maxAttempts, method, hasIdempotencyKey, status, code, retryAfter } = attempted;
  if (attempts >= maxAttempts) return undefined;
  const repeatable = hasIdempotencyKey || IDEMPOTENT.has(method);
  const again =
    status === undefined || IN_DOUBT.has(status)
      ? repeatable
      : NOT_DONE.has(status) || code === 'idempotency.in_progress';
  if (!again) return undefined;
  const requestedWaitMs = waitOf(retryAfter, nowMs);
  if (requestedWaitMs !== undefined) return requestedWaitMs > LONGEST_RETRY_AFTER_MS ? undefined : requestedWaitMs;
  const ceiling = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return ceiling / 2 + (random * ceiling) / 2;
}

/** Retry-After is seconds or a date (RFC 9110, 10.2.3). */
function waitOf(text: string | null | undefined, nowMs: number): number | undefined {
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
