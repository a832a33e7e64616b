/** Yearly cost of a plant, whose capital cost is converted into equal yearly amounts. */

/**
 * Returns the capital recovery factor: the equal payment at the end of each year that repays one unit of capital with interest.
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
 * Returns the yearly cost by fixed charge rate; divided by the yearly energy it is the LCOE.
 * @returns [currency/a]
 * @see Short, Packey and Holt 1995, NREL/TP-462-5173
 */
export const yearlyCost = ({ capitalCost, fixedChargeRate, operatingCostPerYear }: YearlyCostInput): number =>
  capitalCost * fixedChargeRate + operatingCostPerYear;
