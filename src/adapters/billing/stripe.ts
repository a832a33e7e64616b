/** The platform's only access to Stripe, by its official client. */
import Stripe from 'stripe';
import { AppError } from '../../contracts/common/app-error.ts';

export interface StripeSettings {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Another address of Stripe's API */
  readonly baseUrl?: string;
}

/** Stripe's own names, in the order in which one of a customer's subscriptions counts. */
const STATUSES = ['active', 'trialing', 'past_due', 'unpaid', 'paused', 'incomplete', 'canceled', 'incomplete_expired'];

export interface Subscription {
  readonly id: string;
  /** As Stripe names it */
  readonly status: string;
  readonly priceIds: readonly string[];
  readonly periodEndsAt: Date | null;
  /** When it ends, if it was cancelled for a later time */
  readonly cancelsAt: Date | null;
}

export interface Invoice {
  readonly id: string;
  readonly number: string | null;
  readonly status: string | null;
  /** ISO 4217, lower case */
  readonly currency: string;
  readonly amount_due: number;
  readonly amount_paid: number;
  readonly period_starts_at: Date;
  readonly period_ends_at: Date;
  readonly created_at: Date;
  /** Page at Stripe where it can be paid */
  readonly url: string | null;
  readonly pdf_url: string | null;
}

/** What a webhook of Stripe says, as far as the platform uses it. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly createdAt: Date;
  /** null: the event concerns no customer */
  readonly customerId: string | null;
  /** The invoice that `invoice.payment_failed` is about */
  readonly failedInvoice?: Invoice & { readonly attempt: number; readonly nextAttemptAt: Date | null };
}

export interface MeterEvent {
  readonly customerId: string;
  /** Event name of the meter */
  readonly name: string;
  readonly amount: number;
  readonly at: Date;
  /** Stripe counts one event with this identifier. */
  readonly identifier: string;
}

const TIMEOUT_MS = 10_000;
const RETRIES = 2;
const at = (seconds: number): Date => new Date(seconds * 1000);
const optionalAt = (seconds: number | null | undefined): Date | null => (seconds ? at(seconds) : null);

export class StripeGateway {
  readonly #client: Stripe;
  readonly #webhookSecret: string;

  constructor({ secretKey, webhookSecret, baseUrl }: StripeSettings) {
    const url = baseUrl === undefined ? undefined : new URL(baseUrl);
    this.#client = new Stripe(secretKey, {
      timeout: TIMEOUT_MS,
      maxNetworkRetries: RETRIES,
      telemetry: false,
      ...(url && { host: url.hostname, port: url.port, protocol: url.protocol === 'http:' ? 'http' : 'https' }),
    });
    this.#webhookSecret = webhookSecret;
  }

  /** Returns the customer of an organization; the same one if it is called again. @throws AppError `service.unavailable` */
  async createCustomer(orgId: string, name: string, email: string | null): Promise<string> {
    const { id } = await called(
      this.#client.customers.create(
        { name, ...(email !== null && { email }), metadata: { org_id: orgId } },
        { idempotencyKey: `customer/${orgId}` },
      ),
    );
    return id;
  }

  /** Returns the page at Stripe where a customer subscribes to a price. @throws AppError `service.unavailable` */
  async checkoutUrl(customerId: string, orgId: string, priceId: string, returnUrl: string): Promise<string> {
    const { url } = await called(
      this.#client.checkout.sessions.create({
        mode: 'subscription',
        customer: customerId,
        client_reference_id: orgId,
        line_items: [{ price: priceId, quantity: 1 }],
        success_url: returnUrl,
        cancel_url: returnUrl,
      }),
    );
    if (!url) throw new AppError('internal', 'The checkout session has no address');
    return url;
  }

  /** Returns the page at Stripe where a customer changes and ends subscriptions. @throws AppError `service.unavailable` */
  async portalUrl(customerId: string, returnUrl: string): Promise<string> {
    return (await called(this.#client.billingPortal.sessions.create({ customer: customerId, return_url: returnUrl })))
      .url;
  }

  /**
   * Returns the subscription of a customer that counts: one that is in force before one that is not, and of these the newest;
   * undefined if there was never one.
   * @throws AppError `service.unavailable`
   */
  async subscriptionOf(customerId: string): Promise<Subscription | undefined> {
    const { data } = await called(this.#client.subscriptions.list({ customer: customerId, status: 'all', limit: 100 }));
    const rank = (status: string): number => (STATUSES.includes(status) ? STATUSES.indexOf(status) : STATUSES.length);
    const [first] = data.sort((a, b) => rank(a.status) - rank(b.status) || b.created - a.created);
    return (
      first && {
        id: first.id,
        status: first.status,
        priceIds: first.items.data.map(({ price }) => price.id),
        periodEndsAt: optionalAt(first.items.data[0]?.current_period_end),
        cancelsAt: optionalAt(first.cancel_at),
      }
    );
  }

  /** Lists a customer's invoices, newest first. @param after id of the last one of the page before */
  async invoices(customerId: string, limit: number, after?: string): Promise<{ data: Invoice[]; hasMore: boolean }> {
    const { data, has_more } = await called(
      this.#client.invoices.list({
        customer: customerId,
        limit,
        ...(after !== undefined && { starting_after: after }),
      }),
    );
    return { data: data.map(invoiceOf), hasMore: has_more };
  }

  /**
   * Checks the signature of a webhook and reads its event.
   * @throws AppError `billing.signature_invalid`
   */
  readEvent(payload: Buffer, signature: string | undefined): StripeEvent {
    try {
      const event = this.#client.webhooks.constructEvent(payload, signature ?? '', this.#webhookSecret);
      return eventOf(event);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
      throw new AppError('billing.signature_invalid', 'The Stripe-Signature does not fit the body, or is too old', {
        fix: 'Set STRIPE_WEBHOOK_SECRET to the signing secret of this endpoint in Stripe.',
        cause: error,
      });
    }
  }

  /**
   * Reports usage; a second event with the same identifier does not count.
   * @returns why Stripe will never accept it; undefined if it has
   * @throws AppError `service.unavailable`
   */
  async sendMeterEvent({ customerId, name, amount, at: time, identifier }: MeterEvent): Promise<string | undefined> {
    try {
      await called(
        this.#client.billing.meterEvents.create(
          {
            event_name: name,
            identifier,
            timestamp: Math.floor(time.getTime() / 1000),
            payload: { stripe_customer_id: customerId, value: String(amount) },
          },
          { idempotencyKey: identifier },
        ),
      );
    } catch (error) {
      const { cause } = error as AppError;
      if (!(cause instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      // An earlier request arrived, and its answer was lost.
      return /already exists with identifier/i.test(cause.message) ? undefined : cause.message;
    }
    return undefined;
  }
}

/** Stripe counts in the smallest unit of a currency: cents, or whole yen. */
const amountOf = (smallest: number, currency: string): number =>
  smallest /
  10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2);

const invoiceOf = (invoice: Stripe.Invoice): Invoice => ({
  id: invoice.id,
  number: invoice.number,
  status: invoice.status,
  currency: invoice.currency,
  amount_due: amountOf(invoice.amount_due, invoice.currency),
  amount_paid: amountOf(invoice.amount_paid, invoice.currency),
  period_starts_at: at(invoice.period_start),
  period_ends_at: at(invoice.period_end),
  created_at: at(invoice.created),
  url: invoice.hosted_invoice_url ?? null,
  pdf_url: invoice.invoice_pdf ?? null,
});

const SUBSCRIPTION_EVENT = /^(customer\.subscription\.|checkout\.session\.|invoice\.|customer\.deleted$)/;

function eventOf(event: Stripe.Event): StripeEvent {
  const { id, type, created, data } = event;
  const { object } = data as { object: { id?: string; customer?: string | { id: string } | null } };
  const customer = type === 'customer.deleted' ? object.id : object.customer;
  return {
    id,
    type,
    createdAt: at(created),
    customerId: SUBSCRIPTION_EVENT.test(type)
      ? ((typeof customer === 'object' ? customer?.id : customer) ?? null)
      : null,
    ...(event.type === 'invoice.payment_failed' && {
      failedInvoice: {
        ...invoiceOf(event.data.object),
        attempt: event.data.object.attempt_count,
        nextAttemptAt: optionalAt(event.data.object.next_payment_attempt),
      },
    }),
  };
}

/** Waits for an answer of Stripe. @throws AppError `service.unavailable` if it may come later, otherwise `internal` */
async function called<Answer>(request: Promise<Answer>): Promise<Answer> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const isPassing =
      error instanceof Stripe.errors.StripeConnectionError ||
      error instanceof Stripe.errors.StripeRateLimitError ||
      error instanceof Stripe.errors.StripeAPIError;
    if (isPassing)
      throw new AppError('service.unavailable', 'Stripe cannot be reached at the moment', {
        cause: error,
        retryAfterS: 5,
      });
    throw new AppError('internal', `Stripe refuses the request: ${error.message}`, { cause: error });
  }
}
