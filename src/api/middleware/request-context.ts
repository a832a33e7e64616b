/** Gives each request an id, one log line and metrics. The duration of a stream ends when the stream begins (`answeredAt`). */
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Principal } from '../../contracts/common/scopes.ts';
import type { Logger } from '../../adapters/observability/logger.ts';
import type { SloRecorder } from '../../services/slo/recorder.ts';
import { metrics } from '../../adapters/observability/metrics.ts';
import { beginSpan, failed, runIn, SpanKind, traceIdOf } from '../../adapters/observability/tracing.ts';

/** The status that nginx logs for this case. */
const CLIENT_GONE = 499;
const ACCEPTED_ID = /^[\w.:-]{1,128}$/;

export const requestContext =
  (log: Logger, slo: Pick<SloRecorder, 'count'>): RequestHandler =>
  (request, response, next) => {
    const sent = request.get('x-request-id');
    const requestId = sent && ACCEPTED_ID.test(sent) ? sent : `req_${randomUUID()}`;
    const started = performance.now();
    response.locals.requestId = requestId;
    const span = isProbe(request.path) ? undefined : requestSpan(request, requestId);
    response.locals.traceId = traceIdOf(span);
    response.setHeader('x-request-id', requestId);
    response.once('close', () => {
      const { locals } = response;
      // A client that disconnected before the answer got no status.
      const status = response.headersSent ? response.statusCode : CLIENT_GONE;
      const durationMs = ((locals.answeredAt as number | undefined) ?? performance.now()) - started;
      const route = (locals.route as string | undefined) ?? 'unmatched';
      const { method } = request;
      metrics.httpRequests.inc({ method, path: route, status });
      metrics.httpDuration.observe({ method, path: route }, durationMs / 1000);
      if (isCustomers(route)) slo.count(locals.isTransfer ? 'transfer' : 'answer', status, durationMs);
      const principal = locals.principal as Principal | undefined;
      if (span) {
        span.updateName(`${method} ${route}`);
        span.setAttributes({
          'http.route': route,
          'http.response.status_code': status,
          ...(principal && { 'tessellate.organization': principal.orgId }),
        });
        if (status >= 500) failed(span, `answered with ${status}`);
        span.end();
      }
      log.log(isProbe(route) && status < 500 ? 'debug' : 'info', `${method} ${route} ${status}`, {
        request_id: requestId,
        trace_id: locals.traceId as string | undefined,
        user_id: principal?.kind === 'user' ? principal.id : undefined,
        api_key_id: principal?.kind === 'api_key' ? principal.id : undefined,
        org_id: principal?.orgId,
        method,
        path: request.path,
        status,
        duration_ms: Math.round(durationMs * 10) / 10,
      });
    });
    if (span) runIn(span, next);
    else next();
  };

const requestSpan = (request: Request, requestId: string) =>
  beginSpan(request.method, {
    kind: SpanKind.SERVER,
    parent: request.get('traceparent') ?? null,
    attributes: {
      'http.request.method': request.method,
      'url.path': request.path,
      'tessellate.request_id': requestId,
    },
  });

/** Machines request these paths every few seconds, so they are not logged. */
const isProbe = (route: string): boolean => route.startsWith('/health') || route === '/metrics';
/** Objectives are about what customers ask for: not about probes, operators, pages and paths that do not exist. */
const isCustomers = (route: string): boolean => route.startsWith('/v1/');
