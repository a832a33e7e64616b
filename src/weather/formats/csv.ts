/**
 * Any table of text whose columns the request names: times in one column, in a date and a time, or in parts; irradiance,
 * temperature, wind and others in any unit; any separator and decimal sign. Nothing that shifts or scales the year is guessed:
 * the clock, the meaning of the time stamps and the place come from the request or the file, or the file is refused.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import { snakeName } from '../../lib/case.ts';
import { quoted } from '../broken.ts';
import type { RawRecords } from '../raw-records.ts';
import type { ValueColumn } from '../value-column.ts';
import type { WeatherQuantity } from '../series.ts';
import { OPTIONAL_QUANTITIES, REQUIRED_QUANTITIES, SURFACE_QUANTITIES } from '../series.ts';
import type { TableGuess, TableSketch } from '../sketch.ts';
import { guessColumns, sketchTable, timeFormatsOf } from '../sketch.ts';
import type { DecimalSign, SeparatorName } from '../table.ts';
import { cellsOf, linesOf, readTable, SEPARATORS } from '../table.ts';
import type { TableTime, TimeReader } from '../table-time.ts';
import { onClock, timeReader } from '../table-time.ts';
import { columnIn, unitsOf } from '../units.ts';

/** What a request says about a table. */
export interface CsvOptions {
  /** Names of the file's columns by ours: a quantity, or `time`, `date`, `year`, `month`, `day`, `hour`, `minute` */
  readonly columns?: Readonly<Record<string, string>>;
  /** Units by our names, where the file states none or wrong ones */
  readonly columnUnits?: Readonly<Record<string, string>>;
  readonly separator?: SeparatorName;
  readonly decimal?: DecimalSign;
  readonly timeFormat?: string;
  /** Clock of the file, ahead of UTC [h] */
  readonly utcOffsetH?: number;
  /** Whether a time is the start, the centre or the end of its record */
  readonly timeLabel?: 'start' | 'centre' | 'end';
  /** Plane of the column poa_w_m2 [deg], and the reflectance of the ground before it [1] */
  readonly poaTiltDeg?: number;
  readonly poaAzimuthDeg?: number;
  readonly poaAlbedo?: number;
  readonly latitudeDeg?: number;
  readonly longitudeDeg?: number;
  readonly elevationM?: number;
  /** Where the table is, unless the request says it above */
  readonly site?: { readonly latitudeDeg: number; readonly longitudeDeg: number; readonly elevationM?: number };
}

/** Names of what a request says about a table, as in the query */
export const statedOf = ({ site: _, ...stated }: CsvOptions): string[] =>
  Object.entries(stated).flatMap(([name, value]) => (value === undefined ? [] : [snakeName(name)]));

const QUANTITIES = ['poaWm2', ...REQUIRED_QUANTITIES, ...OPTIONAL_QUANTITIES, ...SURFACE_QUANTITIES] as const;
const PARTS = ['year', 'month', 'day', 'hour', 'minute'] as const;
/** Units of columns whose unit neither the file nor the request states */
const OUR_UNITS: Readonly<Record<WeatherQuantity, string>> = {
  ghiWm2: 'W/m2',
  dniWm2: 'W/m2',
  dhiWm2: 'W/m2',
  poaWm2: 'W/m2',
  tempAirC: 'degC',
  windSpeedMPerS: 'm/s',
  pressurePa: 'Pa',
  albedo: '1',
  dewPointC: 'degC',
  windDirectionDeg: 'deg',
  snowDepthCm: 'cm',
  rainMm: 'mm',
};
/** Names of columns in a proposal */
const MAX_NAMES = 20;
/** Values by which loggers mark a missing one; they count where the quantity cannot have them. */
const MARKS = [-9999, -999, -99, -99.9, 999, 9999, 99999, 999999];

const isPossible = (column: ValueColumn, mark: number): boolean => {
  const value = (mark * (column.factor ?? 1)) / (column.divisor ?? 1) + (column.offset ?? 0);
  return value >= (column.clipFrom ?? column.min) && value <= column.max;
};

/** Returns a query that reads the file, as far as the file shows it; undefined if it is no table. */
export function proposalFor(bytes: Uint8Array): string | undefined {
  const sketch = sketchTable(linesOf(bytes));
  if (sketch === undefined) return undefined;
  const guess = guessColumns(sketch);
  if (Object.keys(guess.columns).some((name) => /^(ghi|dni|dhi|poa)_w_m2$/.test(name))) return queryOf(guess);
  const taken = new Set(Object.values(guess.columns));
  const others = sketch.names.filter((name) => !taken.has(name)).slice(0, MAX_NAMES);
  return queryOf({ ...guess, columns: { ...guess.columns, ghi_w_m2: `(one of ${others.join(', ')})` } });
}

/** Returns a guess as a query, with marks where the file does not show what is needed. */
function queryOf({ columns, separator, decimal, timeFormats }: TableGuess): string {
  const isOffsetKnown = timeFormats[0]?.endsWith('Z') ?? false;
  const format = timeFormats.length > 1 ? timeFormats.join(' or ') : timeFormats[0];
  return [
    'format=csv',
    `columns=${JSON.stringify(columns)}`,
    `separator=${separator}`,
    `decimal=${decimal}`,
    ...(columns.year === undefined ? [`time_format=${format ?? '(such as DD/MM/YYYY HH:mm)'}`] : []),
    ...(isOffsetKnown ? [] : ['utc_offset_h=(hours ahead of UTC)']),
    'time_label=(start, centre or end)',
    ...(columns.poa_w_m2 === undefined ? [] : ['poa_tilt_deg=(tilt of the plane)', 'poa_azimuth_deg=(its azimuth)']),
  ].join('&');
}

/** Reads a table as the request says. @throws AppError `weather.malformed`, `weather.unrecognised_format` */
export function readCsv(bytes: Uint8Array, name: string, options: CsvOptions): RawRecords {
  const lines = linesOf(bytes);
  const sketch = sketchTable(lines, options);
  if (sketch === undefined)
    throw new AppError(
      'weather.unrecognised_format',
      `${name}: no three lines in a row are a table of numbers between ${options.separator ?? Object.keys(SEPARATORS).join(', ')}`,
      {
        fix: 'Send a text file with one row for each time step, and name its separator.',
        details: { reason: 'no table' },
      },
    );
  const guess = guessColumns(sketch);
  /** Refuses what the request must say, with what it could say. */
  const ask = (field: string, reason: string): AppError =>
    new AppError('weather.malformed', `${name}: ${field}: ${reason}`, {
      details: { field, reason },
      fix: `Send the file again with the query ${queryOf(guess)}`,
    });
  const columns = options.columns ?? namedAsOurs(sketch);
  const indexOf = (ours: string): number | undefined => {
    const theirs = columns[ours];
    if (theirs === undefined) return undefined;
    const at = sketch.names.indexOf(theirs.trim());
    if (at < 0)
      throw ask('columns', `${ours} is ${quoted(theirs)}; the file has the columns ${sketch.names.join(', ')}`);
    return at;
  };
  const known = new Set<string>(['time', 'date', ...PARTS, ...QUANTITIES.map(snakeName)]);
  for (const ours of [...Object.keys(columns), ...Object.keys(options.columnUnits ?? {})])
    if (!known.has(ours))
      throw ask('columns', `${quoted(ours)} is no name of a column; expected ${[...known].join(', ')}`);

  const time = timeOf(sketch, options, indexOf, ask);
  const step = stepOf(sketch, time.read);
  const read: (ValueColumn | undefined)[] = sketch.names.map(() => undefined);
  for (const quantity of QUANTITIES) {
    const ours = snakeName(quantity);
    const at = indexOf(ours);
    if (at === undefined) continue;
    if (read[at] !== undefined) throw ask('columns', `${quoted(sketch.names[at])} is named twice`);
    const unit = options.columnUnits?.[ours] ?? (sketch.units[at] || OUR_UNITS[quantity]);
    const column = columnIn(quantity, sketch.names[at], unit, step);
    if (column === undefined)
      throw ask('column_units', `the unit of ${ours} is ${quoted(unit)}; expected one of ${unitsOf(quantity)}`);
    read[at] = { ...column, missing: MARKS.filter((mark) => !isPossible(column, mark)) };
  }
  const { timeLabel } = options;
  if (timeLabel === undefined)
    throw ask(
      'time_label',
      'the request does not say whether a time is the start, the centre or the end of its record',
    );
  const { site } = options;
  const place = (field: string, stated: number | undefined, ofSite: number | undefined): number => {
    const value = stated ?? ofSite;
    if (value === undefined) throw ask(field, `the request does not give the ${field}, nor a site that has it`);
    return value;
  };
  return {
    format: 'csv',
    name,
    latitudeDeg: place('latitude_deg', options.latitudeDeg, site?.latitudeDeg),
    longitudeDeg: place('longitude_deg', options.longitudeDeg, site?.longitudeDeg),
    elevationM: place('elevation_m', options.elevationM, site?.elevationM),
    utcOffsetH: time.utcOffsetH,
    ...readTable(lines, sketch.first, read, {
      name,
      separator: sketch.separator,
      decimal: sketch.decimal,
      minCells: Math.max(...read.flatMap((column, at) => (column ? [at + 1] : [])), time.cell + 1),
      timeOf: time.read,
      timeText: time.text,
      timeCell: time.cell,
    }),
    stamp: timeLabel === 'centre' ? 'instant' : timeLabel,
    ...planeOf(options, columns, ask),
    notes: [],
  };
}

type Ask = (field: string, reason: string) => AppError;

/** Reflectance of the ground before a measured plane [1]: the default of pvlib's gti_dirint */
const PLANE_ALBEDO = 0.25;

/** Returns the plane of a column poa_w_m2; nothing without one. */
function planeOf(
  { poaTiltDeg: tiltDeg, poaAzimuthDeg: azimuthDeg, poaAlbedo: albedo = PLANE_ALBEDO }: CsvOptions,
  columns: Readonly<Record<string, string>>,
  ask: Ask,
): Pick<RawRecords, 'plane'> {
  if (columns.poa_w_m2 === undefined) {
    if (tiltDeg !== undefined || azimuthDeg !== undefined)
      throw ask('columns', 'they have no poa_w_m2, which poa_tilt_deg and poa_azimuth_deg are for');
    return {};
  }
  const horizontal = ['ghi_w_m2', 'dni_w_m2', 'dhi_w_m2'].find((name) => columns[name] !== undefined);
  if (horizontal !== undefined)
    throw ask('columns', `they have ${horizontal} and poa_w_m2; expected irradiance on a plane only without others`);
  if (tiltDeg === undefined) throw ask('poa_tilt_deg', 'the request does not say how the plane of poa_w_m2 is tilted');
  if (azimuthDeg === undefined)
    throw ask('poa_azimuth_deg', 'the request does not say where the plane of poa_w_m2 faces');
  return { plane: { tiltDeg, azimuthDeg, albedo } };
}

/** The columns of a file that has our names. */
const namedAsOurs = ({ names }: TableSketch): Record<string, string> =>
  Object.fromEntries(
    ['time', ...QUANTITIES.map((quantity) => snakeName(quantity))].flatMap((ours) =>
      names.includes(ours) ? [[ours, ours]] : [],
    ),
  );

interface TimeColumns {
  readonly read: (cells: readonly string[]) => TableTime | undefined;
  readonly utcOffsetH: number;
  /** Cell that messages name (0-based) */
  readonly cell: number;
  /** What a time looks like, for messages */
  readonly text: string;
}

/** Finds out how the time of a row is read, and on which clock. */
function timeOf(
  sketch: TableSketch,
  { timeFormat, utcOffsetH }: CsvOptions,
  indexOf: (ours: string) => number | undefined,
  ask: Ask,
): TimeColumns {
  const askOffset = (): AppError =>
    ask('utc_offset_h', "the request does not say how far the file's clock is ahead of UTC");
  const [time, date] = [indexOf('time'), indexOf('date')];
  if (time === undefined) {
    const parts = PARTS.map(indexOf);
    const [year, month, day, hour, minute] = parts;
    if (year === undefined || month === undefined || day === undefined || hour === undefined)
      throw ask('columns', 'they have neither time, nor date and time, nor year, month, day and hour');
    if (utcOffsetH === undefined) throw askOffset();
    const read = timeReader('YYYY-MM-DD HH:mm');
    const two = (cell: string | undefined): string => (cell ?? '').padStart(2, '0');
    return {
      read: (cells) =>
        read?.(
          `${cells[year]}-${cells[month]}-${cells[day]} ${cells[hour]}:${minute === undefined ? '00' : two(cells[minute])}`,
        ),
      utcOffsetH,
      cell: hour,
      text: 'a year, a month, a day and an hour',
    };
  }
  const at = date === undefined ? [time] : [date, time];
  const formats = timeFormat === undefined ? timeFormatsOf(sketch, at) : [timeFormat];
  if (formats.length !== 1)
    throw ask(
      'time_format',
      formats.length === 0
        ? `the format of times such as ${quoted(at.map((cell) => cellsOf(sketch.lines[sketch.first], sketch.separator)[cell]).join(' '))} is not known here`
        : `the times can be read as ${formats.join(' or ')}`,
    );
  const [format] = formats;
  const reader: TimeReader | undefined = timeReader(format);
  if (reader === undefined)
    throw ask('time_format', `value is ${quoted(format)}; expected YYYY, MM and DD in it, each once`);
  const isOffsetInCells = format.includes('Z');
  if (!isOffsetInCells && utcOffsetH === undefined) throw askOffset();
  const clock = utcOffsetH ?? 0;
  return {
    read: (cells) => {
      const written = reader(at.map((cell) => cells[cell] ?? '').join(' '));
      return written && onClock(written, clock * 60);
    },
    utcOffsetH: clock,
    cell: time,
    text: format,
  };
}

/** Returns the minutes between the first two rows, which energies need; 60 if they do not show it. */
function stepOf({ lines, first, separator }: TableSketch, read: TimeColumns['read']): number {
  const [one, two] = [first, first + 1].map((at) => read(cellsOf(lines[at], separator)));
  const step = one && two ? (two.minute - one.minute + 1440) % 1440 : 0;
  return step > 0 && step <= 60 ? step : 60;
}
