/**
 * Identifies the caller by `Authorization: Bearer`, `x-api-key`, or the cookie of a browser's session. A route that needs no
 * credentials ignores wrong ones.
 */
import type { Request, RequestHandler, Response } from 'express';
import type { Accounts } from '../../services/accounts/accounts.ts';
import type { Device } from '../../services/accounts/logins.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import type { Principal, Scope } from '../../contracts/common/scopes.ts';
import type { SessionCookie } from './session-cookie.ts';

/** The name of a scheme is written in any case (RFC 9110, 11.1). */
const BEARER = /^bearer +/i;

/** @returns the token of `Authorization: Bearer`, or the key of `x-api-key` */
export function credentialsOf(request: { get(name: string): string | undefined }): string | undefined {
  const header = request.get('authorization');
  return (header && BEARER.test(header) ? header.replace(BEARER, '').trim() : request.get('x-api-key')) || undefined;
}

/** Finds out who calls. Wrong credentials are only refused by endpoints that need them. */
export const identify =
  (accounts: Accounts, cookie: SessionCookie): RequestHandler =>
  async (request, response, next) => {
    const sent = credentialsOf(request);
    const credentials = sent ?? cookie.tokenOf(request);
    if (credentials !== undefined) {
      response.locals.credentials = credentials;
      try {
        const principal = await accounts.authenticate(credentials);
        if (sent === undefined) cookie.requireSameSite(request);
        response.locals.principal = principal;
      } catch (error) {
        response.locals.refusal = error;
      }
    }
    next();
  };

/** Whether the credentials of an answer's request are still valid and have a scope; a long answer ends when they are not. */
export async function isStillAllowed({ locals }: Response, accounts: Accounts, scope: Scope): Promise<boolean> {
  try {
    return (await accounts.authenticate(locals.credentials as string)).scopes.has(scope);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'auth.invalid' || error.code === 'auth.expired')) return false;
    throw error;
  }
}

/** @throws AppError `auth.missing`, `auth.invalid`, `auth.expired`, `auth.cross_site` */
export function principalOf({ locals }: Response): Principal {
  if (locals.principal) return locals.principal as Principal;
  throw (
    locals.refusal ??
    new AppError('auth.missing', 'The request has no credentials', {
      fix: 'Send Authorization: Bearer with an API key (tsl_...) or an access token.',
    })
  );
}

/** Returns the person who calls. @throws AppError `auth.forbidden` for an API key */
export function personOf({ kind, id }: Principal): string {
  if (kind === 'user') return id;
  throw new AppError('auth.forbidden', 'An API key has no password, no address and no logins', {
    fix: 'Send the access token or the session of a person.',
  });
}

const MAX_CLIENT_LENGTH = 200;
/** Returns where a login comes from. */
export const deviceOf = (request: Request): Device => ({
  client: request.get('user-agent')?.slice(0, MAX_CLIENT_LENGTH) ?? null,
  address: request.ip ?? null,
});
