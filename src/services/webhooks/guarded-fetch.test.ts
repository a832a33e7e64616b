/** Requests to addresses that customers name, to servers on this machine. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { guardedFetch } from './guarded-fetch.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const policy = { ports: [443], allowLoopback: true };
const GET = { method: 'GET', headers: {} };

test('sends method, headers and body, and follows no redirect', async () => {
  const base = await serve(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.writeHead(302, { location: '/elsewhere', 'x-seen': `${request.method} ${request.headers['x-own']}` });
    response.end(Buffer.concat(chunks));
  });
  const body = new URLSearchParams({ a: 'b c' });
  const answer = await guardedFetch(policy, 5_000)(base, { method: 'POST', headers: { 'x-own': '1' }, body });
  expect([answer.status, answer.headers.get('x-seen'), await answer.text()]).toEqual([302, 'POST 1', 'a=b+c']);
});

test('refuses addresses that are not public before it connects', async () => {
  const isConnected: string[] = [];
  const base = await serve((request) => void isConnected.push(request.url ?? ''));
  const send = guardedFetch({ ports: [443], allowLoopback: false }, 5_000);
  for (const address of [base, 'https://10.0.0.1', 'https://[::1]', 'http://example.com'])
    await expect(send(address, GET)).rejects.toMatchObject({ code: 'webhook.target_refused' });
  expect(isConnected).toEqual([]);
});

test('ends answers that are too long or too slow', async () => {
  const long = await serve((_request, response) => void response.end(Buffer.alloc(1_100_000)));
  await expect(guardedFetch(policy, 5_000)(long, GET)).rejects.toThrow('more than 1000000 bytes');
  const slow = await serve((_request, response) => void response.write('a'));
  await expect(guardedFetch(policy, 200)(slow, GET)).rejects.toThrow(/aborted|timeout/i);
});
