import { expect, test } from '@jest/globals';
import { MemoryCache } from './cache.ts';

const bytes = (length: number, value = 0): Uint8Array => new Uint8Array(length).fill(value);

test('an entry is found until its time is over', async () => {
  let now = 0;
  const cache = new MemoryCache(100, 60, () => now);
  await cache.set('a', bytes(1, 7));
  await cache.set('b', bytes(1, 8), 5);
  now = 4_999;
  expect([await cache.get('a'), await cache.get('b')]).toEqual([bytes(1, 7), bytes(1, 8)]);
  now = 5_000;
  expect([await cache.get('a'), await cache.get('b')]).toEqual([bytes(1, 7), undefined]);
  now = 60_000;
  expect(await cache.get('a')).toBeUndefined();
});

test('a full cache gives up what was used longest ago, and never holds more than its bound', async () => {
  const cache = new MemoryCache(10, 60);
  await cache.set('a', bytes(4));
  await cache.set('b', bytes(4));
  await cache.get('a');
  await cache.set('c', bytes(4));
  expect(await cache.get('b')).toBeUndefined();
  expect(await cache.get('a')).toHaveLength(4);
  await cache.set('a', bytes(10));
  expect([await cache.get('a'), await cache.get('c')]).toEqual([bytes(10), undefined]);
  await cache.set('d', bytes(11));
  expect([await cache.get('a'), await cache.get('d')]).toEqual([bytes(10), undefined]);
});
