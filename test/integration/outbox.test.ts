/** The relay of the outbox: real PostgreSQL, a real Temporal server, several relays as in several processes. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { AppError } from '../../src/contracts/common/app-error.ts';
import { type JobInput, workflowIdOf } from '../../src/contracts/jobs/kinds.ts';
import type { Database } from '../../src/adapters/database/database.ts';
import { Jobs } from '../../src/services/jobs/jobs.ts';
import { OutboxRelay, type WorkflowPort } from '../../src/services/outbox/outbox.ts';
import { emitEvent } from '../../src/services/webhooks/events.ts';
import { acquireSlot } from '../../src/services/webhooks/delivery-slots.ts';
import { createLogger } from '../../src/adapters/observability/logger.ts';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import { cliCache, findTemporalCli } from '../../temporal/embedded/dev-server.ts';
import { EFFECTS } from '../support/jobs.ts';
import { startDevServer } from '../support/dev-server.ts';
import { registerSearchAttributes } from '../../temporal/search-attributes.ts';
import { eventually } from '../support/eventually.ts';
import { freePort, migratedDatabase } from '../support/postgres.ts';
import { guard } from '../support/shared.ts';

const log = createLogger({ service: 'test', level: 'ERROR' });
let database: Database;
let temporal: TemporalClient;
let server: ChildProcess;
let jobs: Jobs;
const relays: OutboxRelay[] = [];

function relay(port: WorkflowPort = temporal): OutboxRelay {
  const made = new OutboxRelay(database, port, log);
  relays.push(made);
  made.start();
  return made;
}

/** Temporal, with another way to start jobs. */
const starting = (startJob: WorkflowPort['startJob']): WorkflowPort => ({ ...through(temporal), startJob });
const through = (temporal: TemporalClient): WorkflowPort => ({
  startJob: (input, weight, requestId) => temporal.startJob(input, weight, requestId),
  cancelJob: (input, weight, requestId) => temporal.cancelJob(input, weight, requestId),
  startDelivery: (input, weight, shown) => temporal.startDelivery(input, weight, shown),
  signalSlot: (delivery) => temporal.signalSlot(delivery),
  startMail: (input, weight) => temporal.startMail(input, weight),
});

const accept = async (): Promise<string> => {
  const job = {
    orgId: 'org_1',
    kind: 'solar-analyze' as const,
    input: {} as JobInput<'solar-analyze'>,
    createdBy: 'usr_1',
  };
  return (await jobs.create(job)).job.id;
};
const waiting = () => database.query<{ job_id: string; attempts: number }>('SELECT * FROM outbox ORDER BY id');
const emptied = () => eventually(async () => ((await waiting()).length === 0 ? true : undefined), 'an empty outbox');

beforeAll(async () => {
  ({ database } = await migratedDatabase());
  await database.query(`INSERT INTO organizations (id, name) VALUES ('org_1', 'O')`);
  jobs = new Jobs(database, EFFECTS, () => undefined);
  const address = `127.0.0.1:${await freePort()}`;
  server = startDevServer({
    executable: await findTemporalCli(cliCache(), () => undefined),
    port: Number(address.split(':')[1]),
    uiPort: await freePort(),
    log: 'ignore',
  });
  await guard(server);
  temporal = new TemporalClient({ address, namespace: 'default' });
  await eventually(
    () =>
      temporal.ping().then(
        () => true,
        () => undefined,
      ),
    'Temporal',
  );
  await registerSearchAttributes(temporal.client);
}, 120_000);
beforeEach(async () => {
  for (const one of relays.splice(0)) await one.stop();
  await database.query('DELETE FROM jobs');
});
afterAll(async () => {
  for (const one of relays) await one.stop();
  await temporal.close();
  server.kill('SIGKILL');
  await database.close();
}, 60_000);

test('of several relays one starts each job: every row once, none left', async () => {
  const ids = await Promise.all(Array.from({ length: 200 }, accept));
  const started: string[][] = [[], [], []];
  for (const mine of started)
    relay(
      starting(async (input, weight) => {
        await temporal.startJob(input, weight);
        mine.push(input.jobId);
      }),
    );
  await emptied();
  expect(started.flat().sort()).toEqual([...ids].sort());
  expect(started.filter((mine) => mine.length > 0).length).toBeGreaterThan(1);
  for (const id of ids) expect(await temporal.stateOf(workflowIdOf('solar-analyze', id))).toBe('running');
}, 60_000);

test('a start that was done but not written down is done again without harm', async () => {
  const id = await accept();
  await temporal.startJob({ jobId: id, orgId: 'org_1', kind: 'solar-analyze' }, 1);
  relay();
  await emptied();
  expect(await temporal.stateOf(workflowIdOf('solar-analyze', id))).toBe('running');
}, 30_000);

test('a row that Temporal refuses holds up no other, and is tried ever more seldom', async () => {
  const [poison, ...others] = [await accept(), await accept(), await accept()];
  const tries: { began: number; refused: number }[] = [];
  relay(
    starting(async (input, weight) => {
      if (input.jobId !== poison) return temporal.startJob(input, weight);
      const began = Date.now();
      await setTimeout(300); // a slow refusal: the wait begins when it ends
      tries.push({ began, refused: Date.now() });
      throw new Error('INVALID_ARGUMENT');
    }),
  );
  await eventually(async () => (tries.length >= 3 ? true : undefined), 'a third try', 20_000);
  expect((await waiting()).map(({ job_id }) => job_id)).toEqual([poison]);
  for (const id of others) expect(await temporal.stateOf(workflowIdOf('solar-analyze', id))).toBe('running');
  expect(tries[1].began - tries[0].refused).toBeGreaterThanOrEqual(1_000);
  expect(tries[2].began - tries[1].refused).toBeGreaterThanOrEqual(2_000);
}, 60_000);

test('while Temporal cannot be reached one row asks for it; when it is back all start within seconds', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 60; i++) ids.push(await accept());
  let away = true;
  let asked = 0;
  const started: string[] = [];
  relay(
    starting(async (input, weight) => {
      asked++;
      if (away) throw new AppError('service.unavailable', 'away');
      started.push(input.jobId);
      await temporal.startJob(input, weight);
    }),
  );
  // The first batch of 50, then one a second.
  await eventually(async () => (asked >= 53 ? true : undefined), 'three more questions');
  expect((await waiting()).every(({ attempts }) => attempts === 0)).toBe(true);
  expect(asked).toBeLessThan(60);
  away = false;
  const back = Date.now();
  await emptied();
  expect(Date.now() - back).toBeLessThan(5_000);
  expect([...started].sort()).toEqual([...ids].sort());
}, 60_000);

test('a real server that does not answer counts as away, and refused requests do not', async () => {
  const nowhere = new TemporalClient({ address: `127.0.0.1:${await freePort()}`, namespace: 'default' });
  const input = { jobId: await accept(), orgId: 'org_1', kind: 'solar-analyze' as const };
  await expect(nowhere.startJob(input, 1)).rejects.toMatchObject({ code: 'service.unavailable' });
  await nowhere.close();
  await expect(temporal.startJob({ ...input, jobId: 'x'.repeat(2_000) }, 1)).rejects.not.toHaveProperty('status');
}, 30_000);

test('a cancel that overtakes its start ends the job once, whatever the order of their rows', async () => {
  const id = await accept();
  // As when the start is held by a relay: it cannot be taken back.
  await database.query(`UPDATE jobs SET status = 'running' WHERE id = $1`, [id]);
  await jobs.cancel('org_1', id);
  expect((await waiting()).length).toBeGreaterThan(0);
  relay();
  await emptied();
  const history = await temporal.client.workflow.getHandle(workflowIdOf('solar-analyze', id)).fetchHistory();
  const signals = history.events?.filter((event) => event.workflowExecutionSignaledEventAttributes) ?? [];
  expect(signals.map((event) => event.workflowExecutionSignaledEventAttributes?.signalName)).toEqual(['cancel']);
}, 30_000);

test('few deliveries begin at a time over all endpoints; each that has begun lets the next begin', async () => {
  await database.query(
    `INSERT INTO webhooks (id, org_id, url, description, events, headers, secret)
     SELECT 'whk_' || i, 'org_1', 'https://example.com', '', '{job.succeeded}', '{}', '' FROM generate_series(1, 30) i`,
  );
  const begun: string[] = [];
  const port = {
    ...through(temporal),
    startDelivery: async ({ deliveryId }: { deliveryId: string }) => void begun.push(deliveryId),
  };
  await database.transaction((tx) => emitEvent(tx, 'org_1', 'job.succeeded', {}));
  const one = relay(port);
  const first = async (): Promise<true | undefined> => ((await waiting()).length === 6 ? true : undefined);
  await eventually(first, 'the first 24');
  expect(begun).toHaveLength(24);
  const [{ webhook_id }] = await database.query<{ webhook_id: string }>(
    'SELECT webhook_id FROM webhook_deliveries WHERE id = $1',
    [begun[0]],
  );
  await database.transaction((tx) => acquireSlot(tx, webhook_id, begun[0]));
  one.wake();
  await eventually(async () => ((await waiting()).length === 5 ? true : undefined), 'one more');
  expect(new Set(begun).size).toBe(25);
});
