/**
 * `tessellate ops`: what an operator can ask the running platform, and the few actions that an operator takes by hand.
 */
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import * as workflows from '../../../workflows/index.ts';
import {
  countOpen,
  openJobsQuery,
  setCurrentVersion as setVersion,
  setUnversioned,
  terminateAll,
} from '../../../temporal/operations.ts';
import { type Config, loadSettings } from '../../adapters/config/config.ts';
import {
  DATABASE_SETTINGS,
  databaseOptions,
  directUrl,
  redisOptions,
  TEMPORAL_SETTINGS,
  temporalOptions,
} from '../../adapters/config/connections.ts';
import { SCHEDULES } from '../../../temporal/schedules.ts';
import { JOB_KINDS, type JobKind, workflowIdOf } from '../../contracts/jobs/kinds.ts';
import { workflowPage } from '../../contracts/operations/web-ui.ts';
import { Database } from '../../adapters/database/database.ts';
import { closeJob } from '../../services/jobs/job-run.ts';
import { INTAKE_LOCK, jobEffects, Jobs } from '../../services/jobs/jobs.ts';
import { onStopSignal } from '../../lib/stop-signal.ts';
import { queueStates } from '../../adapters/temporal/queue-states.ts';
import { TemporalClient } from '../../adapters/temporal/temporal-client.ts';
import { parseQueues } from './worker.ts';

const say = (line: string): void => console.log(line);

const SETTINGS = [
  ...TEMPORAL_SETTINGS,
  ...DATABASE_SETTINGS,
  'TEMPORAL_UI_URL',
  'TEMPORAL_DEPLOYMENT_NAME',
  'TEMPORAL_BUILD_ID',
  'ENABLE_WEBHOOKS',
  'METERING_ENABLED',
] as const;
type Settings = Pick<Config, (typeof SETTINGS)[number]>;

async function withTemporal<T>(work: (temporal: TemporalClient, config: Settings) => Promise<T>): Promise<T> {
  const config = loadSettings(SETTINGS);
  const temporal = new TemporalClient(temporalOptions(config));
  try {
    return await work(temporal, config);
  } finally {
    await temporal.close();
  }
}

async function withDatabase<T>(config: Settings, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await Database.connect(databaseOptions(config, 'tessellate-ops', 8));
  try {
    return await work(database);
  } finally {
    await database.close();
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
    const effects = jobEffects(config);
    await withDatabase(config, async (database) => {
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
        const jobs = new Jobs(database, effects, () => undefined);
        for (const { id, org_id } of open) await jobs.cancel(org_id, id);
        say(`${whose}: cancellation asked for`);
        return;
      }
      await database.query(`DELETE FROM outbox WHERE topic = 'workflow.start' AND job_id = ANY($1)`, [
        open.map(({ id }) => id),
      ]);
      const terminated = await terminateAll(client, openJobsQuery({ orgId, kind }), 'tessellate ops purge');
      for (const { id } of open)
        await closeJob(database, effects, id, 'failed', {
          code: 'job.lost',
          message: 'The job was terminated by an operator',
        });
      say(`${whose}: closed as lost; ${terminated} workflows terminated`);
    });
  });
}

/** Jobs that run: where, since when, how far, and their page in the Web UI. */
export const opsActive = (): Promise<void> =>
  withTemporal(async ({ client }, config) => {
    const running = await withDatabase(config, (database) =>
      database.query<{
        id: string;
        org_id: string;
        kind: JobKind;
        progress: number;
        attempts: number;
        started_at: Date;
      }>(
        `SELECT id, org_id, kind, progress, attempts, started_at FROM jobs WHERE status = 'running' ORDER BY started_at`,
      ),
    );
    const rows = [];
    for (const { id, org_id, kind, progress, attempts, started_at } of running) {
      const workflowId = workflowIdOf(kind, id);
      // Nothing is pending for a job that ends meanwhile.
      const { raw } = await client.workflow.getHandle(workflowId).describe();
      const [activity] = raw.pendingActivities ?? [];
      rows.push([
        ...[id, org_id, kind, `${Math.round(progress * 100)} %`, attempts, started_at.toISOString()],
        activity?.lastWorkerIdentity || '-',
        activity?.lastFailure?.message ?? '-',
        config.TEMPORAL_UI_URL ? workflowPage(config.TEMPORAL_UI_URL, config.TEMPORAL_NAMESPACE, workflowId) : '-',
      ]);
    }
    const head = ['job', 'organization', 'kind', 'progress', 'attempts', 'since', 'worker', 'last_failure', 'page'];
    table([head, ...rows]);
  });

/** Jobs of the last 24 hours by kind, what waits in the outbox, and webhooks that wait. */
export const opsStats = (): Promise<void> =>
  withTemporal((_temporal, config) =>
    withDatabase(config, async (database) => {
      const rows = await database.query<Record<string, string | number | null>>(
        `SELECT kind, count(*)::int AS jobs, count(*) FILTER (WHERE status = 'queued')::int AS queued,
           count(*) FILTER (WHERE status = 'running')::int AS running,
           count(*) FILTER (WHERE status = 'succeeded')::int AS succeeded,
           count(*) FILTER (WHERE status = 'failed')::int AS failed,
           count(*) FILTER (WHERE status = 'cancelled')::int AS cancelled,
           round(percentile_cont(0.5) WITHIN GROUP (ORDER BY queue_wait_s)::numeric, 1)::float8 AS wait_median_s,
           round(avg(compute_s)::numeric, 1)::float8 AS compute_mean_s
         FROM jobs WHERE created_at > now() - interval '24 hours' OR status IN ('queued', 'running')
         GROUP BY kind ORDER BY kind`,
      );
      const head = [
        'kind',
        'jobs',
        'queued',
        'running',
        'succeeded',
        'failed',
        'cancelled',
        'wait_median_s',
        'compute_mean_s',
      ];
      table([head, ...rows.map((row) => head.map((name) => row[name] ?? '-'))]);
      const [waiting] = await database.query<{ outbox: number; age_s: number; webhooks: number }>(
        `SELECT (SELECT count(*)::int FROM outbox) AS outbox,
           (SELECT coalesce(round(extract(epoch FROM now() - min(created_at))), 0)::int FROM outbox) AS age_s,
           (SELECT count(*)::int FROM webhook_deliveries WHERE status = 'pending') AS webhooks`,
      );
      say(
        `outbox: ${waiting.outbox} rows, the oldest ${waiting.age_s} s; webhook deliveries that wait: ${waiting.webhooks}`,
      );
    }),
  );

/** Shows the schedules; pauses, resumes or runs one of them. */
export const opsSchedules = (options: { readonly pause?: string; readonly resume?: string; readonly run?: string }) =>
  withTemporal(async ({ client }) => {
    const handle = (id: string) => {
      if (!SCHEDULES.some((one) => one.id === id))
        throw new Error(`No schedule ${id}; there are ${SCHEDULES.map((one) => one.id).join(', ')}`);
      return client.schedule.getHandle(id);
    };
    if (options.pause) await handle(options.pause).pause('tessellate ops schedules');
    if (options.resume) await handle(options.resume).unpause('tessellate ops schedules');
    if (options.run) await handle(options.run).trigger();
    const rows = [];
    for (const { id } of SCHEDULES) {
      const { state, info } = await client.schedule.getHandle(id).describe();
      const [last, next] = [info.recentActions.at(-1)?.takenAt, info.nextActionTimes.at(0)];
      const times = [last?.toISOString() ?? '-', next?.toISOString() ?? '-'];
      rows.push([id, state.paused ? 'paused' : 'active', ...times, info.numActionsTaken]);
    }
    table([['schedule', 'state', 'last', 'next', 'runs'], ...rows]);
  });

/** Shows how many keys Redis has by prefix; deletes one key. */
export async function opsCache({ clear }: { readonly clear?: string }): Promise<void> {
  const settings = redisOptions(loadSettings(['REDIS_URL', 'REDIS_SSL']));
  if (!settings) throw new Error('REDIS_URL is not set: each process has its own cache and counters');
  const redis = new Redis(settings.url, {
    ...(settings.tls && { tls: {} }),
    lazyConnect: true,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined); // connect() and the commands report it
  try {
    await redis.connect();
    if (clear !== undefined) {
      say((await redis.del(clear)) === 1 ? `${clear} is deleted` : `There is no key ${clear}`);
      return;
    }
    const counts = new Map<string, number>();
    for await (const keys of redis.scanStream({ count: 1000 }) as AsyncIterable<string[]>)
      for (const key of keys) {
        const prefix = /^(rate:[^:]+:|[^:]+:)/.exec(key)?.[0] ?? key;
        counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
      }
    table([['prefix', 'keys'], ...[...counts].sort()]);
  } finally {
    redis.disconnect();
  }
}

const DRAIN_LOOK_MS = 2_000;

/**
 * Stops the intake of jobs and waits until no job is open, for example before maintenance; says how many are. The intake stays
 * stopped until this process ends, however it ends.
 * @throws Error after the timeout
 */
export async function opsDrain({ timeout, hold }: { readonly timeout: number; readonly hold: boolean }): Promise<void> {
  const config = loadSettings([...DATABASE_SETTINGS, 'DATABASE_DIRECT_URL']);
  // A pooler would give the lock's session to others.
  const client = new Client({ connectionString: directUrl(config), application_name: 'tessellate-ops' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [INTAKE_LOCK]);
    const until = Date.now() + timeout * 1000;
    for (let last = -1; last !== 0; ) {
      const { rows } = await client.query<{ open: number }>(
        `SELECT count(*)::int AS open FROM jobs WHERE status IN ('queued', 'running')`,
      );
      const [{ open }] = rows;
      if (open !== last) say(`${open} open jobs`);
      if (open > 0 && Date.now() > until) throw new Error(`${open} jobs are still open after ${timeout} s`);
      last = open;
      if (open > 0) await setTimeout(DRAIN_LOOK_MS);
    }
    if (!hold) return;
    say('No jobs are accepted until this command ends: Ctrl-C ends it');
    await new Promise<void>((resolve) => onStopSignal(() => resolve()));
  } finally {
    await client.end();
  }
}

/** Makes a worker version current: the step of a release that sends workflows to the new workers. */
export const opsSetCurrentVersion = (options: {
  readonly queues?: string;
  readonly timeout: number;
  readonly unversioned: boolean;
}): Promise<void> =>
  withTemporal(async ({ client }, config) => {
    const { TEMPORAL_DEPLOYMENT_NAME: deploymentName, TEMPORAL_BUILD_ID: buildId } = config;
    if (options.unversioned) {
      if (!deploymentName) throw new Error('Set TEMPORAL_DEPLOYMENT_NAME as the versioned workers have it');
      await setUnversioned(client, deploymentName);
      say(`${deploymentName}: workers without a version get the tasks now`);
      return;
    }
    if (!deploymentName || !buildId)
      throw new Error('Set TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_BUILD_ID as the new workers have them');
    const version = { deploymentName, buildId };
    const outcome = await setVersion(client, version, parseQueues(options.queues), options.timeout * 1000);
    say(`${deploymentName}: ${buildId} ${outcome === 'set' ? 'is current now' : 'was current already'}`);
  });
