/** A site prepared once a thread, for all tasks at it. */
import type { PreparedSite, PrepareOptions } from '../solar/simulate.ts';
import { prepareSite } from '../solar/simulate.ts';
import { decodeWeather } from './weather-bytes.ts';

const REMEMBERED_SITES = 16;
const sites = new Map<string, PreparedSite>();

export function preparedSite(weather: { id: string; data: Uint8Array }, options: PrepareOptions): PreparedSite {
  const { id, data } = weather;
  const key = `${id} ${options.decomposition} ${options.edgeSteps}`;
  let site = sites.get(key);
  if (site === undefined)
    site = prepareSite(decodeWeather(Buffer.from(data.buffer, data.byteOffset, data.byteLength)), options);
  sites.delete(key); // and to the end: the first of the map is the one used longest ago
  sites.set(key, site);
  if (sites.size > REMEMBERED_SITES) sites.delete(sites.keys().next().value!);
  return site;
}
