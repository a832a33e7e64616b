/** Events are stored by the transaction that causes them: if it commits, they reach every endpoint that subscribes to them; if not, none. */
import type { TEST_EVENT, WebhookEvent } from '../../contracts/webhooks/webhooks.ts';
import { WEBHOOK_API_VERSION } from '../../contracts/webhooks/webhooks.ts';
import type { Queryable } from '../../adapters/database/database.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { lockEndpoints, queueForSlots } from './delivery-slots.ts';

export type EmitEvent = typeof emitEvent;

/** Takes the place of `emitEvent` if ENABLE_WEBHOOKS is false: events are dropped, not stored for later. */
const dropEvent: EmitEvent = async () => 0;

/** Returns what emits the events of a process. @param isEnabled its ENABLE_WEBHOOKS */
export const eventEmitter = (isEnabled: boolean): EmitEvent => (isEnabled ? emitEvent : dropEvent);

/**
 * Emits an event to every enabled endpoint of the organization that subscribes to its type.
 * @param data the payload's data; its `sequence` orders the events of one object
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
  const ids = endpoints.map(({ id }) => id);
  await addDeliveries(tx, orgId, ids, type, data);
  return ids.length;
}

/** Adds a delivery of one event for each of these endpoints. @returns ids of the deliveries */
export async function addDeliveries(
  tx: Queryable,
  orgId: string,
  webhookIds: readonly string[],
  type: WebhookEvent | typeof TEST_EVENT,
  data: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  await lockEndpoints(tx, webhookIds);
  const ids = webhookIds.map(() => newId('delivery'));
  const payload = { type, timestamp: new Date().toISOString(), api_version: WEBHOOK_API_VERSION, data };
  await tx.query(
    `INSERT INTO webhook_deliveries (id, org_id, webhook_id, event_id, event_type, payload, status)
     SELECT id, $1, webhook_id, $2, $3, $4, 'pending' FROM unnest($5::text[], $6::text[]) AS made (id, webhook_id)`,
    [orgId, newId('event'), type, payload, ids, webhookIds],
  );
  await queueForSlots(tx, webhookIds, ids);
  return ids;
}
