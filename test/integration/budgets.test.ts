/** Budgets on a real PostgreSQL: each share is told of once a month, and a hard stop is exact. */
import { beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../src/adapters/database/new-id.ts';
import { checkBudgets, createBudget, deleteBudget, listBudgets } from '../../src/services/metering/budgets.ts';
import { EFFECTS, jobsOfTests } from '../support/jobs.ts';

const shared = jobsOfTests();
const LIMITS = { name: 'Test', n_open_jobs: null, monthly_compute_s: null };
const create = () =>
  shared.jobs.create({
    orgId: shared.orgId,
    kind: 'solar-analyze',
    input: '{}' as never,
    createdBy: 'key_1',
    limits: LIMITS,
  });
const budget = (more: object = {}) =>
  createBudget(shared.database, shared.orgId, {
    metric: 'compute_s',
    monthly_amount: 100,
    alert_pcts: [50, 100],
    is_hard_stop: false,
    ...more,
  });
const use = (amount: number, at = 'now()') =>
  shared.database.query(
    `INSERT INTO usage_records (at, org_id, metric, kind, caller, amount) VALUES (${at}, $1, 'compute_s', 'solar', 'key_1', $2)`,
    [shared.orgId, amount],
  );
const mails = () =>
  shared.database.query<{ data: Record<string, unknown> }>(
    `SELECT data FROM mails WHERE org_id = $1 AND template = 'usage.budget_reached' ORDER BY id`,
    [shared.orgId],
  );

beforeEach(async () => {
  await shared.database.query(
    `INSERT INTO users (id, org_id, email, name, password_hash, role) VALUES ($1, $2, $1 || '@example.com', 'N', '', 'owner')`,
    [newId('user'), shared.orgId],
  );
  await shared.database.query(
    `INSERT INTO webhooks (id, org_id, url, description, events, secret)
     VALUES ($1, $2, 'https://example.com', '', '{usage.budget_reached}', '')`,
    [newId('webhook'), shared.orgId],
  );
});

test('owners and webhooks are notified of each share once a month, by whichever process looks', async () => {
  const { id } = await budget();
  await use(49);
  expect(await checkBudgets(shared.database, EFFECTS.emitEvent)).toBe(0);
  await use(1);
  const counts = await Promise.all([1, 2, 3].map(() => checkBudgets(shared.database, EFFECTS.emitEvent)));
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(1);
  await use(75);
  expect(await checkBudgets(shared.database, EFFECTS.emitEvent)).toBe(1);
  expect(await checkBudgets(shared.database, EFFECTS.emitEvent)).toBe(0);
  expect((await mails()).map(({ data }) => [data.pct, data.used, data.stops])).toEqual([
    [50, 50, false],
    [100, 125, false],
  ]);
  const sent = await shared.database.query<{ payload: { data: object } }>(
    'SELECT payload FROM webhook_deliveries WHERE org_id = $1 ORDER BY id',
    [shared.orgId],
  );
  expect(sent.map(({ payload }) => payload.data)).toMatchObject([
    { budget_id: id, metric: 'compute_s', reached_pct: 50, used_amount: 50 },
    { budget_id: id, reached_pct: 100, used_amount: 125, monthly_amount: 100 },
  ]);
  // What was used before this month does not count.
  await shared.database.query('DELETE FROM usage_records WHERE org_id = $1', [shared.orgId]);
  await use(1000, `date_trunc('month', now(), 'UTC') - interval '1 second'`);
  expect((await listBudgets(shared.database, shared.orgId, 10))[0].used_amount).toBe(0);
  await deleteBudget(shared.database, shared.orgId, id);
  await expect(deleteBudget(shared.database, shared.orgId, id)).rejects.toMatchObject({ code: 'request.not_found' });
});

test('a hard stop accepts exactly its amount of jobs, however many are sent at once; without it an alert stops nothing', async () => {
  await budget({ metric: 'jobs', monthly_amount: 1 });
  const stop = await budget({ metric: 'jobs', monthly_amount: 5, is_hard_stop: true });
  const outcomes = await Promise.allSettled(Array.from({ length: 15 }, create));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'usage.budget_reached' });
  expect(await checkBudgets(shared.database, EFFECTS.emitEvent)).toBe(4);
  expect((await mails()).map(({ data }) => data.stops)).toContain(true);
  await deleteBudget(shared.database, shared.orgId, stop.id);
  await expect(create()).resolves.toBeDefined();
});
