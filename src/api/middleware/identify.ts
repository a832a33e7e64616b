/** Identifies the caller by `Authorization: Bearer` or `x-api-key`. A route that needs no credentials ignores wrong ones. */
import type { Request, RequestHandler, Response } from 'express';
import type { Accounts } from '../../services/accounts/accounts.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Principal, Scope } from '../../contracts/common/scopes.ts';

/** The name of a scheme is written in any case (RFC 9110, 11.1). */
const BEARER = /^bearer +/i;

/** @returns the token of `Authorization: Bearer`, or the key of `x-api-key` */
export function credentialsOf(request: { get(name: string): string | undefined }): string | undefined {
  const header = request.get('authorization');
  return (header && BEARER.test(header) ? header.replace(BEARER, '').trim() : request.get('x-api-key')) || undefined;
}

/** Finds out who calls. Wrong credentials are only refused by endpoints that need them. */
export const identify =
  (accounts: Accounts): RequestHandler =>
  async (request, response, next) => {
    const credentials = credentialsOf(request);
    if (credentials !== undefined)
      try {
        response.locals.principal = await accounts.authenticate(credentials);
      } catch (error) {
        response.locals.refusal = error;
      }
    next();
  };

/** Whether the credentials of a request are still valid and have a scope; a long answer ends when they are not. */
export async function isStillAllowed(request: Request, accounts: Accounts, scope: Scope): Promise<boolean> {
  try {
    return (await accounts.authenticate(credentialsOf(request) ?? '')).scopes.has(scope);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'auth.invalid' || error.code === 'auth.expired')) return false;
    throw error;
  }
}

/** @throws AppError `auth.missing`, `auth.invalid`, `auth.expired` */
export function principalOf({ locals }: Response): Principal {
  if (locals.principal) return locals.principal as Principal;
  throw (
    locals.refusal ??
    new AppError('auth.missing', 'The request has no credentials', {
      fix: 'Send Authorization: Bearer with an API key (tsl_...) or an access token.',
    })
  );
}
