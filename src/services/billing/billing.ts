/**
 * Subscriptions at Stripe, and the plans that follow from them. An event of Stripe only says that something about a customer
 * has changed: the subscription is then read from Stripe under the lock of the organization's row. So events that are late,
 * repeated or in another order change nothing (their times have whole seconds and do not order them).
 */
import type { BillingAccountRow } from '../../adapters/database/tables/billing.ts';
import type { OrganizationRow, PlanRow } from '../../adapters/database/tables/accounts.ts';
import type { Database, Queryable, Transaction } from '../../adapters/database/database.ts';
import type { Invoice, StripeEvent, StripeGateway, Subscription } from '../../adapters/billing/stripe.ts';
import type { Logger } from '../../adapters/observability/logger.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { asPlatform, audit } from '../audit/audit.ts';
import { announce } from '../accounts/logins.ts';
import { enqueueMailToOwners } from '../mails/mails.ts';

/** The plan of an organization that pays for none */
const UNPAID_PLAN = 'free';
const IN_FORCE = new Set(['active', 'trialing']);
const ENDED = new Set(['canceled', 'incomplete_expired']);

export interface BillingState
  extends Pick<BillingAccountRow, 'status' | 'period_ends_at' | 'cancels_at' | 'grace_ends_at'> {
  readonly plan: string;
  /** Plans that can be subscribed to */
  readonly purchasable_plans: string[];
}

export class Billing {
  readonly #database: Database;
  readonly #stripe: StripeGateway;
  readonly #log: Logger;
  readonly #apiUrl: string;
  readonly #graceDays: number;
  /** One event after the other, so that a burst of them, each of which waits for Stripe, holds one connection of the database. */
  #turn: Promise<void> = Promise.resolve();

  /**
   * @param options.apiUrl public address of the API, to which Stripe's pages return
   * @param options.graceDays time for which the plan remains after a failed payment [d]
   */
  constructor(
    database: Database,
    stripe: StripeGateway,
    log: Logger,
    options: { readonly apiUrl: string; readonly graceDays: number },
  ) {
    this.#database = database;
    this.#stripe = stripe;
    this.#log = log;
    this.#apiUrl = options.apiUrl;
    this.#graceDays = options.graceDays;
  }

  async state(orgId: string): Promise<BillingState> {
    const [state] = await this.#database.query<Omit<BillingState, 'purchasable_plans'>>(
      `SELECT o.plan, b.status, b.period_ends_at, b.cancels_at, b.grace_ends_at
       FROM organizations o LEFT JOIN billing_accounts b ON b.org_id = o.id WHERE o.id = $1`,
      [orgId],
    );
    return { ...state, purchasable_plans: (await this.#purchasable()).map(({ id }) => id) };
  }

  /**
   * Returns the page at Stripe where an organization subscribes to a plan.
   * @throws AppError `request.invalid` for a plan without a price; `request.conflict` if there is a subscription
   */
  async checkoutUrl(orgId: string, planId: string): Promise<string> {
    const plans = await this.#purchasable();
    const price = plans.find(({ id }) => id === planId)?.stripe_price_id;
    if (!price)
      throw new AppError(
        'request.invalid',
        `plan is ${planId}; expected one of ${plans.map(({ id }) => id).join(', ') || 'none: no plan has a price'}`,
        {
          pointer: '/plan',
        },
      );
    const account = await this.#account(orgId);
    if (account.status !== null && !ENDED.has(account.status))
      throw new AppError('request.conflict', `The organization has a subscription already (${account.status})`, {
        fix: 'Change it on the page of POST /v1/billing/portal.',
      });
    return this.#stripe.checkoutUrl(account.stripe_customer_id, orgId, price, `${this.#apiUrl}/`);
  }

  /** Returns the page at Stripe where an organization changes its subscription, its cards and its address. */
  async portalUrl(orgId: string): Promise<string> {
    return this.#stripe.portalUrl((await this.#account(orgId)).stripe_customer_id, `${this.#apiUrl}/`);
  }

  /** Lists the invoices, newest first. @param after id of the last one of the page before */
  async invoices(orgId: string, limit: number, after?: string): Promise<{ data: Invoice[]; hasMore: boolean }> {
    const account = await this.#known(this.#database, 'org_id', orgId);
    return account ? this.#stripe.invoices(account.stripe_customer_id, limit, after) : { data: [], hasMore: false };
  }

  /**
   * Takes an event of Stripe, once. What cannot be done now is not stored, so that Stripe's next attempt does it.
   * @throws AppError `billing.signature_invalid`, `service.unavailable`
   */
  async receive(payload: Buffer, signature: string | undefined): Promise<void> {
    const event = this.#stripe.readEvent(payload, signature);
    this.#turn = this.#turn.then(
      () => asPlatform(() => this.#take(event)),
      () => asPlatform(() => this.#take(event)),
    );
    await this.#turn;
  }

  #take(event: StripeEvent): Promise<void> {
    return this.#database.transaction(async (tx) => {
      const stored = await tx.query(
        'INSERT INTO stripe_events (id, type, event_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING RETURNING id',
        [event.id, event.type, event.createdAt],
      );
      if (stored.length > 0 && event.customerId !== null) await this.#handle(tx, event, event.customerId);
    });
  }

  async #handle(tx: Transaction, event: StripeEvent, customerId: string): Promise<void> {
    const account = await this.#known(tx, 'stripe_customer_id', customerId, 'FOR UPDATE');
    if (!account) {
      this.#log.warning('An event of Stripe concerns a customer of no organization', {
        event_id: event.id,
        customerId,
      });
      return;
    }
    const orgId = account.org_id;
    // The subscription was read after a newer event: this one is in it.
    const isLate = account.event_at !== null && event.createdAt < account.event_at;
    const graceEndsAt = isLate
      ? account.grace_ends_at
      : await this.#apply(tx, account, event.createdAt, await this.#stripe.subscriptionOf(customerId));
    const { failedInvoice: failed } = event;
    if (failed)
      await enqueueMailToOwners(tx, {
        orgId,
        template: 'billing.payment_failed',
        idempotencyKey: `billing.payment_failed/${failed.id}/${failed.attempt}`,
        data: {
          organization: await nameOf(tx, orgId),
          amount: failed.amount_due,
          currency: failed.currency,
          invoiceUrl: failed.url,
          nextAttemptAt: failed.nextAttemptAt?.toISOString() ?? null,
          graceEndsAt: graceEndsAt?.toISOString() ?? null,
        },
      });
  }

  /** Writes what the subscription says, and the plan that follows from it. @returns the end of the grace */
  async #apply(
    tx: Transaction,
    account: BillingAccountRow,
    eventAt: Date,
    subscription: Subscription | undefined,
  ): Promise<Date | null> {
    const status = subscription?.status ?? null;
    const graceEndsAt =
      status === 'past_due'
        ? (account.grace_ends_at ?? new Date(eventAt.getTime() + this.#graceDays * 86_400_000))
        : null;
    await tx.query(
      `UPDATE billing_accounts SET stripe_subscription_id = $2, status = $3, period_ends_at = $4, cancels_at = $5,
         grace_ends_at = $6, event_at = $7 WHERE org_id = $1`,
      [
        account.org_id,
        subscription?.id ?? account.stripe_subscription_id,
        status ?? (account.stripe_subscription_id === null ? null : 'canceled'),
        subscription?.periodEndsAt ?? null,
        subscription?.cancelsAt ?? null,
        graceEndsAt,
        eventAt,
      ],
    );
    // A plan that an operator gave stays until there is a subscription, or another one.
    const isOver = account.stripe_subscription_id === null || ENDED.has(account.status ?? '');
    if (isOver && (!subscription || ENDED.has(subscription.status))) return graceEndsAt;
    const isPaid = IN_FORCE.has(status ?? '') || (graceEndsAt !== null && graceEndsAt > new Date());
    if (!isPaid || !subscription) await setPlan(tx, account.org_id, UNPAID_PLAN);
    else {
      const plan = (await this.#purchasable(tx)).find(({ stripe_price_id: price }) =>
        subscription.priceIds.includes(price!),
      );
      if (plan) await setPlan(tx, account.org_id, plan.id);
      else
        this.#log.error('No plan has the price of a subscription; the organization keeps its plan', {
          org_id: account.org_id,
          prices: subscription.priceIds,
        });
    }
    return graceEndsAt;
  }

  #purchasable(db: Queryable = this.#database): Promise<PlanRow[]> {
    return db.query<PlanRow>('SELECT * FROM plans WHERE stripe_price_id IS NOT NULL ORDER BY fairness_weight, id');
  }

  async #known(
    db: Queryable,
    column: 'org_id' | 'stripe_customer_id',
    value: string,
    lock = '',
  ): Promise<BillingAccountRow | undefined> {
    const [row] = await db.query<BillingAccountRow>(`SELECT * FROM billing_accounts WHERE ${column} = $1 ${lock}`, [
      value,
    ]);
    return row;
  }

  /** Returns the organization's customer at Stripe; the first time it is created. */
  async #account(orgId: string): Promise<BillingAccountRow> {
    const known = await this.#known(this.#database, 'org_id', orgId);
    if (known) return known;
    const [owner] = await this.#database.query<{ name: string; email: string | null }>(
      `SELECT o.name, (SELECT email FROM users WHERE org_id = o.id AND role = 'owner' ORDER BY id LIMIT 1) AS email
       FROM organizations o WHERE o.id = $1`,
      [orgId],
    );
    const customerId = await this.#stripe.createCustomer(orgId, owner.name, owner.email);
    await this.#database.query(
      'INSERT INTO billing_accounts (org_id, stripe_customer_id) VALUES ($1, $2) ON CONFLICT (org_id) DO NOTHING',
      [orgId, customerId],
    );
    return (await this.#known(this.#database, 'org_id', orgId))!;
  }
}

const nameOf = async (tx: Queryable, orgId: string): Promise<string> =>
  (await tx.query<OrganizationRow>('SELECT name FROM organizations WHERE id = $1', [orgId]))[0].name;

/** Changes the plan of an organization; every process applies it at once. */
async function setPlan(tx: Transaction, orgId: string, plan: string): Promise<void> {
  const changed = await tx.query('UPDATE organizations SET plan = $2 WHERE id = $1 AND plan <> $2 RETURNING id', [
    orgId,
    plan,
  ]);
  if (changed.length === 0) return;
  await audit(tx, { orgId, type: 'organization.plan_changed', targetId: orgId, details: { plan } });
  await announce(tx, orgId);
}

/** Takes the plan from organizations whose payment has failed for longer than the grace. @returns their ids */
export function endGraces(database: Database): Promise<string[]> {
  return database.transaction(async (tx) => {
    const late = await tx.query<{ org_id: string }>(
      `SELECT b.org_id FROM billing_accounts b JOIN organizations o ON o.id = b.org_id
       WHERE b.status = 'past_due' AND b.grace_ends_at <= now() AND o.plan <> $1 FOR UPDATE OF b`,
      [UNPAID_PLAN],
    );
    for (const { org_id } of late) await setPlan(tx, org_id, UNPAID_PLAN);
    return late.map(({ org_id }) => org_id);
  });
}
