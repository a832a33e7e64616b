/** The audit log on a real PostgreSQL: nobody changes it, its chain shows every change, and what is personal can be erased. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { grantApplicationRole } from '../../src/adapters/database/application-role.ts';
import { Database } from '../../src/adapters/database/database.ts';
import { newId } from '../../src/adapters/database/new-id.ts';
import { Accounts } from '../../src/services/accounts/accounts.ts';
import { actingAs, audit, listAudit } from '../../src/services/audit/audit.ts';
import { chainAudit, verifyAudit } from '../../src/services/audit/chain.ts';
import { Sites } from '../../src/services/sites/sites.ts';
import { SecretBox } from '../../src/services/webhooks/secret-box.ts';
import { migratedDatabase } from '../support/postgres.ts';

const box = new SecretBox(['b'.repeat(32)]);
const jwt = { secrets: ['x'.repeat(32)], algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 } as const;
const APPEND_ONLY = ['audit_events', 'audit_links'];
/** Its owner's connection, and that of the application's role */
let owner: Database;
let database: Database;
let orgId: string;

const chainAll = async (): Promise<void> => {
  while ((await chainAudit(database)) > 0);
};
const types = async (): Promise<string[]> =>
  (await listAudit(database, orgId, { limit: 200 })).map(({ type }) => type).reverse();
const verdict = async () => (await verifyAudit(database, orgId))[0];
/** Does what only a superuser can who disables the triggers. */
async function tamper(sql: string, parameters: unknown[]): Promise<void> {
  await owner.transaction(async (tx) => {
    await tx.query(`SET LOCAL session_replication_role = 'replica'`);
    await tx.query(sql, parameters);
  });
}

beforeAll(async () => {
  const migrated = await migratedDatabase();
  owner = migrated.database;
  const url = new URL(migrated.url);
  url.username = `app_${randomBytes(6).toString('hex')}`;
  url.password = `it's "secret"`;
  expect(await grantApplicationRole(owner.dataSource, migrated.url)).toBeUndefined();
  for (let i = 0; i < 2; i++) expect(await grantApplicationRole(owner.dataSource, url.href)).toBe(url.username);
  database = await Database.connect({ url: url.href, poolSize: 10, applicationName: 'test' });
});
afterAll(async () => {
  await database?.close();
  await owner?.close();
});

test('an act and its entry are committed together or not at all, with who did it', async () => {
  orgId = newId('organization');
  await database.query(`INSERT INTO organizations (id, name) VALUES ($1, 'Org')`, [orgId]);
  const sites = new Sites(database);
  const actor = { kind: 'api_key', id: 'key_1', personal: { address: '203.0.113.1', client: 'test' } } as const;
  const site = await actingAs(actor, () => sites.create(orgId, { name: 'S', latitude_deg: 1, longitude_deg: 2 }));
  await actingAs(actor, () => sites.update(orgId, site.id, { name: 'T' }));
  await sites.delete(orgId, site.id);
  await expect(sites.delete(orgId, site.id)).rejects.toMatchObject({ code: 'request.not_found' });
  await chainAll();
  expect(await listAudit(database, orgId, { limit: 10 })).toMatchObject([
    { type: 'site.deleted', actor_kind: 'system', actor_id: null, personal: null, is_erased: false, sequence: 3 },
    { type: 'site.changed', actor_id: 'key_1', details: { fields: ['name'] }, sequence: 2 },
    { type: 'site.created', target_id: site.id, personal: { address: '203.0.113.1', client: 'test' }, sequence: 1 },
  ]);
  expect(await listAudit(database, orgId, { limit: 10, actorId: 'key_1', type: 'site.created' })).toHaveLength(1);
  expect(await listAudit(database, orgId, { limit: 10, until: new Date(0) })).toEqual([]);
});

test.each(APPEND_ONLY)(
  'the role of the application inserts into and reads %s, and changes or deletes nothing',
  async (table) => {
    const column = table === 'audit_links' ? 'org_id' : 'type';
    for (const sql of [
      `UPDATE ${table} SET ${column} = 'x'`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `ALTER TABLE ${table} DISABLE TRIGGER append_only`,
      `DROP TRIGGER append_only ON ${table}`,
      `DROP TABLE ${table}`,
    ])
      await expect(database.query(sql)).rejects.toMatchObject({
        code: '42501',
        message: expect.not.stringContaining('append-only'),
      });
    // Where there is one role only, the trigger refuses.
    for (const sql of [`UPDATE ${table} SET ${column} = 'x'`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
      await expect(owner.query(sql)).rejects.toMatchObject({
        code: '42501',
        message: expect.stringContaining('append-only'),
      });
    expect((await database.query(`SELECT 1 FROM ${table}`)).length).toBeGreaterThan(0);
  },
);

test('many transactions at the same time make one chain without gaps, whoever chains it', async () => {
  const acts = Array.from({ length: 60 }, (_, n) =>
    database.transaction((tx) => audit(tx, { orgId, type: 'site.created', details: { n, b: { z: 1, a: 2 } } })),
  );
  const chaining = Array.from({ length: 5 }, () => chainAudit(database));
  await Promise.all([...acts, ...chaining]);
  await chainAll();
  const before = await verdict();
  expect(before).toMatchObject({ n_entries: 63, n_waiting: 0, n_erased: 0, faults: [] });
  expect(before.head).toMatch(/^[0-9a-f]{64}$/);
});

test('erased personal content leaves the chain whole, and is counted', async () => {
  await database.query('DELETE FROM audit_personal WHERE org_id = $1', [orgId]);
  expect(await verdict()).toMatchObject({ n_erased: 2, faults: [] });
  expect((await listAudit(database, orgId, { limit: 1, actorId: 'key_1' }))[0]).toMatchObject({
    personal: null,
    is_erased: true,
  });
});

test('the chain shows a changed entry, a removed one, and changed personal content', async () => {
  await actingAs({ kind: 'user', id: 'usr_1', personal: { address: '192.0.2.1' } }, () =>
    database.transaction((tx) => audit(tx, { orgId, type: 'site.created' })),
  );
  await chainAll();
  await database.query(`UPDATE audit_personal SET content = '{"address": "192.0.2.2"}' WHERE org_id = $1`, [orgId]);
  expect((await verdict()).faults).toEqual([expect.stringMatching(/^personal content of entry 64 .* was changed$/)]);
  await database.query(`UPDATE audit_personal SET content = '{"address": "192.0.2.1"}' WHERE org_id = $1`, [orgId]);
  expect((await verdict()).faults).toEqual([]);
  const [{ id }] = await database.query<{ id: string }>(
    'SELECT event_id AS id FROM audit_links WHERE org_id = $1 AND sequence = 5',
    [orgId],
  );
  await tamper(`UPDATE audit_events SET actor_id = 'usr_2' WHERE id = $1`, [id]);
  expect((await verdict()).faults).toEqual([`entry 5 (${id}) was changed`]);
  await tamper('DELETE FROM audit_events WHERE id = $1', [id]);
  expect((await verdict()).faults).toEqual([`entry 5 (${id}) is missing`]);
  await tamper('DELETE FROM audit_links WHERE event_id = $1', [id]);
  expect((await verdict()).faults[0]).toBe('entries 5 to 5 are missing');
});

test('five failed logins in a quarter of an hour are one entry, those of an unknown address none', async () => {
  const accounts = new Accounts(database, { jwt, apiUrl: 'https://api.example.com', box });
  const person = {
    email: 'Burst@example.com',
    password: 'a long password',
    name: 'N',
    organizationName: 'O',
    language: 'en' as const,
  };
  const session = await accounts.register(person);
  orgId = session.organization.id;
  for (let i = 0; i < 7; i++)
    await expect(accounts.login(person.email, 'wrong')).rejects.toMatchObject({ code: 'auth.invalid' });
  await expect(accounts.login('nobody@example.com', 'wrong')).rejects.toMatchObject({ code: 'auth.invalid' });
  await accounts.login(person.email, person.password);
  await accounts.logoutEverywhere(session.user.id);
  const seen = await types();
  // Seven attempts may reach over the end of a quarter of an hour.
  expect(seen.filter((type) => type !== 'auth.logins_failed')).toEqual([
    'organization.registered',
    'auth.login',
    'auth.logout_everywhere',
  ]);
  expect(seen.filter((type) => type === 'auth.logins_failed').length).toBeLessThanOrEqual(1);
  const [{ n }] = await database.query<{ n: number }>('SELECT sum(n)::int AS n FROM failed_logins WHERE user_id = $1', [
    session.user.id,
  ]);
  expect(n).toBe(7);
});
