/** Mails and what became of them. */
import { EntitySchema } from 'typeorm';
import type { MailSign, MailStatus } from '../../../contracts/mails/mails.ts';
import type { Localized, MailTemplate } from '../../mail/content.ts';
import { id, integer, instant, json, now, optional, text, to } from './columns.ts';

interface StoredMail<Template extends MailTemplate> {
  id: string;
  org_id: string;
  idempotency_key: string;
  template: Template;
  recipient: string;
  /** Values for the template. */
  data: Localized<Template>;
  status: MailStatus;
  attempts: number;
  /** Id of the mail at the provider. */
  provider_id: string | null;
  error: string | null;
  created_at: Date;
  ended_at: Date | null;
}
/** A mail as it is stored; its template determines the values. */
export type MailRow = { readonly [T in MailTemplate]: StoredMail<T> }[MailTemplate];

export const Mail = new EntitySchema<MailRow>({
  name: 'mails',
  columns: {
    id,
    org_id: to('organizations', 'mails'),
    idempotency_key: text,
    template: text,
    recipient: text,
    data: json,
    status: text,
    attempts: { ...integer, default: 0 },
    provider_id: optional(text),
    error: optional(text),
    created_at: now,
    ended_at: optional(instant),
  },
  indices: [
    { name: 'mails_idempotency_key', columns: ['idempotency_key'], unique: true },
    { name: 'mails_org', columns: ['org_id', 'id'] },
  ],
});

/** `requested`: a mail that the person had asked for was delivered */
export type StoredSign = MailSign | 'requested';
export interface MailEventRow {
  /** SendGrid names it `sg_event_id` */
  id: string;
  received_at: Date;
}
export interface MailSignRow {
  /** In lower case */
  email: string;
  sign: StoredSign;
  /** By SendGrid's clock */
  last_at: Date;
}

export const MailEvent = new EntitySchema<MailEventRow>({ name: 'mail_events', columns: { id, received_at: now } });
export const MailSigns = new EntitySchema<MailSignRow>({
  name: 'mail_signs',
  columns: { email: id, sign: id, last_at: instant },
});
