/** Results of wind jobs, as they are stored and answered. */
import type { z } from 'zod';
import type { EconomicsBody } from '../../contracts/common/economics.schema.ts';
import { snakeKeys } from '../../lib/case.ts';
import type { exceedanceSchema } from '../../contracts/common/exceedance.schema.ts';
import type { economicsResultSchema } from '../../contracts/common/economics-result.schema.ts';
import type { TurbineChoice } from '../../contracts/wind/requests.schema.ts';
import type { windYieldSchema } from '../../contracts/wind/result.schema.ts';
import type { ProjectEconomics, ProjectInput } from '../../finance/project.ts';
import { projectEconomics } from '../../finance/project.ts';
import type { FarmAnalysis } from '../../wind/energy/analyze-farm.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { ratedPowerKw } from '../../wind/turbine/turbine.ts';

/** A yield in the API's names. */
export function yieldView(analysis: FarmAnalysis): z.output<typeof windYieldSchema> {
  return {
    rated_kw: analysis.ratedKw,
    annual_gross_energy_kwh: analysis.grossKwh,
    energy_with_wakes_kwh: analysis.wakedKwh,
    annual_energy_kwh: analysis.netKwh,
    wake_loss_pct: 100 * analysis.wakeLoss,
    array_efficiency: analysis.arrayEfficiency,
    capacity_factor_pct: 100 * analysis.capacityFactor,
    full_load_hours: analysis.fullLoadHours,
    losses: analysis.lossChain.map(({ name, fraction, lossKwh, afterKwh }) => ({
      name,
      loss_pct: 100 * fraction,
      loss_kwh: lossKwh,
      remaining_kwh: afterKwh,
    })),
    exceedance: snakeKeys(analysis.exceedance) as z.output<typeof exceedanceSchema>,
    sectors: analysis.sectors.map((sector) => ({
      direction_deg: sector.directionDeg,
      frequency: sector.frequency,
      mean_speed_m_s: sector.meanSpeedMPerS,
      annual_gross_energy_kwh: sector.grossKwh,
      energy_with_wakes_kwh: sector.wakedKwh,
      wake_loss_pct: 100 * sector.wakeLoss,
    })),
    turbines: analysis.turbines.map((turbine) => ({
      x_m: turbine.xM,
      y_m: turbine.yM,
      turbine: turbine.turbine,
      rated_kw: turbine.ratedKw,
      mean_speed_m_s: turbine.meanSpeedMPerS,
      annual_gross_energy_kwh: turbine.grossKwh,
      energy_with_wakes_kwh: turbine.wakedKwh,
      wake_loss_pct: 100 * turbine.wakeLoss,
      annual_energy_kwh: turbine.netKwh,
      capacity_factor_pct: 100 * turbine.capacityFactor,
    })),
  };
}

/** Yearly cost of a plant's capital for each unit of it [1/a]: what repays it with interest over its life. */
const capitalRecovery = (rate: number, years: number): number =>
  rate === 0 ? 1 / years : rate / (1 - (1 + rate) ** -years);

/** Rated power [kW] and capital cost without cables of a set of turbines. */
export interface Plant {
  readonly ratedKw: number;
  readonly capitalCost: number;
}

/**
 * Turbines that stand by their types, each with its own price where the request has one.
 * @param kinds entry of `specs` and `choices` of each turbine
 */
export function plantOf(
  economics: EconomicsBody | undefined,
  specs: readonly TurbineSpec[],
  choices: readonly TurbineChoice[],
  kinds: Iterable<number>,
): Plant {
  let ratedKw = 0;
  let capitalCost = 0;
  for (const kind of kinds) {
    const rated = ratedPowerKw(specs[kind]);
    ratedKw += rated;
    capitalCost += rated * (choices[kind].capital_cost_per_kw ?? economics?.capital_cost_per_kw ?? 0);
  }
  return { ratedKw, capitalCost };
}

/** What a plant costs by the year, its capital repaid with interest over its life. */
export const yearlyCost = (economics: EconomicsBody, { ratedKw, capitalCost }: Plant): number =>
  capitalRecovery(economics.real_discount_rate, economics.years) * capitalCost +
  economics.operating_cost_per_kw_year * ratedKw;

/** Cost of a metre of cable over that of the farm without cables, both by the year [1/m]. */
export function cableCostShare(economics: EconomicsBody, plant: Plant): number {
  const factor = capitalRecovery(economics.real_discount_rate, economics.years);
  const farm = yearlyCost(economics, plant);
  return farm > 0 ? (factor * economics.cable_cost_per_m) / farm : 0;
}

/** A farm of that yield and length of cables as a project. */
export function farmProject(
  economics: EconomicsBody,
  farm: Plant & { readonly netKwh: number; readonly cableM: number },
): ProjectInput {
  const { debt } = economics;
  return {
    annualEnergyKwh: farm.netKwh,
    capitalCost: farm.capitalCost + economics.cable_cost_per_m * farm.cableM,
    operatingCostPerYear: economics.operating_cost_per_kw_year * farm.ratedKw,
    pricePerKwh: economics.price_per_kwh,
    years: economics.years,
    degradationPerYear: economics.degradation_per_year,
    priceEscalation: economics.price_escalation,
    inflation: economics.inflation,
    realDiscountRate: economics.real_discount_rate,
    taxRate: economics.tax_rate,
    investmentTaxCredit: economics.investment_tax_credit,
    debt: debt && {
      rate: debt.rate,
      years: debt.years,
      repayment: debt.repayment,
      sizing: { type: 'share', share: debt.share },
    },
  };
}

export const farmEconomics = (...farm: Parameters<typeof farmProject>): ProjectEconomics =>
  projectEconomics(farmProject(...farm));

export function economicsView(economics: ProjectEconomics): z.output<typeof economicsResultSchema> {
  return {
    capital_cost: economics.assumptions.capitalCost,
    lcoe_real_per_kwh: economics.lcoeRealPerKwh,
    lcoe_nominal_per_kwh: economics.lcoeNominalPerKwh,
    npv: economics.npv,
    irr: economics.irr,
    equity_npv: economics.equityNpv,
    equity_irr: economics.equityIrr,
    simple_payback_years: economics.simplePaybackYears,
    discounted_payback_years: economics.discountedPaybackYears,
    debt_amount: economics.debtAmount,
    min_dscr: economics.minDscr,
    average_dscr: economics.averageDscr,
    cash_flows: economics.cashFlows.map((year) => ({
      year: year.year,
      energy_kwh: year.energyKwh,
      revenue: year.revenue,
      operating_cost: year.operatingCost,
      ebitda: year.ebitda,
      depreciation: year.depreciation,
      interest: year.interest,
      principal: year.principal,
      tax: year.tax,
      project_flow: year.projectFlow,
      equity_flow: year.equityFlow,
      dscr: year.dscr,
    })),
  };
}
