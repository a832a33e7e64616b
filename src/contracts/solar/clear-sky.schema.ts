/** Query and answer of GET /v1/solar/clear-sky. */
import { z } from 'zod';
import { instantText, ownChoice, sourceOfDefault, withDefault } from '../common/fields.schema.ts';

export const MAX_CLEAR_SKY_STEPS = 9000;
const number = (min: number, max: number, description: string) =>
  z.coerce.number().min(min).max(max).describe(`${description}; ${min} to ${max}`);

export const clearSkyQuerySchema = z.strictObject({
  latitude_deg: number(-90, 90, 'Latitude, positive in the north [deg]'),
  longitude_deg: number(-180, 180, 'Longitude, positive in the east [deg]'),
  elevation_m: withDefault(number(-450, 9000, 'Elevation above sea level [m]'), 0, ownChoice('sea level')),
  starts_at: instantText.describe('First instant, ISO 8601'),
  ends_at: instantText.describe('Last instant; with `starts_at` and `step_minutes` at most 9,000 instants'),
  step_minutes: withDefault(number(1, 1440, 'Length of a time step [min]'), 60, ownChoice('hourly')),
  model: withDefault(z.enum(['ineichen', 'haurwitz']), 'ineichen', 'pvlib, Location.get_clearsky'),
  linke_turbidity: sourceOfDefault(
    number(1, 15, 'Linke turbidity at air mass 2 [1]; default: a worldwide monthly table').optional(),
    'pvlib, clearsky.lookup_linke_turbidity',
  ),
});

const wm2 = (description: string) => z.number().describe(`${description} [W/m2]`);
export const clearSkySchema = z
  .strictObject({
    model: z.enum(['ineichen', 'haurwitz']),
    data: z.array(
      z.strictObject({
        time: z.string().describe('Instant, UTC'),
        apparent_zenith_deg: z.number().describe('Apparent zenith angle of the sun, with refraction [deg]'),
        azimuth_deg: z.number().describe('Azimuth of the sun, clockwise from north [deg]'),
        ghi_w_m2: wm2('Global horizontal irradiance'),
        dni_w_m2: wm2('Direct normal irradiance; null with the haurwitz model').nullable(),
        dhi_w_m2: wm2('Diffuse horizontal irradiance; null with the haurwitz model').nullable(),
      }),
    ),
  })
  .meta({ id: 'ClearSky' });
