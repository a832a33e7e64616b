/**
 * Which addresses mails reach, as SendGrid reports it. Of each address the latest time of each sign is stored, so that
 * events that are late, repeated or in another order lead to the same state.
 */
import type { Database, Queryable } from '../../adapters/database/database.ts';
import type { StoredSign } from '../../adapters/database/tables/mails.ts';
import type { MailTemplate } from '../../adapters/mail/content.ts';
import type { MailEvent, SendGridEvents } from '../../adapters/mail/sendgrid-events.ts';
import { metrics } from '../../adapters/observability/metrics.ts';
import { ADDRESS_PROBLEMS, type AddressProblem } from '../../contracts/mails/mails.ts';
import { asPlatform, audit } from '../audit/audit.ts';

/** Mails that a person asks for: they are sent whatever was reported, and one that arrives shows that the person reads mails again. */
export const REQUESTED_MAILS: readonly MailTemplate[] = [
  'account.welcome',
  'account.confirm_email',
  'account.reset_password',
];
const listOf = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** Returns the SQL of what keeps mails from an address; NULL if nothing does. @param email SQL of the address */
export const problemOf = (email: string): string =>
  `(SELECT s.sign FROM mail_signs s WHERE s.email = ${email} AND s.sign IN (${listOf(ADDRESS_PROBLEMS)})
      AND NOT EXISTS (SELECT 1 FROM mail_signs d WHERE d.email = s.email AND d.last_at > s.last_at
        AND (d.sign = 'requested' OR (d.sign = 'delivered' AND s.sign = 'blocked')))
    ORDER BY array_position(ARRAY[${listOf(ADDRESS_PROBLEMS)}], s.sign) LIMIT 1)`;

const problemsOf = async (tx: Queryable, emails: readonly string[]): Promise<Map<string, AddressProblem | null>> =>
  new Map(
    (
      await tx.query<{ email: string; problem: AddressProblem | null }>(
        `SELECT email, ${problemOf('e.email')} AS problem FROM unnest($1::text[]) AS e (email)`,
        [emails],
      )
    ).map(({ email, problem }) => [email, problem]),
  );

export class MailEvents {
  readonly #database: Database;
  readonly #provider: SendGridEvents;

  constructor(database: Database, provider: SendGridEvents) {
    this.#database = database;
    this.#provider = provider;
  }

  /**
   * Takes events of SendGrid, each once.
   * @throws AppError `mail.signature_invalid`, `request.malformed`
   */
  async receive(payload: Buffer, signature: string | undefined, timestamp: string | undefined): Promise<void> {
    const events = this.#provider.read(payload, signature, timestamp);
    if (events.length === 0) return;
    const taken = await asPlatform(() => this.#database.transaction((tx) => this.#take(tx, events)));
    for (const { sign } of taken) metrics.mailEvents.inc({ event: sign });
  }

  async #take(tx: Queryable, events: readonly MailEvent[]): Promise<readonly MailEvent[]> {
    const stored = await tx.query<{ id: string }>(
      `INSERT INTO mail_events (id) SELECT DISTINCT id FROM unnest($1::text[]) AS e (id) ORDER BY id
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [events.map(({ id }) => id)],
    );
    const ids = new Set(stored.map(({ id }) => id));
    // `delete` answers whether the id was there, so an id that one request has twice counts once.
    const fresh = events.filter(({ id }) => ids.delete(id));
    const mails = new Map(
      (
        await tx.query<{ id: string; org_id: string; template: MailTemplate }>(
          'SELECT id, org_id, template FROM mails WHERE id = ANY($1)',
          [fresh.map(({ mailId }) => mailId)],
        )
      ).map((mail) => [mail.id, mail]),
    );
    const signs = fresh.map(({ email, sign, mailId, at }) => {
      const template = mails.get(mailId ?? '')?.template;
      const isRequested = sign === 'delivered' && template !== undefined && REQUESTED_MAILS.includes(template);
      return { email, sign: isRequested ? ('requested' as const) : sign, at };
    });
    const emails = [...new Set(fresh.map(({ email }) => email))];
    const before = await problemsOf(tx, emails);
    await storeSigns(tx, signs);
    const after = await problemsOf(tx, emails);
    const changed = emails.filter((email) => before.get(email) !== after.get(email));
    const people = await tx.query<{ id: string; org_id: string; email: string }>(
      'SELECT id, org_id, email FROM users WHERE email = ANY($1)',
      [changed],
    );
    for (const email of changed) {
      const person = people.find((one) => one.email === email);
      const mailId = fresh.find((one) => one.email === email && mails.has(one.mailId ?? ''))?.mailId;
      const orgId = person?.org_id ?? mails.get(mailId ?? '')?.org_id;
      const problem = after.get(email) ?? null;
      if (orgId !== undefined)
        await audit(tx, {
          orgId,
          type: problem === null ? 'mail.address_reachable' : 'mail.address_unreachable',
          targetId: person?.id ?? mailId ?? undefined,
          details: { problem },
          personal: { email },
        });
    }
    return fresh;
  }
}

/** Stores the latest time of each sign, in the order of the key, so that two processes do not wait for each other. */
async function storeSigns(
  tx: Queryable,
  signs: readonly { readonly email: string; readonly sign: StoredSign; readonly at: Date }[],
): Promise<void> {
  await tx.query(
    `INSERT INTO mail_signs (email, sign, last_at)
     SELECT email, sign, max(at) FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS s (email, sign, at)
     GROUP BY email, sign ORDER BY email, sign
     ON CONFLICT (email, sign) DO UPDATE SET last_at = greatest(mail_signs.last_at, excluded.last_at)`,
    [signs.map(({ email }) => email), signs.map(({ sign }) => sign), signs.map(({ at }) => at)],
  );
}
