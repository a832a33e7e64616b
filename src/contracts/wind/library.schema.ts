/** Turbines, wake models and uploaded wind resources as they are answered. */
import { z } from 'zod';
import { degrees, idOf, instant, kw, metres, pageOf, percent, ratio, speed } from '../common/fields.schema.ts';
import { resourceSchema, windOptimizeSchema, windTurbineSchema } from './requests.schema.ts';

const turbine = {
  id: z.string().describe('What `turbines` of a wind job takes'),
  name: z.string(),
  own: z.boolean().describe('Uploaded by this organization; else public'),
  rated_kw: kw('Rated power'),
  rotor_diameter_m: metres('Rotor'),
  hub_height_m: metres('Hub above ground'),
  has_thrust: z.boolean().describe('Whether wakes can be computed for it'),
  source: z.string().nullable(),
  licence: z.string().nullable(),
};
export const turbinePageSchema = pageOf(z.strictObject(turbine).meta({ id: 'Turbine' }), 'TurbinePage');

const withCurve = { ...turbine, air_density_kg_m3: z.number().describe('For which the curve holds [kg/m3]') };
export const turbineDetailSchema = z
  .union([
    z
      .strictObject({
        ...withCurve,
        wind_speed_m_s: z.array(z.number()).describe('[m/s]'),
        power_kw: z.array(z.number()).describe('[kW]'),
        thrust_coefficient: z.array(z.number()).nullable().describe('[1]'),
      })
      .meta({ id: 'TabulatedTurbine' }),
    z
      .strictObject({
        ...withCurve,
        cut_in_m_s: speed('Power begins'),
        rated_speed_m_s: speed('Power is rated'),
        cut_out_m_s: speed('Power ends'),
        thrust_coefficient: ratio('At all speeds'),
      })
      .meta({ id: 'CubicTurbine', description: 'Power grows with the cube from cut-in to rated' }),
  ])
  .meta({ id: 'TurbineDetail', description: 'A turbine with its curve' });

export const wakeModelListSchema = z
  .strictObject({
    data: z.array(
      z
        .strictObject({
          name: z.string().describe('What `wake.model` takes'),
          deficit: z.string(),
          superposition: z.string().nullable(),
          turbulence: z.string().nullable().describe('Added turbulence'),
          deflection: z.string().describe('Of yawed wakes'),
        })
        .meta({ id: 'WakeModel' }),
    ),
  })
  .meta({ id: 'WakeModelList' });

const height_m = metres('Height of the speeds').nullable();
const weibull = z
  .strictObject({
    scale_m_s: speed('Scale A'),
    shape: ratio('Shape k'),
    power_density_w_m2: z.number().describe('Mean power of the wind [W/m2]'),
  })
  .meta({ id: 'WeibullFit' });
const bounds = {
  columns: z.int(),
  rows: z.int(),
  min_x_m: metres('West edge'),
  min_y_m: metres('South edge'),
  sectors: z.int(),
};
export const windSummarySchema = z
  .union([
    z
      .strictObject({
        height_m,
        records: z.int(),
        from: z.iso.datetime(),
        to: z.iso.datetime(),
        step_minutes: z.number().describe('[min]'),
        flags: z
          .strictObject({
            ok: z.int(),
            missing: z.int(),
            out_of_range: z.int(),
            stuck: z.int(),
            icing: z.int(),
          })
          .describe('Records by flag; only ok ones are used'),
        gaps: z
          .array(z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime(), steps: z.int() }))
          .describe('The first 50'),
        gap_count: z.int(),
        availability_pct: percent('Usable records of those that the time should have'),
        mean_speed_m_s: speed('Mean'),
        weibull_mle: weibull.describe('By maximum likelihood'),
        weibull_wasp: weibull.describe("By WAsP's moments"),
        sectors: z.array(
          z.strictObject({
            direction_deg: degrees('Centre, clockwise from north'),
            frequency: ratio('Share of the time'),
            mean_speed_m_s: speed('Mean').nullable(),
            scale_m_s: speed('Scale A').nullable(),
            shape: ratio('Shape k').nullable(),
          }),
        ),
        shear: z
          .array(
            z.strictObject({
              direction_deg: degrees('Centre, clockwise from north'),
              records: z.int(),
              alpha: ratio('Exponent of the power law').nullable(),
              roughness_m: metres('Roughness length').nullable(),
            }),
          )
          .nullable()
          .describe('By sector; null without speeds at a lower height'),
        turbulence: z
          .array(
            z.strictObject({
              direction_deg: degrees('Centre, clockwise from north'),
              records: z.int(),
              turbulence_intensity: ratio('Mean of the standard deviation over the speed').nullable(),
            }),
          )
          .nullable()
          .describe('By sector; null without standard deviations'),
        extreme_50_year_m_s: speed('Exceeded once in 50 years, of the averaging time of the records').nullable(),
      })
      .meta({ id: 'MeasuredWind', description: 'A CSV of measurements' }),
    z
      .strictObject({
        height_m,
        description: z.string(),
        latitude_deg: z.number().describe('[deg]'),
        longitude_deg: z.number().describe('[deg]'),
        sectors: z.int(),
        speed_bins: z.int(),
        frequency: z.array(z.number()).describe('Of the sectors [1]'),
      })
      .meta({ id: 'ObservedWindClimate', description: 'A .tab file' }),
    z
      .strictObject({
        height_m,
        ...bounds,
        cell_m: metres('Distance of the points'),
        points: z.int(),
        power_density_w_m2: z.strictObject({ min: z.number(), max: z.number() }).describe('[W/m2]'),
      })
      .meta({ id: 'WindResourceGrid', description: 'A .wrg file' }),
    z
      .strictObject({ height_m, ...bounds, max_x_m: metres('East edge'), max_y_m: metres('North edge') })
      .meta({ id: 'SpeedGrid', description: 'A .grd file of mean speeds by sector' }),
  ])
  .meta({ id: 'WindSummary', description: 'What the file holds' });

export const windResourceSchema = z
  .strictObject({
    id: idOf('windResource', 'Id'),
    name: z.string().describe('Name of the file'),
    format: z.enum(['csv', 'tab', 'wrg', 'grd']),
    sha256: z.string().describe('Of the file as it was sent'),
    summary: windSummarySchema,
    options: z
      .strictObject({
        height_m: metres('Height of the speeds').optional(),
        lower_height_m: metres('Height of the lower speeds').optional(),
      })
      .describe('As given with the file'),
    created_at: instant('Uploaded'),
  })
  .meta({ id: 'WindResource' });
export const windResourcePageSchema = pageOf(windResourceSchema, 'WindResourcePage');

const { boundary, exclusions } = windOptimizeSchema.shape;
const asSent = z.strictObject({
  resource: resourceSchema,
  turbines: z.array(z.strictObject({ curve: windTurbineSchema })),
  layout: z.strictObject({
    x_m: z.array(z.number()),
    y_m: z.array(z.number()),
    type: z.array(z.int()).optional(),
  }),
  turbulence_intensity: z.union([z.number(), z.array(z.number())]).optional(),
});
export const windIoRequestSchema = z
  .strictObject({
    name: z.string(),
    analyze: asSent.describe('A body of POST /v1/wind/analyze'),
    boundary: boundary.describe('For POST /v1/wind/optimize'),
    exclusions: exclusions.describe('For POST /v1/wind/optimize'),
  })
  .meta({ id: 'WindIoRequest', description: 'A windIO system as fields of requests' });
