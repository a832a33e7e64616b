/** All providers by name, made from the configuration. */
import type { WeatherYear } from '../../weather/series.ts';
import { nasaPowerProvider } from './nasa-power.ts';
import { nsrdbProvider } from './nsrdb.ts';
import { openMeteoProvider } from './open-meteo.ts';
import type { ProviderName, ProviderOptions, WeatherProvider } from './provider.ts';
import { pvgisProvider } from './pvgis.ts';

export type {
  ProvidedWeather,
  ProviderName,
  ProviderOptions,
  WeatherProvider,
  WeatherRequest,
} from './provider.ts';
export { PROVIDER_NAMES } from './provider.ts';

export interface ProviderAddresses {
  readonly nsrdb?: { readonly baseUrl?: string; readonly apiKey?: string; readonly email?: string };
  readonly pvgis?: { readonly baseUrl?: string };
  readonly nasa_power?: { readonly baseUrl?: string };
  readonly open_meteo?: { readonly baseUrl?: string; readonly apiKey?: string };
}

export type Providers<Year> = Readonly<Record<ProviderName, WeatherProvider<Year>>>;

export function createProviders<Year = WeatherYear>(
  addresses: ProviderAddresses = {},
  options: ProviderOptions<Year> = {},
): Providers<Year> {
  return {
    nsrdb: nsrdbProvider({ ...options, ...addresses.nsrdb }),
    pvgis: pvgisProvider({ ...options, ...addresses.pvgis }),
    nasa_power: nasaPowerProvider({ ...options, ...addresses.nasa_power }),
    open_meteo: openMeteoProvider({ ...options, ...addresses.open_meteo }),
  };
}
