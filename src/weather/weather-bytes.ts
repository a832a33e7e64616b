/** A weather year as one compressed value, and back; every bit is kept. */
import type { Column } from '../series/columns.ts';
import { decodeColumns, encodeColumns } from '../series/columns.ts';
import type { WeatherYear } from './series.ts';

/** Encodes a year of weather as compressed columns, the form in which it is stored. */
export function encodeWeather(year: WeatherYear): Buffer {
  const columns: Record<string, Column> = {};
  const meta: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(year)) {
    if (value instanceof Float64Array || value instanceof Uint8Array) columns[name] = value;
    else if (value !== undefined) meta[name] = value;
  }
  return encodeColumns(columns, meta);
}

/** Decodes what `encodeWeather` returned. */
export function decodeWeather(data: Buffer): WeatherYear {
  const { columns, meta } = decodeColumns(data);
  return { ...meta, ...columns } as unknown as WeatherYear;
}
