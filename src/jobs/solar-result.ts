/** The summary of a solar analysis, as it is stored and answered. */
import { FIGURES_PER_UNIT } from '../compute/tasks.ts';
import type { SolarSystemBody } from '../contracts/solar.schema.ts';

const HOURS_PER_YEAR = 8760;

export interface SolarSystemResult {
  readonly index: number;
  readonly system: SolarSystemBody;
  /** Mean of the years. */
  readonly ac_annual_kwh: number;
  readonly dc_annual_kwh: number;
  readonly poa_annual_kwh_m2: number;
  readonly ac_monthly_kwh: readonly number[];
  readonly specific_yield_kwh_per_kw: number;
  readonly capacity_factor_pct: number;
  readonly performance_ratio: number;
  /** One entry for each year of weather. */
  readonly years: readonly { readonly weather_id: string; readonly ac_annual_kwh: number }[];
}

/**
 * @param figures rows of FIGURES_PER_UNIT, systems outermost, years innermost
 * @param done rows that are computed; a system counts when all its years are
 */
export function solarResult(
  systems: readonly SolarSystemBody[],
  weatherIds: readonly string[],
  figures: Float64Array,
  done: number,
): { systems: SolarSystemResult[]; systems_computed: number; systems_asked: number; best_index: number | null } {
  const years = weatherIds.length;
  const complete = Math.floor(done / years);
  const results = systems.slice(0, complete).map((system, index): SolarSystemResult => {
    const at = (year: number, figure: number): number => figures[(index * years + year) * FIGURES_PER_UNIT + figure];
    const mean = (figure: number): number => weatherIds.reduce((sum, _, year) => sum + at(year, figure), 0) / years;
    const ac = mean(0);
    const poa = mean(2);
    return {
      index,
      system,
      ac_annual_kwh: ac,
      dc_annual_kwh: mean(1),
      poa_annual_kwh_m2: poa,
      ac_monthly_kwh: Array.from({ length: 12 }, (_, month) => mean(3 + month)),
      specific_yield_kwh_per_kw: ac / system.dc_capacity_kw,
      capacity_factor_pct: (100 * ac) / (system.dc_capacity_kw * HOURS_PER_YEAR),
      performance_ratio: poa > 0 ? ac / (system.dc_capacity_kw * poa) : 0,
      years: weatherIds.map((weather_id, year) => ({ weather_id, ac_annual_kwh: at(year, 0) })),
    };
  });
  const best = results.reduce<SolarSystemResult | undefined>(
    (winner, one) => (winner && winner.specific_yield_kwh_per_kw >= one.specific_yield_kwh_per_kw ? winner : one),
    undefined,
  );
  return {
    systems: results,
    systems_computed: complete,
    systems_asked: systems.length,
    best_index: best?.index ?? null,
  };
}
