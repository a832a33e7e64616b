/** Levels of energy that are exceeded, as both technologies state them. */
import type { Json } from './rewrite.ts';

const Z = { p50_kwh: 0, p75_kwh: 0.6744897501960817, p90_kwh: 1.2815515655446004, p99_kwh: 2.3263478740408408 };
const YEARS = { long_term: Number.POSITIVE_INFINITY, one_year: 1, ten_years: 10, twenty_years: 20 };

/** Levels around the expected energy; those without any uncertainty are null. */
export function exceedanceOf(p50Kwh: number, uncertaintyPct: number, interannualPct: number): Json {
  const levels = Object.entries(YEARS).map(([period, years]) => {
    const sdPct = Math.hypot(uncertaintyPct, interannualPct / Math.sqrt(years));
    const kwh = Object.entries(Z).map(([name, z]) => [name, Math.max(0, p50Kwh * (1 - (z * sdPct) / 100))]);
    return [period, sdPct === 0 ? null : Object.fromEntries(kwh)];
  });
  return {
    uncertainty_pct: uncertaintyPct,
    interannual_pct: interannualPct,
    ...Object.fromEntries(levels),
    empirical: null,
  };
}
