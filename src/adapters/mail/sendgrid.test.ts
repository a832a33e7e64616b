/** Against a local server that answers in SendGrid's format. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { SendGridTransport } from './sendgrid.ts';
import { MailError } from './transport.ts';

const MAIL = { id: 'mail_1', to: 'owner@example.com', subject: 'Größe', text: 'text', html: '<p>html</p>' };
const KEY = 'SG.not-a-real-key';
const received: { headers: IncomingHttpHeaders; url?: string; body: Record<string, unknown> }[] = [];
let answer: (response: ServerResponse) => void;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  received.push({ headers: request.headers, url: request.url, body: JSON.parse(body) });
  answer(response);
});
const json = (status: number, body: object, headers: Record<string, string> = {}) => {
  answer = (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const errors = (message: string, field: string | null = null) => ({ errors: [{ message, field, help: null }] });
let transport: SendGridTransport;
let hasty: SendGridTransport;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const options = { apiKey: KEY, from: 'noreply@example.com', baseUrl: `http://127.0.0.1:${port}/` };
  transport = new SendGridTransport(options);
  hasty = new SendGridTransport({ ...options, timeoutMs: 300 });
});
afterEach(() => {
  received.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const failure = (by = transport): Promise<MailError> =>
  by.send(MAIL).then(
    () => Promise.reject(new Error('was sent')),
    (error) => error,
  );

describe('SendGrid', () => {
  test('202: the mail is accepted, with its id, both parts and no tracking', async () => {
    answer = (response) => response.writeHead(202, { 'x-message-id': 'abc' }).end();
    expect(await transport.send(MAIL)).toBe('abc');
    expect(received).toHaveLength(1);
    const [{ headers, url, body }] = received;
    expect(url).toBe('/v3/mail/send');
    expect(headers.authorization).toBe(`Bearer ${KEY}`);
    expect(body).toMatchObject({
      from: { email: 'noreply@example.com' },
      subject: 'Größe',
      personalizations: [{ to: [{ email: 'owner@example.com' }] }],
      content: [
        { type: 'text/plain', value: 'text' },
        { type: 'text/html', value: '<p>html</p>' },
      ],
      custom_args: { mail_id: 'mail_1' },
      tracking_settings: { click_tracking: { enable: false } },
    });
  });

  test.each([
    [400, errors('Does not contain a valid address.', 'personalizations.0.to')],
    [401, errors('The provided authorization grant is invalid, expired, or revoked')],
    [403, errors('The from address does not match a verified Sender Identity.', 'from')],
    [413, errors('Payload too large')],
  ])('%i is final, and says what SendGrid says', async (status, body) => {
    json(status, body);
    const error = await failure();
    expect(error).toBeInstanceOf(MailError);
    expect(error.failure).toBe('refused');
    expect(error.message).toContain(body.errors[0].message);
    expect(JSON.stringify(error) + String(error.stack) + String(error.cause)).not.toContain(KEY);
  });

  test('429 is tried later, when SendGrid says: Retry-After, else the reset of the limit', async () => {
    json(429, errors('too many requests'), { 'retry-after': '37' });
    expect(await failure()).toMatchObject({ failure: 'later', retryAfterS: 37 });
    json(429, errors('too many requests'), { 'x-ratelimit-reset': String(Date.now() / 1000 + 60) });
    const { failure: kind, retryAfterS } = await failure();
    expect(kind).toBe('later');
    expect(retryAfterS).toBeGreaterThan(50);
    expect(retryAfterS).toBeLessThanOrEqual(60);
  });

  test('500 and 503 are tried later', async () => {
    for (const status of [500, 503]) {
      json(status, {});
      expect(await failure()).toMatchObject({ failure: 'later', retryAfterS: undefined });
    }
  });

  test('an answer that does not come, or a connection that breaks, leaves the mail unknown', async () => {
    answer = () => undefined;
    expect(await failure(hasty)).toMatchObject({ failure: 'unknown' });
    answer = (response) => response.destroy();
    expect(await failure()).toMatchObject({ failure: 'unknown' });
  });

  test('a server that is not there is tried later', async () => {
    const options = { apiKey: KEY, from: 'noreply@example.com', baseUrl: 'http://127.0.0.1:1/' };
    await expect(new SendGridTransport(options).send(MAIL)).rejects.toMatchObject({ failure: 'later' });
  });
});
