/**
 * Solargis time series and typical years, csv: comments that start with #, a line of names, records with date and time between semicolons.
 * The comments give place, clock, step and the unit of each column. A stamp is the centre of its interval, or its end where the stamps
 * are multiples of the step. A typical year has the day of a year without 29 February (`Day;Time;...`), and a comment may have the year
 * of each month, `#TMY created from selected years: 1:2006 2:2003 ...`.
 * @see Solargis, "Time series and TMY data: data format" (solargis.com/docs/product-guides); for typical years the tests of
 * github.com/CST-Modelling-Tools/clear-day-analysis
 */
import { brokenFile, quoted } from '../broken.ts';
import type { RawRecords } from '../raw-records.ts';
import type { ValueColumn } from '../value-column.ts';
import { ELEVATION_RANGE, headerNumber, LATITUDE_RANGE, LONGITUDE_RANGE, UTC_OFFSET_RANGE } from '../header.ts';
import type { WeatherQuantity } from '../series.ts';
import { cellsOf, linesOf, readTable } from '../table.ts';
import { timeReader } from '../table-time.ts';
import { columnIn, unitsOf } from '../units.ts';

const QUANTITIES: Readonly<Record<string, WeatherQuantity>> = {
  GHI: 'ghiWm2',
  DNI: 'dniWm2',
  DIF: 'dhiWm2',
  TEMP: 'tempAirC',
  WS: 'windSpeedMPerS',
  WD: 'windDirectionDeg',
  AP: 'pressurePa',
  TD: 'dewPointC',
  ALB: 'albedo',
};
const NAMES = /^(Date|Day);Time;/;
/** Year of the months of a typical year that does not state them; it has no 29 February. */
const UNSTATED_YEAR = 2001;
const TIME = 'DD.MM.YYYY HH:mm';

export const isSolargis = (lines: readonly string[]): boolean =>
  lines.some((line) => /^#File type:\s*Solargis/i.test(line));

/** Reads a time series or a typical year of Solargis. @throws AppError `weather.malformed` with line, column, field and reason */
export function readSolargis(bytes: Uint8Array, name: string): RawRecords {
  const lines = linesOf(bytes);
  const at = lines.findIndex((line) => NAMES.test(line));
  if (at < 0) throw brokenFile(name, {}, 'no line starts with "Date;Time;" or "Day;Time;", the names of the columns');
  const find = (pattern: RegExp): { line: number; parts: RegExpExecArray } | undefined => {
    const i = lines.slice(0, at).findIndex((line) => pattern.test(line));
    const parts = i < 0 ? null : pattern.exec(lines[i]);
    return parts === null ? undefined : { line: i + 1, parts };
  };
  const number = (field: string, pattern: RegExp, range: readonly [number, number]): number => {
    const match = find(pattern);
    if (match === undefined) throw brokenFile(name, { field }, 'the header does not give it');
    return headerNumber(name, match.line, undefined, field, match.parts[1], range);
  };
  const clock = find(/^#Time - .*time reference (UTC(?:\s*([+-]\d+)(?::?(\d\d))?)?)/i);
  if (clock === undefined)
    throw brokenFile(name, { field: 'Time' }, 'the header does not give the time reference (UTC, UTC+1, ...)');
  const [, , hours = '0', minutes = '0'] = clock.parts;
  const ahead = Number(hours) + (hours.startsWith('-') ? -1 : 1) * (Number(minutes) / 60);
  const step = number('time step', /^#Time - .*time step (\d+) min/i, [1, 60]);
  const fields = cellsOf(lines[at], 'semicolon');
  const columns = fields.map((field): ValueColumn | undefined => {
    const quantity = QUANTITIES[field];
    if (quantity === undefined) return undefined;
    const unit = find(new RegExp(`^#${field} - .*\\[(.*)\\]`));
    const column =
      unit &&
      columnIn(
        quantity,
        field,
        unit.parts[1].replaceAll('_', ''),
        step,
        quantity.endsWith('Wm2') ? [-9, -99, -999] : [-99, -999],
      );
    if (column === undefined)
      throw brokenFile(
        name,
        { field },
        `the unit is ${quoted(unit?.parts[1] ?? '')} in the header; expected one of ${unitsOf(quantity)}`,
      );
    return column;
  });
  const isTypical = fields[0] === 'Day';
  const years = new Map(
    [...(find(/^#TMY created from selected years:(.*)$/i)?.parts[1] ?? '').matchAll(/(\d{1,2}):(\d{4})/g)].map(
      ([, month, year]) => [Number(month), Number(year)],
    ),
  );
  const hasYears = years.size === 12;
  const read = timeReader(TIME);
  const dateOf = (day: string): string => {
    if (!/^\d{1,3}$/.test(day) || Number(day) < 1 || Number(day) > 365) return '';
    const date = new Date(Date.UTC(UNSTATED_YEAR, 0, Number(day)));
    const month = date.getUTCMonth() + 1;
    return `${date.getUTCDate()}.${month}.${(hasYears ? years.get(month) : undefined) ?? UNSTATED_YEAR}`;
  };
  const table = readTable(lines, at + 1, columns, {
    name,
    separator: 'semicolon',
    decimal: 'point',
    minCells: fields.length,
    timeOf: ([date, time]) => read?.(`${isTypical ? dateOf(date) : date} ${time}`),
    timeText: isTypical ? 'day 1 to 365, HH:mm' : TIME,
    timeCell: isTypical ? 0 : 1,
  });
  return {
    format: 'solargis',
    name,
    ...(find(/^#Site name:\s*(.*)$/)?.parts[1] === undefined
      ? {}
      : { station: find(/^#Site name:\s*(.*)$/)?.parts[1] }),
    latitudeDeg: number('Latitude', /^#Latitude:\s*(\S+)/, LATITUDE_RANGE),
    longitudeDeg: number('Longitude', /^#Longitude:\s*(\S+)/, LONGITUDE_RANGE),
    elevationM: number('Elevation', /^#Elevation:\s*(\S+)/, ELEVATION_RANGE),
    utcOffsetH: headerNumber(name, clock.line, undefined, 'time reference', String(ahead), UTC_OFFSET_RANGE),
    ...table,
    ...(table.count > 0 && table.minute[0] % step === 0
      ? { stamp: 'end' as const }
      : { stamp: 'instant' as const, sunOffsetMinutes: step / 2 - Math.floor(step / 2) }),
    notes:
      isTypical && !hasYears
        ? [`The file does not state the years of its months; the sun stands as in ${UNSTATED_YEAR}.`]
        : [],
  };
}
