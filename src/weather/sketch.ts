/** What a text file shows of itself as a table: separator, decimal sign, names, units, times, and a guess of its columns. */
import type { DecimalSign, SeparatorName } from './table.ts';
import { cellsOf, numberOf } from './table.ts';
import { formatsOf } from './table-time.ts';
import { isUnit } from './units.ts';

/** Lines in which the first row must be. */
const MAX_HEADER_LINES = 200;
/** Consecutive rows of one width that make a table. */
const SAMPLE_ROWS = 3;
/** Times that show the order of day and month, spread over the file. */
const SAMPLE_TIMES = 500;

export interface TableSketch {
  readonly lines: readonly string[];
  /** Index of the line of the first row */
  readonly first: number;
  readonly separator: SeparatorName;
  readonly decimal: DecimalSign;
  /** Names of the columns; `column 1` and so on in a file without names */
  readonly names: readonly string[];
  /** Unit of each column, from brackets in its name or a line of units; empty where the file states none */
  readonly units: readonly string[];
}

interface SketchOptions {
  readonly separator?: SeparatorName;
  readonly decimal?: DecimalSign;
}

const isValue = (cell: string): boolean =>
  numberOf(cell, 'point') !== undefined || numberOf(cell, 'comma') !== undefined;

/** Tells whether cells are a row: more than one, at least half of them numbers or empty, and one number. */
function isRow(cells: readonly string[]): boolean {
  const values = cells.filter(isValue);
  return cells.length > 1 && values.length * 2 >= cells.length && values.some((cell) => /\d/.test(cell));
}

function findFirst(lines: readonly string[], separator: SeparatorName): number {
  const end = Math.min(lines.length - SAMPLE_ROWS + 1, MAX_HEADER_LINES);
  for (let i = 0; i < end; i++) {
    const widths = new Set<number>();
    let k = 0;
    while (k < SAMPLE_ROWS) {
      const cells = cellsOf(lines[i + k], separator);
      if (lines[i + k].startsWith('#') || !isRow(cells)) break;
      widths.add(cells.length);
      k++;
    }
    if (k === SAMPLE_ROWS && widths.size === 1) return i;
  }
  return -1;
}

/** Returns the decimal sign that the first rows show. */
function decimalOf(lines: readonly string[], first: number, separator: SeparatorName): DecimalSign {
  if (separator === 'comma') return 'point';
  for (const line of lines.slice(first, first + SAMPLE_TIMES)) {
    const cells = cellsOf(line, separator);
    if (cells.some((cell) => /^[+-]?\d*\.\d+$/.test(cell))) return 'point';
    if (cells.some((cell) => /^[+-]?\d*,\d+$/.test(cell))) return 'comma';
  }
  return 'point';
}

/** Returns the unit in brackets at the end of a name; `G(h)` has none. */
const bracket = (name: string): string => {
  const inside = /[([]([^)\]]*)[)\]]\s*$/.exec(name)?.[1].trim() ?? '';
  return /^[hni]$/.test(inside) ? '' : inside;
};

/** Finds the table of a text file; undefined if no three lines in a row look like rows of one. */
export function sketchTable(lines: readonly string[], given: SketchOptions = {}): TableSketch | undefined {
  const separators = given.separator ? [given.separator] : (['tab', 'semicolon', 'comma', 'space'] as const);
  for (const separator of separators) {
    const first = findFirst(lines, separator);
    if (first < 0) continue;
    const width = cellsOf(lines[first], separator).length;
    const above = (distance: number): string[] => {
      const cells = cellsOf((lines[first - distance] ?? '').replace(/^#\s*/, ''), separator);
      return cells.length >= width - 1 && !isRow(cells) ? cells : [];
    };
    const [near, far] = [above(1), above(2)];
    const isUnitLine =
      far.length > 0 && near.filter((cell) => isUnit(cell.replace(/^[([]|[)\]]$/g, ''))).length * 2 >= near.length;
    const names = isUnitLine ? far : near;
    return {
      lines,
      first,
      separator,
      decimal: given.decimal ?? decimalOf(lines, first, separator),
      names: Array.from({ length: width }, (_, i) => names[i] || `column ${i + 1}`),
      units: Array.from({ length: width }, (_, i) =>
        isUnitLine ? (near[i] ?? '').replace(/^[([]|[)\]]$/g, '') : bracket(names[i] ?? ''),
      ),
    };
  }
  return undefined;
}

const listOf = (names: string): ReadonlySet<string> => new Set(names.split(', '));
/** Names of columns in files, in lower case without units and signs. */
const NAMES: Readonly<Record<string, ReadonlySet<string>>> = {
  ghi_w_m2: listOf(
    'ghi, ghi corr, ghi avg, ghi mean, g h, gh, glo, globhor, global, global horizontal, global horizontal irradiance, global horizontal irradiation, global horizontal radiation, global irradiance, global irradiation, global radiation, swd, sw down, shortwave radiation, surface solar radiation downwards, globalstrahlung',
  ),
  dni_w_m2: listOf(
    'dni, dni corr, dni avg, gb n, bn, beam, beamnor, bni, dir, direct n, direct normal, direct normal irradiance, direct normal irradiation, direct normal radiation, direktnormalstrahlung',
  ),
  dhi_w_m2: listOf(
    'dhi, dhi corr, dhi avg, gd h, dh, dif, diff, diffhor, diffuse, diffuse horizontal, diffuse horizontal irradiance, diffuse horizontal irradiation, diffuse irradiance, diffuse irradiation, diffuse radiation, diffus, diffusstrahlung',
  ),
  poa_w_m2: listOf(
    'poa, gti, g poa, gpoa, globinc, gi, plane of array irradiance, irradiance poa, poa irradiance, global tilted irradiance, in plane irradiance',
  ),
  temp_air_c: listOf(
    'temp, temperature, temp air, air temp, air temperature, ambient temp, ambient temperature, tamb, t amb, tdry, t2m, temp 2m, temperature 2m, dry bulb, dry bulb temperature, ta, t air, lufttemperatur',
  ),
  wind_speed_m_s: listOf(
    'wind speed, windspeed, wind speed 10m, ws, ws10m, ws 10m, wspd, windvel, wind velocity, ff, wind, windgeschwindigkeit',
  ),
  wind_direction_deg: listOf(
    'wind direction, winddirection, wind dir, winddir, wind direction 10m, wd, wd10m, wd 10m, wdir, dd, windrichtung',
  ),
  pressure_pa: listOf(
    'pressure, air pressure, surface pressure, atmospheric pressure, station pressure, pressure avg, pres, press, ap, sp, luftdruck',
  ),
  snow_depth_cm: listOf('snow depth, snowdepth, snow, snow on ground, schneehöhe'),
  rain_mm: listOf('rain, rainfall, precipitation, precip, niederschlag, regen'),
  dew_point_c: listOf('dew point, dewpoint, dew point temperature, tdew, dewpt, td'),
  albedo: listOf('albedo, surface albedo, alb'),
};
/** Names of parts of the time */
const TIME_PARTS: Readonly<Record<string, ReadonlySet<string>>> = {
  year: listOf('year, yr, yyyy, jahr'),
  month: listOf('month, mo, mm, monat'),
  day: listOf('day, dy, dd, dom, tag'),
  hour: listOf('hour, hr, hh, stunde'),
  minute: listOf('minute, min, mi'),
};

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[([][^)\]]*[)\]]/g, (inside) => (/^[([](h|n|i)[)\]]$/.test(inside) ? ` ${inside[1]} ` : ' '))
    .replaceAll(/[_\-.,/]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/ (w m2|wm2|degc|c|m s|deg|pa|hpa)$/, '')
    .trim();

/** A map of columns as a request has it. */
export interface TableGuess {
  readonly columns: Readonly<Record<string, string>>;
  readonly separator: SeparatorName;
  readonly decimal: DecimalSign;
  /** Formats that read all times; empty where the time is in parts or was not found */
  readonly timeFormats: readonly string[];
}

/** Returns the lines of rows, spread over the file. */
function sampleRows({ lines, first, separator }: TableSketch): string[][] {
  const rows: string[][] = [];
  const stride = Math.max(1, Math.floor((lines.length - first) / SAMPLE_TIMES));
  for (let i = first; i < lines.length; i += stride)
    if (lines[i].trim() !== '' && !lines[i].startsWith('#')) rows.push(cellsOf(lines[i], separator));
  return rows;
}

/** Returns the formats that read the times of one cell, or of two cells with a blank between. */
export function timeFormatsOf(sketch: TableSketch, cells: readonly number[]): string[] {
  return formatsOf(sampleRows(sketch).map((row) => cells.map((at) => row[at] ?? '').join(' ')));
}

/** Guesses which columns are which, from their names and the times. */
export function guessColumns(sketch: TableSketch): TableGuess {
  const { names, separator, decimal } = sketch;
  const columns: Record<string, string> = {};
  const find = (known: ReadonlySet<string>) => names.find((name) => known.has(plainName(name)));
  let timeFormats: string[] = [];
  for (let at = 0; at < Math.min(names.length, 8) && timeFormats.length === 0; at++) {
    timeFormats = timeFormatsOf(sketch, [at]);
    if (timeFormats.length > 0) columns.time = names[at];
    else {
      timeFormats = timeFormatsOf(sketch, [at, at + 1]);
      if (timeFormats.length > 0) [columns.date, columns.time] = [names[at], names[at + 1]];
    }
  }
  if (columns.time === undefined)
    for (const [part, known] of Object.entries(TIME_PARTS)) {
      const name = find(known);
      if (name !== undefined) columns[part] = name;
    }
  const taken = new Set(Object.values(columns));
  for (const [quantity, known] of Object.entries(NAMES)) {
    const name = names.find((one) => !taken.has(one) && (one === quantity || known.has(plainName(one))));
    if (name === undefined) continue;
    if (quantity === 'poa_w_m2' && Object.keys(columns).some((one) => /^(ghi|dni|dhi)_/.test(one))) continue;
    columns[quantity] = name;
    taken.add(name);
  }
  return { columns, separator, decimal, timeFormats };
}
