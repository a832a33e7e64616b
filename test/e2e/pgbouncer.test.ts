/** The platform behind PgBouncer in transaction mode, with and without DATABASE_DIRECT_URL for LISTEN and migrations. */
import { afterAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { MIGRATIONS } from '../../migrations/index.ts';
import { createDataSource, Database, isDatabaseAway } from '../../src/adapters/database/database.ts';
import type { AppError } from '../../src/contracts/common/app-error.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import { newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { canRun, describeWith } from '../support/needs.ts';
import { PGBOUNCER, startPgBouncer } from '../support/pgbouncer.ts';
import { startPlatform } from '../support/platform.ts';
import { emptyDatabase } from '../support/postgres.ts';

const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

describeWith('pgbouncer', canRun(PGBOUNCER, '--version'))('PgBouncer in transaction mode', () => {
  test('two processes migrate through it together and apply each migration once', async () => {
    const { url, stop } = await startPgBouncer(await emptyDatabase(), 2);
    stops.push(stop);
    const lines: string[] = [];
    const migrators = await Promise.all(
      [1, 2].map(async () => {
        const dataSource = await createDataSource({ url, poolSize: 2, applicationName: 'test' }).initialize();
        stops.push(() => dataSource.destroy());
        return new Migrator(dataSource, MIGRATIONS, { say: (line) => lines.push(line) });
      }),
    );
    const applied = await Promise.all(migrators.map((one) => one.up()));
    expect(applied.flat().sort()).toEqual(MIGRATIONS.map(({ name }) => name).sort());
    expect(new Set(lines)).toEqual(new Set(['waiting for another migration']));
  });

  // A transaction that needed a second connection would wait for itself; locks and settings of a session would be lost.
  test('jobs run over one connection of the server: LISTEN by DATABASE_DIRECT_URL, and without it by polling', async () => {
    let direct = '';
    const platform = await startPlatform({}, {}, async (databaseUrl) => {
      direct = databaseUrl;
      const { url, stop } = await startPgBouncer(databaseUrl, 1);
      stops.push(stop);
      return { DATABASE_URL: url };
    });
    stops.push(() => platform.stop());
    const connections = async (): Promise<number> => {
      const [{ count }] = await platform.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE datname = current_database() AND application_name LIKE 'tessellate-%'`,
      );
      return count;
    };
    await platform.startAll();
    const customer = await newCustomer(platform);
    const weather_id = await customer.uploadWeather();
    const runJobs = async (): Promise<void> => {
      const system = { dc_capacity_kw: 100, mounting: { type: 'fixed' as const, tilt_deg: 30 } };
      const jobs = await Promise.all(
        Array.from({ length: 4 }, () => customer.client.submit('/v1/solar/analyze', { weather_id, system })),
      );
      for (const { id } of jobs) {
        const types: string[] = [];
        for await (const { type } of customer.client.events(id)) types.push(type);
        expect([types[0], types.at(-1)]).toEqual(['job.queued', 'job.succeeded']);
      }
    };
    await runJobs();
    expect(await connections()).toBe(1);

    await Promise.all([platform.kill('api', 'SIGTERM'), platform.kill('worker', 'SIGTERM')]);
    await platform.startApi({ DATABASE_DIRECT_URL: direct });
    await platform.startWorker({ DATABASE_DIRECT_URL: direct });
    await runJobs();
    // API and worker have one each for LISTEN.
    expect(await connections()).toBe(3);
  });

  test('time limits of the role hold behind it', async () => {
    const databaseUrl = await emptyDatabase();
    const admin = new Client({ connectionString: databaseUrl });
    await admin.connect();
    await admin.query(
      `ALTER ROLE ${new URL(databaseUrl).username} IN DATABASE ${new URL(databaseUrl).pathname.slice(1)}
       SET statement_timeout = '7s'`,
    );
    await admin.end();
    const { url, stop } = await startPgBouncer(databaseUrl, 1);
    stops.push(stop);
    const database = await Database.connect({ url, poolSize: 1, statementTimeoutMs: 9_000, applicationName: 'test' });
    stops.push(() => database.close());
    // The limit that the process sends is ignored.
    expect(await database.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '7s' }]);
  });

  test('a server that it cannot reach is reported as one that may come back', async () => {
    // A second PgBouncer stands for the server, because other tests share the real one.
    const server = await startPgBouncer(await emptyDatabase(), 1);
    const pooler = await startPgBouncer(server.url, 1);
    stops.push(pooler.stop);
    const options = { url: pooler.url, poolSize: 2, statementTimeoutMs: 1_000, applicationName: 'test' };
    const database = await Database.connect(options);
    stops.push(() => database.close());
    // What a statement gets whose server ends meanwhile
    const running = database.query('SELECT pg_sleep(60)').catch((error: unknown) => error);
    await eventually(async () => (database.poolState.checkedOut > 0 ? true : undefined), 'the statement');
    await server.stop();
    const errors = [await running];
    for (let attempt = 0; attempt < 2; attempt++)
      errors.push(await database.query('SELECT 1').catch((error: unknown) => error));
    expect(errors.map((error) => (error as AppError).code)).toEqual(errors.map(() => 'service.unavailable'));
    // A process that starts waits.
    expect(isDatabaseAway(await Database.connect(options).catch((error: unknown) => error))).toBe(true);
  });
});
