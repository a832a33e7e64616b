/** A new user: confirms the address, invites somebody, works in a browser, and forgets the password, by real mails and HTTP. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { newId } from '../../src/adapters/database/new-id.ts';
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
