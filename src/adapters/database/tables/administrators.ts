/** Administrators of the platform, who belong to no organization, and what only they decide. */
import { EntitySchema } from 'typeorm';
import { bytes, id, instant, integer, now, text, to } from './columns.ts';

export interface AdministratorRow {
  id: string;
  /** Lower case */
  email: string;
  name: string;
  password_hash: string;
  /** Encrypted */
  sealed_totp_secret: Buffer;
  /** Half minute of the last code that was used: no code works twice */
  last_totp_step: number;
  created_at: Date;
}
export interface AdministratorSessionRow {
  token_hash: Buffer;
  administrator_id: string;
  expires_at: Date;
  created_at: Date;
}
export interface SuspensionRow {
  org_id: string;
  reason: string;
  created_at: Date;
}

export const Administrator = new EntitySchema<AdministratorRow>({
  name: 'administrators',
  columns: {
    id,
    email: text,
    name: text,
    password_hash: text,
    sealed_totp_secret: bytes,
    last_totp_step: { ...integer, default: 0 },
    created_at: now,
  },
  indices: [{ name: 'administrators_email', columns: ['email'], unique: true }],
});
export const AdministratorSession = new EntitySchema<AdministratorSessionRow>({
  name: 'administrator_sessions',
  columns: {
    token_hash: { ...bytes, primary: true },
    administrator_id: to('administrators', 'administrator_sessions'),
    expires_at: instant,
    created_at: now,
  },
});
export const Suspension = new EntitySchema<SuspensionRow>({
  name: 'suspensions',
  columns: { org_id: { ...to('organizations', 'suspensions'), primary: true }, reason: text, created_at: now },
});
