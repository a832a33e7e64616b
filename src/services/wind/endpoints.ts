/** The handlers of the endpoints of wind farms: the library, documents of windIO, and pictures of jobs. */
import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { page, startOfPage } from '../../contracts/common/pages.schema.ts';
import { isTerminal } from '../../contracts/jobs/jobs.ts';
import type { windEndpoints } from '../../contracts/wind/endpoints.ts';
import type { windResourceSchema } from '../../contracts/wind/library.schema.ts';
import { windTurbineSchema } from '../../contracts/wind/requests.schema.ts';
import { camelKeys, snakeKeys } from '../../lib/case.ts';
import type { WindResourceRow, WindTurbineRow } from '../../adapters/database/tables/wind.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { ratedPowerKw, runningSpeeds, tableCurve } from '../../wind/turbine/turbine.ts';
import { hasThrust, publicTurbine, searchTurbines } from '../../wind/turbine/turbine-library.ts';
import { WAKE_MODELS } from '../../wind/wakes/wake-models.ts';
import type { EndpointHandlers, EndpointServices } from '../jobs/endpoint-handlers.ts';
import type { TurbineFacts } from './library.ts';
import { turbineOfCurve } from './turbine-choice.ts';
import { loadReferences, requireWindJob, windSources } from './load.ts';
import { inThread } from './threads.ts';

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
        cut_in_m_s: runningSpeeds(spec).cutInMPerS,
        cut_out_m_s: runningSpeeds(spec).cutOutMPerS,
        ...(spec.densityCurves && {
          density_curves: spec.densityCurves.map(({ densityKgM3, powerKw, ct }) => ({
            air_density_kg_m3: densityKgM3,
            power_kw: [...powerKw],
            ...(ct && { thrust_coefficient: [...ct] }),
          })),
        }),
      }
    : {
        cut_in_m_s: spec.curve.cutInMPerS,
        rated_speed_m_s: spec.curve.ratedMPerS,
        cut_out_m_s: spec.curve.cutOutMPerS,
        thrust_coefficient: spec.curve.ct,
      }),
});

const ownSpec = (row: WindTurbineRow): TurbineSpec => turbineOfCurve(windTurbineSchema.parse(row.curve));
/** Returns what lists show of an own turbine, without its curve. */
const specOfFacts = ({
  name,
  rated_kw,
  rotor_diameter_m,
  hub_height_m,
  has_thrust,
}: Omit<TurbineFacts, 'id'>): TurbineSpec => ({
  name,
  diameterM: rotor_diameter_m,
  hubHeightM: hub_height_m,
  refAirDensityKgM3: 1.225,
  nameplateKw: rated_kw,
  curve: tableCurve([], [], has_thrust ? [] : null),
});
const resourceView = ({ org_id: _org, ...shown }: WindResourceRow) =>
  ({ ...shown, options: snakeKeys(shown.options) }) as z.output<typeof windResourceSchema>;

export function windHandlers({ jobs, ...services }: EndpointServices): EndpointHandlers<typeof windEndpoints> {
  const { pool } = services;
  const sources = windSources(services);
  const { windLibrary } = sources;
  return {
    readWindIo: ({ orgId, body }) => inThread(pool, 'readWindIo', body, { caller: orgId }),
    async getJobWindIo({ orgId, params }) {
      const stored = requireWindJob(await jobs.asText(orgId, params.id));
      const { id, status } = stored.job;
      if (!isTerminal(status)) throw new AppError('job.not_finished', `Job ${id} is ${status}`);
      const references = await inThread(pool, 'referencesOf', stored.input, { caller: orgId, isAnswer: true });
      const loaded = await loadReferences(orgId, references, sources);
      return inThread(pool, 'windIo', { stored, ...loaded }, { caller: orgId, isAnswer: true });
    },
    async getLayoutPicture({ orgId, params }) {
      const stored = requireWindJob(await jobs.asText(orgId, params.id));
      const { turbines } = await inThread(pool, 'referencesOf', stored.input, { caller: orgId, isAnswer: true });
      const specs = await windLibrary.resolve(orgId, turbines);
      return inThread(pool, 'layout', { stored, specs }, { caller: orgId, isAnswer: true });
    },
    getWindRosePicture: async ({ orgId, params }) =>
      inThread(pool, 'windRose', requireWindJob(await jobs.asText(orgId, params.id)), {
        caller: orgId,
        isAnswer: true,
      }),
    async getFlowMapPicture({ orgId, params }) {
      const job = await jobs.require(orgId, params.id);
      return inThread(pool, 'flowMap', await jobs.series(job.id, `flow-map-${params.number}`), {
        caller: orgId,
        isAnswer: true,
      });
    },
    async searchTurbines({ orgId, query }) {
      const search = {
        text: query.search,
        minRatedKw: query.min_rated_kw,
        maxRatedKw: query.max_rated_kw,
        minDiameterM: query.min_rotor_diameter_m,
        maxDiameterM: query.max_rotor_diameter_m,
        hasThrust: query.has_thrust === undefined ? undefined : query.has_thrust === 'true',
      };
      const bundled = searchTurbines(search).map((spec) => ({ id: spec.name, spec, isCustom: false }));
      const { before, from } = startOfPage(query.cursor, bundled, 'turbine');
      const own = before === null ? [] : await windLibrary.turbines(orgId, search, { before, limit: query.limit + 1 });
      const stored = own.map(({ id, ...facts }) => ({ id, spec: specOfFacts(facts), isCustom: true }));
      const turbines = [...stored, ...bundled.slice(from)];
      return page(turbines, query.limit, ({ id, spec, isCustom }) => turbineView(id, spec, isCustom));
    },
    listWakeModels: async () => ({
      data: WAKE_MODELS.map((model) => ({
        name: model.name,
        deficit: model.kind === 'superposed' ? model.deficit.kind : model.kind,
        superposition: model.kind === 'superposed' ? model.superposition : null,
        turbulence: model.kind === 'superposed' ? (model.turbulence?.kind ?? null) : 'crespo_hernandez',
        deflection: model.kind === 'superposed' ? 'jimenez' : 'gauss',
      })),
    }),
    async getTurbine({ orgId, params: { id } }) {
      if (id.startsWith('trb_')) return withCurve(id, ownSpec(await windLibrary.turbine(orgId, id)), true);
      const spec = searchTurbines({ text: id }).find(({ name }) => name === id);
      if (!spec) throw new AppError('request.not_found', `No turbine ${id}`);
      return withCurve(id, publicTurbine(id), false);
    },
    async createTurbine({ orgId, body }) {
      const row = await windLibrary.addTurbine(orgId, body);
      return withCurve(row.id, ownSpec(row), true);
    },
    async uploadTurbineFile({ orgId, query, body: bytes }) {
      const { name, table_index: table, hub_height_m: hubHeightM } = query;
      const { curve, notUsed } = await inThread(pool, 'readWtg', { bytes, name, table, hubHeightM }, { caller: orgId });
      const row = await windLibrary.addTurbine(orgId, curve);
      return { turbine: withCurve(row.id, ownSpec(row), true), not_used: notUsed };
    },
    deleteTurbine: ({ orgId, params }) => windLibrary.deleteTurbine(orgId, params.id),
    async uploadWindResource({ orgId, query, body: bytes }) {
      const { name, format, columns, column_units: columnUnits, ...others } = query;
      const options = { ...camelKeys(others), columns, columnUnits };
      return resourceView(await windLibrary.addResource(orgId, { name, bytes, format, options }));
    },
    listWindResources: async ({ orgId, query: { limit, cursor } }) =>
      page(await windLibrary.resources(orgId, limit + 1, cursor), limit, resourceView),
    getWindResource: async ({ orgId, params }) => resourceView(await windLibrary.resource(orgId, params.id)),
    deleteWindResource: ({ orgId, params }) => windLibrary.deleteResource(orgId, params.id),
  };
}
