/**
 * TMY3: comma-separated, a line about the station, a line of column names, hourly records.
 *
 * Stamps are the end of the hour in local standard time, 01:00 to 24:00 (SolarAnywhere writes the last as 00:00 of the
 * next day); irradiance is the mean of that hour, temperature and wind are of the stamp. The sun's position is that of half an hour
 * before the stamp. Pressure in mbar; -9900 is a missing value; albedo 0 means that there is none.
 * @see Wilcox and Marion 2008, NREL/TP-581-43156, doi:10.2172/928611
 */
import type { RawRecords } from '../raw-records.ts';
import { brokenFile } from '../broken.ts';
import type { Column } from '../scan.ts';
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

const MISSING = { missing: [-9900, 9999] };
/** SolarAnywhere writes `DNI (W/m^2))`. */
const FIELDS: readonly (readonly [string, WeatherQuantity])[] = [
  ['GHI (W/m^2)', 'ghiWm2'],
  ['DNI (W/m^2)', 'dniWm2'],
  ['DHI (W/m^2)', 'dhiWm2'],
  ['Dry-bulb (C)', 'tempAirC'],
  ['Dew-point (C)', 'dewPointC'],
  ['Pressure (mbar)', 'pressurePa'],
  ['Wdir (degrees)', 'windDirectionDeg'],
  ['Wspd (m/s)', 'windSpeedMPerS'],
  ['Alb (unitless)', 'albedo'],
  ['Lprecip depth (mm)', 'rainMm'],
];

/** Reads a TMY3 file. @throws AppError `weather.malformed` with line, column, field and reason */
export function readTmy3(bytes: Uint8Array, name: string): RawRecords {
  const [station, names] = headerLines(bytes, 2);
  if (station === undefined || names === undefined)
    throw brokenFile(name, { line: 1 }, 'a TMY3 file starts with a station line and a line of column names');
  const head = splitCells(station.text);
  if (head.length < 7)
    throw brokenFile(
      name,
      { line: 1 },
      `the station line has ${head.length} cells; expected USAF, name, state, time zone, latitude, longitude, elevation`,
    );
  const fields = splitCells(names.text);
  const columns: Column[] = new Array(fields.length).fill(undefined);
  if (!fields[0].startsWith('Date') || !fields[1]?.startsWith('Time'))
    throw brokenFile(name, { line: 2, column: 1 }, 'expected the columns "Date (MM/DD/YYYY)" and "Time (HH:MM)" first');
  columns[0] = { kind: 'date-mdy', field: fields[0] };
  columns[1] = { kind: 'time-hm', field: fields[1] };
  for (const [field, quantity] of FIELDS) {
    const at = fields.findIndex((written) => written.replace(/\)+$/, ')') === field);
    if (at >= 0)
      columns[at] = quantityColumn(quantity, field, {
        ...MISSING,
        ...(quantity === 'pressurePa' ? { factor: 100 } : {}),
      });
  }
  const rows = scanRows(bytes, names.next, 3, columns, { name, minCells: fields.length });
  return {
    format: 'tmy3',
    name,
    station: [head[1], head[2]].filter((part) => part !== '').join(', '),
    utcOffsetH: headerNumber(name, 1, 4, 'time zone', head[3], UTC_OFFSET_RANGE),
    latitudeDeg: headerNumber(name, 1, 5, 'latitude', head[4], LATITUDE_RANGE),
    longitudeDeg: headerNumber(name, 1, 6, 'longitude', head[5], LONGITUDE_RANGE),
    elevationM: headerNumber(name, 1, 7, 'elevation', head[6], ELEVATION_RANGE),
    ...rows,
    stamp: 'end',
    notes: [],
  };
}
