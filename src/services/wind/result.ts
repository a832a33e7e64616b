/** Results of wind jobs, as they are stored and answered. */
import type { z } from 'zod';
import type { PlantEconomics } from '../../contracts/common/economics.schema.ts';
import { snakeKeys } from '../../lib/case.ts';
import type { CurtailmentRuleBody } from '../../contracts/wind/curtailment.schema.ts';
import type { TurbineChoice, WindAnalyzeInput, WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import type { windYieldSchema } from '../../contracts/wind/result.schema.ts';
import { capitalRecovery, yearlyCost } from '../../finance/capital-recovery.ts';
import type { ProjectEconomics } from '../../finance/project.ts';
import { projectEconomics } from '../../finance/project.ts';
import type { FarmAnalysis, TurbineResult, WindCases } from '../../wind/energy/analyze-farm.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { type Plant, plantProject } from '../economics/project.ts';
import { wakeModelOf } from './setup.ts';
import { wakeConstantsOf } from './wake-constants.ts';
import { ratedPowerKw } from '../../wind/turbine/turbine.ts';

/** Converts a yield to the names of the API. */
export function yieldView(
  analysis: FarmAnalysis,
  body: Pick<WindAnalyzeInput | WindOptimizeInput, 'curtailment' | 'wake'>,
): z.output<typeof windYieldSchema> {
  const rules = body.curtailment?.rules ?? [];
  return {
    wind_cases: casesView(analysis.cases),
    wake_constants: wakeConstantsOf(wakeModelOf(body)),
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
    ...(analysis.curtailment && { curtailment: curtailmentView(analysis, rules) }),
    exceedance: snakeKeys(analysis.exceedance),
    sectors: analysis.sectors.map((sector) => ({
      wind_direction_deg: sector.directionDeg,
      frequency: sector.frequency,
      wind_speed_mean_m_s: sector.meanSpeedMPerS,
      annual_gross_energy_kwh: sector.grossKwh,
      annual_energy_with_wakes_kwh: sector.wakedKwh,
      wake_loss_pct: 100 * sector.wakeLoss,
    })),
    ...(analysis.wakes && {
      internal_wake_loss_pct: 100 * analysis.wakes.own,
      external_wake_loss_pct: 100 * analysis.wakes.external,
      neighbours: analysis.neighbours.map(turbineView),
    }),
    turbines: analysis.turbines.map(turbineView),
  };
}

function curtailmentView({ curtailment, grossKwh }: FarmAnalysis, rules: readonly CurtailmentRuleBody[]) {
  const pct = (kwh: number) => (grossKwh > 0 ? (100 * kwh) / grossKwh : 0);
  const { lossKwh, rules: costs } = curtailment!;
  return {
    curtailment_loss_kwh: lossKwh,
    curtailment_loss_pct: pct(lossKwh),
    rules: costs.map((cost, r) => ({
      type: rules[r].type,
      name: rules[r].name ?? rules[r].type,
      curtailment_loss_kwh: cost.lossKwh,
      curtailment_loss_pct: pct(cost.lossKwh),
      single_loss_kwh: cost.singleLossKwh,
      single_loss_pct: pct(cost.singleLossKwh),
      turbine_hours: cost.hoursByTurbine.reduce((sum, hours) => sum + hours, 0),
      loss_kwh_by_turbine: [...cost.lossKwhByTurbine],
      hours_by_turbine: [...cost.hoursByTurbine],
    })),
  };
}

const turbineView = (turbine: TurbineResult) => ({
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
});

function casesView(cases: WindCases): z.output<typeof windYieldSchema>['wind_cases'] {
  if (cases.kind === 'steps')
    return { n_steps: cases.steps, n_directions: null, n_speeds: null, min_speed_m_s: null, max_speed_m_s: null };
  const { directions, speedsMPerS } = cases;
  return {
    n_steps: null,
    n_directions: directions,
    n_speeds: speedsMPerS.length,
    min_speed_m_s: Math.min(...speedsMPerS),
    max_speed_m_s: Math.max(...speedsMPerS),
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
