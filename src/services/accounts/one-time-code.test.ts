import { expect, test } from '@jest/globals';
import { codeOf, codeUri, newCodeSecret, stepAt, stepOfCode } from './one-time-code.ts';

/** '12345678901234567890' in base32: the secret of RFC 6238, appendix B, whose codes have eight digits there. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('the code at %p s is that of RFC 6238', (seconds, code) => {
  expect(codeOf(SECRET, stepAt(seconds * 1000))).toBe(code);
});

test('a code is accepted half a minute early and late, and no other one is', () => {
  const now = 1_000_000_000_000;
  for (const offset of [-1, 0, 1])
    expect(stepOfCode(SECRET, codeOf(SECRET, stepAt(now) + offset), now)).toBe(stepAt(now) + offset);
  for (const code of [
    codeOf(SECRET, stepAt(now) + 2),
    codeOf(SECRET, stepAt(now) - 2),
    '',
    '12345',
    'abcdef',
    '１２３４５６',
  ])
    expect(stepOfCode(SECRET, code, now)).toBeUndefined();
});

test('secrets differ and fit into the address that apps read', () => {
  const [one, other] = [newCodeSecret(), newCodeSecret()];
  expect(one).toMatch(/^[A-Z2-7]{32}$/);
  expect(one).not.toBe(other);
  expect(codeUri(one, 'a@example.com')).toBe(
    `otpauth://totp/Tessellate:a%40example.com?secret=${one}&issuer=Tessellate`,
  );
});
