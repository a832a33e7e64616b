/**
 * EnergyPlus weather (EPW): eight header lines from LOCATION to DATA PERIODS, then records of 35 cells without names.
 *
 * Hours are 1 to 24 of local standard time and name the end of the hour; the sun's position is that of the middle of the interval.
 * Files with several records an hour number their minutes from the first interval's end (15, 30, 45, 60) or, when no
 * minute is 60, from its start (0, 15, 30, 45). Pressure in Pa. Missing: 99.9 degC, 999999 Pa, 9999 Wh/m2, 999 otherwise.
 *
 * PVGIS writes EPW files whose clock is UTC whatever their LOCATION line says, with the instant of the irradiance in a
 * comment, "Irradiance Time Offset (h):-0.8239", counted from the hour's end. They are read so: then sun and values are
 * those of PVGIS's own csv.
 * @see EnergyPlus documentation, Auxiliary Programs, "EnergyPlus Weather File (EPW) Data Dictionary"
 */
import type { RawRecords } from '../raw-records.ts';
import { brokenFile, quoted } from '../broken.ts';
import type { Column } from '../scan.ts';
import type { TextLine } from '../header.ts';
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

/** Records hold at least the cells up to the wind speed; old files leave out the last ones. */
const MIN_CELLS = 22;
const CELLS = 35;
const HEADER_LIMIT = 40;

function columnsOf(recordsPerHour: number): Column[] {
  const columns: Column[] = new Array(CELLS).fill(undefined);
  columns[0] = { kind: 'year', field: 'Year', min: 1900, max: 2100 };
  columns[1] = { kind: 'month', field: 'Month', min: 1, max: 12 };
  columns[2] = { kind: 'day', field: 'Day', min: 1, max: 31 };
  columns[3] = { kind: 'hour', field: 'Hour', min: 1, max: 24 };
  // Hourly files write 0, 30 or 60 here, meaning nothing.
  if (recordsPerHour > 1) columns[4] = { kind: 'minute', field: 'Minute', min: 0, max: 60 };
  columns[6] = quantityColumn('tempAirC', 'Dry Bulb Temperature', { missing: [99.9] });
  columns[7] = quantityColumn('dewPointC', 'Dew Point Temperature', { missing: [99.9] });
  columns[9] = quantityColumn('pressurePa', 'Atmospheric Station Pressure', { missingFrom: 999_999 });
  columns[13] = quantityColumn('ghiWm2', 'Global Horizontal Radiation', { missingFrom: 9999 });
  columns[14] = quantityColumn('dniWm2', 'Direct Normal Radiation', { missingFrom: 9999 });
  columns[15] = quantityColumn('dhiWm2', 'Diffuse Horizontal Radiation', { missingFrom: 9999 });
  columns[20] = quantityColumn('windDirectionDeg', 'Wind Direction', { missingFrom: 999 });
  columns[21] = quantityColumn('windSpeedMPerS', 'Wind Speed', { missingFrom: 999 });
  columns[30] = quantityColumn('snowDepthCm', 'Snow Depth', { missingFrom: 999 });
  columns[32] = quantityColumn('albedo', 'Albedo', { missingFrom: 99 });
  columns[33] = quantityColumn('rainMm', 'Liquid Precipitation Depth', { missingFrom: 999 });
  return columns;
}

/** Reads an EPW file. @throws AppError `weather.malformed` with line, column, field and reason */
export function readEpw(bytes: Uint8Array, name: string): RawRecords {
  const lines = headerLines(bytes, HEADER_LIMIT);
  const location = splitCells(lines[0]?.text ?? '');
  if (location[0]?.toUpperCase() !== 'LOCATION' || location.length < 10)
    throw brokenFile(
      name,
      { line: 1 },
      'expected "LOCATION" with city, state, country, source, WMO number, latitude, longitude, time zone and elevation',
    );
  const periods = lines.find(({ text }) => text.toUpperCase().startsWith('DATA PERIODS'));
  if (periods === undefined)
    throw brokenFile(name, { line: lines.length, field: 'DATA PERIODS' }, 'the header has no such line');
  const [, count, perHour] = splitCells(periods.text);
  if (count !== '1')
    throw brokenFile(
      name,
      { line: periods.line, column: 2, field: 'DATA PERIODS' },
      `the number of data periods is ${quoted(count ?? '')}; expected 1, a whole year`,
    );
  const recordsPerHour = headerNumber(name, periods.line, 3, 'records per hour', perHour, [1, 60]);
  if (60 % recordsPerHour !== 0)
    throw brokenFile(
      name,
      { line: periods.line, column: 3, field: 'records per hour' },
      `value is ${recordsPerHour}; expected a divisor of 60`,
    );
  const rows = scanRows(bytes, periods.next, periods.line + 1, columnsOf(recordsPerHour), {
    name,
    minCells: MIN_CELLS,
  });
  let atEnd = recordsPerHour === 1;
  if (recordsPerHour > 1) {
    // Hour 1 is 00:00 to 01:00.
    for (let i = 0; i < rows.count; i++) rows.minute[i] -= 60;
    atEnd = rows.minute.includes(1440);
  }
  const offset = pvgisOffsetHours(lines.slice(0, periods.line), name);
  const isPvgis = offset !== undefined && recordsPerHour === 1;
  if (isPvgis) for (let i = 0; i < rows.count; i++) rows.minute[i] -= 60;
  const zone = headerNumber(name, 1, 9, 'time zone', location[8], UTC_OFFSET_RANGE);
  return {
    format: 'epw',
    name,
    station: location
      .slice(1, 4)
      .filter((part) => part !== '' && part !== '-')
      .join(', '),
    latitudeDeg: headerNumber(name, 1, 7, 'latitude', location[6], LATITUDE_RANGE),
    longitudeDeg: headerNumber(name, 1, 8, 'longitude', location[7], LONGITUDE_RANGE),
    utcOffsetH: isPvgis ? 0 : zone,
    elevationM: headerNumber(name, 1, 10, 'elevation', location[9], ELEVATION_RANGE),
    ...rows,
    stamp: isPvgis ? 'instant' : atEnd ? 'end' : 'start',
    ...(isPvgis ? { sunOffsetMinutes: 60 * (offset + 1) } : {}),
    notes:
      isPvgis && zone !== 0
        ? [`The time zone ${zone} of the LOCATION line was not used: PVGIS writes its EPW files in UTC.`]
        : [],
  };
}

function pvgisOffsetHours(header: readonly TextLine[], name: string): number | undefined {
  for (const { text, line } of header) {
    const match = /^COMMENTS \d,.*Irradiance Time Offset \(h\):\s*([^,]*)/i.exec(text);
    if (match !== null) return headerNumber(name, line, 2, 'Irradiance Time Offset', match[1], [-1, 0]);
  }
  return undefined;
}
