import { expect, test } from '@jest/globals';
import { editDistance } from './spelling.ts';

test.each([
  ['same', 'same', 0],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
  ['DATABSE_URL', 'DATABASE_URL', 1],
  ['REIDS_URL', 'REDIS_URL', 1],
])('%s to %s: %d', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});
