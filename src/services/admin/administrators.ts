/** Administrators of the platform: accounts of their own, which no organization has, with a password and a one-time code. */
import { randomBytes } from 'node:crypto';
import { AppError } from '../../contracts/common/app-error.ts';
import { PLATFORM } from '../../contracts/audit/audit.ts';
import { type Database, isUniqueViolation } from '../../adapters/database/database.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { type AdministratorRow, Administrator } from '../../adapters/database/tables/administrators.ts';
import { hashPassword, hashToken, verifyPassword } from '../accounts/credentials.ts';
import { codeUri, newCodeSecret, useOneTimeCode } from '../accounts/one-time-code.ts';
import { audit } from '../audit/audit.ts';
import type { SecretBox } from '../webhooks/secret-box.ts';

/** An administrator works this long with one login [h]. */
const SESSION_H = 8;
const SESSION = /^tsla_[\w-]{43}$/;

export type ShownAdministrator = Pick<AdministratorRow, 'id' | 'email' | 'name' | 'created_at'>;

const shown = ({ id, email, name, created_at }: AdministratorRow): ShownAdministrator => ({
  id,
  email,
  name,
  created_at,
});

export class Administrators {
  readonly #database: Database;
  readonly #box: SecretBox;
  #absentHash?: Promise<string>;

  constructor(database: Database, box: SecretBox) {
    this.#database = database;
    this.#box = box;
  }

  /** @returns what is shown once: the password, and the address that an authenticator app reads */
  async create(email: string, name: string): Promise<{ id: string; password: string; uri: string }> {
    const password = randomBytes(18).toString('base64url');
    const secret = newCodeSecret();
    const row = {
      id: newId('administrator'),
      email: email.toLowerCase(),
      name,
      password_hash: await hashPassword(password),
      sealed_totp_secret: this.#box.seal(secret),
    };
    await this.#database
      .transaction(async (tx) => {
        await tx.manager.insert(Administrator, row);
        const personal = { email: row.email, name };
        await audit(tx, { orgId: PLATFORM, type: 'admin.created', targetId: row.id, personal });
      })
      .catch((error: unknown) => {
        if (!isUniqueViolation(error, 'administrators_email')) throw error;
        throw new AppError('auth.email_taken', `${row.email} is an administrator already`, { cause: error });
      });
    return { id: row.id, password, uri: codeUri(secret, row.email) };
  }

  async list(): Promise<ShownAdministrator[]> {
    return (await this.#database.query<AdministratorRow>('SELECT * FROM administrators ORDER BY id')).map(shown);
  }

  /** Ends the account and its logins. @throws AppError `request.not_found` */
  async remove(email: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const [row] = await tx.query<AdministratorRow>('DELETE FROM administrators WHERE email = $1 RETURNING *', [
        email.toLowerCase(),
      ]);
      if (!row) throw new AppError('request.not_found', `No administrator ${email}`);
      await audit(tx, { orgId: PLATFORM, type: 'admin.removed', targetId: row.id, personal: { email: row.email } });
    });
  }

  /**
   * @param code of the authenticator app; each works once
   * @throws AppError `auth.invalid`, the same for an unknown address, a wrong password and a wrong code
   */
  async login(
    email: string,
    password: string,
    code: string,
  ): Promise<{ token: string; expiresAt: Date; administrator: ShownAdministrator }> {
    const wrong = new AppError('auth.invalid', 'The email address, the password or the code is wrong');
    const row = await this.#database.manager.findOneBy(Administrator, { email: email.toLowerCase() });
    this.#absentHash ??= hashPassword('no such administrator');
    const matches = await verifyPassword(row?.password_hash ?? (await this.#absentHash), password);
    if (!row || !matches) throw wrong;
    const token = `tsla_${randomBytes(32).toString('base64url')}`;
    const expiresAt = new Date(Date.now() + SESSION_H * 3_600_000);
    await this.#database.transaction(async (tx) => {
      const owner = { table: 'administrators', id: row.id, sealedSecret: row.sealed_totp_secret } as const;
      if (!(await useOneTimeCode(tx, this.#box, owner, code))) throw wrong;
      await tx.query('DELETE FROM administrator_sessions WHERE expires_at < now()');
      await tx.query(
        'INSERT INTO administrator_sessions (token_hash, administrator_id, expires_at) VALUES ($1, $2, $3)',
        [hashToken(token), row.id, expiresAt],
      );
      await audit(tx, { orgId: PLATFORM, type: 'admin.login', targetId: row.id });
    });
    return { token, expiresAt, administrator: shown(row) };
  }

  async logout(token: string): Promise<void> {
    await this.#database.query('DELETE FROM administrator_sessions WHERE token_hash = $1', [hashToken(token)]);
  }

  /** Asks the database each time: what an administrator may do ends at once. @throws AppError `auth.missing`, `auth.invalid` */
  async authenticate(token: string | undefined): Promise<ShownAdministrator> {
    const fix = 'Log in with POST /v1/admin/session.';
    if (token === undefined) throw new AppError('auth.missing', 'The request has no credentials', { fix });
    const [row] = SESSION.test(token)
      ? await this.#database.query<AdministratorRow>(
          `SELECT a.* FROM administrators a JOIN administrator_sessions s ON s.administrator_id = a.id
           WHERE s.token_hash = $1 AND s.expires_at > now()`,
          [hashToken(token)],
        )
      : [];
    if (!row) throw new AppError('auth.invalid', 'These are not the credentials of an administrator', { fix });
    return shown(row);
  }
}
