import { ApplicationFailure } from '@temporalio/activity';
import type { MailInput, MailStatus } from '../../src/contracts/mails/mails.ts';
import type { Queryable } from '../../src/adapters/database/database.ts';
import { MailError, type MailTransport } from '../../src/adapters/mail/transport.ts';
import { sendMail as send } from '../../src/services/mails/mails.ts';

/** The provider's Retry-After is the time of the next attempt. */
export async function sendMail({ mailId }: MailInput, database: Queryable, mails: MailTransport): Promise<MailStatus> {
  try {
    return await send(mailId, database, mails);
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const { message, retryAfterS } = error;
    const nextRetryDelay = retryAfterS === undefined ? undefined : retryAfterS * 1000;
    throw ApplicationFailure.create({ message, type: 'MailError', nextRetryDelay, cause: error });
  }
}
