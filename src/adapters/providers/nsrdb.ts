/**
 * NSRDB, the National Solar Radiation Database: GOES aggregated v4 (1998 on, half-hourly, 4 km) and its typical year, for
 * the Americas, as SAM csv. Needs a developer key and an email address.
 * A key is free at developer.nlr.gov/signup.
 * @see developer.nlr.gov/docs/solar/nsrdb (nsrdb-GOES-aggregated-v4-0-0-download, nsrdb-GOES-tmy-v4-0-0-download)
 */
import type { ProviderOptions, WeatherProvider } from './provider.ts';
import { addressOf, createProvider, jsonReason } from './provider.ts';

const NSRDB_BASE_URL = 'https://developer.nlr.gov/api/nsrdb/v2/solar/';
const ATTRIBUTES = 'air_temperature,dew_point,dhi,dni,ghi,surface_albedo,surface_pressure,wind_direction,wind_speed';

export interface NsrdbOptions<Year> extends ProviderOptions<Year> {
  readonly baseUrl?: string;
  readonly apiKey?: string;
  /** The service requires one with each request. */
  readonly email?: string;
  /** Step of calendar years [min]: 60 (default) or 30; typical years are hourly. */
  readonly stepMinutes?: 30 | 60;
}

export function nsrdbProvider<Year>(options: NsrdbOptions<Year> = {}): WeatherProvider<Year> {
  const { baseUrl = NSRDB_BASE_URL, apiKey, email, stepMinutes = 60 } = options;
  return createProvider(
    {
      name: 'nsrdb',
      title: 'NSRDB',
      attribution: 'National Solar Radiation Database (NSRDB), PSM v4, U.S. Department of Energy / NREL',
      firstYear: 1998,
      hasTypicalYear: true,
      format: 'sam-csv',
      reasonOf: (_, body) => jsonReason(body, 'errors', 'error.message', 'message'),
      urlOf: (latitude, longitude, period) =>
        addressOf(
          baseUrl,
          period === 'typical' ? 'nsrdb-GOES-tmy-v4-0-0-download.csv' : 'nsrdb-GOES-aggregated-v4-0-0-download.csv',
          {
            wkt: `POINT(${longitude} ${latitude})`,
            names: period === 'typical' ? 'tmy' : String(period),
            attributes: ATTRIBUTES,
            leap_day: period === 'typical' ? 'false' : 'true',
            utc: 'false',
            interval: String(period === 'typical' ? 60 : stepMinutes),
          },
        ),
      missing: [apiKey ? '' : 'NLR_API_KEY', email ? '' : 'NLR_EMAIL'].filter((name) => name !== ''),
      authorize: (url) => {
        if (apiKey === undefined || email === undefined) return url;
        url.searchParams.set('api_key', apiKey);
        url.searchParams.set('email', email);
        url.searchParams.set('mailing_list', 'false');
        return url;
      },
    },
    options,
  );
}
