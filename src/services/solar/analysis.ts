/** A solar analysis in its one stored form: components are looked up, every default is filled in. */
import type { SolarAnalyzeBody } from '../../contracts/solar/analyze.schema.ts';
import { MAX_SERIES_UNITS } from '../../contracts/solar/analyze.schema.ts';
import type { SolarAnalyzeInput } from '../../contracts/solar/result.schema.ts';
import { withWeatherIds } from '../../contracts/common/weather-choice.schema.ts';
import type { SolarSystemBody } from '../../contracts/solar/system.schema.ts';

/**
 * Fills in the defaults and components of a request.
 * @param resolve looks up the components that a system names; receives the system's position in the request
 */
export function normalizeSolarAnalyze(
  body: SolarAnalyzeBody,
  resolve: (system: SolarSystemBody, pointer: string) => SolarSystemBody,
): SolarAnalyzeInput {
  const { weather_ids = [], system, systems, include_series, seed: _, ...same } = withWeatherIds(body);
  const resolved = systems ? systems.map((one, k) => resolve(one, `/systems/${k}`)) : [resolve(system!, '/system')];
  return {
    ...same,
    weather_ids,
    systems: resolved,
    include_series: include_series ?? weather_ids.length * resolved.length <= MAX_SERIES_UNITS,
  };
}
