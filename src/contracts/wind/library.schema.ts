/** Turbines, wake models and uploaded wind resources in answers. */

import { z } from 'zod';
import { areaSchema } from '../common/area.schema.ts';
import {
  degrees,
  idOf,
  instant,
  kw,
  metres,
  pageOf,
  percent,
  ratio,
  sourceOfDefault,
  speed,
} from '../common/fields.schema.ts';
import { byColumn, byColumnJson, tableFormat } from '../common/table-query.schema.ts';
import { warningsOf } from '../common/warnings.schema.ts';
import { DEFAULT_GUMBEL_FIT, DEFAULT_WEIBULL_FIT, GUMBEL_FITS, WEIBULL_FITS } from './fits.ts';
import { resourceSchema, shearSchema, windTurbineSchema } from './requests.schema.ts';
import { WAKE_MODEL_NAMES } from './wake-models.ts';
import { WIND_WARNINGS } from './warnings.ts';

/** Formats of wind resources */
export const WIND_FILE_FORMATS = ['csv', 'tab', 'wrg', 'rsf', 'grd', 'lib'] as const;

/** Which methods the summary of a series uses. */
export const fitOptions = {
  weibull_fit: sourceOfDefault(
    z
      .enum(WEIBULL_FITS)
      .optional()
      .describe(
        `Weibull fit of each sector of a series: mle: maximum likelihood; wasp: the moments that WAsP uses; moments and justus: mean and standard deviation; energy_pattern and energy_pattern_akdag: mean and mean cube; default: ${DEFAULT_WEIBULL_FIT}`,
      ),
    'Seguro and Lambert 2000',
  ),
  extreme_wind_fit: sourceOfDefault(
    z
      .enum(GUMBEL_FITS)
      .optional()
      .describe(
        `Extreme wind of a series: how the Gumbel distribution is fitted to the highest speed of each year. pwm: probability-weighted moments; moments; mle: maximum likelihood; default: ${DEFAULT_GUMBEL_FIT}`,
      ),
    'Hosking et al. 1985',
  ),
};

/** How a table of measurements is read, where the file does not say so itself. */
const tableOptions = {
  ...tableFormat,
  utc_offset_h: z.coerce
    .number()
    .min(-14)
    .max(14)
    .optional()
    .describe('Standard time minus UTC, for times that state no offset [h]; if absent, that of the file, otherwise 0'),
  time_label: z
    .enum(['start', 'end'])
    .optional()
    .describe('Whether a time is the start or the end of its record; if absent, as the file says, otherwise the start'),
};
/** The same in a query, with the columns as JSON */
export const tableQuery = {
  ...tableOptions,
  columns: byColumnJson.describe(
    'Columns of the file by the names here, as JSON: `{"wind_speed_m_s": "Spd 100m", "wind_direction_deg": "Dir 98m"}`',
  ),
  column_units: byColumnJson.describe(
    'Units of columns, if the file states none or wrong ones, as JSON: `{"wind_speed_m_s": "km/h"}`',
  ),
};

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
        cut_in_m_s: speed('Cut-in wind speed: the first of the table with power'),
        cut_out_m_s: speed('Cut-out wind speed: the last of the table with power'),
        density_curves: windTurbineSchema.shape.density_curves,
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
    mode_m_s: speed('Most frequent wind speed; absent in older uploads').optional(),
    max_energy_speed_m_s: speed('Wind speed that carries most energy; absent in older uploads').optional(),
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
        columns: byColumn.optional().describe('Columns of the file that are read, by our names'),
        n_calms_without_direction: z
          .int()
          .optional()
          .describe('Number of records below 2 m/s whose direction is missing; they are used'),
        excluded_values: z
          .array(
            z.strictObject({
              column: z.string(),
              n_missing: z.int(),
              n_out_of_range: z.int().describe('Number of values that cannot be, marks for missing values included'),
              example: z.number().nullable().describe('First of the values out of range'),
            }),
          )
          .optional()
          .describe('Values that are not used, by column'),
        months: z
          .array(
            z.strictObject({
              month: z.string().describe('Month, such as 2025-01'),
              coverage_pct: percent('Usable records as a share of the records of the month'),
            }),
          )
          .optional(),
        n_months_covered: z
          .int()
          .optional()
          .describe('Number of months of the year of which at least half is usable, in any year'),
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
        weibull_mle: weibull
          .nullable()
          .describe('Weibull fit by maximum likelihood; null if none fits, for example because the speeds are equal'),
        weibull_wasp: weibull.nullable().describe("Weibull fit by WAsP's moments; null if none fits"),
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
          'Extreme wind speed with a return period of 50 years, for the averaging time of the records; null for fewer than three years, and if the highest speeds of all years are equal',
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
      .meta({ id: 'WindResourceGrid', description: 'A WAsP .wrg file, or a .rsf whose points fill a grid' }),
    z
      .strictObject({
        height_m,
        n_points: z.int(),
        n_sectors: z.int(),
        x_m: z.array(z.number()).describe('Eastings of the points [m]'),
        y_m: z.array(z.number()).describe('Northings of the points [m]'),
      })
      .meta({ id: 'WindResourcePoints', description: 'A WAsP .rsf file of single places' }),
    z
      .strictObject({
        height_m,
        description: z.string(),
        latitude_deg: degrees('Latitude, positive in the north').nullable(),
        longitude_deg: degrees('Longitude, positive in the east').nullable(),
        roughness_m: z.array(z.number()).describe('Roughness lengths of the file; 0 is water [m]'),
        heights_m: z.array(z.number()).describe('Heights of the file above ground [m]'),
        n_sectors: z.int(),
      })
      .meta({ id: 'GeneralisedWindClimate', description: 'A .lib file of the Global Wind Atlas or of WAsP' }),
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
        ...fitOptions,
        ...tableOptions,
        columns: byColumn.optional(),
        column_units: byColumn.optional(),
      })
      .describe('As stated in the upload'),
    warnings: warningsOf(WIND_WARNINGS, 'WindWarning'),
    created_at: instant('Uploaded'),
  })
  .meta({ id: 'WindResource' });
export const windResourcePageSchema = pageOf(windResourceSchema, 'WindResourcePage');

const notUsed = z.array(z.strictObject({ path: z.string(), reason: z.string() }));
export const uploadedTurbineSchema = z
  .strictObject({
    turbine: turbineDetailSchema,
    not_used: notUsed.describe(
      'What the document has and the request does not: parts of the file that the turbine lacks',
    ),
  })
  .meta({ id: 'UploadedTurbine' });

const asSent = z.strictObject({
  resource: resourceSchema,
  turbines: z.array(z.strictObject({ curve: windTurbineSchema })),
  layout: z.strictObject({
    x_m: z.array(z.number()),
    y_m: z.array(z.number()),
    turbine_index: z.array(z.int()).optional(),
  }),
  turbulence_intensity: z.union([z.number(), z.array(z.number())]).optional(),
  shear: shearSchema.optional(),
  air_density_kg_m3: z.number().optional(),
  wake: z
    .strictObject({
      model: z.enum(WAKE_MODEL_NAMES).optional(),
      superposition: z.enum(['linear', 'squared_sum', 'max']).optional(),
      turbulence: z.enum(['none', 'crespo_hernandez', 'stf2017']).optional(),
      deflection: z.enum(['jimenez', 'gauss']).optional(),
      blockage: z.enum(['none', 'self_similar']).optional(),
    })
    .optional(),
});
export const windIoRequestSchema = z
  .strictObject({
    name: z.string(),
    analyze: asSent.describe('A body for POST /v1/wind/analyze'),
    boundary: areaSchema.describe('Boundary for POST /v1/wind/optimize'),
    exclusions: areaSchema.optional().describe('Exclusions for POST /v1/wind/optimize'),
    not_used: z
      .array(z.strictObject({ path: z.string().describe('JSON pointer into the document'), reason: z.string() }))
      .describe('What the document has and the request does not'),
  })
  .meta({ id: 'WindIoRequest', description: 'A windIO system as parts of request bodies' });
