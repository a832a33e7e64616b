/**
 * SolarAnywhere's own csv (SA format): a line about the place like that of TMY3, a line of names, records with their time in local
 * standard time and in GMT. The place's line says "Averaging Method: End of Period": the stamp is the end of the
 * interval. A typical year has the year 2000 throughout.
 * @see pvlib.iotools.read_solaranywhere; SolarAnywhere, "File formats"
 */
import { brokenFile, quoted } from '../broken.ts';
import type { RawRecords } from '../raw-records.ts';
import type { ValueColumn } from '../value-column.ts';
import {
  ELEVATION_RANGE,
  headerNumber,
  LATITUDE_RANGE,
  LONGITUDE_RANGE,
  splitCells,
  UTC_OFFSET_RANGE,
} from '../header.ts';
import { quantityColumn } from '../value-column.ts';
import type { WeatherQuantity } from '../series.ts';
import { linesOf, readTable } from '../table.ts';
import { timeReader } from '../table-time.ts';

const QUANTITIES: Readonly<Record<string, WeatherQuantity>> = {
  'Global Horizontal Irradiance (GHI) W/m2': 'ghiWm2',
  'Direct Normal Irradiance (DNI) W/m2': 'dniWm2',
  'Diffuse Horizontal Irradiance (DIF) W/m2': 'dhiWm2',
  'AmbientTemperature (deg C)': 'tempAirC',
  'WindSpeed (m/s)': 'windSpeedMPerS',
  Albedo: 'albedo',
};
const TIME = 'MM/DD/YYYY HH:mm';

export const isSolarAnywhere = (lines: readonly string[]): boolean =>
  (lines[1] ?? '').startsWith('ObservationTime(LST),');

/** Reads SolarAnywhere's csv. @throws AppError `weather.malformed` with line, column, field and reason */
export function readSolarAnywhere(bytes: Uint8Array, name: string): RawRecords {
  const lines = linesOf(bytes);
  const head = splitCells(lines[0]);
  const [, method = ''] = /Averaging Method: ([^/"]*)/.exec(head[7] ?? '') ?? [];
  if (method.trim() !== 'End of Period')
    throw brokenFile(
      name,
      { line: 1, column: 8, field: 'Averaging Method' },
      `value is ${quoted(method.trim())}; expected End of Period`,
    );
  const fields = splitCells(lines[1] ?? '');
  const columns = fields.map((field): ValueColumn | undefined => {
    const quantity = QUANTITIES[field];
    return quantity && quantityColumn(quantity, field, { missing: [-999, -9999] });
  });
  const read = timeReader(TIME);
  return {
    format: 'solaranywhere',
    name,
    station: head[1],
    utcOffsetH: headerNumber(name, 1, 4, 'time zone', head[3], UTC_OFFSET_RANGE),
    latitudeDeg: headerNumber(name, 1, 5, 'latitude', head[4], LATITUDE_RANGE),
    longitudeDeg: headerNumber(name, 1, 6, 'longitude', head[5], LONGITUDE_RANGE),
    elevationM: headerNumber(name, 1, 7, 'elevation', head[6], ELEVATION_RANGE),
    ...readTable(lines, 2, columns, {
      name,
      separator: 'comma',
      decimal: 'point',
      minCells: fields.length,
      timeOf: ([time]) => read?.(time),
      timeText: TIME,
      timeCell: 0,
    }),
    stamp: 'end',
    notes: [],
  };
}
