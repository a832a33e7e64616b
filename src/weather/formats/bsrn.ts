/**
 * Station-to-archive files of the Baseline Surface Radiation Network (BSRN): logical records, each below a line `*C0100` or `*U0100` (C if it
 * has changed since the month before). A file is a month of one station, in minutes of UTC; the months of a year are read as one
 * file if they are put together (`cat`, plain or gzip), or from one zip. Used are LR0001 (station, month and year), LR0004 (place) and LR0100, two lines for
 * each minute: mean, standard deviation, least and largest value of global and direct, then of diffuse and long-wave irradiance, and
 * temperature, humidity and pressure. Latitude and longitude count from the South Pole and from 180 W. Minutes are 0 to 1439: a stamp
 * is the start of its minute. Missing: -999, for the temperature -99.9. There is no wind.
 * @see Koenig-Langlo et al. 2013, WCRP Report 24/2013, table A1 (bsrn.awi.de/data/station-to-archive-file-format);
 * pvlib.iotools.read_bsrn
 */
import { brokenFile } from '../broken.ts';
import { dateProblem } from '../date-problem.ts';
import { ELEVATION_RANGE, headerNumber, LATITUDE_RANGE, LONGITUDE_RANGE } from '../header.ts';
import type { RawRecords } from '../raw-records.ts';
import type { WeatherQuantity } from '../series.ts';
import { cellsOf, linesOf, readTable } from '../table.ts';
import type { TableTime } from '../table-time.ts';
import type { ValueColumn } from '../value-column.ts';
import { quantityColumn } from '../value-column.ts';

const RECORD = /^\*[CU](\d{4})/;
/** Lines of LR0004 from its header to the one with the place */
const PLACE_LINE = 6;
/** Cells of the two lines of a minute */
const CELLS = [10, 11] as const;
/** Cell of each quantity in both lines (0-based) */
const QUANTITIES: readonly (readonly [number, WeatherQuantity, string])[] = [
  [2, 'ghiWm2', 'global'],
  [6, 'dniWm2', 'direct'],
  [10, 'dhiWm2', 'diffuse'],
  [18, 'tempAirC', 'air temperature'],
  [20, 'pressurePa', 'pressure'],
];

export const isBsrn = ([first]: readonly string[]): boolean => /^\*[CU]0001/.test(first);

/** Returns year and month of a file, in an order that is that of time; the reader refuses what is no month. */
export function monthOfBsrn([, second = '']: readonly string[]): string {
  const [, month = '', year = ''] = cellsOf(second, 'space');
  return `${year} ${month.padStart(2, '0')}`;
}

interface Station {
  readonly id: string;
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly elevationM: number;
}

/** Reads the months of a station, in the order of the file. @throws AppError `weather.malformed` with line, column, field and reason */
export function readBsrn(bytes: Uint8Array, name: string): RawRecords {
  const lines = linesOf(bytes);
  const rows: string[] = [];
  const lineOfRow: number[] = [];
  let station: Station | undefined;
  let id = '';
  let month = '';
  for (let i = 0; i < lines.length; i++) {
    const record = RECORD.exec(lines[i])?.[1];
    if (record === '0001') {
      const [number, monthOfYear, year] = cellsOf(lines[i + 1] ?? '', 'space');
      if (!/^\d+$/.test(number) || !/^\d{1,2}$/.test(monthOfYear ?? '') || !/^\d{4}$/.test(year ?? ''))
        throw brokenFile(name, { line: i + 2, field: 'LR0001' }, 'expected the number of the station, month and year');
      if (station !== undefined && number !== station.id)
        throw brokenFile(
          name,
          { line: i + 2, field: 'LR0001' },
          'another station begins here; expected the months of one station',
        );
      id = number;
      month = `${year} ${monthOfYear}`;
    } else if (record === '0004' && station === undefined) {
      const [latitude, longitude, altitude] = cellsOf(lines[i + PLACE_LINE] ?? '', 'space');
      const number = (
        field: string,
        column: number,
        text: string,
        [least, most]: readonly [number, number],
        zero = 0,
      ) => headerNumber(name, i + PLACE_LINE + 1, column, field, text, [least + zero, most + zero]) - zero;
      station = {
        id,
        name: (lines[i + 3] ?? '').trim(),
        latitudeDeg: number('latitude', 1, latitude, LATITUDE_RANGE, 90),
        longitudeDeg: number('longitude', 2, longitude, LONGITUDE_RANGE, 180),
        elevationM: number('altitude', 3, altitude, ELEVATION_RANGE),
      };
    } else if (record === '0100') {
      if (station === undefined || month === '')
        throw brokenFile(name, { line: i + 1 }, 'LR0100 stands before the month (LR0001) and the place (LR0004)');
      for (; i + 1 < lines.length && lines[i + 1] !== '' && !lines[i + 1].startsWith('*'); i += 2) {
        const both = CELLS.map((expected, k) => {
          const cells = cellsOf(lines[i + 1 + k] ?? '', 'space');
          if (cells.length !== expected)
            throw brokenFile(
              name,
              { line: i + 2 + k },
              `the line of LR0100 has ${cells.length} cells; expected ${expected}`,
            );
          return cells.join(' ');
        });
        rows.push(`${both.join(' ')} ${month}`);
        lineOfRow.push(i + 2);
      }
    }
  }
  if (station === undefined)
    throw brokenFile(name, { field: 'LR0004' }, 'the file does not have this record, which gives the place');
  const columns: (ValueColumn | undefined)[] = new Array(CELLS[0] + CELLS[1]).fill(undefined);
  for (const [at, quantity, field] of QUANTITIES)
    columns[at] = quantityColumn(quantity, field, {
      missing: [-999, -99.9],
      ...(quantity === 'pressurePa' ? { factor: 100 } : {}),
    });
  const { firstLine: _, ...table } = readTable(rows, 0, columns, {
    name,
    separator: 'space',
    decimal: 'point',
    minCells: CELLS[0] + CELLS[1],
    timeOf: minuteOf,
    timeText: 'day of the month and minute of the day (0 to 1439)',
    timeCell: 0,
    lineOf: (row) => lineOfRow[row],
  });
  return {
    format: 'bsrn',
    name,
    station: station.name,
    latitudeDeg: station.latitudeDeg,
    longitudeDeg: station.longitudeDeg,
    elevationM: station.elevationM,
    utcOffsetH: 0,
    ...table,
    stamp: 'start',
    notes: [],
  };
}

/** Returns the time of both lines of a minute, which the year and the month follow; undefined if it is none. */
function minuteOf(cells: readonly string[]): TableTime | undefined {
  const [day, minute, year, month] = [0, 1, 21, 22].map((at) => (/^\d+$/.test(cells[at]) ? Number(cells[at]) : -1));
  return minute < 0 || minute > 1439 || dateProblem(year, month, day) !== undefined
    ? undefined
    : { year, month, day, minute };
}
