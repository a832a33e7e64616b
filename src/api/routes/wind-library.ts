import { z } from 'zod';
import { WIND_FILE_FORMATS } from '../../wind/library-tasks.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { snakeKeys } from '../../lib/case.ts';
import { windTurbineSchema } from '../../contracts/wind/requests.schema.ts';
import {
  turbineDetailSchema,
  turbinePageSchema,
  wakeModelListSchema,
  windResourcePageSchema,
  windResourceSchema,
} from '../../contracts/wind/library.schema.ts';
import type { WindResourceRow, WindTurbineRow } from '../../adapters/database/tables/wind.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { ratedPowerKw } from '../../wind/turbine/turbine.ts';
import { hasThrust, publicTurbine, searchTurbines } from '../../wind/turbine/turbine-library.ts';
import { WAKE_MODELS } from '../../wind/wakes/wake-models.ts';
import { turbineOfCurve } from '../../services/wind/library.ts';
import { type WindSources, windSources } from '../../services/wind/load.ts';
import { BODY_LIMITS, endpoint, uploadLimitOf } from '../endpoint.ts';
import { fileOf } from '../middleware/request-body.ts';
import { linksById, linksOfFirst } from '../links.ts';
import { page, pageQuery, searchPage, searchPageQuery } from '../pages.ts';
import type { Services } from '../services.ts';

/** Returns a turbine in lists; `turbines` of an analysis accepts its `id`. */
const turbineView = (id: string, spec: TurbineSpec, isCustom: boolean) => ({
  id,
  name: spec.name,
  is_custom: isCustom,
  rated_kw: ratedPowerKw(spec),
  rotor_diameter_m: spec.diameterM,
  hub_height_m: spec.hubHeightM,
  has_thrust: hasThrust(spec),
  source: spec.source ?? null,
  licence: spec.licence ?? null,
});

const withCurve = (id: string, spec: TurbineSpec, isCustom: boolean) => ({
  ...turbineView(id, spec, isCustom),
  air_density_kg_m3: spec.refAirDensityKgM3,
  ...(spec.curve.kind === 'table'
    ? {
        wind_speed_m_s: [...spec.curve.wsMPerS],
        power_kw: [...spec.curve.powerKw],
        thrust_coefficient: spec.curve.ct && [...spec.curve.ct],
      }
    : {
        cut_in_m_s: spec.curve.cutInMPerS,
        rated_speed_m_s: spec.curve.ratedMPerS,
        cut_out_m_s: spec.curve.cutOutMPerS,
        thrust_coefficient: spec.curve.ct,
      }),
});

const ownSpec = (row: WindTurbineRow): TurbineSpec => turbineOfCurve(windTurbineSchema.parse(row.curve));
const resourceView = ({ org_id: _org, ...shown }: WindResourceRow) =>
  ({ ...shown, options: snakeKeys(shown.options) }) as z.output<typeof windResourceSchema>;
const bound = z.coerce.number().min(0).optional();

export const windLibraryRoutes = (services: Services) => routesOf(windSources(services), services);

const routesOf = ({ windLibrary }: Pick<WindSources, 'windLibrary'>, { config }: Pick<Services, 'config'>) => [
  endpoint({
    id: 'searchTurbines',
    method: 'get',
    path: '/v1/wind/turbines',
    tag: 'Wind',
    links: linksOfFirst('getTurbine'),
    summary: 'Search the public turbines and your own ones',
    scope: 'jobs:read',
    query: searchPageQuery.extend({
      search: z.string().max(200).optional().describe("Part of the turbine's name"),
      min_rated_kw: bound,
      max_rated_kw: bound,
      min_rotor_diameter_m: bound,
      max_rotor_diameter_m: bound,
      has_thrust: z
        .enum(['true', 'false'])
        .optional()
        .describe(
          'Whether the turbine has a thrust curve, which wakes require; true: only such turbines; false: only others',
        ),
    }),
    response: turbinePageSchema,
    handler: async ({ principal, query }) => {
      const search = {
        text: query.search,
        minRatedKw: query.min_rated_kw,
        maxRatedKw: query.max_rated_kw,
        minDiameterM: query.min_rotor_diameter_m,
        maxDiameterM: query.max_rotor_diameter_m,
        hasThrust: query.has_thrust === undefined ? undefined : query.has_thrust === 'true',
      };
      const own = await windLibrary.turbines(principal.orgId, query.search);
      const specs = own.map((row) => ({ id: row.id, spec: ownSpec(row), isCustom: true }));
      const fitting = new Set(
        searchTurbines(
          search,
          specs.map(({ spec }) => spec),
        ),
      );
      const turbines = [
        ...specs.filter(({ spec }) => fitting.has(spec)),
        ...searchTurbines(search).map((spec) => ({ id: spec.name, spec, isCustom: false })),
      ];
      const rows = turbines.slice(query.cursor, query.cursor + query.limit);
      return searchPage(rows, turbines.length, query, ({ id, spec, isCustom }) => turbineView(id, spec, isCustom));
    },
  }),
  endpoint({
    id: 'listWakeModels',
    method: 'get',
    path: '/v1/wind/wake-models',
    tag: 'Wind',
    summary: 'List the wake models by name',
    scope: 'jobs:read',
    response: wakeModelListSchema,
    handler: async () => ({
      data: WAKE_MODELS.map((model) => ({
        name: model.name,
        deficit: model.kind === 'superposed' ? model.deficit.kind : model.kind,
        superposition: model.kind === 'superposed' ? model.superposition : null,
        turbulence: model.kind === 'superposed' ? (model.turbulence?.kind ?? null) : 'crespo_hernandez',
        deflection: model.kind === 'superposed' ? 'jimenez' : 'gauss',
      })),
    }),
  }),
  endpoint({
    id: 'getTurbine',
    method: 'get',
    path: '/v1/wind/turbines/:id',
    tag: 'Wind',
    summary: 'Read a turbine with its curve',
    scope: 'jobs:read',
    response: turbineDetailSchema,
    handler: async ({ principal, params: { id } }) => {
      if (id.startsWith('trb_')) return withCurve(id, ownSpec(await windLibrary.turbine(principal.orgId, id)), true);
      const spec = searchTurbines({ text: id }).find(({ name }) => name === id);
      if (!spec) throw new AppError('request.not_found', `No turbine ${id}`);
      return withCurve(id, publicTurbine(id), false);
    },
  }),
  endpoint({
    id: 'createTurbine',
    method: 'post',
    path: '/v1/wind/turbines',
    tag: 'Wind',
    links: linksById('getTurbine', 'deleteTurbine'),
    summary: 'Upload a power and thrust curve of your own turbine',
    scope: 'jobs:write',
    status: 201,
    body: windTurbineSchema,
    bodyLimit: BODY_LIMITS.curve,
    response: turbineDetailSchema,
    errors: ['wind.invalid_input'],
    example: {
      name: 'Example 4 MW',
      rotor_diameter_m: 130,
      hub_height_m: 110,
      wind_speed_m_s: [3, 6, 9, 12, 25],
      power_kw: [50, 700, 2400, 4000, 4000],
      thrust_coefficient: [0.85, 0.8, 0.78, 0.45, 0.06],
    },
    handler: async ({ principal, body }) => {
      const row = await windLibrary.addTurbine(principal.orgId, body);
      return withCurve(row.id, ownSpec(row), true);
    },
  }),
  endpoint({
    id: 'deleteTurbine',
    method: 'delete',
    path: '/v1/wind/turbines/:id',
    tag: 'Wind',
    summary: 'Delete a turbine that you uploaded',
    scope: 'jobs:write',
    handler: ({ principal, params }) => windLibrary.deleteTurbine(principal.orgId, params.id),
  }),
  endpoint({
    id: 'uploadWindResource',
    method: 'post',
    path: '/v1/wind/resources',
    tag: 'Wind',
    links: linksById('getWindResource', 'deleteWindResource'),
    summary: 'Upload a wind resource: CSV of measurements, WAsP .tab or .wrg, or .grd of mean speeds',
    description:
      'The body is the file itself. A CSV has the columns time, wind_speed_m_s, wind_direction_deg and, if available, wind_speed_lower_m_s, ' +
      'temp_air_c, pressure_pa. A .grd file holds a grid of mean speeds for each sector, one after the other. ' +
      'Records of gaps and of stuck or iced sensors are flagged and not used.',
    scope: 'weather:write',
    status: 201,
    consumes: ['application/octet-stream', 'text/csv', 'text/plain'],
    uploadLimit: uploadLimitOf(config),
    query: z.strictObject({
      name: z.string().min(1).max(200).default('wind').describe('Name of the file, shown in lists'),
      format: z.enum(WIND_FILE_FORMATS).optional().describe('Format of the file; default: recognised from its content'),
      height_m: z.coerce
        .number()
        .min(1)
        .max(500)
        .optional()
        .describe('Height of the wind speeds above ground, in a CSV or .grd file [m]'),
      lower_height_m: z.coerce
        .number()
        .min(1)
        .max(500)
        .optional()
        .describe('Height of wind_speed_lower_m_s above ground [m]'),
    }),
    response: windResourceSchema,
    errors: ['wind.invalid_input'],
    handler: async ({ principal, query, request }) => {
      const bytes = fileOf(request, 'wind.invalid_input', query.name);
      const { name, format, height_m: heightM, lower_height_m: lowerHeightM } = query;
      return resourceView(
        await windLibrary.addResource(principal.orgId, { name, bytes, format, options: { heightM, lowerHeightM } }),
      );
    },
  }),
  endpoint({
    id: 'listWindResources',
    method: 'get',
    path: '/v1/wind/resources',
    tag: 'Wind',
    links: linksOfFirst('getWindResource'),
    summary: 'List wind resources, newest first',
    scope: 'weather:read',
    query: pageQuery,
    response: windResourcePageSchema,
    handler: async ({ principal, query: { limit, cursor } }) =>
      page(await windLibrary.resources(principal.orgId, limit + 1, cursor), limit, resourceView),
  }),
  endpoint({
    id: 'getWindResource',
    method: 'get',
    path: '/v1/wind/resources/:id',
    tag: 'Wind',
    summary: 'Read a wind resource: data quality, distributions by sector, shear and extreme wind',
    scope: 'weather:read',
    response: windResourceSchema,
    handler: async ({ principal, params }) => resourceView(await windLibrary.resource(principal.orgId, params.id)),
  }),
  endpoint({
    id: 'deleteWindResource',
    method: 'delete',
    path: '/v1/wind/resources/:id',
    tag: 'Wind',
    summary: 'Delete a wind resource',
    scope: 'weather:write',
    handler: ({ principal, params }) => windLibrary.deleteResource(principal.orgId, params.id),
  }),
];
