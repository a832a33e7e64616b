/** Results of wind jobs. docs/glossary.md explains the quantities. */
import { z } from 'zod';
import { areaSchema } from '../common/area.schema.ts';
import { economicsResultSchema } from '../common/economics-result.schema.ts';
import { exceedanceSchema } from '../common/exceedance.schema.ts';
import { degrees, kw, kwh, metres, percent, ratio, speed } from '../common/fields.schema.ts';
import { computedBySchema } from '../common/optimizer.schema.ts';
import { curtailmentResultSchema } from './curtailment.schema.ts';
import { windAnalyzeSchema, windOptimizeSchema } from './requests.schema.ts';

const sectorSchema = z
  .strictObject({
    wind_direction_deg: degrees('Direction from which the wind comes: centre of the sector'),
    frequency: ratio('Frequency: share of the time [1]'),
    wind_speed_mean_m_s: speed('Mean wind speed at hub height, without wakes; 0 if the frequency is 0'),
    annual_gross_energy_kwh: kwh('Energy of a year without wakes'),
    annual_energy_with_wakes_kwh: kwh('Energy of a year with wakes'),
    wake_loss_pct: percent('Wake loss as a share of the gross energy'),
  })
  .meta({ id: 'SectorYield' });
const turbineSchema = z
  .strictObject({
    x_m: metres('Easting'),
    y_m: metres('Northing'),
    turbine: z.string().describe('Name of the turbine type'),
    rated_kw: kw('Rated power'),
    wind_speed_mean_m_s: speed('Mean wind speed at hub height, without wakes'),
    annual_gross_energy_kwh: kwh('Energy of a year without wakes'),
    annual_energy_with_wakes_kwh: kwh('Energy of a year with wakes'),
    wake_loss_pct: percent('Wake loss as a share of the gross energy'),
    annual_energy_kwh: kwh('Energy delivered in a year, after all losses'),
    capacity_factor_pct: percent('Net energy divided by rated power and 8,760 h'),
  })
  .meta({ id: 'TurbineYield' });

const windCasesSchema = z
  .strictObject({
    n_steps: z.int().nullable().describe('Number of time steps; null: the wind was computed in bins'),
    n_directions: z.int().nullable().describe('Number of wind directions; null: time steps were computed'),
    n_speeds: z.int().nullable().describe('Number of wind speeds of each direction; null: time steps were computed'),
    min_speed_m_s: speed('Centre of the first wind speed bin').nullable(),
    max_speed_m_s: speed('Centre of the last wind speed bin').nullable(),
  })
  .meta({ id: 'WindCases' });

const yieldShape = {
  wind_cases: windCasesSchema
    .optional()
    .describe('What was computed: time steps, or directions by speeds. Results of earlier versions lack it'),
  wake_constants: z
    .record(z.string(), z.number())
    .optional()
    .describe(
      'Constants of the wake model that were used, by the names of `wake.constants`. Results of earlier versions lack them',
    ),
  rated_kw: kw('Rated power of all turbines'),
  annual_gross_energy_kwh: kwh('Energy of a year without wakes and losses'),
  annual_energy_with_wakes_kwh: kwh('Energy of a year with wakes, before other losses'),
  annual_energy_kwh: kwh('Energy delivered in a year, after all losses (P50)'),
  wake_loss_pct: percent('Wake loss as a share of the gross energy'),
  internal_wake_loss_pct: percent('Loss by the wakes of own turbines as a share of the gross energy').optional(),
  external_wake_loss_pct: percent('Loss by the wakes of neighbours as a share of what own wakes leave').optional(),
  array_efficiency: ratio('Energy with wakes divided by energy without wakes'),
  capacity_factor_pct: percent('Net energy divided by rated power and 8,760 h'),
  full_load_hours: z.number().describe('Full-load hours: net energy divided by rated power [h]'),
  losses: z
    .array(
      z.strictObject({
        name: z.string(),
        loss_pct: percent('Loss as a share of what the previous losses left'),
        loss_kwh: kwh('Energy that the loss takes'),
        remaining_kwh: kwh('Energy that remains after this step'),
      }),
    )
    .describe(
      'Losses from gross to net energy: wakes first, then curtailment, then the others in the order of the request',
    ),
  curtailment: curtailmentResultSchema
    .optional()
    .describe('What the rules of curtailment take; `losses` has their sum. Left out without rules'),
  exceedance: exceedanceSchema,
  sectors: z.array(sectorSchema),
  turbines: z.array(turbineSchema).describe('Results by turbine, in the order of the layout'),
  neighbours: z
    .array(turbineSchema)
    .optional()
    .describe('Turbines of other farms: their results, which no sum contains'),
};
export const windYieldSchema = z.strictObject(yieldShape);

const places = {
  x_m: z.array(z.number()).describe('Eastings [m]'),
  y_m: z.array(z.number()).describe('Northings [m]'),
};
const globe = {
  longitude_deg: z.array(z.number()).optional().describe('Longitude, if the plane has a projection [deg]'),
  latitude_deg: z.array(z.number()).optional().describe('Latitude, if the plane has a projection [deg]'),
};

export const windAnalysisResultSchema = z
  .discriminatedUnion('is_complete', [
    z
      .strictObject({
        is_complete: z.literal(true),
        wake_model: z.string(),
        ...yieldShape,
        layout: z.strictObject({
          ...places,
          ...globe,
          cable_length_m: metres('Length of the shortest cable network that connects all turbines'),
        }),
        site_wind: z
          .strictObject({
            frequencies: z
              .enum(['by_place', 'reference'])
              .describe(
                'by_place: each turbine has its own sector frequencies; reference: all turbines have those of the wind resource',
              ),
            weibull_shapes: z.enum(['by_place', 'reference']),
            frequency_effect_pct: percent(
              'Time series apply the same time steps to the whole site; this is the change of the energy with wakes if each turbine had its own sector frequencies',
            ).nullable(),
          })
          .nullable()
          .describe(
            'Properties of the wind at each turbine besides the speed-up; null if the wind is the same everywhere',
          ),
        n_records_excluded: z.int().describe('Records of the time series that are flagged or have no value'),
        long_term: z
          .strictObject({
            method: z.enum(['variance_ratio', 'linear']),
            slope: ratio('Slope of the regression line from reference to site'),
            intercept_m_s: speed('Intercept of the regression line'),
            correlation: ratio('Correlation of the concurrent records'),
            n_concurrent_records: z.int(),
            measured_wind_speed_mean_m_s: speed('Mean wind speed of the measurement'),
            long_term_wind_speed_mean_m_s: speed('Long-term mean wind speed'),
            n_clipped_to_zero: z.int().describe('Records for which the regression line gave a negative wind speed'),
            monthly_correlation: ratio('Correlation of the means of months').nullable(),
            reference_index: z.int().describe('Index in `references` of the one that is used'),
            references: z
              .array(
                z.strictObject({
                  correlation: ratio('Correlation of the concurrent records'),
                  monthly_correlation: ratio('Correlation of the means of months').nullable(),
                  n_concurrent_records: z.int(),
                  long_term_wind_speed_mean_m_s: speed('Long-term mean wind speed'),
                }),
              )
              .describe('All references: the weather first, then the uploaded series'),
            sectors: z
              .array(
                z.strictObject({
                  wind_direction_deg: degrees('Direction from which the wind comes: centre of the sector'),
                  slope: ratio('Slope of the regression line from reference to site'),
                  intercept_m_s: speed('Intercept of the regression line'),
                  correlation: ratio('Correlation of the concurrent records'),
                  n_concurrent_records: z.int(),
                }),
              )
              .nullable()
              .describe('Sectors of the reference that have a line of their own; null without is_by_sector'),
          })
          .nullable()
          .describe('Measure-correlate-predict; null if the request has none'),
        wake_steering: z
          .strictObject({
            wind_speed_m_s: speed('Wind speed for which the yaw angles were optimised'),
            annual_aligned_energy_with_wakes_kwh: kwh('Energy of a year with wakes, without steering'),
            annual_steered_energy_with_wakes_kwh: kwh('Energy of a year with wakes and steering'),
            gain_pct: percent('Gain as a share of the energy with wakes'),
            annual_energy_kwh: kwh('Energy delivered in a year, with steering'),
          })
          .nullable()
          .describe('Wake steering; null if the request has none. The series `yaw` has the angles'),
        flow_maps: z.array(
          z.strictObject({
            series: z.string().describe('Series with the data of the map; read it at GET /v1/jobs/{id}/series/{name}'),
            wind_direction_deg: degrees('Direction from which the wind comes'),
            freestream_m_s: speed('Free-stream wind speed'),
            min_wind_speed_m_s: speed('Minimum wind speed on the map'),
          }),
        ),
        economics: economicsResultSchema.nullable(),
        computed_by: computedBySchema.optional(),
      })
      .meta({ id: 'CompleteWindAnalysis' }),
    z
      .strictObject({
        is_complete: z.literal(false),
        progress: ratio('Fraction of the job that is done: it was cancelled or reached its time limit'),
      })
      .meta({ id: 'IncompleteWindAnalysis' }),
  ])
  .meta({ id: 'WindAnalysisResult' });

/** What is stored with the columns of a series `flow-map-1`, ...: what a picture of it needs besides. */
export const flowMapMetaSchema = z.object({
  n_x: z.int().describe('Points of a row'),
  n_y: z.int(),
  freestream_m_s: speed('Free-stream wind speed'),
  wind_direction_deg: degrees('Direction from which the wind comes'),
  turbines: z
    .array(z.tuple([z.number(), z.number(), z.number()]))
    .describe('Easting, northing and rotor diameter of each turbine [m]'),
});

const { objective, method } = windOptimizeSchema.shape;
export const windLayoutResultSchema = z
  .strictObject({
    objective,
    method,
    candidates: z
      .array(
        z.strictObject({
          turbine_index: z.int().nullable().describe('Index into `turbines`; null if each position has its own type'),
          turbine: z.string().nullable(),
          hub_height_m: metres('Hub height above ground').nullable(),
          n_turbines: z.int().describe('Number of turbines, without those of fixed_layout'),
        }),
      )
      .describe('Turbine types and numbers of turbines that were searched'),
    runs: z
      .array(
        z.strictObject({
          candidate_index: z.int().describe('Index into `candidates`'),
          seed: z.int(),
          n_iterations: z.int().describe('Number of iterations that the search has done'),
          score: z.number().nullable().describe("Score of the search's best layout; larger is better"),
          history: z.array(z.tuple([z.int(), z.number()])).describe('Pairs of a step and the score that it reached'),
        }),
      )
      .describe('Results of the searches'),
    best: z
      .strictObject({
        run_index: z.int().describe('Index into `runs`'),
        candidate_index: z.int().describe('Index into `candidates`'),
        score: z.number(),
        layout: z.strictObject({
          ...places,
          ...globe,
          turbine_index: z.array(z.int()).describe('Index into `turbines` for each position'),
          is_fixed: z.array(z.boolean()).describe('Whether the turbine is an existing one'),
        }),
        cable_length_m: metres('Length of the shortest cable network that connects turbines and substations'),
        area_km2: z
          .number()
          .describe(
            'Area of the convex hull of the turbines, extended on all sides by half the minimum distance [km2]',
          ),
        annual_energy_kwh_per_km2: z.number().describe('Energy delivered in a year, per area of the farm [kWh/km2]'),
        ...yieldShape,
        economics: economicsResultSchema.nullable(),
      })
      .meta({ id: 'BestLayout' })
      .nullable()
      .describe('The best design, a layout; null if a cancelled search has none yet'),
    pareto: z
      .array(
        z
          .strictObject({
            annual_energy_with_wakes_kwh: kwh('Energy of a year with wakes').optional(),
            cable_length_m: metres('Length of the shortest cable network').optional(),
            n_turbines: z.number().optional().describe('Number of turbines'),
            annual_energy_with_wakes_kwh_per_turbine: kwh(
              'Energy of a year with wakes divided by the number of turbines',
            ).optional(),
            ...places,
            ...globe,
          })
          .meta({ id: 'ParetoLayout' }),
      )
      .describe('Pareto front (nsga2): layouts that no other layout beats in every objective'),
    computed_by: computedBySchema.optional(),
  })
  .meta({ id: 'WindLayoutResult' });

/** The form in which requests are stored: every default is written out. */
const { weather_id: _analyzed, compute: mapped, gpu_wait_s, ...analyze } = windAnalyzeSchema.shape;
export const windAnalyzeInputSchema = z
  .strictObject({ ...analyze, compute: mapped.optional(), gpu_wait_s: gpu_wait_s.optional() })
  .meta({ id: 'WindAnalysisInput', description: 'The request with every default written out' });
const { weather_id: _optimized, compute: searched, gpu_wait_s: _waits, ...optimize } = windOptimizeSchema.shape;
export const windOptimizeInputSchema = z
  .strictObject({
    ...optimize,
    compute: searched.optional(),
    gpu_wait_s: gpu_wait_s.optional(),
    boundary: areaSchema.describe('Boundary of the request, or of its site when the job was accepted'),
    n_iterations: z.int().describe('Number of iterations of each search'),
  })
  .meta({ id: 'WindLayoutInput', description: 'The request with every default written out' });
