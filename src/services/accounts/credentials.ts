/** Creates, hashes and checks secrets: passwords (argon2id), API keys and refresh tokens (SHA-256), JWTs. */
import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import jwt from 'jsonwebtoken';
import type { Secrets } from '../../lib/secrets.ts';
import { AppError } from '../../contracts/common/app-error.ts';

// OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Returns the argon2id hash of a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2);
export const verifyPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password);

/** Returns the hash under which a random token of 256 bits is stored; a token that cannot be guessed needs no salt. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

export const API_KEY_PATTERN = /^tsl_(?:live|test)_[\w-]{43}$/;

/** Creates an API key of 256 random bits. @returns the key, its beginning for lists, and the hash that is stored */
export function newApiKey(mode: 'live' | 'test'): { key: string; prefix: string; keyHash: Buffer } {
  const key = `tsl_${mode}_${randomBytes(32).toString('base64url')}`;
  return { key, prefix: key.slice(0, 14), keyHash: hashToken(key) };
}

/** Creates a refresh token of 256 random bits. @returns the token and the hash that is stored */
export function newRefreshToken(): { token: string; tokenHash: Buffer } {
  const token = `tslr_${randomBytes(32).toString('base64url')}`;
  return { token, tokenHash: hashToken(token) };
}

export const SESSION_PATTERN = /^tsls_[\w-]{43}$/;
/** Creates the token of a browser's session. @returns the token and the hash that is stored */
export function newSessionToken(): { token: string; tokenHash: Buffer } {
  const token = `tsls_${randomBytes(32).toString('base64url')}`;
  return { token, tokenHash: hashToken(token) };
}

/** Creates the token of a link in a mail. @returns the token and the hash that is stored */
export function newLinkToken(): { token: string; tokenHash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

export interface JwtOptions {
  readonly secrets: Secrets;
  readonly algorithm: 'HS256' | 'HS384' | 'HS512';
  readonly accessMinutes: number;
  readonly refreshDays: number;
}

const ISSUER = 'tessellate';

const keys = new Map<string, KeyObject>();
/** Returns a secret as a key: given a text, jsonwebtoken first tries to read a public key, in 40 times the time of a signature. */
function keyOf(secret: string): KeyObject {
  const key = keys.get(secret) ?? createSecretKey(Buffer.from(secret));
  keys.set(secret, key);
  return key;
}

/**
 * Returns a signed access token for a login of a user, valid for `accessMinutes` unless it is ended before.
 * @param issuedAtMs by the database's clock [ms since 1970]; `iat` has milliseconds too, so that a token of the same second as
 *   the end of all tokens is known to be older or newer
 */
export function signAccessToken(
  user: { id: string; orgId: string; plan: string; loginId: string },
  issuedAtMs: number,
  options: JwtOptions,
): string {
  return jwt.sign(
    { org: user.orgId, plan: user.plan, sid: user.loginId, iat: issuedAtMs / 1000 },
    keyOf(options.secrets[0]),
    {
      algorithm: options.algorithm,
      subject: user.id,
      issuer: ISSUER,
      expiresIn: options.accessMinutes * 60,
    },
  );
}

export interface VerifiedToken {
  readonly userId: string;
  /** The login that it came from; undefined for tokens of earlier releases */
  readonly loginId?: string;
  /** [ms since 1970] */
  readonly issuedAtMs: number;
}

/** @throws AppError `auth.expired` or `auth.invalid` */
export function verifyAccessToken(token: string, options: JwtOptions): VerifiedToken {
  let refusal: unknown;
  for (const secret of options.secrets)
    try {
      const claims = jwt.verify(token, keyOf(secret), {
        algorithms: [options.algorithm],
        issuer: ISSUER,
      }) as jwt.JwtPayload;
      const { sub, sid: loginId, iat = 0 } = claims;
      return { userId: String(sub), loginId, issuedAtMs: Math.round(1000 * iat) };
    } catch (error) {
      if (error instanceof jwt.TokenExpiredError)
        throw new AppError('auth.expired', `The access token expired at ${error.expiredAt.toISOString()}`, {
          fix: 'Send the refresh token to POST /v1/auth/refresh for a new pair.',
          cause: error,
        });
      refusal = error;
    }
  throw new AppError('auth.invalid', 'The access token is not valid', {
    fix: 'Log in again with POST /v1/auth/login, or send an API key that begins with tsl_.',
    cause: refusal,
  });
}
