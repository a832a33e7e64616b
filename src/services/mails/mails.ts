/**
 * A mail is written by the transaction that causes it and sent through the outbox. Each mail is sent at most once, even
 * if several attempts are made.
 */
import { type AddressProblem, type MailStatus, mailWorkflowId } from '../../contracts/mails/mails.ts';
import type { Database, Queryable } from '../../adapters/database/database.ts';
import { walk } from '../../adapters/database/walk.ts';
import type { MailRow } from '../../adapters/database/tables/mails.ts';
import { newId } from '../../adapters/database/new-id.ts';
import type { Localized, MailTemplate } from '../../adapters/mail/content.ts';
import { metrics } from '../../adapters/observability/metrics.ts';
import { renderMail } from '../../adapters/mail/templates.ts';
import type { Language } from '../../contracts/common/languages.ts';
import { problemOf, REQUESTED_MAILS } from './addresses.ts';
import { MailError, type MailTransport } from '../../adapters/mail/transport.ts';

export interface NewMail<T extends MailTemplate> {
  readonly orgId: string;
  readonly to: string;
  readonly template: T;
  readonly data: Localized<T>;
  /** Identifies the event and the recipient; a second mail with the same key is not created. */
  readonly idempotencyKey: string;
}

/**
 * Writes a mail and its outbox row.
 * @returns the mail's id, undefined if its key was used before
 */
export async function enqueueMail<T extends MailTemplate>(
  tx: Queryable,
  mail: NewMail<T>,
): Promise<string | undefined> {
  const [made] = await tx.query<{ id: string }>(
    `INSERT INTO mails (id, org_id, idempotency_key, template, recipient, data, status)
     VALUES ($1, $2, $3, $4, $5, $6, 'pending') ON CONFLICT (idempotency_key) DO NOTHING RETURNING id`,
    [newId('mail'), mail.orgId, mail.idempotencyKey, mail.template, mail.to, mail.data],
  );
  if (!made) return undefined;
  await tx.query(`INSERT INTO outbox (topic, mail_id) VALUES ('mail.send', $1)`, [made.id]);
  await tx.query(`SELECT pg_notify('outbox', '')`);
  return made.id;
}

/** Writes the same mail to every owner of an organization, in the owner's language. */
export async function enqueueMailToOwners<T extends MailTemplate>(
  tx: Queryable,
  mail: Omit<NewMail<T>, 'to'>,
): Promise<void> {
  const owners = await tx.query<{ id: string; email: string; language: Language }>(
    `SELECT id, email, language FROM users WHERE org_id = $1 AND role = 'owner' ORDER BY id`,
    [mail.orgId],
  );
  for (const { id, email, language } of owners)
    await enqueueMail(tx, {
      ...mail,
      to: email,
      data: { ...mail.data, language },
      idempotencyKey: `${mail.idempotencyKey}/${id}`,
    });
}

/** The link of a mail works like a password, so it is not stored longer than the mail waits. */
const WITHOUT_LINK = `data = data - 'link'`;

/**
 * Attempts to send a mail. The attempt claims the mail before it calls the provider. If the attempt ends without an
 * outcome, because its worker was killed or the provider's answer was lost, no second mail is sent.
 * @returns the status of the mail
 * @throws MailError `later` if another attempt may send it
 */
export async function sendMail(mailId: string, database: Queryable, transport: MailTransport): Promise<MailStatus> {
  const [mail] = await database.query<MailRow & { problem: AddressProblem | null }>(
    `UPDATE mails SET status = 'sending', attempts = attempts + 1 WHERE id = $1 AND status = 'pending' RETURNING *, ${problemOf('lower(recipient)')} AS problem`,
    [mailId],
  );
  if (!mail) {
    const [lost] = await database.query(
      `UPDATE mails SET status = 'unconfirmed', error = 'the worker was lost while sending', ended_at = now(), ${WITHOUT_LINK}
       WHERE id = $1 AND status = 'sending' RETURNING id`,
      [mailId],
    );
    if (lost) return 'unconfirmed';
    const [ended] = await database.query<MailRow>('SELECT status FROM mails WHERE id = $1', [mailId]);
    return ended?.status ?? 'failed';
  }
  const { problem, template } = mail;
  if (problem && problem !== 'blocked' && !REQUESTED_MAILS.includes(template)) {
    metrics.mailsHeld.inc({ problem });
    await settle('failed', null, `not sent: the address ${problem === 'complained' ? 'has' : 'is'} ${problem}`);
    return 'failed';
  }
  let providerId: string;
  try {
    const rendered = renderMail(mail.template, mail.data);
    providerId = await transport.send({ id: mail.id, to: mail.recipient, ...rendered });
  } catch (error) {
    const { failure, message } = error instanceof MailError ? error : { failure: 'refused', message: String(error) };
    if (failure === 'later') {
      await settle('pending', null, message);
      throw error;
    }
    const status = failure === 'unknown' ? 'unconfirmed' : 'failed';
    await settle(status, null, message);
    return status;
  }
  await settle('sent', providerId, null);
  return 'sent';

  async function settle(status: MailStatus, providerId: string | null, error: string | null): Promise<void> {
    await database.query(
      status === 'pending'
        ? 'UPDATE mails SET status = $2, provider_id = $3, error = $4 WHERE id = $1'
        : `UPDATE mails SET status = $2, provider_id = $3, error = $4, ended_at = now(), ${WITHOUT_LINK} WHERE id = $1`,
      [mailId, status, providerId, error],
    );
  }
}

/** Gives up a mail that the provider did not accept in time. @returns its new status */
export async function giveUpMail(mailId: string, database: Database): Promise<MailStatus> {
  const [mail] = await database.query<MailRow>(
    `UPDATE mails SET status = CASE WHEN status = 'pending' THEN 'failed' WHEN status = 'sending' THEN 'unconfirmed'
       ELSE status END, ended_at = coalesce(ended_at, now()), ${WITHOUT_LINK} WHERE id = $1 RETURNING status`,
    [mailId],
  );
  return mail?.status ?? 'failed';
}

/** The platform tries to send a mail for a day. */
const MIN_AGE_H = 25;

/** Closes mails whose workflow was lost with its server. @returns their ids */
export async function reconcileMails(
  database: Database,
  workflows: { stateOf(workflowId: string): Promise<string> },
): Promise<string[]> {
  const open = `SELECT id FROM mails m WHERE status IN ('pending', 'sending')
    AND created_at < now() - ${MIN_AGE_H} * interval '1 hour'
    AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.mail_id = m.id)`;
  const closed: string[] = [];
  await walk(database, open, async ({ id }) => {
    if ((await workflows.stateOf(mailWorkflowId({ mailId: id }))) === 'running') return;
    await giveUpMail(id, database);
    closed.push(id);
  });
  return closed;
}
