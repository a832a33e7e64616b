/**
 * Deletes rows after the time for which they are kept. Each rule deletes in small batches, oldest first, so that locks
 * are short.
 */
import { NOTE_DELETED_COMPUTE } from '../accounts/plan-limits.ts';
import type { Database } from '../../adapters/database/database.ts';

export interface RetentionPolicy {
  /** Progress events of ended jobs; the job and its result stay [d]. */
  readonly jobEventsDays: number;
  /** Ended webhook deliveries with their attempts. [d] */
  readonly webhookAttemptsDays: number;
  /** Personal content of audit entries; the entries stay [d]. */
  readonly auditPersonalDays: number;
}

/** Rows removed, by table. */
export type Retained = Readonly<Record<string, number>>;

/** An Idempotency-Key may be used again after this [h]; docs of the API state it. */
const IDEMPOTENCY_KEY_H = 24;
/** Used and expired refresh tokens still show a reuse for this long; links in mails, that they were used. [d] */
const REFRESH_TOKEN_DAYS = 30;
/** Sent mails, with the addresses that they went to. [d] */
const MAIL_DAYS = 90;
const BATCH = 5_000;

interface Rule {
  readonly table: string;
  /** Condition on `t`, with the age in $1. */
  readonly expired: string;
  readonly hours: number;
  /** Statement about the deleted rows `gone` */
  readonly note?: string;
}

const rules = ({ jobEventsDays, webhookAttemptsDays, auditPersonalDays }: RetentionPolicy): readonly Rule[] => [
  { table: 'idempotency_keys', expired: 't.created_at < now() - $1', hours: IDEMPOTENCY_KEY_H },
  { table: 'refresh_tokens', expired: 't.expires_at < now() - $1', hours: 24 * REFRESH_TOKEN_DAYS },
  { table: 'provider_logins', expired: 't.expires_at < now() - $1', hours: 1 },
  { table: 'usage_batches', expired: 't.created_at < now() - $1', hours: 24 * MAIL_DAYS },
  { table: 'deleted_compute', expired: 't.month < now() - $1', hours: 24 * MAIL_DAYS },
  { table: 'account_links', expired: 't.expires_at < now() - $1', hours: 24 * REFRESH_TOKEN_DAYS },
  { table: 'invitations', expired: 't.expires_at < now() - $1', hours: 24 * MAIL_DAYS },
  { table: 'audit_personal', expired: 't.created_at < now() - $1', hours: 24 * auditPersonalDays },
  // Kept for the hour in which a person gets no second mail.
  { table: 'guesses', expired: 't.clear_at < now() - $1', hours: 1 },
  { table: 'failed_logins', expired: 't.starts_at < now() - $1', hours: 24 },
  { table: 'mails', expired: 't.ended_at < now() - $1', hours: 24 * MAIL_DAYS },
  // Longer than SendGrid repeats an event, and than a signature is taken.
  { table: 'mail_events', expired: 't.received_at < now() - $1', hours: 72 },
  {
    table: 'mail_signs',
    expired: 't.last_at < now() - $1 AND NOT EXISTS (SELECT 1 FROM users u WHERE u.email = t.email)',
    hours: 24 * MAIL_DAYS,
  },
  {
    table: 'jobs',
    expired: `t.ended_at < now() - $1 AND t.ended_at < (SELECT now() - p.n_retention_days * interval '1 day'
      FROM organizations o JOIN plans p ON p.id = o.plan WHERE o.id = t.org_id)`,
    hours: 24,
    note: NOTE_DELETED_COMPUTE,
  },
  {
    table: 'job_checkpoints',
    expired: `t.updated_at < now() - $1 AND EXISTS
      (SELECT 1 FROM jobs j WHERE j.id = t.job_id AND j.status NOT IN ('queued', 'running'))`,
    hours: 1,
  },
  {
    table: 'job_events',
    expired: `t.type = 'job.progress' AND t.created_at < now() - $1 AND EXISTS
      (SELECT 1 FROM jobs j WHERE j.id = t.job_id AND j.ended_at < now() - $1)`,
    hours: 24 * jobEventsDays,
  },
  {
    table: 'webhook_deliveries',
    expired: `t.status <> 'pending' AND t.ended_at < now() - $1`,
    hours: 24 * webhookAttemptsDays,
  },
];

/** Deletes expired rows in batches. @returns the number of deleted rows by table */
export async function enforceRetention(database: Database, policy: RetentionPolicy): Promise<Retained> {
  const removed: Record<string, number> = {};
  for (const { table, expired, hours, note } of rules(policy)) {
    removed[table] = 0;
    for (let count = BATCH; count === BATCH; removed[table] += count) {
      const [row] = await database.query<{ count: number }>(
        `WITH gone AS (DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
           SELECT t.ctid FROM ${table} t WHERE ${expired.replaceAll('$1', `$1 * interval '1 hour'`)} LIMIT ${BATCH}
         )) RETURNING *)${note ? `, noted AS (${note})` : ''} SELECT count(*)::int AS count FROM gone`,
        [hours],
      );
      count = row.count;
    }
  }
  return removed;
}
