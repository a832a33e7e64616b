/**
 * A third technology moves in: its files, under rooms of its own name, and three lines elsewhere. In a copy of the repository it
 * then has a route, a workflow, progress, cancellation, resumption, OpenAPI, a library, an error code, a report and the client.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TemporalClient } from '../../src/adapters/temporal/temporal-client.ts';
import type { JobEvent } from '../../src/client/client.ts';
import { type Customer, type Json, newCustomer } from '../support/customer.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { copyRepository } from '../support/repository-copy.ts';

const TOY = resolve('test/house/toy');
/** The lists that technologies are added to. */
const LINES: Readonly<Record<string, string>> = {
  'src/contracts/jobs/technologies.ts': "export { toy } from '../toy/kinds.ts';",
  'src/services/jobs/technologies.ts': "export { toy } from '../toy/kinds.ts';",
  'src/compute/rooms.ts': "export { TOY_TASKS } from '../toy/tasks.ts';",
};

/** What `npm run openapi` makes of the declarations. */
const GENERATED = ['client/api.ts'];
/** The glossary's last part is about names with several meanings. */
const LAST_PART = '## Names that depend on their place';

/** Some ten seconds: several checkpoints. */
const COUNT = { rated_kw: 500, run_probability: 0.3, n_hours: 6e8, seed: 7 };
/** More than the test would wait for. */
const ENDLESS = { ...COUNT, n_hours: 1e12 };

let copy: string;
let platform: Platform;
let customer: Customer;
/** Of a count that nothing disturbed, by the client. */
let undisturbed: Json;
const events: JobEvent[] = [];

const BIN = 'node_modules/.bin';
const filesOf = (root: string): Map<string, string> =>
  new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]),
  );
/** Runs a program of the copy; meanwhile, this process answers. @throws with what it said where it fails */
async function inCopy(...args: string[]): Promise<void> {
  // Tests in the copy are a run of their own, whose end leaves this run's servers alone.
  const env = { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '', TESSELLATE_TEST_RUN: undefined };
  const command = spawn(process.execPath, args, { cwd: copy, env });
  const closed = once(command, 'close');
  const said = await Promise.all([text(command.stdout), text(command.stderr)]);
  const [status] = await closed;
  if (status !== 0) throw new Error(`${args.join(' ')}: ${said.join('')}`);
}

beforeAll(async () => {
  copy = copyRepository();
  cpSync('docs', join(copy, 'docs'), { recursive: true });
  cpSync('CHANGELOG.md', join(copy, 'CHANGELOG.md'));
  for (const folder of ['src', 'docs']) cpSync(join(TOY, folder), join(copy, folder), { recursive: true });
  const glossary = join(copy, 'docs', 'glossary.md');
  const names = readFileSync(join(TOY, 'glossary.md'), 'utf8');
  writeFileSync(glossary, readFileSync(glossary, 'utf8').replace(LAST_PART, `${names}${LAST_PART}`));
  for (const [path, line] of Object.entries(LINES)) {
    const file = join(copy, path);
    writeFileSync(file, `${readFileSync(file, 'utf8')}${line}\n`);
  }
  await inCopy('scripts/openapi.mjs');
  platform = await startPlatform({}, { root: copy, queues: 'default,toy,reports' });
  await platform.startAll();
  customer = await newCustomer(platform);
  const submitted = await customer.client.call<{ id: string }>('POST', '/v1/toy/count', COUNT);
  undisturbed = await customer.client.waitForJob(submitted.id, { onEvent: (event) => events.push(event) });
});
afterAll(async () => {
  await platform?.stop();
  rmSync(copy, { recursive: true, force: true });
});

test('it adds files under its own name and three lines elsewhere; the lint asks for no more', async () => {
  const before = filesOf(resolve('src'));
  const after = filesOf(join(copy, 'src'));
  const added = [...after.keys()].filter((path) => !before.has(path));
  expect(added.sort()).toEqual([...filesOf(join(TOY, 'src')).keys()].sort());
  for (const path of added) expect(path.split('/')).toContain('toy');
  for (const path of GENERATED) {
    expect(before.delete(path)).toBe(true);
    expect(after.get(path)).toContain('ToyCountRequest');
  }
  const lines = [...before].flatMap(([path, old]) => {
    expect(after.get(path)?.startsWith(old)).toBe(true);
    return after.get(path)!.slice(old.length).split('\n').slice(0, -1);
  });
  expect(lines).toEqual(expect.arrayContaining(Object.values(LINES)));
  expect(lines).toHaveLength(3);

  await inCopy(`${BIN}/depcruise`, '--config', '.dependency-cruiser.mjs', 'src');
  await inCopy(`${BIN}/biome`, 'lint', '--error-on-warnings', ...added.map((path) => join('src', path)));
  await inCopy('scripts/check-kinds.mjs');
});

test('with its names in the glossary and the document made again, it obeys the tests of the API', async () => {
  await inCopy(
    '--experimental-vm-modules',
    `${BIN}/jest`,
    ...['openapi', 'vocabulary', 'routes/technologies'].map((name) => `src/api/${name}.test.ts`),
  );
});

test('its route accepts and refuses, and a workflow of its own type runs the job', async () => {
  const accepted = await customer.call('POST', '/v1/toy/count', { ...COUNT, n_hours: 1000 });
  expect([accepted.status, accepted.body.kind]).toEqual([202, 'toy-count']);
  expect(accepted.headers.get('location')).toBe(`/v1/jobs/${accepted.body.id}`);
  const { status, result } = await customer.ended(accepted.body.id);
  expect([status, result.n_hours]).toEqual(['succeeded', 1000]);
  const temporal = new TemporalClient({ address: platform.temporalAddress, namespace: 'default' });
  const workflow = temporal.client.workflow.getHandle(`toy-count/${accepted.body.id}`);
  // The job's row ends before its workflow does.
  const ended = await workflow.result();
  const { type } = await workflow.describe();
  await temporal.close();
  expect([type, ended]).toEqual(['toyCount', { jobId: accepted.body.id, status: 'succeeded', timeLimited: false }]);
  const refused = await customer.call('POST', '/v1/toy/count', { ...COUNT, run_probability: 2 });
  expect([refused.status, refused.body.code, refused.body.pointer]).toEqual([
    422,
    'request.invalid',
    '/run_probability',
  ]);
});

test('the client submits it and follows its progress to the result', () => {
  expect([undisturbed.status, undisturbed.kind, undisturbed.n_attempts]).toEqual(['succeeded', 'toy-count', 1]);
  const { result } = undisturbed;
  expect(result).toMatchObject({ is_complete: true, n_hours: COUNT.n_hours });
  expect(result!.n_running_hours / COUNT.n_hours).toBeCloseTo(COUNT.run_probability, 3);
  const progress = events.filter(({ type }) => type === 'job.progress').map(({ data }) => data as Json);
  expect(progress.length).toBeGreaterThan(0);
  for (const { progress: fraction, n_hours } of progress) expect(n_hours / COUNT.n_hours).toBeCloseTo(fraction, 12);
  expect(events.map(({ type }) => type).filter((type) => type !== 'job.progress')).toEqual([
    'job.queued',
    'job.started',
    'job.succeeded',
  ]);
});

test('its library stores what is uploaded, for its organization only, and jobs use it', async () => {
  const upload = (text: string, name = 'mine') =>
    customer.call('POST', `/v1/toy/generators?name=${name}`, new TextEncoder().encode(text));
  const stored = await upload('500,1');
  expect([stored.status, stored.body]).toEqual([
    201,
    expect.objectContaining({ id: expect.stringMatching(/^cmp_/), name: 'mine', rated_kw: 500, run_probability: 1 }),
  ]);
  const { id } = stored.body;
  const other = await newCustomer(platform);
  const listed = async (one: Customer) => (await one.call('GET', '/v1/toy/generators')).body.data;
  expect((await listed(customer)).map((one: Json) => one.id)).toEqual([id]);
  expect(await listed(other)).toEqual([]);

  const count = { generator_id: id, n_hours: 1000, seed: 1 };
  const { input, result } = await customer.done('/v1/toy/count', count);
  expect([input, result.annual_energy_kwh]).toEqual([
    { rated_kw: 500, run_probability: 1, n_hours: 1000, seed: 1 },
    500 * 8760,
  ]);
  for (const refused of [
    await other.call('POST', '/v1/toy/count', count),
    await other.call('DELETE', `/v1/toy/generators/${id}`),
  ])
    expect([refused.status, refused.body.code]).toEqual([404, 'request.not_found']);
  expect((await customer.call('DELETE', `/v1/toy/generators/${id}`)).status).toBe(204);
  expect(await listed(customer)).toEqual([]);

  for (const text of ['500,2', '']) {
    const refused = await upload(text, 'old');
    expect([refused.status, refused.body.code, refused.body.title]).toEqual([
      422,
      'toy.invalid_input',
      'The generator is not valid',
    ]);
    expect(refused.body.detail).toMatch(/^old: /);
    const page = await customer.call('GET', refused.body.type);
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('toy.invalid_input')]);
  }
});

test('OpenAPI has its tag, its paths, its schemas and its error code', async () => {
  const { tags, paths, components } = (await customer.call('GET', '/openapi.json')).body;
  expect(tags).toContainEqual({ name: 'Toy', description: 'Generators that run at random' });
  expect(paths['/v1/toy/count'].post).toMatchObject({ operationId: 'countToy', tags: ['Toy'] });
  expect(Object.keys(components.schemas)).toEqual(
    expect.arrayContaining(['ToyCountRequest', 'ToyCount', 'ToyCountResult', 'ToyGenerator']),
  );
  const { requestBody, responses } = paths['/v1/toy/generators'].post;
  expect(Object.keys(requestBody.content)).toEqual(['application/octet-stream', 'text/csv']);
  expect(responses[422].description).toContain('`toy.invalid_input`: The generator is not valid');
  expect(components.schemas.ErrorCode.enum).toContain('toy.invalid_input');
  expect(components.schemas.Job.oneOf).toContainEqual({ $ref: '#/components/schemas/ToyCount' });
});

test('cancelled, it keeps its best so far', async () => {
  const id = await customer.submit('/v1/toy/count', ENDLESS);
  await customer.checkpoint(id);
  expect((await customer.client.cancelJob(id)).id).toBe(id);
  const { status, result } = await customer.ended(id);
  expect([status, result.is_complete]).toEqual(['cancelled', false]);
  expect(result.n_hours).toBeGreaterThan(0);
  expect(result.n_hours).toBeLessThan(ENDLESS.n_hours);
  expect(result.annual_energy_kwh).toBeGreaterThan(0);
});

test('kill -9 of its worker: another continues from the checkpoint, to the same result', async () => {
  const id = await customer.submit('/v1/toy/count', COUNT);
  await customer.checkpoint(id);
  await platform.kill('worker');
  const { state } = (await customer.saved(id)) as Json;
  expect(state.n_hours).toBeGreaterThan(0);
  expect(await customer.statusOf(id)).toBe('running');
  const [{ event_seq }] = await platform.database.query<{ event_seq: number }>(
    'SELECT event_seq FROM jobs WHERE id = $1',
    [id],
  );
  await platform.startWorker();
  const resumed = await customer.ended(id);
  expect([resumed.status, resumed.n_attempts]).toEqual(['succeeded', 2]);
  expect(resumed.result).toEqual(undisturbed.result);
  const later = await platform.database.query<{ data: { n_hours: number } }>(
    `SELECT data FROM job_events WHERE job_id = $1 AND type = 'job.progress' AND seq > $2`,
    [id, event_seq],
  );
  for (const { data } of later) expect(data.n_hours).toBeGreaterThan(state.n_hours);
});

test('a bankable report about it has its chapter', async () => {
  const made = await customer.done('/v1/reports', { job_ids: [undisturbed.id], template: 'bankable' });
  expect([made.status, made.error]).toEqual(['succeeded', null]);
  const html = await customer.call('GET', `/v1/reports/${made.result.report_id}/files/html`);
  expect(html.status).toBe(200);
  expect(html.body).toContain('Running hours');
});
