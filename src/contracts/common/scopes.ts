/**
 * Scopes: what the owner of credentials may do. A user has every scope of the role; an API key has the scopes that it
 * was created with.
 */
import type { Plan } from './plans.ts';
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
  'usage:read',
  'billing:read',
  'billing:write',
  'keys:read',
  'keys:write',
  'organization:read',
  'organization:write',
  'organization:own',
  'audit:read',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Scopes of an API key whose creator names none: everything except managing keys, users and subscriptions, the audit log, and mails to third parties. */
export const DEFAULT_KEY_SCOPES: readonly Scope[] = SCOPES.filter(
  (scope) => !/^(keys|organization|billing|mail|audit):/.test(scope),
);

export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const MANAGING: ReadonlySet<Scope> = new Set([
  'billing:write',
  'keys:write',
  'organization:write',
  'organization:own',
  'audit:read',
]);
const MAY: Readonly<Record<Role, (scope: Scope) => boolean>> = {
  owner: () => true,
  /** Everything except what concerns owners */
  admin: (scope) => scope !== 'organization:own',
  /** Everything except managing keys, people and subscriptions, and reading what others do */
  member: (scope) => !MANAGING.has(scope),
  viewer: (scope) => scope.endsWith(':read') && !MANAGING.has(scope),
};
const BY_ROLE = new Map(ROLES.map((role) => [role, SCOPES.filter(MAY[role])]));
/** Returns the scopes of a role. */
export const scopesOf = (role: Role): readonly Scope[] => BY_ROLE.get(role)!;

/** The caller: one user or one API key of one organization. */
export interface Principal {
  readonly orgId: string;
  readonly plan: Plan;
  readonly kind: 'user' | 'api_key';
  /** `usr_...` or `key_...` */
  readonly id: string;
  /** The person who answers for the credentials: the user, or the one who made the key; null for keys of unknown makers. */
  readonly personId: string | null;
  readonly scopes: ReadonlySet<string>;
  /** Login of a user's token or session; undefined for tokens of earlier releases and for keys */
  readonly loginId?: string;
  /** Ranges of addresses from which a key may be used; undefined: all */
  readonly allowedAddresses?: readonly string[];
  /** A person without the second factor that the organization requires, who may only set one up */
  readonly lacksSecondFactor?: boolean;
  /** A test key, whose jobs are not billed */
  readonly isTest?: boolean;
}

/** Refuses to grant scopes that the caller lacks. @param pointer field that names what is granted @throws AppError `auth.forbidden` */
export function requireGrantable(maker: Pick<Principal, 'scopes'>, scopes: readonly Scope[], pointer: string): void {
  const lacking = scopes.filter((scope) => !maker.scopes.has(scope));
  if (lacking.length > 0)
    throw new AppError('auth.forbidden', `These credentials lack the scope ${lacking.join(', ')}`, { pointer });
}
