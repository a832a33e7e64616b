/** The summary of a solar analysis, as it is stored and answered. */
import type { SolarAnalysisResult, SolarAnalyzeInput, SolarSystemResult } from '../../contracts/solar/result.schema.ts';
import { acRatingKw } from '../../solar/system.ts';
import { FIGURES_PER_UNIT, type SolarYears, WATERFALL_WIDTH } from '../../solar/year/tasks.ts';
import { WATERFALL_STEPS } from '../../solar/year/simulate.ts';
import { snakeKeys } from '../../lib/case.ts';
import { exceedanceOfYears } from '../../statistics/exceedance.ts';
import { toSolarSystem } from './system.ts';

const NOTHING: SolarYears = { done: 0, figures: new Float64Array(0), waterfall: new Float64Array(0) };

/**
 * Makes the result of an analysis.
 * @param computed the systems and years computed so far; a system counts once all its years are computed. null: none yet
 */
export function solarResult(jobInput: SolarAnalyzeInput, computed: SolarYears | null): SolarAnalysisResult {
  const { figures, waterfall, done } = computed ?? NOTHING;
  const {
    systems,
    weather_ids: weatherIds,
    include_series: _,
    site_id: _site,
    systems: _systems,
    ...assumptions
  } = jobInput;
  const years = weatherIds.length;
  const complete = Math.floor(done / years);
  const results = systems.slice(0, complete).map((system, index): SolarSystemResult => {
    const at = (year: number, figure: number): number => figures[(index * years + year) * FIGURES_PER_UNIT + figure];
    const mean = (figure: number): number => weatherIds.reduce((sum, _, year) => sum + at(year, figure), 0) / years;
    const ac = mean(0);
    const poa = mean(2);
    const hours = mean(16);
    return {
      system_index: index,
      system,
      annual_energy_kwh: ac,
      annual_dc_energy_kwh: mean(1),
      poa_annual_kwh_m2: poa,
      poa_back_annual_kwh_m2: mean(3),
      monthly_energy_kwh: Array.from({ length: 12 }, (_, month) => mean(4 + month)),
      specific_yield_kwh_per_kw: ac / system.dc_capacity_kw,
      capacity_factor_dc_pct: (100 * ac) / (system.dc_capacity_kw * hours),
      capacity_factor_ac_pct: (100 * ac) / (acRatingKw(toSolarSystem(system)) * hours),
      performance_ratio: poa > 0 ? ac / (system.dc_capacity_kw * poa) : 0,
      waterfall: waterfallOf(waterfall.subarray(index * WATERFALL_WIDTH, (index + 1) * WATERFALL_WIDTH), years),
      exceedance: snakeKeys(
        exceedanceOfYears(
          weatherIds.map((_, year) => at(year, 0)),
          jobInput.uncertainty_pct,
          jobInput.interannual_pct,
        ),
      ) as SolarSystemResult['exceedance'],
      yearly_energy_kwh: weatherIds.map((_, year) => at(year, 0)),
    };
  });
  const best = results.reduce<SolarSystemResult | undefined>(
    (winner, one) => (winner && winner.specific_yield_kwh_per_kw >= one.specific_yield_kwh_per_kw ? winner : one),
    undefined,
  );
  return {
    weather_ids: weatherIds,
    systems: results,
    n_systems_computed: complete,
    n_systems_requested: systems.length,
    best_index: best?.system_index ?? null,
    assumptions,
  };
}

function waterfallOf(sums: Float64Array, years: number): SolarSystemResult['waterfall'] {
  const start_kwh = sums[0] / years;
  let remaining_kwh = start_kwh;
  const steps = WATERFALL_STEPS.flatMap((name, k) => {
    const change_kwh = sums[k + 1] / years;
    if (Number.isNaN(change_kwh)) return [];
    remaining_kwh += change_kwh;
    return [{ name, change_kwh, remaining_kwh }];
  });
  return { start_kwh, steps };
}
