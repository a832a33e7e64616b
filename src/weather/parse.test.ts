import { describe, expect, test } from '@jest/globals';
import { checkWeatherYear } from '../../test/support/check-weather-year.ts';
import { WEATHER, weatherFile } from '../../test/support/fixtures.ts';
import { parseWeather } from './parse.ts';

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Annual figures of the same files as pvlib 0.16.1 reads them. */
const PUBLISHED = [
  [WEATHER.greensboro, 'tmy3', 36.1, -79.95, 273, -5, 1566.203, 1476.549, 682.223, 14.4218],
  [WEATHER.tucson, 'tmy3', 32.133, -110.95, 777, -7, 2061.829, 2546.824, 522.906, 20.4141],
  [WEATHER.pvgis, 'pvgis-csv', 45, 8, 250, 0, 1435.861, 1591.5652, 570.947, 13.5641],
  [WEATHER.tucsonMirrorSouth, 'sam-csv', -32.133, -110.95, 777, -7, 2061.829, 2546.824, 522.906, 20.4141],
] as const;

describe('real files', () => {
  test.each(PUBLISHED)(
    '%s reads as %s with the site and sums that pvlib finds',
    (file, format, lat, lon, elevation, zone, ghi, dni, dhi, temp) => {
      const year = checkWeatherYear(parseWeather(weatherFile(file), { name: file }));
      expect(year.source.format).toBe(format);
      expect([year.latitudeDeg, year.longitudeDeg, year.elevationM, year.utcOffsetH]).toEqual([
        lat,
        lon,
        elevation,
        zone,
      ]);
      expect(year.stepMinutes).toBe(60);
      expect(year.timeMs.length).toBe(8760);
      expect(sum(year.ghiWm2) / 1000).toBeCloseTo(ghi, 3);
      expect(sum(year.dniWm2) / 1000).toBeCloseTo(dni, 3);
      expect(sum(year.dhiWm2) / 1000).toBeCloseTo(dhi, 3);
      expect(sum(year.tempAirC) / 8760).toBeCloseTo(temp, 4);
      expect(year.source.typicalYear).toBe(file !== WEATHER.tucsonMirrorSouth);
      expect({ ...year.gaps, droppedColumns: [] }).toEqual({
        nMissingRecords: 0,
        nMissingValues: 0,
        nInterpolatedValues: 0,
        longestGapMinutes: 0,
        droppedColumns: [],
        nClippedNegatives: 0,
        nLeapDayRecordsDropped: 0,
      });
    },
  );

  test('the sun of a TMY3 record stands half an hour before its stamp', () => {
    const year = parseWeather(weatherFile(WEATHER.greensboro), { name: 'greensboro' });
    expect(new Date(year.timeMs[0]).toISOString()).toBe('1988-01-01T05:30:00.000Z');
    expect(new Date(year.timeMs[8759]).toISOString()).toBe('1981-01-01T04:30:00.000Z');
    expect([year.month[0], year.month[743], year.month[744], year.month[8759]]).toEqual([1, 1, 2, 12]);
    expect(year.pressurePa?.[0]).toBe(99300);
  });

  test('the sun of a PVGIS typical year stands at the stamp plus the irradiance time offset', () => {
    const year = parseWeather(weatherFile(WEATHER.pvgis), { name: 'pvgis' });
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2018-01-01T00:10:33.960Z');
    expect(year.source.yearOfMonth).toEqual([2018, 2007, 2009, 2013, 2008, 2006, 2011, 2010, 2020, 2006, 2007, 2016]);
  });

  test('the sun of a SAM record stands at its minute', () => {
    const year = parseWeather(weatherFile(WEATHER.tucsonMirrorSouth), { name: 'sam' });
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2003-01-01T07:30:00.000Z');
  });
});
