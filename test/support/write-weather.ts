/** Weather years as files that other tools read: SAM csv and EnergyPlus EPW. */
import type { WeatherYear } from '../../src/weather/series.ts';

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const HOUR_MS = 3_600_000;

/** One row per record: calendar of the file's clock and the record's index. */
export interface CalendarRow {
  readonly index: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Minute of the day at which the record's interval starts. */
  readonly startMinute: number;
}

/** The records of a year in order, with the calendar of the file's own clock. */
export function* calendarOf(year: WeatherYear): Generator<CalendarRow> {
  const perDay = 1440 / year.stepMinutes;
  const leap = year.timeMs.length === 366 * perDay;
  let index = 0;
  for (let month = 1; month <= 12; month++) {
    const days = MONTH_DAYS[month - 1] + (month === 2 && leap ? 1 : 0);
    for (let day = 1; day <= days; day++)
      for (let k = 0; k < perDay; k++, index++)
        yield { index, year: year.source.yearOfMonth[month - 1], month, day, startMinute: k * year.stepMinutes };
  }
}

const plainName = (text: string): string => text.replaceAll(/[",\r\n]/g, ' ').trim();

/**
 * SAM's csv with a Minute column: each record carries the minute of its sun position, whole minutes. Pressure in mbar;
 * columns that the year does not have are absent. Numbers keep all their digits.
 */
export function writeSamCsv(year: WeatherYear): string {
  const columns: [string, Float64Array, number][] = [
    ['GHI', year.ghiWm2, 1],
    ['DNI', year.dniWm2, 1],
    ['DHI', year.dhiWm2, 1],
    ['Temperature', year.tempAirC, 1],
    ['Wind Speed', year.windSpeedMPerS, 1],
  ];
  if (year.dewPointC) columns.push(['Dew Point', year.dewPointC, 1]);
  if (year.pressurePa) columns.push(['Pressure', year.pressurePa, 100]);
  if (year.windDirectionDeg) columns.push(['Wind Direction', year.windDirectionDeg, 1]);
  if (year.albedo) columns.push(['Surface Albedo', year.albedo, 1]);
  const lines = [
    'Source,Location ID,City,State,Country,Latitude,Longitude,Time Zone,Elevation',
    `${plainName(year.source.name)},-,${plainName(year.source.station ?? '-')},-,-,${year.latitudeDeg},${year.longitudeDeg},${year.utcOffsetH},${year.elevationM}`,
    `Year,Month,Day,Hour,Minute,${columns.map(([name]) => name).join(',')}`,
  ];
  for (const { index } of calendarOf(year)) {
    const local = new Date(Math.round((year.timeMs[index] + year.utcOffsetH * HOUR_MS) / 60_000) * 60_000);
    let line = `${local.getUTCFullYear()},${local.getUTCMonth() + 1},${local.getUTCDate()},${local.getUTCHours()},${local.getUTCMinutes()}`;
    for (const [, values, divisor] of columns) line += `,${values[index] / divisor}`;
    lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}

const EPW_DAYS_HEADER = ['DESIGN CONDITIONS,0', 'TYPICAL/EXTREME PERIODS,0', 'GROUND TEMPERATURES,0'];

/** EPW: records by interval, so instants inside an interval are read back as its middle. Missing columns get EPW's marks. */
export function writeEpw(year: WeatherYear): string {
  const { stepMinutes } = year;
  const lines = [
    `LOCATION,${plainName(year.source.station ?? '-')},-,-,${plainName(year.source.name)},-,${year.latitudeDeg},${year.longitudeDeg},${year.utcOffsetH},${year.elevationM}`,
    ...EPW_DAYS_HEADER,
    `HOLIDAYS/DAYLIGHT SAVINGS,${year.timeMs.length * stepMinutes === 366 * 1440 ? 'Yes' : 'No'},0,0,0`,
    'COMMENTS 1,',
    'COMMENTS 2,',
    `DATA PERIODS,1,${60 / stepMinutes},Data,Sunday, 1/ 1,12/31`,
  ];
  for (const { index, year: y, month, day, startMinute } of calendarOf(year)) {
    const hour = Math.floor(startMinute / 60) + 1;
    const minute = (startMinute % 60) + stepMinutes;
    lines.push(
      [
        y,
        month,
        day,
        hour,
        minute,
        '?9?9?9?9E0?9?9?9?9?9?9?9?9?9?9?9?9?9?9?9*9*9?9?9?9',
        year.tempAirC[index],
        year.dewPointC?.[index] ?? 99.9,
        999,
        year.pressurePa?.[index] ?? 999_999,
        9999,
        9999,
        9999,
        year.ghiWm2[index],
        year.dniWm2[index],
        year.dhiWm2[index],
        999_999,
        999_999,
        999_999,
        9999,
        year.windDirectionDeg?.[index] ?? 999,
        year.windSpeedMPerS[index],
        99,
        99,
        9999,
        99_999,
        9,
        999_999_999,
        999,
        0.999,
        999,
        99,
        year.albedo?.[index] ?? 999,
        999,
        99,
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
