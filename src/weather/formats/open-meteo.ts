/**
 * Open-Meteo, hourly JSON (archive), in UTC. Irradiance is the mean of the hour before the stamp, temperature and wind are
 * of the stamp; the sun's position is that of half an hour before. Units as `hourly_units` says; null is a missing value.
 * @see Open-Meteo, "Historical Weather API" (open-meteo.com/en/docs/historical-weather-api)
 */
import type { RawRecords } from '../raw-records.ts';
import { brokenFile } from '../broken.ts';
import type { JsonObject } from './json.ts';
import { JsonRecords, jsonObject, numberIn, parseJson, show } from './json.ts';
import type { ValueColumn } from '../value-column.ts';
import { ELEVATION_RANGE, LATITUDE_RANGE, LONGITUDE_RANGE } from '../header.ts';
import { quantityColumn } from '../value-column.ts';
import type { WeatherQuantity } from '../series.ts';

/** Request variables of the columns that are used, with the units that are understood and their factors. */
export const OPEN_METEO_VARIABLES: Readonly<Record<string, WeatherQuantity>> = {
  shortwave_radiation: 'ghiWm2',
  direct_normal_irradiance: 'dniWm2',
  diffuse_radiation: 'dhiWm2',
  temperature_2m: 'tempAirC',
  wind_speed_10m: 'windSpeedMPerS',
  dew_point_2m: 'dewPointC',
  surface_pressure: 'pressurePa',
  wind_direction_10m: 'windDirectionDeg',
  snow_depth: 'snowDepthCm',
  rain: 'rainMm',
};
const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  windSpeedMPerS: { 'm/s': 1, 'km/h': 1 / 3.6, 'mp/h': 0.44704, kn: 1852 / 3600 },
  pressurePa: { hpa: 100 },
  tempAirC: { '°c': 1 },
  dewPointC: { '°c': 1 },
  snowDepthCm: { m: 100, cm: 1 },
  rainMm: { mm: 1, inch: 25.4 },
};
const USUAL: Readonly<Record<string, number>> = { windSpeedMPerS: 1 / 3.6, pressurePa: 100, snowDepthCm: 100 };

/** Reads JSON of Open-Meteo. @throws AppError `weather.malformed` with field and reason */
export function readOpenMeteo(bytes: Uint8Array, name: string, parsed?: JsonObject): RawRecords {
  const root = parsed ?? parseJson(bytes, name);
  const hourly = jsonObject(name, root, 'hourly');
  const units = (root.hourly_units ?? {}) as JsonObject;
  if (root.utc_offset_seconds !== undefined && root.utc_offset_seconds !== 0)
    throw brokenFile(
      name,
      { field: 'utc_offset_seconds' },
      `value is ${show(root.utc_offset_seconds)}; expected 0 (request timezone=GMT: local time has daylight saving)`,
    );
  const stamps = hourly.time;
  if (!Array.isArray(stamps) || stamps.length === 0)
    throw brokenFile(name, { field: 'hourly.time' }, 'expected a list of times');
  const columns: ValueColumn[] = [];
  for (const [field, quantity] of Object.entries(OPEN_METEO_VARIABLES)) {
    const series = hourly[field];
    if (series === undefined) continue;
    if (!Array.isArray(series) || series.length !== stamps.length)
      throw brokenFile(
        name,
        { field: `hourly.${field}` },
        `expected a list of ${stamps.length} values, as many as there are times`,
      );
    const unit = units[field];
    const known = UNITS[quantity];
    const factor = known === undefined || typeof unit !== 'string' ? (USUAL[quantity] ?? 1) : known[unit.toLowerCase()];
    if (factor === undefined)
      throw brokenFile(name, { field: `hourly_units.${field}` }, `the unit is ${show(unit)}, which is not known here`);
    columns.push(quantityColumn(quantity, field, factor === 1 ? {} : { factor }));
  }
  const records = new JsonRecords(name, 'hourly', stamps.length, columns);
  for (let i = 0; i < stamps.length; i++) records.stamp(i, stamps[i], 'time');
  for (const column of columns) {
    const series = hourly[column.field] as unknown[];
    for (let i = 0; i < stamps.length; i++) records.value(i, column, series[i]);
  }
  return {
    format: 'open-meteo-json',
    name,
    latitudeDeg: numberIn(name, 'latitude', root.latitude, LATITUDE_RANGE),
    longitudeDeg: numberIn(name, 'longitude', root.longitude, LONGITUDE_RANGE),
    elevationM: numberIn(name, 'elevation', root.elevation, ELEVATION_RANGE),
    utcOffsetH: 0,
    ...records.rows,
    stamp: 'end',
    notes: [],
  };
}
