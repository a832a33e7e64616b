/** Attempts at deliveries on a real PostgreSQL, to real receivers: slots, the failure window, skipped deliveries, mails. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import type { WebhookDeliveryRow, WebhookRow } from '../../src/adapters/database/tables/webhooks.ts';
import { type AttemptDependencies, attemptDelivery } from '../../src/services/webhooks/attempt.ts';
import { reconcileDeliveries } from '../../src/services/webhooks/reconcile.ts';
import { resealWebhookSecrets, sealPlainHeaders } from '../../src/services/webhooks/reseal.ts';
import { openHeaders, SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { guardedSender } from '../../src/services/webhooks/post.ts';
import { Webhooks } from '../../src/services/webhooks/webhooks.ts';
import { eventually } from '../support/eventually.ts';
import { migratedDatabase } from '../support/postgres.ts';

const POLICY = { ports: [443], allowLoopback: true };
const ORG = 'org_1';
const SECRET = 's'.repeat(40);
const NEXT_SECRET = 'n'.repeat(40);
let database: Database;
let webhooks: Webhooks;
let dependencies: AttemptDependencies;
let target: string;
/** What the outbox will start or signal, in order. */
const outboxRows = async (): Promise<{ topic: string; delivery_id: string }[]> =>
  database.query('SELECT topic, delivery_id FROM outbox ORDER BY id');
/** Open requests of a path, and the largest number that were open at a time. */
const open = new Map<string, ServerResponse[]>();
const most = new Map<string, number>();
let status = 200;
/** Headers of the last request */
let lastHeaders: IncomingHttpHeaders = {};
const server = createServer((request, response) => {
  lastHeaders = request.headers;
  request.resume();
  const path = request.url ?? '';
  if (!path.startsWith('/slow')) {
    response.writeHead(status).end();
    return;
  }
  const held = open.get(path) ?? [];
  held.push(response);
  open.set(path, held);
  most.set(path, Math.max(most.get(path) ?? 0, held.length));
});
const answerOne = (path: string, code = 200): void => void open.get(path)?.shift()?.writeHead(code).end();

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  database = (await migratedDatabase()).database;
  await database.query(`INSERT INTO organizations (id, name) VALUES ($1, 'O')`, [ORG]);
  await database.query(
    `INSERT INTO users (id, org_id, email, name, password_hash, role) VALUES ('usr_1', $1, 'o@example.com', 'N', '', 'owner')`,
    [ORG],
  );
  const box = new SecretBox([SECRET]);
  webhooks = new Webhooks(database, box, POLICY, () => undefined);
  dependencies = {
    database,
    isEnabled: true,
    box,
    policy: POLICY,
    sender: guardedSender(POLICY, 5_000),
    apiUrl: 'https://api.example.com',
    wakeOutbox: () => undefined,
  };
}, 60_000);
afterAll(async () => {
  dependencies?.sender.destroy();
  server.closeAllConnections();
  server.close();
  await database?.close();
});
afterEach(async () => {
  status = 200;
  await database.query('DELETE FROM outbox');
});

const fields = { description: 'main', events: ['job.succeeded' as const], headers: {}, enabled: true };
const register = async (path: string) => (await webhooks.create(ORG, { ...fields, url: target + path })).webhook.id;
const newDelivery = async (webhookId: string) => (await webhooks.test(ORG, webhookId)).id;
const attempt = (deliveryId: string, more: { attempt?: number; last?: boolean; round?: number } = {}) =>
  attemptDelivery({ deliveryId, orgId: ORG, round: 1, attempt: 1, last: false, ...more }, dependencies);
const shown = async (id: string): Promise<WebhookRow> =>
  (await database.query<WebhookRow>('SELECT * FROM webhooks WHERE id = $1', [id]))[0];
const delivery = async (id: string): Promise<WebhookDeliveryRow> =>
  (await database.query<WebhookDeliveryRow>('SELECT * FROM webhook_deliveries WHERE id = $1', [id]))[0];
const failingFor = (id: string, days: number) =>
  database.query(`UPDATE webhooks SET first_failure_at = now() - $2 * interval '1 day' WHERE id = $1`, [id, days]);
const mailsTo = (webhookId: string) =>
  database.query<{ recipient: string; data: Record<string, unknown> }>(
    `SELECT recipient, data FROM mails WHERE data->>'webhookId' = $1`,
    [webhookId],
  );

describe('headers', () => {
  const plain = { 'x-team': 'yield', authorization: 'Bearer of the receiver' };
  const sent = async (id: string) => {
    await attempt(await newDelivery(id));
    return lastHeaders;
  };

  test('are stored sealed, sent as they were set, and shown to their owner', async () => {
    const { webhook } = await webhooks.create(ORG, { ...fields, headers: plain, url: `${target}/sealed` });
    expect(webhook.headers).toEqual(plain);
    expect((await webhooks.get(ORG, webhook.id)).headers).toEqual(plain);
    const row = await shown(webhook.id);
    expect(row.headers).toBeNull();
    expect(row.sealed_headers!.toString('latin1')).not.toContain('yield');
    expect(await sent(webhook.id)).toMatchObject(plain);
    const changed = await webhooks.update(ORG, webhook.id, { headers: { 'x-team': 'wind' } });
    expect(changed.headers).toEqual({ 'x-team': 'wind' });
    expect((await webhooks.update(ORG, webhook.id, { description: 'other' })).headers).toEqual({ 'x-team': 'wind' });
    expect(await sent(webhook.id)).toMatchObject({ 'x-team': 'wind' });
  });

  test('have the time of the database in their signature, whatever the clock of the worker says', async () => {
    const id = await newDelivery(await register('/clock'));
    const real = Date.now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => real + 3_600_000);
    try {
      await attempt(id);
    } finally {
      clock.mockRestore();
    }
    expect(Math.abs(Number(lastHeaders['webhook-timestamp']) - real / 1000)).toBeLessThan(600);
  });

  test('of an earlier release are sent, and then sealed, once', async () => {
    const id = await register('/plain');
    await database.query('UPDATE webhooks SET headers = $2, sealed_headers = NULL WHERE id = $1', [id, plain]);
    expect(await sent(id)).toMatchObject(plain);
    expect(await sealPlainHeaders(database, dependencies.box)).toBe(1);
    expect(await sealPlainHeaders(database, dependencies.box)).toBe(0);
    expect(await shown(id)).toMatchObject({ headers: null, sealed_headers: expect.any(Buffer) });
    expect(await sent(id)).toMatchObject(plain);
  });

  test('are resealed with the secrets, and then the old key opens nothing', async () => {
    const { id } = (await webhooks.create(ORG, { ...fields, headers: plain, url: `${target}/resealed` })).webhook;
    const next = new SecretBox([NEXT_SECRET, SECRET]);
    expect((await resealWebhookSecrets(database, next)).unopened).toEqual([]);
    const row = await shown(id);
    expect(openHeaders(new SecretBox([NEXT_SECRET]), row)).toEqual(plain);
    expect(() => openHeaders(new SecretBox([SECRET]), row)).toThrow('sealed under key');
    // The other tests use the first secret.
    expect((await resealWebhookSecrets(database, new SecretBox([SECRET, NEXT_SECRET]))).unopened).toEqual([]);
  });
});

describe('the failure window', () => {
  test('begins with the first failure and ends with a success', async () => {
    const id = await register('/window');
    status = 500;
    await attempt(await newDelivery(id));
    const began = (await shown(id)).first_failure_at;
    expect(began).toBeInstanceOf(Date);
    await attempt(await newDelivery(id));
    expect((await shown(id)).first_failure_at).toEqual(began);
    status = 200;
    await attempt(await newDelivery(id));
    expect((await shown(id)).first_failure_at).toBeNull();
  });

  test('an endpoint that has failed for five days is disabled when a delivery fails, and its owner is mailed once', async () => {
    const id = await register('/five-days');
    status = 503;
    await failingFor(id, 4.9);
    expect(await attempt(await newDelivery(id), { attempt: 4, last: true })).toMatchObject({ status: 'failed' });
    expect((await shown(id)).enabled).toBe(true);
    await failingFor(id, 5.1);
    expect(await attempt(await newDelivery(id))).toMatchObject({ status: 'pending' });
    expect((await shown(id)).enabled).toBe(true);
    const made = [await newDelivery(id), await newDelivery(id)];
    await Promise.all(made.map((one) => attempt(one, { attempt: 4, last: true })));
    expect(await shown(id)).toMatchObject({ enabled: false, disabled_reason: 'it has failed for 5 days' });
    expect(await mailsTo(id)).toMatchObject([
      { recipient: 'o@example.com', data: { url: `${target}/five-days`, lastAnswer: '503', description: 'main' } },
    ]);
  });

  test('a success after five days of failures keeps it', async () => {
    const id = await register('/saved');
    await failingFor(id, 9);
    await attempt(await newDelivery(id), { attempt: 4, last: true });
    expect(await shown(id)).toMatchObject({ enabled: true, first_failure_at: null });
    expect(await mailsTo(id)).toEqual([]);
  });

  test('410 disables at once and mails; enabled again, the window begins again', async () => {
    const id = await register('/gone');
    status = 410;
    expect(await attempt(await newDelivery(id))).toMatchObject({ status: 'failed', answer: 410 });
    expect(await shown(id)).toMatchObject({ enabled: false, disabled_reason: 'it answered 410 Gone' });
    expect(await mailsTo(id)).toHaveLength(1);
    await webhooks.update(ORG, id, { enabled: true });
    expect(await shown(id)).toMatchObject({ enabled: true, disabled_reason: null, first_failure_at: null });
  });
});

describe('deliveries that cannot be sent', () => {
  test('to a disabled endpoint end as skipped, without an attempt, and can be sent again later', async () => {
    const id = await register('/off');
    const made = await newDelivery(id);
    await webhooks.update(ORG, id, { enabled: false });
    expect(await attempt(made)).toMatchObject({ status: 'skipped' });
    expect((await webhooks.delivery(ORG, made)).attempts).toEqual([]);
    expect(await delivery(made)).toMatchObject({ status: 'skipped', ended_at: expect.any(Date) });
    await webhooks.update(ORG, id, { enabled: true });
    expect(await webhooks.retry(ORG, { webhookId: id, since: new Date(0) })).toBe(1);
    expect(await attempt(made, { round: 2 })).toMatchObject({ status: 'succeeded' });
  });

  test('while webhooks are switched off end as skipped', async () => {
    const made = await newDelivery(await register('/switched-off'));
    const off = attemptDelivery(
      { deliveryId: made, orgId: ORG, round: 1, attempt: 1, last: false },
      { ...dependencies, isEnabled: false },
    );
    expect(await off).toMatchObject({ status: 'skipped', answer: 'webhooks are switched off' });
  });

  test('to a deleted endpoint end as skipped', async () => {
    const id = await register('/deleted');
    const made = await newDelivery(id);
    await webhooks.delete(ORG, id);
    expect(await attempt(made)).toMatchObject({ status: 'skipped', answer: 'the webhook was deleted' });
  });
});

describe('lost workflows', () => {
  const reconcile = (state: string) => reconcileDeliveries(database, { stateOf: async () => state });
  const old = async (): Promise<string> => {
    const made = await newDelivery(await register('/lost'));
    await database.query(`UPDATE webhook_deliveries SET created_at = now() - interval '1 hour' WHERE id = $1`, [made]);
    return made;
  };
  const started = (id: string) => database.query('DELETE FROM outbox WHERE delivery_id = $1', [id]);

  test('of a server that forgot it, a delivery begins another round; what runs or has not begun is not touched', async () => {
    await database.query('DELETE FROM webhook_deliveries');
    const made = await old();
    expect(await reconcile('absent')).toEqual([]); // its outbox row will start it
    await started(made);
    expect(await reconcile('running')).toEqual([]);
    expect(await reconcile('absent')).toEqual([made]);
    expect(await delivery(made)).toMatchObject({ status: 'pending', round: 2 });
    expect(await attempt(made)).toMatchObject({ status: 'pending', answer: 'the delivery had ended before' }); // the round before
    expect(await attempt(made, { round: 2 })).toMatchObject({ status: 'succeeded' });
  });

  test('that an operator ended fails', async () => {
    await database.query('DELETE FROM webhook_deliveries');
    const made = await old();
    await started(made);
    expect(await reconcile('terminated')).toEqual([made]);
    expect(await delivery(made)).toMatchObject({ status: 'failed', round: 1, ended_at: expect.any(Date) });
  });
});

describe('slots', () => {
  const begin = async (id: string, path: string, count: number) => {
    const made: string[] = [];
    const before = open.get(path)?.length ?? 0;
    const running: ReturnType<typeof attempt>[] = [];
    for (let i = 0; i < count; i++) {
      made.push(await newDelivery(id));
      running.push(attempt(made[i]));
      await eventually(async () => (open.get(path)?.length === before + i + 1 ? true : undefined), 'the request');
    }
    return { made, running };
  };

  test('one slow endpoint is sent four at a time, further ones begin in order, others are not held up', async () => {
    const id = await register('/slow/1');
    const { made, running } = await begin(id, '/slow/1', 4);
    const waiting: string[] = [];
    for (let i = 0; i < 20; i++) waiting.push(await newDelivery(id));
    expect(await outboxRows()).toEqual(made.map((delivery_id) => ({ topic: 'webhook.deliver', delivery_id })));
    expect(await attempt(await newDelivery(await register('/fast')))).toMatchObject({ status: 'succeeded' });
    await database.query('DELETE FROM outbox');
    // Each one that ends begins exactly one, the longest waiting.
    for (let i = 0; i < 20; i++) {
      answerOne('/slow/1');
      await running.shift();
      expect((await outboxRows()).slice(i)).toEqual([{ topic: 'webhook.deliver', delivery_id: waiting[i] }]);
      running.push(attempt(waiting[i]));
      await eventually(async () => (open.get('/slow/1')?.length === 4 ? true : undefined), 'four again');
    }
    expect(most.get('/slow/1')).toBe(4);
    while (open.get('/slow/1')?.length) answerOne('/slow/1');
    await Promise.all(running);
  }, 60_000);

  test('a retry waits outside of its activity, and comes before what has not begun', async () => {
    const id = await register('/slow/3');
    const { made, running } = await begin(id, '/slow/3', 4);
    const next = [await newDelivery(id), await newDelivery(id)];
    await database.query('DELETE FROM outbox');
    answerOne('/slow/3', 500);
    expect(await running.shift()).toMatchObject({ status: 'pending', answer: 500 });
    running.push(attempt(next[0]));
    await eventually(async () => (open.get('/slow/3')?.length === 4 ? true : undefined), 'four again');
    expect(await attempt(made[0], { attempt: 2 })).toMatchObject({ status: 'waiting' });
    answerOne('/slow/3');
    await running.shift();
    expect(await outboxRows()).toEqual([
      { topic: 'webhook.deliver', delivery_id: next[0] },
      { topic: 'webhook.slot', delivery_id: made[0] },
    ]);
    running.push(attempt(made[0], { attempt: 2 }));
    await eventually(async () => (open.get('/slow/3')?.length === 4 ? true : undefined), 'the retry');
    while (open.get('/slow/3')?.length) answerOne('/slow/3');
    await Promise.all(running);
    expect((await outboxRows()).at(-1)).toEqual({ topic: 'webhook.deliver', delivery_id: next[1] });
  });

  test('a retry does not wait for those that were granted a slot and have not begun', async () => {
    const id = await register('/soon');
    const failed = await newDelivery(id);
    status = 500;
    expect(await attempt(failed)).toMatchObject({ status: 'pending', answer: 500 });
    status = 200;
    const given = [];
    for (let i = 0; i < 4; i++) given.push(await newDelivery(id));
    expect((await outboxRows()).slice(1)).toEqual(given.map((one) => ({ topic: 'webhook.deliver', delivery_id: one })));
    expect(await attempt(failed, { attempt: 2 })).toMatchObject({ status: 'succeeded' });
  });

  test('newcomers and ending attempts never miss each other', async () => {
    const id = await register('/race');
    const outcomes = new Map<string, string>();
    const go = async (one: string): Promise<void> => void outcomes.set(one, (await attempt(one)).status);
    const creating = Promise.all(Array.from({ length: 40 }, () => newDelivery(id)));
    // Only the outbox says which deliveries begin.
    await eventually(async () => {
      const next = (await outboxRows()).map(({ delivery_id }) => delivery_id);
      expect(next.length).toBeLessThanOrEqual(4);
      await database.query('DELETE FROM outbox WHERE delivery_id = ANY($1)', [next]);
      await Promise.all(next.map(go));
      return outcomes.size === 40 ? true : undefined;
    }, 'all 40');
    await creating;
    expect([...outcomes.values()].every((one) => one === 'succeeded')).toBe(true);
    expect(await database.query('SELECT * FROM webhook_slots WHERE webhook_id = $1', [id])).toEqual([]);
  });

  test('the slots of a lost worker expire and go to the next deliveries', async () => {
    const id = await register('/slow/2');
    const { running } = await begin(id, '/slow/2', 4);
    const next = await newDelivery(id);
    await database.query('DELETE FROM outbox');
    await reconcileDeliveries(database, { stateOf: async () => 'running' });
    expect(await outboxRows()).toEqual([]);
    await database.query(
      `UPDATE webhook_slots SET lease_until = now() - interval '1 second' WHERE webhook_id = $1  AND lease_until IS NOT NULL`,
      [id],
    );
    await reconcileDeliveries(database, { stateOf: async () => 'running' });
    expect(await outboxRows()).toEqual([{ topic: 'webhook.deliver', delivery_id: next }]);
    const late = attempt(next);
    await eventually(async () => (open.get('/slow/2')?.length === 5 ? true : undefined), 'the next one');
    while (open.get('/slow/2')?.length) answerOne('/slow/2');
    expect(await late).toMatchObject({ status: 'succeeded' });
    await Promise.all(running);
  });
});
