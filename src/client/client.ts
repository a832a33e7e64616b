/**
 * A client of the API, for Node 20 and browsers. It repeats requests when that is safe, reads pages, uploads files,
 * follows jobs to their end, and throws errors with the API's codes. The command line uses it as customers do.
 */
import type { JobEvents, JobEventType, JobStatus } from '../contracts/jobs/jobs.ts';
import type { JobKind } from '../contracts/jobs/kinds.ts';
import { ApiError, ConnectionError, type Problem } from './errors.ts';
import { retryAfterMs } from './retry.ts';
import { readServerSentEvents } from './server-sent-events.ts';

export interface ClientOptions {
  /** `https://api.tessellate.energy` */
  readonly baseUrl: string;
  /** An API key or an access token. */
  readonly credentials?: string;
  /** Attempts at one request, including the first; default 4. */
  readonly maxAttempts?: number;
  /** Time limit of one attempt [ms]; default 60,000. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Identifies a request that starts a job: if it is sent again within 24 hours, it does not start a second job.
   * `submit` creates a new key for each call.
   */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly next_cursor: string | null;
}

export interface Job<Result = Readonly<Record<string, unknown>>> {
  readonly id: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  readonly progress: number;
  readonly seed: number;
  readonly engine_version: string;
  readonly is_time_limited: boolean;
  readonly result: Result | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  /** Time that compute threads worked in all attempts [s] */
  readonly compute_s: number | null;
  readonly n_attempts: number | null;
  /** Designs that a search has evaluated */
  readonly n_evaluations: number | null;
  /** Time from acceptance to the first attempt [s] */
  readonly queue_wait_s: number | null;
}

/** An event of a job; its type determines the type of its data. */
export type JobEvent = {
  readonly [Type in JobEventType]: {
    readonly id: number;
    readonly type: Type;
    readonly data: JobEvents[Type] & { readonly at: string };
  };
}[JobEventType];

export interface WaitOptions {
  /** Throws a ConnectionError after this time; the job continues. Default: never. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: JobEvent) => void;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

const NO_CONTENT = 204;
const ENDED: ReadonlySet<string> = new Set<JobStatus>(['succeeded', 'failed', 'cancelled']);
const POLL_MS = 1_000;

export class TessellateClient {
  readonly baseUrl: string;
  readonly #credentials: string | undefined;
  readonly #maxAttempts: number;
  readonly #timeoutMs: number;
  readonly #fetch: typeof fetch | undefined;

  constructor({ baseUrl, credentials, maxAttempts = 4, timeoutMs = 60_000, fetch: own }: ClientOptions) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
    this.#credentials = credentials;
    this.#maxAttempts = maxAttempts;
    this.#timeoutMs = timeoutMs;
    this.#fetch = own;
  }

  /**
   * Sends one request. @param body JSON, or the bytes of a file
   * @throws ApiError, ConnectionError
   */
  async call<Answer>(method: Method, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
    const response = await this.#send(method, path, body, options);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  /** Uploads a file. @param path such as `/v1/weather` @param query `name` and what else the path takes */
  upload<Answer>(path: string, file: Uint8Array, query: RequestOptions['query'] = {}): Promise<Answer> {
    return this.call<Answer>('POST', path, file, { query });
  }

  /** Every item of a list; each page is requested when its first item is needed. */
  async *list<Item>(path: string, options: RequestOptions = {}): AsyncGenerator<Item> {
    for (let cursor: string | undefined; ; ) {
      const page = await this.call<Page<Item>>('GET', path, undefined, {
        ...options,
        query: { limit: 200, ...options.query, cursor },
      });
      yield* page.data;
      if (page.next_cursor === null) return;
      cursor = page.next_cursor;
    }
  }

  /**
   * Starts a job; if the request is repeated, it starts the job only once.
   * @param path such as `/v1/solar/analyze` or `/v1/reports`
   */
  submit<Result = Job['result']>(path: string, input: object, options: RequestOptions = {}): Promise<Job<Result>> {
    return this.call<Job<Result>>('POST', path, input, { idempotencyKey: crypto.randomUUID(), ...options });
  }

  job<Result = Job['result']>(jobId: string): Promise<Job<Result>> {
    return this.call<Job<Result>>('GET', `/v1/jobs/${jobId}`);
  }

  cancelJob(jobId: string): Promise<Job> {
    return this.call<Job>('POST', `/v1/jobs/${jobId}/cancel`);
  }

  /**
   * Events of a job until it ends, beginning after number `after`; if the stream breaks, it continues where it stopped.
   */
  async *events(jobId: string, after = 0, signal?: AbortSignal): AsyncGenerator<JobEvent> {
    for (let last = after; ; ) {
      try {
        const headers = { 'last-event-id': String(last), accept: 'text/event-stream' };
        const response = await this.#send('GET', `/v1/jobs/${jobId}/events`, undefined, { headers, signal }, true);
        if (response.status === NO_CONTENT) return; // the job has ended, and no event is left
        for await (const { id, event, data } of readServerSentEvents(response.body!)) {
          last = Number(id);
          yield { id: last, type: event, data: JSON.parse(data) } as JobEvent;
          if (ENDED.has(event.slice('job.'.length))) return;
        }
      } catch (error) {
        if (error instanceof ApiError || signal?.aborted) throw error;
      }
      // The connection broke or ended early: the API may be starting again.
      await pause(POLL_MS / 2, signal);
    }
  }

  /**
   * Waits until a job has ended: by its events, or by a request each second if the API has no event streams.
   * @returns the job with its result, however it ended
   */
  async waitForJob<Result = Job['result']>(jobId: string, options: WaitOptions = {}): Promise<Job<Result>> {
    const limits = [
      options.signal,
      options.timeoutMs === undefined ? undefined : AbortSignal.timeout(options.timeoutMs),
    ];
    const signal = AbortSignal.any(limits.filter((one) => one !== undefined));
    try {
      for await (const event of this.events(jobId, 0, signal)) options.onEvent?.(event);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'feature.disabled') throw this.#late(error, jobId, options);
    }
    for (;;) {
      const job = await this.job<Result>(jobId);
      if (ENDED.has(job.status)) return job;
      await pause(POLL_MS, signal).catch((error) => Promise.reject(this.#late(error, jobId, options)));
    }
  }

  #late(error: unknown, jobId: string, { timeoutMs, signal }: WaitOptions): unknown {
    if (error instanceof ApiError || signal?.aborted || timeoutMs === undefined) return error;
    return new ConnectionError(`Job ${jobId} has not ended within ${timeoutMs} ms; it continues`, error);
  }

  async #send(
    method: Method,
    path: string,
    body: unknown,
    { query = {}, headers = {}, idempotencyKey, signal }: RequestOptions,
    streams = false,
  ): Promise<Response> {
    const isFile = body instanceof Uint8Array;
    const url = new URL(this.baseUrl + path);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const init: RequestInit = {
      method,
      body: body === undefined ? undefined : isFile ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      headers: {
        ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
        ...(this.#credentials ? { authorization: `Bearer ${this.#credentials}` } : {}),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        ...headers,
      },
    };
    for (let attempts = 1; ; attempts++) {
      const outcome = await this.#attempt(url, init, signal, streams);
      if (outcome instanceof Response && outcome.ok) return outcome;
      const error = outcome instanceof Response ? await problemOf(outcome) : outcome;
      const waitMs = retryAfterMs(
        {
          attempts,
          maxAttempts: this.#maxAttempts,
          method,
          hasIdempotencyKey: idempotencyKey !== undefined,
          ...(outcome instanceof Response && {
            status: outcome.status,
            retryAfter: outcome.headers.get('retry-after'),
          }),
        },
        Date.now(),
        Math.random(),
      );
      if (waitMs === undefined || signal?.aborted) throw error;
      await pause(waitMs, signal);
    }
  }

  async #attempt(
    url: URL,
    init: RequestInit,
    signal: AbortSignal | undefined,
    streams: boolean,
  ): Promise<Response | Error> {
    // A stream may last: only its caller ends it.
    const limits = streams ? [] : [AbortSignal.timeout(this.#timeoutMs)];
    try {
      const send = this.#fetch ?? fetch;
      return await send(url, { ...init, signal: AbortSignal.any(signal ? [...limits, signal] : limits) });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const { message, cause } = error as { message: string; cause?: { message?: string } };
      return new ConnectionError(`${init.method} ${url.pathname}: ${cause?.message || message}`, error);
    }
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  let problem: Problem = {};
  // A proxy's page is no problem document.
  if (isJson && text.startsWith('{')) problem = JSON.parse(text) as Problem;
  return new ApiError(response.status, problem);
}

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const end = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
