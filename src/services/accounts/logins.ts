/** Ends logins, and notifies every process of what has changed about a person or a key. */
import type { Transaction } from '../../adapters/database/database.ts';
import type { RefreshTokenRow } from '../../adapters/database/tables/accounts.ts';

/** Channel that announces the id of a changed person or organization or of a revoked key, so that every process reads it again at once. */
export const CREDENTIALS_CHANNEL = 'credentials_changed';

/** The refresh tokens that came from one login are a family. */
export type Login = Pick<RefreshTokenRow, 'user_id' | 'family_id'>;

/** Where a login comes from, so that its owner recognises it. */
export type Device = Pick<RefreshTokenRow, 'client' | 'address'>;
export const UNKNOWN_DEVICE: Device = { client: null, address: null };

/** Notifies every process when the transaction commits. */
export async function announce(tx: Transaction, id: string): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [CREDENTIALS_CHANNEL, id]);
}

/** The caller holds a lock of the person's row. */
export async function endLogin(tx: Transaction, { user_id, family_id }: Login): Promise<void> {
  await tx.query(
    'UPDATE refresh_tokens SET revoked_at = now() WHERE user_id = $1 AND family_id = $2 AND revoked_at IS NULL',
    [user_id, family_id],
  );
  await announce(tx, user_id);
}

/**
 * Ends every login of a person, and the open links to a new password or another address, which somebody with such a login
 * may have asked for. The caller holds the lock of the person's row, so that the time is later than that of every token
 * issued before.
 */
export async function endLogins(tx: Transaction, userId: string): Promise<void> {
  await tx.query(
    `UPDATE users SET tokens_valid_from =
       greatest(tokens_valid_from, date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond')
     WHERE id = $1`,
    [userId],
  );
  await tx.query('UPDATE refresh_tokens SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL', [userId]);
  await tx.query(
    `UPDATE account_links SET used_at = now() WHERE user_id = $1 AND used_at IS NULL AND purpose <> 'confirm_email'`,
    [userId],
  );
  await announce(tx, userId);
}

/** Ends the open invitations by a person, who may no longer give what they give. */
export async function revokeInvitations(tx: Transaction, userId: string): Promise<void> {
  await tx.query(
    'UPDATE invitations SET revoked_at = now() WHERE invited_by = $1 AND accepted_at IS NULL AND revoked_at IS NULL',
    [userId],
  );
}
