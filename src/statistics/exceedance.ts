/**
 * Yields by the probability of exceeding them, the same for every technology. Percent are percent of the mean yield.
 * P(q) = mean (1 - z(q) s), s by the sources of uncertainty and, over n years, the variation from year to year over the root of n.
 */
import { normalProbability, normalQuantile } from './normal.ts';

const LEVELS = [50, 75, 90, 99] as const;
type Level = (typeof LEVELS)[number];
/** Energy of a year that is exceeded with this probability in percent [kWh]. */
export type ExceedanceLevels = Readonly<Record<`p${Level}Kwh`, number>>;

/** Levels are null if nothing is uncertain. */
export interface Exceedance {
  /** Standard uncertainty of models and inputs together [%], the same in all years */
  readonly uncertaintyPct: number;
  /** Standard deviation of single years [%] */
  readonly interannualPct: number;
  /** Long-term mean: over so many years that the variation of single years does not matter */
  readonly longTerm: ExceedanceLevels | null;
  /** Energy of any single year */
  readonly oneYear: ExceedanceLevels | null;
  /** Mean energy of ten years */
  readonly tenYears: ExceedanceLevels | null;
  /** Mean energy of twenty years */
  readonly twentyYears: ExceedanceLevels | null;
  /** Energy of a single year, by the distribution of the years; null for one year and if a year has no energy */
  readonly empirical: ExceedanceLevels | null;
}

/** Standard uncertainties of the yield by their sources [%], independent of each other. */
export type UncertaintyPct = Readonly<Record<string, number>>;

const levelsBy = (energyAt: (exceeded: number) => number): ExceedanceLevels =>
  Object.fromEntries(LEVELS.map((level) => [`p${level}Kwh`, energyAt(level / 100)])) as ExceedanceLevels;

function requirePercent(name: string, pct: number): void {
  if (!(pct >= 0 && pct <= 100)) throw new RangeError(`${name} is ${pct}; expected 0 to 100`);
}

/**
 * Returns the combined standard uncertainty (GUM): the root of the sum of squares [%]. @throws RangeError for a source
 * outside 0 to 100
 */
export function combinedUncertaintyPct(sources: UncertaintyPct): number {
  let sum = 0;
  for (const [name, pct] of Object.entries(sources)) {
    requirePercent(`uncertainty_pct.${name}`, pct);
    sum += pct * pct;
  }
  return Math.sqrt(sum);
}

/** Returns the standard deviation of the mean yield of `years` years [%]. */
export const standardPct = (uncertaintyPct: number, interannualPct: number, years: number): number =>
  Math.sqrt(uncertaintyPct ** 2 + interannualPct ** 2 / years);

/**
 * Returns the value of a normally distributed yield that is exceeded with a probability, never below 0.
 * @param meanKwh mean yield, which is its P50 [kWh]
 * @param standard its standard deviation [%]
 * @param exceeded probability of exceeding it [1], between 0 and 1
 */
export const exceededKwh = (meanKwh: number, standard: number, exceeded: number): number =>
  Math.max(0, meanKwh * (1 - normalQuantile(exceeded) * (standard / 100)));

/**
 * Returns the levels of a normally distributed yield.
 * @param meanKwh mean yield of a year [kWh]
 * @param sources standard uncertainties by their sources [%]
 * @param interannualPct standard deviation of single years [%], 0 or more
 * @throws RangeError for a source outside 0 to 100 or a negative deviation
 */
export function exceedanceOf(meanKwh: number, sources: UncertaintyPct, interannualPct: number): Exceedance {
  if (!(interannualPct >= 0 && interannualPct < Number.POSITIVE_INFINITY))
    throw new RangeError(`interannual_pct is ${interannualPct}; expected 0 or more`);
  const uncertaintyPct = combinedUncertaintyPct(sources);
  const levels = (years: number): ExceedanceLevels | null => {
    const standard = standardPct(uncertaintyPct, interannualPct, years);
    // Without a stated source only the weather's variation would count, and the levels would promise too much.
    return uncertaintyPct > 0 ? levelsBy((exceeded) => exceededKwh(meanKwh, standard, exceeded)) : null;
  };
  return {
    uncertaintyPct,
    interannualPct,
    longTerm: levels(Number.POSITIVE_INFINITY),
    oneYear: levels(1),
    tenYears: levels(10),
    twentyYears: levels(20),
    empirical: null,
  };
}

/**
 * Returns the levels from the yields of single years: by a normal distribution with the standard deviation of the
 * years, and by the years themselves.
 * @param annualKwh yields of the years [kWh], at least one
 * @param sources standard uncertainties by their sources [%]
 * @param interannualPct used for a single year, which has no spread [%]
 * @throws RangeError for no year, or a source outside 0 to 100
 */
export function exceedanceOfYears(
  annualKwh: readonly number[],
  sources: UncertaintyPct,
  interannualPct: number,
): Exceedance {
  const n = annualKwh.length;
  if (n < 1) throw new RangeError('years is 0; expected 1 or more');
  const meanKwh = annualKwh.reduce((sum, energy) => sum + energy, 0) / n;
  const variance = annualKwh.reduce((sum, energy) => sum + (energy - meanKwh) ** 2, 0) / (n - 1);
  const spreadPct = meanKwh > 0 ? (100 * Math.sqrt(variance)) / meanKwh : 0;
  const normalExceedance = exceedanceOf(meanKwh, sources, n > 1 ? spreadPct : interannualPct);
  const haveEnergy = annualKwh.every((energy) => energy > 0);
  return {
    ...normalExceedance,
    empirical: n > 1 && haveEnergy ? empiricalLevels(annualKwh, normalExceedance.uncertaintyPct) : null,
  };
}

/**
 * Returns the levels by the years themselves: each year is equally likely, and its yield has the uncertainty of models
 * and inputs. Without that uncertainty the levels are the quantiles of the years, interpolated between neighbours.
 * @param annualKwh yields of the years [kWh], at least 2, above 0
 * @param uncertaintyPct of models and inputs [%], 0 to 100
 * @throws RangeError for fewer years or a yield that is not positive
 */
export function empiricalLevels(annualKwh: readonly number[], uncertaintyPct: number): ExceedanceLevels {
  if (annualKwh.length < 2) throw new RangeError(`years is ${annualKwh.length}; expected 2 or more`);
  requirePercent('uncertainty_pct', uncertaintyPct);
  for (const energy of annualKwh)
    if (!(energy > 0 && energy < Number.POSITIVE_INFINITY))
      throw new RangeError(`annual_kwh is ${energy}; expected above 0`);
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
