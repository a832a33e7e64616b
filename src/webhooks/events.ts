/** Events leave in the transaction that caused them: a committed one reaches every endpoint that asked for it, another none. */
import type { WebhookEvent } from '../contracts/webhooks.ts';
import { WEBHOOK_API_VERSION } from '../contracts/webhooks.ts';
import type { Queryable } from '../database/database.ts';
import { newId } from '../database/new-id.ts';

/**
 * @param data of the payload; `sequence` in it orders the events of one object
 * @returns number of deliveries that will be made
 */
export async function emitEvent(
  tx: Queryable,
  orgId: string,
  type: WebhookEvent,
  data: Readonly<Record<string, unknown>>,
): Promise<number> {
  const endpoints = await tx.query<{ id: string }>(
    'SELECT id FROM webhooks WHERE org_id = $1 AND enabled AND $2 = ANY(events)',
    [orgId, type],
  );
  if (endpoints.length === 0) return 0;
  const eventId = newId('event');
  for (const { id } of endpoints) await addDelivery(tx, { orgId, webhookId: id, eventId, type, data });
  return endpoints.length;
}

export async function addDelivery(
  tx: Queryable,
  event: {
    readonly orgId: string;
    readonly webhookId: string;
    readonly eventId: string;
    readonly type: string;
    readonly data: Readonly<Record<string, unknown>>;
  },
): Promise<string> {
  const id = newId('delivery');
  const payload = {
    type: event.type,
    timestamp: new Date().toISOString(),
    api_version: WEBHOOK_API_VERSION,
    data: event.data,
  };
  await tx.query(
    `INSERT INTO webhook_deliveries (id, org_id, webhook_id, event_id, event_type, payload, status)
     VALUES ($1, $2, $3, $4, $5, $6, 'pending')`,
    [id, event.orgId, event.webhookId, event.eventId, event.type, payload],
  );
  await enqueueDelivery(tx, id);
  return id;
}

export async function enqueueDelivery(tx: Queryable, deliveryId: string): Promise<void> {
  await tx.query(`INSERT INTO outbox (topic, delivery_id) VALUES ('webhook.deliver', $1)`, [deliveryId]);
  await tx.query(`SELECT pg_notify('outbox', '')`);
}
