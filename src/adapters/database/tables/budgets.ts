/** What organizations want to use at most in a month, and of what they were notified. */
import { EntitySchema } from 'typeorm';
import type { UsageMetric } from '../../../contracts/metering/usage.ts';
import { double, flag, id, instant, integer, now, text, to } from './columns.ts';

export interface BudgetRow {
  id: string;
  org_id: string;
  metric: UsageMetric;
  /** Amount of a calendar month, UTC */
  monthly_amount: number;
  /** Shares of the amount that cause an alert [%] */
  alert_pcts: number[];
  /** Whether new jobs are refused once the amount is reached */
  is_hard_stop: boolean;
  created_at: Date;
}
export interface BudgetAlertRow {
  budget_id: string;
  month: Date;
  pct: number;
  created_at: Date;
}

export const Budget = new EntitySchema<BudgetRow>({
  name: 'budgets',
  columns: {
    id,
    org_id: to('organizations', 'budgets'),
    metric: text,
    monthly_amount: double,
    alert_pcts: { type: 'integer', array: true },
    is_hard_stop: flag(false),
    created_at: now,
  },
  indices: [{ name: 'budgets_org', columns: ['org_id', 'id'] }],
});
export const BudgetAlert = new EntitySchema<BudgetAlertRow>({
  name: 'budget_alerts',
  columns: {
    budget_id: { ...to('budgets', 'budget_alerts'), primary: true },
    month: { ...instant, primary: true },
    pct: { ...integer, primary: true },
    created_at: now,
  },
});
