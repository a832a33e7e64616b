/**
 * TMY2 (.tm2): fixed-width lines of 142 characters after a line about the station.
 *
 * Hours are 1 to 24 of local standard time and name the end of the hour; the sun's position is that of half an hour before. Tenths
 * of a degree and of m/s, mbar, two-digit years of 1961 to 1990; nines mean missing.
 * @see Marion and Urban 1995, User's Manual for TMY2s, NREL/SP-463-7668, doi:10.2172/87130, tables 3-1 and 3-2
 */
import type { RawRecords } from '../raw-records.ts';
import { brokenFile, quoted } from '../broken.ts';
import type { ScannedRows } from '../scan.ts';
import type { ValueColumn } from '../value-column.ts';
import { admit, OutsideValues, quantityColumn } from '../value-column.ts';
import { dateProblem } from '../date-problem.ts';
import { ELEVATION_RANGE, headerLines, headerNumber, UTC_OFFSET_RANGE } from '../header.ts';

/** Station line: WBAN number, city, state, time zone, latitude and longitude as degrees and minutes, elevation [m]. */
export const TM2_STATION =
  /^\s?(\S{1,5})\s+(\S.*?)\s+([A-Z]{2}|\S{1,3})\s+(-?\d{1,2})\s+([NS])\s*(\d{1,2})\s+(\d{1,2})\s+([EW])\s*(\d{1,3})\s+(\d{1,2})\s+(-?\d{1,4})\s*$/;

/** Value columns with the first character (0-based) and the width of each, from table 3-2. */
const FIELDS: readonly (readonly [number, number, ValueColumn])[] = [
  [17, 4, quantityColumn('ghiWm2', 'global horizontal radiation', { missing: [9999] })],
  [23, 4, quantityColumn('dniWm2', 'direct normal radiation', { missing: [9999] })],
  [29, 4, quantityColumn('dhiWm2', 'diffuse horizontal radiation', { missing: [9999] })],
  [67, 4, quantityColumn('tempAirC', 'dry bulb temperature', { divisor: 10, missing: [9999] })],
  [73, 4, quantityColumn('dewPointC', 'dew point temperature', { divisor: 10, missing: [9999] })],
  [84, 4, quantityColumn('pressurePa', 'atmospheric pressure', { factor: 100, missing: [9999] })],
  [90, 3, quantityColumn('windDirectionDeg', 'wind direction', { missing: [999] })],
  [95, 3, quantityColumn('windSpeedMPerS', 'wind speed', { divisor: 10, missing: [999] })],
];
/** Up to the wind speed's uncertainty flag; what follows (visibility, snow) is not needed. */
const LINE_MIN = 100;
const NEWLINE = 10;
const RETURN = 13;

/** Reads a TMY2 file. @throws AppError `weather.malformed` with line, column (character), field and reason */
export function readTm2(bytes: Uint8Array, name: string): RawRecords {
  const [first] = headerLines(bytes, 1);
  const match = first === undefined ? null : TM2_STATION.exec(first.text);
  if (first === undefined || match === null)
    throw brokenFile(
      name,
      { line: 1 },
      'expected a station line: WBAN, city, state, time zone, latitude, longitude, elevation',
    );
  const [, , city, state, zone, northSouth, latDegrees, latMinutes, eastWest, lonDegrees, lonMinutes, elevation] =
    match;
  const degrees = (whole: string, minutes: string, negative: boolean, field: string, limit: number): number => {
    const value =
      headerNumber(name, 1, undefined, field, whole, [0, limit]) +
      headerNumber(name, 1, undefined, `${field} minutes`, minutes, [0, 59]) / 60;
    if (value > limit) throw brokenFile(name, { line: 1, field }, `value is ${value}; expected at most ${limit}`);
    return negative ? -value : value;
  };
  return {
    format: 'tm2',
    name,
    station: `${city.replaceAll('_', ' ')}, ${state}`,
    utcOffsetH: headerNumber(name, 1, undefined, 'time zone', zone, UTC_OFFSET_RANGE),
    latitudeDeg: degrees(latDegrees, latMinutes, northSouth === 'S', 'latitude', 90),
    longitudeDeg: degrees(lonDegrees, lonMinutes, eastWest === 'W', 'longitude', 180),
    elevationM: headerNumber(name, 1, undefined, 'elevation', elevation, ELEVATION_RANGE),
    ...scanFixedWidth(bytes, first.next, name),
    stamp: 'end',
    notes: [],
  };
}

function scanFixedWidth(bytes: Uint8Array, start: number, name: string): ScannedRows {
  const capacity = Math.ceil((bytes.length - start) / LINE_MIN) + 1;
  const year = new Int32Array(capacity);
  const month = new Uint8Array(capacity);
  const day = new Uint8Array(capacity);
  const minute = new Int32Array(capacity);
  const values: Record<string, Float64Array> = {};
  for (const [, , column] of FIELDS) values[column.key] = new Float64Array(capacity);
  const stores = FIELDS.map(([, , column]) => values[column.key]);
  let position = start;
  let row = 0;
  const outside = new OutsideValues(name);

  /** A whole number of fixed width, after optional blanks; NaN if there are only blanks. */
  const integer = (lineStart: number, at: number, width: number, field: string): number => {
    let value = 0;
    let digits = 0;
    let negative = false;
    for (let i = lineStart + at; i < lineStart + at + width; i++) {
      const b = bytes[i];
      if (b >= 48 && b <= 57) {
        value = value * 10 + (b - 48);
        digits++;
      } else if (b === 45 && digits === 0 && !negative) negative = true;
      else if (b !== 32 || digits > 0 || negative) {
        digits = -1;
        break;
      }
    }
    if (digits < 0 || (digits === 0 && negative)) {
      const text = new TextDecoder('latin1').decode(bytes.subarray(lineStart + at, lineStart + at + width));
      throw brokenFile(name, { line: row + 2, column: at + 1, field }, `${quoted(text)} is not a whole number`);
    }
    if (digits === 0) return Number.NaN;
    return negative ? -value : value;
  };

  while (position < bytes.length) {
    let stop = bytes.indexOf(NEWLINE, position);
    if (stop < 0) stop = bytes.length;
    const next = Math.min(stop + 1, bytes.length);
    if (stop > position && bytes[stop - 1] === RETURN) stop--;
    if (stop - position < LINE_MIN) {
      let blank = position;
      while (blank < bytes.length && (bytes[blank] <= 32 || bytes[blank] === 26)) blank++;
      if (blank === bytes.length) break;
      throw brokenFile(
        name,
        { line: row + 2, column: stop - position + 1 },
        `the line has ${stop - position} characters; expected 142, at least ${LINE_MIN}`,
      );
    }
    const y = integer(position, 1, 2, 'year') + 1900;
    const m = integer(position, 3, 2, 'month');
    const d = integer(position, 5, 2, 'day');
    const hour = integer(position, 7, 2, 'hour');
    const problem = dateProblem(y, m, d) ?? (hour >= 1 && hour <= 24 ? undefined : `hour is ${hour}; expected 1 to 24`);
    if (problem !== undefined) throw brokenFile(name, { line: row + 2, column: 2, field: 'date' }, problem);
    year[row] = y;
    month[row] = m;
    day[row] = d;
    minute[row] = hour * 60;
    for (let f = 0; f < FIELDS.length; f++) {
      const [at, width, column] = FIELDS[f];
      const raw = integer(position, at, width, column.field);
      let value = Number.isNaN(raw) ? raw : admit(column, raw);
      if (value === Number.POSITIVE_INFINITY)
        value = outside.settle(column, raw, String(raw), { line: row + 2, column: at + 1, field: column.field });
      stores[f][row] = value;
    }
    row++;
    position = next;
  }
  for (const key of Object.keys(values)) values[key] = values[key].subarray(0, row);
  return { count: row, firstLine: 2, year, month, day, minute, values, outside };
}
