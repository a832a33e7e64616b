/** What credentials may do. People hold every scope of their role; an API key holds those it was created with. */
export const SCOPES = [
  'sites:read',
  'sites:write',
  'weather:read',
  'weather:write',
  'jobs:read',
  'jobs:write',
  'webhooks:read',
  'webhooks:write',
  'keys:read',
  'keys:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** What an API key may do when its creator names no scopes: everything but the handling of keys. */
export const DEFAULT_KEY_SCOPES: readonly Scope[] = SCOPES.filter((scope) => !scope.startsWith('keys:'));

/** Who is calling: one user or one API key, always of one organization. */
export interface Principal {
  readonly orgId: string;
  readonly plan: string;
  readonly kind: 'user' | 'api_key';
  /** `usr_...` or `key_...` */
  readonly id: string;
  readonly scopes: ReadonlySet<string>;
}
