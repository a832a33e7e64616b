import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { Accounts } from '../../src/services/accounts/accounts.ts';
import { CREDENTIALS_CHANNEL } from '../../src/services/accounts/logins.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { hashPassword } from '../../src/services/accounts/credentials.ts';
import { confirmEmail } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { migratedDatabase, startPostgres } from '../support/postgres.ts';

const box = new SecretBox(['b'.repeat(32)]);
const jwt = { secrets: ['x'.repeat(32)], algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 } as const;
const API = 'https://api.example.com';
let database: Database;
let accounts: Accounts;
let number = 0;
/** The caller with an access token, as the API knows it. */
const callerOf = ({ accessToken }: { readonly accessToken: string }) => accounts.authenticate(accessToken);
const yesOrNo = [() => true, () => false] as const;
const registration = () => ({
  email: `Person${++number}@example.com`,
  password: 'a long password',
  name: 'Person',
  organizationName: 'Sun Ltd',
  language: 'en' as const,
});
/** Registers an organization whose owner has confirmed the address. */
async function registered(person = registration()) {
  const session = await accounts.register(person);
  await confirmEmail(database, session.user.email);
  return session;
}

beforeAll(async () => {
  ({ database } = await migratedDatabase());
  accounts = new Accounts(database, { jwt, apiUrl: API, box });
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

  test('a suspended organization gets no new tokens; its refresh token works once it is resumed', async () => {
    const { organization, refreshToken } = await accounts.register(registration());
    await database.query(`INSERT INTO suspensions (org_id, reason) VALUES ($1, 'unpaid')`, [organization.id]);
    await expect(accounts.refresh(refreshToken)).rejects.toMatchObject({ code: 'organization.suspended' });
    await database.query('DELETE FROM suspensions WHERE org_id = $1', [organization.id]);
    await expect(accounts.refresh(refreshToken)).resolves.toMatchObject({ expiresInS: 1800 });
  });

  test('an address registers once, and nothing of the second attempt stays', async () => {
    const person = registration();
    await accounts.register(person);
    const before = await database.query('SELECT id FROM organizations');
    await expect(accounts.register(person)).rejects.toMatchObject({ code: 'auth.email_taken', pointer: '/email' });
    expect(await database.query('SELECT id FROM organizations')).toHaveLength(before.length);
  });

  test('are welcomed by mail, once, when they are registered', async () => {
    const person = registration();
    await accounts.register(person);
    await expect(accounts.register(person)).rejects.toMatchObject({ code: 'auth.email_taken' });
    const mails = await database.query(
      `SELECT template, data->>'organization' AS name FROM mails WHERE recipient = $1`,
      [person.email.toLowerCase()],
    );
    expect(mails).toEqual([{ template: 'account.welcome', name: 'Sun Ltd' }]);
  });

  test('a wrong password and an unknown address get the same answer', async () => {
    const person = registration();
    await accounts.register(person);
    const wrong = await accounts.login(person.email, 'another').catch((error) => error);
    const unknown = await accounts.login('nobody@example.com', 'another').catch((error) => error);
    expect(wrong.code).toBe('auth.invalid');
    expect(unknown.message).toBe(wrong.message);
  });

  test('a refresh token works once; its reuse ends the whole login, other logins continue', async () => {
    const person = registration();
    const first = await accounts.register(person);
    const other = await accounts.login(person.email, person.password);
    const second = await accounts.refresh(first.refreshToken);
    await expect(accounts.refresh(first.refreshToken)).rejects.toMatchObject({ code: 'auth.token_reused' });
    await expect(accounts.refresh(second.refreshToken)).rejects.toMatchObject({ code: 'auth.invalid' });
    for (const { accessToken } of [first, second])
      await expect(accounts.authenticate(accessToken)).rejects.toMatchObject({ code: 'auth.invalid' });
    await expect(accounts.refresh(other.refreshToken)).resolves.toMatchObject({ expiresInS: 1800 });
  });

  test('two refreshes at once: one wins', async () => {
    const { refreshToken } = await registered();
    const outcomes = await Promise.allSettled([accounts.refresh(refreshToken), accounts.refresh(refreshToken)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('an expired or forged access token is refused by name', async () => {
    const expired = new Accounts(database, { jwt: { ...jwt, accessMinutes: -1 }, apiUrl: API, box });
    const { accessToken } = await expired.register(registration());
    await expect(accounts.authenticate(accessToken)).rejects.toMatchObject({ code: 'auth.expired' });
    const forger = new Accounts(database, { jwt: { ...jwt, secrets: ['y'.repeat(32)] }, apiUrl: API, box });
    const forged = (await forger.register(registration())).accessToken;
    await expect(accounts.authenticate(forged)).rejects.toMatchObject({ code: 'auth.invalid' });
  });

  test('logout ends the tokens of its login, in every process within a second; other logins continue', async () => {
    const refused = { code: 'auth.invalid' };
    const process = new Accounts(database, { jwt, apiUrl: API, box });
    const person = registration();
    const first = await accounts.register(person);
    const other = await accounts.login(person.email, person.password);
    const second = await accounts.refresh(first.refreshToken);
    const tokens = [first.accessToken, second.accessToken];
    for (const token of tokens) await process.authenticate(token);
    await accounts.logout(second.refreshToken);
    for (const token of tokens) await expect(accounts.authenticate(token)).rejects.toMatchObject(refused);
    await expect(accounts.refresh(second.refreshToken)).rejects.toMatchObject(refused);
    await setTimeout(1_000);
    for (const token of tokens) await expect(process.authenticate(token)).rejects.toMatchObject(refused);
    for (const one of [accounts, process])
      await expect(one.authenticate(other.accessToken)).resolves.toMatchObject({ id: first.user.id });
  });

  test('a refresh that runs while its login ends does not outlive it', async () => {
    const person = registration();
    await accounts.register(person);
    for (let i = 0; i < 10; i++) {
      const { refreshToken } = await accounts.login(person.email, person.password);
      const [refreshed, ended] = await Promise.allSettled([
        accounts.refresh(refreshToken),
        setTimeout(i).then(() => accounts.logout(refreshToken)),
      ]);
      expect(ended.status).toBe('fulfilled');
      if (refreshed.status === 'rejected') continue;
      const { accessToken, refreshToken: next } = refreshed.value;
      await expect(accounts.authenticate(accessToken)).rejects.toMatchObject({ code: 'auth.invalid' });
      await expect(accounts.refresh(next)).rejects.toMatchObject({ code: 'auth.invalid' });
    }
  });
});

describe('API keys', () => {
  test('a key authenticates with its scopes; only its hash is stored; revoked it is refused at once', async () => {
    const session = await registered();
    const { organization } = session;
    const { row, key } = await accounts.createKey(await callerOf(session), 'ci', ['jobs:read']);
    expect(key).toMatch(/^tsl_live_/);
    const principal = await accounts.authenticate(key);
    expect(principal).toMatchObject({ orgId: organization.id, kind: 'api_key', id: row.id });
    expect([...principal.scopes]).toEqual(['jobs:read']);
    expect(JSON.stringify(await database.query('SELECT * FROM api_keys'))).not.toContain(key.slice(14));
    await accounts.revokeKey(organization.id, row.id);
    await expect(accounts.authenticate(key)).rejects.toMatchObject({ code: 'auth.invalid' });
  });

  test("another organization's key cannot be revoked and is not listed", async () => {
    const owner = await registered();
    const stranger = await registered();
    const { row } = await accounts.createKey(await callerOf(owner), 'mine');
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
    const session = await registered();
    const { organization } = session;
    const owner = await callerOf(session);
    const other = new Accounts(database, { jwt, apiUrl: API, box });
    const added = person();
    const { id, role } = await accounts.addMember(owner, added);
    expect(role).toBe('member');
    const { accessToken, refreshToken } = await accounts.login(added.email, added.password);
    const may = async (scope: string) => (await accounts.authenticate(accessToken)).scopes.has(scope);
    expect([await may('jobs:write'), await may('keys:write'), await may('organization:write')]).toEqual([
      true,
      false,
      false,
    ]);
    await accounts.changeRole(owner, id, 'owner');
    expect(await may('keys:write')).toBe(true);
    expect((await other.authenticate(accessToken)).orgId).toBe(organization.id);
    expect((await accounts.members(organization.id, 10)).map((one) => one.role)).toEqual(['owner', 'owner']);
    await accounts.removeMember(owner, id);
    await expect(accounts.authenticate(accessToken)).rejects.toMatchObject({ code: 'auth.invalid' });
    await expect(accounts.refresh(refreshToken)).rejects.toMatchObject({ code: 'auth.invalid' });
    other.forget(id); // as its listener does, told by the database
    await expect(other.authenticate(accessToken)).rejects.toMatchObject({ code: 'auth.invalid' });
  });

  test('the last owner stays, also when two leave at once', async () => {
    const session = await registered();
    const { user } = session;
    const owner = await callerOf(session);
    await expect(accounts.removeMember(owner, user.id)).rejects.toMatchObject({ code: 'request.conflict' });
    await expect(accounts.changeRole(owner, user.id, 'member')).rejects.toMatchObject({
      code: 'request.conflict',
    });
    const second = await accounts.addMember(owner, { ...person(), role: 'owner' });
    const leaving = await Promise.allSettled([user, second].map(({ id }) => accounts.removeMember(owner, id)));
    expect(leaving.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test("another organization's people are not found and not changed", async () => {
    const mine = await registered();
    const theirs = await registered();
    for (const attempt of [
      accounts.removeMember(await callerOf(mine), theirs.user.id),
      accounts.changeRole(await callerOf(mine), theirs.user.id, 'member'),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'request.not_found' });
    expect(await accounts.members(theirs.organization.id, 10)).toHaveLength(1);
    await expect(
      accounts.addMember(await callerOf(mine), { ...person(), email: theirs.user.email }),
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

describe('what is taken away', () => {
  const refused = { code: 'auth.invalid' };

  test('a new password, the end of all logins and a removal end access tokens, in every process within a second', async () => {
    const other = new Accounts(database, { jwt, apiUrl: API, box }); // it hears no notification
    const owner = await callerOf(await registered());
    const end = {
      password: (id: string, present: string) => accounts.changePassword(id, present, 'another password'),
      logins: (id: string) => accounts.logoutEverywhere(id),
      removal: (id: string) => accounts.removeMember(owner, id),
    };
    for (const [name, act] of Object.entries(end)) {
      const someone = { ...registration(), role: 'member' as const };
      const { id } = await accounts.addMember(owner, someone);
      const stolen = await accounts.login(someone.email, someone.password);
      const copied = await accounts.login(someone.email, someone.password);
      for (const process of [accounts, other]) await process.authenticate(stolen.accessToken);
      await act(id, someone.password);
      await expect(accounts.authenticate(stolen.accessToken)).rejects.toMatchObject(refused);
      for (const { refreshToken } of [stolen, copied])
        await expect(accounts.refresh(refreshToken)).rejects.toMatchObject(refused);
      await setTimeout(1_000);
      expect([name, await other.authenticate(stolen.accessToken).catch(({ code }) => code)]).toEqual([
        name,
        'auth.invalid',
      ]);
    }
  });

  test('every process is notified at once', async () => {
    const heard: string[] = [];
    const client = await database.pool.connect();
    client.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await client.query(`LISTEN ${CREDENTIALS_CHANNEL}`);
    const session = await registered();
    const { row } = await accounts.createKey(await callerOf(session), 'k');
    await accounts.revokeKey(session.organization.id, row.id);
    await accounts.logoutEverywhere(session.user.id);
    await client.query('UNLISTEN *');
    client.release();
    expect(heard).toEqual([row.id, session.user.id]);
  });

  test('a token of the same second counts as older or newer, whichever it is', async () => {
    const someone = registration();
    const { user, ...first } = await accounts.register(someone);
    let password = someone.password;
    let previous = first.accessToken;
    for (let i = 0; i < 5; i++) {
      const next = `another password ${i}`;
      const session = await accounts.changePassword(user.id, password, next);
      await expect(accounts.authenticate(previous)).rejects.toMatchObject(refused);
      await expect(accounts.authenticate(session.accessToken)).resolves.toMatchObject({ id: user.id });
      [password, previous] = [next, session.accessToken];
    }
  });

  test('a login or refresh that runs while all logins end does not outlive them', async () => {
    const someone = registration();
    const { user } = await accounts.register(someone);
    for (let i = 0; i < 8; i++) {
      const { refreshToken } = await accounts.login(someone.email, someone.password);
      const begun = [accounts.refresh(refreshToken), accounts.login(someone.email, someone.password)];
      const [ended, ...outcomes] = await Promise.allSettled([
        setTimeout(i * 12).then(() => accounts.logoutEverywhere(user.id)),
        ...begun,
      ]);
      expect(ended.status).toBe('fulfilled');
      const [{ valid_from: validFrom }] = await database.query<{ valid_from: Date }>(
        'SELECT tokens_valid_from AS valid_from FROM users WHERE id = $1',
        [user.id],
      );
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') continue;
        const { accessToken, refreshToken: next } = outcome.value;
        const { iat } = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString()) as { iat: number };
        const isAfter = Math.round(iat * 1000) >= validFrom.getTime();
        // Both tokens of a login are of one side of the end.
        const access = await accounts.authenticate(accessToken).then(...yesOrNo);
        expect([access, await accounts.refresh(next).then(...yesOrNo)]).toEqual([isAfter, isAfter]);
      }
    }
  });

  test('a login with a password that has changed while it was checked is refused', async () => {
    const someone = registration();
    const { user } = await accounts.register(someone);
    const changing = await database.pool.connect();
    await changing.query('BEGIN');
    await changing.query('UPDATE users SET password_hash = $2 WHERE id = $1', [user.id, await hashPassword('another')]);
    const login = accounts.login(someone.email, someone.password).catch(({ code }) => code);
    await eventually(
      async () => ((await database.query('SELECT 1 FROM pg_locks WHERE NOT granted')).length > 0 ? true : undefined),
      'the login that waits',
    );
    await changing.query('COMMIT');
    changing.release();
    expect(await login).toBe('auth.invalid');
  });

  test('keys lose what the role of their maker loses, and end with their maker', async () => {
    const owner = await callerOf(await registered());
    const second = { ...registration(), role: 'owner' as const };
    const { id } = await accounts.addMember(owner, second);
    const maker = await callerOf(await accounts.login(second.email, second.password));
    const { key, row } = await accounts.createKey(maker, 'k', ['jobs:read', 'keys:write', 'organization:write']);
    expect(row).toMatchObject({ created_by: id, parent_key_id: null });
    const child = await accounts.createKey(await accounts.authenticate(key), 'child', ['jobs:read', 'keys:write']);
    expect(child.row).toMatchObject({ created_by: id, parent_key_id: row.id });
    const scopes = async (one: string) => [...(await accounts.authenticate(one)).scopes];
    expect(await scopes(child.key)).toEqual(['jobs:read', 'keys:write']);
    await accounts.changeRole(owner, id, 'member');
    expect([await scopes(key), await scopes(child.key)]).toEqual([['jobs:read'], ['jobs:read']]);
    await accounts.changeRole(owner, id, 'owner');
    expect(await scopes(child.key)).toEqual(['jobs:read', 'keys:write']);
    await accounts.removeMember(owner, id);
    for (const one of [key, child.key]) await expect(accounts.authenticate(one)).rejects.toMatchObject(refused);
    expect((await accounts.listKeys(owner.orgId, 10)).every(({ revoked_at }) => revoked_at !== null)).toBe(true);
  });

  test('a revoked key takes the keys that it made with it, of every generation', async () => {
    const owner = await callerOf(await registered());
    const made = [await accounts.createKey(owner, '0', ['keys:write'])];
    for (let i = 1; i < 4; i++)
      made.push(await accounts.createKey(await accounts.authenticate(made[i - 1].key), `${i}`, ['keys:write']));
    const other = await accounts.createKey(owner, 'other');
    const parent = await accounts.authenticate(made[1].key);
    await accounts.revokeKey(owner.orgId, made[1].row.id);
    for (const { key } of made.slice(1)) await expect(accounts.authenticate(key)).rejects.toMatchObject(refused);
    for (const { key } of [made[0], other]) await expect(accounts.authenticate(key)).resolves.toBeDefined();
    // A process that has not heard of it yet makes no key either.
    await expect(accounts.createKey(parent, 'late', ['keys:write'])).rejects.toMatchObject(refused);
  });

  test('keys made before their maker was recorded keep their scopes', async () => {
    const { key, row } = await accounts.createKey(await callerOf(await registered()), 'old');
    await database.query('UPDATE api_keys SET created_by = NULL WHERE id = $1', [row.id]);
    expect([...(await accounts.authenticate(key)).scopes]).toEqual(row.scopes);
  });
});

describe('roles', () => {
  test('an admin manages keys and people, but makes, changes and removes no owner', async () => {
    const owner = await registered();
    const someone = { ...registration(), role: 'admin' as const };
    const { id } = await accounts.addMember(await callerOf(owner), someone);
    const admin = await callerOf(await accounts.login(someone.email, someone.password));
    const { id: memberId } = await accounts.addMember(admin, { ...registration(), role: 'member' });
    await expect(accounts.changeRole(admin, memberId, 'viewer')).resolves.toMatchObject({ role: 'viewer' });
    await expect(accounts.createKey(admin, 'k', ['organization:write'])).resolves.toBeDefined();
    const second = await accounts.addMember(await callerOf(owner), { ...registration(), role: 'owner' });
    const forbidden = { code: 'auth.forbidden', pointer: '/role' };
    for (const act of [
      accounts.addMember(admin, { ...registration(), role: 'owner' }),
      accounts.changeRole(admin, id, 'owner'),
      accounts.changeRole(admin, second.id, 'member'),
      accounts.removeMember(admin, second.id),
    ])
      await expect(act).rejects.toMatchObject(forbidden);
    expect((await accounts.members(admin.orgId, 10)).map(({ role }) => role).sort()).toEqual([
      'admin',
      'owner',
      'owner',
      'viewer',
    ]);
    await expect(accounts.removeMember(admin, memberId)).resolves.toBeUndefined();
  });

  test('a viewer reads, and does nothing else', async () => {
    const owner = await callerOf(await registered());
    const someone = { ...registration(), role: 'viewer' as const };
    await accounts.addMember(owner, someone);
    const { scopes } = await callerOf(await accounts.login(someone.email, someone.password));
    expect([...scopes].sort()).toEqual(
      [...owner.scopes].filter((scope) => scope.endsWith(':read') && scope !== 'audit:read').sort(),
    );
  });
});

describe('nobody grants what they lack', () => {
  test('a key gives no scope and no role beyond its own', async () => {
    const owner = await callerOf(await registered());
    const { id } = await accounts.addMember(owner, { ...registration(), role: 'member' });
    const weak = await accounts.createKey(owner, 'weak', [
      'organization:write',
      'organization:own',
      'keys:write',
      'billing:write',
      'audit:read',
    ]);
    const caller = await accounts.authenticate(weak.key);
    const forbidden = { code: 'auth.forbidden' };
    for (const role of ['owner', 'member'] as const)
      await expect(accounts.addMember(caller, { ...registration(), role })).rejects.toMatchObject({
        ...forbidden,
        pointer: '/role',
      });
    await expect(accounts.createKey(caller, 'more', ['jobs:read'])).rejects.toMatchObject(forbidden);
    await expect(accounts.createKey(caller, 'default')).rejects.toMatchObject(forbidden);
    expect(await accounts.members(owner.orgId, 10)).toHaveLength(2);
    // What a member gains as an owner is what this key has.
    await expect(accounts.changeRole(caller, id, 'owner')).resolves.toMatchObject({ role: 'owner' });
    await expect(accounts.changeRole(caller, id, 'member')).resolves.toMatchObject({ role: 'member' });
    const single = await accounts.createKey(owner, 'single', ['organization:write']);
    await expect(accounts.changeRole(await accounts.authenticate(single.key), id, 'owner')).rejects.toMatchObject(
      forbidden,
    );
  });
});

test('a database that cannot be reached is reported, and is no error of the platform', async () => {
  const server = await startPostgres();
  const own = await Database.connect({ url: server.url, poolSize: 2, applicationName: 'test' });
  await server.stop();
  const away = new Accounts(own, { jwt, apiUrl: API, box });
  await expect(away.login('a@example.com', 'x')).rejects.toMatchObject({ code: 'service.unavailable' });
  await expect(away.register(registration())).rejects.toMatchObject({ code: 'service.unavailable' });
  await own.close();
});
