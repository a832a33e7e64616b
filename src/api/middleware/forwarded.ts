import type { RequestHandler } from 'express';
import type { Logger } from '../../adapters/observability/logger.ts';
import { metrics } from '../../adapters/observability/metrics.ts';

const WARN_EVERY_MS = 3_600_000;

/**
 * Counts requests whose X-Forwarded-For is ignored because TRUSTED_PROXY_HOPS is 0, and warns once an hour: behind a
 * proxy all clients then count as one address.
 */
export function noticeForwarded(log: Logger, hops: number, now: () => number = Date.now): RequestHandler {
  let warnedAt = Number.NEGATIVE_INFINITY;
  return (request, _response, next) => {
    if (hops === 0 && request.headers['x-forwarded-for'] !== undefined) {
      metrics.forwardedIgnored.inc();
      if (now() - warnedAt >= WARN_EVERY_MS) {
        warnedAt = now();
        log.warning(
          'Requests have X-Forwarded-For, which is ignored because TRUSTED_PROXY_HOPS is 0; behind a proxy all clients count as one address',
        );
      }
    }
    next();
  };
}
