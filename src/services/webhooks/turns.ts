/**
 * Whose turn it is at an endpoint: `ATTEMPTS_AT_ONCE` deliveries at a time, over all workers. Retries come before deliveries
 * that have not begun, each kind first come first served. A waiting delivery is a row: its workflow is started, or signalled
 * when it has begun before, once it is its turn. Whoever calls holds the locks of the endpoints' rows (`lockEndpoints`), so that a
 * turn which ends and a delivery which begins to wait never miss each other.
 */
import { ATTEMPT_LIMIT_MS, ATTEMPTS_AT_ONCE } from '../../contracts/webhooks/webhooks.ts';
import type { Queryable } from '../../adapters/database/database.ts';

/** A turn that nobody ended is over by then: its worker was lost [s]. */
const TURN_S = ATTEMPT_LIMIT_MS / 1000 + 5;
/** So long a turn is kept for a workflow to come for it [s]: longer than a worker's restart takes. */
const KEPT_S = 120;
const TAKEN = 'SELECT count(*) FROM webhook_turns WHERE webhook_id = w.id AND until > clock_timestamp()';
const inSeconds = (seconds: number): string => `clock_timestamp() + ${seconds} * interval '1 second'`;

/** NO KEY leaves new deliveries free to refer to the endpoints. */
export async function lockEndpoints(tx: Queryable, webhookIds: readonly string[]): Promise<void> {
  await tx.query('SELECT 1 FROM webhooks WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [webhookIds]);
}

/** Deliveries to these endpoints begin to wait for their first turn. */
export async function queueForTurns(
  tx: Queryable,
  webhookIds: readonly string[],
  deliveryIds: readonly string[],
): Promise<void> {
  await tx.query(
    `INSERT INTO webhook_turns (webhook_id, delivery_id, to_start, asked_at)
     SELECT webhook_id, id, true, clock_timestamp() FROM webhook_deliveries WHERE id = ANY($1) ORDER BY id
     ON CONFLICT (delivery_id) DO UPDATE SET until = NULL, to_start = true, asked_at = EXCLUDED.asked_at`,
    [deliveryIds],
  );
  await handTurnsOn(tx, webhookIds);
}

/**
 * A retry takes the turn of one that was given it and has not begun.
 * @returns whether it is this delivery's turn; if not, its workflow waits for the signal
 */
export async function takeTurn(tx: Queryable, webhookId: string, deliveryId: string): Promise<boolean> {
  const [{ granted }] = await tx.query<{ granted: boolean }>(
    `INSERT INTO webhook_turns (webhook_id, delivery_id, asked_at, until)
     SELECT w.id, $2, clock_timestamp(),
       CASE WHEN (${TAKEN} AND NOT to_start AND delivery_id <> $2) < ${ATTEMPTS_AT_ONCE} THEN ${inSeconds(TURN_S)} END
     FROM (SELECT $1::text AS id) w
     ON CONFLICT (delivery_id) DO UPDATE SET until = EXCLUDED.until, to_start = false
     RETURNING until IS NOT NULL AS granted`,
    [webhookId, deliveryId],
  );
  return granted;
}

/** Gives free turns to those who wait; the outbox starts or signals their workflows. */
export async function handTurnsOn(tx: Queryable, webhookIds: readonly string[]): Promise<void> {
  await tx.query(
    `WITH next AS (UPDATE webhook_turns SET until = ${inSeconds(KEPT_S)} WHERE delivery_id IN (
         SELECT waiting.delivery_id FROM unnest($1::text[]) AS w (id) CROSS JOIN LATERAL (
           SELECT delivery_id FROM webhook_turns WHERE webhook_id = w.id AND until IS NULL ORDER BY to_start, asked_at
           LIMIT greatest(0, ${ATTEMPTS_AT_ONCE} - (${TAKEN}))) waiting)
         RETURNING delivery_id, to_start, asked_at),
       told AS (INSERT INTO outbox (topic, delivery_id)
         SELECT CASE WHEN to_start THEN 'webhook.deliver' ELSE 'webhook.turn' END, delivery_id FROM next
         ORDER BY to_start, asked_at RETURNING id)
     SELECT pg_notify('outbox', '') FROM told`,
    [webhookIds],
  );
}

/** Turns whose holder was lost go to those who wait, where no attempt that ends would hand them on. */
export async function handLostTurnsOn(tx: Queryable): Promise<void> {
  const endpoints = await tx.query<{ id: string }>(
    `SELECT w.id FROM webhooks w WHERE EXISTS (SELECT 1 FROM webhook_turns t WHERE t.webhook_id = w.id AND t.until IS NULL)
       AND (${TAKEN}) < ${ATTEMPTS_AT_ONCE} ORDER BY w.id FOR NO KEY UPDATE`,
  );
  await handTurnsOn(
    tx,
    endpoints.map(({ id }) => id),
  );
}
