/** Weather datasets in answers. */
import { z } from 'zod';
import { degrees, idOf, instant, metres, pageOf } from '../common/fields.schema.ts';
import { warningsOf } from '../common/warnings.schema.ts';
import { WEATHER_WARNINGS } from './warnings.ts';

const irradiation = (description: string) => z.number().describe(`${description} of the year [kWh/m2]`);

const gapsSchema = z
  .strictObject({
    n_missing_records: z.int().describe('Time steps that the file does not have'),
    n_missing_values: z.int().describe('Empty or marked cells in existing records'),
    n_interpolated_values: z.int().describe('Values filled by linear interpolation'),
    longest_gap_minutes: z.number().describe('Longest gap that was interpolated [min]'),
    dropped_columns: z
      .array(z.string())
      .describe('Optional columns that were left out because too many of their values are missing'),
    n_clipped_negatives: z.int().describe('Small negative irradiances (night offset) that were set to 0'),
    n_leap_day_records_dropped: z.int().describe('Records of 29 February that were removed from a typical year'),
  })
  .meta({ id: 'WeatherGaps', description: 'What was missing in the file and how it was handled' });

export const weatherSchema = z
  .strictObject({
    id: idOf('weather', 'Id'),
    site_id: idOf('site', 'Site: the dataset belongs to it').nullable(),
    name: z.string().describe('Name of the dataset'),
    format: z
      .string()
      .describe(
        'tmy3, tm2, epw, sam-csv, pvgis-csv, pvgis-json, nasa-power-json, open-meteo-json, solaranywhere, solargis, solcast, cams, surfrad, bsrn, pvsyst, csv',
      ),
    sha256: z.string().describe('SHA-256 of the file as it was uploaded, or as the provider sent it'),
    latitude_deg: degrees('Latitude, positive in the north'),
    longitude_deg: degrees('Longitude, positive in the east'),
    elevation_m: metres('Elevation above sea level'),
    utc_offset_h: z.number().describe("Standard time minus UTC, of the file's clock [h]"),
    step_minutes: z.int().describe('Length of a time step [min]'),
    n_records: z.int().describe('Number of records'),
    summary: z.strictObject({
      ghi_annual_kwh_m2: irradiation('Global horizontal irradiation'),
      dni_annual_kwh_m2: irradiation('Direct normal irradiation'),
      dhi_annual_kwh_m2: irradiation('Diffuse horizontal irradiation'),
      temp_air_mean_c: z.number().describe('Mean air temperature [degC]'),
      temp_air_min_c: z
        .number()
        .optional()
        .describe('Lowest air temperature [degC]; absent in datasets that were stored before it was computed'),
      wind_speed_mean_m_s: z.number().describe('Mean wind speed [m/s]'),
      rain_annual_mm: z
        .number()
        .optional()
        .describe('Rain of the year [mm]; absent without a column of it, and in older datasets'),
      snow_depth_max_cm: z
        .number()
        .optional()
        .describe('Deepest snow on the ground [cm]; absent without a column of it, and in older datasets'),
      gaps: gapsSchema,
      source: z
        .strictObject({
          format: z.string(),
          name: z.string(),
          station: z.string().optional().describe('Name of the station or place in the file'),
          is_typical_year: z.boolean().describe('Whether the months come from different years'),
          year_of_month: z.array(z.int()).describe('Calendar year of each month; January is first'),
          notes: z.array(z.string()).describe('Decisions that the reader made where the file was ambiguous'),
        })
        .meta({ id: 'WeatherSource' }),
      provider: z
        .strictObject({
          name: z.string(),
          title: z.string(),
          period: z
            .union([z.literal('typical'), z.int()])
            .describe("A calendar year, or 'typical' for a typical meteorological year"),
          attribution: z.string().describe("The credit that the provider's terms require"),
        })
        .optional()
        .meta({
          id: 'WeatherOrigin',
          description: 'Provider, request and credit of a dataset that was fetched; null for an uploaded file',
        }),
    }),
    warnings: warningsOf(WEATHER_WARNINGS, 'WeatherWarning'),
    created_at: instant('Uploaded'),
  })
  .meta({ id: 'Weather', description: 'A year of weather with its place, sums, gaps and origin' });
export const weatherPageSchema = pageOf(weatherSchema, 'WeatherPage');

export const fetchedWeatherSchema = weatherSchema
  .extend({ is_cached: z.boolean().describe("Whether the provider's answer came from the cache") })
  .meta({ id: 'FetchedWeather', description: 'A year of weather that was fetched from a provider' });

export const weatherProvidersSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        name: z.string().describe('Name, as `provider` of a request takes it'),
        title: z.string(),
        attribution: z.string().describe("The credit that the provider's terms require"),
        first_year: z.int().describe('First calendar year that the provider has'),
        has_typical_year: z.boolean().describe('Whether the provider has typical meteorological years'),
        is_configured: z.boolean().describe('Whether this installation is configured for the provider'),
      }),
    ),
  })
  .meta({ id: 'WeatherProviders' });
