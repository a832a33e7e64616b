/** What changed in the stored requests and results of jobs, by kind: one line for each change, in the order of the changes. */
import { areaOf, formerOf, polygonOf, ringOf } from './areas.ts';
import {
  assumptionsDown,
  assumptionsUp,
  designDown,
  designUp,
  plantEconomicsDown,
  plantEconomicsUp,
  solarEconomicsDown,
  solarEconomicsUp,
  windResultDown,
  windResultUp,
} from './economics.ts';
import { exceedanceOf } from './exceedance.ts';
import type { Context, Json, Step } from './rewrite.ts';
import { rename } from './rewrite.ts';

/** Speeds ended in `_ms` as milliseconds do. */
export const SPEEDS: Readonly<Record<string, string>> = {
  wind_speed_ms: 'wind_speed_m_s',
  wind_speed_std_ms: 'wind_speed_std_m_s',
  wind_speed_lower_ms: 'wind_speed_lower_m_s',
  wind_speed_upper_ms: 'wind_speed_upper_m_s',
  wind_speed_mean_ms: 'wind_speed_mean_m_s',
  wind_speed_hub_ms: 'wind_speed_hub_m_s',
  scale_ms: 'scale_m_s',
  mean_speed_ms: 'mean_speed_m_s',
  speed_step_ms: 'speed_step_m_s',
  min_speed_ms: 'min_speed_m_s',
  max_speed_ms: 'max_speed_m_s',
  speeds_ms: 'speeds_m_s',
  extreme_50_year_ms: 'extreme_50_year_m_s',
  measured_mean_ms: 'measured_mean_m_s',
  long_term_mean_ms: 'long_term_mean_m_s',
  intercept_ms: 'intercept_m_s',
  free_ms: 'freestream_m_s',
  lowest_ms: 'min_wind_speed_m_s',
};

const speeds: Step = { at: '**', names: SPEEDS };

/** A field of one object gets another form. */
const form = (at: string, fields: readonly string[], up: (old: Json) => Json, down: (now: Json) => Json): Step => {
  const each = (change: (value: Json) => Json) => (node: Json) => {
    for (const field of fields) if (node[field]) node[field] = change(node[field] as Json);
  };
  return { at, up: each(up), down: each(down) };
};

// ------------------------------------------------------------------------------------------------ solar

const iam: Step = { at: 'iam', names: { diffuse: 'include_diffuse' } };
const within = (place: string, { at, ...step }: Step): Step => ({ ...step, at: at === '' ? place : `${place}.${at}` });

const LEVELS = { p50: 'p50_kwh', p75: 'p75_kwh', p90: 'p90_kwh', p99: 'p99_kwh' };

/** @param place of the objects that have an exceedance */
const solarExceedance = (place: string): readonly Step[] => [
  { at: `${place}.exceedance`, names: { of_years: 'empirical' } },
  { at: `${place}.exceedance.{one_year,ten_years,empirical}`, names: LEVELS },
  {
    at: `${place}.exceedance`,
    up: (node) => {
      const { uncertainty_pct: uncertainty, interannual_pct: interannual, one_year: year } = node;
      const p50 = (year as { p50_kwh: number } | null)?.p50_kwh;
      const { long_term, twenty_years, ten_years } = exceedanceOf(p50 ?? 0, Number(uncertainty), Number(interannual));
      Object.assign(node, { long_term, twenty_years });
      // Without any uncertainty there is but one level.
      if (ten_years === null) Object.assign(node, { one_year: null, ten_years: null });
    },
    down: (node) => {
      delete node.long_term;
      delete node.twenty_years;
    },
  },
];

/** AC rating of a system [kW]. */
function acRatingKw({ inverter, dc_capacity_kw, dc_ac_ratio }: Json): number {
  const { type, count, parameters, ac_rating_kw } = inverter as Json;
  if (type === 'sandia') return ((parameters as { paco: number }).paco * Number(count)) / 1000;
  if (type === 'curve') return Number(ac_rating_kw) * Number(count);
  return Number(dc_capacity_kw) / Number(dc_ac_ratio);
}

const HOURS_A_YEAR = 8760;

function analysisCapacityFactors(node: Json, { input, hoursOf }: Context): void {
  const system = node.system as Json;
  const hours = hoursOf(input.weather_ids as string[]);
  const dcPct = (Number(node.capacity_factor_pct) * HOURS_A_YEAR) / hours;
  delete node.capacity_factor_pct;
  node.capacity_factor_dc_pct = dcPct;
  node.capacity_factor_ac_pct = (dcPct * Number(system.dc_capacity_kw)) / acRatingKw(system);
}

const dcAcRatioOf = ({ values }: Json, { input }: Context): number =>
  Number((values as Json).dc_ac_ratio ?? (input.system as Json).dc_ac_ratio);

const SOLAR_ANALYZE: JobSteps = {
  input: [{ at: '', names: { series: 'include_series' } }, within('systems[]', iam)],
  result: [
    {
      at: 'systems[]',
      up: analysisCapacityFactors,
      down: (node, { input, hoursOf }) => {
        const hours = hoursOf(input.weather_ids as string[]);
        node.capacity_factor_pct = (Number(node.capacity_factor_dc_pct) * hours) / HOURS_A_YEAR;
        delete node.capacity_factor_dc_pct;
        delete node.capacity_factor_ac_pct;
      },
    },
    {
      at: 'systems[]',
      names: {
        ac_annual_kwh: 'annual_energy_kwh',
        dc_annual_kwh: 'annual_dc_energy_kwh',
        ac_monthly_kwh: 'monthly_energy_kwh',
      },
    },
    { at: 'systems[].years[]', names: { ac_annual_kwh: 'annual_energy_kwh' } },
    { at: 'systems[].waterfall.steps[]', names: { left_kwh: 'remaining_kwh' } },
    { at: '', names: { systems_asked: 'systems_requested' } },
    ...solarExceedance('systems[]'),
    within('systems[].system', iam),
  ],
};

const CAPACITY_FACTOR = { capacity_factor: 'capacity_factor_ac' };
const designCapacityFactors: Step = {
  at: '{best,pareto[]}',
  up: (node, context) => {
    const acPct = Number(node.capacity_factor_pct);
    delete node.capacity_factor_pct;
    node.capacity_factor_ac_pct = acPct;
    node.capacity_factor_dc_pct = acPct / dcAcRatioOf(node, context);
  },
  down: (node) => {
    delete node.capacity_factor_dc_pct;
    rename(node, { capacity_factor_ac_pct: 'capacity_factor_pct' });
  },
};

const SOLAR_OPTIMIZE: JobSteps = {
  input: [
    { at: '', values: { objectives: CAPACITY_FACTOR } },
    within('system', iam),
    {
      at: 'constraints',
      up: (node) => {
        if (node.land_polygon) node.boundary = polygonOf(node.land_polygon as number[][]);
        delete node.land_polygon;
      },
      down: (node) => {
        if (node.exclusions) throw new Error('a solar search has exclusions, which the version before cannot keep');
        if (node.boundary) node.land_polygon = ringOf(node.boundary as Json);
        delete node.boundary;
      },
    },
    { at: '', up: solarEconomicsUp, down: solarEconomicsDown },
    { at: '', names: { grid_points: 'n_grid_points' } },
  ],
  result: [
    designCapacityFactors,
    { at: '{best,pareto[]}.objectives', names: CAPACITY_FACTOR },
    { at: 'sensitivity[].objectives', names: CAPACITY_FACTOR },
    { at: 'assumptions', values: { objectives: CAPACITY_FACTOR } },
    ...solarExceedance('{best,pareto[]}'),
    within('assumptions.system', iam),
    { at: '{best,pareto[]}', up: designUp, down: designDown },
    { at: 'assumptions', up: assumptionsUp, down: assumptionsDown },
    { at: '', names: { evaluations: 'n_evaluations', iterations: 'n_iterations' } },
    { at: 'convergence[]', names: { evaluations: 'n_evaluations' } },
    { at: 'assumptions', names: { iterations: 'n_iterations', grid_points: 'n_grid_points' } },
  ],
};

// ------------------------------------------------------------------------------------------------ wind

const ENERGIES = {
  net_kwh: 'annual_energy_kwh',
  gross_kwh: 'annual_gross_energy_kwh',
  waked_kwh: 'energy_with_wakes_kwh',
};
const WIND_LEVELS = ['p50_kwh', 'p75_kwh', 'p90_kwh', 'p99_kwh'] as const;

/** A farm's yield: the result of an analysis, or the best of a search. */
const windYield = (place: '' | 'best'): readonly Step[] => {
  const under = (at: string) => (place === '' ? at : `${place}.${at}`);
  return [
    {
      at: place,
      up: (node, { input }) => {
        if (node.uncertainty_pct === undefined) return;
        const uncertaintyPct = Number(node.uncertainty_pct);
        node.exceedance = exceedanceOf(Number(node.net_kwh), uncertaintyPct, Number(input.interannual_pct));
        for (const name of [
          'uncertainty_pct',
          'p90_1_year_kwh',
          'p90_10_years_kwh',
          'p90_20_years_kwh',
          ...WIND_LEVELS,
        ])
          delete node[name];
      },
      down: (node) => {
        if (!node.exceedance) return;
        const exceedance = node.exceedance as Json;
        const of = (period: string) => exceedance[period] as Record<string, number> | null;
        const p50 = node.net_kwh;
        node.uncertainty_pct = exceedance.uncertainty_pct;
        for (const name of WIND_LEVELS) node[name] = of('long_term')?.[name] ?? p50;
        node.p90_1_year_kwh = of('one_year')?.p90_kwh ?? p50;
        node.p90_10_years_kwh = of('ten_years')?.p90_kwh ?? p50;
        node.p90_20_years_kwh = of('twenty_years')?.p90_kwh ?? p50;
        delete node.exceedance;
      },
    },
    { at: place, names: ENERGIES },
    { at: under('{sectors[],turbines[]}'), names: ENERGIES },
    { at: under('losses[]'), names: { after_kwh: 'remaining_kwh' } },
  ];
};

/** Economics by rated power, of wind requests and reports. */
const plantEconomics: Step = { at: 'economics', up: plantEconomicsUp, down: plantEconomicsDown };
const windEconomics: Step = {
  at: 'economics',
  up: (node, { input }) => windResultUp(node, input.economics as Json),
  down: windResultDown,
};

const windInput: readonly Step[] = [speeds, { at: 'projection', names: { south: 'is_south' } }, plantEconomics];

const WIND_ANALYZE: JobSteps = {
  input: windInput,
  result: [
    speeds,
    ...windYield(''),
    { at: '', names: { complete: 'is_complete', records_left_out: 'records_excluded' } },
    { at: 'long_term', names: { raised_to_zero: 'clipped_to_zero' } },
    {
      at: 'wake_steering',
      names: {
        aligned_waked_kwh: 'aligned_energy_with_wakes_kwh',
        steered_waked_kwh: 'steered_energy_with_wakes_kwh',
        net_kwh: 'annual_energy_kwh',
      },
    },
    windEconomics,
  ],
};

const WIND_OPTIMIZE: JobSteps = {
  input: [
    ...windInput,
    { at: '', names: { type_choice: 'turbine_choice' } },
    form('', ['boundary', 'exclusions'], areaOf, formerOf),
    {
      at: '',
      names: {
        iterations: 'n_iterations',
        population: 'population_size',
        starts: 'n_starts',
        turbine_count: 'n_turbines',
      },
      values: { objectives: { turbines: 'n_turbines' } },
    },
  ],
  result: [
    speeds,
    ...windYield('best'),
    { at: 'best', names: { net_kwh_per_km2: 'annual_energy_kwh_per_km2' } },
    { at: 'best.layout', names: { fixed: 'is_fixed' } },
    {
      at: 'front[]',
      names: {
        waked_kwh: 'energy_with_wakes_kwh',
        waked_kwh_per_turbine: 'energy_with_wakes_kwh_per_turbine',
      },
    },
    { ...windEconomics, at: 'best.economics' },
    {
      at: 'best',
      up: (node) => {
        delete node.lcoe_real_per_kwh;
      },
      down: (node) => {
        node.lcoe_real_per_kwh = (node.economics as Json | null)?.lcoe_real_per_kwh ?? null;
      },
    },
    { at: 'candidates[]', names: { turbine_count: 'n_turbines' } },
    { at: 'runs[]', names: { steps: 'n_iterations' } },
    { at: '', names: { front: 'pareto' } },
    { at: 'pareto[]', names: { turbines: 'n_turbines' } },
  ],
};

const REPORT: JobSteps = { input: [plantEconomics], result: [] };

interface JobSteps {
  readonly input: readonly Step[];
  readonly result: readonly Step[];
}
export const JOB_STEPS: Readonly<Record<string, JobSteps>> = {
  'solar-analyze': SOLAR_ANALYZE,
  'solar-optimize': SOLAR_OPTIMIZE,
  'wind-analyze': WIND_ANALYZE,
  'wind-optimize': WIND_OPTIMIZE,
  report: REPORT,
};
