/**
 * Fields of requests by the names that they had before 0.1.0, with the new ones of different objects. An old name is
 * refused like any unknown name, and the error states the new one. CHANGELOG.md lists all names that changed.
 */
const RENAMED_FIELDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    blocks: ['n_blocks'],
    cable_cost_per_m: ['costs.cable_per_m'],
    capital_cost_per_kw: ['costs.per_kw'],
    cell_temperature_c: ['temp_cell_c'],
    columns: ['n_x'],
    costs: ['economics.costs'],
    count: ['n_inverters'],
    diffuse: ['include_diffuse'],
    direction_deg: ['wind_direction_deg'],
    directions_deg: ['wind_direction_deg'],
    enabled: ['is_enabled'],
    fixed: ['fixed_layout'],
    from: ['starts_at'],
    grid_points: ['n_grid_points'],
    inverter_costs_per_kw_ac: ['economics.costs.inverters_per_kw_ac'],
    iterations: ['n_iterations'],
    land_area_m2: ['max_land_area_m2'],
    land_polygon: ['boundary'],
    module_costs_per_kw_dc: ['economics.costs.modules_per_kw_dc'],
    operating_cost_per_kw_year: ['costs.operation_per_kw_year'],
    own: ['is_custom'],
    points: ['n_points'],
    population: ['population_size'],
    probability: ['frequency'],
    relative_humidity: ['relative_humidity_pct'],
    row_count: ['n_rows'],
    rows: ['n_y'],
    sectors: ['n_sectors'],
    series: ['include_series'],
    share: ['sizing.share'],
    since: ['starts_at'],
    south: ['is_south'],
    speeds_ms: ['wind_speed_m_s'],
    start: ['start_layout'],
    starts: ['n_starts'],
    step_hours: ['step_minutes'],
    strings: ['n_strings'],
    strings_along_slant: ['n_strings_along_slant'],
    temperature_c: ['temp_air_c'],
    text: ['search'],
    to: ['ends_at'],
    turbine_count: ['n_turbines'],
    type: ['turbine_index'],
    type_choice: ['turbine_choice'],
    until: ['ends_at'],
    with_thrust: ['has_thrust'],
  }),
);

/** Units that are spelt in another way. */
const RENAMED_UNITS = [
  [/_ms$/, '_m_s'],
  [/_wm2$/, '_w_m2'],
] as const;

/** The new names that a field of this name may have. */
const newNames = (key: string): readonly string[] => [
  ...(RENAMED_FIELDS.get(key) ?? []),
  ...RENAMED_UNITS.flatMap(([old, unit]) => (old.test(key) ? [key.replace(old, unit)] : [])),
];

/**
 * States the new names of unknown keys that had a meaning before: `"iterations" is now "n_iterations"`. Empty if there
 * are none.
 * @param known the keys of the object; a new name is stated only where the object has it
 */
export const renamedFields = (keys: readonly string[], known: readonly string[]): string =>
  keys
    .flatMap((key) => {
      const name = newNames(key).find((one) => known.includes(one.split('.')[0]));
      return name === undefined ? [] : [`; "${key}" is now "${name}"`];
    })
    .join('');
