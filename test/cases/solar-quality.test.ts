import { describe, expect, test } from '@jest/globals';
import { WEATHER } from '../support/fixtures.ts';
import { editedWeather, type WeatherEdit } from '../support/weather-edits.ts';
import { parseWeather } from '../../src/weather/parse.ts';
import { describeWeather } from '../../src/weather/tasks.ts';

/** Returns the doubts that an upload of Tucson's TMY3 file gets after edits. Columns that were left out are no doubts. Its header: time zone -7, 32.133 N, 110.95 W. */
function warningsOf(edits: readonly WeatherEdit[], file: keyof typeof WEATHER = 'tucson') {
  const bytes = Buffer.from(editedWeather(file, edits));
  const { warnings } = describeWeather(parseWeather(bytes, { name: file }));
  return warnings.filter(({ severity }) => severity !== 'info');
}
const header = (column: number, value: string): WeatherEdit => ({ line: 1, column, value });

describe("header's time zone 0, +7 or -6 where -7 is right; longitude or latitude with the wrong sign; DNI all zero; minute 0 in a file of hourly means", () => {
  // Source of the right values: the header of the file as NREL publishes it.
  test.each([
    ['0', 7, 'weather.time_zone'],
    ['7', -10, 'weather.time_zone'],
    ['-6', 1, 'weather.clock_one_hour_off'],
  ])('time zone %s', (zone, shift_h, code) => {
    expect(warningsOf([header(4, zone)])).toMatchObject([
      { code, severity: 'severe', values: { shift_h, utc_offset_h: Number(zone), likely_utc_offset_h: -7 } },
    ]);
  });

  test('longitude with the wrong sign', () => {
    expect(warningsOf([header(6, '110.950')])).toMatchObject([
      { code: 'weather.longitude_sign', severity: 'severe', values: { likely_longitude_deg: -110.95 } },
    ]);
  });

  test('latitude with the wrong sign', () => {
    expect(warningsOf([header(5, '-32.133')])).toMatchObject([
      { code: 'weather.latitude_sign', severity: 'severe', values: { likely_latitude_deg: 32.133 } },
    ]);
  });

  test('DNI all zero', () => {
    expect(warningsOf([{ column: 'DNI (W/m^2)', times: 0 }])).toMatchObject([
      { code: 'weather.column_all_zero', severity: 'severe', values: { column: 'dni_w_m2' } },
    ]);
  });

  test('minute 0 in a file of hourly means', () => {
    const [warning, ...more] = warningsOf([{ column: 'Minute', times: 0 }], 'tucsonMirrorSouth');
    expect([warning.code, more]).toEqual(['weather.labels_shifted', []]);
    expect(Math.abs(Number(warning.values.shift_minutes) - 30)).toBeLessThan(3);
  });

  test.each(Object.keys(WEATHER) as (keyof typeof WEATHER)[])('the good file %s stays without warning', (file) => {
    expect(warningsOf([], file)).toEqual([]);
  });
});
