/** Events leave in the transaction that caused them: a committed one reaches every endpoint that asked for it, another none. */
import type { TEST_EVENT, WebhookEvent } from '../../contracts/webhooks/webhooks.ts';
import { WEBHOOK_API_VERSION } from '../../contracts/webhooks/webhooks.ts';
import type { Queryable } from '../../adapters/database/database.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { lockEndpoints, queueForTurns } from './turns.ts';

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
  const ids = endpoints.map(({ id }) => id);
  await addDeliveries(tx, orgId, ids, type, data);
  return ids.length;
}

/** One event to these endpoints. @returns ids of its deliveries */
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
  await queueForTurns(tx, webhookIds, ids);
  return ids;
}
