import { expect, test } from '@jest/globals';
import { SecretBox } from './secret-box.ts';

test('a sealed secret opens under its own key alone, and only unchanged', () => {
  const box = new SecretBox('a'.repeat(40));
  const sealed = box.seal('whsec_abc');
  expect(box.open(sealed)).toBe('whsec_abc');
  expect(sealed.includes('whsec')).toBe(false);
  expect(box.seal('whsec_abc').equals(sealed)).toBe(false);
  expect(() => new SecretBox('b'.repeat(40)).open(sealed)).toThrow();
  sealed[sealed.length - 1] ^= 1;
  expect(() => box.open(sealed)).toThrow();
});
