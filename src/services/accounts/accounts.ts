/** Organizations, users and API keys: registration, login, rotating refresh tokens, keys with scopes. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Principal, Role, Scope } from '../../contracts/common/scopes.ts';
import { DEFAULT_KEY_SCOPES, scopesOf } from '../../contracts/common/scopes.ts';
import type { Database, Queryable, Transaction } from '../../adapters/database/database.ts';
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

/** Channel that announces the hash of a revoked key or the id of a changed user, so that every process stops accepting it. */
export const KEY_REVOKED_CHANNEL = 'api_key_revoked';
/**
 * Time for which a process trusts what it read about a key or a user [ms]. Revocations are announced at once; this covers a lost
 * notification.
 */
const KEY_CACHE_MS = 5_000;
const KEY_CACHE_SIZE = 10_000;

export class Accounts {
  readonly #database: Database;
  readonly #jwt: JwtOptions;
  readonly #keyMode: 'live' | 'test';
  readonly #apiUrl: string | undefined;
  readonly #keys = new Map<string, { principal: Principal; until: number }>();
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
    const organization = await this.#database.manager.findOneByOrFail(Organization, { id: user.org_id });
    return this.#openSession(this.#database, user, organization, newId('refreshToken'));
  }

  /**
   * Exchanges a refresh token for a new pair. Each token works once: a second use means that it was copied, and the
   * whole family of tokens that came from the same login is revoked.
   * @throws AppError `auth.invalid`, `auth.expired`, `auth.token_reused`
   */
  async refresh(token: string): Promise<Session> {
    const outcome = await this.#database.transaction<Session | AppError>(async (tx) => {
      const [stored] = await tx.query<RefreshTokenRow>(
        'SELECT * FROM refresh_tokens WHERE token_hash = $1 FOR UPDATE',
        [hashToken(token)],
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

  /** Newest first. @param before id of the last member of the page before */
  async members(orgId: string, limit: number, before?: string): Promise<Session['user'][]> {
    const rows = await this.#database.query<UserRow>(
      'SELECT * FROM users WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3',
      [orgId, before ?? null, limit],
    );
    return rows.map(publicUser);
  }

  /** @throws AppError `auth.email_taken` */
  async addMember(
    orgId: string,
    { email, name, password, role }: { email: string; name: string; password: string; role: Role },
  ): Promise<Session['user']> {
    const user: UserRow = {
      id: newId('user'),
      org_id: orgId,
      email: email.toLowerCase(),
      name,
      password_hash: await hashPassword(password),
      role,
      created_at: new Date(),
    };
    await this.#database.manager.insert(User, user).catch(refuseTakenEmail);
    return publicUser(user);
  }

  /** @throws AppError `request.not_found`; `request.conflict` for the last owner */
  async changeRole(orgId: string, userId: string, role: Role): Promise<Session['user']> {
    const user = await this.#database.transaction(async (tx) => {
      await this.#requireOtherOwner(tx, orgId, role === 'owner' ? undefined : userId);
      const [row] = await tx.query<UserRow>('UPDATE users SET role = $3 WHERE org_id = $1 AND id = $2 RETURNING *', [
        orgId,
        userId,
        role,
      ]);
      if (!row) throw new AppError('request.not_found', `No member ${userId}`);
      return row;
    });
    await this.#forgetEverywhere(userId);
    return publicUser(user);
  }

  /**
   * Ends the account with its logins; the jobs and other objects that it created stay.
   * @throws AppError as `changeRole`
   */
  async removeMember(orgId: string, userId: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await this.#requireOtherOwner(tx, orgId, userId);
      const rows = await tx.query('DELETE FROM users WHERE org_id = $1 AND id = $2 RETURNING id', [orgId, userId]);
      if (rows.length === 0) throw new AppError('request.not_found', `No member ${userId}`);
    });
    await this.#forgetEverywhere(userId);
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
    const user = await this.#database.manager.findOneByOrFail(User, { id: userId });
    if (!(await verifyPassword(user.password_hash, present)))
      throw new AppError('auth.invalid', 'The present password is wrong', { pointer: '/current_password' });
    const passwordHash = await hashPassword(next);
    return this.#database.transaction(async (tx) => {
      await tx.query('UPDATE users SET password_hash = $2 WHERE id = $1', [userId, passwordHash]);
      await tx.query('UPDATE refresh_tokens SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL', [
        userId,
      ]);
      const organization = await tx.manager.findOneByOrFail(Organization, { id: user.org_id });
      return this.#openSession(tx, user, organization, newId('refreshToken'));
    });
  }

  /** Only this answer contains the key; only its hash is stored. */
  async createKey(
    orgId: string,
    name: string,
    scopes: readonly Scope[] = DEFAULT_KEY_SCOPES,
  ): Promise<{ row: ApiKeyRow; key: string }> {
    const { key, prefix, keyHash } = newApiKey(this.#keyMode);
    const row: ApiKeyRow = {
      id: newId('apiKey'),
      org_id: orgId,
      name,
      prefix,
      key_hash: keyHash,
      scopes: [...scopes],
      created_at: new Date(),
      last_used_at: null,
      revoked_at: null,
    };
    await this.#database.manager.insert(ApiKey, row);
    return { row, key };
  }

  /** Newest first. @param before id of the last key of the page before */
  async listKeys(orgId: string, limit: number, before?: string): Promise<ApiKeyRow[]> {
    return this.#database.query<ApiKeyRow>(
      `SELECT * FROM api_keys WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [orgId, before ?? null, limit],
    );
  }

  /** Revokes a key; idempotent. @throws AppError `request.not_found` */
  async revokeKey(orgId: string, keyId: string): Promise<void> {
    const [row] = await this.#database.query<{ key_hash: Buffer }>(
      `UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE org_id = $1 AND id = $2 RETURNING key_hash`,
      [orgId, keyId],
    );
    if (!row) throw new AppError('request.not_found', `No API key ${keyId}`);
    await this.#forgetEverywhere(row.key_hash.toString('hex'));
  }

  async #forgetEverywhere(fingerprint: string): Promise<void> {
    this.forgetKey(fingerprint);
    await this.#database.query('SELECT pg_notify($1, $2)', [KEY_REVOKED_CHANNEL, fingerprint]);
  }

  /**
   * Drops what this process has cached about a key or user, or about all of them ('', after a lost connection); called
   * for `KEY_REVOKED_CHANNEL`.
   */
  forgetKey(fingerprint: string): void {
    if (fingerprint) this.#keys.delete(fingerprint);
    else this.#keys.clear();
  }

  /**
   * The caller with these credentials: an API key (`tsl_...`) or an access token.
   * @throws AppError `auth.invalid`, `auth.expired`
   */
  async authenticate(credentials: string): Promise<Principal> {
    if (!credentials.startsWith('tsl_')) {
      const userId = verifyAccessToken(credentials, this.#jwt);
      return this.#known(userId, () => this.#userPrincipal(userId));
    }
    if (!API_KEY_PATTERN.test(credentials)) throw invalidKey();
    const keyHash = hashToken(credentials);
    return this.#known(keyHash.toString('hex'), () => this.#keyPrincipal(keyHash));
  }

  async #known(fingerprint: string, read: () => Promise<Principal>): Promise<Principal> {
    const cached = this.#keys.get(fingerprint);
    if (cached && cached.until > Date.now()) return cached.principal;
    const principal = await read();
    if (this.#keys.size >= KEY_CACHE_SIZE) this.#keys.clear();
    this.#keys.set(fingerprint, { principal, until: Date.now() + KEY_CACHE_MS });
    return principal;
  }

  async #userPrincipal(id: string): Promise<Principal> {
    const [row] = await this.#database.query<{ org_id: string; role: Role; plan: string }>(
      'SELECT u.org_id, u.role, o.plan FROM users u JOIN organizations o ON o.id = u.org_id WHERE u.id = $1',
      [id],
    );
    if (!row) throw new AppError('auth.invalid', 'The account of this access token was removed');
    return { orgId: row.org_id, plan: row.plan, kind: 'user', id, scopes: new Set<string>(scopesOf(row.role)) };
  }

  async #keyPrincipal(keyHash: Buffer): Promise<Principal> {
    // last_used_at is kept to the minute, so that reading does not mean writing.
    const [row] = await this.#database.query<{ id: string; org_id: string; scopes: string[]; plan: string }>(
      `WITH used AS (UPDATE api_keys SET last_used_at = now() WHERE key_hash = $1 AND revoked_at IS NULL
         AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute'))
       SELECT k.id, k.org_id, k.scopes, o.plan FROM api_keys k JOIN organizations o ON o.id = k.org_id
       WHERE k.key_hash = $1 AND k.revoked_at IS NULL`,
      [keyHash],
    );
    if (!row) throw invalidKey();
    return { orgId: row.org_id, plan: row.plan, kind: 'api_key', id: row.id, scopes: new Set(row.scopes) };
  }

  async #openSession(db: Queryable, user: UserRow, organization: OrganizationRow, family: string): Promise<Session> {
    const { token, tokenHash } = newRefreshToken();
    const row: Omit<RefreshTokenRow, 'used_at' | 'revoked_at' | 'created_at'> = {
      id: newId('refreshToken'),
      user_id: user.id,
      family_id: family,
      token_hash: tokenHash,
      expires_at: new Date(Date.now() + this.#jwt.refreshDays * 86_400_000),
    };
    await db.query(
      'INSERT INTO refresh_tokens (id, user_id, family_id, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5)',
      [row.id, row.user_id, row.family_id, row.token_hash, row.expires_at],
    );
    return {
      accessToken: signAccessToken({ id: user.id, orgId: organization.id, plan: organization.plan }, this.#jwt),
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

const invalidKey = (): AppError =>
  new AppError('auth.invalid', 'The API key is not valid or was revoked', {
    fix: 'Create a key with POST /v1/api-keys; keys begin with tsl_live_ or tsl_test_.',
  });
