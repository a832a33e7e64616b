import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { solarSystemValidators } from '../cli/operators/validate/solar-system.ts';
import { DEFAULT_SYSTEM } from '../../test/support/default-system.ts';
import { pvwattsInverter, totalLossPct } from './power/pvwatts.ts';
import { curvePoints } from './power/single-diode.ts';
import { sunAt } from '../cli/operators/validate/one-step.ts';
import { planeOf } from './irradiance/plane.ts';

const unused = () => Promise.reject(new Error('no other file is needed'));

describe('tracker, modules and inverters', () => {
  test.each(Object.keys(solarSystemValidators))('%s: agrees with pvlib within the tolerances', async (file) => {
    const json = JSON.parse(readFileSync(`test/fixtures/reference/solar/${file}`, 'utf8'));
    const { results, notCovered } = await solarSystemValidators[file](json, { readText: unused, readJson: unused });
    expect(notCovered).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
    for (const { quantity, maxError, tolerance } of results)
      expect({ quantity, ok: maxError <= tolerance }).toEqual({ quantity, ok: true });
  });

  test('PVWatts losses are 14.08 % by default', () => {
    expect(totalLossPct(DEFAULT_SYSTEM.lossesPct)).toBeCloseTo(14.0757, 3);
  });

  test('an inverter never gives more than its rating nor more than it gets', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 3, noNaN: true }), (load) => {
        const ac = pvwattsInverter(load, 1, 0.96);
        expect(ac).toBeGreaterThanOrEqual(0);
        expect(ac).toBeLessThanOrEqual(Math.min(load, 0.96) + 1e-12);
      }),
      { seed: 1 },
    );
  });

  test('the maximum power point beats its neighbours and lies below short circuit times open circuit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 12, noNaN: true }),
        fc.double({ min: 1e-12, max: 1e-8, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 50, max: 1e5, noNaN: true }),
        fc.double({ min: 0.8, max: 3, noNaN: true }),
        (photocurrentA, saturationCurrentA, seriesOhm, shuntOhm, nNsVthV) => {
          const p = { photocurrentA, saturationCurrentA, seriesOhm, shuntOhm, nNsVthV };
          const { iScA, vOcV, iMpA, vMpV, pMpW } = curvePoints(p);
          expect(pMpW).toBeLessThan(iScA * vOcV);
          const u = vMpV + iMpA * seriesOhm;
          for (const near of [u * 0.999, u * 1.001]) {
            const i = photocurrentA - saturationCurrentA * Math.expm1(near / nNsVthV) - near / shuntOhm;
            expect(i * (near - i * seriesOhm)).toBeLessThanOrEqual(pMpW * (1 + 1e-13));
          }
        },
      ),
      { seed: 1 },
    );
  });

  test('backtracking never turns further from horizontal than true tracking', () => {
    const tracker = {
      type: 'one_axis',
      axisTiltDeg: 0,
      axisAzimuthDeg: 180,
      maxAngleDeg: 60,
      gcr: 0.4,
      crossAxisTiltDeg: 0,
    } as const;
    const rotation = (zenith: number, azimuth: number, backtrack: boolean): number => {
      const plane = planeOf({ ...tracker, backtrack }, sunAt(zenith, azimuth));
      expect(plane.turn(0)).toBe(true);
      return Math.abs(plane.rotationDeg);
    };
    for (let zenith = 5; zenith <= 90; zenith += 5)
      for (const azimuth of [90, 120, 240, 270])
        expect(rotation(zenith, azimuth, true)).toBeLessThanOrEqual(rotation(zenith, azimuth, false) + 1e-12);
  });
});
