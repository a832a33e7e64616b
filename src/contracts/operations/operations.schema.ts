/** Health in answers. */
import { z } from 'zod';
import { instant } from '../common/fields.schema.ts';

const version = z.string().describe('Version of the engine');

export const healthSchema = z
  .strictObject({ status: z.literal('healthy'), version, timestamp: instant('Now') })
  .meta({ id: 'Health' });

/** The parts of the platform that the API depends on. */
/** Header of the answers of /health with `INSTANCE_ID`, if it is set */
export const INSTANCE_HEADER = 'x-instance-id';

export const PARTS = ['database', 'redis', 'temporal'] as const;
export type Part = (typeof PARTS)[number];
const check = z.string().describe('`ok`, or `error: ` followed by the reason');

export const readinessSchema = z
  .strictObject({
    status: z.enum(['ready', 'not_ready']),
    checks: z.strictObject({
      database: check,
      redis: check.optional().describe('Absent if the installation has no Redis'),
      temporal: check,
      process: check.optional().describe('Present only while the process that answers is stopping'),
    }),
    timestamp: instant('Now'),
  })
  .meta({ id: 'Readiness', description: 'Status of each part' });

const count = (description: string) => z.int().optional().describe(description);
const part = { status: check, latency_ms: z.number().optional().describe('Duration [ms]') };
export const detailedHealthSchema = z
  .strictObject({
    status: z.enum(['healthy', 'degraded']),
    version,
    uptime_seconds: z.number().describe('Uptime of the process that answers [s]'),
    components: z.strictObject({
      database: z.strictObject({
        ...part,
        pool_size: count('Maximum number of connections of the process that answers'),
        pool_checked_out: count('Connections in use'),
        pool_waiting: count('Requests that wait for a connection'),
        outbox_waiting: count('Outbox rows that Temporal has not accepted yet'),
      }),
      redis: z
        .strictObject({
          ...part,
          memory_used_mb: z.number().optional().describe('Memory in use [MiB]'),
          connected_clients: count('Clients that are connected to the server'),
        })
        .optional(),
      temporal: z.strictObject({
        ...part,
        active_workers: count('Workers that polled within the last minutes'),
        queued_tasks: count('Approximate number of tasks that wait'),
        active_tasks: count('Jobs that are running'),
        queues: z
          .record(z.string(), z.strictObject({ pollers: z.int(), queued_tasks: z.int() }))
          .optional()
          .describe('Backlog and workers by task queue'),
      }),
    }),
    timestamp: instant('Now'),
  })
  .meta({ id: 'DetailedHealth', description: 'Status and numbers of every part; a part in error has no numbers' });
export type DetailedHealth = z.output<typeof detailedHealthSchema>;
export type Readiness = z.output<typeof readinessSchema>;
