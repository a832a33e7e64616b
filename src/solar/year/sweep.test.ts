import { afterAll, beforeAll, expect } from '@jest/globals';
import fc from 'fast-check';
import { BIFACIAL, DEFAULT_PREPARATION, DEFAULT_SYSTEM, ROWS } from '../../../test/support/default-system.ts';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { hasVulkan, testWith } from '../../../test/support/needs.ts';
import { GpuDevice } from '../../compute/gpu/device.ts';
import { parseWeather } from '../../weather/parse.ts';
import type { Mounting, SolarSystem } from '../system.ts';
import { prepareSite, simulateYear, type PreparedSite } from './simulate.ts';
import { isSwept, sweepYear } from './sweep.ts';

const gpuTest = testWith('vulkan', hasVulkan);

let site: PreparedSite;
let gpu: GpuDevice;
beforeAll(async () => {
  if (!hasVulkan) return;
  site = prepareSite(parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro }), DEFAULT_PREPARATION);
  gpu = await GpuDevice.open();
});
afterAll(() => gpu?.release());

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
    maxAngleDeg: number(30, 90),
    backtrack: fc.boolean(),
    gcr: number(0.1, 0.9),
    crossAxisTiltDeg: number(-15, 15),
  }),
);
const rows = fc.oneof(
  fc
    .record({
      gcr: number(0.1, 0.9),
      nRows: fc.integer({ min: 1, max: 40 }),
      crossAxisTiltDeg: fc.option(number(-10, 10), { nil: undefined }),
    })
    .map((own) => ({ ...ROWS, ...own })),
  number(0, 0.3).map((fraction) => ({ ...ROWS, model: 'fixed_fraction' as const, fraction })),
);
const system: fc.Arbitrary<SolarSystem> = fc
  .record({
    mounting,
    dcCapacityKw: number(1, 1e6),
    dcAcRatio: number(0.6, 2.5),
    albedo: number(0, 0.9),
    gammaPerK: number(-0.006, 0),
    curtailmentPct: number(0, 20),
    rows: fc.option(rows, { nil: undefined }),
    bifacial: fc.option(
      fc
        .record({
          gcr: number(0.1, 0.9),
          heightM: number(0.5, 4),
          pitchM: number(2, 12),
          bifaciality: number(0.5, 0.95),
        })
        .map((own) => ({ ...BIFACIAL, ...own })),
      { nil: undefined },
    ),
    exportShare: fc.option(number(0.2, 1), { nil: undefined }),
  })
  .map(({ exportShare, ...own }) => ({
    ...DEFAULT_SYSTEM,
    ...own,
    exportLimitKw: exportShare === undefined ? undefined : exportShare * own.dcCapacityKw,
  }));

gpuTest('annual energies are those of the simulation to 1e-5, and monthly ones to 1e-5 of the year', async () => {
  const systems = fc.sample(system, { numRuns: 120, seed: 7 });
  expect(systems.every(isSwept)).toBe(true);
  const monthly = await sweepYear(gpu, site, systems);
  let worst = 0;
  systems.forEach((one, i) => {
    const { acAnnualKwh, acMonthlyKwh } = simulateYear(site, one);
    const own = monthly.subarray(12 * i, 12 * i + 12);
    const error = Math.abs(own.reduce((sum, energy) => sum + energy, 0) / acAnnualKwh - 1);
    worst = Math.max(worst, error);
    own.forEach((energy, m) => {
      worst = Math.max(worst, Math.abs(energy - acMonthlyKwh[m]) / acAnnualKwh);
    });
  });
  expect(worst).toBeLessThan(1e-5);
});

gpuTest('a system out of range is refused by the name of the number, as by the simulation', async () => {
  const refused: [Partial<SolarSystem>, RegExp][] = [
    [{ albedo: Number.NaN }, /albedo is NaN; expected/],
    [{ dcAcRatio: 0 }, /dc_ac_ratio is 0; expected/],
    [{ bifacial: { ...BIFACIAL, gcr: 0.4, pitchM: 0 } }, /bifacial.pitch_m is 0; expected/],
    [{ bifacial: { ...BIFACIAL, gcr: undefined } }, /bifacial.gcr is absent/],
  ];
  for (const [part, message] of refused)
    await expect(sweepYear(gpu, site, [{ ...DEFAULT_SYSTEM, ...part }])).rejects.toThrow(message);
});
