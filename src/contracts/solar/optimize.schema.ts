/** The body of POST /v1/solar/optimize. */
import { z } from 'zod';
import { givenId, ownChoice, rangeOf, sourceOfDefault, withDefault } from '../common/fields.schema.ts';
import { areaSchema } from '../common/area.schema.ts';
import { economicsWith } from '../common/economics.schema.ts';
import {
  checkIterations,
  computeFields,
  iterationsSchema,
  methodOf,
  optimizerFields,
  seedSchema,
} from '../common/optimizer.schema.ts';
import { weatherFields } from '../common/weather-choice.schema.ts';
import { solarAnalyzeSchema } from './analyze.schema.ts';
import { componentIdSchema, mountingSchema, solarSystemSchema } from './system.schema.ts';

/** Ground coverage ratio of racks where a request states none [1] */
export const RACK_GCR = 0.4;
/** Tilt of racks, by the latitude [1], and its limit [deg] */
export const RACK_TILT_PER_LATITUDE = 0.8;
export const MAX_RACK_TILT_DEG = 60;

const range = (min: number, max: number, description: string) =>
  z
    .strictObject({ lower: rangeOf(min, max, 'Lower limit'), upper: rangeOf(min, max, 'Upper limit') })
    .refine(({ lower, upper }) => lower <= upper, { message: 'lower is greater than upper', path: ['lower'] })
    .optional()
    .describe(description);
const choice = (what: string) =>
  z
    .array(componentIdSchema)
    .min(1)
    .max(100)
    .optional()
    .describe(`Ids or names of bundled or uploaded ${what} that the search chooses from`);

const money = (fallback: number, description: string, reason = 'a round figure for utility-scale plants') =>
  withDefault(rangeOf(0, 1e12, description), fallback, ownChoice(reason));

const solarVariablesSchema = z
  .strictObject({
    tilt_deg: range(0, 90, 'Tilt from horizontal [deg]'),
    azimuth_deg: range(0, 360, 'Azimuth, clockwise from north [deg]'),
    dc_ac_ratio: range(0.5, 3, 'DC nameplate power divided by the AC rating of all inverters [1]'),
    gcr: range(0.05, 0.95, 'Ground coverage ratio [1]; if it varies, rows shade each other'),
    dc_capacity_kw: range(1e-3, 1e7, 'Nameplate DC power [kW]'),
    tracker: z.enum(['either', 'always', 'never']).optional().describe('Mounting; default: the mounting of `system`'),
    module: choice('modules'),
    inverter: choice('inverters'),
  })
  .refine((body) => Object.values(body).some((one) => one !== undefined), { message: 'expected at least one variable' })
  .describe('Variables of the search');

const moreByName = (unit: string, description: string) =>
  withDefault(z.record(z.string(), rangeOf(-1e6, 1e6, `Additional cost [${unit}]`)), {}, ownChoice('none')).describe(
    description,
  );
const solarCostsSchema = z
  .strictObject({
    per_kw_dc: money(800, 'Cost of modules, racks, wiring and labour [currency/kW DC]'),
    per_kw_ac: money(120, 'Cost of inverters and grid connection [currency/kW AC]'),
    tracker_per_kw_dc: money(90, 'Additional cost of trackers [currency/kW DC]'),
    land_per_m2: money(1, 'Cost of land [currency/m2]'),
    fixed: money(0, 'Fixed cost, independent of the design [currency]', 'none'),
    operation_per_kw_dc_year: money(15, 'Operating cost [currency/kW DC/a]'),
    tracker_operation_per_kw_dc_year: money(2, 'Additional operating cost of trackers [currency/kW DC/a]'),
    modules_per_kw_dc: moreByName('currency/kW DC', 'Additional costs by module, named as in variables.module'),
    inverters_per_kw_ac: moreByName('currency/kW AC', 'Additional costs by inverter, named as in variables.inverter'),
  })
  .prefault({})
  .meta({ id: 'SolarCosts', description: 'Costs of a solar plant' });
const economicsSchema = economicsWith(solarCostsSchema, 'SolarEconomics').prefault({});

const SOLAR_METHODS = ['nsga2', 'bayesian', 'grid_search'] as const;

const designBodySchema = z.strictObject({
  site_id: givenId('site', 'a site').optional(),
  ...weatherFields,
  system: solarSystemSchema
    .omit({ preset: true })
    .extend({
      dc_capacity_kw: withDefault(solarSystemSchema.shape.dc_capacity_kw, 1000, ownChoice('1 MW')),
      mounting: sourceOfDefault(
        mountingSchema
          .optional()
          .describe(
            `Mounting; default: a rack that faces the equator, with a tilt of ${RACK_TILT_PER_LATITUDE} times the latitude, at most ${MAX_RACK_TILT_DEG} degrees`,
          ),
        ownChoice('a rule of thumb for racks'),
      ),
    })
    .prefault({})
    .describe('The system: its properties that do not vary'),
  variables: solarVariablesSchema,
  objectives: withDefault(
    z
      .array(z.enum(['energy', 'energy_p90', 'specific_yield', 'capacity_factor_ac', 'npv', 'lcoe', 'land_use']))
      .min(1)
      .max(7)
      .refine((names) => new Set(names).size === names.length, 'an objective occurs twice'),
    ['lcoe'],
    ownChoice('energy and costs in one figure'),
  ).describe(
    'Objectives; the first decides which design is the best. energy_p90 is the energy that 90 % of single years exceed',
  ),
  constraints: z
    .strictObject(
      {
        max_land_area_m2: rangeOf(1, 1e12, 'Largest land that a design may use [m2]').optional(),
        boundary: areaSchema
          .optional()
          .describe(
            'Boundary of the land, whose area less the exclusions limits the land use; default: that of the site',
          ),
        exclusions: areaSchema.optional().describe('Exclusions: land that cannot be used; default: those of the site'),
        export_limit_kw: rangeOf(1e-3, 1e9, 'Maximum power that may be fed in [kW]').optional(),
        budget: rangeOf(0, 1e15, 'Maximum capital cost [currency]').optional(),
      },
      {
        error: ({ code, keys }) =>
          code === 'unrecognized_keys' && keys?.includes('land_polygon')
            ? 'land_polygon is boundary now; expected {"type": "Polygon", "coordinates": [the ring]} there'
            : undefined,
      },
    )
    .prefault({}),
  method: methodOf(
    SOLAR_METHODS,
    'nsga2',
    'it takes several objectives',
    'nsga2: many designs at once, for several objectives; bayesian: few designs, for one; grid_search: all designs of a grid',
  ),
  n_iterations: iterationsSchema('generations of nsga2, designs of bayesian', SOLAR_METHODS),
  population_size: optimizerFields.population_size,
  steps: optimizerFields.steps,
  n_grid_points: optimizerFields.n_grid_points,
  gcr: sourceOfDefault(
    rangeOf(
      0.05,
      0.95,
      `Ground coverage ratio if it does not vary [1]; default: that of the tracker, of the rows or of the rear, otherwise ${RACK_GCR}`,
    ).optional(),
    'PVWatts v7 in SAM',
  ),
  module_kw_per_m2: withDefault(
    rangeOf(0.01, 0.5, 'Module power per area if the search chooses no module [kW/m2]'),
    0.21,
    ownChoice('a module of 21 % efficiency'),
  ),
  land_factor: withDefault(
    rangeOf(1, 100, 'Total land divided by the area of the rows; the rest is roads, fences and setbacks [1]'),
    1.25,
    ownChoice('a quarter more than the rows need'),
  ),
  tracker_max_angle_deg: withDefault(
    rangeOf(0, 90, 'Maximum rotation [deg]'),
    60,
    ownChoice('a usual range of horizontal trackers'),
  ),
  economics: economicsSchema,
  decomposition: solarAnalyzeSchema.shape.decomposition,
  edge_steps: solarAnalyzeSchema.shape.edge_steps,
  uncertainty_pct: solarAnalyzeSchema.shape.uncertainty_pct,
  interannual_pct: solarAnalyzeSchema.shape.interannual_pct,
  ...computeFields,
  seed: seedSchema,
});
export const solarOptimizeSchema = designBodySchema
  .refine(({ weather_id, weather_ids }) => (weather_id === undefined) !== (weather_ids === undefined), {
    message: 'expected either weather_id or weather_ids',
    path: ['weather_id'],
  })
  .superRefine(checkIterations)
  .refine(
    ({ objectives, uncertainty_pct }) =>
      !objectives.includes('energy_p90') || Object.values(uncertainty_pct).some((pct) => pct > 0),
    {
      message: 'objective energy_p90 needs a source of uncertainty above 0: without one there is no P90',
      path: ['uncertainty_pct'],
    },
  )
  .superRefine(({ method, steps, variables }, context) => {
    for (const [name, step] of Object.entries(steps)) {
      const bounds = Object.hasOwn(variables, name) ? variables[name as keyof typeof variables] : undefined;
      const message =
        method !== 'grid_search'
          ? `steps belong to method grid_search; expected no steps with ${method}`
          : typeof bounds !== 'object' || Array.isArray(bounds)
            ? `${name} is no variable with bounds; expected a step of a variable of the search`
            : bounds.upper > bounds.lower && step > bounds.upper - bounds.lower
              ? `the step of ${name} is ${step}; expected at most the distance of its bounds, ${bounds.upper - bounds.lower}`
              : null;
      if (message) context.addIssue({ code: 'custom', path: ['steps', name], message });
    }
  });
export type SolarOptimizeBody = z.output<typeof solarOptimizeSchema>;
