import { describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import {
  API_KEY_PATTERN,
  hashPassword,
  hashToken,
  type JwtOptions,
  newApiKey,
  newRefreshToken,
  signAccessToken,
  verifyAccessToken,
  verifyPassword,
} from './credentials.ts';

const OPTIONS: JwtOptions = { secrets: ['s'.repeat(40)], algorithm: 'HS256', accessMinutes: 30, refreshDays: 7 };
const USER = { id: 'usr_1', orgId: 'org_1', plan: 'free', loginId: 'rft_1' };
const refusal = (token: string): string => {
  try {
    return verifyAccessToken(token, OPTIONS).userId;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('passwords', () => {
  test('are stored as argon2id with a salt of their own, and only the password itself matches', async () => {
    const [stored, again] = await Promise.all([hashPassword('a long password'), hashPassword('a long password')]);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(stored).not.toBe(again);
    expect(await verifyPassword(stored, 'a long password')).toBe(true);
    expect(await verifyPassword(stored, 'a long passworD')).toBe(false);
  });
});

describe('random tokens', () => {
  test('an API key tells its mode, has 256 bits, and is stored only as its hash', () => {
    for (const mode of ['live', 'test'] as const) {
      const { key, prefix, keyHash } = newApiKey(mode);
      expect(key).toMatch(API_KEY_PATTERN);
      expect(key).toMatch(new RegExp(`^tsl_${mode}_`));
      expect(prefix).toBe(key.slice(0, 14));
      expect(Buffer.from(key.split('_').slice(2).join('_'), 'base64url')).toHaveLength(32);
      expect(keyHash).toEqual(hashToken(key));
      expect(keyHash).toHaveLength(32);
    }
  });

  test('keys and refresh tokens never repeat and cannot be taken for each other', () => {
    const tokens = Array.from({ length: 100 }, () => newRefreshToken().token);
    const keys = Array.from({ length: 100 }, () => newApiKey('test').key);
    expect(new Set([...tokens, ...keys]).size).toBe(200);
    expect(tokens.some((token) => API_KEY_PATTERN.test(token))).toBe(false);
  });
});

describe('access tokens', () => {
  test('name their user, organization, plan and login, and expire after the configured time', () => {
    const issuedAtMs = 1000 * Math.floor(Date.now() / 1000);
    const token = signAccessToken(USER, issuedAtMs, OPTIONS);
    expect(verifyAccessToken(token, OPTIONS)).toEqual({ userId: 'usr_1', loginId: 'rft_1', issuedAtMs });
    const claims = jwt.decode(token) as jwt.JwtPayload;
    expect(claims).toMatchObject({ sub: 'usr_1', org: 'org_1', plan: 'free', iss: 'tessellate' });
    expect(claims.exp! - claims.iat!).toBe(30 * 60);
  });

  test('tell the millisecond in which they were issued', () => {
    for (let ms = Date.now(), i = 0; i < 1000; i++)
      expect(verifyAccessToken(signAccessToken(USER, ms + i, OPTIONS), OPTIONS).issuedAtMs).toBe(ms + i);
  });

  test('are accepted under previous secrets, and signed under the current one', () => {
    const [old, next] = ['o'.repeat(40), 'n'.repeat(40)];
    const rotated = { ...OPTIONS, secrets: [next, old] as const };
    const before = signAccessToken(USER, Date.now(), { ...OPTIONS, secrets: [old] });
    expect(verifyAccessToken(before, rotated).userId).toBe('usr_1');
    const after = signAccessToken(USER, Date.now(), rotated);
    expect(verifyAccessToken(after, { ...OPTIONS, secrets: [next] }).userId).toBe('usr_1');
    expect(() => verifyAccessToken(after, { ...OPTIONS, secrets: [old] })).toThrow('not valid');
    const expired = signAccessToken(USER, Date.now() - 3_600_000, { ...OPTIONS, secrets: [old] });
    expect(() => verifyAccessToken(expired, rotated)).toThrow('expired at');
  });

  test('that have expired say so; all others that were not signed here are invalid', () => {
    const sign = (options: jwt.SignOptions, secret: string = OPTIONS.secrets[0]) =>
      jwt.sign({ org: 'org_1' }, secret, { subject: 'usr_1', issuer: 'tessellate', ...options });
    expect(refusal(sign({}))).toBe('usr_1');
    expect(refusal(sign({ expiresIn: -1 }))).toBe('auth.expired');
    expect(refusal(sign({}, 'x'.repeat(40)))).toBe('auth.invalid');
    expect(refusal(sign({ issuer: 'another' }))).toBe('auth.invalid');
    expect(refusal(sign({ algorithm: 'HS512' }))).toBe('auth.invalid');
    expect(refusal(jwt.sign({ sub: 'usr_1', iss: 'tessellate' }, null, { algorithm: 'none' }))).toBe('auth.invalid');
    expect(refusal('garbage')).toBe('auth.invalid');
  });
});
