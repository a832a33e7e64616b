/**
 * PVGIS, csv and json: typical years (`tmy`) and hourly series (`seriescalc`), both in UTC.
 *
 * Irradiance is that of the satellite's instant. A typical year's stamps are whole hours and its header's "Irradiance Time
 * Offset" (PVGIS 5.3; 0 where absent) leads to the instant; an hourly series carries the instant's minutes in the stamp.
 * Hourly series must be of a horizontal plane with components: then GHI = Gb(i) + Gd(i) + Gr(i), DHI = Gd(i) and
 * DNI = Gb(i) / sin(H_sun), at most the extraterrestrial 1412 W/m2, and 0 while the sun is down.
 * @see Huld, Mueller and Gambardella 2012, doi:10.1016/j.solener.2012.03.006; PVGIS 5.3 user manual
 */
import type { RawRecords } from '../raw-records.ts';
import { brokenFile, quoted } from '../broken.ts';
import type { JsonObject } from './json.ts';
import { JsonRecords, jsonObject, numberIn, parseJson } from './json.ts';
import type { Column } from '../scan.ts';
import type { TextLine } from '../header.ts';
import type { ValueColumn } from '../value-column.ts';
import { ELEVATION_RANGE, headerLines, headerNumber, LATITUDE_RANGE, LONGITUDE_RANGE, splitCells } from '../header.ts';
import { quantityColumn } from '../value-column.ts';
import { scanRows } from '../scan.ts';
import type { WeatherQuantity } from '../series.ts';

const QUANTITIES: Readonly<Record<string, WeatherQuantity>> = {
  'G(h)': 'ghiWm2',
  'Gb(n)': 'dniWm2',
  'Gd(h)': 'dhiWm2',
  T2m: 'tempAirC',
  WS10m: 'windSpeedMPerS',
  WD10m: 'windDirectionDeg',
  SP: 'pressurePa',
};
const SERIES_FIELDS = ['Gb(i)', 'Gd(i)', 'Gr(i)', 'H_sun'] as const;
/** Irradiance on a horizontal plane: a file with one of these is a typical year. */
const TMY_FIELDS = ['G(h)', 'Gb(n)', 'Gd(h)'] as const;
/** Extraterrestrial normal irradiance at perihelion [W/m2]. */
const MAX_DNI_WM2 = 1412;
const MAX_OFFSET_H = [-1, 1] as const;
const HEADER_LIMIT = 60;

function columnOf(field: string): ValueColumn | undefined {
  const quantity = QUANTITIES[field];
  if (quantity !== undefined) return quantityColumn(quantity, field);
  const plane = { kind: 'value', field, key: field, min: 0, max: 1500, unit: 'W/m2', clipFrom: -20 } as const;
  if (field === 'Gb(i)' || field === 'Gd(i)' || field === 'Gr(i)') return plane;
  if (field === 'H_sun') return { kind: 'value', field, key: field, min: -90, max: 90, unit: 'deg' };
  if (field === 'Int') return { kind: 'value', field, key: field, min: 0, max: 1, unit: '' };
  return undefined;
}

function requireSeriesFields(name: string, fields: readonly string[], place: { line?: number }): void {
  const absent = SERIES_FIELDS.filter((field) => !fields.includes(field));
  if (absent.length === 0) return;
  throw brokenFile(
    name,
    { ...place, field: absent[0] },
    !fields.includes('G(i)')
      ? 'the column is absent'
      : 'the series has no components of irradiance; request it with components=1',
  );
}

/** Returns the global, direct and diffuse of a horizontal hourly series, in place of its plane components. */
function horizontal(values: Readonly<Record<string, Float64Array>>, notes: string[]): RawRecords['values'] {
  const { 'Gb(i)': beam, 'Gd(i)': sky, 'Gr(i)': ground, H_sun: height } = values;
  const n = beam.length;
  const ghiWm2 = new Float64Array(n);
  const dniWm2 = new Float64Array(n);
  let capped = 0;
  let sunDown = 0;
  for (let i = 0; i < n; i++) {
    ghiWm2[i] = beam[i] + sky[i] + ground[i];
    const sine = Math.sin((height[i] * Math.PI) / 180);
    if (beam[i] > 0 && sine <= 0) sunDown++;
    else if (beam[i] > 0 && beam[i] > MAX_DNI_WM2 * sine) capped++;
    // A missing beam stays missing.
    if (Number.isNaN(beam[i])) dniWm2[i] = beam[i];
    else dniWm2[i] = beam[i] === 0 || sine <= 0 ? 0 : Math.min(beam[i] / sine, MAX_DNI_WM2);
  }
  if (capped > 0) notes.push(`${capped} direct normal values at a low sun were limited to ${MAX_DNI_WM2} W/m2.`);
  if (sunDown > 0) notes.push(`${sunDown} records have beam while the sun is down; their direct normal is 0.`);
  const reconstructed = values.Int?.reduce((sum, flag) => sum + (flag === 1 ? 1 : 0), 0) ?? 0;
  if (reconstructed > 0) notes.push(`${reconstructed} records hold irradiance that PVGIS reconstructed.`);
  return { ...values, ghiWm2, dniWm2, dhiWm2: sky };
}

function refuseTilted(name: string, slope: number, place: { line?: number }): void {
  if (slope !== 0)
    throw brokenFile(
      name,
      { ...place, field: 'slope' },
      `the series is for a plane of slope ${slope} deg; expected 0, a horizontal plane`,
    );
}

/** Reads CSV of PVGIS. @throws AppError `weather.malformed` with line, column, field and reason */
export function readPvgisCsv(bytes: Uint8Array, name: string): RawRecords {
  const lines = headerLines(bytes, HEADER_LIMIT);
  const header = lines.find(({ text }) => text.startsWith('time(UTC),') || text.startsWith('time,'));
  if (header === undefined)
    throw brokenFile(name, { line: lines.length }, 'no row of column names that starts with "time(UTC)" or "time"');
  const before = lines.slice(0, header.line - 1);
  const labelled = (label: string): { line: TextLine; value: string } | undefined => {
    const line = before.find(({ text }) => text.toLowerCase().startsWith(label));
    return line === undefined ? undefined : { line, value: line.text.slice(line.text.indexOf(':') + 1).trim() };
  };
  const number = (field: string, range: readonly [number, number], otherwise?: number): number => {
    const labelledValue = labelled(field);
    if (labelledValue !== undefined)
      return headerNumber(name, labelledValue.line.line, undefined, field, labelledValue.value, range);
    if (otherwise !== undefined) return otherwise;
    throw brokenFile(name, { line: 1, field }, `the header has no ${field}`);
  };
  const fields = splitCells(header.text);
  const isTmy = TMY_FIELDS.some((field) => fields.includes(field));
  if (!isTmy) requireSeriesFields(name, fields, { line: header.line });
  const columns: Column[] = fields.map((field, c) => (c === 0 ? { kind: 'stamp', field } : columnOf(field)));
  const slope = labelled('slope');
  if (!isTmy && slope !== undefined) {
    const degrees = Number.parseFloat(slope.value);
    if (Number.isNaN(degrees))
      throw brokenFile(
        name,
        { line: slope.line.line, field: 'slope' },
        `value is ${quoted(slope.value)}; expected 0 deg`,
      );
    refuseTilted(name, degrees, { line: slope.line.line });
  }
  const rows = scanRows(bytes, header.next, header.line + 1, columns, {
    name,
    minCells: fields.length,
    stopAtEmptyLine: true,
  });
  const notes: string[] = [];
  return {
    format: 'pvgis-csv',
    name,
    station: labelled('radiation database')?.value,
    latitudeDeg: number('latitude', LATITUDE_RANGE),
    longitudeDeg: number('longitude', LONGITUDE_RANGE),
    elevationM: number('elevation', ELEVATION_RANGE),
    utcOffsetH: 0,
    ...rows,
    values: isTmy ? rows.values : horizontal(rows.values, notes),
    stamp: 'instant',
    sunOffsetMinutes: isTmy ? 60 * number('irradiance time offset', MAX_OFFSET_H, 0) : 0,
    notes,
  };
}

/** Reads JSON of PVGIS. @throws AppError `weather.malformed` with the record, field and reason */
export function readPvgisJson(bytes: Uint8Array, name: string, parsed?: JsonObject): RawRecords {
  const root = parsed ?? parseJson(bytes, name);
  const inputs = jsonObject(name, root, 'inputs');
  const location = jsonObject(name, inputs, 'location');
  const outputs = jsonObject(name, root, 'outputs');
  const isTmy = outputs.tmy_hourly !== undefined;
  const list = isTmy ? outputs.tmy_hourly : outputs.hourly;
  const listField = isTmy ? 'outputs.tmy_hourly' : 'outputs.hourly';
  if (!Array.isArray(list) || list.length === 0)
    throw brokenFile(name, { field: listField }, 'expected a list of records');
  const stampField = isTmy ? 'time(UTC)' : 'time';
  const fields = Object.keys((list[0] ?? {}) as object);
  if (!isTmy) requireSeriesFields(name, fields, {});
  if (!isTmy) {
    const mounting = (inputs.mounting_system ?? {}) as JsonObject;
    if (mounting.fixed === undefined && Object.keys(mounting).length > 0)
      throw brokenFile(
        name,
        { field: 'inputs.mounting_system' },
        'the series is for a tracker; expected a fixed plane',
      );
    const fixed = (mounting.fixed ?? {}) as JsonObject;
    const slope = ((fixed.slope ?? {}) as JsonObject).value;
    if (slope !== undefined) refuseTilted(name, Number(slope), {});
  }
  const columns = fields.flatMap((field) => columnOf(field) ?? []);
  const records = new JsonRecords(name, listField, list.length, columns);
  for (let i = 0; i < list.length; i++) {
    const record = list[i];
    if (typeof record !== 'object' || record === null || Array.isArray(record))
      throw brokenFile(name, { field: `${listField}[${i}]` }, 'expected an object');
    const cells = record as JsonObject;
    records.stamp(i, cells[stampField], stampField);
    for (const column of columns) records.value(i, column, cells[column.field]);
  }
  const meteo = inputs.meteo_data as JsonObject | undefined;
  const offset = isTmy ? (location.irradiance_time_offset ?? 0) : 0;
  const notes: string[] = [];
  return {
    format: 'pvgis-json',
    name,
    ...(typeof meteo?.radiation_db === 'string' ? { station: meteo.radiation_db } : {}),
    latitudeDeg: numberIn(name, 'inputs.location.latitude', location.latitude, LATITUDE_RANGE),
    longitudeDeg: numberIn(name, 'inputs.location.longitude', location.longitude, LONGITUDE_RANGE),
    elevationM: numberIn(name, 'inputs.location.elevation', location.elevation, ELEVATION_RANGE),
    utcOffsetH: 0,
    ...records.rows,
    values: isTmy ? records.rows.values : horizontal(records.rows.values, notes),
    stamp: 'instant',
    sunOffsetMinutes: 60 * numberIn(name, 'inputs.location.irradiance_time_offset', offset, MAX_OFFSET_H),
    notes,
  };
}
