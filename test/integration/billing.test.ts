/** Subscriptions on a real PostgreSQL, with a local server that speaks Stripe's API and signatures of Stripe's library. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { StripeGateway } from '../../src/adapters/billing/stripe.ts';
import type { Database } from '../../src/adapters/database/database.ts';
import { newId } from '../../src/adapters/database/new-id.ts';
import { createLogger } from '../../src/adapters/observability/logger.ts';
import { Accounts } from '../../src/services/accounts/accounts.ts';
import { Billing, endGraces } from '../../src/services/billing/billing.ts';
import { sendUsage } from '../../src/services/billing/usage.ts';
import { SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { migratedDatabase } from '../support/postgres.ts';
import { type LocalStripe, startStripe } from '../support/stripe.ts';

const API = 'https://api.example.com';
const log = createLogger({ service: 'test', level: 'ERROR' });
const box = new SecretBox(['b'.repeat(32)]);
const jwt = { secrets: ['x'.repeat(32)], algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 } as const;
let database: Database;
let stripe: LocalStripe;
let gateway: StripeGateway;
let billing: Billing;
let accounts: Accounts;
let orgId: string;
let token: string;
let number = 0;

beforeAll(async () => {
  ({ database } = await migratedDatabase());
  stripe = await startStripe();
  gateway = new StripeGateway(stripe.settings);
  billing = new Billing(database, gateway, log, { apiUrl: API, graceDays: 7 });
  accounts = new Accounts(database, { jwt, apiUrl: API, box });
  await database.query(`UPDATE plans SET stripe_price_id = 'price_' || id WHERE id IN ('pro', 'starter')`);
});
beforeEach(async () => {
  const session = await accounts.register({
    email: `payer${++number}@example.com`,
    password: 'a long password',
    name: 'Payer',
    organizationName: 'Sun Ltd',
    language: number % 2 === 0 ? 'de' : 'en',
  });
  orgId = session.organization.id;
  token = session.accessToken;
  Object.assign(stripe.state, { lost: 0, down: 0 });
});
afterAll(async () => {
  await stripe?.stop();
  await database?.close();
});

/** Makes the organization a customer. @returns its id at Stripe */
async function customer(): Promise<string> {
  await billing.checkoutUrl(orgId, 'pro');
  const [row] = await database.query<{ id: string }>(
    'SELECT stripe_customer_id AS id FROM billing_accounts WHERE org_id = $1',
    [orgId],
  );
  return row.id;
}
const planOf = async () => (await accounts.organization(orgId)).plan;
const mails = () =>
  database.query<{ data: object }>(
    `SELECT data FROM mails WHERE org_id = $1 AND template = 'billing.payment_failed' ORDER BY id`,
    [orgId],
  );
const send = ({ payload, signature }: { payload: Buffer; signature: string }) => billing.receive(payload, signature);

describe('a subscription', () => {
  test('begins at the page of Stripe, and the plan follows at once, in every process that knows the caller', async () => {
    const id = await customer();
    expect((await accounts.authenticate(token)).plan.id).toBe('free');
    expect(await billing.checkoutUrl(orgId, 'starter')).toMatch(/^https:\/\/checkout\.example\.com\/.*#price_starter$/);
    expect([...stripe.state.customers.values()].filter(({ metadata }) => metadata.org_id === orgId)).toHaveLength(1);
    const subscription = stripe.subscribe({ customer: id, price: 'price_pro', status: 'active' });
    await send(stripe.event('customer.subscription.created', subscription));
    // As the notification of the transaction does it in every process.
    accounts.forget(orgId);
    expect((await accounts.authenticate(token)).plan.id).toBe('pro');
    expect(await billing.state(orgId)).toMatchObject({
      plan: 'pro',
      status: 'active',
      purchasable_plans: ['starter', 'pro'],
    });
    await expect(billing.checkoutUrl(orgId, 'starter')).rejects.toMatchObject({ code: 'request.conflict' });
    expect(await billing.portalUrl(orgId)).toMatch(/^https:\/\/portal\.example\.com\//);
  });

  test('changes, and ends, and a new one begins; late and repeated events change nothing', async () => {
    const id = await customer();
    const now = Math.floor(Date.now() / 1000);
    const first = stripe.subscribe({ customer: id, price: 'price_pro', status: 'active', created: now - 50 });
    const created = stripe.event('customer.subscription.created', first, { created: now - 50 });
    await send(created);
    first.items.data[0].price.id = 'price_starter';
    const changed = stripe.event('customer.subscription.updated', first, { created: now - 40 });
    await send(changed);
    expect(await planOf()).toBe('starter');
    // An event of before arrives once more, under its own id and under another one.
    await send(created);
    await send(stripe.event('customer.subscription.updated', { ...first, status: 'past_due' }, { created: now - 45 }));
    expect(await billing.state(orgId)).toMatchObject({ plan: 'starter', status: 'active' });
    first.status = 'canceled';
    await send(stripe.event('customer.subscription.deleted', first, { created: now - 30 }));
    expect(await billing.state(orgId)).toMatchObject({ plan: 'free', status: 'canceled' });
    // A plan that an operator gives now stays, whatever else Stripe reports about the past.
    await database.query(`UPDATE organizations SET plan = 'enterprise' WHERE id = $1`, [orgId]);
    await send(stripe.event('customer.subscription.updated', first, { created: now - 25 }));
    expect(await billing.state(orgId)).toMatchObject({ plan: 'enterprise', status: 'canceled' });
    expect(await billing.checkoutUrl(orgId, 'pro')).toContain('#price_pro');
    const second = stripe.subscribe({ customer: id, price: 'price_pro', status: 'active', created: now - 20 });
    await send(stripe.event('customer.subscription.created', second, { created: now - 20 }));
    // The end of the first one arrives in the same second as the begin of the second one.
    await send(stripe.event('customer.subscription.deleted', first, { created: now - 20 }));
    expect(await planOf()).toBe('pro');
  });

  test('events in any order lead to the state of Stripe', async () => {
    const id = await customer();
    const now = Math.floor(Date.now() / 1000);
    const subscription = stripe.subscribe({ customer: id, price: 'price_pro', status: 'active' });
    const events = [0, 1, 2, 2, 1].map((later, i) =>
      stripe.event(
        'customer.subscription.updated',
        { ...subscription, status: i % 2 ? 'canceled' : 'past_due' },
        {
          created: now + later,
        },
      ),
    );
    await Promise.all([...events, ...events].reverse().map(send));
    expect(await billing.state(orgId)).toMatchObject({ plan: 'pro', status: 'active', grace_ends_at: null });
  });

  test('a failed payment leaves the plan for the grace, mails the owners, and then ends it', async () => {
    const id = await customer();
    const subscription = stripe.subscribe({ customer: id, price: 'price_pro', status: 'active' });
    await send(stripe.event('customer.subscription.created', subscription));
    subscription.status = 'past_due';
    const failed = stripe.event('invoice.payment_failed', stripe.invoice(id, 'open'));
    await send(failed);
    await send(failed);
    const state = await billing.state(orgId);
    expect([state.plan, state.status]).toEqual(['pro', 'past_due']);
    expect(Math.round((state.grace_ends_at!.getTime() - Date.now()) / 86_400_000)).toBe(7);
    expect(await mails()).toEqual([
      { data: expect.objectContaining({ amount: 49, graceEndsAt: state.grace_ends_at!.toISOString() }) },
    ]);
    expect(await endGraces(database)).not.toContain(orgId);
    await database.query(`UPDATE billing_accounts SET grace_ends_at = now() - interval '1 s' WHERE org_id = $1`, [
      orgId,
    ]);
    expect(await endGraces(database)).toContain(orgId);
    expect(await planOf()).toBe('free');
    expect(await endGraces(database)).not.toContain(orgId);
    // An event of the same failure does not begin another grace; a payment brings the plan back.
    await send(stripe.event('customer.subscription.updated', subscription));
    expect(await planOf()).toBe('free');
    subscription.status = 'active';
    await send(stripe.event('invoice.paid', stripe.invoice(id, 'paid')));
    expect(await billing.state(orgId)).toMatchObject({ plan: 'pro', status: 'active', grace_ends_at: null });
  });

  test('a plan that an operator gave stays without a subscription, and an unknown price changes no plan', async () => {
    const id = await customer();
    await database.query(`UPDATE organizations SET plan = 'enterprise' WHERE id = $1`, [orgId]);
    await send(stripe.event('checkout.session.expired', { id: 'cs_1', object: 'checkout.session', customer: id }));
    expect(await planOf()).toBe('enterprise');
    stripe.subscribe({ customer: id, price: 'price_unknown', status: 'active' });
    await send(stripe.event('customer.subscription.created', { object: 'subscription', customer: id }));
    expect(await planOf()).toBe('enterprise');
    await expect(billing.checkoutUrl(orgId, 'free')).rejects.toMatchObject({
      code: 'request.invalid',
      message: 'plan is free; expected one of starter, pro',
    });
  });
});

test('an event needs a signature of now by the secret; one that fails at Stripe is taken at the next attempt', async () => {
  const id = await customer();
  const subscription = stripe.subscribe({ customer: id, price: 'price_pro', status: 'active' });
  const event = stripe.event('customer.subscription.created', subscription);
  const forged = stripe.event('customer.subscription.created', subscription, { secret: 'whsec_other' });
  const refused = { code: 'billing.signature_invalid' };
  await expect(send(forged)).rejects.toMatchObject(refused);
  await expect(billing.receive(event.payload, undefined)).rejects.toMatchObject(refused);
  await expect(billing.receive(Buffer.from(`${event.payload} `), event.signature)).rejects.toMatchObject(refused);
  stripe.state.down = 10;
  await expect(send(event)).rejects.toMatchObject({ code: 'service.unavailable' });
  expect(await planOf()).toBe('free');
  stripe.state.down = 0;
  await send(event);
  expect(await planOf()).toBe('pro');
});

test('invoices are listed page by page, newest first, and only those of the organization', async () => {
  expect(await billing.invoices(orgId, 10)).toEqual({ data: [], hasMore: false });
  const id = await customer();
  const ids = [0, 1, 2].map(() => stripe.invoice(id, 'paid').id).reverse();
  stripe.invoice('cus_other', 'paid');
  const first = await billing.invoices(orgId, 2);
  expect([first.data.map((one) => one.id), first.hasMore]).toEqual([ids.slice(0, 2), true]);
  const second = await billing.invoices(orgId, 2, ids[1]);
  expect([second.data.map((one) => one.id), second.hasMore]).toEqual([ids.slice(2), false]);
  expect(first.data[0]).toMatchObject({ status: 'paid', currency: 'eur', amount_due: 49, amount_paid: 49 });
});

describe('usage at Stripe', () => {
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
  const use = (amount: number, caller: string) =>
    database.query(
      `INSERT INTO usage_hours (org_id, hour, metric, kind, caller, amount) VALUES ($1, $2, 'compute_s', 'solar', $3, $4)`,
      [orgId, hour, caller, amount],
    );
  const own = () => stripe.state.meterEvents.filter(({ identifier }) => identifier.startsWith(orgId));
  const sync = () => sendUsage(database, gateway, ['compute_s'], log);

  test('is sent once for each hour, and what reaches the hour later is added, also if answers are lost', async () => {
    stripe.state.meters.add('tessellate_compute_s');
    await use(10.4, 'key_1');
    // Without a customer nothing is sent.
    await sync();
    expect(own()).toEqual([]);
    const id = await customer();
    await use(5.2, 'key_2');
    stripe.state.lost = 1;
    await sync();
    await Promise.all([sync(), sync()]);
    expect(own().map(({ payload, timestamp }) => [payload, timestamp])).toEqual([
      [{ stripe_customer_id: id, value: '16' }, hour.getTime() / 1000],
    ]);
    await use(4, 'key_3');
    await sync();
    await sync();
    expect(own().map(({ payload }) => payload.value)).toEqual(['16', '4']);
  });

  test('an outage delays it; an event whose process was killed before the answer counts once', async () => {
    await customer();
    await use(7, 'key_1');
    stripe.state.down = 10;
    await expect(sync()).rejects.toMatchObject({ code: 'service.unavailable' });
    stripe.state.down = 0;
    await sync();
    await database.query('UPDATE stripe_usage SET sent_at = NULL WHERE org_id = $1', [orgId]);
    await sync();
    expect(own().map(({ payload }) => payload.value)).toEqual(['7']);
    expect(await database.query('SELECT 1 FROM stripe_usage WHERE org_id = $1 AND sent_at IS NULL', [orgId])).toEqual(
      [],
    );
  });

  test('what Stripe will never accept is stored with its reason and holds nothing up', async () => {
    await customer();
    await use(3, 'key_1');
    stripe.state.meters.clear();
    expect(await sync()).toBe(0);
    const [row] = await database.query<{ error: string }>('SELECT error FROM stripe_usage WHERE org_id = $1', [orgId]);
    expect(row.error).toContain('No active meter found for event name tessellate_compute_s');
    stripe.state.meters.add('tessellate_compute_s');
    await sync();
    expect(own()).toEqual([]);
  });
});

test('an event of a customer whom no organization has is stored and changes nothing', async () => {
  const event = stripe.event('customer.subscription.created', {
    object: 'subscription',
    customer: newId('organization'),
  });
  await send(event);
  await send(event);
  expect(await planOf()).toBe('free');
});
