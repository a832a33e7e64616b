/** The cache and the limits on a real Redis: shared, timed, killed, hanging and back. */
import { execFileSync } from 'node:child_process';
import type { Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import express from 'express';
import { createLimiters } from '../../src/api/middleware/rate-limit.ts';
import { problemHandler } from '../../src/api/middleware/problem.ts';
import { RedisCache } from '../../src/adapters/cache/cache.ts';
import { RedisConnection } from '../../src/adapters/cache/redis.ts';
import { parseConfig } from '../../src/adapters/config/config.ts';
import type { Logger } from '../../src/adapters/observability/logger.ts';
import { register } from '../../src/adapters/observability/metrics.ts';
import { eventually } from '../support/eventually.ts';
import type { TestRedis } from '../support/redis.ts';
import { describeWithRedis } from '../support/needs.ts';
import { startRedis } from '../support/redis.ts';

const told: string[] = [];
const log = {
  info: (line: string) => told.push(line),
  warning: (line: string) => told.push(line),
} as unknown as Logger;

let server: TestRedis;
const connections: RedisConnection[] = [];
const apps: Server[] = [];

async function connect(): Promise<RedisConnection> {
  const redis = new RedisConnection({ url: server.url, tls: false }, log);
  connections.push(redis);
  if (server.isUp()) await eventually(async () => (redis.status === 'ready' ? true : undefined), 'the connection');
  return redis;
}

/** One API's limits: everything answers 200. */
async function limited(redis: RedisConnection, environment: Record<string, string>): Promise<string> {
  const limiters = createLimiters(parseConfig(environment), redis);
  const app = express();
  app.use((request, response, next) => {
    const key = request.get('x-api-key');
    if (key) response.locals.principal = { id: key, orgId: key, plan: {} };
    next();
  });
  app.use(...limiters.default);
  app.use((_request, response) => void response.send('well'));
  app.use(problemHandler({ error: () => undefined } as unknown as Logger));
  const listening = app.listen(0, '127.0.0.1');
  apps.push(listening);
  await new Promise((resolve) => listening.once('listening', resolve));
  return `http://127.0.0.1:${(listening.address() as { port: number }).port}`;
}

const ask = (base: string, key: string, path = '/') => fetch(base + path, { headers: { 'x-api-key': key } });
async function counted(name: string, labels: Record<string, string>): Promise<number> {
  const { values } = await register.getSingleMetric(name)!.get();
  const found = values.find((value) => Object.entries(labels).every(([label, text]) => value.labels[label] === text));
  return found?.value ?? 0;
}

describeWithRedis('Redis', () => {
  beforeAll(async () => {
    server = await startRedis();
  });
  beforeEach(() => {
    told.length = 0;
  });
  afterEach(async () => {
    for (const app of apps.splice(0)) app.close();
    for (const redis of connections.splice(0)) redis.disconnect();
    server.hang(false);
  });
  afterAll(() => server.kill());

  test('a cached value is found by another process, byte for byte, until its time is over', async () => {
    const [one, other] = [new RedisCache(await connect(), 3600), new RedisCache(await connect(), 3600)];
    const value = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) % 256);
    expect(await one.get('absent')).toBeUndefined();
    await one.set('year', value);
    await one.set('short', value, 1);
    expect(Buffer.compare(Buffer.from((await other.get('year'))!), value)).toBe(0);
    expect(await connections[0].ttl('cache:year')).toBeGreaterThan(3_000);
    await eventually(async () => ((await other.get('short')) === undefined ? true : undefined), 'end of the entry');
    expect(await counted('cache_lookups_total', { outcome: 'hit' })).toBeGreaterThan(0);
    expect(await counted('redis_operations_total', { command: 'get' })).toBeGreaterThan(0);
  });

  test('two processes share one limit for a key; another key has its own; the headers say what is left', async () => {
    const environment = { RATE_LIMIT_DEFAULT: '8', RATE_LIMIT_BURST: '2' };
    const bases = [await limited(await connect(), environment), await limited(await connect(), environment)];
    const answers = [];
    for (let i = 0; i < 12; i++) answers.push(await ask(bases[i % 2], 'key_shared'));
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429, 429]);
    expect(answers[3].headers.get('ratelimit-policy')).toMatch(/^"default"; q=10; w=60/);
    expect(answers[3].headers.get('ratelimit')).toMatch(/^"default"; r=6; t=[1-6]\d/);
    const refused = answers[11];
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await refused.json()).toMatchObject({
      code: 'rate_limit.exceeded',
      detail: 'More than 10 requests in 1 min',
    });
    expect((await ask(bases[0], 'key_other')).status).toBe(200);
    // Probes are never limited.
    for (const path of ['/health', '/health/ready', '/metrics'])
      expect((await ask(bases[0], 'key_shared', path)).status).toBe(200);
  });

  test('killed: requests are answered and counted in the process, logged once; back: counted together again', async () => {
    const bases = [
      await limited(await connect(), { RATE_LIMIT_DEFAULT: '3', RATE_LIMIT_BURST: '0' }),
      await limited(await connect(), { RATE_LIMIT_DEFAULT: '3', RATE_LIMIT_BURST: '0' }),
    ];
    const cache = new RedisCache(connections[0], 60);
    await server.kill();
    const before = await counted('rate_limit_fallbacks_total', { policy: 'default' });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await ask(bases[0], 'key_killed')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await counted('rate_limit_fallbacks_total', { policy: 'default' })) - before).toBe(4);
    await cache.set('lost', new Uint8Array(1));
    expect(await cache.get('lost')).toBeUndefined();
    await eventually(async () => (told.length >= 2 ? true : undefined), 'the warnings');
    await expect(connections[0].check()).rejects.toThrow(/ECONNREFUSED/);
    await server.start();
    await eventually(
      async () => (connections.every(({ status }) => status === 'ready') ? true : undefined),
      'the connections',
    );
    const shared = [];
    for (let i = 0; i < 4; i++) shared.push((await ask(bases[i % 2], 'key_killed')).status);
    expect(shared).toEqual([200, 200, 200, 429]);
    // One line for each of the two connections that it is away, one that it is back.
    expect(told.filter((line) => line.includes('cannot be reached'))).toHaveLength(2);
    expect(told.filter((line) => line.includes('back'))).toHaveLength(2);
  });

  test('a process that starts without Redis uses it when it comes', async () => {
    await server.kill();
    const base = await limited(await connect(), { RATE_LIMIT_DEFAULT: '2', RATE_LIMIT_BURST: '0' });
    expect((await ask(base, 'key_late')).status).toBe(200);
    await server.start();
    await eventually(async () => (connections[0].status === 'ready' ? true : undefined), 'the connection');
    expect((await ask(base, 'key_late')).status).toBe(200);
    const watcher = await connect();
    expect(await eventually(async () => (await watcher.get('rate:default:key_late')) ?? undefined, 'the counter')).toBe(
      '1',
    );
  });

  test('a Redis that hangs costs one request a second, no request its answer, and is used again', async () => {
    const redis = await connect();
    const base = await limited(redis, {});
    server.hang(true);
    const from = performance.now();
    expect((await ask(base, 'key_hanging')).status).toBe(200);
    expect(await new RedisCache(redis, 60).get('anything')).toBeUndefined();
    expect(performance.now() - from).toBeLessThan(10_000);
    await eventually(async () => (redis.status === 'ready' ? undefined : true), 'the end of the connection');
    // From now on nobody asks it, so that nobody waits.
    const before = await counted('redis_operations_total', { command: 'evalsha' });
    for (let i = 0; i < 5; i++) expect((await ask(base, 'key_hanging')).status).toBe(200);
    expect(before).toBeGreaterThan(0);
    expect(await counted('redis_operations_total', { command: 'evalsha' })).toBe(before);
    server.hang(false);
    await eventually(async () => (redis.status === 'ready' ? true : undefined), 'the connection');
  });

  test('tessellate ops cache counts keys by prefix and deletes one', async () => {
    const cache = (...args: string[]) =>
      execFileSync(process.execPath, ['dist/src/cli/main.js', 'ops', 'cache', ...args], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, REDIS_URL: server.url },
      });
    const redis = await connect();
    await redis.flushall();
    await redis.mset('cache:a', '1', 'cache:b', '1', 'rate:default:key_1', '5');
    expect(cache()).toBe('prefix         keys\ncache:         2\nrate:default:  1\n');
    expect(cache('--clear', 'rate:default:key_1')).toBe('rate:default:key_1 is deleted\n');
    expect(cache('--clear', 'rate:default:key_1')).toBe('There is no key rate:default:key_1\n');
    expect(await redis.exists('rate:default:key_1')).toBe(0);
  });
});
