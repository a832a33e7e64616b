/** The weather that a newcomer starts with: TMY3 of Greensboro, North Carolina, as the repository ships it. */
import { queryOptions } from '@tanstack/react-query';
import sampleUrl from '../../data/weather/723170TYA.CSV.gz?url';
import type { Weather } from '../../src/client/index.ts';
import { api, queries } from './api.ts';

const NAME = 'greensboro-tmy3.csv';

export const weatherList = queryOptions({
  queryKey: ['weather'],
  queryFn: () => Array.fromAsync(api.list('/v1/weather')),
});

/** Returns the sample weather of the organization; uploads it when it is first needed. */
export async function sampleWeather(): Promise<Weather> {
  const stored = (await queries.fetchQuery(weatherList)).find(({ name }) => name === NAME);
  if (stored) return stored;
  const file = await (await fetch(sampleUrl)).blob();
  const weather = await api.upload('/v1/weather', file, { name: NAME });
  await queries.invalidateQueries(weatherList);
  return weather;
}
