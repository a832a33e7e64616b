/** API keys: when they end, what replaces them, and what they give to what they make. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { Accounts } from '../../src/services/accounts/accounts.ts';
import { People } from '../../src/services/accounts/people.ts';
import { DEFAULT_KEY_SCOPES, type Principal, type Scope } from '../../src/contracts/common/scopes.ts';
import type { Database } from '../../src/adapters/database/database.ts';
import { confirmEmail } from '../support/customer.ts';
import { SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { migratedDatabase } from '../support/postgres.ts';

const box = new SecretBox(['b'.repeat(32)]);
const jwt = { secrets: ['x'.repeat(32)], algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 } as const;
const API = 'https://api.example.com';
const HOUR_MS = 3_600_000;
let database: Database;
let accounts: Accounts;
let people: People;
let number = 0;

beforeAll(async () => {
  ({ database } = await migratedDatabase());
  accounts = new Accounts(database, { jwt, apiUrl: API, box });
  people = new People(database, accounts, API);
});
afterAll(async () => {
  await database?.close();
});

/** An owner with a confirmed address, as the API knows the caller. */
async function owner(): Promise<Principal> {
  const email = `owner${++number}@example.com`;
  const person = { email, password: 'a long password', name: 'P', organizationName: 'Org', language: 'en' as const };
  const { accessToken } = await accounts.register(person);
  await confirmEmail(database, email);
  return accounts.authenticate(accessToken);
}
const inHours = (hours: number): Date => new Date(Date.now() + hours * HOUR_MS);
const MANAGING: readonly Scope[] = ['jobs:read', 'keys:write', 'organization:write'];
const codeOf = (credentials: string): Promise<unknown> =>
  accounts.authenticate(credentials).then(
    () => 'accepted',
    ({ code }) => code,
  );

describe('the end of a key', () => {
  test('it is refused by name once its time has come, in a process that knew it too', async () => {
    const { key, row } = await accounts.createKey(await owner(), 'k', undefined, {
      expiresAt: new Date(Date.now() + 900),
    });
    expect(await codeOf(key)).toBe('accepted');
    await setTimeout(2_000);
    expect(await codeOf(key)).toBe('auth.expired');
    const [{ last_used_at: lastUsed }] = await database.query<{ last_used_at: Date }>(
      'SELECT last_used_at FROM api_keys WHERE id = $1',
      [row.id],
    );
    expect(lastUsed.getTime()).toBeLessThan(row.expires_at!.getTime());
  });

  test('a time that has passed is refused', async () => {
    await expect(accounts.createKey(await owner(), 'k', undefined, { expiresAt: inHours(-1) })).rejects.toMatchObject({
      code: 'request.invalid',
      pointer: '/expires_at',
    });
  });

  test('a key that a key makes ends with it at the latest, and has its addresses', async () => {
    const expiresAt = inHours(2);
    const terms = { expiresAt, allowedAddresses: ['10.0.0.0/8', '2001:db8::/32'] };
    const { key } = await accounts.createKey(await owner(), 'parent', MANAGING, terms);
    const parent = await accounts.authenticate(key);
    const make = (more: object) => accounts.createKey(parent, 'child', ['jobs:read'], more);
    expect((await make({})).row).toMatchObject({ expires_at: expiresAt, allowed_addresses: terms.allowedAddresses });
    const less = { expiresAt: inHours(1), allowedAddresses: ['10.1.0.0/16'] };
    expect((await make(less)).row).toMatchObject({ expires_at: less.expiresAt, allowed_addresses: ['10.1.0.0/16'] });
    await expect(make({ expiresAt: inHours(3) })).rejects.toMatchObject({ pointer: '/expires_at' });
    for (const range of ['10.0.0.0/7', '0.0.0.0/0', '2001:db9::/32'])
      await expect(make({ allowedAddresses: [range] })).rejects.toMatchObject({ pointer: '/allowed_addresses' });
  });
});

describe('rotation', () => {
  test('both keys work until the overlap ends; the new one has the scopes, the addresses and the end of the old one', async () => {
    const caller = await owner();
    const expiresAt = inHours(100);
    const old = await accounts.createKey(caller, 'ci', ['jobs:read'], { expiresAt, allowedAddresses: ['10.0.0.0/8'] });
    const made = await accounts.rotateKey(caller, { keyId: old.row.id, overlapH: 1 });
    expect(made.row).toMatchObject({
      name: 'ci',
      scopes: ['jobs:read'],
      allowed_addresses: ['10.0.0.0/8'],
      expires_at: expiresAt,
      replaces_key_id: old.row.id,
      parent_key_id: null,
    });
    for (const { key } of [old, made]) expect(await codeOf(key)).toBe('accepted');
    const [{ left }] = await database.query<{ left: number }>(
      'SELECT extract(epoch FROM expires_at - now())::float8 AS left FROM api_keys WHERE id = $1',
      [old.row.id],
    );
    expect(left).toBeGreaterThan(3_590);
    expect(left).toBeLessThanOrEqual(3_600);
    await expect(accounts.rotateKey(caller, { keyId: old.row.id, overlapH: 1 })).rejects.toMatchObject({
      code: 'request.conflict',
      fix: expect.stringContaining(made.row.id),
    });
    const last = await accounts.rotateKey(caller, { keyId: made.row.id, overlapH: 0, expiresAt: null });
    expect([await codeOf(made.key), await codeOf(last.key), last.row.expires_at]).toEqual([
      'auth.expired',
      'accepted',
      null,
    ]);
  });

  test('gives nobody scopes that they lack, and finds no key of another organization', async () => {
    const caller = await owner();
    const strong = await accounts.createKey(caller, 'strong', ['billing:write']);
    const weak = await accounts.authenticate((await accounts.createKey(caller, 'weak', ['keys:write'])).key);
    const rotation = { keyId: strong.row.id, overlapH: 0 };
    await expect(accounts.rotateKey(weak, rotation)).rejects.toMatchObject({ code: 'auth.forbidden' });
    await expect(accounts.rotateKey(await owner(), rotation)).rejects.toMatchObject({ code: 'request.not_found' });
    expect(await codeOf(strong.key)).toBe('accepted');
    await accounts.revokeKey(caller.orgId, strong.row.id);
    await expect(accounts.rotateKey(caller, rotation)).rejects.toMatchObject({ code: 'request.conflict' });
  });

  test('a key that rotates itself gains no time, and its revocation ends its successor', async () => {
    const caller = await owner();
    const expiresAt = inHours(2);
    const stolen = await accounts.createKey(caller, 'stolen', MANAGING, { expiresAt });
    const thief = await accounts.authenticate(stolen.key);
    const rotation = { keyId: stolen.row.id, overlapH: 1 };
    await expect(accounts.rotateKey(thief, { ...rotation, expiresAt: inHours(9) })).rejects.toMatchObject({
      pointer: '/expires_at',
    });
    const successor = await accounts.rotateKey(thief, rotation);
    expect(successor.row).toMatchObject({ expires_at: expiresAt, parent_key_id: stolen.row.id });
    await accounts.revokeKey(caller.orgId, stolen.row.id);
    expect([await codeOf(stolen.key), await codeOf(successor.key)]).toEqual(['auth.invalid', 'auth.invalid']);
  });
});

describe('revocation', () => {
  test('ends open invitations that were sent with the key or with keys that it made, also one that is sent meanwhile', async () => {
    const caller = await owner();
    const { key, row } = await accounts.createKey(caller, 'stolen', [...caller.scopes] as Scope[]);
    const thief = await accounts.authenticate(key);
    const child = await accounts.authenticate(
      (await accounts.createKey(thief, 'child', [...caller.scopes] as Scope[])).key,
    );
    const invite = (maker: Principal) =>
      people.invite(maker, { email: `i${++number}@example.com`, role: 'member', language: 'en' });
    const sent = [await invite(thief), await invite(child)];
    const own = await invite(caller);
    await accounts.revokeKey(caller.orgId, row.id);
    const rows = await people.invitations(caller.orgId, 10);
    const revoked = rows.filter(({ revoked_at }) => revoked_at !== null).map(({ id }) => id);
    expect(revoked.sort()).toEqual(sent.map(({ id }) => id).sort());
    expect(rows.find(({ id }) => id === own.id)?.revoked_at).toBeNull();
    // A process that has not heard of it yet sends none either.
    await expect(invite(thief)).rejects.toMatchObject({ code: 'auth.invalid' });
  });

  test('spares the keys that the key made only where that is said', async () => {
    const caller = await owner();
    const { key, row } = await accounts.createKey(caller, 'parent', MANAGING);
    const child = await accounts.createKey(await accounts.authenticate(key), 'child', ['jobs:read']);
    await accounts.revokeKey(caller.orgId, row.id, true);
    expect([await codeOf(key), await codeOf(child.key)]).toEqual(['auth.invalid', 'accepted']);
    await accounts.revokeKey(caller.orgId, row.id);
    await setTimeout(1_000);
    expect(await codeOf(child.key)).toBe('auth.invalid');
  });

  test('every process that hears no notification refuses the key within a second', async () => {
    const caller = await owner();
    const deaf = [1, 2].map(() => new Accounts(database, { jwt, apiUrl: API, box }));
    const { key, row } = await accounts.createKey(caller, 'k');
    for (const one of deaf) await one.authenticate(key);
    await accounts.revokeKey(caller.orgId, row.id);
    await setTimeout(1_000);
    for (const one of deaf) await expect(one.authenticate(key)).rejects.toMatchObject({ code: 'auth.invalid' });
  });
});

test('a test key begins with tsl_test_, is shown to its caller, and manages and mails nothing', async () => {
  const caller = await owner();
  const { key, row } = await accounts.createKey(caller, 'test', undefined, { isTest: true });
  expect([key.slice(0, 9), row.scopes]).toEqual(['tsl_test_', [...DEFAULT_KEY_SCOPES]]);
  expect(await accounts.authenticate(key)).toMatchObject({ isTest: true });
  for (const scope of ['mail:send', 'keys:write', 'organization:write', 'billing:write'] as const)
    await expect(accounts.createKey(caller, 'test', [scope], { isTest: true })).rejects.toMatchObject({
      code: 'request.invalid',
      pointer: '/scopes',
    });
  const rotated = await accounts.rotateKey(caller, { keyId: row.id, overlapH: 1 });
  expect([rotated.row.is_test, rotated.key.slice(0, 9)]).toEqual([true, 'tsl_test_']);
  expect((await accounts.createKey(caller, 'live')).key).toMatch(/^tsl_live_/);
});
