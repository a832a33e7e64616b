import type { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { isTerminal } from '../../contracts/jobs/jobs.ts';
import { windIoRequestSchema } from '../../contracts/wind/library.schema.ts';
import { decodeColumns } from '../../series/columns.ts';
import { flowMapPicture, layoutPicture, rosePicture } from '../../services/wind/figures.ts';
import { loadWind, requireWindJob, windSources } from '../../services/wind/load.ts';
import { requestOfWindIo, windIoOfJob } from '../../services/wind/windio.ts';
import { endpoint } from '../endpoint.ts';
import { fileOf } from '../middleware/request-body.ts';
import { fileTypes, setFileType } from '../files.ts';
import type { Services } from '../services.ts';

/** A windIO document with a year of ten-minute records is half as long [bytes]. */
const MAX_WINDIO_BYTES = 1024 * 1024;

export const windRoutes = ({ jobs, ...services }: Services) => {
  const sources = windSources(services);
  return [
    endpoint({
      id: 'readWindIo',
      method: 'post',
      path: '/v1/wind/windio',
      tag: 'Wind',
      summary: 'Convert a windIO wind energy system (YAML) into the fields of an analysis and a layout search',
      description: 'The body is one document without includes. The API stores nothing.',
      scope: 'jobs:read',
      consumes: ['application/octet-stream', 'application/yaml', 'text/plain'],
      uploadLimit: MAX_WINDIO_BYTES,
      response: windIoRequestSchema,
      errors: ['wind.invalid_input'],
      handler: async ({ principal, request }) => {
        const bytes = fileOf(request, 'wind.invalid_input', 'document');
        return requestOfWindIo(
          (await services.pool.run('readWindIo', bytes, { caller: principal.orgId })).result,
        ) as z.output<typeof windIoRequestSchema>;
      },
    }),
    endpoint({
      id: 'getJobWindIo',
      method: 'get',
      path: '/v1/wind/jobs/:id/windio',
      tag: 'Wind',
      summary: 'Read a wind job as a windIO document: its farm or its best layout, with the wind at hub height',
      scope: 'jobs:read',
      produces: fileTypes('application/yaml'),
      errors: ['job.not_finished', 'wind.invalid_input'],
      handler: async ({ principal, params, request, response }) => {
        const job = requireWindJob(await jobs.get(principal.orgId, params.id));
        if (!isTerminal(job.status)) throw new AppError('job.not_finished', `Job ${job.id} is ${job.status}`);
        const { specs, climate } = await loadWind(principal.orgId, job.input, sources);
        setFileType(request, response, 'application/yaml').send(windIoOfJob(job, specs, climate));
      },
    }),
    endpoint({
      id: 'getLayoutPicture',
      method: 'get',
      path: '/v1/wind/jobs/:id/layout.svg',
      tag: 'Wind',
      summary: 'Draw the layout of the job, or the best one that it found, with boundary and cables',
      scope: 'jobs:read',
      produces: fileTypes('image/svg+xml'),
      errors: ['wind.invalid_input'],
      handler: async ({ principal, params, request, response }) => {
        const job = requireWindJob(await jobs.get(principal.orgId, params.id));
        const specs = await sources.windLibrary.resolve(principal.orgId, job.input.turbines);
        setFileType(request, response, 'image/svg+xml').send(layoutPicture(job, specs));
      },
    }),
    endpoint({
      id: 'getWindRosePicture',
      method: 'get',
      path: '/v1/wind/jobs/:id/wind-rose.svg',
      tag: 'Wind',
      summary: 'Draw the wind of a job by sector',
      scope: 'jobs:read',
      produces: fileTypes('image/svg+xml'),
      errors: ['wind.invalid_input'],
      handler: async ({ principal, params, request, response }) => {
        setFileType(request, response, 'image/svg+xml').send(
          rosePicture(requireWindJob(await jobs.get(principal.orgId, params.id))),
        );
      },
    }),
    endpoint({
      id: 'getFlowMapPicture',
      method: 'get',
      path: '/v1/wind/jobs/:id/flow-maps/:number.svg',
      tag: 'Wind',
      summary: 'Draw a flow map of an analysis; the series flow-map-1, ... have its data',
      scope: 'jobs:read',
      produces: fileTypes('image/svg+xml'),
      handler: async ({ principal, params, request, response }) => {
        const job = await jobs.require(principal.orgId, params.id);
        const map = decodeColumns(await jobs.series(job.id, `flow-map-${params.number}`));
        setFileType(request, response, 'image/svg+xml').send(flowMapPicture(map));
      },
    }),
  ];
};
