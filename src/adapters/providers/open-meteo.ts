/**
 * Open-Meteo's archive: ERA5 and ERA5-Land since 1940, the whole Earth, hourly, as JSON. Free without a key for
 * non-commercial use; customers have an address and key of their own.
 * @see open-meteo.com/en/docs/historical-weather-api
 */
import { OPEN_METEO_VARIABLES } from '../../weather/formats/open-meteo.ts';
import type { ProviderOptions, WeatherProvider } from './provider.ts';
import { addressOf, createProvider, jsonReason } from './provider.ts';

const OPEN_METEO_BASE_URL = 'https://archive-api.open-meteo.com/v1/';

export interface OpenMeteoOptions<Year> extends ProviderOptions<Year> {
  readonly baseUrl?: string;
  readonly apiKey?: string;
}

export function openMeteoProvider<Year>(options: OpenMeteoOptions<Year> = {}): WeatherProvider<Year> {
  const { baseUrl = OPEN_METEO_BASE_URL, apiKey } = options;
  return createProvider(
    {
      name: 'open_meteo',
      title: 'Open-Meteo',
      attribution: 'Weather data by Open-Meteo.com (CC BY 4.0), from ERA5 (Copernicus Climate Change Service)',
      firstYear: 1940,
      hasTypicalYear: false,
      format: 'open-meteo-json',
      reasonOf: (_, body) => jsonReason(body, 'reason', 'message'),
      urlOf: (latitude, longitude, period) =>
        addressOf(baseUrl, 'archive', {
          latitude,
          longitude,
          start_date: `${period}-01-01`,
          // Stamps end their hour: the year's last hour is stamped 1 January 00:00.
          end_date: `${Number(period) + 1}-01-01`,
          hourly: Object.keys(OPEN_METEO_VARIABLES).join(','),
          wind_speed_unit: 'ms',
          timezone: 'GMT',
        }),
      ...(apiKey === undefined
        ? {}
        : {
            authorize: (url: URL) => {
              url.searchParams.set('apikey', apiKey);
              return url;
            },
          }),
    },
    options,
  );
}
