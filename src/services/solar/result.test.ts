import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { SOLAR_YEAR_TASKS } from '../../solar/year/tasks.ts';
import { describeWeather } from '../../weather/tasks.ts';
import type { SolarAnalyzeInput } from '../../contracts/solar/result.schema.ts';
import { solarSystemSchema } from '../../contracts/solar/system.schema.ts';
import { USUAL_UNCERTAINTY_PCT } from '../../contracts/common/uncertainty.ts';
import { parseWeather } from '../../weather/parse.ts';
import { solarResult } from './result.ts';
import { NO_COMPONENTS, resolveSystem } from './system.ts';
import { toSolarSystem } from './engine-system.ts';

const year = parseWeather(readFileSync(new URL('../../../data/weather/723170TYA.CSV.gz', import.meta.url)), {
  name: 'g',
});
const dim = (factor: number) =>
  describeWeather({
    ...year,
    ghiWm2: year.ghiWm2.map((value) => value * factor),
    dniWm2: year.dniWm2.map((value) => value * factor),
    dhiWm2: year.dhiWm2.map((value) => value * factor),
  }).data;

const YEARS = [1, 0.9, 0.95];
const system = resolveSystem(solarSystemSchema.parse({ dc_capacity_kw: 10 }), NO_COMPONENTS, '/system', {
  latitudeDeg: 36,
});
const asked = {
  weather_ids: YEARS.map((factor) => `wth_${factor}`),
  systems: [system],
  decomposition: 'weather' as const,
  edge_steps: 'mid_step' as const,
  uncertainty_pct: USUAL_UNCERTAINTY_PCT,
  interannual_pct: 4,
  include_series: false,
} satisfies SolarAnalyzeInput;

function computed(weatherIds: readonly string[], uncertainty_pct: Record<string, number>) {
  const { state } = SOLAR_YEAR_TASKS.solarYears({
    spec: {
      weather: weatherIds.map((id) => ({ id, data: dim(Number(id.slice(4))) })),
      systems: [toSolarSystem(system)],
      options: { decomposition: 'weather', edgeSteps: 'mid_step' },
      series: false,
    },
    state: null,
    budgetMs: Number.POSITIVE_INFINITY,
    control: new Int32Array(2),
  });
  return solarResult({ ...asked, weather_ids: [...weatherIds], uncertainty_pct }, state).systems[0];
}

test('levels of several years come from those years, and the waterfall of their mean closes', () => {
  const result = computed(asked.weather_ids, {});
  const { one_year, ten_years } = computed(asked.weather_ids, { weather: 3 }).exceedance;
  const energies = [...result.yearly_energy_kwh].sort((a, b) => a - b);
  const exceedance = result.exceedance;
  expect(exceedance.empirical!.p50_kwh).toBe(energies[1]);
  expect(exceedance.empirical!.p99_kwh).toBeGreaterThanOrEqual(energies[0]);
  expect(exceedance.one_year).toBeNull();
  expect(one_year!.p90_kwh).toBeLessThan(ten_years!.p90_kwh);
  const { start_kwh, steps } = result.waterfall;
  const left = steps.reduce((sum, { change_kwh }) => sum + change_kwh, start_kwh);
  expect(Math.abs(left / result.annual_energy_kwh - 1)).toBeLessThan(1e-9);
  expect(steps.at(-1)?.remaining_kwh).toBeCloseTo(result.annual_energy_kwh, 6);
});

test('of one year the stated variability counts, and 6 % of uncertainty together', () => {
  const { exceedance, annual_energy_kwh } = computed(asked.weather_ids.slice(0, 1), USUAL_UNCERTAINTY_PCT);
  const levels = exceedance as { one_year: Record<string, number>; uncertainty_pct: number; empirical: null };
  expect(levels.empirical).toBeNull();
  expect(levels.uncertainty_pct).toBe(6);
  // 1.2815515655 is the normal distribution's 90 % quantile.
  expect(levels.one_year.p90_kwh / annual_energy_kwh).toBeCloseTo(1 - 1.2815515655 * Math.hypot(0.06, 0.04), 9);
  expect(levels.one_year.p50_kwh).toBe(annual_energy_kwh);
});
