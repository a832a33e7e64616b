/**
 * Weather files and horizons of the trade that were once refused or misread, each with the right value and its source. A test
 * has the name of its case; test/fixtures/cases/weather has the files.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { solarSystemSchema } from '../../src/contracts/solar/system.schema.ts';
import type { WeatherWarningCode } from '../../src/contracts/weather/warnings.ts';
import { NO_COMPONENTS, resolveSystem } from '../../src/services/solar/system.ts';
import { toSolarSystem } from '../../src/services/solar/engine-system.ts';
import { parseHorizon } from '../../src/solar/irradiance/horizon.ts';
import { prepareSite, simulateYear } from '../../src/solar/year/simulate.ts';
import { parseWeather } from '../../src/weather/parse.ts';
import type { ParseOptions } from '../../src/weather/parse.ts';
import type { WeatherYear } from '../../src/weather/series.ts';
import { checkWeatherYear } from '../support/check-weather-year.ts';
import { DEFAULT_PREPARATION } from '../support/default-system.ts';
import { ROOT, WEATHER, weatherText } from '../support/fixtures.ts';

const fixture = (name: string): Buffer => readFileSync(join(ROOT, 'test/fixtures/cases/weather', name));
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (bytes: Uint8Array, options: Partial<ParseOptions> = {}): WeatherYear =>
  checkWeatherYear(parseWeather(bytes, { name: 'file', ...options }));
/** Annual irradiation [kWh/m2] of hourly values. */
const annual = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / 1000;
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const codesOf = (year: WeatherYear): WeatherWarningCode[] => year.warnings.map(({ code }) => code);
const warningOf = (year: WeatherYear, code: WeatherWarningCode) => year.warnings.find((one) => one.code === code);

const greensboro = weatherText(WEATHER.greensboro);
const lines = greensboro.trimEnd().split('\n');
const names = lines[1].split(',');
/** The file without some of its columns. */
const without = (...fields: string[]): Uint8Array => {
  const kept = names.flatMap((name, i) => (fields.includes(name.trim()) ? [] : [i]));
  const rows = lines.slice(1).map((line) => {
    const cells = line.trimEnd().split(',');
    return kept.map((i) => cells[i]).join(',');
  });
  return bytesOf([lines[0], ...rows].join('\n'));
};
/** The file with the cells of one column changed in some lines (1-based). */
const withCells = (field: string, from: number, count: number, value: string): Uint8Array => {
  const at = names.findIndex((name) => name.trim() === field);
  const rows = lines.map((line, i) => {
    if (i + 1 < from || i + 1 >= from + count) return line;
    return line
      .split(',')
      .map((cell, c) => (c === at ? value : cell))
      .join(',');
  });
  return bytesOf(rows.join('\n'));
};

describe('nsrdb_phoenix_tmy.csv.gz: a typical year whose months were joined in UTC', () => {
  const year = read(fixture('nsrdb_phoenix_tmy.csv.gz'));

  test('is read, and each record keeps its own year', () => {
    // Sums as pvlib 0.16.1 reads the file (iotools.read_nsrdb_psm4).
    expect(annual(year.ghiWm2)).toBeCloseTo(2115.088, 3);
    expect(annual(year.dniWm2)).toBeCloseTo(2677.51, 3);
    expect(annual(year.dhiWm2)).toBeCloseTo(492.178, 3);
    expect(new Date(year.timeMs[736]).toISOString()).toBe('2012-01-31T23:30:00.000Z');
    expect(new Date(year.timeMs[737]).toISOString()).toBe('2001-02-01T00:30:00.000Z');
    expect(year.source.yearOfMonth).toEqual([2012, 2001, 1999, 2011, 2001, 2013, 2017, 2006, 2003, 2016, 2005, 2012]);
    expect(year.source.notes).toEqual(['The months were joined in another clock: the year changes inside 11 of them.']);
    expect(year.warnings).toEqual([]);
  });

  test('gives the energy of PVWatts v8', () => {
    const body = { dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 }, preset: { type: 'pvwatts_v8' } };
    const system = toSolarSystem(resolveSystem(solarSystemSchema.parse(body), NO_COMPONENTS, '', year));
    const { acAnnualKwh } = simulateYear(prepareSite(year, DEFAULT_PREPARATION), system);
    // PySAM Pvwattsv8 with this file.
    expect(Math.abs(acAnnualKwh / 177_427 - 1)).toBeLessThan(0.002);
  });

  test('a year that changes elsewhere inside a month stays refused', () => {
    const text = gunzipSync(fixture('nsrdb_phoenix_tmy.csv.gz')).toString();
    const changed = text
      .replaceAll(/^2001,1,31,/gm, '2012,1,31,')
      .replaceAll(/^2012,1,(1[6-9]|2\d|3\d),/gm, '2001,1,$1,');
    expect(() => read(bytesOf(changed))).toThrow('the year changes inside a month');
  });
});

test('solaranywhere_tmy3.csv.gz: SolarAnywhere in its TMY3 format, with "DNI (W/m^2))"', () => {
  const year = read(fixture('solaranywhere_tmy3.csv.gz'));
  // As pvlib 0.16.1 reads the file (iotools.read_tmy3).
  expect([year.latitudeDeg, year.longitudeDeg, year.elevationM, year.utcOffsetH]).toEqual([44.465, -73.205, 41, -5]);
  expect(annual(year.ghiWm2)).toBeCloseTo(1317.49, 3);
  expect(annual(year.dniWm2)).toBeCloseTo(1236.944, 3);
  expect(annual(year.dhiWm2)).toBeCloseTo(609.075, 3);
  expect(mean(year.tempAirC)).toBeCloseTo(9.092237, 6);
  expect(mean(year.windSpeedMPerS)).toBeCloseTo(2.68242, 6);
  expect(new Date(year.timeMs[0]).toISOString()).toBe('2021-01-01T05:30:00.000Z');
  expect(year.gaps.droppedColumns).toEqual(['pressurePa', 'dewPointC', 'windDirectionDeg']);
});

test.each(['horizon_decimal_comma.csv', 'horizon_tab_decimal_comma.csv'])(
  '%s: the horizon of horizon_plain.csv',
  (name) => {
    const plain = parseHorizon(fixture('horizon_plain.csv').toString());
    expect(plain.elevationDeg).toEqual([5.3, 13.2, 20.5, 2.1, 8.9]);
    const profile = parseHorizon(fixture(name).toString());
    const n = profile.azimuthDeg.length;
    expect(profile.elevationDeg).toEqual(plain.elevationDeg.slice(0, n));
    // The file with tabs has 8 where the others have 7.5, and ends at 90 degrees.
    expect(profile.azimuthDeg).toEqual(n === 3 ? [0, 8, 90] : plain.azimuthDeg);
  },
);

describe('a file of GHI only, GHI + DHI, GHI + DNI', () => {
  // Greensboro by pvlib 0.16.1: irradiance.erbs, disc and dirint (with the dew point) at the true zenith, diffuse closed.
  test.each([
    [undefined, 1339.9681, 716.2535],
    ['erbs', 1339.9681, 716.2535],
    ['disc', 1399.1875, 743.2338],
    ['dirint', 1345.9431, 758.4502],
  ] as const)('GHI only, model %s', (decomposition, dni, dhi) => {
    const year = read(without('DNI (W/m^2)', 'DHI (W/m^2)'), { decomposition });
    expect(annual(year.ghiWm2)).toBeCloseTo(1566.203, 3);
    expect(annual(year.dniWm2) / dni).toBeCloseTo(1, 4);
    expect(annual(year.dhiWm2) / dhi).toBeCloseTo(1, 4);
    expect(warningOf(year, 'weather.irradiance_decomposed')?.values).toEqual({ model: decomposition ?? 'erbs' });
  });

  test('GHI + DHI: the direct normal is closed from the two', () => {
    const year = read(without('DNI (W/m^2)'));
    // pvlib 0.16.1 irradiance.dni (0 from 88 degrees on): 1472.0358.
    expect(annual(year.dniWm2) / 1472.0358).toBeCloseTo(1, 3);
    expect(annual(year.dhiWm2)).toBeCloseTo(682.223, 3);
    expect(codesOf(year)).toEqual(['weather.irradiance_closed']);
  });

  test('GHI + DNI: the diffuse is closed from the two', () => {
    const year = read(without('DHI (W/m^2)'));
    // pvlib 0.16.1 irradiance.complete_irradiance, negative values 0: 682.6358.
    expect(annual(year.dhiWm2) / 682.6358).toBeCloseTo(1, 3);
    expect(codesOf(year)).toEqual(['weather.irradiance_closed']);
  });

  test('DNI + DHI: the global is closed from the two', () => {
    const year = read(without('GHI (W/m^2)'));
    // pvlib 0.16.1 irradiance.complete_irradiance: 1565.8771.
    expect(annual(year.ghiWm2) / 1565.8771).toBeCloseTo(1, 4);
  });

  test('DNI only is refused', () => {
    expect(() => read(without('GHI (W/m^2)', 'DHI (W/m^2)'))).toThrow('neither global horizontal irradiance');
  });
});

describe('one of three irradiances is missing for five days, as in months of BSRN', () => {
  const summer = 24 * 190 + 3;
  const names = ['GHI (W/m^2)', 'DNI (W/m^2)', 'DHI (W/m^2)'] as const;
  const whole = read(bytesOf(greensboro));

  test.each([
    [0, 'ghiWm2', 0.002],
    [1, 'dniWm2', 0.01],
    [2, 'dhiWm2', 0.01],
  ] as const)('%s: %s is closed from the other two, and said', (column, quantity, tolerance) => {
    const year = read(withCells(names[column], summer, 120, ''));
    // The file itself has the right values; it closes within 0.1 % of its year.
    expect(Math.abs(annual(year[quantity]) / annual(whole[quantity]) - 1)).toBeLessThan(tolerance);
    expect(Number(warningOf(year, 'weather.gaps_closed')?.values.n_values)).toBeGreaterThan(60);
  });

  test('two that are missing stay refused', () => {
    const once = withCells(names[1], summer, 120, '');
    const rows = Buffer.from(once).toString().split('\n');
    const at = lines[1].split(',').findIndex((name) => name.trim() === names[2]);
    const twice = rows.map((row, i) => {
      const row1 = i + 1;
      return row1 < summer || row1 >= summer + 120 ? row : row.split(',').with(at, '').join(',');
    });
    expect(() => read(bytesOf(twice.join('\n')))).toThrow('expected at most 3 h');
  });
});

test('one odd value in an optional column (albedo 1.05 once)', () => {
  const albedo = new TextDecoder().decode(withCells('Alb (unitless)', 3, 8760, '0.2')).split('\n');
  albedo[3999] = albedo[3999].replace(',0.2,', ',1.05,');
  const year = read(bytesOf(albedo.join('\n')));
  expect(year.albedo?.every((value) => value === 0.2)).toBe(true);
  expect(year.warnings.map(({ code, severity, values }) => ({ code, severity, values }))).toEqual([
    { code: 'weather.values_filled', severity: 'info', values: { n_values: 1, longest_gap_minutes: 60 } },
    {
      code: 'weather.values_rejected',
      severity: 'caution',
      values: {
        n_values: 1,
        column: 'albedo',
        range: '0 to 1',
        first: '"1.05"',
        place: 'line 4000, column 62, Alb (unitless)',
      },
    },
  ]);
});

test('an optional column in another unit is left out, and temperatures in another unit are refused', () => {
  const year = read(withCells('Pressure (mbar)', 3, 8760, '99300'));
  expect(year.pressurePa).toBeUndefined();
  expect(codesOf(year)).toEqual(['weather.values_rejected', 'weather.column_dropped']);
  expect(() => read(withCells('Dry-bulb (C)', 3, 8760, '293.15'))).toThrow(
    'file: line 3, column 32, Dry-bulb (C): 8760 values of air temperature are not within -95 to 65 degC, the first is "293.15"; check the unit',
  );
});

test.each(['NaN', 'nan', 'NA', 'null', '-'])('text %s is a missing value', (word) => {
  const year = read(withCells('Wspd (m/s)', 3000, 2, word));
  expect(year.gaps).toMatchObject({ nMissingValues: 2, nInterpolatedValues: 2 });
  expect(warningOf(year, 'weather.values_filled')?.values).toEqual({ n_values: 2, longest_gap_minutes: 120 });
});

describe('a night gap of 4 h', () => {
  const whole = read(bytesOf(greensboro));
  const first = 4000 - (4000 % 24) + 2;

  test('of records: the irradiance is 0, temperature and wind are interpolated, and both are said', () => {
    const year = read(bytesOf([...lines.slice(0, first), ...lines.slice(first + 4)].join('\n')));
    expect(annual(year.ghiWm2)).toBeCloseTo(annual(whole.ghiWm2), 9);
    expect(warningOf(year, 'weather.night_filled')?.values).toEqual({ n_values: 12 });
    expect(year.warnings.filter(({ code }) => code === 'weather.long_gap_filled').map(({ values }) => values)).toEqual([
      { column: 'temp_air_c', longest_gap_h: 4, max_gap_h: 3 },
      { column: 'wind_speed_m_s', longest_gap_h: 4, max_gap_h: 3 },
    ]);
  });

  test('a file without irradiance at night is read', () => {
    // Every value of GHI, DNI and DHI that is 0 is left empty.
    const columns = ['GHI (W/m^2)', 'DNI (W/m^2)', 'DHI (W/m^2)'].map((field) => names.indexOf(field));
    const ghi = columns[0];
    const rows = lines.slice(2).map((line) => {
      const cells = line.split(',');
      return cells.map((cell, c) => (columns.includes(c) && cells[ghi] === '0' ? '' : cell)).join(',');
    });
    const year = read(bytesOf([...lines.slice(0, 2), ...rows].join('\n')));
    // Steps with the sun just above the horizon get values between their neighbours.
    expect(annual(year.ghiWm2) / annual(whole.ghiWm2)).toBeCloseTo(1, 2);
    expect(codesOf(year)).toContain('weather.night_filled');
  });

  test('four hours of daylight stay refused', () => {
    const noon = first + 8;
    expect(() => read(bytesOf([...lines.slice(0, noon), ...lines.slice(noon + 4)].join('\n')))).toThrow(
      'on for 4 h; expected at most 3 h in daylight',
    );
  });
});

describe('wind or temperature absent', () => {
  // pvlib 0.16.1, ModelChain.prepare_inputs: 20 degC and 0 m/s.
  test.each([
    ['Dry-bulb (C)', 'tempAirC', 'temp_air_c', 20, 'degC'],
    ['Wspd (m/s)', 'windSpeedMPerS', 'wind_speed_m_s', 0, 'm/s'],
  ] as const)('without %s, every step has the default, which is said', (field, quantity, column, value, unit) => {
    const year = read(without(field));
    expect(year[quantity].every((one) => one === value)).toBe(true);
    expect(warningOf(year, 'weather.column_defaulted')?.values).toEqual({ column, value, unit });
    // A default speed is no wind resource.
    expect(year.windDirectionDeg === undefined).toBe(quantity === 'windSpeedMPerS');
  });
});

describe('a measured year from July to June', () => {
  const header = lines.slice(0, 2);
  const from = (month: number, to: number, year: number): string[] =>
    lines.slice(2).flatMap((line) => {
      const m = Number(line.slice(0, 2));
      return m >= month && m <= to ? [`${line.slice(0, 6)}${year}${line.slice(10)}`] : [];
    });

  test('is put in the order of the calendar, and said', () => {
    const year = read(bytesOf([...header, ...from(7, 12, 2018), ...from(1, 6, 2019)].join('\n')));
    const whole = read(bytesOf(greensboro));
    expect(year.ghiWm2).toEqual(whole.ghiWm2);
    expect(year.source.yearOfMonth).toEqual([2019, 2019, 2019, 2019, 2019, 2019, 2018, 2018, 2018, 2018, 2018, 2018]);
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2019-01-01T05:30:00.000Z');
    expect(new Date(year.timeMs[8759]).toISOString()).toBe('2019-01-01T04:30:00.000Z');
    expect(warningOf(year, 'weather.year_joined')?.values).toEqual({
      first: '2018-07-01 01:00',
      last: '2019-06-30 24:00',
    });
  });

  test('of 14 months, the last 12 are taken', () => {
    const year = read(bytesOf([...header, ...from(5, 12, 2018), ...from(1, 6, 2019)].join('\n')));
    expect(year.source.yearOfMonth).toEqual([2019, 2019, 2019, 2019, 2019, 2019, 2018, 2018, 2018, 2018, 2018, 2018]);
    expect(year.source.notes).toEqual(['1464 records from more than a year before the last one were left out.']);
  });

  test('of 11 months stays refused', () => {
    expect(() => read(bytesOf([...header, ...from(8, 12, 2018), ...from(1, 6, 2019)].join('\n')))).toThrow(
      'a whole year is needed',
    );
  });
});

describe('ordinary files of other programs', () => {
  const rows = lines.slice(2);
  const sam = (place: readonly string[], minute: (row: number) => string, hours = rows): Uint8Array =>
    bytesOf(
      [
        ...place,
        'Year,Month,Day,Hour,Minute,GHI,DNI,DHI,Tdry,Wspd',
        ...hours.map((line, row) => {
          const cells = line.split(',');
          const [month, day] = cells[0].split('/');
          return [2001, month, day, row % 24, minute(row), ...[4, 7, 10, 31, 46].map((at) => cells[at])].join(',');
        }),
      ].join('\n'),
    );
  const plainPlace = ['Source,Latitude,Longitude,Time Zone,Elevation', 'x,36.1,-79.95,-5,273'];

  test("SAM's csv that begins with Location is no EPW", () => {
    // In the manner of test/input_docs/weather.csv of NREL/ssc.
    const place = ['Location,City,Region,Country,Lat,Lng,tz,Elevation,Source', '7,G,NC,USA,36.1,-79.95,-5,273,TMY3'];
    const year = read(sam(place, () => '30'));
    expect(year.source.format).toBe('sam-csv');
    expect(annual(year.ghiWm2)).toBeCloseTo(1566.203, 3);
  });

  test('minutes may have a part, the same in every row: centres of quarter hours are 7.5, 22.5, ...', () => {
    // In the manner of pvsamv1_data/LosAngeles_WeatherFile_15min.csv of NREL/ssc.
    const whole = read(sam(plainPlace, () => '30'));
    const half = read(sam(plainPlace, () => '30.5'));
    expect(half.timeMs[12] - whole.timeMs[12]).toBe(30_000);
    expect(() => read(sam(plainPlace, (row) => (row === 99 ? '30' : '30.5')))).toThrow(
      'value is "30"; expected 0 to 59, with the same part of a minute in every row',
    );
  });

  test.each(['-999', '-9999', '-99', '-9900'])('%s is a missing irradiance in any format', (mark) => {
    const year = read(withCells('GHI (W/m^2)', 3 + 24 * 100 + 12, 2, mark));
    expect(warningOf(year, 'weather.values_filled')?.values).toMatchObject({ n_values: 2 });
    const closed = read(withCells('GHI (W/m^2)', 3 + 24 * 100 + 8, 8, mark));
    expect(warningOf(closed, 'weather.gaps_closed')?.values).toMatchObject({ n_values: 8, column: 'ghi_w_m2' });
    expect(() => read(withCells('GHI (W/m^2)', 3 + 24 * 100 + 12, 2, '-300'))).toThrow('expected -20 to 2000');
  });
});
