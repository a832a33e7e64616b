/** Organizations, their users, and the keys and sessions by which these sign in. */
import { EntitySchema } from 'typeorm';
import type { Scope } from '../../../contracts/common/scopes.ts';
import { bytes, id, instant, now, optional, text, to } from './columns.ts';

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
  role: 'owner' | 'member';
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

export const Organization = new EntitySchema<OrganizationRow>({
  name: 'organizations',
  columns: { id, name: text, plan: { ...text, default: 'free' }, created_at: now },
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
  },
  indices: [
    { name: 'refresh_tokens_hash', columns: ['token_hash'], unique: true },
    { name: 'refresh_tokens_family', columns: ['family_id'] },
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
