import express from 'express';
import { z } from 'zod';
import { AppError } from '../../contracts/app-error.ts';
import { snakeKeys, snakeName } from '../../contracts/naming.ts';
import { weatherPageSchema, weatherSchema } from '../../contracts/weather.schema.ts';
import type { WeatherRow } from '../../database/entities.ts';
import { WEATHER_FORMATS } from '../../weather/series.ts';
import { endpoint } from '../endpoint.ts';
import { page, pageQuery } from '../pages.ts';
import type { Services } from '../services.ts';

const view = ({ org_id: _org, ...shown }: WeatherRow): z.output<typeof weatherSchema> => {
  const summary = snakeKeys(shown.summary) as z.output<typeof weatherSchema>['summary'];
  const dropped_columns = summary.gaps.dropped_columns.map(snakeName);
  return { ...shown, summary: { ...summary, gaps: { ...summary.gaps, dropped_columns } } };
};

export const weatherRoutes = ({ weather, sites, config }: Services) => [
  endpoint({
    id: 'uploadWeather',
    method: 'post',
    path: '/v1/weather',
    tag: 'Weather',
    summary: 'Upload a weather file: TMY3, TMY2, EPW, SAM/NSRDB csv, PVGIS, NASA POWER, Open-Meteo; plain or gzip',
    description: 'The body is the file itself. Small gaps are interpolated and counted, long ones refused.',
    scope: 'weather:write',
    status: 201,
    consumes: ['application/octet-stream', 'text/csv', 'application/json', 'application/gzip'],
    before: express.raw({ type: () => true, limit: `${config.MAX_UPLOAD_MB}mb`, inflate: false }),
    query: z.strictObject({
      name: z.string().min(1).max(200).default('weather').describe('File name, for messages and lists'),
      format: z.enum(WEATHER_FORMATS).optional().describe('Default: recognised by content'),
      year: z.coerce.number().int().min(1900).max(2100).optional().describe('Year to take from a file of several'),
      site_id: z.string().optional(),
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
    handler: async ({ principal, query: { site_id: siteId, ...file }, request }) => {
      if (siteId !== undefined) await sites.get(principal.orgId, siteId);
      const bytes: unknown = request.body;
      if (!Buffer.isBuffer(bytes) || bytes.length === 0)
        throw new AppError('weather.malformed', `${file.name}: the file is empty`, {
          fix: 'Send the file as the body of the request, as with curl --data-binary @FILE.',
        });
      return view(await weather.upload(principal.orgId, { ...file, bytes, siteId }));
    },
  }),
  endpoint({
    id: 'listWeather',
    method: 'get',
    path: '/v1/weather',
    tag: 'Weather',
    summary: 'List weather datasets, newest first',
    scope: 'weather:read',
    query: pageQuery,
    response: weatherPageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await weather.list(principal.orgId, limit + 1, cursor), limit, view),
  }),
  endpoint({
    id: 'getWeather',
    method: 'get',
    path: '/v1/weather/:id',
    tag: 'Weather',
    summary: 'Read a weather dataset: its place, sums, gaps and origin',
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
