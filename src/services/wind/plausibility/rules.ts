/** Doubts about curtailment: rules that never act or take much, modes that give more power than the turbine. */
import type { WindAnalyzeInput, WindOptimizeInput } from '../../../contracts/wind/requests.schema.ts';
import { type WindWarning, warnWind } from '../../../contracts/wind/warnings.ts';
import type { FarmAnalysis } from '../../../wind/energy/analyze-farm.ts';
import type { WindClimate } from '../../../wind/resource/climate.ts';
import { powerKw, ratedPowerKw, type TurbineSpec } from '../../../wind/turbine/turbine.ts';
import { isCarried } from '../curtailment.ts';

type Body = WindAnalyzeInput | WindOptimizeInput;

/** Share of the rated power by which a mode may exceed a curve, for other densities and rounding. */
const MODE_TOLERANCE = 0.02;
const HIGH_PCT = 8;

/** Returns the doubts about the modes of a request, and about what its rules are decided by. */
export function modeWarnings(
  { curtailment }: Body,
  turbines: readonly TurbineSpec[],
  { steps }: WindClimate,
): WindWarning[] {
  if (!curtailment) return [];
  const doubts: WindWarning[] = curtailment.modes.flatMap(({ name, wind_speed_m_s, power_kw }, m) => {
    const [odd] = turbines.flatMap((turbine) => {
      const above = power_kw.findIndex(
        (kw, row) => kw > powerKw(turbine, wind_speed_m_s[row]) + MODE_TOLERANCE * ratedPowerKw(turbine),
      );
      return above < 0 ? [] : [{ turbine, row: above }];
    });
    if (!odd) return [];
    const values = {
      mode: name,
      mode_kw: power_kw[odd.row],
      wind_speed_m_s: wind_speed_m_s[odd.row],
      turbine: odd.turbine.name,
      power_kw: powerKw(odd.turbine, wind_speed_m_s[odd.row]),
    };
    return [warnWind('wind.mode_above_curve', values, `/curtailment/modes/${m}/power_kw`)];
  });
  const hasTemperature = curtailment.rules.some(
    ({ temp_air_from_c: low, temp_air_below_c: high }) => low !== undefined || high !== undefined,
  );
  const missing = hasTemperature ? Array.from(steps?.temperatureC ?? []).filter(Number.isNaN).length : 0;
  if (missing > 0) doubts.push(warnWind('wind.rule_values_missing', { n_steps: missing }, '/curtailment/rules'));
  return doubts;
}

/** Returns the doubts about what the rules did. */
export function ruleWarnings({ curtailment: stated }: Body, { curtailment, grossKwh }: FarmAnalysis): WindWarning[] {
  if (!stated || !curtailment) return [];
  const lossPct = (100 * curtailment.lossKwh) / grossKwh;
  return [
    ...curtailment.rules.flatMap(({ hoursByTurbine }, rule) =>
      hoursByTurbine.some((hours) => hours > 0)
        ? []
        : [
            warnWind(
              'wind.rule_without_effect',
              { rule, name: stated.rules[rule].name ?? stated.rules[rule].type },
              `/curtailment/rules/${rule}`,
            ),
          ],
    ),
    ...(lossPct > HIGH_PCT ? [warnWind('wind.curtailment_high', { loss_pct: lossPct }, '/curtailment')] : []),
  ];
}

/** Returns the doubt about rules that a search does without. */
export function searchRuleWarnings({ curtailment }: Body): WindWarning[] {
  const rules = curtailment?.rules.filter((rule) => !isCarried(rule)).length ?? 0;
  return rules > 0 ? [warnWind('wind.rules_only_in_final', { n_rules: rules }, '/curtailment/rules')] : [];
}
