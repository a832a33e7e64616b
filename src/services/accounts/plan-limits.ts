/** Limits of a plan on jobs, checked in the transaction that creates one. */
import type { Plan } from '../../contracts/common/plans.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Queryable } from '../../adapters/database/database.ts';

export type JobLimits = Pick<Plan, 'name' | 'n_open_jobs' | 'monthly_compute_s'>;

/** What an organization may do with keys for tests, which are not billed: enough to build against the API. */
const TEST_LIMITS = { nOpenJobs: 2, monthlyComputeS: 3600 } as const;

/** Notes what the deleted jobs `gone` have used, in the statement that deletes them. */
export const NOTE_DELETED_COMPUTE = `INSERT INTO deleted_compute (org_id, month, compute_s, test_compute_s)
  SELECT org_id, date_trunc('month', created_at, 'UTC'), sum(compute_s), coalesce(sum(compute_s) FILTER (WHERE is_test), 0)
  FROM gone WHERE compute_s > 0 GROUP BY 1, 2
  ON CONFLICT (org_id, month) DO UPDATE SET compute_s = deleted_compute.compute_s + excluded.compute_s,
    test_compute_s = deleted_compute.test_compute_s + excluded.test_compute_s`;

/**
 * Requires that an organization may create one more job. Requests of one organization wait for each other here, so that the
 * limit is exact.
 * @throws AppError `plan.limit_reached`
 */
export async function requireJobAllowed(
  tx: Queryable,
  orgId: string,
  { name, n_open_jobs: maxOpenJobs, monthly_compute_s: maxComputeS }: JobLimits,
  isTest: boolean,
): Promise<void> {
  if (maxOpenJobs === null && maxComputeS === null && !isTest) return;
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`jobs/${orgId}`]);
  const [{ open, openTests }] = await tx.query<{ open: number; openTests: number }>(
    `SELECT count(*)::int AS open, count(*) FILTER (WHERE is_test)::int AS "openTests"
     FROM jobs WHERE org_id = $1 AND status IN ('queued', 'running')`,
    [orgId],
  );
  if (maxOpenJobs !== null && open >= maxOpenJobs)
    throw new AppError('plan.limit_reached', `${open} jobs wait or run; the plan ${name} allows ${maxOpenJobs}`, {
      fix: 'Wait until a job has ended, cancel one, or choose another plan.',
    });
  if (isTest && openTests >= TEST_LIMITS.nOpenJobs)
    throw new AppError(
      'plan.limit_reached',
      `${openTests} jobs of keys for tests wait or run; an organization may have ${TEST_LIMITS.nOpenJobs}`,
      { fix: 'Wait until one of them has ended, cancel one, or use another key.' },
    );
  if (maxComputeS === null && !isTest) return;
  const [{ used, usedByTests }] = await tx.query<{ used: number; usedByTests: number }>(
    `SELECT coalesce(sum(compute_s), 0)::float8 AS used, coalesce(sum(test_compute_s), 0)::float8 AS "usedByTests" FROM (
       SELECT compute_s, CASE WHEN is_test THEN compute_s END AS test_compute_s
         FROM jobs WHERE org_id = $1 AND created_at >= date_trunc('month', now(), 'UTC')
       UNION ALL
       SELECT compute_s, test_compute_s FROM deleted_compute WHERE org_id = $1 AND month = date_trunc('month', now(), 'UTC')
     ) month`,
    [orgId],
  );
  if (maxComputeS !== null && used >= maxComputeS)
    throw new AppError(
      'plan.limit_reached',
      `The jobs of this month have used ${Math.floor(used)} s of compute time; the plan ${name} allows ${maxComputeS} s`,
      { fix: 'Wait until next month (UTC), or choose another plan.' },
    );
  if (isTest && usedByTests >= TEST_LIMITS.monthlyComputeS)
    throw new AppError(
      'plan.limit_reached',
      `Keys for tests have used ${Math.floor(usedByTests)} s of compute time this month; an organization has ${TEST_LIMITS.monthlyComputeS} s`,
      { fix: 'Wait until next month (UTC), or use another key.' },
    );
}
