/** The library of turbines and wind resources, documents of windIO, and pictures of wind jobs. */
import { z } from 'zod';
import { type EndpointContract, endpoints } from '../common/endpoint-contract.ts';
import { ownChoice, sourceOfDefault, withDefault } from '../common/fields.schema.ts';
import { linksById, linksOfFirst } from '../common/links.ts';
import { pageQuery, searchPageQuery } from '../common/pages.schema.ts';
import {
  fitOptions,
  tableQuery,
  turbineDetailSchema,
  turbinePageSchema,
  uploadedTurbineSchema,
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
    description:
      'The body is one document, or a zip of several files, YAML and netCDF, that include each other with !include. not_used lists what the document has and the request does not. The API stores nothing.',
    scope: 'jobs:read',
    file: {
      mediaTypes: ['application/octet-stream', 'application/yaml', 'text/plain', 'application/zip'],
      maxBytes: MAX_WINDIO_BYTES,
    },
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
  uploadTurbineFile: {
    method: 'post',
    path: '/v1/wind/turbines/files',
    summary: "Upload WAsP's file of your own turbine (.wtg)",
    description:
      'The body is the file itself. Its tables of one mode at several air densities become one turbine, whose curve is interpolated at the density of a site. ' +
      'not_used lists what the file has and the turbine does not.',
    scope: 'jobs:write',
    status: 201,
    file: { mediaTypes: ['application/octet-stream', 'application/xml', 'text/xml'], maxBytes: MAX_WINDIO_BYTES },
    query: z.strictObject({
      name: z.string().min(1).max(200).optional().describe('Name of the turbine; default: that of the file'),
      table_index: withDefault(z.coerce.number().int().min(0).max(99), 0, ownChoice('the first table')).describe(
        'Index of the table that is the curve of the turbine; chooses the mode',
      ),
      hub_height_m: sourceOfDefault(
        z.coerce
          .number()
          .min(5)
          .max(400)
          .optional()
          .describe('Hub height above ground [m]; default: the first height that the file suggests'),
        'WAsP, SuggestedHeights',
      ),
    }),
    response: uploadedTurbineSchema,
    errors: ['wind.invalid_input'],
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
    summary: 'Upload a wind resource: table of measurements, WAsP .tab, .wrg, .rsf or .lib, or .grd of mean speeds',
    description:
      'The body is the file itself. A table of measurements (format csv) is a text file with a time and columns of speeds and directions: ' +
      'a CSV with the columns time, wind_speed_m_s, wind_direction_deg and, if available, wind_speed_lower_m_s, wind_speed_std_m_s, temp_air_c, ' +
      'pressure_pa, or the file of a logger, of wind software or of a reanalysis. If its columns are not certain, the error proposes `columns`. ' +
      'A .rsf file has the wind of single places or of a grid; a .lib file is a wind climate of the Global Wind Atlas, which an analysis reads at `resource.roughness_m`. ' +
      'A .grd file holds a grid of mean speeds for each sector, one after the other. ' +
      'Records of gaps and of stuck or iced sensors are flagged and not used.',
    scope: 'weather:write',
    status: 201,
    file: { mediaTypes: ['application/octet-stream', 'text/csv', 'text/plain'] },
    links: linksById('getWindResource', 'deleteWindResource'),
    query: z.strictObject({
      name: z.string().min(1).max(200).default('wind').describe('Name of the file, shown in lists'),
      format: z.enum(WIND_FILE_FORMATS).optional().describe('Format of the file; default: recognised from its content'),
      height_m: height.describe(
        'Height of the wind speeds above ground, in a CSV or .grd file, or of the points that are read of a .wrg or .rsf file with several heights [m]',
      ),
      lower_height_m: height.describe('Height of wind_speed_lower_m_s above ground [m]'),
      ...fitOptions,
      ...tableQuery,
    }),
    response: windResourceSchema,
    errors: ['wind.invalid_input'],
  },
  listWindResources: {
    method: 'get',
    path: '/v1/wind/resources',
    summary: 'List wind resources, newest first',
    scope: 'weather:read',
    query: pageQuery('windResource'),
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
