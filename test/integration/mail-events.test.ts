/** What SendGrid reports about mails, on a real PostgreSQL, with signatures of a real key. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import { parseConfig } from '../../src/adapters/config/config.ts';
import { SendGridEvents } from '../../src/adapters/mail/sendgrid-events.ts';
import { register } from '../../src/adapters/observability/metrics.ts';
import { Accounts } from '../../src/services/accounts/accounts.ts';
import { Admin } from '../../src/services/admin/admin.ts';
import type { Jobs } from '../../src/services/jobs/jobs.ts';
import { MailEvents } from '../../src/services/mails/addresses.ts';
import { enqueueMail, sendMail } from '../../src/services/mails/mails.ts';
import { enforceRetention } from '../../src/services/retention/retention.ts';
import { SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { migratedDatabase } from '../support/postgres.ts';
import { SENDGRID_PUBLIC_KEY, type SentEvent, sendGridEvent, signedEvents } from '../support/sendgrid-events.ts';

const jwt = { secrets: ['x'.repeat(32)], algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 } as const;
const now = Math.floor(Date.now() / 1000);
let database: Database;
let accounts: Accounts;
let events: MailEvents;
let orgId: string;
let email: string;
let number = 0;

beforeAll(async () => {
  ({ database } = await migratedDatabase());
  events = new MailEvents(database, new SendGridEvents(SENDGRID_PUBLIC_KEY));
  accounts = new Accounts(database, { jwt, apiUrl: 'https://api.example.com', box: new SecretBox(['b'.repeat(32)]) });
});
beforeEach(async () => {
  email = `reader${++number}@example.com`;
  const session = await accounts.register({
    email,
    password: 'a long password',
    name: 'Reader',
    organizationName: 'Sun Ltd',
    language: 'en',
  });
  orgId = session.organization.id;
});
afterAll(async () => {
  await database?.close();
});

const receive = ({ payload, signature, timestamp }: ReturnType<typeof signedEvents>) =>
  events.receive(payload, signature, timestamp);
const report = (...sent: Omit<SentEvent, 'email'>[]) =>
  receive(signedEvents(sent.map((one) => sendGridEvent({ email, ...one }))));
const problem = async () => (await accounts.members(orgId, 10))[0].email_problem;
const audited = () =>
  database.query<{ type: string; details: object; actor_kind: string }>(
    `SELECT type, details, actor_kind FROM audit_events WHERE org_id = $1 AND type LIKE 'mail.%' ORDER BY id`,
    [orgId],
  );
const mail = async (template: 'account.reset_password' | 'account.password_changed', to = email): Promise<string> =>
  (await database.transaction((tx) =>
    enqueueMail(tx, {
      orgId,
      to,
      template,
      data: { name: 'N', changedAt: '2026-01-01T00:00:00Z', linkExpiresAt: '2026-01-01T00:00:00Z', link: 'https://a' },
      idempotencyKey: `${template}/${++number}`,
    }),
  ))!;
const sent: string[] = [];
const transport = { send: async ({ id }: { readonly id: string }) => `sg-${sent.push(id)}` };

describe('an address', () => {
  test.each([
    [{ event: 'bounce', type: 'bounce' }, 'bounced'],
    [{ event: 'bounce', type: 'blocked' }, 'blocked'],
    [{ event: 'dropped', reason: 'Bounced Address' }, 'bounced'],
    [{ event: 'dropped', reason: 'Spam Reporting Address' }, 'complained'],
    [{ event: 'dropped', reason: 'Unsubscribed Address' }, 'unsubscribed'],
    [{ event: 'spamreport' }, 'complained'],
    [{ event: 'unsubscribe' }, 'unsubscribed'],
    [{ event: 'deferred' }, null],
    [{ event: 'processed' }, null],
  ])('after %j is %s, for its organization and for administrators', async (sent, expected) => {
    await report({ ...sent, timestamp: now });
    expect(await problem()).toBe(expected);
    const admin = new Admin(database, {} as Jobs);
    expect((await admin.people({ limit: 1 }, orgId))[0].email_problem).toBe(expected);
    expect(await audited()).toEqual(
      expected ? [{ type: 'mail.address_unreachable', details: { problem: expected }, actor_kind: 'system' }] : [],
    );
  });

  test('in another case is the same one, and an address of nobody belongs to the organization of the mail', async () => {
    await receive(signedEvents([sendGridEvent({ event: 'spamreport', email: email.toUpperCase(), timestamp: now })]));
    expect(await problem()).toBe('complained');
    const outside = `outside${number}@example.com`;
    const id = await mail('account.password_changed', outside);
    await receive(signedEvents([sendGridEvent({ event: 'bounce', email: outside, timestamp: now, mail_id: id })]));
    expect(await audited()).toHaveLength(2);
  });

  test('that a mail reached later is no longer blocked; complaints and bounces stay', async () => {
    await report(
      { event: 'bounce', type: 'blocked', timestamp: now - 20 },
      { event: 'delivered', timestamp: now - 10 },
    );
    expect(await problem()).toBeNull();
    await report({ event: 'bounce', type: 'blocked', timestamp: now - 30 });
    expect(await problem()).toBeNull();
    await report({ event: 'bounce', timestamp: now - 15 });
    expect(await problem()).toBe('bounced');
    await report({ event: 'spamreport', timestamp: now - 14 }, { event: 'delivered', timestamp: now });
    expect(await problem()).toBe('complained');
  });

  test('that a mail reached for which the person had asked is reachable again', async () => {
    await report({ event: 'bounce', timestamp: now - 20 });
    const [changed, reset] = [await mail('account.password_changed'), await mail('account.reset_password')];
    await report({ event: 'delivered', timestamp: now - 10, mail_id: changed });
    expect(await problem()).toBe('bounced');
    await report({ event: 'delivered', timestamp: now - 9, mail_id: reset });
    expect(await problem()).toBeNull();
    expect((await audited()).map(({ type }) => type)).toEqual(['mail.address_unreachable', 'mail.address_reachable']);
  });

  test('is in the same state in ten orders of its events', async () => {
    const reset = await mail('account.reset_password');
    const all: Omit<SentEvent, 'email'>[] = [
      { event: 'bounce', type: 'blocked', timestamp: now - 50 },
      { event: 'spamreport', timestamp: now - 40 },
      { event: 'delivered', timestamp: now - 30, mail_id: reset },
      { event: 'bounce', timestamp: now - 20 },
      { event: 'delivered', timestamp: now - 10 },
    ];
    const turned = all.map((_, n) => [...all.slice(n), ...all.slice(0, n)]);
    const orders = [...turned, ...turned.map((one) => one.toReversed())];
    for (const order of orders) {
      await database.query('DELETE FROM mail_signs WHERE email = $1', [email]);
      for (const one of order) await report(one);
      expect(await problem()).toBe('bounced');
    }
  });
});

describe('events', () => {
  test('need a signature of the key over this body and this time, of today', async () => {
    const refused = { code: 'mail.signature_invalid' };
    const list = [sendGridEvent({ event: 'bounce', email, timestamp: now })];
    const good = signedEvents(list);
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    const forged = sign('sha256', Buffer.concat([Buffer.from(good.timestamp), good.payload]), other).toString('base64');
    for (const wrong of [
      { ...good, signature: forged },
      { ...good, signature: 'AAAA' },
      { ...good, signature: '' },
      { ...good, timestamp: String(now - 60) },
      { ...good, timestamp: '' },
      { ...good, payload: Buffer.from(good.payload.toString().replace(email, 'somebody@example.com')) },
      signedEvents(list, now - 26 * 3600),
      signedEvents(list, now + 26 * 3600),
    ])
      await expect(receive(wrong)).rejects.toMatchObject(refused);
    await expect(events.receive(good.payload, undefined, undefined)).rejects.toMatchObject(refused);
    expect(await problem()).toBeNull();
    await receive(signedEvents(list, now - 23 * 3600));
    expect(await problem()).toBe('bounced');
  });

  test('that are repeated, in one request or later, count once and change nothing', async () => {
    const one = sendGridEvent({ event: 'bounce', type: 'blocked', email, timestamp: now - 5 });
    const countOf = async () =>
      (await register.getSingleMetric('mail_events_total')!.get()).values.find(
        ({ labels }) => labels.event === 'blocked',
      )?.value ?? 0;
    const before = await countOf();
    await receive(signedEvents([one, one]));
    await report({ event: 'delivered', timestamp: now });
    await Promise.all([1, 2, 3].map(() => receive(signedEvents([one]))));
    expect(await problem()).toBeNull();
    expect(await audited()).toHaveLength(2);
    expect((await countOf()) - before).toBe(1);
  });

  test('that the platform does not know are passed over; a body that is no list is refused', async () => {
    await receive(
      signedEvents([
        null,
        1,
        { event: 'bounce' },
        { event: 'new', email, sg_event_id: 'x', timestamp: now },
        sendGridEvent({ event: 'bounce', email, timestamp: now }),
      ]),
    );
    expect(await problem()).toBe('bounced');
    await expect(receive(signedEvents({ event: 'bounce' }))).rejects.toMatchObject({ code: 'request.malformed' });
  });

  test('in many requests at once, in opposite orders, wait for no deadlock', async () => {
    const people = Array.from({ length: 40 }, (_, n) => `many${n}@example.com`);
    const list = people.map((one) => sendGridEvent({ event: 'bounce', email: one, timestamp: now }));
    const again = () => people.map((one) => sendGridEvent({ event: 'bounce', email: one, timestamp: now })).reverse();
    await Promise.all([receive(signedEvents(list)), ...[1, 2, 3, 4].map(() => receive(signedEvents(again())))]);
    const [{ n }] = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM mail_signs WHERE email LIKE 'many%'`,
    );
    expect(n).toBe(40);
  });

  test('are forgotten after three days, and addresses of nobody after 90', async () => {
    const day = (n: number) => `now() - ${n} * interval '1 day'`;
    await database.query(`INSERT INTO mail_events (id, received_at) VALUES ('old', ${day(4)}), ('young', ${day(2)})`);
    await database.query(
      `INSERT INTO mail_signs (email, sign, last_at) VALUES ('gone@x.com', 'bounced', ${day(91)}), ($1, 'bounced', ${day(91)}), ('new@x.com', 'bounced', ${day(89)})`,
      [email],
    );
    await enforceRetention(database, { jobEventsDays: 30, webhookAttemptsDays: 30, auditPersonalDays: 30 });
    expect(await database.query(`SELECT id FROM mail_events WHERE id IN ('old', 'young')`)).toEqual([{ id: 'young' }]);
    const left = await database.query<{ email: string }>(
      `SELECT email FROM mail_signs WHERE email IN ('gone@x.com', 'new@x.com', $1) ORDER BY email`,
      [email],
    );
    expect(left.map((row) => row.email)).toEqual(['new@x.com', email]);
  });
});

test.each(['bounce', 'spamreport', 'unsubscribe'])(
  'after %s a person gets only mails that the person asks for',
  async (event) => {
    await report({ event, timestamp: now });
    const [reset, notice] = [await mail('account.reset_password'), await mail('account.password_changed')];
    expect(await sendMail(reset, database, transport)).toBe('sent');
    expect(await sendMail(notice, database, transport)).toBe('failed');
    expect(sent).toContain(reset);
    expect(sent).not.toContain(notice);
    const [{ error }] = await database.query<{ error: string }>('SELECT error FROM mails WHERE id = $1', [notice]);
    expect(error).toMatch(/^not sent: the address (is bounced|has complained|is unsubscribed)$/);
  },
);

test('a blocked address gets further mails', async () => {
  await report({ event: 'bounce', type: 'blocked', timestamp: now });
  expect(await sendMail(await mail('account.password_changed'), database, transport)).toBe('sent');
});

test('the key is one of P-256, as SendGrid shows it', () => {
  expect(parseConfig({ SENDGRID_WEBHOOK_PUBLIC_KEY: SENDGRID_PUBLIC_KEY })).toMatchObject({
    SENDGRID_WEBHOOK_PUBLIC_KEY: SENDGRID_PUBLIC_KEY,
  });
  const other = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey;
  for (const wrong of ['x', other.export({ format: 'der', type: 'spki' }).toString('base64')])
    expect(() => parseConfig({ SENDGRID_WEBHOOK_PUBLIC_KEY: wrong })).toThrow('SENDGRID_WEBHOOK_PUBLIC_KEY: expected');
});
