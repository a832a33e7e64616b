import { Readable } from 'node:stream';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TessellateClient } from './client.ts';
import { ApiError, ConnectionError } from './errors.ts';
import { type Attempted, LONGEST_RETRY_AFTER_MS, retryAfterMs } from './retry.ts';
import { readServerSentEvents } from './server-sent-events.ts';

describe('the decision to send again', () => {
  const once: Attempted = { attempts: 1, maxAttempts: 4, method: 'GET', hasIdempotencyKey: false };
  const wait = (more: Partial<Attempted>) => retryAfterMs({ ...once, ...more }, 0, 1);

  test.each<[string, Partial<Attempted>, number | undefined]>([
    ['a read without an answer', {}, 250],
    ['each time later', { attempts: 3 }, 1000],
    ['not beyond the last attempt', { attempts: 4 }, undefined],
    ['a write in doubt is not', { method: 'POST' }, undefined],
    ['a write in doubt with a key is', { method: 'POST', hasIdempotencyKey: true }, 250],
    ['a 500 of a write is not', { method: 'POST', status: 500 }, undefined],
    ['a 429 of any write is', { method: 'PATCH', status: 429 }, 250],
    ['as the server asks', { method: 'POST', status: 503, retryAfter: '7' }, 7000],
    ['until a date', { status: 429, retryAfter: 'Thu, 01 Jan 1970 00:00:30 GMT' }, 30_000],
    ['unless it asks for too long', { status: 429, retryAfter: '3600' }, undefined],
    ['a conflict is not', { status: 409 }, undefined],
    [
      'a conflict with its own first attempt is',
      { method: 'POST', hasIdempotencyKey: true, status: 409, code: 'idempotency.in_progress', retryAfter: '1' },
      1000,
    ],
    ['an answer about the request is not', { status: 422 }, undefined],
  ])('%s', (_name, attempted, expected) => {
    expect(wait(attempted)).toBe(expected);
  });

  test('never waits longer than it should, whatever comes', () => {
    const anything = fc.record({
      attempts: fc.integer({ min: 1, max: 50 }),
      maxAttempts: fc.integer({ min: 1, max: 60 }),
      method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE'),
      hasIdempotencyKey: fc.boolean(),
      status: fc.option(fc.integer({ min: 300, max: 599 }), { nil: undefined }),
      retryAfter: fc.option(fc.string(), { nil: undefined }),
    });
    fc.assert(
      fc.property(anything, fc.float({ min: 0, max: 1, noNaN: true }), (attempted, random) => {
        const ms = retryAfterMs(attempted, 1e12, random) ?? 0;
        return ms >= 0 && ms <= LONGEST_RETRY_AFTER_MS;
      }),
      { seed: 1 },
    );
  });
});

test('server-sent events are read however the bytes are cut', async () => {
  const text = ': hello\r\n\r\nid: 1\nevent: job.started\ndata: {"a":\ndata: "Größe"}\n\nid:2\ndata: x\r\n\r\n';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 7, 1000]) {
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < bytes.length; i += size) controller.enqueue(bytes.slice(i, i + size));
        controller.close();
      },
    });
    const seen: unknown[] = [];
    for await (const event of readServerSentEvents(stream as NonNullable<Response['body']>)) seen.push(event);
    expect(seen).toEqual([
      { id: '1', event: 'job.started', data: '{"a":\n"Größe"}' },
      { id: '2', event: 'message', data: 'x' },
    ]);
  }
});

describe('requests', () => {
  const received: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }[] = [];
  /** What is done with the next requests; then 200 {}. */
  const script: ((response: ServerResponse) => void)[] = [];
  const json =
    (status: number, body: object, headers: Record<string, string> = {}) =>
    (response: ServerResponse) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    received.push({ method: request.method, url: request.url, headers: request.headers, body });
    (script.shift() ?? json(200, {}))(response);
  });
  let client: TessellateClient;
  let baseUrl: string;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
    client = new TessellateClient({ baseUrl, credentials: 'tsl_test_x' });
  });
  afterEach(() => {
    received.length = 0;
    script.length = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('a job is started once though its first answers are lost: each try carries the same key', async () => {
    script.push((response) => response.destroy(), json(503, {}, { 'retry-after': '0' }), json(202, { id: 'job_1' }));
    expect((await client.submit('/v1/solar/analyze', { weather_id: 'w' })).id).toBe('job_1');
    const keys = received.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    await client.submit('/v1/solar/analyze', {});
    expect(received[3].headers['idempotency-key']).not.toBe(keys[0]);
    await client.submit('/v1/solar/analyze', {}, { idempotencyKey: 'mine' });
    expect(received[4].headers['idempotency-key']).toBe('mine');
  });

  test('another write whose answer is lost is not sent again', async () => {
    script.push((response) => response.destroy());
    await expect(client.call('POST', '/v1/webhooks', {})).rejects.toBeInstanceOf(ConnectionError);
    expect(received).toHaveLength(1);
  });

  test('an attempt that takes too long is given up and made again', async () => {
    const hasty = new TessellateClient({ baseUrl, timeoutMs: 300, maxAttempts: 100 });
    const ok = json(200, { ok: true });
    script.push(() => undefined, ...Array(99).fill(ok));
    expect(await hasty.call('GET', '/v1/me')).toEqual({ ok: true });
    expect(received.length).toBeGreaterThan(1);
  });

  test('a problem is an error with its code, field and advice', async () => {
    const problem = {
      code: 'request.invalid',
      detail: 'tilt is 91',
      pointer: '/tilt',
      fix: 'Give 0 to 90',
      request_id: 'r',
    };
    script.push(json(422, problem));
    const error: ApiError = await client.call('GET', '/x').then(fail, (one) => one);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 422,
      code: 'request.invalid',
      requestId: 'r',
      problem: { pointer: '/tilt' },
    });
    expect(error.message).toBe('tilt is 91. Give 0 to 90');
    script.push((response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>proxy</h1>'));
    expect(await client.call('GET', '/x').then(fail, (one) => one)).toMatchObject({ status: 404, code: undefined });
  });

  test('lists continue to the last page', async () => {
    script.push(json(200, { data: [1, 2], next_cursor: 'c' }), json(200, { data: [3], next_cursor: null }));
    const items: unknown[] = [];
    for await (const item of client.list('/v1/jobs', { query: { kind: 'report', status: undefined } }))
      items.push(item);
    expect(items).toEqual([1, 2, 3]);
    expect(received.map(({ url }) => url)).toEqual([
      '/v1/jobs?limit=200&kind=report',
      '/v1/jobs?limit=200&kind=report&cursor=c',
    ]);
  });

  test('pages come one by one, and only those that are needed', async () => {
    script.push(json(200, { data: [1], next_cursor: 'c' }), json(200, { data: [2], next_cursor: 'd' }));
    const pages = client.pages('/v1/webhooks/{id}/deliveries', { path: { id: 'whk_1' }, query: { limit: 1 } });
    expect([(await pages.next()).value, (await pages.next()).value]).toMatchObject([{ data: [1] }, { data: [2] }]);
    expect(received.map(({ url }) => url)).toEqual([
      '/v1/webhooks/whk_1/deliveries?limit=1',
      '/v1/webhooks/whk_1/deliveries?limit=1&cursor=c',
    ]);
  });

  test('a typed request fills its path in, and needs all of its parameters', async () => {
    await client.request('PATCH /v1/sites/{id}', { path: { id: 'site/1' }, body: { name: 'n' } });
    expect(received[0]).toMatchObject({ method: 'PATCH', url: '/v1/sites/site%2F1', body: '{"name":"n"}' });
    expect(() => client.request('GET /v1/sites/{id}', { path: {} as { id: string } })).toThrow('requires path.id');
  });

  const bytes = new Uint8Array([104, 105]);
  async function* parts() {
    yield bytes.subarray(0, 1);
    yield bytes.subarray(1);
  }
  test.each([
    ['bytes', () => bytes],
    ['a blob', () => new Blob([bytes], { type: 'text/csv' })],
    ['a stream', () => new Blob([bytes]).stream()],
    ["Node's stream", () => Readable.from(parts())],
    ['parts', parts],
  ])('a file is sent as it is: %s', async (_name, file) => {
    await client.upload('/v1/weather', file(), { name: 'a b.csv' });
    expect(received[0]).toMatchObject({ url: '/v1/weather?name=a+b.csv', body: 'hi' });
    expect(received[0].headers['content-type']).toBe('application/octet-stream');
  });

  test('a stream is not sent again, for it can be read once', async () => {
    script.push(json(503, {}, { 'retry-after': '0' }));
    await expect(client.upload('/v1/weather', parts())).rejects.toMatchObject({ status: 503 });
    expect(received).toHaveLength(1);
    script.push(json(503, {}, { 'retry-after': '0' }));
    await client.upload('/v1/weather', bytes);
    expect(received).toHaveLength(3);
  });

  test('a file is downloaded as bytes or as they arrive, with its name and media type', async () => {
    const pdf = Uint8Array.from({ length: 1000 }, (_, i) => i);
    const file = (response: ServerResponse) =>
      void response
        .writeHead(200, { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="a.pdf"' })
        .end(pdf);
    script.push(file, file);
    const path = { id: 'rpt_1', format: 'pdf' };
    const whole = await client.download('/v1/reports/{id}/files/{format}', { path });
    expect([whole.name, whole.mediaType, await whole.bytes()]).toEqual(['a.pdf', 'application/pdf', pdf]);
    const arriving = await client.download('/v1/reports/rpt_1/files/pdf');
    const chunks: Uint8Array[] = [];
    for await (const chunk of arriving.stream) chunks.push(chunk);
    expect(new Uint8Array(Buffer.concat(chunks))).toEqual(pdf);
    expect(received.map(({ url }) => url)).toEqual(Array(2).fill('/v1/reports/rpt_1/files/pdf'));
  });

  test('a download may last longer than an attempt, once it has begun', async () => {
    const hasty = new TessellateClient({ baseUrl, timeoutMs: 300, maxAttempts: 1 });
    script.push((response) => {
      response.writeHead(200, { 'content-type': 'application/pdf' }).write('a');
      setTimeout(() => response.end('b'), 600);
    });
    expect(await (await hasty.download('/v1/reports/rpt_1/files/pdf')).text()).toBe('ab');
  });

  test("a job's events continue where a broken stream stopped, to its result", async () => {
    const events = (text: string, ends: boolean) => (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text);
      if (ends) response.end();
      else setImmediate(() => response.destroy());
    };
    script.push(
      events('id: 1\nevent: job.queued\ndata: {}\n\nid: 2\nevent: job.pro', false),
      events('id: 2\nevent: job.progress\ndata: {"progress":0.5}\n\nid: 3\nevent: job.succeeded\ndata: {}\n\n', true),
      json(200, { id: 'job_1', status: 'succeeded' }),
    );
    const seen: number[] = [];
    const job = await client.waitForJob('job_1', { onEvent: ({ id }) => void seen.push(id) });
    expect(job.status).toBe('succeeded');
    expect(seen).toEqual([1, 2, 3]);
    expect(received.map(({ headers }) => headers['last-event-id'])).toEqual(['0', '1', undefined]);
  });

  test('the events of a job that has ended and has no further ones end at once', async () => {
    script.push((response) => void response.writeHead(204).end());
    const events = [];
    for await (const event of client.events('job_1', 7)) events.push(event);
    expect(events).toEqual([]);
    expect(received.map(({ headers }) => headers['last-event-id'])).toEqual(['7']);
  });

  test('where streams are switched off it asks', async () => {
    script.push(
      json(404, { code: 'feature.disabled' }),
      json(200, { status: 'running' }),
      json(200, { status: 'failed', error: { code: 'internal', message: 'm' } }),
    );
    expect(await client.waitForJob('job_1')).toMatchObject({ status: 'failed', error: { code: 'internal' } });
  });

  test('waiting ends with its time, and with its signal', async () => {
    const stays = (response: ServerResponse) =>
      void response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    script.push(stays, stays);
    await expect(client.waitForJob('job_1', { timeoutMs: 100 })).rejects.toThrow(
      'Job job_1 has not ended within 100 ms',
    );
    const abort = new AbortController();
    const waiting = client.waitForJob('job_1', { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

const fail = (): never => {
  throw new Error('was not refused');
};
