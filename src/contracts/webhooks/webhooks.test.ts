import { expect, test } from '@jest/globals';
import { waitAfter } from './webhooks.ts';

test.each([
  [1, undefined, 10],
  [1, 5, 10],
  [1, 30, 30],
  [1, 3600, 60],
  [2, undefined, 60],
  [2, 100, 100],
  [2, 3600, 300],
  [3, 3600, 300],
])('after attempt %p, asked for %p s, it waits %p s', (attempt, asked, wait) => {
  expect(waitAfter(attempt, asked)).toBe(wait);
});
