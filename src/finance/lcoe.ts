/** Levelized cost of energy. */
import { AppError } from '../contracts/common/app-error.ts';

function requirePositive(name: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value)))
    throw new AppError('finance.invalid_input', `${name} is ${value}; expected a number above 0`, {
      pointer: `/${name}`,
    });
}

export interface FixedChargeRateInput {
  /** [currency] */
  readonly capitalCost: number;
  /** [currency/a] */
  readonly fixedOperatingCost: number;
  /** [currency/kWh] */
  readonly variableOperatingCostPerKwh: number;
  /** Share of the capital cost charged each year [1/a] */
  readonly fixedChargeRate: number;
  /** [kWh/a] */
  readonly annualEnergyKwh: number;
}

/**
 * LCOE by fixed charge rate.
 * @returns [currency/kWh]
 * @see Short, Packey and Holt 1995, NREL/TP-462-5173
 */
export function lcoeFixedChargeRate(input: FixedChargeRateInput): number {
  requirePositive('annual_energy_kwh', input.annualEnergyKwh);
  const yearly = input.capitalCost * input.fixedChargeRate + input.fixedOperatingCost;
  return yearly / input.annualEnergyKwh + input.variableOperatingCostPerKwh;
}

export interface DiscountedLcoeInput {
  /** Paid in year 0 [currency] */
  readonly capitalCost: number;
  /** Operation and maintenance of year 1, in money of year 1 [currency] */
  readonly omYear1: number;
  /** Growth of that cost beyond inflation [1/a] */
  readonly omRealEscalation: number;
  /** [1/a] */
  readonly inflation: number;
  /** [1/a] */
  readonly realDiscountRate: number;
  /** [kWh] */
  readonly energyYear1Kwh: number;
  /** Yearly loss of energy [1/a]; year k yields energyYear1Kwh (1 - degradation)^(k-1) */
  readonly degradationPerYear: number;
  /** Whole number, at least 1 */
  readonly years: number;
}

/**
 * LCOE by discounted cash flow: the constant price at which the project's present value is zero; nominal (a price that
 * stays the same number) and real (a price that keeps its purchasing power). Nominal costs are discounted at the nominal rate.
 * @returns [currency/kWh]
 * @see Short, Packey and Holt 1995, NREL/TP-462-5173
 */
export function lcoeDiscounted(input: DiscountedLcoeInput): { nominalPerKwh: number; realPerKwh: number } {
  requirePositive('energy_year1_kwh', input.energyYear1Kwh);
  if (!(Number.isInteger(input.years) && input.years >= 1))
    throw new AppError('finance.invalid_input', `years is ${input.years}; expected a whole number of at least 1`, {
      pointer: '/years',
    });
  const nominalGrowth = (1 + input.realDiscountRate) * (1 + input.inflation);
  let cost = input.capitalCost;
  let energyNominal = 0;
  let energyReal = 0;
  let om = input.omYear1;
  let energy = input.energyYear1Kwh;
  for (let year = 1; year <= input.years; year++) {
    cost += om / nominalGrowth ** year;
    energyNominal += energy / nominalGrowth ** year;
    energyReal += energy / (1 + input.realDiscountRate) ** year;
    om *= (1 + input.inflation) * (1 + input.omRealEscalation);
    energy *= 1 - input.degradationPerYear;
  }
  return { nominalPerKwh: cost / energyNominal, realPerKwh: cost / energyReal };
}
