/** Workflows that run while a deploy happens go on with the new code: every recorded history replays with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import * as workflows from '../../workflows/index.ts';
import { DEFAULT_TYPE, SCENARIOS } from './scenarios.ts';

const FOLDER = 'temporal/histories';
const BUNDLE = { codePath: 'dist/workflows/bundle.cjs' };
const { History } = proto.temporal.api.history.v1;

const recorded = readdirSync(FOLDER).flatMap((release) =>
  readdirSync(join(FOLDER, release)).map((file) => ({
    name: join(release, file),
    history: History.decode(readFileSync(join(FOLDER, release, file))),
  })),
);

/** @returns what each history meets, by its name */
async function replay(workflowBundle: WorkflowBundleOption, histories = recorded) {
  const outcomes: Record<string, string> = {};
  const replays = Worker.runReplayHistories(
    { workflowBundle },
    histories.map(({ name, history }) => ({ workflowId: name, history })),
  );
  for await (const { workflowId, error } of replays)
    outcomes[workflowId] = error === undefined ? 'replayed' : `${error.name}: ${error.message}`;
  return outcomes;
}

beforeAll(() => {
  // What replay finds is an outcome here, not a log line.
  const logging = { forward: {}, filter: 'OFF' };
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging } });
});

// What is missing is recorded by `npm run record-histories`.
test('every workflow type has a recorded history of each of its lives', () => {
  const files = recorded.map(({ name }) => name.slice(name.indexOf('/') + 1));
  expect(files).toEqual(
    expect.arrayContaining(SCENARIOS.map(({ workflowType, name }) => `${workflowType}.${name}.binpb`)),
  );
  const types = SCENARIOS.map(({ workflowType }) => workflowType);
  const defined = Object.keys(workflows).map((name) => (name === 'default' ? DEFAULT_TYPE : name));
  expect([...new Set(types)].sort()).toEqual(defined.sort());
});

test('all of them replay with the workflows of this build', async () => {
  expect(await replay(BUNDLE)).toEqual(Object.fromEntries(recorded.map(({ name }) => [name, 'replayed'])));
});

test('a change that would break running workflows is found', async () => {
  const changed = await bundleWorkflowCode({
    workflowsPath: `${process.cwd()}/dist/test/replay/changed-workflows.js`,
    logger: new DefaultLogger('ERROR'),
  });
  const histories = recorded.filter(({ name }) => /solarAnalyze\.(success|underway)/.test(name));
  expect(histories.length).toBeGreaterThanOrEqual(2);
  for (const outcome of Object.values(await replay(changed, histories)))
    expect(outcome).toMatch(/^DeterminismViolationError: .*TMPRL1100/);
});
