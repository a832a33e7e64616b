/** Results of solar jobs. Quantities are explained in docs/glossary.md. */
import { z } from 'zod';
import { cashFlowShape, economicFigures } from '../common/economics-result.schema.ts';
import { idOf, kwh, money, percent, ratio } from '../common/fields.schema.ts';
import { solarAnalyzeSchema } from './analyze.schema.ts';
import { solarOptimizeSchema } from './optimize.schema.ts';
import { solarSystemSchema } from './system.schema.ts';

const perPlane = (description: string) => z.number().describe(`${description} [kWh/m2]`);
const levelsSchema = z
  .strictObject({
    p50: kwh('Exceeded with 50 %'),
    p75: kwh('Exceeded with 75 %'),
    p90: kwh('Exceeded with 90 %'),
    p99: kwh('Exceeded with 99 %'),
  })
  .meta({ id: 'ExceedanceLevels', description: 'Energies of a year by the probability of exceeding them' });

const exceedanceSchema = z
  .strictObject({
    uncertainty_pct: percent('Of models and inputs together, the same in all years'),
    interannual_pct: percent('Standard deviation of single years'),
    one_year: levelsSchema.describe('Of any single year, by the normal distribution'),
    ten_years: levelsSchema.describe('Of the mean of ten years, by the normal distribution'),
    of_years: levelsSchema.nullable().describe('From the real years; null for one'),
  })
  .meta({ id: 'Exceedance' });

export const solarSystemResultSchema = z
  .strictObject({
    index: z.int().describe('Place in `systems` of the request'),
    system: solarSystemSchema.describe('As it was computed: components looked up, defaults written out'),
    ac_annual_kwh: kwh('Energy delivered in a year, mean of the years'),
    dc_annual_kwh: kwh('Energy of the modules in a year, mean of the years'),
    poa_annual_kwh_m2: perPlane('Irradiation on the plane of the modules in a year'),
    poa_back_annual_kwh_m2: perPlane('The same on their backs; 0 without `bifacial`'),
    ac_monthly_kwh: z.array(z.number()).length(12).describe('Energy delivered by month, January first [kWh]'),
    specific_yield_kwh_per_kw: z.number().describe('Energy delivered over DC nameplate [kWh/kW]'),
    capacity_factor_pct: percent('Energy delivered over DC nameplate times 8,760 h'),
    performance_ratio: ratio('Specific yield over that of lossless modules in the same irradiation'),
    waterfall: z
      .strictObject({
        start_kwh: kwh("The level plane's irradiation at the modules' rated efficiency"),
        steps: z
          .array(z.strictObject({ name: z.string(), change_kwh: kwh('Gained or lost'), left_kwh: kwh('Left behind') }))
          .describe('The last one leaves the energy delivered'),
      })
      .describe('From the sun on a level plane to the grid; mean of the years'),
    exceedance: exceedanceSchema,
    years: z
      .array(z.strictObject({ weather_id: idOf('weather', 'Year of weather'), ac_annual_kwh: kwh('Energy delivered') }))
      .describe('One entry for each year of weather'),
  })
  .meta({ id: 'SolarSystemResult' });
export type SolarSystemResult = z.output<typeof solarSystemResultSchema>;

const { decomposition, edge_steps, uncertainty_pct, interannual_pct } = solarAnalyzeSchema.shape;
const weather_ids = z.array(idOf('weather', 'A year of weather'));

/** A request of `POST /v1/solar/analyze` in its one stored form. */
export const solarAnalyzeInputSchema = z
  .strictObject({
    site_id: solarAnalyzeSchema.shape.site_id,
    weather_ids,
    systems: z.array(solarSystemSchema),
    decomposition,
    edge_steps,
    uncertainty_pct,
    interannual_pct,
    series: z.boolean().describe('Whether time series are kept'),
  })
  .meta({ id: 'SolarAnalysisInput', description: 'The request with every default written out' });

export const solarAnalysisResultSchema = z
  .strictObject({
    systems: z.array(solarSystemResultSchema).describe('In the order of the request'),
    systems_computed: z.int().describe('Fewer than asked for in a cancelled or time limited job'),
    systems_asked: z.int(),
    best_index: z.int().nullable().describe('System of the largest specific yield'),
    assumptions: z.strictObject({ decomposition, edge_steps, uncertainty_pct, interannual_pct }),
  })
  .meta({ id: 'SolarAnalysisResult' });
export type SolarAnalysisResult = z.output<typeof solarAnalysisResultSchema>;

const designEconomicsSchema = z
  .strictObject({
    ...economicFigures,
    irr_roots: z.array(z.number()).describe('Every rate at which the net present value is 0 [1/a]'),
    nominal_discount_rate: z.number().describe('From real rate and inflation [1/a]'),
  })
  .meta({ id: 'EconomicFigures', description: 'What a design earns; money is nominal' });

const byName = (description: string) => z.record(z.string(), z.number()).describe(description);
const valuesSchema = z
  .record(z.string(), z.union([z.number(), z.string()]))
  .describe('Variables by name, in their own units');
const designShape = {
  values: valuesSchema,
  objectives: byName('Objectives by name, in their own units'),
  is_feasible: z.boolean().describe('Whether it keeps to all constraints'),
  annual_energy_kwh: kwh('Energy delivered in a year, mean of the years'),
  years_kwh: z.array(z.number()).describe('Energy delivered in each year of weather [kWh]'),
  exceedance: exceedanceSchema,
  specific_yield_kwh_per_kw: z.number().describe('Over DC nameplate [kWh/kW]'),
  capacity_factor_pct: percent('Over AC rating times 8,760 h'),
  land_m2: z.number().describe('Land that it takes [m2]'),
  capital_cost: money('Paid in year 0'),
  economics: designEconomicsSchema,
};
const designSchema = z.strictObject(designShape).meta({ id: 'SolarDesign' });
const fullFlowSchema = z
  .strictObject({
    ...cashFlowShape,
    debt_balance: money('Owed at the end of the year'),
    taxable_income: money('After losses carried forward'),
    tax_credit: money('Investment tax credit'),
  })
  .meta({ id: 'DesignCashFlow' });

const { seed: _, weather_id: _weather, ...optimize } = solarOptimizeSchema.shape;
/** A component as a search keeps it; names and units are those of `Module` and `Inverter`. */
const keptComponent = z.looseObject({ id: z.string(), name: z.string(), power_w: z.number() });

/** A request of `POST /v1/solar/optimize` in its one stored form. */
export const solarOptimizeInputSchema = z
  .strictObject({
    ...optimize,
    weather_ids,
    system: solarSystemSchema,
    modules: z.array(keptComponent).describe('That the variables name, as they were when the job was accepted'),
    inverters: z.array(keptComponent),
  })
  .meta({ id: 'SolarDesignInput', description: 'The request with every default written out' });

export const solarDesignResultSchema = z
  .strictObject({
    method: optimize.method,
    seed: z.int().describe('The same request with the same seed gives the same bits'),
    engine_version: z.string(),
    weather_ids,
    best: z
      .strictObject({ ...designShape, cash_flows: z.array(fullFlowSchema) })
      .meta({ id: 'BestSolarDesign' })
      .nullable()
      .describe('null where a cancelled search has no feasible design yet'),
    pareto: z.array(designSchema).describe('Designs that no other beats in every objective'),
    convergence: z.array(
      z.strictObject({
        iteration: z.int(),
        evaluations: z.int(),
        best: z.number().describe('First objective of the best design so far'),
        is_feasible: z.boolean(),
        pareto_size: z.int(),
        hypervolume: z
          .number()
          .nullable()
          .describe('Of 2 or 3 objectives scaled by the ranges of the first iteration, reference point 1.1 [1]'),
      }),
    ),
    sensitivity: z
      .array(
        z.strictObject({
          name: z.string().describe('A variable, capital_cost or price_per_kwh'),
          value: z.number(),
          objectives: byName('Objectives at this value, all else as in the best design'),
        }),
      )
      .describe('Each variable a twentieth of its range either way, capital cost and price a tenth'),
    evaluations: z.int().optional(),
    iterations: z.int().optional(),
    is_complete: z.boolean().describe('false when cancelled or time limited'),
    assumptions: z
      .looseObject({ system: z.looseObject({}) })
      .optional()
      .describe('Everything that the search took for given, defaults written out'),
  })
  .meta({ id: 'SolarDesignResult' });
