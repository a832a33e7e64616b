import { expect, test } from '@jest/globals';
import { sealWithoutId } from '../../../test/support/seal-without-id.ts';
import { SecretBox } from './secret-box.ts';

const [OLD, NEW, OTHER] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];

test('a sealed secret opens only under its own key, and only unchanged', () => {
  const box = new SecretBox([OLD]);
  const sealed = box.seal('whsec_abc');
  expect(box.open(sealed)).toBe('whsec_abc');
  expect(sealed.includes('whsec')).toBe(false);
  expect(box.seal('whsec_abc').equals(sealed)).toBe(false);
  expect(() => new SecretBox([NEW]).open(sealed)).toThrow();
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i] ^= 1;
    expect(() => box.open(changed)).toThrow();
  }
});

test('what was sealed under a previous key opens, and the current one seals', () => {
  const rotated = new SecretBox([NEW, OLD]);
  expect(rotated.open(new SecretBox([OLD]).seal('whsec_abc'))).toBe('whsec_abc');
  const sealed = rotated.seal('whsec_abc');
  expect(sealed.subarray(0, rotated.header.length)).toEqual(rotated.header);
  expect(new SecretBox([NEW]).open(sealed)).toBe('whsec_abc');
  expect(() => new SecretBox([OLD]).open(sealed)).toThrow(/sealed under key [0-9a-f]{16}, which is neither/);
});

test('the id of a key tells keys apart, and nothing of the secret', () => {
  const headers = [OLD, NEW, OTHER].map((secret) => new SecretBox([secret]).header.toString('hex'));
  expect(new Set(headers).size).toBe(3);
  for (const header of headers) expect(header).toMatch(/^74736231[0-9a-f]{16}$/);
});

test('a value from before keys had ids opens under the current key and under previous ones', () => {
  const sealed = sealWithoutId(OLD, 'whsec_abc');
  expect(new SecretBox([OLD]).open(sealed)).toBe('whsec_abc');
  expect(new SecretBox([NEW, OTHER, OLD]).open(sealed)).toBe('whsec_abc');
  expect(() => new SecretBox([NEW, OTHER]).open(sealed)).toThrow(/a key without id/);
});
