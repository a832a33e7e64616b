/** What administrators see and do across organizations. Each act has an entry in the audit log of the organization concerned. */
import { AppError } from '../../contracts/common/app-error.ts';
import { PLATFORM } from '../../contracts/audit/audit.ts';
import type { JobInput, JobKind } from '../../contracts/jobs/kinds.ts';
import type { JsonText } from '../../lib/json-text.ts';
import { isTerminal, type JobStatus } from '../../contracts/jobs/jobs.ts';
import type { UsageMetric } from '../../contracts/metering/usage.ts';
import type { DeliveryStatus } from '../../contracts/webhooks/webhooks.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { ApiKeyRow, PlanRow, UserRow } from '../../adapters/database/tables/accounts.ts';
import type { JobSummaryRow } from '../../adapters/database/tables/jobs.ts';
import type { WebhookDeliveryRow } from '../../adapters/database/tables/webhooks.ts';
import { isUniqueViolation } from '../../adapters/database/database.ts';
import { announce } from '../accounts/logins.ts';
import type { AddressProblem } from '../../contracts/mails/mails.ts';
import { problemOf } from '../mails/addresses.ts';
import { audit } from '../audit/audit.ts';
import type { Jobs } from '../jobs/jobs.ts';

export interface AdminPage {
  readonly limit: number;
  /** Id of the last item of the page before */
  readonly before?: string;
}

export interface ListedOrganization {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  readonly created_at: Date;
  readonly suspended_at: Date | null;
  readonly suspension_reason: string | null;
  readonly n_people: number;
  readonly n_keys: number;
  readonly n_open_jobs: number;
}

const ORGANIZATIONS = `SELECT o.id, o.name, o.plan, o.created_at, s.created_at AS suspended_at, s.reason AS suspension_reason,
    (SELECT count(*)::int FROM users u WHERE u.org_id = o.id) AS n_people,
    (SELECT count(*)::int FROM api_keys k WHERE k.org_id = o.id AND k.revoked_at IS NULL) AS n_keys,
    (SELECT count(*)::int FROM jobs j WHERE j.org_id = o.id AND j.status IN ('queued', 'running')) AS n_open_jobs
  FROM organizations o LEFT JOIN suspensions s ON s.org_id = o.id`;

export type ListedKey = Pick<
  ApiKeyRow,
  'id' | 'org_id' | 'name' | 'prefix' | 'scopes' | 'created_by' | 'created_at' | 'last_used_at' | 'revoked_at'
>;
export interface ListedPerson
  extends Pick<UserRow, 'id' | 'org_id' | 'email' | 'name' | 'role' | 'email_confirmed_at' | 'created_at'> {
  readonly has_second_factor: boolean;
  readonly email_problem: AddressProblem | null;
}
export type ListedJob = Pick<
  JobSummaryRow,
  'id' | 'org_id' | 'kind' | 'status' | 'progress' | 'error' | 'created_at' | 'started_at' | 'ended_at' | 'compute_s'
>;
export type AdminDelivery = Pick<
  WebhookDeliveryRow,
  'id' | 'org_id' | 'webhook_id' | 'event_type' | 'status' | 'round' | 'created_at' | 'ended_at'
>;
type PlanChanges = Partial<Omit<PlanRow, 'id'>>;

export class Admin {
  readonly #database: Database;
  readonly #jobs: Pick<Jobs, 'asText' | 'create'>;

  constructor(database: Database, jobs: Pick<Jobs, 'asText' | 'create'>) {
    this.#database = database;
    this.#jobs = jobs;
  }

  /** @param filter.name part of the name, of the id, or of the address of a person */
  organizations(
    { limit, before }: AdminPage,
    filter: { readonly name?: string; readonly plan?: string; readonly isSuspended?: boolean } = {},
  ): Promise<ListedOrganization[]> {
    return this.#database.query<ListedOrganization>(
      `${ORGANIZATIONS} WHERE ($1::text IS NULL OR o.id < $1) AND ($2::text IS NULL OR o.plan = $2)
         AND ($3::boolean IS NULL OR (s.org_id IS NOT NULL) = $3)
         AND ($4::text IS NULL OR position(lower($4) IN lower(o.name || ' ' || o.id)) > 0 OR EXISTS (
           SELECT 1 FROM users u WHERE u.org_id = o.id AND position(lower($4) IN u.email) > 0))
       ORDER BY o.id DESC LIMIT $5`,
      [before ?? null, filter.plan ?? null, filter.isSuspended ?? null, filter.name ?? null, limit],
    );
  }

  /** @throws AppError `request.not_found` */
  async organization(id: string): Promise<ListedOrganization> {
    const [row] = await this.#database.query<ListedOrganization>(`${ORGANIZATIONS} WHERE o.id = $1`, [id]);
    if (!row) throw new AppError('request.not_found', `No organization ${id}`);
    return row;
  }

  /** Refuses all credentials of an organization, in every process within a second. @throws AppError `request.not_found` */
  async suspend(orgId: string, reason: string): Promise<void> {
    await this.organization(orgId);
    await this.#database.transaction(async (tx) => {
      await tx.query(
        'INSERT INTO suspensions (org_id, reason) VALUES ($1, $2) ON CONFLICT (org_id) DO UPDATE SET reason = $2',
        [orgId, reason],
      );
      await audit(tx, { orgId, type: 'organization.suspended', targetId: orgId, details: { reason } });
      await announce(tx, orgId);
    });
  }

  /** Accepts the credentials of an organization again. @throws AppError `request.not_found` */
  async resume(orgId: string): Promise<void> {
    await this.organization(orgId);
    await this.#database.transaction(async (tx) => {
      const ended = await tx.query('DELETE FROM suspensions WHERE org_id = $1 RETURNING org_id', [orgId]);
      if (ended.length === 0) return;
      await audit(tx, { orgId, type: 'organization.resumed', targetId: orgId });
      await announce(tx, orgId);
    });
  }

  /** @throws AppError `request.not_found`; `request.invalid` for an unknown plan */
  async setPlan(orgId: string, plan: string): Promise<void> {
    await this.organization(orgId);
    const plans = await this.#database.query<{ id: string }>('SELECT id FROM plans ORDER BY id');
    if (!plans.some(({ id }) => id === plan))
      throw new AppError(
        'request.invalid',
        `plan is ${plan}; expected one of ${plans.map(({ id }) => id).join(', ')}`,
        {
          pointer: '/plan',
        },
      );
    await this.#database.transaction(async (tx) => {
      await tx.query('UPDATE organizations SET plan = $2 WHERE id = $1', [orgId, plan]);
      await audit(tx, { orgId, type: 'organization.plan_changed', targetId: orgId, details: { plan } });
      await announce(tx, orgId);
    });
  }

  plans(): Promise<PlanRow[]> {
    return this.#database.query<PlanRow>('SELECT * FROM plans ORDER BY fairness_weight, id');
  }

  /** @throws AppError `request.conflict` if the id is taken */
  createPlan(plan: PlanRow): Promise<PlanRow> {
    const names = Object.keys(plan);
    return this.#database
      .transaction(async (tx) => {
        const [row] = await tx.query<PlanRow>(
          `INSERT INTO plans (${names.join(', ')}) SELECT ${names.join(', ')} FROM jsonb_populate_record(NULL::plans, $1)
           RETURNING *`,
          [plan],
        );
        await audit(tx, { orgId: PLATFORM, type: 'plan.created', targetId: plan.id, details: { ...plan } });
        return row;
      })
      .catch((error: unknown) => {
        if (!isUniqueViolation(error, 'PK_plans')) throw error;
        throw new AppError('request.conflict', `There is a plan ${plan.id} already`, { pointer: '/id', cause: error });
      });
  }

  /** Changes a plan for everybody who has it, at once. @throws AppError `request.not_found` */
  changePlan(id: string, changes: PlanChanges): Promise<PlanRow> {
    const names = Object.keys(changes);
    return this.#database.transaction(async (tx) => {
      const [known] = await tx.query<PlanRow>('SELECT * FROM plans WHERE id = $1 FOR UPDATE', [id]);
      if (!known) throw new AppError('request.not_found', `No plan ${id}`);
      if (names.length === 0) return known;
      const [row] = await tx.query<PlanRow>(
        `UPDATE plans p SET (${names.join(', ')}) =
           (SELECT ${names.map((name) => `n.${name}`).join(', ')} FROM jsonb_populate_record(p, $2) n)
         WHERE id = $1 RETURNING *`,
        [id, changes],
      );
      await audit(tx, { orgId: PLATFORM, type: 'plan.changed', targetId: id, details: { ...changes } });
      await announce(tx, '');
      return row;
    });
  }

  people({ limit, before }: AdminPage, orgId?: string, email?: string): Promise<ListedPerson[]> {
    return this.#database.query<ListedPerson>(
      `SELECT id, org_id, email, name, role, email_confirmed_at, second_factor_at IS NOT NULL AS has_second_factor, created_at,
         ${problemOf('users.email')} AS email_problem
       FROM users
       WHERE ($1::text IS NULL OR id < $1) AND ($2::text IS NULL OR org_id = $2)
         AND ($3::text IS NULL OR email = lower($3)) ORDER BY id DESC LIMIT $4`,
      [before ?? null, orgId ?? null, email ?? null, limit],
    );
  }

  /** @throws AppError `request.not_found` */
  async requirePerson(id: string): Promise<void> {
    const rows = await this.#database.query('SELECT 1 FROM users WHERE id = $1', [id]);
    if (rows.length === 0) throw new AppError('request.not_found', `No person ${id}`);
  }

  keys({ limit, before }: AdminPage, orgId?: string): Promise<ListedKey[]> {
    return this.#database.query<ListedKey>(
      `SELECT id, org_id, name, prefix, scopes, created_by, created_at, last_used_at, revoked_at FROM api_keys
       WHERE ($1::text IS NULL OR id < $1) AND ($2::text IS NULL OR org_id = $2) ORDER BY id DESC LIMIT $3`,
      [before ?? null, orgId ?? null, limit],
    );
  }

  jobs(
    { limit, before }: AdminPage,
    filter: { readonly orgId?: string; readonly kind?: JobKind; readonly status?: JobStatus } = {},
  ): Promise<ListedJob[]> {
    return this.#database.query<ListedJob>(
      `SELECT id, org_id, kind, status, progress, error, created_at, started_at, ended_at, compute_s FROM jobs
       WHERE ($1::text IS NULL OR id < $1) AND ($2::text IS NULL OR org_id = $2) AND ($3::text IS NULL OR kind = $3)
         AND ($4::text IS NULL OR status = $4) ORDER BY id DESC LIMIT $5`,
      [before ?? null, filter.orgId ?? null, filter.kind ?? null, filter.status ?? null, limit],
    );
  }

  deliveries({ limit, before }: AdminPage, orgId?: string, status?: DeliveryStatus): Promise<AdminDelivery[]> {
    return this.#database.query<AdminDelivery>(
      `SELECT id, org_id, webhook_id, event_type, status, round, created_at, ended_at FROM webhook_deliveries
       WHERE ($1::text IS NULL OR id < $1) AND ($2::text IS NULL OR org_id = $2) AND ($3::text IS NULL OR status = $3)
       ORDER BY id DESC LIMIT $4`,
      [before ?? null, orgId ?? null, status ?? null, limit],
    );
  }

  /** Returns the organization of a row. @throws AppError `request.not_found` */
  async ownerOf(table: 'jobs' | 'api_keys' | 'webhook_deliveries', id: string): Promise<string> {
    const [row] = await this.#database.query<{ org_id: string }>(`SELECT org_id FROM ${table} WHERE id = $1`, [id]);
    if (!row) throw new AppError('request.not_found', `No object ${id}`);
    return row.org_id;
  }

  /**
   * Starts a job like one that has ended: the same request, seed and maker. Limits of the plan do not apply.
   * @returns its id
   * @throws AppError `request.not_found`, `job.not_finished`; `request.conflict` for a report, which has rows of its own
   */
  async runAgain(id: string): Promise<string> {
    const orgId = await this.ownerOf('jobs', id);
    const { job, input } = await this.#jobs.asText(orgId, id);
    if (!isTerminal(job.status)) throw new AppError('job.not_finished', `Job ${id} is ${job.status}`);
    const reports = await this.#database.query('SELECT 1 FROM reports WHERE job_id = $1', [id]);
    if (reports.length > 0)
      throw new AppError('request.conflict', `Job ${id} has written a report; only analyses run again`, {
        fix: 'Ask the customer to request the report again.',
      });
    const started = await this.#jobs.create(
      {
        orgId,
        kind: job.kind,
        input: input as JsonText<JobInput>,
        seed: job.seed,
        createdBy: job.created_by,
        warnings: job.warnings,
        isTest: job.is_test,
      },
      (tx, jobId) => audit(tx, { orgId, type: 'job.run_again', targetId: jobId, details: { job_id: id } }),
    );
    return started.job.id;
  }

  /** Sums what organizations have used since an instant, the largest first. */
  usage(startsAt: Date, limit: number): Promise<{ org_id: string; metric: UsageMetric; amount: number }[]> {
    return this.#database.query(
      `SELECT org_id, metric, sum(amount) AS amount FROM (
         SELECT org_id, metric, amount FROM usage_records WHERE at >= $1
         UNION ALL SELECT org_id, metric, amount FROM usage_hours WHERE hour >= $1) used
       GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT $2`,
      [startsAt, limit],
    );
  }

  /** Notes that a counter of a rate limit was cleared. @param key person, key, address or organization that it counted */
  async noteCleared(policy: string, key: string): Promise<void> {
    await this.#database.transaction((tx) =>
      audit(tx, { orgId: PLATFORM, type: 'rate_limit.cleared', details: { policy }, personal: { key } }),
    );
  }

  async noteRetried(orgId: string, deliveryId: string): Promise<void> {
    await this.#database.transaction((tx) => audit(tx, { orgId, type: 'delivery.retried', targetId: deliveryId }));
  }
}
