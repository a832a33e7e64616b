import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Accounts } from '../../src/accounts/accounts.ts';
import type { Database } from '../../src/database/database.ts';
import type { TestPostgres } from '../support/postgres.ts';
import { connectMigrated, startPostgres } from '../support/postgres.ts';

const jwt = { secret: 'x'.repeat(32), algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 } as const;
let postgres: TestPostgres;
let database: Database;
let accounts: Accounts;
let number = 0;
const registration = () => ({
  email: `Person${++number}@example.com`,
  password: 'a long password',
  name: 'Person',
  organizationName: 'Sun Ltd',
});

beforeAll(async () => {
  postgres = await startPostgres();
  ({ database } = await connectMigrated(postgres));
  accounts = new Accounts(database, { jwt, keyMode: 'test' });
}, 60_000);
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
}, 30_000);

describe('people', () => {
  test('register, then log in with the address in any case; the token names the organization', async () => {
    const person = registration();
    const { organization } = await accounts.register(person);
    const session = await accounts.login(person.email.toUpperCase(), person.password);
    const principal = await accounts.authenticate(session.accessToken);
    expect(principal.orgId).toBe(organization.id);
    expect(principal.kind).toBe('user');
  });

  test('an address registers once, and nothing of the second attempt stays', async () => {
    const person = registration();
    await accounts.register(person);
    const before = await database.query('SELECT id FROM organizations');
    await expect(accounts.register(person)).rejects.toMatchObject({ code: 'auth.email_taken', pointer: '/email' });
    expect(await database.query('SELECT id FROM organizations')).toHaveLength(before.length);
  });

  test('are welcomed by mail, once, when they are registered', async () => {
    const welcoming = new Accounts(database, { jwt, keyMode: 'test', apiUrl: 'https://api.example.com' });
    const person = registration();
    await welcoming.register(person);
    await expect(welcoming.register(person)).rejects.toMatchObject({ code: 'auth.email_taken' });
    expect(await database.query(`SELECT recipient, template, data->>'organization' AS name FROM mails`)).toEqual([
      { recipient: person.email.toLowerCase(), template: 'account.welcome', name: 'Sun Ltd' },
    ]);
  });

  test('a wrong password and an unknown address get the same answer', async () => {
    const person = registration();
    await accounts.register(person);
    const wrong = await accounts.login(person.email, 'another').catch((error) => error);
    const unknown = await accounts.login('nobody@example.com', 'another').catch((error) => error);
    expect(wrong.code).toBe('auth.invalid');
    expect(unknown.message).toBe(wrong.message);
  });

  test('a refresh token works once; its reuse ends the whole login, other logins go on', async () => {
    const person = registration();
    const first = await accounts.register(person);
    const other = await accounts.login(person.email, person.password);
    const second = await accounts.refresh(first.refreshToken);
    await expect(accounts.refresh(first.refreshToken)).rejects.toMatchObject({ code: 'auth.token_reused' });
    await expect(accounts.refresh(second.refreshToken)).rejects.toMatchObject({ code: 'auth.invalid' });
    await expect(accounts.refresh(other.refreshToken)).resolves.toMatchObject({ expiresInS: 1800 });
  });

  test('two refreshes at once: one wins', async () => {
    const { refreshToken } = await accounts.register(registration());
    const outcomes = await Promise.allSettled([accounts.refresh(refreshToken), accounts.refresh(refreshToken)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('an expired or forged access token is refused by name', async () => {
    const expired = new Accounts(database, { jwt: { ...jwt, accessMinutes: -1 }, keyMode: 'test' });
    const { accessToken } = await expired.register(registration());
    await expect(accounts.authenticate(accessToken)).rejects.toMatchObject({ code: 'auth.expired' });
    const forger = new Accounts(database, { jwt: { ...jwt, secret: 'y'.repeat(32) }, keyMode: 'test' });
    const forged = (await forger.register(registration())).accessToken;
    await expect(accounts.authenticate(forged)).rejects.toMatchObject({ code: 'auth.invalid' });
  });

  test('logout ends the refresh tokens', async () => {
    const { refreshToken } = await accounts.register(registration());
    await accounts.logout(refreshToken);
    await expect(accounts.refresh(refreshToken)).rejects.toMatchObject({ code: 'auth.invalid' });
  });
});

describe('API keys', () => {
  test('a key authenticates with its scopes; only its hash is stored; revoked it is refused at once', async () => {
    const { organization } = await accounts.register(registration());
    const { row, key } = await accounts.createKey(organization.id, 'ci', ['jobs:read']);
    expect(key).toMatch(/^tsl_test_/);
    const principal = await accounts.authenticate(key);
    expect(principal).toMatchObject({ orgId: organization.id, kind: 'api_key', id: row.id });
    expect([...principal.scopes]).toEqual(['jobs:read']);
    expect(JSON.stringify(await database.query('SELECT * FROM api_keys'))).not.toContain(key.slice(14));
    await accounts.revokeKey(organization.id, row.id);
    await expect(accounts.authenticate(key)).rejects.toMatchObject({ code: 'auth.invalid' });
  });

  test("another organization's key cannot be revoked and is not listed", async () => {
    const owner = await accounts.register(registration());
    const stranger = await accounts.register(registration());
    const { row } = await accounts.createKey(owner.organization.id, 'mine');
    await expect(accounts.revokeKey(stranger.organization.id, row.id)).rejects.toMatchObject({
      code: 'request.not_found',
    });
    expect(await accounts.listKeys(stranger.organization.id, 10)).toHaveLength(0);
    expect(await accounts.listKeys(owner.organization.id, 10)).toMatchObject([{ id: row.id, prefix: row.prefix }]);
  });
});
