import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { irradianceValidators } from '../../cli/operators/validate/irradiance.ts';
import { incidenceCosine, skyOf } from '../../cli/operators/validate/one-step.ts';
import { physicalIam } from './iam.ts';
import { decomposeDirint, decomposeErbs } from '../../sun/irradiance.ts';
import { incidenceOn, planeOf } from './plane.ts';
import { LightOnPlane, setPerezSky } from './transposition.ts';
import { TRANSPOSITIONS } from '../system.ts';

const angle = (max: number) => fc.double({ min: 0, max, noNaN: true });

describe('irradiance', () => {
  test('clear sky, decomposition, transposition and IAM agree with pvlib to 1e-8', async () => {
    const json = JSON.parse(readFileSync('test/fixtures/reference/solar/irradiance.json', 'utf8'));
    const unused = () => Promise.reject(new Error('no other file is needed'));
    const { results, notCovered } = await irradianceValidators['irradiance.json'](json, {
      readText: unused,
      readJson: unused,
    });
    expect(notCovered).toEqual([]);
    expect(results).toHaveLength(30);
    for (const { quantity, maxError, tolerance } of results)
      expect({ quantity, ok: maxError <= tolerance }).toEqual({ quantity, ok: true });
  });

  test('what Erbs takes apart adds up to the global irradiance', () => {
    fc.assert(
      fc.property(angle(86), fc.double({ min: 0, max: 1300, noNaN: true }), (zenithDeg, ghiWm2) => {
        const { dniWm2, dhiWm2 } = decomposeErbs(ghiWm2, zenithDeg, 100);
        expect(dniWm2 * Math.cos((zenithDeg * Math.PI) / 180) + dhiWm2).toBeCloseTo(ghiWm2, 8);
      }),
      { seed: 1 },
    );
  });

  test('DIRINT gives NaN at night, so that a missing sun never becomes energy', () => {
    expect([...decomposeDirint([0, 0], [100, 120], [150, 150])]).toEqual([Number.NaN, Number.NaN]);
    expect(decomposeDirint([400, 500], [60, 50], [150, 150], { dewPointC: [10, 10] })[1]).toBeGreaterThan(0);
  });

  test('a horizontal plane sees the whole sky, whatever the model', () => {
    for (const model of TRANSPOSITIONS) {
      const sky = skyOf({
        apparentZenithDeg: 30,
        azimuthDeg: 200,
        ghiWm2: 620,
        dniWm2: 600,
        dhiWm2: 100,
        extraWm2: 1360,
      });
      setPerezSky(sky, 0, sky.up[0], 0.3, 0.1);
      const plane = planeOf({ type: 'fixed', tiltDeg: 0, azimuthDeg: 180 }, sky);
      const light = new LightOnPlane(model, sky);
      light.fall(0, plane, incidenceOn(plane, sky, 0), 0.2);
      expect(light.circumsolarWm2 + light.domeWm2).toBeCloseTo(100, 10);
      expect(light.beamWm2).toBeCloseTo(600 * Math.cos(Math.PI / 6), 10);
      expect(light.groundWm2).toBe(0);
    }
  });

  test('incidence on a horizontal plane is the zenith', () => {
    fc.assert(
      fc.property(angle(180), angle(360), (zenith, azimuth) => {
        expect(incidenceCosine(0, 180, zenith, azimuth)).toBeCloseTo(Math.cos((zenith * Math.PI) / 180), 12);
      }),
      { seed: 1 },
    );
  });

  test('glass transmits less the more slanted the beam, and an antireflective layer helps', () => {
    for (let aoi = 10; aoi < 90; aoi += 10) {
      expect(physicalIam(aoi)).toBeLessThan(physicalIam(aoi - 10) + 1e-12);
      expect(physicalIam(aoi, undefined, 1.29)).toBeGreaterThanOrEqual(physicalIam(aoi) - 1e-3);
    }
    expect(physicalIam(90)).toBe(0);
  });
});
