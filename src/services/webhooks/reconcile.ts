/** Starts another round for deliveries whose workflow was lost with its server; a delivery that an operator ended has failed. */
import { deliveryWorkflowId } from '../../contracts/webhooks/webhooks.ts';
import { walk } from '../../adapters/database/walk.ts';
import type { Database } from '../../adapters/database/database.ts';
import { reclaimExpiredSlots, lockEndpoints, queueForSlots } from './delivery-slots.ts';

interface WorkflowStates {
  stateOf(workflowId: string): Promise<string>;
}

/** Minimum age of a delivery that is checked [min]: longer than the schedule of attempts, so that almost all of them are lost. */
const MIN_AGE_MIN = 15;

/** @returns ids of deliveries that begin a new round or were closed */
export async function reconcileDeliveries(database: Database, workflows: WorkflowStates): Promise<string[]> {
  await database.transaction(reclaimExpiredSlots);
  // Deliveries that wait for a slot are left out: they will be granted one, and are checked here if they do not use it.
  const open = `SELECT id, webhook_id, round FROM webhook_deliveries d
    WHERE status = 'pending' AND created_at < now() - ${MIN_AGE_MIN} * interval '1 minute'
      AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.delivery_id = d.id)
      AND NOT EXISTS (SELECT 1 FROM webhook_slots s WHERE s.delivery_id = d.id AND s.lease_until IS NULL)`;
  const changed: string[] = [];
  await walk<{ id: string; webhook_id: string; round: number }>(database, open, async ({ id, webhook_id, round }) => {
    const state = await workflows.stateOf(deliveryWorkflowId({ deliveryId: id, round }));
    if (state === 'running') return;
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
      if (!isEnded) await queueForSlots(tx, [webhook_id], [id]);
    });
  });
  return changed;
}
