/** The deletion of an organization, in answers. */
import { z } from 'zod';
import { idOf, instant } from '../common/fields.schema.ts';

export const deletionSchema = z
  .strictObject({
    id: idOf('deletion', 'Id; keep it to read the report when no credentials are left'),
    organization_id: idOf('organization', 'Organization'),
    status: z.enum(['running', 'ended']),
    deleted: z.record(z.string(), z.int()).describe('Number of rows that were deleted, by table'),
    retained: z
      .array(
        z
          .strictObject({
            table: z.string(),
            n_retained_rows: z.int().describe('Number of rows that stay, under the id of the organization only'),
            grounds: z.string(),
          })
          .meta({ id: 'DeletionRetained' }),
      )
      .describe('What the law keeps'),
    stripe_customer_id: z.string().nullable().describe('Customer whose invoices stay at Stripe; null: there is none'),
    created_at: instant('Requested'),
    ended_at: instant('When all was deleted').nullable(),
  })
  .meta({ id: 'Deletion', description: 'The deletion of an organization, with its report' });
