/** Weather datasets as they are answered. */
import { z } from 'zod';
import { degrees, idOf, instant, metres, pageOf } from '../common/fields.schema.ts';

const irradiation = (description: string) => z.number().describe(`${description} of the year [kWh/m2]`);

const gapsSchema = z
  .strictObject({
    missing_records: z.int().describe('Time steps that the file lacks'),
    missing_values: z.int().describe('Empty or marked cells in records that exist'),
    interpolated_values: z.int().describe('Values written by linear interpolation'),
    longest_gap_minutes: z.number().describe('Longest interpolated gap [min]'),
    dropped_columns: z.array(z.string()).describe('Optional columns left out because they are absent too long'),
    clipped_negatives: z.int().describe('Small negative irradiances (night offset) set to 0'),
    leap_day_records_dropped: z.int().describe('Records of 29 February left out of a typical year'),
  })
  .meta({ id: 'WeatherGaps', description: 'What the file lacked and what was done about it' });

export const weatherSchema = z
  .strictObject({
    id: idOf('weather', 'Id'),
    site_id: idOf('site', 'The site it was uploaded for').nullable(),
    name: z.string().describe('Name of the file'),
    format: z.string().describe('tmy3, tm2, epw, sam-csv, pvgis-csv, pvgis-json, nasa-power-json, open-meteo-json'),
    sha256: z.string().describe('Of the file as it was sent'),
    latitude_deg: degrees('North positive'),
    longitude_deg: degrees('East positive'),
    elevation_m: metres('Above sea level'),
    utc_offset_h: z.number().describe("Standard time of the file's clock minus UTC [h]"),
    step_minutes: z.int().describe('Length of a record [min]'),
    row_count: z.int().describe('Records'),
    summary: z.strictObject({
      ghi_annual_kwh_m2: irradiation('Global horizontal irradiation'),
      dni_annual_kwh_m2: irradiation('Direct normal irradiation'),
      dhi_annual_kwh_m2: irradiation('Diffuse horizontal irradiation'),
      temp_air_mean_c: z.number().describe('Mean air temperature [degC]'),
      wind_speed_mean_m_s: z.number().describe('Mean wind speed [m/s]'),
      gaps: gapsSchema,
      source: z
        .strictObject({
          format: z.string(),
          name: z.string(),
          station: z.string().optional().describe('Station or place as the file names it'),
          typical_year: z.boolean().describe('Whether the months come from different years'),
          year_of_month: z.array(z.int()).describe('Calendar year of each month, January first'),
          notes: z.array(z.string()).describe('What the reader had to decide'),
        })
        .meta({ id: 'WeatherSource' }),
      provider: z
        .strictObject({
          name: z.string(),
          title: z.string(),
          period: z.union([z.literal('typical'), z.int()]).describe('What it was asked for'),
          attribution: z.string().describe('The credit that its terms ask for'),
        })
        .optional()
        .meta({ id: 'WeatherOrigin', description: 'Of a dataset that was fetched' }),
    }),
    created_at: instant('Uploaded'),
  })
  .meta({ id: 'Weather', description: 'A year of weather: its place, sums, gaps and origin' });
export const weatherPageSchema = pageOf(weatherSchema, 'WeatherPage');

export const fetchedWeatherSchema = weatherSchema
  .extend({ cached: z.boolean().describe("Whether the provider's answer came from the cache") })
  .meta({ id: 'FetchedWeather', description: 'A year of weather that was fetched from a provider' });

export const weatherProvidersSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        name: z.string().describe('As `provider` of a fetch'),
        title: z.string(),
        attribution: z.string().describe('The credit that its terms ask for'),
        first_year: z.int().describe('First calendar year'),
        typical_year: z.boolean().describe('Whether it makes typical meteorological years'),
        configured: z.boolean().describe('Whether this installation has what it asks for'),
      }),
    ),
  })
  .meta({ id: 'WeatherProviders' });
