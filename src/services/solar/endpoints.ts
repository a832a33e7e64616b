/** The handlers of the endpoints of photovoltaic plants: the library of components, and the clear sky. */
import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import type { EndpointCall } from '../../contracts/common/endpoint-contract.ts';
import { page } from '../../contracts/common/pages.schema.ts';
import { MAX_CLEAR_SKY_STEPS, type clearSkyQuerySchema } from '../../contracts/solar/clear-sky.schema.ts';
import type { componentQuerySchema, solarEndpoints } from '../../contracts/solar/endpoints.ts';
import type {
  inverterDetailSchema,
  inverterSchema,
  moduleDetailSchema,
  moduleSchema,
} from '../../contracts/solar/library.schema.ts';
import { snakeKeys } from '../../lib/case.ts';
import type { InverterComponent, ModuleComponent } from '../../solar/library/component.ts';
import { LIBRARY_SOURCE } from '../../solar/library/library.ts';
import { cecParameters, curvePoints, ivCurve, pvsystParameters } from '../../solar/power/single-diode.ts';
import { clearSky } from '../../solar/sun/clear-sky.ts';
import type { EndpointHandlers, EndpointServices } from '../jobs/endpoint-handlers.ts';
import {
  type ComponentFilter,
  type Searchable,
  type SolarComponentKind,
  type SolarComponentRow,
  solarLibrary,
} from './library.ts';

const isCustom = ({ id }: { id: string }): boolean => id.startsWith('cmp_');

type Shown<T> = z.output<T extends ModuleComponent ? typeof moduleSchema : typeof inverterSchema>;

/** Returns a component in lists; `module` or `inverter` of a system accepts its `id`. */
function view<T extends ModuleComponent | InverterComponent>(item: T): Shown<T> {
  const { unit, ...facts } = item;
  return { ...(snakeKeys(facts) as object), is_custom: isCustom(item), model: unit.type } as Shown<T>;
}

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

const uploaded = ({ id, kind, format, name, created_at }: SolarComponentRow) => ({
  id,
  kind,
  format,
  name,
  created_at,
});

/** Returns the instants of a query, at most MAX_CLEAR_SKY_STEPS. */
function instantsOf({
  starts_at: from,
  ends_at: to,
  step_minutes: step,
}: z.output<typeof clearSkyQuerySchema>): Float64Array {
  const first = Date.parse(from);
  const count = Math.floor((Date.parse(to) - first) / (step * 60_000)) + 1;
  if (!(count >= 1 && count <= MAX_CLEAR_SKY_STEPS))
    throw new AppError(
      'request.invalid',
      `/ends_at: ${from} to ${to} by ${step} min are ${Math.max(count, 0)} instants; expected 1 to ${MAX_CLEAR_SKY_STEPS}`,
      { pointer: '/ends_at' },
    );
  return Float64Array.from({ length: count }, (_, i) => first + i * step * 60_000);
}

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
  async function search<Kind extends keyof Searchable>(
    kind: Kind,
    orgId: string,
    query: z.output<typeof componentQuerySchema>,
    more: Partial<ComponentFilter> = {},
  ) {
    const filter = { ...filterOf(query), ...more };
    const { items, total } = await library.search(orgId, kind, filter, query);
    return { ...page(items, query.limit, view<Searchable[Kind]>), n_total: total, source: LIBRARY_SOURCE };
  }
  async function moduleOf(orgId: string, id: string): Promise<ModuleComponent> {
    const item = (await library.components(orgId, [id])).module(id);
    if (!item) throw new AppError('request.not_found', `No module ${id}`);
    return item;
  }
  async function inverterOf(orgId: string, id: string): Promise<InverterComponent> {
    const item = (await library.components(orgId, [id])).inverter(id);
    if (!item) throw new AppError('request.not_found', `No inverter ${id}`);
    return item;
  }
  return {
    async clearSky({ query }) {
      const times = instantsOf(query);
      const sky = clearSky(
        times,
        {
          latitudeDeg: query.latitude_deg,
          longitudeDeg: query.longitude_deg,
          elevationM: query.elevation_m,
          linkeTurbidity: query.linke_turbidity,
        },
        query.model,
      );
      return {
        model: query.model,
        data: Array.from(times, (time, i) => ({
          time: new Date(time).toISOString(),
          apparent_zenith_deg: sky.apparentZenithDeg[i],
          azimuth_deg: sky.azimuthDeg[i],
          ghi_w_m2: sky.ghiWm2[i],
          dni_w_m2: sky.dniWm2?.[i] ?? null,
          dhi_w_m2: sky.dhiWm2?.[i] ?? null,
        })),
      };
    },
    searchModules: ({ orgId, query }) => search('module', orgId, query, { technology: query.technology || undefined }),
    async getModule({ orgId, params }) {
      const item = await moduleOf(orgId, params.id);
      return { ...view(item), parameters: snakeKeys(item.unit) as z.output<typeof moduleDetailSchema>['parameters'] };
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
    searchInverters: ({ orgId, query }) => search('inverter', orgId, query),
    async getInverter({ orgId, params }) {
      const item = await inverterOf(orgId, params.id);
      return { ...view(item), parameters: snakeKeys(item.unit) as z.output<typeof inverterDetailSchema>['parameters'] };
    },
    uploadInverter: upload('inverter'),
    deleteInverter: remove('inverter'),
    listHorizons: async ({ orgId, query: { limit, cursor } }) =>
      page(await library.horizons(orgId, limit + 1, cursor), limit, (row) => ({
        ...uploaded(row),
        kind: 'horizon' as const,
        azimuth_deg: [...row.spec.azimuthDeg],
        elevation_deg: [...row.spec.elevationDeg],
      })),
    uploadHorizon: upload('horizon'),
    deleteHorizon: remove('horizon'),
  };
}
