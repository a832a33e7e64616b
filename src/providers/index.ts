/** All providers by name, made from the configuration. */
import { nasaPowerProvider } from './nasa-power.ts';
import { nsrdbProvider } from './nsrdb.ts';
import { openMeteoProvider } from './open-meteo.ts';
import type { ProviderName, ProviderOptions, WeatherProvider } from './provider.ts';
import { pvgisProvider } from './pvgis.ts';

export type {
  ProvidedWeather,
  ProviderEvent,
  ProviderName,
  ProviderOptions,
  WeatherCache,
  WeatherProvider,
  WeatherRequest,
} from './provider.ts';
export { CACHE_TTL_S, PROVIDER_NAMES } from './provider.ts';

export interface ProviderAddresses {
  readonly nsrdb?: { readonly baseUrl?: string; readonly apiKey?: string; readonly email?: string };
  readonly pvgis?: { readonly baseUrl?: string };
  readonly nasaPower?: { readonly baseUrl?: string };
  readonly openMeteo?: { readonly baseUrl?: string };
}

export function createProviders(
  addresses: ProviderAddresses = {},
  options: ProviderOptions = {},
): Readonly<Record<ProviderName, WeatherProvider>> {
  return {
    nsrdb: nsrdbProvider({ ...options, ...addresses.nsrdb }),
    pvgis: pvgisProvider({ ...options, ...addresses.pvgis }),
    'nasa-power': nasaPowerProvider({ ...options, ...addresses.nasaPower }),
    'open-meteo': openMeteoProvider({ ...options, ...addresses.openMeteo }),
  };
}
