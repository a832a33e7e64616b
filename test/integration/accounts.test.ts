import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Accounts } from '../../src/services/accounts/accounts.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { migratedDatabase, startPostgres } from '../support/postgres.ts';

const jwt = { secret: 'x'.repeat(32), algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 } as const;
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
  ({ database } = await migratedDatabase());
  accounts = new Accounts(database, { jwt, keyMode: 'test' });
});
afterAll(async () => {
  await database?.close();
});

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

describe('members', () => {
  const person = () => ({ ...registration(), role: 'member' as const });

  test('are added, promoted and removed; what they may do changes at once, in other processes too', async () => {
    const { organization } = await accounts.register(registration());
    const other = new Accounts(database, { jwt, keyMode: 'test' });
    const added = person();
    const { id, role } = await accounts.addMember(organization.id, added);
    expect(role).toBe('member');
    const { accessToken, refreshToken } = await accounts.login(added.email, added.password);
    const may = async (scope: string) => (await accounts.authenticate(accessToken)).scopes.has(scope);
    expect([await may('jobs:write'), await may('keys:write'), await may('organization:write')]).toEqual([
      true,
      false,
      false,
    ]);
    await accounts.changeRole(organization.id, id, 'owner');
    expect(await may('keys:write')).toBe(true);
    expect((await other.authenticate(accessToken)).orgId).toBe(organization.id);
    expect((await accounts.members(organization.id, 10)).map((one) => one.role)).toEqual(['owner', 'owner']);
    await accounts.removeMember(organization.id, id);
    await expect(accounts.authenticate(accessToken)).rejects.toMatchObject({ code: 'auth.invalid' });
    await expect(accounts.refresh(refreshToken)).rejects.toMatchObject({ code: 'auth.invalid' });
    other.forgetKey(id); // as its listener does, told by the database
    await expect(other.authenticate(accessToken)).rejects.toMatchObject({ code: 'auth.invalid' });
  });

  test('the last owner stays, also when two leave at once', async () => {
    const { organization, user } = await accounts.register(registration());
    await expect(accounts.removeMember(organization.id, user.id)).rejects.toMatchObject({ code: 'request.conflict' });
    await expect(accounts.changeRole(organization.id, user.id, 'member')).rejects.toMatchObject({
      code: 'request.conflict',
    });
    const second = await accounts.addMember(organization.id, { ...person(), role: 'owner' });
    const leaving = await Promise.allSettled(
      [user, second].map(({ id }) => accounts.removeMember(organization.id, id)),
    );
    expect(leaving.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test("another organization's people are not found and not changed", async () => {
    const mine = await accounts.register(registration());
    const theirs = await accounts.register(registration());
    for (const attempt of [
      accounts.removeMember(mine.organization.id, theirs.user.id),
      accounts.changeRole(mine.organization.id, theirs.user.id, 'member'),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'request.not_found' });
    expect(await accounts.members(theirs.organization.id, 10)).toHaveLength(1);
    await expect(
      accounts.addMember(mine.organization.id, { ...person(), email: theirs.user.email }),
    ).rejects.toMatchObject({ code: 'auth.email_taken' });
  });

  test('a new password ends every login, and the old one is refused', async () => {
    const someone = registration();
    const { user, refreshToken } = await accounts.register(someone);
    await expect(accounts.changePassword(user.id, 'wrong', 'another password')).rejects.toMatchObject({
      code: 'auth.invalid',
    });
    const session = await accounts.changePassword(user.id, someone.password, 'another password');
    await expect(accounts.refresh(refreshToken)).rejects.toMatchObject({ code: 'auth.invalid' });
    await expect(accounts.refresh(session.refreshToken)).resolves.toBeDefined();
    await expect(accounts.login(someone.email, someone.password)).rejects.toMatchObject({ code: 'auth.invalid' });
    await expect(accounts.login(someone.email, 'another password')).resolves.toBeDefined();
  });
});

test('a database that is away is said to be, and is no error of the platform', async () => {
  const server = await startPostgres();
  const own = await Database.connect({ url: server.url, poolSize: 2, applicationName: 'test' });
  await server.stop();
  const away = new Accounts(own, { jwt, keyMode: 'test' });
  await expect(away.login('a@example.com', 'x')).rejects.toMatchObject({ code: 'service.unavailable' });
  await expect(away.register(registration())).rejects.toMatchObject({ code: 'service.unavailable' });
  await own.close();
});
