import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ERROR_CODES } from './error-codes.ts';

test('every error code is thrown somewhere', () => {
  const sources = ['src', 'activities', 'temporal', 'workflows'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('contracts/'))
      // The client only reads codes.
      .filter((name) => !name.startsWith('client/'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  const isThrown = (code: string): boolean => sources.some((text) => text.includes(`'${code}'`));
  expect(Object.keys(ERROR_CODES).filter((code) => !isThrown(code))).toEqual([]);
});
