/** Several years together: what a plant yields over its life, and with what probability. */
import { AppError } from '../../contracts/common/app-error.ts';
import { USUAL_UNCERTAINTY_PCT } from '../../contracts/common/uncertainty.ts';
import { type Exceedance, exceedanceOfYears, type UncertaintyPct } from '../../statistics/exceedance.ts';
import type { PreparedSite, YearResult } from './simulate.ts';
import { simulateYear } from './simulate.ts';
import type { SolarSystem } from '../system.ts';

function requireRange(name: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max))
    throw new AppError('solar.invalid_input', `${name} is ${value}; expected ${min} to ${max}`);
}

export interface YearsResult {
  /** One for each site, in their order. */
  readonly years: readonly YearResult[];
  /** Mean of the years [kWh] */
  readonly acAnnualKwh: number;
  /** Means of the months [kWh], January first */
  readonly acMonthlyKwh: Float64Array;
  readonly exceedance: Exceedance;
}

/**
 * The same system in each of several years of weather.
 * @param sources standard uncertainties by source [%]; default 6 % together
 * @param interannualPct used for a single year, which has no spread [%]; default 4
 */
export function simulateYears(
  sites: readonly PreparedSite[],
  system: SolarSystem,
  sources: UncertaintyPct = USUAL_UNCERTAINTY_PCT,
  interannualPct = 4,
): YearsResult {
  const years = sites.map((site) => simulateYear(site, system));
  const energies = years.map(({ acAnnualKwh }) => acAnnualKwh);
  const acMonthlyKwh = new Float64Array(12);
  for (const year of years) for (let m = 0; m < 12; m++) acMonthlyKwh[m] += year.acMonthlyKwh[m] / years.length;
  return {
    years,
    acAnnualKwh: energies.reduce((sum, energy) => sum + energy, 0) / energies.length,
    acMonthlyKwh,
    exceedance: exceedanceOfYears(energies, sources, interannualPct),
  };
}

/**
 * Energies of a plant's life, each year a little less.
 * @param pctPerYear loss of power in a year, of what the year before gave [%], 0 to 50
 * @returns [kWh], `years` of them
 */
export function lifetimeEnergiesKwh(firstYearKwh: number, pctPerYear: number, years: number): Float64Array {
  requireRange('degradation.pct_per_year', pctPerYear, 0, 50);
  requireRange('years', years, 1, 100);
  return Float64Array.from({ length: years }, (_, year) => firstYearKwh * (1 - pctPerYear / 100) ** year);
}
