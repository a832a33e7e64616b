/** The body of POST /v1/solar/optimize. */
import { z } from 'zod';
import { MAX_YEARS, solarAnalyzeSchema, weatherIdSchema } from './analyze.schema.ts';
import { componentIdSchema, mountingSchema, solarSystemSchema, within } from './system.schema.ts';

const range = (min: number, max: number, description: string) =>
  z
    .strictObject({ lower: within(min, max, 'Least'), upper: within(min, max, 'Most') })
    .refine(({ lower, upper }) => lower <= upper, { message: 'lower is above upper', path: ['lower'] })
    .optional()
    .describe(description);
const choice = (what: string) =>
  z
    .array(componentIdSchema)
    .min(1)
    .max(100)
    .optional()
    .describe(`Ids or names of ${what}, bundled or uploaded, to choose from`);

const money = (fallback: number, description: string) => within(0, 1e12, description).default(fallback);
const rate = (min: number, max: number, description: string) => within(min, max, description).optional();

export const solarVariablesSchema = z
  .strictObject({
    tilt_deg: range(0, 90, 'From horizontal [deg]'),
    azimuth_deg: range(0, 360, 'Clockwise from north [deg]'),
    dc_ac_ratio: range(0.5, 3, 'DC nameplate over AC rating [1]'),
    gcr: range(0.05, 0.95, 'Ground coverage ratio [1]; rows then shade each other'),
    dc_capacity_kw: range(1e-3, 1e7, 'Nameplate DC power [kW]'),
    tracker: z.enum(['either', 'always', 'never']).optional().describe("Default: the system's own mounting"),
    module: choice('modules'),
    inverter: choice('inverters'),
  })
  .refine((body) => Object.values(body).some((one) => one !== undefined), { message: 'expected at least one variable' })
  .describe('What the search may change');

const economicsSchema = z
  .strictObject({
    price_per_kwh: within(0, 1e6, 'Of year 1 [currency/kWh]').default(0.05),
    variable_cost_per_kwh: rate(0, 1e6, 'In money of year 1 [currency/kWh]; default 0'),
    years: z.int().min(1).max(100).optional().describe('Default 25'),
    degradation_per_year: rate(0, 0.5, 'Of energy [1/a]; default 0.005'),
    price_escalation: rate(-0.5, 1, 'Nominal [1/a]; default 0'),
    cost_escalation: rate(-0.5, 1, 'Nominal [1/a]; default: the inflation'),
    inflation: rate(-0.5, 1, '[1/a]; default 0.025'),
    real_discount_rate: rate(-0.5, 1, '[1/a]; default 0.05'),
    tax_rate: rate(0, 0.99, 'Losses are carried forward [1]; default 0.21'),
    depreciation: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('none') }),
        z.strictObject({
          type: z.literal('macrs'),
          years: z.union([z.literal(3), z.literal(5), z.literal(7), z.literal(10), z.literal(15), z.literal(20)]),
        }),
        z.strictObject({ type: z.literal('straight_line'), years: z.int().min(1).max(100) }),
      ])
      .optional()
      .describe('Default MACRS over 5 years'),
    investment_tax_credit: rate(0, 1, 'Of the capital cost [1]; default 0'),
    debt: z
      .strictObject({
        rate: within(0, 1, 'Interest [1/a]'),
        years: z.int().min(1).max(100),
        repayment: z.enum(['level', 'sculpted']).default('level'),
        sizing: z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('share'), share: within(0, 1, 'Of the capital cost [1]') }),
          z.strictObject({
            type: z.literal('dscr'),
            min_dscr: within(1, 10, '[1]'),
            max_share: within(0, 1, 'Of the capital cost [1]').default(1),
          }),
        ]),
      })
      .nullable()
      .optional()
      .describe('Default none'),
  })
  .refine(({ years = 25, debt }) => !debt || debt.years <= years, {
    message: 'expected at most the years of the project',
    path: ['debt', 'years'],
  })
  .prefault({})
  .describe('Terms of the project');

const designBodySchema = z.strictObject({
  site_id: z
    .string()
    .regex(/^site_[0-9a-z]{26}$/, 'expected the id of a site, site_...')
    .optional(),
  weather_id: weatherIdSchema.optional().describe('One year of weather'),
  weather_ids: z
    .array(weatherIdSchema)
    .min(1)
    .max(MAX_YEARS)
    .optional()
    .describe('Several years at one place, one dataset each; energies are their means'),
  system: solarSystemSchema
    .omit({ preset: true })
    .extend({
      dc_capacity_kw: solarSystemSchema.shape.dc_capacity_kw.default(1000),
      mounting: mountingSchema
        .optional()
        .describe('Default: a rack that faces the equator at four fifths of the latitude, at most 60 degrees'),
    })
    .prefault({})
    .describe('What does not vary'),
  variables: solarVariablesSchema,
  objectives: z
    .array(z.enum(['energy', 'energy_p90', 'specific_yield', 'capacity_factor', 'npv', 'lcoe', 'land_use']))
    .min(1)
    .max(7)
    .refine((names) => new Set(names).size === names.length, 'an objective is named twice')
    .default(['lcoe'])
    .describe('The first decides the best design; energy_p90 is exceeded in nine of ten single years'),
  constraints: z
    .strictObject({
      land_area_m2: within(1, 1e12, '[m2]').optional(),
      land_polygon: z
        .array(z.tuple([within(-180, 180, 'Longitude [deg]'), within(-90, 90, 'Latitude [deg]')]))
        .min(3)
        .max(10_000)
        .optional()
        .describe('Ring of [longitude, latitude]; its area bounds the land'),
      export_limit_kw: within(1e-3, 1e9, 'More is not fed in [kW]').optional(),
      budget: within(0, 1e15, 'Of the capital cost [currency]').optional(),
    })
    .prefault({}),
  method: z.enum(['nsga2', 'bayesian', 'grid_search']).default('nsga2'),
  population_size: z.int().min(4).max(10_000).default(40).describe('NSGA-II: members'),
  n_iterations: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('NSGA-II: generations, default 40. Bayesian: evaluations, default 60'),
  steps: z
    .record(z.string(), z.number().positive())
    .default({})
    .describe('Grid search: steps by variable; one without takes grid_points values'),
  grid_points: z.int().min(2).max(1000).default(7),
  gcr: within(
    0.05,
    0.95,
    "Ground coverage ratio where it does not vary [1]; default: the tracker's, else 0.4",
  ).optional(),
  module_kw_per_m2: within(0.01, 0.5, 'Where no module is chosen [kW/m2]').default(0.21),
  land_factor: within(1, 100, 'Land over the area of the rows: roads, fences, setbacks [1]').default(1.25),
  tracker_max_angle_deg: within(0, 90, 'Largest rotation [deg]').default(60),
  costs: z
    .strictObject({
      per_kw_dc: money(800, 'Modules, racks, wiring, work [currency/kW DC]'),
      per_kw_ac: money(120, 'Inverters and grid connection [currency/kW AC]'),
      tracker_per_kw_dc: money(90, 'More for trackers [currency/kW DC]'),
      land_per_m2: money(1, '[currency/m2]'),
      fixed: money(0, 'Whatever the design [currency]'),
      operation_per_kw_dc_year: money(15, '[currency/kW DC/a]'),
      tracker_operation_per_kw_dc_year: money(2, 'More for trackers [currency/kW DC/a]'),
    })
    .prefault({}),
  module_costs_per_kw_dc: z
    .record(z.string(), within(-1e6, 1e6, '[currency/kW DC]'))
    .default({})
    .describe('More for a module, by its entry in variables.module'),
  inverter_costs_per_kw_ac: z
    .record(z.string(), within(-1e6, 1e6, '[currency/kW AC]'))
    .default({})
    .describe('More for an inverter, by its entry in variables.inverter'),
  economics: economicsSchema,
  decomposition: solarAnalyzeSchema.shape.decomposition,
  edge_steps: solarAnalyzeSchema.shape.edge_steps,
  uncertainty_pct: solarAnalyzeSchema.shape.uncertainty_pct,
  interannual_pct: solarAnalyzeSchema.shape.interannual_pct,
  seed: z.int().min(0).max(2_147_483_647).optional().describe('Default: drawn at random and kept with the job'),
});
export const solarOptimizeSchema = designBodySchema.refine(
  ({ weather_id, weather_ids }) => (weather_id === undefined) !== (weather_ids === undefined),
  { message: 'expected either weather_id or weather_ids', path: ['weather_id'] },
);
export type SolarOptimizeBody = z.output<typeof solarOptimizeSchema>;
