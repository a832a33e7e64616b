/**
 * Fields of requests by the names that they had before 0.1.0. An old name is refused like any unknown name, and the
 * error states the new one. CHANGELOG.md lists all names that changed.
 */
const RENAMED_FIELDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    blocks: 'n_blocks',
    cable_cost_per_m: 'costs.cable_per_m',
    capital_cost_per_kw: 'costs.per_kw',
    cell_temperature_c: 'temp_cell_c',
    columns: 'n_x',
    costs: 'economics.costs',
    count: 'n_inverters',
    diffuse: 'include_diffuse',
    direction_deg: 'wind_direction_deg',
    directions_deg: 'wind_direction_deg',
    enabled: 'is_enabled',
    fixed: 'fixed_layout',
    from: 'starts_at',
    grid_points: 'n_grid_points',
    inverter_costs_per_kw_ac: 'economics.costs.inverters_per_kw_ac',
    iterations: 'n_iterations',
    land_area_m2: 'max_land_area_m2',
    module_costs_per_kw_dc: 'economics.costs.modules_per_kw_dc',
    operating_cost_per_kw_year: 'costs.operation_per_kw_year',
    own: 'is_custom',
    points: 'n_points',
    population: 'population_size',
    probability: 'frequency',
    relative_humidity: 'relative_humidity_pct',
    row_count: 'n_rows',
    rows: 'n_y',
    sectors: 'n_sectors',
    series: 'include_series',
    share: 'sizing.share',
    since: 'starts_at',
    south: 'is_south',
    speeds_m_s: 'wind_speed_m_s',
    start: 'start_layout',
    starts: 'n_starts',
    step_hours: 'step_minutes',
    strings: 'n_strings',
    strings_along_slant: 'n_strings_along_slant',
    temperature_c: 'temp_air_c',
    text: 'search',
    to: 'ends_at',
    turbine_count: 'n_turbines',
    type: 'turbine_index',
    type_choice: 'turbine_choice',
    until: 'ends_at',
    with_thrust: 'has_thrust',
  }),
);

/**
 * States the new names of unknown keys that had a meaning before: `"iterations" is now "n_iterations"`. Empty if there
 * are none.
 */
export const renamedFields = (keys: readonly string[]): string =>
  keys.flatMap((key) => (RENAMED_FIELDS.has(key) ? [`; "${key}" is now "${RENAMED_FIELDS.get(key)}"`] : [])).join('');
