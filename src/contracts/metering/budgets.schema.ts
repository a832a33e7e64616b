/** Budgets in requests and answers. */
import { z } from 'zod';
import { idOf, instant, ownChoice, pageOf, withDefault } from '../common/fields.schema.ts';
import { USAGE_METRICS } from './usage.ts';

const metric = z.enum(USAGE_METRICS).describe('What was used; compute_s is in seconds, the others are counts');
const monthly_amount = z.number().describe('Amount that a calendar month (UTC) may reach');

export const newBudgetSchema = z.strictObject({
  metric,
  monthly_amount: monthly_amount.min(0.001).max(1e15),
  alert_pcts: withDefault(
    z
      .array(z.int().min(1).max(1000))
      .min(1)
      .max(10)
      .refine((pcts) => new Set(pcts).size === pcts.length, 'expected each share once')
      .meta({ uniqueItems: true }),
    [80, 100],
    ownChoice('early enough to act, and at the end'),
  ).describe('Shares of the amount that cause an alert by mail and webhook, each once a month [%]'),
  is_hard_stop: withDefault(z.boolean(), false, ownChoice('an alert stops no work')).describe(
    'Whether new jobs are refused once the amount is reached (usage.budget_reached)',
  ),
});
export const budgetSchema = z
  .strictObject({
    id: idOf('budget', 'Id'),
    metric,
    monthly_amount,
    alert_pcts: z
      .array(z.int())
      .describe('Shares of the amount that cause an alert by mail and webhook, each once a month [%]'),
    is_hard_stop: z
      .boolean()
      .describe('Whether new jobs are refused once the amount is reached (usage.budget_reached)'),
    used_amount: z.number().describe('Amount of the present month'),
    created_at: instant('Created'),
  })
  .meta({ id: 'Budget', description: 'What an organization wants to use at most in a month' });
export const budgetPageSchema = pageOf(budgetSchema, 'BudgetPage');
