/** Turbines, wake models and uploaded wind resources in answers. */
import { z } from 'zod';
import { areaSchema } from '../common/area.schema.ts';
import { degrees, idOf, instant, kw, metres, pageOf, percent, ratio, speed } from '../common/fields.schema.ts';
import { resourceSchema, windTurbineSchema } from './requests.schema.ts';

/** Formats of wind resources */
export const WIND_FILE_FORMATS = ['csv', 'tab', 'wrg', 'grd'] as const;

const turbine = {
  id: z.string().describe('Id, as `turbines` of a wind job accepts it'),
  name: z.string(),
  is_custom: z.boolean().describe('Whether your organization uploaded it; false: it is a public turbine'),
  rated_kw: kw('Rated power'),
  rotor_diameter_m: metres('Rotor diameter'),
  hub_height_m: metres('Hub height above ground'),
  has_thrust: z.boolean().describe('Whether the turbine has a thrust curve, which wakes require'),
  source: z.string().nullable(),
  licence: z.string().nullable(),
};
export const turbinePageSchema = pageOf(z.strictObject(turbine).meta({ id: 'Turbine' }), 'TurbinePage');

const withCurve = {
  ...turbine,
  air_density_kg_m3: z.number().describe('Air density: that of the power curve [kg/m3]'),
};
export const turbineDetailSchema = z
  .union([
    z
      .strictObject({
        ...withCurve,
        wind_speed_m_s: z.array(z.number()).describe('Wind speed, in rising order [m/s]'),
        power_kw: z.array(z.number()).describe('Power at each wind speed [kW]'),
        thrust_coefficient: z
          .array(z.number())
          .nullable()
          .describe('Thrust coefficient at each wind speed [1]; null: not known'),
      })
      .meta({ id: 'TabulatedTurbine' }),
    z
      .strictObject({
        ...withCurve,
        cut_in_m_s: speed('Cut-in wind speed'),
        rated_speed_m_s: speed('Rated wind speed'),
        cut_out_m_s: speed('Cut-out wind speed'),
        thrust_coefficient: ratio('Thrust coefficient, the same at all wind speeds'),
      })
      .meta({
        id: 'CubicTurbine',
        description: 'A turbine whose power grows with the cube of the wind speed from cut-in to rated',
      }),
  ])
  .meta({ id: 'TurbineDetail', description: 'A turbine and its curves' });

export const wakeModelListSchema = z
  .strictObject({
    data: z.array(
      z
        .strictObject({
          name: z.string().describe('Name, as `wake.model` accepts it'),
          deficit: z.string(),
          superposition: z.string().nullable(),
          turbulence: z.string().nullable().describe('Model of added turbulence'),
          deflection: z.string().describe('Deflection of the wakes of yawed turbines'),
        })
        .meta({ id: 'WakeModel' }),
    ),
  })
  .meta({ id: 'WakeModelList' });

const height_m = metres('Height of the wind speeds above ground').nullable();
const weibull = z
  .strictObject({
    scale_m_s: speed('Scale A'),
    shape: ratio('Shape k'),
    power_density_w_m2: z.number().describe('Mean power density of the wind [W/m2]'),
  })
  .meta({ id: 'WeibullFit' });
const bounds = {
  n_x: z.int(),
  n_y: z.int(),
  min_x_m: metres('Western edge'),
  min_y_m: metres('Southern edge'),
  n_sectors: z.int(),
};
export const windSummarySchema = z
  .union([
    z
      .strictObject({
        height_m,
        n_records: z.int(),
        starts_at: z.iso.datetime().describe('First instant: that of the first record, UTC'),
        ends_at: z.iso.datetime().describe('Last instant: that of the last record, UTC'),
        step_minutes: z.number().describe('Length of a time step [min]'),
        n_records_by_flag: z
          .strictObject({
            ok: z.int(),
            missing: z.int(),
            out_of_range: z.int(),
            stuck: z.int(),
            icing: z.int(),
          })
          .describe('Number of records by flag; only records with the flag ok are used'),
        gaps: z
          .array(z.strictObject({ starts_at: z.iso.datetime(), ends_at: z.iso.datetime(), n_steps: z.int() }))
          .describe('The first 50 gaps'),
        n_gaps: z.int(),
        data_recovery_pct: percent('Usable records as a share of the records that the period should have'),
        wind_speed_mean_m_s: speed('Mean wind speed'),
        weibull_mle: weibull.describe('Weibull fit by maximum likelihood'),
        weibull_wasp: weibull.describe("Weibull fit by WAsP's moments"),
        sectors: z.array(
          z.strictObject({
            wind_direction_deg: degrees('Direction from which the wind comes: centre of the sector'),
            frequency: ratio('Frequency: share of the time [1]'),
            wind_speed_mean_m_s: speed('Mean wind speed').nullable(),
            scale_m_s: speed('Scale A').nullable(),
            shape: ratio('Shape k').nullable(),
          }),
        ),
        shear: z
          .array(
            z.strictObject({
              wind_direction_deg: degrees('Direction from which the wind comes: centre of the sector'),
              n_records: z.int(),
              alpha: ratio('Shear exponent of the power law').nullable(),
              roughness_m: metres('Roughness length').nullable(),
            }),
          )
          .nullable()
          .describe('Shear by sector; null without wind speeds at a lower height'),
        turbulence: z
          .array(
            z.strictObject({
              wind_direction_deg: degrees('Direction from which the wind comes: centre of the sector'),
              n_records: z.int(),
              turbulence_intensity: ratio(
                'Turbulence intensity: mean of the standard deviation divided by the wind speed',
              ).nullable(),
            }),
          )
          .nullable()
          .describe('Turbulence by sector; null without standard deviations'),
        extreme_50_year_m_s: speed(
          'Extreme wind speed with a return period of 50 years, for the averaging time of the records',
        ).nullable(),
      })
      .meta({ id: 'MeasuredWind', description: 'A CSV file of measurements' }),
    z
      .strictObject({
        height_m,
        description: z.string(),
        latitude_deg: degrees('Latitude, positive in the north'),
        longitude_deg: degrees('Longitude, positive in the east'),
        n_sectors: z.int(),
        n_speed_bins: z.int(),
        frequency: z.array(z.number()).describe('Frequency: share of the time, by sector [1]'),
      })
      .meta({ id: 'ObservedWindClimate', description: 'A WAsP .tab file' }),
    z
      .strictObject({
        height_m,
        ...bounds,
        cell_m: metres('Spacing of the grid points'),
        n_points: z.int(),
        power_density_w_m2: z
          .strictObject({ min: z.number(), max: z.number() })
          .describe('Mean power density of the wind, smallest and largest [W/m2]'),
      })
      .meta({ id: 'WindResourceGrid', description: 'A WAsP .wrg file' }),
    z
      .strictObject({ height_m, ...bounds, max_x_m: metres('Eastern edge'), max_y_m: metres('Northern edge') })
      .meta({ id: 'SpeedGrid', description: 'A .grd file of mean wind speeds by sector' }),
  ])
  .meta({ id: 'WindSummary', description: 'Contents of the file' });

export const windResourceSchema = z
  .strictObject({
    id: idOf('windResource', 'Id'),
    name: z.string().describe('Name of the uploaded file'),
    format: z.enum(WIND_FILE_FORMATS),
    sha256: z.string().describe('SHA-256 of the file as it was uploaded'),
    summary: windSummarySchema,
    options: z
      .strictObject({
        height_m: metres('Height of the wind speeds above ground').optional(),
        lower_height_m: metres('Height of wind_speed_lower_m_s above ground').optional(),
      })
      .describe('As stated in the upload'),
    created_at: instant('Uploaded'),
  })
  .meta({ id: 'WindResource' });
export const windResourcePageSchema = pageOf(windResourceSchema, 'WindResourcePage');

const asSent = z.strictObject({
  resource: resourceSchema,
  turbines: z.array(z.strictObject({ curve: windTurbineSchema })),
  layout: z.strictObject({
    x_m: z.array(z.number()),
    y_m: z.array(z.number()),
    turbine_index: z.array(z.int()).optional(),
  }),
  turbulence_intensity: z.union([z.number(), z.array(z.number())]).optional(),
});
export const windIoRequestSchema = z
  .strictObject({
    name: z.string(),
    analyze: asSent.describe('A body for POST /v1/wind/analyze'),
    boundary: areaSchema.describe('Boundary for POST /v1/wind/optimize'),
    exclusions: areaSchema.optional().describe('Exclusions for POST /v1/wind/optimize'),
  })
  .meta({ id: 'WindIoRequest', description: 'A windIO system as parts of request bodies' });
