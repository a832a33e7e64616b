/** Cases of drill-inputs: requests that keep every range of their schema and cannot be a real plant. */
import type { TessellateClient } from '../../../src/client/client.ts';
import type { Job } from '../../../src/client/index.ts';
import type { Random } from '../../../src/statistics/random.ts';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import type { Case, Outcome } from './law.ts';
import { doneOf, refusedOf } from './law.ts';
import { between, oneOf } from './mutants.ts';

type Fields = Readonly<Record<string, unknown>>;
type Absurd = (random: Random) => { readonly title: string; readonly fields: Fields };
const field = (title: string, fields: Fields) => ({ title, fields });

/** Changes of `{ dc_capacity_kw: 100 }` in Greensboro, 36 degrees north */
const SOLAR: readonly Absurd[] = [
  (random) => {
    const tilt = Math.round(between(random, 40, 90));
    return field(`tilt ${tilt} to the north`, { mounting: { type: 'fixed', tilt_deg: tilt, azimuth_deg: 0 } });
  },
  (random) => {
    const ratio = oneOf(random, [0.1, 0.3, 4, 8]);
    return field(`DC/AC ${ratio}`, { dc_ac_ratio: ratio });
  },
  (random) => {
    const gcr = between(random, 0.92, 1);
    return field(`tracker with gcr ${gcr}`, { mounting: { type: 'one_axis', gcr } });
  },
  () => field('coefficient of power 0', { gamma_per_k: 0 }),
  (random) => {
    const gamma = between(random, -0.02, -0.01);
    return field(`coefficient of power ${gamma}`, { gamma_per_k: gamma });
  },
  () => field('inverter of 50 %', { inverter_efficiency: 0.5 }),
  () => field('inverter without loss', { inverter_efficiency: 1 }),
  (random) => {
    const soiling = Math.round(between(random, 40, 95));
    return field(`soiling of ${soiling} %`, { losses_pct: { soiling } });
  },
  () => field('ground that reflects everything', { albedo: 1 }),
  () => field('modules that are not cooled', { temperature: { type: 'faiman', u0: 3, u1: 0 } }),
  () => field('feed-in of 1 kW', { export_limit_kw: 1 }),
  () => field('feed-in of nothing', { export_limit_kw: 0 }),
  (random) => {
    const tilt = Math.round(between(random, 5, 40));
    const mounting = { type: 'fixed', tilt_deg: tilt };
    return field('subarrays that are equal', {
      subarrays: [
        { share_pct: 50, mounting },
        { share_pct: 50, mounting },
      ],
    });
  },
  () =>
    field('subarrays that add up to 90 %', {
      subarrays: [
        { share_pct: 50, mounting: { type: 'fixed', azimuth_deg: 90 } },
        { share_pct: 40, mounting: { type: 'fixed', azimuth_deg: 270 } },
      ],
    }),
  () => field('a plant that never delivers', { availability_pct: 0 }),
  () => field('half of the power lost each year', { degradation: { pct_per_year: 50, year: 3 } }),
  () =>
    field('a horizon of 80 degrees', {
      far_horizon: { azimuth_deg: [0, 90, 180, 270], elevation_deg: [80, 80, 80, 80] },
    }),
];

const WIND_BODY = {
  resource: {
    type: 'weibull',
    height_m: 80,
    sectors: [
      { frequency: 0.4, scale_m_s: 8, shape: 2 },
      { frequency: 0.6, scale_m_s: 9, shape: 2.1 },
    ],
  },
  turbines: [{ id: 'v80', hub_height_m: 80 }],
  layout: { x_m: [0, 600], y_m: [0, 0] },
  turbulence_intensity: 0.1,
};
const weibull = (scale_m_s: number, shape: number) => ({
  type: 'weibull',
  height_m: 80,
  sectors: [{ frequency: 1, scale_m_s, shape }],
});
/** Changes of `WIND_BODY` */
const WIND: readonly Absurd[] = [
  (random) => {
    const scale = oneOf(random, [1.5, 2.5, 18, 30]);
    return field(`scale ${scale} m/s`, { resource: weibull(scale, 2) });
  },
  (random) => {
    const shape = oneOf(random, [0.6, 0.9, 6, 9]);
    return field(`shape ${shape}`, { resource: weibull(8, shape) });
  },
  (random) => {
    const distance = between(random, 1, 150);
    return field(`turbines ${distance} m apart`, { layout: { x_m: [0, distance], y_m: [0, 0] } });
  },
  () => field('turbulence of 80 %', { turbulence_intensity: 0.8 }),
  () => field('blades below the ground', { turbines: [{ id: 'v80', hub_height_m: 30 }] }),
  (random) => {
    const alpha = oneOf(random, [-0.4, 0.8, 1]);
    return field(`shear ${alpha} from 80 to 140 m`, {
      shear: { model: 'power', alpha },
      turbines: [{ id: 'v80', hub_height_m: 140 }],
    });
  },
  (random) => {
    const humidity = oneOf(random, [0.3, 0.7, 0.95]);
    return field(`humidity ${humidity} %`, {
      air: { elevation_m: 100, temp_air_c: 9, relative_humidity_pct: humidity },
    });
  },
  () => field('air of 50 degrees', { air: { elevation_m: 100, temp_air_c: 50 } }),
  () => field('a site at 6,000 m', { air: { elevation_m: 6000, temp_air_c: 9 } }),
  () => field('air of 0.6 kg/m3', { air_density_kg_m3: 0.6 }),
  () => field('losses of 60 %', { losses_pct: { availability: 60 } }),
  () => field('a turbine that gives more than the wind has', { turbines: [{ curve: turbine({ power: 6 }) }] }),
  () => field('power in W', { turbines: [{ curve: turbine({ power: 25 }) }] }),
  () => field('speeds of the curve in km/h', { turbines: [{ curve: turbine({ speed: 3.6 }) }] }),
];

const MONEY = { costs: { per_kw: 1500, operation_per_kw_year: 40, cable_per_m: 400 }, price_per_kwh: 0.06 };
const money = (change: Fields): Fields => ({ economics: { ...MONEY, ...change } });
const costs = (change: Fields): Fields => money({ costs: { ...MONEY.costs, ...change } });
const LOAN = { rate: 0.05, years: 15, sizing: { type: 'share', share: 0.7 } };
/** Changes of `WIND_BODY` with `MONEY` */
const ECONOMICS: readonly Absurd[] = [
  (random) => {
    const price = oneOf(random, [60, 6, 0.00006]);
    return field(`price of ${price} per kWh`, money({ price_per_kwh: price }));
  },
  (random) => {
    const cost = oneOf(random, [1.5, 15, 150_000, 1_000_000, 0]);
    return field(`cost of ${cost} per kW`, costs({ per_kw: cost }));
  },
  (random) => {
    const cost = oneOf(random, [0.04, 4000, 40_000]);
    return field(`operation of ${cost} per kW and year`, costs({ operation_per_kw_year: cost }));
  },
  (random) => {
    const cost = oneOf(random, [100_000, 1_000_000]);
    return field(`cables of ${cost} per m`, costs({ cable_per_m: cost }));
  },
  (random) => {
    const rate = oneOf(random, [-0.4, 0.5, 0.9]);
    return field(`discount rate ${rate}`, money({ real_discount_rate: rate }));
  },
  (random) => {
    const rate = oneOf(random, [-0.3, 0.4, 1]);
    return field(`inflation ${rate}`, money({ inflation: rate }));
  },
  (random) => {
    const rate = oneOf(random, [-0.4, 0.3, 1]);
    return field(`price growth ${rate}`, money({ price_escalation: rate }));
  },
  (random) => {
    const rate = oneOf(random, [-0.4, 0.5, 1]);
    return field(`cost growth ${rate}`, money({ cost_escalation: rate }));
  },
  (random) => {
    const rate = oneOf(random, [0.05, 0.2, 0.5]);
    return field(`degradation of ${rate} a year`, money({ degradation_per_year: rate }));
  },
  (random) => {
    const rate = oneOf(random, [0.75, 0.99]);
    return field(`tax of ${rate}`, money({ tax_rate: rate }));
  },
  (random) => {
    const years = oneOf(random, [1, 2, 80, 100]);
    return field(`${years} years of operation`, money({ years }));
  },
  (random) => {
    const share = oneOf(random, [0.75, 1]);
    return field(`tax credit of ${share}`, money({ investment_tax_credit: share }));
  },
  (random) => {
    const rate = oneOf(random, [0.4, 1]);
    return field(`interest of ${rate}`, money({ debt: { ...LOAN, rate } }));
  },
  () =>
    field(
      'all of the cost as a loan of 3 years',
      money({ debt: { ...LOAN, years: 3, sizing: { type: 'share', share: 1 } } }),
    ),
  (random) => {
    const cost = oneOf(random, [0.2, 5, 1000]);
    return field(`variable cost of ${cost} per kWh`, money({ variable_cost_per_kwh: cost }));
  },
];

/** Changes of the losses and uncertainties of a plant */
const SOLAR_LOSSES: readonly Absurd[] = [
  () =>
    field('losses as fractions', {
      losses_pct: {
        soiling: 0.02,
        shading: 0.03,
        mismatch: 0.02,
        wiring: 0.02,
        connections: 0.005,
        lid: 0.015,
        nameplate_rating: 0.01,
        availability: 0.03,
      },
    }),
  (random) => {
    const name = oneOf(random, [
      'shading',
      'snow',
      'mismatch',
      'wiring',
      'connections',
      'lid',
      'nameplate_rating',
      'age',
      'availability',
    ]);
    const value = Math.round(between(random, 45, 98));
    return field(`${name} of ${value} %`, { losses_pct: { [name]: value } });
  },
  () =>
    field('every loss 0', {
      losses_pct: {
        soiling: 0,
        shading: 0,
        mismatch: 0,
        wiring: 0,
        connections: 0,
        lid: 0,
        nameplate_rating: 0,
        availability: 0,
      },
    }),
  () => field('efficiencies as losses', { losses_pct: { soiling: 98, wiring: 98, mismatch: 98 } }),
  (random) => {
    const dc = between(random, 12, 20);
    return field(`cables that lose ${dc.toFixed(1)} %`, { wiring: { dc_pct: dc } });
  },
  (random) => {
    const iron = between(random, 3, 5);
    return field(`core of the transformer ${iron.toFixed(1)} %`, { transformer: { iron_pct: iron } });
  },
  (random) => {
    const rated = oneOf(random, [1, 8, 100_000]);
    return field(`transformer of ${rated} kW`, { transformer: { rated_kw: rated } });
  },
  (random) => {
    const kw = oneOf(random, [60, 500, 20_000]);
    return field(`auxiliaries of ${kw} kW`, { auxiliaries: { constant_kw: kw } });
  },
];
const WIND_LOSSES: readonly Absurd[] = [
  () => field('losses as fractions', { losses_pct: { availability: 0.03, electrical: 0.02, performance: 0.01 } }),
  () => field('efficiencies as losses', { losses_pct: { availability: 97, electrical: 98 } }),
  (random) => {
    const value = Math.round(between(random, 45, 99));
    return field(`availability loss of ${value} %`, { losses_pct: { availability: value } });
  },
  () => field('a loss against the sign', { losses_pct: { availability: -3 } }),
  () => field('uncertainties as fractions', { uncertainty_pct: { wind: 0.05, wakes: 0.03 } }),
  (random) => {
    const value = Math.round(between(random, 45, 99));
    return field(`uncertainty of ${value} %`, { uncertainty_pct: { wind: value } });
  },
  (random) => {
    const value = oneOf(random, [0, 0.06, 40, 50]);
    return field(`variation between years of ${value} %`, { interannual_pct: value });
  },
  () => field('wakes counted twice', { losses_pct: { wakes: 10, availability: 3 } }),
  () => field('feed-in of 4 kW', { export_limit_kw: 4 }),
];

/** Square of 3 km with ten turbines, searched in a few steps */
const side = (m: number) => ({
  type: 'Polygon',
  unit: 'm',
  coordinates: [
    [
      [0, 0],
      [m, 0],
      [m, m],
      [0, m],
      [0, 0],
    ],
  ],
});
const WIND_SEARCH = {
  resource: WIND_BODY.resource,
  turbines: WIND_BODY.turbines,
  turbulence_intensity: 0.1,
  boundary: side(3000),
  n_turbines: 10,
  method: 'random_search',
  n_iterations: 300,
  n_starts: 1,
  search_bins: { direction_step_deg: 10 },
  seed: 1,
};
const WIND_SEARCHES: readonly Absurd[] = [
  (random) => {
    const m = oneOf(random, [3, 30, 200]);
    return field(`a boundary of ${m} m`, { boundary: side(m) });
  },
  () => field('a boundary of 200 km', { boundary: side(200_000) }),
  (random) => {
    const n = oneOf(random, [190, 400]);
    return field(`${n} turbines on 9 km2`, { n_turbines: n });
  },
  (random) => {
    const spacing = oneOf(random, [1, 20, 50]);
    return field(`turbines ${spacing} diameters apart`, { min_spacing_diameters: spacing });
  },
  () => field('exclusions over the whole site', { exclusions: { ...side(4000), setback_m: 10 } }),
  () =>
    field('exclusions elsewhere', {
      exclusions: {
        ...side(500),
        coordinates: [
          [
            [9e5, 0],
            [9.1e5, 0],
            [9.1e5, 500],
            [9e5, 0],
          ],
        ],
      },
    }),
  (random) => {
    const setback = oneOf(random, [1500, 5000]);
    return field(`a setback of ${setback} m`, { boundary: { ...side(3000), setback_m: setback } });
  },
  () => field('a substation 300 km away', { substations: [{ x_m: 300_000, y_m: 0 }] }),
  () => field('a start outside', { n_turbines: 2, start_layout: { x_m: [9000, 9600], y_m: [0, 0] } }),
  () => field('a search of one step', { n_iterations: 1 }),
  () => field('directions 30 degrees apart', { search_bins: { direction_step_deg: 30 } }),
  () => field('bins that leave out most of the wind', { bins: { min_speed_m_s: 12, max_speed_m_s: 14 } }),
  () => field('existing turbines on one spot', { fixed_layout: { x_m: [500, 520], y_m: [500, 500] } }),
  () => field('shortest cables', { objective: 'cable_length' }),
  () => field('many numbers of turbines for energy', { n_turbines: [2, 5, 10] }),
];
const SOLAR_SEARCH = {
  variables: { tilt_deg: { lower: 10, upper: 40 }, gcr: { lower: 0.3, upper: 0.6 } },
  method: 'grid_search',
  n_grid_points: 4,
};
const SOLAR_SEARCHES: readonly Absurd[] = [
  () => field('bounds in the wrong order', { variables: { tilt_deg: { lower: 40, upper: 10 } } }),
  () => field('tilts of walls only', { variables: { tilt_deg: { lower: 75, upper: 90 } } }),
  () =>
    field('azimuths to the north only', {
      variables: { tilt_deg: { lower: 20, upper: 40 }, azimuth_deg: { lower: 315, upper: 360 } },
    }),
  () => field('DC/AC from 2.5', { variables: { dc_ac_ratio: { lower: 2.5, upper: 3 } } }),
  () => field('DC/AC to 0.6', { variables: { dc_ac_ratio: { lower: 0.5, upper: 0.6 } } }),
  () => field('rows that touch', { variables: { gcr: { lower: 0.92, upper: 0.95 } } }),
  () => field('rows far apart', { variables: { gcr: { lower: 0.05, upper: 0.07 } } }),
  () =>
    field('energy without an end to the size', {
      variables: { dc_capacity_kw: { lower: 100, upper: 1e6 } },
      objectives: ['energy'],
    }),
  () => field('land of 1 m2', { constraints: { max_land_area_m2: 1 } }),
  () => field('a budget of 1', { constraints: { budget: 1 } }),
  () => field('a feed-in of 1 kW', { constraints: { export_limit_kw: 1 } }),
  () => field('modules of 1 % efficiency', { module_kw_per_m2: 0.01 }),
  () => field('modules of 45 % efficiency', { module_kw_per_m2: 0.45 }),
  () => field('land of 50 times the rows', { land_factor: 50 }),
  () =>
    field('trackers that turn by 5 degrees', {
      variables: { tracker: 'always', gcr: { lower: 0.3, upper: 0.5 } },
      tracker_max_angle_deg: 5,
    }),
  () => field('modules that cost 0.8 per kW', { economics: { costs: { per_kw_dc: 0.8, per_kw_ac: 0.1 } } }),
  () => field('a price per MWh', { economics: { price_per_kwh: 50 } }),
  () => field('nothing that varies', { variables: { tilt_deg: { lower: 20, upper: 20 } } }),
  () =>
    field('a search of two designs', {
      method: 'nsga2',
      n_iterations: 1,
      population_size: 4,
      n_grid_points: undefined,
      objectives: ['energy', 'capital_cost'],
    }),
  () => field('a step wider than the bounds', { steps: { tilt_deg: 80 } }),
];

/** A curve of 2 MW and 80 m, with its power or speeds multiplied */
function turbine({ power = 1, speed = 1 }: { readonly power?: number; readonly speed?: number }) {
  const speeds = [3, 5, 7, 9, 11, 13, 15, 25];
  const powers = [0, 150, 500, 1050, 1700, 1980, 2000, 2000];
  return {
    name: 'Drill',
    rotor_diameter_m: 80,
    hub_height_m: 80,
    wind_speed_m_s: speeds.map((value) => value * speed),
    power_kw: powers.map((value) => value * power),
    thrust_coefficient: [0.8, 0.8, 0.8, 0.78, 0.65, 0.4, 0.27, 0.06],
  };
}

/** Returns the makers of absurd requests. */
export async function systemCases(client: TessellateClient): Promise<readonly ((random: Random) => Case)[]> {
  const weather = await client.upload('/v1/weather', weatherFile(WEATHER.greensboro), { name: WEATHER.greensboro });
  const run = (path: string, body: Fields): Promise<Outcome> =>
    refusedOf(async () => {
      const { id } = await client.call<Job>('POST', path, body);
      return doneOf(await client.waitForJob(id), (result) =>
        'annual_energy_kwh' in result ? [result.annual_energy_kwh] : [],
      );
    });
  const solar = { weather_id: weather.id };
  const kinds: readonly (readonly [
    kind: string,
    absurd: readonly Absurd[],
    path: string,
    bodyOf: (fields: Fields) => Fields,
  ])[] = [
    [
      'solar system',
      [...SOLAR, ...SOLAR_LOSSES],
      '/v1/solar/analyze',
      (fields) => ({ ...solar, system: { dc_capacity_kw: 100, ...fields }, include_series: false }),
    ],
    [
      'wind farm',
      [...WIND, ...WIND_LOSSES],
      '/v1/wind/analyze',
      (fields) => ({ ...WIND_BODY, losses_pct: { availability: 3 }, uncertainty_pct: { wind: 5 }, ...fields }),
    ],
    [
      'economics',
      ECONOMICS,
      '/v1/wind/analyze',
      (fields) => ({ ...WIND_BODY, losses_pct: { availability: 3 }, uncertainty_pct: { wind: 5 }, ...fields }),
    ],
    ['wind search', WIND_SEARCHES, '/v1/wind/optimize', (fields) => ({ ...WIND_SEARCH, ...fields })],
    ['solar search', SOLAR_SEARCHES, '/v1/solar/optimize', (fields) => ({ ...solar, ...SOLAR_SEARCH, ...fields })],
  ];
  return kinds.flatMap(([kind, absurd, path, bodyOf]) =>
    absurd.map((one) => (random: Random): Case => {
      const { title, fields } = one(random);
      return { title: `${kind}: ${title}`, expected: null, run: () => run(path, bodyOf(fields)) };
    }),
  );
}
