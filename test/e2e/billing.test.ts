/** Billing over HTTP: pages of Stripe, its signed events, and the plan that follows for credentials that are in use. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { SENDGRID_PUBLIC_KEY, sendGridEvent, signedEvents } from '../support/sendgrid-events.ts';
import { type LocalStripe, SECRET_KEY, startStripe, WEBHOOK_SECRET } from '../support/stripe.ts';

let stripe: LocalStripe;
let platform: Platform;

beforeAll(async () => {
  stripe = await startStripe();
  stripe.state.meters.add('tessellate_compute_s');
  platform = await startPlatform({
    STRIPE_SECRET_KEY: SECRET_KEY,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_local',
    STRIPE_BASE_URL: stripe.settings.baseUrl,
    STRIPE_METERS: 'compute_s',
    SENDGRID_WEBHOOK_PUBLIC_KEY: SENDGRID_PUBLIC_KEY,
  });
  await Promise.all([platform.startTemporal(), platform.startApi()]);
  await platform.database.query(`UPDATE plans SET stripe_price_id = 'price_pro' WHERE id = 'pro'`);
});
afterAll(async () => {
  await platform?.stop();
  await stripe?.stop();
});

test('an owner subscribes, the plan of keys in use changes at once, and invoices are listed; a key of before may do none of it', async () => {
  const { call, token } = await newCustomer(platform);
  const asOwner = { as: token };
  expect((await call('POST', '/v1/billing/portal')).body.code).toBe('auth.forbidden');
  expect((await call('GET', '/v1/billing', undefined, asOwner)).body).toEqual({
    plan: 'free',
    status: null,
    period_ends_at: null,
    cancels_at: null,
    grace_ends_at: null,
    purchasable_plans: ['pro'],
    stripe_publishable_key: 'pk_test_local',
  });
  const checkout = await call('POST', '/v1/billing/checkout', { plan: 'pro' }, asOwner);
  expect([checkout.status, checkout.body.url]).toEqual([201, expect.stringContaining('#price_pro')]);
  expect((await call('POST', '/v1/billing/portal', undefined, asOwner)).status).toBe(201);

  const [customer] = stripe.state.customers.values();
  const subscription = stripe.subscribe({ customer: customer.id, price: 'price_pro', status: 'active' });
  const { payload, signature } = stripe.event('customer.subscription.created', subscription);
  const deliver = (stripeSignature: string) =>
    call('POST', '/v1/billing/stripe-events', payload, {
      as: null,
      headers: { 'content-type': 'application/json', 'stripe-signature': stripeSignature },
    });
  const forged = await deliver(signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
  expect([forged.status, forged.body.code]).toEqual([400, 'billing.signature_invalid']);
  const limitOf = async () => (await call('GET', '/v1/jobs')).headers.get('ratelimit-policy');
  const before = await limitOf();
  expect((await deliver(signature)).status).toBe(204);
  await eventually(async () => ((await limitOf()) !== before ? true : undefined), 'the limit of the new plan');
  expect((await call('GET', '/v1/organization', undefined, asOwner)).body).toMatchObject({
    plan: 'pro',
    features: expect.arrayContaining([{ name: 'billing', is_on: true, off_by: null }]),
  });

  const changed = await call('GET', '/v1/audit-events?type=organization.plan_changed', undefined, asOwner);
  expect(changed.body.data).toMatchObject([{ actor_kind: 'system' }]);

  const ids = [1, 2].map(() => stripe.invoice(customer.id, 'paid').id).reverse();
  const first = await call('GET', '/v1/billing/invoices?limit=1', undefined, asOwner);
  expect([first.body.data[0].id, first.body.next_cursor]).toEqual([ids[0], ids[0]]);
  const next = await call('GET', `/v1/billing/invoices?limit=1&cursor=${ids[0]}`, undefined, asOwner);
  expect([next.body.data[0].id, next.body.next_cursor]).toEqual([ids[1], null]);
  expect((await call('GET', '/v1/billing/invoices?cursor=job_1', undefined, asOwner)).body.code).toBe(
    'request.invalid',
  );
});

test('SendGrid reports a bounce, and the members list shows it; a forged report is refused', async () => {
  const { call, token } = await newCustomer(platform);
  const asOwner = { as: token };
  const members = () => call('GET', '/v1/organization/members', undefined, asOwner);
  const [{ email }] = (await members()).body.data;
  const deliver = ({ payload, signature, timestamp }: ReturnType<typeof signedEvents>) =>
    call('POST', '/v1/mails/sendgrid-events', payload, {
      as: null,
      headers: {
        'content-type': 'application/json',
        'x-twilio-email-event-webhook-signature': signature,
        'x-twilio-email-event-webhook-timestamp': timestamp,
      },
    });
  const bounce = signedEvents([
    sendGridEvent({ event: 'bounce', email, timestamp: Math.floor(Date.now() / 1000) }),
    ...Array.from({ length: 2000 }, () => ({ event: 'processed', smtp_id: 'x'.repeat(200) })),
  ]);
  const forged = await deliver({ ...bounce, timestamp: '1' });
  expect([forged.status, forged.body.code]).toEqual([400, 'mail.signature_invalid']);
  expect((await members()).body.data).toMatchObject([{ email_problem: null }]);
  expect((await deliver(bounce)).status).toBe(204);
  expect((await deliver(bounce)).status).toBe(204);
  expect((await members()).body.data).toMatchObject([{ email_problem: 'bounced' }]);
  const { body } = await call('GET', '/v1/audit-events?type=mail.address_unreachable', undefined, asOwner);
  expect(body.data).toMatchObject([{ actor_kind: 'system', details: { problem: 'bounced' } }]);
});

test('the Schedule of the roll-up takes plans whose grace has ended, and reports usage to Stripe once', async () => {
  const [{ org_id: orgId }] = await platform.database.query<{ org_id: string }>('SELECT org_id FROM billing_accounts');
  await platform.database.query(`UPDATE billing_accounts SET created_at = now() - interval '3 hours'`);
  await platform.database.query(
    `INSERT INTO usage_records (at, org_id, metric, kind, caller, amount)
     VALUES (now() - interval '2 hours', $1, 'compute_s', 'solar', 'key_1', 41.6)`,
    [orgId],
  );
  await platform.database.query(
    `UPDATE billing_accounts SET status = 'past_due', grace_ends_at = now() - interval '1 minute' WHERE org_id = $1`,
    [orgId],
  );
  await platform.startWorker();
  const run = () => platform.tessellate('ops', 'schedules', '--run', 'roll-up-usage');
  expect((await run()).status).toBe(0);
  const events = () => stripe.state.meterEvents.filter(({ event_name }) => event_name === 'tessellate_compute_s');
  await eventually(async () => (events().length > 0 ? true : undefined), 'the meter event');
  expect(events().map(({ payload }) => payload.value)).toEqual(['42']);
  const plan = async () =>
    (await platform.database.query<{ plan: string }>('SELECT plan FROM organizations WHERE id = $1', [orgId]))[0].plan;
  expect(await plan()).toBe('free');
  const runs = async () =>
    Number(/^roll-up-usage .* (\d+)$/m.exec((await platform.tessellate('ops', 'schedules')).output)?.[1]);
  const before = await runs();
  expect((await run()).status).toBe(0);
  await eventually(async () => ((await runs()) > before ? true : undefined), 'another run');
  await platform.kill('worker', 'SIGTERM');
  expect(events()).toHaveLength(1);
});
