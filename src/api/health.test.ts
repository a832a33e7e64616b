import { describe, expect, test } from '@jest/globals';
import type { QueueState } from '../adapters/temporal/queue-states.ts';
import { Health, withoutPoller } from './health.ts';
import type { Services } from './services.ts';

const never = (): Promise<never> => new Promise(() => undefined);
const well = async () => undefined;
const client = { options: {}, workflowService: { describeTaskQueue: async () => ({}) } };
const temporal = { ping: well, missingSearchAttributes: async () => [] as string[], client };
const health = (parts: object) =>
  new Health({ database: { query: async () => [] }, temporal, ...parts } as unknown as Services);

describe('readiness', () => {
  test('is of the parts that there are; Redis is one only where it is configured', async () => {
    expect((await health({}).readiness()).checks).toEqual({ database: 'ok', temporal: 'ok' });
    const ready = await health({ redis: { check: well } }).readiness();
    expect([ready.status, Object.entries(ready.checks)]).toEqual([
      'ready',
      [
        ['database', 'ok'],
        ['redis', 'ok'],
        ['temporal', 'ok'],
      ],
    ]);
    const readiness = await health({}).readiness(['redis']);
    expect([readiness.status, readiness.checks.redis]).toEqual(['not_ready', 'error: REDIS_URL is not set']);
  });

  test('a part that hangs is named within its limit, and those that answer are reported', async () => {
    const { status, checks } = await health({ database: { query: never } }).readiness();
    expect([status, checks]).toEqual(['not_ready', { database: 'error: no answer within 2 s', temporal: 'ok' }]);
  });

  test('only the parts that are asked for decide', async () => {
    const away = { ping: async () => Promise.reject(new Error('14 UNAVAILABLE: no connection\nat somewhere')) };
    const one = health({ temporal: { ...temporal, ...away } });
    expect((await one.readiness()).status).toBe('not_ready');
    const { status, checks } = await one.readiness(['database']);
    expect([status, checks.temporal]).toEqual(['ready', 'error: 14 UNAVAILABLE: no connection']);
  });

  test('search attributes that Temporal lacks are named', async () => {
    const { checks } = await health({
      temporal: { ...temporal, missingSearchAttributes: async () => ['JobKind'] },
    }).readiness();
    expect(checks.temporal).toMatch(/^error: .*JobKind/);
  });
});

test('gauges of a part that does not answer are absent, not 0, and the failure is counted', async () => {
  const text = await health({ database: { query: () => Promise.reject(new Error('away')) } }).gauges();
  expect(text).not.toContain('api_keys_active');
  expect(text).toMatch(/^platform_gauges_failed 2$/m);
});

test('gauges do not wait for a part that hangs as long as a check of it does', async () => {
  const all = health({ database: { query: never }, temporal: { ...temporal, ping: never } });
  const check = all.readiness().then(() => 'check');
  expect(await Promise.race([check, all.gauges().then(() => 'gauges')])).toBe('gauges');
  expect(await check).toBe('check');
});

test('tasks that go to a version without a worker are named; a queue without workers is not', () => {
  const state = (buildIds: readonly (string | undefined)[], currentBuildId?: string): QueueState => ({
    queue: 'solar',
    type: 'activity',
    backlog: 1,
    backlogAgeS: 1,
    currentBuildId,
    pollers: buildIds.map((buildId) => ({ identity: 'w', lastSeen: new Date(), buildId })),
  });
  expect(withoutPoller([state([]), state([undefined]), state(['v1', 'v2'], 'v1'), state([], 'v1')])).toEqual([]);
  const advice = 'and none polls; run tessellate ops set-current-version';
  expect(withoutPoller([state(['v2'], 'v1'), state(['v1'])])).toEqual([
    `activity tasks of the queue solar go to version v1, ${advice}`,
    `activity tasks of the queue solar go to workers without a version, ${advice}`,
  ]);
});
