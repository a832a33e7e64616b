/** Several years together: what a plant yields over its life, and with what probability. */
import { AppError } from '../../contracts/common/app-error.ts';
import { USUAL_UNCERTAINTY_PCT } from '../../contracts/common/uncertainty.ts';
import { normalProbability, normalQuantile } from '../../statistics/normal.ts';
import type { PreparedSite, YearResult } from './simulate.ts';
import { simulateYear } from './simulate.ts';
import type { SolarSystem } from '../system.ts';

/** Standard uncertainties of the yield by their sources [%], independent of each other. */
export type UncertaintyPct = Readonly<Record<string, number>>;

export { USUAL_UNCERTAINTY_PCT };

const LEVELS = [50, 75, 90, 99] as const;
type Level = (typeof LEVELS)[number];
/** Energy exceeded with a probability of so many percent [kWh]. */
export type ExceedanceLevels = Readonly<Record<`p${Level}`, number>>;

const levelsBy = (energyAt: (exceeded: number) => number): ExceedanceLevels =>
  Object.fromEntries(LEVELS.map((level) => [`p${level}`, energyAt(level / 100)])) as ExceedanceLevels;

function within(name: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max))
    throw new AppError('solar.invalid_input', `${name} is ${value}; expected ${min} to ${max}`);
}

/** Root of the sum of squares [%]. @throws AppError `solar.invalid_input` for a component outside 0 to 100 */
export function combinedUncertaintyPct(components: UncertaintyPct): number {
  let sum = 0;
  for (const [name, pct] of Object.entries(components)) {
    within(`uncertainty_pct.${name}`, pct, 0, 100);
    sum += pct * pct;
  }
  return Math.sqrt(sum);
}

export interface YieldLevels {
  /** Of the models and inputs [%], the same in all years */
  readonly uncertaintyPct: number;
  /** From year to year [%] */
  readonly interannualPct: number;
  /** Of any single year. */
  readonly oneYear: ExceedanceLevels;
  /** Of the mean of ten years. */
  readonly tenYears: ExceedanceLevels;
}

/**
 * Exceedance levels of a normally distributed yield, never below 0.
 * @param p50Kwh mean yield [kWh]
 * @param components standard uncertainties by source [%]
 * @param interannualPct standard deviation of single years [%], 0 to 100
 */
export function yieldLevels(p50Kwh: number, components: UncertaintyPct, interannualPct: number): YieldLevels {
  within('interannual_pct', interannualPct, 0, 100);
  const uncertaintyPct = combinedUncertaintyPct(components);
  const of = (years: number): ExceedanceLevels => {
    const sigma = Math.sqrt(uncertaintyPct ** 2 + interannualPct ** 2 / years) / 100;
    return levelsBy((exceeded) => Math.max(0, p50Kwh * (1 - normalQuantile(exceeded) * sigma)));
  };
  return { uncertaintyPct, interannualPct, oneYear: of(1), tenYears: of(10) };
}

/**
 * Exceedance levels from real years: each year is as likely as the others, its yield uncertain by the models and inputs.
 * Without that uncertainty they are the years' quantiles, interpolated between neighbours.
 * @param annualKwh yields of the years [kWh], at least 2, above 0
 * @param uncertaintyPct of the models and inputs [%], 0 to 100
 * @throws AppError `solar.invalid_input` for fewer years or a yield that is not positive
 */
export function levelsOfYears(annualKwh: readonly number[], uncertaintyPct: number): ExceedanceLevels {
  within('years', annualKwh.length, 2, 1000);
  within('uncertainty_pct', uncertaintyPct, 0, 100);
  for (const energy of annualKwh) within('annual_kwh', energy, Number.MIN_VALUE, Number.MAX_VALUE);
  const sorted = [...annualKwh].sort((a, b) => a - b);
  const sigma = uncertaintyPct / 100;
  if (sigma === 0)
    return levelsBy((exceeded) => {
      const at = (1 - exceeded) * (sorted.length - 1);
      const below = Math.floor(at);
      const above = Math.min(below + 1, sorted.length - 1);
      return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    });
  const exceedance = (energy: number): number =>
    sorted.reduce((sum, year) => sum + normalProbability((year - energy) / (sigma * year)), 0) / sorted.length;
  return levelsBy((exceeded) => {
    let low = 0;
    let high = sorted[sorted.length - 1] * (1 + 8 * sigma);
    if (exceedance(low) <= exceeded) return 0;
    while (high - low > 1e-12 * high) {
      const middle = (low + high) / 2;
      if (middle === low || middle === high) break;
      if (exceedance(middle) > exceeded) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
}

/** What single years say of a plant's yield. */
export interface YieldOfYears {
  /** Mean of the years [kWh] */
  readonly meanKwh: number;
  /** By the normal distribution; from year to year as the years show, or as stated for one year. */
  readonly levels: YieldLevels;
  /** By the years themselves; undefined for one year and where a year has no energy. */
  readonly levelsOfYears: ExceedanceLevels | undefined;
}

/**
 * @param annualKwh yields of the years [kWh], at least one
 * @param components standard uncertainties by source [%]
 * @param interannualPct used for a single year, whose years cannot be counted [%]; default 4
 */
export function yieldOfYears(
  annualKwh: readonly number[],
  components: UncertaintyPct = USUAL_UNCERTAINTY_PCT,
  interannualPct = 4,
): YieldOfYears {
  const n = annualKwh.length;
  within('years', n, 1, 1000);
  const meanKwh = annualKwh.reduce((sum, energy) => sum + energy, 0) / n;
  const variance = annualKwh.reduce((sum, energy) => sum + (energy - meanKwh) ** 2, 0) / (n - 1);
  const shown = meanKwh > 0 ? (100 * Math.sqrt(variance)) / meanKwh : 0;
  const haveEnergy = annualKwh.every((energy) => energy > 0);
  return {
    meanKwh,
    levels: yieldLevels(meanKwh, components, n > 1 ? shown : interannualPct),
    levelsOfYears: n > 1 && haveEnergy ? levelsOfYears(annualKwh, combinedUncertaintyPct(components)) : undefined,
  };
}

export interface YearsResult {
  /** One for each site, in their order. */
  readonly years: readonly YearResult[];
  /** Mean of the years [kWh] */
  readonly acAnnualKwh: number;
  /** Means of the months [kWh], January first */
  readonly acMonthlyKwh: Float64Array;
  readonly levels: YieldOfYears['levels'];
  readonly levelsOfYears: YieldOfYears['levelsOfYears'];
}

/** The same system in each of several years of weather; `components` and `interannualPct` as in `yieldOfYears`. */
export function simulateYears(
  sites: readonly PreparedSite[],
  system: SolarSystem,
  components?: UncertaintyPct,
  interannualPct?: number,
): YearsResult {
  const years = sites.map((site) => simulateYear(site, system));
  const {
    meanKwh,
    levels,
    levelsOfYears: ofYears,
  } = yieldOfYears(
    years.map(({ acAnnualKwh }) => acAnnualKwh),
    components,
    interannualPct,
  );
  const acMonthlyKwh = new Float64Array(12);
  for (const year of years) for (let m = 0; m < 12; m++) acMonthlyKwh[m] += year.acMonthlyKwh[m] / years.length;
  return { years, acAnnualKwh: meanKwh, acMonthlyKwh, levels, levelsOfYears: ofYears };
}

/**
 * Energies of a plant's life, each year a little less.
 * @param pctPerYear loss of power in a year, of what the year before gave [%], 0 to 50
 * @returns [kWh], `years` of them
 */
export function lifetimeEnergiesKwh(firstYearKwh: number, pctPerYear: number, years: number): Float64Array {
  within('degradation.pct_per_year', pctPerYear, 0, 50);
  within('years', years, 1, 100);
  return Float64Array.from({ length: years }, (_, year) => firstYearKwh * (1 - pctPerYear / 100) ** year);
}
