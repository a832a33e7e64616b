import express from 'express';
import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { isTerminal } from '../../contracts/jobs/jobs.ts';
import type { Principal } from '../../contracts/common/scopes.ts';
import type { WindAnalyzeInput, WindOptimizeBody, WindOptimizeInput } from '../../contracts/wind/requests.schema.ts';
import { windAnalyzeSchema, windOptimizeSchema } from '../../contracts/wind/requests.schema.ts';
import { jobSchema } from '../../contracts/jobs/jobs.schema.ts';
import { windIoRequestSchema } from '../../contracts/wind/library.schema.ts';
import { decodeColumns } from '../../series/columns.ts';
import { analysisPlan, flowMapPicture, requireFeasibleAnalysis } from '../../services/wind/analysis.ts';
import { layoutPicture, rosePicture } from '../../services/wind/figures.ts';
import { feasibleIterations, layoutPlan } from '../../services/wind/layout.ts';
import { loadWind } from '../../services/wind/load.ts';
import { inlineClimate, withAreas } from '../../services/wind/setup.ts';
import { requestOfWindIo, windIoOfJob } from '../../services/wind/windio.ts';
import { endpoint } from '../endpoint.ts';
import type { Services } from '../services.ts';
import { submitJob } from '../submit-job.ts';

const DESCRIPTION =
  'Answers at once; the job runs as a durable workflow. With an Idempotency-Key you can repeat the request safely.';

/** Replaces a stored wind resource while a request is validated: whether the farm is valid does not depend on it. */
const PLACEHOLDER_WIND = inlineClimate({ type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] })!;

export const windRoutes = ({ jobs, sites, weather, windLibrary, readWindClimate, config }: Services) => {
  /** Objects that the request refers to must exist and belong to the caller. */
  async function resolveReferences({ orgId }: Principal, body: WindAnalyzeInput | WindOptimizeBody) {
    const { resource, speedups } = body;
    const site = body.site_id === undefined ? null : await sites.get(orgId, body.site_id);
    const years =
      resource.type === 'weather'
        ? resource.weather_ids
        : resource.type === 'upload'
          ? (resource.long_term?.weather_ids ?? [])
          : [];
    if (years.length > 0) {
      const missing = await weather.missing(orgId, [...new Set(years)]);
      if (missing.length > 0) throw new AppError('request.not_found', `No weather dataset ${missing.join(', ')}`);
    }
    if (resource.type === 'upload') await windLibrary.resource(orgId, resource.resource_id);
    if (speedups && 'resource_id' in speedups) await windLibrary.resource(orgId, speedups.resource_id);
    const specs = await windLibrary.resolve(orgId, body.turbines);
    return { specs, climate: inlineClimate(resource), site };
  }

  /** Number of steps of the stored time series that an analysis refers to. */
  async function stepsOf({ orgId }: Principal, { resource }: WindAnalyzeInput): Promise<number> {
    const carried = resource.type === 'upload' ? resource.long_term?.weather_ids : undefined;
    const years = resource.type === 'weather' ? resource.weather_ids : (carried ?? []);
    const rows = await Promise.all(years.map((id) => weather.get(orgId, id)));
    if (rows.length > 0) return rows.reduce((sum, { row_count }) => sum + row_count, 0);
    if (resource.type !== 'upload') return 0;
    const { summary } = await windLibrary.resource(orgId, resource.resource_id);
    return typeof summary.records === 'number' ? summary.records : 0;
  }

  return [
    endpoint({
      id: 'analyzeWind',
      method: 'post',
      path: '/v1/wind/analyze',
      tag: 'Wind',
      summary:
        'Compute the yield of a wind farm: wakes, losses, exceedance levels, time series, wake steering, flow maps, economics',
      description: DESCRIPTION,
      scope: 'jobs:write',
      status: 202,
      body: windAnalyzeSchema,
      headers: ['Idempotency-Key'],
      response: jobSchema,
      errors: ['wind.invalid_input', 'job.too_large', 'request.not_found'],
      example: {
        resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9.4, shape: 2.2 }] },
        turbines: [{ id: 'v80' }],
        layout: { x_m: [0, 400, 800], y_m: [0, 100, 0] },
      },
      handler: async (call) => {
        const { principal, body } = call;
        const { specs, climate } = await resolveReferences(principal, body);
        const checked = climate ? body : withoutClimate(body);
        const plan = analysisPlan(checked, specs, climate ?? PLACEHOLDER_WIND);
        requireFeasibleAnalysis(plan, body, config.TASK_SOFT_TIME_LIMIT, await stepsOf(principal, body));
        return submitJob(jobs, call, { kind: 'wind-analyze', input: body, seed: body.seed });
      },
    }),
    endpoint({
      id: 'optimizeWind',
      method: 'post',
      path: '/v1/wind/optimize',
      tag: 'Wind',
      summary:
        'Find the best layout of a wind farm within a boundary: by energy, cost, land or cables; also turbine type and number',
      description: `${DESCRIPTION} The API refuses a search that exceeds the compute time of a job, and says what to reduce.`,
      scope: 'jobs:write',
      status: 202,
      body: windOptimizeSchema,
      headers: ['Idempotency-Key'],
      response: jobSchema,
      errors: [
        'wind.invalid_input',
        'optimize.invalid_input',
        'optimize.infeasible',
        'job.too_large',
        'request.not_found',
      ],
      example: {
        resource: { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9.4, shape: 2.2 }] },
        turbines: [{ id: 'v80' }],
        boundary: {
          type: 'Polygon',
          coordinates: [
            [
              [8.06, 55.58],
              [8.12, 55.58],
              [8.12, 55.61],
              [8.06, 55.61],
              [8.06, 55.58],
            ],
          ],
          setback_m: 100,
        },
        n_turbines: 12,
      },
      handler: async (call) => {
        const { principal } = call;
        const { specs, climate, site } = await resolveReferences(principal, call.body);
        const body = withAreas(call.body, site);
        const checked = climate ? body : withoutClimate(body);
        const plan = layoutPlan(checked, specs, climate ?? PLACEHOLDER_WIND, body.seed ?? 0);
        const n_iterations = feasibleIterations(plan, checked, config.TASK_SOFT_TIME_LIMIT);
        return submitJob(jobs, call, { kind: 'wind-optimize', input: { ...body, n_iterations }, seed: body.seed });
      },
    }),
    endpoint({
      id: 'readWindIo',
      method: 'post',
      path: '/v1/wind/windio',
      tag: 'Wind',
      summary: 'Convert a windIO wind energy system (YAML) into the fields of an analysis and a layout search',
      description: 'The body is one document without includes. The API stores nothing.',
      scope: 'jobs:read',
      consumes: ['application/yaml', 'text/plain'],
      before: express.text({ type: () => true, limit: '1mb' }),
      response: windIoRequestSchema,
      errors: ['wind.invalid_input'],
      handler: async ({ request }) => {
        const text: unknown = request.body;
        if (typeof text !== 'string' || text.trim() === '')
          throw new AppError('wind.invalid_input', 'The document is empty', {
            fix: 'Send the YAML as the body of the request, as with curl --data-binary @FILE.',
          });
        return requestOfWindIo(text) as z.output<typeof windIoRequestSchema>;
      },
    }),
    endpoint({
      id: 'getJobWindIo',
      method: 'get',
      path: '/v1/wind/jobs/:id/windio',
      tag: 'Wind',
      summary: 'Read a wind job as a windIO document: its farm or its best layout, with the wind at hub height',
      scope: 'jobs:read',
      produces: ['application/yaml'],
      errors: ['job.not_finished', 'wind.invalid_input'],
      handler: async ({ principal, params, response }) => {
        const job = await jobs.get(principal.orgId, params.id);
        if (job.kind !== 'wind-analyze' && job.kind !== 'wind-optimize')
          throw new AppError('request.not_found', `Job ${job.id} is a ${job.kind}`);
        if (!isTerminal(job.status)) throw new AppError('job.not_finished', `Job ${job.id} is ${job.status}`);
        const body = job.input as unknown as WindAnalyzeInput | WindOptimizeInput;
        const { specs, climate } = await loadWind(principal.orgId, body, { windLibrary, weather, readWindClimate });
        response.type('application/yaml').send(windIoOfJob(job, specs, climate));
      },
    }),
    endpoint({
      id: 'getLayoutPicture',
      method: 'get',
      path: '/v1/wind/jobs/:id/layout.svg',
      tag: 'Wind',
      summary: 'Draw the layout of the job, or the best one that it found, with boundary and cables',
      scope: 'jobs:read',
      produces: ['image/svg+xml'],
      errors: ['wind.invalid_input'],
      handler: async ({ principal, params, response }) => {
        const job = await jobs.get(principal.orgId, params.id);
        const { turbines } = job.input as unknown as Pick<WindAnalyzeInput, 'turbines'>;
        const specs = await windLibrary.resolve(principal.orgId, turbines ?? []);
        response.type('image/svg+xml').send(layoutPicture(job, specs));
      },
    }),
    endpoint({
      id: 'getWindRosePicture',
      method: 'get',
      path: '/v1/wind/jobs/:id/wind-rose.svg',
      tag: 'Wind',
      summary: 'Draw the wind of a job by sector',
      scope: 'jobs:read',
      produces: ['image/svg+xml'],
      errors: ['wind.invalid_input'],
      handler: async ({ principal, params, response }) => {
        response.type('image/svg+xml').send(rosePicture(await jobs.get(principal.orgId, params.id)));
      },
    }),
    endpoint({
      id: 'getFlowMapPicture',
      method: 'get',
      path: '/v1/wind/jobs/:id/flow-maps/:number.svg',
      tag: 'Wind',
      summary: 'Draw a flow map of an analysis; the series flow-map-1, ... have its data',
      scope: 'jobs:read',
      produces: ['image/svg+xml'],
      handler: async ({ principal, params, response }) => {
        const job = await jobs.get(principal.orgId, params.id);
        const map = decodeColumns(await jobs.series(job.id, `flow-map-${params.number}`));
        response.type('image/svg+xml').send(flowMapPicture(map));
      },
    }),
  ];
};

/** The request without the fields that only its stored wind resource can check. */
const withoutClimate = <Body extends WindAnalyzeInput | WindOptimizeInput>(body: Body): Body => ({
  ...body,
  turbulence_intensity: body.turbulence_intensity === 'measured' ? 0.08 : body.turbulence_intensity,
  mode: undefined,
  shear: body.shear?.model === 'fitted' ? undefined : body.shear,
  air_density_kg_m3: body.air_density_kg_m3 === 'weather' ? undefined : body.air_density_kg_m3,
});
