/** Reads the times of loggers and providers: ISO 8601, day or month first, AM and PM, compact digits, or a stated format. */
import { MONTHS, TIME_PARTS } from '../../lib/time-format.ts';
import { windError } from '../check.ts';

/** Order of day, month and year in a date */
type DateOrder = 'ymd' | 'dmy' | 'mdy';
/** A time as it is written, without a day and an order that are certain */
interface Written {
  /** Three parts of the date in the order of the file; a name of a month is its number */
  readonly parts: readonly [number, number, number];
  /** null: day or month comes first */
  readonly order: DateOrder | null;
  readonly msOfDay: number;
  /** null: the file states no offset */
  readonly offsetMs: number | null;
}

const DATE = String.raw`(\d{1,4})[-/. ](\d{1,2}|[a-z]{3,9})[-/. ](\d{1,4})`;
const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?`;
const ZONE = String.raw`\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?`;
const SEPARATED = new RegExp(`^${DATE}(?:[T ,_]+${CLOCK})?${ZONE}$`, 'i');
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T :_-]?(\d{2}):?(\d{2})(?::?(\d{2}))?)?(z)?$/i;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;

const monthOf = (word: string): number =>
  /\d/.test(word) ? Number(word) : MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;

function offsetOf(zone: string | undefined): number | null {
  if (!zone) return null;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function clockOf(hours: string | undefined, minutes: string, seconds: string | undefined, half: string | undefined) {
  if (hours === undefined) return 0;
  let hour = Number(hours);
  if (half) hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return ((hour * 60 + Number(minutes)) * 60 + Number(seconds ?? 0)) * 1000;
}

function written(cell: string): Written | null {
  const separated = SEPARATED.exec(cell);
  if (separated) {
    const [, first, middle, last, hours, minutes, seconds, half, zone] = separated;
    const isNamed = !/\d/.test(middle);
    const order = first.length === 4 ? 'ymd' : isNamed ? 'dmy' : null;
    if (first.length !== 4 && last.length !== 4 && last.length !== 2) return null;
    return {
      parts: [Number(first), monthOf(middle), Number(last)],
      order,
      msOfDay: clockOf(hours, minutes, seconds, half),
      offsetMs: offsetOf(zone),
    };
  }
  const compact = COMPACT.exec(cell);
  if (!compact) return null;
  const [, year, month, day, hours, minutes, seconds, zone] = compact;
  return {
    parts: [Number(year), Number(month), Number(day)],
    order: 'ymd',
    msOfDay: clockOf(hours, minutes, seconds, undefined),
    offsetMs: offsetOf(zone),
  };
}

/** Returns the instant [ms]; NaN for a day that does not exist. */
function instantOf({ parts, msOfDay, offsetMs }: Written, order: DateOrder, localOffsetMs: number): number {
  const [a, b, c] = parts;
  let [year, month, day] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
  if (year < 100) year += 2000;
  const midnight = Date.UTC(year, month - 1, day);
  const isReal =
    year >= FIRST_YEAR &&
    year <= LAST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    new Date(midnight).getUTCDate() === day &&
    msOfDay <= 86_400_000;
  return isReal ? midnight + msOfDay - (offsetMs ?? localOffsetMs) : Number.NaN;
}

/** Tells whether a cell is a date, with or without a time of the day. */
export const isTimeCell = (cell: string): boolean => SEPARATED.test(cell);
/** Tells whether a cell is a time of a day without its date. */
export const isClockCell = (cell: string): boolean => new RegExp(`^${CLOCK}$`, 'i').test(cell);
/** Tells whether a cell of digits is a date of a plausible year. */
export const isCompactTimeCell = (cell: string): boolean => {
  const time = COMPACT.test(cell) ? written(cell) : null;
  return time !== null && Number.isFinite(instantOf(time, 'ymd', 0));
};

/** Parts of a time format */
const TOKENS: Readonly<Record<string, string>> = {
  ...TIME_PARTS,
  ss: String.raw`(?<second>\d{2})(?:[.,]\d+)?`,
  Z: String.raw`(?<zone>[Zz]|[+-]\d{2}:?\d{2})`,
};

/** Returns a reader of cells of a stated format. @throws AppError for a format without year, month and day */
function formatted(format: string, localOffsetMs: number): (cell: string) => number {
  const names = new Set<string>();
  const pattern = format.replace(/YYYY|YY|MMM|MM|DD|HH|hh|mm|ss|A|Z|[^A-Za-z]|[A-Za-z]/g, (token) => {
    const part = TOKENS[token];
    if (part === undefined) return token.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
    const name = /<(\w+)>/.exec(part)![1];
    if (names.has(name))
      throw windError(`time_format '${format}' names the ${name} twice; expected it once`, '/query/time_format');
    names.add(name);
    return part;
  });
  if (!['year', 'month', 'day'].every((name) => names.has(name)))
    throw windError(
      `time_format is '${format}'; expected YYYY, MM and DD in it, such as DD/MM/YYYY HH:mm`,
      '/query/time_format',
    );
  const regex = new RegExp(`^${pattern}$`);
  return (cell) => {
    const parts = regex.exec(cell)?.groups;
    if (!parts) return Number.NaN;
    return instantOf(
      {
        parts: [Number(parts.year), monthOf(parts.month), Number(parts.day)],
        order: 'ymd',
        msOfDay: clockOf(parts.hour, parts.minute ?? '0', parts.second, parts.half),
        offsetMs: offsetOf(parts.zone),
      },
      'ymd',
      localOffsetMs,
    );
  };
}

export interface TimeOptions {
  /** As in `DD/MM/YYYY HH:mm`; if absent, the format follows from the cells */
  readonly format?: string;
  /** Offset of times that state none [ms] */
  readonly localOffsetMs: number;
}

/**
 * Reads the times of all records.
 * @param cells of the time column  @param lineOf line of a record in the file, from 1
 * @throws AppError that names the line, or the two readings of a date whose order the file does not show
 */
export function readTimes(
  cells: readonly string[],
  lineOf: (record: number) => number,
  { format, localOffsetMs }: TimeOptions,
): Float64Array {
  if (format !== undefined) {
    const read = formatted(format, localOffsetMs);
    return Float64Array.from(cells, (cell, i) => {
      const instant = read(cell);
      if (!Number.isFinite(instant))
        throw windError(
          `line ${lineOf(i)}: time is '${cell.slice(0, 40)}'; expected it as ${format}`,
          '/query/time_format',
        );
      return instant;
    });
  }
  const times = cells.map((cell, i) => {
    const time = written(cell);
    if (!time) throw notATime(lineOf(i), cell);
    return time;
  });
  const order = orderOf(times);
  return Float64Array.from(times, (time, i) => {
    const instant = instantOf(time, time.order ?? order, localOffsetMs);
    if (!Number.isFinite(instant)) throw notATime(lineOf(i), cells[i]);
    return instant;
  });
}

const notATime = (line: number, cell: string) =>
  windError(`line ${line}: time is '${cell.slice(0, 40)}'; expected as 2025-01-31T23:00:00Z`, '/file');

/** Least share of the records of its period that a series has in the right order of day and month */
const FULL = 0.9;
/** Largest share of them in the wrong order, where each day is in another month */
const SPARSE = 0.5;

/** Returns the order of day and month. @throws AppError if the dates can be read both ways */
function orderOf(times: readonly Written[]): DateOrder {
  const open = times.filter(({ order }) => order === null);
  if (open.length === 0) return 'ymd';
  if (open.some(({ parts }) => parts[0] > 12)) return 'dmy';
  if (open.some(({ parts }) => parts[1] > 12)) return 'mdy';
  const [dmy, mdy] = (['dmy', 'mdy'] as const).map((order) =>
    completeness(open.map((time) => instantOf(time, order, 0))),
  );
  if (dmy >= FULL && mdy <= SPARSE) return 'dmy';
  if (mdy >= FULL && dmy <= SPARSE) return 'mdy';
  throw windError(
    'the dates can be read with the day first or the month first; expected time_format, such as DD/MM/YYYY HH:mm or MM/DD/YYYY HH:mm',
    '/query/time_format',
  );
}

/** Returns the records as a share of those that the period would have at the shortest step; 0 unless the times rise. */
function completeness(instants: readonly number[]): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < instants.length; i++) {
    const step = instants[i] - instants[i - 1];
    if (!(step > 0)) return 0;
    shortest = Math.min(shortest, step);
  }
  return ((instants.length - 1) * shortest) / (instants[instants.length - 1] - instants[0]);
}
