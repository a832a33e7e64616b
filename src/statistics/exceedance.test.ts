import { expect, test } from '@jest/globals';
import { combinedUncertaintyPct, empiricalLevels, exceedanceOf, exceedanceOfYears } from './exceedance.ts';

const Z90 = 1.2815515655446004;

test('levels of a normal yield: P90 lies 1.2816 and P99 2.3263 standard deviations below P50', () => {
  const { longTerm, oneYear, tenYears, twentyYears, uncertaintyPct } = exceedanceOf(
    1000,
    { irradiance: 3, models: 4 },
    12,
  );
  expect(uncertaintyPct).toBe(5);
  expect(oneYear!.p50Kwh).toBe(1000);
  expect(oneYear!.p90Kwh).toBeCloseTo(1000 * (1 - Z90 * 0.13), 9);
  expect(oneYear!.p99Kwh).toBeCloseTo(1000 * (1 - 2.3263478740408408 * 0.13), 9);
  expect(tenYears!.p90Kwh).toBeCloseTo(1000 * (1 - Z90 * Math.sqrt(0.05 ** 2 + 0.12 ** 2 / 10)), 9);
  expect(twentyYears!.p90Kwh).toBeCloseTo(1000 * (1 - Z90 * Math.sqrt(0.05 ** 2 + 0.12 ** 2 / 20)), 9);
  expect(longTerm!.p90Kwh).toBeCloseTo(1000 * (1 - Z90 * 0.05), 9);
});

test('what is not uncertain has no levels', () => {
  expect(exceedanceOf(1000, {}, 0)).toEqual({
    uncertaintyPct: 0,
    interannualPct: 0,
    longTerm: null,
    oneYear: null,
    tenYears: null,
    twentyYears: null,
    empirical: null,
  });
  // The weather's variation only would make levels that promise too much.
  expect(exceedanceOf(1000, {}, 6)).toMatchObject({ interannualPct: 6, longTerm: null, oneYear: null, tenYears: null });
});

test('levels of real years are their quantiles, and lie lower once the models are uncertain', () => {
  const years = Array.from({ length: 11 }, (_, k) => 100 + k);
  const bare = empiricalLevels(years, 0);
  expect(bare.p50Kwh).toBe(105);
  expect(bare.p90Kwh).toBeCloseTo(101, 12);
  const wide = empiricalLevels(years, 5);
  expect(wide.p90Kwh).toBeLessThan(bare.p90Kwh);
  expect(Math.abs(wide.p50Kwh - 105)).toBeLessThan(0.2);
  // Equal years leave only the normal distribution.
  expect(empiricalLevels([100, 100], 10).p90Kwh).toBeCloseTo(100 * (1 - Z90 * 0.1), 8);
});

test('several years show their own spread; one year takes the stated one', () => {
  expect(exceedanceOfYears([90, 110], {}, 99).interannualPct).toBeCloseTo(10 * Math.SQRT2, 12);
  expect(exceedanceOfYears([100], {}, 3)).toMatchObject({ interannualPct: 3, empirical: null });
  expect(exceedanceOfYears([0, 100], { models: 5 }, 3).empirical).toBeNull();
});

test('a percentage out of range is refused by name', () => {
  expect(() => combinedUncertaintyPct({ irradiance: 400 })).toThrow(
    'uncertainty_pct.irradiance is 400; expected 0 to 100',
  );
  expect(() => exceedanceOf(1, {}, -1)).toThrow('interannual_pct is -1; expected 0 or more');
  expect(() => empiricalLevels([1], 5)).toThrow('years is 1; expected 2 or more');
});
