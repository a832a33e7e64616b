import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { parseWeather } from '../../weather/parse.ts';
import type { WeatherYear } from '../../weather/series.ts';
import { A_MODULE, AN_INVERTER } from '../../../test/support/bundled-components.ts';
import { samPvwatts } from '../power/sam-pvwatts.ts';
import type { PreparedSite } from './simulate.ts';
import { prepareSite, simulateYear } from './simulate.ts';
import type { SolarSystem } from '../system.ts';
import { BIFACIAL, DEFAULT_PREPARATION, DEFAULT_SYSTEM, KIMBER, ROWS } from '../../../test/support/default-system.ts';

/** The hourly year with each hour split into parts of the same weather. */
function split(year: WeatherYear, parts: number): WeatherYear {
  const each = <T extends Float64Array | Uint8Array>(values: T): T => {
    const out = new (values.constructor as { new (length: number): T })(values.length * parts);
    values.forEach((value, i) => {
      out.fill(value, i * parts, (i + 1) * parts);
    });
    return out;
  };
  const stepMinutes = 60 / parts;
  const timeMs = each(year.timeMs).map((t, i) => t - 1_800_000 + ((i % parts) + 0.5) * stepMinutes * 60_000);
  const columns = Object.fromEntries(
    Object.entries(year).map(([name, value]) => [name, value instanceof Float64Array ? each(value) : value]),
  );
  return { ...year, ...columns, month: each(year.month), timeMs, stepMinutes };
}

const sites: PreparedSite[] = [];
beforeAll(() => {
  const hourly = parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro });
  sites.push(prepareSite(hourly, DEFAULT_PREPARATION), prepareSite(split(hourly, 4), DEFAULT_PREPARATION));
});

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const some = <T>(...values: T[]) => fc.constantFrom(undefined, ...values);
const angles = { tiltDeg: share(0, 90), azimuthDeg: share(0, 360) };
const cec = A_MODULE;
const unit = AN_INVERTER;

/** Any system of any combination of models. */
const systems = fc
  .record({
    dcAcRatio: share(0.7, 2),
    albedo: share(0, 1),
    mounting: fc.oneof(
      fc.record({ type: fc.constantFrom('fixed' as const, 'roof' as const), ...angles }),
      fc.record({
        type: fc.constant('one_axis' as const),
        axisTiltDeg: share(0, 30),
        axisAzimuthDeg: share(0, 360),
        maxAngleDeg: share(0, 90),
        backtrack: fc.boolean(),
        gcr: share(0.1, 0.9),
        crossAxisTiltDeg: share(-20, 20),
      }),
      fc.constant({ type: 'two_axis' as const, maxTiltDeg: 90 }),
    ),
    transposition: fc.constantFrom('perez', 'perez_sam', 'hay_davies', 'isotropic'),
    iam: fc.constantFrom(
      { type: 'physical', includeDiffuse: true },
      { type: 'ashrae', b: 0.05, includeDiffuse: true },
      { type: 'sam' },
      { type: 'none' },
    ),
    spectral: some({ type: 'de_soto' }, { type: 'first_solar', module: 'cdte', precipitableWaterCm: 1.5 }),
    temperature: some(
      { type: 'faiman', u0: 25, u1: 6.84 },
      { type: 'pvsyst', uc: 29, uv: 0, moduleEfficiency: 0.1, alphaAbsorption: 0.9 },
      { type: 'fuentes', installedNoctC: 45 },
    ),
    electrical: some(
      { module: { type: 'cec', module: cec.cec, modulesPerString: 10, nStrings: 100_000 / cec.powerW / 10 } },
      { inverter: { type: 'linear', consumption: 0.01 } },
      {
        module: { type: 'cec', module: cec.cec, modulesPerString: 10, nStrings: 100_000 / cec.powerW / 10 },
        inverter: { type: 'sandia', inverter: unit.sandia, nInverters: 80_000 / unit.powerW },
      },
    ),
    rows: some({ ...ROWS, gcr: 0.5 }, { ...ROWS, model: 'electrical', gcr: 0.4, lengthPerPitch: 3 }),
    bifacial: some({ ...BIFACIAL, gcr: 0.4 }),
    farHorizon: some({ azimuthDeg: [0, 120, 240], elevationDeg: [5, 20, 10] }),
    soiling: some({ type: 'monthly', pct: new Array(12).fill(3) }, { ...KIMBER, dailyRainMm: new Array(365).fill(1) }),
    degradation: some({ pctPerYear: 0.5, year: 9 }),
    availabilityPct: some(97),
    curtailmentPct: some(2),
    exportLimitKw: some(50),
  })
  .map(({ electrical, rows, mounting, ...system }) => {
    const given = {
      ...system,
      mounting,
      ...electrical,
      ...(mounting.type !== 'two_axis' && { rows }),
    };
    const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return { ...DEFAULT_SYSTEM, ...stated } as SolarSystem;
  });

test('the waterfall of any system closes to 1e-9, and its quarter hours give the same year as its hours to 3 %', () => {
  fc.assert(
    fc.property(systems, (system) => {
      const [hours, quarters] = sites.map((site) => simulateYear(site, system));
      for (const { waterfall, acAnnualKwh, acMonthlyKwh, acKw } of [hours, quarters]) {
        const closed = waterfall.steps.reduce((sum, { changeKwh }) => sum + changeKwh, waterfall.startKwh);
        expect(Math.abs(closed - acAnnualKwh)).toBeLessThan(1e-9 * waterfall.startKwh);
        expect(waterfall.steps.at(-1)?.leftKwh).toBeCloseTo(acAnnualKwh, 6);
        expect(acMonthlyKwh.reduce((a, b) => a + b)).toBeCloseTo(acAnnualKwh, 6);
        expect(acKw.every(Number.isFinite)).toBe(true);
      }
      expect(Math.abs(quarters.acAnnualKwh - hours.acAnnualKwh)).toBeLessThan(0.03 * hours.acAnnualKwh + 300);
    }),
    { numRuns: 12, seed: 1 },
  );
});

test("SAM's chain closes too", () => {
  const { waterfall, acAnnualKwh } = simulateYear(sites[0], samPvwatts(DEFAULT_SYSTEM, { kind: 'standard', gcr: 0.4 }));
  const closed = waterfall.steps.reduce((sum, { changeKwh }) => sum + changeKwh, waterfall.startKwh);
  expect(Math.abs(closed / acAnnualKwh - 1)).toBeLessThan(1e-9);
});
