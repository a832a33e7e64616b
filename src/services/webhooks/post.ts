/**
 * Sends webhook requests. Node's own HTTP client is used, because undici ends a connection on which `100 Continue` arrives,
 * which receivers may send at any time (RFC 9110, 15.2).
 */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { guardedLookup, type Resolve, type TargetPolicy } from './target-guard.ts';

/** This much of an answer is kept [bytes]. */
const MAX_ANSWER_BYTES = 4096;
/** A receiver that drips its answer is not read for longer: its status has arrived [ms]. */
const ANSWER_LIMIT_MS = 2_000;
/** Connections to one host, and how long a free one is kept, so that changes of a name take effect [ms] */
const CONNECTION_OPTIONS = { keepAlive: true, maxSockets: 64, maxFreeSockets: 8, scheduling: 'lifo' } as const;
const FREE_LIMIT_MS = 4_000;

export interface Posted {
  readonly statusCode: number;
  readonly retryAfter: string | undefined;
  /** Its beginning */
  readonly body: string;
}

export interface Sender {
  /** @throws Error if no status arrives within the time limit */
  post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Posted>;
  destroy(): void;
}

/**
 * Connects only to checked addresses and follows no redirect; it ignores proxies of the environment. A connection that is used
 * again leads to the address that was checked when it was opened. Slots limit the number of attempts at one endpoint, not this
 * sender.
 * @param limitMs from the request to its status
 */
export function guardedSender(policy: TargetPolicy, limitMs: number, resolve?: Resolve): Sender {
  const lookup = guardedLookup(policy, resolve);
  const agents = {
    'http:': new HttpAgent({ ...CONNECTION_OPTIONS, timeout: FREE_LIMIT_MS }),
    'https:': new HttpsAgent({ ...CONNECTION_OPTIONS, timeout: FREE_LIMIT_MS }),
  };
  return {
    post: async (url, headers, body) => {
      const until = performance.now() + limitMs;
      const response = await statusOf(new URL(url), headers, body);
      const { statusCode = 0 } = response;
      const beginning = await firstBytes(response, Math.min(ANSWER_LIMIT_MS, until - performance.now()));
      return { statusCode, retryAfter: response.headers['retry-after'], body: beginning };
    },
    destroy: () => Object.values(agents).forEach((agent) => void agent.destroy()),
  };

  function statusOf(
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string,
    isAgain = false,
  ): Promise<IncomingMessage> {
    const protocol = url.protocol as keyof typeof agents;
    const send = protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((arrived, reject) => {
      const request = send(url, {
        method: 'POST',
        agent: agents[protocol],
        lookup,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      });
      const limit = setTimeout(
        () => request.destroy(new Error(`no answer within ${Math.round(limitMs / 1000)} s`)),
        limitMs,
      );
      request.once('response', (response: IncomingMessage) => {
        clearTimeout(limit);
        arrived(response);
      });
      request.on('error', (error) => {
        clearTimeout(limit);
        // The receiver closed a free connection just as it was used again: it has not read the request.
        const isStale = request.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
        if (isStale && !isAgain) statusOf(url, headers, body, true).then(arrived, reject);
        else reject(error);
      });
      request.end(body);
    });
  }
}

/** The beginning of an answer's body: what arrives in time. What happens to it does not change that the status has arrived. */
async function firstBytes(response: IncomingMessage, limitMs: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const limit = setTimeout(() => response.destroy(), limitMs);
  await new Promise<void>((done) => {
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      // The connection is closed, so the rest of a long answer is not read.
      if (length >= MAX_ANSWER_BYTES) response.destroy();
    });
    response.once('close', done);
    response.once('error', () => done());
  });
  clearTimeout(limit);
  // A text in PostgreSQL cannot hold a zero character.
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8').replaceAll('\0', '');
}
