/** The objectives on PostgreSQL: a simulated month with known answers, and the counts of several processes. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Database } from '../../src/adapters/database/database.ts';
import { createLogger } from '../../src/adapters/observability/logger.ts';
import type { ObjectiveName } from '../../src/services/slo/objectives.ts';
import { SloRecorder } from '../../src/services/slo/recorder.ts';
import { compactSlo, sloStates } from '../../src/services/slo/slo.ts';
import { migratedDatabase } from '../support/postgres.ts';

const log = createLogger({ service: 'test', level: 'ERROR' });
let database: Database;
beforeAll(async () => {
  ({ database } = await migratedDatabase());
  await database.query(`INSERT INTO organizations (id, name) VALUES ('org_1', 'O')`);
});
afterAll(() => database.close());
beforeEach(() => database.query('TRUNCATE slo_minutes, jobs, webhooks CASCADE'));

const stateOf = async (name: ObjectiveName, now?: Date) =>
  (await sloStates(database, now)).find((one) => one.name === name)!;

/** A full hour, so that windows end where minutes do */
const END = new Date(Math.floor(Date.now() / 3.6e6) * 3.6e6);

/** 40 days of 100 requests a minute, the last 90 minutes of which have 2 bad and 10 slow ones in each. */
const simulateMonth = () =>
  database.query(
    `INSERT INTO slo_minutes (minute, process, n_requests, n_bad, n_timed, n_slow, n_very_slow)
     SELECT minute, 'p', 100, CASE WHEN is_late THEN 2 ELSE 0 END, 98, CASE WHEN is_late THEN 10 ELSE 0 END, 0
     FROM (SELECT minute, minute >= $1::timestamptz - interval '90 minutes' AS is_late
           FROM generate_series($1::timestamptz - interval '40 days', $1::timestamptz - interval '1 minute', '1 minute') minute) m`,
    [END],
  );

test('a month with a disturbance at its end has the burn rates, budget and alerts that follow by hand', async () => {
  await simulateMonth();
  const { counts, burn_rate, budget_remaining, alerts } = await stateOf('availability', END);
  expect(counts).toEqual({
    '5m': { n_total: 500, n_bad: 10 },
    '30m': { n_total: 3_000, n_bad: 60 },
    '1h': { n_total: 6_000, n_bad: 120 },
    '6h': { n_total: 36_000, n_bad: 180 },
    '3d': { n_total: 432_000, n_bad: 180 },
    '30d': { n_total: 4_320_000, n_bad: 180 },
  });
  // 2 % bad is 20 times 0.1 %; 180 of 36,000 are 0.5 %, 5 times. The month may have 4,320 bad ones: 180 leave 95.8 %.
  expect([burn_rate['5m'], burn_rate['1h'], burn_rate['6h']].map((rate) => Math.round(rate * 1e6) / 1e6)).toEqual([
    20, 20, 5,
  ]);
  expect(budget_remaining).toBeCloseTo(1 - 180 / 4_320, 9);
  expect(alerts.map(({ kind, severity }) => [kind, severity])).toEqual([['burn_rate', 'critical']]);

  const latency = await stateOf('latency_p95', END);
  expect(latency.counts['1h']).toEqual({ n_total: 5_880, n_bad: 600 });
  expect(latency.burn_rate['1h']).toBeCloseTo(600 / 5_880 / 0.05, 9);
  expect((await stateOf('latency_p99', END)).counts['1h'].n_bad).toBe(0);
});

test('old minutes become hours without changing a sum, and what no window reaches goes', async () => {
  await simulateMonth();
  const before = await stateOf('availability', END);
  await compactSlo(database);
  await compactSlo(database);
  const after = await stateOf('availability', END);
  expect(after.counts).toEqual(before.counts);
  const [{ rows, hours }] = await database.query<{ rows: number; hours: number }>(
    `SELECT count(*)::int AS rows, (count(*) FILTER (WHERE process = 'hour'))::int AS hours FROM slo_minutes`,
  );
  expect(rows - hours).toBeLessThan(4 * 1_440 + 121);
  expect(hours).toBeGreaterThan(26 * 24);
  expect(hours).toBeLessThan(28 * 24);
});

test('processes count by themselves, a repeated write changes nothing, and nothing is lost while the database cannot be reached', async () => {
  let isAway = false;
  const sometimes = {
    query: ((sql: string, parameters: unknown[]) =>
      isAway ? Promise.reject(new Error('away')) : database.query(sql, parameters)) as Database['query'],
  };
  const [first, second] = [new SloRecorder(sometimes, log), new SloRecorder(database, log)];
  const now = Date.now();
  first.count('answer', 200, 20, now);
  first.count('answer', 429, 700, now);
  first.count('answer', 503, 5, now);
  first.count('transfer', 200, 60_000, now);
  first.count('answer', 499, 100, now);
  isAway = true;
  await first.flush();
  isAway = false;
  second.count('answer', 200, 2_500, now - 60_000);
  second.count('answer', 499, 9_000, now);
  for (const one of [first, second, first]) await one.flush();
  await first.stop();
  const later = new Date(now + 60_000);
  expect((await stateOf('availability', later)).counts['5m']).toEqual({ n_total: 6, n_bad: 2 });
  expect((await stateOf('latency_p95', later)).counts['5m']).toEqual({ n_total: 3, n_bad: 2 });
  expect((await stateOf('latency_p99', later)).counts['5m']).toEqual({ n_total: 3, n_bad: 1 });
});

test('jobs that wait, errors of the platform, and deliveries that are late are bad; errors of customers are not', async () => {
  const job = (id: string, columns: string, values: string) =>
    database.query(
      `INSERT INTO jobs (id, org_id, kind, input, seed, engine_version, created_by, ${columns}) VALUES ($1, 'org_1', 'report', '{}', 1, '0', 'u', ${values})`,
      [id],
    );
  const ago = (seconds: number) => `now() - interval '${seconds} seconds'`;
  await job('job_1', 'status, created_at, started_at, ended_at', `'succeeded', ${ago(200)}, ${ago(199)}, ${ago(190)}`);
  await job('job_2', 'status, created_at', `'queued', ${ago(100)}`);
  await job('job_3', 'status, created_at', `'queued', ${ago(10)}`);
  const failed = 'status, created_at, started_at, ended_at, error';
  const times = `'failed', ${ago(200)}, ${ago(130)}, ${ago(120)}`;
  await job('job_4', failed, `${times}, '{"code": "internal", "message": ""}'`);
  await job('job_5', failed, `${times}, '{"code": "solar.invalid_input", "message": ""}'`);
  await database.query(
    `INSERT INTO webhooks (id, org_id, url, description, events, headers, secret) VALUES ('wh_1', 'org_1', 'https://x', '', '{}', '{}', '')`,
  );
  for (const [id, created, sent] of [
    ['d_1', 200, 199],
    ['d_2', 200, 100],
    ['d_3', 200, null],
    ['d_4', 10, null],
  ] as const) {
    await database.query(
      `INSERT INTO webhook_deliveries (id, org_id, webhook_id, event_id, event_type, payload, status, created_at)
       VALUES ($1, 'org_1', 'wh_1', 'e', 't', '{}', 'pending', ${ago(created)})`,
      [id],
    );
    if (sent !== null)
      await database.query(
        `INSERT INTO webhook_attempts (delivery_id, round, attempt, started_at, latency_ms) VALUES ($1, 1, 1, ${ago(sent)}, 5)`,
        [id],
      );
  }
  const counted = async (name: ObjectiveName) => (await stateOf(name)).counts['5m'];
  expect(await counted('job_queue_wait')).toEqual({ n_total: 4, n_bad: 3 });
  expect(await counted('job_success')).toEqual({ n_total: 3, n_bad: 1 });
  expect(await counted('webhook_delivery')).toEqual({ n_total: 3, n_bad: 2 });
});
