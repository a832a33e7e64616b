/** The library of modules, inverters and horizons, and the clear sky. */
import { z } from 'zod';
import { type EndpointContract, endpoints } from '../common/endpoint-contract.ts';
import { ownChoice, withDefault } from '../common/fields.schema.ts';
import { linksOfFirst } from '../common/links.ts';
import { pageQuery, searchPageQuery } from '../common/pages.schema.ts';
import { clearSkyQuerySchema, clearSkySchema } from './clear-sky.schema.ts';
import {
  horizonPageSchema,
  inverterDetailSchema,
  inverterPageSchema,
  ivCurveSchema,
  moduleDetailSchema,
  modulePageSchema,
  uploadedComponentsSchema,
} from './library.schema.ts';

const STANDARD_TEST_CONDITIONS = 'IEC 60904-3, standard test conditions';

const bound = z.coerce.number().min(0).optional();
export const componentQuerySchema = searchPageQuery.extend({
  search: z.string().max(200).default('').describe('Words that the name contains, in any order'),
  min_power_w: bound,
  max_power_w: bound,
  is_custom: z
    .enum(['true', 'false'])
    .optional()
    .describe('Whether your organization uploaded it; true: only uploads; false: only bundled ones'),
});

/**
 * Largest files [bytes]. SAM's library of all 21,000 modules has 8 MB, and a file may hold a quarter of them; the longest
 * horizon has 3,600 rows.
 */
const MAX_FILE_BYTES = { module: 4 * 1024 * 1024, inverter: 4 * 1024 * 1024, horizon: 256 * 1024 } as const;

const upload = (path: `/v1/${string}`, kind: keyof typeof MAX_FILE_BYTES, what: string, ...operations: string[]) =>
  ({
    method: 'post',
    path,
    summary: `Upload ${what}`,
    description:
      'The body is the file itself. If the file has an error, the answer names line, quantity, value and range.',
    scope: 'jobs:write',
    status: 201,
    file: { mediaTypes: ['application/octet-stream', 'text/csv', 'text/plain'], maxBytes: MAX_FILE_BYTES[kind] },
    links: linksOfFirst(...operations),
    query: z.strictObject({
      name: z.string().min(1).max(200).default(kind).describe('Name of the file, shown in messages and lists'),
    }),
    response: uploadedComponentsSchema,
    errors: ['solar.invalid_input'],
  }) as const satisfies EndpointContract;
const remove = (path: `/v1/${string}`, kind: string) =>
  ({
    method: 'delete',
    path,
    summary: `Delete an uploaded ${kind}; jobs that used it are not affected`,
    scope: 'jobs:write',
  }) as const satisfies EndpointContract;

export const solarEndpoints = endpoints({
  clearSky: {
    method: 'get',
    path: '/v1/solar/clear-sky',
    summary: "Compute the sun's position and clear-sky irradiance with Ineichen's or Haurwitz's model",
    scope: 'jobs:read',
    query: clearSkyQuerySchema,
    response: clearSkySchema,
    errors: ['solar.invalid_input'],
  },
  searchModules: {
    method: 'get',
    path: '/v1/modules',
    summary: 'Search modules: your own first, newest first, then the bundled CEC modules by name',
    scope: 'jobs:read',
    query: componentQuerySchema.extend({
      technology: z
        .string()
        .max(100)
        .optional()
        .describe('Cell technology: Mono-c-Si, Multi-c-Si, Thin Film, CdTe, CIGS'),
    }),
    response: modulePageSchema,
    links: linksOfFirst('getModule', 'getModuleIvCurve'),
  },
  getModule: {
    method: 'get',
    path: '/v1/modules/:id',
    summary: 'Read one module with the parameters of its model',
    scope: 'jobs:read',
    response: moduleDetailSchema,
  },
  getModuleIvCurve: {
    method: 'get',
    path: '/v1/modules/:id/iv-curve',
    summary: "Compute a module's current-voltage curve under given conditions with its single-diode model",
    scope: 'jobs:read',
    query: z.strictObject({
      irradiance_w_m2: withDefault(z.coerce.number().min(0.1).max(2000), 1000, STANDARD_TEST_CONDITIONS).describe(
        'Effective irradiance: what reaches the cells [W/m2]',
      ),
      temp_cell_c: withDefault(z.coerce.number().min(-60).max(120), 25, STANDARD_TEST_CONDITIONS).describe(
        'Temperature of the cells [degC]',
      ),
      n_points: withDefault(z.coerce.number().int().min(2).max(2000), 100, ownChoice('a smooth curve')).describe(
        'Number of points of the curve, 2 to 2,000',
      ),
    }),
    response: ivCurveSchema,
  },
  uploadModule: upload(
    '/v1/modules',
    'module',
    "a module: PVsyst's .PAN, or rows of SAM's CEC library",
    'getModule',
    'deleteModule',
  ),
  deleteModule: remove('/v1/modules/:id', 'module'),
  searchInverters: {
    method: 'get',
    path: '/v1/inverters',
    summary: 'Search inverters: your own first, newest first, then the bundled CEC inverters by name',
    scope: 'jobs:read',
    query: componentQuerySchema,
    response: inverterPageSchema,
    links: linksOfFirst('getInverter'),
  },
  getInverter: {
    method: 'get',
    path: '/v1/inverters/:id',
    summary: 'Read one inverter with the parameters of its model',
    scope: 'jobs:read',
    response: inverterDetailSchema,
  },
  uploadInverter: upload(
    '/v1/inverters',
    'inverter',
    "an inverter: PVsyst's .OND, or rows of SAM's CEC library",
    'getInverter',
    'deleteInverter',
  ),
  deleteInverter: remove('/v1/inverters/:id', 'inverter'),
  listHorizons: {
    method: 'get',
    path: '/v1/horizons',
    summary: 'List uploaded horizons, newest first',
    scope: 'jobs:read',
    query: pageQuery('component'),
    response: horizonPageSchema,
    links: linksOfFirst('deleteHorizon'),
  },
  uploadHorizon: upload(
    '/v1/horizons',
    'horizon',
    "a horizon: CSV of azimuth and elevation, or PVGIS's horizon profile (csv, json)",
    'deleteHorizon',
  ),
  deleteHorizon: remove('/v1/horizons/:id', 'horizon'),
});
