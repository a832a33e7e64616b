/** Mails about accounts, and the links in them that work once. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Queryable } from '../../adapters/database/database.ts';
import { newId } from '../../adapters/database/new-id.ts';
import type { AccountLinkRow, OrganizationRow, UserRow } from '../../adapters/database/tables/accounts.ts';
import type { MailData } from '../../adapters/mail/content.ts';
import { enqueueMail } from '../mails/mails.ts';
import { hashToken, newLinkToken } from './credentials.ts';

type Purpose = AccountLinkRow['purpose'];
/** Life of a link [h]. That of a new password is short, because it opens an account. */
const LINK_LIFE_H: Readonly<Record<Purpose, number>> = { confirm_email: 7 * 24, change_email: 24, reset_password: 1 };

/** Pages of the links. */
export const PAGES = {
  confirm: '/account/confirm-email',
  reset: '/account/reset-password',
  invitation: '/account/accept-invitation',
} as const;

type Reader = Pick<UserRow, 'id' | 'org_id' | 'name' | 'email' | 'language'>;

/** Creates a link; it takes the place of earlier ones with the same purpose. */
async function createLink(
  tx: Queryable,
  { apiUrl, user, purpose, email }: { apiUrl: string; user: Reader; purpose: Purpose; email: string },
): Promise<{ id: string; link: string; linkExpiresAt: string }> {
  const { token, tokenHash } = newLinkToken();
  const expiresAt = new Date(Date.now() + LINK_LIFE_H[purpose] * 3_600_000);
  await tx.query('UPDATE account_links SET used_at = now() WHERE user_id = $1 AND purpose = $2 AND used_at IS NULL', [
    user.id,
    purpose,
  ]);
  const id = newId('accountLink');
  await tx.query(
    'INSERT INTO account_links (id, user_id, purpose, email, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, user.id, purpose, email, tokenHash, expiresAt],
  );
  const page = purpose === 'reset_password' ? PAGES.reset : PAGES.confirm;
  return { id, link: linkTo(apiUrl, page, user.language, token), linkExpiresAt: expiresAt.toISOString() };
}

/** The token stands behind the #, which browsers send to no server, so that it is in no log. */
export const linkTo = (apiUrl: string, page: string, language: string, token: string): string =>
  `${apiUrl}${page}?language=${language}#${token}`;

/** Welcomes the owner of a new organization, with a link that confirms the address. */
export async function mailWelcome(
  tx: Queryable,
  apiUrl: string,
  user: Reader,
  organization: OrganizationRow,
): Promise<void> {
  const { link } = await createLink(tx, { apiUrl, user, purpose: 'confirm_email', email: user.email });
  await enqueueMail(tx, {
    orgId: user.org_id,
    to: user.email,
    template: 'account.welcome',
    idempotencyKey: `account.welcome/${user.id}`,
    data: { name: user.name, organization: organization.name, apiUrl, link, language: user.language },
  });
}

/** Sends a link that confirms a person's own address or another one, or that opens the choice of a new password. */
export async function mailLink(
  tx: Queryable,
  apiUrl: string,
  user: Reader,
  { purpose, email }: { purpose: Purpose; email: string },
): Promise<void> {
  const { id, link, linkExpiresAt } = await createLink(tx, { apiUrl, user, purpose, email });
  await enqueueMail(tx, {
    orgId: user.org_id,
    to: email,
    template: purpose === 'reset_password' ? 'account.reset_password' : 'account.confirm_email',
    idempotencyKey: `account.link/${id}`,
    data: { name: user.name, link, linkExpiresAt, language: user.language },
  });
}

export async function mailPasswordChanged(tx: Queryable, user: Reader): Promise<void> {
  const changedAt = new Date().toISOString();
  await enqueueMail(tx, {
    orgId: user.org_id,
    to: user.email,
    template: 'account.password_changed',
    idempotencyKey: `account.password_changed/${user.id}/${changedAt}`,
    data: { name: user.name, changedAt, language: user.language },
  });
}

/** Tells a person what was done about their second factor. */
export async function mailSecondFactor(
  tx: Queryable,
  user: Reader,
  change: MailData['account.second_factor']['change'],
): Promise<void> {
  const changedAt = new Date().toISOString();
  const [{ n }] = await tx.query<{ n: number }>('SELECT count(*)::int AS n FROM recovery_codes WHERE user_id = $1', [
    user.id,
  ]);
  await enqueueMail(tx, {
    orgId: user.org_id,
    to: user.email,
    template: 'account.second_factor',
    idempotencyKey: `account.second_factor/${user.id}/${change}/${changedAt}`,
    data: { name: user.name, change, nRecoveryCodes: n, changedAt, language: user.language },
  });
}

/** Tells a person that somebody tries to guess a secret of theirs. */
export async function mailGuessed(
  tx: Queryable,
  user: Reader,
  { nFailed, since, address }: { nFailed: number; since: Date; address: string | null },
): Promise<void> {
  await enqueueMail(tx, {
    orgId: user.org_id,
    to: user.email,
    template: 'account.guessed',
    idempotencyKey: `account.guessed/${user.id}/${since.toISOString()}`,
    data: { name: user.name, nFailed, since: since.toISOString(), address, language: user.language },
  });
}

/** Notifies a person at the address of before. */
export async function mailEmailChanged(tx: Queryable, user: Reader, newEmail: string): Promise<void> {
  const changedAt = new Date().toISOString();
  await enqueueMail(tx, {
    orgId: user.org_id,
    to: user.email,
    template: 'account.email_changed',
    idempotencyKey: `account.email_changed/${user.id}/${changedAt}`,
    data: { name: user.name, newEmail, changedAt, language: user.language },
  });
}

/**
 * Uses a link. @returns it, with its person locked
 * @throws AppError `auth.link_invalid`
 */
export async function consumeLink(
  tx: Queryable,
  token: string,
  purposes: readonly Purpose[],
): Promise<{ link: AccountLinkRow; user: UserRow }> {
  // The person's row is locked first, as everywhere.
  const [user] = await tx.query<UserRow>(
    'SELECT * FROM users WHERE id = (SELECT user_id FROM account_links WHERE token_hash = $1) FOR UPDATE',
    [hashToken(token)],
  );
  const [link] = await tx.query<AccountLinkRow>(
    `UPDATE account_links SET used_at = now() WHERE token_hash = $1 AND purpose = ANY($2) AND used_at IS NULL
       AND expires_at > now() RETURNING *`,
    [hashToken(token), purposes],
  );
  if (!user || !link) throw invalidLink();
  return { link, user };
}

export const invalidLink = (): AppError =>
  new AppError('auth.link_invalid', 'The link is not valid: it was used, has expired, or a newer one was sent', {
    pointer: '/token',
    fix: 'Use the link of the newest mail, or request another one.',
  });

/**
 * Requires that an owner has confirmed an address: what comes from the organization then has somebody who answers for it.
 * @throws AppError `auth.unconfirmed`
 */
export async function requireConfirmed(database: Queryable, orgId: string): Promise<void> {
  if (await isConfirmed(database, orgId)) return;
  throw new AppError('auth.unconfirmed', 'No owner of the organization has confirmed an email address yet', {
    fix: 'Open the link in the mail of the registration, or request another one with POST /v1/auth/confirm-email/resend.',
  });
}

/** Tells whether an owner of an organization has confirmed an address. */
export async function isConfirmed(database: Queryable, orgId: string): Promise<boolean> {
  const confirmed = await database.query(
    `SELECT 1 FROM users WHERE org_id = $1 AND role = 'owner' AND email_confirmed_at IS NOT NULL LIMIT 1`,
    [orgId],
  );
  return confirmed.length > 0;
}
