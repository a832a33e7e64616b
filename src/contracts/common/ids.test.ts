import { describe, expect, test } from '@jest/globals';
import { formatId } from './ids.ts';

describe('ids', () => {
  test('an id has its prefix and 26 characters', () => {
    const id = formatId('job', 1_700_000_000_000, new Uint8Array(10).fill(255));
    expect(id).toMatch(/^job_[0-9a-z]{26}$/);
  });

  test('a later id sorts after an earlier one', () => {
    const random = new Uint8Array(10);
    expect(formatId('job', 1000, random) < formatId('job', 1001, random)).toBe(true);
  });
});
