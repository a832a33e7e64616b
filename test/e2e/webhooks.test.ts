/** Webhooks through real servers: a job's end reaches a real receiver, signed, again after failures, and never elsewhere. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { TessellateClient } from '../../src/client/client.ts';
import { verifyWebhook } from '../../src/client/webhook.ts';
import type { ApiError } from '../../src/client/errors.ts';
import { webhookEventSchemas } from '../../src/contracts/webhooks/webhook-events.schema.ts';
import { DELIVERY_QUERY, type DeliveryProgress, deliveryWorkflowId } from '../../src/contracts/webhooks/webhooks.ts';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import { type Customer, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { type Platform, startPlatform } from '../support/platform.ts';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}
interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}
interface Delivery {
  readonly id: string;
  readonly status: string;
  readonly event_type: string;
  readonly created_at: string;
  readonly attempts: { attempt: number; round: number; status_code: number | null; answer: string; error: string }[];
}

let platform: Platform;
let customer: Customer;
let client: TessellateClient;
let weatherId: string;
let target: string;
const received: Received[] = [];
/** Answers of a path, in turn; then 200. */
const answers = new Map<string, Answer[]>();
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const path = request.url ?? '';
  received.push({ path, headers: request.headers, body, at: Date.now() });
  const { status, headers, body: text } = answers.get(path)?.shift() ?? { status: 200, body: 'thanks' };
  response.writeHead(status, headers).end(text);
});
/** SendGrid, as far as the platform uses it: busy at first, then it takes the mail. */
const mails: { to: string; subject: string; text: string }[] = [];
const mailAnswers = [503];
const sendgrid = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const status = mailAnswers.shift() ?? 202;
  if (status === 202) {
    const { personalizations, subject, content } = JSON.parse(body);
    // Each owner is also welcomed.
    if (/^Webhook/.test(subject)) mails.push({ to: personalizations[0].to[0].email, subject, text: content[0].value });
  }
  response.writeHead(status, { 'retry-after': '1', 'x-message-id': 'm' }).end();
});

const register = (path: string, more: object = {}) =>
  client.call<{ id: string; secret: string; is_enabled: boolean }>('POST', '/v1/webhooks', {
    url: `${target}${path}`,
    ...more,
  });
const at = (path: string) => received.filter((one) => one.path === path);
const runJob = async (): Promise<string> => {
  const body = { weather_id: weatherId, system: { dc_capacity_kw: 100 } };
  const { id } = await client.submit('/v1/solar/analyze', body);
  for await (const _event of client.events(id));
  return id;
};
const delivery = (id: string) => client.call<Delivery>('GET', `/v1/deliveries/${id}`);
const ended = (id: string) =>
  eventually(
    async () => {
      const found = await delivery(id);
      return found.status === 'pending' ? undefined : found;
    },
    `end of ${id}`,
    60_000,
  );
const refusal = (call: Promise<unknown>): Promise<ApiError> =>
  call.then(
    () => Promise.reject(new Error('was not refused')),
    (error: ApiError) => error,
  );

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  await new Promise<void>((resolve) => sendgrid.listen(0, '127.0.0.1', resolve));
  platform = await startPlatform({
    WEBHOOK_ALLOW_LOOPBACK: 'true',
    SENDGRID_API_KEY: 'SG.test',
    SENDGRID_BASE_URL: `http://127.0.0.1:${(sendgrid.address() as { port: number }).port}/`,
  });
  await platform.startAll();
  customer = await newCustomer(platform);
  client = customer.client;
  weatherId = await customer.uploadWeather();
}, 240_000);
/** What the platform sets itself, what is of one connection, and what a receiver would wait for */
const RESERVED_HEADERS = [
  'webhook-id',
  'Host',
  'Content-Length',
  'Connection',
  'Keep-Alive',
  'TE',
  'Upgrade',
  'Expect',
];

afterAll(async () => {
  await platform?.stop();
  server.closeAllConnections();
  sendgrid.closeAllConnections();
  sendgrid.close();
  await new Promise((resolve) => server.close(resolve));
}, 60_000);

describe('webhooks', () => {
  test("a job's end arrives once, signed, with the endpoint's headers; other events do not", async () => {
    const { id, secret } = await register('/ok', { events: ['job.succeeded'], headers: { 'x-team': 'yield' } });
    await register('/failures', { events: ['job.failed'] });
    const jobId = await runJob();
    await eventually(async () => (at('/ok').length > 0 ? true : undefined), 'the event');
    const [{ headers, body }] = at('/ok');
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'job.succeeded',
      data: { job_id: jobId, kind: 'solar-analyze', status: 'succeeded', sequence: 3 },
    });
    expect(headers['x-team']).toBe('yield');
    expect(verifyWebhook(body, headers, secret)).toEqual(webhookEventSchemas['job.succeeded'].parse(JSON.parse(body)));
    const list = await client.call<{ data: Delivery[] }>('GET', `/v1/webhooks/${id}/deliveries`);
    expect(list.data).toHaveLength(1);
    const shown = await ended(list.data[0].id);
    expect(shown.status).toBe('succeeded');
    expect(shown.attempts).toMatchObject([{ attempt: 1, round: 1, status_code: 200, answer: 'thanks' }]);
    expect(at('/ok')).toHaveLength(1);
    expect(at('/failures')).toHaveLength(0);
    await client.call('DELETE', `/v1/webhooks/${id}`);
  });

  test('a failed attempt is made again after 10 s, with the same id; meanwhile Temporal shows how it stands', async () => {
    answers.set('/later', [{ status: 500, body: 'x'.repeat(10_000) }]);
    const { id } = await register('/later');
    const made = await client.call<Delivery>('POST', `/v1/webhooks/${id}/test`);
    const temporal = new TemporalClient({ address: platform.temporalAddress, namespace: 'default' });
    const handle = temporal.client.workflow.getHandle(deliveryWorkflowId({ deliveryId: made.id, round: 1 }));
    const progress = await eventually(async () => {
      if (at('/later').length === 0) return undefined;
      const found = await handle.query<DeliveryProgress>(DELIVERY_QUERY);
      return found.attempts.length > 0 ? found : undefined;
    }, 'the first attempt');
    expect(progress).toEqual({ attempts: [{ status: 'pending', answer: 500 }], waitS: 10, waitsForSlot: false });
    const { memo, typedSearchAttributes } = await handle.describe();
    expect(memo).toMatchObject({ delivery: made.id, event: 'webhook.test', host: new URL(target).host, round: 1 });
    expect(JSON.stringify(typedSearchAttributes)).toMatch(/(?=.*"org_)(?=.*"webhook")/);
    await temporal.close();
    const shown = await ended(made.id);
    expect(shown.status).toBe('succeeded');
    expect(shown.attempts.map(({ status_code }) => status_code)).toEqual([500, 200]);
    expect(shown.attempts[0].answer).toHaveLength(4096);
    const [first, second] = at('/later');
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(second.at - first.at).toBeGreaterThanOrEqual(10_000);
    expect(second.at - first.at).toBeLessThan(30_000);
  }, 60_000);

  test('410 ends the delivery, disables the endpoint and mails its owner; enabled again, it is delivered', async () => {
    answers.set('/gone', [{ status: 410 }]);
    const { id } = await register('/gone');
    const made = await client.call<Delivery>('POST', `/v1/webhooks/${id}/test`);
    expect((await ended(made.id)).status).toBe('failed');
    const disabled = await client.call<object>('GET', `/v1/webhooks/${id}`);
    expect(disabled).toMatchObject({ is_enabled: false, disabled_reason: 'it answered 410 Gone' });
    const [mail] = await eventually(async () => (mails.length > 0 ? mails : undefined), 'the mail');
    expect(mail).toMatchObject({ to: customer.email, subject: `Webhook to ${new URL(target).host} was disabled` });
    expect(mail.text).toContain('it answered 410 Gone');
    expect(mailAnswers).toEqual([]);
    const skipped = await client.call<Delivery>('POST', `/v1/webhooks/${id}/test`);
    expect((await ended(skipped.id)).status).toBe('skipped');
    const log = (query: string) => client.call<{ data: object[] }>('GET', `/v1/webhooks/${id}/deliveries?${query}`);
    expect((await log('status=skipped&event_type=webhook.test')).data).toMatchObject([{ id: skipped.id }]);
    expect((await log('status=failed')).data).toMatchObject([{ id: made.id, n_attempts: 1, last_status_code: 410 }]);
    const between = new Date(Date.parse(skipped.created_at)).toISOString();
    expect((await log(`starts_at=${between}`)).data).toMatchObject([{ id: skipped.id }]);
    expect((await log(`ends_at=${between}`)).data).toMatchObject([{ id: made.id }]);
    expect(await client.call('PATCH', `/v1/webhooks/${id}`, { is_enabled: true })).toMatchObject({
      is_enabled: true,
      disabled_reason: null,
      url: `${target}/gone`,
    });
    expect(await client.call('POST', `/v1/webhooks/${made.id}/retry`, {})).toEqual({ n_retried: 1 });
    const again = await ended(made.id);
    expect(again.attempts.map(({ round, status_code }) => [round, status_code])).toEqual([
      [1, 410],
      [2, 200],
    ]);
    expect(mails).toHaveLength(1);
    expect(await client.call('POST', `/v1/webhooks/${id}/retry`, {})).toEqual({ n_retried: 1 });
    expect((await ended(skipped.id)).status).toBe('succeeded');
    expect(await client.call('POST', `/v1/webhooks/${id}/retry`, {})).toEqual({ n_retried: 0 });
  }, 60_000);

  test('a redirect is an answer and is not followed; after a rotation both secrets verify', async () => {
    answers.set('/moved', [{ status: 307, headers: { location: `${target}/secret` } }]);
    const { id, secret: old } = await register('/moved');
    const { secret } = await client.call<{ secret: string }>('POST', `/v1/webhooks/${id}/rotate-secret`);
    await client.call('POST', `/v1/webhooks/${id}/test`);
    await eventually(async () => (at('/moved').length > 0 ? true : undefined), 'the test event');
    const [{ headers, body }] = at('/moved');
    for (const one of [old, secret])
      expect(new Webhook(one).verify(body, headers as Record<string, string>)).toBeDefined();
    expect(at('/secret')).toHaveLength(0);
    await client.call('DELETE', `/v1/webhooks/${id}`);
  });

  test('private targets, reserved headers and foreign ids are refused', async () => {
    const post = (body: object) => refusal(client.call('POST', '/v1/webhooks', body));
    expect(await post({ url: 'http://10.0.0.1/' })).toMatchObject({ status: 422, code: 'webhook.target_refused' });
    expect(await post({ url: 'https://u:p@example.com/' })).toMatchObject({ code: 'webhook.target_refused' });
    const { id } = await register('/mine');
    for (const name of RESERVED_HEADERS)
      for (const [method, path] of [
        ['POST', '/v1/webhooks'],
        ['PATCH', `/v1/webhooks/${id}`],
      ] as const) {
        const body = { ...(method === 'POST' && { url: 'https://example.com/' }), headers: { [name]: 'x' } };
        const refused = await refusal(client.call(method, path, body));
        expect([name, method, refused.status, refused.code]).toEqual([name, method, 422, 'request.invalid']);
      }
    const { client: stranger } = await newCustomer(platform);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/test'],
      ['POST', '/rotate-secret'],
      ['GET', '/deliveries'],
    ] as const)
      expect((await refusal(stranger.call(method, `/v1/webhooks/${id}${path}`))).status).toBe(404);
    expect((await refusal(stranger.call('POST', `/v1/webhooks/${id}/retry`, {}))).status).toBe(404);
    await client.call('DELETE', `/v1/webhooks/${id}`);
  });
});
