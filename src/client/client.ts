/**
 * A client of the API, for Node 20 and browsers. It repeats requests when that is safe, reads pages, uploads files,
 * follows jobs to their end, and throws errors with the API's codes. The command line uses it as customers do.
 */
import type { JobEvents, JobEventType } from '../contracts/jobs/jobs.ts';
import type { Downloads, Job, Operations } from './api.ts';
import { ApiError, ConnectionError, type Problem } from './errors.ts';
import { bodyOf, DownloadedFile, isStream, isUpload, type Upload } from './files.ts';
import type {
  AnswerOf,
  DownloadPath,
  ItemOf,
  JobAt,
  JobKind,
  JobOf,
  JobPath,
  JobRequest,
  Last,
  ListOf,
  ListPath,
  OperationName,
  OptionsOf,
  Page,
  Query,
  UploadOf,
  UploadPath,
  UploadQuery,
} from './operations.ts';
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
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Identifies a request that creates something: if it is sent again within 24 hours, it creates nothing more and gets the same
   * answer. `submit` and `upload` create a new key for each call.
   */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** Options of a typed request, in addition to the parameters and the body of its operation. */
export type SendOptions = Omit<RequestOptions, 'query'>;

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
const ENDED: ReadonlySet<string> = new Set<Job['status']>(['succeeded', 'failed', 'cancelled']);
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
   * Sends a request of one operation of the API, with types for what it takes and answers:
   * `request('GET /v1/jobs/{id}', { path: { id } })`.
   * @throws ApiError, ConnectionError
   */
  request<Name extends OperationName>(
    name: Name,
    ...options: Last<OptionsOf<Operations[Name], SendOptions>>
  ): Promise<AnswerOf<Name>>;
  request(name: string, { path, body, ...more }: SentOptions = {}): Promise<unknown> {
    const [method, template] = name.split(' ') as [Method, string];
    return this.call(method, pathOf(template, path), body, more);
  }

  /**
   * Sends one request, without types. @param body JSON, or a file
   * @throws ApiError, ConnectionError
   */
  async call<Answer>(method: Method, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
    const response = await this.#send(method, path, body, options);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  /** Uploads a file. @param path such as `/v1/weather` @param query `name` and what else the path takes */
  upload<Path extends UploadPath>(
    path: Path,
    file: Upload,
    query?: UploadQuery<Path>,
    options: SendOptions = {},
  ): Promise<UploadOf<Path>['answer']> {
    return this.call('POST', path, file, { idempotencyKey: crypto.randomUUID(), ...options, query });
  }

  /**
   * Downloads a file: by its path with parameters, or by the address that an answer has, such as `url` of a report's files.
   * The time limit of an attempt ends with the first byte.
   */
  download<Path extends DownloadPath>(
    path: Path,
    ...options: Last<OptionsOf<Downloads[Path], SendOptions>>
  ): Promise<DownloadedFile>;
  download(path: string, options?: RequestOptions): Promise<DownloadedFile>;
  async download(template: string, { path, body: _, ...options }: SentOptions = {}): Promise<DownloadedFile> {
    const accept = { accept: '*/*', ...options.headers };
    const sent = { ...options, headers: accept };
    return new DownloadedFile(await this.#send('GET', pathOf(template, path), undefined, sent, true));
  }

  /** The pages of a list; each is requested when it is needed. */
  pages<Path extends ListPath>(
    path: Path,
    ...options: Last<OptionsOf<ListOf<Path>, SendOptions>>
  ): AsyncGenerator<ListOf<Path>['answer']>;
  async *pages(template: string, { path, body: _, ...more }: SentOptions = {}): AsyncGenerator<Page<unknown>> {
    for (let cursor: string | undefined; ; ) {
      const query = { limit: 200, ...more.query, ...(cursor !== undefined && { cursor }) };
      const page = await this.call<Page<unknown>>('GET', pathOf(template, path), undefined, { ...more, query });
      yield page;
      if (page.next_cursor === null) return;
      cursor = page.next_cursor;
    }
  }

  /** Every item of a list; each page is requested when its first item is needed. */
  async *list<Path extends ListPath>(
    path: Path,
    ...options: Last<OptionsOf<ListOf<Path>, SendOptions>>
  ): AsyncGenerator<ItemOf<Path>> {
    for await (const page of this.pages(path, ...options)) yield* page.data as readonly ItemOf<Path>[];
  }

  /**
   * Starts a job; if the request is repeated, it starts the job only once.
   * @param path such as `/v1/solar/analyze` or `/v1/reports`
   */
  submit<Path extends JobPath>(
    path: Path,
    request: JobRequest<Path>,
    options: RequestOptions = {},
  ): Promise<JobAt<Path>> {
    return this.call('POST', path, request, { idempotencyKey: crypto.randomUUID(), ...options });
  }

  job(jobId: string): Promise<Job> {
    return this.request('GET /v1/jobs/{id}', { path: { id: jobId } });
  }

  cancelJob(jobId: string): Promise<Job> {
    return this.request('POST /v1/jobs/{id}/cancel', { path: { id: jobId } });
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
   * @param job what `submit` returned, or the id of a job
   * @returns the job with its result, however it ended
   */
  async waitForJob<Kind extends JobKind = JobKind>(
    job: string | { readonly id: string; readonly kind: Kind },
    options: WaitOptions = {},
  ): Promise<JobOf<Kind>> {
    const jobId = typeof job === 'string' ? job : job.id;
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
      const ended = await this.job(jobId);
      if (ENDED.has(ended.status)) return ended as JobOf<Kind>;
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
    const file = isUpload(body) ? body : undefined;
    const url = new URL(this.baseUrl + path);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const init: StreamingInit = {
      method,
      body: file ? bodyOf(file) : body === undefined ? undefined : JSON.stringify(body),
      ...(isStream(file) && { duplex: 'half' }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': file ? 'application/octet-stream' : 'application/json' }),
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
          maxAttempts: isStream(file) ? 1 : this.#maxAttempts,
          method,
          hasIdempotencyKey: idempotencyKey !== undefined,
          ...(outcome instanceof Response && {
            status: outcome.status,
            code: (error as ApiError).code,
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
    // A stream may last: the limit is for its beginning, then only its caller ends it.
    const begun = new AbortController();
    const late = (): void => begun.abort(new DOMException('The operation timed out', 'TimeoutError'));
    const timer = streams ? setTimeout(late, this.#timeoutMs) : undefined;
    const limits = [streams ? begun.signal : AbortSignal.timeout(this.#timeoutMs), ...(signal ? [signal] : [])];
    try {
      const send = this.#fetch ?? fetch;
      return await send(url, { ...init, signal: AbortSignal.any(limits) });
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const { message, cause } = error as { message: string; cause?: { message?: string } };
      return new ConnectionError(`${init.method} ${url.pathname}: ${cause?.message || message}`, error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Parts of a typed request, whose types the signatures of its method state. */
interface SentOptions extends RequestOptions {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}
/** fetch takes a stream only with `duplex`, which the types of some platforms lack. */
type StreamingInit = RequestInit & { readonly duplex?: 'half' };

/** Fills the parameters of a path in. @throws Error if one is missing */
const pathOf = (template: string, values: SentOptions['path'] = {}): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`${template} requires path.${name}`);
    return encodeURIComponent(values[name]);
  });

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
