/**
 * The audit log. No row refers to another table, because entries outlive organizations. The application's role may only read
 * and insert events and links of the chain; a trigger refuses the rest for every role.
 */
import { EntitySchema } from 'typeorm';
import type { ActorKind, AuditType } from '../../../contracts/audit/audit.ts';
import { bytes, id, instant, json, now, optional, text } from './columns.ts';

export interface AuditEventRow {
  id: string;
  org_id: string;
  /** In whole milliseconds */
  created_at: Date;
  type: AuditType;
  actor_kind: ActorKind;
  actor_id: string | null;
  target_id: string | null;
  /** Nothing personal */
  details: Record<string, unknown>;
  /** Hash of the personal content with its salt; null: there is none */
  personal_hash: Buffer | null;
  /** A second entry with the same key is not made. */
  dedupe_key: string | null;
}
/** What may be erased: addresses, names. The salt goes with it, so that nobody can guess the content from the hash. */
export interface AuditPersonalRow {
  event_id: string;
  org_id: string;
  salt: Buffer;
  content: Record<string, unknown>;
  created_at: Date;
}
/** The order of an organization's entries; each hash covers the entry and the hash before it. */
export interface AuditLinkRow {
  org_id: string;
  sequence: number;
  event_id: string;
  hash: Buffer;
}
/** Entries that are not in the chain yet */
export interface AuditWaitingRow {
  event_id: string;
}
/** Failed logins of a person in a quarter of an hour */
export interface FailedLoginRow {
  user_id: string;
  starts_at: Date;
  n: number;
}

export const AuditEvent = new EntitySchema<AuditEventRow>({
  name: 'audit_events',
  columns: {
    id,
    org_id: text,
    created_at: instant,
    type: text,
    actor_kind: text,
    actor_id: optional(text),
    target_id: optional(text),
    details: json,
    personal_hash: optional(bytes),
    dedupe_key: optional(text),
  },
  indices: [
    { name: 'audit_events_org', columns: ['org_id', 'id'] },
    { name: 'audit_events_dedupe', columns: ['dedupe_key'], unique: true },
  ],
});
export const AuditPersonal = new EntitySchema<AuditPersonalRow>({
  name: 'audit_personal',
  columns: { event_id: id, org_id: text, salt: bytes, content: json, created_at: now },
  indices: [
    { name: 'audit_personal_org', columns: ['org_id'] },
    { name: 'audit_personal_created', columns: ['created_at'] },
  ],
});
export const AuditLink = new EntitySchema<AuditLinkRow>({
  name: 'audit_links',
  columns: { org_id: id, sequence: { type: 'integer', primary: true }, event_id: text, hash: bytes },
  indices: [{ name: 'audit_links_event', columns: ['event_id'], unique: true }],
});
export const AuditWaiting = new EntitySchema<AuditWaitingRow>({ name: 'audit_waiting', columns: { event_id: id } });
export const FailedLogin = new EntitySchema<FailedLoginRow>({
  name: 'failed_logins',
  columns: { user_id: id, starts_at: { ...instant, primary: true }, n: { type: 'integer' } },
});
