/** Webhooks and deliveries in answers. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { DELIVERY_STATUSES, WEBHOOK_EVENTS } from './webhooks.ts';

export const webhookSchema = z
  .strictObject({
    id: idOf('webhook', 'Id'),
    url: z.string(),
    description: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)).describe('Types of events that are sent to the endpoint'),
    headers: z.record(z.string(), z.string()).describe('Headers that are sent with every event'),
    is_enabled: z.boolean(),
    disabled_reason: z
      .string()
      .nullable()
      .describe('Why the service disabled the webhook; null if it is enabled or its owner disabled it'),
    first_failure_at: instant(
      'Start of the time since when every attempt has failed; null if the last attempt succeeded',
    ).nullable(),
    previous_secret_expires_at: instant('Until when the previous secret also signs').nullable(),
    created_at: instant('Created'),
  })
  .meta({ id: 'Webhook', description: 'An endpoint that receives events' });
const secret = z.string().describe('Signing secret, whsec_...; only this answer contains it');
export const newWebhookSchema = z.strictObject({ ...webhookSchema.shape, secret }).meta({ id: 'NewWebhook' });
export const webhookSecretSchema = z.strictObject({ secret }).meta({ id: 'WebhookSecret' });
export const webhookPageSchema = pageOf(webhookSchema, 'WebhookPage');

export const deliverySchema = z
  .strictObject({
    id: idOf('delivery', 'Id'),
    webhook_id: idOf('webhook', 'Endpoint'),
    event_id: idOf('event', 'Id of the event, sent as `webhook-id` with every attempt'),
    event_type: z.string(),
    payload: z.looseObject({}).describe('Body of the request'),
    status: z.enum(DELIVERY_STATUSES),
    round: z.int().describe('Number of the round of attempts: 1, plus one for each manual retry'),
    created_at: instant('Created'),
    ended_at: instant('When the delivery succeeded, failed or was skipped').nullable(),
  })
  .meta({ id: 'Delivery', description: 'An event and its delivery to an endpoint' });
const listedDeliverySchema = z
  .strictObject({
    ...deliverySchema.shape,
    n_attempts: z.int().describe('Number of attempts in all rounds'),
    last_status_code: z.int().nullable().describe('HTTP status of the last answer; null without an answer'),
    last_error: z.string().nullable().describe('Why the last attempt got no answer'),
  })
  .meta({ id: 'ListedDelivery' });
export const deliveryPageSchema = pageOf(listedDeliverySchema, 'DeliveryPage');
export const deliveryDetailSchema = z
  .strictObject({
    ...deliverySchema.shape,
    attempts: z.array(
      z
        .strictObject({
          round: z.int(),
          attempt: z.int().describe('1 to 4 within a round'),
          started_at: instant('Begun'),
          latency_ms: z.number().describe('Duration until the answer or the failure [ms]'),
          status_code: z.int().nullable().describe('HTTP status of the answer; null without an answer'),
          answer: z.string().nullable().describe("First 4 KB of the answer's body"),
          error: z.string().nullable().describe('Why the attempt got no answer'),
        })
        .meta({ id: 'DeliveryAttempt' }),
    ),
  })
  .meta({ id: 'DeliveryDetail', description: 'A delivery with its attempts and their answers' });
export const retriedSchema = z
  .strictObject({ n_retried: z.int().describe('Number of deliveries that start again') })
  .meta({ id: 'Retried' });
