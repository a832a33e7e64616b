/** What earlier commits stored, under the names of today and back again. */
import { inflateSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.ts';
import { createDataSource } from '../../src/adapters/database/database.ts';
import { Migrator } from '../../src/adapters/database/migrator.ts';
import { emptyDatabase } from '../support/postgres.ts';
import { restoreDatabase } from '../support/stored-database.ts';

let dataSource: DataSource | undefined;
let migrator: Migrator;

type Rows = Record<string, unknown[]>;
/** Every row of every table that the commit knew. */
async function rowsOf(tables: readonly string[]): Promise<Rows> {
  const rows: Rows = {};
  if (dataSource === undefined) throw new Error('no database');
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

afterEach(async () => {
  await dataSource?.destroy();
});

/** Differences that remain: `added`, `files` of measurements, and open jobs that begin again. */
const COMMITS = [
  {
    commit: 'd1737ab',
    // Defaults that were left out stay written out, and rings closed.
    added:
      /^\.jobs\.\d+\.input\.(economics\.\w+|constraints\.land_polygon\.\d+|boundary\.zones\.\d+\.(outer|holes\.\d+)\.\d+): undefined and /,
    // Of one header, words in capitals are small now.
    files: 1,
    begunAgain: 4,
  },
  { commit: '524e8fc', added: /^$/, files: 0, begunAgain: 0 },
] as const;

test.each(COMMITS)(
  'rows of $commit go up to the names of today and come down as they were',
  async ({ commit, added, files, begunAgain }) => {
    const options = { url: await emptyDatabase(), poolSize: 3, applicationName: 'test' };
    dataSource = await createDataSource(options).initialize();
    migrator = new Migrator(dataSource, MIGRATIONS);
    await restoreDatabase(dataSource, commit);
    const tables: string[] = (
      await dataSource.query(
        `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
      )
    ).map(({ tablename }: { tablename: string }) => tablename);
    const before = await rowsOf(tables);
    expect(before.jobs.length).toBeGreaterThan(30);
    const applied = await migrator.up();
    const now = JSON.stringify(
      await rowsOf(['jobs', 'job_events', 'wind_resources', 'wind_turbines', 'weather_datasets']),
    );
    const former = [
      'scale_ms net_kwh free_ms geojson zones land_polygon years_kwh land_m2 pareto_size systems_computed systems_requested',
      'direction_deg directions_deg speeds_m_s probability step_hours mean_speed_m_s energy_with_wakes_kwh records_excluded',
      'concurrent_records long_term_mean_m_s run candidate missingRecords flags',
    ].flatMap((line) => line.split(' '));
    const today = [
      'capacity_factor_pct',
      'yearly_energy_kwh',
      'n_inverters',
      'turbine_index',
      'n_sectors',
      'weather_height_m',
    ];
    expect(former.filter((name) => now.includes(`"${name}"`))).toEqual([]);
    expect(today.filter((name) => !now.includes(`"${name}"`))).toEqual([]);
    const texts = (await dataSource.query(`SELECT data FROM wind_resource_files`)).map(({ data }: { data: Buffer }) =>
      inflateSync(data).toString(),
    );
    const measured = texts.filter((text: string) => /wind_speed_m_s/i.test(text.split('\n')[0]));
    expect([texts.length, measured.length]).toEqual([7, 3]);
    for (const text of texts) expect(text).not.toMatch(/wind_speed_ms/i);
    await migrator.down(applied.length);
    const after = await rowsOf(tables);
    const changed = differences(before, after, '').filter((one) => !added.test(one));
    expect(changed.filter((one) => !/^\.(wind_resource_files|job_checkpoints)\./.test(one))).toEqual([]);
    expect(changed.filter((one) => one.startsWith('.wind_resource_files.'))).toHaveLength(files);
    expect(after.job_checkpoints).toHaveLength(4);
    const again = (after.job_checkpoints as { data: unknown }[]).filter(({ data }) => data === null);
    expect(again).toHaveLength(begunAgain);
  },
);
