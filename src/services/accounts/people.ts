/** What people do about their own accounts by mail: confirm and change addresses, choose a new password, accept invitations. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Language } from '../../contracts/common/languages.ts';
import type { Principal, Role } from '../../contracts/common/scopes.ts';
import { requireGrantable, scopesOf } from '../../contracts/common/scopes.ts';
import type { Database } from '../../adapters/database/database.ts';
import { newId } from '../../adapters/database/new-id.ts';
import type { InvitationRow, UserRow } from '../../adapters/database/tables/accounts.ts';
import { Invitation, User } from '../../adapters/database/tables/accounts.ts';
import { audit } from '../audit/audit.ts';
import { enqueueMail } from '../mails/mails.ts';
import {
  consumeLink,
  invalidLink,
  linkTo,
  mailEmailChanged,
  mailLink,
  mailPasswordChanged,
  PAGES,
  requireConfirmed,
} from './account-mails.ts';
import { lockKey } from './api-keys.ts';
import { type Accounts, newUser, type Person, publicUser, refuseTakenEmail, requireOwnerIf } from './accounts.ts';
import { hashPassword, hashToken, newLinkToken } from './credentials.ts';
import { announce, endLogins } from './logins.ts';
import { removedPerson, withPassword } from './present-password.ts';

const INVITATION_LIFE_MS = 7 * 86_400_000;

export class People {
  readonly #database: Database;
  readonly #accounts: Pick<Accounts, 'forget'>;
  readonly #apiUrl: string;

  /** @param apiUrl public address of the API, for links in mails */
  constructor(database: Database, accounts: Pick<Accounts, 'forget'>, apiUrl: string) {
    this.#database = database;
    this.#accounts = accounts;
    this.#apiUrl = apiUrl;
  }

  /** Changes how a person is named and written to. */
  async updatePerson(userId: string, changes: { name?: string; language?: Language }): Promise<Person> {
    const [user] = await this.#database.query<UserRow>(
      'UPDATE users SET name = coalesce($2, name), language = coalesce($3, language) WHERE id = $1 RETURNING *',
      [userId, changes.name ?? null, changes.language ?? null],
    );
    if (!user) throw removedPerson();
    return publicUser(user);
  }

  /** Sends another link to an address that is not confirmed yet; does nothing for one that is. */
  async resendConfirmation(userId: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const [user] = await tx.query<UserRow>('SELECT * FROM users WHERE id = $1 FOR UPDATE', [userId]);
      if (!user) throw removedPerson();
      if (user.email_confirmed_at === null)
        await mailLink(tx, this.#apiUrl, user, { purpose: 'confirm_email', email: user.email });
    });
  }

  /**
   * Sends a link to the address that a person wants to have in future. The address is the person's once the link is used.
   * @throws AppError `auth.invalid` for a wrong password
   */
  async requestEmailChange(userId: string, password: string, email: string): Promise<void> {
    await withPassword(this.#database, userId, password, (tx, user) =>
      mailLink(tx, this.#apiUrl, user, { purpose: 'change_email', email: email.toLowerCase() }),
    );
  }

  /**
   * Confirms the address that a link was sent to: the person's own, or a new one, which takes its place.
   * @throws AppError `auth.link_invalid`, `auth.email_taken`
   */
  async confirmEmail(token: string): Promise<void> {
    await this.#database
      .transaction(async (tx) => {
        const { link, user } = await consumeLink(tx, token, ['confirm_email', 'change_email']);
        if (link.purpose === 'confirm_email' && link.email !== user.email) throw invalidLink();
        await tx.query('UPDATE users SET email = $2, email_confirmed_at = now() WHERE id = $1', [user.id, link.email]);
        await audit(tx, {
          orgId: user.org_id,
          type: link.email === user.email ? 'auth.email_confirmed' : 'auth.email_changed',
          targetId: user.id,
          actorId: user.id,
          personal: { email: link.email },
        });
        // A link for a new password that went to the address of before opens the account no more.
        if (link.email !== user.email) {
          await tx.query('UPDATE account_links SET used_at = now() WHERE user_id = $1 AND used_at IS NULL', [user.id]);
          await mailEmailChanged(tx, user, link.email);
        }
      })
      .catch(refuseTakenEmail);
  }

  /** Sends a link for a new password if the address has an account; the answer does not tell whether it has. */
  async requestPasswordReset(email: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const [user] = await tx.query<UserRow>('SELECT * FROM users WHERE email = $1 FOR UPDATE', [email.toLowerCase()]);
      if (user) await mailLink(tx, this.#apiUrl, user, { purpose: 'reset_password', email: user.email });
    });
  }

  /**
   * Sets the password of the person whom a link was sent to; this ends every login. The link also shows that the address is
   * the person's.
   * @throws AppError `auth.link_invalid`
   */
  async resetPassword(token: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    const userId = await this.#database.transaction(async (tx) => {
      const { user } = await consumeLink(tx, token, ['reset_password']);
      await tx.query(
        'UPDATE users SET password_hash = $2, email_confirmed_at = coalesce(email_confirmed_at, now()) WHERE id = $1',
        [user.id, passwordHash],
      );
      await endLogins(tx, user.id);
      await audit(tx, { orgId: user.org_id, type: 'auth.password_reset', targetId: user.id, actorId: user.id });
      await mailPasswordChanged(tx, user);
      return user.id;
    });
    this.#accounts.forget(userId);
  }

  /**
   * Invites a person by mail. Whether the address has an account is not reported.
   * @throws AppError `auth.forbidden` for a role that may do more than its giver; `auth.unconfirmed`
   */
  async invite(
    maker: Principal,
    { email, role, language }: { email: string; role: Role; language: Language },
  ): Promise<InvitationRow> {
    requireOwnerIf(maker, role === 'owner');
    requireGrantable(maker, scopesOf(role), '/role');
    const { token, tokenHash } = newLinkToken();
    const invitation: InvitationRow = {
      id: newId('invitation'),
      org_id: maker.orgId,
      email: email.toLowerCase(),
      role,
      invited_by: maker.personId,
      invited_with_key: maker.kind === 'api_key' ? maker.id : null,
      token_hash: tokenHash,
      expires_at: new Date(Date.now() + INVITATION_LIFE_MS),
      accepted_at: null,
      revoked_at: null,
      created_at: new Date(),
    };
    await this.#database.transaction(async (tx) => {
      await requireConfirmed(tx, maker.orgId);
      // The removal of the person ends their invitations, and this one is not made after it.
      const makers = await tx.query('SELECT 1 FROM users WHERE id = $1 FOR SHARE', [maker.personId]);
      if (maker.personId !== null && makers.length === 0) throw removedPerson();
      // The same for the revocation of the key.
      if (maker.kind === 'api_key') await lockKey(tx, maker.id);
      await tx.manager.insert(Invitation, invitation);
      await audit(tx, {
        orgId: maker.orgId,
        type: 'member.invited',
        targetId: invitation.id,
        details: { role },
        personal: { email: invitation.email },
      });
      const [names] = await tx.query<{ organization: string; person: string | null }>(
        `SELECT o.name AS organization, u.name AS person FROM organizations o LEFT JOIN users u ON u.id = $2
         WHERE o.id = $1`,
        [maker.orgId, maker.personId],
      );
      await enqueueMail(tx, {
        orgId: maker.orgId,
        to: invitation.email,
        template: 'organization.invitation',
        idempotencyKey: `organization.invitation/${invitation.id}`,
        data: {
          organization: names.organization,
          invitedBy: names.person ?? names.organization,
          role,
          link: linkTo(this.#apiUrl, PAGES.invitation, language, token),
          linkExpiresAt: invitation.expires_at.toISOString(),
          language,
        },
      });
    });
    return invitation;
  }

  /** Lists the invitations, newest first. @param before id of the last one of the page before */
  invitations(orgId: string, limit: number, before?: string): Promise<InvitationRow[]> {
    return this.#database.query<InvitationRow>(
      'SELECT * FROM invitations WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3',
      [orgId, before ?? null, limit],
    );
  }

  /** Takes an invitation back; does nothing for one that was accepted. @throws AppError `request.not_found` */
  async revokeInvitation(orgId: string, id: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const rows = await tx.query(
        'UPDATE invitations SET revoked_at = coalesce(revoked_at, now()) WHERE org_id = $1 AND id = $2 RETURNING id',
        [orgId, id],
      );
      if (rows.length === 0) throw new AppError('request.not_found', `No invitation ${id}`);
      await audit(tx, { orgId, type: 'member.invitation_revoked', targetId: id });
    });
  }

  /**
   * Creates the account of a person who was invited. Their address is confirmed, because the link was sent to it.
   * @throws AppError `auth.link_invalid`; `auth.email_taken` if the address has an account
   */
  async acceptInvitation(
    token: string,
    { name, password, language }: { name: string; password: string; language: Language },
  ): Promise<Person> {
    const passwordHash = await hashPassword(password);
    return this.#database
      .transaction(async (tx) => {
        const [invitation] = await tx.query<InvitationRow>(
          `UPDATE invitations SET accepted_at = now() WHERE token_hash = $1 AND accepted_at IS NULL
             AND revoked_at IS NULL AND expires_at > now() RETURNING *`,
          [hashToken(token)],
        );
        if (!invitation) throw invalidLink();
        const user = newUser({
          org_id: invitation.org_id,
          email: invitation.email,
          name,
          password_hash: passwordHash,
          role: invitation.role,
          email_confirmed_at: new Date(),
          language,
        });
        await tx.manager.insert(User, user);
        await audit(tx, {
          orgId: user.org_id,
          type: 'member.joined',
          targetId: user.id,
          actorId: user.id,
          details: { role: user.role, invitation_id: invitation.id },
          personal: { email: user.email, name },
        });
        await announce(tx, user.id);
        return publicUser(user);
      })
      .catch(refuseTakenEmail);
  }
}
