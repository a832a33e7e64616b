/** Entries of the audit log in answers and webhooks. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { ACTOR_KINDS, AUDIT_TYPES } from './audit.ts';

export const auditEventSchema = z
  .strictObject({
    id: idOf('audit', 'Id'),
    created_at: instant('When the act was done'),
    type: z.enum(AUDIT_TYPES).describe('What was done'),
    actor_kind: z.enum(ACTOR_KINDS).describe('Who did it'),
    actor_id: z.string().nullable().describe('Id of who did it: usr_..., key_... or adm_...'),
    target_id: z.string().nullable().describe('Id of what it was done to'),
    details: z.looseObject({}).describe('What is not personal, such as the new role or plan'),
    personal: z
      .looseObject({})
      .nullable()
      .describe('Personal content, such as the address of the request; null if there is none or it was erased'),
    is_erased: z.boolean().describe('Whether its personal content was erased'),
    sequence: z.int().nullable().describe('Position in the chain of the organization; null until it is chained'),
    hash: z.string().nullable().describe('SHA-256 over the entry and the hash before it, as hexadecimal digits'),
  })
  .meta({ id: 'AuditEvent', description: 'An entry of the audit log, which nobody changes' });
export const auditPageSchema = pageOf(auditEventSchema, 'AuditEventPage');
