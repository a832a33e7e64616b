/** Webhook endpoints and deliveries as they are answered. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { DELIVERY_STATUSES, WEBHOOK_EVENTS } from './webhooks.ts';

export const webhookSchema = z
  .strictObject({
    id: idOf('webhook', 'Id'),
    url: z.string(),
    description: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)).describe('That are sent'),
    headers: z.record(z.string(), z.string()).describe('Sent with every event'),
    enabled: z.boolean(),
    disabled_reason: z.string().nullable().describe('Why the service disabled it; null where its owner did'),
    first_failure_at: instant('Since when every attempt has failed; null when the last one succeeded').nullable(),
    previous_until: instant('Until when the secret before signs too').nullable(),
    created_at: instant('Created'),
  })
  .meta({ id: 'Webhook', description: 'An endpoint that events are sent to' });
const secret = z.string().describe('whsec_..., in this answer alone');
export const newWebhookSchema = z.strictObject({ ...webhookSchema.shape, secret }).meta({ id: 'NewWebhook' });
export const webhookSecretSchema = z.strictObject({ secret }).meta({ id: 'WebhookSecret' });
export const webhookPageSchema = pageOf(webhookSchema, 'WebhookPage');

export const deliverySchema = z
  .strictObject({
    id: idOf('delivery', 'Id'),
    webhook_id: idOf('webhook', 'Endpoint'),
    event_id: idOf('event', '`webhook-id` of every attempt'),
    event_type: z.string(),
    payload: z.looseObject({}).describe('The body that is sent'),
    status: z.enum(DELIVERY_STATUSES),
    round: z.int().describe('1, and one more for each retry by hand'),
    created_at: instant('Created'),
    ended_at: instant('Delivered, or given up').nullable(),
  })
  .meta({ id: 'Delivery', description: 'An event on its way to an endpoint' });
const listedDeliverySchema = z
  .strictObject({
    ...deliverySchema.shape,
    attempt_count: z.int().describe('Attempts so far, of all rounds'),
    last_status_code: z.int().nullable().describe('Of the last answer; null without one'),
    last_error: z.string().nullable().describe('Why the last attempt had no answer'),
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
          latency_ms: z.number().describe('Until the answer or the failure [ms]'),
          status_code: z.int().nullable().describe('Of the answer; null without one'),
          answer: z.string().nullable().describe("First 4 KB of the answer's body"),
          error: z.string().nullable().describe('Why there was no answer'),
        })
        .meta({ id: 'DeliveryAttempt' }),
    ),
  })
  .meta({ id: 'DeliveryDetail', description: 'A delivery with its attempts and their answers' });
export const retriedSchema = z
  .strictObject({ retried: z.int().describe('Deliveries that begin again') })
  .meta({ id: 'Retried' });
