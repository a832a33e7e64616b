/**
 * NASA POWER, hourly JSON for a point, in UTC. The stamp is the start of the hour whose mean irradiance it carries; the
 * sun's position is that of half past. Pressure in kPa; the header's fill value (-999) is a missing value.
 * @see NASA POWER, "Hourly API" and "Data Format" (power.larc.nasa.gov/docs)
 */
import type { RawRecords } from '../raw-records.ts';
import { brokenFile } from '../broken.ts';
import type { JsonObject } from './json.ts';
import { JsonRecords, jsonObject, numberIn, parseJson, show } from './json.ts';
import type { ValueColumn } from '../value-column.ts';
import { ELEVATION_RANGE, LATITUDE_RANGE, LONGITUDE_RANGE } from '../header.ts';
import { quantityColumn } from '../value-column.ts';
import type { WeatherQuantity } from '../series.ts';

/** Request parameters of the columns that are used. */
export const NASA_POWER_PARAMETERS: Readonly<Record<string, WeatherQuantity>> = {
  ALLSKY_SFC_SW_DWN: 'ghiWm2',
  ALLSKY_SFC_SW_DNI: 'dniWm2',
  ALLSKY_SFC_SW_DIFF: 'dhiWm2',
  T2M: 'tempAirC',
  WS10M: 'windSpeedMPerS',
  T2MDEW: 'dewPointC',
  PS: 'pressurePa',
  WD10M: 'windDirectionDeg',
  ALLSKY_SRF_ALB: 'albedo',
  SNODP: 'snowDepthCm',
  PRECTOTCORR: 'rainMm',
};
/** Energy of an hour over an hour: mean power [W/m2]. */
const IRRADIANCE_UNITS: Readonly<Record<string, number>> = {
  'w/m^2': 1,
  'wh/m^2': 1,
  'w-hr/m^2': 1,
  'kwh/m^2': 1000,
  'kw-hr/m^2': 1000,
  'kw-hr/m^2/hour': 1000,
  'mj/hr': 1e6 / 3600,
  'mj/m^2/hour': 1e6 / 3600,
};
const PRESSURE_UNITS: Readonly<Record<string, number>> = { kpa: 1000, pa: 1, hpa: 100 };

/** Reads JSON of NASA POWER. @throws AppError `weather.malformed` with field and reason */
export function readNasaPower(bytes: Uint8Array, name: string, parsed?: JsonObject): RawRecords {
  const root = parsed ?? parseJson(bytes, name);
  const header = jsonObject(name, root, 'header');
  const table = jsonObject(name, jsonObject(name, root, 'properties'), 'parameter');
  const units = (root.parameters ?? {}) as JsonObject;
  const coordinates = jsonObject(name, root, 'geometry').coordinates;
  if (!Array.isArray(coordinates)) throw brokenFile(name, { field: 'geometry.coordinates' }, 'expected a list');
  if (header.time_standard !== undefined && header.time_standard !== 'UTC')
    throw brokenFile(
      name,
      { field: 'header.time_standard' },
      `value is ${show(header.time_standard)}; expected UTC (request time-standard=UTC)`,
    );
  const fill = typeof header.fill_value === 'number' ? header.fill_value : -999;
  const columns: ValueColumn[] = [];
  for (const [field, quantity] of Object.entries(NASA_POWER_PARAMETERS)) {
    if (table[field] === undefined) continue;
    const unit = ((units[field] ?? {}) as JsonObject).units;
    const known = quantity.endsWith('Wm2') ? IRRADIANCE_UNITS : quantity === 'pressurePa' ? PRESSURE_UNITS : undefined;
    const usual = quantity === 'pressurePa' ? 1000 : 1;
    const factor = known === undefined || typeof unit !== 'string' ? usual : known[unit.toLowerCase()];
    if (factor === undefined) throw brokenFile(name, { field }, `the unit is ${show(unit)}, which is not known here`);
    columns.push(quantityColumn(quantity, field, { missing: [fill], ...(factor === 1 ? {} : { factor }) }));
  }
  if (columns.length === 0)
    throw brokenFile(
      name,
      { field: 'properties.parameter' },
      `expected ${Object.keys(NASA_POWER_PARAMETERS).join(', ')}`,
    );
  const [{ field: first }] = columns;
  const stamps = Object.keys(jsonObject(name, table, first)).sort();
  const records = new JsonRecords(name, 'properties.parameter', stamps.length, columns);
  for (let i = 0; i < stamps.length; i++) records.stamp(i, stamps[i], first);
  for (const column of columns) {
    const series = jsonObject(name, table, column.field);
    for (let i = 0; i < stamps.length; i++) records.value(i, column, series[stamps[i]]);
  }
  return {
    format: 'nasa-power-json',
    name,
    longitudeDeg: numberIn(name, 'geometry.coordinates[0]', coordinates[0], LONGITUDE_RANGE),
    latitudeDeg: numberIn(name, 'geometry.coordinates[1]', coordinates[1], LATITUDE_RANGE),
    elevationM: numberIn(name, 'geometry.coordinates[2]', coordinates[2], ELEVATION_RANGE),
    utcOffsetH: 0,
    ...records.rows,
    stamp: 'start',
    notes: [],
  };
}
