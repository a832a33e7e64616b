/** Times of a table's rows, as a stated format has them: `YYYY-MM-DD HH:mm`, `DD/MM/YYYY hh:mm A`, `YYYY-MM-DDTHH:mm:ssZ`. */
import { MONTHS, TIME_PARTS } from '../lib/time-format.ts';
import { dateProblem } from './date-problem.ts';

/** Parts of a time format */
const TOKENS: Readonly<Record<string, string>> = {
  ...TIME_PARTS,
  ss: '00(?:[.,]0+)?',
  Z: String.raw`\s*(?<zone>[Zz]|UTC|GMT|[+-]\d{2}:?\d{2})`,
};
const TOKEN = /YYYY|YY|MMM|MM|DD|HH|hh|mm|ss|A|Z|./g;
/** Compact digits, such as YYYYMMDDHHmm, need parts of a fixed width. */
const FIXED = /[DHMmh]{2}(?=(YYYY|YY|MM|DD|HH|hh|mm|ss))|(?<=(YYYY|YY|MM|DD|HH|hh|mm|ss))[DHMmh]{2}/;

/** Formats that are tried where none is stated, in this order */
const KNOWN_FORMATS = [
  'YYYY-MM-DDTHH:mm:ssZ',
  'YYYY-MM-DDTHH:mmZ',
  'YYYY-MM-DDTHH:mm:ss',
  'YYYY-MM-DDTHH:mm',
  'YYYY-MM-DD HH:mm:ssZ',
  'YYYY-MM-DD HH:mmZ',
  'YYYY-MM-DD HH:mm:ss',
  'YYYY-MM-DD HH:mm',
  'YYYY/MM/DD HH:mm:ss',
  'YYYY/MM/DD HH:mm',
  'DD.MM.YYYY HH:mm:ss',
  'DD.MM.YYYY HH:mm',
  'DD/MM/YYYY HH:mm:ss',
  'DD/MM/YYYY HH:mm',
  'MM/DD/YYYY HH:mm:ss',
  'MM/DD/YYYY HH:mm',
  'DD/MM/YYYY hh:mm:ss A',
  'DD/MM/YYYY hh:mm A',
  'MM/DD/YYYY hh:mm:ss A',
  'MM/DD/YYYY hh:mm A',
  'DD-MM-YYYY HH:mm:ss',
  'DD-MM-YYYY HH:mm',
  'DD/MM/YY HH:mm',
  'MM/DD/YY HH:mm',
  'DD-MMM-YYYY HH:mm',
  'YYYYMMDD HH:mm',
  'YYYYMMDDHHmm',
  'YYYYMMDD:HHmm',
  'YYYYMMDDHH',
];

/** A time as the file's clock shows it; 24:00 is minute 1440 of its date. */
export interface TableTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly minute: number;
  /** Minutes ahead of UTC, where the time states it */
  readonly offsetMinutes?: number;
}

export type TimeReader = (text: string) => TableTime | undefined;

/** Returns the reader of a format; undefined if the format lacks year, month or day, or names a part twice. */
export function timeReader(format: string): TimeReader | undefined {
  const names = new Set<string>();
  const isFixed = FIXED.test(format);
  let isSound = true;
  const pattern = format.replace(TOKEN, (token) => {
    const part = TOKENS[token];
    if (part === undefined) return token === ' ' ? String.raw`\s+` : token.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    const name = /<(\w+)>/.exec(part)?.[1];
    if (name !== undefined && names.has(name)) isSound = false;
    if (name !== undefined) names.add(name);
    return isFixed ? part.replace('{1,2}', '{2}') : part;
  });
  if (!isSound || !['year', 'month', 'day'].every((name) => names.has(name))) return undefined;
  const regex = new RegExp(`^${pattern}$`);
  return (text) => {
    const parts = regex.exec(text)?.groups;
    return parts && timeOf(parts);
  };
}

function timeOf(parts: Readonly<Record<string, string | undefined>>): TableTime | undefined {
  const written = Number(parts.year);
  // Two digits are years of 1970 to 2069.
  const year = parts.year?.length === 2 ? written + (written < 70 ? 2000 : 1900) : written;
  const word = parts.month ?? '';
  const month = /\d/.test(word) ? Number(word) : MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
  const day = Number(parts.day);
  let hour = Number(parts.hour ?? '0');
  const minute = Number(parts.minute ?? '0');
  if (parts.half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (/p/i.test(parts.half) ? 12 : 0);
  }
  if (minute > 59 || hour * 60 + minute > 1440 || dateProblem(year, month, day) !== undefined) return undefined;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(parts.zone ?? '') ?? [];
  const ahead = Number(hours) * 60 + Number(minutes);
  return {
    year,
    month,
    day,
    minute: hour * 60 + minute,
    ...(parts.zone === undefined ? {} : { offsetMinutes: sign === undefined ? 0 : sign === '-' ? -ahead : ahead }),
  };
}

/** Returns the known formats that read all the times. @param times of the whole series, so that day and month differ */
export const formatsOf = (times: readonly string[]): string[] =>
  times.length === 0
    ? []
    : KNOWN_FORMATS.filter((format) => {
        const read = timeReader(format);
        return read !== undefined && times.every((time) => read(time) !== undefined);
      });

/** Returns a time on a clock that is ahead of UTC by a number of minutes. @param time with its offset */
export function onClock(time: TableTime, offsetMinutes: number): TableTime {
  if (time.offsetMinutes === undefined || time.offsetMinutes === offsetMinutes) return time;
  const moved = new Date(
    Date.UTC(time.year, time.month - 1, time.day) + (time.minute + offsetMinutes - time.offsetMinutes) * 60_000,
  );
  return {
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
    minute: moved.getUTCHours() * 60 + moved.getUTCMinutes(),
  };
}
