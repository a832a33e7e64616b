import { expect, test } from '@jest/globals';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { parseWeather } from '../../weather/parse.ts';
import { prepareSite, simulateYear } from './simulate.ts';
import { DEFAULT_SYSTEM } from '../system.ts';
import { combinedUncertaintyPct, levelsOfYears, lifetimeEnergiesKwh, simulateYears, yieldLevels } from './years.ts';

test('levels of a normal yield: P90 lies 1.2816 and P99 2.3263 standard deviations below P50', () => {
  const { oneYear, tenYears, uncertaintyPct } = yieldLevels(1000, { irradiance: 3, models: 4 }, 12);
  expect(uncertaintyPct).toBe(5);
  expect(oneYear.p50).toBe(1000);
  expect(oneYear.p90).toBeCloseTo(1000 * (1 - 1.2815515655446004 * 0.13), 9);
  expect(oneYear.p99).toBeCloseTo(1000 * (1 - 2.3263478740408408 * 0.13), 9);
  expect(tenYears.p90).toBeCloseTo(1000 * (1 - 1.2815515655446004 * Math.sqrt(0.05 ** 2 + 0.12 ** 2 / 10)), 9);
});

test('levels of real years are their quantiles, and lie lower once the models are uncertain', () => {
  const years = Array.from({ length: 11 }, (_, k) => 100 + k);
  const bare = levelsOfYears(years, 0);
  expect(bare.p50).toBe(105);
  expect(bare.p90).toBeCloseTo(101, 12);
  const wide = levelsOfYears(years, 5);
  expect(wide.p90).toBeLessThan(bare.p90);
  expect(Math.abs(wide.p50 - 105)).toBeLessThan(0.2);
  // Equal years leave the normal distribution alone.
  expect(levelsOfYears([100, 100], 10).p90).toBeCloseTo(100 * (1 - 1.2815515655446004 * 0.1), 8);
});

test('years together: mean, months and spread', () => {
  const sites = [WEATHER.greensboro, WEATHER.tucson].map((name) =>
    prepareSite(parseWeather(weatherFile(name), { name })),
  );
  const both = simulateYears(sites, DEFAULT_SYSTEM);
  const [a, b] = sites.map((site) => simulateYear(site, DEFAULT_SYSTEM).acAnnualKwh);
  expect(both.acAnnualKwh).toBeCloseTo((a + b) / 2, 6);
  expect(both.levels.interannualPct).toBeCloseTo((100 * Math.SQRT1_2 * Math.abs(a - b)) / ((a + b) / 2), 9);
  expect(both.acMonthlyKwh.reduce((sum, energy) => sum + energy, 0)).toBeCloseTo(both.acAnnualKwh, 6);
  expect(both.levelsOfYears!.p99).toBeLessThan(Math.min(a, b));
  const one = simulateYears(sites.slice(0, 1), DEFAULT_SYSTEM, {}, 3);
  expect(one.levels.oneYear.p90).toBeCloseTo(a * (1 - 1.2815515655446004 * 0.03), 6);
  expect(one.levelsOfYears).toBeUndefined();
});

test('a life of 3 years at 1 % loses twice', () => {
  const energies = lifetimeEnergiesKwh(100, 1, 3);
  expect(energies[0]).toBe(100);
  expect(energies[2]).toBeCloseTo(98.01, 10);
});

test('an uncertainty out of range is refused by name', () => {
  expect(() => combinedUncertaintyPct({ irradiance: 400 })).toThrow(
    'uncertainty_pct.irradiance is 400; expected 0 to 100',
  );
  expect(() => levelsOfYears([1], 5)).toThrow('years is 1; expected 2 to 1000');
});
