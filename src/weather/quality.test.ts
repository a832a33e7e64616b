import { describe, expect, test } from '@jest/globals';
import { WEATHER, weatherFile } from '../../test/support/fixtures.ts';
import { parseWeather } from './parse.ts';
import { qualityWarnings } from './quality-warnings.ts';
import { weatherQuality } from './quality.ts';
import type { WeatherYear } from './series.ts';

const HOUR_MS = 3_600_000;
const names = Object.keys(WEATHER) as (keyof typeof WEATHER)[];
const years = Object.fromEntries(
  names.map((name) => [name, parseWeather(weatherFile(WEATHER[name]), { name })]),
) as Record<(typeof names)[number], WeatherYear>;

const warningsOf = (year: WeatherYear) => qualityWarnings(year, weatherQuality(year));
const codesOf = (year: WeatherYear): string[] => warningsOf(year).map(({ code }) => code);
/** What a reader makes of the same file if its header states another time zone. */
const inZone = (year: WeatherYear, utcOffsetH: number): WeatherYear => ({
  ...year,
  utcOffsetH,
  timeMs: year.timeMs.map((time) => time - (utcOffsetH - year.utcOffsetH) * HOUR_MS),
});
const times = (values: Float64Array, factor: number): Float64Array => values.map((value) => value * factor);

describe('a good year', () => {
  test.each(names)('%s has no warning, and its clock is right within a twentieth of an hour', (name) => {
    const quality = weatherQuality(years[name]);
    expect(qualityWarnings(years[name], quality)).toEqual([]);
    expect(Math.abs(quality.clock.shiftH ?? 1)).toBeLessThan(0.05);
    expect(Math.abs(quality.clock.noon?.shiftH ?? 1)).toBeLessThan(0.05);
    expect(Math.abs(quality.closurePct ?? 100)).toBeLessThan(2);
  });

  test('has its months as the file has them', () => {
    const { monthly, max } = weatherQuality(years.greensboro);
    const sum = monthly.ghiKwhM2.reduce((a, b) => a + b, 0);
    const ghi = years.greensboro.ghiWm2.reduce((a, b) => a + b, 0) / 1000;
    expect(Math.abs(sum - ghi)).toBeLessThan(1e-6);
    expect(max.ghiWm2).toBe(Math.max(...years.greensboro.ghiWm2));
  });
});

describe.each(names)('the year of %s', (name) => {
  const year = years[name];
  const zone = year.utcOffsetH;

  test.each([
    [3, 'weather.time_zone'],
    [-4, 'weather.time_zone'],
    [1, 'weather.clock_one_hour_off'],
    [-1, 'weather.clock_one_hour_off'],
  ])('in a time zone that is %d h off names the right one', (hours, code) => {
    const [warning, ...more] = warningsOf(inZone(year, zone + hours));
    expect(more).toEqual([]);
    expect(warning).toMatchObject({ code, values: { likely_utc_offset_h: zone, utc_offset_h: zone + hours } });
    expect(Math.abs(Number(warning.values.shift_h) - hours)).toBeLessThan(0.1);
  });

  test('with the other sign of longitude or latitude names the sign', () => {
    expect(warningsOf({ ...year, longitudeDeg: -year.longitudeDeg })).toMatchObject([
      { code: 'weather.longitude_sign', values: { likely_longitude_deg: year.longitudeDeg } },
    ]);
    expect(warningsOf({ ...year, latitudeDeg: -year.latitudeDeg })).toMatchObject([
      { code: 'weather.latitude_sign', values: { likely_latitude_deg: year.latitudeDeg } },
    ]);
  });

  test.each([-30, 30])('with labels that are %d min off says so', (minutes) => {
    const timeMs = year.timeMs.map((time) => time - minutes * 60_000);
    const [warning, ...more] = warningsOf({ ...year, timeMs });
    expect(more).toEqual([]);
    expect(warning.code).toBe('weather.labels_shifted');
    expect(Math.abs(Number(warning.values.shift_minutes) - minutes)).toBeLessThan(4);
  });

  test('with a wrong clock that its direct irradiance was derived with is seen by the noon of clear days', () => {
    // As if direct and diffuse had been computed from the global irradiance with the sun of the wrong clock.
    const wrong = inZone(year, zone + 2);
    const { clock } = weatherQuality({ ...wrong, dniWm2: times(year.dniWm2, 0), dhiWm2: year.ghiWm2 });
    expect(clock.residual).toBeNull();
    expect(Math.abs((clock.noon?.shiftH ?? 0) - 2)).toBeLessThan(0.1);
  });

  test('with exchanged columns names them', () => {
    const { ghiWm2, dniWm2, dhiWm2 } = year;
    expect(warningsOf({ ...year, dniWm2: dhiWm2, dhiWm2: dniWm2 })).toMatchObject([
      { code: 'weather.columns_exchanged', values: { first: 'dni_w_m2', second: 'dhi_w_m2' } },
    ]);
    expect(warningsOf({ ...year, ghiWm2: dhiWm2, dhiWm2: ghiWm2 })).toMatchObject([
      { code: 'weather.columns_exchanged', values: { first: 'ghi_w_m2', second: 'dhi_w_m2' } },
    ]);
    const horizontal = ghiWm2.map((ghi, i) => Math.max(0, ghi - dhiWm2[i]));
    expect(codesOf({ ...year, dniWm2: horizontal })).toEqual(['weather.direct_on_horizontal']);
  });

  test('without direct irradiance, in another unit or with one sensor out of tune is not silent', () => {
    const { ghiWm2, dniWm2, dhiWm2 } = year;
    expect(codesOf({ ...year, dniWm2: times(dniWm2, 0) })).toEqual(['weather.column_all_zero']);
    const all = (factor: number): WeatherYear => ({
      ...year,
      ghiWm2: times(ghiWm2, factor),
      dniWm2: times(dniWm2, factor),
      dhiWm2: times(dhiWm2, factor),
    });
    expect(codesOf(all(3.6))).toEqual(['weather.irradiance_impossible', 'weather.irradiance_level']);
    expect(codesOf(all(0.0864))).toEqual(['weather.irradiance_level']);
    expect(codesOf({ ...year, ghiWm2: times(ghiWm2, 1.1) })).toContain('weather.closure');
    expect(codesOf({ ...year, ghiWm2: ghiWm2.map((ghi) => ghi + 8) })).toContain('weather.night_irradiance');
    const marked = year.dniWm2.map((dni, i) => (i % 20 === 0 ? 999 : dni));
    expect(codesOf({ ...year, dniWm2: marked })).toContain('weather.night_irradiance');
  });

  test('with temperature, wind or elevation in another unit is not silent', () => {
    expect(codesOf({ ...year, tempAirC: year.tempAirC.map((value) => value * 1.8 + 32) })).toEqual([
      'weather.temperature_level',
    ]);
    expect(codesOf({ ...year, windSpeedMPerS: times(year.windSpeedMPerS, 10) })).toEqual(['weather.wind_level']);
    expect(codesOf({ ...year, elevationM: year.elevationM + 1200 })).toEqual(['weather.elevation_pressure']);
  });
});

test('exchanged coordinates are named where both are possible latitudes', () => {
  const { latitudeDeg, longitudeDeg } = years.greensboro;
  expect(codesOf({ ...years.greensboro, latitudeDeg: longitudeDeg, longitudeDeg: latitudeDeg })).toEqual([
    'weather.coordinates_exchanged',
  ]);
});

test('a clock that no time zone explains is said', () => {
  const { longitudeDeg } = years.greensboro;
  expect(warningsOf({ ...years.greensboro, longitudeDeg: longitudeDeg + 34 })).toMatchObject([
    { code: 'weather.clock_shifted', values: { shift_h: expect.closeTo(-34 / 15, 1) } },
  ]);
});

test('a year without any light is said, and is not divided by', () => {
  const dark = new Float64Array(8760);
  const quality = weatherQuality({ ...years.greensboro, ghiWm2: dark, dniWm2: dark, dhiWm2: dark });
  expect(quality).toMatchObject({ closurePct: null, clearSkyIndex: { upper: 0 }, nightPct: 0 });
  expect(qualityWarnings(years.greensboro, quality)).toMatchObject([
    { code: 'weather.column_all_zero', values: { column: 'ghi_w_m2' } },
  ]);
});
