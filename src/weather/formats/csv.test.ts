import { describe, expect, test } from '@jest/globals';
import { checkWeatherYear } from '../../../test/support/check-weather-year.ts';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { calendarOf } from '../../../test/support/write-weather.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { parseWeather } from '../parse.ts';
import type { WeatherYear } from '../series.ts';
import { DEFAULT_PREPARATION, DEFAULT_SYSTEM } from '../../../test/support/default-system.ts';
import { prepareSite, simulateYear } from '../../solar/year/simulate.ts';
import type { CsvOptions } from './csv.ts';

const greensboro = parseWeather(weatherFile(WEATHER.greensboro), { name: 'greensboro' });
const PLACE = { latitudeDeg: 36.1, longitudeDeg: -79.95, elevationM: 273 } as const;
const read = (text: string, table: CsvOptions): WeatherYear =>
  checkWeatherYear(parseWeather(new TextEncoder().encode(text), { name: 'file', table }));
const two = (value: number): string => String(value).padStart(2, '0');

interface Row {
  readonly i: number;
  readonly month: number;
  readonly day: number;
  /** Minute of the day at which the record starts */
  readonly minute: number;
}
/** A table of 2019 with the values of Greensboro. */
const table = (head: readonly string[], row: (one: Row) => string): string =>
  [
    ...head,
    ...[...calendarOf(greensboro)].map(({ index: i, month, day, startMinute: minute }) =>
      row({ i, month, day, minute }),
    ),
  ].join('\n');
const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const comma = (value: number): string => String(value).replace('.', ',');

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
function refusal(text: string, options?: CsvOptions): AppError {
  try {
    parseWeather(new TextEncoder().encode(text), { name: 'file', table: options });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

const { ghiWm2, dniWm2, dhiWm2, tempAirC, windSpeedMPerS } = greensboro;
const german = table(
  ['Messstation Nord', '', 'Datum;Uhrzeit;Globalstrahlung;Diffus;Lufttemperatur;Wind'],
  ({ i, month, day, minute }) =>
    `${two(day)}.${two(month)}.2019;${clock(minute)};${comma(ghiWm2[i])};${comma(dhiWm2[i])};${comma(tempAirC[i])};${comma(windSpeedMPerS[i] * 3.6)}`,
);
const GERMAN: CsvOptions = {
  ...PLACE,
  columns: {
    date: 'Datum',
    time: 'Uhrzeit',
    ghi_w_m2: 'Globalstrahlung',
    dhi_w_m2: 'Diffus',
    temp_air_c: 'Lufttemperatur',
    wind_speed_m_s: 'Wind',
  },
  columnUnits: { wind_speed_m_s: 'km/h' },
  utcOffsetH: -5,
  timeLabel: 'start',
};
const american = table(
  ['"TIMESTAMP","GHI [kWh/m2]","DNI [kWh/m2]","DHI [kWh/m2]","Tamb (F)","WS (mph)"'],
  ({ i, month, day, minute }) => {
    const end = minute + 60;
    const hour = Math.floor((end % 1440) / 60);
    const date = new Date(Date.UTC(2019, month - 1, day) + (end === 1440 ? 86_400_000 : 0));
    const text = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()} ${hour % 12 === 0 ? 12 : hour % 12}:00 ${hour < 12 ? 'AM' : 'PM'}`;
    return `"${text}",${ghiWm2[i] / 1000},${dniWm2[i] / 1000},${dhiWm2[i] / 1000},${tempAirC[i] * 1.8 + 32},${windSpeedMPerS[i] / 0.44704}`;
  },
);
const AMERICAN: CsvOptions = {
  ...PLACE,
  columns: {
    time: 'TIMESTAMP',
    ghi_w_m2: 'GHI [kWh/m2]',
    dni_w_m2: 'DNI [kWh/m2]',
    dhi_w_m2: 'DHI [kWh/m2]',
    temp_air_c: 'Tamb (F)',
    wind_speed_m_s: 'WS (mph)',
  },
  utcOffsetH: -5,
  timeLabel: 'end',
};

describe('a table with a map of its columns', () => {
  test('German: semicolons, decimal commas, date and time apart, km/h, starts of hours, GHI and DHI', () => {
    const year = read(german, GERMAN);
    expect(year.source.format).toBe('csv');
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T05:30:00.000Z');
    expect(largestDifference(year.ghiWm2, ghiWm2)).toBe(0);
    expect(largestDifference(year.tempAirC, tempAirC)).toBe(0);
    expect(largestDifference(year.windSpeedMPerS, windSpeedMPerS)).toBeLessThan(1e-12);
    expect(year.warnings.map(({ code }) => code)).toEqual(['weather.irradiance_closed']);
  });

  test('American: quotes, month first, AM and PM, ends of hours, energies, Fahrenheit, miles per hour', () => {
    const year = read(american, AMERICAN);
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T05:30:00.000Z');
    for (const quantity of ['ghiWm2', 'dniWm2', 'dhiWm2', 'tempAirC', 'windSpeedMPerS'] as const)
      expect(largestDifference(year[quantity], greensboro[quantity])).toBeLessThan(1e-9);
  });

  test('instants with their offset, year in parts, tabs and comments', () => {
    const columns = { time: 'time', ghi_w_m2: 'G' };
    const stamps = table(['# a comment', 'time\tG'], ({ i, month, day, minute }) => {
      const middle = new Date(Date.UTC(2019, month - 1, day) + (minute + 30) * 60_000).toISOString().slice(0, 19);
      return `${middle}-05:00\t${ghiWm2[i]}`;
    });
    const year = read(stamps, { ...PLACE, columns, timeLabel: 'centre', utcOffsetH: -5 });
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T05:30:00.000Z');
    expect(largestDifference(year.ghiWm2, ghiWm2)).toBe(0);
    const parts = table(
      ['YYYY MM DD HH GHI'],
      ({ i, month, day, minute }) => `2019 ${month} ${day} ${minute / 60 + 1} ${ghiWm2[i]}`,
    );
    const inParts = { year: 'YYYY', month: 'MM', day: 'DD', hour: 'HH', ghi_w_m2: 'GHI' };
    const ofParts = read(parts, { ...PLACE, columns: inParts, timeLabel: 'end', utcOffsetH: -5 });
    expect(largestDifference(ofParts.timeMs, year.timeMs)).toBe(0);
    expect(largestDifference(ofParts.ghiWm2, ghiWm2)).toBe(0);
  });

  test('a file with our names needs no map', () => {
    const text = table(
      ['time,ghi_w_m2,dni_w_m2,dhi_w_m2,temp_air_c,wind_speed_m_s'],
      ({ i, month, day, minute }) =>
        `2019-${two(month)}-${two(day)}T${clock(minute)}Z,${ghiWm2[i]},${dniWm2[i]},${dhiWm2[i]},${tempAirC[i]},${windSpeedMPerS[i]}`,
    );
    const year = read(text, { ...PLACE, timeLabel: 'start' });
    expect([year.utcOffsetH, new Date(year.timeMs[0]).toISOString()]).toEqual([0, '2019-01-01T00:30:00.000Z']);
    expect(year.warnings).toEqual([]);
  });

  test('marks of missing values count where the quantity cannot have them', () => {
    const marked = german.replace('02.01.2019;03:00;0;0;', '02.01.2019;03:00;-999;0;');
    expect(read(marked, GERMAN).gaps.nMissingValues).toBe(1);
  });
});

describe('what the request does not say is asked for', () => {
  test('a file that is not recognised: the error proposes a map', () => {
    const error = refusal(german);
    expect(error.code).toBe('weather.unrecognised_format');
    expect(error.fix).toContain(
      'with the query format=csv&columns={"date":"Datum","time":"Uhrzeit","ghi_w_m2":"Globalstrahlung","dhi_w_m2":"Diffus","temp_air_c":"Lufttemperatur","wind_speed_m_s":"Wind"}' +
        '&separator=semicolon&decimal=comma&time_format=DD.MM.YYYY HH:mm&utc_offset_h=(hours ahead of UTC)&time_label=(start, centre or end)',
    );
    expect(refusal(american).fix).toContain('time_format=MM/DD/YYYY hh:mm A');
  });

  test.each([
    ['utc_offset_h', { utcOffsetH: undefined }, "how far the file's clock is ahead of UTC"],
    ['time_label', { timeLabel: undefined }, 'whether a time is the start, the centre or the end'],
    ['latitude_deg', { latitudeDeg: undefined }, 'does not give the latitude_deg, nor a site'],
    [
      'columns',
      { columns: { ...GERMAN.columns, ghi_w_m2: 'GHI' } },
      'ghi_w_m2 is "GHI"; the file has the columns Datum',
    ],
    ['columns', { columns: { ...GERMAN.columns, ghi: 'Diffus' } }, '"ghi" is no name of a column'],
    [
      'column_units',
      { columnUnits: { ghi_w_m2: 'furlong' } },
      'the unit of ghi_w_m2 is "furlong"; expected one of w/m2',
    ],
    ['time_format', { timeFormat: 'DD.MM' }, 'expected YYYY, MM and DD in it'],
    ['irradiance', { columns: { date: 'Datum', time: 'Uhrzeit', dhi_w_m2: 'Diffus' } }, 'neither global horizontal'],
  ] as const)('%s', (field, change, reason) => {
    const error = refusal(german, { ...GERMAN, ...change });
    expect(error.code).toBe('weather.malformed');
    expect(error.details?.field).toBe(field);
    expect(error.message).toContain(reason);
  });

  test('dates that can be read both ways', () => {
    const days = [1, 2, 3].map((day) => `0${day}/04/2019 00:00;1;2`).join('\n');
    expect(refusal(`t;a;b\n${days}`, { ...GERMAN, columns: { time: 't', ghi_w_m2: 'a' } }).message).toContain(
      'the times can be read as DD/MM/YYYY HH:mm or MM/DD/YYYY HH:mm',
    );
  });
});

test('rain and snow depth are read in their units, and their gaps are no news', () => {
  const rows = ['time,ghi,snow (m),rain (in)'];
  for (let i = 0; i < 8760; i++) {
    const time = new Date(Date.UTC(2023, 0, 1) + i * 3_600_000).toISOString();
    rows.push(`${time},${i % 24 === 12 ? 500 : 0},${i % 24 === 0 ? 0.12 : ''},${i === 30 ? 0.5 : 0}`);
  }
  const year = parseWeather(new TextEncoder().encode(rows.join('\n')), {
    name: 'snow.csv',
    table: {
      columns: { time: 'time', ghi_w_m2: 'ghi', snow_depth_cm: 'snow (m)', rain_mm: 'rain (in)' },
      timeLabel: 'start',
      latitudeDeg: 50,
      longitudeDeg: 8,
      elevationM: 100,
    },
  });
  expect(year.snowDepthCm?.every((depth) => Math.abs(depth - 12) < 1e-9)).toBe(true);
  expect(year.rainMm?.[30]).toBeCloseTo(12.7, 9);
  expect(year.gaps.nMissingValues).toBe(0);
  expect(year.warnings.map(({ code }) => code)).not.toContain('weather.values_filled');
});

describe('irradiance on a tilted plane', () => {
  const mounting = { type: 'fixed', tiltDeg: 30, azimuthDeg: 180 } as const;
  const measured = simulateYear(prepareSite(greensboro, DEFAULT_PREPARATION), { ...DEFAULT_SYSTEM, mounting });
  const file = table(['time,gti,t'], ({ i, month, day, minute }) =>
    [`2019-${two(month)}-${two(day)} ${clock(minute)}`, measured.poaUnshadedWm2[i], greensboro.tempAirC[i]].join(','),
  );
  const options: CsvOptions = {
    ...PLACE,
    columns: { time: 'time', poa_w_m2: 'gti', temp_air_c: 't' },
    utcOffsetH: -5,
    timeLabel: 'start',
  };
  const plane = { poaTiltDeg: 30, poaAzimuthDeg: 180, poaAlbedo: 0.2 };

  test('gives the year that was measured, on the plane and on the ground', () => {
    const year = read(file, { ...options, ...plane });
    expect(year.warnings.map(({ code }) => code)).toContain('weather.irradiance_from_plane');
    const again = simulateYear(prepareSite(year, DEFAULT_PREPARATION), { ...DEFAULT_SYSTEM, mounting });
    expect(Math.abs(again.poaUnshadedAnnualKwhM2 / measured.poaUnshadedAnnualKwhM2 - 1)).toBeLessThan(0.01);
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    expect(Math.abs(sum(year.ghiWm2) / sum(greensboro.ghiWm2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(sum(year.dniWm2) / sum(greensboro.dniWm2) - 1)).toBeLessThan(0.1);
  });

  test('is refused without its plane, beside horizontal irradiance, and proposed for a file that is not recognised', () => {
    expect(refusal(file, options).message).toContain('does not say how the plane of poa_w_m2 is tilted');
    const both = { ...options, ...plane, columns: { time: 'time', poa_w_m2: 'gti', ghi_w_m2: 't' } };
    expect(refusal(file, both).message).toContain('ghi_w_m2 and poa_w_m2');
    const none = { ...options, ...plane, columns: { time: 'time', ghi_w_m2: 'gti' } };
    expect(refusal(file, none).message).toContain('poa_tilt_deg and poa_azimuth_deg are for');
    expect(refusal(file).fix).toContain('"poa_w_m2":"gti"');
    expect(refusal(file).fix).toContain('poa_tilt_deg=(tilt of the plane)');
  });
});
