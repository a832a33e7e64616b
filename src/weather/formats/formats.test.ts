import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { checkWeatherYear } from '../../../test/support/check-weather-year.ts';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { openMeteoJson, pvgisSeriesCsv, pvgisSeriesJson, textOf } from '../../../test/support/weather-files.ts';
import { writeEpw } from '../../../test/support/write-weather.ts';
import { weatherSchema } from '../../contracts/weather/weather.schema.ts';
import { parseWeather, parseWeatherYears } from '../parse.ts';
import type { WeatherFormat, WeatherYear } from '../series.ts';
import { WEATHER_FORMATS } from '../series.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, name = 'file'): WeatherYear => checkWeatherYear(parseWeather(bytes(text), { name }));
const greensboro = parseWeather(weatherFile(WEATHER.greensboro), { name: 'greensboro' });

function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

const VALUES = ['ghiWm2', 'dniWm2', 'dhiWm2', 'tempAirC', 'windSpeedMPerS', 'pressurePa'] as const;

test('each format has a writer for these tests, and stands in the API reference', () => {
  // The real year is TMY3; tests below write PVGIS csv, csv.test.ts tables, and providers.test.ts the others.
  const elsewhere = [
    'tmy3',
    'pvgis-csv',
    'solaranywhere',
    'solargis',
    'solcast',
    'cams',
    'surfrad',
    'bsrn',
    'pvsyst',
    'csv',
  ];
  expect(WEATHER_FORMATS.filter((format) => !(format in textOf))).toEqual(elsewhere);
  expect(weatherSchema.shape.format.description).toBe(WEATHER_FORMATS.join(', '));
});

describe('a real year written in each format reads back', () => {
  test.each(Object.entries(textOf))('%s: the same values, the same year of records', (format, write) => {
    const year = read(write(greensboro));
    expect(year.source.format).toBe(format as WeatherFormat);
    expect(year.timeMs.length).toBe(8760);
    expect(year.latitudeDeg).toBeCloseTo(36.1, 8);
    expect(year.longitudeDeg).toBeCloseTo(-79.95, 8);
    for (const quantity of VALUES)
      expect(largestDifference(year[quantity] as Float64Array, greensboro[quantity] as Float64Array)).toBeLessThan(
        1e-9,
      );
  });

  test.each(['sam-csv', 'epw', 'tm2'] as const)('%s: the sun stands at the same instants', (format) => {
    const year = read(textOf[format](greensboro));
    expect(year.utcOffsetH).toBe(-5);
    // TMY2 has two digits of the year: its 2001 is 1901, a hundred years of 36,525 days before.
    const century = format === 'tm2' ? 36_525 * 86_400_000 : Number.POSITIVE_INFINITY;
    expect(largestDifference(year.timeMs, greensboro.timeMs) % century).toBe(0);
    const timeOfDay = (t: number): number => t - 86_400_000 * Math.floor(t / 86_400_000);
    expect(largestDifference(year.timeMs.map(timeOfDay), greensboro.timeMs.map(timeOfDay))).toBe(0);
    expect(year.month).toEqual(greensboro.month);
    expect(year.windDirectionDeg).toEqual(greensboro.windDirectionDeg);
  });

  test('with every cell in quotes and a byte order mark it is the same year', () => {
    const quoted = (text: string, from: number): string =>
      text
        .split('\n')
        .map((line, i) => (i < from || line.trim() === '' ? line : `"${line.trimEnd().split(',').join('","')}"`))
        .join('\r\n');
    for (const [format, from] of [
      ['sam-csv', 3],
      ['tmy3', 2],
    ] as const) {
      const text =
        format === 'tmy3'
          ? new TextDecoder().decode(gunzipSync(weatherFile(WEATHER.greensboro)))
          : textOf[format](greensboro);
      const year = read(`\ufeff${quoted(text, from)}`);
      expect(year.timeMs).toEqual(read(text).timeMs);
      for (const quantity of VALUES) expect(year[quantity]).toEqual(read(text)[quantity]);
    }
    const open = new TextDecoder()
      .decode(gunzipSync(weatherFile(WEATHER.greensboro)))
      .replace('01/01/1988', '"01/01/1988');
    expect(() => read(open)).toThrow('is not a date like');
  });

  test('NASA POWER stamps are the start of the hour', () => {
    const year = read(textOf['nasa-power-json'](greensboro));
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T00:30:00.000Z');
    // The albedo is missing every night, longer than a gap that is filled.
    expect(year.gaps.droppedColumns).toEqual(['albedo']);
  });

  test('Open-Meteo stamps are the end of the hour, and parts of neighbouring years are left out', () => {
    const year = read(textOf['open-meteo-json'](greensboro));
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T00:30:00.000Z');
    expect(new Date(year.timeMs[8759]).toISOString()).toBe('2019-12-31T23:30:00.000Z');
    expect(year.source.notes).toEqual(['24 records of neighbouring years were left out.']);
  });

  test('Open-Meteo wind in km/h becomes m/s', () => {
    const year = read(openMeteoJson(2019, greensboro).replace('"m/s"', '"km/h"'));
    expect(
      largestDifference(
        year.windSpeedMPerS,
        greensboro.windSpeedMPerS.map((v) => v / 3.6),
      ),
    ).toBeLessThan(1e-12);
  });

  test('PVGIS json moves the sun by the irradiance time offset', () => {
    const year = read(textOf['pvgis-json'](greensboro));
    expect(new Date(year.timeMs[0]).toISOString()).toBe('1988-01-01T00:10:33.960Z');
  });
});

describe('EPW from PVGIS', () => {
  test('is read in UTC at the instant of its comment, as the csv of the same place', () => {
    const csv = parseWeather(weatherFile(WEATHER.pvgis), { name: 'csv' });
    const epw = writeEpw(csv)
      .replace(/^LOCATION.*$/m, 'LOCATION,unknown,-,unknown,ECMWF/ERA,unknown,45.000000,8.000000,1,250')
      .replace('COMMENTS 2,', 'COMMENTS 2,Irradiance Time Offset (h):-0.8239');
    const year = read(epw);
    expect(largestDifference(year.timeMs, csv.timeMs)).toBe(0);
    expect(year.month).toEqual(csv.month);
    expect(largestDifference(year.ghiWm2, csv.ghiWm2)).toBe(0);
    expect(year.source.notes).toEqual([
      'The time zone 1 of the LOCATION line was not used: PVGIS writes its EPW files in UTC.',
    ]);
  });
});

describe('PVGIS hourly series', () => {
  test('csv: direct normal comes from the horizontal beam and the height of the sun', () => {
    const year = read(pvgisSeriesCsv(2019, greensboro));
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T00:10:00.000Z');
    let compared = 0;
    for (let i = 0; i < 8760; i++) {
      // Beam above DNI would need a sine above 1: such records of the source have no exact sun height.
      const beam = greensboro.ghiWm2[i] - greensboro.dhiWm2[i];
      if (greensboro.dniWm2[i] === 0 || beam <= 0 || beam > greensboro.dniWm2[i]) continue;
      expect(year.dniWm2[i]).toBeCloseTo(greensboro.dniWm2[i], 8);
      compared++;
    }
    expect(compared).toBeGreaterThan(3500);
  });

  test('beam at a low sun is limited, beam without a sun has no direct normal, and both are said', () => {
    const lines = pvgisSeriesCsv(2019, greensboro).split('\r\n');
    const noon = lines.findIndex((line) => line.startsWith('20190101:1210'));
    lines[noon] = '20190101:1210,50.0,90.0,0.0,0.5,11.1,3.1,0';
    lines[noon + 1] = '20190101:1310,5.0,90.0,0.0,0.0,11.1,3.1,1';
    const year = read(lines.join('\r\n'));
    expect([year.dniWm2[12], year.dniWm2[13], year.ghiWm2[12]]).toEqual([1412, 0, 140]);
    expect(year.source.notes).toContain('1 records have beam while the sun is down; their direct normal is 0.');
    expect(year.source.notes).toContain('1 records hold irradiance that PVGIS reconstructed.');
  });

  test('json of two years: each year is one, and a choice is asked for', () => {
    const file = bytes(
      pvgisSeriesJson([
        [2018, greensboro],
        [2019, greensboro],
      ]),
    );
    const years = parseWeatherYears(file, { name: 'two' });
    expect(years.map((year) => year.source.yearOfMonth[0])).toEqual([2018, 2019]);
    expect(() => parseWeather(file, { name: 'two' })).toThrow('two: the file holds the years 2018, 2019; choose one');
    const chosen = parseWeather(file, { name: 'two', year: 2019 });
    expect(new Date(chosen.timeMs[0]).toISOString()).toBe('2019-01-01T00:10:00.000Z');
    expect(() => parseWeather(file, { name: 'two', year: 2020 })).toThrow('does not hold 2020');
  });

  test('a tilted plane is refused', () => {
    expect(() => read(pvgisSeriesCsv(2019, greensboro, '35 deg. (optimum)'))).toThrow(
      'file: line 7, slope: the series is for a plane of slope 35 deg; expected 0, a horizontal plane',
    );
  });
});

describe('headers of SAM csv', () => {
  const rows = textOf['sam-csv'](greensboro).split('\n').slice(3).join('\n');
  const names = textOf['sam-csv'](greensboro).split('\n')[2];

  test('NSRDB: units among the metadata, blank columns at the end', () => {
    const year = read(
      `Source,Location ID,City,State,Country,Latitude,Longitude,Time Zone,Elevation,Local Time Zone,Pressure Units,Version\n` +
        `NSRDB,1234,-,-,-,36.1,-79.95,-5,273,-5,mbar,4.0.1,,,\n${names},,\n${rows.replaceAll('\n', ',,\n')}`,
    );
    expect(year.elevationM).toBe(273);
    expect(largestDifference(year.pressurePa as Float64Array, greensboro.pressurePa as Float64Array)).toBeLessThan(
      1e-9,
    );
  });

  test('labels beside their values, a row of units, pressure in Pa', () => {
    const units = names
      .split(',')
      .map((name) => (name === 'Pressure' ? 'Pa' : 'x'))
      .join(',');
    const year = read(
      `Latitude,36.1,Longitude,-79.95\nTime Zone,-5,Elevation,273,Pressure Units,hPa\n${names}\n${units}\n${rows}`,
    );
    expect([year.latitudeDeg, year.longitudeDeg, year.utcOffsetH, year.elevationM]).toEqual([36.1, -79.95, -5, 273]);
    expect(largestDifference(year.timeMs, greensboro.timeMs)).toBe(0);
  });

  test('a file without minutes takes the sun at half past', () => {
    const without = rows.replaceAll(/^(\d+,\d+,\d+,\d+),\d+,/gm, '$1,');
    const year = read(`lat,lon,tz,elev,loc\n36.1,-79.95,-5,273,x\n${names.replace('Minute,', '')}\n${without}`);
    expect(largestDifference(year.timeMs, greensboro.timeMs)).toBe(0);
    expect(year.source.notes[0]).toContain('half past');
  });
});

describe('steps below an hour', () => {
  const finer = (step: number): WeatherYear => {
    const per = 60 / step;
    const spread = (values: Float64Array): Float64Array =>
      Float64Array.from({ length: values.length * per }, (_, i) => values[Math.floor(i / per)]);
    return {
      ...greensboro,
      stepMinutes: step,
      timeMs: Float64Array.from(
        { length: 8760 * per },
        (_, i) => greensboro.timeMs[Math.floor(i / per)] - 1_800_000 + ((i % per) + 0.5) * step * 60_000,
      ),
      month: Uint8Array.from({ length: 8760 * per }, (_, i) => greensboro.month[Math.floor(i / per)]),
      ghiWm2: spread(greensboro.ghiWm2),
      dniWm2: spread(greensboro.dniWm2),
      dhiWm2: spread(greensboro.dhiWm2),
      tempAirC: spread(greensboro.tempAirC),
      windSpeedMPerS: spread(greensboro.windSpeedMPerS),
      pressurePa: undefined,
      dewPointC: undefined,
      windDirectionDeg: undefined,
    };
  };

  test.each([30, 20, 10])('EPW at %i min', (step) => {
    const source = finer(step);
    const year = read(textOf.epw(source));
    expect(year.stepMinutes).toBe(step);
    expect(largestDifference(year.timeMs, source.timeMs)).toBe(0);
    expect(largestDifference(year.ghiWm2, source.ghiWm2)).toBe(0);
  });

  test('SAM csv at 10 min', () => {
    const source = finer(10);
    const year = read(textOf['sam-csv'](source));
    expect(year.timeMs.length).toBe(52_560);
    expect(largestDifference(year.timeMs, source.timeMs)).toBe(0);
  });

  test('SAM csv at 1 min: half a million records', () => {
    const minutes = Float64Array.from({ length: 525_600 }, (_, i) => Date.UTC(2019, 0, 1, 5) + i * 60_000);
    const flat = (value: number): Float64Array => new Float64Array(525_600).fill(value);
    const source = { ...finer(1), timeMs: minutes, ghiWm2: flat(1), dniWm2: flat(2), dhiWm2: flat(3) };
    const year = read(textOf['sam-csv'](source));
    expect(year.stepMinutes).toBe(1);
    expect(largestDifference(year.timeMs, minutes)).toBe(0);
  });
});
