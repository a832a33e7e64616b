/**
 * SURFRAD (and SOLRAD in the same layout): a line with the station, one with its place, records of 48 cells between blanks, in UTC.
 * A file is a day; the files of a year are read as one file if they are put together (`cat *.dat`), with their headers. Each value
 * has a flag: 0 is good; a value with another flag, or -9999.9, is missing. The longitude is positive in the west. The stamp is the
 * end of the minute, before 2009 of three minutes.
 * @see NOAA, README_SURFRAD.txt (gml.noaa.gov/aftp/g-rad/surfrad); pvlib.iotools.read_surfrad
 */
import { brokenFile } from '../broken.ts';
import type { RawRecords } from '../raw-records.ts';
import type { ValueColumn } from '../value-column.ts';
import { ELEVATION_RANGE, headerNumber, LATITUDE_RANGE } from '../header.ts';
import { quantityColumn } from '../value-column.ts';
import type { WeatherQuantity } from '../series.ts';
import { cellsOf, linesOf, readTable } from '../table.ts';
import { timeReader } from '../table-time.ts';

const CELLS = 48;
const PLACE = /^\s*(-?\d+\.\d+)\s+(-?\d+\.\d+)\s+(-?\d+)\s+m\s+version\s+\d+/;
/** Cell of each quantity (0-based); its flag follows it. */
const QUANTITIES: readonly (readonly [number, WeatherQuantity, string])[] = [
  [8, 'ghiWm2', 'dw_solar'],
  [12, 'dniWm2', 'direct_n'],
  [14, 'dhiWm2', 'diffuse'],
  [38, 'tempAirC', 'temp'],
  [42, 'windSpeedMPerS', 'windspd'],
  [44, 'windDirectionDeg', 'winddir'],
  [46, 'pressurePa', 'pressure'],
];

export const isSurfrad = ([, second = '']: readonly string[]): boolean => PLACE.test(second);

/** Reads SURFRAD's daily files. @throws AppError `weather.malformed` with line, column, field and reason */
export function readSurfrad(bytes: Uint8Array, name: string): RawRecords {
  const lines = linesOf(bytes);
  const place = PLACE.exec(lines[1] ?? '');
  if (place === null)
    throw brokenFile(name, { line: 2 }, 'expected latitude, longitude, elevation and "version" of the station');
  const columns: (ValueColumn | undefined)[] = new Array(CELLS).fill(undefined);
  for (const [at, quantity, field] of QUANTITIES)
    columns[at] = quantityColumn(quantity, field, {
      missing: [-9999.9],
      ...(quantity === 'pressurePa' ? { factor: 100 } : {}),
    });
  const rows: string[] = [];
  const lineOfRow: number[] = [];
  let nFlagged = 0;
  for (let i = 2; i < lines.length; i++) {
    const cells = cellsOf(lines[i], 'space');
    if (cells.length < CELLS) {
      // The header of the next day, of the same station
      const isHeader = PLACE.test(lines[i + 1] ?? '') || lines[i].trim() === '';
      const next = PLACE.exec(lines[i]);
      if (isHeader || (next !== null && next[1] === place[1] && next[2] === place[2])) continue;
      throw brokenFile(
        name,
        { line: i + 1 },
        next === null
          ? `the row has ${cells.length} cells; expected ${CELLS}`
          : 'another station begins here; expected the days of one station',
      );
    }
    for (const [at] of QUANTITIES) {
      if (cells[at + 1] === '0') continue;
      if (cells[at] !== '-9999.9') nFlagged++;
      cells[at] = 'NaN';
    }
    rows.push(cells.join(' '));
    lineOfRow.push(i + 1);
  }
  const read = timeReader('YYYY-MM-DD HH:mm');
  const { firstLine: _, ...table } = readTable(rows, 0, columns, {
    name,
    separator: 'space',
    decimal: 'point',
    minCells: CELLS,
    timeOf: ([year, , month, day, hour, minute]) =>
      read?.(`${year}-${month}-${day} ${hour}:${(minute ?? '').padStart(2, '0')}`),
    timeText: 'year, day of the year, month, day, hour and minute',
    timeCell: 0,
    lineOf: (row) => lineOfRow[row],
  });
  return {
    format: 'surfrad',
    name,
    station: lines[0].trim(),
    latitudeDeg: headerNumber(name, 2, 1, 'latitude', place[1], LATITUDE_RANGE),
    longitudeDeg: -Math.abs(headerNumber(name, 2, 2, 'longitude', place[2], [-180, 180])),
    elevationM: headerNumber(name, 2, 3, 'elevation', place[3], ELEVATION_RANGE),
    utcOffsetH: 0,
    ...table,
    stamp: 'end',
    notes: nFlagged > 0 ? [`${nFlagged} values with a flag of the station's quality control count as missing.`] : [],
  };
}
