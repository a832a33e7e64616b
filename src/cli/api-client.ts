/** A client of the public API, for the command line. */

/** An answer that is a problem: its title, detail and what to do about it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string | undefined;

  constructor(status: number, problem: { title?: string; detail?: string; fix?: string; code?: string }) {
    super([problem.detail ?? problem.title ?? `The API answered ${status}`, problem.fix].filter(Boolean).join('. '));
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code;
  }
}

export interface JobEvent {
  readonly id: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const PAUSE_MS = 500;

export class ApiClient {
  readonly base: string;
  readonly #credentials: string | undefined;

  /** @param credentials an API key or an access token */
  constructor(base: string, credentials?: string) {
    this.base = base;
    this.#credentials = credentials;
  }

  async #fetch(
    method: string,
    path: string,
    init: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
  ) {
    const response = await fetch(this.base + path, {
      method,
      body: init.body,
      headers: {
        ...init.headers,
        ...(this.#credentials ? { authorization: `Bearer ${this.#credentials}` } : {}),
      },
    });
    if (!response.ok) throw new ApiError(response.status, (await response.json().catch(() => ({}))) as object);
    return response;
  }

  /** @param body JSON, or the bytes of a file @throws ApiError */
  async call<Answer>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    const raw = body instanceof Uint8Array;
    const response = await this.#fetch(method, path, {
      body: body === undefined ? undefined : raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      headers: body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' },
    });
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  }

  /** A job's events until it ends; a broken stream is taken up where it stopped. */
  async *events(jobId: string): AsyncGenerator<JobEvent> {
    for (let last = 0; ; ) {
      try {
        const { body } = await this.#fetch('GET', `/v1/jobs/${jobId}/events`, {
          headers: { 'last-event-id': String(last) },
        });
        let text = '';
        for await (const part of body!.pipeThrough(new TextDecoderStream())) {
          text += part;
          const blocks = text.split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) {
            const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
            const [id, type, data] = [field('id'), field('event'), field('data')];
            if (id === undefined || type === undefined || data === undefined) continue;
            last = Number(id);
            yield { id: last, type, data: JSON.parse(data) };
            if (type === 'job.succeeded' || type === 'job.failed' || type === 'job.cancelled') return;
          }
        }
      } catch (error) {
        if (error instanceof ApiError) throw error;
      }
      // The connection broke or ended early: the API may be starting again.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
