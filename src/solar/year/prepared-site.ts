/** A site that each thread prepares once for all tasks at it. */
import type { PreparedSite, PrepareOptions } from './simulate.ts';
import { prepareSite } from './simulate.ts';
import { decodeWeather } from '../../weather/weather-bytes.ts';

/** Maximum number of steps of all cached years: 50 years of hours, about 125 MB; a single longer year is cached too. */
const REMEMBERED_STEPS = 500_000;
const sites = new Map<string, PreparedSite>();
let remembered = 0;

/** Returns a year of weather prepared by `prepareSite`. A thread keeps the years that it used last. */
export function preparedSite(weather: { id: string; data: Uint8Array }, options: PrepareOptions): PreparedSite {
  const { id, data } = weather;
  const key = `${id} ${options.decomposition} ${options.edgeSteps}`;
  let site = sites.get(key);
  if (site === undefined) {
    site = prepareSite(decodeWeather(Buffer.from(data.buffer, data.byteOffset, data.byteLength)), options);
    remembered += site.weather.timeMs.length;
  }
  sites.delete(key); // and to the end: the first of the map is the one used longest ago
  sites.set(key, site);
  for (const [oldest, { weather: year }] of sites) {
    if (remembered <= REMEMBERED_STEPS || oldest === key) break;
    sites.delete(oldest);
    remembered -= year.timeMs.length;
  }
  return site;
}
