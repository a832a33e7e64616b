/** Results of wind jobs. Quantities are explained in docs/glossary.md. */
import { z } from 'zod';
import { economicsResultSchema } from '../common/economics-result.schema.ts';
import { degrees, kw, kwh, metres, percent, ratio, speed } from '../common/fields.schema.ts';
import { windAnalyzeSchema, windOptimizeSchema } from './requests.schema.ts';

const sectorSchema = z
  .strictObject({
    direction_deg: degrees('Centre: where the wind comes from'),
    frequency: ratio('Share of the time'),
    mean_speed_m_s: speed('Mean at hub height, without wakes; 0 without any time'),
    gross_kwh: kwh('Without wakes'),
    waked_kwh: kwh('Behind wakes'),
    wake_loss_pct: percent('Of gross'),
  })
  .meta({ id: 'SectorYield' });
const turbineSchema = z
  .strictObject({
    x_m: metres('Easting'),
    y_m: metres('Northing'),
    turbine: z.string().describe('Type'),
    rated_kw: kw('Rated power'),
    mean_speed_m_s: speed('Mean at hub height, without wakes'),
    gross_kwh: kwh('Without wakes'),
    waked_kwh: kwh('Behind wakes'),
    wake_loss_pct: percent('Of gross'),
    net_kwh: kwh('After all losses'),
    capacity_factor_pct: percent('Net over rated power times 8,760 h'),
  })
  .meta({ id: 'TurbineYield' });

const yieldShape = {
  rated_kw: kw('Of all turbines'),
  gross_kwh: kwh('Energy of a year without wakes and losses'),
  waked_kwh: kwh('Energy of a year behind wakes'),
  net_kwh: kwh('Energy of a year after all losses (P50)'),
  wake_loss_pct: percent('Of gross'),
  array_efficiency: ratio('Energy with wakes over energy without'),
  capacity_factor_pct: percent('Net over rated power times 8,760 h'),
  full_load_hours: z.number().describe('Net over rated power [h]'),
  losses: z
    .array(
      z.strictObject({
        name: z.string(),
        loss_pct: percent('Of what the ones before left'),
        loss_kwh: kwh('Lost'),
        after_kwh: kwh('Left'),
      }),
    )
    .describe('From gross to net: wakes first, then the losses in the order given'),
  uncertainty_pct: percent('Standard uncertainty of the long-term yield'),
  p50_kwh: kwh('Long-term yield exceeded with 50 %'),
  p75_kwh: kwh('Exceeded with 75 %'),
  p90_kwh: kwh('Exceeded with 90 %'),
  p99_kwh: kwh('Exceeded with 99 %'),
  p90_1_year_kwh: kwh('Exceeded in any single year with 90 %'),
  p90_10_years_kwh: kwh('Mean of 10 years exceeded with 90 %'),
  p90_20_years_kwh: kwh('Mean of 20 years exceeded with 90 %'),
  sectors: z.array(sectorSchema),
  turbines: z.array(turbineSchema).describe('In the order of the layout'),
};
export const windYieldSchema = z.strictObject(yieldShape);

const places = {
  x_m: z.array(z.number()).describe('Eastings [m]'),
  y_m: z.array(z.number()).describe('Northings [m]'),
};
const globe = {
  longitude_deg: z.array(z.number()).optional().describe('Where the plane has a projection [deg]'),
  latitude_deg: z.array(z.number()).optional().describe('Where the plane has a projection [deg]'),
};

export const windAnalysisResultSchema = z
  .discriminatedUnion('complete', [
    z
      .strictObject({
        complete: z.literal(true),
        wake_model: z.string(),
        ...yieldShape,
        layout: z.strictObject({
          ...places,
          ...globe,
          cable_length_m: metres('Shortest tree of cables that joins all turbines'),
        }),
        site_wind: z
          .strictObject({
            frequencies: z.enum(['by_place', 'reference']).describe('Of the sectors'),
            weibull_shapes: z.enum(['by_place', 'reference']),
            frequency_effect_pct: percent(
              "Of a time series, whose steps blow everywhere at once: what each place's own frequencies would change the energy behind wakes by",
            ).nullable(),
          })
          .nullable()
          .describe('What each turbine has of its own besides its speeds; null where the wind is the same everywhere'),
        records_left_out: z.int().describe('Of a time series: flagged or without a value'),
        long_term: z
          .strictObject({
            method: z.enum(['variance_ratio', 'linear']),
            slope: ratio('Of the line from reference to site'),
            intercept_m_s: speed('Of that line'),
            correlation: ratio('Of the concurrent records'),
            concurrent_records: z.int(),
            measured_mean_m_s: speed('Mean of the measurement'),
            long_term_mean_m_s: speed('Mean of the long term'),
            raised_to_zero: z.int().describe('Records in which the line fell below 0'),
          })
          .nullable()
          .describe('Measure, correlate, predict; null where it was not asked for'),
        wake_steering: z
          .strictObject({
            wind_speed_m_s: speed('At which the angles were sought'),
            aligned_waked_kwh: kwh('Behind wakes, without steering'),
            steered_waked_kwh: kwh('Behind wakes, with steering'),
            gain_pct: percent('Of the energy behind wakes'),
            net_kwh: kwh('After all losses, with steering'),
          })
          .nullable()
          .describe('null where it was not asked for; the angles are the series `yaw`'),
        flow_maps: z.array(
          z.strictObject({
            series: z.string().describe('Its data, by GET /v1/jobs/{id}/series/{name}'),
            direction_deg: degrees('Where the wind comes from'),
            freestream_m_s: speed('Undisturbed'),
            min_wind_speed_m_s: speed('Lowest on the map'),
          }),
        ),
        economics: economicsResultSchema.nullable(),
      })
      .meta({ id: 'CompleteWindAnalysis' }),
    z
      .strictObject({ complete: z.literal(false), fraction: ratio('Done when it was cancelled or reached its limit') })
      .meta({ id: 'IncompleteWindAnalysis' }),
  ])
  .meta({ id: 'WindAnalysisResult' });

const { objective, method } = windOptimizeSchema.shape;
export const windLayoutResultSchema = z
  .strictObject({
    objective,
    method,
    candidates: z
      .array(
        z.strictObject({
          type: z.int().nullable().describe('Entry of `turbines`; null where each place has its own'),
          turbine: z.string().nullable(),
          hub_height_m: metres('Hub above ground').nullable(),
          turbine_count: z.int().describe('New turbines'),
        }),
      )
      .describe('Turbine types and numbers that were searched'),
    runs: z
      .array(
        z.strictObject({
          candidate: z.int().describe('Entry of `candidates`'),
          seed: z.int(),
          steps: z.int(),
          score: z.number().nullable().describe('Of its best layout; larger is better'),
          history: z.array(z.tuple([z.int(), z.number()])).describe('Steps and the scores that they reached'),
        }),
      )
      .describe('The searches'),
    best: z
      .strictObject({
        run: z.int().describe('Entry of `runs`'),
        candidate: z.int().describe('Entry of `candidates`'),
        score: z.number(),
        layout: z.strictObject({
          ...places,
          ...globe,
          type: z.array(z.int()).describe('Entry of `turbines` at each place'),
          fixed: z.array(z.boolean()).describe('Whether it stood already'),
        }),
        cable_length_m: metres('Shortest tree of cables that joins turbines and substations'),
        area_km2: z.number().describe('Area around the turbines [km2]'),
        net_kwh_per_km2: z.number().describe('[kWh/km2]'),
        lcoe_real_per_kwh: z.number().nullable().describe('[currency/kWh]; null without economics'),
        ...yieldShape,
        economics: economicsResultSchema.nullable(),
      })
      .meta({ id: 'BestLayout' })
      .nullable()
      .describe('null where a cancelled search has none yet'),
    front: z
      .array(
        z
          .strictObject({
            waked_kwh: kwh('Behind wakes').optional(),
            cable_length_m: metres('Cables').optional(),
            turbines: z.number().optional().describe('Number of turbines'),
            waked_kwh_per_turbine: kwh('Behind wakes, by turbine').optional(),
            ...places,
            ...globe,
          })
          .meta({ id: 'FrontLayout' }),
      )
      .describe('nsga2: layouts that no other beats in every objective'),
  })
  .meta({ id: 'WindLayoutResult' });

/** Requests as stored: every default is written out. */
export const windAnalyzeInputSchema = z
  .strictObject(windAnalyzeSchema.shape)
  .meta({ id: 'WindAnalysisInput', description: 'The request with every default written out' });
export const windOptimizeInputSchema = z
  .strictObject({ ...windOptimizeSchema.shape, iterations: z.int().describe('Steps of each search') })
  .meta({ id: 'WindLayoutInput', description: 'The request with every default written out' });
