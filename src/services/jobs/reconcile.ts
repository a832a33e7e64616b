/**
 * Gives a terminal status to jobs whose workflow ended without writing one, because an operator terminated it or its
 * server was lost.
 */
import { workflowIdOf } from '../../contracts/jobs/kinds.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import type { EmitEvent } from '../webhooks/events.ts';
import { closeJob } from './job-run.ts';

export interface WorkflowStates {
  stateOf(workflowId: string): Promise<string>;
}

export interface Reconciliation {
  readonly looked_at: number;
  readonly closed: readonly string[];
}

/** Minimum age of a job that is checked; a younger one may be between its commit and the last step of its workflow. */
const MIN_AGE_S = 60;
const BATCH = 500;

/** Closes open jobs whose workflow has ended. @returns the number of jobs checked, and the ids of those closed */
export async function reconcileJobs(
  database: Database,
  emitEvent: EmitEvent,
  workflows: WorkflowStates,
): Promise<Reconciliation> {
  const open = await database.query<Pick<JobRow, 'id' | 'kind'>>(
    `SELECT id, kind FROM jobs j WHERE status IN ('queued', 'running') AND created_at < now() - $1 * interval '1 second'
       AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.job_id = j.id) ORDER BY created_at LIMIT $2`,
    [MIN_AGE_S, BATCH],
  );
  const closed: string[] = [];
  for (const { id, kind } of open) {
    const state = await workflows.stateOf(workflowIdOf(kind, id));
    if (state === 'running') continue;
    await closeJob(database, emitEvent, id, state === 'cancelled' ? 'cancelled' : 'failed', {
      code: 'job.lost',
      message: `The workflow is ${state}, and left no result`,
    });
    closed.push(id);
  }
  return { looked_at: open.length, closed };
}
