/** Usage of an organization in answers. */
import { z } from 'zod';
import { instant } from '../common/fields.schema.ts';
import { USAGE_GROUPS, USAGE_INTERVALS, USAGE_METRICS } from './usage.ts';

const usageRowSchema = z
  .strictObject({
    starts_at: instant('First instant of the hour, day or month'),
    metric: z.enum(USAGE_METRICS).describe('What was used; compute_s is in seconds, the others are counts'),
    group: z
      .string()
      .nullable()
      .describe(
        'With group_by kind: the job kind, the queue of compute_s, or the operation of api_calls; with caller: usr_... or key_...; otherwise null',
      ),
    amount: z.number().describe('How much was used'),
  })
  .meta({ id: 'UsageRow' });
export const usageSchema = z
  .strictObject({
    interval: z.enum(USAGE_INTERVALS),
    group_by: z.enum(USAGE_GROUPS),
    data: z.array(usageRowSchema),
  })
  .meta({ id: 'Usage', description: 'What an organization has used, by time' });
