/** Webhooks, their deliveries, the attempts of these and the slots that limit them. */
import { EntitySchema } from 'typeorm';
import type { DeliveryStatus, WebhookEvent } from '../../../contracts/webhooks/webhooks.ts';
import { bytes, double, id, instant, integer, json, now, optional, text, to } from './columns.ts';

export interface WebhookRow {
  id: string;
  org_id: string;
  url: string;
  description: string;
  events: WebhookEvent[];
  /** Those of earlier releases, until they are sealed; null: `sealed_headers` has them */
  headers: Record<string, string> | null;
  /** As JSON, encrypted. */
  sealed_headers: Buffer | null;
  enabled: boolean;
  /** Why the service disabled it; null if its owner did. */
  disabled_reason: string | null;
  /** Start of the first attempt that failed since the last success; null if the last attempt succeeded. */
  first_failure_at: Date | null;
  /** Encrypted. */
  secret: Buffer;
  /** The previous secret, encrypted, valid until `previous_until`. */
  previous_secret: Buffer | null;
  previous_until: Date | null;
  created_at: Date;
}
export interface WebhookDeliveryRow {
  id: string;
  org_id: string;
  webhook_id: string;
  /** `webhook-id` of every attempt. */
  event_id: string;
  event_type: string;
  payload: Record<string, unknown>;
  status: DeliveryStatus;
  round: number;
  created_at: Date;
  ended_at: Date | null;
}
export interface WebhookAttemptRow {
  delivery_id: string;
  round: number;
  attempt: number;
  started_at: Date;
  latency_ms: number;
  status_code: number | null;
  /** First 4 KB of the answer's body. */
  answer: string | null;
  error: string | null;
}
export interface WebhookSlotRow {
  delivery_id: string;
  webhook_id: string;
  /** End of the lease of its slot; null while the delivery waits for a slot. */
  lease_until: Date | null;
  /** Whether its workflow has not started: the grant of a slot starts it. Otherwise the workflow waits for the signal. */
  is_first: boolean;
  requested_at: Date;
}

export const Webhook = new EntitySchema<WebhookRow>({
  name: 'webhooks',
  columns: {
    id,
    org_id: to('organizations', 'webhooks'),
    url: text,
    description: text,
    events: { type: 'text', array: true },
    headers: optional(json),
    sealed_headers: optional(bytes),
    enabled: { type: 'boolean', default: true },
    disabled_reason: optional(text),
    first_failure_at: optional(instant),
    secret: bytes,
    previous_secret: optional(bytes),
    previous_until: optional(instant),
    created_at: now,
  },
  indices: [{ name: 'webhooks_org', columns: ['org_id', 'id'] }],
});
export const WebhookDelivery = new EntitySchema<WebhookDeliveryRow>({
  name: 'webhook_deliveries',
  columns: {
    id,
    org_id: text,
    webhook_id: to('webhooks', 'webhook_deliveries'),
    event_id: text,
    event_type: text,
    payload: json,
    status: text,
    round: { ...integer, default: 1 },
    created_at: now,
    ended_at: optional(instant),
  },
  indices: [
    { name: 'webhook_deliveries_webhook', columns: ['webhook_id', 'id'] },
    { name: 'webhook_deliveries_created', columns: ['created_at'] },
    { name: 'webhook_deliveries_pending', columns: ['created_at'], where: "status = 'pending'" },
  ],
});
export const WebhookAttempt = new EntitySchema<WebhookAttemptRow>({
  name: 'webhook_attempts',
  columns: {
    delivery_id: { ...to('webhook_deliveries', 'webhook_attempts'), primary: true },
    round: { ...integer, primary: true },
    attempt: { ...integer, primary: true },
    started_at: instant,
    latency_ms: double,
    status_code: optional(integer),
    answer: optional(text),
    error: optional(text),
  },
});
export const WebhookSlot = new EntitySchema<WebhookSlotRow>({
  name: 'webhook_slots',
  columns: {
    delivery_id: { ...to('webhook_deliveries', 'webhook_slots'), primary: true },
    webhook_id: text,
    lease_until: optional(instant),
    is_first: { type: 'boolean', default: false },
    requested_at: instant,
  },
  indices: [
    { name: 'webhook_slots_used', columns: ['webhook_id'], where: 'lease_until IS NOT NULL' },
    {
      name: 'webhook_slots_waiting',
      columns: ['webhook_id', 'is_first', 'requested_at'],
      where: 'lease_until IS NULL',
    },
  ],
});
