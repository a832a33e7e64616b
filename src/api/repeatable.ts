/** Requests that create something take an Idempotency-Key: sent again, they get the answer of the first. */
import type { Request } from 'express';
import { z } from 'zod';
import { checked } from '../contracts/common/checked.ts';
import type { Principal } from '../contracts/common/scopes.ts';
import { type RepeatableRequest, requestHash } from '../services/idempotency/idempotency.ts';
import { isOperatorScope } from './middleware/operator.ts';
import { bodyDigestOf } from './middleware/request-body.ts';

interface Declared {
  readonly method: string;
  readonly scope: string;
  readonly status?: number;
  readonly takesIdempotencyKey?: boolean;
}

/** Whether an endpoint takes an Idempotency-Key: unless it is declared, every POST of an organization's caller that creates something does. */
export const takesIdempotencyKey = ({ method, scope, status, takesIdempotencyKey: declared }: Declared): boolean =>
  declared ??
  (method === 'post' &&
    !['public', 'any', 'admin'].includes(scope) &&
    !isOperatorScope(scope) &&
    [201, 202].includes(status ?? 200));

const idempotencyKey = z.string().min(1).max(255).optional();

/**
 * Returns what tells a request from others, once its body has been read; undefined if it has no Idempotency-Key.
 * @throws AppError `request.invalid`
 */
export function repeatableRequest(
  operation: string,
  request: Request,
  { orgId, id }: Principal,
): RepeatableRequest | undefined {
  const key = checked(idempotencyKey, request.get('idempotency-key'), '/headers/idempotency-key');
  if (key === undefined) return undefined;
  return { orgId, key, hash: requestHash(id, operation, request.originalUrl, bodyDigestOf(request)) };
}
