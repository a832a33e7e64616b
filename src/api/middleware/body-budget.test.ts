import { once } from 'node:events';
import { request as open, type ClientRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import type { Logger } from '../../adapters/observability/logger.ts';
import { bodyBudget } from './body-budget.ts';
import { problemHandler } from './problem.ts';
import { fileBody } from './request-body.ts';

const LIMIT = 1000;
let server: Server;

beforeAll(async () => {
  const app = express();
  app.use((request, response, next) => {
    response.locals.principal = { orgId: request.get('x-org') };
    next();
  });
  app.post('/', bodyBudget(8 * LIMIT)(LIMIT), fileBody(LIMIT, true), (_, response) => void response.send('read'));
  app.use(problemHandler({ log: () => undefined } as unknown as Logger));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Begins a request; its body is sent later. */
function begin(org: string, headers: Record<string, string | number>): ClientRequest {
  const { port } = server.address() as AddressInfo;
  const begun = open({ port, method: 'POST', headers: { ...headers, 'x-org': org } });
  begun.flushHeaders();
  return begun;
}
async function answerOf(begun: ClientRequest): Promise<readonly [status?: number, retryAfter?: string]> {
  const [{ statusCode, headers }] = (await once(begun, 'response')) as [IncomingMessage];
  return [statusCode, headers['retry-after']];
}
const arrived = (count: number): Promise<void> =>
  new Promise((resolve) => {
    const seen = (): void => {
      if (--count === 0) {
        server.off('request', seen);
        resolve();
      }
    };
    server.on('request', seen);
  });

test('an organization with too many large bodies at once is refused until one has ended; others are not', async () => {
  const both = arrived(2);
  const open = [begin('a', { 'content-length': LIMIT }), begin('a', { 'transfer-encoding': 'chunked' })];
  await both;
  expect(await answerOf(begin('a', { 'content-length': 10 }).end('x'.repeat(10)))).toEqual([503, '5']);
  expect(await answerOf(begin('b', { 'content-length': 10 }).end('x'.repeat(10)))).toEqual([200, undefined]);
  open[0].end('x'.repeat(LIMIT));
  expect(await answerOf(open[0])).toEqual([200, undefined]);
  expect(await answerOf(begin('a', { 'content-length': 10 }).end('x'.repeat(10)))).toEqual([200, undefined]);
  open[1].end();
  await answerOf(open[1]);
});

test('a packed body counts as its limit, and one that is too large holds nothing', async () => {
  const packed = gzipSync('x'.repeat(10));
  const one = arrived(1);
  const waiting = begin('c', { 'content-length': packed.length, 'content-encoding': 'gzip' });
  await one;
  expect(await answerOf(begin('c', { 'content-length': LIMIT + 1 }).end('x'.repeat(LIMIT + 1)))).toEqual([
    413,
    undefined,
  ]);
  expect(await answerOf(begin('c', { 'content-length': LIMIT }).end('x'.repeat(LIMIT)))).toEqual([200, undefined]);
  const full = arrived(1);
  const second = begin('c', { 'content-length': LIMIT });
  await full;
  expect(await answerOf(begin('c', { 'content-length': 1 }).end('x'))).toEqual([503, '5']);
  waiting.end(packed);
  expect(await answerOf(waiting)).toEqual([200, undefined]);
  second.end('x'.repeat(LIMIT));
  await answerOf(second);
});
