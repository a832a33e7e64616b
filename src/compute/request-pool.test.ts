/** The limits of the API's threads; they run the build. */
import { afterEach, expect, test } from '@jest/globals';
import { RequestPool, type RequestPoolOptions } from './request-pool.ts';

const pools: RequestPool[] = [];
const opened = (options: Partial<RequestPoolOptions> = {}): RequestPool => {
  const pool = new RequestPool({ threads: 2, limitMs: 20_000, maxWaiting: 100, ...options });
  pools.push(pool);
  return pool;
};
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

const site = (name: string) => ({
  operation: 'createSite',
  bytes: Buffer.from(JSON.stringify({ name, latitude_deg: 1, longitude_deg: 2 })),
});
/** A document of many small mappings; 60,000 take about a second. */
const long = (rows: number) => Buffer.from(Array.from({ length: rows }, (_, i) => `k${i}: {a: 1}`).join('\n'));

test('a task that takes too long ends with its thread, and the next one runs', async () => {
  const threads = opened({ threads: 1, limitMs: 1_000 });
  await expect(threads.run('readWindIo', long(200_000))).rejects.toMatchObject({ code: 'request.too_large' });
  expect((await threads.run('readLargeBody', site('S'))).result).toMatchObject({ name: 'S' });
});

test('a caller with many files does not hold up another one', async () => {
  const threads = opened();
  const order: string[] = [];
  const run = (caller: string, task: Promise<unknown>) =>
    task.catch(() => undefined).then(() => void order.push(caller));
  const greedy = Array.from({ length: 4 }, () =>
    run('greedy', threads.run('readWindIo', long(5_000), { caller: 'greedy' })),
  );
  const other = run('other', threads.run('readLargeBody', site('S'), { caller: 'other' }));
  await Promise.all([...greedy, other]);
  expect(order.indexOf('other')).toBeLessThan(2);
  expect(order).toHaveLength(5);
});

test('more files than may wait are refused, with a time to come back', async () => {
  const threads = opened({ threads: 1, maxWaiting: 1 });
  await threads.run('readLargeBody', site('its thread has started'));
  const running = [threads.run('readWindIo', long(2_000)), threads.run('readLargeBody', site('b'))];
  await expect(threads.run('readLargeBody', site('c'))).rejects.toMatchObject({
    code: 'service.unavailable',
    retryAfterS: 5,
  });
  await Promise.allSettled(running);
});

test('a refusal keeps its code, pointer and faults', async () => {
  const refused = opened().run('readLargeBody', { operation: 'createSite', bytes: Buffer.from('{"name": 1}') });
  await expect(refused).rejects.toMatchObject({ code: 'request.invalid', pointer: '/name' });
});
