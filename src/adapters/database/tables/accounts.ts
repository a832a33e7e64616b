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
  /** People without a second factor may do nothing but set one up. */
  is_second_factor_required: boolean;
  /** People other than owners sign in only at the identity provider. */
  is_identity_provider_required: boolean;
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
  /** Encrypted; null: the person has begun no second factor */
  sealed_totp_secret: Buffer | null;
  /** Half minute of the last code that was used: no code works twice */
  last_totp_step: number;
  /** Since when a login takes a code; null: the person has no second factor, or has only begun to set it up */
  second_factor_at: Date | null;
  created_at: Date;
}
/** A recovery code that takes the place of a one-time code, once: then its row goes. */
export interface RecoveryCodeRow {
  user_id: string;
  code_hash: Buffer;
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
  /** Whether an identity provider has opened it */
  is_by_provider: boolean;
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
  /** The key with which it was sent; null: by a person */
  invited_with_key: string | null;
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
  /** The key in whose place it was made. */
  replaces_key_id: string | null;
  /** It is refused from then on; null: never */
  expires_at: Date | null;
  /** Ranges of addresses from which it may be used; null: all */
  allowed_addresses: string[] | null;
  is_test: boolean;
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
  columns: {
    id,
    name: text,
    plan: { ...to('plans', 'organizations', 'RESTRICT'), default: 'free' },
    is_second_factor_required: flag(false),
    is_identity_provider_required: flag(false),
    created_at: now,
  },
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
    sealed_totp_secret: optional(bytes),
    last_totp_step: { ...integer, default: 0 },
    second_factor_at: optional(instant),
    created_at: now,
  },
  indices: [{ name: 'users_email', columns: ['email'], unique: true }],
});
export const RecoveryCode = new EntitySchema<RecoveryCodeRow>({
  name: 'recovery_codes',
  columns: { user_id: { ...to('users', 'recovery_codes'), primary: true }, code_hash: { ...bytes, primary: true } },
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
    is_by_provider: flag(false),
    client: optional(text),
    address: optional(text),
  },
  indices: [
    { name: 'refresh_tokens_hash', columns: ['token_hash'], unique: true },
    { name: 'refresh_tokens_family', columns: ['family_id'] },
    { name: 'refresh_tokens_user', columns: ['user_id'] },
  ],
});
/** Where the people of an organization sign in besides the platform, by OpenID Connect */
export interface IdentityProviderRow {
  org_id: string;
  issuer: string;
  client_id: string;
  sealed_client_secret: Buffer;
  /** Domains of the addresses that it may sign in; empty: all */
  email_domains: string[];
  /** Whether somebody without an account becomes a viewer */
  is_membership_automatic: boolean;
  changed_at: Date;
}
export const IdentityProvider = new EntitySchema<IdentityProviderRow>({
  name: 'identity_providers',
  columns: {
    org_id: { ...to('organizations', 'identity_providers'), primary: true },
    issuer: text,
    client_id: text,
    sealed_client_secret: bytes,
    email_domains: { type: 'text', array: true },
    is_membership_automatic: { type: 'boolean' },
    changed_at: now,
  },
});
/** Sign-ins that an identity provider has not answered yet */
export interface ProviderLoginRow {
  state_hash: Buffer;
  org_id: string;
  /** Hash of what the cookie of the browser has that began it */
  browser_hash: Buffer;
  nonce: string;
  code_verifier: string;
  expires_at: Date;
}
export const ProviderLogin = new EntitySchema<ProviderLoginRow>({
  name: 'provider_logins',
  columns: {
    state_hash: { ...bytes, primary: true },
    org_id: to('organizations', 'provider_logins'),
    browser_hash: bytes,
    nonce: text,
    code_verifier: text,
    expires_at: instant,
  },
});
/** Who a person is at an identity provider */
export interface PersonIdentityRow {
  user_id: string;
  issuer: string;
  subject: string;
  created_at: Date;
}
export const PersonIdentity = new EntitySchema<PersonIdentityRow>({
  name: 'person_identities',
  columns: {
    user_id: { ...to('users', 'person_identities'), primary: true },
    issuer: { ...text, primary: true },
    subject: text,
    created_at: now,
  },
  indices: [{ name: 'person_identities_subject', columns: ['issuer', 'subject'] }],
});
/** Failed guesses that are not forgotten yet; an account has one row over all kinds of secrets, and one for each address. */
export interface GuessCountRow {
  key: string;
  /** When all are forgotten */
  clear_at: Date;
  /** When the next attempt may be made */
  next_at: Date;
  /** When the first one was made */
  began_at: Date;
  /** When the person was last mailed */
  mailed_at: Date | null;
}
export const GuessCount = new EntitySchema<GuessCountRow>({
  name: 'guesses',
  columns: { key: id, clear_at: now, next_at: now, began_at: now, mailed_at: optional(instant) },
  indices: [{ name: 'guesses_clear', columns: ['clear_at'] }],
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
    invited_with_key: optional(text),
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
    replaces_key_id: optional(text),
    expires_at: optional(instant),
    allowed_addresses: optional({ type: 'text', array: true }),
    is_test: flag(false),
    created_at: now,
    last_used_at: optional(instant),
    revoked_at: optional(instant),
  },
  indices: [
    { name: 'api_keys_hash', columns: ['key_hash'], unique: true },
    { name: 'api_keys_org', columns: ['org_id', 'id'] },
  ],
});
