/** What changed in stored requests, results and progress when counts, weather and energies got one form in all technologies. */
import type { Json, Step } from './rewrite.ts';
import { inverse, rename } from './rewrite.ts';

interface JobSteps {
  readonly input: readonly Step[];
  readonly result: readonly Step[];
}

// ------------------------------------------------------------------------------------------------ solar

/** @param place of the objects that are systems */
const systemCounts = (place: string): readonly Step[] => [
  { at: `${place}.module`, names: { strings: 'n_strings' } },
  { at: `${place}.inverter`, names: { count: 'n_inverters' } },
  { at: `${place}.rows`, names: { row_count: 'n_rows', blocks: 'n_blocks' } },
  { at: `${place}.snow`, names: { strings_along_slant: 'n_strings_along_slant' } },
];

const SOLAR_ANALYZE: JobSteps = {
  input: systemCounts('systems[]'),
  result: [
    ...systemCounts('systems[].system'),
    {
      at: 'systems[]',
      names: { index: 'system_index' },
      up: (node) => {
        node.yearly_energy_kwh = (node.years as Json[]).map((year) => year.annual_energy_kwh);
        delete node.years;
      },
      down: (node, { input }) => {
        const ids = input.weather_ids as string[];
        node.years = (node.yearly_energy_kwh as number[]).map((annual_energy_kwh, year) => ({
          weather_id: ids[year],
          annual_energy_kwh,
        }));
        delete node.yearly_energy_kwh;
      },
    },
    {
      at: '',
      names: { systems_computed: 'n_systems_computed', systems_requested: 'n_systems_requested' },
      up: (node, { input }) => {
        node.weather_ids = input.weather_ids;
      },
      down: (node) => {
        delete node.weather_ids;
      },
    },
  ],
};

const SOLAR_OPTIMIZE: JobSteps = {
  input: [...systemCounts('system'), { at: 'constraints', names: { land_area_m2: 'max_land_area_m2' } }],
  result: [
    ...systemCounts('assumptions.system'),
    { at: '{best,pareto[]}', names: { years_kwh: 'yearly_energy_kwh', land_m2: 'land_area_m2' } },
    { at: 'convergence[]', names: { best: 'best_value', pareto_size: 'n_pareto' } },
  ],
};

// ------------------------------------------------------------------------------------------------ wind

/** Values in another unit; numbers that are not stated stay so. */
const scaled =
  (before: string, now: string, factor: number) =>
  (node: Json, direction: 'up' | 'down'): void => {
    const [from, to] = direction === 'up' ? [before, now] : [now, before];
    if (node[from] === undefined) return;
    node[to] = Number(node[from]) * (direction === 'up' ? factor : 1 / factor);
    delete node[from];
  };
const stepMinutes = scaled('step_hours', 'step_minutes', 60);
const humidityPct = scaled('relative_humidity', 'relative_humidity_pct', 100);

/** Weather stood inside the resource. */
function weatherUp(input: Json): void {
  const { type, weather_ids, height_m } = input.resource as Json;
  if (type !== 'weather') return;
  delete input.resource;
  Object.assign(input, { weather_ids, weather_height_m: height_m });
}
function weatherDown(input: Json): void {
  const { weather_ids, weather_height_m: height_m } = input;
  if (weather_ids === undefined) return;
  delete input.weather_ids;
  delete input.weather_height_m;
  input.resource = { type: 'weather', weather_ids, height_m };
}

const ROSE = { directions_deg: 'wind_direction_deg', speeds_m_s: 'wind_speed_m_s', probability: 'frequency' };
const windInput: readonly Step[] = [
  {
    at: 'resource',
    up: (node) => {
      if (node.type === 'rose') rename(node, ROSE);
      stepMinutes(node, 'up');
    },
    down: (node) => {
      if (node.type === 'rose') rename(node, inverse(ROSE));
      stepMinutes(node, 'down');
    },
  },
  {
    at: 'air',
    names: { temperature_c: 'temp_air_c' },
    up: (node) => humidityPct(node, 'up'),
    down: (node) => humidityPct(node, 'down'),
  },
  { at: '', names: { sectors: 'n_sectors' }, up: weatherUp, down: weatherDown },
];

const turbineIndex = { type: 'turbine_index' };
const DIRECTION = { direction_deg: 'wind_direction_deg' };
const ENERGIES = {
  energy_with_wakes_kwh: 'annual_energy_with_wakes_kwh',
  energy_with_wakes_kwh_per_turbine: 'annual_energy_with_wakes_kwh_per_turbine',
  mean_speed_m_s: 'wind_speed_mean_m_s',
  ...DIRECTION,
};

/** @param place of the yield: the result of an analysis, or the best of a search */
const windYield = (place: '' | 'best'): readonly Step[] => [
  { at: place, names: ENERGIES },
  { at: `${place && `${place}.`}{sectors[],turbines[]}`, names: ENERGIES },
];

const WIND_ANALYZE: JobSteps = {
  input: [
    ...windInput,
    { at: 'layout', names: turbineIndex },
    { at: 'flow_maps[]', names: { ...DIRECTION, columns: 'n_x', rows: 'n_y' } },
  ],
  result: [
    ...windYield(''),
    { at: '', names: { records_excluded: 'n_records_excluded', fraction: 'progress' } },
    {
      at: 'long_term',
      names: {
        concurrent_records: 'n_concurrent_records',
        measured_mean_m_s: 'measured_wind_speed_mean_m_s',
        long_term_mean_m_s: 'long_term_wind_speed_mean_m_s',
        clipped_to_zero: 'n_clipped_to_zero',
      },
    },
    {
      at: 'wake_steering',
      names: {
        aligned_energy_with_wakes_kwh: 'annual_aligned_energy_with_wakes_kwh',
        steered_energy_with_wakes_kwh: 'annual_steered_energy_with_wakes_kwh',
      },
    },
    { at: 'flow_maps[]', names: DIRECTION },
  ],
};

const WIND_OPTIMIZE: JobSteps = {
  input: [
    ...windInput,
    { at: '{fixed,start}', names: turbineIndex },
    { at: '', names: { fixed: 'fixed_layout', start: 'start_layout' } },
  ],
  result: [
    ...windYield('best'),
    { at: 'best', names: { run: 'run_index', candidate: 'candidate_index' } },
    { at: 'best.layout', names: turbineIndex },
    { at: 'candidates[]', names: turbineIndex },
    { at: 'runs[]', names: { candidate: 'candidate_index' } },
    { at: 'pareto[]', names: ENERGIES },
  ],
};

export const JOB_COUNT_STEPS: Readonly<Record<string, JobSteps>> = {
  'solar-analyze': SOLAR_ANALYZE,
  'solar-optimize': SOLAR_OPTIMIZE,
  'wind-analyze': WIND_ANALYZE,
  'wind-optimize': WIND_OPTIMIZE,
  report: { input: [], result: [{ at: '', names: { pages: 'n_pages' } }] },
};
