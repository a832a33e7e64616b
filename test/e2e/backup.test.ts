/** A backup of a running platform, restored into an empty server: Debian's PostgreSQL and its client, and a Temporal that knows nothing. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Database } from '../../src/adapters/database/database.ts';
import { verifyWebhook } from '../../src/client/webhook.ts';
import { newCustomer } from '../support/customer.ts';
import { DEBIAN, describeWithDebianPostgres, startDebianPostgres } from '../support/debian-postgres.ts';
import { eventually } from '../support/eventually.ts';
import { launchPlatform } from '../support/platform-processes.ts';
import { emptyDatabase } from '../support/postgres.ts';
import { guard } from '../support/shared.ts';

const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

describeWithDebianPostgres('backups', () => {
  const folder = mkdtempSync(join('/tmp', 'tessellate-backups-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const settings = {
    SECRET_KEY: 'the secret of this installation, in both of its lives',
    BACKUP_KEY: 'a key of its own, kept somewhere else than the backups',
    BACKUP_FOLDER: folder,
    PG_BIN: DEBIAN.bin,
    WEBHOOK_ALLOW_LOOPBACK: 'true',
  };
  const launch = async (url: string) => {
    const platform = await launchPlatform(url, settings, guard);
    stops.push(() => platform.stop());
    return platform;
  };
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    received.push({ headers: request.headers, body });
    response.end();
  });
  stops.push(() => receiver.close());

  test('a platform is restored into an empty server: what it had is read, its webhook is signed, its open job ends', async () => {
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const lost = await startDebianPostgres();
    const before = await launch(lost.url);
    expect(await before.tessellate('migrate', 'up')).toMatchObject({ status: 0 });
    await Promise.all([before.startTemporal(), before.startApi()]);
    await before.startWorker();
    const database = await Database.connect({ url: lost.url, poolSize: 3, applicationName: 'test' });
    const customer = await newCustomer({ base: before.base, database });
    const { call } = customer;
    const { body: webhook } = await call('POST', '/v1/webhooks', {
      url: `http://127.0.0.1:${(receiver.address() as { port: number }).port}/`,
    });
    const weather_id = await customer.uploadWeather();
    const job = await customer.done('/v1/solar/analyze', {
      weather_id,
      system: { dc_capacity_kw: 100 },
      include_series: true,
    });
    const [name] = (await call('GET', `/v1/jobs/${job.id}/series`)).body.data;
    const series = `/v1/jobs/${job.id}/series/${name}`;
    const report = await customer.done('/v1/reports', { job_ids: [job.id], template: 'summary' });
    const pages = [
      `/v1/jobs/${job.id}`,
      series,
      `/v1/reports/${report.result.report_id}`,
      `/v1/reports/${report.result.report_id}/files/pdf`,
    ];
    const read = async (paths: readonly string[], request: typeof call) => {
      const answers = await Promise.all(paths.map((path) => request('GET', path)));
      expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
      return answers.map(({ bytes }) => bytes.toString('base64'));
    };
    const written = await read(pages, call);
    const open = await customer.submit('/v1/solar/analyze', {
      weather_ids: Array.from({ length: 10 }, () => weather_id),
      systems: Array.from({ length: 1000 }, (_, i) => ({ dc_capacity_kw: 100 + i })),
    });
    await customer.checkpoint(open, ({ compute_s }) => compute_s > 0);

    expect(await before.tessellate('backup', 'create')).toMatchObject({ status: 0 });
    expect(await customer.statusOf(open)).toBe('running');
    await database.close();
    await before.kill('worker');
    await before.stop();
    await lost.stop();
    const [backup] = readdirSync(folder).filter((name) => name.endsWith('.backup'));

    const server = await startDebianPostgres();
    stops.push(() => server.stop());
    const after = await launch(server.url);
    const restored = await after.tessellate('backup', 'restore', backup);
    expect([restored.output, restored.status]).toEqual([expect.stringContaining(`${backup} of `), 0]);
    // Not a second time.
    expect(await after.tessellate('backup', 'restore', backup)).toEqual({
      status: 1,
      output: expect.stringMatching(
        /^tessellate: The database has \d+ tables; a backup is restored into an empty one\n$/,
      ),
    });
    expect(await after.tessellate('migrate', 'check')).toMatchObject({ status: 0 });
    await Promise.all([after.startTemporal(), after.startApi()]);
    await after.startWorker();
    const found = await Database.connect({ url: server.url, poolSize: 3, applicationName: 'test' });
    stops.push(() => found.close());
    // The key that the customer has is good for both.
    const old = {
      ...customer,
      call: ((method, path, body) =>
        customer.call(method, new URL(path, after.base).href, body)) as typeof customer.call,
    };
    expect(await read(pages, old.call)).toEqual(written);

    await eventually(async () => {
      await after.tessellate('ops', 'schedules', '--run', 'reconcile-jobs');
      const [{ status }] = await found.query<{ status: string }>('SELECT status FROM jobs WHERE id = $1', [open]);
      return status === 'succeeded' || undefined;
    }, 'the open job');
    const { body: ended } = await old.call('GET', `/v1/jobs/${open}`);
    expect(ended.n_attempts).toBeGreaterThan(1);
    const told = await eventually(async () => received.find(({ body }) => body.includes(open)), 'its webhook');
    verifyWebhook(told.body, told.headers as Record<string, string>, webhook.secret);
  });

  test('a backup is verified to its end, and old ones are deleted', async () => {
    const server = await startDebianPostgres();
    stops.push(() => server.stop());
    const platform = await launch(server.url);
    const backup = (more: Record<string, string>, ...args: string[]) =>
      platform.tessellateWith({ BACKUP_FOLDER: own, ...more }, 'backup', ...args);
    const own = join(folder, 'own');
    expect(await backup({}, 'create')).toMatchObject({
      status: 1,
      output: expect.stringContaining('relation "migrations" does not exist'),
    });
    await platform.tessellate('migrate', 'up');
    const names = () => readdirSync(own);
    expect(await backup({}, 'create')).toMatchObject({ status: 0 });
    const [first] = names();
    expect(await backup({}, 'verify', first)).toEqual({
      status: 0,
      output: `${join(own, first)}: read to its end\n`,
    });
    expect(await backup({}, 'list', '--max-age', '1')).toEqual({
      status: 0,
      output: expect.stringMatching(new RegExp(`^${first}  .* MiB  PostgreSQL ${DEBIAN.major}  \\w+  release `)),
    });
    expect(await backup({ BACKUP_KEY: 'k'.repeat(40) }, 'verify')).toEqual({
      status: 1,
      output: expect.stringMatching(/^tessellate: It cannot be opened: it was changed or cut off, .*\n$/),
    });
    const bytes = readFileSync(join(own, first));
    writeFileSync(join(own, first), bytes.subarray(0, bytes.length - 1));
    expect(await backup({}, 'verify', first)).toMatchObject({ status: 1 });

    const aged = bytes.toString('latin1').replace(/"created_at":"20\d\d/, '"created_at":"2020');
    writeFileSync(join(own, first), aged, 'latin1');
    expect((await backup({}, 'list', '--max-age', '1')).output).toContain(
      'tessellate: No backup is younger than 1 h\n',
    );
    expect((await backup({}, 'create')).output).toContain(`${join(own, first)}: deleted, older than 14 days`);
    expect(names()).not.toContain(first);
  });

  test('programs older than the server are refused on one line, and so are missing ones', async () => {
    const platform = await launch(await emptyDatabase());
    expect(await platform.tessellate('backup', 'create')).toEqual({
      status: 1,
      output: `tessellate: pg_dump ${DEBIAN.major} is older than the server, PostgreSQL 18; set PG_BIN to one of 18\n`,
    });
    expect(await platform.tessellateWith({ PG_BIN: '/nowhere' }, 'backup', 'create')).toEqual({
      status: 1,
      output: 'tessellate: pg_dump is not found on /nowhere; install it, or set PG_BIN\n',
    });
  });
});
