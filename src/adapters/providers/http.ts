/** HTTP for weather providers, with a time limit for each try, retries, a size limit, and errors of the platform. */
import { AppError } from '../../contracts/common/app-error.ts';

export interface RetryPolicy {
  /** Maximum number of tries, including the first; default 4. */
  readonly attempts: number;
  /** Time limit of one try, connection and body together [ms]; default 60 000: PVGIS and NSRDB compute on request. */
  readonly tryTimeoutMs: number;
  /** Wait before the second try [ms], doubled each time; default 500. */
  readonly firstDelayMs: number;
  /** Longest wait between tries [ms]; a longer `Retry-After` ends the request instead; default 20 000. */
  readonly maxDelayMs: number;
  /** Longest answer [bytes]; default 64 MiB. */
  readonly maxBytes: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  attempts: 4,
  tryTimeoutMs: 60_000,
  firstDelayMs: 500,
  maxDelayMs: 20_000,
  maxBytes: 64 * 1024 * 1024,
};

/** The outcome of one try. */
export type TryOutcome =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterMs?: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'network' };

export type RetryDecision =
  | { readonly retry: true; readonly delayMs: number }
  | { readonly retry: false; readonly why: 'accepted' | 'final' | 'exhausted' | 'wait_too_long' };

const WORTH_ANOTHER_TRY = new Set([408, 425, 429, 500, 502, 503, 504, 522, 524, 529]);

/**
 * Decides whether to try again, and after which wait. The wait grows exponentially, has jitter, and is at least as long as
 * `Retry-After` says.
 * @param attempt number of the try that just ended, from 1
 * @param random 0 to 1, spreads clients: the wait is half to all of the exponential step
 */
export function decideRetry(
  outcome: TryOutcome,
  attempt: number,
  { attempts, firstDelayMs, maxDelayMs }: Pick<RetryPolicy, 'attempts' | 'firstDelayMs' | 'maxDelayMs'>,
  random: number,
): RetryDecision {
  if (outcome.kind === 'answer') {
    if (outcome.status >= 200 && outcome.status < 300) return { retry: false, why: 'accepted' };
    if (!WORTH_ANOTHER_TRY.has(outcome.status)) return { retry: false, why: 'final' };
  }
  if (attempt >= attempts) return { retry: false, why: 'exhausted' };
  const step = Math.min(firstDelayMs * 2 ** (attempt - 1), maxDelayMs);
  const requestedWaitMs = outcome.kind === 'answer' ? (outcome.retryAfterMs ?? 0) : 0;
  if (requestedWaitMs > maxDelayMs) return { retry: false, why: 'wait_too_long' };
  return { retry: true, delayMs: Math.max(step * (0.5 + 0.5 * random), requestedWaitMs) };
}

/** Returns `Retry-After` as milliseconds from `nowMs`: seconds or an HTTP date; undefined if absent or unreadable. */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

export interface HttpEvent {
  readonly event: 'provider.retry';
  readonly provider: string;
  readonly attempt: number;
  readonly outcome: TryOutcome;
  readonly delayMs: number;
}

/** Everything that is not a parameter of the request; tests replace it. */
export interface HttpPorts {
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly now: () => number;
  /** For the log: each retry. */
  readonly onEvent: (event: HttpEvent) => void;
}

export const systemPorts: HttpPorts = {
  fetch: (input, init) => fetch(input, init),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      }
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    }),
  random: Math.random,
  now: Date.now,
  onEvent: () => undefined,
};

/** The message of the provider in an error answer; undefined if there is none. */
export type ReasonOf = (status: number, body: string) => string | undefined;

class AnswerTooLarge extends Error {}

/**
 * GETs a document and retries as `policy` says.
 * @param signal the caller's; its abort ends the request at once and is thrown as `signal.reason`
 * @throws AppError `provider.unavailable` (network, time limit, 5xx), `provider.rate_limited` (429),
 * `provider.rejected` (other 4xx, with the provider's reason), `provider.malformed_answer` (too large). Messages never
 * contain query strings, because these may contain keys.
 */
export async function getDocument(
  provider: string,
  url: URL,
  reasonOf: ReasonOf,
  signal: AbortSignal,
  policy: RetryPolicy,
  ports: HttpPorts,
): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(policy.tryTimeoutMs);
    let outcome: TryOutcome;
    let body: Uint8Array = new Uint8Array();
    let cause: unknown;
    try {
      const response = await ports.fetch(url, {
        signal: AbortSignal.any([signal, timeout]),
        headers: { accept: 'application/json, text/csv, */*;q=0.1', 'user-agent': 'tessellate-renewables' },
      });
      const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), ports.now());
      outcome = { kind: 'answer', status: response.status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
      body = await readBody(response, policy.maxBytes);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AnswerTooLarge)
        throw new AppError(
          'provider.malformed_answer',
          `${provider}: the answer is larger than ${policy.maxBytes} bytes`,
        );
      cause = error;
      outcome = timeout.aborted ? { kind: 'timeout' } : { kind: 'network' };
    }
    const decision = decideRetry(outcome, attempt, policy, ports.random());
    if (!decision.retry) {
      if (decision.why === 'accepted') return body;
      throw failure(provider, url, outcome, attempt, policy, body, reasonOf, cause);
    }
    ports.onEvent({ event: 'provider.retry', provider, attempt, outcome, delayMs: decision.delayMs });
    await ports.sleep(decision.delayMs, signal);
  }
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > maxBytes) throw new AnswerTooLarge();
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function failure(
  provider: string,
  url: URL,
  outcome: TryOutcome,
  attempts: number,
  policy: RetryPolicy,
  body: Uint8Array,
  reasonOf: ReasonOf,
  cause: unknown,
): AppError {
  const tries = attempts === 1 ? '1 try' : `${attempts} tries`;
  const details = { provider, n_requests: attempts };
  if (outcome.kind === 'timeout')
    return new AppError(
      'provider.unavailable',
      `${provider}: ${url.host} did not answer within ${policy.tryTimeoutMs / 1000} s (${tries})`,
      { cause, details },
    );
  if (outcome.kind === 'network')
    return new AppError('provider.unavailable', `${provider}: ${url.host} cannot be reached (${tries})`, {
      cause,
      details,
    });
  const text = new TextDecoder().decode(body.subarray(0, 4096));
  const words = reasonOf(outcome.status, text)?.slice(0, 300);
  const said = words === undefined || words === '' ? '' : `: ${words}`;
  const withStatus = { details: { ...details, provider_status: outcome.status } };
  if (outcome.status === 429)
    return new AppError('provider.rate_limited', `${provider}: too many requests${said} (${tries})`, {
      ...withStatus,
      retryAfterS: Math.ceil((outcome.retryAfterMs ?? 60_000) / 1000),
    });
  if (outcome.status >= 500 || WORTH_ANOTHER_TRY.has(outcome.status))
    return new AppError('provider.unavailable', `${provider}: answered ${outcome.status}${said} (${tries})`, {
      ...withStatus,
      ...(outcome.retryAfterMs === undefined ? {} : { retryAfterS: Math.ceil(outcome.retryAfterMs / 1000) }),
    });
  return new AppError(
    'provider.rejected',
    `${provider}: refused the request with ${outcome.status}${said}`,
    withStatus,
  );
}
