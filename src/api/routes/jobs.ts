import { z } from 'zod';
import { ownChoice, withDefault } from '../../contracts/common/fields.schema.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { isTerminal, JOB_STATUSES } from '../../contracts/jobs/jobs.ts';
import { JOB_KINDS, workflowIdOf } from '../../contracts/jobs/kinds.ts';
import { workflowPage } from '../../contracts/operations/web-ui.ts';
import { jobPageSchema, jobSchema, seriesNamesSchema, seriesSchema } from '../../contracts/jobs/jobs.schema.ts';
import { headerOf, shownName } from '../../series/columns.ts';
import { endpoint } from '../endpoint.ts';
import { isOperator } from '../middleware/operator.ts';
import { linksById, linksOfFirst } from '../../contracts/common/links.ts';
import { page, pageQuery } from '../../contracts/common/pages.schema.ts';
import { csvOf, jsonOf, sendPieces } from '../stream.ts';
import type { Services } from '../services.ts';
import { streamJobEvents } from './job-events.ts';
import { jobSummaryView, sendJob } from '../submit-job.ts';

/** Returns the columns of a query, each once and known. @throws AppError `request.invalid` */
function columnsAsked(wanted: string | undefined, known: readonly string[]): readonly string[] {
  if (wanted === undefined) return known;
  const names = wanted.split(',');
  const refuse = (reason: string): never => {
    throw new AppError('request.invalid', `${reason}; the series has ${known.join(', ')}`, {
      pointer: '/query/columns',
    });
  };
  for (const [i, name] of names.entries()) {
    if (!known.includes(name)) refuse(`No column ${name.slice(0, 100)}`);
    if (names.indexOf(name) < i) refuse(`${name} is asked for twice`);
  }
  return names;
}

export const jobRoutes = ({ accounts, config, jobs, listener, pool, stopping }: Services) => [
  endpoint({
    id: 'listJobs',
    method: 'get',
    path: '/v1/jobs',
    tag: 'Jobs',
    links: linksOfFirst('getJob'),
    summary: 'List jobs, newest first, without inputs and results',
    scope: 'jobs:read',
    query: pageQuery('job').extend({ kind: z.enum(JOB_KINDS).optional(), status: z.enum(JOB_STATUSES).optional() }),
    response: jobPageSchema,
    handler: async ({ principal, query: { limit, cursor, kind, status } }) => {
      const rows = await jobs.list(principal.orgId, { kind, status, limit: limit + 1, before: cursor });
      return page(rows, limit, jobSummaryView);
    },
  }),
  endpoint({
    id: 'getJob',
    method: 'get',
    path: '/v1/jobs/:id',
    tag: 'Jobs',
    links: {
      ...linksById('cancelJob', 'listJobSeries', 'streamJobEvents'),
      getReport: { id: '$response.body#/result/report_id' },
    },
    summary: 'Read a job with its result',
    scope: 'jobs:read',
    response: jobSchema,
    handler: async ({ principal, params, request, response }) => {
      const stored = await jobs.shown(principal.orgId, params.id);
      const { TEMPORAL_UI_URL: ui, TEMPORAL_NAMESPACE: namespace } = config;
      if (ui !== undefined && isOperator(request, config))
        response.setHeader('x-temporal-ui', workflowPage(ui, namespace, workflowIdOf(stored.job.kind, params.id)));
      return sendJob(response, stored);
    },
  }),
  endpoint({
    id: 'cancelJob',
    method: 'post',
    path: '/v1/jobs/:id/cancel',
    tag: 'Jobs',
    links: linksById('getJob'),
    summary: 'Cancel a job; it keeps its best result so far',
    scope: 'jobs:write',
    status: 202,
    takesIdempotencyKey: false, // a second cancellation changes nothing
    response: jobSchema,
    errors: ['job.already_finished'],
    handler: async ({ principal, params, response }) =>
      sendJob(response.status(202), await jobs.cancel(principal.orgId, params.id)),
  }),
  endpoint({
    id: 'deleteJob',
    method: 'delete',
    path: '/v1/jobs/:id',
    tag: 'Jobs',
    summary: 'Delete a job that has ended, with its result and series; the report that it has written too',
    scope: 'jobs:write',
    errors: ['job.not_finished'],
    handler: ({ principal, params }) => jobs.delete(principal.orgId, params.id),
  }),
  endpoint({
    id: 'listJobSeries',
    method: 'get',
    path: '/v1/jobs/:id/series',
    tag: 'Jobs',
    links: { getJobSeries: { id: '$request.path.id', name: '$response.body#/data/0' } },
    summary: "List the names of a job's stored time series",
    scope: 'jobs:read',
    response: seriesNamesSchema,
    handler: async ({ principal, params }) => {
      await jobs.require(principal.orgId, params.id);
      return { data: await jobs.seriesNames(params.id) };
    },
  }),
  endpoint({
    id: 'getJobSeries',
    method: 'get',
    path: '/v1/jobs/:id/series/:name',
    tag: 'Jobs',
    summary: 'Read a time series of a job as JSON columns or CSV',
    scope: 'jobs:read',
    produces: ['application/json', 'text/csv'],
    query: z.strictObject({
      format: withDefault(z.enum(['json', 'csv']), 'json', ownChoice('as all other answers')),
      columns: z
        .string()
        .max(16_000)
        .regex(/^[A-Za-z0-9_,-]*$/, 'expected names of columns, separated by commas')
        .optional()
        .describe('Columns: their names, each once, separated by commas; default: all'),
    }),
    response: seriesSchema,
    errors: ['job.not_finished'],
    handler: async ({ principal, params, query: { format, columns: wanted }, response }) => {
      const job = await jobs.require(principal.orgId, params.id);
      if (!isTerminal(job.status)) throw new AppError('job.not_finished', `Job ${job.id} is ${job.status}`);
      const data = await jobs.series(job.id, params.name);
      const { meta, fields } = headerOf(data);
      const stored = new Map(fields.map(({ name }) => [shownName(name), name]));
      const names = columnsAsked(wanted, [...stored.keys()]);
      const { result } = await pool.run(
        'decodeSeries',
        { data, names: names.map((name) => stored.get(name)!) },
        { caller: principal.orgId, isAnswer: true },
      );
      const columns = result.map((values, c) => ({ name: names[c], values }));
      if (format === 'csv') response.attachment(`${job.id}-${params.name}.csv`).type('text/csv');
      else response.type('json');
      await sendPieces(response, format === 'csv' ? csvOf(columns) : jsonOf(meta, columns));
      return undefined;
    },
  }),
  endpoint({
    id: 'streamJobEvents',
    method: 'get',
    path: '/v1/jobs/:id/events',
    tag: 'Jobs',
    summary: 'Stream the progress of a job as server-sent events; Last-Event-ID resumes the stream',
    description: 'The stream ends with the job, or when its credentials expire, are revoked or lose the scope.',
    scope: 'jobs:read',
    produces: ['text/event-stream'],
    headers: ['Last-Event-ID'],
    noContent: 'The job has ended and has no event after Last-Event-ID; an EventSource then stops',
    handler: async ({ principal, params, request, response }) => {
      const job = await jobs.require(principal.orgId, params.id);
      const lastId = Number(request.get('last-event-id') ?? 0);
      const seen = Number.isSafeInteger(lastId) && lastId > 0 ? Math.min(lastId, job.event_seq) : 0;
      if (isTerminal(job.status) && (await jobs.events(params.id, seen, 1)).length === 0) {
        response.status(204).end();
        return undefined;
      }
      const stream = { request, response, principal, jobId: params.id, seen };
      await streamJobEvents({ accounts, jobs, listener, stopping }, stream);
      return undefined;
    },
  }),
];
