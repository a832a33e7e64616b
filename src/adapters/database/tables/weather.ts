/** Weather files as an organization uploaded or fetched them, and their series. */
import { EntitySchema } from 'typeorm';
import type { Warning } from '../../../contracts/common/warnings.ts';
import type { WeatherWarningCode } from '../../../contracts/weather/warnings.ts';
import type { ReadWeather } from '../../../weather/tasks.ts';
import { bytes, double, id, integer, json, noWarnings, now, optional, text, to } from './columns.ts';

/** The provider of a fetched dataset, with the credit that its terms ask for. */
export interface WeatherOrigin {
  readonly name: string;
  readonly title: string;
  readonly period: 'typical' | number;
  readonly attribution: string;
}

/** Names of the API outside, and of the code in `gaps` and `source`. */
type StoredSummary = Omit<ReadWeather['summary'], 'temp_air_min_c'> &
  Partial<Pick<ReadWeather['summary'], 'temp_air_min_c'>> &
  Pick<ReadWeather['header'], 'gaps' | 'source'> & { readonly provider?: WeatherOrigin };

export interface WeatherRow {
  id: string;
  org_id: string;
  site_id: string | null;
  name: string;
  format: string;
  sha256: string;
  latitude_deg: number;
  longitude_deg: number;
  elevation_m: number;
  utc_offset_h: number;
  step_minutes: number;
  row_count: number;
  summary: StoredSummary;
  warnings: Warning<WeatherWarningCode>[];
  created_at: Date;
}
export interface WeatherSeriesRow {
  weather_id: string;
  data: Buffer;
}

export const Weather = new EntitySchema<WeatherRow>({
  name: 'weather_datasets',
  columns: {
    id,
    org_id: to('organizations', 'weather_datasets'),
    site_id: optional(to('sites', 'weather_datasets', 'SET NULL')),
    name: text,
    format: text,
    sha256: text,
    latitude_deg: double,
    longitude_deg: double,
    elevation_m: double,
    utc_offset_h: double,
    step_minutes: integer,
    row_count: integer,
    summary: json,
    warnings: noWarnings,
    created_at: now,
  },
  indices: [{ name: 'weather_org', columns: ['org_id', 'id'] }],
});
export const WeatherSeries = new EntitySchema<WeatherSeriesRow>({
  name: 'weather_series',
  columns: { weather_id: { ...to('weather_datasets', 'weather_series'), primary: true }, data: bytes },
});
