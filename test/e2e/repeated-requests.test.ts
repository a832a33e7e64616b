/** Every request that creates something, sent again with its Idempotency-Key: from the OpenAPI document. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { newId } from '../../src/adapters/database/new-id.ts';
import { SCOPES } from '../../src/contracts/common/scopes.ts';
import { type Json, newCustomer } from '../support/customer.ts';
import { sharedPlatform } from '../support/platform.ts';
import { CURVE, SYSTEM, TMY, WIND } from '../support/requests.ts';

const platform = await sharedPlatform();
const customer = await newCustomer(platform);
const { call, token } = customer;
const weather_id = await customer.uploadWeather();
const job = await customer.done('/v1/solar/analyze', { weather_id, system: SYSTEM });
const report = await customer.done('/v1/reports', { job_ids: [job.id] });
const owner = { as: token };
const site = (await call('POST', '/v1/sites', { name: 'S', latitude_deg: 55.55, longitude_deg: 8.1 })).body.id;
const webhook = (await call('POST', '/v1/webhooks', { url: 'https://example.com/hook' })).body.id;

const key = (await call('POST', '/v1/api-keys', { name: 'old', scopes: ['sites:read'] }, owner)).body.id;

const person = { email: `${randomUUID()}@example.com`, name: 'M', password: 'a long password', role: 'member' };
/** Number of the created: each request is another one. */
let n = 0;
/** By operation: the path where it has parameters, and the body. */
const requests: Readonly<Record<string, () => { readonly path?: string; readonly body?: unknown }>> = {
  addMember: () => ({ body: { ...person, email: `${++n}.${person.email}` } }),
  createApiKey: () => ({ body: { name: `k${++n}`, scopes: ['jobs:read'] } }),
  rotateApiKey: () => ({ path: `/v1/api-keys/${key}/rotate`, body: { overlap_h: ++n } }),
  createInvitation: () => ({ body: { email: `${++n}.i.${person.email}` } }),
  createSite: () => ({ body: { name: `S${++n}`, latitude_deg: 36, longitude_deg: -80 } }),
  uploadSiteArea: () => ({
    path: `/v1/sites/${site}/areas?use=boundary`,
    body: readFileSync('test/fixtures/areas/farm.kml', 'utf8') + '\n'.repeat(++n),
  }),
  uploadWeather: () => ({ path: `/v1/weather?name=w${++n}`, body: TMY }),
  createReport: () => ({ body: { job_ids: [job.id], title: `T${++n}` } }),
  createReportLink: () => ({
    path: `/v1/reports/${report.result.report_id}/links`,
    body: { format: 'pdf', expires_in_s: 3600 + ++n },
  }),
  analyzeSolar: () => ({ body: { weather_id, system: { dc_capacity_kw: ++n } } }),
  optimizeSolar: () => ({ body: { weather_id, seed: ++n, variables: { tilt_deg: { lower: 0, upper: 9 } } } }),
  analyzeWind: () => ({ body: { ...WIND, layout: { x_m: [++n], y_m: [0] } } }),
  optimizeWind: () => ({ body: { ...WIND, layout: undefined, seed: ++n, ...AREA } }),
  uploadModule: () => ({ path: `/v1/modules?name=m${++n}`, body: readFileSync('test/fixtures/solar/example.PAN') }),
  uploadInverter: () => ({ path: `/v1/inverters?name=i${++n}`, body: readFileSync('test/fixtures/solar/example.OND') }),
  uploadHorizon: () => ({ path: `/v1/horizons?name=h${++n}`, body: '0,5\n180,5\n' }),
  createTurbine: () => ({ body: { ...CURVE, name: `own ${++n}` } }),
  uploadTurbineFile: () => ({
    path: `/v1/wind/turbines/files?hub_height_m=${100 + ++n}`,
    body: readFileSync('test/fixtures/cases/wind/files/v112.wtg'),
  }),
  uploadWindResource: () => ({
    path: `/v1/wind/resources?name=r${++n}&format=tab`,
    body: 'x\n50 8 0\n1 1 100\n100\n4 100\n8 500\n12 400\n',
  }),
  createBudget: () => ({ body: { metric: 'jobs', monthly_amount: ++n } }),
  createWebhook: () => ({ body: { url: `https://example.com/hook/${++n}` } }),
  rotateWebhookSecret: () => ({ path: `/v1/webhooks/${webhook}/rotate-secret` }),
  testWebhook: () => ({ path: `/v1/webhooks/${webhook}/test` }),
  retryDeliveries: () => ({ path: `/v1/webhooks/${webhook}/retry` }),
};
const ring = [
  [0, 0],
  [0.1, 0],
  [0.1, 0.1],
  [0, 0.1],
  [0, 0],
];
const AREA = { boundary: { type: 'Polygon', coordinates: [ring] }, n_turbines: 2 };
/** One ends the organization, the other downloads from the Internet */
const ELSEWHERE = ['deleteOrganization', 'fetchWeather'];

const { paths } = (await call('GET', '/openapi.json')).body as { paths: Record<string, Record<string, Json>> };
const posts = Object.entries(paths).flatMap(([path, { post }]) => (post ? [{ path, ...post }] : []));
const takes = ({ parameters }: Json) =>
  parameters.some(({ $ref }: Json) => $ref === '#/components/parameters/Idempotency-Key');

test('every POST of a known caller that creates something takes an Idempotency-Key, and no other does but rotations', () => {
  const creating = posts.filter(
    ({ path, security, responses, operationId }) =>
      security.length > 0 &&
      !path.startsWith('/v1/admin/') &&
      ('201' in responses || '202' in responses) &&
      operationId !== 'cancelJob',
  );
  const named = (of: readonly Json[]) => of.map(({ operationId }) => operationId).sort();
  const others = ['rotateWebhookSecret', 'uploadSiteArea'];
  expect(named(posts.filter(takes))).toEqual([...named(creating), ...others].sort());
  expect(named(posts.filter(takes)).filter((id) => !(id in requests))).toEqual(ELSEWHERE);
});

/** Rows that a request may create; events of earlier jobs create others meanwhile. */
const OWN_ROWS: Readonly<Record<string, string>> = {
  mails: `template LIKE 'organization.%'`,
  webhook_deliveries: `event_type = 'webhook.test'`,
};

/** Rows of everything that a request may create. */
async function rows(): Promise<Json> {
  const tables = await platform.database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('users', 'api_keys', 'invitations',
       'sites', 'budgets', 'weather_datasets', 'jobs', 'reports', 'library_items', 'wind_turbines', 'wind_resources', 'webhooks',
       'webhook_deliveries', 'mails')`,
  );
  const counts = tables.map(async ({ name }) => {
    const [{ count }] = await platform.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${name} WHERE ${OWN_ROWS[name] ?? 'true'}`,
    );
    return [name, count] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

test.each(
  posts.filter((one) => takes(one) && !ELSEWHERE.includes(one.operationId)).map((one) => [one.operationId, one.path]),
)(
  '%s, sent again, is answered as before and creates nothing more; another request with the key is refused',
  async (operation, template) => {
    const { path = template, body } = requests[operation]();
    const headers = {
      'idempotency-key': randomUUID(),
      ...(typeof body === 'string' || body instanceof Uint8Array ? { 'content-type': 'application/octet-stream' } : {}),
    };
    const send = (to = path, sent = body, as = token) => call('POST', to, sent, { as, headers });
    const both = await Promise.all([send(), send()]);
    const answered = both.filter(({ status }) => status < 300);
    expect(both.map(({ status, body: { detail } }) => [status, detail])).toContainEqual([
      answered[0]?.status,
      undefined,
    ]);
    for (const { status, body: problem } of both.filter((one) => one.status >= 300))
      expect([status, problem.code]).toEqual([409, 'idempotency.in_progress']);
    expect(answered.filter((one) => one.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    const before = await rows();
    const again = await send();
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([answered[0].status, 'true']);
    // A job goes on between two answers.
    if (answered[0].status === 202 && 'kind' in answered[0].body) expect(again.body.id).toBe(answered[0].body.id);
    else expect(again.body).toEqual(answered[0].body);
    expect(again.headers.get('location')).toBe(answered[0].headers.get('location'));
    const changed = body === undefined ? { path: '/v1/sites', ...requests.createSite() } : requests[operation]();
    const other = await send(changed.path ?? path, changed.body);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency.key_reused']);
    expect(await rows()).toEqual(before);
  },
);

test("a key of another caller of the organization does not get the first one's secret", async () => {
  const { key: other } = (
    await call(
      'POST',
      '/v1/api-keys',
      { name: 'other', scopes: [...SCOPES].filter((one) => one !== 'organization:own') },
      owner,
    )
  ).body;
  const headers = { 'idempotency-key': randomUUID() };
  const body = { name: 'secret', scopes: ['jobs:read'] };
  const made = await call('POST', '/v1/api-keys', body, { ...owner, headers });
  expect(made.body.key).toMatch(/^tsl_/);
  const stolen = await call('POST', '/v1/api-keys', body, { as: other, headers });
  expect([stolen.status, stolen.body.code, stolen.body.key]).toEqual([409, 'idempotency.key_reused', undefined]);
  const [{ n: found }] = await platform.database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM idempotency_keys k WHERE k::text LIKE '%' || $1 || '%'`,
    [made.body.key],
  );
  expect(found).toBe(0);
});

test('a request that waits for another with its key is refused, and then gets its answer', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const send = () => call('POST', '/v1/sites', { name: newId('site'), latitude_deg: 1, longitude_deg: 1 }, { headers });
  const body = { name: 'once', latitude_deg: 1, longitude_deg: 1 };
  const once = () => call('POST', '/v1/sites', body, { headers });
  const first = await platform.database.transaction(async (tx) => {
    await tx.query('LOCK TABLE sites IN ACCESS EXCLUSIVE MODE');
    const running = once();
    for (let open: Json[] = []; open.length === 0; )
      open = await platform.database.query('SELECT 1 FROM idempotency_keys WHERE key = $1', [
        headers['idempotency-key'],
      ]);
    const second = await once();
    expect([second.status, second.body.code, second.headers.get('retry-after')]).toEqual([
      409,
      'idempotency.in_progress',
      '1',
    ]);
    expect((await send()).body.code).toBe('idempotency.key_reused');
    return { running };
  });
  const made = await first.running;
  expect(made.status).toBe(201);
  expect((await once()).body).toEqual(made.body);
});
