import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { solarPositionValidators } from '../cli/operators/validate/solar-position.ts';
import type { ValidateContext } from '../cli/operators/validate/types.ts';
import { AppError } from '../contracts/common/app-error.ts';
import { sunEvents, sunPositions } from './spa.ts';

const noFiles: ValidateContext = {
  readText: () => Promise.reject(new Error('no weather is needed')),
  readJson: () => Promise.reject(new Error('no other file is needed')),
};

describe('sun position', () => {
  test('full and fast agree with pvlib to 1e-6 degrees, events to a second', async () => {
    const json = JSON.parse(readFileSync('test/fixtures/reference/solar/solar_position.json', 'utf8'));
    const { results, notCovered } = await solarPositionValidators['solar_position.json'](json, noFiles);
    expect(notCovered).toEqual([]);
    expect(results).toHaveLength(15);
    for (const { quantity, maxError, tolerance } of results)
      expect({ quantity, ok: maxError <= tolerance }).toEqual({ quantity, ok: true });
  });

  test("the report's example: zenith 50.11162, azimuth 194.34024", () => {
    const sun = sunPositions([Date.UTC(2003, 9, 17, 19, 30, 30)], {
      latitudeDeg: 39.742476,
      longitudeDeg: -105.1786,
      elevationM: 1830.14,
      pressurePa: 82_000,
      tempAirC: 11,
    });
    expect(sun.apparentZenithDeg[0]).toBeCloseTo(50.11162, 4);
    expect(sun.azimuthDeg[0]).toBeCloseTo(194.34024, 4);
  });

  test('fast stays within 2.5e-7 degrees of full, anywhere from 1980 to 2050, in any order of instants', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: Date.UTC(1980, 0), max: Date.UTC(2050, 0) }), { minLength: 1, maxLength: 5 }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (times, latitudeDeg, longitudeDeg) => {
          const observer = { latitudeDeg, longitudeDeg };
          const full = sunPositions(times, observer, { method: 'full' });
          const fast = sunPositions(times, observer);
          for (let i = 0; i < times.length; i++)
            expect(Math.abs(full.zenithDeg[i] - fast.zenithDeg[i])).toBeLessThan(2.5e-7);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  test('terms turned from hour to hour equal those computed again to 1e-9 degrees, across a jump of years too', () => {
    const observer = { latitudeDeg: 36.1, longitudeDeg: -79.95 };
    const jump = Date.UTC(1988, 5, 1) - Date.UTC(2001, 0, 1);
    const times = Array.from({ length: 2000 }, (_, hour) => {
      const time = Date.UTC(2001, 0, 1, 0, 30) + hour * 3_600_000;
      return hour < 1000 ? time : time + jump;
    });
    const turned = sunPositions(times, observer, { method: 'full' });
    for (let i = 0; i < times.length; i += 37) {
      const anew = sunPositions([times[i]], observer, { method: 'full' });
      expect(Math.abs(turned.zenithDeg[i] - anew.zenithDeg[0])).toBeLessThan(1e-9);
      expect(Math.abs(turned.azimuthDeg[i] - anew.azimuthDeg[0])).toBeLessThan(1e-9);
    }
  });

  test('the sun stands at -0.8333 degrees when it rises and sets', () => {
    const observer = { latitudeDeg: 45, longitudeDeg: 8 };
    const { sunriseMs, sunsetMs } = sunEvents(Date.UTC(2021, 2, 20), observer);
    const { zenithDeg } = sunPositions([sunriseMs!, sunsetMs!], observer);
    // Events are geocentric; parallax lowers the topocentric sun by 0.0024 degrees.
    for (const zenith of zenithDeg) expect(Math.abs(zenith - 90.8333)).toBeLessThan(0.004);
  });

  test('polar night has a transit and no sunrise', () => {
    const events = sunEvents(Date.UTC(2021, 11, 21), { latitudeDeg: 80, longitudeDeg: 15 });
    expect(events.sunriseMs).toBeUndefined();
    expect(Number.isFinite(events.transitMs)).toBe(true);
  });

  test('a latitude beyond the pole is refused with its value and range', () => {
    expect(() => sunPositions([0], { latitudeDeg: 91, longitudeDeg: 0 })).toThrow(AppError);
    expect(() => sunPositions([0], { latitudeDeg: 91, longitudeDeg: 0 })).toThrow(
      'latitude_deg is 91; expected -90 to 90',
    );
  });
});
