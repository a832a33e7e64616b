/**
 * The categories by which IEC 61400-15-2 sorts losses and uncertainties of a wind farm's yield, and the names of what
 * falls into them: usual ones, and the standard's own subcategories.
 * @see IEC 61400-15 working group, EYA DEF, plant_performance.py and wind_uncertainty.py at 56f4296,
 *   https://github.com/IEC-61400-15/eya_def
 */
const LOSSES = {
  turbine_interaction: [
    ...['wakes', 'internal_turbine_interaction', 'external_wakes', 'external_turbine_interaction'],
    ...['future_turbine_interaction', 'blockage'],
  ],
  availability: ['availability', 'turbine_availability', 'balance_of_plant', 'bop_availability', 'grid_availability'],
  electrical: ['electrical', 'electrical_efficiency', 'auxiliaries', 'facility_parasitic_consumption'],
  turbine_performance: [
    ...['turbine_performance', 'sub_optimal_performance', 'power_curve', 'generic_power_curve_adjustment'],
    ...['site_specific_power_curve_adjustment', 'hysteresis', 'high_wind_hysteresis'],
  ],
  environmental: ['environmental', 'icing', 'degradation', 'soiling', 'external_conditions', 'exposure_changes'],
  curtailment: [
    ...['curtailment', 'load_curtailment', 'sector_management', 'grid_curtailment', 'export_limit'],
    ...['environmental_curtailment', 'noise', 'bats', 'shadow_flicker', 'operational_strategies'],
  ],
  other: ['asymmetric_effects', 'upside_scenarios'],
} as const;
const UNCERTAINTIES = {
  measurement: [
    ...['wind_measurement', 'wind', 'measurement', 'wind_speed_measurement', 'wind_direction_measurement'],
    ...['other_atmospheric_parameters', 'data_integrity'],
  ],
  historical_wind: [
    ...['long_term', 'long_term_adjustment', 'long_term_period_representativeness', 'reference_data_consistency'],
    ...['wind_speed_distribution_uncertainty', 'on_site_data_synthesis', 'measured_data_representativeness'],
  ],
  future_wind: ['future_wind', 'wind_speed_variability', 'climate_change'],
  vertical: ['vertical_extrapolation', 'vertical_model_uncertainty', 'excess_propagated_uncertainty'],
  horizontal: [
    ...['horizontal_extrapolation', 'terrain', 'horizontal_model_inputs', 'horizontal_model_sensitivity'],
    ...['horizontal_model_appropriateness'],
  ],
  plant_performance: ['wakes', 'power_curve', 'losses', ...Object.values(LOSSES).flat()],
} as const;

const categoryIn = <Name extends string>(groups: Readonly<Record<Name, readonly string[]>>, name: string) =>
  (Object.keys(groups) as Name[]).find((key) => groups[key].includes(name)) ?? 'other';

export const lossCategory = (name: string) => categoryIn(LOSSES, name);
export const uncertaintyCategory = (name: string) => categoryIn(UNCERTAINTIES, name);
/** Names in the order in which reports list them. */
export const LOSS_NAMES: readonly string[] = Object.values(LOSSES).flat();
export const UNCERTAINTY_SOURCES: readonly string[] = Object.values(UNCERTAINTIES).flat();
