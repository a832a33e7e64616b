/** Over HTTP, what API keys may do by where they are used from, and by whether they are for tests. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Customer, type Json, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { type Platform, startPlatform } from '../support/platform.ts';

let platform: Platform;
let customer: Customer;
beforeAll(async () => {
  // One proxy stands before the API: the address that it adds to X-Forwarded-For is the client's.
  platform = await startPlatform({ TRUSTED_PROXY_HOPS: '1', METERING_FLUSH_INTERVAL: '1' });
  await platform.startAll();
  customer = await newCustomer(platform);
});
afterAll(() => platform?.stop());

const asOwner = (method: string, path: string, body?: object) =>
  customer.call(method, path, body, { as: customer.token });
async function keyWith(terms: object): Promise<{ id: string; key: string }> {
  const { status, body } = await asOwner('POST', '/v1/api-keys', { name: 'k', ...terms });
  expect([status, body.detail]).toEqual([201, undefined]);
  return body;
}

test('a key is accepted from its addresses only, as the last trusted proxy states them', async () => {
  const { id, key } = await keyWith({ allowed_addresses: ['203.0.113.0/24', '2001:db8::/32', '198.51.100.7'] });
  const codeFrom = async (forwarded?: string): Promise<string> => {
    const headers = forwarded === undefined ? undefined : { 'x-forwarded-for': forwarded };
    const { status, body } = await customer.call('GET', '/v1/sites', undefined, { as: key, headers });
    return status === 200 ? 'accepted' : body.code;
  };
  for (const [forwarded, outcome] of [
    ['203.0.113.9', 'accepted'],
    ['203.0.113.255', 'accepted'],
    ['198.51.100.7', 'accepted'],
    ['2001:db8:1::1', 'accepted'],
    ['2001:DB8:0:0:0:0:0:1', 'accepted'],
    ['::ffff:203.0.113.9', 'accepted'],
    ['192.0.2.1, 203.0.113.9', 'accepted'],
    // What a client writes itself stands before what the proxy adds.
    ['203.0.113.9, 192.0.2.1', 'auth.address_refused'],
    ['203.0.114.1', 'auth.address_refused'],
    ['198.51.100.8', 'auth.address_refused'],
    ['2001:db9::1', 'auth.address_refused'],
    ['203.0.113.9:4711', 'auth.address_refused'],
    ['unknown', 'auth.address_refused'],
    ['', 'auth.address_refused'],
    // Without the header it comes from this machine.
    [undefined, 'auth.address_refused'],
  ] as const)
    expect([forwarded, await codeFrom(forwarded)]).toEqual([forwarded, outcome]);
  const refused = await customer.call('GET', '/v1/sites', undefined, {
    as: key,
    headers: { 'x-forwarded-for': '192.0.2.1' },
  });
  expect([refused.status, refused.body.detail]).toEqual([403, `The API key ${id} may not be used from 192.0.2.1`]);
  // It gives no addresses that it lacks, also not to itself.
  const maker = await keyWith({ scopes: ['keys:write', 'jobs:read'], allowed_addresses: ['203.0.113.0/24'] });
  const make = (allowed_addresses: string[]) =>
    customer.call(
      'POST',
      '/v1/api-keys',
      { name: 'child', scopes: ['jobs:read'], allowed_addresses },
      { as: maker.key, headers: { 'x-forwarded-for': '203.0.113.1' } },
    );
  expect((await make(['0.0.0.0/0'])).body).toMatchObject({ code: 'request.invalid', pointer: '/allowed_addresses' });
  expect((await make(['203.0.113.64/26'])).body.allowed_addresses).toEqual(['203.0.113.64/26']);
});

test('a test key computes what others do, is not metered, and marks its jobs and reports', async () => {
  const made = await keyWith({ is_test: true });
  expect(made).toMatchObject({ is_test: true, key: expect.stringMatching(/^tsl_test_/) });
  const as = made.key;
  const call = (method: string, path: string, body?: object) => customer.call(method, path, body, { as });
  // It mails nobody and manages nothing.
  for (const scopes of [['mail:send'], ['keys:write'], ['organization:write'], ['billing:read'], ['audit:read']]) {
    const { status, body } = await asOwner('POST', '/v1/api-keys', { name: 'k', scopes, is_test: true });
    expect([scopes, status, body.pointer]).toEqual([scopes, 422, '/scopes']);
  }
  for (const [method, path] of [
    ['POST', '/v1/api-keys'],
    ['POST', '/v1/organization/members'],
    ['GET', '/v1/organization'],
    ['GET', '/v1/audit-events'],
  ])
    expect([path, (await call(method, path, method === 'POST' ? {} : undefined)).status]).toEqual([path, 403]);

  const weather_id = await customer.uploadWeather();
  const request = { weather_id, system: { dc_capacity_kw: 100 }, seed: 1 };
  const live = await customer.done('/v1/solar/analyze', request);
  const accepted = await call('POST', '/v1/solar/analyze', request);
  expect([accepted.status, accepted.body.is_test]).toEqual([202, true]);
  const tested = await customer.ended(accepted.body.id);
  expect([live.status, live.is_test, tested.status, tested.is_test]).toEqual(['succeeded', false, 'succeeded', true]);
  expect(tested.result).toEqual(live.result);
  const { data } = (await call('GET', '/v1/jobs')).body;
  expect(data.map(({ id, is_test }: Json) => [id, is_test])).toEqual([
    [tested.id, true],
    [live.id, false],
  ]);

  // Reports are marked when either the key or the job is for tests.
  const reportOf = async (key: string, jobId: string): Promise<string> => {
    const asked = await customer.call('POST', '/v1/reports', { job_ids: [jobId] }, { as: key });
    expect([asked.status, asked.body.detail]).toEqual([202, undefined]);
    expect(await customer.endOf(asked.body.id)).toBe('succeeded');
    const { report_id } = (await customer.call('GET', `/v1/jobs/${asked.body.id}`)).body.result;
    return (await customer.call('GET', `/v1/reports/${report_id}/files/html`)).body;
  };
  const MARK = 'Made with a test key; not for use';
  expect(await reportOf(customer.key, live.id)).not.toContain(MARK);
  expect(await reportOf(customer.key, tested.id)).toContain(MARK);
  expect(await reportOf(as, live.id)).toContain(MARK);

  // Usage has the live key's acts only: one analysis and two reports.
  const keys = await asOwner('GET', '/v1/api-keys');
  const own = keys.body.data.find(({ key, name }: Json) => name === 'test' && key === undefined).id;
  const used = await eventually(async () => {
    const usage = (await asOwner('GET', '/v1/usage?interval=month&group_by=caller')).body.data as Json[];
    return usage.some(({ metric, group }) => metric === 'api_calls' && group === own) ? usage : undefined;
  }, 'the calls of the live key');
  expect(used.filter(({ group }) => group === made.id)).toEqual([]);
  const of = (metric: string): number =>
    used.filter((row) => row.metric === metric).reduce((sum, { amount }) => sum + amount, 0);
  expect([of('jobs'), of('written_reports')]).toEqual([3, 2]);
  expect(of('compute_s')).toBeGreaterThanOrEqual(live.compute_s);
  // It does count for the limits of the plan.
  const [{ plan }] = await platform.database.query<{ plan: string }>(
    `INSERT INTO plans (id, name, monthly_compute_s, fairness_weight, features)
     VALUES ('tight', 'Tight', 0, 1, '{}') RETURNING id AS plan`,
  );
  await platform.database.query(
    'UPDATE organizations SET plan = $1 WHERE id = (SELECT org_id FROM users WHERE email = $2)',
    [plan, customer.email],
  );
  const { key: last } = await keyWith({ is_test: true });
  expect((await customer.call('POST', '/v1/solar/analyze', request, { as: last })).body.code).toBe(
    'plan.limit_reached',
  );
});
