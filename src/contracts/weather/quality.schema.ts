/** The quality of a weather dataset in answers. */
import { z } from 'zod';
import { warningsOf } from '../common/warnings.schema.ts';
import { WEATHER_WARNINGS } from './warnings.ts';

const twelve = (description: string) => z.array(z.number()).length(12).describe(`${description}; January is first`);
const sums = (what: string) => twelve(`${what} of each month [kWh/m2]`);
const hours = (description: string) => z.array(z.number()).length(24).describe(`${description} [W/m2]`);
const shift = (description: string) => z.number().describe(`${description} [h]`);
const residual = (description: string) =>
  z.number().nullable().describe(`${description} [1]; null without direct irradiance`);

export const weatherQualitySchema = z
  .strictObject({
    closure_pct: z
      .number()
      .nullable()
      .describe(
        'Closure: direct irradiance on the horizontal plus diffuse, less global, as a share of global [%]; null without irradiance',
      ),
    monthly_closure_pct: z
      .array(z.number().nullable())
      .length(12)
      .describe('Closure of each month [%]; January is first; null for a month without irradiance'),
    clock: z
      .strictObject({
        residual: residual('Residual of the closure with the clock of the file, as a share of the direct irradiance'),
        shift_h: shift('Hours to add to the clock for the smallest residual').nullable(),
        shifted_residual: residual('Residual with that shift'),
        noon_shift_h: shift('Hours to add to the clock by the noon of clear days: median').nullable(),
        noon_shift_lower_h: shift('Lower quartile of the clear days').nullable(),
        noon_shift_upper_h: shift('Upper quartile of the clear days').nullable(),
        n_clear_days: z.int().describe('Number of clear days'),
      })
      .meta({ id: 'WeatherClock', description: 'How well the clock of a file fits the sun at its place' }),
    monthly_ghi_kwh_m2: sums('Global horizontal irradiation'),
    monthly_dni_kwh_m2: sums('Direct normal irradiation'),
    monthly_dhi_kwh_m2: sums('Diffuse horizontal irradiation'),
    monthly_clear_sky_ghi_kwh_m2: sums('Global horizontal irradiation of a clear sky'),
    mean_day: z
      .strictObject({
        ghi_w_m2: hours('Global horizontal irradiance'),
        closed_ghi_w_m2: hours('Direct irradiance on the horizontal plus diffuse'),
        clear_sky_ghi_w_m2: hours('Global horizontal irradiance of a clear sky'),
      })
      .describe("Means of each hour of the day by the clock of the file, which starts at 0 o'clock"),
    clear_sky_index_upper: z
      .number()
      .nullable()
      .describe('Daily clear-sky index that 5 % of the days exceed [1]; null if the sun stays below 15 degrees'),
    clear_sky_index_median: z.number().nullable().describe('Median of the daily clear-sky index [1]'),
    night_pct: z.number().describe('Share of the global irradiation with the sun below the horizon [%]'),
    impossible_pct: z.number().describe('Share of the records by day above the limits of what is possible [%]'),
    max_ghi_w_m2: z.number().describe('Largest global horizontal irradiance [W/m2]'),
    max_dni_w_m2: z.number().describe('Largest direct normal irradiance [W/m2]'),
    max_dhi_w_m2: z.number().describe('Largest diffuse horizontal irradiance [W/m2]'),
    temp_air_min_c: z.number().describe('Lowest air temperature [degC]'),
    temp_air_mean_c: z.number().describe('Mean air temperature [degC]'),
    temp_air_max_c: z.number().describe('Highest air temperature [degC]'),
    wind_speed_mean_m_s: z.number().describe('Mean wind speed [m/s]'),
    wind_speed_max_m_s: z.number().describe('Highest wind speed [m/s]'),
    pressure_mean_pa: z.number().nullable().describe('Mean air pressure at the ground [Pa]; null if the file has none'),
    missing_pct: z.number().describe('Share of the values that were missing and filled [%]'),
    warnings: warningsOf(WEATHER_WARNINGS, 'WeatherWarning'),
  })
  .meta({ id: 'WeatherQuality', description: 'How good a year of weather is: figures and doubts' });
export type WeatherQualityAnswer = z.output<typeof weatherQualitySchema>;
