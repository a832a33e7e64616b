/** Acts that take the person's present password besides their login. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { Database, Transaction } from '../../adapters/database/database.ts';
import { User, type UserRow } from '../../adapters/database/tables/accounts.ts';
import { verifyPassword } from './credentials.ts';

/**
 * Runs work with the person's row locked, if the password is right.
 * @throws AppError `auth.invalid` for a wrong password
 */
export async function withPassword<Done>(
  database: Database,
  userId: string,
  password: string,
  work: (tx: Transaction, user: UserRow) => Promise<Done>,
): Promise<Done> {
  const read = await database.manager.findOneBy(User, { id: userId });
  if (!read) throw removedPerson();
  if (!(await verifyPassword(read.password_hash, password)))
    throw new AppError('auth.invalid', 'The present password is wrong', { pointer: '/current_password' });
  return database.transaction(async (tx) => work(tx, await lockPerson(tx, read)));
}

/**
 * Locks a person's row, so that no login begins while all of them end. @throws AppError `auth.invalid` if the password has
 * changed since `read` was read
 */
export async function lockPerson(tx: Transaction, read: Pick<UserRow, 'id' | 'password_hash'>): Promise<UserRow> {
  const [user] = await tx.query<UserRow>('SELECT * FROM users WHERE id = $1 AND password_hash = $2 FOR UPDATE', [
    read.id,
    read.password_hash,
  ]);
  if (!user) throw new AppError('auth.invalid', 'The password has changed in the meantime');
  return user;
}

export const removedPerson = (): AppError =>
  new AppError('auth.invalid', 'The account of these credentials was removed');
