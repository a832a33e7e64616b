/**
 * Solcast, csv: names in one of two spellings, the end of each period in UTC or with its offset, means of the period. The file does not
 * say where it is: the request or the site does.
 * @see Solcast, "What is the Solcast standard CSV format" (articles.solcast.com.au); pvlib.iotools.get_solcast_historic
 */
import type { RawRecords } from '../raw-records.ts';
import { splitCells } from '../header.ts';
import type { CsvOptions } from './csv.ts';
import { readCsv } from './csv.ts';

const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  time: ['period_end', 'PeriodEnd'],
  ghi_w_m2: ['ghi', 'Ghi'],
  dni_w_m2: ['dni', 'Dni'],
  dhi_w_m2: ['dhi', 'Dhi'],
  temp_air_c: ['air_temp', 'AirTemp'],
  wind_speed_m_s: ['wind_speed_10m', 'WindSpeed10m'],
  wind_direction_deg: ['wind_direction_10m', 'WindDirection10m'],
  pressure_pa: ['surface_pressure', 'SurfacePressure'],
  dew_point_c: ['dewpoint_temp', 'DewpointTemp'],
  albedo: ['albedo', 'AlbedoDaily'],
};

export const isSolcast = ([first]: readonly string[]): boolean => {
  const names = splitCells(first);
  return ['period_end', 'PeriodEnd'].some((name) => names.includes(name));
};

/** Reads csv of Solcast. @throws AppError `weather.malformed` with line, column, field and reason */
export function readSolcast(bytes: Uint8Array, name: string, options: CsvOptions): RawRecords {
  const [first] = new TextDecoder('utf-8').decode(bytes.subarray(0, 4096)).split(/\r?\n/);
  const names = splitCells(first.replace(/^\uFEFF/, ''));
  const columns = Object.fromEntries(
    Object.entries(NAMES).flatMap(([ours, theirs]) =>
      theirs.filter((one) => names.includes(one)).map((one) => [ours, one]),
    ),
  );
  const records = readCsv(bytes, name, {
    ...options,
    columns,
    columnUnits: { pressure_pa: 'hPa' },
    separator: 'comma',
    timeLabel: 'end',
  });
  return { ...records, format: 'solcast' };
}
