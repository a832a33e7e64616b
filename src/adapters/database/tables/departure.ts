/** Requests to delete organizations, and what became of their data. The rows outlive the organizations. */
import { EntitySchema } from 'typeorm';
import { id, instant, json, now, optional, text } from './columns.ts';

export interface DeletionRow {
  id: string;
  org_id: string;
  /** Invoices are at Stripe, under this customer; null: there is none */
  stripe_customer_id: string | null;
  /** Number of deleted rows by table */
  deleted: Record<string, number>;
  retained: { table: string; n_retained_rows: number; grounds: string }[];
  created_at: Date;
  ended_at: Date | null;
}

export const Deletion = new EntitySchema<DeletionRow>({
  name: 'deletions',
  columns: {
    id,
    org_id: text,
    stripe_customer_id: optional(text),
    deleted: { ...json, default: () => `'{}'` },
    retained: { ...json, default: () => `'[]'` },
    created_at: now,
    ended_at: optional(instant),
  },
  indices: [{ name: 'deletions_org', columns: ['org_id'], unique: true }],
});
