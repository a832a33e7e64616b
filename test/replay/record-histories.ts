/**
 * Records on a real Temporal server a history of every scenario that the folder lacks: `npm run record-histories [-- FOLDER]`.
 * The folder, below temporal/histories/, is today's date if absent; docs/workflow-changes.md says when to record.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Context } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { TASK_QUEUES } from '../../src/contracts/jobs/kinds.ts';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import { cliCache, findTemporalCli } from '../../temporal/embedded/dev-server.ts';
import { startDevServer } from '../support/dev-server.ts';
import { registerSearchAttributes } from '../../temporal/search-attributes.ts';
import { freePort } from '../support/postgres.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

const AT_ONCE = 8;
/** In place of this machine's name. */
const IDENTITY = 'recorder';
const fileOf = ({ workflowType, name }: Scenario): string => join(folder, `${workflowType}.${name}.binpb`);
const folder = join('temporal', 'histories', process.argv[2] ?? new Date().toISOString().slice(0, 10));
Runtime.install({ logger: new DefaultLogger('ERROR') });

const address = `127.0.0.1:${await freePort()}`;
const server = startDevServer({
  executable: await findTemporalCli(cliCache(), console.log),
  port: Number(address.split(':')[1]),
  uiPort: await freePort(),
  log: 'ignore',
});
try {
  const probe = new TemporalClient({ address, namespace: 'default' });
  while (!(await probe.ping(500).then(...([() => true, () => false] as const))));
  await registerSearchAttributes(probe.client);
  await probe.close();
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, identity: IDENTITY });
  mkdirSync(folder, { recursive: true });
  const left = SCENARIOS.filter((scenario) => !existsSync(fileOf(scenario)));
  const next = async (): Promise<void> => {
    for (let scenario = left.shift(); scenario; scenario = left.shift()) await record(client, scenario);
  };
  // One worker for all: an activity finds its script by the workflow that called it.
  const nativeConnection = await NativeConnection.connect({ address });
  const names = new Set(SCENARIOS.flatMap(({ activities }) => Object.keys(activities)));
  const activities = Object.fromEntries(
    [...names].map((name) => [
      name,
      (...args: never[]) => {
        const { workflowId } = Context.current().info.workflowExecution!;
        return SCENARIOS.find((scenario) => scenario.workflowId === workflowId)!.activities[name](...args);
      },
    ]),
  );
  const workers = await Promise.all(
    TASK_QUEUES.filter((queue) => queue !== 'gpu').map((taskQueue) =>
      Worker.create({
        connection: nativeConnection,
        taskQueue,
        identity: IDENTITY,
        activities,
        ...(taskQueue === 'default' ? { workflowBundle: { codePath: join('dist', 'workflows', 'bundle.cjs') } } : {}),
        maxHeartbeatThrottleInterval: 200,
        defaultHeartbeatThrottleInterval: 200,
      }),
    ),
  );
  const runs = Promise.all(workers.map((worker) => worker.run()));
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  for (const worker of workers) worker.shutdown();
  await runs;
  await nativeConnection.close();
  await connection.close();
} finally {
  server.kill('SIGKILL');
}

async function record(client: Client, scenario: Scenario): Promise<void> {
  const { workflowType, workflowId, input, signal } = scenario;
  const options = { taskQueue: 'default', workflowId, args: input ? [input] : [] };
  const handle = signal
    ? await client.workflow.signalWithStart(workflowType, { ...options, signal, signalArgs: [] })
    : await client.workflow.start(workflowType, options);
  await scenario.during?.(handle);
  // How it ends belongs to the scenario: a failure is an end like others.
  if (!scenario.isUnfinished) await handle.result().catch(() => undefined);
  const history = withoutStacks(await handle.fetchHistory());
  if (scenario.isUnfinished) await handle.terminate();
  const file = fileOf(scenario);
  writeFileSync(file, proto.temporal.api.history.v1.History.encode(history).finish());
  console.log(`${file}: ${history.events?.length} events`);
}

/** Paths of this machine are no part of a history. */
function withoutStacks<T>(value: T): T {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'stackTrace') Object.assign(value, { stackTrace: '' });
    else withoutStacks(inner);
  }
  return value;
}
