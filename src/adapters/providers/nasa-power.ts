/**
 * NASA POWER: hourly since 2001, the whole Earth on a grid of 1 degree (irradiance, CERES) and 0.5 x 0.625 degrees
 * (meteorology, MERRA-2), as JSON. No key.
 * @see power.larc.nasa.gov/docs/services/api/temporal/hourly
 */
import { NASA_POWER_PARAMETERS } from '../../weather/formats/nasa-power.ts';
import type { ProviderOptions, WeatherProvider } from './provider.ts';
import { addressOf, createProvider, jsonReason } from './provider.ts';

const NASA_POWER_BASE_URL = 'https://power.larc.nasa.gov/api/';

export interface NasaPowerOptions<Year> extends ProviderOptions<Year> {
  readonly baseUrl?: string;
}

export function nasaPowerProvider<Year>(options: NasaPowerOptions<Year> = {}): WeatherProvider<Year> {
  const { baseUrl = NASA_POWER_BASE_URL } = options;
  return createProvider(
    {
      name: 'nasa_power',
      title: 'NASA POWER',
      attribution:
        'NASA Langley Research Center (LaRC) POWER Project, funded through the NASA Earth Science Directorate',
      firstYear: 2001,
      hasTypicalYear: false,
      format: 'nasa-power-json',
      reasonOf: (_, body) => jsonReason(body, 'messages', 'detail', 'message'),
      urlOf: (latitude, longitude, period) =>
        addressOf(baseUrl, 'temporal/hourly/point', {
          parameters: Object.keys(NASA_POWER_PARAMETERS).join(','),
          community: 'RE',
          latitude,
          longitude,
          start: `${period}0101`,
          end: `${period}1231`,
          format: 'JSON',
          'time-standard': 'UTC',
          header: 'true',
        }),
    },
    options,
  );
}
