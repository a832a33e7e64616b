/** Organizations, users and API keys: registration, login, rotating refresh tokens, keys with scopes. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Feature, Plan } from '../../contracts/common/plans.ts';
import type { Language } from '../../contracts/common/languages.ts';
import type { Principal, Role, Scope } from '../../contracts/common/scopes.ts';
import { requireGrantable, SCOPES, scopesOf } from '../../contracts/common/scopes.ts';
import type { Database, Transaction } from '../../adapters/database/database.ts';
import { isUniqueViolation } from '../../adapters/database/database.ts';
import type {
  ApiKeyRow,
  OrganizationRow,
  PlanRow,
  RefreshTokenRow,
  UserRow,
} from '../../adapters/database/tables/accounts.ts';
import { Organization, RefreshToken, User } from '../../adapters/database/tables/accounts.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { FAILED_LOGINS } from '../../contracts/audit/audit.ts';
import type { AddressProblem } from '../../contracts/mails/mails.ts';
import { problemOf } from '../mails/addresses.ts';
import { audit } from '../audit/audit.ts';
import type { SecretBox } from '../webhooks/secret-box.ts';
import { isConfirmed, mailLink, mailPasswordChanged, mailWelcome, requireConfirmed } from './account-mails.ts';
import { insertKey, invalidKey, type KeyTerms, type NewKey, replaceKey, revokeKeys } from './api-keys.ts';
import type { JwtOptions } from './credentials.ts';
import {
  API_KEY_PATTERN,
  hashPassword,
  hashToken,
  newRefreshToken,
  newSessionToken,
  SESSION_PATTERN,
  signAccessToken,
  verifyAccessToken,
  verifyPassword,
} from './credentials.ts';
import { lockPerson, withPassword } from './present-password.ts';
import { type Proof, proveSecondFactor } from './second-factor.ts';
import { announce, type Device, endLogin, endLogins, type Login, revokeInvitations, UNKNOWN_DEVICE } from './logins.ts';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly organizationName: string;
  /** The language of mails to the person */
  readonly language: Language;
}

/** A person as answers show them. */
export interface Person
  extends Pick<UserRow, 'id' | 'email' | 'name' | 'role' | 'language' | 'email_confirmed_at' | 'created_at'> {
  readonly has_second_factor: boolean;
}

export interface Member extends Person {
  /** What keeps mails from the address */
  readonly email_problem: AddressProblem | null;
}

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Life of the access token [s]. */
  readonly expiresInS: number;
}

/** How the people of an organization log in */
export type LoginRules = Pick<OrganizationRow, 'is_second_factor_required' | 'is_identity_provider_required'>;

/** Who has logged in. */
export interface Identity {
  readonly user: Person;
  readonly organization: OrganizationRow;
}
export interface Session extends TokenPair, Identity {}
/** A session of a browser, whose token stands in a cookie. */
export interface CookieSession extends Identity {
  readonly token: string;
  readonly expiresAt: Date;
}

/** A login that has not ended. */
export interface OpenLogin {
  readonly id: string;
  readonly is_cookie: boolean;
  readonly client: string | null;
  readonly address: string | null;
  readonly started_at: Date;
  /** When its tokens were last exchanged */
  readonly last_renewed_at: Date;
  readonly expires_at: Date;
}

/**
 * Time for which a process trusts what it read about a key or a user [ms]. Changes are announced at once; this is how long one
 * lasts that is not announced, because a notification was lost.
 */
const CACHE_MS = 1_000;
const CACHE_SIZE = 10_000;

interface Known {
  readonly principal: Principal;
  /** Access tokens of the person that were issued before are refused [ms since 1970]. */
  readonly tokensValidFromMs: number;
}

export class Accounts {
  readonly #database: Database;
  readonly #jwt: JwtOptions;
  readonly #apiUrl: string;
  readonly #box: SecretBox;
  readonly #known = new Map<string, Known & { readonly until: number }>();
  #absentUserHash?: Promise<string>;

  /**
   * @param options.apiUrl public address of the API, for links in mails
   * @param options.box seals second factors
   */
  constructor(database: Database, options: { jwt: JwtOptions; apiUrl: string; box: SecretBox }) {
    this.#database = database;
    this.#apiUrl = options.apiUrl;
    this.#box = options.box;
    this.#jwt = options.jwt;
  }

  /** @throws AppError `auth.email_taken` */
  async register(registration: Registration, device: Device = UNKNOWN_DEVICE): Promise<Session> {
    const organization: OrganizationRow = {
      id: newId('organization'),
      name: registration.organizationName,
      plan: 'free',
      is_second_factor_required: false,
      is_identity_provider_required: false,
      created_at: new Date(),
    };
    const user = newUser({
      org_id: organization.id,
      email: registration.email.toLowerCase(),
      name: registration.name,
      password_hash: await hashPassword(registration.password),
      role: 'owner',
      email_confirmed_at: null,
      language: registration.language,
    });
    return this.#database
      .transaction(async (tx) => {
        await tx.manager.insert(Organization, organization);
        await tx.manager.insert(User, user);
        await audit(tx, {
          orgId: organization.id,
          type: 'organization.registered',
          targetId: organization.id,
          actorId: user.id,
          personal: { email: user.email, name: user.name },
        });
        await mailWelcome(tx, this.#apiUrl, user, organization);
        return this.#openSession(tx, user, organization, newId('refreshToken'), device);
      })
      .catch(refuseTakenEmail);
  }

  /**
   * @throws AppError `auth.invalid`, the same for an unknown address and a wrong password; `auth.second_factor_required` for a
   *   right password without the code that the account takes too; `auth.provider_required`
   */
  login(email: string, password: string, device: Device = UNKNOWN_DEVICE, proof: Proof = {}): Promise<Session> {
    return this.#logIn({ email, password, proof }, (tx, user, organization) =>
      this.#openSession(tx, user, organization, newId('refreshToken'), device),
    );
  }

  /** Logs a browser in. The session lives as long as a refresh token. @throws AppError as `login` */
  loginByCookie(
    email: string,
    password: string,
    device: Device = UNKNOWN_DEVICE,
    proof: Proof = {},
  ): Promise<CookieSession> {
    return this.#logIn({ email, password, proof }, (tx, user, organization) =>
      this.#openCookieSession(tx, user, organization, device),
    );
  }

  /**
   * Logs a browser in by the word of an identity provider, which takes the place of password and second factor.
   * @param user whose row the caller has locked or inserted
   * @throws AppError `organization.suspended`
   */
  async loginByProvider(tx: Transaction, user: UserRow, device: Device): Promise<CookieSession> {
    await refuseSuspendedOrganization(tx, user.org_id);
    const details = { is_by_provider: true };
    await audit(tx, { orgId: user.org_id, type: 'auth.login', targetId: user.id, actorId: user.id, details });
    const organization = await tx.manager.findOneByOrFail(Organization, { id: user.org_id });
    return this.#openCookieSession(tx, user, organization, device, true);
  }

  async #openCookieSession(
    tx: Transaction,
    user: UserRow,
    organization: OrganizationRow,
    device: Device,
    isByProvider = false,
  ): Promise<CookieSession> {
    this.#requireProvider(user, organization, isByProvider);
    const { token, tokenHash } = newSessionToken();
    const row = this.#refreshTokenRow(user, newId('refreshToken'), tokenHash, device, true);
    await tx.manager.insert(RefreshToken, { ...row, is_by_provider: isByProvider });
    return { token, expiresAt: row.expires_at, user: publicUser(user), organization };
  }

  /** Runs `open` with the person's row locked, if the password and the second factor are right. */
  async #logIn<Opened>(
    { email, password, proof }: { email: string; password: string; proof: Proof },
    open: (tx: Transaction, user: UserRow, organization: OrganizationRow) => Promise<Opened>,
  ): Promise<Opened> {
    const read = await this.#database.manager.findOneBy(User, { email: email.toLowerCase() });
    // An unknown address costs the same time as a known one, so that addresses cannot be probed.
    this.#absentUserHash ??= hashPassword('no such user');
    const matches = await verifyPassword(read?.password_hash ?? (await this.#absentUserHash), password);
    if (read && !matches) await this.#noteFailedLogin(read);
    if (!read || !matches) throw new AppError('auth.invalid', 'The email address or the password is wrong');
    const login = this.#database.transaction(async (tx) => {
      const user = await lockPerson(tx, read);
      await refuseSuspendedOrganization(tx, user.org_id);
      const organization = await tx.manager.findOneByOrFail(Organization, { id: user.org_id });
      await proveSecondFactor(tx, this.#box, user, proof);
      const details = organization.is_identity_provider_required ? { is_by_password: true } : {};
      await audit(tx, { orgId: user.org_id, type: 'auth.login', targetId: user.id, actorId: user.id, details });
      return open(tx, user, organization);
    });
    return login.catch(async (error: unknown) => {
      if (error instanceof AppError && error.code === 'auth.invalid') await this.#noteFailedLogin(read);
      throw error;
    });
  }

  /** Counts a failed login. The audit log has an entry once there are many in a quarter of an hour, by any address. */
  #noteFailedLogin(user: UserRow): Promise<void> {
    return this.#database.transaction(async (tx) => {
      const [{ n, starts_at }] = await tx.query<{ n: number; starts_at: Date }>(
        `INSERT INTO failed_logins (user_id, starts_at, n) VALUES ($1, date_bin('15 minutes', now(), 'epoch'), 1)
         ON CONFLICT (user_id, starts_at) DO UPDATE SET n = failed_logins.n + 1 RETURNING n, starts_at`,
        [user.id],
      );
      if (n === FAILED_LOGINS)
        await audit(tx, {
          orgId: user.org_id,
          type: 'auth.logins_failed',
          targetId: user.id,
          details: { n_failed: n, starts_at: starts_at.toISOString() },
        });
    });
  }

  /**
   * Exchanges a refresh token for a new pair. Each token works once: a second use means that it was copied, and the
   * whole family of tokens that came from the same login is revoked.
   * @throws AppError `auth.invalid`, `auth.expired`, `auth.token_reused`, `organization.suspended`, `auth.provider_required`
   */
  async refresh(token: string, device: Device = UNKNOWN_DEVICE): Promise<Session> {
    const tokenHash = hashToken(token);
    const outcome = await this.#database.transaction<Session | AppError>(async (tx) => {
      // The person's row is locked first, as it is where all logins end: a token that is made meanwhile would outlive them.
      await tx.query(
        'SELECT 1 FROM users WHERE id = (SELECT user_id FROM refresh_tokens WHERE token_hash = $1) FOR SHARE',
        [tokenHash],
      );
      const [stored] = await tx.query<RefreshTokenRow>(
        'SELECT * FROM refresh_tokens WHERE token_hash = $1 AND NOT is_cookie FOR UPDATE',
        [tokenHash],
      );
      if (!stored || (stored.revoked_at && !stored.used_at))
        return new AppError('auth.invalid', 'The refresh token is not valid', { fix: 'Log in again.' });
      if (stored.used_at) {
        await endLogin(tx, stored);
        const { org_id: orgId } = await tx.manager.findOneByOrFail(User, { id: stored.user_id });
        await audit(tx, { orgId, type: 'auth.token_reused', targetId: stored.user_id });
        return new AppError('auth.token_reused', 'This refresh token was used before; its whole login is now ended', {
          fix: 'Log in again, and keep the newest refresh token of each answer.',
        });
      }
      if (stored.expires_at <= new Date())
        return new AppError('auth.expired', 'The refresh token has expired', { fix: 'Log in again.' });
      await tx.query('UPDATE refresh_tokens SET used_at = now() WHERE id = $1', [stored.id]);
      const user = await tx.manager.findOneByOrFail(User, { id: stored.user_id });
      await refuseSuspendedOrganization(tx, user.org_id);
      const organization = await tx.manager.findOneByOrFail(Organization, { id: user.org_id });
      return this.#openSession(tx, user, organization, stored.family_id, device);
    });
    if (outcome instanceof AppError) throw outcome;
    return outcome;
  }

  /** Ends the login that a refresh token belongs to, with its access tokens; does nothing for an unknown token. */
  async logout(token: string): Promise<void> {
    const ended = await this.#database.transaction(async (tx) => {
      const [login] = await tx.query<Login>('SELECT user_id, family_id FROM refresh_tokens WHERE token_hash = $1', [
        hashToken(token),
      ]);
      if (!login) return undefined;
      // A refresh holds this lock: the token that it makes is ended too.
      const [user] = await tx.query<UserRow>('SELECT * FROM users WHERE id = $1 FOR UPDATE', [login.user_id]);
      await endLogin(tx, login);
      await audit(tx, { orgId: user.org_id, type: 'auth.logout', targetId: user.id, actorId: user.id });
      return login.user_id;
    });
    if (ended !== undefined) this.forget(ended);
  }

  /** Lists the logins of a person that have not ended, newest first. @param before id of the last one of the page before */
  logins(userId: string, limit: number, before?: string): Promise<OpenLogin[]> {
    return this.#database.query<OpenLogin>(
      `SELECT family_id AS id, bool_or(is_cookie) AS is_cookie, min(created_at) AS started_at,
         (array_agg(client ORDER BY created_at DESC))[1] AS client,
         (array_agg(address ORDER BY created_at DESC))[1] AS address,
         max(created_at) AS last_renewed_at, max(expires_at) AS expires_at
       FROM refresh_tokens WHERE user_id = $1 AND ($2::text IS NULL OR family_id < $2)
       GROUP BY family_id HAVING bool_and(revoked_at IS NULL) AND max(expires_at) > now()
       ORDER BY family_id DESC LIMIT $3`,
      [userId, before ?? null, limit],
    );
  }

  /** Ends one login of a person, with its access tokens. @throws AppError `request.not_found` */
  async endLogin(userId: string, loginId: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const [user] = await tx.query<UserRow>('SELECT * FROM users WHERE id = $1 FOR UPDATE', [userId]);
      const tokens = await tx.query('SELECT 1 FROM refresh_tokens WHERE user_id = $1 AND family_id = $2', [
        userId,
        loginId,
      ]);
      if (tokens.length === 0) throw new AppError('request.not_found', `No login ${loginId}`);
      await endLogin(tx, { user_id: userId, family_id: loginId });
      await audit(tx, { orgId: user.org_id, type: 'auth.logout', targetId: userId, details: { login_id: loginId } });
    });
    this.forget(userId);
  }

  /** Returns the plans, from the smallest share of the workers to the largest. */
  plans(): Promise<PlanRow[]> {
    return this.#database.query<PlanRow>('SELECT * FROM plans ORDER BY fairness_weight, id');
  }

  isConfirmed(orgId: string): Promise<boolean> {
    return isConfirmed(this.#database, orgId);
  }

  /** @throws AppError `plan.feature_missing`, with the plans that have the feature */
  async requireFeature({ plan }: Principal, feature: Feature): Promise<void> {
    if (plan.features.includes(feature)) return;
    const plans = (await this.plans()).filter(({ features }) => features.includes(feature)).map(({ id }) => id);
    throw new AppError('plan.feature_missing', `The plan ${plan.name} does not include ${feature}`, {
      details: { plans },
      fix: plans.length > 0 ? `Change to one of these plans: ${plans.join(', ')}.` : undefined,
    });
  }

  organization(orgId: string): Promise<OrganizationRow> {
    return this.#database.manager.findOneByOrFail(Organization, { id: orgId });
  }

  async user(userId: string): Promise<Person | undefined> {
    const row = await this.#database.manager.findOneBy(User, { id: userId });
    return row ? publicUser(row) : undefined;
  }

  /**
   * @throws AppError `auth.forbidden` if the caller decides how people log in and is no owner; `request.conflict` if they
   *   should sign in at a provider that the caller has not signed in at
   */
  async updateOrganization(
    { orgId, personId, scopes }: Principal,
    { name, ...logins }: { name?: string } & Partial<LoginRules>,
  ): Promise<OrganizationRow> {
    for (const rule of Object.keys(logins)) requireGrantable({ scopes }, ['organization:own'], `/${rule}`);
    const { is_second_factor_required, is_identity_provider_required } = logins;
    await this.#database.transaction(async (tx) => {
      if (name !== undefined) {
        await tx.manager.update(Organization, { id: orgId }, { name });
        await audit(tx, { orgId, type: 'organization.renamed', targetId: orgId, personal: { name } });
      }
      if (is_second_factor_required !== undefined) {
        await tx.manager.update(Organization, { id: orgId }, { is_second_factor_required });
        const details = { is_second_factor_required };
        await audit(tx, { orgId, type: 'organization.second_factor_changed', targetId: orgId, details });
        await announce(tx, orgId);
      }
      if (is_identity_provider_required !== undefined) {
        // The organization's row is locked, so that the provider is not removed meanwhile.
        await tx.manager.update(Organization, { id: orgId }, { is_identity_provider_required });
        if (is_identity_provider_required) await requireUsableProvider(tx, orgId, personId);
        const details = { is_identity_provider_required };
        await audit(tx, { orgId, type: 'organization.sign_in_changed', targetId: orgId, details });
        await announce(tx, orgId);
      }
    });
    this.forget(orgId);
    return this.organization(orgId);
  }

  /** Lists the members, newest first. @param before id of the last member of the page before */
  async members(orgId: string, limit: number, before?: string): Promise<Member[]> {
    const rows = await this.#database.query<UserRow & Pick<Member, 'email_problem'>>(
      `SELECT *, ${problemOf('users.email')} AS email_problem FROM users
       WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [orgId, before ?? null, limit],
    );
    return rows.map((row) => ({ ...publicUser(row), email_problem: row.email_problem }));
  }

  /**
   * Adds a person with an initial password. The person is sent a link that confirms the address.
   * @throws AppError `auth.email_taken`; `auth.forbidden` for a role that may do more than its giver; `auth.unconfirmed`
   */
  async addMember(
    maker: Principal,
    {
      email,
      name,
      password,
      role,
      language,
    }: { email: string; name: string; password: string; role: Role; language: Language },
  ): Promise<Person> {
    requireOwnerIf(maker, role === 'owner');
    requireGrantable(maker, scopesOf(role), '/role');
    await requireConfirmed(this.#database, maker.orgId);
    const user = newUser({
      org_id: maker.orgId,
      email: email.toLowerCase(),
      name,
      password_hash: await hashPassword(password),
      role,
      email_confirmed_at: null,
      language,
    });
    await this.#database
      .transaction(async (tx) => {
        await tx.manager.insert(User, user);
        await audit(tx, {
          orgId: maker.orgId,
          type: 'member.added',
          targetId: user.id,
          details: { role },
          personal: { email: user.email, name },
        });
        await mailLink(tx, this.#apiUrl, user, { purpose: 'confirm_email', email: user.email });
      })
      .catch(refuseTakenEmail);
    return publicUser(user);
  }

  /**
   * Changes what a person may do, and so what the keys that the person made may do; open invitations by the person end.
   * @throws AppError `request.not_found`; `request.conflict` for the last owner; `auth.forbidden` for a role that may do more
   *   than the person may now and its giver may, and for an owner's role without `organization:own`
   */
  async changeRole(maker: Principal, userId: string, role: Role): Promise<Person> {
    const user = await this.#database.transaction(async (tx) => {
      await this.#requireOtherOwner(tx, maker.orgId, role === 'owner' ? undefined : userId);
      const [now] = await tx.query<UserRow>('SELECT * FROM users WHERE org_id = $1 AND id = $2 FOR UPDATE', [
        maker.orgId,
        userId,
      ]);
      if (!now) throw new AppError('request.not_found', `No member ${userId}`);
      requireOwnerIf(maker, now.role === 'owner' || role === 'owner');
      const had = new Set<string>(scopesOf(now.role));
      requireGrantable(
        maker,
        scopesOf(role).filter((scope) => !had.has(scope)),
        '/role',
      );
      await tx.query('UPDATE users SET role = $2 WHERE id = $1', [userId, role]);
      const details = { from: now.role, to: role };
      await audit(tx, { orgId: maker.orgId, type: 'member.role_changed', targetId: userId, details });
      await revokeInvitations(tx, userId);
      await announce(tx, userId);
      return { ...now, role };
    });
    this.forget(userId);
    return publicUser(user);
  }

  /**
   * Ends the account, its logins, the keys that the person made and open invitations by the person; the jobs and other
   * objects stay.
   * @throws AppError as `changeRole`
   */
  async removeMember(maker: Principal, userId: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#requireOtherOwner(tx, maker.orgId, userId);
      const [removed] = await tx.query<UserRow>('DELETE FROM users WHERE org_id = $1 AND id = $2 RETURNING *', [
        maker.orgId,
        userId,
      ]);
      if (!removed) throw new AppError('request.not_found', `No member ${userId}`);
      requireOwnerIf(maker, removed.role === 'owner');
      await audit(tx, {
        orgId: maker.orgId,
        type: 'member.removed',
        targetId: userId,
        details: { role: removed.role },
        personal: { email: removed.email, name: removed.name },
      });
      // A key that is made at this moment is refused all the same, because its maker does not exist.
      await tx.query('UPDATE api_keys SET revoked_at = now() WHERE created_by = $1 AND revoked_at IS NULL', [userId]);
      await revokeInvitations(tx, userId);
      await announce(tx, userId);
    });
    this.forget(userId);
  }

  /**
   * @param leaving the user who stops being an owner; the organization's row is locked, so that two owners cannot leave at the
   * same time
   */
  async #requireOtherOwner(tx: Transaction, orgId: string, leaving: string | undefined): Promise<void> {
    await tx.query('SELECT 1 FROM organizations WHERE id = $1 FOR UPDATE', [orgId]);
    const owners = await tx.query<{ id: string }>(`SELECT id FROM users WHERE org_id = $1 AND role = 'owner'`, [orgId]);
    if (owners.length === 1 && owners[0].id === leaving)
      throw new AppError('request.conflict', `${leaving} is the only owner; an organization needs one`, {
        fix: 'Make another person an owner first.',
      });
  }

  /**
   * Changes the password; this ends every login and begins a new one.
   * @throws AppError `auth.invalid` for a wrong current password; `auth.provider_required`
   */
  async changePassword(
    userId: string,
    present: string,
    next: string,
    device: Device = UNKNOWN_DEVICE,
  ): Promise<Session> {
    const passwordHash = await hashPassword(next);
    const session = await withPassword(this.#database, userId, present, async (tx, user) => {
      await tx.query('UPDATE users SET password_hash = $2 WHERE id = $1', [userId, passwordHash]);
      await endLogins(tx, userId);
      await audit(tx, { orgId: user.org_id, type: 'auth.password_changed', targetId: userId });
      await mailPasswordChanged(tx, user);
      const organization = await tx.manager.findOneByOrFail(Organization, { id: user.org_id });
      return this.#openSession(tx, user, organization, newId('refreshToken'), device);
    });
    this.forget(userId);
    return session;
  }

  /** Ends every login of a person: no access or refresh token of before is accepted. */
  async logoutEverywhere(userId: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const [user] = await tx.query<UserRow>('SELECT * FROM users WHERE id = $1 FOR UPDATE', [userId]);
      await endLogins(tx, userId);
      await audit(tx, { orgId: user.org_id, type: 'auth.logout_everywhere', targetId: userId });
    });
    this.forget(userId);
  }

  /** Only this answer contains the key; only its hash is stored. @throws AppError as `insertKey` */
  createKey(maker: Principal, name: string, scopes?: readonly Scope[], terms: Partial<KeyTerms> = {}): Promise<NewKey> {
    return this.#database.transaction((tx) => insertKey(tx, maker, { ...terms, name, scopes }));
  }

  /**
   * Makes a key that takes the place of another one, which works a while longer.
   * @throws AppError as `replaceKey`
   */
  async rotateKey(maker: Principal, rotation: Parameters<typeof replaceKey>[2]): Promise<NewKey> {
    const made = await this.#database.transaction((tx) => replaceKey(tx, maker, rotation));
    this.forget(rotation.keyId);
    return made;
  }

  /** Lists the keys, newest first. @param before id of the last key of the page before */
  async listKeys(orgId: string, limit: number, before?: string): Promise<ApiKeyRow[]> {
    return this.#database.query<ApiKeyRow>(
      `SELECT * FROM api_keys WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [orgId, before ?? null, limit],
    );
  }

  /**
   * Revokes a key, with the keys that it made and the invitations that were sent with them; idempotent.
   * @param keepMade the keys that it made stay
   * @throws AppError `request.not_found`
   */
  async revokeKey(orgId: string, keyId: string, keepMade = false): Promise<void> {
    const revoked = await this.#database.transaction((tx) => revokeKeys(tx, orgId, keyId, keepMade));
    for (const id of revoked) this.forget(id);
  }

  /**
   * Drops what this process knows about a person with the keys that the person made, about a key, about an organization with
   * all of them, or about everybody ('',
   * after a lost connection); called for `CREDENTIALS_CHANNEL`.
   */
  forget(id: string): void {
    for (const [fingerprint, { principal }] of this.#known)
      if (id === '' || [principal.id, principal.personId, principal.orgId].includes(id))
        this.#known.delete(fingerprint);
  }

  /**
   * Returns the caller with these credentials: an API key (`tsl_...`), an access token, or the token of a browser's session
   * (`tsls_...`).
   * @throws AppError `auth.invalid`, `auth.expired`
   */
  async authenticate(credentials: string): Promise<Principal> {
    if (SESSION_PATTERN.test(credentials)) {
      const tokenHash = hashToken(credentials);
      return (await this.#read(tokenHash.toString('hex'), () => this.#readSession(tokenHash))).principal;
    }
    if (!credentials.startsWith('tsl_')) {
      const { userId, loginId, issuedAtMs } = verifyAccessToken(credentials, this.#jwt);
      const { principal, tokensValidFromMs } = await this.#read(`${userId} ${loginId}`, () =>
        this.#readUser(userId, loginId),
      );
      if (issuedAtMs < tokensValidFromMs)
        throw new AppError('auth.invalid', 'The login of this access token was ended', {
          fix: 'Log in again with POST /v1/auth/login.',
        });
      return principal;
    }
    if (!API_KEY_PATTERN.test(credentials)) throw invalidKey();
    const keyHash = hashToken(credentials);
    return (await this.#read(keyHash.toString('hex'), () => this.#readKey(keyHash))).principal;
  }

  async #read(fingerprint: string, read: () => Promise<Known>): Promise<Known> {
    const now = performance.now();
    const cached = this.#known.get(fingerprint);
    if (cached && cached.until > now) return cached;
    const known = await read();
    if (this.#known.size >= CACHE_SIZE) this.#known.clear();
    // The time counts from before the reading: what changed since then may not be in it.
    this.#known.set(fingerprint, { ...known, until: now + CACHE_MS });
    return known;
  }

  async #readUser(id: string, loginId: string | undefined): Promise<Known> {
    const [row] = await this.#database.query<{
      org_id: string;
      role: Role;
      plan: Plan;
      tokens_valid_from: Date | null;
      is_open: boolean;
      suspended_for: string | null;
      is_second_factor_missing: boolean;
      is_identity_provider_required: boolean;
      is_by_provider: boolean;
    }>(
      `SELECT u.org_id, u.role, u.tokens_valid_from, row_to_json(p) AS plan, ${SUSPENDED_FOR}, o.is_identity_provider_required,
         l.is_by_provider, o.is_second_factor_required AND u.second_factor_at IS NULL AND NOT l.is_by_provider AS is_second_factor_missing,
         $2::text IS NULL OR l.is_open AS is_open
       FROM users u JOIN organizations o ON o.id = u.org_id JOIN plans p ON p.id = o.plan, LATERAL (
         SELECT coalesce(bool_or(is_by_provider), false) AS is_by_provider,
           coalesce(bool_or(revoked_at IS NULL), false) AS is_open
         FROM refresh_tokens WHERE user_id = u.id AND family_id = $2) l WHERE u.id = $1`,
      [id, loginId ?? null],
    );
    if (!row) throw new AppError('auth.invalid', 'The account of this access token was removed');
    refuseSuspended(row.suspended_for);
    this.#requireProvider(row, { id: row.org_id, ...row }, row.is_by_provider);
    const { org_id: orgId, plan, is_second_factor_missing: lacksSecondFactor } = row;
    const scopes = new Set<string>(lacksSecondFactor ? [] : scopesOf(row.role));
    return {
      principal: { orgId, plan, kind: 'user', id, personId: id, scopes, loginId, lacksSecondFactor },
      tokensValidFromMs: row.is_open ? (row.tokens_valid_from?.getTime() ?? 0) : Number.POSITIVE_INFINITY,
    };
  }

  async #readSession(tokenHash: Buffer): Promise<Known> {
    const [row] = await this.#database.query<{ user_id: string; family_id: string }>(
      `SELECT user_id, family_id FROM refresh_tokens
       WHERE token_hash = $1 AND is_cookie AND revoked_at IS NULL AND expires_at > now()`,
      [tokenHash],
    );
    if (!row) throw new AppError('auth.invalid', 'The session has ended', { fix: 'Log in again.' });
    return this.#readUser(row.user_id, row.family_id);
  }

  /** A key may do what its scopes say, as far as the person who made it may still do it. */
  async #readKey(keyHash: Buffer): Promise<Known> {
    // last_used_at is kept to the minute, so that reading does not mean writing.
    const [row] = await this.#database.query<{
      id: string;
      org_id: string;
      scopes: string[];
      created_by: string | null;
      expires_at: Date | null;
      allowed_addresses: string[] | null;
      is_test: boolean;
      role: Role | null;
      plan: Plan;
      suspended_for: string | null;
    }>(
      `WITH used AS (UPDATE api_keys SET last_used_at = now() WHERE key_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
         AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute'))
       SELECT k.id, k.org_id, k.scopes, k.created_by, k.expires_at, k.allowed_addresses, k.is_test, u.role, row_to_json(p) AS plan, ${SUSPENDED_FOR}
       FROM api_keys k JOIN organizations o ON o.id = k.org_id JOIN plans p ON p.id = o.plan LEFT JOIN users u ON u.id = k.created_by
       WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND (k.created_by IS NULL OR u.id IS NOT NULL)`,
      [keyHash],
    );
    if (!row) throw invalidKey();
    refuseSuspended(row.suspended_for);
    const { id, org_id: orgId, plan, created_by: personId, role, is_test: isTest } = row;
    if (row.expires_at !== null && row.expires_at <= new Date())
      throw new AppError('auth.expired', `The API key ${id} expired at ${row.expires_at.toISOString()}`, {
        fix: 'Create a key with POST /v1/api-keys; before a key expires, POST /v1/api-keys/{id}/rotate makes the next one.',
      });
    const allowed = new Set<string>(role === null ? SCOPES : scopesOf(role));
    const scopes = new Set(row.scopes.filter((scope) => allowed.has(scope)));
    const allowedAddresses = row.allowed_addresses ?? undefined;
    return {
      principal: { orgId, plan, kind: 'api_key', id, personId, scopes, allowedAddresses, isTest },
      tokensValidFromMs: 0,
    };
  }

  /**
   * Owners may log in by password, so that a provider that fails locks nobody out for good.
   * @throws AppError `auth.provider_required` for a login of anybody else that is not by the provider that is required
   */
  #requireProvider(
    { role }: Pick<UserRow, 'role'>,
    { id, is_identity_provider_required }: Pick<OrganizationRow, 'id' | 'is_identity_provider_required'>,
    isByProvider: boolean,
  ): void {
    if (!is_identity_provider_required || isByProvider || role === 'owner') return;
    throw new AppError('auth.provider_required', 'Your organization requires the sign-in at its identity provider', {
      fix: `Sign in at ${signInUrl(this.#apiUrl, id)}`,
    });
  }

  /** The caller holds a lock of the person's row, or has just inserted it. */
  async #openSession(
    tx: Transaction,
    user: UserRow,
    organization: OrganizationRow,
    family: string,
    device: Device,
  ): Promise<Session> {
    this.#requireProvider(user, organization, false);
    const { token, tokenHash } = newRefreshToken();
    await tx.manager.insert(RefreshToken, this.#refreshTokenRow(user, family, tokenHash, device, false));
    const [{ issued_at: issuedAt }] = await tx.query<{ issued_at: Date }>(
      `SELECT greatest(date_trunc('milliseconds', clock_timestamp()), tokens_valid_from) AS issued_at
       FROM users WHERE id = $1`,
      [user.id],
    );
    const owner = { id: user.id, orgId: organization.id, plan: organization.plan, loginId: family };
    return {
      accessToken: signAccessToken(owner, issuedAt.getTime(), this.#jwt),
      refreshToken: token,
      expiresInS: this.#jwt.accessMinutes * 60,
      user: publicUser(user),
      organization,
    };
  }

  #refreshTokenRow(
    user: UserRow,
    family: string,
    tokenHash: Buffer,
    device: Device,
    isCookie: boolean,
  ): Omit<RefreshTokenRow, 'created_at' | 'is_by_provider'> {
    return {
      id: newId('refreshToken'),
      user_id: user.id,
      family_id: family,
      token_hash: tokenHash,
      expires_at: new Date(Date.now() + this.#jwt.refreshDays * 86_400_000),
      used_at: null,
      revoked_at: null,
      is_cookie: isCookie,
      ...device,
    };
  }
}

/** Page where the people of an organization sign in */
export const signInUrl = (apiUrl: string, orgId: string): string => `${apiUrl}/?organization=${orgId}`;

/** A provider that the owner has never signed in at may be wrong. @throws AppError `request.conflict` */
async function requireUsableProvider(tx: Transaction, orgId: string, personId: string | null): Promise<void> {
  const used = await tx.query(
    `SELECT 1 FROM identity_providers p JOIN person_identities i ON i.issuer = p.issuer
     WHERE p.org_id = $1 AND i.user_id = $2`,
    [orgId, personId],
  );
  if (used.length === 0)
    throw new AppError('request.conflict', 'You have not signed in at an identity provider of the organization', {
      pointer: '/is_identity_provider_required',
      fix: 'Set the identity provider and sign in there once yourself, so that it is known to work.',
    });
}

export const publicUser = (user: UserRow): Person => ({
  id: user.id,
  email: user.email,
  name: user.name,
  role: user.role,
  language: user.language,
  email_confirmed_at: user.email_confirmed_at,
  has_second_factor: user.second_factor_at !== null,
  created_at: user.created_at,
});

type Given = 'org_id' | 'email' | 'name' | 'password_hash' | 'role' | 'email_confirmed_at' | 'language';
export const newUser = (given: Pick<UserRow, Given>): UserRow => ({
  id: newId('user'),
  ...given,
  tokens_valid_from: null,
  sealed_totp_secret: null,
  last_totp_step: 0,
  second_factor_at: null,
  created_at: new Date(),
});

/** @throws AppError `auth.forbidden` if the act concerns an owner and the caller may not change owners */
export function requireOwnerIf(maker: Principal, concernsOwner: boolean): void {
  if (concernsOwner) requireGrantable(maker, ['organization:own'], '/role');
}

export function refuseTakenEmail(error: unknown): never {
  if (!isUniqueViolation(error, 'users_email')) throw error;
  throw new AppError('auth.email_taken', 'An account with this email address exists', {
    pointer: '/email',
    fix: 'Log in with POST /v1/auth/login, or register another address.',
    cause: error,
  });
}

const SUSPENDED_FOR = '(SELECT reason FROM suspensions s WHERE s.org_id = o.id) AS suspended_for';

async function refuseSuspendedOrganization(tx: Transaction, orgId: string): Promise<void> {
  const [suspension] = await tx.query<{ reason: string }>('SELECT reason FROM suspensions WHERE org_id = $1', [orgId]);
  refuseSuspended(suspension?.reason ?? null);
}

/** @throws AppError `organization.suspended` */
function refuseSuspended(reason: string | null): void {
  if (reason !== null)
    throw new AppError('organization.suspended', `The organization is suspended: ${reason}`, {
      fix: 'Write to the operator of this installation.',
    });
}
