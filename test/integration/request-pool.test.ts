/** The limits of the API's threads; they run the build. */
import { afterEach, expect, test } from '@jest/globals';
import { MAX_TEXT } from '../../src/contracts/common/json-text.ts';
import { builtModule } from '../../src/compute/pool.ts';
import { RequestPool, type RequestPoolOptions } from '../../src/compute/request-pool.ts';

const WIND = builtModule(import.meta.url, '../../src/services/wind/thread-tasks');
const pools: RequestPool[] = [];
const opened = (options: Partial<RequestPoolOptions> = {}): RequestPool => {
  const modules = [builtModule(import.meta.url, '../../src/contracts/large-bodies'), WIND];
  const pool = new RequestPool({
    threads: 2,
    limitMs: 20_000,
    wallLimitMs: 600_000,
    maxWaiting: 100,
    modules,
    ...options,
  });
  pools.push(pool);
  return pool;
};
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

const site = (name: string) => ({
  operation: 'createSite',
  bytes: Buffer.from(JSON.stringify({ name, latitude_deg: 1, longitude_deg: 2 })),
});
/** Reads a document of many small mappings; 60,000 take about a second. */
const reading = (rows: number) => ({
  task: { module: WIND, name: 'readWindIo' },
  input: Buffer.from(Array.from({ length: rows }, (_, i) => `k${i}: {a: 1}`).join('\n')),
});

test('a task that takes too long ends with its thread, and the next one runs', async () => {
  const threads = opened({ threads: 1, limitMs: 1_000 });
  await expect(threads.call(reading(200_000))).rejects.toMatchObject({ code: 'request.too_large' });
  // What is stored is not what was sent.
  const made = threads.call(reading(200_000), { isAnswer: true });
  await expect(made).rejects.toMatchObject({ code: 'service.unavailable', retryAfterS: 5 });
  expect((await threads.run('readLargeBody', site('S'))).result).toMatchObject({ name: 'S' });
});

test('a task that waits and computes nothing ends by a limit of its own', async () => {
  const threads = opened({ threads: 1, limitMs: 200, wallLimitMs: 10_000 });
  const module =
    'data:text/javascript,export const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);';
  const waiting = (ms: number) => threads.call({ task: { module, name: 'wait' }, input: ms });
  expect((await waiting(800)).result).toBe('timed-out');
  await expect(waiting(60_000)).rejects.toMatchObject({ code: 'service.unavailable' });
});

test('a text of more than 16 MB is no answer', async () => {
  const threads = opened({ threads: 1 });
  const module = 'data:text/javascript,export const text = (length) => "x".repeat(length);';
  const made = (length: number) => threads.call({ task: { module, name: 'text' }, input: length }, { isAnswer: true });
  await expect(made(MAX_TEXT + 1)).rejects.toMatchObject({ code: 'service.unavailable' });
  expect((await made(MAX_TEXT)).result).toHaveLength(MAX_TEXT);
});

test('a caller with many files does not hold up another one', async () => {
  const threads = opened();
  const order: string[] = [];
  const run = (caller: string, task: Promise<unknown>) =>
    task.catch(() => undefined).then(() => void order.push(caller));
  const greedy = Array.from({ length: 4 }, () => run('greedy', threads.call(reading(5_000), { caller: 'greedy' })));
  const other = run('other', threads.run('readLargeBody', site('S'), { caller: 'other' }));
  await Promise.all([...greedy, other]);
  expect(order.indexOf('other')).toBeLessThan(2);
  expect(order).toHaveLength(5);
});

test('more files than may wait are refused, with a time to come back', async () => {
  const threads = opened({ threads: 1, maxWaiting: 1 });
  await threads.run('readLargeBody', site('its thread has started'));
  const running = [threads.call(reading(2_000)), threads.run('readLargeBody', site('b'))];
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
