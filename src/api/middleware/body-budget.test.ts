import { once } from 'node:events';
import { request as open, type ClientRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import express from 'express';
import type { Logger } from '../../adapters/observability/logger.ts';
import { BodyBudget } from './body-budget.ts';
import { problemHandler } from './problem.ts';
import { fileBody } from './request-body.ts';

const LIMIT = 1000;
/** Of which an organization has a quarter */
const ALL = 8 * LIMIT;
let server: Server;
/** Bytes that have been read, by organization */
const read = new Map<string, number>();
let whenRead: () => void = () => undefined;

/** Tells what a budget counts. */
class WatchedBudget extends BodyBudget {
  override open(orgId: string, refuse: Parameters<BodyBudget['open']>[1]): ReturnType<BodyBudget['open']> {
    const held = super.open(orgId, refuse);
    const add = (bytes: number): void => {
      held.add(bytes);
      read.set(orgId, (read.get(orgId) ?? 0) + bytes);
      whenRead();
    };
    return { ...held, add };
  }
}

beforeAll(async () => {
  const app = express();
  const budget = new WatchedBudget(ALL);
  app.use((request, response, next) => {
    response.locals.principal = { orgId: request.get('x-org') };
    next();
  });
  app.post('/', fileBody({ limit: LIMIT, budget }), (_, response) => void response.send('read'));
  app.use(problemHandler({ log: () => undefined } as unknown as Logger));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  read.clear();
});
afterAll(() => void server.close());

/** Begins a request, of which so much is sent now. */
async function begin(org: string, sent: string | Buffer, headers: Record<string, string | number> = {}) {
  const { port } = server.address() as AddressInfo;
  const all = { 'content-length': LIMIT, ...headers, 'x-org': org };
  const begun = open({ port, method: 'POST', headers: all });
  begun.on('error', () => undefined); // its connection is closed at the end of a test
  begun.flushHeaders();
  begun.write(sent);
  return begun;
}
async function answerOf(begun: ClientRequest): Promise<readonly [status?: number, retryAfter?: string]> {
  const [{ statusCode, headers }] = (await once(begun, 'response')) as [IncomingMessage];
  return [statusCode, headers['retry-after']];
}
/** Sends a whole body. */
async function send(org: string, body: string | Buffer, headers: Record<string, string | number> = {}) {
  const begun = await begin(org, body, { 'content-length': body.length, ...headers });
  begun.end();
  return answerOf(begun);
}
const hasRead = (org: string, bytes: number): Promise<void> =>
  new Promise((resolve) => {
    whenRead = () => (read.get(org) ?? 0) >= bytes && resolve();
    whenRead();
  });
const taken = [200, undefined];
const refused = [503, '5'];

test('an organization with too many large bodies at once is refused until one has ended; others are not', async () => {
  const waiting = [await begin('a', 'x'.repeat(999)), await begin('a', 'x'.repeat(999))];
  await hasRead('a', 1998);
  expect(await send('a', 'x'.repeat(10))).toEqual(refused);
  expect(await send('b', 'x'.repeat(10))).toEqual(taken);
  waiting[0].end('x');
  expect(await answerOf(waiting[0])).toEqual(taken);
  expect(await send('a', 'x'.repeat(10))).toEqual(taken);
});

test('what is announced and does not arrive holds nothing', async () => {
  for (const org of ['a', 'b', 'c', 'd']) for (let i = 0; i < 10; i++) await begin(org, 'x');
  for (const org of ['a', 'b', 'c', 'd']) await hasRead(org, 10);
  expect(await send('e', 'x'.repeat(LIMIT))).toEqual(taken);
  expect(await send('a', 'x'.repeat(LIMIT))).toEqual(taken);
});

test('four organizations that have their share and send no further keep nobody out', async () => {
  const orgs = ['a', 'b', 'c', 'd'];
  const waiting = await Promise.all(orgs.flatMap((org) => [begin(org, 'x'.repeat(999)), begin(org, 'x'.repeat(999))]));
  for (const org of orgs) await hasRead(org, 1998);
  const refusal = Promise.race(waiting.map(answerOf));
  expect(await send('e', 'x'.repeat(LIMIT))).toEqual(taken);
  expect(await refusal).toEqual(refused);
});

test('a packed body counts unpacked, and one that is too large or damaged holds nothing', async () => {
  const packed = gzipSync('x'.repeat(999));
  const gzip = { 'content-encoding': 'gzip', 'content-length': packed.length };
  for (let i = 0; i < 2; i++) await begin('a', packed.subarray(0, -1), gzip);
  await hasRead('a', 1998);
  expect(await send('a', 'x'.repeat(10))).toEqual(refused);
  for (let i = 0; i < 3; i++) {
    expect(await send('b', 'x'.repeat(LIMIT + 1))).toEqual([413, undefined]);
    expect(await send('b', gzipSync('x'.repeat(2 * LIMIT)), { 'content-encoding': 'gzip' })).toEqual([413, undefined]);
    expect(await send('b', 'x'.repeat(LIMIT), { 'content-encoding': 'gzip' })).toEqual([400, undefined]);
    expect(await send('b', 'x', { 'content-encoding': 'zip' })).toEqual([415, undefined]);
  }
  expect(await send('b', 'x'.repeat(LIMIT))).toEqual(taken);
});

test('the slowest sender is refused before an organization that has more; a body that is complete is kept', () => {
  jest.useFakeTimers();
  try {
    const ended: string[] = [];
    const budget = new BodyBudget(4_000_000);
    const start = (org: string) => budget.open(org, ({ code }) => ended.push(`${org} ${code}`));
    const complete = start('complete');
    complete.add(1_000_000);
    complete.complete();
    const slow = start('slow');
    slow.add(900_000);
    jest.advanceTimersByTime(6_000);
    slow.add(100); // a few bytes do not make it fast
    const fast = start('fast');
    fast.add(1_000_000);
    const other = start('other');
    other.add(1_000_000);
    expect(ended).toEqual([]);
    other.release();
    start('new').add(1_000_000);
    start('newer').add(200_000);
    expect(ended).toEqual(['slow service.unavailable']);
    start('newest').add(900_000);
    expect(ended).toEqual(['slow service.unavailable', 'fast service.unavailable']);
  } finally {
    jest.useRealTimers();
  }
});
