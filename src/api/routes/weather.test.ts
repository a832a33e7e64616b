/** The upload of a table as the handler reads it: from the text of the query to the stored row. */
import { expect, test } from '@jest/globals';
import type { Request } from 'express';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { solcastText } from '../../../test/support/provider-files.ts';
import { parseConfig } from '../../adapters/config/config.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { WeatherRow } from '../../adapters/database/tables/weather.ts';
import { WeatherDatasets } from '../../services/weather/weather-datasets.ts';
import { parseWeather } from '../../weather/parse.ts';
import { WEATHER_TASKS } from '../../weather/tasks.ts';
import type { Call } from '../endpoint.ts';
import type { Services } from '../services.ts';
import { weatherRoutes } from './weather.ts';

const SITE = { latitude_deg: 36.1, longitude_deg: -79.95, elevation_m: 273 };
const year = parseWeather(weatherFile(WEATHER.greensboro), { name: 'greensboro' });
/** A table that no format is recognised in */
const table = solcastText(year)
  .replace('period_end,period,air_temp,albedo,dhi,dni,ghi', 'Stamp,Period,Air (F),Albedo,Dhi,Dni,Global')
  .replaceAll('+00:00,PT60M', ',')
  .replaceAll(',', ';');

/** Sends an upload past HTTP; the database keeps nothing. */
async function upload(query: Readonly<Record<string, string>>, text: string): Promise<Pick<WeatherRow, 'format'>> {
  const saved = { query: () => Promise.resolve([]), insert: () => Promise.resolve() };
  const database = { transaction: (run: (tx: object) => Promise<void>) => run({ manager: saved }) };
  const weather = new WeatherDatasets(database as unknown as Database, async (file) => WEATHER_TASKS.readWeather(file));
  const sites = { get: () => Promise.resolve(SITE) };
  const services = { weather, sites, config: parseConfig({}) } as unknown as Services;
  const route = weatherRoutes(services).find(({ id }) => id === 'uploadWeather');
  if (route?.query === undefined) throw new Error('uploadWeather takes no query');
  const call = {
    principal: { orgId: 'org_1' },
    query: route.query.parse(query),
    request: { body: Buffer.from(text) } as Request,
  };
  return route.handler(call as unknown as Call<never, never>) as Promise<Pick<WeatherRow, 'format'>>;
}

const QUERY = {
  name: 'north.csv',
  site_id: 'site_1',
  columns: JSON.stringify({
    time: 'Stamp',
    ghi_w_m2: 'Global',
    dni_w_m2: 'Dni',
    dhi_w_m2: 'Dhi',
    temp_air_c: 'Air (F)',
  }),
  column_units: JSON.stringify({ temp_air_c: 'C' }),
  separator: 'semicolon',
  time_format: 'YYYY-MM-DDTHH:mm:ss',
  utc_offset_h: '0',
  time_label: 'end',
};

test('a table with a map of its columns is read at the place of the site', async () => {
  const row = await upload(QUERY, table);
  const kwh = year.ghiWm2.reduce((sum, value) => sum + value, 0) / 1000;
  expect(row).toMatchObject({ ...SITE, format: 'csv', name: 'north.csv', utc_offset_h: 0, n_records: 8760 });
  expect(row).toMatchObject({ summary: { ghi_annual_kwh_m2: expect.closeTo(kwh, 6) } });
});

test('the place in the query goes before that of the site, and what is not said is asked for', async () => {
  expect(await upload({ ...QUERY, latitude_deg: '37' }, table)).toMatchObject({
    latitude_deg: 37,
    longitude_deg: -79.95,
  });
  const { time_label: _, ...unlabelled } = QUERY;
  await expect(upload(unlabelled, table)).rejects.toMatchObject({ details: { field: 'time_label' } });
  await expect(upload({ name: 'north.csv' }, table)).rejects.toMatchObject({
    code: 'weather.unrecognised_format',
    fix: expect.stringContaining('"ghi_w_m2":"Global"'),
  });
});
