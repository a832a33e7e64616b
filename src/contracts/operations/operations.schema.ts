/** Health as it is answered. */
import { z } from 'zod';
import { instant } from '../common/fields.schema.ts';

const version = z.string().describe('Of the engine');

export const healthSchema = z
  .strictObject({ status: z.literal('healthy'), version, timestamp: instant('Now') })
  .meta({ id: 'Health' });

/** The parts that the API leans on. */
export const PARTS = ['database', 'redis', 'temporal'] as const;
export type Part = (typeof PARTS)[number];
const check = z.string().describe('`ok`, or `error: ` and the reason');

export const readinessSchema = z
  .strictObject({
    status: z.enum(['ready', 'not_ready']),
    checks: z.strictObject({
      database: check,
      redis: check.optional().describe('Absent where there is no Redis'),
      temporal: check,
    }),
    timestamp: instant('Now'),
  })
  .meta({ id: 'Readiness', description: 'Which parts answer' });

const count = (description: string) => z.int().optional().describe(description);
const part = { status: check, latency_ms: z.number().optional().describe('Of its check [ms]') };
export const detailedHealthSchema = z
  .strictObject({
    status: z.enum(['healthy', 'degraded']),
    version,
    uptime_seconds: z.number().describe('Of the process that answers [s]'),
    components: z.strictObject({
      database: z.strictObject({
        ...part,
        pool_size: count('Connections that the process that answers may open'),
        pool_checked_out: count('Of them in use'),
        pool_waiting: count('Requests that wait for one'),
        outbox_waiting: count('Outbox rows not yet handed to Temporal'),
      }),
      redis: z
        .strictObject({
          ...part,
          memory_used_mb: z.number().optional().describe('[MiB]'),
          connected_clients: count('Connections to the server'),
        })
        .optional(),
      temporal: z.strictObject({
        ...part,
        active_workers: count('Workers that polled within the last minutes'),
        queued_tasks: count('Tasks that wait, about'),
        active_tasks: count('Jobs that run'),
        queues: z
          .record(z.string(), z.strictObject({ pollers: z.int(), queued_tasks: z.int() }))
          .optional()
          .describe('By task queue'),
      }),
    }),
    timestamp: instant('Now'),
  })
  .meta({ id: 'DetailedHealth', description: 'Every part with its numbers, which a part in error lacks' });
export type DetailedHealth = z.output<typeof detailedHealthSchema>;
export type Readiness = z.output<typeof readinessSchema>;
