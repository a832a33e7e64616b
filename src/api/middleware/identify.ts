/**
 * Identifies the caller by `Authorization: Bearer`, `x-api-key`, or the cookie of a browser's session. A route that needs no
 * credentials ignores wrong ones.
 */
import type { Request, RequestHandler, Response } from 'express';
import type { Accounts } from '../../services/accounts/accounts.ts';
import type { Actor } from '../../services/audit/audit.ts';
import type { Device } from '../../services/accounts/logins.ts';
import { isInRanges } from '../../contracts/accounts/address-ranges.ts';
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
        requireAddress(principal, request.ip);
        response.locals.principal = principal;
      } catch (error) {
        response.locals.refusal = error;
      }
    }
    next();
  };

/** @returns the token of an administrator's header or session. @throws AppError `auth.cross_site` */
export function adminTokenOf(request: Request, cookie: SessionCookie): string | undefined {
  const sent = credentialsOf(request);
  if (sent !== undefined) return sent;
  const token = cookie.tokenOf(request);
  if (token !== undefined) cookie.requireSameSite(request);
  return token;
}

const ENDED: ReadonlySet<string> = new Set([
  'auth.invalid',
  'auth.expired',
  'auth.provider_required',
  'organization.suspended',
]);

/** @throws AppError `auth.address_refused` */
function requireAddress({ id, allowedAddresses }: Principal, address: string | undefined): void {
  if (allowedAddresses === undefined || isInRanges(allowedAddresses, address)) return;
  throw new AppError(
    'auth.address_refused',
    `The API key ${id} may not be used from ${address ?? 'an unknown address'}`,
    {
      fix: 'Send the request from an address that allowed_addresses of the key has, or create a key for this address.',
    },
  );
}

/** Whether the credentials of an answer's request are still valid and have a scope; a long answer ends when they are not. */
export async function isStillAllowed({ locals }: Response, accounts: Accounts, scope: Scope): Promise<boolean> {
  try {
    return (await accounts.authenticate(locals.credentials as string)).scopes.has(scope);
  } catch (error) {
    if (error instanceof AppError && ENDED.has(error.code)) return false;
    throw error;
  }
}

/** @throws AppError `auth.missing`, `auth.invalid`, `auth.expired`, `auth.provider_required`, `auth.cross_site`, `auth.address_refused` */
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

/** Returns who makes a request, for the audit log. */
export function actorOf(request: Request, { locals }: Response): Actor {
  const administrator = locals.administrator as { readonly id: string } | undefined;
  if (administrator) return { kind: 'administrator', id: administrator.id, personal: { ...deviceOf(request) } };
  const principal = locals.principal as Principal | undefined;
  return { kind: principal?.kind ?? 'anonymous', id: principal?.id ?? null, personal: { ...deviceOf(request) } };
}
