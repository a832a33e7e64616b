/** The handlers of the endpoints of photovoltaic plants: the library of components, and the clear sky. */
import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import type { EndpointCall } from '../../contracts/common/endpoint-contract.ts';
import { cutPage, page } from '../../contracts/common/pages.schema.ts';
import type { componentQuerySchema, solarEndpoints } from '../../contracts/solar/endpoints.ts';
import { snakeKeys } from '../../lib/case.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import { LIBRARY_SOURCE } from '../../solar/library/library.ts';
import { cecParameters, curvePoints, ivCurve, pvsystParameters } from '../../solar/power/single-diode.ts';
import type { EndpointHandlers, EndpointServices } from '../jobs/endpoint-handlers.ts';
import {
  type ComponentFilter,
  type Searchable,
  type SolarComponentKind,
  type SolarComponentRow,
  solarLibrary,
} from './library.ts';
import { inThread } from './threads.ts';

const isCustom = ({ id }: { id: string }): boolean => id.startsWith('cmp_');

/** Return a component in lists; `module` or `inverter` of a system accepts its `id`. */
const moduleView = ({ unit, ...facts }: ModuleComponent) => ({
  ...snakeKeys(facts),
  is_custom: isCustom(facts),
  model: unit.type,
});
const inverterView = ({ unit, ...facts }: InverterComponent) => ({
  ...snakeKeys(facts),
  is_custom: isCustom(facts),
  model: unit.type,
});

const filterOf = ({
  search,
  min_power_w,
  max_power_w,
  is_custom,
}: z.output<typeof componentQuerySchema>): ComponentFilter => ({
  words: search.split(/\s+/).filter(Boolean),
  minPowerW: min_power_w,
  maxPowerW: max_power_w,
  isCustom: is_custom && is_custom === 'true',
});

const uploaded = ({ id, kind, format, name, warnings, created_at }: SolarComponentRow) => ({
  id,
  kind,
  format,
  name,
  warnings,
  created_at,
});

export function solarHandlers(services: EndpointServices): EndpointHandlers<typeof solarEndpoints> {
  const library = solarLibrary(services);
  const upload =
    (kind: SolarComponentKind) =>
    async ({ orgId, query, body }: EndpointCall<(typeof solarEndpoints)['uploadModule']>) => {
      const { rows, notes } = await library.upload(orgId, kind, { name: query.name, bytes: body });
      return { data: rows.map(uploaded), notes: [...notes] };
    };
  const remove =
    (kind: SolarComponentKind) =>
    ({ orgId, params }: EndpointCall<(typeof solarEndpoints)['deleteModule']>) =>
      library.delete(orgId, kind, params.id);
  async function search<Kind extends keyof Searchable, View>(
    kind: Kind,
    view: (item: Searchable[Kind]) => View,
    orgId: string,
    query: z.output<typeof componentQuerySchema>,
    more: Partial<ComponentFilter> = {},
  ) {
    const filter = { ...filterOf(query), ...more };
    const { items, total } = await library.search(orgId, kind, filter, query);
    return { ...page(items, query.limit, view), n_total: total, source: LIBRARY_SOURCE };
  }
  async function moduleOf(orgId: string, id: string): Promise<ModuleComponent> {
    const item = (await library.components(orgId, [id])).modules.get(id);
    if (!item) throw new AppError('request.not_found', `No module ${id}`);
    return item;
  }
  async function inverterOf(orgId: string, id: string): Promise<InverterComponent> {
    const item = (await library.components(orgId, [id])).inverters.get(id);
    if (!item) throw new AppError('request.not_found', `No inverter ${id}`);
    return item;
  }
  return {
    clearSky: ({ orgId, query }) => inThread(services.pool, 'clearSky', query, { caller: orgId, isAnswer: true }),
    searchModules: ({ orgId, query }) =>
      search('module', moduleView, orgId, query, { technology: query.technology || undefined }),
    async getModule({ orgId, params }) {
      const item = await moduleOf(orgId, params.id);
      return { ...moduleView(item), parameters: snakeKeys(item.unit) };
    },
    async getModuleIvCurve({ orgId, params, query }) {
      const { unit } = await moduleOf(orgId, params.id);
      const { irradiance_w_m2: irradiance, temp_cell_c: cell, n_points: points } = query;
      const parameters =
        unit.type === 'cec'
          ? cecParameters(irradiance, cell, unit.module)
          : pvsystParameters(irradiance, cell, unit.module);
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
    uploadModule: upload('module'),
    deleteModule: remove('module'),
    searchInverters: ({ orgId, query }) => search('inverter', inverterView, orgId, query),
    async getInverter({ orgId, params }) {
      const item = await inverterOf(orgId, params.id);
      return { ...inverterView(item), parameters: snakeKeys(item.unit) };
    },
    uploadInverter: upload('inverter'),
    deleteInverter: remove('inverter'),
    listHorizons: async ({ orgId, query: { limit, cursor } }) =>
      cutPage(await library.horizons(orgId, limit, cursor), (row) => ({
        ...uploaded(row),
        kind: 'horizon' as const,
        azimuth_deg: [...row.spec.azimuthDeg],
        elevation_deg: [...row.spec.elevationDeg],
      })),
    uploadHorizon: upload('horizon'),
    deleteHorizon: remove('horizon'),
  };
}
