/** Requests a minute for each credential, or address without one; counted in Redis where there is one. */
import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Redis } from 'ioredis';
import { RedisStore } from 'rate-limit-redis';
import { hashToken } from '../../accounts/credentials.ts';
import { AppError } from '../../contracts/app-error.ts';

export interface RateLimits {
  readonly perMinute: number;
  readonly burst: number;
}

export function limitRequests({ perMinute, burst }: RateLimits, redis?: Redis): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute + burst,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: 'default',
    // Redis away must not stop the service: it holds counters, no data.
    passOnStoreError: true,
    keyGenerator: (request) => {
      const credentials = request.get('authorization') ?? request.get('x-api-key');
      return credentials ? hashToken(credentials).toString('base64url') : ipKeyGenerator(request.ip ?? '');
    },
    store: redis
      ? new RedisStore({
          prefix: 'tessellate:rate:',
          sendCommand: (command: string, ...args: string[]) => redis.call(command, ...args) as Promise<never>,
        })
      : undefined,
    handler: (_request, response) => {
      const retryAfterS = Number(response.getHeader('retry-after') ?? 60);
      throw new AppError('rate_limit.exceeded', `More than ${perMinute + burst} requests a minute`, { retryAfterS });
    },
  });
}
