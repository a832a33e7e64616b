import { z } from 'zod';
import { snakeKeys, snakeName } from '../../lib/case.ts';
import {
  fetchedWeatherSchema,
  weatherPageSchema,
  weatherProvidersSchema,
  weatherSchema,
} from '../../contracts/weather/weather.schema.ts';
import type { WeatherRow } from '../../adapters/database/tables/weather.ts';
import { PROVIDER_NAMES } from '../../adapters/providers/index.ts';
import { tableQuery } from '../../contracts/weather/table-query.schema.ts';
import type { SiteRow } from '../../adapters/database/tables/sites.ts';
import { DECOMPOSITION_MODELS, DEFAULT_DECOMPOSITION } from '../../sun/decomposition.ts';
import type { CsvOptions } from '../../weather/formats/csv.ts';
import { WEATHER_FORMATS } from '../../weather/series.ts';
import { ownChoice, withDefault } from '../../contracts/common/fields.schema.ts';
import { endpoint, uploadLimitOf } from '../endpoint.ts';
import { fileOf } from '../middleware/request-body.ts';
import { linksById, linksOfFirst } from '../../contracts/common/links.ts';
import { page, pageQuery } from '../../contracts/common/pages.schema.ts';
import type { Services } from '../services.ts';

const view = ({ org_id: _org, row_count: n_records, ...shown }: WeatherRow): z.output<typeof weatherSchema> => {
  const { typicalYear, ...source } = shown.summary.source;
  const summary = snakeKeys({
    ...shown.summary,
    source: { ...source, isTypicalYear: typicalYear },
  });
  const dropped_columns = summary.gaps.dropped_columns.map(snakeName);
  return { ...shown, n_records, summary: { ...summary, gaps: { ...summary.gaps, dropped_columns } } };
};

/** Returns how a table is read: as the query says, at the place that it or the site has. */
function tableOf(query: z.output<z.ZodObject<typeof tableQuery>>, site: SiteRow | undefined): CsvOptions {
  const { columns, column_units: columnUnits, separator, decimal } = query;
  return {
    ...{ columns, columnUnits, separator, decimal, timeFormat: query.time_format, timeLabel: query.time_label },
    ...{ utcOffsetH: query.utc_offset_h, latitudeDeg: query.latitude_deg, longitudeDeg: query.longitude_deg },
    elevationM: query.elevation_m,
    ...{ poaTiltDeg: query.poa_tilt_deg, poaAzimuthDeg: query.poa_azimuth_deg, poaAlbedo: query.poa_albedo },
    site: site && {
      latitudeDeg: site.latitude_deg,
      longitudeDeg: site.longitude_deg,
      elevationM: site.elevation_m ?? undefined,
    },
  };
}

const fetchBody = z
  .strictObject({
    provider: z.enum(PROVIDER_NAMES),
    site_id: z
      .string()
      .optional()
      .describe('Site: its coordinates are used; without it give latitude_deg and longitude_deg'),
    latitude_deg: z
      .number()
      .min(-90)
      .max(90)
      .optional()
      .describe('Latitude, positive in the north, rounded to 4 decimals [deg]'),
    longitude_deg: z
      .number()
      .min(-180)
      .max(180)
      .optional()
      .describe('Longitude, positive in the east, rounded to 4 decimals [deg]'),
    period: z
      .union([z.literal('typical'), z.int().min(1900).max(2100)], "expected 'typical' or a calendar year")
      .describe("A calendar year, or 'typical' for a typical meteorological year"),
    name: z.string().min(1).max(200).optional().describe('Name of the dataset; default: provider and period'),
  })
  .refine(
    ({ site_id: site, latitude_deg: latitude, longitude_deg: longitude }) =>
      site === undefined
        ? latitude !== undefined && longitude !== undefined
        : latitude === undefined && longitude === undefined,
    { path: ['site_id'], message: 'expected either site_id, or latitude_deg and longitude_deg' },
  );

export const weatherRoutes = ({ weather, weatherFetcher, sites, config }: Services) => [
  endpoint({
    id: 'uploadWeather',
    method: 'post',
    path: '/v1/weather',
    tag: 'Weather',
    links: linksById('getWeather', 'getWeatherQuality', 'deleteWeather'),
    summary:
      'Upload a weather file: TMY3, TMY2, EPW, SAM/NSRDB csv, PVGIS, NASA POWER, Open-Meteo, SolarAnywhere, Solargis, Solcast, CAMS, SURFRAD, BSRN, PVsyst, any csv; plain, gzip or zip',
    description:
      'The body is the file itself; a zip has one file, or the months of BSRN or days of SURFRAD of a year. Small gaps are interpolated and counted; the API refuses a file with long gaps. Any other table ' +
      '(format csv) is read with `columns` and the parameters after it; the error about a file that is not recognised proposes them.',
    scope: 'weather:write',
    status: 201,
    consumes: ['application/octet-stream', 'text/csv', 'application/gzip', 'application/zip'],
    uploadLimit: uploadLimitOf(config),
    isUploadDecoded: false,
    query: z.strictObject({
      name: z.string().min(1).max(200).default('weather').describe('Name of the file, shown in messages and lists'),
      format: z.enum(WEATHER_FORMATS).optional().describe('Format of the file; default: recognised from its content'),
      year: z.coerce
        .number()
        .int()
        .min(1900)
        .max(2100)
        .optional()
        .describe('The year to read from a file with several years'),
      decomposition: withDefault(
        z.enum(DECOMPOSITION_MODELS),
        DEFAULT_DECOMPOSITION,
        ownChoice('the model that needs nothing beside the global irradiance'),
      ).describe('Source of direct and diffuse irradiance: the model for a file that has global irradiance only'),
      site_id: z.string().max(100).optional(),
      ...tableQuery,
    }),
    response: weatherSchema,
    errors: [
      'weather.unrecognised_format',
      'weather.malformed',
      'weather.gap_too_long',
      'weather.incomplete_year',
      'weather.too_large',
      'request.not_found',
    ],
    handler: async ({ principal, query, request }) => {
      const { site_id: siteId, name, format, year, decomposition, ...table } = query;
      const site = siteId === undefined ? undefined : await sites.get(principal.orgId, siteId);
      const bytes = fileOf(request, 'weather.malformed', name);
      const upload = { name, format, year, decomposition, bytes, siteId, table: tableOf(table, site) };
      return view(await weather.upload(principal.orgId, upload));
    },
  }),
  endpoint({
    id: 'listWeatherProviders',
    method: 'get',
    path: '/v1/weather/providers',
    tag: 'Weather',
    summary: 'List the weather providers, what they have and the credit that they require',
    scope: 'weather:read',
    response: weatherProvidersSchema,
    handler: async () => ({ data: weatherFetcher.providers() }),
  }),
  endpoint({
    id: 'fetchWeather',
    method: 'post',
    path: '/v1/weather/fetch',
    tag: 'Weather',
    links: linksById('getWeather', 'getWeatherQuality', 'deleteWeather'),
    summary: 'Fetch a year of weather from a provider and store it as a dataset',
    description:
      'Answers when the dataset is stored. If the provider is too slow, the answer is provider.timeout and the download ' +
      'continues; send the same request again to get its result.',
    scope: 'weather:write',
    status: 201,
    body: fetchBody,
    response: fetchedWeatherSchema,
    errors: [
      'provider.rejected',
      'provider.unconfigured',
      'provider.unavailable',
      'provider.rate_limited',
      'provider.timeout',
      'provider.malformed_answer',
      'weather.gap_too_long',
      'weather.incomplete_year',
      'service.unavailable',
      'request.not_found',
    ],
    example: { provider: 'pvgis', latitude_deg: 45, longitude_deg: 8, period: 'typical' },
    handler: async ({ principal, body, response }) => {
      const site = body.site_id === undefined ? undefined : await sites.get(principal.orgId, body.site_id);
      const { row, cached } = await weatherFetcher.fetch(principal.orgId, {
        provider: body.provider,
        latitudeDeg: site?.latitude_deg ?? body.latitude_deg!,
        longitudeDeg: site?.longitude_deg ?? body.longitude_deg!,
        period: body.period,
        name: body.name,
        siteId: site?.id,
      });
      response.setHeader('location', `/v1/weather/${row.id}`);
      return { ...view(row), is_cached: cached };
    },
  }),
  endpoint({
    id: 'listWeather',
    method: 'get',
    path: '/v1/weather',
    tag: 'Weather',
    links: linksOfFirst('getWeather'),
    summary: 'List weather datasets, newest first',
    scope: 'weather:read',
    query: pageQuery('weather'),
    response: weatherPageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await weather.list(principal.orgId, limit + 1, cursor), limit, view),
  }),
  endpoint({
    id: 'getWeather',
    method: 'get',
    path: '/v1/weather/:id',
    tag: 'Weather',
    summary: 'Read the place, sums, gaps and origin of a weather dataset',
    scope: 'weather:read',
    response: weatherSchema,
    handler: async ({ principal, params }) => view(await weather.get(principal.orgId, params.id)),
  }),
  endpoint({
    id: 'deleteWeather',
    method: 'delete',
    path: '/v1/weather/:id',
    tag: 'Weather',
    summary: 'Delete a weather dataset',
    scope: 'weather:write',
    handler: ({ principal, params }) => weather.delete(principal.orgId, params.id),
  }),
];
