/** A new user: confirms the address, invites somebody, works in a browser, and forgets the password, by real mails and HTTP. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { newId } from '../../src/adapters/database/new-id.ts';
import { codeOf, stepAt } from '../../src/services/accounts/one-time-code.ts';
import { newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = await sharedPlatform();
const { call } = await newCustomer(platform);
const PASSWORD = 'a long password';
const addressOf = (name: string) => `${name}.${newId('user')}@example.com`;

/** The token in a mail to an address, whose text contains some words. */
const tokenIn = (to: string, words: string): Promise<string> =>
  eventually(async () => {
    for (const name of readdirSync(platform.mailFolder).filter((one) => one.endsWith('.eml'))) {
      const path = join(platform.mailFolder, name);
      if (!readFileSync(path, 'utf8').includes(`To: ${to}`)) continue;
      const text = readFileSync(path.replace(/eml$/, 'txt'), 'utf8');
      if (text.includes(words)) return /#([\w-]{43})/.exec(text)?.[1];
    }
    return undefined;
  }, `mail to ${to}`);

test('confirms the address, invites a person, and chooses a new password, each by the link of a mail', async () => {
  const email = addressOf('ada');
  const registration = { email, password: PASSWORD, name: 'Ada', organization_name: 'Sun Ltd', language: 'de' };
  const { access_token: as } = (await call('POST', '/v1/auth/register', registration, { as: null })).body;
  const invitation = { email: addressOf('grace'), role: 'admin' };
  const invite = () => call('POST', '/v1/organization/invitations', invitation, { as });
  expect((await invite()).body.code).toBe('auth.unconfirmed');
  const confirm = { token: await tokenIn(email, 'Adresse bestätigen') };
  expect((await call('POST', '/v1/auth/confirm-email', confirm, { as: null })).status).toBe(204);
  expect((await call('POST', '/v1/auth/confirm-email', confirm, { as: null })).body.code).toBe('auth.link_invalid');
  expect(await invite()).toMatchObject({ status: 201, body: { status: 'pending', role: 'admin' } });
  const joining = {
    token: await tokenIn(invitation.email, 'Accept the invitation'),
    name: 'Grace',
    password: PASSWORD,
  };
  expect(await call('POST', '/v1/auth/accept-invitation', joining, { as: null })).toMatchObject({
    status: 201,
    body: { email: invitation.email, role: 'admin', email_confirmed_at: expect.any(String) },
  });
  expect((await call('GET', '/v1/organization/invitations', undefined, { as })).body.data).toMatchObject([
    { status: 'accepted' },
  ]);
  const forgot = (address: string) => call('POST', '/v1/auth/password/forgot', { email: address }, { as: null });
  expect((await forgot(addressOf('nobody'))).status).toBe(204);
  expect((await forgot(email)).status).toBe(204);
  const reset = { token: await tokenIn(email, 'Neues Passwort wählen'), new_password: 'another password' };
  expect((await call('POST', '/v1/auth/password/reset', reset, { as: null })).status).toBe(204);
  expect((await call('GET', '/v1/me', undefined, { as })).status).toBe(401);
  const login = (password: string) => call('POST', '/v1/auth/login', { email, password }, { as: null });
  expect([(await login(PASSWORD)).status, (await login('another password')).status]).toEqual([401, 200]);
});

test('a second factor is set up, taken at each login, required of all people by an owner, and ended', async () => {
  const email = addressOf('factor');
  const registration = { email, password: PASSWORD, name: 'F', organization_name: 'Org' };
  const { access_token: as } = (await call('POST', '/v1/auth/register', registration, { as: null })).body;
  const { key } = (await call('POST', '/v1/api-keys', { name: 'k' }, { as })).body;
  const send = (path: string, body: object, credentials = as) => call('POST', path, body, { as: credentials });
  expect((await send('/v1/auth/second-factor', { current_password: PASSWORD }, key)).body.code).toBe('auth.forbidden');
  const required = await call('PATCH', '/v1/organization', { is_second_factor_required: true }, { as });
  expect(required.body).toMatchObject({ is_second_factor_required: true });
  const read = (path: string, credentials = as) => call('GET', path, undefined, { as: credentials });
  expect((await read('/v1/me')).body).toMatchObject({ is_second_factor_missing: true, scopes: [] });
  expect((await read('/v1/sites')).body.code).toBe('auth.second_factor_missing');
  expect((await read('/v1/sites', key)).status).toBe(200);
  const begun = await send('/v1/auth/second-factor', { current_password: PASSWORD });
  expect([begun.status, Object.keys(begun.body)]).toEqual([200, ['secret', 'uri']]);
  const step = stepAt(Date.now());
  const code = (offset: number): string => codeOf(begun.body.secret, step + offset);
  const confirm = (one_time_code: string) => send('/v1/auth/second-factor/confirm', { one_time_code });
  expect((await confirm('000 000')).body).toMatchObject({ code: 'auth.invalid', pointer: '/one_time_code' });
  const { recovery_codes: codes } = (await confirm(code(0).replace(/^.{3}/, '$& '))).body;
  expect(codes).toHaveLength(10);
  expect((await read('/v1/sites')).status).toBe(200);
  expect((await read('/v1/organization/members')).body.data).toMatchObject([{ has_second_factor: true }]);

  const login = (proof: object, path = '/v1/auth/login') =>
    call('POST', path, { email, password: PASSWORD, ...proof }, { as: null });
  // The right password without a code is no guess, however often it comes.
  for (let i = 0; i < 12; i++) expect((await login({})).body.code).toBe('auth.second_factor_required');
  expect((await login({ one_time_code: code(0) })).body.code).toBe('auth.invalid');
  // The next code is good already, because clocks differ.
  expect((await login({ one_time_code: code(1) })).status).toBe(200);
  const cookie = await login({ recovery_code: codes[0] }, '/v1/auth/session');
  expect([cookie.status, cookie.headers.get('set-cookie')]).toEqual([200, expect.stringContaining('tsls_')]);
  expect((await login({ recovery_code: codes[0] })).body.code).toBe('auth.invalid');
  // Wrong codes are guesses of the account.
  const wrong = Array.from({ length: 20 }, () => login({ one_time_code: '000000' }));
  expect((await Promise.all(wrong)).map(({ status }) => status)).toContain(429);
  await platform.database.query('DELETE FROM guesses WHERE key ~ (SELECT id FROM users WHERE email = $1)', [email]);

  const own = { current_password: PASSWORD, recovery_code: codes[1] };
  const replaced = await send('/v1/auth/second-factor/recovery-codes', own);
  expect([replaced.status, replaced.body.recovery_codes.length]).toEqual([200, 10]);
  expect((await read('/v1/auth/second-factor')).body).toMatchObject({ is_on: true, n_recovery_codes: 10 });
  expect((await send('/v1/auth/second-factor/end', own)).body).toMatchObject({ pointer: '/recovery_code' });
  const end = { ...own, recovery_code: replaced.body.recovery_codes[9] };
  expect((await send('/v1/auth/second-factor/end', end)).status).toBe(204);
  expect((await read('/v1/sites')).body.code).toBe('auth.second_factor_missing');
});

test('the pages of the links need no credentials, say what they do in both languages, and run no inline script', async () => {
  for (const [page, english, german] of [
    ['confirm-email', 'Confirm your address', 'Adresse bestätigen'],
    ['reset-password', 'Choose a new password', 'Neues Passwort wählen'],
    ['accept-invitation', 'Accept the invitation', 'Einladung annehmen'],
  ]) {
    const shown = await call('GET', `/account/${page}`, undefined, { as: null });
    expect([shown.status, shown.body]).toEqual([200, expect.stringContaining(english)]);
    expect(shown.body.replace('<script src="/account/page.js"></script>', '')).not.toContain('<script');
    expect((await call('GET', `/account/${page}?language=de`, undefined, { as: null })).body).toContain(german);
  }
  expect((await call('GET', '/account/page.js', undefined, { as: null })).status).toBe(200);
});

test('developers see each mail in each language', async () => {
  const list = (await call('GET', '/dev/mails', undefined, { as: null })).body;
  const links = [...list.matchAll(/href="([^"]+)"/g)].map(([, path]) => path as string);
  expect(links.length).toBeGreaterThanOrEqual(8 * 4);
  for (const path of links) expect((await call('GET', path, undefined, { as: null })).status).toBe(200);
});

test("a browser's session is a cookie that scripts cannot read; other sites cannot use it for changes", async () => {
  const email = addressOf('browser');
  const registration = { email, password: PASSWORD, name: 'B', organization_name: 'Org' };
  await call('POST', '/v1/auth/register', registration, { as: null });
  const wrong = await call('POST', '/v1/auth/session', { email, password: 'wrong password' }, { as: null });
  expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
  const login = await call('POST', '/v1/auth/session', { email, password: PASSWORD }, { as: null });
  expect([login.status, Object.keys(login.body).sort()]).toEqual([200, ['expires_at', 'organization', 'user']]);
  const setCookie = login.headers.get('set-cookie')!;
  expect(setCookie).toMatch(/^tessellate_session=tsls_[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
  const cookie = setCookie.split(';')[0];
  const send = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    call(method, path, body, { as: null, headers: { cookie, ...headers } });
  expect((await send('GET', '/v1/me', {})).body).toMatchObject({ kind: 'user' });
  const site = { name: 'S', latitude_deg: 1, longitude_deg: 1 };
  const own = { origin: platform.base };
  for (const headers of [
    {},
    { origin: 'https://evil.example.com' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example.com', 'sec-fetch-site': 'same-origin' },
  ] as Record<string, string>[])
    expect([headers, (await send('POST', '/v1/sites', headers, site)).body.code]).toEqual([headers, 'auth.cross_site']);
  expect((await send('GET', '/v1/sites', {})).body.data).toEqual([]);
  expect((await send('POST', '/v1/sites', own, site)).status).toBe(201);
  expect((await send('POST', '/v1/sites', { 'sec-fetch-site': 'same-origin' }, site)).status).toBe(201);
  const { data } = (await send('GET', '/v1/auth/sessions', {})).body;
  expect(data.map((one: { is_cookie: boolean; is_current: boolean }) => [one.is_cookie, one.is_current])).toEqual([
    [true, true],
    [false, false],
  ]);
  const logout = await send('DELETE', '/v1/auth/session', own);
  expect([logout.status, logout.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('1970')]);
  expect((await send('GET', '/v1/me', {})).status).toBe(401);
});
