/** Health as it is answered. */
import { z } from 'zod';

export const healthSchema = z
  .strictObject({ status: z.literal('healthy'), version: z.string().describe('Of the engine') })
  .meta({ id: 'Health' });
export const readinessSchema = z
  .strictObject({
    status: z.enum(['healthy', 'unhealthy']),
    version: z.string().describe('Of the engine'),
    checks: z.record(
      z.string(),
      z.strictObject({
        status: z.enum(['up', 'down']),
        reason: z.string().optional().describe('Of a part that is down'),
      }),
    ),
  })
  .meta({ id: 'Readiness', description: 'Which parts answer' });
