import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.ts';
import { createDataSource } from '../../src/adapters/database/database.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import { emptyDatabase } from '../support/postgres.ts';

describe('migrations on PostgreSQL', () => {
  let dataSource: DataSource;
  let migrator: Migrator;
  const tables = async () =>
    (await dataSource.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)).map(
      ({ tablename }: { tablename: string }) => tablename,
    );

  beforeAll(async () => {
    const options = { url: await emptyDatabase(), poolSize: 3, applicationName: 'test' };
    dataSource = await createDataSource(options).initialize();
    migrator = new Migrator(dataSource, MIGRATIONS);
  });
  afterAll(async () => {
    await dataSource?.destroy();
  });

  test('each goes up one by one and down again, leaving nothing', async () => {
    for (const { name } of MIGRATIONS) {
      expect(await migrator.up(1)).toEqual([name]);
      expect(await migrator.current()).toBe(name);
    }
    expect(await migrator.down('base')).toHaveLength(MIGRATIONS.length);
    expect(await migrator.current()).toBeUndefined();
    expect(await tables()).toEqual(['migrations']);
  });

  test('after all of them the database is what the entities say', async () => {
    await migrator.up();
    expect(await migrator.difference()).toEqual({ up: [], down: [] });
  });

  test('what a running job has used moves from its checkpoint to its row, and back', async () => {
    await migrator.down('base');
    await migrator.up(MIGRATIONS.findIndex(({ name }) => name.startsWith('KeepUsage')));
    await dataSource.query(`INSERT INTO organizations (id, name) VALUES ('org_1', 'O')`);
    await dataSource.query(
      `INSERT INTO jobs (id, org_id, kind, status, input, seed, engine_version, created_by, created_at, started_at)
       SELECT 'job_' || status, 'org_1', 'solar-optimize', status, '{}', 1, '0', 'usr_1', '2026-01-01T00:00:00Z',
         CASE WHEN status = 'queued' THEN NULL ELSE timestamptz '2026-01-01T00:00:12Z' END
       FROM unnest(ARRAY['queued', 'running', 'succeeded']) AS status`,
    );
    const checkpoint = { attempt: 3, consumed_ms: 4500, state: { evaluations: 80 } };
    await dataSource.query(
      `INSERT INTO job_checkpoints (job_id, attempt, consumed_ms, state) VALUES ('job_running', 3, 4500, '{"evaluations": 80}')`,
    );
    await migrator.up(1);
    const used = 'SELECT compute_s, attempts, evaluations, queue_wait_s FROM jobs ORDER BY created_at, id';
    expect(await dataSource.query(used)).toEqual([
      { compute_s: 0, attempts: 0, evaluations: null, queue_wait_s: null },
      { compute_s: 4.5, attempts: 3, evaluations: 80, queue_wait_s: 12 },
      { compute_s: null, attempts: null, evaluations: null, queue_wait_s: 12 },
    ]);
    await migrator.down(MIGRATIONS[MIGRATIONS.findIndex(({ name }) => name.startsWith('KeepUsage')) - 1].name);
    expect(await dataSource.query('SELECT attempt, consumed_ms, state FROM job_checkpoints')).toEqual([checkpoint]);
    await migrator.down('base');
    await migrator.up();
  });

  test('stored components become items of the library of solar, and are components again on the way down', async () => {
    const share = MIGRATIONS.findIndex(({ name }) => name.startsWith('ShareTheLibrary'));
    const before = MIGRATIONS[share - 1].name;
    await migrator.up();
    await migrator.down(before);
    await dataSource.query(`INSERT INTO organizations (id, name) VALUES ('org_2', 'O')`);
    const stored = { id: 'cmp_1', kind: 'module', format: 'pan', name: 'M', spec: { powerW: 400 } };
    await dataSource.query(
      `INSERT INTO solar_components (id, org_id, kind, format, name, spec) VALUES ($1, 'org_2', $2, $3, $4, $5)`,
      Object.values(stored),
    );
    await migrator.up();
    const columns = 'id, kind, format, name, spec';
    expect(await dataSource.query(`SELECT technology, ${columns} FROM library_items`)).toEqual([
      { technology: 'solar', ...stored },
    ]);
    await dataSource.query(
      `INSERT INTO library_items (id, org_id, technology, kind, format, name, spec)
       VALUES ('cmp_2', 'org_2', 'other', 'module', 'csv', 'N', '{}')`,
    );
    await migrator.down(before);
    expect(await dataSource.query(`SELECT ${columns} FROM solar_components`)).toEqual([stored]);
    await migrator.down('base');
    await migrator.up();
  });

  test('the SQL of a step is shown without being applied', async () => {
    await migrator.down('base');
    const statements = await migrator.sql('up');
    expect(statements[0]).toMatch(/^CREATE TABLE/);
    expect(await tables()).toEqual(['migrations']);
  });

  test('two processes that migrate together apply each migration once', async () => {
    const applied = await Promise.all([migrator.up(), migrator.up()]);
    expect(applied.flat()).toHaveLength(MIGRATIONS.length);
  });

  test('stamp records what was applied by hand, and what was not', async () => {
    await migrator.up();
    const names = MIGRATIONS.map(({ name }) => name);
    const [third, last] = [names.at(-3)!, names.at(-1)!];
    expect(await migrator.stamp(third)).toEqual({ added: [], removed: names.slice(-2) });
    expect([await migrator.current(), await migrator.pending()]).toEqual([third, names.slice(-2)]);
    expect(await migrator.stamp(last)).toEqual({ added: names.slice(-2), removed: [] });
    await expect(migrator.stamp('Add')).rejects.toThrow(
      /^'Add' names \d+ migrations; run 'migrate history' for names$/,
    );
  });

  test('a migration that cannot get its lock fails, and changes nothing', async () => {
    const impatient = new Migrator(dataSource, MIGRATIONS, { lockTimeoutS: 1 });
    const reader = dataSource.createQueryRunner();
    await reader.startTransaction();
    // Whichever table the newest migration changes
    const tables: { tablename: string }[] = await reader.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
    );
    for (const { tablename } of tables) await reader.query(`SELECT 1 FROM "${tablename}" LIMIT 0`);
    await expect(impatient.down()).rejects.toThrow(
      /failed going down: .*lock timeout; nothing was changed. Another transaction holds the table/,
    );
    await reader.rollbackTransaction();
    await reader.release();
    expect(await migrator.pending()).toEqual([]);
  });

  test('while another process migrates it says so and waits, for a limited time', async () => {
    const lines: string[] = [];
    const second = new Migrator(dataSource, MIGRATIONS, { waitS: 0, say: (line) => lines.push(line) });
    const first = dataSource.createQueryRunner();
    await first.startTransaction();
    await first.query('SELECT pg_advisory_xact_lock(7461733661)');
    await expect(second.up()).rejects.toThrow('Another process has migrated for 0 s; pg_stat_activity shows');
    expect(lines).toEqual(['waiting for another migration']);
    await first.rollbackTransaction();
    await first.release();
    expect(await second.up()).toEqual([]);
  });
});
