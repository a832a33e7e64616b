/**
 * One-time codes of authenticator apps: RFC 6238 with SHA-1, six digits and half minutes, which all apps have. People and
 * administrators of the platform use them alike.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database, Transaction } from '../../adapters/database/database.ts';
import type { SecretBox } from '../webhooks/secret-box.ts';

const STEP_S = 30;
const DIGITS = 6;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Returns random letters and digits of base32, of five bits each. */
export const randomBase32 = (length: number): string =>
  Array.from(randomBytes(length), (byte) => BASE32[byte % 32]).join('');

/** Returns 160 random bits in base32, the form that apps take. */
export const newCodeSecret = (): string => randomBase32(32);

/** Returns the address that apps read from a QR code. */
export const codeUri = (secret: string, account: string): string =>
  `otpauth://totp/Tessellate:${encodeURIComponent(account)}?secret=${secret}&issuer=Tessellate`;

function bytesOf(base32: string): Buffer {
  const bits = [...base32].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** Returns the code of a half minute since 1970. */
export function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac[mac.length - 1] & 15) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

export const stepAt = (ms: number): number => Math.floor(ms / 1000 / STEP_S);

/** Returns the half minute of a code: this one, or one beside it, because clocks differ; undefined for a wrong code. */
export function stepOfCode(secret: string, code: string, nowMs: number): number | undefined {
  const sent = Buffer.from(code);
  return [0, -1, 1]
    .map((offset) => stepAt(nowMs) + offset)
    .find((step) => sent.length === DIGITS && timingSafeEqual(Buffer.from(codeOf(secret, step)), sent));
}

/** Tables whose rows have `sealed_totp_secret` and `last_totp_step` */
type CodeOwners = 'users' | 'administrators';

/** Uses a code up; the transaction takes that back if it fails. @returns whether it was right and nobody had used it before */
export async function useOneTimeCode(
  tx: Transaction,
  box: SecretBox,
  { table, id, sealedSecret }: { readonly table: CodeOwners; readonly id: string; readonly sealedSecret: Buffer },
  code: string,
): Promise<boolean> {
  const step = stepOfCode(box.open(sealedSecret), code, Date.now());
  if (step === undefined) return false;
  const unused = await tx.query(
    `UPDATE ${table} SET last_totp_step = $2 WHERE id = $1 AND last_totp_step < $2 RETURNING id`,
    [id, step],
  );
  return unused.length > 0;
}

const SEALED = [
  ['users', 'id', 'sealed_totp_secret'],
  ['administrators', 'id', 'sealed_totp_secret'],
  ['identity_providers', 'org_id', 'sealed_client_secret'],
] as const;

/**
 * Seals the secrets of all codes and of identity providers under the current key.
 * @returns the number of values, and what no key here opens
 */
export async function resealCodeSecrets(
  database: Database,
  box: SecretBox,
): Promise<{ values: number; unopened: { id: string; reason: string }[] }> {
  let values = 0;
  const unopened: { id: string; reason: string }[] = [];
  for (const [table, key, column] of SEALED) {
    const rows = await database.query<{ id: string; sealed: Buffer }>(
      `SELECT ${key} AS id, ${column} AS sealed FROM ${table} WHERE substring(${column} FOR $2) <> $1 ORDER BY 1`,
      [box.header, box.header.length],
    );
    for (const { id, sealed } of rows)
      try {
        // A secret that somebody sets up at this moment is newer than the one that was read.
        const changed = await database.query(
          `UPDATE ${table} SET ${column} = $3 WHERE ${key} = $1 AND ${column} = $2 RETURNING ${key}`,
          [id, sealed, box.seal(box.open(sealed))],
        );
        values += changed.length;
      } catch (error) {
        unopened.push({ id, reason: (error as Error).message });
      }
  }
  return { values, unopened };
}
