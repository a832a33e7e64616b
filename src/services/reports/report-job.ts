import type { JobRow } from '../../adapters/database/tables/jobs.ts';
import type { SiteRow } from '../../adapters/database/tables/sites.ts';
import type { WeatherRow } from '../../adapters/database/tables/weather.ts';
import type { decodeColumns } from '../../series/columns.ts';
import type { WeatherYear } from '../../weather/series.ts';

export interface WeatherUsed {
  readonly id: string;
  /** null if it was deleted since */
  readonly row: WeatherRow | null;
  readonly year: WeatherYear | null;
}

/** Columns of a stored series. */
export type Series = ReturnType<typeof decodeColumns>;

export interface Place {
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly elevationM: number | null;
}

/** What all reports show of a job; each technology adds its own. */
export interface ReportJob {
  readonly job: JobRow;
  readonly site: SiteRow | null;
  readonly weather: readonly WeatherUsed[];
}
