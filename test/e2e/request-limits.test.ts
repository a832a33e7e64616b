/** 200 clients at once of two API processes that share Redis: exactly the limit with its burst is admitted, and without Redis by each process. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '../../src/adapters/database/new-id.ts';
import { newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { describeWithRedis } from '../support/needs.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { launchPlatform } from '../support/platform-processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { guard } from '../support/shared.ts';

const CLIENTS = 200;
const REQUESTS_OF_CLIENT = 2;
const WINDOW_MS = 60_000;
const KEYS = 8;
/** Of each key; odd, so that neither process admits a round share. */
const [LIMIT, BURST, ORGANIZATION_LIMIT] = [83, 34, 150];

describeWithRedis('limits over two API processes', () => {
  let redis: TestRedis;
  let one: Platform;
  let other: Awaited<ReturnType<typeof launchPlatform>>;
  beforeAll(async () => {
    redis = await startRedis();
    const settings = { REDIS_URL: redis.url };
    let databaseUrl = '';
    one = await startPlatform(settings, {}, async (url) => {
      databaseUrl = url;
      return {};
    });
    other = await launchPlatform(databaseUrl, settings, guard);
    await Promise.all([one.startApi(), other.startApi()]);
  });
  afterAll(async () => {
    await other?.stop();
    await one?.stop();
    await redis?.kill();
  });

  /** The keys of an organization whose counters are empty. */
  async function keysOf(n: number): Promise<string[]> {
    const customer = await newCustomer(one);
    const plan = newId('organization');
    await one.database.query(
      `INSERT INTO plans (id, name, n_requests_per_minute, n_burst_requests, n_organization_requests_per_minute, fairness_weight, features)
       VALUES ($1, 'Tight', $2, $3, $4, 1, '{}')`,
      [plan, LIMIT, BURST, ORGANIZATION_LIMIT],
    );
    const keys: string[] = [];
    for (let i = 0; i < n; i++) {
      const { body } = await customer.call('POST', '/v1/api-keys', { name: `k${i}` }, { as: customer.token });
      keys.push(body.key);
    }
    // The keys were never used: they are read with this plan.
    const [{ id }] = await one.database.query<{ id: string }>(
      'UPDATE organizations SET plan = $1 WHERE id = (SELECT org_id FROM users WHERE email = $2) RETURNING id',
      [plan, customer.email],
    );
    if (redis.isUp()) {
      const cleared = await one.tessellate('ops', 'cache', '--clear', `rate:organization:${id}`);
      expect(cleared).toEqual({ status: 0, output: `rate:organization:${id} is deleted\n` });
    }
    return keys;
  }

  /** All clients at once, each with one of the keys by turns, at one of the processes by turns. */
  async function besiege(keys: readonly string[]) {
    const from = performance.now();
    const answers = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, i) => {
        const { base } = i % 2 === 0 ? one : other;
        const got: { status: number; left: Record<string, number>; isFirst: boolean }[] = [];
        for (let request = 0; request < REQUESTS_OF_CLIENT; request++) {
          const headers = { authorization: `Bearer ${keys[(i >> 1) % keys.length]}` };
          const answer = await fetch(`${base}/v1/sites`, { headers });
          await answer.arrayBuffer();
          const text = answer.headers.get('ratelimit') ?? '';
          const left = Object.fromEntries(
            [...text.matchAll(/"(\w+)"; r=(\d+)/g)].map(([, name, r]) => [name, Number(r)]),
          );
          got.push({ status: answer.status, left, isFirst: base === one.base });
        }
        return got;
      }),
    );
    const all = answers.flat();
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200, 429]));
    const admitted = all.filter(({ status }) => status === 200);
    return { admitted, ms: performance.now() - from };
  }

  /** As `besiege`, with new keys until no window has ended meanwhile. */
  async function besiegeInWindow(n: number) {
    for (let attempt = 0; attempt < 5; attempt++) {
      const { admitted, ms } = await besiege(await keysOf(n));
      if (ms < WINDOW_MS) return admitted;
    }
    throw new Error('the machine answers 400 requests in no minute');
  }
  const countdown = (from: number): number[] => Array.from({ length: from }, (_, i) => from - 1 - i);
  const lefts = (admitted: readonly { left: Record<string, number> }[], policy: string): number[] =>
    admitted.map(({ left }) => left[policy]).sort((a, b) => b - a);

  test('one key has exactly its limit and burst, and each admitted request its own place', async () => {
    const admitted = await besiegeInWindow(1);
    expect(admitted).toHaveLength(LIMIT + BURST);
    expect(lefts(admitted, 'default')).toEqual(countdown(LIMIT + BURST));
    expect(new Set(admitted.map(({ isFirst }) => isFirst)).size).toBe(2);
  });

  test('all keys of an organization have exactly its limit and burst together', async () => {
    const admitted = await besiegeInWindow(KEYS);
    expect(admitted).toHaveLength(ORGANIZATION_LIMIT + BURST);
    expect(lefts(admitted, 'organization')).toEqual(countdown(ORGANIZATION_LIMIT + BURST));
  });

  test('without Redis each process admits exactly as much, counts that and logs it once', async () => {
    await redis.kill();
    const admitted = await besiegeInWindow(1);
    for (const isFirst of [true, false]) {
      const own = admitted.filter((answer) => answer.isFirst === isFirst);
      expect(lefts(own, 'default')).toEqual(countdown(LIMIT + BURST));
    }
    for (const { base, logFile } of [one, other]) {
      const metrics = await (await fetch(`${base}/metrics`)).text();
      const counted = Number(/rate_limit_fallbacks_total{policy="default"} (\d+)/.exec(metrics)?.[1]);
      expect(counted).toBeGreaterThanOrEqual((CLIENTS * REQUESTS_OF_CLIENT) / 2);
      await eventually(
        async () => readFileSync(logFile, 'utf8').split('Redis cannot be reached').length === 2 || undefined,
        'one line of the log',
        10_000,
      );
    }
  });
});
