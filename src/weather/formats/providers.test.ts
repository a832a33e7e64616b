/** Files of providers and networks: cuts of public files as pvlib reads them, and whole years written in their manner. */
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, test } from '@jest/globals';
import { checkWeatherYear } from '../../../test/support/check-weather-year.ts';
import { WEATHER, weatherFile, weatherText } from '../../../test/support/fixtures.ts';
import {
  bsrnText,
  camsText,
  pvsystText,
  sampleFile,
  solarAnywhereText,
  solargisText,
  solcastText,
  surfradText,
} from '../../../test/support/provider-files.ts';
import type { ParseOptions } from '../parse.ts';
import { parseWeather } from '../parse.ts';
import type { RawRecords } from '../raw-records.ts';
import type { WeatherQuantity, WeatherYear } from '../series.ts';
import { readBsrn } from './bsrn.ts';
import { readCams } from './cams.ts';
import { readPvsyst } from './pvsyst.ts';
import { readSolarAnywhere } from './solaranywhere.ts';
import { readSurfrad } from './surfrad.ts';

const sumOf = ({ values }: RawRecords, quantity: WeatherQuantity): number =>
  values[quantity]?.reduce((sum, value) => sum + value, 0) ?? Number.NaN;
const stampOf = ({ year, month, day, minute }: RawRecords, i: number): number[] => [
  year[i],
  month[i],
  day[i],
  minute[i],
];
const greensboro = parseWeather(weatherFile(WEATHER.greensboro), { name: 'greensboro' });
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, options: Partial<ParseOptions> = {}): WeatherYear =>
  checkWeatherYear(parseWeather(encode(text), { name: 'file', ...options }));
function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

const { ghiWm2, dniWm2, dhiWm2 } = greensboro;
const SITE = { latitudeDeg: 36.1, longitudeDeg: -79.95, elevationM: 273 } as const;

describe('SolarAnywhere', () => {
  const text = solarAnywhereText(greensboro);

  test('a public file has the values that pvlib reads', () => {
    const records = readSolarAnywhere(sampleFile('solaranywhere_burlington.csv'), 'burlington');
    // pvlib 0.16.1, iotools.read_solaranywhere.
    expect([records.latitudeDeg, records.longitudeDeg, records.elevationM]).toEqual([44.4675, -73.2075, 41]);
    expect([records.utcOffsetH, records.count, records.stamp]).toEqual([-5, 288, 'end']);
    expect([sumOf(records, 'ghiWm2'), sumOf(records, 'dniWm2'), sumOf(records, 'dhiWm2')]).toEqual([11687, 5333, 9799]);
    expect([sumOf(records, 'tempAirC'), sumOf(records, 'windSpeedMPerS')]).toEqual([-318, 448]);
    expect(sumOf(records, 'albedo')).toBeCloseTo(172.8, 9);
    expect([stampOf(records, 0), stampOf(records, 287)]).toEqual([
      [2021, 1, 1, 5],
      [2021, 1, 2, 0],
    ]);
  });

  test('a year, and a typical year of 2000 without its 29 February', () => {
    const year = read(text);
    expect(year.source.format).toBe('solaranywhere');
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T05:30:00.000Z');
    expect(largestDifference(year.dhiWm2, dhiWm2)).toBe(0);
    const typical = read(text.replaceAll('/2019 ', '/2000 ').replaceAll('/2020 ', '/2000 '));
    expect(largestDifference(typical.ghiWm2, ghiWm2)).toBe(0);
  });

  test('a file of instants is refused', () => {
    expect(() => read(text.replace('End of Period', 'Instantaneous'))).toThrow(
      'line 1, column 8, Averaging Method: value is "Instantaneous"; expected End of Period',
    );
  });
});

describe('CAMS', () => {
  const text = camsText(greensboro);

  test('a public file of minutes has the values that pvlib reads', () => {
    const records = readCams(sampleFile('cams_1min.csv'), 'cams');
    // pvlib 0.16.1, iotools.read_cams(integrated=False).
    expect([records.latitudeDeg, records.longitudeDeg, records.elevationM, records.count]).toEqual([
      55.7906, 12.5251, 39, 4,
    ]);
    expect(sumOf(records, 'ghiWm2')).toBeCloseTo(3257.958, 9);
    expect(sumOf(records, 'dniWm2')).toBeCloseTo(3429.636, 9);
    expect(sumOf(records, 'dhiWm2')).toBeCloseTo(452.334, 9);
    expect([stampOf(records, 0), records.stamp]).toEqual([[2020, 6, 1, 720], 'start']);
  });

  test('a file of months is refused, and so is true solar time', () => {
    expect(() => parseWeather(sampleFile('cams_monthly.csv'), { name: 'file' })).toThrow(
      'value is "0 year 1 month 0 day 0 h 0 min 0 s"; expected at most 1 h',
    );
    expect(() => read(text.replace('Universal time (UT)', 'True solar time (TST)'))).toThrow(
      'value is "True solar time (TST)"; expected Universal time (UT)',
    );
  });

  test('a year of hours has the defaults of temperature and wind', () => {
    const year = read(text);
    expect([year.source.format, year.utcOffsetH]).toEqual(['cams', 0]);
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T00:30:00.000Z');
    expect(largestDifference(year.dniWm2, dniWm2)).toBe(0);
    expect(year.warnings.map(({ code }) => code)).toEqual(['weather.column_defaulted', 'weather.column_defaulted']);
  });
});

describe('SURFRAD', () => {
  const text = surfradText(greensboro);

  test('a public file has the values that pvlib reads', () => {
    const records = readSurfrad(sampleFile('surfrad_slv16001.dat'), 'alamosa');
    // pvlib 0.16.1, iotools.read_surfrad, which leaves the longitude positive in the west.
    expect([records.station, records.latitudeDeg, records.longitudeDeg, records.elevationM]).toEqual([
      'Alamosa',
      37.7,
      -105.92,
      2317,
    ]);
    expect([records.count, stampOf(records, 0)]).toEqual([361, [2016, 1, 1, 897]]);
    expect(sumOf(records, 'ghiWm2')).toBeCloseTo(159_588.6, 6);
    expect(sumOf(records, 'dniWm2')).toBeCloseTo(359_032.6, 6);
    expect(sumOf(records, 'dhiWm2')).toBeCloseTo(18_980, 6);
    expect(sumOf(records, 'tempAirC')).toBeCloseTo(-3479.7, 6);
    expect(sumOf(records, 'windSpeedMPerS')).toBeCloseTo(186.4, 6);
    expect(sumOf(records, 'pressurePa')).toBeCloseTo(28_088_910, 3);
    expect(sumOf(records, 'windDirectionDeg')).toBeCloseTo(110_824.3, 6);
  });

  test('the days of a year, put together', () => {
    const year = read(text);
    expect([year.source.format, year.longitudeDeg]).toEqual(['surfrad', -79.95]);
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T00:30:00.000Z');
    expect(largestDifference(year.ghiWm2, ghiWm2)).toBe(0);
    expect(year.warnings).toEqual([]);
  });

  test('a flagged value is missing, one day is no year, and two stations are refused', () => {
    const lines = text.split('\n');
    lines[20] = lines[20].replace(/^((?:\s+\S+){9}) 0/, '$1 1');
    const year = read(lines.join('\n'));
    expect(year.gaps.nMissingValues).toBe(1);
    expect(year.source.notes).toEqual(["1 values with a flag of the station's quality control count as missing."]);
    expect(() => parseWeather(sampleFile('surfrad_slv16001.dat'), { name: 'file' })).toThrow('a whole year is needed');
    expect(() => read(text.replace(/(\n Test Station\n {3})36\.10/, '$137.10'))).toThrow('another station begins here');
  });
});

describe('BSRN', () => {
  const text = bsrnText(greensboro);
  const present = ({ values }: RawRecords, quantity: WeatherQuantity): Float64Array =>
    (values[quantity] as Float64Array).filter((value) => !Number.isNaN(value));

  test('a public file has the values that pvlib reads', () => {
    const records = readBsrn(sampleFile('bsrn_pay0616.dat'), 'payerne');
    // pvlib 0.16.1, iotools.read_bsrn, with the negative offset of the night as 0.
    expect([records.latitudeDeg, records.elevationM, records.count]).toEqual([46.815, 491, 184]);
    expect(records.longitudeDeg).toBeCloseTo(6.944, 9);
    expect([stampOf(records, 0), stampOf(records, 183), records.stamp]).toEqual([
      [2016, 6, 1, 0],
      [2016, 6, 22, 879],
      'start',
    ]);
    const sums = (['ghiWm2', 'dniWm2', 'dhiWm2', 'tempAirC', 'pressurePa'] as const).map((quantity) => {
      const values = present(records, quantity);
      return [values.length, Number(values.reduce((sum, value) => sum + value, 0).toFixed(6))];
    });
    expect(sums).toEqual([
      [183, 156_186],
      [183, 171_251],
      [183, 11_256],
      [184, 4869.8],
      [184, 17_758_000],
    ]);
  });

  test('the months of a year, put together, plain or as joined gzip files', () => {
    const year = read(text);
    expect([year.source.format, year.latitudeDeg, year.utcOffsetH]).toEqual(['bsrn', expect.closeTo(36.1, 9), 0]);
    expect(year.longitudeDeg).toBeCloseTo(-79.95, 9);
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T00:30:00.000Z');
    expect(largestDifference(year.ghiWm2, ghiWm2)).toBe(0);
    expect(year.pressurePa?.[0]).toBeCloseTo(98_050, 9);
    expect(year.warnings.map(({ code }) => code)).toEqual(['weather.column_defaulted']);
    const half = text.lastIndexOf('*U0001');
    const joined = Buffer.concat([text.slice(0, half), text.slice(half)].map((part) => gzipSync(part)));
    expect(largestDifference(parseWeather(joined, { name: 'file' }).timeMs, year.timeMs)).toBe(0);
  });

  test('the months of a year in one zip, in any order, some as gzip', () => {
    const months = text.split(/(?=^\*[CU]0001)/m);
    expect(months).toHaveLength(12);
    const names = months.map((_, m) => `pay${String(m + 1).padStart(2, '0')}19.dat`);
    const files = Object.fromEntries(
      months
        .map((month, m) => (m % 2 ? [`${names[m]}.gz`, gzipSync(month)] : [names[m], Buffer.from(month)]))
        .reverse(),
    );
    const zipped = (more: object = {}) => zipSync({ ...files, ...more });
    expect(
      largestDifference(parseWeather(zipped({ '__MACOSX/._a': Buffer.from('x') }), { name: 'file' }).ghiWm2, ghiWm2),
    ).toBe(0);
    expect(() => parseWeather(zipped({ 'read.me': Buffer.from('months') }), { name: 'file' })).toThrow(
      'the zip has 13 files (',
    );
    expect(() => parseWeather(zipped({ 'pay1319.dat': Buffer.from(months[5]) }), { name: 'file' })).toThrow('2019-');
    const { [names[2]]: _, ...some } = files;
    expect(() => parseWeather(zipSync(some), { name: 'file' })).toThrow();
    const one = zipSync({ 'a/year.csv': Buffer.from(weatherText(WEATHER.tucson)) });
    expect(parseWeather(one, { name: 'file' }).source.format).toBe('tmy3');
    expect(() => parseWeather(zipped().slice(0, 9000), { name: 'file' })).toThrow('the zip is damaged or cut off');
    expect(() => parseWeather(zipSync({}), { name: 'file' })).toThrow('the zip has no file');
    expect(() => parseWeather(zipped(), { name: 'file', maxBytes: 100_000 })).toThrow(
      expect.objectContaining({ code: 'weather.too_large' }),
    );
  });

  test('one month is no year, and two stations, a line cut off and a minute after 1439 are refused', () => {
    expect(() => parseWeather(sampleFile('bsrn_pay0616.dat'), { name: 'file' })).toThrow('a whole year is needed');
    expect(() => read(text.replace(' 21 7 2019', ' 22 7 2019'))).toThrow('another station begins here');
    const lines = text.split('\n');
    const cut = [...lines];
    cut[40] = cut[40].slice(0, 5);
    expect(() => read(cut.join('\n'))).toThrow('line 41: the line of LR0100 has 2 cells; expected 10');
    const late = [...lines];
    late[40] = late[40].replace(' 1 60 ', ' 1 1440 ');
    expect(() => read(late.join('\n'))).toThrow('line 41, column 1, time: "1" is not a time like day of the month');
  });
});

describe('PVsyst', () => {
  test.each(['0 to 23', '1 to 24'] as const)('a year with hours %s', (hours) => {
    const year = read(pvsystText(greensboro, hours));
    expect([year.source.format, year.source.station, year.utcOffsetH]).toEqual(['pvsyst', 'Test place', -5]);
    expect([year.latitudeDeg, year.longitudeDeg, year.elevationM]).toEqual([36.1, -79.95, 273]);
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T05:30:00.000Z');
    for (const quantity of ['ghiWm2', 'dniWm2', 'dhiWm2', 'tempAirC', 'windSpeedMPerS'] as const)
      expect(largestDifference(year[quantity], greensboro[quantity])).toBe(0);
    expect(year.warnings).toEqual([]);
  });

  test('the first lines of a public file', () => {
    // climate.onebuilding.org, ISR_D_Beer.Sheva.401900_TMYx; its EPW has these values in the hours that end at 8:00 and 9:00.
    const file = [
      '#TMY hourly data',
      '#Site,Beer.Sheva',
      '#Latitude,31.252',
      '#Longitude,34.800',
      '#Altitude,280',
      '#Time Zone,2.00',
      'Year,Month,Day,Hour,Minute,GHI,DHI,DNI,Tamb,WindVel,WindDir',
      ',,,,,W/m2,W/m2,W/m2,deg.C,m/sec,\ufffd',
      '2059,1,1,8,30,42,25,113,8.000,1.00,119',
      '2059,1,1,9,30,146,77,276,8.000,1.00,100',
      '2059,1,1,24,30,0,0,0,12.000,1.00,80',
    ].join('\r\n');
    const records = readPvsyst(encode(file), 'beer-sheva');
    expect([records.count, records.stamp, stampOf(records, 0)]).toEqual([3, 'end', [2059, 1, 1, 480]]);
    expect([...(records.values.dhiWm2 as Float64Array)]).toEqual([25, 77, 0]);
  });

  test('a missing line of the header, an unknown unit and minutes that mean nothing are refused', () => {
    const text = pvsystText(greensboro);
    expect(() => read(text.replace('#Time Zone', '#Zone'))).toThrow('Time Zone: the header does not have the line');
    expect(() => read(text.replace('W/m2;W/m2;W/m2', 'suns;W/m2;W/m2'))).toThrow(
      'line 11, column 5, GHI: the unit is "suns"; expected one of w/m2',
    );
    expect(() => read(pvsystText(greensboro, '1 to 24').replaceAll(',30,', ',10,'))).toThrow(
      'every record has minute 10',
    );
    expect(() => read(text.replace(';Hour;', ';H;'))).toThrow('hour: the file does not have this column');
  });
});

describe('Solargis', () => {
  const text = solargisText(greensboro);

  test('a year whose stamps are the centres of hours in UTC-5', () => {
    const year = read(text);
    expect([year.source.format, year.source.station, year.utcOffsetH]).toEqual(['solargis', 'Test place', -5]);
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T05:30:00.000Z');
    expect(largestDifference(year.ghiWm2, ghiWm2)).toBe(0);
    expect(year.pressurePa?.[0]).toBeCloseTo(98_050, 9);
    expect(year.warnings).toEqual([]);
  });

  test('stamps at the end of hours, and the mark -9 of a missing irradiance', () => {
    const lines = solargisText(greensboro, 'end').split('\n');
    lines[4020] = lines[4020].replace(/^([^;]*;[^;]*;)[^;]*/, '$1-9');
    const year = read(lines.join('\n'));
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T05:30:00.000Z');
    expect([year.gaps.nMissingValues, year.gaps.nClippedNegatives]).toEqual([1, 0]);
  });

  /** The year by days, with its clock written as in typical years */
  const typicalText = (years: string): string =>
    text
      .replace('Date;Time;', 'Day;Time;')
      .replace('#Columns:', `${years}#Columns:`)
      .replace('#Time - Time of measurement, time', '#Time - Time')
      .replaceAll(/^(\d\d)\.(\d\d)\.2019;0?/gm, (_, day, month) => {
        const ofYear = (Date.UTC(2019, Number(month) - 1, Number(day)) - Date.UTC(2018, 11, 31)) / 86_400_000;
        return `${ofYear};`;
      });

  test('a typical year by days, whose months may have their years', () => {
    const months = Array.from({ length: 12 }, (_, i) => `${i + 1}:${2004 + (i % 3)}`).join(' ');
    const year = read(typicalText(`#TMY created from selected years: ${months}\n`));
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2004-01-01T05:30:00.000Z');
    expect(new Date(year.timeMs[1416]).toISOString()).toBe('2006-03-01T05:30:00.000Z');
    expect([year.source.typicalYear, year.source.notes, year.warnings]).toEqual([true, [], []]);
    expect(largestDifference(year.ghiWm2, ghiWm2)).toBe(0);
    const unstated = read(typicalText(''));
    expect(new Date(unstated.timeMs[8759]).toISOString()).toBe('2002-01-01T04:30:00.000Z');
    expect(unstated.source.notes).toEqual([
      'The file does not state the years of its months; the sun stands as in 2001.',
    ]);
  });

  test('a day 366 of a typical year, and a column without its unit, are refused', () => {
    expect(() => read(typicalText('').replace(/^365;/m, '366;'))).toThrow('"366" is not a time like day 1 to 365');
    expect(() => read(text.replace('[Wh/m2]', ''))).toThrow('GHI: the unit is "" in the header; expected one of w/m2');
  });
});

describe('Solcast', () => {
  const text = solcastText(greensboro);

  test('a year with the place of the query, in both spellings', () => {
    const year = read(text, { table: SITE });
    expect([year.source.format, year.latitudeDeg, year.utcOffsetH]).toEqual(['solcast', 36.1, 0]);
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T00:30:00.000Z');
    expect(largestDifference(year.ghiWm2, ghiWm2)).toBe(0);
    expect(year.pressurePa?.[0]).toBeCloseTo(98_050, 9);
    const pascal = text
      .replace(
        'period_end,period,air_temp,albedo,dhi,dni,ghi,surface_pressure,wind_speed_10m',
        'PeriodEnd,Period,AirTemp,AlbedoDaily,Dhi,Dni,Ghi,SurfacePressure,WindSpeed10m',
      )
      .replaceAll('+00:00,', 'Z,');
    expect(largestDifference(read(pascal, { table: SITE }).dhiWm2, dhiWm2)).toBe(0);
  });

  test('a file without a place is asked for it', () => {
    expect(() => read(text)).toThrow('the request does not give the latitude_deg, nor a site that has it');
  });
});
