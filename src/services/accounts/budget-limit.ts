/** The hard stop of budgets, checked in the transaction that creates a job. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { UsageMetric } from '../../contracts/metering/usage.ts';
import type { Queryable } from '../../adapters/database/database.ts';
import type { BudgetRow } from '../../adapters/database/tables/budgets.ts';

/** What an organization `b.org_id` has used of `b.metric` in the present month */
export const USED_THIS_MONTH = `(SELECT coalesce(sum(amount), 0) FROM (
    SELECT amount FROM usage_records WHERE org_id = b.org_id AND metric = b.metric AND at >= date_trunc('month', now(), 'UTC')
    UNION ALL SELECT amount FROM usage_hours
      WHERE org_id = b.org_id AND metric = b.metric AND hour >= date_trunc('month', now(), 'UTC')) used)`;

/**
 * Requires that no budget with a hard stop is reached. Requests of an organization that has one wait for each other here, so
 * that a budget of jobs is exact.
 * @throws AppError `usage.budget_reached`
 */
export async function requireBudget(tx: Queryable, orgId: string): Promise<void> {
  const stops = await tx.query('SELECT 1 FROM budgets WHERE org_id = $1 AND is_hard_stop LIMIT 1', [orgId]);
  if (stops.length === 0) return;
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`jobs/${orgId}`]);
  const [reached] = await tx.query<BudgetRow & { used: number }>(
    `SELECT * FROM (SELECT b.*, ${USED_THIS_MONTH} AS used FROM budgets b WHERE org_id = $1 AND is_hard_stop) budgets
     WHERE used >= monthly_amount ORDER BY id LIMIT 1`,
    [orgId],
  );
  if (reached)
    throw new AppError('usage.budget_reached', `${describe(reached)}; budget ${reached.id} stops new jobs`, {
      fix: 'Wait until next month (UTC), or delete the budget and make a larger one.',
    });
}

const describe = ({ metric, used, monthly_amount }: { metric: UsageMetric; used: number; monthly_amount: number }) =>
  `${Math.floor(used)} of ${monthly_amount} ${metric} are used this month`;
