import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.ts';
import { createDataSource } from '../../src/adapters/database/database.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import type { TestPostgres } from '../support/postgres.ts';
import { startPostgres } from '../support/postgres.ts';

describe('migrations on PostgreSQL', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let migrator: Migrator;
  const tables = async () =>
    (await dataSource.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)).map(
      ({ tablename }: { tablename: string }) => tablename,
    );

  beforeAll(async () => {
    postgres = await startPostgres();
    const options = { url: await postgres.createDatabase(), poolSize: 3, applicationName: 'test' };
    dataSource = await createDataSource(options).initialize();
    migrator = new Migrator(dataSource, MIGRATIONS);
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await postgres?.stop();
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
});
