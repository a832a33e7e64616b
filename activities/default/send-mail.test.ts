/** What the activity adds to the service, which test/integration/mails.test.ts holds: when Temporal tries again. */
import { expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { Queryable } from '../../src/adapters/database/database.ts';
import { MailError, type MailTransport } from '../../src/adapters/mail/transport.ts';
import { sendMail } from './send-mail.ts';

const data = { name: 'N', organization: 'O', apiUrl: 'https://api.example.com' };
const MAIL = { id: 'mail_1', recipient: 'a@example.com', template: 'account.welcome', data };
/** Answers the claim with the mail, and notes the status that is written afterwards. */
const databaseOf = (statuses: unknown[]): Queryable => ({
  query: async (sql, parameters = []) => {
    if (sql.includes("status = 'sending', attempts")) return [MAIL] as never[];
    statuses.push(parameters[1]);
    return [];
  },
});
async function attempt(send: MailTransport['send']) {
  const statuses: unknown[] = [];
  const outcome = await sendMail({ mailId: 'mail_1', orgId: 'org_1' }, databaseOf(statuses), { send }).catch(
    (error: Error) => error,
  );
  return { outcome, statuses };
}
const failing = (failure: 'later' | 'refused' | 'unknown', retryAfterS?: number) =>
  attempt(() => Promise.reject(new MailError(failure, `it was ${failure}`, { retryAfterS })));

test('a mail that is accepted is sent', async () => {
  expect(await attempt(async () => 'provider-id')).toEqual({ outcome: 'sent', statuses: ['sent'] });
});

test("the provider's Retry-After is the time until the next attempt, and without one the retry policy decides", async () => {
  const asked = await failing('later', 90);
  expect(asked.outcome).toBeInstanceOf(ApplicationFailure);
  expect(asked.outcome).toMatchObject({ type: 'MailError', nextRetryDelay: 90_000, nonRetryable: false });
  expect(asked.statuses).toEqual(['pending']);
  expect((await failing('later')).outcome).toMatchObject({ type: 'MailError', nextRetryDelay: undefined });
});

test('a mail that may have gone out, or never will, is not tried again', async () => {
  expect(await failing('unknown')).toEqual({ outcome: 'unconfirmed', statuses: ['unconfirmed'] });
  expect(await failing('refused')).toEqual({ outcome: 'failed', statuses: ['failed'] });
});

test('a failure of the database is left to the retry policy as it is', async () => {
  const lost = new Error('connection lost');
  const database: Queryable = { query: () => Promise.reject(lost) };
  const send = async () => 'provider-id';
  await expect(sendMail({ mailId: 'mail_1', orgId: 'org_1' }, database, { send })).rejects.toBe(lost);
});
