/** Who is refused: every operation with every kind of wrong credentials, with too few scopes, and from another organization. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { newId } from '../../src/adapters/database/new-id.ts';
import { type Role, SCOPES } from '../../src/contracts/common/scopes.ts';
import { type Customer, confirmEmail, type Json, newCustomer, register } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { CURVE, SYSTEM, TMY, WIND } from '../support/requests.ts';

const SECRET = 'a secret of this test, long enough for HS256';
const PASSWORD = 'a long password';

interface Operation {
  readonly method: string;
  /** As in OpenAPI, with the query that it requires: `/v1/jobs/{id}` */
  readonly path: string;
  /** undefined: any valid credentials do */
  readonly scope?: string;
  readonly body: Json;
}

let platform: Platform;
let customer: Customer;
let owner: string;
let stranger: string;
/** Operations that need credentials. */
let operations: Operation[];
const own: Record<string, string> = {};
/** What was refused, for the output */
const refused: string[] = [];

const call = (method: string, path: string, as: string | null, body?: unknown, headers = {}) =>
  customer.call(method, path, body, { as, headers });
async function made(path: string, body: unknown, as = owner): Promise<Json> {
  const isFile = typeof body === 'string' || body instanceof Uint8Array;
  const answer = await call('POST', path, as, body, isFile ? { 'content-type': 'application/octet-stream' } : {});
  expect([path, answer.status < 300, answer.body.detail]).toEqual([path, true, undefined]);
  return answer.body.data?.[0] ?? answer.body;
}
const newKey = async (scopes: readonly string[], as = owner): Promise<{ id: string; key: string }> =>
  made('/v1/api-keys', { name: 'k', scopes }, as);
async function newMember(role: Role, as = owner): Promise<{ id: string; email: string; token: string }> {
  const email = `${newId('user')}@example.com`;
  const { id } = await made('/v1/organization/members', { email, name: 'M', password: PASSWORD, role }, as);
  return { id, email, token: await login(email) };
}
const login = async (email: string): Promise<string> =>
  (await made('/v1/auth/login', { email, password: PASSWORD })).access_token;

/** Many requests, some at a time. */
async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const take = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, take));
}

const isAdminLogin = (method: string, path: string): boolean => method === 'POST' && path === '/v1/admin/session';
/** For administrators of the platform, whatever organization an object has */
const isAdmins = ({ path }: Operation): boolean => path.startsWith('/v1/admin/');

/** Number of rows of each table, except those that the platform itself writes in the meantime. */
async function rows(): Promise<Json> {
  const tables = await platform.database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('audit_waiting', 'audit_links', 'guesses', 'outbox', 'webhook_slots', 'slo_minutes', 'usage_records', 'usage_batches', 'usage_hours')`,
  );
  const counts = tables.map(async ({ name }) => {
    const [{ n }] = await platform.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}`);
    return [name, n] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

/** The first value of each choice that the query of an operation requires */
function requiredQuery(parameters: readonly Json[]): string {
  const given = parameters.filter((one) => one.in === 'query' && one.required && one.schema.enum);
  return given.length === 0 ? '' : `?${given.map(({ name, schema }) => `${name}=${schema.enum[0]}`).join('&')}`;
}

beforeAll(async () => {
  platform = await startPlatform({ ENABLE_AB_TESTING: 'true', JWT_SECRET_KEY: SECRET, WEBHOOK_ALLOW_LOOPBACK: 'true' });
  await platform.startApi();
  customer = await newCustomer(platform);
  owner = customer.token;
  stranger = (await register(platform.base)).token;
  const { paths } = (await call('GET', '/openapi.json', null)).body as { paths: Record<string, Record<string, Json>> };
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security, responses }]) => security?.length !== 0 && '401' in responses && path.startsWith('/v1/'))
      .map(([method, { 'x-required-scope': scope, requestBody, parameters = [] }]) => ({
        method: method.toUpperCase(),
        path: path + requiredQuery(parameters),
        scope,
        body: requestBody && (requestBody.content['application/json']?.example ?? {}),
      })),
  );
  // Those that are public answer 401 for a wrong password or refresh token.
  operations = operations.filter(
    ({ method, path }) => !/^\/v1\/auth\/(login|refresh)$/.test(path) && !isAdminLogin(method, path),
  );
  own.site = (await made('/v1/sites', { name: 'S', latitude_deg: 36, longitude_deg: -80 })).id;
  own.weather = (await made('/v1/weather?name=w', TMY)).id;
  own.job = (await made('/v1/solar/analyze', { weather_id: own.weather, system: SYSTEM })).id;
  own.module = (await made('/v1/modules?name=m', readFileSync('test/fixtures/solar/example.PAN'))).id;
  own.inverter = (await made('/v1/inverters?name=i', readFileSync('test/fixtures/solar/example.OND'))).id;
  own.horizon = (await made('/v1/horizons?name=h', '0,5\n180,5\n')).id;
  own.turbine = (await made('/v1/wind/turbines', CURVE)).id;
  const tab = 'x\n50 8 0\n1 1 100\n100\n4 100\n8 500\n12 400\n';
  own.resource = (await made('/v1/wind/resources?name=r&format=tab', tab)).id;
  own.webhook = (await made('/v1/webhooks', { url: `${platform.base}/health` })).id;
  own.delivery = (await made(`/v1/webhooks/${own.webhook}/test`, undefined)).id;
  own.key = (await newKey(['sites:read'])).id;
  own.user = (await newMember('member')).id;
  const invitation = { email: `${newId('user')}@example.com` };
  own.invitation = (await made('/v1/organization/invitations', invitation)).id;
  own.budget = (await made('/v1/budgets', { metric: 'jobs', monthly_amount: 1e9 })).id;
  own.login = (await call('GET', '/v1/auth/sessions', owner)).body.data[0].id;
  own.report = newId('report');
  const { organization } = (await call('GET', '/v1/me', owner)).body;
  await platform.database.query(
    `INSERT INTO reports (id, org_id, job_id, template, language, job_ids) VALUES ($1, $2, $3, 'summary', 'en', $4)`,
    [own.report, organization.id, own.job, [own.job]],
  );
  for (const [kind, id] of Object.entries(own)) expect([kind, id]).toEqual([kind, expect.any(String)]);
});
afterAll(async () => {
  await platform?.stop();
  process.stdout.write(`The access matrix: ${refused.join(', ')}\n`);
});

/** The path of an operation on an object of the owner. */
function pathOf(path: string): string {
  const kinds: readonly (readonly [RegExp, string])[] = [
    [/budgets/, own.budget],
    [/members/, own.user],
    [/invitations/, own.invitation],
    [/auth\/sessions/, own.login],
    [/api-keys/, own.key],
    [/sites/, own.site],
    [/wind\/jobs|v1\/jobs/, own.job],
    [/wind\/turbines/, own.turbine],
    [/wind\/resources/, own.resource],
    [/weather/, own.weather],
    [/modules/, own.module],
    [/inverters/, own.inverter],
    [/horizons/, own.horizon],
    [/reports/, own.report],
    [/deliveries\/\{/, own.delivery],
    [/webhooks/, own.webhook],
  ];
  const id = kinds.find(([pattern]) => pattern.test(path))?.[1] ?? 'none';
  return path.replace('{id}', id).replace('{name}', 'system-1').replace('{number}', '1').replace('{format}', 'pdf');
}

describe('the access matrix', () => {
  test('every operation refuses 20 kinds of wrong credentials', async () => {
    const { id: userId, organization } = (await call('GET', '/v1/me', owner)).body;
    const sign = (secret: string, options: jwt.SignOptions = {}) =>
      jwt.sign({ org: organization.id }, secret, { subject: userId, issuer: 'tessellate', expiresIn: 60, ...options });
    expect((await call('GET', '/v1/me', sign(SECRET))).status).toBe(200);
    const revoked = await newKey(['keys:write', 'sites:read']);
    const child = await newKey(['sites:read'], revoked.key);
    const leaving = await newMember('owner');
    const orphan = await newKey(['sites:read'], leaving.token);
    const [changing, ending] = [await newMember('owner'), await newMember('owner')];
    const passwords = { current_password: PASSWORD, new_password: 'another password' };
    for (const [method, path, as, status, body] of [
      ['DELETE', `/v1/api-keys/${revoked.id}`, owner, 204, undefined],
      ['DELETE', `/v1/organization/members/${leaving.id}`, owner, 204, undefined],
      ['POST', '/v1/auth/password', changing.token, 200, passwords],
      ['POST', '/v1/auth/logout-everywhere', ending.token, 204, undefined],
    ] as const)
      expect([path, (await call(method, path, as, body)).status]).toEqual([path, status]);
    const { refresh_token: refreshToken } = await made('/v1/auth/login', { email: customer.email, password: PASSWORD });
    const session = { email: ending.email, password: PASSWORD };
    const [setCookie] = (await call('POST', '/v1/auth/session', null, session)).headers.getSetCookie();
    const cookie = setCookie.split(';')[0];
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const wrong: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      none: {},
      'an empty token': { authorization: 'Bearer ' },
      'another scheme': { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
      garbage: bearer('garbage'),
      'a short key': bearer('tsl_test_x'),
      'an unknown key': bearer(`tsl_test_${'A'.repeat(43)}`),
      'an unknown key in x-api-key': { 'x-api-key': `tsl_live_${'A'.repeat(43)}` },
      'a revoked key': bearer(revoked.key),
      'a key whose parent was revoked': bearer(child.key),
      'a key whose maker was removed': bearer(orphan.key),
      'an expired token': bearer(sign(SECRET, { expiresIn: -1 })),
      'a token of another secret': bearer(sign(`${SECRET}.`)),
      'a token of another issuer': bearer(sign(SECRET, { issuer: 'another' })),
      'a token of another algorithm': bearer(sign(SECRET, { algorithm: 'HS512' })),
      'a refresh token': bearer(refreshToken),
      'an unknown session': { cookie: `tessellate_session=tsls_${'A'.repeat(43)}` },
      'a session under another name': { cookie: `x${cookie}` },
      'a token of a removed person': bearer(leaving.token),
      'a token from before a new password': bearer(changing.token),
      'a token from before the end of all logins': bearer(ending.token),
    };
    const kinds = Object.entries(wrong);
    expect(kinds).toHaveLength(20);
    const cases = operations.flatMap((operation) => kinds.map(([kind, headers]) => ({ ...operation, kind, headers })));
    expect(cases.length).toBeGreaterThanOrEqual(1600);
    const before = await rows();
    const answers: string[] = [];
    await each(cases, async ({ method, path, body, kind, headers }) => {
      const { status, body: problem } = await call(method, pathOf(path), null, body, headers);
      if (status !== 401 || !/^auth\.(missing|invalid|expired)$/.test(problem.code))
        answers.push(`${method} ${path} with ${kind}: ${status}`);
    });
    expect(answers).toEqual([]);
    expect(await rows()).toEqual(before);
    refused.push(`${cases.length} requests with wrong credentials`);
  }, 600_000);

  test('every operation refuses a key that lacks only its scope', async () => {
    const keys = new Map<string, string>();
    for (const scope of SCOPES) keys.set(scope, (await newKey(SCOPES.filter((one) => one !== scope))).key);
    const scoped = operations.filter(({ scope }) => scope !== undefined);
    expect(scoped.length).toBeGreaterThanOrEqual(76);
    const before = await rows();
    const answers: string[] = [];
    await each(scoped, async ({ method, path, scope, body }) => {
      const { status, body: problem } = await call(method, pathOf(path), keys.get(scope!)!, body);
      if (status !== 403 || problem.detail !== `These credentials lack the scope ${scope}`)
        answers.push(`${method} ${path}: ${status} ${problem.detail}`);
    });
    expect(answers).toEqual([]);
    expect(await rows()).toEqual(before);
    refused.push(`${scoped.length} by keys that lack only the scope`);
  });

  test('every operation on an object is not found by another organization', async () => {
    const named = operations.filter((one) => one.path.includes('{') && !isAdmins(one));
    expect(named.length).toBeGreaterThanOrEqual(41);
    const before = await rows();
    const answers: string[] = [];
    await each(named, async ({ method, path, body }) => {
      const { status, body: problem } = await call(method, pathOf(path), stranger, body);
      if (status !== 404 || problem.code !== 'request.not_found') answers.push(`${method} ${path}: ${status}`);
    });
    expect(answers).toEqual([]);
    expect(await rows()).toEqual(before);
    refused.push(`${named.length} on objects of another organization`);
  });

  test('every operation of administrators refuses owners and keys of organizations, and tokens that are no login', async () => {
    const own = operations.filter(isAdmins);
    expect(own.length).toBeGreaterThanOrEqual(22);
    const { key } = await newKey(SCOPES);
    const before = await rows();
    const answers: string[] = [];
    const cases = [owner, key, `tsla_${'A'.repeat(43)}`].flatMap((as) => own.map((one) => ({ ...one, as })));
    await each(cases, async ({ method, path, body, as }) => {
      const { status, body: problem } = await call(method, pathOf(path), as, body);
      if (status !== 401 || problem.code !== 'auth.invalid') answers.push(`${method} ${path}: ${status}`);
    });
    expect(answers).toEqual([]);
    expect(await rows()).toEqual(before);
    refused.push(`${cases.length} of administrators by others`);
  });

  test('every operation refuses a suspended organization, its people and its keys', async () => {
    const suspended = await register(platform.base);
    const { id } = (await call('GET', '/v1/organization', suspended.token)).body;
    const { key } = await newKey(SCOPES, suspended.token);
    await platform.database.query(`INSERT INTO suspensions (org_id, reason) VALUES ($1, 'unpaid')`, [id]);
    await platform.database.query(`SELECT pg_notify('credentials_changed', $1)`, [id]);
    await eventually(
      async () => ((await call('GET', '/v1/me', key)).status === 403 ? true : undefined),
      'the suspension',
    );
    const theirs = operations.filter((one) => !isAdmins(one));
    const before = await rows();
    const answers: string[] = [];
    const cases = [suspended.token, key].flatMap((as) => theirs.map((one) => ({ ...one, as })));
    await each(cases, async ({ method, path, body, as }) => {
      const { status, body: problem } = await call(method, pathOf(path), as, body);
      if (status !== 403 || problem.code !== 'organization.suspended') answers.push(`${method} ${path}: ${status}`);
    });
    expect(answers).toEqual([]);
    const login = await call('POST', '/v1/auth/login', null, { email: suspended.email, password: PASSWORD });
    expect(login.body).toMatchObject({
      code: 'organization.suspended',
      detail: 'The organization is suspended: unpaid',
    });
    expect(await rows()).toEqual(before);
    refused.push(`${cases.length} of a suspended organization`);
  });

  test('every operation but those that set one up refuses a person without the second factor that the organization requires', async () => {
    const person = await register(platform.base);
    await call('PATCH', '/v1/organization', person.token, { is_second_factor_required: true });
    const open =
      /^(GET \/v1\/me|GET \/v1\/auth\/second-factor|POST \/v1\/auth\/second-factor(\/confirm)?|DELETE \/v1\/auth\/session)$/;
    const theirs = operations.filter((one) => !isAdmins(one) && !open.test(`${one.method} ${one.path}`));
    const before = await rows();
    const answers: string[] = [];
    await each(theirs, async ({ method, path, body }) => {
      const { status, body: problem } = await call(method, pathOf(path), person.token, body);
      if (status !== 403 || problem.code !== 'auth.second_factor_missing') answers.push(`${method} ${path}: ${status}`);
    });
    expect(answers).toEqual([]);
    expect(await rows()).toEqual(before);
    refused.push(`${theirs.length} of a person without the required second factor`);
  });

  test("a body that names another organization's object is refused", async () => {
    const mine = (await made('/v1/weather?name=w', TMY, stranger)).id;
    const { site, weather, job, module, inverter, horizon, turbine, resource } = own;
    const solar = (more: object) => ['/v1/solar/analyze', { weather_id: mine, system: SYSTEM, ...more }] as const;
    const search = (more: object) =>
      ['/v1/solar/optimize', { weather_id: mine, variables: { tilt_deg: { lower: 0, upper: 9 } }, ...more }] as const;
    const wind = (more: object) => ['/v1/wind/analyze', { ...WIND, ...more }] as const;
    const upload = { resource: { type: 'upload', resource_id: resource } };
    const cases: readonly (readonly [string, unknown])[] = [
      solar({ weather_id: weather }),
      solar({ weather_id: undefined, weather_ids: [mine, weather] }),
      solar({ site_id: site }),
      solar({ system: { ...SYSTEM, module: { type: 'library', id: module } } }),
      solar({ system: { ...SYSTEM, inverter: { type: 'library', id: inverter } } }),
      solar({ system: { ...SYSTEM, far_horizon: { horizon_id: horizon } } }),
      solar({ system: undefined, systems: [SYSTEM, { ...SYSTEM, far_horizon: { horizon_id: horizon } }] }),
      search({ weather_id: weather }),
      search({ weather_id: undefined, weather_ids: [mine, weather] }),
      search({ site_id: site }),
      search({ variables: { module: [module] } }),
      search({ variables: { inverter: [inverter] } }),
      wind({ turbines: [{ id: turbine }] }),
      wind(upload),
      wind({ resource: undefined, weather_id: weather }),
      wind({ site_id: site }),
      ['/v1/reports', { job_ids: [job] }],
      ['/v1/reports', { job_ids: [job], template: 'bankable' }],
      [`/v1/weather?site_id=${site}`, TMY],
      ['/v1/weather/fetch', { provider: 'pvgis', site_id: site, period: 'typical' }],
    ];
    expect(cases).toHaveLength(20);
    const before = await rows();
    const answers: string[] = [];
    for (const [path, body] of cases) {
      const isFile = body instanceof Uint8Array;
      const headers = isFile ? { 'content-type': 'application/octet-stream' } : {};
      const { status, body: problem } = await call('POST', path, stranger, body, headers);
      if (status !== 404 || problem.code !== 'request.not_found')
        answers.push(`${path} ${JSON.stringify(body)}: ${status} ${problem.detail}`);
    }
    expect(answers).toEqual([]);
    expect(await rows()).toEqual(before);
    refused.push(`${cases.length} that name objects of another organization in their bodies`);
  });

  test('a member manages neither keys nor people', async () => {
    const { token } = await newMember('member');
    const managing = operations.filter(({ scope }) => scope === 'keys:write' || scope === 'organization:write');
    expect(managing.length).toBeGreaterThanOrEqual(6);
    for (const { method, path, body } of managing)
      expect([path, (await call(method, pathOf(path), token, body)).status]).toEqual([path, 403]);
    expect((await call('GET', '/v1/api-keys', token)).status).toBe(200);
  });

  test('a viewer changes nothing: every operation that does not read is refused', async () => {
    const { token } = await newMember('viewer');
    const changing = operations.filter(({ scope }) => scope !== undefined && !scope.endsWith(':read'));
    expect(changing.length).toBeGreaterThanOrEqual(39);
    const before = await rows();
    for (const { method, path, body } of changing)
      expect([path, (await call(method, pathOf(path), token, body)).status]).toEqual([path, 403]);
    expect(await rows()).toEqual(before);
    refused.push(`${changing.length} by a viewer`);
  });
});

describe('what was taken away', () => {
  test('an access token from before a new password makes no API key', async () => {
    const { token } = await register(platform.base);
    const change = { current_password: PASSWORD, new_password: 'another password' };
    const session = await call('POST', '/v1/auth/password', token, change);
    expect(session.status).toBe(200);
    const key = { name: 'permanent' };
    expect((await call('POST', '/v1/api-keys', token, key)).status).toBe(401);
    expect((await call('POST', '/v1/api-keys', session.body.access_token, key)).status).toBe(201);
  });

  test('a key with organization:write only makes nobody an owner or a member', async () => {
    const { key } = await newKey(['organization:write']);
    const person = { email: `${newId('user')}@example.com`, name: 'N', password: PASSWORD };
    for (const role of ['owner', 'member'])
      expect(await call('POST', '/v1/organization/members', key, { ...person, role })).toMatchObject({
        status: 403,
        body: { code: 'auth.forbidden', pointer: '/role' },
      });
    const promote = await call('PATCH', `/v1/organization/members/${own.user}`, key, { role: 'owner' });
    expect([promote.status, promote.body.pointer]).toEqual([403, '/role']);
  });

  test('a key registers webhooks only for what it may read', async () => {
    const url = `${platform.base}/health`;
    const { key } = await newKey(['webhooks:read', 'webhooks:write', 'jobs:read']);
    const create = (events?: string[]) => call('POST', '/v1/webhooks', key, { url, events });
    expect((await create()).body).toMatchObject({ code: 'auth.forbidden', pointer: '/events' });
    expect((await create(['report.ready'])).status).toBe(403);
    const { status, body } = await create(['job.succeeded']);
    expect(status).toBe(201);
    const change = (id: string, changes: object) => call('PATCH', `/v1/webhooks/${id}`, key, changes);
    expect((await change(body.id, { events: ['report.ready'] })).status).toBe(403);
    expect((await change(body.id, { url: `${url}/ready` })).status).toBe(200);
    // That of the owner has events of reports: it may be switched off, but not be led elsewhere.
    expect((await change(own.webhook, { url: `${url}/ready` })).status).toBe(403);
    expect((await change(own.webhook, { is_enabled: false })).status).toBe(200);
    expect((await change(own.webhook, { is_enabled: true })).status).toBe(403);
  });
});

describe('guesses', () => {
  /** Many guesses at once, of which ten are checked; one more for each second that a slow machine takes. */
  async function expectLimit(wrong: number, guess: (i: number) => ReturnType<typeof call>): Promise<void> {
    const statuses = (await Promise.all(Array.from({ length: 20 }, (_, i) => guess(i)))).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([wrong, 429]));
    expect(statuses.filter((status) => status === wrong).length).toBeGreaterThanOrEqual(10);
  }

  test('a rotated X-Forwarded-For evades no limit by default', async () => {
    const { email } = await register(platform.base);
    const guess = { email, password: 'wrong' };
    await expectLimit(401, (i) => call('POST', '/v1/auth/login', null, guess, { 'x-forwarded-for': `203.0.113.${i}` }));
  });

  test('wrong current passwords have a limit', async () => {
    const { token } = await register(platform.base);
    const guess = { current_password: 'wrong', new_password: 'another password' };
    await expectLimit(401, () => call('POST', '/v1/auth/password', token, guess));
  });

  test('addresses of new members that have accounts are limited', async () => {
    const { email, token } = await register(platform.base);
    await confirmEmail(platform.database, email);
    await expectLimit(409, () =>
      call('POST', '/v1/organization/members', token, { email, name: 'M', password: PASSWORD, role: 'member' }),
    );
  });
});

describe('event streams', () => {
  /** Opens the stream of a job that waits for a worker. @returns what becomes its text, once it has ended */
  async function open(credentials: string): Promise<{ readonly text: Promise<string> }> {
    const response = await fetch(`${platform.base}/v1/jobs/${own.job}/events`, {
      headers: { authorization: `Bearer ${credentials}` },
    });
    expect(response.status).toBe(200);
    return { text: response.text() };
  }

  test('end with their key, their login, their token and their person; others continue', async () => {
    const other = await newKey(['jobs:read']);
    const others = await open(other.key);
    let isOpen = true;
    void others.text.then(() => {
      isOpen = false;
    });

    const { id: keyId, key } = await newKey(['jobs:read']);
    const ofKey = await open(key);
    expect((await call('DELETE', `/v1/api-keys/${keyId}`, owner)).status).toBe(204);
    expect(await ofKey.text).toContain('event: job.queued');

    const { token } = await newMember('member');
    const ofLogin = await open(token);
    expect((await call('POST', '/v1/auth/logout-everywhere', token)).status).toBe(204);
    expect(await ofLogin.text).toContain('event: job.queued');

    const leaving = await newMember('member');
    const ofPerson = await open(leaving.token);
    const expiring = jwt.sign({}, SECRET, { subject: leaving.id, issuer: 'tessellate', expiresIn: 6 });
    expect(await (await open(expiring)).text).toContain('event: job.queued');
    expect((await call('GET', '/v1/me', expiring)).body.code).toBe('auth.expired');
    expect((await call('DELETE', `/v1/organization/members/${leaving.id}`, owner)).status).toBe(204);
    expect(await ofPerson.text).toContain('event: job.queued');

    expect(isOpen).toBe(true);
    expect((await call('DELETE', `/v1/api-keys/${other.id}`, owner)).status).toBe(204);
    expect(await others.text).toContain('event: job.queued');
  });
});
