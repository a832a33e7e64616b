/** Limits of time: a database that hangs, and clients that never finish their request. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Customer, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { startPlatform } from '../support/platform.ts';

const STATEMENT_S = 2;

let platform: Awaited<ReturnType<typeof startPlatform>>;
let customer: Customer;
let proxy: Server;
let isHung = false;
const sockets = new Set<Socket>();

/** Forwards to PostgreSQL, and while it hangs accepts everything and forwards nothing. */
function forwarder(host: string, port: number): Server {
  return createServer((client) => {
    const upstream = connect(port, host);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.on('data', (bytes) => {
        if (!isHung) to.write(bytes);
      });
    }
  });
}

beforeAll(async () => {
  platform = await startPlatform({}, {}, async (databaseUrl) => {
    const url = new URL(databaseUrl);
    proxy = forwarder(url.hostname, Number(url.port));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    url.hostname = '127.0.0.1';
    url.port = String((proxy.address() as { port: number }).port);
    return {
      DATABASE_URL: url.href,
      DATABASE_STATEMENT_TIMEOUT: String(STATEMENT_S),
      DATABASE_POOL_TIMEOUT: '2',
      HTTP_HEADERS_TIMEOUT: '1',
      HTTP_REQUEST_TIMEOUT: '2',
    };
  });
  await platform.startApi();
  customer = await newCustomer(platform);
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  proxy?.close();
  await platform?.stop();
});

describe('the database', () => {
  const timed = async (path: string) => {
    const from = performance.now();
    const answer = await customer.call('GET', path);
    return { answer, seconds: (performance.now() - from) / 1000 };
  };

  test('that hangs answers 503 within its bound, readiness names it, and afterwards all is well', async () => {
    const idle = (await timed('/v1/sites')).seconds;
    isHung = true;
    try {
      const [first, second] = await Promise.all([timed('/v1/sites'), timed('/v1/jobs')]);
      for (const { answer, seconds } of [first, second]) {
        expect(answer).toMatchObject({ status: 503, body: { code: 'service.unavailable' } });
        expect(answer.headers.get('retry-after')).toBe('5');
        // The limit of a statement, what the client waits beyond it, and the wait for a connection; five times for a busy machine.
        expect(seconds).toBeLessThan(5 * (STATEMENT_S + 2 + 2 + idle));
      }
      const ready = await customer.call('GET', '/health/ready?require=database', undefined, { as: null });
      expect(ready).toMatchObject({ status: 503, body: { checks: { database: expect.stringContaining('error') } } });
      expect(await customer.call('GET', '/health', undefined, { as: null })).toMatchObject({ status: 200 });
    } finally {
      isHung = false;
    }
    // Connections of before are closed, not used again.
    await eventually(
      async () => ((await customer.call('GET', '/v1/sites')).status === 200 ? true : undefined),
      'sites',
    );
    expect(await customer.call('POST', '/v1/sites', { name: 'S', latitude_deg: 1, longitude_deg: 2 })).toMatchObject({
      status: 201,
    });
  });

  test('where a lock is held answers 503 in place of waiting for it', async () => {
    const { id } = (await customer.call('POST', '/v1/sites', { name: 'S', latitude_deg: 1, longitude_deg: 2 })).body;
    await platform.database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM sites WHERE id = $1 FOR UPDATE', [id]);
      expect(await customer.call('PATCH', `/v1/sites/${id}`, { name: 'T' })).toMatchObject({
        status: 503,
        body: { code: 'service.unavailable', detail: expect.stringContaining('does not answer in time') },
      });
    });
    expect((await customer.call('PATCH', `/v1/sites/${id}`, { name: 'T' })).status).toBe(200);
  });
});

describe('a request that never arrives is ended with 408', () => {
  const dripping = (head: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(platform.base);
      const socket = connect(Number(port), hostname, () => socket.write(head));
      let answer = '';
      socket.on('data', (bytes) => {
        answer += bytes;
      });
      socket.once('error', reject);
      socket.once('close', () => resolve(answer));
    });

  test.each([
    ['headers', 'GET /health HTTP/1.1\r\nhost: x\r\nx-slow: '],
    [
      'body',
      'POST /v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"email"',
    ],
  ])('%s', async (_part, head) => {
    const answer = await dripping(head);
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
    expect(answer).toContain('"code":"request.timeout"');
  });
});
