import { expect, test } from '@jest/globals';
import { withCalmsSpread } from './calms.ts';

test('a calm that a file writes as north has the direction before it; a wind from the north stays', () => {
  expect([...withCalmsSpread([0, 3, 0, 0, 5, 0], [0, 220, 0, 360, 0, 0])]).toEqual([220, 220, 220, 220, 0, 0]);
  expect([...withCalmsSpread([0, 4], [90, 80])]).toEqual([90, 80]);
  expect([...withCalmsSpread([0, 0], [0, 0])]).toEqual([0, 0]);
});
