import { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { snakeKeys } from '../../lib/case.ts';
import {
  horizonPageSchema,
  inverterDetailSchema,
  inverterPageSchema,
  type inverterSchema,
  ivCurveSchema,
  moduleDetailSchema,
  modulePageSchema,
  type moduleSchema,
  uploadedComponentsSchema,
} from '../../contracts/solar/library.schema.ts';
import type { SolarComponentKind, SolarComponentRow } from '../../adapters/database/tables/solar.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import { type ComponentFilter, type Searchable, solarLibrary as solarLibraryOf } from '../../services/solar/library.ts';
import { LIBRARY_SOURCE } from '../../solar/library/library.ts';
import { cecParameters, curvePoints, ivCurve, pvsystParameters } from '../../solar/power/single-diode.ts';
import { endpoint } from '../endpoint.ts';
import { fileOf } from '../middleware/request-body.ts';
import { linksOfFirst } from '../links.ts';
import { page, pageQuery, searchPage, searchPageQuery } from '../pages.ts';
import type { Services } from '../services.ts';
import { ownChoice, withDefault } from '../../contracts/common/fields.schema.ts';

const STANDARD_TEST_CONDITIONS = 'IEC 60904-3, standard test conditions';

const bound = z.coerce.number().min(0).optional();
const searchQuery = searchPageQuery.extend({
  search: z.string().max(200).default('').describe('Words that the name contains, in any order'),
  min_power_w: bound,
  max_power_w: bound,
  is_custom: z
    .enum(['true', 'false'])
    .optional()
    .describe('Whether your organization uploaded it; true: only uploads; false: only bundled ones'),
});
const moduleQuery = searchQuery.extend({
  technology: z.string().max(100).optional().describe('Cell technology: Mono-c-Si, Multi-c-Si, Thin Film, CdTe, CIGS'),
});

/**
 * Largest files [bytes]. SAM's library of all 21,000 modules has 8 MB, and a file may hold a quarter of them; the longest
 * horizon has 3,600 rows.
 */
const MAX_FILE_BYTES = { module: 4 * 1024 * 1024, inverter: 4 * 1024 * 1024, horizon: 256 * 1024 } as const;

const NAMES = { module: 'Module', inverter: 'Inverter', horizon: 'Horizon' } as const;
const isCustom = ({ id }: { id: string }): boolean => id.startsWith('cmp_');

type Shown<T> = z.output<T extends ModuleComponent ? typeof moduleSchema : typeof inverterSchema>;

/** Returns a component in lists; `module` or `inverter` of a system accepts its `id`. */
function view<T extends ModuleComponent | InverterComponent>(item: T): Shown<T> {
  const { unit, ...facts } = item;
  return { ...(snakeKeys(facts) as object), is_custom: isCustom(item), model: unit.type } as Shown<T>;
}

const filterOf = ({ search, min_power_w, max_power_w, is_custom }: z.output<typeof searchQuery>): ComponentFilter => ({
  words: search.split(/\s+/).filter(Boolean),
  minPowerW: min_power_w,
  maxPowerW: max_power_w,
  isCustom: is_custom && is_custom === 'true',
});

export const solarLibraryRoutes = (services: Services) => {
  const solarLibrary = solarLibraryOf(services);
  const uploaded = ({ id, kind, format, name, created_at }: SolarComponentRow) => ({
    id,
    kind,
    format,
    name,
    created_at,
  });
  const search = async <Kind extends keyof Searchable>(
    kind: Kind,
    orgId: string,
    query: z.output<typeof searchQuery>,
    more: Partial<ComponentFilter> = {},
  ) => {
    const offset = query.cursor;
    const filter = { ...filterOf(query), ...more };
    const { items, total } = await solarLibrary.search(orgId, kind, filter, { offset, limit: query.limit });
    return { ...searchPage(items, total, query, view<Searchable[Kind]>), n_total: total, source: LIBRARY_SOURCE };
  };
  const upload = (kind: SolarComponentKind, what: string) =>
    endpoint({
      id: `upload${NAMES[kind]}`,
      links: linksOfFirst(...(kind === 'horizon' ? [] : [`get${NAMES[kind]}`]), `delete${NAMES[kind]}`),
      method: 'post',
      path: `/v1/${kind}s`,
      tag: 'Solar',
      summary: `Upload ${what}`,
      description:
        'The body is the file itself. If the file has an error, the answer names line, quantity, value and range.',
      scope: 'jobs:write',
      status: 201,
      consumes: ['application/octet-stream', 'text/csv', 'text/plain'],
      uploadLimit: MAX_FILE_BYTES[kind],
      query: z.strictObject({
        name: z.string().min(1).max(200).default(kind).describe('Name of the file, shown in messages and lists'),
      }),
      response: uploadedComponentsSchema,
      errors: ['solar.invalid_input'],
      handler: async ({ principal, query: { name }, request }) => {
        const bytes = fileOf(request, 'solar.invalid_input', name);
        const { rows, notes } = await solarLibrary.upload(principal.orgId, kind, { name, bytes });
        return { data: rows.map(uploaded), notes: [...notes] };
      },
    });
  const remove = (kind: SolarComponentKind) =>
    endpoint({
      id: `delete${NAMES[kind]}`,
      method: 'delete',
      path: `/v1/${kind}s/:id`,
      tag: 'Solar',
      summary: `Delete an uploaded ${kind}; jobs that used it are not affected`,
      scope: 'jobs:write',
      handler: ({ principal, params }) => solarLibrary.delete(principal.orgId, kind, params.id),
    });
  const read = (kind: 'module' | 'inverter') =>
    endpoint({
      id: `get${NAMES[kind]}`,
      method: 'get',
      path: `/v1/${kind}s/:id`,
      tag: 'Solar',
      summary: `Read one ${kind} with the parameters of its model`,
      scope: 'jobs:read',
      response: (kind === 'module' ? moduleDetailSchema : inverterDetailSchema) as z.ZodType<object>,
      handler: async ({ principal, params }) => {
        const item = (await solarLibrary.components(principal.orgId, [params.id]))[kind](params.id);
        if (!item) throw new AppError('request.not_found', `No ${kind} ${params.id}`);
        return { ...view(item), parameters: snakeKeys(item.unit) };
      },
    });
  return [
    endpoint({
      id: 'searchModules',
      method: 'get',
      path: '/v1/modules',
      tag: 'Solar',
      links: linksOfFirst('getModule', 'getModuleIvCurve'),
      summary: 'Search modules: your own first, newest first, then the bundled CEC modules by name',
      scope: 'jobs:read',
      query: moduleQuery,
      response: modulePageSchema,
      handler: ({ principal, query }) =>
        search('module', principal.orgId, query, { technology: query.technology || undefined }),
    }),
    read('module'),
    endpoint({
      id: 'getModuleIvCurve',
      method: 'get',
      path: '/v1/modules/:id/iv-curve',
      tag: 'Solar',
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
      handler: async ({ principal, params, query }) => {
        const item = (await solarLibrary.components(principal.orgId, [params.id])).module(params.id);
        if (!item) throw new AppError('request.not_found', `No module ${params.id}`);
        const { irradiance_w_m2: irradiance, temp_cell_c: cell, n_points: points } = query;
        const parameters =
          item.unit.type === 'cec'
            ? cecParameters(irradiance, cell, item.unit.module)
            : pvsystParameters(irradiance, cell, item.unit.module);
        const marks = curvePoints(parameters);
        return {
          irradiance_w_m2: irradiance,
          temp_cell_c: cell,
          i_sc_a: marks.iScA,
          v_oc_v: marks.vOcV,
          i_mp_a: marks.iMpA,
          v_mp_v: marks.vMpV,
          p_mp_w: marks.pMpW,
          points: ivCurve(parameters, points).map(({ voltageV, currentA }) => ({
            voltage_v: voltageV,
            current_a: currentA,
          })),
        };
      },
    }),
    upload('module', "a module: PVsyst's .PAN, or rows of SAM's CEC library"),
    remove('module'),
    endpoint({
      id: 'searchInverters',
      method: 'get',
      path: '/v1/inverters',
      tag: 'Solar',
      links: linksOfFirst('getInverter'),
      summary: 'Search inverters: your own first, newest first, then the bundled CEC inverters by name',
      scope: 'jobs:read',
      query: searchQuery,
      response: inverterPageSchema,
      handler: ({ principal, query }) => search('inverter', principal.orgId, query),
    }),
    read('inverter'),
    upload('inverter', "an inverter: PVsyst's .OND, or rows of SAM's CEC library"),
    remove('inverter'),
    endpoint({
      id: 'listHorizons',
      method: 'get',
      path: '/v1/horizons',
      tag: 'Solar',
      links: linksOfFirst('deleteHorizon'),
      summary: 'List uploaded horizons, newest first',
      scope: 'jobs:read',
      query: pageQuery,
      response: horizonPageSchema,
      handler: async ({ principal, query: { limit, cursor } }) =>
        page(await solarLibrary.list(principal.orgId, 'horizon', limit + 1, cursor), limit, (row) => ({
          ...uploaded(row),
          kind: 'horizon' as const,
          ...(snakeKeys(row.spec) as { azimuth_deg: number[]; elevation_deg: number[] }),
        })),
    }),
    upload('horizon', "a horizon: CSV of azimuth and elevation, or PVGIS's horizon profile (csv, json)"),
    remove('horizon'),
  ];
};
