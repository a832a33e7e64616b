/** Budgets: owners and webhooks are notified once in a month for each share of the amount that is reached. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { UsageMetric } from '../../contracts/metering/usage.ts';
import type { Database, Transaction } from '../../adapters/database/database.ts';
import { newId } from '../../adapters/database/new-id.ts';
import type { BudgetRow } from '../../adapters/database/tables/budgets.ts';
import { walk } from '../../adapters/database/walk.ts';
import { USED_THIS_MONTH } from '../accounts/budget-limit.ts';
import { audit } from '../audit/audit.ts';
import { enqueueMailToOwners } from '../mails/mails.ts';
import type { EmitEvent } from '../webhooks/events.ts';

/** Budgets that an organization may have */
const MAX_BUDGETS = 50;

export type ListedBudget = BudgetRow & { readonly used_amount: number };
export interface NewBudget {
  readonly metric: UsageMetric;
  readonly monthly_amount: number;
  readonly alert_pcts: readonly number[];
  readonly is_hard_stop: boolean;
}

/** @throws AppError `request.conflict` for one too many */
export function createBudget(database: Database, orgId: string, budget: NewBudget): Promise<ListedBudget> {
  return database.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM organizations WHERE id = $1 FOR UPDATE', [orgId]);
    const [{ n }] = await tx.query<{ n: number }>('SELECT count(*)::int AS n FROM budgets WHERE org_id = $1', [orgId]);
    if (n >= MAX_BUDGETS)
      throw new AppError('request.conflict', `The organization has ${n} budgets; expected at most ${MAX_BUDGETS}`, {
        fix: 'Delete one first.',
      });
    const id = newId('budget');
    const { metric, monthly_amount, alert_pcts, is_hard_stop } = budget;
    const [row] = await tx.query<ListedBudget>(
      `WITH b AS (
         INSERT INTO budgets (id, org_id, metric, monthly_amount, alert_pcts, is_hard_stop)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING *)
       SELECT b.*, ${USED_THIS_MONTH} AS used_amount FROM b`,
      [id, orgId, metric, monthly_amount, alert_pcts, is_hard_stop],
    );
    await audit(tx, { orgId, type: 'budget.created', targetId: id, details: { ...budget } });
    return row;
  });
}

/** Lists the budgets, newest first. @param before id of the last one of the page before */
export const listBudgets = (
  database: Database,
  orgId: string,
  limit: number,
  before?: string,
): Promise<ListedBudget[]> =>
  database.query<ListedBudget>(
    `SELECT b.*, ${USED_THIS_MONTH} AS used_amount FROM budgets b
     WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [orgId, before ?? null, limit],
  );

/** @throws AppError `request.not_found` */
export async function deleteBudget(database: Database, orgId: string, id: string): Promise<void> {
  await database.transaction(async (tx) => {
    const gone = await tx.query('DELETE FROM budgets WHERE org_id = $1 AND id = $2 RETURNING id', [orgId, id]);
    if (gone.length === 0) throw new AppError('request.not_found', `No budget ${id}`);
    await audit(tx, { orgId, type: 'budget.deleted', targetId: id });
  });
}

/** Tells of each share that is reached, once a month. @returns the number of alerts */
export async function checkBudgets(database: Database, emitEvent: EmitEvent): Promise<number> {
  let alerts = 0;
  await walk<ListedBudget>(
    database,
    `SELECT * FROM (SELECT b.*, ${USED_THIS_MONTH} AS used_amount FROM budgets b) b WHERE used_amount > 0`,
    async (budget) => {
      for (const pct of budget.alert_pcts)
        if (budget.used_amount >= (budget.monthly_amount * pct) / 100)
          if (await database.transaction((tx) => alert(tx, emitEvent, budget, pct))) alerts++;
    },
  );
  return alerts;
}

/** @returns whether it is the first of the month */
async function alert(tx: Transaction, emitEvent: EmitEvent, budget: ListedBudget, pct: number): Promise<boolean> {
  const { id, org_id: orgId, metric, monthly_amount, used_amount, is_hard_stop } = budget;
  const [first] = await tx.query<{ month: Date }>(
    `INSERT INTO budget_alerts (budget_id, month, pct) VALUES ($1, date_trunc('month', now(), 'UTC'), $2)
     ON CONFLICT DO NOTHING RETURNING month`,
    [id, pct],
  );
  if (!first) return false;
  const [{ name }] = await tx.query<{ name: string }>('SELECT name FROM organizations WHERE id = $1', [orgId]);
  const month = first.month.toISOString();
  await emitEvent(tx, orgId, 'usage.budget_reached', {
    budget_id: id,
    metric,
    reached_pct: pct,
    monthly_amount,
    used_amount,
    is_hard_stop,
    month_starts_at: month,
  });
  await enqueueMailToOwners(tx, {
    orgId,
    template: 'usage.budget_reached',
    idempotencyKey: `usage.budget_reached/${id}/${month}/${pct}`,
    data: {
      organization: name,
      metric,
      pct,
      used: used_amount,
      amount: monthly_amount,
      stops: is_hard_stop && used_amount >= monthly_amount,
    },
  });
  return true;
}
