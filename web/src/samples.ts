/** What a newcomer starts with: weather, a wind site and its wind. */
import { queryOptions } from '@tanstack/react-query';
import sampleUrl from '../../data/weather/723170TYA.CSV.gz?url';
import type { CreateSiteRequest, Site, Weather } from '../../src/client/index.ts';
import { api, queries } from './api.ts';

/** TMY3 of Greensboro, North Carolina, as the repository ships it */
const WEATHER = 'greensboro-tmy3.csv';

export const weatherList = queryOptions({
  queryKey: ['weather'],
  queryFn: () => Array.fromAsync(api.list('/v1/weather')),
});
export const siteList = queryOptions({ queryKey: ['sites'], queryFn: () => Array.fromAsync(api.list('/v1/sites')) });

/** Returns the sample weather of the organization; uploads it when it is first needed. */
export async function sampleWeather(): Promise<Weather> {
  const stored = (await queries.fetchQuery(weatherList)).find(({ name }) => name === WEATHER);
  if (stored) return stored;
  const file = await (await fetch(sampleUrl)).blob();
  const weather = await api.upload('/v1/weather', file, { name: WEATHER });
  await queries.invalidateQueries(weatherList);
  return weather;
}

/** An area of four by three kilometres beside Horns Rev 1 in the North Sea, with a hole */
const SITE: CreateSiteRequest = {
  name: 'Horns Rev sample',
  latitude_deg: 55.49,
  longitude_deg: 7.83,
  boundary: {
    type: 'Polygon',
    coordinates: [
      [
        [7.8, 55.477],
        [7.862, 55.473],
        [7.866, 55.499],
        [7.832, 55.507],
        [7.797, 55.502],
        [7.8, 55.477],
      ],
      [
        [7.822, 55.487],
        [7.822, 55.493],
        [7.834, 55.493],
        [7.834, 55.487],
        [7.822, 55.487],
      ],
    ],
  },
};

/** Returns the sample site of the organization; makes it when it is first needed. */
export async function sampleSite(): Promise<Site> {
  const stored = (await queries.fetchQuery(siteList)).find(({ name }) => name === SITE.name);
  if (stored) return stored;
  const site = await api.request('POST /v1/sites', { body: SITE });
  await queries.invalidateQueries(siteList);
  return site;
}

export interface Sector {
  readonly frequency: number | string;
  readonly scale: number | string;
  readonly shape: number | string;
}
/** Wind at Horns Rev 1, 70 m above the sea: the Weibull parameters of twelve sectors in PyWake's Hornsrev1Site */
export const SAMPLE_WIND: { readonly heightM: number; readonly sectors: readonly Sector[] } = {
  heightM: 70,
  sectors: (
    [
      [0.036, 9.177, 2.393],
      [0.0395, 9.782, 2.447],
      [0.0517, 9.532, 2.412],
      [0.07, 9.91, 2.592],
      [0.0836, 10.043, 2.756],
      [0.0643, 9.594, 2.596],
      [0.0864, 9.584, 2.584],
      [0.1177, 10.515, 2.549],
      [0.1516, 11.399, 2.471],
      [0.1474, 11.687, 2.607],
      [0.1001, 11.637, 2.627],
      [0.0517, 10.088, 2.326],
    ] as const
  ).map(([frequency, scale, shape]) => ({ frequency, scale, shape })),
};
