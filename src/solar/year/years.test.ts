import { expect, test } from '@jest/globals';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { parseWeather } from '../../weather/parse.ts';
import { prepareSite, simulateYear } from './simulate.ts';
import { DEFAULT_SYSTEM } from '../system.ts';
import { lifetimeEnergiesKwh, simulateYears } from './years.ts';

test('years together: mean, months and spread', () => {
  const sites = [WEATHER.greensboro, WEATHER.tucson].map((name) =>
    prepareSite(parseWeather(weatherFile(name), { name })),
  );
  const both = simulateYears(sites, DEFAULT_SYSTEM);
  const [a, b] = sites.map((site) => simulateYear(site, DEFAULT_SYSTEM).acAnnualKwh);
  expect(both.acAnnualKwh).toBeCloseTo((a + b) / 2, 6);
  expect(both.exceedance.interannualPct).toBeCloseTo((100 * Math.SQRT1_2 * Math.abs(a - b)) / ((a + b) / 2), 9);
  expect(both.acMonthlyKwh.reduce((sum, energy) => sum + energy, 0)).toBeCloseTo(both.acAnnualKwh, 6);
  expect(both.exceedance.empirical!.p99Kwh).toBeLessThan(Math.min(a, b));
  const one = simulateYears(sites.slice(0, 1), DEFAULT_SYSTEM, {}, 3);
  expect(one.exceedance.oneYear!.p90Kwh).toBeCloseTo(a * (1 - 1.2815515655446004 * 0.03), 6);
  expect(one.exceedance.empirical).toBeNull();
});

test('a life of 3 years at 1 % loses twice', () => {
  const energies = lifetimeEnergiesKwh(100, 1, 3);
  expect(energies[0]).toBe(100);
  expect(energies[2]).toBeCloseTo(98.01, 10);
});
