/** Results of solar jobs. docs/glossary.md explains the quantities. */
import { z } from 'zod';
import { economicFiguresSchema, economicsResultSchema } from '../common/economics-result.schema.ts';
import { exceedanceSchema } from '../common/exceedance.schema.ts';
import { idOf, kwh, percent, ratio } from '../common/fields.schema.ts';
import { computedBySchema } from '../common/optimizer.schema.ts';
import { solarAnalyzeSchema } from './analyze.schema.ts';
import { solarOptimizeSchema } from './optimize.schema.ts';
import { solarSystemSchema } from './system.schema.ts';

const perPlane = (description: string) => z.number().describe(`${description} [kWh/m2]`);
const yearly_energy_kwh = z
  .array(z.number())
  .describe('Energy delivered in each year of weather, in the order of `weather_ids` [kWh]');
const capacityFactors = {
  capacity_factor_dc_pct: percent('AC energy delivered divided by DC nameplate power and the hours of the weather'),
  capacity_factor_ac_pct: percent(
    'AC energy delivered divided by the AC rating of the inverters and the hours of the weather',
  ),
};

const energies = {
  annual_dc_energy_kwh: kwh('DC energy of the modules in a year, mean over the years'),
  poa_unshaded_annual_kwh_m2: perPlane(
    'Irradiation on the front of the modules in a year, before the shade of horizon and rows',
  ),
  poa_annual_kwh_m2: perPlane('Irradiation on the front of the modules in a year, after the shade of horizon and rows'),
  poa_back_annual_kwh_m2: perPlane('Irradiation on the rear of the modules in a year; 0 without `bifacial`'),
};

export const solarSystemResultSchema = z
  .strictObject({
    system_index: z.int().describe('Index into `systems`, from 0'),
    system: solarSystemSchema.describe(
      'The system: as it was computed, with components looked up and defaults written out',
    ),
    annual_energy_kwh: kwh('Energy delivered in a year, mean over the years of weather'),
    ...energies,
    monthly_energy_kwh: z
      .array(z.number())
      .length(12)
      .describe('Energy delivered in each month; January is first [kWh]'),
    specific_yield_kwh_per_kw: z.number().describe('AC energy delivered divided by DC nameplate power [kWh/kW]'),
    ...capacityFactors,
    performance_ratio: ratio(
      'Performance ratio: specific yield divided by that of lossless modules under `poa_unshaded_annual_kwh_m2`, as in PVsyst',
    ),
    waterfall: z
      .strictObject({
        start_kwh: kwh("Energy of the irradiation on a horizontal plane at the modules' rated efficiency"),
        steps: z
          .array(
            z.strictObject({
              name: z.string(),
              change_kwh: kwh('Energy gained (positive) or lost (negative) in this step'),
              remaining_kwh: kwh('Energy that remains after this step'),
            }),
          )
          .describe('Steps of the waterfall; the last one leaves the energy that is delivered'),
      })
      .describe('Losses from the irradiation on a horizontal plane to the grid, mean over the years'),
    exceedance: exceedanceSchema,
    yearly_energy_kwh,
    subarrays: z
      .array(
        z
          .strictObject({
            annual_energy_kwh: kwh(
              'Energy delivered in a year, mean over the years: in each time step in proportion to the DC power',
            ),
            ...energies,
          })
          .meta({ id: 'SubarrayResult' }),
      )
      .optional()
      .describe('Subarrays: in the order of `system.subarrays`; absent if the system has none'),
  })
  .meta({ id: 'SolarSystemResult' });
export type SolarSystemResult = z.output<typeof solarSystemResultSchema>;

const { decomposition, edge_steps, uncertainty_pct, interannual_pct } = solarAnalyzeSchema.shape;
const weather_ids = z.array(idOf('weather', 'Weather dataset of one year'));

/** The form in which a request of `POST /v1/solar/analyze` is stored. */
export const solarAnalyzeInputSchema = z
  .strictObject({
    site_id: solarAnalyzeSchema.shape.site_id,
    weather_ids,
    systems: z.array(solarSystemSchema),
    decomposition,
    edge_steps,
    uncertainty_pct,
    interannual_pct,
    include_series: z.boolean().describe('Whether time series are stored'),
  })
  .meta({ id: 'SolarAnalysisInput', description: 'The request with every default written out' });
export type SolarAnalyzeInput = z.output<typeof solarAnalyzeInputSchema>;

export const solarAnalysisResultSchema = z
  .strictObject({
    weather_ids,
    systems: z.array(solarSystemResultSchema).describe('Systems with their results, in the order of the request'),
    n_systems_computed: z
      .int()
      .describe('Fewer systems than in the request if the job was cancelled or reached its time limit'),
    n_systems_requested: z.int(),
    best_index: z.int().nullable().describe('Index of the system with the largest specific yield'),
    assumptions: z.strictObject({ decomposition, edge_steps, uncertainty_pct, interannual_pct }),
  })
  .meta({ id: 'SolarAnalysisResult' });
export type SolarAnalysisResult = z.output<typeof solarAnalysisResultSchema>;

const byName = (description: string) => z.record(z.string(), z.number()).describe(description);
const valuesSchema = z
  .record(z.string(), z.union([z.number(), z.string()]))
  .describe('Values of the variables by name, in their own units');
const designShape = {
  values: valuesSchema,
  objectives: byName('Objectives by name: their values in their own units'),
  is_feasible: z.boolean().describe('Whether the design satisfies all constraints'),
  dc_capacity_kw: z.number().describe('Nameplate DC power that was built, with whole strings [kW]'),
  ac_capacity_kw: z.number().describe('AC rating of all inverters that were built [kW]'),
  dc_ac_ratio: ratio('DC nameplate power divided by the AC rating of all inverters: what was built'),
  annual_energy_kwh: kwh('Energy delivered in a year, mean over the years of weather'),
  yearly_energy_kwh,
  exceedance: exceedanceSchema,
  specific_yield_kwh_per_kw: z.number().describe('AC energy delivered divided by DC nameplate power [kWh/kW]'),
  ...capacityFactors,
  land_area_m2: z.number().describe('Land that the design uses [m2]'),
  economics: economicFiguresSchema,
};
const designSchema = z.strictObject(designShape).meta({ id: 'SolarDesign' });
const { seed: _, weather_id: _weather, compute, gpu_wait_s, ...optimize } = solarOptimizeSchema.shape;
/** A component as a search stores it, with the names and units of `Module` and `Inverter`. */
const keptComponent = z.looseObject({ id: z.string(), name: z.string(), power_w: z.number() });

/** The form in which a request of `POST /v1/solar/optimize` is stored. */
export const solarOptimizeInputSchema = z
  .strictObject({
    ...optimize,
    compute: compute.optional(),
    gpu_wait_s: gpu_wait_s.optional(),
    weather_ids,
    system: solarSystemSchema,
    modules: z
      .array(keptComponent)
      .describe('Components that the variables name, as they were when the job was accepted'),
    inverters: z.array(keptComponent),
  })
  .meta({ id: 'SolarDesignInput', description: 'The request with every default written out' });
export type SolarOptimizeInput = z.output<typeof solarOptimizeInputSchema>;

export const solarDesignResultSchema = z
  .strictObject({
    method: optimize.method,
    seed: z.int().describe('Seed; the same request with the same seed gives identical results'),
    engine_version: z.string(),
    weather_ids,
    best: z
      .strictObject({
        ...designShape,
        economics: economicsResultSchema,
        system: solarSystemSchema
          .optional()
          .describe(
            'The system: as `system` of POST /v1/solar/analyze it gives the same energy; absent in searches of earlier engines',
          ),
      })
      .meta({ id: 'BestSolarDesign' })
      .nullable()
      .describe('The best design; null if a cancelled search has no feasible design yet'),
    pareto: z.array(designSchema).describe('Pareto front: designs that no other design beats in every objective'),
    convergence: z.array(
      z.strictObject({
        iteration: z.int(),
        n_evaluations: z.int().describe('Number of evaluations until then'),
        best_value: z.number().describe('Value of the first objective for the best design so far'),
        is_feasible: z.boolean(),
        n_pareto: z.int(),
        hypervolume: z
          .number()
          .nullable()
          .describe(
            'Hypervolume of 2 or 3 objectives, scaled by their ranges in the first iteration; the reference point is 1.1 [1]',
          ),
      }),
    ),
    sensitivity: z
      .array(
        z.strictObject({
          name: z.string().describe('Name of the variable, capital_cost or price_per_kwh'),
          value: z.number(),
          objectives: byName(
            'Objectives by name, if this value changes and everything else stays as in the best design',
          ),
        }),
      )
      .describe(
        'Sensitivity: each variable changes by a twentieth of its range, capital cost and price by a tenth, in both directions',
      ),
    n_evaluations: z.int().optional().describe('Number of evaluations'),
    n_iterations: z.int().optional().describe('Number of iterations that the search has done'),
    computed_by: computedBySchema.optional(),
    is_complete: z.boolean().describe('false if the search was cancelled or reached its time limit'),
    assumptions: z
      .looseObject({
        system: z.looseObject({}),
        economics: z.looseObject({ costs: z.record(z.string(), z.number()) }),
      })
      .optional()
      .describe('All inputs and assumptions of the search, with every default written out'),
  })
  .meta({ id: 'SolarDesignResult' });
export type SolarDesignAnswer = z.output<typeof solarDesignResultSchema>;
