/** Deliveries whose workflow was lost with its server begin another round; one that an operator ended has failed. */
import { deliveryWorkflowId } from '../../contracts/webhooks/webhooks.ts';
import type { Database } from '../../adapters/database/database.ts';
import { handLostTurnsOn, lockEndpoints, queueForTurns } from './turns.ts';

interface WorkflowStates {
  stateOf(workflowId: string): Promise<string>;
}

/** Longer than a delivery's schedule, so that almost all that are looked at are lost. */
const MIN_AGE_MIN = 15;
const BATCH = 500;

/** @returns ids of deliveries that begin a new round, or were closed */
export async function reconcileDeliveries(database: Database, workflows: WorkflowStates): Promise<string[]> {
  await database.transaction(handLostTurnsOn);
  // One that waits for its turn is handed it in time, and looked at when it does not take it.
  const open = await database.query<{ id: string; webhook_id: string; round: number }>(
    `SELECT id, webhook_id, round FROM webhook_deliveries d
     WHERE status = 'pending' AND created_at < now() - $1 * interval '1 minute'
       AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.delivery_id = d.id)
       AND NOT EXISTS (SELECT 1 FROM webhook_turns t WHERE t.delivery_id = d.id AND t.until IS NULL)
     ORDER BY created_at LIMIT $2`,
    [MIN_AGE_MIN, BATCH],
  );
  const changed: string[] = [];
  for (const { id, webhook_id, round } of open) {
    const state = await workflows.stateOf(deliveryWorkflowId({ deliveryId: id, round }));
    if (state === 'running') continue;
    const isEnded = state === 'terminated' || state === 'cancelled';
    await database.transaction(async (tx) => {
      await lockEndpoints(tx, [webhook_id]);
      const rows = await tx.query(
        `UPDATE webhook_deliveries SET status = CASE WHEN $3 THEN 'failed' ELSE status END,
           ended_at = CASE WHEN $3 THEN now() END, round = CASE WHEN $3 THEN round ELSE round + 1 END
         WHERE id = $1 AND round = $2 AND status = 'pending' RETURNING id`,
        [id, round, isEnded],
      );
      if (rows.length === 0) return;
      changed.push(id);
      if (!isEnded) await queueForTurns(tx, [webhook_id], [id]);
    });
  }
  return changed;
}
