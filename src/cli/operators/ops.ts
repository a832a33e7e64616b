/**
 * `tessellate ops`: what an operator can ask the running platform, and the few actions that an operator takes by hand.
 */
import * as workflows from '../../../workflows/index.ts';
import {
  countOpen,
  openJobsQuery,
  setCurrentVersion as setVersion,
  terminateAll,
} from '../../../temporal/operations.ts';
import type { Config } from '../../adapters/config/config.ts';
import { loadConfig } from '../../adapters/config/config.ts';
import { databaseOptions, temporalOptions } from '../../adapters/config/connections.ts';
import { JOB_KINDS, type JobKind } from '../../contracts/jobs/kinds.ts';
import { Database } from '../../adapters/database/database.ts';
import { closeJob } from '../../services/jobs/job-run.ts';
import { Jobs } from '../../services/jobs/jobs.ts';
import { eventEmitter } from '../../services/webhooks/events.ts';
import { queueStates } from '../../adapters/temporal/queue-states.ts';
import { TemporalClient } from '../../adapters/temporal/temporal-client.ts';
import { parseQueues } from './worker.ts';

const say = (line: string): void => console.log(line);

async function withTemporal<T>(work: (temporal: TemporalClient, config: Config) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const temporal = new TemporalClient(temporalOptions(config));
  try {
    return await work(temporal, config);
  } finally {
    await temporal.close();
  }
}

const table = (rows: readonly (readonly (string | number)[])[]): void => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const row of rows)
    say(
      row
        .map((cell, column) => String(cell).padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
};

/** Prints the backlog and number of workers of every queue. */
export const opsQueues = (): Promise<void> =>
  withTemporal(async ({ client }) =>
    table([
      ['queue', 'tasks', 'backlog', 'oldest_s', 'workers'],
      ...(await queueStates(client)).map(({ queue, type, backlog, backlogAgeS, pollers }) => [
        queue,
        type,
        backlog,
        backlogAgeS.toFixed(0),
        pollers.length,
      ]),
    ]),
  );

/** Prints the workers that poll, with their queues. */
export const opsWorkers = (): Promise<void> =>
  withTemporal(async ({ client }) => {
    const workers = new Map<string, { queues: Set<string>; lastSeen: Date; buildId?: string }>();
    for (const { queue, pollers } of await queueStates(client))
      for (const { identity, lastSeen, buildId } of pollers) {
        const worker = workers.get(identity) ?? { queues: new Set(), lastSeen, buildId };
        worker.queues.add(queue);
        if (lastSeen > worker.lastSeen) worker.lastSeen = lastSeen;
        workers.set(identity, worker);
      }
    table([
      ['worker', 'queues', 'last_seen', 'build'],
      ...[...workers].map(([identity, { queues, lastSeen, buildId }]) => [
        identity,
        [...queues].join(','),
        lastSeen.toISOString(),
        buildId ?? '-',
      ]),
    ]);
  });

/** Prints the workflow types of this release, and how many of each are open. */
export const opsWorkflows = (): Promise<void> =>
  withTemporal(async ({ client }) =>
    table([
      ['workflow', 'open'],
      ...(await Promise.all(Object.keys(workflows).map(async (type) => [type, await countOpen(client, type)]))),
    ]),
  );

export interface Selection {
  readonly org?: string;
  readonly kind?: string;
  readonly yes: boolean;
}

function kindOf({ kind }: Selection): JobKind | undefined {
  if (kind !== undefined && !(JOB_KINDS as readonly string[]).includes(kind))
    throw new Error(`No kind ${kind}; there are ${JOB_KINDS.join(', ')}`);
  return kind as JobKind | undefined;
}

/**
 * Cancels open jobs, including those that wait for a worker; each keeps its best result so far. With `terminate` jobs
 * end without a result.
 */
export async function opsPurge(selection: Selection & { readonly terminate: boolean }): Promise<void> {
  const kind = kindOf(selection);
  const orgId = selection.org;
  await withTemporal(async ({ client }, config) => {
    const emitEvent = eventEmitter(config.ENABLE_WEBHOOKS);
    const database = await Database.connect(databaseOptions(config, 'tessellate-ops', 8));
    try {
      const open = await database.query<{ id: string; org_id: string }>(
        `SELECT id, org_id FROM jobs WHERE status IN ('queued', 'running')
           AND ($1::text IS NULL OR org_id = $1) AND ($2::text IS NULL OR kind = $2) ORDER BY id`,
        [orgId ?? null, kind ?? null],
      );
      const whose = `${open.length} open jobs of ${orgId ?? 'all organizations'}${kind ? `, ${kind}` : ''}`;
      if (!selection.yes) {
        say(`${whose} would be ${selection.terminate ? 'terminated, without a result' : 'cancelled'}; --yes does it`);
        return;
      }
      if (!selection.terminate) {
        // The relay of any API or worker process carries them out.
        const jobs = new Jobs(database, emitEvent, () => undefined);
        for (const { id, org_id } of open) await jobs.cancel(org_id, id);
        say(`${whose}: cancellation asked for`);
        return;
      }
      await database.query(`DELETE FROM outbox WHERE topic = 'workflow.start' AND job_id = ANY($1)`, [
        open.map(({ id }) => id),
      ]);
      const terminated = await terminateAll(client, openJobsQuery({ orgId, kind }), 'tessellate ops purge');
      for (const { id } of open)
        await closeJob(database, emitEvent, id, 'failed', {
          code: 'job.lost',
          message: 'The job was terminated by an operator',
        });
      say(`${whose}: closed as lost; ${terminated} workflows terminated`);
    } finally {
      await database.close();
    }
  });
}

/** Makes a worker version current: the step of a release that sends workflows to the new workers. */
export const opsSetCurrentVersion = (options: { readonly queues?: string; readonly timeout: number }): Promise<void> =>
  withTemporal(async ({ client }, config) => {
    const { TEMPORAL_DEPLOYMENT_NAME: deploymentName, TEMPORAL_BUILD_ID: buildId } = config;
    if (!deploymentName || !buildId)
      throw new Error('Set TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_BUILD_ID as the new workers have them');
    const version = { deploymentName, buildId };
    const outcome = await setVersion(client, version, parseQueues(options.queues), options.timeout * 1000);
    say(`${deploymentName}: ${buildId} ${outcome === 'set' ? 'is current now' : 'was current already'}`);
  });
