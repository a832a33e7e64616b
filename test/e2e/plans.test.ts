/** What a plan includes and allows, as customers see it. */
import { expect, test } from '@jest/globals';
import { newId } from '../../src/adapters/database/new-id.ts';
import { DEFAULT_KEY_SCOPES } from '../../src/contracts/common/scopes.ts';
import { newCustomer } from '../support/customer.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = await sharedPlatform();

/** A customer whose plan has these features and as many requests a minute. */
async function customerWith(features: readonly string[], requests: number | null) {
  const customer = await newCustomer(platform);
  const plan = newId('organization');
  await platform.database.query(
    `INSERT INTO plans (id, name, n_requests_per_minute, n_burst_requests, fairness_weight, features)
     VALUES ($1, 'Bare', $2, 2, 1, $3)`,
    [plan, requests, features],
  );
  await platform.database.query(
    'UPDATE organizations SET plan = $1 WHERE id = (SELECT org_id FROM users WHERE email = $2)',
    [plan, customer.email],
  );
  // A key that was never used is read with the plan of this moment; others follow within a second.
  const scopes = [...DEFAULT_KEY_SCOPES, 'organization:read'];
  const made = await customer.call('POST', '/v1/api-keys', { name: 'k', scopes }, { as: customer.token });
  return (method: string, path: string, body?: unknown) => customer.call(method, path, body, { as: made.body.key });
}

test('an operation that the plan lacks is refused with the plans that have it, and stays in OpenAPI', async () => {
  const call = await customerWith(['webhooks'], null);
  for (const [path, feature] of [
    ['/v1/solar/optimize', 'optimization'],
    ['/v1/wind/optimize', 'optimization'],
    ['/v1/reports', 'reporting'],
  ]) {
    const { status, body } = await call('POST', path, {});
    expect([path, status, body]).toEqual([
      path,
      403,
      expect.objectContaining({
        code: 'plan.feature_missing',
        plans: expect.arrayContaining(['free', 'pro', 'enterprise']),
      }),
    ]);
    const { body: document } = await call('GET', '/openapi.json');
    expect(document.paths[path].post['x-plan']).toBe(feature);
  }
  expect((await call('POST', '/v1/webhooks', {})).status).toBe(422);
  expect((await call('GET', '/v1/reports')).status).toBe(200);
  expect((await call('GET', '/v1/organization')).body).toMatchObject({
    is_confirmed: true,
    features: expect.arrayContaining([
      { name: 'optimization', is_on: false, off_by: 'plan' },
      { name: 'webhooks', is_on: true, off_by: null },
    ]),
  });
  const { data } = (await call('GET', '/v1/plans')).body;
  expect(data.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['free', 'pro', 'enterprise']));
});

test("the plan's requests a minute with its burst hold for each key, and five times that for the organization", async () => {
  const call = await customerWith([], 4);
  const answers = [];
  for (let i = 0; i < 7; i++) answers.push(await call('GET', '/v1/me'));
  expect(answers.map(({ status }) => status)).toEqual([...Array(6).fill(200), 429]);
  expect(answers[0].headers.get('ratelimit-policy')).toMatch(
    /^"default"; q=6; w=60; pk=:[^:]+:, "organization"; q=22; w=60/,
  );
  expect(answers[0].headers.get('ratelimit')).toMatch(/^"default"; r=5; t=\d+, "organization"; r=\d+; t=\d+$/);
});
