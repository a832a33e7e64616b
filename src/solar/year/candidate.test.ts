import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { parseWeather } from '../../weather/parse.ts';
import { annualEnergyKwh } from './candidate.ts';
import type { PreparedSite } from './simulate.ts';
import { prepareSite, simulateYear } from './simulate.ts';
import type { Mounting, SolarSystem } from '../system.ts';
import { DEFAULT_PREPARATION, DEFAULT_SYSTEM } from '../../../test/support/default-system.ts';

let site: PreparedSite;
beforeAll(() => {
  site = prepareSite(parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro }), DEFAULT_PREPARATION);
});

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const mounting: fc.Arbitrary<Mounting> = fc.oneof(
  fc.record({
    type: fc.constantFrom('fixed' as const, 'roof' as const),
    tiltDeg: number(0, 90),
    azimuthDeg: number(0, 360),
  }),
  fc.record({
    type: fc.constant('one_axis' as const),
    axisTiltDeg: number(0, 30),
    axisAzimuthDeg: number(0, 360),
    maxAngleDeg: number(30, 75),
    backtrack: fc.boolean(),
    gcr: number(0.1, 0.9),
    crossAxisTiltDeg: number(-15, 15),
  }),
);

test("the kernel's energy is the simulation's to 1e-11, for racks, roofs and trackers on slopes", () => {
  fc.assert(
    fc.property(mounting, number(0.8, 2), number(0, 1), (mount, dcAcRatio, albedo) => {
      const system: SolarSystem = { ...DEFAULT_SYSTEM, mounting: mount, dcAcRatio, albedo };
      expect(annualEnergyKwh(site, system) / simulateYear(site, system).acAnnualKwh).toBeCloseTo(1, 11);
    }),
    { numRuns: 60, seed: 1 },
  );
});

test('degradation, availability and curtailment count in both', () => {
  const system: SolarSystem = {
    ...DEFAULT_SYSTEM,
    degradation: { pctPerYear: 0.7, year: 8 },
    availabilityPct: 97,
    curtailmentPct: 2,
  };
  expect(annualEnergyKwh(site, system) / simulateYear(site, system).acAnnualKwh).toBeCloseTo(1, 11);
});

test('other models take the whole simulation, and a system without a number is refused', () => {
  const faiman: SolarSystem = { ...DEFAULT_SYSTEM, temperature: { type: 'faiman', u0: 25, u1: 6.84 } };
  expect(annualEnergyKwh(site, faiman)).toBe(simulateYear(site, faiman).acAnnualKwh);
  expect(() => annualEnergyKwh(site, { ...DEFAULT_SYSTEM, albedo: Number.NaN })).toThrow('albedo is NaN; expected');
});
