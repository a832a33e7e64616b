/** Organizations, users and API keys: registration, login, rotating refresh tokens, keys with scopes. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Principal, Role, Scope } from '../../contracts/common/scopes.ts';
import { DEFAULT_KEY_SCOPES, requireGrantable, SCOPES, scopesOf } from '../../contracts/common/scopes.ts';
import type { Database, Transaction } from '../../adapters/database/database.ts';
import { isUniqueViolation } from '../../adapters/database/database.ts';
import type { ApiKeyRow, OrganizationRow, RefreshTokenRow, UserRow } from '../../adapters/database/tables/accounts.ts';
import { ApiKey, Organization, User } from '../../adapters/database/tables/accounts.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { enqueueMail } from '../mails/mails.ts';
import type { JwtOptions } from './credentials.ts';
import {
  API_KEY_PATTERN,
  hashPassword,
  hashToken,
  newApiKey,
  newRefreshToken,
  signAccessToken,
  verifyAccessToken,
  verifyPassword,
} from './credentials.ts';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly organizationName: string;
}

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Life of the access token [s]. */
  readonly expiresInS: number;
}

export interface Session extends TokenPair {
  readonly user: Pick<UserRow, 'id' | 'email' | 'name' | 'role' | 'created_at'>;
  readonly organization: OrganizationRow;
}

/** Channel that announces the id of a changed person or revoked key, so that every process reads it again at once. */
export const CREDENTIALS_CHANNEL = 'credentials_changed';
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
  readonly #keyMode: 'live' | 'test';
  readonly #apiUrl: string | undefined;
  readonly #known = new Map<string, Known & { readonly until: number }>();
  #absentUserHash?: Promise<string>;

  /** @param options.apiUrl public address of the API for the welcome mail; without it no mail is sent */
  constructor(database: Database, options: { jwt: JwtOptions; keyMode: 'live' | 'test'; apiUrl?: string }) {
    this.#database = database;
    this.#apiUrl = options.apiUrl;
    this.#jwt = options.jwt;
    this.#keyMode = options.keyMode;
  }

  /** @throws AppError `auth.email_taken` */
  async register(registration: Registration): Promise<Session> {
    const organization: OrganizationRow = {
      id: newId('organization'),
      name: registration.organizationName,
      plan: 'free',
      created_at: new Date(),
    };
    const user: UserRow = {
      id: newId('user'),
      org_id: organization.id,
      email: registration.email.toLowerCase(),
      name: registration.name,
      password_hash: await hashPassword(registration.password),
      role: 'owner',
      tokens_valid_from: null,
      created_at: new Date(),
    };
    return this.#database
      .transaction(async (tx) => {
        await tx.manager.insert(Organization, organization);
        await tx.manager.insert(User, user);
        if (this.#apiUrl !== undefined)
          await enqueueMail(tx, {
            orgId: organization.id,
            to: user.email,
            template: 'account.welcome',
            idempotencyKey: `account.welcome/${user.id}`,
            data: { name: user.name, organization: organization.name, apiUrl: this.#apiUrl },
          });
        return this.#openSession(tx, user, organization, newId('refreshToken'));
      })
      .catch(refuseTakenEmail);
  }

  /** @throws AppError `auth.invalid`, the same for an unknown address and a wrong password */
  async login(email: string, password: string): Promise<Session> {
    const user = await this.#database.manager.findOneBy(User, { email: email.toLowerCase() });
    // An unknown address costs the same time as a known one, so that addresses cannot be probed.
    this.#absentUserHash ??= hashPassword('no such user');
    const matches = await verifyPassword(user?.password_hash ?? (await this.#absentUserHash), password);
    if (!user || !matches) throw new AppError('auth.invalid', 'The email address or the password is wrong');
    return this.#database.transaction(async (tx) => {
      await this.#requirePassword(tx, user, 'SHARE');
      const organization = await tx.manager.findOneByOrFail(Organization, { id: user.org_id });
      return this.#openSession(tx, user, organization, newId('refreshToken'));
    });
  }

  /**
   * Locks a person's row, so that no login begins while all of them end. @throws AppError `auth.invalid` if the password has
   * changed since `user` was read
   */
  async #requirePassword(tx: Transaction, user: UserRow, lock: 'SHARE' | 'UPDATE'): Promise<void> {
    const rows = await tx.query(`SELECT 1 FROM users WHERE id = $1 AND password_hash = $2 FOR ${lock}`, [
      user.id,
      user.password_hash,
    ]);
    if (rows.length === 0) throw new AppError('auth.invalid', 'The password has changed in the meantime');
  }

  /**
   * Exchanges a refresh token for a new pair. Each token works once: a second use means that it was copied, and the
   * whole family of tokens that came from the same login is revoked.
   * @throws AppError `auth.invalid`, `auth.expired`, `auth.token_reused`
   */
  async refresh(token: string): Promise<Session> {
    const tokenHash = hashToken(token);
    const outcome = await this.#database.transaction<Session | AppError>(async (tx) => {
      // The person's row is locked first, as it is where all logins end: a token that is made meanwhile would outlive them.
      await tx.query(
        'SELECT 1 FROM users WHERE id = (SELECT user_id FROM refresh_tokens WHERE token_hash = $1) FOR SHARE',
        [tokenHash],
      );
      const [stored] = await tx.query<RefreshTokenRow>(
        'SELECT * FROM refresh_tokens WHERE token_hash = $1 FOR UPDATE',
        [tokenHash],
      );
      if (!stored || (stored.revoked_at && !stored.used_at))
        return new AppError('auth.invalid', 'The refresh token is not valid', { fix: 'Log in again.' });
      if (stored.used_at) {
        await tx.query('UPDATE refresh_tokens SET revoked_at = now() WHERE family_id = $1 AND revoked_at IS NULL', [
          stored.family_id,
        ]);
        return new AppError('auth.token_reused', 'This refresh token was used before; its whole login is now ended', {
          fix: 'Log in again, and keep the newest refresh token of each answer.',
        });
      }
      if (stored.expires_at <= new Date())
        return new AppError('auth.expired', 'The refresh token has expired', { fix: 'Log in again.' });
      await tx.query('UPDATE refresh_tokens SET used_at = now() WHERE id = $1', [stored.id]);
      const user = await tx.manager.findOneByOrFail(User, { id: stored.user_id });
      const organization = await tx.manager.findOneByOrFail(Organization, { id: user.org_id });
      return this.#openSession(tx, user, organization, stored.family_id);
    });
    if (outcome instanceof AppError) throw outcome;
    return outcome;
  }

  /** Ends the login that a refresh token belongs to; does nothing for an unknown token. */
  async logout(token: string): Promise<void> {
    await this.#database.query(
      `UPDATE refresh_tokens SET revoked_at = now() WHERE revoked_at IS NULL AND family_id =
         (SELECT family_id FROM refresh_tokens WHERE token_hash = $1)`,
      [hashToken(token)],
    );
  }

  organization(orgId: string): Promise<OrganizationRow> {
    return this.#database.manager.findOneByOrFail(Organization, { id: orgId });
  }

  async user(userId: string): Promise<Session['user'] | undefined> {
    const row = await this.#database.manager.findOneBy(User, { id: userId });
    return row ? publicUser(row) : undefined;
  }

  async renameOrganization(orgId: string, name: string): Promise<OrganizationRow> {
    await this.#database.manager.update(Organization, { id: orgId }, { name });
    return this.organization(orgId);
  }

  /** Lists the members, newest first. @param before id of the last member of the page before */
  async members(orgId: string, limit: number, before?: string): Promise<Session['user'][]> {
    const rows = await this.#database.query<UserRow>(
      'SELECT * FROM users WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3',
      [orgId, before ?? null, limit],
    );
    return rows.map(publicUser);
  }

  /** @throws AppError `auth.email_taken`; `auth.forbidden` for a role that may do more than its giver */
  async addMember(
    maker: Principal,
    { email, name, password, role }: { email: string; name: string; password: string; role: Role },
  ): Promise<Session['user']> {
    requireGrantable(maker, scopesOf(role), '/role');
    const user: UserRow = {
      id: newId('user'),
      org_id: maker.orgId,
      email: email.toLowerCase(),
      name,
      password_hash: await hashPassword(password),
      role,
      tokens_valid_from: null,
      created_at: new Date(),
    };
    await this.#database.manager.insert(User, user).catch(refuseTakenEmail);
    return publicUser(user);
  }

  /**
   * Changes what a person may do, and so what the keys that the person made may do.
   * @throws AppError `request.not_found`; `request.conflict` for the last owner; `auth.forbidden` for a role that may do more
   *   than the person may now and its giver may
   */
  async changeRole(maker: Principal, userId: string, role: Role): Promise<Session['user']> {
    const user = await this.#database.transaction(async (tx) => {
      await this.#requireOtherOwner(tx, maker.orgId, role === 'owner' ? undefined : userId);
      const [now] = await tx.query<UserRow>('SELECT * FROM users WHERE org_id = $1 AND id = $2 FOR UPDATE', [
        maker.orgId,
        userId,
      ]);
      if (!now) throw new AppError('request.not_found', `No member ${userId}`);
      const had = new Set<string>(scopesOf(now.role));
      requireGrantable(
        maker,
        scopesOf(role).filter((scope) => !had.has(scope)),
        '/role',
      );
      await tx.query('UPDATE users SET role = $2 WHERE id = $1', [userId, role]);
      await announce(tx, userId);
      return { ...now, role };
    });
    this.forget(userId);
    return publicUser(user);
  }

  /**
   * Ends the account, its logins and the keys that the person made; the jobs and other objects stay.
   * @throws AppError as `changeRole`
   */
  async removeMember(orgId: string, userId: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#requireOtherOwner(tx, orgId, userId);
      const rows = await tx.query('DELETE FROM users WHERE org_id = $1 AND id = $2 RETURNING id', [orgId, userId]);
      if (rows.length === 0) throw new AppError('request.not_found', `No member ${userId}`);
      // A key that is made at this moment is refused all the same, because its maker does not exist.
      await tx.query('UPDATE api_keys SET revoked_at = now() WHERE created_by = $1 AND revoked_at IS NULL', [userId]);
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
   * @throws AppError `auth.invalid` for a wrong current password
   */
  async changePassword(userId: string, present: string, next: string): Promise<Session> {
    const user = await this.#database.manager.findOneBy(User, { id: userId });
    if (!user) throw new AppError('auth.invalid', 'The account of this access token was removed');
    if (!(await verifyPassword(user.password_hash, present)))
      throw new AppError('auth.invalid', 'The present password is wrong', { pointer: '/current_password' });
    const passwordHash = await hashPassword(next);
    const session = await this.#database.transaction(async (tx) => {
      await this.#requirePassword(tx, user, 'UPDATE');
      await tx.query('UPDATE users SET password_hash = $2 WHERE id = $1', [userId, passwordHash]);
      await this.#endLogins(tx, userId);
      const organization = await tx.manager.findOneByOrFail(Organization, { id: user.org_id });
      return this.#openSession(tx, user, organization, newId('refreshToken'));
    });
    this.forget(userId);
    return session;
  }

  /** Ends every login of a person: no access or refresh token of before is accepted. */
  async logoutEverywhere(userId: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [userId]);
      await this.#endLogins(tx, userId);
    });
    this.forget(userId);
  }

  /**
   * The caller holds the lock of the person's row, so that the time is later than that of every token issued
   * before.
   */
  async #endLogins(tx: Transaction, userId: string): Promise<void> {
    await tx.query(
      `UPDATE users SET tokens_valid_from =
         greatest(tokens_valid_from, date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond')
       WHERE id = $1`,
      [userId],
    );
    await tx.query('UPDATE refresh_tokens SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL', [userId]);
    await announce(tx, userId);
  }

  /**
   * Only this answer contains the key; only its hash is stored.
   * @param scopes default: the maker's, without those for keys and people
   * @throws AppError `auth.forbidden` for scopes that the maker lacks
   */
  async createKey(maker: Principal, name: string, scopes?: readonly Scope[]): Promise<{ row: ApiKeyRow; key: string }> {
    requireGrantable(maker, scopes ?? [], '/scopes');
    const granted = scopes ?? DEFAULT_KEY_SCOPES.filter((scope) => maker.scopes.has(scope));
    if (granted.length === 0)
      throw new AppError('auth.forbidden', 'These credentials have no scope that they could grant');
    const { key, prefix, keyHash } = newApiKey(this.#keyMode);
    const row: ApiKeyRow = {
      id: newId('apiKey'),
      org_id: maker.orgId,
      name,
      prefix,
      key_hash: keyHash,
      scopes: [...granted],
      created_by: maker.personId,
      parent_key_id: maker.kind === 'api_key' ? maker.id : null,
      created_at: new Date(),
      last_used_at: null,
      revoked_at: null,
    };
    await this.#database.transaction(async (tx) => {
      // The parent's lock orders this and its revocation, which also revokes what it has made.
      if (row.parent_key_id !== null) {
        const parents = await tx.query('SELECT 1 FROM api_keys WHERE id = $1 AND revoked_at IS NULL FOR SHARE', [
          row.parent_key_id,
        ]);
        if (parents.length === 0) throw invalidKey();
      }
      await tx.manager.insert(ApiKey, row);
    });
    return { row, key };
  }

  /** Lists the keys, newest first. @param before id of the last key of the page before */
  async listKeys(orgId: string, limit: number, before?: string): Promise<ApiKeyRow[]> {
    return this.#database.query<ApiKeyRow>(
      `SELECT * FROM api_keys WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [orgId, before ?? null, limit],
    );
  }

  /** Revokes a key and the keys that it made; idempotent. @throws AppError `request.not_found` */
  async revokeKey(orgId: string, keyId: string): Promise<void> {
    const revoked = await this.#database.transaction(async (tx) => {
      const rows = await tx.query<{ id: string }>(
        `UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE org_id = $1 AND id = $2 RETURNING id`,
        [orgId, keyId],
      );
      if (rows.length === 0) throw new AppError('request.not_found', `No API key ${keyId}`);
      const ids = [keyId];
      // Generation by generation: the locks of one keep it from making more of the next.
      for (let parents = ids; parents.length > 0; ) {
        const children = await tx.query<{ id: string }>(
          'UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE parent_key_id = ANY($1) RETURNING id',
          [parents],
        );
        parents = children.map(({ id }) => id);
        ids.push(...parents);
      }
      for (const id of ids) await announce(tx, id);
      return ids;
    });
    for (const id of revoked) this.forget(id);
  }

  /**
   * Drops what this process knows about a person with the keys that the person made, about a key, or about all of them ('',
   * after a lost connection); called for `CREDENTIALS_CHANNEL`.
   */
  forget(id: string): void {
    for (const [fingerprint, { principal }] of this.#known)
      if (id === '' || principal.id === id || principal.personId === id) this.#known.delete(fingerprint);
  }

  /**
   * Returns the caller with these credentials: an API key (`tsl_...`) or an access token.
   * @throws AppError `auth.invalid`, `auth.expired`
   */
  async authenticate(credentials: string): Promise<Principal> {
    if (!credentials.startsWith('tsl_')) {
      const { userId, issuedAtMs } = verifyAccessToken(credentials, this.#jwt);
      const { principal, tokensValidFromMs } = await this.#read(userId, () => this.#readUser(userId));
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

  async #readUser(id: string): Promise<Known> {
    const [row] = await this.#database.query<{
      org_id: string;
      role: Role;
      plan: string;
      tokens_valid_from: Date | null;
    }>(
      `SELECT u.org_id, u.role, u.tokens_valid_from, o.plan FROM users u JOIN organizations o ON o.id = u.org_id
       WHERE u.id = $1`,
      [id],
    );
    if (!row) throw new AppError('auth.invalid', 'The account of this access token was removed');
    const scopes = new Set<string>(scopesOf(row.role));
    return {
      principal: { orgId: row.org_id, plan: row.plan, kind: 'user', id, personId: id, scopes },
      tokensValidFromMs: row.tokens_valid_from?.getTime() ?? 0,
    };
  }

  /** A key may do what its scopes say, as far as the person who made it may still do it. */
  async #readKey(keyHash: Buffer): Promise<Known> {
    // last_used_at is kept to the minute, so that reading does not mean writing.
    const [row] = await this.#database.query<{
      id: string;
      org_id: string;
      scopes: string[];
      created_by: string | null;
      role: Role | null;
      plan: string;
    }>(
      `WITH used AS (UPDATE api_keys SET last_used_at = now() WHERE key_hash = $1 AND revoked_at IS NULL
         AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute'))
       SELECT k.id, k.org_id, k.scopes, k.created_by, u.role, o.plan
       FROM api_keys k JOIN organizations o ON o.id = k.org_id LEFT JOIN users u ON u.id = k.created_by
       WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND (k.created_by IS NULL OR u.id IS NOT NULL)`,
      [keyHash],
    );
    if (!row) throw invalidKey();
    const { id, org_id: orgId, plan, created_by: personId, role } = row;
    const allowed = new Set<string>(role === null ? SCOPES : scopesOf(role));
    const scopes = new Set(row.scopes.filter((scope) => allowed.has(scope)));
    return { principal: { orgId, plan, kind: 'api_key', id, personId, scopes }, tokensValidFromMs: 0 };
  }

  /** The caller holds a lock of the person's row, or has just inserted it. */
  async #openSession(tx: Transaction, user: UserRow, organization: OrganizationRow, family: string): Promise<Session> {
    const { token, tokenHash } = newRefreshToken();
    const row: Omit<RefreshTokenRow, 'used_at' | 'revoked_at' | 'created_at'> = {
      id: newId('refreshToken'),
      user_id: user.id,
      family_id: family,
      token_hash: tokenHash,
      expires_at: new Date(Date.now() + this.#jwt.refreshDays * 86_400_000),
    };
    await tx.query(
      'INSERT INTO refresh_tokens (id, user_id, family_id, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5)',
      [row.id, row.user_id, row.family_id, row.token_hash, row.expires_at],
    );
    const [{ issued_at: issuedAt }] = await tx.query<{ issued_at: Date }>(
      `SELECT greatest(date_trunc('milliseconds', clock_timestamp()), tokens_valid_from) AS issued_at
       FROM users WHERE id = $1`,
      [user.id],
    );
    const owner = { id: user.id, orgId: organization.id, plan: organization.plan };
    return {
      accessToken: signAccessToken(owner, issuedAt.getTime(), this.#jwt),
      refreshToken: token,
      expiresInS: this.#jwt.accessMinutes * 60,
      user: publicUser(user),
      organization,
    };
  }
}

const publicUser = ({ id, email, name, role, created_at }: UserRow): Session['user'] => ({
  id,
  email,
  name,
  role,
  created_at,
});

function refuseTakenEmail(error: unknown): never {
  if (!isUniqueViolation(error, 'users_email')) throw error;
  throw new AppError('auth.email_taken', 'An account with this email address exists', {
    pointer: '/email',
    fix: 'Log in with POST /v1/auth/login, or register another address.',
    cause: error,
  });
}

/** Notifies every process when the transaction commits. */
async function announce(tx: Transaction, id: string): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [CREDENTIALS_CHANNEL, id]);
}

const invalidKey = (): AppError =>
  new AppError('auth.invalid', 'The API key is not valid or was revoked', {
    fix: 'Create a key with POST /v1/api-keys; keys begin with tsl_live_ or tsl_test_.',
  });
