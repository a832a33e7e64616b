/** What commit d1737ab stored, under the names of today and back again. */
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.ts';
import { createDataSource } from '../../src/adapters/database/database.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import { emptyDatabase } from '../support/postgres.ts';
import { restoreDatabase } from '../support/stored-database.ts';

let dataSource: DataSource;
let migrator: Migrator;

type Rows = Record<string, unknown[]>;
/** Every row of every table that the commit knew. */
async function rowsOf(tables: readonly string[]): Promise<Rows> {
  const rows: Rows = {};
  for (const table of tables)
    rows[table] = (await dataSource.query(`SELECT to_jsonb(t) AS row FROM "${table}" t ORDER BY t::text`)).map(
      ({ row }: { row: unknown }) => row,
    );
  return rows;
}

/** Places where two values differ; numbers may in their last digits. */
function differences(a: unknown, b: unknown, at: string): string[] {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-12 * Math.abs(a) ? [] : [`${at}: ${a} and ${b}`];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? [] : [`${at}: ${String(a).slice(0, 60)} and ${String(b).slice(0, 60)}`];
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    differences(one[key], other[key], `${at}.${key}`),
  );
}

beforeAll(async () => {
  const options = { url: await emptyDatabase(), poolSize: 3, applicationName: 'test' };
  dataSource = await createDataSource(options).initialize();
  migrator = new Migrator(dataSource, MIGRATIONS);
  await restoreDatabase(dataSource, 'd1737ab');
});
afterAll(async () => {
  await dataSource?.destroy();
});

test('stored rows go up to the names of today and come down as they were', async () => {
  const tables: string[] = (
    await dataSource.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`)
  ).map(({ tablename }: { tablename: string }) => tablename);
  const before = await rowsOf(tables);
  expect(before.jobs.length).toBeGreaterThan(30);
  const applied = await migrator.up();
  const now = JSON.stringify(
    await rowsOf(['jobs', 'job_events', 'wind_resources', 'wind_turbines', 'weather_datasets']),
  );
  for (const name of ['scale_ms', 'net_kwh', 'free_ms', 'capacity_factor_pct', 'geojson', 'zones', 'land_polygon'])
    expect([name, now.includes(`"${name}"`)]).toEqual([name, name === 'capacity_factor_pct']);
  const texts = (await dataSource.query(`SELECT data FROM wind_resource_files`)).map(({ data }: { data: Buffer }) =>
    inflateSync(data).toString(),
  );
  const measured = texts.filter((text: string) => /wind_speed_m_s/.test(text.split('\n')[0]));
  expect([texts.length, measured.length]).toEqual([7, 3]);
  for (const text of texts) expect(text).not.toMatch(/wind_speed_ms/i);
  await migrator.down(applied.length);
  const after = await rowsOf(tables);
  // Defaults that were left out stay written out, and rings closed.
  const added =
    /^\.jobs\.\d+\.input\.(economics\.\w+|constraints\.land_polygon\.\d+|boundary\.zones\.\d+\.(outer|holes\.\d+)\.\d+): undefined and /;
  const changed = differences(before, after, '').filter((one) => !added.test(one));
  expect(changed.filter((one) => !/^\.(wind_resource_files|job_checkpoints)\./.test(one))).toEqual([]);
  // Of one header, words in capitals are small now.
  expect(changed.filter((one) => one.startsWith('.wind_resource_files.'))).toHaveLength(1);
  // Open jobs begin again.
  expect(after.job_checkpoints).toHaveLength(4);
  for (const checkpoint of after.job_checkpoints) expect(checkpoint).toMatchObject({ state: {}, data: null });
});
