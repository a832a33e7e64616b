/** What a plant costs by the year, its capital turned into equal yearly amounts. */

/**
 * Capital recovery factor: what repays a unit of capital with interest in equal amounts at the ends of the years.
 * @param rate interest [1/a], above -1
 * @param years at least 1
 * @returns [1/a]
 * @see Short, Packey and Holt 1995, NREL/TP-462-5173
 */
export const capitalRecovery = (rate: number, years: number): number =>
  rate === 0 ? 1 / years : rate / -Math.expm1(-years * Math.log1p(rate));

export interface YearlyCostInput {
  /** [currency] */
  readonly capitalCost: number;
  /** Share of the capital cost charged each year [1/a], such as a capital recovery factor */
  readonly fixedChargeRate: number;
  /** [currency/a] */
  readonly operatingCostPerYear: number;
}

/**
 * Yearly cost by fixed charge rate; over the yearly energy it is the LCOE.
 * @returns [currency/a]
 * @see Short, Packey and Holt 1995, NREL/TP-462-5173
 */
export const yearlyCost = ({ capitalCost, fixedChargeRate, operatingCostPerYear }: YearlyCostInput): number =>
  capitalCost * fixedChargeRate + operatingCostPerYear;
