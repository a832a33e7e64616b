/**
 * Concurrency slots of an endpoint: at most `MAX_CONCURRENT_ATTEMPTS` deliveries are sent to it at a time, over all workers.
 * Retries come before first attempts; within each kind the oldest request comes first. A delivery that waits is a row without a
 * lease. When it gets a slot, the outbox starts its workflow, or signals the workflow if it has started before. Callers hold the
 * locks of the endpoints' rows (`lockEndpoints`), so that no delivery starts to wait unnoticed while a slot becomes free.
 */
import { ATTEMPT_LIMIT_MS, MAX_CONCURRENT_ATTEMPTS } from '../../contracts/webhooks/webhooks.ts';
import type { Queryable } from '../../adapters/database/database.ts';

/** Lease of a slot from the start of an attempt [s]. A slot whose lease has expired is free: its worker was lost. */
const ATTEMPT_LEASE_S = ATTEMPT_LIMIT_MS / 1000 + 5;
/** Lease of a granted slot until its workflow starts the attempt [s]; longer than a worker needs to restart. */
const GRANT_LEASE_S = 120;
const USED_SLOTS = 'SELECT count(*) FROM webhook_slots WHERE webhook_id = w.id AND lease_until > clock_timestamp()';
const inSeconds = (seconds: number): string => `clock_timestamp() + ${seconds} * interval '1 second'`;

/** Locks the rows of endpoints. NO KEY allows others to insert deliveries that refer to them. */
export async function lockEndpoints(tx: Queryable, webhookIds: readonly string[]): Promise<void> {
  await tx.query('SELECT 1 FROM webhooks WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [webhookIds]);
}

/** Queues deliveries for their first slot at these endpoints. */
export async function queueForSlots(
  tx: Queryable,
  webhookIds: readonly string[],
  deliveryIds: readonly string[],
): Promise<void> {
  await tx.query(
    `INSERT INTO webhook_slots (webhook_id, delivery_id, is_first, requested_at)
     SELECT webhook_id, id, true, clock_timestamp() FROM webhook_deliveries WHERE id = ANY($1) ORDER BY id
     ON CONFLICT (delivery_id) DO UPDATE SET lease_until = NULL, is_first = true, requested_at = EXCLUDED.requested_at`,
    [deliveryIds],
  );
  await grantFreeSlots(tx, webhookIds);
}

/**
 * Acquires a slot for an attempt that is about to start. Slots that were granted to first attempts which have not
 * started do not count, so a retry never waits for them.
 * @returns whether the delivery has a slot; if not, its workflow waits for the signal
 */
export async function acquireSlot(tx: Queryable, webhookId: string, deliveryId: string): Promise<boolean> {
  const [{ granted }] = await tx.query<{ granted: boolean }>(
    `INSERT INTO webhook_slots (webhook_id, delivery_id, requested_at, lease_until)
     SELECT w.id, $2, clock_timestamp(),
       CASE WHEN (${USED_SLOTS} AND NOT is_first AND delivery_id <> $2) < ${MAX_CONCURRENT_ATTEMPTS}
         THEN ${inSeconds(ATTEMPT_LEASE_S)} END
     FROM (SELECT $1::text AS id) w
     ON CONFLICT (delivery_id) DO UPDATE SET lease_until = EXCLUDED.lease_until, is_first = false
     RETURNING lease_until IS NOT NULL AS granted`,
    [webhookId, deliveryId],
  );
  return granted;
}

/** Grants free slots to deliveries that wait; the outbox starts or signals their workflows. */
export async function grantFreeSlots(tx: Queryable, webhookIds: readonly string[]): Promise<void> {
  await tx.query(
    `WITH granted AS (UPDATE webhook_slots SET lease_until = ${inSeconds(GRANT_LEASE_S)} WHERE delivery_id IN (
         SELECT waiting.delivery_id FROM unnest($1::text[]) AS w (id) CROSS JOIN LATERAL (
           SELECT delivery_id FROM webhook_slots WHERE webhook_id = w.id AND lease_until IS NULL
           ORDER BY is_first, requested_at LIMIT greatest(0, ${MAX_CONCURRENT_ATTEMPTS} - (${USED_SLOTS}))) waiting)
         RETURNING delivery_id, is_first, requested_at),
       queued AS (INSERT INTO outbox (topic, delivery_id)
         SELECT CASE WHEN is_first THEN 'webhook.deliver' ELSE 'webhook.slot' END, delivery_id FROM granted
         ORDER BY is_first, requested_at RETURNING id)
     SELECT pg_notify('outbox', '') FROM queued`,
    [webhookIds],
  );
}

/** Grants slots whose lease has expired to deliveries that wait, at endpoints where no running attempt would do it. */
export async function reclaimExpiredSlots(tx: Queryable): Promise<void> {
  const endpoints = await tx.query<{ id: string }>(
    `SELECT w.id FROM webhooks w
     WHERE EXISTS (SELECT 1 FROM webhook_slots s WHERE s.webhook_id = w.id AND s.lease_until IS NULL)
       AND (${USED_SLOTS}) < ${MAX_CONCURRENT_ATTEMPTS} ORDER BY w.id FOR NO KEY UPDATE`,
  );
  await grantFreeSlots(
    tx,
    endpoints.map(({ id }) => id),
  );
}
