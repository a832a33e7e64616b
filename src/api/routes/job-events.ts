/** The stream of a job's events: what the database has, when a notification or the clock says so. */
import type { Request, Response } from 'express';
import { AppError } from '../../contracts/common/app-error.ts';
import { metrics } from '../../adapters/observability/metrics.ts';
import type { Principal } from '../../contracts/common/scopes.ts';
import { CREDENTIALS_CHANNEL } from '../../services/accounts/logins.ts';
import { JOB_EVENTS_CHANNEL } from '../../services/jobs/jobs.ts';
import { isStillAllowed } from '../middleware/identify.ts';
import type { Services } from '../services.ts';

/** In addition to notifications, a stream polls for events at this interval [ms]. */
const POLL_MS = 1_000;
const KEEP_ALIVE_MS = 15_000;
/** Streams that an organization may have open at a process: each asks the database every second. */
const MAX_STREAMS = 100;
const openStreams = new Map<string, number>();
/** A client reconnects to an interrupted stream after this time [ms]. */
const RETRY_MS = 1_000;

interface EventStream {
  readonly request: Request;
  readonly response: Response;
  readonly principal: Principal;
  readonly jobId: string;
  /** Number of the last event that the client has */
  readonly seen: number;
}

/**
 * Answers with server-sent events until the job, the client, this process or the credentials end.
 * @throws AppError `rate_limit.exceeded`
 */
export async function streamJobEvents(
  services: Pick<Services, 'accounts' | 'jobs' | 'listener' | 'stopping'>,
  stream: EventStream,
): Promise<void> {
  const { request, response, principal } = stream;
  const open = openStreams.get(principal.orgId) ?? 0;
  if (open >= MAX_STREAMS)
    throw new AppError('rate_limit.exceeded', `${open} event streams are open; expected at most ${MAX_STREAMS}`, {
      retryAfterS: 5,
      fix: 'Close streams that nobody reads, or ask for the jobs with GET /v1/jobs.',
    });
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    // Compressed, events would wait until there are enough of them.
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  response.write(`retry: ${RETRY_MS}\n\n`);
  response.locals.answeredAt = performance.now();
  metrics.sseConnections.inc();
  openStreams.set(principal.orgId, open + 1);
  try {
    await writeEvents(services, stream);
  } finally {
    metrics.sseConnections.dec();
    const others = (openStreams.get(principal.orgId) ?? 1) - 1;
    if (others > 0) openStreams.set(principal.orgId, others);
    else openStreams.delete(principal.orgId);
    response.end();
  }
}

async function writeEvents(
  { accounts, jobs, listener, stopping }: Pick<Services, 'accounts' | 'jobs' | 'listener' | 'stopping'>,
  { response, principal, jobId, seen: before }: EventStream,
): Promise<void> {
  let seen = before;
  let hasNews = true;
  let wake = (): void => undefined;
  const notice = (): void => {
    hasNews = true;
    wake();
  };
  const unlistenJobs = listener.on(JOB_EVENTS_CHANNEL, (id) => {
    if (id === jobId || id === '') notice();
  });
  const unlistenCredentials = listener.on(CREDENTIALS_CHANNEL, (id) => {
    if (id === '' || [principal.id, principal.personId, principal.orgId].includes(id)) notice();
  });
  const poll = setInterval(notice, POLL_MS);
  const keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
  response.once('close', notice);
  stopping.addEventListener('abort', notice);
  try {
    // When this process ends, another one continues its streams: Last-Event-ID resumes them.
    while (!response.closed && !stopping.aborted) {
      hasNews = false;
      if (!(await isStillAllowed(response, accounts, 'jobs:read'))) return;
      const events = await jobs.events(jobId, seen);
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
    unlistenJobs();
    unlistenCredentials();
    stopping.removeEventListener('abort', notice);
    clearInterval(poll);
    clearInterval(keepAlive);
  }
}
