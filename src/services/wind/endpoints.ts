/** The handlers of the endpoints of wind farms: the library, documents of windIO, and pictures of jobs. */
import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { page, startOfPage } from '../../contracts/common/pages.schema.ts';
import { isTerminal } from '../../contracts/jobs/jobs.ts';
import type { windEndpoints } from '../../contracts/wind/endpoints.ts';
import type { windIoRequestSchema, windResourceSchema } from '../../contracts/wind/library.schema.ts';
import { windTurbineSchema } from '../../contracts/wind/requests.schema.ts';
import { snakeKeys } from '../../lib/case.ts';
import type { WindResourceRow, WindTurbineRow } from '../../adapters/database/tables/wind.ts';
import { decodeColumns } from '../../series/columns.ts';
import type { TurbineSpec } from '../../wind/turbine/turbine.ts';
import { ratedPowerKw } from '../../wind/turbine/turbine.ts';
import { hasThrust, publicTurbine, searchTurbines } from '../../wind/turbine/turbine-library.ts';
import { WAKE_MODELS } from '../../wind/wakes/wake-models.ts';
import type { EndpointHandlers, EndpointServices } from '../jobs/endpoint-handlers.ts';
import { flowMapPicture, layoutPicture, rosePicture } from './figures.ts';
import { type TurbineFacts, turbineOfCurve } from './library.ts';
import { loadWind, requireWindJob, windSources } from './load.ts';
import { requestOfWindIo, windIoOfJob } from './windio.ts';

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
/** Returns what lists show of an own turbine, without its curve. */
const specOfFacts = ({ name, rated_kw, rotor_diameter_m, hub_height_m }: Omit<TurbineFacts, 'id'>): TurbineSpec => ({
  name,
  diameterM: rotor_diameter_m,
  hubHeightM: hub_height_m,
  refAirDensityKgM3: 1.225,
  nameplateKw: rated_kw,
  curve: {
    kind: 'table',
    wsMPerS: [],
    powerKw: [],
    ct: [],
    below: { powerKw: 0, ct: 0 },
    above: { powerKw: 0, ct: 0 },
  },
});
const resourceView = ({ org_id: _org, ...shown }: WindResourceRow) =>
  ({ ...shown, options: snakeKeys(shown.options) }) as z.output<typeof windResourceSchema>;

export function windHandlers({ jobs, ...services }: EndpointServices): EndpointHandlers<typeof windEndpoints> {
  const sources = windSources(services);
  const { windLibrary } = sources;
  return {
    async readWindIo({ orgId, body }) {
      const { result } = await services.pool.run('readWindIo', body, { caller: orgId });
      return requestOfWindIo(result) as z.output<typeof windIoRequestSchema>;
    },
    async getJobWindIo({ orgId, params }) {
      const job = requireWindJob(await jobs.get(orgId, params.id));
      if (!isTerminal(job.status)) throw new AppError('job.not_finished', `Job ${job.id} is ${job.status}`);
      const { specs, climate } = await loadWind(orgId, job.input, sources);
      return windIoOfJob(job, specs, climate);
    },
    async getLayoutPicture({ orgId, params }) {
      const job = requireWindJob(await jobs.get(orgId, params.id));
      return layoutPicture(job, await windLibrary.resolve(orgId, job.input.turbines));
    },
    getWindRosePicture: async ({ orgId, params }) => rosePicture(requireWindJob(await jobs.get(orgId, params.id))),
    async getFlowMapPicture({ orgId, params }) {
      const job = await jobs.require(orgId, params.id);
      return flowMapPicture(decodeColumns(await jobs.series(job.id, `flow-map-${params.number}`)));
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
      const own = await windLibrary.turbines(orgId, query.search);
      const specs = own.map(({ id, ...facts }) => ({ id, spec: specOfFacts(facts), isCustom: true }));
      const fitting = new Set(
        searchTurbines(
          search,
          specs.map(({ spec }) => spec),
        ),
      );
      const bundled = searchTurbines(search).map((spec) => ({ id: spec.name, spec, isCustom: false }));
      const { before, from } = startOfPage(query.cursor, bundled);
      const stored = specs.filter(
        ({ id, spec }) => fitting.has(spec) && before !== null && (before === undefined || id < before),
      );
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
    deleteTurbine: ({ orgId, params }) => windLibrary.deleteTurbine(orgId, params.id),
    async uploadWindResource({ orgId, query, body: bytes }) {
      const { name, format, height_m: heightM, lower_height_m: lowerHeightM } = query;
      return resourceView(
        await windLibrary.addResource(orgId, { name, bytes, format, options: { heightM, lowerHeightM } }),
      );
    },
    listWindResources: async ({ orgId, query: { limit, cursor } }) =>
      page(await windLibrary.resources(orgId, limit + 1, cursor), limit, resourceView),
    getWindResource: async ({ orgId, params }) => resourceView(await windLibrary.resource(orgId, params.id)),
    deleteWindResource: ({ orgId, params }) => windLibrary.deleteResource(orgId, params.id),
  };
}
