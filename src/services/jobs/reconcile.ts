/**
 * Jobs whose workflow ended without writing their status: one that an operator terminated closes the job; one that Temporal does
 * not know, because its server was lost or the database was restored, starts again.
 */
import { walk } from '../../adapters/database/walk.ts';
import { workflowIdOf } from '../../contracts/jobs/kinds.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import { closeJob } from './job-run.ts';
import type { JobEffects } from './jobs.ts';

export interface WorkflowStates {
  stateOf(workflowId: string): Promise<string>;
}

export interface Reconciliation {
  readonly looked_at: number;
  readonly closed: readonly string[];
  readonly started_again: readonly string[];
}

/** Minimum age of a job that is checked; a younger one may be between its commit and the last step of its workflow. */
const MIN_AGE_S = 60;

/** @returns the number of jobs checked, and the ids of those closed and started again */
export async function reconcileJobs(
  database: Database,
  effects: JobEffects,
  workflows: WorkflowStates,
): Promise<Reconciliation> {
  const closed: string[] = [];
  const started_again: string[] = [];
  const check = async ({ id, kind }: Pick<JobRow, 'id' | 'kind'>): Promise<void> => {
    const state = await workflows.stateOf(workflowIdOf(kind, id));
    if (state === 'running') return;
    if (state === 'absent') {
      const rows = await database.query(
        `INSERT INTO outbox (topic, job_id)
         SELECT CASE WHEN cancel_requested_at IS NULL THEN 'workflow.start' ELSE 'workflow.cancel' END, id
         FROM jobs WHERE id = $1 AND status IN ('queued', 'running') RETURNING id`,
        [id],
      );
      if (rows.length > 0) started_again.push(id);
      return;
    }
    await closeJob(database, effects, id, state === 'cancelled' ? 'cancelled' : 'failed', {
      code: 'job.lost',
      message: `The workflow is ${state}, and left no result`,
    });
    closed.push(id);
  };
  const open = `SELECT id, kind FROM jobs j WHERE status IN ('queued', 'running')
    AND created_at < now() - ${MIN_AGE_S} * interval '1 second'
    AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.job_id = j.id)`;
  return { looked_at: await walk(database, open, check), closed, started_again };
}
