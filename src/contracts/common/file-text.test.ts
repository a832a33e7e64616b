import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { fileText } from './file-text.ts';

const refuse = (reason: string): Error => new Error(reason);

test('U+0000 is refused with its line', () => {
  expect(() => fileText(Buffer.from('a\nb\n\0'), refuse)).toThrow('line 3 contains U+0000');
});

test('a file packed by gzip is refused as such', () => {
  expect(() => fileText(gzipSync('a\n'), refuse)).toThrow('packed by gzip; expected it unpacked');
});

test('a long line is refused with its number and length, and the last line needs no end', () => {
  expect(() => fileText(Buffer.from(`a\n${'b'.repeat(11)}\nc`), refuse, 10)).toThrow(
    'line 2 has 11 characters; expected at most 10',
  );
  expect(fileText(Buffer.from('a\nbb'), refuse, 2)).toBe('a\nbb');
});
