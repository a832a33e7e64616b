/** The library of turbines and wind resources, documents of windIO, and pictures of wind jobs. */
import { z } from 'zod';
import { type EndpointContract, endpoints } from '../common/endpoint-contract.ts';
import { linksById, linksOfFirst } from '../common/links.ts';
import { pageQuery, searchPageQuery } from '../common/pages.schema.ts';
import {
  turbineDetailSchema,
  turbinePageSchema,
  WIND_FILE_FORMATS,
  wakeModelListSchema,
  windIoRequestSchema,
  windResourcePageSchema,
  windResourceSchema,
} from './library.schema.ts';
import { windTurbineSchema } from './requests.schema.ts';

const bound = z.coerce.number().min(0).optional();
const height = z.coerce.number().min(1).max(500).optional();
/** A windIO document with a year of ten-minute records is half as long [bytes]. */
const MAX_WINDIO_BYTES = 1024 * 1024;
/** The three columns of a power curve [bytes] */
const MAX_CURVE_BYTES = 256 * 1024;

const picture = (path: `/v1/${string}`, summary: string) =>
  ({
    method: 'get',
    path,
    summary,
    scope: 'jobs:read',
    produces: 'image/svg+xml',
  }) as const satisfies EndpointContract;

export const windEndpoints = endpoints({
  readWindIo: {
    method: 'post',
    path: '/v1/wind/windio',
    summary: 'Convert a windIO wind energy system (YAML) into the fields of an analysis and a layout search',
    description: 'The body is one document without includes. The API stores nothing.',
    scope: 'jobs:read',
    file: { mediaTypes: ['application/octet-stream', 'application/yaml', 'text/plain'], maxBytes: MAX_WINDIO_BYTES },
    response: windIoRequestSchema,
    errors: ['wind.invalid_input'],
  },
  getJobWindIo: {
    method: 'get',
    path: '/v1/wind/jobs/:id/windio',
    summary: 'Read a wind job as a windIO document: its farm or its best layout, with the wind at hub height',
    scope: 'jobs:read',
    produces: 'application/yaml',
    errors: ['job.not_finished', 'wind.invalid_input'],
  },
  getLayoutPicture: {
    ...picture(
      '/v1/wind/jobs/:id/layout.svg',
      'Draw the layout of the job, or the best one that it found, with boundary and cables',
    ),
    errors: ['wind.invalid_input'],
  },
  getWindRosePicture: {
    ...picture('/v1/wind/jobs/:id/wind-rose.svg', 'Draw the wind of a job by sector'),
    errors: ['wind.invalid_input'],
  },
  getFlowMapPicture: picture(
    '/v1/wind/jobs/:id/flow-maps/:number.svg',
    'Draw a flow map of an analysis; the series flow-map-1, ... have its data',
  ),
  searchTurbines: {
    method: 'get',
    path: '/v1/wind/turbines',
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
    links: linksOfFirst('getTurbine'),
  },
  listWakeModels: {
    method: 'get',
    path: '/v1/wind/wake-models',
    summary: 'List the wake models by name',
    scope: 'jobs:read',
    response: wakeModelListSchema,
  },
  getTurbine: {
    method: 'get',
    path: '/v1/wind/turbines/:id',
    summary: 'Read a turbine with its curve',
    scope: 'jobs:read',
    response: turbineDetailSchema,
  },
  createTurbine: {
    method: 'post',
    path: '/v1/wind/turbines',
    summary: 'Upload a power and thrust curve of your own turbine',
    scope: 'jobs:write',
    status: 201,
    body: windTurbineSchema,
    bodyLimit: MAX_CURVE_BYTES,
    links: linksById('getTurbine', 'deleteTurbine'),
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
  },
  deleteTurbine: {
    method: 'delete',
    path: '/v1/wind/turbines/:id',
    summary: 'Delete a turbine that you uploaded',
    scope: 'jobs:write',
  },
  uploadWindResource: {
    method: 'post',
    path: '/v1/wind/resources',
    summary: 'Upload a wind resource: CSV of measurements, WAsP .tab or .wrg, or .grd of mean speeds',
    description:
      'The body is the file itself. A CSV has the columns time, wind_speed_m_s, wind_direction_deg and, if available, wind_speed_lower_m_s, ' +
      'temp_air_c, pressure_pa. A .grd file holds a grid of mean speeds for each sector, one after the other. ' +
      'Records of gaps and of stuck or iced sensors are flagged and not used.',
    scope: 'weather:write',
    status: 201,
    file: { mediaTypes: ['application/octet-stream', 'text/csv', 'text/plain'] },
    links: linksById('getWindResource', 'deleteWindResource'),
    query: z.strictObject({
      name: z.string().min(1).max(200).default('wind').describe('Name of the file, shown in lists'),
      format: z.enum(WIND_FILE_FORMATS).optional().describe('Format of the file; default: recognised from its content'),
      height_m: height.describe('Height of the wind speeds above ground, in a CSV or .grd file [m]'),
      lower_height_m: height.describe('Height of wind_speed_lower_m_s above ground [m]'),
    }),
    response: windResourceSchema,
    errors: ['wind.invalid_input'],
  },
  listWindResources: {
    method: 'get',
    path: '/v1/wind/resources',
    summary: 'List wind resources, newest first',
    scope: 'weather:read',
    query: pageQuery,
    response: windResourcePageSchema,
    links: linksOfFirst('getWindResource'),
  },
  getWindResource: {
    method: 'get',
    path: '/v1/wind/resources/:id',
    summary: 'Read a wind resource: data quality, distributions by sector, shear and extreme wind',
    scope: 'weather:read',
    response: windResourceSchema,
  },
  deleteWindResource: {
    method: 'delete',
    path: '/v1/wind/resources/:id',
    summary: 'Delete a wind resource',
    scope: 'weather:write',
  },
});
