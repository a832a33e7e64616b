/**
 * CAMS Radiation Service, csv: comments that start with #, the last one with the names, records with a period of ISO 8601
 * and the irradiation of the period in Wh/m2, in universal time. The service has no temperature and no wind.
 * @see pvlib.iotools.read_cams; CAMS solar radiation services, user's guide, "File format version"
 */
import { brokenFile, quoted } from '../broken.ts';
import type { RawRecords } from '../raw-records.ts';
import type { ValueColumn } from '../value-column.ts';
import { ELEVATION_RANGE, headerNumber, LATITUDE_RANGE, LONGITUDE_RANGE } from '../header.ts';
import type { WeatherQuantity } from '../series.ts';
import { cellsOf, linesOf, readTable } from '../table.ts';
import { timeReader } from '../table-time.ts';
import { columnIn } from '../units.ts';

const QUANTITIES: Readonly<Record<string, WeatherQuantity>> = { GHI: 'ghiWm2', BNI: 'dniWm2', DHI: 'dhiWm2' };
const NAMES = '# Observation period;';
/** The service writes this where the request left the altitude to it. */
const NO_ALTITUDE = -999;

export const isCams = (lines: readonly string[]): boolean =>
  lines.some((line) => /^# Title: CAMS (Radiation|McClear)/i.test(line));

/** Reads csv of the CAMS Radiation Service. @throws AppError `weather.malformed` with line, field and reason */
export function readCams(bytes: Uint8Array, name: string): RawRecords {
  const lines = linesOf(bytes);
  const at = lines.findIndex((line) => line.startsWith(NAMES));
  if (at < 0) throw brokenFile(name, {}, `no line starts with ${quoted(NAMES)}`);
  const labelled = (label: string): { line: number; value: string } => {
    const i = lines.slice(0, at).findIndex((line) => line.startsWith(`# ${label}`));
    if (i < 0) throw brokenFile(name, { field: label }, 'the header does not have this line');
    return { line: i + 1, value: lines[i].slice(lines[i].lastIndexOf(': ') + 2).trim() };
  };
  const number = (label: string, range: readonly [number, number]): number => {
    const { line, value } = labelled(label);
    return headerNumber(name, line, undefined, label, value, range);
  };
  const clock = labelled('Time reference');
  if (!clock.value.startsWith('Universal time'))
    throw brokenFile(
      name,
      { line: clock.line, field: 'Time reference' },
      `value is ${quoted(clock.value)}; expected Universal time (UT)`,
    );
  const period = labelled('Summarization (integration) period');
  const parts = /^0 year 0 month 0 day (\d+) h (\d+) min 0 s$/.exec(period.value);
  const step = parts === null ? 0 : Number(parts[1]) * 60 + Number(parts[2]);
  if (!(step > 0 && step <= 60))
    throw brokenFile(
      name,
      { line: period.line, field: 'Summarization (integration) period' },
      `value is ${quoted(period.value)}; expected at most 1 h`,
    );
  const fields = cellsOf(lines[at].slice(2), 'semicolon');
  const columns = fields.map((field): ValueColumn | undefined => {
    const quantity = QUANTITIES[field];
    return quantity && columnIn(quantity, field, 'Wh/m2', step, [-999, -9999]);
  });
  const read = timeReader('YYYY-MM-DDTHH:mm:ss');
  const altitude = number('Altitude (m)', [NO_ALTITUDE, ELEVATION_RANGE[1]]);
  return {
    format: 'cams',
    name,
    latitudeDeg: number('Latitude', LATITUDE_RANGE),
    longitudeDeg: number('Longitude', LONGITUDE_RANGE),
    elevationM: altitude === NO_ALTITUDE ? number('Elevation of CAMS cell', ELEVATION_RANGE) : altitude,
    utcOffsetH: 0,
    ...readTable(lines, at + 1, columns, {
      name,
      separator: 'semicolon',
      decimal: 'point',
      minCells: fields.length,
      timeOf: ([time]) => read?.(time.slice(0, time.indexOf('/'))),
      timeText: '2020-06-01T12:00:00.0/2020-06-01T12:01:00.0',
      timeCell: 0,
    }),
    stamp: 'start',
    notes: [],
  };
}
