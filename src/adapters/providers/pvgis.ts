/**
 * PVGIS 5.3 of the Joint Research Centre: typical years and hourly series since 2005 for Europe, Africa, most of Asia and
 * the Americas, as JSON. No key; 30 calls a second from one address.
 * @see PVGIS, "API non-interactive service"
 */
import type { ProviderOptions, WeatherProvider } from './provider.ts';
import { addressOf, createProvider, jsonReason } from './provider.ts';

const PVGIS_BASE_URL = 'https://re.jrc.ec.europa.eu/api/v5_3/';

export interface PvgisOptions<Year> extends ProviderOptions<Year> {
  readonly baseUrl?: string;
}

export function pvgisProvider<Year>(options: PvgisOptions<Year> = {}): WeatherProvider<Year> {
  const { baseUrl = PVGIS_BASE_URL } = options;
  return createProvider(
    {
      name: 'pvgis',
      title: 'PVGIS',
      attribution: 'PVGIS (c) European Union, 2001-2025',
      firstYear: 2005,
      hasTypicalYear: true,
      format: 'pvgis-json',
      reasonOf: (_, body) => jsonReason(body, 'message'),
      urlOf: (lat, lon, period) =>
        period === 'typical'
          ? addressOf(baseUrl, 'tmy', { lat, lon, outputformat: 'json' })
          : addressOf(baseUrl, 'seriescalc', {
              lat,
              lon,
              startyear: String(period),
              endyear: String(period),
              // A horizontal plane with its components, from which GHI, DHI and DNI follow.
              components: '1',
              angle: '0',
              outputformat: 'json',
            }),
    },
    options,
  );
}
