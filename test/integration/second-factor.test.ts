/** Second factors of people: codes work once, recovery codes too, and an organization can require them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import { Accounts } from '../../src/services/accounts/accounts.ts';
import { codeOf, resealCodeSecrets, stepAt } from '../../src/services/accounts/one-time-code.ts';
import { SecondFactors } from '../../src/services/accounts/second-factor.ts';
import { SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { migratedDatabase } from '../support/postgres.ts';

const jwt = { secrets: ['x'.repeat(32)], algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 } as const;
const PASSWORD = 'a long password';
const [SECRET, NEXT] = ['b'.repeat(32), 'c'.repeat(32)];
const box = new SecretBox([SECRET]);
const refused = { code: 'auth.invalid' };
let database: Database;
let accounts: Accounts;
let factors: SecondFactors;
let number = 0;

beforeAll(async () => {
  ({ database } = await migratedDatabase());
  accounts = new Accounts(database, { jwt, apiUrl: 'https://api.example.com', box });
  factors = new SecondFactors(database, accounts, box);
});
afterAll(async () => {
  await database?.close();
});

async function registered() {
  const email = `person${++number}@example.com`;
  const person = { email, password: PASSWORD, name: 'P', organizationName: 'O', language: 'de' as const };
  const session = await accounts.register(person);
  return { ...session, email, id: session.user.id };
}
/** Lets a code of this half minute and its neighbours be used again, so that a test need not wait. */
const forgetUsed = (id: string) => database.query('UPDATE users SET last_totp_step = 0 WHERE id = $1', [id]);
async function withFactor() {
  const person = await registered();
  const { secret } = await factors.begin(person.id, PASSWORD);
  const codes = await factors.confirm(person.id, codeOf(secret, stepAt(Date.now())));
  await forgetUsed(person.id);
  return { ...person, secret, codes };
}
const now = (secret: string): { one_time_code: string } => ({ one_time_code: codeOf(secret, stepAt(Date.now())) });
const login = (email: string, proof = {}) => accounts.login(email, PASSWORD, undefined, proof);
const actsOf = async (id: string): Promise<string[]> =>
  (
    await database.query<{ type: string }>(
      `SELECT type FROM audit_events WHERE target_id = $1 AND type ~ 'second_factor|recovery' ORDER BY id`,
      [id],
    )
  ).map(({ type }) => type);

test('is set up by the first code only, with the password; until then a login takes none', async () => {
  const { id, email } = await registered();
  await expect(factors.begin(id, 'wrong')).rejects.toMatchObject(refused);
  await expect(factors.confirm(id, '123456')).rejects.toMatchObject({ code: 'request.conflict' });
  const first = await factors.begin(id, PASSWORD);
  const { secret, uri } = await factors.begin(id, PASSWORD);
  expect(uri).toBe(`otpauth://totp/Tessellate:${encodeURIComponent(email)}?secret=${secret}&issuer=Tessellate`);
  await expect(factors.confirm(id, now(first.secret).one_time_code)).rejects.toMatchObject(refused);
  await expect(login(email)).resolves.toMatchObject({ user: { has_second_factor: false } });
  expect(await factors.status(id)).toEqual({ is_on: false, set_up_at: null, n_recovery_codes: 0 });
  const { one_time_code } = now(secret);
  const codes = await factors.confirm(id, one_time_code);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
  expect(await factors.status(id)).toEqual({ is_on: true, set_up_at: expect.any(Date), n_recovery_codes: 10 });
  await expect(factors.begin(id, PASSWORD)).rejects.toMatchObject({ code: 'request.conflict' });
  await expect(login(email)).rejects.toMatchObject({ code: 'auth.second_factor_required' });
  // The code that has confirmed it opens nothing.
  await expect(login(email, { one_time_code })).rejects.toMatchObject(refused);
  const [{ sealed, n }] = await database.query<{ sealed: Buffer; n: number }>(
    `SELECT sealed_totp_secret AS sealed, (SELECT count(*)::int FROM recovery_codes WHERE user_id = $1
       AND position(decode($2, 'escape') IN code_hash) > 0) AS n FROM users WHERE id = $1`,
    [id, codes[0]],
  );
  expect([sealed.includes(secret), n]).toEqual([false, 0]);
});

test('of twenty logins at once with one code exactly one begins, with a recovery code too', async () => {
  const { email, secret, codes } = await withFactor();
  for (const proof of [now(secret), { recovery_code: ` ${codes[3].toLowerCase().replaceAll('-', ' ')}` }]) {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => login(email, proof)));
    const failed = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(failed.map(({ reason }) => reason.code)).toEqual(Array(19).fill('auth.invalid'));
  }
});

test('a wrong password says nothing of the second factor, and wrong codes count as failed logins', async () => {
  const { id, email, secret } = await withFactor();
  const wrong = accounts.login(email, 'wrong', undefined, now(secret));
  await expect(wrong).rejects.toMatchObject({ ...refused, message: 'The email address or the password is wrong' });
  await expect(login(email)).rejects.toMatchObject({ code: 'auth.second_factor_required' });
  for (const proof of [{ one_time_code: '000000' }, { one_time_code: '' }, { recovery_code: 'AAAA-AAAA-AAAA-AAAA' }])
    await expect(login(email, proof)).rejects.toMatchObject(refused);
  const [{ n }] = await database.query<{ n: number }>('SELECT sum(n)::int AS n FROM failed_logins WHERE user_id = $1', [
    id,
  ]);
  expect(n).toBe(4);
  await expect(accounts.loginByCookie(email, PASSWORD)).rejects.toMatchObject({ code: 'auth.second_factor_required' });
  await expect(accounts.loginByCookie(email, PASSWORD, undefined, now(secret))).resolves.toBeDefined();
});

test('recovery codes are replaced and the factor ended with password and code; each act has an entry and a mail', async () => {
  const { id, email, secret, codes } = await withFactor();
  await expect(factors.end(id, PASSWORD, {})).rejects.toMatchObject({ code: 'auth.second_factor_required' });
  await expect(factors.end(id, 'wrong', now(secret))).rejects.toMatchObject(refused);
  const next = await factors.replaceRecoveryCodes(id, PASSWORD, now(secret));
  await expect(login(email, { recovery_code: codes[0] })).rejects.toMatchObject(refused);
  await login(email, { recovery_code: next[0] });
  expect(await factors.status(id)).toMatchObject({ n_recovery_codes: 9 });
  await factors.end(id, PASSWORD, { recovery_code: next[1] });
  await expect(login(email)).resolves.toMatchObject({ user: { has_second_factor: false } });
  await expect(factors.end(id, PASSWORD, {})).rejects.toMatchObject({ code: 'request.conflict' });
  expect(await actsOf(id)).toEqual([
    'auth.second_factor_set_up',
    'auth.recovery_codes_replaced',
    'auth.recovery_code_used',
    'auth.recovery_code_used',
    'auth.second_factor_ended',
  ]);
  const mails = await database.query<{ data: { change: string; nRecoveryCodes: number; language: string } }>(
    `SELECT data FROM mails WHERE recipient = $1 AND template = 'account.second_factor' ORDER BY id`,
    [email],
  );
  expect(mails.map(({ data }) => [data.change, data.nRecoveryCodes, data.language])).toEqual([
    ['set_up', 10, 'de'],
    ['recovery_code_used', 9, 'de'],
    ['recovery_code_used', 8, 'de'],
    ['ended', 0, 'de'],
  ]);
});

test('an administrator ends one that is lost, and nobody ends one that does not exist', async () => {
  const { id, email } = await withFactor();
  await factors.endLost(id);
  await expect(login(email)).resolves.toBeDefined();
  await expect(factors.endLost(id)).rejects.toMatchObject({ code: 'request.not_found' });
  expect(await actsOf(id)).toEqual(['auth.second_factor_set_up', 'auth.second_factor_ended']);
});

test('an organization that requires it takes all scopes from people who lack it until they have it, at once', async () => {
  const { id, email, accessToken } = await registered();
  const caller = () => accounts.authenticate(accessToken);
  const owner = await caller();
  const { key } = await accounts.createKey(owner, 'k');
  const admin = { ...owner, scopes: new Set([...owner.scopes].filter((scope) => scope !== 'organization:own')) };
  await expect(accounts.updateOrganization(admin, { is_second_factor_required: true })).rejects.toMatchObject({
    code: 'auth.forbidden',
    pointer: '/is_second_factor_required',
  });
  await accounts.updateOrganization(owner, { is_second_factor_required: true });
  expect(await caller()).toMatchObject({ lacksSecondFactor: true, scopes: new Set() });
  expect((await accounts.authenticate(key)).scopes.size).toBeGreaterThan(5);
  await expect(login(email)).resolves.toMatchObject({ organization: { is_second_factor_required: true } });
  const { secret } = await factors.begin(id, PASSWORD);
  await factors.confirm(id, now(secret).one_time_code);
  expect(await caller()).toMatchObject({ lacksSecondFactor: false, scopes: owner.scopes });
  expect((await accounts.members(owner.orgId, 10))[0]).toMatchObject({ id, has_second_factor: true });
});

test('secrets are sealed again under the next key, and those whose key is not here are named', async () => {
  const { id, email, secret } = await withFactor();
  const without = await resealCodeSecrets(database, new SecretBox([NEXT]));
  expect([without.values, without.unopened.find((one) => one.id === id)?.reason]).toEqual([
    0,
    expect.stringContaining('sealed under key'),
  ]);
  const [provider] = await database.query<{ org_id: string }>(
    `INSERT INTO identity_providers (org_id, issuer, client_id, sealed_client_secret, email_domains, is_membership_automatic)
     SELECT org_id, 'https://login.example.com', 'c', $2, '{}', false FROM users WHERE id = $1 RETURNING org_id`,
    [id, box.seal('a secret of the provider')],
  );
  const { values, unopened } = await resealCodeSecrets(database, new SecretBox([NEXT, SECRET]));
  const [{ sealed }] = await database.query<{ sealed: Buffer }>(
    'SELECT sealed_client_secret AS sealed FROM identity_providers WHERE org_id = $1',
    [provider.org_id],
  );
  expect(new SecretBox([NEXT]).open(sealed)).toBe('a secret of the provider');
  expect([values > 0, unopened]).toEqual([true, []]);
  expect(await resealCodeSecrets(database, new SecretBox([NEXT]))).toEqual({ values: 0, unopened: [] });
  const next = new Accounts(database, { jwt, apiUrl: 'https://api.example.com', box: new SecretBox([NEXT]) });
  await expect(next.login(email, PASSWORD, undefined, now(secret))).resolves.toBeDefined();
});
