/** Service level objectives in answers for operators. */
import { z } from 'zod';
import { instant } from '../common/fields.schema.ts';

const name = z
  .string()
  .describe(
    'Objective: availability, error_rate, latency_p95, latency_p99, job_queue_wait, job_success or webhook_delivery',
  );
const window = z
  .enum(['5m', '30m', '1h', '6h', '3d', '30d'])
  .describe('Window, which ends now; the budget is that of 30d');
const objective = {
  name,
  title: z.string().describe('What a good event is'),
  target: z.number().describe('Smallest share of good events [1]'),
};
const budget_remaining = z
  .number()
  .describe('Share of the error budget of 30 days that is left; below 0 where more was used than allowed [1]');

export const sloStatusSchema = z
  .strictObject({
    is_met: z.boolean().describe('Whether every objective is met over 30 days'),
    objectives: z.array(
      z
        .strictObject({
          ...objective,
          is_met: z.boolean().describe('Whether the share of good events of 30 days reaches the target'),
          windows: z.array(
            z
              .strictObject({
                window,
                n_total: z.int().describe('Number of events'),
                n_bad: z.int().describe('Number of bad events'),
              })
              .meta({ id: 'SloWindow' }),
          ),
        })
        .meta({ id: 'SloObjective' }),
    ),
    timestamp: instant('Now'),
  })
  .meta({ id: 'SloStatus', description: 'Objectives and what was counted' });
export const sloBudgetSchema = z
  .strictObject({
    objectives: z.array(
      z
        .strictObject({
          ...objective,
          budget_remaining,
          burn_rates: z.array(
            z
              .strictObject({
                window,
                burn_rate: z
                  .number()
                  .describe('How many times faster than allowed the budget is used; 1 uses all of it in 30 days [1]'),
              })
              .meta({ id: 'SloBurnRate' }),
          ),
        })
        .meta({ id: 'SloBudgetOfObjective' }),
    ),
    timestamp: instant('Now'),
  })
  .meta({ id: 'SloBudget', description: 'Error budgets and how fast they are used' });
export const sloAlertsSchema = z
  .strictObject({
    alerts: z.array(
      z
        .strictObject({
          name,
          kind: z.enum(['burn_rate', 'budget_low', 'budget_exhausted']),
          severity: z.enum(['warning', 'critical']),
          message: z.string(),
        })
        .meta({ id: 'SloAlert' }),
    ),
    timestamp: instant('Now'),
  })
  .meta({ id: 'SloAlerts', description: 'Alerts that fire now; empty if there are none' });
