/** The bodies of POST /v1/wind/analyze and /v1/wind/optimize: ranges, units and defaults. */
import { z } from 'zod';
import { givenId, ownChoice, rangeOf, sourceOfDefault, withDefault } from '../common/fields.schema.ts';
import type { AreaBody } from '../common/area.schema.ts';
import { areaSchema } from '../common/area.schema.ts';
import { plantEconomicsSchema } from '../common/economics.schema.ts';
import {
  computeFields,
  computeFieldsOf,
  checkIterations,
  iterationsSchema,
  methodOf,
  optimizerFields,
  seedSchema,
} from '../common/optimizer.schema.ts';
import { type CurtailmentBody, curtailmentSchema, GENERIC_THRUSTS, timedConditions } from './curtailment.schema.ts';
import type { WakeModelName } from './wake-models.ts';
import { wakeConstantsSchema } from './wake-constants.ts';
import { WAKE_MODEL_NAMES } from './wake-models.ts';
import { weatherFields, weatherIdsSchema } from '../common/weather-choice.schema.ts';

/** Maximum number of turbines of an analysis or a search; more would block a thread for hours. */
const MAX_TURBINES = 1000;
/** Maximum number of searches of one layout job. */
const MAX_SEARCHES = 100;
const MAX_FLOW_MAPS = 8;
const MAX_INLINE_STEPS = 100_000;
/** Height of wind measurements at weather stations [m] */
export const WEATHER_HEIGHT_M = 10;

const numbers = (min: number, max: number, most: number) => z.array(z.number().min(min).max(max)).min(1).max(most);

/** A turbine defined in the request: power and thrust by wind speed. */
export const windTurbineSchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    rotor_diameter_m: rangeOf(1, 400, 'Rotor diameter [m]'),
    hub_height_m: rangeOf(5, 400, 'Hub height above ground [m]'),
    rated_kw: rangeOf(1e-3, 1e5, 'Rated power [kW]; default: the maximum of the curve').optional(),
    air_density_kg_m3: withDefault(
      rangeOf(0.5, 1.6, 'Air density: that of the power curve [kg/m3]'),
      1.225,
      'ISO 2533, air at sea level',
    ),
    wind_speed_m_s: numbers(0, 100, 1000)
      .min(2)
      .describe('Wind speed, in rising order [m/s]; outside of this range power and thrust are 0'),
    power_kw: numbers(-1e4, 1e5, 1000)
      .min(2)
      .describe("Power at each wind speed [kW]; below 0: the turbine's own consumption"),
    thrust_coefficient: numbers(0, 1.3, 1000)
      .min(2)
      .optional()
      .describe(
        'Thrust coefficient at each wind speed [1]; wakes need it, or a generic_thrust: a single turbine does without',
      ),
    density_curves: z
      .array(
        z
          .strictObject({
            air_density_kg_m3: rangeOf(0.5, 1.6, 'Air density of this curve [kg/m3]'),
            power_kw: numbers(-1e4, 1e5, 1000).describe('Power at each wind speed of the turbine [kW]'),
            thrust_coefficient: numbers(0, 1.3, 1000)
              .optional()
              .describe('Thrust coefficient at each wind speed [1]; left out: that of the turbine'),
          })
          .meta({ id: 'DensityCurve' }),
      )
      .max(30)
      .optional()
      .describe(
        'Published curves at other air densities; between them the curve at the density of a site is interpolated, beyond them the nearest one is corrected',
      ),
  })
  .meta({ id: 'TurbineCurve', description: 'Power and thrust curve of the turbine' });
export type WindTurbineBody = z.output<typeof windTurbineSchema>;

/** Wind class and turbulence category of IEC 61400-1 edition 4, table 1. */
const IEC_CLASS_NAMES = [
  ...['IA+', 'IA', 'IB', 'IC'],
  ...['IIA+', 'IIA', 'IIB', 'IIC'],
  ...['IIIA+', 'IIIA', 'IIIB', 'IIIC'],
] as const;

export const turbineChoiceSchema = z
  .strictObject({
    id: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Name of a turbine in the library, or id (trb_...) of an uploaded one'),
    curve: windTurbineSchema.optional().describe('Curve of a turbine that is not in the library'),
    hub_height_m: rangeOf(5, 400, "Hub height, if it differs from the library's [m]").optional(),
    rotor_diameter_m: rangeOf(
      1,
      400,
      "Rotor diameter, if it differs from the library's [m]; the curve does not change",
    ).optional(),
    generic_thrust: z
      .enum(GENERIC_THRUSTS)
      .optional()
      .describe(
        'Thrust coefficients of a curve that has none. frohboese_schmuck: 3.5 (2 v - 3.5) / v2 (Frohboese and Schmuck 2010); momentum: those of an actuator disc that takes the power of the curve from the wind',
      ),
    iec_class: z
      .enum(IEC_CLASS_NAMES)
      .optional()
      .describe(
        'Class of the type certificate by IEC 61400-1: wind class and turbulence category. Only a warning uses it, if the wind at the site is stronger or more turbulent',
      )
      // Generators of clients make names of values, without signs.
      .meta({ 'x-enum-varnames': IEC_CLASS_NAMES.map((name) => name.replace('+', '_PLUS')) }),
    capital_cost_per_kw: rangeOf(
      0,
      1e6,
      'Capital cost of this turbine type [currency/kW]; default: economics.costs.per_kw',
    ).optional(),
  })
  .refine((choice) => (choice.id === undefined) !== (choice.curve === undefined), 'expected either id or curve')
  .meta({ id: 'TurbineChoice' });
export type TurbineChoice = z.output<typeof turbineChoiceSchema>;

const height = rangeOf(
  1,
  500,
  'Height of the wind speeds above ground [m]; default: the hub height of the first turbine type',
).optional();

const speedsAndDirections = {
  wind_speed_m_s: numbers(0, 60, MAX_INLINE_STEPS),
  wind_direction_deg: numbers(0, 360, MAX_INLINE_STEPS),
};

const roughnessLength = rangeOf(0, 4, 'Roughness length [m]');

export const resourceSchema = z
  .discriminatedUnion(
    'type',
    [
      z
        .strictObject({
          type: z.literal('upload'),
          resource_id: givenId('windResource', 'an uploaded wind resource'),
          reference: z
            .strictObject({ x_m: z.number(), y_m: z.number() })
            .optional()
            .describe(
              'Reference point of the grid: its distributions are used, other points follow by speed-up [m]; default: the middle of the grid',
            ),
          roughness_m: z
            .union([roughnessLength, z.array(roughnessLength).min(1).max(72)])
            .optional()
            .describe(
              'Roughness length of the land around the farm [m], for a .lib file, which needs it: one value, or one for each sector; 0 is water',
            ),
          n_months_min: withDefault(
            z.int().min(0).max(12),
            10,
            ownChoice('a shorter measurement misses a season'),
          ).describe(
            'Number of months of the year that a measured series must cover, each at least to half; a shorter one is refused unless long_term corrects it',
          ),
          long_term: z
            .strictObject({
              weather_ids: weatherIdsSchema.optional(),
              resource_ids: z
                .array(givenId('windResource', 'an uploaded wind resource'))
                .min(1)
                .max(10)
                .optional()
                .describe(
                  'Uploaded series of wind, each a reference of its own; the one whose monthly means follow the measurement best is used',
                ),
              method: withDefault(
                z.enum(['variance_ratio', 'linear']),
                'variance_ratio',
                ownChoice('it keeps the variance of the wind, Rogers et al. 2005'),
              ),
              is_by_sector: withDefault(z.boolean(), false, ownChoice('one line has more records')).describe(
                'Whether each of twelve sectors of the reference has a line of its own, if it has at least 100 concurrent records',
              ),
            })
            .refine((choice) => choice.weather_ids ?? choice.resource_ids, 'expected weather_ids or resource_ids')
            .optional()
            .describe('Measure-correlate-predict: extends an uploaded CSV of measurements to the years of a reference'),
        })
        .describe('Wind from an uploaded time series, .tab, .wrg, .rsf or .lib file; see POST /v1/wind/resources'),
      z
        .strictObject({
          type: z.literal('weibull'),
          sectors: z
            .array(
              z.strictObject({
                frequency: rangeOf(0, 1, 'Frequency: share of the time [1]'),
                scale_m_s: rangeOf(0.1, 50, 'Scale A [m/s]'),
                shape: rangeOf(0.5, 10, 'Shape k [1]'),
              }),
            )
            .min(1)
            .max(72)
            .describe(
              'Sectors; sector 0 is centred on north, the others follow clockwise. Their frequencies sum to 1; up to 2 % of difference is scaled',
            ),
          height_m: height,
        })
        .describe('Wind as Weibull distributions by sector'),
      z
        .strictObject({
          type: z.literal('rose'),
          wind_direction_deg: numbers(0, 360, 720),
          wind_speed_m_s: numbers(0, 60, 200),
          frequency: z
            .array(numbers(0, 1, 200))
            .min(1)
            .max(720)
            .describe('Frequency: share of the time, by direction, then by wind speed [1]; all together 1'),
          directions: sourceOfDefault(
            z
              .enum(['sectors', 'exact'])
              .optional()
              .describe(
                'Meaning of the directions. sectors: each is the centre of an equal sector, whose time is spread over the directions of `bins`; exact: the wind blows from no other direction. Default: sectors, if at least 4 directions divide the circle equally, otherwise exact',
              ),
            'WAsP, .tab: as a sector there',
          ),
          height_m: height,
        })
        .describe('Wind as a table of directions and speeds'),
      z
        .strictObject({
          type: z.literal('series'),
          ...speedsAndDirections,
          step_minutes: withDefault(rangeOf(1, 1440, 'Length of a time step [min]'), 60, ownChoice('hourly')),
          starts_at: z.iso
            .datetime({ offset: true })
            .optional()
            .describe('First instant of the series; curtailment by hour, month or sun needs it'),
          temp_air_c: numbers(-60, 60, MAX_INLINE_STEPS).optional().describe('Mean temperature at 2 m, by step [degC]'),
          precipitation_mm_h: numbers(0, 500, MAX_INLINE_STEPS).optional().describe('Precipitation by step [mm/h]'),
          height_m: height,
        })
        .describe('Wind as a time series'),
    ],
    {
      error: ({ input }) =>
        (input as { type?: unknown } | undefined)?.type === 'weather'
          ? 'a resource of type weather is now weather_ids of the request'
          : undefined,
    },
  )
  .meta({ id: 'WindInput', description: 'Wind that does not come from weather datasets' });
export type ResourceBody = z.output<typeof resourceSchema>;

/** Shear exponent over open land. Peterson and Hennessey 1978, the one-seventh power law */
export const OPEN_LAND_ALPHA = 1 / 7;
const ONE_SEVENTH_LAW = 'Peterson and Hennessey 1978, the one-seventh power law';
export const shearSchema = z
  .discriminatedUnion('model', [
    z.strictObject({
      model: z.literal('power'),
      alpha: withDefault(
        rangeOf(-0.3, 1, 'Shear exponent of the power law [1]; 1/7 is typical of open land'),
        OPEN_LAND_ALPHA,
        ONE_SEVENTH_LAW,
      ),
    }),
    z.strictObject({ model: z.literal('log'), roughness_m: rangeOf(1e-5, 4, 'Roughness length [m]') }),
    z
      .strictObject({
        model: z.literal('fitted'),
        law: withDefault(z.enum(['power', 'log']), 'power', ownChoice('it needs no roughness length')).describe(
          'Law whose exponents (power) or roughness lengths (log) are fitted',
        ),
      })
      .describe('Shear by sector, fitted to an uploaded series with two heights'),
  ])
  .meta({ id: 'WindShear', description: 'Shear: extrapolation from the height of the wind speeds to each hub' });

const wakeSchema = z
  .strictObject({
    // The engine refuses other names, and lists those that it has.
    model: withDefault(
      z
        .string()
        .max(100)
        .meta({ enum: [...WAKE_MODEL_NAMES] }),
      'bastankhah_k00325' satisfies WakeModelName,
      'PyWake, BastankhahGaussianDeficit',
    ).describe('Name of the wake model, as in docs/models/wind-wakes.md'),
    superposition: z.enum(['linear', 'squared_sum', 'max']).optional().describe('Default: that of the wake model'),
    turbulence: z
      .enum(['none', 'crespo_hernandez', 'stf2017'])
      .optional()
      .describe('Model of added turbulence; default: that of the wake model'),
    blockage: withDefault(
      z.enum(['none', 'self_similar']),
      'none',
      ownChoice('most yields are computed without'),
    ).describe('Blockage: model of the slower wind in front of rotors; not available with floris models'),
    deflection: sourceOfDefault(
      z
        .enum(['jimenez', 'gauss'])
        .optional()
        .describe(
          "Deflection of the wakes of yawed turbines: the model of Jimenez or the Gaussian model of FLORIS. Default: gauss for FLORIS's wake models, jimenez for the others",
        ),
      'FLORIS, gauss; PyWake, JimenezWakeDeflection',
    ),
    constants: wakeConstantsSchema.optional(),
  })
  .meta({ id: 'WakeChoice', description: 'Wake model, and the parts of it that the request chooses' });

const binsSchema = z
  .strictObject({
    direction_step_deg: withDefault(
      rangeOf(0.5, 30, 'Step between wind directions: the width of a bin [deg]; it must divide 360'),
      1,
      'PyWake, Site',
    ),
    speed_step_m_s: withDefault(rangeOf(0.1, 5, 'Width of a wind speed bin [m/s]'), 1, 'PyWake, Site'),
    min_speed_m_s: withDefault(rangeOf(0, 20, 'Centre of the first wind speed bin [m/s]'), 3, 'PyWake, Site'),
    max_speed_m_s: withDefault(rangeOf(5, 60, 'Centre of the last wind speed bin [m/s]'), 25, 'PyWake, Site'),
    sector_interpolation: withDefault(z.enum(['nearest', 'linear']), 'nearest', 'PyWake, UniformWeibullSite'),
  })
  .meta({
    id: 'WindBins',
    description:
      'Bins of wind direction and speed. A table of wind (`rose`, .tab) has its own speeds: on it speed_step_m_s, min_speed_m_s and max_speed_m_s have no effect, and wind.option_without_effect says so',
  });

const percentages = (description: string) =>
  z.record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), z.number().min(0).max(99)).describe(`${description} [%]`);

const placesSchema = z
  .strictObject({
    x_m: numbers(-1e8, 1e8, MAX_TURBINES).optional().describe('Eastings [m]'),
    y_m: numbers(-1e8, 1e8, MAX_TURBINES).optional().describe('Northings [m]'),
    longitude_deg: numbers(-180, 180, MAX_TURBINES).optional(),
    latitude_deg: numbers(-85, 85, MAX_TURBINES).optional(),
    turbine_index: z
      .array(z.int().min(0).max(19))
      .optional()
      .describe('Index into `turbines` for each position; default: the first type everywhere'),
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
        message: `expected lists of the same length, got ${x ?? longitude} and ${y ?? latitude}`,
      });
    if (places.turbine_index && places.turbine_index.length !== (x ?? longitude))
      context.addIssue({
        code: 'custom',
        path: ['turbine_index'],
        message: `expected ${x ?? longitude} values, one a turbine`,
      });
  });
export type Places = z.output<typeof placesSchema>;

const gridSpeedupsSchema = z
  .strictObject({
    resource_id: givenId('windResource', 'an uploaded .grd or .wrg'),
    reference: z
      .strictObject({ x_m: z.number(), y_m: z.number() })
      .describe('Reference point of the grid: the one to which the wind resource applies [m]'),
  })
  .meta({
    id: 'GridSpeedups',
    description: 'Speed-ups that vary over the site, for a wind resource of a single point',
  });

/** Properties of the air at the site, at ground level. */
const airSchema = z
  .strictObject({
    elevation_m: rangeOf(-430, 6000, 'Elevation above sea level [m]'),
    temp_air_c: rangeOf(-60, 50, 'Mean temperature at 2 m [degC]; default: that of the standard atmosphere').optional(),
    pressure_pa: rangeOf(
      4e4,
      1.1e5,
      'Mean pressure at the ground [Pa]; default: that of the standard atmosphere',
    ).optional(),
    relative_humidity_pct: withDefault(rangeOf(0, 100, 'Mean relative humidity [%]'), 0, ownChoice('dry air')),
  })
  .describe('Air properties from which the air density at each hub is computed; an alternative to air_density_kg_m3');

const turbulenceSchema = rangeOf(0.001, 1, 'Ambient turbulence intensity [-]');
export const turbulenceBySectorSchema = z.array(turbulenceSchema).min(1).max(72);

const common = {
  site_id: givenId('site', 'a site')
    .optional()
    .describe('Site: the job is stored with it; a layout search takes from it the areas that the request lacks'),
  projection: sourceOfDefault(
    z
      .strictObject({
        utm_zone: z.int().min(1).max(60),
        is_south: withDefault(z.boolean(), false, ownChoice('the northern hemisphere')).describe(
          'Whether the UTM zone is in the southern hemisphere',
        ),
      })
      .optional()
      .describe(
        'Coordinate system of the coordinates in metres; default: a plane around the middle of the boundary or layout',
      ),
    ownChoice('it needs no zone'),
  ),
  ...weatherFields,
  weather_height_m: rangeOf(
    1,
    500,
    `Height of the weather's wind speeds above ground [m]; default: ${WEATHER_HEIGHT_M} with weather; source of the default: WMO-No. 8, height of wind measurements`,
  ).optional(),
  resource: resourceSchema.optional(),
  speedups: gridSpeedupsSchema.optional(),
  shear: sourceOfDefault(
    shearSchema
      .optional()
      .describe('Shear from the height of the wind speeds to each hub; default: power law with its default exponent'),
    ONE_SEVENTH_LAW,
  ),
  air_density_kg_m3: z
    .union([rangeOf(0.5, 1.6, 'Air density at hub height [kg/m3]'), z.literal('weather')])
    .optional()
    .describe(
      "Air density: that to which power curves are corrected; weather: computed from the weather's temperature and pressure; default: the density of each curve",
    ),
  air: airSchema.optional(),
  density_correction: withDefault(
    z.enum(['site_specific', 'iec_61400_12_1']),
    'site_specific',
    ownChoice('as windPRO does'),
  ).describe(
    'Density correction of power curves. iec_61400_12_1 scales wind speeds by the density to the power of 1/3 (pitch control); site_specific (windPRO) raises the exponent to 2/3 above 12.5 m/s',
  ),
  turbulence_intensity: withDefault(
    z.union([turbulenceSchema, turbulenceBySectorSchema, z.literal('measured')]),
    0.08,
    ownChoice('between offshore and open land'),
  ).describe(
    'Turbulence intensity of the ambient wind: one value, or one for each sector (sector 0 is centred on north); measured: by sector from the standard deviations of an uploaded CSV',
  ),
  turbines: z.array(turbineChoiceSchema).min(1).max(20),
  neighbours: placesSchema
    .optional()
    .describe(
      'Turbines of other farms: their wakes count, their energy does not. They may stand outside of the boundary',
    ),
  wake: wakeSchema.prefault({}),
  losses_pct: withDefault(
    percentages('Losses other than wakes, by name; each one applies to what the previous ones leave'),
    {},
    ownChoice('none'),
  ),
  export_limit_kw: rangeOf(
    0,
    1e8,
    'Maximum power that may be fed in [kW] by the whole farm, after all losses and curtailment',
  ).optional(),
  curtailment: curtailmentSchema.optional(),
  uncertainty_pct: withDefault(
    percentages('Standard uncertainty of the yield by source; the sources are independent of each other'),
    {},
    ownChoice('none'),
  ),
  interannual_pct: withDefault(
    rangeOf(0, 50, 'Standard deviation of the yield between single years [%]'),
    6,
    ownChoice('a usual year-to-year variation of wind energy'),
  ),
  n_sectors: withDefault(z.int().min(1).max(72), 12, 'European Wind Atlas').describe('Number of sectors in the result'),
  bins: binsSchema.prefault({}),
  economics: plantEconomicsSchema.optional(),
  seed: seedSchema,
};

interface WindBody {
  readonly curtailment?: CurtailmentBody;
  readonly losses_pct: Readonly<Record<string, number>>;
  readonly weather_id?: unknown;
  readonly weather_ids?: unknown;
  readonly weather_height_m?: unknown;
  readonly resource?: unknown;
  readonly air?: unknown;
  readonly air_density_kg_m3?: unknown;
}

/** Says why a rule needs time steps, and what to do. */
export const needsSteps = (conditions: readonly string[]): string =>
  `${conditions.join(', ')} need time steps, which a table of directions and speeds does not have; expected weather, an uploaded series or a resource of type series with mode time_series, or a rule by direction and speed only`;

/** The wind comes from one source, and so does the density of the air. */
function checkSources(body: WindBody, context: z.RefinementCtx): void {
  const sources = (['weather_id', 'weather_ids', 'resource'] as const).filter((name) => body[name] !== undefined);
  if (sources.length !== 1)
    context.addIssue({
      code: 'custom',
      path: ['resource'],
      message: `expected one of weather_id, weather_ids and resource, got ${sources.join(' and ') || 'none'}`,
    });
  if (body.resource !== undefined && body.weather_height_m !== undefined)
    context.addIssue({
      code: 'custom',
      path: ['weather_height_m'],
      message: 'expected resource.height_m beside a resource',
    });
  if (body.curtailment && 'curtailment' in body.losses_pct)
    context.addIssue({
      code: 'custom',
      path: ['losses_pct', 'curtailment'],
      message:
        'losses_pct.curtailment beside the rules of curtailment counts a loss twice; expected one of them, or another name such as grid_curtailment for what the rules leave out',
    });
  if (body.air === undefined || body.air_density_kg_m3 === undefined) return;
  context.addIssue({ code: 'custom', path: ['air'], message: 'expected air or air_density_kg_m3, got both' });
}

type ComputeField = keyof typeof computeFields;
/** A request as it is stored: its weather is a list. Jobs of earlier releases lack the fields about GPUs. */
type Stored<Body extends { [Field in ComputeField]: unknown }> = Omit<Body, 'weather_id' | ComputeField> &
  Partial<Pick<Body, ComputeField>>;

export const windAnalyzeSchema = z
  .strictObject({
    ...common,
    speedups: z
      .union([
        gridSpeedupsSchema,
        z
          .strictObject({
            factors: z
              .array(numbers(0.1, 5, MAX_TURBINES))
              .min(1)
              .max(72)
              .describe(
                'Speed-up factors: wind speed at each turbine divided by that of the resource, by sector, then by turbine',
              ),
          })
          .meta({ id: 'TurbineSpeedups', description: 'Speed-up factors by sector and turbine' }),
      ])
      .optional(),
    layout: placesSchema,
    ...computeFieldsOf('The flow maps are computed there, all energies on the CPU.'),
    mode: sourceOfDefault(
      z
        .enum(['time_series', 'binned'])
        .optional()
        .describe(
          'Method for time series. time_series: each step is computed and stored as series of the job; binned: steps are counted into bins. Default: time_series',
        ),
      ownChoice('it keeps the order of the steps'),
    ),
    wake_steering: z
      .strictObject({
        min_yaw_deg: withDefault(
          rangeOf(-45, 0, 'Minimum yaw angle [deg], counter-clockwise seen from above'),
          -25,
          ownChoice('the mirror of max_yaw_deg'),
        ),
        max_yaw_deg: withDefault(rangeOf(0, 45, 'Maximum yaw angle [deg]'), 25, 'FLORIS, yaw optimization'),
        wind_speed_m_s: withDefault(
          rangeOf(3, 25, 'Wind speed for which yaw angles are optimised [m/s]'),
          9,
          ownChoice('below rated speed, where steering gains most'),
        ),
        direction_step_deg: withDefault(
          rangeOf(1, 30, 'Step between wind directions: those for which yaw angles are optimised [deg]'),
          5,
          ownChoice('every sector of a wake has several steps'),
        ),
      })
      .optional()
      .describe('Wake steering: optimises yaw angles by wind direction and reports the gain'),
    flow_maps: withDefault(
      z
        .array(
          z.strictObject({
            wind_direction_deg: rangeOf(0, 360, 'Direction from which the wind comes [deg]'),
            wind_speed_m_s: rangeOf(0.1, 60, 'Wind speed [m/s]'),
            height_m: rangeOf(
              1,
              1000,
              'Height of the map [m]; default: the hub height of the first turbine',
            ).optional(),
            n_x: withDefault(z.int().min(2).max(500), 150, ownChoice('a picture without visible cells')).describe(
              'Number of points from west to east',
            ),
            n_y: withDefault(z.int().min(2).max(500), 150, ownChoice('a picture without visible cells')).describe(
              'Number of points from south to north',
            ),
            yaw_deg: numbers(-45, 45, MAX_TURBINES).optional().describe('Yaw angle of each turbine'),
          }),
        )
        .max(MAX_FLOW_MAPS),
      [],
      ownChoice('none'),
    ).describe('Maps of wind speed on a horizontal plane, stored as series flow-map-1, ... of the job and as pictures'),
  })
  .superRefine((body, context) => {
    const { mode, resource, flow_maps, layout, wake_steering, speedups } = body;
    if (mode === 'time_series' && (resource?.type === 'weibull' || resource?.type === 'rose'))
      context.addIssue({
        code: 'custom',
        path: ['mode'],
        message: `a resource of type ${resource.type} has no time steps`,
      });
    if (mode === 'time_series' && wake_steering)
      context.addIssue({
        code: 'custom',
        path: ['mode'],
        message: 'wake_steering optimises angles by direction; expected binned',
      });
    if (body.neighbours && wake_steering)
      context.addIssue({
        code: 'custom',
        path: ['neighbours'],
        message: 'wake_steering turns every turbine of the farm; expected no neighbours',
      });
    if (body.neighbours && speedups && 'factors' in speedups)
      context.addIssue({
        code: 'custom',
        path: ['neighbours'],
        message: 'speed-up factors by turbine say nothing of neighbours; expected a grid',
      });
    const turbines = (layout.x_m ?? layout.longitude_deg)?.length;
    checkSources(body, context);
    const isBinned = mode === 'binned' || resource?.type === 'weibull' || resource?.type === 'rose';
    if (body.curtailment && wake_steering)
      context.addIssue({
        code: 'custom',
        path: ['curtailment'],
        message: 'wake_steering optimises angles of turbines that all run; expected one of them',
      });
    body.curtailment?.rules.forEach((rule, r) => {
      const needed = timedConditions(rule);
      if (isBinned && needed.length > 0)
        context.addIssue({ code: 'custom', path: ['curtailment', 'rules', r], message: needsSteps(needed) });
      rule.turbine_indices?.forEach((index, k) => {
        if (turbines !== undefined && index >= turbines)
          context.addIssue({
            code: 'custom',
            path: ['curtailment', 'rules', r, 'turbine_indices', k],
            message: `is ${index}; expected 0 to ${turbines - 1}, a turbine of layout`,
          });
      });
    });
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
export type WindAnalyzeBody = z.output<typeof windAnalyzeSchema>;
/** The form in which it is stored: the weather is a list. */
export type WindAnalyzeInput = Stored<WindAnalyzeBody>;

/** Tells whether the analysis computes each step of a time series. */
export const isTimeSeries = ({ mode, wake_steering }: Pick<WindAnalyzeInput, 'mode' | 'wake_steering'>): boolean =>
  (mode ?? (wake_steering ? 'binned' : 'time_series')) === 'time_series';

const LAYOUT_OBJECTIVES = ['aep', 'lcoe', 'aep_per_area', 'cable_length'] as const;
const LAYOUT_METHODS = ['annealing', 'gradient', 'random_search', 'greedy', 'nsga2', 'bayesian'] as const;

export const windOptimizeSchema = z
  .strictObject({
    ...common,
    bins: binsSchema.prefault({}).describe('Bins of the final energy analysis'),
    search_bins: sourceOfDefault(
      binsSchema.prefault({ direction_step_deg: 5 }),
      ownChoice('a search needs coarser directions than the final analysis'),
    ).describe('Bins that the search uses'),
    boundary: areaSchema.optional().describe('Boundary, inside which turbines may stand; default: that of the site'),
    exclusions: areaSchema
      .optional()
      .describe('Exclusions: land on which no turbine may stand; default: those of the site'),
    min_spacing_diameters: withDefault(
      rangeOf(1, 50, 'Minimum distance between turbines, in diameters of the largest rotor'),
      3,
      ownChoice('a usual distance in crowded farms'),
    ),
    n_turbines: z
      .union([z.int().min(1).max(MAX_TURBINES), z.array(z.int().min(1).max(MAX_TURBINES)).min(1).max(10)])
      .describe(
        'Number of turbines, without those of fixed_layout; if there are several numbers, the best is chosen. With nsga2 the first and the last are the limits',
      ),
    turbine_choice: withDefault(
      z.enum(['one', 'mixed']),
      'one',
      ownChoice('one type is simpler to build and maintain'),
    ).describe(
      'Use of several turbine types: all new turbines have the same type, which is the best one, or each position has its own type',
    ),
    fixed_layout: placesSchema.optional().describe('Existing turbines, which do not move'),
    start_layout: sourceOfDefault(
      placesSchema.optional().describe('Initial layout of the new turbines; default: random'),
      ownChoice('searches begin anywhere in the area'),
    ),
    objective: withDefault(z.enum(LAYOUT_OBJECTIVES), 'aep', ownChoice('energy needs no costs')).describe(
      'lcoe requires economics',
    ),
    objectives: withDefault(
      z
        .array(z.enum(['aep', 'cable_length', 'n_turbines', 'aep_per_turbine']))
        .min(2)
        .max(4),
      ['aep', 'cable_length'],
      ownChoice('the trade-off between energy and cables'),
    ).describe('Objectives of nsga2'),
    method: methodOf(
      LAYOUT_METHODS,
      'annealing',
      'it ends with more energy than the others on the case studies of IEA Wind Task 37',
      'annealing, gradient, random_search and greedy move turbines; nsga2 and bayesian optimise the angle and the spacings of a grid. annealing tries moves of single turbines from several starts and ends with gradients; where there are several turbine types, a wind that varies over the site, curtailment, an export limit, or an objective other than aep, it works as gradient does',
    ),
    n_iterations: iterationsSchema(
      'generations of nsga2, designs of bayesian, otherwise steps of each search, fewer if the time is short; a step of annealing tries 1000 moves, or five of each turbine if that is more',
      LAYOUT_METHODS,
    ),
    population_size: optimizerFields.population_size,
    ...computeFields,
    n_starts: optimizerFields.n_starts,
    max_spacing_diameters: withDefault(
      rangeOf(2, 60, 'Maximum spacings of a grid, in rotor diameters'),
      15,
      ownChoice('wider grids gain little'),
    ),
    substations: withDefault(
      z.array(z.strictObject({ x_m: z.number(), y_m: z.number() })).max(20),
      [],
      ownChoice('none'),
    ).describe('Positions of substations, which the cables also connect [m]'),
  })
  .superRefine((body, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    checkSources(body, context);
    checkIterations(body, context);
    const counts = Array.isArray(body.n_turbines) ? body.n_turbines.length : 1;
    const types = body.turbine_choice === 'mixed' ? 1 : body.turbines.length;
    const searches = body.n_starts * types * (body.method === 'nsga2' ? 1 : counts);
    if (searches > MAX_SEARCHES)
      issue(
        'n_starts',
        `${searches} searches (n_starts multiplied by types multiplied by numbers); expected at most ${MAX_SEARCHES}`,
      );
    if (body.objective === 'lcoe' && !body.economics) issue('economics', 'objective lcoe requires economics');
    body.curtailment?.rules.forEach((rule, r) => {
      if (rule.turbine_indices)
        context.addIssue({
          code: 'custom',
          path: ['curtailment', 'rules', r, 'turbine_indices'],
          message: 'turbines of a search have no place yet; expected a rule about all of them',
        });
      const { type } = body.resource ?? {};
      const needed = timedConditions(rule);
      if (needed.length > 0 && (type === 'weibull' || type === 'rose'))
        context.addIssue({ code: 'custom', path: ['curtailment', 'rules', r], message: needsSteps(needed) });
    });
    if (body.start_layout && (Array.isArray(body.n_turbines) || body.turbines.length > 1))
      issue('start_layout', 'an initial layout requires one turbine type and one n_turbines');
    if (body.start_layout && (body.start_layout.x_m ?? body.start_layout.longitude_deg)?.length !== body.n_turbines)
      issue('start_layout', `expected ${String(body.n_turbines)} turbines, as in n_turbines`);
    const standing = (body.fixed_layout?.x_m ?? body.fixed_layout?.longitude_deg)?.length ?? 0;
    const most = standing + Math.max(...(Array.isArray(body.n_turbines) ? body.n_turbines : [body.n_turbines]));
    if (standing > 0 && most > MAX_TURBINES)
      issue('n_turbines', `with those of fixed_layout ${most} turbines; expected at most ${MAX_TURBINES}`);
    const isGrid = body.method === 'nsga2' || body.method === 'bayesian';
    if (isGrid && body.max_spacing_diameters < body.min_spacing_diameters)
      issue(
        'max_spacing_diameters',
        `is ${body.max_spacing_diameters}; expected at least min_spacing_diameters, ${body.min_spacing_diameters}`,
      );
    if (isGrid && body.neighbours)
      issue('neighbours', `method ${body.method} optimises grids, which cannot have neighbours`);
    if (isGrid && body.fixed_layout)
      issue('fixed_layout', `method ${body.method} optimises grids, which cannot have fixed turbines`);
    if (isGrid && body.turbine_choice === 'mixed')
      issue('turbine_choice', `method ${body.method} optimises grids of one type; expected one`);
    if (isGrid && body.start_layout)
      issue('start_layout', `method ${body.method} optimises grids, which cannot have an initial layout`);
  });
export type WindOptimizeBody = z.output<typeof windOptimizeSchema>;
/** The form in which it is stored: the weather is a list, and the areas are its own or those of its site. */
export type WindOptimizeInput = Stored<WindOptimizeBody> & { readonly boundary: AreaBody };
