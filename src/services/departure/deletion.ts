/**
 * The deletion of an organization. Its request suspends the organization; a workflow, which a Schedule starts, ends its jobs and
 * deletes its rows in small batches. What each batch has deleted is added to the report in the same transaction, so that the
 * report is exact however often the work is interrupted.
 */
import { AppError } from '../../contracts/common/app-error.ts';
import { DELETED_CALLER } from '../../contracts/metering/usage.ts';
import type { Database, Queryable } from '../../adapters/database/database.ts';
import { newId } from '../../adapters/database/new-id.ts';
import type { DeletionRow } from '../../adapters/database/tables/departure.ts';
import { announce } from '../accounts/logins.ts';
import { audit } from '../audit/audit.ts';
import type { Jobs } from '../jobs/jobs.ts';

const BATCH = 500;
/** A job that has not ended this long after its cancellation is deleted all the same [s]. */
const JOBS_END_S = 900;

const OF_PEOPLE = 't.user_id IN (SELECT id FROM users WHERE org_id = $1)';
const OF_JOBS = 't.job_id IN (SELECT id FROM jobs WHERE org_id = $1)';
const OF_DELIVERIES = 't.delivery_id IN (SELECT id FROM webhook_deliveries WHERE org_id = $1)';
const OWN = 't.org_id = $1';

/** What goes, in this order: what refers to others first */
const GOES: readonly (readonly [table: string, which: string])[] = [
  ['webhook_attempts', OF_DELIVERIES],
  ['webhook_slots', OF_DELIVERIES],
  ['webhook_deliveries', OWN],
  ['webhooks', OWN],
  ['report_files', 't.report_id IN (SELECT id FROM reports WHERE org_id = $1)'],
  ['reports', OWN],
  ['job_series', OF_JOBS],
  ['job_events', OF_JOBS],
  ['job_checkpoints', OF_JOBS],
  ['jobs', OWN],
  ['deleted_compute', OWN],
  ['weather_series', 't.weather_id IN (SELECT id FROM weather_datasets WHERE org_id = $1)'],
  ['weather_datasets', OWN],
  ['wind_resource_files', 't.resource_id IN (SELECT id FROM wind_resources WHERE org_id = $1)'],
  ['wind_resources', OWN],
  ['wind_turbines', OWN],
  ['library_items', OWN],
  ['sites', OWN],
  ['mails', OWN],
  ['idempotency_keys', OWN],
  ['invitations', OWN],
  ['account_links', OF_PEOPLE],
  ['recovery_codes', OF_PEOPLE],
  ['refresh_tokens', OF_PEOPLE],
  ['failed_logins', OF_PEOPLE],
  ['person_identities', OF_PEOPLE],
  ['provider_logins', OWN],
  ['identity_providers', OWN],
  ['guesses', `split_part(t.key, ' ', 2) IN (SELECT id FROM users WHERE org_id = $1 UNION SELECT $1)`],
  ['api_keys', OWN],
  ['mail_signs', 't.email IN (SELECT email FROM users WHERE org_id = $1)'],
  ['users', OWN],
  ['audit_personal', OWN],
  ['billing_accounts', OWN],
  ['budgets', OWN],
  ['suspensions', OWN],
  ['organizations', 't.id = $1'],
];

/** What stays, under the id of the organization only, and why */
const STAYS: readonly (readonly [table: string, grounds: string])[] = [
  ['usage_hours', 'totals of what was used, which invoices rest on'],
  ['stripe_usage', 'what was reported to Stripe, which invoices rest on'],
  ['audit_events', 'who did what, by ids only; without names and addresses'],
];

/**
 * Requests the deletion, and suspends the organization at once.
 * @param name of the organization, which confirms the request
 * @throws AppError `request.invalid` for another name; `request.conflict` while there is a subscription
 */
export function requestDeletion(database: Database, orgId: string, name: string): Promise<DeletionRow> {
  return database.transaction(async (tx) => {
    const [organization] = await tx.query<{ name: string; status: string | null; customer: string | null }>(
      `SELECT o.name, b.status, b.stripe_customer_id AS customer FROM organizations o
         LEFT JOIN billing_accounts b ON b.org_id = o.id WHERE o.id = $1 FOR UPDATE OF o`,
      [orgId],
    );
    if (!organization) throw new AppError('request.not_found', `No organization ${orgId}`);
    if (organization.name !== name)
      throw new AppError('request.invalid', 'name is not that of the organization, which would be deleted', {
        pointer: '/name',
      });
    if (organization.status !== null && ['active', 'trialing', 'past_due', 'unpaid'].includes(organization.status))
      throw new AppError('request.conflict', `The organization has a subscription (${organization.status})`, {
        fix: 'End it on the page of POST /v1/billing/portal first.',
      });
    const [row] = await tx.query<DeletionRow>(
      `INSERT INTO deletions (id, org_id, stripe_customer_id) VALUES ($1, $2, $3)
       ON CONFLICT (org_id) DO UPDATE SET org_id = excluded.org_id RETURNING *`,
      [newId('deletion'), orgId, organization.customer],
    );
    await tx.query('INSERT INTO suspensions (org_id, reason) VALUES ($1, $2) ON CONFLICT (org_id) DO NOTHING', [
      orgId,
      'it is being deleted',
    ]);
    await audit(tx, { orgId, type: 'organization.deletion_requested', targetId: orgId, details: { id: row.id } });
    await announce(tx, orgId);
    return row;
  });
}

/** @throws AppError `request.not_found` */
export async function readDeletion(database: Queryable, id: string): Promise<DeletionRow> {
  const [row] = await database.query<DeletionRow>('SELECT * FROM deletions WHERE id = $1', [id]);
  if (!row) throw new AppError('request.not_found', `No deletion ${id}`);
  return row;
}

/** Deletes organizations whose deletion was requested. @returns the number of those that are gone now, and that wait for jobs */
export async function deleteOrganizations(
  database: Database,
  jobs: Pick<Jobs, 'cancel'>,
): Promise<{ gone: number; waiting: number }> {
  const open = await database.query<DeletionRow>('SELECT * FROM deletions WHERE ended_at IS NULL ORDER BY id');
  let gone = 0;
  for (const deletion of open) {
    if (await hasOpenJobs(database, jobs, deletion)) continue;
    await deleteOne(database, deletion);
    gone++;
  }
  return { gone, waiting: open.length - gone };
}

/** Cancels the jobs that are open. @returns whether the deletion waits for them */
async function hasOpenJobs(
  database: Database,
  jobs: Pick<Jobs, 'cancel'>,
  { org_id: orgId, created_at }: DeletionRow,
): Promise<boolean> {
  const openJobs = (): Promise<{ id: string }[]> =>
    database.query(`SELECT id FROM jobs WHERE org_id = $1 AND status IN ('queued', 'running')`, [orgId]);
  for (const { id } of await openJobs())
    await jobs.cancel(orgId, id).catch((error: unknown) => {
      // It has ended in the meantime.
      if (!(error instanceof AppError && error.code === 'job.already_finished')) throw error;
    });
  return (await openJobs()).length > 0 && Date.now() - created_at.getTime() < JOBS_END_S * 1000;
}

async function deleteOne(database: Database, { id, org_id: orgId }: DeletionRow): Promise<void> {
  for (const [table, which] of GOES)
    for (let count = BATCH; count === BATCH; )
      count = await database.transaction(async (tx) => {
        const rows = await tx.query(
          `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(SELECT t.ctid FROM ${table} t WHERE ${which} LIMIT ${BATCH}))
           RETURNING 1 AS one`,
          [orgId],
        );
        await tx.query(
          `UPDATE deletions SET deleted = jsonb_set(deleted, ARRAY[$2], to_jsonb(coalesce((deleted->>$2)::int, 0) + $3::int))
           WHERE id = $1`,
          [id, table, rows.length],
        );
        return rows.length;
      });
  await database.transaction(async (tx) => {
    // Who caused the usage is personal; the totals are not.
    await tx.query(
      `WITH moved AS (DELETE FROM usage_records WHERE org_id = $1 RETURNING *),
         hours AS (DELETE FROM usage_hours WHERE org_id = $1 RETURNING *)
       INSERT INTO usage_hours (org_id, hour, metric, kind, caller, amount)
       SELECT $1, date_trunc('hour', at, 'UTC'), metric, kind, $2, sum(amount) FROM (
         SELECT at, metric, kind, amount FROM moved UNION ALL SELECT hour, metric, kind, amount FROM hours) used
       GROUP BY 2, 3, 4`,
      [orgId, DELETED_CALLER],
    );
    const retained = [];
    for (const [table, grounds] of STAYS) {
      const [{ n_retained_rows }] = await tx.query<{ n_retained_rows: number }>(
        `SELECT count(*)::int AS n_retained_rows FROM ${table} WHERE org_id = $1`,
        [orgId],
      );
      if (n_retained_rows > 0) retained.push({ table, n_retained_rows, grounds });
    }
    await audit(tx, { orgId, type: 'organization.deleted', targetId: orgId, details: { id } });
    await tx.query('UPDATE deletions SET retained = $2, ended_at = now() WHERE id = $1', [
      id,
      JSON.stringify(retained),
    ]);
  });
}
