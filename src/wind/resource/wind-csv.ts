/** Measured wind as a table of text: loggers, exports of wind software, reanalyses, and CSV files with our names. */
import { windError } from '../check.ts';
import type { ColumnMap, WindColumn } from './wind-columns.ts';
import { placeColumns } from './wind-columns.ts';
import type { TableOptions, WindTable } from './wind-table.ts';
import { findTable, isMissingCell } from './wind-table.ts';
import { readTimes } from './wind-time.ts';

export interface MeasuredWind {
  /** UTC, rising [ms] */
  readonly timeMs: Float64Array;
  /** NaN where missing */
  readonly wsMPerS: Float64Array;
  readonly wdDeg: Float64Array;
  /** Speeds at a second, lower height [m/s] */
  readonly lowerMPerS?: Float64Array;
  /** Standard deviation of the speed within a record [m/s] */
  readonly stdMPerS?: Float64Array;
  readonly temperatureC?: Float64Array;
  readonly pressurePa?: Float64Array;
}

/** How a table is read; what is absent follows from the file. */
export interface WindTableOptions extends TableOptions, ColumnMap {
  readonly timeFormat?: string;
  /** Offset from UTC of times that state none [h]; default: that of the file, otherwise 0 */
  readonly utcOffsetH?: number;
  /** Whether a time is the start or the end of its record; default: as the file says, otherwise the start */
  readonly timeLabel?: 'start' | 'end';
}

export interface ReadWindTable {
  readonly wind: MeasuredWind;
  /** Columns of the file by our names */
  readonly columns: Readonly<Partial<Record<WindColumn, string>>>;
  /** Heights that the names of the columns state [m] */
  readonly heightM: number | null;
  readonly lowerHeightM: number | null;
}

/**
 * Reads a table. Times are UTC where neither they nor the file state an offset; speeds become m/s, directions degrees.
 * @throws AppError that names the line, the column and the value
 */
export function parseWindCsv(text: string, options: WindTableOptions = {}): ReadWindTable {
  const table = findTable(text, options);
  if (table.n < 2) throw windError(`the file has ${table.n} records; expected at least 2`, '/file');
  const { placed, heightM, lowerHeightM } = placeColumns(table, options);
  const columns = placed.map((place) => ({ ...place, values: new Float64Array(table.n) }));
  const times: string[] = new Array(table.n);
  for (let record = 0; record < table.n; record++) {
    const cells = table.cellsOf(record);
    times[record] = timeOf(table, cells);
    for (const { index, factor, offset, values, column } of columns)
      values[record] = numberOf(cells[index], table, record, column) * factor + offset;
  }
  const localOffsetMs = 3.6e6 * (options.utcOffsetH ?? offsetOf(table) ?? 0);
  const timeMs = readTimes(times, table.lineOf, { format: options.timeFormat, localOffsetMs });
  const read: Partial<Record<WindColumn, Float64Array>> = Object.fromEntries(
    columns.map(({ column, values }) => [column, values]),
  );
  const { wind_east_m_s: east, wind_north_m_s: north } = read;
  const isEnd = (options.timeLabel ?? labelOf(table)) === 'end';
  return {
    wind: {
      timeMs: isEnd ? startsOf(timeMs) : timeMs,
      // One of both pairs is there: placeColumns found it.
      wsMPerS: read.wind_speed_m_s ?? east!.map((u, i) => Math.hypot(u, north![i])),
      wdDeg: read.wind_direction_deg ?? east!.map((u, i) => directionOf(u, north![i])),
      ...(read.wind_speed_lower_m_s && { lowerMPerS: read.wind_speed_lower_m_s }),
      ...(read.wind_speed_std_m_s && { stdMPerS: read.wind_speed_std_m_s }),
      ...(read.temp_air_c && { temperatureC: read.temp_air_c }),
      ...(read.pressure_pa && { pressurePa: read.pressure_pa }),
    },
    columns: Object.fromEntries(placed.map(({ column, index }) => [column, table.names[index]])),
    heightM,
    lowerHeightM,
  };
}

/** Returns the direction from which a wind with these components comes [deg]. */
const directionOf = (eastMPerS: number, northMPerS: number): number =>
  (270 - (Math.atan2(northMPerS, eastMPerS) * 180) / Math.PI) % 360;

/** Returns the time of a record as text. */
function timeOf({ timeColumns, isTimeInParts }: WindTable, cells: readonly string[]): string {
  if (timeColumns.length === 1) return cells[timeColumns[0]];
  const parts = timeColumns.map((at) => cells[at]);
  if (!isTimeInParts) return parts.join(' ');
  const [year, month, day, hour = '0', minute = '0'] = parts;
  return `${year.padStart(4, '0')}-${month}-${day} ${hour}:${minute.padStart(2, '0')}`;
}

function numberOf(cell: string, table: WindTable, record: number, column: WindColumn): number {
  if (isMissingCell(cell)) return Number.NaN;
  const value = Number(table.decimal === 'comma' && !cell.includes('.') ? cell.replace(',', '.') : cell);
  if (Number.isFinite(value)) return value;
  throw windError(
    `line ${table.lineOf(record)}: ${column} is '${cell.slice(0, 40)}'; expected a number${/^[+-]?\d+,\d+$/.test(cell) ? ', or decimal=comma' : ''}`,
    '/file',
  );
}

/** Returns the offset from UTC that the lines above the names state [h]. */
function offsetOf({ preamble }: WindTable): number | null {
  const names = preamble.findIndex((line) => /(^|,)utc_offset_seconds(,|$)/.test(line));
  if (names >= 0) {
    const at = preamble[names].split(',').indexOf('utc_offset_seconds');
    const seconds = Number(preamble[names + 1]?.split(',')[at] ?? Number.NaN);
    return Number.isFinite(seconds) ? seconds / 3600 : null;
  }
  const stated = preamble.map(
    (line) => /time\s*zone\s*[=:\t ]\s*(?:utc|gmt)?\s*([+-]?\d{1,2}(?:\.\d+)?)\b/i.exec(line)?.[1],
  );
  const hours = stated.find((hour) => hour !== undefined);
  return hours === undefined ? null : Number(hours);
}

/** Tells what the lines above the names say of the times; loggers of Campbell write the end of a record. */
function labelOf({ preamble }: WindTable): 'start' | 'end' {
  const says = preamble.some((line) => /time ?stamps? indicates? the end/i.test(line));
  return says || /^"?TOA5"?,/.test(preamble[0] ?? '') ? 'end' : 'start';
}

/** Returns the starts of records whose ends are given: one step earlier. */
function startsOf(endMs: Float64Array): Float64Array {
  let step = Number.POSITIVE_INFINITY;
  for (let i = 1; i < endMs.length; i++) if (endMs[i] > endMs[i - 1]) step = Math.min(step, endMs[i] - endMs[i - 1]);
  return Number.isFinite(step) ? endMs.map((end) => end - step) : endMs;
}
