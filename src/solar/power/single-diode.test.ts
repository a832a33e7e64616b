import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { someModules } from '../../../test/support/bundled-components.ts';
import { cecParameters, curvePoints, ivCurve, MaximumPower } from './single-diode.ts';

const modules = someModules(55);

describe('maximum power of CEC modules', () => {
  test('is the same by the quick solver as by the whole curve, from starlight to more than the sun', () => {
    for (const { cec } of modules) {
      const solver = new MaximumPower(cec);
      for (const [irradiance, cell] of [
        [1e-6, 85],
        [1e-3, 70],
        [0.05, -40],
        [1, 25],
        [200, 10],
        [1000, 25],
        [1400, 90],
      ]) {
        const power = solver.solve(irradiance, cell);
        const points = curvePoints(cecParameters(irradiance, cell, cec));
        expect(power).toBeGreaterThan(0);
        expect(Math.abs(power / points.pMpW - 1)).toBeLessThan(1e-9);
        expect(Math.abs(solver.voltageV / points.vMpV - 1)).toBeLessThan(1e-4);
      }
      expect(solver.solve(0, 25)).toBe(0);
      expect(solver.voltageV).toBe(0);
    }
  });

  test('lies above every point of the curve', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...modules),
        fc.double({ min: 0.1, max: 1400, noNaN: true }),
        fc.double({ min: -40, max: 90, noNaN: true }),
        ({ cec }, irradiance, cell) => {
          const power = new MaximumPower(cec).solve(irradiance, cell);
          for (const { voltageV, currentA } of ivCurve(cecParameters(irradiance, cell, cec), 60))
            expect(voltageV * currentA).toBeLessThanOrEqual(power * (1 + 1e-9));
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });
});
