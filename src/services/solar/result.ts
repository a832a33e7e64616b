/** The summary of a solar analysis, as it is stored and answered. */
import type { SolarAnalysisResult, SolarAnalyzeInput, SolarSystemResult } from '../../contracts/solar/result.schema.ts';
import { acRatingKw } from '../../solar/system.ts';
import {
  FIGURES_PER_SUBARRAY,
  FIGURES_PER_UNIT,
  type SolarYears,
  startOfSubarrays,
  WATERFALL_WIDTH,
} from '../../solar/year/tasks.ts';
import { WATERFALL_STEPS } from '../../solar/year/waterfall.ts';
import { snakeKeys } from '../../lib/case.ts';
import { exceedanceOfYears } from '../../statistics/exceedance.ts';
import type { Warning } from '../../contracts/common/warnings.ts';
import { type SolarWarningCode, warnSolar } from '../../contracts/solar/warnings.ts';
import { toSolarSystem } from './engine-system.ts';

const NONE = new Float64Array(0);
const NOTHING: SolarYears = { done: 0, figures: NONE, waterfall: NONE, subarrays: NONE };

/**
 * Makes the result of an analysis.
 * @param computed the systems and years computed so far; a system counts once all its years are computed. null: none yet
 */
export function solarResult(jobInput: SolarAnalyzeInput, computed: SolarYears | null): SolarAnalysisResult {
  const { figures, waterfall, subarrays, done } = computed ?? NOTHING;
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
    const unshaded = mean(17);
    const hours = mean(16);
    return {
      system_index: index,
      system,
      annual_energy_kwh: ac,
      annual_dc_energy_kwh: mean(1),
      poa_unshaded_annual_kwh_m2: unshaded,
      poa_annual_kwh_m2: mean(2),
      poa_back_annual_kwh_m2: mean(3),
      monthly_energy_kwh: Array.from({ length: 12 }, (_, month) => mean(4 + month)),
      specific_yield_kwh_per_kw: ac / system.dc_capacity_kw,
      capacity_factor_dc_pct: (100 * ac) / (system.dc_capacity_kw * hours),
      capacity_factor_ac_pct: (100 * ac) / (acRatingKw(toSolarSystem(system)) * hours),
      performance_ratio: unshaded > 0 ? ac / (system.dc_capacity_kw * unshaded) : 0,
      waterfall: waterfallOf(waterfall.subarray(index * WATERFALL_WIDTH, (index + 1) * WATERFALL_WIDTH), years),
      exceedance: snakeKeys(
        exceedanceOfYears(
          weatherIds.map((_, year) => at(year, 0)),
          jobInput.uncertainty_pct,
          jobInput.interannual_pct,
        ),
      ),
      yearly_energy_kwh: weatherIds.map((_, year) => at(year, 0)),
      ...(system.subarrays && {
        subarrays: system.subarrays.map((_, k) => {
          const of = (figure: number): number =>
            weatherIds.reduce(
              (sum, _, year) =>
                sum + subarrays[startOfSubarrays(systems, years, index, year) + k * FIGURES_PER_SUBARRAY + figure],
              0,
            ) / years;
          return {
            annual_energy_kwh: of(0),
            annual_dc_energy_kwh: of(1),
            poa_unshaded_annual_kwh_m2: of(2),
            poa_annual_kwh_m2: of(3),
            poa_back_annual_kwh_m2: of(4),
          };
        }),
      }),
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

/** Share of the energy that a plant may lose outside of the MPP window without a warning [%] */
const WINDOW_LOSS_PCT = 0.5;

/** Returns the doubts that follow from the results of systems. */
export const resultWarnings = ({ systems }: SolarAnalysisResult): Warning<SolarWarningCode>[] =>
  systems.flatMap(({ system_index, waterfall: { steps } }) => {
    const lost = steps.find(({ name }) => name === 'mpp_window');
    if (!lost) return [];
    const loss_pct = (100 * -lost.change_kwh) / (lost.remaining_kwh - lost.change_kwh);
    if (loss_pct <= WINDOW_LOSS_PCT) return [];
    const pointer = systems.length > 1 ? `/systems/${system_index}` : '/system';
    return [warnSolar('solar.mpp_window', { loss_pct }, `${pointer}/module/modules_per_string`)];
  });
