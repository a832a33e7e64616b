/** Measured wind as CSV: a header with the columns' names, then a line a record. Empty and NaN cells are missing values. */
import { windError } from '../check.ts';

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

/** Names of each column, as files have them; the first is ours. */
const COLUMNS = {
  timeMs: ['time', 'timestamp', 'date_time', 'datetime'],
  wsMPerS: ['wind_speed_m_s', 'wind_speed', 'ws', 'windspeed'],
  wdDeg: ['wind_direction_deg', 'wind_direction', 'wd', 'winddirection'],
  lowerMPerS: ['wind_speed_lower_m_s', 'wind_speed_lower', 'ws_lower'],
  stdMPerS: ['wind_speed_std_m_s', 'wind_speed_std', 'ws_std', 'wind_speed_sd'],
  temperatureC: ['temp_air_c', 'temp_air', 'temperature'],
  pressurePa: ['pressure_pa', 'pressure'],
} as const;
/** Columns that had another name before 0.1.0; a file that has it is refused, so that no column is passed over. */
const RENAMED_COLUMNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    wind_speed_ms: COLUMNS.wsMPerS[0],
    wind_speed_lower_ms: COLUMNS.lowerMPerS[0],
    wind_speed_std_ms: COLUMNS.stdMPerS[0],
    temperature_c: COLUMNS.temperatureC[0],
  }),
);
type Column = keyof typeof COLUMNS;
const REQUIRED: readonly Column[] = ['timeMs', 'wsMPerS', 'wdDeg'];
const MAX_RECORDS = 2_000_000;

/**
 * Reads a file. Instants are ISO 8601, UTC where they state no offset; speeds in m/s, directions in degrees.
 * @throws AppError that names the line, the column and the value
 */
export function parseWindCsv(text: string): MeasuredWind {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const separator = lines[0].includes(';') ? ';' : ',';
  const head = lines[0].split(separator).map((name) => name.trim().toLowerCase().replaceAll('"', ''));
  const renamed = head.flatMap((name) => {
    const now = RENAMED_COLUMNS.get(name);
    return now === undefined ? [] : [`"${name}" is now "${now}"`];
  });
  if (renamed.length > 0) throw windError(`line 1: column ${renamed.join(', ')}; rename it in the file`, '/file');
  const places = Object.entries(COLUMNS).map(([column, names]) => ({
    column: column as Column,
    at: head.findIndex((name) => (names as readonly string[]).includes(name)),
  }));
  for (const { column, at } of places)
    if (at < 0 && REQUIRED.includes(column))
      throw windError(`line 1: there is no column ${COLUMNS[column][0]}; found are ${head.join(', ')}`, '/file');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  if (last > MAX_RECORDS) throw windError(`the file has ${last} records; expected at most ${MAX_RECORDS}`, '/file');
  if (last < 2) throw windError(`the file has ${Math.max(last, 0)} records; expected at least 2`, '/file');
  const present = places.filter(({ at }) => at >= 0);
  const columns = present.map((one) => ({ ...one, values: new Float64Array(last) }));
  for (let line = 1; line <= last; line++) {
    const cells = lines[line].split(separator);
    if (cells.length !== head.length)
      throw windError(`line ${line + 1} has ${cells.length} cells; expected ${head.length}`, '/file');
    for (const { column, at, values } of columns) values[line - 1] = cellOf(column, cells[at].trim(), line + 1);
  }
  const read: Partial<Record<Column, Float64Array>> = Object.fromEntries(
    columns.map(({ column, values }) => [column, values]),
  );
  const { timeMs, wsMPerS, wdDeg, ...others } = read;
  // REQUIRED, so that they were found above.
  return { timeMs: timeMs!, wsMPerS: wsMPerS!, wdDeg: wdDeg!, ...others };
}

function cellOf(column: Column, cell: string, line: number): number {
  if (column === 'timeMs') {
    const isLocal = !/(z|[+-]\d\d:?\d\d)$/i.test(cell);
    const instant = Date.parse(isLocal ? `${cell.replace(' ', 'T')}Z` : cell);
    if (!Number.isFinite(instant))
      throw windError(`line ${line}: time is '${cell.slice(0, 40)}'; expected as 2025-01-31T23:00:00Z`, '/file');
    return instant;
  }
  if (cell === '' || /^nan$/i.test(cell)) return Number.NaN;
  const value = Number(cell);
  if (!Number.isFinite(value))
    throw windError(`line ${line}: ${COLUMNS[column][0]} is '${cell.slice(0, 40)}'; expected a number`, '/file');
  return value;
}
