/** Each warning about wind farms is said where it belongs, and not of a good farm beside it. */
import { describe, expect, test } from '@jest/globals';
import { elevationWarnings } from '../../src/services/wind/plausibility/plausibility.ts';
import { modeWarnings } from '../../src/services/wind/plausibility/rules.ts';
import { NO_CLIMATE } from '../../src/wind/resource/climate.ts';
import { FARM_WARNINGS } from '../../src/contracts/wind/farm-warnings.ts';
import { windAnalyzeSchema } from '../../src/contracts/wind/requests.schema.ts';
import { publicTurbine } from '../../src/wind/turbine/turbine-library.ts';
import { testWarningPairs, type WarningPair } from '../support/warning-pairs.ts';
import { warningsOfRequest } from '../support/wind-analysis.ts';

type Fields = Readonly<Record<string, unknown>>;
const sectors = (scale_m_s: number, shape = 2.1) =>
  Array.from({ length: 12 }, () => ({ frequency: 1 / 12, scale_m_s, shape }));
const weibull = (scale_m_s: number, shape?: number): Fields => ({
  resource: { type: 'weibull', height_m: 80, sectors: sectors(scale_m_s, shape) },
});
const FARM: Fields = {
  ...weibull(8.5),
  turbines: [{ id: 'v80', hub_height_m: 80 }],
  layout: { x_m: [0, 800], y_m: [0, 0] },
  bins: { direction_step_deg: 10 },
  turbulence_intensity: 0.1,
  losses_pct: { availability: 3, electrical: 2 },
  uncertainty_pct: { wind: 5 },
};
const codesOf = (path: string, body: Fields) => warningsOfRequest(path, body).map(({ code }) => code);
/** Changes of `FARM` */
const farm = (odd: Fields, good: Fields = {}): WarningPair => [
  () => codesOf('/v1/wind/analyze', { ...FARM, ...odd }),
  () => codesOf('/v1/wind/analyze', { ...FARM, ...good }),
];

const square = (m: number, x = 0) => ({
  type: 'Polygon',
  unit: 'm',
  coordinates: [
    [
      [x, 0],
      [x + m, 0],
      [x + m, m],
      [x, m],
      [x, 0],
    ],
  ],
});
const { layout: _, ...OTHER } = FARM;
const SEARCH: Fields = {
  ...OTHER,
  boundary: square(2000),
  n_turbines: 3,
  method: 'random_search',
  n_iterations: 40,
  n_starts: 1,
  search_bins: { direction_step_deg: 10 },
  seed: 1,
};
const search = (odd: Fields, good: Fields = {}): WarningPair => [
  () => codesOf('/v1/wind/optimize', { ...SEARCH, ...odd }),
  () => codesOf('/v1/wind/optimize', { ...SEARCH, ...good }),
];

/** V80 by its numbers: the least that a curve of 2 MW needs */
const CURVE = {
  name: 'Case',
  rotor_diameter_m: 80,
  hub_height_m: 80,
  wind_speed_m_s: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 25],
  power_kw: [0, 0, 66, 154, 282, 460, 696, 996, 1341, 1661, 1866, 1958, 1988, 2000, 2000, 2000, 2000],
  thrust_coefficient: [0, 0, 0.82, 0.81, 0.8, 0.8, 0.8, 0.8, 0.79, 0.74, 0.67, 0.54, 0.42, 0.27, 0.18, 0.13, 0.06],
};
const at = (values: readonly number[], row: number, value: number): number[] =>
  values.map((one, k) => (k === row ? value : one));
const curve = (change: Fields): Fields => ({ turbines: [{ curve: { ...CURVE, ...change } }] });
const turbine = (change: Fields): Fields => ({ turbines: [{ id: 'v80', hub_height_m: 80, ...change }] });

const hours = Array.from({ length: 8760 }, (_hour, i) => i);
/** A year of hours: winds that do not repeat, from all directions */
const SERIES = {
  type: 'series',
  height_m: 80,
  starts_at: '2023-01-01T00:00:00Z',
  wind_speed_m_s: hours.map((i) => Number((8 + 5 * Math.sin(i / 31) + 0.0003 * i).toFixed(4))),
  wind_direction_deg: hours.map((i) => (i * 7.3) % 360),
};
const series = (change: Fields = {}): Fields => ({ resource: { ...SERIES, ...change }, mode: 'binned' });
const ROSE = {
  type: 'rose',
  height_m: 80,
  wind_direction_deg: [0, 90, 180, 270],
  wind_speed_m_s: [4, 6, 8, 9, 10, 11, 12, 14, 16],
  frequency: Array.from({ length: 4 }, () => new Array(9).fill(1 / 36)),
};
const rose = (change: Fields = {}): Fields => ({ resource: { ...ROSE, ...change } });
const rules = (rule: Fields, more: Fields = {}): Fields => ({
  curtailment: { rules: [{ type: 'sector_management', ...rule }], ...more },
});
const from = (from_deg: number, to_deg: number) => ({ wind_directions: [{ from_deg, to_deg }] });
const timed = (rule: Fields, more: Fields = {}): Fields => ({
  resource: SERIES,
  ...rules({ ...rule, hours: { from_h: 22, to_h: 6 } }, { time_zone: 'Europe/Copenhagen', ...more }),
});
const mode = (factor: number): Fields => ({
  modes: [
    {
      name: 'quiet',
      wind_speed_m_s: CURVE.wind_speed_m_s,
      power_kw: CURVE.power_kw.map((kw) => factor * kw),
      thrust_coefficient: CURVE.thrust_coefficient,
    },
  ],
});
const elevation = (elevationM: number): readonly string[] =>
  elevationWarnings(windAnalyzeSchema.parse(FARM), [publicTurbine('v80')], elevationM).map(({ code }) => code);
/** Codes of a rule by temperature whose series lacks it in some hours */
const missing = (nHours: number): readonly string[] => {
  const temperatureC = Float64Array.from(hours, (i) => (i < nHours ? Number.NaN : 12));
  const steps = { startMs: Float64Array.from(hours, (i) => i * 3_600_000), temperatureC };
  const body = windAnalyzeSchema.parse({
    ...FARM,
    ...timed({ type: 'bats', wind_speed_below_m_s: 6, temp_air_from_c: 10 }),
  });
  return modeWarnings(body, [publicTurbine('v80')], { ...NO_CLIMATE, steps }).map(({ code }) => code);
};
const money = (degradation_per_year: number): Fields => ({
  economics: { costs: { per_kw: 1500, operation_per_kw_year: 40 }, price_per_kwh: 0.06, degradation_per_year },
});
const oneDirection = (share: number) =>
  sectors(8.5).map((one, k) => ({ ...one, frequency: k === 8 ? share : (1 - share) / 11 }));

testWarningPairs(FARM_WARNINGS, {
  'wind.power_above_betz': farm(curve({ power_kw: CURVE.power_kw.map((kw) => 1.4 * kw) }), curve({})),
  'wind.power_coefficient_low': farm(curve({ power_kw: CURVE.power_kw.map((kw) => 0.5 * kw) }), curve({})),
  'wind.cut_out_late': farm(
    curve({ wind_speed_m_s: at(CURVE.wind_speed_m_s, 16, 45) }),
    curve({ wind_speed_m_s: at(CURVE.wind_speed_m_s, 16, 34) }),
  ),
  'wind.cut_out_early': farm(
    curve({
      wind_speed_m_s: CURVE.wind_speed_m_s.slice(0, 14),
      power_kw: CURVE.power_kw.slice(0, 14),
      thrust_coefficient: CURVE.thrust_coefficient.slice(0, 14),
    }),
    curve({ wind_speed_m_s: at(CURVE.wind_speed_m_s, 16, 21) }),
  ),
  'wind.curve_coarse': farm(
    curve({
      wind_speed_m_s: [3, 6, 10, 14, 25],
      power_kw: [0, 282, 1341, 1988, 2000],
      thrust_coefficient: [0.82, 0.8, 0.79, 0.42, 0.06],
    }),
    curve({
      wind_speed_m_s: [3, 4, 6, 8, 10, 12, 14, 25],
      power_kw: [0, 66, 282, 696, 1341, 1866, 1988, 2000],
      thrust_coefficient: [0.82, 0.82, 0.8, 0.8, 0.79, 0.67, 0.42, 0.06],
    }),
  ),
  'wind.ground_clearance': farm(turbine({ hub_height_m: 43 }), turbine({ hub_height_m: 60 })),
  'wind.hub_height_unusual': farm(turbine({ hub_height_m: 262 }), turbine({ hub_height_m: 120 })),
  'wind.rated_power_mismatch': farm(curve({ rated_kw: 2300 }), curve({ rated_kw: 2050 })),
  'wind.thrust_below_power': farm(
    curve({ thrust_coefficient: CURVE.thrust_coefficient.map((ct) => 0.55 * ct) }),
    curve({ thrust_coefficient: CURVE.thrust_coefficient.map((ct) => 0.95 * ct) }),
  ),
  'wind.thrust_high': farm(
    curve({ thrust_coefficient: at(CURVE.thrust_coefficient, 6, 1.2) }),
    curve({ thrust_coefficient: at(CURVE.thrust_coefficient, 6, 0.88) }),
  ),
  'wind.curve_dips': farm(
    curve({ power_kw: at(CURVE.power_kw, 8, 134) }),
    curve({ power_kw: at(CURVE.power_kw, 14, 1950) }),
  ),
  'wind.power_without_wind': farm(
    curve({ wind_speed_m_s: at(CURVE.wind_speed_m_s, 0, 0.5), power_kw: at(CURVE.power_kw, 0, 100) }),
    curve({ wind_speed_m_s: at(CURVE.wind_speed_m_s, 0, 0.5) }),
  ),
  'wind.own_consumption_high': farm(
    curve({ power_kw: at(CURVE.power_kw, 0, -300) }),
    curve({ power_kw: at(CURVE.power_kw, 0, -10) }),
  ),
  'wind.density_correction_large': farm({ air_density_kg_m3: 0.8 }, { air_density_kg_m3: 1.05 }),
  'wind.air_density_unusual': farm({ air_density_kg_m3: 0.7 }, { air_density_kg_m3: 1.05 }),
  'wind.density_elevation': [() => elevation(1800), () => elevation(150)],
  'wind.pressure_elevation': farm(
    { air: { elevation_m: 1500, pressure_pa: 101_325 } },
    { air: { elevation_m: 1500, pressure_pa: 84_800 } },
  ),
  'wind.temperature_unusual': farm(
    { air: { elevation_m: 100, temp_air_c: 48 } },
    { air: { elevation_m: 100, temp_air_c: 28 } },
  ),
  'wind.mean_speed_implausible': farm(weibull(17), weibull(11)),
  'wind.above_turbine_class': farm(weibull(12), weibull(11)),
  'wind.class_exceeded': farm(
    { ...weibull(10), ...turbine({ iec_class: 'IIIA' }) },
    { ...weibull(10), ...turbine({ iec_class: 'IA' }) },
  ),
  'wind.mean_speed_low': farm(weibull(3.5), weibull(5)),
  'wind.weibull_shape_unusual': farm(weibull(8.5, 6), weibull(8.5, 3.4)),
  'wind.shear_unusual': farm({ shear: { model: 'power', alpha: 0.7 } }, { shear: { model: 'power', alpha: 0.35 } }),
  'wind.height_extrapolated': farm(
    { resource: { type: 'weibull', height_m: 10, sectors: sectors(6) } },
    { resource: { type: 'weibull', height_m: 50, sectors: sectors(7) } },
  ),
  'wind.turbulence_unusual': farm({ turbulence_intensity: 0.6 }, { turbulence_intensity: 0.2 }),
  'wind.one_direction': farm(
    { resource: { type: 'weibull', height_m: 80, sectors: oneDirection(0.8) } },
    { resource: { type: 'weibull', height_m: 80, sectors: oneDirection(0.45) } },
  ),
  'wind.series_short': farm(
    series({
      wind_speed_m_s: SERIES.wind_speed_m_s.slice(0, 2000),
      wind_direction_deg: SERIES.wind_direction_deg.slice(0, 2000),
    }),
    series(),
  ),
  'wind.series_step_long': farm(series({ step_minutes: 720 }), series({ step_minutes: 60 })),
  'wind.humidity_as_share': farm(
    { air: { elevation_m: 100, relative_humidity_pct: 0.75 } },
    { air: { elevation_m: 100, relative_humidity_pct: 75 } },
  ),
  'wind.series_stuck': farm(
    series({ wind_speed_m_s: SERIES.wind_speed_m_s.map((ws, i) => (i < 200 ? 0 : ws)) }),
    series({ wind_speed_m_s: SERIES.wind_speed_m_s.map((ws, i) => (i < 100 ? 0 : ws)) }),
  ),
  'wind.table_coarse': farm(
    rose({ wind_speed_m_s: [4, 8, 12], frequency: Array.from({ length: 4 }, () => new Array(3).fill(1 / 12)) }),
    rose(),
  ),
  'wind.storms_frequent': farm(rose({ wind_speed_m_s: [4, 6, 8, 9, 10, 11, 12, 14, 34] }), rose()),
  'wind.speedup_large': farm({ speedups: { factors: [[1, 3]] } }, { speedups: { factors: [[1, 1.4]] } }),
  'wind.interannual_unusual': farm({ interannual_pct: 30 }, { interannual_pct: 9 }),
  'wind.frequencies_scaled': farm({
    resource: { type: 'weibull', height_m: 80, sectors: sectors(8.5).map((one) => ({ ...one, frequency: 0.0825 })) },
  }),
  'wind.bins_cut_energy': farm(
    { bins: { direction_step_deg: 10, min_speed_m_s: 6 } },
    { bins: { direction_step_deg: 10, min_speed_m_s: 2 } },
  ),
  'wind.speed_bins_coarse': farm(
    { bins: { direction_step_deg: 10, speed_step_m_s: 4 } },
    { bins: { direction_step_deg: 10, speed_step_m_s: 1 } },
  ),
  'wind.start_moved': search(
    { start_layout: { x_m: [-0.5, 800, 1600], y_m: [0, 0, 0] } },
    { start_layout: { x_m: [1, 800, 1600], y_m: [1, 1, 1] } },
  ),
  'wind.start_crowded': search(
    { start_layout: { x_m: [100, 339.5, 1600], y_m: [100, 100, 100] } },
    { start_layout: { x_m: [100, 341, 1600], y_m: [100, 100, 100] } },
  ),
  'wind.directions_coarse': farm({ bins: { direction_step_deg: 30 } }),
  'wind.search_directions_coarse': search({ search_bins: { direction_step_deg: 20 } }),
  'wind.option_without_effect': farm({ ...rose(), bins: { direction_step_deg: 10, speed_step_m_s: 0.5 } }, rose()),
  'wind.directions_spread': farm(rose(), rose({ directions: 'sectors' })),
  'wind.spacing_small': farm({ layout: { x_m: [0, 120], y_m: [0, 0] } }, { layout: { x_m: [0, 170], y_m: [0, 0] } }),
  'wind.turbines_far_apart': farm(
    { layout: { x_m: [0, 800, 1600, 60_000], y_m: [0, 0, 0, 0] } },
    { layout: { x_m: [0, 800, 1600, 9000], y_m: [0, 0, 0, 0] } },
  ),
  'wind.power_density_high': farm(
    { layout: { x_m: [0, 125, 0, 125, 250, 250], y_m: [0, 0, 125, 125, 0, 125] } },
    { layout: { x_m: [0, 500, 0, 500, 1000, 1000], y_m: [0, 0, 500, 500, 0, 500] } },
  ),
  'wind.wake_loss_high': farm(
    {
      resource: {
        type: 'weibull',
        height_m: 80,
        sectors: oneDirection(0.9).map((one, k, all) => ({ ...one, frequency: all[(k + 11) % 12].frequency })),
      },
      layout: { x_m: [0, 200, 400, 600, 800, 1000], y_m: new Array(6).fill(0) },
    },
    { layout: { x_m: [0, 500, 1000, 1500, 2000, 2500], y_m: new Array(6).fill(0) } },
  ),
  'wind.capacity_factor_unusual': farm(weibull(3), weibull(6)),
  'wind.area_odd': search({ boundary: square(250_000) }),
  'wind.exclusion_without_effect': search({ exclusions: square(300, 5000) }, { exclusions: square(300, 500) }),
  'wind.substation_far': search(
    { substations: [{ x_m: 250_000, y_m: 0 }] },
    { substations: [{ x_m: 12_000, y_m: 0 }] },
  ),
  'wind.site_crowded': search({ boundary: square(700), n_turbines: 12 }, { n_turbines: 5 }),
  'wind.min_spacing_unusual': search({ min_spacing_diameters: 1.2 }, { min_spacing_diameters: 4 }),
  'wind.search_short': search({ n_iterations: 3 }),
  'wind.no_improvement': search(
    { boundary: square(700), n_turbines: 1, n_iterations: 12, search_bins: { direction_step_deg: 30 } },
    { n_iterations: 60 },
  ),
  'wind.objective_ignores_energy': search({ objective: 'cable_length' }),
  'wind.objective_prefers_most': search({ n_turbines: [2, 3] }),
  'wind.wake_constant_unusual': farm(
    { wake: { model: 'noj_k004', constants: { expansion_k: 0.25 } } },
    { wake: { model: 'noj_k004', constants: { expansion_k: 0.05 } } },
  ),
  'wind.curtailment_high': farm(rules(from(0, 180)), rules(from(80, 90))),
  'wind.rule_without_effect': farm(rules({ ...from(80, 90), wind_speed_from_m_s: 50 }), rules(from(80, 90))),
  'wind.rules_only_in_final': search(timed({ type: 'noise' }), rules(from(80, 90))),
  'wind.rule_values_missing': [() => missing(24), () => missing(0)],
  'wind.mode_above_curve': farm(
    rules({ ...from(80, 90), turbine_mode: 'quiet' }, mode(1.2)),
    rules({ ...from(80, 90), turbine_mode: 'quiet' }, mode(0.9)),
  ),
  'wind.losses_high': farm({ losses_pct: { availability: 45 } }, { losses_pct: { availability: 12, electrical: 4 } }),
  'wind.losses_small': farm(
    { losses_pct: { availability: 0.03, electrical: 0.02 } },
    { losses_pct: { availability: 1 } },
  ),
  'wind.loss_counted_twice': farm(
    { losses_pct: { wakes: 8 } },
    { losses_pct: { wakes: 8 }, layout: { x_m: [0], y_m: [0] } },
  ),
  'wind.uncertainty_high': farm({ uncertainty_pct: { wind: 40 } }, { uncertainty_pct: { wind: 12 } }),
  'wind.export_limit_share': farm({ export_limit_kw: 400 }, { export_limit_kw: 3500 }),
  'wind.uncertainty_small': farm({ uncertainty_pct: { wind: 0.05, wakes: 0.03 } }, { uncertainty_pct: { wind: 3 } }),
});

describe('wind.loss_counted_twice', () => {
  const isSaid = (change: Fields) =>
    codesOf('/v1/wind/analyze', { ...FARM, ...change }).includes('wind.loss_counted_twice');
  test.each<[string, Fields, Fields]>([
    [
      'neighbours',
      { losses_pct: { external_wakes: 2 }, neighbours: { x_m: [0], y_m: [900] } },
      { losses_pct: { external_wakes: 2 } },
    ],
    ['blockage', { losses_pct: { blockage: 1 }, wake: { blockage: 'self_similar' } }, { losses_pct: { blockage: 1 } }],
    [
      'an export limit',
      { losses_pct: { export_limit: 1 }, export_limit_kw: 3500 },
      { losses_pct: { grid_curtailment: 1 }, export_limit_kw: 3500 },
    ],
    [
      'rules of its type',
      { losses_pct: { sector_management: 1 }, ...rules(from(80, 90)) },
      { losses_pct: { bats: 1 }, ...rules(from(80, 90)) },
    ],
    [
      'degradation of the economics',
      { losses_pct: { degradation: 1 }, ...money(0.005) },
      { losses_pct: { degradation: 1 }, ...money(0) },
    ],
  ])('%s', (_name, twice, once) => {
    expect([isSaid(twice), isSaid(once)]).toEqual([true, false]);
  });
});
