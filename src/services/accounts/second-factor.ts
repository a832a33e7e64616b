/**
 * Second factors of people: with one, a login takes the code of an authenticator app besides the password, or one of ten
 * recovery codes, which work once each.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database, Transaction } from '../../adapters/database/database.ts';
import type { UserRow } from '../../adapters/database/tables/accounts.ts';
import { audit } from '../audit/audit.ts';
import type { SecretBox } from '../webhooks/secret-box.ts';
import { mailSecondFactor } from './account-mails.ts';
import { hashToken } from './credentials.ts';
import { announce } from './logins.ts';
import { codeUri, newCodeSecret, randomBase32, useOneTimeCode } from './one-time-code.ts';
import { removedPerson, withPassword } from './present-password.ts';

const N_RECOVERY_CODES = 10;
/** 80 random bits: whoever reads the stored hashes cannot find the codes. */
const RECOVERY_CODE_LENGTH = 16;

/** What shows that a person has the second factor */
export interface Proof {
  readonly one_time_code?: string;
  readonly recovery_code?: string;
}

export interface SecondFactorStatus {
  readonly is_on: boolean;
  readonly set_up_at: Date | null;
  /** Recovery codes that nobody has used yet */
  readonly n_recovery_codes: number;
}

/** What a process knows about people */
interface KnownPeople {
  forget(userId: string): void;
}

export class SecondFactors {
  readonly #database: Database;
  readonly #accounts: KnownPeople;
  readonly #box: SecretBox;

  constructor(database: Database, accounts: KnownPeople, box: SecretBox) {
    this.#database = database;
    this.#accounts = accounts;
    this.#box = box;
  }

  async status(userId: string): Promise<SecondFactorStatus> {
    const [row] = await this.#database.query<Omit<SecondFactorStatus, 'is_on'>>(
      `SELECT second_factor_at AS set_up_at, (SELECT count(*)::int FROM recovery_codes WHERE user_id = u.id) AS n_recovery_codes
       FROM users u WHERE id = $1`,
      [userId],
    );
    if (!row) throw removedPerson();
    return { is_on: row.set_up_at !== null, ...row };
  }

  /**
   * Begins to set a second factor up; logins take it once a code has confirmed it. The secret takes the place of one that was
   * begun before.
   * @throws AppError `auth.invalid` for a wrong password; `request.conflict` if the person has a second factor
   */
  begin(userId: string, password: string): Promise<{ secret: string; uri: string }> {
    return withPassword(this.#database, userId, password, async (tx, user) => {
      if (user.second_factor_at !== null) throw isSetUp();
      const secret = newCodeSecret();
      await tx.query('UPDATE users SET sealed_totp_secret = $2 WHERE id = $1', [userId, this.#box.seal(secret)]);
      return { secret, uri: codeUri(secret, user.email) };
    });
  }

  /**
   * Sets the second factor up that was begun.
   * @returns the recovery codes, which are shown once
   * @throws AppError `auth.invalid` for a wrong code; `request.conflict` if none was begun, or one is set up
   */
  async confirm(userId: string, code: string): Promise<string[]> {
    const codes = await this.#database.transaction(async (tx) => {
      const user = await lockedPerson(tx, userId);
      if (user.second_factor_at !== null) throw isSetUp();
      if (user.sealed_totp_secret === null)
        throw new AppError('request.conflict', 'No second factor was begun', {
          fix: 'Begin one with POST /v1/auth/second-factor.',
        });
      await requireCode(tx, this.#box, user, user.sealed_totp_secret, code);
      await tx.query('UPDATE users SET second_factor_at = now() WHERE id = $1', [userId]);
      const made = await replaceRecoveryCodes(tx, userId);
      await audit(tx, { orgId: user.org_id, type: 'auth.second_factor_set_up', targetId: userId });
      await mailSecondFactor(tx, user, 'set_up');
      await announce(tx, userId);
      return made;
    });
    this.#accounts.forget(userId);
    return codes;
  }

  /**
   * Makes recovery codes that take the place of those of before.
   * @throws AppError as `end`
   */
  replaceRecoveryCodes(userId: string, password: string, proof: Proof): Promise<string[]> {
    return this.#withProof(userId, password, proof, async (tx, user) => {
      await audit(tx, { orgId: user.org_id, type: 'auth.recovery_codes_replaced', targetId: userId });
      return replaceRecoveryCodes(tx, userId);
    });
  }

  /**
   * Ends a person's second factor: logins take the password only.
   * @throws AppError `auth.invalid` for a wrong password or code; `auth.second_factor_required` without a code;
   *   `request.conflict` without a second factor
   */
  async end(userId: string, password: string, proof: Proof): Promise<void> {
    await this.#withProof(userId, password, proof, endSecondFactor);
    this.#accounts.forget(userId);
  }

  /** Ends the second factor of a person who has lost it; for administrators. @throws AppError `request.not_found` */
  async endLost(userId: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const [user] = await tx.query<UserRow>(
        'SELECT * FROM users WHERE id = $1 AND second_factor_at IS NOT NULL FOR UPDATE',
        [userId],
      );
      if (!user) throw new AppError('request.not_found', `No person ${userId} with a second factor`);
      await endSecondFactor(tx, user);
    });
    this.#accounts.forget(userId);
  }

  #withProof<Done>(
    userId: string,
    password: string,
    proof: Proof,
    work: (tx: Transaction, user: UserRow) => Promise<Done>,
  ): Promise<Done> {
    return withPassword(this.#database, userId, password, async (tx, user) => {
      if (user.second_factor_at === null) throw new AppError('request.conflict', 'You have no second factor');
      await proveSecondFactor(tx, this.#box, user, proof);
      return work(tx, user);
    });
  }
}

/**
 * Uses up the code of a person who has a second factor. The caller holds the lock of the person's row.
 * @throws AppError `auth.second_factor_required` without a code; `auth.invalid` for one that is wrong or was used
 */
export async function proveSecondFactor(
  tx: Transaction,
  box: SecretBox,
  user: UserRow,
  { one_time_code, recovery_code }: Proof,
): Promise<void> {
  if (user.second_factor_at === null || user.sealed_totp_secret === null) return;
  if (recovery_code !== undefined) await useRecoveryCode(tx, user, recovery_code);
  else if (one_time_code !== undefined) await requireCode(tx, box, user, user.sealed_totp_secret, one_time_code);
  else
    throw new AppError('auth.second_factor_required', 'The password is right; this account takes a code as well', {
      fix: 'Send one_time_code, the six digits of your authenticator app, or recovery_code besides the password.',
    });
}

async function requireCode(tx: Transaction, box: SecretBox, user: UserRow, sealedSecret: Buffer, code: string) {
  if (await useOneTimeCode(tx, box, { table: 'users', id: user.id, sealedSecret }, code)) return;
  throw new AppError('auth.invalid', 'The code is wrong, has ended, or was used before', {
    pointer: '/one_time_code',
    fix: 'Wait for the next code of the app, and check the clock of the device that makes it.',
  });
}

async function useRecoveryCode(tx: Transaction, user: UserRow, code: string): Promise<void> {
  const used = await tx.query('DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2 RETURNING user_id', [
    user.id,
    hashOfCode(code),
  ]);
  if (used.length === 0)
    throw new AppError('auth.invalid', 'The recovery code is wrong or was used before', { pointer: '/recovery_code' });
  await audit(tx, { orgId: user.org_id, type: 'auth.recovery_code_used', targetId: user.id, actorId: user.id });
  await mailSecondFactor(tx, user, 'recovery_code_used');
}

async function replaceRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: N_RECOVERY_CODES }, () => randomBase32(RECOVERY_CODE_LENGTH));
  await tx.query('DELETE FROM recovery_codes WHERE user_id = $1', [userId]);
  await tx.query('INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])', [
    userId,
    codes.map(hashOfCode),
  ]);
  return codes.map((code) => code.match(/.{4}/g)!.join('-'));
}

/** People type codes in small letters and with spaces in place of hyphens. */
const hashOfCode = (code: string): Buffer => hashToken(code.toUpperCase().replaceAll(/[^A-Z2-7]/g, ''));

async function endSecondFactor(tx: Transaction, user: UserRow): Promise<void> {
  await tx.query('UPDATE users SET sealed_totp_secret = NULL, second_factor_at = NULL WHERE id = $1', [user.id]);
  await tx.query('DELETE FROM recovery_codes WHERE user_id = $1', [user.id]);
  await audit(tx, { orgId: user.org_id, type: 'auth.second_factor_ended', targetId: user.id });
  await mailSecondFactor(tx, user, 'ended');
  await announce(tx, user.id);
}

async function lockedPerson(tx: Transaction, userId: string): Promise<UserRow> {
  const [user] = await tx.query<UserRow>('SELECT * FROM users WHERE id = $1 FOR UPDATE', [userId]);
  if (!user) throw removedPerson();
  return user;
}

const isSetUp = (): AppError =>
  new AppError('request.conflict', 'You have a second factor already', {
    fix: 'End it with POST /v1/auth/second-factor/end first.',
  });
