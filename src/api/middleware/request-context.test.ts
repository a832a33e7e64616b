import { once } from 'node:events';
import { request as send } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import express from 'express';
import type { Logger } from '../../adapters/observability/logger.ts';
import { register } from '../../adapters/observability/metrics.ts';
import { requestContext } from './request-context.ts';

interface Line {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}
const lines: Line[] = [];
let told = (): void => undefined;
const log = {
  log: (level: string, message: string, fields: object) => {
    lines.push({ level, message, ...fields });
    told();
  },
} as unknown as Logger;

const app = express();
const counted: unknown[][] = [];
app.use(requestContext(log, { count: (...measured) => void counted.push(measured) }));
app.use((request, response, next) => {
  response.locals.route = request.path;
  const kind = request.get('x-kind');
  if (kind) response.locals.principal = { kind, id: `${kind}_1`, orgId: 'org_1' };
  next();
});
app.get('/never', () => undefined);
app.use((_request, response) => void response.send('well'));
const server = app.listen(0, '127.0.0.1');
let base: string;

beforeAll(async () => {
  if (!server.listening) await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  lines.length = 0;
  counted.length = 0;
});
/** The line of a request, which is written once its answer is out. */
async function lineOf(act: () => Promise<unknown>): Promise<Line> {
  const written = new Promise<void>((resolve) => {
    told = resolve;
  });
  await act();
  await written;
  return lines[0];
}
const get = (path: string, headers: Record<string, string> = {}) => fetch(base + path, { headers });

test('only requests of customers count for the objectives', async () => {
  for (const path of ['/health', '/metrics', '/slo/status', '/favicon.ico', '/v1/sites']) await lineOf(() => get(path));
  expect(counted).toEqual([['answer', 200, expect.any(Number)]]);
});

test('a request has one line with the id that the caller sent, or a new one that the answer carries', async () => {
  expect(await lineOf(() => get('/v1/sites', { 'x-request-id': 'mine-1' }))).toMatchObject({
    level: 'info',
    message: 'GET /v1/sites 200',
    request_id: 'mine-1',
    method: 'GET',
    path: '/v1/sites',
    status: 200,
    duration_ms: expect.any(Number),
  });
  lines.length = 0;
  let id: string | null = null;
  const line = await lineOf(async () => {
    id = (await get('/v1/sites', { 'x-request-id': 'no good id' })).headers.get('x-request-id');
  });
  expect(id).toMatch(/^req_/);
  expect(line.request_id).toBe(id);
});

test('people and keys are distinguished', async () => {
  const person = await lineOf(() => get('/', { 'x-kind': 'user' }));
  expect(person).toMatchObject({ user_id: 'user_1', org_id: 'org_1' });
  expect(person.api_key_id).toBeUndefined();
  lines.length = 0;
  const key = await lineOf(() => get('/', { 'x-kind': 'api_key' }));
  expect(key).toMatchObject({ api_key_id: 'api_key_1', org_id: 'org_1' });
  expect(key.user_id).toBeUndefined();
});

test('probes are lines for debugging', async () => {
  expect((await lineOf(() => get('/health/ready'))).level).toBe('debug');
});

test('a client that goes away before its answer is counted as 499', async () => {
  const line = await lineOf(async () => {
    const request = send(`${base}/never`);
    request.on('error', () => undefined); // the reset that it asks for
    request.end();
    await once(server, 'request');
    request.destroy();
  });
  expect(line.status).toBe(499);
  expect(await register.metrics()).toMatch(/http_requests_total\{method="GET",path="\/never",status="499"\} 1/);
});
