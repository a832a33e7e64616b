/** Limits of plans on jobs, and the time for which jobs are stored. */
import { expect, test } from '@jest/globals';
import { newId } from '../../src/adapters/database/new-id.ts';
import { enforceRetention } from '../../src/services/retention/retention.ts';
import { jobsOfTests } from '../support/jobs.ts';

const shared = jobsOfTests();
const NONE = { name: 'Test', n_open_jobs: null, monthly_compute_s: null };
const create = (limits: typeof NONE | { name: string; n_open_jobs: number | null; monthly_compute_s: number | null }) =>
  shared.jobs.create({ orgId: shared.orgId, kind: 'solar-analyze', input: '{}' as never, createdBy: 'key_1', limits });
const reached = { code: 'plan.limit_reached' };

test('as many jobs are open as the plan allows, also when many are created at once; an ended one makes room', async () => {
  const limits = { ...NONE, n_open_jobs: 3 };
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => create(limits)));
  const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.job.id] : []));
  expect(made).toHaveLength(3);
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(reached);
  expect(await shared.database.query('SELECT id FROM jobs WHERE org_id = $1', [shared.orgId])).toHaveLength(3);
  await shared.jobs.cancel(shared.orgId, made[0]);
  await create(limits);
  await expect(create(limits)).rejects.toMatchObject(reached);
  await expect(create(NONE)).resolves.toBeDefined();
});

test('the compute time of a month ends, and another month begins at zero', async () => {
  const limits = { ...NONE, monthly_compute_s: 100 };
  const { job } = await create(limits);
  await shared.database.query('UPDATE jobs SET compute_s = 100 WHERE id = $1', [job.id]);
  await expect(create(limits)).rejects.toMatchObject({ ...reached, message: expect.stringContaining('100 s') });
  await shared.database.query(
    `UPDATE jobs SET created_at = date_trunc('month', now(), 'UTC') - interval '1 second' WHERE id = $1`,
    [job.id],
  );
  await expect(create(limits)).resolves.toBeDefined();
});

test('to delete a job that has ended frees no compute time', async () => {
  const limits = { ...NONE, monthly_compute_s: 100 };
  for (const used of [60, 40]) {
    const { job } = await create(limits);
    await shared.database.query(
      `UPDATE jobs SET status = 'succeeded', ended_at = now(), compute_s = $2 WHERE id = $1`,
      [job.id, used],
    );
    await shared.jobs.delete(shared.orgId, job.id);
  }
  await expect(create(limits)).rejects.toMatchObject({ ...reached, message: expect.stringContaining('100 s') });
  await shared.database.query(`UPDATE deleted_compute SET month = month - interval '1 month'`);
  await expect(create(limits)).resolves.toBeDefined();
});

test('keys for tests have a small allowance of their own, also under a plan without limits', async () => {
  const createTest = () =>
    shared.jobs.create({
      orgId: shared.orgId,
      kind: 'solar-analyze',
      input: '{}' as never,
      createdBy: 'key_1',
      isTest: true,
      limits: NONE,
    });
  const made = [await createTest(), await createTest()];
  await expect(createTest()).rejects.toMatchObject({ ...reached, message: expect.stringContaining('2 jobs of keys') });
  await expect(create(NONE)).resolves.toBeDefined();
  for (const { job } of made)
    await shared.database.query(
      `UPDATE jobs SET status = 'succeeded', ended_at = now(), compute_s = 1800 WHERE id = $1`,
      [job.id],
    );
  await expect(createTest()).rejects.toMatchObject({ ...reached, message: expect.stringContaining('used 3600 s') });
  // What they have used stays when they are deleted.
  for (const { job } of made) await shared.jobs.delete(shared.orgId, job.id);
  await expect(createTest()).rejects.toMatchObject(reached);
  await expect(create(NONE)).resolves.toBeDefined();
});

test('ended jobs are deleted after the time of the plan, and only those', async () => {
  const plan = newId('organization');
  await shared.database.query(
    `INSERT INTO plans (id, name, n_retention_days, fairness_weight, features) VALUES ($1, 'Short', 10, 1, '{}')`,
    [plan],
  );
  const ids = [];
  for (const days of [9, 11]) {
    const { job } = await create(NONE);
    ids.push(job.id);
    await shared.database.query(
      `UPDATE jobs SET status = 'failed', compute_s = 5, ended_at = now() - $2 * interval '1 day', created_at = now() - interval '20 days' WHERE id = $1`,
      [job.id, days],
    );
  }
  const open = (await create(NONE)).job.id;
  await shared.database.query(`UPDATE jobs SET created_at = now() - interval '20 days' WHERE id = $1`, [open]);
  const policy = { jobEventsDays: 30, webhookAttemptsDays: 30, auditPersonalDays: 365 };
  expect((await enforceRetention(shared.database, policy)).jobs).toBe(0);
  await shared.database.query('UPDATE organizations SET plan = $2 WHERE id = $1', [shared.orgId, plan]);
  await shared.database.query('DELETE FROM deleted_compute');
  expect((await enforceRetention(shared.database, policy)).jobs).toBe(1);
  expect(await shared.database.query('SELECT org_id, compute_s FROM deleted_compute')).toEqual([
    { org_id: shared.orgId, compute_s: 5 },
  ]);
  const left = await shared.database.query<{ id: string }>('SELECT id FROM jobs WHERE org_id = $1 ORDER BY id', [
    shared.orgId,
  ]);
  expect(left.map(({ id }) => id)).toEqual([ids[0], open].sort());
});
