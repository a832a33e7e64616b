import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { WEATHER, weatherFile, weatherText } from '../../test/support/fixtures.ts';
import { annualValidators } from '../cli/validate/annual.ts';
import { parseWeather } from '../weather/parse.ts';
import type { PreparedSite } from './simulate.ts';
import { prepareSite, simulateYear } from './simulate.ts';
import { DEFAULT_SYSTEM } from './system.ts';

describe("a year's simulation", () => {
  let site: PreparedSite;
  beforeAll(() => {
    site = prepareSite(parseWeather(weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro }));
  });

  test('from real weather files agrees with pvlib to 1e-6, year and each month', async () => {
    const json = JSON.parse(readFileSync('test/fixtures/reference/solar/annual.json', 'utf8'));
    const { results } = await annualValidators['annual.json'](json, {
      readText: async (name) => weatherText(basename(name)),
      readJson: () => Promise.reject(new Error('no other file is needed')),
    });
    expect(results.map(({ rows }) => rows)).toEqual([14, 14, 14, 14, 168, 168]);
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
    } as const;
    const tracked = simulateYear(site, { ...DEFAULT_SYSTEM, mounting }).acAnnualKwh;
    expect(tracked / simulateYear(site, DEFAULT_SYSTEM).acAnnualKwh).toBeGreaterThan(1.1);
  });

  test('a system out of range is refused with quantity, value and range', () => {
    expect(() => simulateYear(site, { ...DEFAULT_SYSTEM, dcAcRatio: Number.NaN })).toThrow(
      'dc_ac_ratio is NaN; expected 0.1 to 10',
    );
  });
});
