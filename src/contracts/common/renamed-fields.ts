/**
 * Fields of requests by the names that they had before 0.1.0. An old name is refused like any unknown name, and the
 * error states the new one. CHANGELOG.md lists all names that changed.
 */
const RENAMED_FIELDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cable_cost_per_m: 'costs.cable_per_m',
    capital_cost_per_kw: 'costs.per_kw',
    costs: 'economics.costs',
    diffuse: 'include_diffuse',
    enabled: 'is_enabled',
    grid_points: 'n_grid_points',
    inverter_costs_per_kw_ac: 'economics.costs.inverters_per_kw_ac',
    iterations: 'n_iterations',
    module_costs_per_kw_dc: 'economics.costs.modules_per_kw_dc',
    operating_cost_per_kw_year: 'costs.operation_per_kw_year',
    own: 'is_custom',
    population: 'population_size',
    series: 'include_series',
    share: 'sizing.share',
    south: 'is_south',
    starts: 'n_starts',
    turbine_count: 'n_turbines',
    type_choice: 'turbine_choice',
  }),
);

/**
 * States the new names of unknown keys that had a meaning before: `"iterations" is now "n_iterations"`. Empty if there
 * are none.
 */
export const renamedFields = (keys: readonly string[]): string =>
  keys.flatMap((key) => (RENAMED_FIELDS.has(key) ? [`; "${key}" is now "${RENAMED_FIELDS.get(key)}"`] : [])).join('');
