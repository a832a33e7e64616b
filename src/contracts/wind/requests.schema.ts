/** The bodies of POST /v1/wind/analyze and /v1/wind/optimize: ranges, units and defaults. */
import { z } from 'zod';
import { economicsSchema } from '../common/economics.schema.ts';

const within = (min: number, max: number, description: string) =>
  z.number().min(min).max(max).describe(`${description}; ${min} to ${max}`);
const idOf = (prefix: string, what: string) =>
  z.string().regex(new RegExp(`^${prefix}_[0-9a-z]{26}$`), `expected the id of ${what}, ${prefix}_...`);

/** Turbines of one analysis; more hold a thread for hours. */
export const MAX_ANALYSIS_TURBINES = 2000;
export const MAX_LAYOUT_TURBINES = 500;
/** Searches of one layout job. */
export const MAX_SEARCHES = 100;
export const MAX_FLOW_MAPS = 8;
const MAX_INLINE_STEPS = 100_000;

const numbers = (min: number, max: number, most: number) => z.array(z.number().min(min).max(max)).min(1).max(most);

/** An own turbine: power and thrust by wind speed. */
export const windTurbineSchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    rotor_diameter_m: within(1, 400, 'Rotor [m]'),
    hub_height_m: within(5, 400, 'Hub above ground [m]'),
    rated_kw: within(1e-3, 1e5, 'Nameplate [kW]; default: the largest of the curve').optional(),
    air_density_kg_m3: within(0.5, 1.6, 'Density for which the curve holds [kg/m3]').default(1.225),
    wind_speed_m_s: numbers(0, 100, 1000).min(2).describe('Rising [m/s]; outside of them power and thrust are 0'),
    power_kw: numbers(0, 1e5, 1000).min(2),
    thrust_coefficient: numbers(0, 1.3, 1000).min(2).describe('[-]; wakes need them'),
  })
  .meta({ id: 'TurbineCurve', description: 'Power and thrust curve' });
export type WindTurbineBody = z.output<typeof windTurbineSchema>;

export const turbineChoiceSchema = z
  .strictObject({
    id: z.string().min(1).max(200).optional().describe('Name in the library, or trb_... of an uploaded one'),
    curve: windTurbineSchema.optional().describe('Or a curve here'),
    hub_height_m: within(5, 400, 'Another tower [m]').optional(),
    rotor_diameter_m: within(1, 400, 'Another rotor [m]; the curve stays').optional(),
    capital_cost_per_kw: within(0, 1e6, 'Of this type [currency/kW]; default: that of economics').optional(),
  })
  .refine((choice) => (choice.id === undefined) !== (choice.curve === undefined), 'expected either id or curve')
  .meta({ id: 'TurbineChoice' });
export type TurbineChoice = z.output<typeof turbineChoiceSchema>;

const height = within(1, 500, 'Height of the speeds [m]; default: the hub of the first turbine type').optional();

const speedsAndDirections = {
  wind_speed_m_s: numbers(0, 60, MAX_INLINE_STEPS),
  wind_direction_deg: numbers(0, 360, MAX_INLINE_STEPS),
};

export const resourceSchema = z
  .discriminatedUnion('type', [
    z
      .strictObject({
        type: z.literal('weather'),
        weather_ids: z
          .array(idOf('wth', 'a weather dataset'))
          .min(1)
          .max(50)
          .describe('Years with speed and direction'),
        height_m: within(1, 500, 'Height of its speeds [m]').default(10),
      })
      .describe('Time series of weather datasets'),
    z
      .strictObject({
        type: z.literal('upload'),
        resource_id: idOf('wrs', 'an uploaded wind resource'),
        reference: z
          .strictObject({ x_m: z.number(), y_m: z.number() })
          .optional()
          .describe('Place of a grid whose distributions are taken, others follow by speed-up; default: its middle'),
        long_term: z
          .strictObject({
            weather_ids: z.array(idOf('wth', 'a weather dataset')).min(1).max(50).describe('The reference series'),
            method: z.enum(['variance_ratio', 'linear']).default('variance_ratio'),
          })
          .optional()
          .describe('Measure, correlate, predict: a measured CSV is carried to the years of a reference'),
      })
      .describe('An uploaded time series, .tab, .wrg or .grd; POST /v1/wind/resources'),
    z
      .strictObject({
        type: z.literal('weibull'),
        sectors: z
          .array(
            z.strictObject({
              frequency: within(0, 1, 'Share of the time'),
              scale_m_s: within(0.1, 50, 'A [m/s]'),
              shape: within(0.5, 10, 'k [-]'),
            }),
          )
          .min(1)
          .max(72)
          .describe('Sector 0 is centred on north, the others follow clockwise'),
        height_m: height,
      })
      .describe('Weibull distributions by sector'),
    z
      .strictObject({
        type: z.literal('rose'),
        directions_deg: numbers(0, 360, 720),
        speeds_m_s: numbers(0, 60, 200),
        probability: z
          .array(numbers(0, 1, 200))
          .min(1)
          .max(720)
          .describe('By direction, then speed'),
        height_m: height,
      })
      .describe('Table of directions and speeds'),
    z
      .strictObject({
        type: z.literal('series'),
        ...speedsAndDirections,
        step_hours: within(1 / 60, 24, 'Length of a step [h]').default(1),
        height_m: height,
      })
      .describe('Time series'),
  ])
  .meta({ id: 'WindInput', description: 'The wind' });
export type ResourceBody = z.output<typeof resourceSchema>;

export const shearSchema = z
  .discriminatedUnion('model', [
    z.strictObject({
      model: z.literal('power'),
      alpha: within(-0.3, 1, 'Exponent [-]; 1/7 is that of open land').default(1 / 7),
    }),
    z.strictObject({ model: z.literal('log'), roughness_m: within(1e-5, 4, 'Roughness length [m]') }),
    z
      .strictObject({
        model: z.literal('fitted'),
        law: z.enum(['power', 'log']).default('power').describe('Whose exponents or roughness lengths are fitted'),
      })
      .describe('By sector, to an uploaded series with two heights'),
  ])
  .meta({ id: 'WindShear', description: 'From the height of the speeds to each hub' });

export const wakeSchema = z
  .strictObject({
    model: z.string().max(100).default('bastankhah_k00325').describe('Name as in docs/models/wind-wakes.md'),
    superposition: z.enum(['linear', 'squared_sum', 'max']).optional().describe("Default: the model's own"),
    turbulence: z
      .enum(['none', 'crespo_hernandez', 'stf2017'])
      .optional()
      .describe("Added turbulence; default: the model's own"),
    blockage: z.enum(['none', 'self_similar']).default('none').describe('Slow-down in front of rotors; not for FLORIS'),
    deflection: z
      .enum(['jimenez', 'gauss'])
      .optional()
      .describe(
        "Of yawed wakes: Jimenez's or FLORIS's Gauss; default: gauss for models of FLORIS, jimenez for the others",
      ),
  })
  .meta({ id: 'WakeChoice', description: 'Wakes' });

const binsSchema = z
  .strictObject({
    direction_step_deg: within(0.5, 30, 'Width of a direction bin [deg], a divisor of 360').default(1),
    speed_step_m_s: within(0.1, 5, 'Width of a speed bin [m/s]').default(1),
    min_speed_m_s: within(0, 20, 'First bin centre [m/s]').default(3),
    max_speed_m_s: within(5, 60, 'Last bin centre [m/s]').default(25),
    sector_interpolation: z.enum(['nearest', 'linear']).default('nearest'),
  })
  .meta({ id: 'WindBins', description: 'Bins of direction and speed' });

const percentages = (description: string) =>
  z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), z.number().min(0).max(99))
    .describe(`${description}, by name [%]; none unless given`);

const placesSchema = z
  .strictObject({
    x_m: numbers(-1e8, 1e8, MAX_ANALYSIS_TURBINES).optional().describe('Eastings [m]'),
    y_m: numbers(-1e8, 1e8, MAX_ANALYSIS_TURBINES).optional().describe('Northings [m]'),
    longitude_deg: numbers(-180, 180, MAX_ANALYSIS_TURBINES).optional(),
    latitude_deg: numbers(-85, 85, MAX_ANALYSIS_TURBINES).optional(),
    type: z
      .array(z.int().min(0).max(19))
      .optional()
      .describe('Which entry of turbines stands at each place; default: the first everywhere'),
  })
  .superRefine((places, context) => {
    const pairs = [places.x_m, places.y_m, places.longitude_deg, places.latitude_deg];
    const [x, y, longitude, latitude] = pairs.map((list) => list?.length);
    const isPlane = x !== undefined && y !== undefined && longitude === undefined && latitude === undefined;
    const isGlobe = longitude !== undefined && latitude !== undefined && x === undefined && y === undefined;
    if (!isPlane && !isGlobe)
      context.addIssue({ code: 'custom', message: 'expected x_m and y_m, or longitude_deg and latitude_deg' });
    else if (x !== y || longitude !== latitude)
      context.addIssue({
        code: 'custom',
        message: `expected lists of one length, got ${x ?? longitude} and ${y ?? latitude}`,
      });
    if (places.type && places.type.length !== (x ?? longitude))
      context.addIssue({ code: 'custom', path: ['type'], message: `expected ${x ?? longitude} values, one a turbine` });
  });
export type Places = z.output<typeof placesSchema>;

const gridSpeedupsSchema = z
  .strictObject({
    resource_id: idOf('wrs', 'an uploaded .grd or .wrg'),
    reference: z.strictObject({ x_m: z.number(), y_m: z.number() }).describe('Where the resource holds [m]'),
  })
  .describe('Site-varying wind beside a resource of one place');

/** Air at the ground of a site. */
const airSchema = z
  .strictObject({
    elevation_m: within(-430, 6000, 'Ground above sea level [m]'),
    temperature_c: within(-60, 50, 'Mean at 2 m [degC]; default: standard atmosphere').optional(),
    pressure_pa: within(4e4, 1.1e5, 'Mean at the ground [Pa]; default: standard atmosphere').optional(),
    relative_humidity: within(0, 1, 'Mean share of saturation').default(0),
  })
  .describe('What the density at each hub is computed from, in place of air_density_kg_m3');

const common = {
  site_id: idOf('site', 'a site').optional().describe('Kept with the job'),
  projection: z
    .strictObject({ utm_zone: z.int().min(1).max(60), south: z.boolean().default(false) })
    .optional()
    .describe("Plane of the coordinates in metres; default: one around the boundary's or the layout's middle"),
  resource: resourceSchema,
  speedups: gridSpeedupsSchema.optional(),
  shear: shearSchema.optional().describe('From the height of the speeds to each hub; default: power with 1/7'),
  air_density_kg_m3: z
    .union([within(0.5, 1.6, 'At hub height [kg/m3]'), z.literal('weather')])
    .optional()
    .describe("Curves are moved to it; weather: from its temperature and pressure; default: the curves' own"),
  air: airSchema.optional(),
  density_correction: z
    .enum(['site_specific', 'iec_61400_12_1'])
    .default('site_specific')
    .describe(
      'How curves are moved: speeds by the density to the 1/3 (IEC, pitch control), or rising to 2/3 above 12.5 m/s (windPRO)',
    ),
  turbulence_intensity: z
    .union([within(0.001, 1, 'Ambient [-]'), numbers(0.001, 1, 72), z.literal('measured')])
    .default(0.08)
    .describe(
      'One, or one a sector, sector 0 centred on north; measured: by sector from the standard deviations of an uploaded CSV',
    ),
  turbines: z.array(turbineChoiceSchema).min(1).max(20),
  wake: wakeSchema.prefault({}),
  losses_pct: percentages('Losses behind the wakes, one after the other').default({}),
  uncertainty_pct: percentages('Standard uncertainties of the yield, independent of each other').default({}),
  interannual_pct: within(0, 50, "Standard deviation of a single year's yield [%]").default(6),
  sectors: z.int().min(1).max(72).default(12).describe('Sectors of the result'),
  bins: binsSchema.prefault({}),
  economics: economicsSchema.optional(),
  seed: z.int().min(0).max(2_147_483_647).optional(),
};

function checkDensity(body: { air?: unknown; air_density_kg_m3?: unknown }, context: z.RefinementCtx): void {
  if (body.air === undefined || body.air_density_kg_m3 === undefined) return;
  context.addIssue({ code: 'custom', path: ['air'], message: 'expected air or air_density_kg_m3, got both' });
}

export const windAnalyzeSchema = z
  .strictObject({
    ...common,
    speedups: z
      .union([
        gridSpeedupsSchema,
        z
          .strictObject({
            factors: z
              .array(numbers(0.1, 5, MAX_ANALYSIS_TURBINES))
              .min(1)
              .max(72)
              .describe('Speed at each turbine over that of the resource, by sector, then turbine'),
          })
          .describe('Factors by sector and turbine'),
      ])
      .optional(),
    layout: placesSchema,
    mode: z
      .enum(['time_series', 'binned'])
      .optional()
      .describe(
        'Of time series: each step on its own (kept as series of the job), or counted into bins; default: time_series',
      ),
    wake_steering: z
      .strictObject({
        min_yaw_deg: within(-45, 0, '[deg], counter-clockwise seen from above').default(-25),
        max_yaw_deg: within(0, 45, '[deg]').default(25),
        wind_speed_m_s: within(3, 25, 'Speed at which angles are sought [m/s]').default(9),
        direction_step_deg: within(1, 30, 'Directions at which angles are sought [deg]').default(5),
      })
      .optional()
      .describe('Seek yaw angles by direction and tell what they gain'),
    flow_maps: z
      .array(
        z.strictObject({
          direction_deg: within(0, 360, 'Where the wind comes from [deg]'),
          wind_speed_m_s: within(0.1, 60, '[m/s]'),
          height_m: within(1, 1000, 'Default: the first hub [m]').optional(),
          columns: z.int().min(2).max(500).default(150),
          rows: z.int().min(2).max(500).default(150),
          yaw_deg: numbers(-45, 45, MAX_ANALYSIS_TURBINES).optional().describe('By turbine'),
        }),
      )
      .max(MAX_FLOW_MAPS)
      .default([])
      .describe('Speeds on a plane, as series flow-map-1, ... of the job and as pictures'),
  })
  .superRefine((body, context) => {
    const { mode, resource, flow_maps, layout, wake_steering, speedups } = body;
    const isSeries = resource.type === 'weather' || resource.type === 'series' || resource.type === 'upload';
    if (mode === 'time_series' && !isSeries)
      context.addIssue({ code: 'custom', path: ['mode'], message: `a resource of type ${resource.type} has no steps` });
    if (mode === 'time_series' && wake_steering)
      context.addIssue({
        code: 'custom',
        path: ['mode'],
        message: 'wake_steering seeks angles by direction; expected binned',
      });
    const turbines = (layout.x_m ?? layout.longitude_deg)?.length;
    checkDensity(body, context);
    if (speedups && 'factors' in speedups)
      speedups.factors.forEach((row, sector) => {
        if (row.length !== turbines)
          context.addIssue({
            code: 'custom',
            path: ['speedups', 'factors', sector],
            message: `expected ${turbines} values, one a turbine; got ${row.length}`,
          });
      });
    flow_maps.forEach(({ yaw_deg }, i) => {
      if (yaw_deg && yaw_deg.length !== turbines)
        context.addIssue({
          code: 'custom',
          path: ['flow_maps', i, 'yaw_deg'],
          message: `expected ${turbines} values, one a turbine`,
        });
    });
  });
export type WindAnalyzeInput = z.output<typeof windAnalyzeSchema>;

/** Whether each step of a time series is computed on its own. */
export const isTimeSeries = ({ mode, wake_steering }: Pick<WindAnalyzeInput, 'mode' | 'wake_steering'>): boolean =>
  (mode ?? (wake_steering ? 'binned' : 'time_series')) === 'time_series';

const ring = z
  .array(z.tuple([z.number(), z.number()]))
  .min(3)
  .max(20_000);
const zoneSchema = z.union([
  z.strictObject({ outer: ring.describe('Corners [m]'), holes: z.array(ring).max(100).optional() }),
  z.strictObject({ x_m: z.number(), y_m: z.number(), radius_m: within(1, 1e6, '[m]') }),
]);
const areaSchema = z
  .union([
    z.strictObject({ geojson: z.looseObject({ type: z.string() }).describe('Longitude and latitude, RFC 7946') }),
    z.strictObject({ zones: z.array(zoneSchema).min(1).max(1000).describe('Polygons and circles in metres') }),
  ])
  .meta({ id: 'Area', description: 'Polygons with holes and several parts' });
export type AreaBody = z.output<typeof areaSchema>;

export const LAYOUT_OBJECTIVES = ['aep', 'lcoe', 'aep_per_area', 'cable_length'] as const;
export type LayoutObjectiveName = (typeof LAYOUT_OBJECTIVES)[number];
export const LAYOUT_METHODS = ['gradient', 'random_search', 'greedy', 'nsga2', 'bayesian'] as const;

export const windOptimizeSchema = z
  .strictObject({
    ...common,
    bins: binsSchema.prefault({}).describe('Bins of the final analysis'),
    search_bins: binsSchema.prefault({ direction_step_deg: 5 }).describe('Bins of the search'),
    boundary: areaSchema,
    exclusions: areaSchema.optional(),
    min_spacing_diameters: within(1, 50, 'Least distance, in diameters of the largest rotor').default(3),
    turbine_count: z
      .union([z.int().min(1).max(MAX_LAYOUT_TURBINES), z.array(z.int().min(1).max(MAX_LAYOUT_TURBINES)).min(1).max(10)])
      .describe('New turbines; of several numbers the best is chosen. With nsga2 the first and the last bound it'),
    type_choice: z
      .enum(['one', 'mixed'])
      .default('one')
      .describe('Of several turbines: one type for all new turbines, the best of them, or each place its own'),
    fixed: placesSchema.optional().describe('Turbines that stand already and do not move'),
    start: placesSchema.optional().describe('First layout of the new turbines; default: at random'),
    objective: z.enum(LAYOUT_OBJECTIVES).default('aep').describe('lcoe needs economics'),
    objectives: z
      .array(z.enum(['aep', 'cable_length', 'turbines', 'aep_per_turbine']))
      .min(2)
      .max(4)
      .default(['aep', 'cable_length'])
      .describe('Of nsga2'),
    method: z
      .enum(LAYOUT_METHODS)
      .default('gradient')
      .describe(
        'gradient, random_search and greedy move turbines; nsga2 and bayesian seek angle and spacings of a grid',
      ),
    starts: z.int().min(1).max(64).default(2).describe('Searches with seeds of their own; the best counts'),
    iterations: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe(
        'Steps of each search; default, or fewer where time is short: gradient 100, random_search 2000, greedy 500, nsga2 40 generations, bayesian 60',
      ),
    population: z.int().min(4).max(500).default(40).describe('Designs a generation of nsga2'),
    max_spacing_diameters: within(2, 60, 'Largest distances of a grid, in diameters').default(15),
    substations: z
      .array(z.strictObject({ x_m: z.number(), y_m: z.number() }))
      .max(20)
      .default([])
      .describe('Places that the cables join too [m]'),
  })
  .superRefine((body, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    checkDensity(body, context);
    const counts = Array.isArray(body.turbine_count) ? body.turbine_count.length : 1;
    const types = body.type_choice === 'mixed' ? 1 : body.turbines.length;
    const searches = body.starts * types * (body.method === 'nsga2' ? 1 : counts);
    if (searches > MAX_SEARCHES)
      issue('starts', `${searches} searches, starts times types times numbers; expected at most ${MAX_SEARCHES}`);
    if (body.objective === 'lcoe' && !body.economics) issue('economics', 'objective lcoe needs economics');
    if (body.start && (Array.isArray(body.turbine_count) || body.turbines.length > 1))
      issue('start', 'a first layout needs one turbine type and one turbine_count');
    if (body.start && (body.start.x_m ?? body.start.longitude_deg)?.length !== body.turbine_count)
      issue('start', `expected ${String(body.turbine_count)} turbines, as turbine_count`);
    const isGrid = body.method === 'nsga2' || body.method === 'bayesian';
    if (isGrid && body.fixed) issue('fixed', `method ${body.method} seeks grids, which take no fixed turbines`);
    if (isGrid && body.type_choice === 'mixed')
      issue('type_choice', `method ${body.method} seeks grids of one type; expected one`);
    if (isGrid && body.start) issue('start', `method ${body.method} seeks grids, which take no first layout`);
  });
export type WindOptimizeInput = z.output<typeof windOptimizeSchema>;

const DEFAULT_ITERATIONS = { gradient: 100, random_search: 2000, greedy: 500, nsga2: 40, bayesian: 60 } as const;
export const iterationsOf = ({ method, iterations }: Pick<WindOptimizeInput, 'method' | 'iterations'>): number =>
  iterations ?? DEFAULT_ITERATIONS[method];
