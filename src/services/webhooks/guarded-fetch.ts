/** A fetch for addresses that customers name: it connects only to public addresses, and follows no redirect. */
import type { IncomingMessage } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { checkUrl, guardedLookup, type TargetPolicy } from './target-guard.ts';

/** Longest answer: metadata and keys of identity providers have some kilobytes [bytes]. */
const MAX_ANSWER_BYTES = 1_000_000;

interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** @param limitMs from the request to the end of the answer */
export function guardedFetch(policy: TargetPolicy, limitMs: number) {
  const lookup = guardedLookup(policy);
  return async (address: string, { method, headers, body }: Sent): Promise<Response> => {
    const url = checkUrl(address, policy);
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const signal = AbortSignal.timeout(limitMs);
    const answer = await new Promise<IncomingMessage>((arrived, reject) => {
      const request = send(url, { method, headers, lookup, signal, agent: false }, arrived);
      request.on('error', reject);
      request.end(body === undefined || body === null ? undefined : String(body));
    });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_ANSWER_BYTES) throw new Error(`the answer has more than ${MAX_ANSWER_BYTES} bytes`);
    }
    const status = answer.statusCode ?? 0;
    const isEmpty = status === 204 || status === 304;
    return new Response(isEmpty ? null : Buffer.concat(chunks), {
      status,
      headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]),
    });
  };
}
