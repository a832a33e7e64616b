/** The years of weather that a solar job names. */
import { AppError } from '../../contracts/common/app-error.ts';
import type { WeatherDatasets } from '../weather/weather-datasets.ts';

/** Datasets of the same place may differ by one grid cell at most [deg]. */
const SAME_PLACE_DEG = 0.5;

/** @throws AppError `solar.invalid_input` if the years are of different places */
export function requireOnePlace(
  years: readonly { readonly latitude_deg: number; readonly longitude_deg: number }[],
): void {
  const [{ latitude_deg: latitude, longitude_deg: longitude }] = years;
  for (const [k, year] of years.entries()) {
    const east = Math.abs(((year.longitude_deg - longitude + 540) % 360) - 180);
    if (Math.abs(year.latitude_deg - latitude) <= SAME_PLACE_DEG && east <= SAME_PLACE_DEG) continue;
    throw new AppError(
      'solar.invalid_input',
      `weather_ids.${k} is at latitude ${year.latitude_deg}, longitude ${year.longitude_deg}; expected the place of the first one, ${latitude}, ${longitude}, within ${SAME_PLACE_DEG} degrees`,
      { pointer: `/weather_ids/${k}` },
    );
  }
}

export interface StoredYear {
  readonly id: string;
  /** As stored */
  readonly data: Uint8Array;
}

/**
 * Returns the stored years in memory that compute threads share, so that no slice copies them.
 * @throws AppError `solar.invalid_input` where one was deleted since the job was accepted
 */
export const sharedYears = (weather: WeatherDatasets, orgId: string, ids: readonly string[]): Promise<StoredYear[]> =>
  Promise.all(
    ids.map(async (id) => {
      const stored = await weather.data(orgId, id);
      const data = new Uint8Array(new SharedArrayBuffer(stored.length));
      data.set(stored);
      return { id, data };
    }),
  ).catch((cause: unknown) => {
    throw cause instanceof AppError && cause.code === 'request.not_found'
      ? new AppError('solar.invalid_input', 'A weather dataset of this job was deleted', { cause })
      : cause;
  });
