/** Results of wind jobs, as they are stored and answered. */
import type { z } from 'zod';
import type { PlantEconomics } from '../../contracts/common/economics.schema.ts';
import { snakeKeys } from '../../lib/case.ts';
import type { exceedanceSchema } from '../../contracts/common/exceedance.schema.ts';
import type { TurbineChoice } from '../../contracts/wind/requests.schema.ts';
import type { windYieldSchema } from '../../contracts/wind/result.schema.ts';
import { capitalRecovery, yearlyCost } from '../../finance/capital-recovery.ts';
import type { ProjectEconomics } from '../../finance/project.ts';
import { projectEconomics } from '../../finance/project.ts';
import type { FarmAnalysis } from '../../wind/energy/analyze-farm.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { type Plant, plantProject } from '../economics/project.ts';
import { ratedPowerKw } from '../../wind/turbine/turbine.ts';

/** Converts a yield to the names of the API. */
export function yieldView(analysis: FarmAnalysis): z.output<typeof windYieldSchema> {
  return {
    rated_kw: analysis.ratedKw,
    annual_gross_energy_kwh: analysis.grossKwh,
    annual_energy_with_wakes_kwh: analysis.wakedKwh,
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
      wind_direction_deg: sector.directionDeg,
      frequency: sector.frequency,
      wind_speed_mean_m_s: sector.meanSpeedMPerS,
      annual_gross_energy_kwh: sector.grossKwh,
      annual_energy_with_wakes_kwh: sector.wakedKwh,
      wake_loss_pct: 100 * sector.wakeLoss,
    })),
    turbines: analysis.turbines.map((turbine) => ({
      x_m: turbine.xM,
      y_m: turbine.yM,
      turbine: turbine.turbine,
      rated_kw: turbine.ratedKw,
      wind_speed_mean_m_s: turbine.meanSpeedMPerS,
      annual_gross_energy_kwh: turbine.grossKwh,
      annual_energy_with_wakes_kwh: turbine.wakedKwh,
      wake_loss_pct: 100 * turbine.wakeLoss,
      annual_energy_kwh: turbine.netKwh,
      capacity_factor_pct: 100 * turbine.capacityFactor,
    })),
  };
}

/**
 * Returns the standing turbines by type, each with its own price if the request has one.
 * @param kinds entry of `specs` and `choices` of each turbine
 */
export function plantOf(
  economics: PlantEconomics | undefined,
  specs: readonly TurbineSpec[],
  choices: readonly TurbineChoice[],
  kinds: Iterable<number>,
): Plant {
  let ratedKw = 0;
  let capitalCost = 0;
  for (const kind of kinds) {
    const rated = ratedPowerKw(specs[kind]);
    ratedKw += rated;
    capitalCost += rated * (choices[kind].capital_cost_per_kw ?? economics?.costs.per_kw ?? 0);
  }
  return { ratedKw, capitalCost };
}

/** Returns the yearly cost of a plant, whose capital is repaid with interest over its life. */
export const plantCostPerYear = (economics: PlantEconomics, { ratedKw, capitalCost }: Plant): number =>
  yearlyCost({
    capitalCost,
    fixedChargeRate: capitalRecovery(economics.real_discount_rate, economics.years),
    operatingCostPerYear: economics.costs.operation_per_kw_year * ratedKw,
  });

/** Returns the yearly cost of a metre of cable divided by that of the farm without cables [1/m]. */
export function cableCostShare(economics: PlantEconomics, plant: Plant): number {
  const factor = capitalRecovery(economics.real_discount_rate, economics.years);
  const farm = plantCostPerYear(economics, plant);
  return farm > 0 ? (factor * economics.costs.cable_per_m) / farm : 0;
}

export const farmEconomics = (...farm: Parameters<typeof plantProject>): ProjectEconomics =>
  projectEconomics(plantProject(...farm));
