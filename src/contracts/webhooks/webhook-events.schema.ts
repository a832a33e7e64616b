/** What is sent to webhook endpoints: the body of each event, by its type. */
import { z } from 'zod';
import { idOf } from '../common/fields.schema.ts';
import { JOB_KINDS } from '../jobs/jobs.ts';
import { errorCodeSchema } from '../common/problem.schema.ts';
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
      timestamp: at('When it happened; the time of an attempt is in webhook-timestamp'),
      api_version: z.literal(WEBHOOK_API_VERSION).describe('Of this form; new members may be added within a version'),
      data,
    })
    .meta({ id, description });

const jobEvent = (status: 'succeeded' | 'failed' | 'cancelled', error: z.ZodType) =>
  z.strictObject({
    job_id: idOf('job', 'Read it, with its result, at GET /v1/jobs/{job_id}'),
    kind: z.enum(JOB_KINDS),
    status: z.literal(status),
    time_limited: z.boolean().describe('Whether the result is the best so far at the time limit'),
    error,
    created_at: at('Accepted'),
    started_at: at('Taken on by a worker').nullable(),
    ended_at: at('Ended'),
    sequence: z.int().describe("Orders the events of one job; the number of its last event in the job's stream"),
  });

export const webhookEventSchemas: Readonly<Record<WebhookEvent | typeof TEST_EVENT, z.ZodType>> = {
  'job.succeeded': event(
    'job.succeeded',
    'JobSucceededEvent',
    'A job ended with its result',
    jobEvent('succeeded', z.null()),
  ),
  'job.failed': event(
    'job.failed',
    'JobFailedEvent',
    'A job ended without a result; error says why',
    jobEvent('failed', z.strictObject({ code: errorCodeSchema, message: z.string() }).nullable()),
  ),
  'job.cancelled': event(
    'job.cancelled',
    'JobCancelledEvent',
    'A job was cancelled; its best so far is kept',
    jobEvent('cancelled', z.strictObject({ code: errorCodeSchema, message: z.string() }).nullable()),
  ),
  'report.ready': event('report.ready', 'ReportReadyEvent', 'A report can be downloaded', reportReadySchema),
  [TEST_EVENT]: event(
    TEST_EVENT,
    'WebhookTestEvent',
    'Sent on request, by POST /v1/webhooks/{id}/test',
    z.strictObject({ webhook_id: idOf('webhook', 'The endpoint'), message: z.string() }),
  ),
};
