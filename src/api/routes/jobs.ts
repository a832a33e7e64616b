import { z } from 'zod';
import { AppError } from '../../contracts/common/app-error.ts';
import { isTerminal, JOB_STATUSES } from '../../contracts/jobs/jobs.ts';
import { JOB_KINDS } from '../../contracts/jobs/kinds.ts';
import { jobPageSchema, jobSchema, seriesNamesSchema, seriesSchema } from '../../contracts/jobs/jobs.schema.ts';
import { decodeColumns, shownName } from '../../series/columns.ts';
import { JOB_EVENTS_CHANNEL } from '../../services/jobs/jobs.ts';
import { metrics } from '../../adapters/observability/metrics.ts';
import { endpoint } from '../endpoint.ts';
import { page, pageQuery } from '../pages.ts';
import type { Services } from '../services.ts';
import { jobSummaryView, jobView as view } from '../submit-job.ts';

/** In addition to notifications, a stream polls for events at this interval [ms]. */
const SSE_POLL_MS = 1_000;
const SSE_KEEP_ALIVE_MS = 15_000;
/** A client reconnects to an interrupted stream after this time [ms]. */
const SSE_RETRY_MS = 1_000;

/** Columns of a stored series as they are answered; instants are text by ISO 8601. */
const shownColumns = (stored: ReturnType<typeof decodeColumns>['columns']): Record<string, (number | string)[]> =>
  Object.fromEntries(
    Object.entries(stored).map(([name, values]) =>
      shownName(name) === 'time'
        ? ['time', Array.from(values, (ms) => new Date(ms).toISOString())]
        : [name, Array.from(values)],
    ),
  );

export const jobRoutes = ({ jobs, listener, stopping }: Services) => [
  endpoint({
    id: 'listJobs',
    method: 'get',
    path: '/v1/jobs',
    tag: 'Jobs',
    summary: 'List jobs, newest first, without inputs and results',
    scope: 'jobs:read',
    query: pageQuery.extend({ kind: z.enum(JOB_KINDS).optional(), status: z.enum(JOB_STATUSES).optional() }),
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
    summary: 'Read a job with its result',
    scope: 'jobs:read',
    response: jobSchema,
    handler: async ({ principal, params }) => view(await jobs.get(principal.orgId, params.id)),
  }),
  endpoint({
    id: 'cancelJob',
    method: 'post',
    path: '/v1/jobs/:id/cancel',
    tag: 'Jobs',
    summary: 'Cancel a job; it keeps its best result so far',
    scope: 'jobs:write',
    status: 202,
    response: jobSchema,
    errors: ['job.already_finished'],
    handler: async ({ principal, params }) => view(await jobs.cancel(principal.orgId, params.id)),
  }),
  endpoint({
    id: 'listJobSeries',
    method: 'get',
    path: '/v1/jobs/:id/series',
    tag: 'Jobs',
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
      format: z.enum(['json', 'csv']).default('json'),
      columns: z.string().optional().describe('Column names, separated by commas; default: all'),
    }),
    response: seriesSchema,
    errors: ['job.not_finished'],
    handler: async ({ principal, params, query: { format, columns: wanted }, response }) => {
      const job = await jobs.require(principal.orgId, params.id);
      if (!isTerminal(job.status)) throw new AppError('job.not_finished', `Job ${job.id} is ${job.status}`);
      const { columns: stored, meta } = decodeColumns(await jobs.series(job.id, params.name));
      const columns = shownColumns(stored);
      const names = wanted?.split(',') ?? Object.keys(columns);
      for (const name of names)
        if (!(name in columns))
          throw new AppError(
            'request.invalid',
            `No column ${name}; the series has ${Object.keys(columns).join(', ')}`,
            {
              pointer: '/query/columns',
            },
          );
      if (format === 'json')
        return { ...meta, columns: Object.fromEntries(names.map((name) => [name, columns[name]])) };
      const lines = [names.join(',')];
      for (let i = 0; i < columns[names[0]].length; i++) lines.push(names.map((name) => columns[name][i]).join(','));
      response
        .attachment(`${job.id}-${params.name}.csv`)
        .type('text/csv')
        .send(`${lines.join('\n')}\n`);
      return undefined;
    },
  }),
  endpoint({
    id: 'streamJobEvents',
    method: 'get',
    path: '/v1/jobs/:id/events',
    tag: 'Jobs',
    summary: 'Stream the progress of a job as server-sent events; Last-Event-ID resumes the stream',
    scope: 'jobs:read',
    produces: ['text/event-stream'],
    headers: ['Last-Event-ID'],
    handler: async ({ principal, params, request, response }) => {
      await jobs.require(principal.orgId, params.id);
      const lastId = Number(request.get('last-event-id') ?? 0);
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write(`retry: ${SSE_RETRY_MS}\n\n`);
      response.locals.answeredAt = performance.now();
      metrics.sseConnections.inc();
      try {
        await streamEvents(Number.isSafeInteger(lastId) && lastId > 0 ? lastId : 0);
      } finally {
        metrics.sseConnections.dec();
        response.end();
      }
      return undefined;

      async function streamEvents(after: number): Promise<void> {
        let seen = after;
        let hasNews = true;
        let wake = (): void => undefined;
        const notice = (): void => {
          hasNews = true;
          wake();
        };
        const unlisten = listener.on(JOB_EVENTS_CHANNEL, (jobId) => {
          if (jobId === params.id || jobId === '') notice();
        });
        const poll = setInterval(notice, SSE_POLL_MS);
        const keepAlive = setInterval(() => response.write(': still here\n\n'), SSE_KEEP_ALIVE_MS);
        response.once('close', notice);
        stopping.addEventListener('abort', notice);
        try {
          // When this process ends, another one continues its streams: Last-Event-ID resumes them.
          while (!response.closed && !stopping.aborted) {
            hasNews = false;
            const events = await jobs.events(params.id, seen);
            for (const { seq, type, data, created_at } of events) {
              response.write(`id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify({ ...data, at: created_at })}\n\n`);
              seen = seq;
              if (type === 'job.succeeded' || type === 'job.failed' || type === 'job.cancelled') return;
            }
            if (!hasNews)
              await new Promise<void>((resolve) => {
                wake = resolve;
              });
          }
        } finally {
          unlisten();
          stopping.removeEventListener('abort', notice);
          clearInterval(poll);
          clearInterval(keepAlive);
        }
      }
    },
  }),
];
