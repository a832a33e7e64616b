/**
 * Scopes: what the owner of credentials may do. A user has every scope of the role; an API key has the scopes that it
 * was created with.
 */
import { AppError } from './app-error.ts';

export const SCOPES = [
  'sites:read',
  'sites:write',
  'weather:read',
  'weather:write',
  'jobs:read',
  'jobs:write',
  'reports:read',
  'reports:write',
  'mail:send',
  'webhooks:read',
  'webhooks:write',
  'keys:read',
  'keys:write',
  'organization:read',
  'organization:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Scopes of an API key whose creator names none: everything except managing keys and users, and mails to third parties. */
export const DEFAULT_KEY_SCOPES: readonly Scope[] = SCOPES.filter((scope) => !/^(keys|organization|mail):/.test(scope));

export const ROLES = ['owner', 'member'] as const;
export type Role = (typeof ROLES)[number];
/** Returns the scopes of a role: members may do everything except manage keys and users. */
export const scopesOf = (role: Role): readonly Scope[] =>
  SCOPES.filter((scope) => role === 'owner' || (scope !== 'keys:write' && scope !== 'organization:write'));

/** The caller: one user or one API key of one organization. */
export interface Principal {
  readonly orgId: string;
  readonly plan: string;
  readonly kind: 'user' | 'api_key';
  /** `usr_...` or `key_...` */
  readonly id: string;
  /** The person who answers for the credentials: the user, or the one who made the key; null for keys of unknown makers. */
  readonly personId: string | null;
  readonly scopes: ReadonlySet<string>;
}

/** Refuses to grant scopes that the caller lacks. @param pointer field that names what is granted @throws AppError `auth.forbidden` */
export function requireGrantable(maker: Principal, scopes: readonly Scope[], pointer: string): void {
  const lacking = scopes.filter((scope) => !maker.scopes.has(scope));
  if (lacking.length > 0)
    throw new AppError('auth.forbidden', `These credentials lack the scope ${lacking.join(', ')}`, { pointer });
}
