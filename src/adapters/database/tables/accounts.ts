/** Organizations, their users, and the keys and sessions by which these sign in. */
import { EntitySchema } from 'typeorm';
import type { Plan as PublicPlan } from '../../../contracts/common/plans.ts';
import type { Language } from '../../../contracts/common/languages.ts';
import type { Role, Scope } from '../../../contracts/common/scopes.ts';
import { bytes, flag, id, instant, integer, now, optional, text, to } from './columns.ts';

/** A plan with its share of the workers when jobs wait. */
export interface PlanRow extends PublicPlan {
  /** Relative to a plan of weight 1 */
  readonly fairness_weight: number;
  /** Price at Stripe; null: nobody can subscribe to the plan */
  readonly stripe_price_id: string | null;
}
export interface OrganizationRow {
  id: string;
  name: string;
  plan: string;
  created_at: Date;
}
export interface UserRow {
  id: string;
  org_id: string;
  /** Lower case. */
  email: string;
  name: string;
  password_hash: string;
  role: Role;
  /** null: the person has not shown yet that the address is theirs */
  email_confirmed_at: Date | null;
  /** The language of mails to the person */
  language: Language;
  /** Access tokens that were issued before are refused; null: none were ended yet. In whole milliseconds. */
  tokens_valid_from: Date | null;
  created_at: Date;
}
export interface RefreshTokenRow {
  id: string;
  user_id: string;
  family_id: string;
  token_hash: Buffer;
  expires_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
  created_at: Date;
  /** A browser's session: the token stands in a cookie, and it is not exchanged for others. */
  is_cookie: boolean;
  /** User-Agent of the request that made it */
  client: string | null;
  /** Address that the request came from */
  address: string | null;
}
/** A link in a mail that works once: to confirm an address, to change to another one, or to choose a new password. */
export interface AccountLinkRow {
  id: string;
  user_id: string;
  purpose: 'confirm_email' | 'change_email' | 'reset_password';
  /** The address that the mail went to */
  email: string;
  token_hash: Buffer;
  expires_at: Date;
  /** Also of a link that a newer one has replaced */
  used_at: Date | null;
  created_at: Date;
}
export interface InvitationRow {
  id: string;
  org_id: string;
  email: string;
  role: Role;
  invited_by: string | null;
  token_hash: Buffer;
  expires_at: Date;
  accepted_at: Date | null;
  revoked_at: Date | null;
  created_at: Date;
}
export interface ApiKeyRow {
  id: string;
  org_id: string;
  name: string;
  /** The first characters, shown in lists. */
  prefix: string;
  key_hash: Buffer;
  scopes: Scope[];
  /** The person who made it, directly or with another key; null for keys that are older than this column. */
  created_by: string | null;
  /** The key that made it. */
  parent_key_id: string | null;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

export const Plan = new EntitySchema<PlanRow>({
  name: 'plans',
  columns: {
    id,
    name: text,
    n_requests_per_minute: optional(integer),
    n_burst_requests: optional(integer),
    n_organization_requests_per_minute: optional(integer),
    n_open_jobs: optional(integer),
    monthly_compute_s: optional(integer),
    n_retention_days: optional(integer),
    fairness_weight: integer,
    features: { type: 'text', array: true },
    stripe_price_id: optional(text),
  },
});
export const Organization = new EntitySchema<OrganizationRow>({
  name: 'organizations',
  columns: { id, name: text, plan: { ...to('plans', 'organizations', 'RESTRICT'), default: 'free' }, created_at: now },
});
export const User = new EntitySchema<UserRow>({
  name: 'users',
  columns: {
    id,
    org_id: to('organizations', 'users'),
    email: text,
    name: text,
    password_hash: text,
    role: text,
    email_confirmed_at: optional(instant),
    language: { ...text, default: 'en' },
    tokens_valid_from: optional(instant),
    created_at: now,
  },
  indices: [{ name: 'users_email', columns: ['email'], unique: true }],
});
export const RefreshToken = new EntitySchema<RefreshTokenRow>({
  name: 'refresh_tokens',
  columns: {
    id,
    user_id: to('users', 'refresh_tokens'),
    family_id: text,
    token_hash: bytes,
    expires_at: instant,
    used_at: optional(instant),
    revoked_at: optional(instant),
    created_at: now,
    is_cookie: flag(false),
    client: optional(text),
    address: optional(text),
  },
  indices: [
    { name: 'refresh_tokens_hash', columns: ['token_hash'], unique: true },
    { name: 'refresh_tokens_family', columns: ['family_id'] },
    { name: 'refresh_tokens_user', columns: ['user_id'] },
  ],
});
export const AccountLink = new EntitySchema<AccountLinkRow>({
  name: 'account_links',
  columns: {
    id,
    user_id: to('users', 'account_links'),
    purpose: text,
    email: text,
    token_hash: bytes,
    expires_at: instant,
    used_at: optional(instant),
    created_at: now,
  },
  indices: [
    { name: 'account_links_hash', columns: ['token_hash'], unique: true },
    { name: 'account_links_user', columns: ['user_id'] },
  ],
});
export const Invitation = new EntitySchema<InvitationRow>({
  name: 'invitations',
  columns: {
    id,
    org_id: to('organizations', 'invitations'),
    email: text,
    role: text,
    invited_by: optional(text),
    token_hash: bytes,
    expires_at: instant,
    accepted_at: optional(instant),
    revoked_at: optional(instant),
    created_at: now,
  },
  indices: [
    { name: 'invitations_hash', columns: ['token_hash'], unique: true },
    { name: 'invitations_org', columns: ['org_id', 'id'] },
  ],
});
export const ApiKey = new EntitySchema<ApiKeyRow>({
  name: 'api_keys',
  columns: {
    id,
    org_id: to('organizations', 'api_keys'),
    name: text,
    prefix: text,
    key_hash: bytes,
    scopes: { type: 'text', array: true },
    created_by: optional(text),
    parent_key_id: optional(text),
    created_at: now,
    last_used_at: optional(instant),
    revoked_at: optional(instant),
  },
  indices: [
    { name: 'api_keys_hash', columns: ['key_hash'], unique: true },
    { name: 'api_keys_org', columns: ['org_id', 'id'] },
  ],
});
