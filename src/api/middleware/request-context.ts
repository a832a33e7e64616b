/** A request id, one log line and the metrics of each request. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Principal } from '../../contracts/scopes.ts';
import type { Logger } from '../../observability/logger.ts';
import { metrics } from '../../observability/metrics.ts';

const ACCEPTED_ID = /^[\w.:-]{1,128}$/;

export const requestContext =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const sent = request.get('x-request-id');
    const requestId = sent && ACCEPTED_ID.test(sent) ? sent : `req_${randomUUID()}`;
    const started = performance.now();
    response.locals.requestId = requestId;
    response.setHeader('x-request-id', requestId);
    response.once('close', () => {
      const durationMs = performance.now() - started;
      const path = (response.locals.route as string | undefined) ?? 'unmatched';
      const { method } = request;
      metrics.httpRequests.inc({ method, path, status: response.statusCode });
      metrics.httpDuration.observe({ method, path }, durationMs / 1000);
      const principal = response.locals.principal as Principal | undefined;
      log.info('Request', {
        request_id: requestId,
        method,
        path: request.path,
        status: response.statusCode,
        duration_ms: Math.round(durationMs * 10) / 10,
        org_id: principal?.orgId,
        user_id: principal?.id,
      });
    });
    next();
  };
