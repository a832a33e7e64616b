import type { RequestHandler, Response } from 'express';
import type { Principal } from '../../contracts/common/scopes.ts';
import type { CallJournal } from '../../services/metering/journal.ts';

/** Statuses of requests that did nothing for the customer: refused by a limit, or failed by our fault */
const isFree = (status: number): boolean => status === 429 || status >= 500;

/** Meters each call of a customer, except with a test key, just before its answer ends. */
export const meterCalls =
  (journal: Pick<CallJournal, 'write'>): RequestHandler =>
  (_request, response, next) => {
    const end = response.end.bind(response) as (...parts: unknown[]) => Response;
    response.end = (...parts: unknown[]) => {
      const { principal, operation } = response.locals as { principal?: Principal; operation?: string };
      if (principal && !principal.isTest && operation && !isFree(response.statusCode))
        journal.write({ orgId: principal.orgId, caller: principal.id, operation });
      return end(...parts);
    };
    next();
  };
