import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { WEATHER, weatherFile, weatherText } from '../../../test/support/fixtures.ts';
import { annualValidators } from '../../cli/operators/validate/annual.ts';
import { parseWeather } from '../../weather/parse.ts';
import { samPvwatts } from '../power/sam-pvwatts.ts';
import type { PreparedSite } from './simulate.ts';
import { prepareSite, simulateYear } from './simulate.ts';
import type { SolarSystem } from '../system.ts';
import { BIFACIAL, DEFAULT_PREPARATION, DEFAULT_SYSTEM, ROWS } from '../../../test/support/default-system.ts';

describe("a year's simulation", () => {
  let site: PreparedSite;
  beforeAll(() => {
    site = prepareSite(
      parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro }),
      DEFAULT_PREPARATION,
    );
  });

  test('from real weather files agrees with pvlib to 1e-6 and with SAM to 1 %, year and each month', async () => {
    const json = JSON.parse(readFileSync('test/fixtures/reference/solar/annual.json', 'utf8'));
    const { results, notCovered } = await annualValidators['annual.json'](json, {
      readText: async (name) => weatherText(basename(name)),
      readJson: () => Promise.reject(new Error('no other file is needed')),
    });
    expect(notCovered).toEqual([]);
    const chains = results.filter(({ quantity }) => !quantity.startsWith('weather.'));
    expect(results.length - chains.length).toBe(8);
    expect(chains.map(({ rows }) => rows)).toEqual(
      [14, 14, 3, 14, 5].flatMap((cases) => [cases, cases, cases, cases, 12 * cases, 12 * cases]),
    );
    for (const { quantity, maxError, tolerance } of results)
      expect({ quantity, ok: maxError <= tolerance }).toEqual({ quantity, ok: true });
  });

  test('the series add up to the year and the months', () => {
    const year = simulateYear(site, DEFAULT_SYSTEM);
    const total = year.acKw.reduce((sum, power) => sum + power, 0);
    expect(total / year.acAnnualKwh).toBeCloseTo(1, 12);
    expect(year.acMonthlyKwh.reduce((sum, energy) => sum + energy, 0)).toBeCloseTo(year.acAnnualKwh, 6);
    expect(year.performanceRatio).toBeGreaterThan(0.7);
    expect(year.performanceRatio).toBeLessThan(0.85);
  });

  test('the way from the sun to the grid closes to 1e-9, whatever stands in it', () => {
    const systems: SolarSystem[] = [
      DEFAULT_SYSTEM,
      samPvwatts(DEFAULT_SYSTEM, { kind: 'standard', gcr: 0.4 }),
      {
        ...DEFAULT_SYSTEM,
        dcAcRatio: 1.5,
        farHorizon: { azimuthDeg: [90, 180, 270], elevationDeg: [10, 3, 15] },
        rows: { ...ROWS, model: 'electrical', gcr: 0.5 },
        soiling: { type: 'monthly', pct: [1, 1, 2, 2, 3, 3, 4, 4, 3, 2, 1, 1] },
        bifacial: { ...BIFACIAL, bifaciality: 0.7, gcr: 0.5 },
        spectral: { type: 'first_solar', module: 'monosi', precipitableWaterCm: 1.5 },
        degradation: { pctPerYear: 0.5, year: 10 },
        availabilityPct: 98,
        curtailmentPct: 1,
        exportLimitKw: 55,
      },
    ];
    for (const system of systems) {
      const { waterfall, acAnnualKwh } = simulateYear(site, system);
      const end = waterfall.steps.reduce((left, { changeKwh }) => left + changeKwh, waterfall.startKwh);
      expect(Math.abs(end / acAnnualKwh - 1)).toBeLessThan(1e-9);
      for (const { name, changeKwh } of waterfall.steps)
        if (/loss_|clipping|curtail|limit|reflection|soiling|horizon|rows|availability/.test(name))
          expect({ name, isGain: changeKwh > 1e-9 * acAnnualKwh }).toEqual({ name, isGain: false });
    }
  });

  test('power never exceeds the inverter, and more DC only clips', () => {
    const limitKw = DEFAULT_SYSTEM.dcCapacityKw / 1.2;
    const year = simulateYear(site, { ...DEFAULT_SYSTEM, dcCapacityKw: 3 * limitKw, dcAcRatio: 3 });
    expect(Math.max(...year.acKw)).toBeLessThanOrEqual(limitKw * (1 + 1e-12));
    expect(year.acAnnualKwh).toBeGreaterThan(simulateYear(site, DEFAULT_SYSTEM).acAnnualKwh);
  });

  test('energy is proportional to size', () => {
    const one = simulateYear(site, DEFAULT_SYSTEM).acAnnualKwh;
    const ten = simulateYear(site, { ...DEFAULT_SYSTEM, dcCapacityKw: 1000 }).acAnnualKwh;
    expect(ten / one).toBeCloseTo(10, 10);
  });

  test('a tracker gives more than a rack', () => {
    const mounting = {
      type: 'one_axis',
      axisTiltDeg: 0,
      axisAzimuthDeg: 180,
      maxAngleDeg: 60,
      backtrack: true,
      gcr: 0.35,
      crossAxisTiltDeg: 0,
    } as const;
    const tracked = simulateYear(site, { ...DEFAULT_SYSTEM, mounting }).acAnnualKwh;
    expect(tracked / simulateYear(site, DEFAULT_SYSTEM).acAnnualKwh).toBeGreaterThan(1.1);
  });

  test('a system without a number is refused with quantity and value', () => {
    expect(() => simulateYear(site, { ...DEFAULT_SYSTEM, dcAcRatio: Number.NaN })).toThrow(
      'dc_ac_ratio is NaN; expected a finite number',
    );
  });
});
