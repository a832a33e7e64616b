import { expect, test } from '@jest/globals';
import { curveLibrary } from './curve-library.ts';
import { powerCoefficient, withGenericThrust } from './generic-thrust.ts';
import { hasThrust, publicTurbines } from './turbine-library.ts';
import { checkTurbine, powerKw, runningSpeeds, thrustCoefficient } from './turbine.ts';

/** Least power coefficient of the best row: 0.21 of a turbine of 1 kW */
const MIN_CP = 0.2;

test('each curve of the libraries has a source, a licence, cut-in and cut-out, and takes no more than Betz allows', () => {
  expect(curveLibrary()).toHaveLength(120);
  for (const turbine of publicTurbines()) {
    const { name, curve } = turbine;
    checkTurbine(turbine);
    expect([name, turbine.source, turbine.licence]).toEqual([name, expect.any(String), expect.any(String)]);
    const { cutInMPerS, cutOutMPerS } = runningSpeeds(turbine);
    expect([name, cutInMPerS > 0.5 && cutInMPerS <= 6, cutOutMPerS >= 15 && cutOutMPerS <= 35]).toEqual([
      name,
      true,
      true,
    ]);
    expect([name, powerKw(turbine, cutOutMPerS) > 0, powerKw(turbine, cutOutMPerS + 1)]).toEqual([name, true, 0]);
    if (curve.kind !== 'table') continue;
    const best = Math.max(...curve.wsMPerS.map((ws, row) => (ws >= 2 ? powerCoefficient(turbine, curve, row) : 0)));
    expect([name, best <= 16 / 27, best >= MIN_CP]).toEqual([name, true, true]);
    if (hasThrust(turbine)) continue;
    const generic = withGenericThrust(turbine, 'momentum');
    expect([name, thrustCoefficient(generic, 9) > 0]).toEqual([name, true]);
  }
});
