import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { solarBifacialValidators } from '../../cli/operators/validate/solar-bifacial.ts';
import { shadedFace, shedViews, unshadedGround } from './infinite-sheds.ts';

describe('infinite sheds', () => {
  test('both faces agree with pvlib to 1e-8', async () => {
    const json = JSON.parse(readFileSync('test/fixtures/reference/solar/bifacial.json', 'utf8'));
    const unused = () => Promise.reject(new Error('no other file is needed'));
    const { results, notCovered } = await solarBifacialValidators['bifacial.json'](json, {
      readText: unused,
      readJson: unused,
    });
    expect(notCovered).toEqual([]);
    expect(results).toHaveLength(11);
    for (const { quantity, maxError, tolerance } of results)
      expect({ quantity, ok: maxError <= tolerance }).toEqual({ quantity, ok: true });
  });

  test('a face sees sky, ground and rows: never more than everything; a lone row sees all of both', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 180, noNaN: true }),
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        (tilt, gcr) => {
          const { rowSky, rowGround, groundSky } = shedViews(tilt, { gcr, heightM: 1.5, pitchM: 5 });
          expect(rowSky + rowGround).toBeLessThanOrEqual(1 + 1e-9);
          expect(groundSky).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 50, seed: 1 },
    );
    const lone = shedViews(30, { gcr: 1e-3, heightM: 1.5, pitchM: 5 });
    expect(lone.rowSky).toBeCloseTo((1 + Math.cos(Math.PI / 6)) / 2, 3);
  });

  test('wide rows flat on the ground leave it dark, and a high sun casts no shade on the next row', () => {
    expect(unshadedGround(0, 0.3, 1)).toBe(0);
    expect(shadedFace(30, 0.1, 0.4, 0.9)).toBe(0);
  });
});
