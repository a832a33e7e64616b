/**
 * Bounds the bodies that a process has in memory: they may arrive faster than threads read them. A body counts from its
 * request's start to its answer's end.
 */
import type { Request, RequestHandler } from 'express';
import { AppError } from '../../contracts/common/app-error.ts';
import { principalOf } from './identify.ts';

/** Returns the most bytes that a body becomes: what its header says; the limit, if it does not or is packed. */
function bytesOf({ headers }: Request, limit: number): number {
  const isKnown = headers['content-length'] !== undefined && headers['content-encoding'] === undefined;
  return isKnown ? Number(headers['content-length']) : limit;
}

/** One organization has so much of the budget. */
const SHARE = 1 / 4;

/**
 * @param mostBytes of all bodies
 * @returns what admits the bodies of an endpoint up to its limit [bytes]; it throws AppError `service.unavailable`
 */
export function bodyBudget(mostBytes: number): (limit: number) => RequestHandler {
  let held = 0;
  const byCaller = new Map<string, number>();
  const add = (caller: string, bytes: number): void => {
    held += bytes;
    const own = (byCaller.get(caller) ?? 0) + bytes;
    if (own > 0) byCaller.set(caller, own);
    else byCaller.delete(caller);
  };
  return (limit) => (request, response, next) => {
    const bytes = bytesOf(request, limit);
    if (bytes <= limit) {
      const { orgId } = principalOf(response);
      if (held + bytes > mostBytes || (byCaller.get(orgId) ?? 0) + bytes > SHARE * mostBytes)
        throw new AppError('service.unavailable', 'Too many large bodies arrive at once', {
          retryAfterS: 5,
          fix: 'Send fewer at the same time.',
        });
      add(orgId, bytes);
      response.once('close', () => add(orgId, -bytes));
    }
    next(); // a larger one is refused unread
  };
}
