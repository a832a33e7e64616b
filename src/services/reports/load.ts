/** The data of a job that reports of all technologies read: its site, its weather and its stored series. */
import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import type { SiteRow } from '../../adapters/database/tables/sites.ts';
import type { WeatherRow } from '../../adapters/database/tables/weather.ts';
import { decodeColumns } from '../../series/columns.ts';
import type { JobPool, JobServices } from '../jobs/working-kind.ts';
import type { Series, WeatherUsed } from './report-job.ts';

export type ReportSources = Pick<JobServices, 'database' | 'weather'> & { readonly pool: JobPool };

const WEATHER_COLUMNS = `id, org_id, site_id, name, format, sha256, latitude_deg, longitude_deg, elevation_m, utc_offset_h,
  step_minutes, row_count, summary, created_at`;

/** Returns the site that a job names. */
export async function siteOf({ input, org_id }: JobRow, { database }: ReportSources): Promise<SiteRow | null> {
  if (!('site_id' in input) || input.site_id === undefined) return null;
  const rows = await database.query<SiteRow>('SELECT * FROM sites WHERE id = $1 AND org_id = $2', [
    input.site_id,
    org_id,
  ]);
  return rows[0] ?? null;
}

/** Loads the weather datasets of a job; the row of a deleted one is null. */
export async function weatherOf(
  orgId: string,
  ids: readonly string[],
  { database, weather }: ReportSources,
): Promise<WeatherUsed[]> {
  const rows = await database.query<WeatherRow>(
    `SELECT ${WEATHER_COLUMNS} FROM weather_datasets WHERE org_id = $1 AND id = ANY($2)`,
    [orgId, ids],
  );
  return Promise.all(
    ids.map(async (id) => {
      const row = rows.find((one) => one.id === id) ?? null;
      return { id, row, year: row && (await weather.year(orgId, id)) };
    }),
  );
}

/** Loads stored series of a job by name, in the order of the names; missing ones are left out. */
export async function seriesOf(
  { database }: ReportSources,
  jobId: string,
  names: readonly string[],
): Promise<Series[]> {
  const rows = await database.query<{ name: string; data: Buffer }>(
    'SELECT name, data FROM job_series WHERE job_id = $1 AND name = ANY($2)',
    [jobId, names],
  );
  return names.flatMap((name) => {
    const row = rows.find((one) => one.name === name);
    return row ? [decodeColumns(row.data)] : [];
  });
}
