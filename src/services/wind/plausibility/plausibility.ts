/** Doubts about a wind job: everything that a reader of the trade would ask about inputs and results. */
import type { z } from 'zod';
import type { economicsResultSchema } from '../../../contracts/common/economics-result.schema.ts';
import type { FinanceWarningCode } from '../../../contracts/common/finance-warnings.ts';
import type { Warning } from '../../../contracts/common/warnings.ts';
import type { WindAnalyzeInput, WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import { WAKE_CONSTANTS, type WakeConstant, type WakeConstants } from '../../../contracts/wind/wake-constants.ts';
import { type WindWarning, warnWind } from '../../../contracts/wind/warnings.ts';
import { combinedUncertaintyPct } from '../../../statistics/exceedance.ts';
import type { FarmAnalysis } from '../../../wind/energy/analyze-farm.ts';
import { netFactor } from '../../../wind/energy/losses.ts';
import { airDensity, standardPressurePa } from '../../../wind/resource/air-density.ts';
import type { WindClimate } from '../../../wind/resource/climate.ts';
import { economicsWarnings } from '../../economics/project.ts';
import type { LayoutPlan } from '../layout.ts';
import type { Farm } from '../../../wind/turbine/farm.ts';
import type { WindLayoutResult } from '../../../wind/tasks.ts';
import type { TurbineSpec } from '../../../wind/turbine/turbine.ts';
import { densityWarnings, turbineWarnings } from './curves.ts';
import { areaWarnings, placeWarnings, searchWarnings, startWarnings } from './layout.ts';
import { modeWarnings, ruleWarnings, searchRuleWarnings } from './rules.ts';
import { hubWindWarnings, windWarnings } from './wind.ts';

/** Share of the energy that an export limit may take without a word [1]: contracts of curtailment have 0.01 to 0.1 */
const MAX_LIMITED = 0.25;

interface Inputs {
  readonly body: WindAnalyzeInput | WindOptimizeInput;
  /** The turbines of the request as published, and at the density of the site */
  readonly turbines: readonly TurbineSpec[];
  readonly specs: readonly TurbineSpec[];
  readonly climate: WindClimate;
}

/** Returns the doubts about the inputs of a job. */
export function inputWarnings({ body, turbines, specs, climate }: Inputs): WindWarning[] {
  return [
    ...turbines.flatMap((turbine, i) => [
      ...turbineWarnings(turbine, `/turbines/${i}`),
      ...densityWarnings(turbine, specs[i], `/turbines/${i}`),
    ]),
    ...windWarnings(body, specs, climate),
    ...lossWarnings(body),
    ...modeWarnings(body, turbines, climate),
    ...constantWarnings(body.wake.constants ?? {}),
  ];
}

/** Returns the doubts about the area and terms of a search. */
export function layoutWarnings(body: WindOptimizeInput, { site, specs, candidates }: LayoutPlan): WindWarning[] {
  const largestM = Math.max(...specs.map(({ diameterM }) => diameterM));
  const turbines = Math.max(...candidates.map(({ count }) => count));
  const [{ farm, count }] = candidates;
  return [
    ...areaWarnings(body, site, largestM, turbines),
    ...(body.start_layout ? startWarnings(site, farm, count) : []),
    ...searchWarnings(body),
    ...searchRuleWarnings(body),
  ];
}

/**
 * Returns the doubt about a search that ended where it began. A greedy search of one step has only built its first layout.
 * @param isStart whether the result is the initial layout of the request
 */
export function improvementWarnings(
  { method }: WindOptimizeInput,
  run: WindLayoutResult | null,
  isStart: boolean,
): WindWarning[] {
  const isFirst = run?.history.length === 1 && (run.steps > 1 || method !== 'greedy');
  return isStart || isFirst ? [warnWind('wind.no_improvement', {}, null)] : [];
}

/**
 * Returns the doubts about a yield.
 * @param money the economics of the yield; null where the request has none
 * @param pointer of the places in the request
 */
export function yieldWarnings(
  body: WindAnalyzeInput | WindOptimizeInput,
  farm: Farm,
  analysis: FarmAnalysis,
  money: z.output<typeof economicsResultSchema> | null,
  pointer: string,
): (WindWarning | Warning<FinanceWarningCode>)[] {
  const { economics, losses_pct: losses, export_limit_kw: limitKw } = body;
  const { wakeLoss, capacityFactor, curtailment, lossChain, ratedKw } = analysis;
  const limited = lossChain.find(({ name }) => name === 'export_limit')?.fraction ?? 0;
  // Losses that were doubted already shall not be doubted again as a low capacity factor.
  const left = (curtailment ? 1 - curtailment.lossKwh / analysis.wakedKwh : 1) * (1 - limited);
  const beforeLosses = capacityFactor / (left > 0 ? left : 1) / netFactor(fractions(losses));
  return [
    ...placeWarnings(farm, pointer),
    ...hubWindWarnings(body, analysis),
    ...(wakeLoss > 0.25 ? [warnWind('wind.wake_loss_high', { wake_loss_pct: 100 * wakeLoss }, pointer)] : []),
    ...(beforeLosses < 0.05 || beforeLosses > 0.65
      ? [warnWind('wind.capacity_factor_unusual', { capacity_factor_pct: 100 * capacityFactor }, null)]
      : []),
    ...ruleWarnings(body, analysis),
    ...(limitKw !== undefined && limited > MAX_LIMITED
      ? [
          warnWind(
            'wind.export_limit_share',
            { export_limit_kw: limitKw, limited_pct: 100 * limited },
            '/export_limit_kw',
          ),
        ]
      : []),
    ...(limitKw !== undefined && limitKw > ratedKw
      ? [
          warnWind(
            'wind.option_without_effect',
            { option: 'export_limit_kw', reason: 'limit_above_capacity' },
            '/export_limit_kw',
          ),
        ]
      : []),
    ...economicsWarnings(economics, money, '/economics'),
  ];
}

/**
 * Returns the doubt about an air density that does not fit the elevation of the site.
 * @param elevationM of the site [m]; null: unknown
 */
export function elevationWarnings(
  { air, air_density_kg_m3: stated }: Inputs['body'],
  specs: readonly TurbineSpec[],
  elevationM: number | null,
): WindWarning[] {
  if (elevationM === null || air || stated === 'weather') return [];
  const [{ refAirDensityKgM3, hubHeightM }] = specs;
  const atHubM = elevationM + hubHeightM;
  const expected = airDensity(15 - 0.0065 * atHubM, standardPressurePa(atHubM), 0);
  const used = stated ?? refAirDensityKgM3;
  if (Math.abs(used / expected - 1) <= 0.06) return [];
  const values = { used_kg_m3: used, elevation_m: elevationM, expected_kg_m3: expected };
  return [warnWind('wind.density_elevation', values, '/air_density_kg_m3')];
}

const fractions = (percentages: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(percentages).map(([name, percent]) => [name, percent / 100]));

function constantWarnings(constants: WakeConstants): WindWarning[] {
  return (Object.entries(constants) as [WakeConstant, number][]).flatMap(([constant, value]) => {
    const [, , low, high] = WAKE_CONSTANTS[constant];
    if (value >= low && value <= high) return [];
    return [
      warnWind(
        'wind.wake_constant_unusual',
        { constant, value, usual: `${low} ... ${high}` },
        `/wake/constants/${constant}`,
      ),
    ];
  });
}

/** Names under which losses_pct may state what a field of the request computes, and that field; null if nothing does. */
function computedLosses(body: Inputs['body']): Readonly<Record<string, string | null>> {
  const { neighbours, wake, export_limit_kw, curtailment, economics } = body;
  const turbines = 'layout' in body ? (body.layout.x_m ?? body.layout.longitude_deg ?? []).length : body.n_turbines;
  const hasWakes = Array.isArray(turbines) || turbines > 1;
  const rule = (type: string) => (curtailment?.rules.some((one) => one.type === type) ? 'curtailment' : null);
  return {
    ...Object.fromEntries(
      ['wake', 'wakes', 'wake_loss', 'wake_losses'].map((name) => [name, hasWakes ? 'wake' : null]),
    ),
    external_wakes: neighbours ? 'neighbours' : null,
    blockage: wake.blockage === 'none' ? null : 'wake.blockage',
    export_limit: export_limit_kw === undefined ? null : 'export_limit_kw',
    noise: rule('noise'),
    bats: rule('bats'),
    shadow_flicker: rule('shadow_flicker'),
    sector_management: rule('sector_management'),
    degradation: economics && economics.degradation_per_year > 0 ? 'economics.degradation_per_year' : null,
  };
}

function lossWarnings(body: Inputs['body']): WindWarning[] {
  const { losses_pct: losses, uncertainty_pct: uncertainty } = body;
  const computed = computedLosses(body);
  const doubts: WindWarning[] = Object.entries(losses).flatMap(([loss, loss_pct]) => {
    const field = Object.hasOwn(computed, loss) && loss_pct > 0 ? computed[loss] : null;
    return field ? [warnWind('wind.loss_counted_twice', { loss, loss_pct, field }, `/losses_pct/${loss}`)] : [];
  });
  const lossPct = 100 * (1 - netFactor(fractions(losses)));
  if (lossPct > 35) doubts.push(warnWind('wind.losses_high', { loss_pct: lossPct }, '/losses_pct'));
  if (Object.keys(losses).length > 0 && lossPct < 0.5)
    doubts.push(warnWind('wind.losses_small', { loss_pct: lossPct }, '/losses_pct'));
  const combined = combinedUncertaintyPct(uncertainty);
  if (combined > 25) doubts.push(warnWind('wind.uncertainty_high', { uncertainty_pct: combined }, '/uncertainty_pct'));
  if (combined > 0 && combined < 1)
    doubts.push(warnWind('wind.uncertainty_small', { uncertainty_pct: combined }, '/uncertainty_pct'));
  return doubts;
}
