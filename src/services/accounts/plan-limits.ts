/** Limits of a plan on jobs, checked in the transaction that creates one. */
import type { Plan } from '../../contracts/common/plans.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Queryable } from '../../adapters/database/database.ts';

export type JobLimits = Pick<Plan, 'name' | 'n_open_jobs' | 'monthly_compute_s'>;

/** Notes what the deleted jobs `gone` have used, in the statement that deletes them. */
export const NOTE_DELETED_COMPUTE = `INSERT INTO deleted_compute (org_id, month, compute_s)
  SELECT org_id, date_trunc('month', created_at, 'UTC'), sum(compute_s) FROM gone WHERE compute_s > 0 GROUP BY 1, 2
  ON CONFLICT (org_id, month) DO UPDATE SET compute_s = deleted_compute.compute_s + excluded.compute_s`;

/**
 * Requires that an organization may create one more job. Requests of one organization wait for each other here, so that the
 * limit is exact.
 * @throws AppError `plan.limit_reached`
 */
export async function requireJobAllowed(
  tx: Queryable,
  orgId: string,
  { name, n_open_jobs: maxOpenJobs, monthly_compute_s: maxComputeS }: JobLimits,
): Promise<void> {
  if (maxOpenJobs === null && maxComputeS === null) return;
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`jobs/${orgId}`]);
  if (maxOpenJobs !== null) {
    const [{ open }] = await tx.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM jobs WHERE org_id = $1 AND status IN ('queued', 'running')`,
      [orgId],
    );
    if (open >= maxOpenJobs)
      throw new AppError('plan.limit_reached', `${open} jobs wait or run; the plan ${name} allows ${maxOpenJobs}`, {
        fix: 'Wait until a job has ended, cancel one, or choose another plan.',
      });
  }
  if (maxComputeS !== null) {
    const [{ used }] = await tx.query<{ used: number }>(
      `SELECT coalesce(sum(compute_s), 0)::float8 AS used FROM (
         SELECT compute_s FROM jobs WHERE org_id = $1 AND created_at >= date_trunc('month', now(), 'UTC')
         UNION ALL
         SELECT compute_s FROM deleted_compute WHERE org_id = $1 AND month = date_trunc('month', now(), 'UTC')) month`,
      [orgId],
    );
    if (used >= maxComputeS)
      throw new AppError(
        'plan.limit_reached',
        `The jobs of this month have used ${Math.floor(used)} s of compute time; the plan ${name} allows ${maxComputeS} s`,
        { fix: 'Wait until next month (UTC), or choose another plan.' },
      );
  }
}
