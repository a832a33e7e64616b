/** The audit log of an organization by HTTP: every act of an administrator, filters, pages, CSV, and the webhook. */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { type Json, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = await sharedPlatform();
const customer = await newCustomer(platform);
const call = (method: string, path: string, body?: unknown, as = customer.token) =>
  customer.call(method, path, body, { as });
const read = async (query = ''): Promise<Json[]> => {
  const { status, body } = await call('GET', `/v1/audit-events${query}`);
  expect([status, body.detail]).toEqual([200, undefined]);
  return body.data;
};

test('every act has an entry with who did it, from where, and to what; others do not see it', async () => {
  const made = async (path: string, body: unknown): Promise<Json> => {
    const { status, body: answer } = await call('POST', path, body);
    expect([path, status < 300]).toEqual([path, true]);
    return answer;
  };
  const key = await made('/v1/api-keys', { name: 'k', scopes: ['sites:write'] });
  const site = await call('POST', '/v1/sites', { name: 'S', latitude_deg: 1, longitude_deg: 2 }, key.key);
  const email = `${randomUUID()}@example.com`;
  const member = await made('/v1/organization/members', {
    email,
    name: 'M',
    password: 'a long password',
    role: 'viewer',
  });
  await call('PATCH', `/v1/organization/members/${member.id}`, { role: 'member' });
  const { token } = { token: (await made('/v1/auth/login', { email, password: 'a long password' })).access_token };
  const hook = await made('/v1/webhooks', { url: `${platform.base}/health`, events: ['audit.recorded'] });
  await call('PATCH', `/v1/webhooks/${hook.id}`, { description: 'D' });
  await call('POST', `/v1/webhooks/${hook.id}/rotate-secret`);
  const job = await made('/v1/solar/analyze', {
    weather_id: await customer.uploadWeather(),
    system: { dc_capacity_kw: 10 },
  });
  await customer.endOf(job.id);
  await call('DELETE', `/v1/organization/members/${member.id}`);
  await call('DELETE', `/v1/api-keys/${key.id}`);
  await call('PATCH', '/v1/organization', { name: 'New' });
  const events = await read();
  expect(events.map(({ type, target_id }) => [type, target_id]).slice(0, 11)).toEqual([
    ['organization.renamed', expect.stringMatching(/^org_/)],
    ['api_key.revoked', key.id],
    ['member.removed', member.id],
    ['webhook.secret_rotated', hook.id],
    ['webhook.changed', hook.id],
    ['webhook.created', hook.id],
    ['auth.login', member.id],
    ['member.role_changed', member.id],
    ['member.added', member.id],
    ['site.created', site.body.id],
    ['api_key.created', key.id],
  ]);
  expect(events[9]).toMatchObject({
    actor_kind: 'api_key',
    actor_id: key.id,
    personal: { address: expect.any(String) },
  });
  expect(events[7]).toMatchObject({ actor_kind: 'user', details: { from: 'viewer', to: 'member' } });
  expect(events[8].personal.email).toBe(email);
  expect(JSON.stringify(events.map(({ details }) => details))).not.toContain(email);
  expect((await call('GET', '/v1/audit-events', undefined, token)).status).toBe(401);
  const other = await newCustomer(platform);
  expect((await call('GET', `/v1/audit-events?target_id=${member.id}`, undefined, other.token)).body.data).toEqual([]);
  expect((await call('GET', '/v1/audit-events', undefined, other.key)).body.code).toBe('auth.forbidden');
});

test('the relay chains entries, pages follow each other, filters choose, and the CSV has all', async () => {
  const chained = await eventually(async () => {
    const events = await read('?limit=200');
    return events.every(({ sequence }) => sequence !== null) ? events : undefined;
  }, 'the chain');
  expect(chained.map(({ sequence }) => sequence)).toHaveLength(chained.length);
  const paged: Json[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: Json = await call('GET', `/v1/audit-events?limit=5${cursor && `&cursor=${cursor}`}`);
    paged.push(...body.data);
    cursor = body.next_cursor;
  }
  expect(paged).toEqual(chained);
  expect((await read('?type=member.added')).map(({ type }) => type)).toEqual(['member.added']);
  expect((await read(`?starts_at=${chained[2].created_at}`)).length).toBeGreaterThanOrEqual(3);
  expect((await call('GET', '/v1/audit-events?type=none')).body.code).toBe('request.invalid');
  const csv = await call('GET', '/v1/audit-events.csv');
  expect(csv.headers.get('content-type')).toContain('text/csv');
  const lines = (csv.body as string).trimEnd().split('\n');
  expect(lines[0]).toBe('id,created_at,type,actor_kind,actor_id,target_id,details,personal,is_erased,sequence,hash');
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(chained.map(({ id }) => id));
});

test('audit.recorded reaches only webhooks that name it, without what is personal', async () => {
  const hooks = (await call('GET', '/v1/webhooks')).body.data;
  const { id } = hooks.find(({ events }: Json) => events.includes('audit.recorded'));
  const sent: Json[] = await eventually(async () => {
    const { data } = (await call('GET', `/v1/webhooks/${id}/deliveries?limit=200`)).body;
    return data.some(({ payload }: Json) => payload.data.type === 'organization.renamed') ? data : undefined;
  }, 'its deliveries');
  for (const { event_type, payload } of sent) {
    expect(event_type).toBe('audit.recorded');
    expect(payload.data).toMatchObject({ sequence: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(payload.data).not.toHaveProperty('personal');
  }
  const usual = await call('POST', '/v1/webhooks', { url: `${platform.base}/health` });
  expect(usual.body.events).not.toContain('audit.recorded');
  const key = (await call('POST', '/v1/api-keys', { name: 'k', scopes: ['webhooks:write'] })).body.key;
  const refused = await call(
    'POST',
    '/v1/webhooks',
    { url: `${platform.base}/health`, events: ['audit.recorded'] },
    key,
  );
  expect(refused.body).toMatchObject({ code: 'auth.forbidden', pointer: '/events' });
});
