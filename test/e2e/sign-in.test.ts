/** Sign-in at an identity provider by OpenID Connect, over two processes of the API. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { caller, confirmEmail, register } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { CLIENT, type Claims, signInAt, startIdentityProvider } from '../support/identity-provider.ts';
import { type Platform, startPlatform } from '../support/platform.ts';

const people: Record<string, Claims> = {};
let platform: Platform;
let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
let redirectUri: string;

beforeAll(async () => {
  platform = await startPlatform({ WEBHOOK_ALLOW_LOOPBACK: 'true', WORKERS: '2' });
  await platform.startApi();
  redirectUri = `http://localhost:${new URL(platform.base).port}/sign-in`;
  provider = await startIdentityProvider(redirectUri, people);
});
afterAll(async () => {
  await provider?.stop();
  await platform?.stop();
});

const post = (path: string, body: object, cookie = '') =>
  caller(platform.base, null)('POST', path, body, { headers: { cookie, origin: platform.base } });
const cookieOf = (answer: { headers: Headers }, name: string): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .find((pair) => pair.startsWith(`${name}=`) && !pair.endsWith('=')) ?? '';

async function organization(settings: object = {}) {
  const owner = await register(platform.base);
  await confirmEmail(platform.database, owner.email);
  const call = caller(platform.base, owner.token);
  const body = { issuer: provider.issuer, ...CLIENT, ...settings };
  const set = await call('POST', '/v1/organization/identity-provider', body);
  expect([set.status, set.body.detail]).toEqual([200, undefined]);
  const { organization: own } = (await call('GET', '/v1/me')).body;
  return { ...owner, id: own.id as string, call, provider: set.body };
}

/** Signs in as a browser does. @param at the cookie that the browser sends; default: that of the beginning */
async function signIn(orgId: string, subject: string, cookie?: string) {
  const begun = await post('/v1/auth/sign-in', { organization_id: orgId });
  expect([begun.status, begun.body.detail]).toEqual([200, undefined]);
  const url = await signInAt(begun.body.url, redirectUri, subject);
  const own = cookieOf(begun, 'tessellate_sign_in');
  const done = await post('/v1/auth/sign-in/complete', { url }, cookie ?? own);
  const session = cookieOf(done, 'tessellate_session');
  return {
    ...done,
    url,
    own,
    me: () => caller(platform.base, null)('GET', '/v1/me', undefined, { headers: { cookie: session } }),
  };
}

test('a member is linked by the verified address at the first sign-in, and known by the subject afterwards', async () => {
  const one = await organization();
  expect(one.provider).toEqual({
    issuer: provider.issuer,
    client_id: CLIENT.client_id,
    email_domains: [],
    is_membership_automatic: false,
    redirect_uri: redirectUri,
    sign_in_url: `${new URL('/', redirectUri)}?organization=${one.id}`,
    changed_at: expect.any(String),
  });
  people.ada = { email: one.email.toUpperCase(), email_verified: true, name: 'Ada' };
  const first = await signIn(one.id, 'ada');
  expect([first.status, first.body.detail, first.body.user?.email]).toEqual([200, undefined, one.email]);
  expect((await first.me()).body).toMatchObject({ kind: 'user', organization: { id: one.id } });
  // The address at the provider may change.
  people.ada = { email: 'ada.new@example.com', email_verified: true };
  expect((await signIn(one.id, 'ada')).body.user.email).toBe(one.email);
  // Whoever gets the address of before is somebody else.
  people.eve = { email: one.email, email_verified: true };
  expect((await signIn(one.id, 'eve')).body).toMatchObject({ code: 'auth.sign_in_refused' });
  const acts = (await one.call('GET', '/v1/audit-events')).body.data.map(({ type }: { type: string }) => type);
  expect(acts.filter((type: string) => /identity/.test(type))).toEqual([
    'auth.identity_linked',
    'organization.identity_provider_set',
  ]);
});

test('a sign-in is complete once, only in the browser that began it', async () => {
  const { id, email } = await organization();
  people.bob = { email, email_verified: true };
  const refused = {
    code: 'auth.sign_in_refused',
    detail: expect.stringContaining('this browser began no such sign-in'),
  };
  expect((await signIn(id, 'bob', '')).body).toMatchObject(refused);
  const { url, own, status } = await signIn(id, 'bob');
  expect(status).toBe(200);
  expect((await post('/v1/auth/sign-in/complete', { url }, own)).body).toMatchObject(refused);
  const begun = await post('/v1/auth/sign-in', { organization_id: id });
  const denied = new URL(begun.body.url).searchParams.get('state');
  const answer = `${redirectUri}?error=access_denied&state=${denied}&iss=${encodeURIComponent(provider.issuer)}`;
  expect(
    (await post('/v1/auth/sign-in/complete', { url: answer }, cookieOf(begun, 'tessellate_sign_in'))).body,
  ).toMatchObject({
    code: 'auth.sign_in_refused',
    detail: expect.stringContaining('access_denied'),
  });
});

test('addresses that are not verified, not of the domains, or of another organization open nothing', async () => {
  const one = await organization({ email_domains: ['Sun.example'], is_membership_automatic: true });
  const other = await organization({ is_membership_automatic: true });
  for (const [subject, claims, detail] of [
    ['none', {}, 'no verified email address'],
    ['unverified', { email: 'u@sun.example', email_verified: false }, 'no verified email address'],
    ['elsewhere', { email: 'u@moon.example', email_verified: true }, 'addresses of moon.example are not allowed'],
    ['suffix', { email: 'u@notsun.example', email_verified: true }, 'addresses of notsun.example are not allowed'],
  ] as const) {
    people[subject] = claims;
    const { status, body } = await signIn(one.id, subject);
    expect([subject, status, body.code, body.detail]).toEqual([
      subject,
      403,
      'auth.sign_in_refused',
      expect.stringContaining(detail),
    ]);
  }
  // The provider of one organization says nothing about the people of another one.
  people.victim = { email: one.email, email_verified: true };
  expect((await signIn(other.id, 'victim')).body.code).toBe('auth.email_taken');
});

test('whoever has no account becomes a viewer only where the organization says so', async () => {
  const closed = await organization();
  people.carol = { email: `carol@${closed.id.replace('_', '-')}.example`, email_verified: true, name: 'Carol' };
  expect((await signIn(closed.id, 'carol')).body.detail).toContain('has no account in this organization');
  const open = await organization({ is_membership_automatic: true });
  const { body, me } = await signIn(open.id, 'carol');
  expect(body.user).toMatchObject({ name: 'Carol', role: 'viewer', email_confirmed_at: null });
  const { scopes } = (await me()).body;
  expect(scopes).toContain('jobs:read');
  expect(scopes).not.toContain('jobs:write');
});

test('a sign-in at the provider meets a second factor that the organization requires; a password does not', async () => {
  const { id, email, call } = await organization();
  people.dan = { email, email_verified: true };
  await call('PATCH', '/v1/organization', { is_second_factor_required: true });
  expect((await call('GET', '/v1/me')).body.is_second_factor_missing).toBe(true);
  const { me } = await signIn(id, 'dan');
  expect((await me()).body).toMatchObject({ is_second_factor_missing: false });
});

test('the logins by a provider end when it is removed; only owners set one, and only once they are confirmed', async () => {
  const { id, email, call } = await organization();
  people.fay = { email, email_verified: true };
  const { me } = await signIn(id, 'fay');
  expect((await me()).status).toBe(200);
  const { key } = (
    await call('POST', '/v1/api-keys', { name: 'k', scopes: ['organization:read', 'organization:write'] })
  ).body;
  const byKey = caller(platform.base, key);
  const settings = { issuer: provider.issuer, ...CLIENT };
  expect((await byKey('GET', '/v1/organization/identity-provider')).body).not.toHaveProperty('client_secret');
  expect((await byKey('POST', '/v1/organization/identity-provider', settings)).status).toBe(403);
  expect((await byKey('DELETE', '/v1/organization/identity-provider')).status).toBe(403);
  expect((await call('DELETE', '/v1/organization/identity-provider')).status).toBe(204);
  expect((await me()).status).toBe(401);
  expect((await call('GET', '/v1/organization/identity-provider')).status).toBe(404);
  expect((await post('/v1/auth/sign-in', { organization_id: id })).status).toBe(404);
  const { token } = await register(platform.base);
  const unconfirmed = await caller(platform.base, token)('POST', '/v1/organization/identity-provider', settings);
  expect(unconfirmed.body.code).toBe('auth.unconfirmed');
});

test('an owner can require the provider: logins by password end at once, except those of owners, until it is allowed again', async () => {
  const { id, email, token, call } = await organization();
  const require = (is_identity_provider_required: boolean, as = token) =>
    call('PATCH', '/v1/organization', { is_identity_provider_required }, { as });
  const password = 'a long password';
  /** A member with a password, an access token, a refresh token, a browser and an API key */
  const memberAs = async (role: string) => {
    const person = { email: `${role}-${email}`, name: 'M', password, role };
    expect((await call('POST', '/v1/organization/members', person)).status).toBe(201);
    const login = (await post('/v1/auth/login', { email: person.email, password })).body;
    const cookie = cookieOf(await post('/v1/auth/session', { email: person.email, password }), 'tessellate_session');
    return { ...person, ...login, cookie };
  };
  const [admin, member] = [await memberAs('admin'), await memberAs('member')];
  const { key } = (await call('POST', '/v1/api-keys', { name: 'k' }, { as: admin.access_token })).body;
  // Nobody but an owner decides, and no owner before the provider is known to work.
  expect((await require(true, admin.access_token)).body.code).toBe('auth.forbidden');
  expect((await require(true)).body).toMatchObject({
    code: 'request.conflict',
    pointer: '/is_identity_provider_required',
  });
  people.own = { email, email_verified: true };
  people.member = { email: member.email, email_verified: true };
  expect((await signIn(id, 'own')).status).toBe(200);
  const byProvider = await signIn(id, 'member');
  expect((await require(true)).body).toMatchObject({ is_identity_provider_required: true });

  const refused = {
    code: 'auth.provider_required',
    fix: `Sign in at ${new URL('/', redirectUri)}?organization=${id}`,
  };
  const credentials = (person: { email: string }) => ({ email: person.email, password });
  for (const person of [admin, member]) {
    expect((await post('/v1/auth/login', credentials(person))).body).toMatchObject(refused);
    expect((await post('/v1/auth/session', credentials(person))).body).toMatchObject(refused);
    expect((await post('/v1/auth/refresh', { refresh_token: person.refresh_token })).body).toMatchObject(refused);
  }
  // The other process hears of it, too.
  const held: Record<string, string>[] = [
    { authorization: `Bearer ${member.access_token}` },
    { cookie: member.cookie },
  ];
  for (const headers of held)
    await eventually(async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => caller(platform.base, null)('GET', '/v1/me', undefined, { headers })),
      );
      return answers.every(({ body }) => body.code === 'auth.provider_required') || undefined;
    }, 'the end of the login');
  expect((await byProvider.me()).status).toBe(200);
  expect((await caller(platform.base, key)('GET', '/v1/sites')).status).toBe(200);
  // A wrong password says nothing about the organization.
  expect((await post('/v1/auth/login', { ...credentials(member), password: 'another one' })).body.code).toBe(
    'auth.invalid',
  );
  // A new password opens nothing either.
  const change = { current_password: password, new_password: 'another long password' };
  const changed = await caller(platform.base, null)('POST', '/v1/auth/password', change, {
    headers: { cookie: cookieOf(byProvider, 'tessellate_session'), origin: platform.base },
  });
  expect(changed.body).toMatchObject(refused);

  // The provider fails: an owner comes in by password, and the audit log shows it.
  expect((await call('DELETE', '/v1/organization/identity-provider')).body.code).toBe('request.conflict');
  const recovered = await post('/v1/auth/login', { email, password });
  expect(recovered.status).toBe(200);
  const entries = (await call('GET', '/v1/audit-events?limit=10')).body.data as { type: string; details: object }[];
  expect(entries.filter(({ type }) => /login|sign_in/.test(type)).slice(0, 2)).toMatchObject([
    { type: 'auth.login', details: { is_by_password: true } },
    { type: 'organization.sign_in_changed', details: { is_identity_provider_required: true } },
  ]);
  // An owner who is one no longer loses the login.
  const { body: members } = await call('GET', '/v1/organization/members');
  const second = members.data.find((person: { email: string }) => person.email === admin.email).id;
  await call('PATCH', `/v1/organization/members/${second}`, { role: 'owner' });
  const asOwner = (await post('/v1/auth/login', credentials(admin))).body.access_token;
  await call('PATCH', `/v1/organization/members/${second}`, { role: 'admin' });
  await eventually(
    async () =>
      (await call('GET', '/v1/me', undefined, { as: asOwner })).body.code === 'auth.provider_required' || undefined,
    'the end of the login',
  );
  expect((await require(false, recovered.body.access_token)).status).toBe(200);
  expect((await post('/v1/auth/login', credentials(member))).status).toBe(200);
  expect((await call('DELETE', '/v1/organization/identity-provider')).status).toBe(204);
});

test('an issuer that is no provider, or inside of the network, is refused; a wrong secret opens nothing', async () => {
  const { id, email, call } = await organization({ client_secret: 'another secret' });
  people.gil = { email, email_verified: true };
  expect((await signIn(id, 'gil')).body).toMatchObject({ code: 'provider.sign_in_failed' });
  for (const issuer of [platform.base, 'https://10.0.0.1', 'https://169.254.169.254', `${provider.issuer}/other`]) {
    const body = { issuer, ...CLIENT };
    const { status, body: problem } = await call('POST', '/v1/organization/identity-provider', body);
    expect([issuer, status, problem.pointer]).toEqual([issuer, 422, '/issuer']);
  }
  const [{ sealed }] = await platform.database.query<{ sealed: Buffer }>(
    'SELECT sealed_client_secret AS sealed FROM identity_providers WHERE org_id = $1',
    [id],
  );
  expect(sealed.includes('another secret')).toBe(false);
});
