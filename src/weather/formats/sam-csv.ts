/**
 * SAM's comma-separated weather (also NSRDB's PSM downloads): metadata, a row of column names, records.
 *
 * Metadata is a row of labels over a row of values (NSRDB, SAM), or labels and values side by side in one or more rows.
 * A row of units may follow the names. Hours are 0 to 23 of the file's `Time Zone`. With a Minute column the stamp is the
 * instant of the sun; without one the sun's position is that of half past. Pressure in mbar unless `Pressure Units` says Pa, hPa or
 * kPa; -9999, -999 and -99 are missing values where the quantity cannot be so low.
 * @see SAM, "Weather file formats" (SAM CSV); NSRDB, "SAM format" of the PSM download
 */
import type { RawRecords } from '../raw-records.ts';
import { brokenFile } from '../broken.ts';
import type { Column } from '../scan.ts';
import type { TextLine } from '../header.ts';
import type { ValueColumn } from '../value-column.ts';
import {
  ELEVATION_RANGE,
  headerLines,
  headerNumber,
  LATITUDE_RANGE,
  LONGITUDE_RANGE,
  splitCells,
  UTC_OFFSET_RANGE,
} from '../header.ts';
import { quantityColumn } from '../value-column.ts';
import { scanRows } from '../scan.ts';
import type { WeatherQuantity } from '../series.ts';

/** The names that SAM's reader accepts for each column, lower case, without units in brackets. */
const TIME_NAMES: Readonly<Record<string, 'year' | 'month' | 'day' | 'hour' | 'minute'>> = {
  year: 'year',
  yr: 'year',
  month: 'month',
  mo: 'month',
  day: 'day',
  hour: 'hour',
  hr: 'hour',
  minute: 'minute',
  min: 'minute',
};
const VALUE_NAMES: Readonly<Record<string, WeatherQuantity>> = {
  ghi: 'ghiWm2',
  gh: 'ghiWm2',
  global: 'ghiWm2',
  'global horizontal': 'ghiWm2',
  'global horizontal irradiance': 'ghiWm2',
  dni: 'dniWm2',
  dn: 'dniWm2',
  beam: 'dniWm2',
  'direct normal': 'dniWm2',
  'direct normal irradiance': 'dniWm2',
  dhi: 'dhiWm2',
  df: 'dhiWm2',
  diff: 'dhiWm2',
  diffuse: 'dhiWm2',
  'diffuse horizontal': 'dhiWm2',
  'diffuse horizontal irradiance': 'dhiWm2',
  temperature: 'tempAirC',
  tdry: 'tempAirC',
  tamb: 'tempAirC',
  'dry bulb': 'tempAirC',
  'dry-bulb': 'tempAirC',
  drybulb: 'tempAirC',
  'dry bulb temperature': 'tempAirC',
  'dry bulb temp': 'tempAirC',
  ambient: 'tempAirC',
  'ambient temp': 'tempAirC',
  'air temperature': 'tempAirC',
  'dew point': 'dewPointC',
  'dew-point': 'dewPointC',
  dewpoint: 'dewPointC',
  tdew: 'dewPointC',
  'dew point temperature': 'dewPointC',
  'dew point temp': 'dewPointC',
  pressure: 'pressurePa',
  pres: 'pressurePa',
  'surface pressure': 'pressurePa',
  'wind speed': 'windSpeedMPerS',
  windspeed: 'windSpeedMPerS',
  wspd: 'windSpeedMPerS',
  ws: 'windSpeedMPerS',
  'wind direction': 'windDirectionDeg',
  wdir: 'windDirectionDeg',
  wd: 'windDirectionDeg',
  albedo: 'albedo',
  alb: 'albedo',
  'surface albedo': 'albedo',
  snow: 'snowDepthCm',
  'snow depth': 'snowDepthCm',
  snowdepth: 'snowDepthCm',
};
const PRESSURE_FACTORS: Readonly<Record<string, number>> = { mbar: 100, millibar: 100, hpa: 100, pa: 1, kpa: 1000 };
const HEADER_LIMIT = 12;

/** Returns a name in lower case and without a unit in brackets: `Wind Speed (m/s)` is `wind speed`. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[([].*$/, '')
    .replaceAll('_', ' ')
    .trim();

/** Tells whether a line names SAM's columns: month or hour, and an irradiance. */
export function isSamColumnLine(text: string): boolean {
  const names = splitCells(text).map(plain);
  return names.some((cell) => TIME_NAMES[cell] === 'hour') && names.some((cell) => VALUE_NAMES[cell]?.endsWith('Wm2'));
}

const META_LABELS =
  /^(source|src|location|location id|station|station id|city|state|country|lat|latitude|lon|long|longitude|lng|time zone|timezone|tz|elev|elevation|el|site elevation|local time zone|id|version|.* units)$/;

interface Meta {
  readonly value: string;
  readonly line: number;
  readonly column: number;
}

/** Labels over values, or label and value side by side. */
function metadataOf(lines: readonly TextLine[]): Map<string, Meta> {
  const meta = new Map<string, Meta>();
  const put = (label: string, value: string, line: number, column: number): void => {
    const key = plain(label);
    if (key !== '' && !meta.has(key)) meta.set(key, { value, line, column });
  };
  for (let i = 0; i < lines.length; i++) {
    const cells = splitCells(lines[i].text);
    const labels = cells.filter((cell) => META_LABELS.test(plain(cell))).length;
    const below = lines[i + 1];
    const stacked =
      cells.filter((cell) => cell !== '').length <= 2 ? labels === 2 : META_LABELS.test(plain(cells[1] ?? ''));
    if (stacked && below !== undefined) {
      const values = splitCells(below.text);
      for (let c = 0; c < cells.length; c++) put(cells[c], values[c] ?? '', below.line, c + 1);
      i++;
    } else {
      for (let c = 0; c + 1 < cells.length; c += 2) put(cells[c], cells[c + 1], lines[i].line, c + 2);
    }
  }
  return meta;
}

/** Reads CSV of SAM or NSRDB. @throws AppError `weather.malformed` with line, column, field and reason */
export function readSamCsv(bytes: Uint8Array, name: string): RawRecords {
  const lines = headerLines(bytes, HEADER_LIMIT);
  const at = lines.findIndex(({ text }) => isSamColumnLine(text));
  if (at < 0)
    throw brokenFile(
      name,
      { line: Math.min(3, lines.length) },
      'no row of column names with Hour and GHI, DNI or DHI within the first 12 lines',
    );
  const meta = metadataOf(lines.slice(0, at));
  const metaNumber = (field: string, labels: readonly string[], range: readonly [number, number]): number => {
    for (const label of labels) {
      const cell = meta.get(label);
      if (cell !== undefined) return headerNumber(name, cell.line, cell.column, field, cell.value, range);
    }
    throw brokenFile(name, { line: at + 1, field }, `the lines before the column names do not give the ${field}`);
  };
  const text = (...labels: string[]): string =>
    labels.map((label) => meta.get(label)?.value ?? '').find((value) => value !== '') ?? '';

  const header = lines[at];
  const names = splitCells(header.text);
  while (names.length > 0 && names[names.length - 1] === '') names.pop();
  const written = splitCells(header.text).length;
  const columns: Column[] = new Array(written).fill(undefined);
  const seen = new Set<string>();
  for (let c = 0; c < names.length; c++) {
    const key = plain(names[c]);
    const time = TIME_NAMES[key];
    const quantity = VALUE_NAMES[key];
    const role = time ?? quantity;
    if (role === undefined) continue;
    if (seen.has(role))
      throw brokenFile(name, { line: header.line, column: c + 1, field: names[c] }, 'a second column of this quantity');
    seen.add(role);
    if (time !== undefined) {
      const [min, max] = { year: [1900, 2100], month: [1, 12], day: [1, 31], hour: [0, 23], minute: [0, 59] }[time];
      columns[c] = { kind: time === 'minute' ? 'decimal-minute' : time, field: names[c], min, max };
    } else columns[c] = valueColumn(quantity, names[c], text('pressure units'));
  }
  for (const role of ['year', 'month', 'day', 'hour'])
    if (!seen.has(role)) throw brokenFile(name, { line: header.line, field: role }, 'the column is absent');

  // A row of units under the names starts with something that is no number.
  let start = header.next;
  let firstLine = header.line + 1;
  const under = lines[at + 1];
  if (under !== undefined) {
    const cells = splitCells(under.text);
    if (cells.length > 1 && cells.every((cell) => cell === '' || !/^[+-]?[\d.]/.test(cell))) {
      start = under.next;
      firstLine++;
    }
  }
  const rows = scanRows(bytes, start, firstLine, columns, { name, minCells: names.length });
  const hasMinutes = seen.has('minute');
  return {
    format: 'sam-csv',
    name,
    station: [text('city', 'location', 'station', 'location id', 'station id'), text('state'), text('country')]
      .filter((part) => part !== '' && part !== '-')
      .join(', '),
    latitudeDeg: metaNumber('latitude', ['latitude', 'lat'], LATITUDE_RANGE),
    longitudeDeg: metaNumber('longitude', ['longitude', 'lon', 'long', 'lng'], LONGITUDE_RANGE),
    elevationM: metaNumber('elevation', ['elevation', 'elev', 'el', 'site elevation'], ELEVATION_RANGE),
    utcOffsetH: metaNumber('time zone', ['time zone', 'timezone', 'tz'], UTC_OFFSET_RANGE),
    ...rows,
    stamp: hasMinutes ? 'instant' : 'start',
    sunOffsetMinutes: rows.partOfMinute ?? 0,
    notes: hasMinutes ? [] : ['The file has no minutes: the sun is taken at half past each hour.'],
  };
}

function valueColumn(quantity: WeatherQuantity, field: string, pressureUnit: string): ValueColumn {
  if (quantity === 'pressurePa') {
    const unit = (/[([](.*?)[)\]]/.exec(field)?.[1] ?? pressureUnit).toLowerCase().trim();
    return quantityColumn(quantity, field, { factor: PRESSURE_FACTORS[unit] ?? 100, missing: [-9999, -999, -99] });
  }
  return quantityColumn(quantity, field, {
    missing: quantity === 'tempAirC' || quantity === 'dewPointC' ? [-9999, -999] : [-9999, -999, -99],
  });
}
