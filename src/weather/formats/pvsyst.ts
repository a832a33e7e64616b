/**
 * PVsyst's standard csv of weather: a first line `#TMY hourly data`, `#Meteo hourly data` or `#Weather data hourly data`, lines `#Tag;Value` with
 * place and clock, a line of names, a line of units, records with the parts of the date in columns of their own. The separator is a semicolon or
 * a comma, the decimal sign a point. The clock is that of the header's time zone. Hours 0 to 23 name the start of their hour, as PVsyst's own
 * files do; hours 1 to 24 name its end, as climate.onebuilding.org writes them. Records of an hour may have minute 30, their centre.
 * @see PVsyst help, "PVsyst standard format" and "Weather data note 1" (pvsyst.com/help); the files `.pvsyst` of climate.onebuilding.org
 */
import { brokenFile, quoted } from '../broken.ts';
import { dateProblem } from '../date-problem.ts';
import { ELEVATION_RANGE, headerNumber, LATITUDE_RANGE, LONGITUDE_RANGE, UTC_OFFSET_RANGE } from '../header.ts';
import type { RawRecords } from '../raw-records.ts';
import type { WeatherQuantity } from '../series.ts';
import { cellsOf, linesOf, readTable } from '../table.ts';
import type { TableTime } from '../table-time.ts';
import { columnIn, unitsOf } from '../units.ts';
import type { ValueColumn } from '../value-column.ts';

const QUANTITIES: Readonly<Record<string, WeatherQuantity>> = {
  ghi: 'ghiWm2',
  dhi: 'dhiWm2',
  dni: 'dniWm2',
  tamb: 'tempAirC',
  windvel: 'windSpeedMPerS',
  winddir: 'windDirectionDeg',
};
const DATE = ['year', 'month', 'day', 'hour'] as const;

export const isPvsyst = ([first]: readonly string[]): boolean =>
  /^\ufeff?"?#\s*(TMY|Meteo|Weather data) hourly data/i.test(first);

/** Reads PVsyst's standard csv. @throws AppError `weather.malformed` with line, column, field and reason */
export function readPvsyst(bytes: Uint8Array, name: string): RawRecords {
  const lines = linesOf(bytes);
  const at = lines.findIndex((line) => /^"?year"?\s*[;,]/i.test(line));
  if (at < 0) throw brokenFile(name, {}, 'no line starts with Year, the names of the columns');
  const separator = lines[at].includes(';') ? 'semicolon' : 'comma';
  const tags = new Map<string, { line: number; value: string }>();
  for (const [i, line] of lines.slice(0, at).entries()) {
    const [tag, value] = cellsOf(line, separator);
    if (tag.startsWith('#') && value !== undefined) tags.set(tag.slice(1).trim().toLowerCase(), { line: i + 1, value });
  }
  const number = (tag: string, range: readonly [number, number]): number => {
    const entry = tags.get(tag.toLowerCase());
    if (entry === undefined) throw brokenFile(name, { field: tag }, `the header does not have the line #${tag}`);
    return headerNumber(name, entry.line, 2, tag, entry.value, range);
  };
  const fields = cellsOf(lines[at], separator);
  const names = fields.map((field) => field.toLowerCase());
  const cellOf = (part: string): number => names.indexOf(part);
  for (const part of DATE)
    if (cellOf(part) < 0) throw brokenFile(name, { line: at + 1, field: part }, 'the file does not have this column');
  const units = cellsOf(lines[at + 1] ?? '', separator);
  const columns = names.map((field, i): ValueColumn | undefined => {
    const quantity = QUANTITIES[field];
    if (quantity === undefined) return undefined;
    // The degree sign is often written in another encoding.
    const unit = quantity === 'windDirectionDeg' ? 'deg' : (units[i] ?? '');
    const column = columnIn(quantity, fields[i], unit, 60, [-99, -999]);
    if (column === undefined)
      throw brokenFile(
        name,
        { line: at + 2, column: i + 1, field: fields[i] },
        `the unit is ${quoted(unit)}; expected one of ${unitsOf(quantity)}`,
      );
    return column;
  });
  const hourCell = cellOf('hour');
  const timeOf = (cells: readonly string[]): TableTime | undefined => {
    const [year, month, day, hour, minute] = [...DATE, 'minute'].map((part) => {
      const text = cellOf(part) < 0 ? '0' : cells[cellOf(part)];
      return /^\d+$/.test(text) ? Number(text) : -1;
    });
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59) return undefined;
    return dateProblem(year, month, day) === undefined ? { year, month, day, minute: hour * 60 + minute } : undefined;
  };
  const table = readTable(lines, at + 2, columns, {
    name,
    separator,
    decimal: 'point',
    minCells: fields.length,
    timeOf,
    timeText: 'year, month, day, hour 0 to 24 and minute',
    timeCell: hourCell,
  });
  const isHourly = new Set(table.minute.map((minute) => minute % 60)).size === 1;
  const isEnd = table.minute.some((minute) => minute >= 1440);
  if (isHourly) {
    const centre = table.count > 0 ? table.minute[0] % 60 : 0;
    if (centre !== 0 && centre !== 30)
      throw brokenFile(
        name,
        { line: table.firstLine, field: 'minute' },
        `every record has minute ${centre}; expected 0, or 30 for the centre of the hour`,
      );
    for (let i = 0; i < table.count; i++) table.minute[i] -= centre;
  } else if (isEnd)
    throw brokenFile(
      name,
      { field: 'hour' },
      'the hours are 1 to 24 and have several records each; expected 0 to 23, whose times are the start of their records',
    );
  return {
    format: 'pvsyst',
    name,
    ...(tags.has('site') ? { station: tags.get('site')?.value } : {}),
    latitudeDeg: number('Latitude', LATITUDE_RANGE),
    longitudeDeg: number('Longitude', LONGITUDE_RANGE),
    elevationM: number('Altitude', ELEVATION_RANGE),
    utcOffsetH: number('Time Zone', UTC_OFFSET_RANGE),
    ...table,
    stamp: isEnd ? 'end' : 'start',
    notes: [],
  };
}
