/** Weather datasets: checked years of weather, stored once and never changed. */
import { sha256 } from '../../lib/sha256.ts';
import type { ReadWeather, ReadWeatherInput } from '../../weather/tasks.ts';
import { decodeWeather } from '../../weather/weather-bytes.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { type Warning, warningsAt } from '../../contracts/common/warnings.ts';
import { type WeatherWarningCode, warnWeather } from '../../contracts/weather/warnings.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { WeatherOrigin, WeatherRow } from '../../adapters/database/tables/weather.ts';
import { Weather, WeatherSeries } from '../../adapters/database/tables/weather.ts';
import { insertRows } from '../../adapters/database/insert-rows.ts';
import { newId } from '../../adapters/database/new-id.ts';
import { audit } from '../audit/audit.ts';
import type { WeatherYear } from '../../weather/series.ts';

/** Reads a file of any known format, outside the event loop. */
export type ReadFile = (file: ReadWeatherInput, orgId: string) => Promise<ReadWeather>;

export interface Upload extends ReadWeatherInput {
  readonly siteId?: string;
}

export class WeatherDatasets {
  readonly #database: Database;
  readonly #read: ReadFile;

  constructor(database: Database, read: ReadFile) {
    this.#database = database;
    this.#read = read;
  }

  /** @throws AppError `weather.*` with line, column and reason; nothing is stored then */
  async upload(orgId: string, { siteId, ...file }: Upload): Promise<WeatherRow> {
    return this.store(orgId, await this.#read(file, orgId), { name: file.name, siteId, bytes: file.bytes });
  }

  async store(
    orgId: string,
    year: ReadWeather,
    origin: { name: string; siteId?: string; bytes: Uint8Array; provider?: WeatherOrigin },
  ): Promise<WeatherRow> {
    const { header } = year;
    const row: WeatherRow = {
      id: newId('weather'),
      org_id: orgId,
      site_id: origin.siteId ?? null,
      name: origin.name,
      format: header.source.format,
      sha256: await sha256(origin.bytes),
      latitude_deg: header.latitudeDeg,
      longitude_deg: header.longitudeDeg,
      elevation_m: header.elevationM,
      utc_offset_h: header.utcOffsetH,
      step_minutes: header.stepMinutes,
      row_count: year.rowCount,
      summary: {
        ...year.summary,
        gaps: header.gaps,
        source: header.source,
        ...(origin.provider && { provider: origin.provider }),
      },
      warnings: year.warnings,
      created_at: new Date(),
    };
    await this.#database.transaction(async (tx) => {
      await insertRows(tx.manager, Weather, [row]);
      await tx.manager.insert(WeatherSeries, { weather_id: row.id, data: Buffer.from(year.data) });
    });
    return row;
  }

  /** @throws AppError `request.not_found`, for another organization's too */
  async get(orgId: string, id: string): Promise<WeatherRow> {
    const row = await this.#database.manager.findOneBy(Weather, { org_id: orgId, id });
    if (!row) throw notFound(id);
    return row;
  }

  /** Lists the datasets, newest first. @param before id of the last dataset of the page before */
  list(orgId: string, limit: number, before?: string): Promise<WeatherRow[]> {
    return this.#database.query<WeatherRow>(
      'SELECT * FROM weather_datasets WHERE org_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3',
      [orgId, before ?? null, limit],
    );
  }

  /** Returns the year's series. @throws AppError `request.not_found` */
  async year(orgId: string, id: string): Promise<WeatherYear> {
    return decodeWeather(await this.data(orgId, id));
  }

  /** Returns the stored bytes, which a compute thread reads. @throws AppError `request.not_found` */
  async data(orgId: string, id: string): Promise<Buffer> {
    const [row] = await this.#database.query<{ data: Buffer }>(
      `SELECT s.data FROM weather_series s JOIN weather_datasets w ON w.id = s.weather_id WHERE w.org_id = $1 AND w.id = $2`,
      [orgId, id],
    );
    if (!row) throw notFound(id);
    return row.data;
  }

  /** @throws AppError `request.not_found` that names those which the organization does not have */
  async requireAll(orgId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await this.#database.query<{ id: string }>(
      'SELECT id FROM weather_datasets WHERE org_id = $1 AND id = ANY($2)',
      [orgId, ids],
    );
    const known = new Set(rows.map(({ id }) => id));
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length > 0) throw new AppError('request.not_found', `No weather dataset ${missing.join(', ')}`);
  }

  /** Returns the warnings of datasets for a job that uses them. @param pointer of the list of ids in the request */
  async warnings(orgId: string, ids: readonly string[], pointer: string): Promise<Warning<WeatherWarningCode>[]> {
    const rows = await this.#database.query<Pick<WeatherRow, 'id' | 'sha256' | 'warnings'>>(
      'SELECT id, sha256, warnings FROM weather_datasets WHERE org_id = $1 AND id = ANY($2)',
      [orgId, ids],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return [
      ...repeatedYears(
        ids.map((id) => byId.get(id)?.sha256 ?? id),
        pointer,
      ),
      ...ids.flatMap((id, k) => warningsAt(byId.get(id)?.warnings ?? [], `${pointer}/${k}`)),
    ];
  }

  async delete(orgId: string, id: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const { affected } = await tx.manager.delete(Weather, { org_id: orgId, id });
      if (!affected) throw notFound(id);
      await audit(tx, { orgId, type: 'weather.deleted', targetId: id });
    });
  }
}

/**
 * Returns the doubt about years whose weather is the same.
 * @param contents what tells the files of the years from each other
 */
export function repeatedYears(contents: readonly string[], pointer: string): Warning<WeatherWarningCode>[] {
  const n_years = contents.length;
  const n_repeated = n_years - new Set(contents).size;
  return n_repeated > 0 ? [warnWeather('weather.year_repeated', { n_repeated, n_years }, pointer)] : [];
}

const notFound = (id: string): AppError => new AppError('request.not_found', `No weather dataset ${id}`);
