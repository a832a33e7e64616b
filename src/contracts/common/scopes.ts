/** What credentials may do. People hold every scope of their role; an API key holds those it was created with. */
export const SCOPES = [
  'sites:read',
  'sites:write',
  'weather:read',
  'weather:write',
  'jobs:read',
  'jobs:write',
  'reports:read',
  'reports:write',
  'webhooks:read',
  'webhooks:write',
  'keys:read',
  'keys:write',
  'organization:read',
  'organization:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** What an API key may do when its creator names no scopes: everything but the handling of keys and people. */
export const DEFAULT_KEY_SCOPES: readonly Scope[] = SCOPES.filter((scope) => !/^(keys|organization):/.test(scope));

export const ROLES = ['owner', 'member'] as const;
export type Role = (typeof ROLES)[number];
/** What people may do: members everything but the handling of keys and people. */
export const scopesOf = (role: Role): readonly Scope[] =>
  SCOPES.filter((scope) => role === 'owner' || (scope !== 'keys:write' && scope !== 'organization:write'));

/** Who is calling: one user or one API key, always of one organization. */
export interface Principal {
  readonly orgId: string;
  readonly plan: string;
  readonly kind: 'user' | 'api_key';
  /** `usr_...` or `key_...` */
  readonly id: string;
  readonly scopes: ReadonlySet<string>;
}
