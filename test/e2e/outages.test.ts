/** A job survives any absence of PostgreSQL, Redis or Temporal: each is away for 90 s while it runs. Real servers. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Customer, newCustomer } from '../support/customer.ts';
import { type Door, doorTo } from '../support/door.ts';
import { eventually } from '../support/eventually.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const AWAY_MS = 90_000;
let platform: Platform;
let customer: Customer;
let redis: TestRedis;
let postgres: Door;
let weatherId: string;

beforeAll(async () => {
  redis = await startRedis();
  platform = await startPlatform({ REDIS_URL: redis.url }, {}, async (databaseUrl) => {
    const url = new URL(databaseUrl);
    postgres = await doorTo(url.hostname, Number(url.port));
    await postgres.open();
    url.host = `127.0.0.1:${postgres.port}`;
    return { DATABASE_URL: url.href };
  });
  await platform.startAll();
  customer = await newCustomer(platform);
  weatherId = await customer.uploadWeather();
});
afterAll(async () => {
  await platform?.stop();
  postgres?.close();
  await redis?.kill();
});

/** 1,000 systems over `years` years: 0.6 s of compute a year. */
const submit = async (years: number): Promise<string> => {
  const { body } = await customer.call('POST', '/v1/solar/analyze', {
    weather_ids: Array.from({ length: years }, () => weatherId),
    systems: Array.from({ length: 1000 }, (_, i) => ({
      dc_capacity_kw: 100 + i,
      mounting: { type: 'one_axis', gcr: 0.35 },
      bifacial: { bifaciality: 0.7, height_m: 1.5, pitch_m: 6 },
    })),
  });
  return body.id as string;
};
const statusOf = (path: string): Promise<number> => fetch(`${platform.base}${path}`).then(({ status }) => status);

test('while PostgreSQL cannot be reached a running job waits, and then continues from its checkpoint', async () => {
  const id = await submit(50);
  await customer.checkpoint(id, ({ compute_s }) => compute_s > 0);
  postgres.close();
  expect(await statusOf('/health')).toBe(200);
  expect(await statusOf('/health/ready?require=database')).toBe(503);
  await setTimeout(AWAY_MS);
  await postgres.open();
  const { status, n_attempts, error } = await customer.ended(id);
  expect([status, error]).toEqual(['succeeded', null]);
  expect(n_attempts).toBeGreaterThan(1);
});

test('without Temporal and Redis a running job and those accepted meanwhile end, once each', async () => {
  const running = await submit(50);
  await customer.checkpoint(running, ({ compute_s }) => compute_s > 0);
  await Promise.all([platform.kill('temporal'), redis.kill()]);
  expect(await statusOf('/health/ready?require=database')).toBe(200);
  const accepted: string[] = [];
  for (let i = 0; i < 5; i++) {
    accepted.push(await submit(1));
    await setTimeout(AWAY_MS / 5);
  }
  await eventually(async () => {
    const rows = await platform.database.query('SELECT 1 FROM outbox WHERE last_error IS NOT NULL');
    return rows.length > 0 || undefined;
  }, 'a failed start');
  // The workers' relay starts what the API accepted.
  await platform.kill('api');
  await Promise.all([platform.startTemporal(), redis.start()]);
  for (const id of [running, ...accepted]) expect(await customer.endOf(id)).toBe('succeeded');
  const starts = await platform.database.query<{ job_id: string }>(
    `SELECT job_id FROM job_events WHERE type = 'job.started' AND job_id = ANY($1)`,
    [[running, ...accepted]],
  );
  expect(starts.map(({ job_id }) => job_id).sort()).toEqual([running, ...accepted].sort());
  await platform.startApi();
});
