import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { clearSkyQuerySchema, clearSkySchema, MAX_CLEAR_SKY_STEPS } from '../../contracts/solar/clear-sky.schema.ts';
import { clearSky } from '../../solar/sun/clear-sky.ts';
import { endpoint } from '../endpoint.ts';

/** Returns the instants of a query, at most MAX_CLEAR_SKY_STEPS. */
function instantsOf({
  starts_at: from,
  ends_at: to,
  step_minutes: step,
}: z.output<typeof clearSkyQuerySchema>): Float64Array {
  const first = Date.parse(from);
  const count = Math.floor((Date.parse(to) - first) / (step * 60_000)) + 1;
  if (!(count >= 1 && count <= MAX_CLEAR_SKY_STEPS))
    throw new AppError(
      'request.invalid',
      `/ends_at: ${from} to ${to} by ${step} min are ${Math.max(count, 0)} instants; expected 1 to ${MAX_CLEAR_SKY_STEPS}`,
      { pointer: '/ends_at' },
    );
  return Float64Array.from({ length: count }, (_, i) => first + i * step * 60_000);
}

export const solarRoutes = () => [
  endpoint({
    id: 'clearSky',
    method: 'get',
    path: '/v1/solar/clear-sky',
    tag: 'Solar',
    summary: "Compute the sun's position and clear-sky irradiance with Ineichen's or Haurwitz's model",
    scope: 'jobs:read',
    query: clearSkyQuerySchema,
    response: clearSkySchema,
    errors: ['solar.invalid_input'],
    handler: async ({ query }) => {
      const times = instantsOf(query);
      const sky = clearSky(
        times,
        {
          latitudeDeg: query.latitude_deg,
          longitudeDeg: query.longitude_deg,
          elevationM: query.elevation_m,
          linkeTurbidity: query.linke_turbidity,
        },
        query.model,
      );
      return {
        model: query.model,
        data: Array.from(times, (time, i) => ({
          time: new Date(time).toISOString(),
          apparent_zenith_deg: sky.apparentZenithDeg[i],
          azimuth_deg: sky.azimuthDeg[i],
          ghi_w_m2: sky.ghiWm2[i],
          dni_w_m2: sky.dniWm2?.[i] ?? null,
          dhi_w_m2: sky.dhiWm2?.[i] ?? null,
        })),
      };
    },
  }),
];
