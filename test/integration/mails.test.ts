/** Mails on a real PostgreSQL: one event makes one mail, and one mail is sent once, whatever happens on the way. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import type { MailRow } from '../../src/adapters/database/tables/mails.ts';
import { MailError, type OutgoingMail } from '../../src/adapters/mail/transport.ts';
import {
  enqueueMail,
  enqueueMailToOwners,
  giveUpMail,
  reconcileMails,
  sendMail,
} from '../../src/services/mails/mails.ts';
import { migratedDatabase } from '../support/postgres.ts';

let database: Database;
const sent: OutgoingMail[] = [];
/** What the provider does with the next mails; then it accepts. */
const script: (() => Promise<string>)[] = [];
const transport = {
  send: (mail: OutgoingMail): Promise<string> => {
    sent.push(mail);
    return script.shift()?.() ?? Promise.resolve('provider-id');
  },
};

beforeAll(async () => {
  database = (await migratedDatabase()).database;
  await database.query(`INSERT INTO organizations (id, name) VALUES ('org_1', 'O')`);
  for (const [id, role] of [
    ['usr_1', 'owner'],
    ['usr_2', 'member'],
    ['usr_3', 'owner'],
  ])
    await database.query(
      `INSERT INTO users (id, org_id, email, name, password_hash, role) VALUES ($1, 'org_1', $2, 'N', '', $3)`,
      [id, `${id}@example.com`, role],
    );
});
afterAll(async () => {
  await database?.close();
});

let keys = 0;
const data = { name: 'N', organization: 'O', apiUrl: 'https://api.example.com' };
const newMail = (idempotencyKey = `key-${++keys}`) =>
  database.transaction((tx) =>
    enqueueMail(tx, { orgId: 'org_1', to: 'a@example.com', template: 'account.welcome', data, idempotencyKey }),
  );
const row = async (id: string): Promise<MailRow> =>
  (await database.query<MailRow>('SELECT * FROM mails WHERE id = $1', [id]))[0];
const sentOf = (id: string): number => sent.filter((mail) => mail.id === id).length;

describe('mails', () => {
  test('an event that is replayed makes no second mail, and an aborted transaction none', async () => {
    const id = await newMail('once');
    expect(await newMail('once')).toBeUndefined();
    expect(await database.query('SELECT topic FROM outbox WHERE mail_id = $1', [id])).toEqual([{ topic: 'mail.send' }]);
    const aborted = database.transaction(async (tx) => {
      await enqueueMail(tx, { orgId: 'org_1', to: 'a@x.com', template: 'account.welcome', data, idempotencyKey: 'no' });
      throw new Error('aborted');
    });
    await expect(aborted).rejects.toThrow('aborted');
    expect(await database.query(`SELECT id FROM mails WHERE idempotency_key = 'no'`)).toEqual([]);
  });

  test('owners get it, members do not', async () => {
    await database.transaction((tx) =>
      enqueueMailToOwners(tx, { orgId: 'org_1', template: 'account.welcome', data, idempotencyKey: 'owners' }),
    );
    const rows = await database.query(`SELECT recipient FROM mails WHERE idempotency_key LIKE 'owners/%' ORDER BY 1`);
    expect(rows).toEqual([{ recipient: 'usr_1@example.com' }, { recipient: 'usr_3@example.com' }]);
  });

  test('a retried activity sends nothing more', async () => {
    const id = (await newMail())!;
    expect(await sendMail(id, database, transport)).toBe('sent');
    expect(await sendMail(id, database, transport)).toBe('sent');
    expect(sentOf(id)).toBe(1);
    expect(await row(id)).toMatchObject({ status: 'sent', provider_id: 'provider-id', attempts: 1, error: null });
  });

  test('two attempts at once send it once', async () => {
    const id = (await newMail())!;
    await Promise.all([sendMail(id, database, transport), sendMail(id, database, transport)]);
    expect(sentOf(id)).toBe(1);
    expect((await row(id)).status).toBe('sent');
  });

  test('what the provider takes later is tried again; what it refuses is not', async () => {
    const id = (await newMail())!;
    script.push(() => Promise.reject(new MailError('later', 'SendGrid answered 503', { retryAfterS: 9 })));
    await expect(sendMail(id, database, transport)).rejects.toMatchObject({ retryAfterS: 9 });
    expect(await row(id)).toMatchObject({ status: 'pending', error: 'SendGrid answered 503' });
    expect(await sendMail(id, database, transport)).toBe('sent');
    expect(await row(id)).toMatchObject({ attempts: 2, error: null });
    const refused = (await newMail())!;
    script.push(() => Promise.reject(new MailError('refused', 'SendGrid answered 400')));
    expect(await sendMail(refused, database, transport)).toBe('failed');
    expect(await sendMail(refused, database, transport)).toBe('failed');
    expect(sentOf(refused)).toBe(1);
  });

  test('a lost answer and a lost worker leave it unconfirmed, never sent twice', async () => {
    const id = (await newMail())!;
    script.push(() => Promise.reject(new MailError('unknown', 'no answer')));
    expect(await sendMail(id, database, transport)).toBe('unconfirmed');
    expect(await sendMail(id, database, transport)).toBe('unconfirmed');
    const lost = (await newMail())!;
    await database.query(`UPDATE mails SET status = 'sending' WHERE id = $1`, [lost]);
    expect(await sendMail(lost, database, transport)).toBe('unconfirmed');
    expect([sentOf(id), sentOf(lost)]).toEqual([1, 0]);
  });

  test('whose workflow was lost is closed after its day', async () => {
    const [old, fresh] = [(await newMail())!, (await newMail())!];
    await database.query('DELETE FROM outbox');
    await database.query(`UPDATE mails SET created_at = now() - interval '26 hours' WHERE id = $1`, [old]);
    expect(await reconcileMails(database, { stateOf: async () => 'running' })).toEqual([]);
    expect(await reconcileMails(database, { stateOf: async () => 'absent' })).toEqual([old]);
    expect([(await row(old)).status, (await row(fresh)).status]).toEqual(['failed', 'pending']);
  });

  test('given up after its time, and only when it was not sent', async () => {
    const [pending, done] = [(await newMail())!, (await newMail())!];
    await sendMail(done, database, transport);
    expect(await giveUpMail(pending, database)).toBe('failed');
    expect(await giveUpMail(done, database)).toBe('sent');
  });
});
