/** Bodies of webhook events, by type. */
import { z } from 'zod';
import { auditEventSchema } from '../audit/audit.schema.ts';
import { idOf } from '../common/fields.schema.ts';
import { JOB_KINDS } from '../jobs/kinds.ts';
import { USAGE_METRICS } from '../metering/usage.ts';
import { usage } from '../jobs/usage.schema.ts';
import { jobWarnings } from '../jobs/warnings.ts';
import { jobErrorSchema } from '../jobs/problem.schema.ts';
import { reportReadySchema } from '../reports/reports.schema.ts';
import { TEST_EVENT, WEBHOOK_API_VERSION, type WebhookEvent } from './webhooks.ts';

const at = (description: string) => z.iso.datetime().describe(`${description}, UTC`);

const event = <Type extends WebhookEvent | typeof TEST_EVENT>(
  type: Type,
  id: string,
  description: string,
  data: z.ZodType,
) =>
  z
    .strictObject({
      type: z.literal(type),
      timestamp: at('When the event happened; webhook-timestamp has the time of the attempt'),
      api_version: z.literal(WEBHOOK_API_VERSION).describe('Version of this form; a version may gain members'),
      data,
    })
    .meta({ id, description });

const jobEvent = (status: 'succeeded' | 'failed' | 'cancelled', error: z.ZodType) =>
  z.strictObject({
    job_id: idOf('job', 'Id of the job; GET /v1/jobs/{job_id} answers with the job and its result'),
    kind: z.enum(JOB_KINDS),
    status: z.literal(status),
    is_test: z.boolean().describe('Whether it is for tests: requested with a test key, and not billed'),
    is_time_limited: z
      .boolean()
      .describe('Whether the time limit ended the job, so that its result is the best so far'),
    error,
    warnings: jobWarnings,
    created_at: at('Accepted'),
    started_at: at('When a worker started the job').nullable(),
    ended_at: at('Ended'),
    ...usage,
    sequence: z
      .int()
      .describe("Position of the event among those of one job: the number of the last event in the job's stream"),
  });

export const webhookEventSchemas: Readonly<Record<WebhookEvent | typeof TEST_EVENT, z.ZodType>> = {
  'job.succeeded': event(
    'job.succeeded',
    'JobSucceededEvent',
    'A job has succeeded and has a result',
    jobEvent('succeeded', jobErrorSchema.nullable().describe('null: the job did not fail')),
  ),
  'job.failed': event(
    'job.failed',
    'JobFailedEvent',
    'A job has failed; error says why',
    jobEvent('failed', jobErrorSchema.nullable()),
  ),
  'job.cancelled': event(
    'job.cancelled',
    'JobCancelledEvent',
    'A job was cancelled and keeps its best result so far',
    jobEvent('cancelled', jobErrorSchema.nullable()),
  ),
  'report.ready': event(
    'report.ready',
    'ReportReadyEvent',
    'A report can be downloaded',
    reportReadySchema.extend({ warnings: jobWarnings }),
  ),
  'usage.budget_reached': event(
    'usage.budget_reached',
    'BudgetReachedEvent',
    'A share of a budget was reached, for the first time in this month',
    z.strictObject({
      budget_id: idOf('budget', 'Id of the budget'),
      metric: z.enum(USAGE_METRICS),
      reached_pct: z.number().describe('Share of the amount that was reached [%]'),
      monthly_amount: z.number(),
      used_amount: z.number(),
      is_hard_stop: z.boolean(),
      month_starts_at: at('First instant of the month'),
    }),
  ),
  'audit.recorded': event(
    'audit.recorded',
    'AuditRecordedEvent',
    'An act was recorded in the audit log; only who names this event gets it',
    auditEventSchema
      .omit({ personal: true, is_erased: true })
      .extend({ created_at: at('When the act was done'), sequence: z.int(), hash: z.string() }),
  ),
  [TEST_EVENT]: event(
    TEST_EVENT,
    'WebhookTestEvent',
    'Test event, sent by POST /v1/webhooks/{id}/test',
    z.strictObject({ webhook_id: idOf('webhook', 'Id of the webhook'), message: z.string() }),
  ),
};
