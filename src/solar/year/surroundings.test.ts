import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { horizonElevation, horizonSkyFactor, horizonTable, parseHorizon } from '../irradiance/horizon.ts';
import { rowGroundFactor, rowSkyFactor } from '../irradiance/rows.ts';
import { solarSurroundingsValidators } from '../../cli/operators/validate/solar-surroundings.ts';
import { snowDcLoss } from '../irradiance/snow.ts';

test("soiling, snow, spectrum, rows and PVsyst's one-diode model agree with pvlib 0.16.1", async () => {
  const reference = JSON.parse(readFileSync('test/fixtures/reference/solar/surroundings.json', 'utf8'));
  const { results, notCovered } = await solarSurroundingsValidators['surroundings.json'](reference, {
    readText: () => Promise.reject(new Error('no other file is needed')),
    readJson: () => Promise.reject(new Error('no other file is needed')),
  });
  expect(notCovered).toEqual([]);
  expect(results).toHaveLength(16);
  for (const { quantity, maxError, tolerance } of results)
    expect({ quantity, isClose: maxError <= tolerance }).toEqual({ quantity, isClose: true });
});

test('a string under snow is lost as a whole', () => {
  expect(snowDcLoss(0.3, 2)).toBe(0.5);
  expect(snowDcLoss(0, 2)).toBe(0);
});

describe('rows', () => {
  test('rows far apart hide nothing; close rows hide sky and ground, the more the closer', () => {
    expect(rowSkyFactor(0.8, 1e-6)).toBeCloseTo(1, 5);
    expect(rowGroundFactor(30, 40, 1e-6, 100, 500, 100)).toBeCloseTo(1, 4);
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        fc.double({ min: 1, max: 89, noNaN: true }),
        fc.double({ min: 1, max: 85, noNaN: true }),
        (gcr, tilt, zenith) => {
          const cosTilt = Math.cos((tilt * Math.PI) / 180);
          expect(rowSkyFactor(cosTilt, gcr * 1.1)).toBeLessThanOrEqual(rowSkyFactor(cosTilt, gcr) + 1e-12);
          const ground = rowGroundFactor(tilt, zenith, gcr, 20, 500, 100);
          expect(ground).toBeGreaterThanOrEqual(0);
          expect(ground).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 1 },
    );
  });
});

describe('far horizon', () => {
  test('reads columns with a heading, and PVGIS csv and json with the south at 0', () => {
    expect(parseHorizon('azimuth,elevation\n0,5\n90,10\n180,0\n')).toEqual({
      azimuthDeg: [0, 90, 180],
      elevationDeg: [5, 10, 0],
    });
    const csv =
      'Latitude (decimal degrees):\t45.000\nLongitude (decimal degrees):\t8.000\nRecorded horizon heights\n\n' +
      'A\tH_hor\tA_sun(w)\tH_sun(w)\tA_sun(s)\tH_sun(s)\n-180.0\t8.0\t0\t0\t0\t0\n-90.0\t4.0\t0\t0\t0\t0\n0.0\t1.0\t0\t0\t0\t0\n180.0\t8.0\t0\t0\t0\t0\n\nA: Azimuth (0 = S)\n';
    expect(parseHorizon(csv)).toEqual({ azimuthDeg: [0, 90, 180], elevationDeg: [8, 4, 1] });
    const json = JSON.stringify({
      outputs: {
        horizon_profile: [
          { A: -90, H_hor: 4 },
          { A: 0, H_hor: 1 },
        ],
      },
    });
    expect(parseHorizon(json)).toEqual({ azimuthDeg: [90, 180], elevationDeg: [4, 1] });
  });

  test('a damaged file is refused with line and reason', () => {
    expect(() => parseHorizon('0,5\n90,abc\n')).toThrow('horizon: line 2 is "90,abc"');
    expect(() => parseHorizon('0,95\n')).toThrow('elevation 95 of point 1; expected 0 to 90');
    expect(() => parseHorizon('{"outputs":{}}')).toThrow('outputs.horizon_profile is absent');
    expect(() => parseHorizon('nothing')).toThrow('no line holds');
  });

  test('interpolates around the circle', () => {
    const profile = { azimuthDeg: [10, 350], elevationDeg: [4, 2] };
    expect(horizonElevation(profile, 0)).toBeCloseTo(3, 12);
    expect(horizonElevation(profile, 360)).toBeCloseTo(3, 12);
    expect(horizonElevation(profile, 180)).toBeCloseTo(3, 12);
    expect(horizonElevation({ azimuthDeg: [100], elevationDeg: [7] }, 300)).toBe(7);
  });

  test('an even horizon leaves cos2 of its elevation of the level sky', () => {
    const table = horizonTable({ azimuthDeg: [0], elevationDeg: [20] });
    expect(horizonSkyFactor(table, [0, 0, 1])).toBeCloseTo(Math.cos((20 * Math.PI) / 180) ** 2, 3);
    expect(horizonSkyFactor(horizonTable({ azimuthDeg: [0], elevationDeg: [0] }), [0, 0.5, 0.8])).toBeGreaterThan(
      0.999,
    );
  });
});
