/**
 * Whose turn it is at an endpoint: `ATTEMPTS_AT_ONCE` deliveries at a time, over all workers, first come first served. A
 * delivery that must wait holds no activity meanwhile: its workflow sleeps until it is signalled. Whoever calls holds the
 * lock of the endpoint's row, so that a turn which ends and a delivery which begins to wait never miss each other.
 */
import { ATTEMPT_LIMIT_MS, ATTEMPTS_AT_ONCE } from '../contracts/webhooks.ts';
import type { Queryable } from '../database/database.ts';

/** A turn that nobody ended is over by then: its worker was lost [s]. */
const TURN_S = ATTEMPT_LIMIT_MS / 1000 + 5;
const SOON = `clock_timestamp() + ${TURN_S} * interval '1 second'`;
const TAKEN = 'SELECT count(*) FROM webhook_turns WHERE webhook_id = $1 AND until > clock_timestamp()';

/** @returns whether it is this delivery's turn; if not, it waits */
export async function takeTurn(tx: Queryable, webhookId: string, deliveryId: string): Promise<boolean> {
  const [{ granted }] = await tx.query<{ granted: boolean }>(
    `INSERT INTO webhook_turns (webhook_id, delivery_id, asked_at, until)
     VALUES ($1, $2, clock_timestamp(), CASE WHEN (${TAKEN} AND delivery_id <> $2) < ${ATTEMPTS_AT_ONCE} THEN ${SOON} END)
     ON CONFLICT (delivery_id) DO UPDATE SET until = EXCLUDED.until RETURNING until IS NOT NULL AS granted`,
    [webhookId, deliveryId],
  );
  return granted;
}

/** Gives free turns to those who have waited longest; the outbox signals their workflows. */
export async function handTurnsOn(tx: Queryable, webhookId: string): Promise<void> {
  await tx.query(
    `WITH next AS (UPDATE webhook_turns SET until = ${SOON} WHERE delivery_id IN (
         SELECT delivery_id FROM webhook_turns WHERE webhook_id = $1 AND until IS NULL ORDER BY asked_at
         LIMIT greatest(0, ${ATTEMPTS_AT_ONCE} - (${TAKEN}))) RETURNING delivery_id, asked_at),
       told AS (INSERT INTO outbox (topic, delivery_id)
         SELECT 'webhook.turn', delivery_id FROM next ORDER BY asked_at RETURNING id)
     SELECT pg_notify('outbox', '') FROM told LIMIT 1`,
    [webhookId],
  );
}
