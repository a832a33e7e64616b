/** What operators do: schedules, retention, `tessellate ops`, a release of versioned workers. Real servers, real workers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AppError } from '../../src/contracts/common/app-error.ts';
import { type JobInput, workflowIdOf } from '../../src/contracts/jobs/kinds.ts';
import { Jobs } from '../../src/services/jobs/jobs.ts';
import { enforceRetention } from '../../src/services/retention/retention.ts';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import { ensureSchedules, SCHEDULES } from '../../temporal/schedules.ts';
import { EFFECTS } from '../support/jobs.ts';
import { eventually } from '../support/eventually.ts';
import { type Platform, startPlatform } from '../support/platform.ts';

let platform: Platform;
let temporal: TemporalClient;
let jobs: Jobs;
const ops = (...args: string[]) => platform.tessellate('ops', ...args);
/** Its lines, once they say so: Temporal's lists and counts follow a little later. */
const saying = (what: RegExp, ...args: string[]) =>
  eventually(async () => {
    const { output } = await ops(...args);
    return what.test(output) ? output.trim().split('\n') : undefined;
  }, `ops ${args} that says ${what}`);

/** Refused by its activity, for it names weather that is not there: enough to see that it ran. */
const accept = async (orgId = 'org_1'): Promise<string> => {
  const input = { weather_ids: ['wth_none'], systems: [], include_series: false } as Partial<JobInput<'solar-analyze'>>;
  return (
    await jobs.create({ orgId, kind: 'solar-analyze', input: input as JobInput<'solar-analyze'>, createdBy: 'usr_1' })
  ).job.id;
};
const statusOf = async (id: string, orgId = 'org_1') => (await jobs.get(orgId, id)).status;
const ended = (id: string) =>
  eventually(async () => {
    const status = await statusOf(id);
    return status === 'queued' || status === 'running' ? undefined : status;
  }, `end of ${id}`);

beforeAll(async () => {
  platform = await startPlatform({ TEMPORAL_DEPLOYMENT_NAME: 'tessellate', TEMPORAL_BUILD_ID: 'v1' });
  await platform.startTemporal();
  temporal = new TemporalClient({ address: platform.temporalAddress, namespace: 'default' });
  jobs = new Jobs(platform.database, EFFECTS, () => undefined);
  for (const id of ['org_1', 'org_2'])
    await platform.database.query('INSERT INTO organizations (id, name) VALUES ($1, $1)', [id]);
});
afterAll(async () => {
  await temporal?.close();
  await platform?.stop();
});

describe('before workers', () => {
  test('migrate up registers the search attributes, once', async () => {
    expect((await platform.tessellate('migrate', 'up')).output).toBe(
      'nothing to do\nregistered search attributes OrgId, JobKind, JobStatus\n',
    );
    expect((await platform.tessellate('migrate', 'up')).output).toBe('nothing to do\n');
    expect(await temporal.missingSearchAttributes()).toEqual([]);
  });

  test('schedules are created once, changed when a release changes them, and stay paused', async () => {
    const ids = SCHEDULES.map(({ id }) => id);
    expect(await ensureSchedules(temporal.client)).toEqual(ids);
    expect(await ensureSchedules(temporal.client)).toEqual([]);
    const handle = temporal.client.schedule.getHandle('reconcile-jobs');
    await handle.pause('by an operator');
    const changed = SCHEDULES.map((one) => (one.id === 'reconcile-jobs' ? { ...one, everyMs: 300_000 } : one));
    expect(await ensureSchedules(temporal.client, changed)).toEqual(['reconcile-jobs']);
    const { spec, state } = await handle.describe();
    expect([spec.intervals?.[0].every, state.paused, state.note]).toEqual([300_000, true, 'by an operator']);
    expect(await ensureSchedules(temporal.client)).toEqual(['reconcile-jobs']);
    await handle.unpause();
  });
});

describe('a release of versioned workers', () => {
  test('the version becomes current once its workers poll; then jobs run, and continue with the next version', async () => {
    const none = await ops('set-current-version', '--timeout', '1');
    expect(none.status).toBe(1);
    expect(none.output).toContain('No worker of tessellate v1 polls default, reports, solar, wind after 1 s');

    await platform.startWorker();
    const id = await accept();
    expect((await ops('set-current-version')).output).toBe('tessellate: v1 is current now\n');
    expect(await ended(id)).toBe('failed');
    expect((await ops('set-current-version')).output).toBe('tessellate: v1 was current already\n');

    await platform.kill('worker', 'SIGTERM');
    await platform.startWorker({ TEMPORAL_BUILD_ID: 'v2' });
    const v2 = await platform.tessellateWith({ TEMPORAL_BUILD_ID: 'v2' }, 'ops', 'set-current-version');
    expect(v2.output).toBe('tessellate: v2 is current now\n');
    const next = await accept();
    expect(await ended(next)).toBe('failed');
    const { raw } = await temporal.client.workflow.getHandle(workflowIdOf('solar-analyze', next)).describe();
    expect(raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion).toMatchObject({
      deploymentName: 'tessellate',
      buildId: 'v2',
    });
  });
});

describe('tessellate ops', () => {
  test('queues, workers and workflows as Temporal sees them', async () => {
    const queues = await saying(/^default +workflow +0 /m, 'queues');
    expect(queues.map((line) => line.split(/ +/).slice(0, 3))).toEqual([
      ['queue', 'tasks', 'backlog'],
      ['default', 'workflow', '0'],
      ...['default', 'reports', 'solar', 'wind', 'gpu'].map((queue) => [queue, 'activity', '0']),
    ]);
    await saying(/default,reports,solar,wind +\d{4}-.*Z +v2$/m, 'workers');
    await saying(/^solarAnalyze +0$/m, 'workflows');
    const metrics = await (await fetch(`${platform.workerHealth}/metrics`)).text();
    expect(metrics).toMatch(/^temporal_tasks_total\{name="solarAnalyze",status="failure"\} \d+$/m);
    expect(metrics).toMatch(/^temporal_worker_task_slots_available\{.*task_queue="solar".*\} \d+$/m);
  });

  test('jobs, schedules, and whether anything is open', async () => {
    expect((await ops('registered')).output).toMatch(/^solarAnalyze +0$/m);
    expect((await ops('active')).output).toMatch(/^job +organization +kind +progress +attempts +since +worker/);
    expect((await ops('stats')).output).toMatch(/^solar-analyze +2 +0 +0 +0 +2 +0 .*\noutbox: 0 rows, the oldest 0 s/m);
    expect((await ops('schedules', '--pause', 'enforce-retention')).output).toMatch(/^enforce-retention +paused /m);
    expect((await ops('schedules', '--resume', 'enforce-retention')).output).toMatch(
      /^reconcile-jobs +active .*\n(?:.*\n)*enforce-retention +active +\S+ +\d{4}-/m,
    );
    expect((await ops('schedules', '--run', 'nothing')).output).toContain(
      'tessellate: No schedule nothing; there are reconcile-jobs, roll-up-usage, check-budgets, delete-organizations, enforce-retention',
    );
    expect((await ops('drain')).output).toBe('0 open jobs\n');
    // The answer to customers is 503; what comes after the command is accepted.
    const held = spawn(process.execPath, ['dist/src/cli/main.js', 'ops', 'drain', '--hold'], {
      env: { ...process.env, DATABASE_URL: platform.database.options.url },
    });
    let said = '';
    for await (const part of held.stdout) {
      said += part;
      if (said.includes('No jobs are accepted')) break;
    }
    expect(await accept().catch((error: AppError) => error.code)).toBe('service.unavailable');
    held.kill('SIGTERM');
    await once(held, 'exit');
    await ended(await accept());
    expect((await ops('cache')).output).toContain('REDIS_URL is not set');
  });

  test('purge says first what it would do, then cancels what waits and what runs, of one organization', async () => {
    await platform.kill('worker', 'SIGTERM');
    const [mine, other] = [await accept(), await accept('org_2')];
    expect((await ops('purge', '--org', 'org_1')).output).toContain(
      '1 open jobs of org_1 would be cancelled; --yes does it',
    );
    expect(await statusOf(mine)).toBe('queued');
    expect((await ops('purge', '--org', 'org_1', '--yes')).output).toContain('cancellation asked for');
    expect(await statusOf(mine)).toBe('cancelled');
    expect(await statusOf(other, 'org_2')).toBe('queued');

    await temporal.startJob({ jobId: other, orgId: 'org_2', kind: 'solar-analyze' }, 1);
    await eventually(
      async () => ((await temporal.client.workflow.count(`OrgId = 'org_2'`)).count === 1 ? true : undefined),
      'the workflow in the list',
    );
    await saying(/^default +workflow +[1-9]/m, 'queues');
    expect((await ops('purge', '--kind', 'solar-analyze', '--terminate', '--yes')).output).toBe(
      '1 open jobs of all organizations, solar-analyze: closed as lost; 1 workflows terminated\n',
    );
    expect(await temporal.stateOf(workflowIdOf('solar-analyze', other))).toBe('terminated');
    expect(await jobs.get('org_2', other)).toMatchObject({ status: 'failed', error: { code: 'job.lost' } });
    expect((await ops('purge', '--kind', 'nothing')).output).toContain(
      'No kind nothing; there are report, solar-analyze, solar-optimize, wind-analyze, wind-optimize',
    );
  });
});

test('versioning ends: workers without a version get the tasks', async () => {
  expect((await ops('set-current-version', '--unversioned')).output).toBe(
    'tessellate: workers without a version get the tasks now\n',
  );
  await platform.startWorker({ TEMPORAL_DEPLOYMENT_NAME: '', TEMPORAL_BUILD_ID: '' });
  expect(await ended(await accept())).toBe('failed');
});

test('retention removes what is old and ended, and nothing else', async () => {
  const { database } = platform;
  const [old, young] = [await accept(), await accept()];
  await database.query(`UPDATE jobs SET status = 'succeeded', ended_at = now() - interval '40 days' WHERE id = $1`, [
    old,
  ]);
  for (const id of [old, young]) {
    await database.query(
      `INSERT INTO job_events (job_id, seq, type, data, created_at) VALUES ($1, 2, 'job.progress', '{}', now() - interval '40 days')`,
      [id],
    );
    await database.query(
      `INSERT INTO job_checkpoints (job_id, state, updated_at) VALUES ($1, '{}', now() - interval '2 hours')`,
      [id],
    );
  }
  for (const [key, hours] of [
    ['old', 25],
    ['young', 23],
  ] as const)
    await database.query(
      `INSERT INTO idempotency_keys (org_id, key, request_hash, created_at) VALUES ('org_1', $1, 'h', now() - $2 * interval '1 hour')`,
      [key, hours],
    );
  expect(
    await enforceRetention(database, { jobEventsDays: 30, webhookAttemptsDays: 30, auditPersonalDays: 365 }),
  ).toEqual({
    idempotency_keys: 1,
    refresh_tokens: 0,
    usage_batches: 0,
    deleted_compute: 0,
    account_links: 0,
    invitations: 0,
    audit_personal: 0,
    provider_logins: 0,
    guesses: 0,
    failed_logins: 0,
    mails: 0,
    mail_events: 0,
    mail_signs: 0,
    jobs: 0,
    job_checkpoints: 1,
    job_events: 1,
    webhook_deliveries: 0,
  });
  expect((await jobs.events(old, 0)).map(({ type }) => type)).toEqual(['job.queued']);
  expect((await jobs.events(young, 0)).map(({ type }) => type)).toEqual(['job.queued', 'job.progress']);
  expect(await database.query('SELECT key FROM idempotency_keys')).toEqual([{ key: 'young' }]);
});
