/**
 * A local server that speaks the part of Stripe's API that the platform uses, as strictly as Stripe: it refuses wrong keys,
 * unknown parameters and idempotency keys that come with another request. Its answers and events have the types of Stripe's package.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import Stripe from 'stripe';

export const SECRET_KEY = 'sk_test_local';
export const WEBHOOK_SECRET = 'whsec_local';

const newId = (prefix: string): string => `${prefix}_${randomBytes(8).toString('hex')}`;
const nowS = (): number => Math.floor(Date.now() / 1000);

class Refusal extends Error {
  readonly status: number;
  readonly body: { type: string; message: string; code?: string };
  constructor(status: number, type: string, message: string, code?: string) {
    super(message);
    this.status = status;
    this.body = { type, message, ...(code && { code }) };
  }
}

type Parameters = Readonly<Record<string, string>>;
/** Names of parameters without their indices: `line_items[0][price]` is of `line_items`. */
function requireKnown<Params>(
  sent: Parameters,
  known: readonly (keyof Params & string)[],
  required: readonly (keyof Params & string)[],
) {
  const names = Object.keys(sent).map((name) => name.replace(/\[.*/, ''));
  for (const name of names)
    if (!(known as readonly string[]).includes(name))
      throw new Refusal(400, 'invalid_request_error', `Received unknown parameter: ${name}`, 'parameter_unknown');
  for (const name of required)
    if (!names.includes(name)) throw new Refusal(400, 'invalid_request_error', `Missing required param: ${name}.`);
}

export interface SubscriptionOf {
  readonly customer: string;
  readonly price: string;
  readonly status: Stripe.Subscription.Status;
  readonly created?: number;
  readonly cancelAt?: number | null;
}

const price = (id: string): Stripe.Price =>
  ({
    id,
    object: 'price',
    active: true,
    currency: 'eur',
    type: 'recurring',
  }) satisfies Partial<Stripe.Price> as Stripe.Price;

function subscriptionOf({ customer, price: priceId, status, created = nowS(), cancelAt = null }: SubscriptionOf) {
  const id = newId('sub');
  const item = {
    id: newId('si'),
    object: 'subscription_item',
    subscription: id,
    price: price(priceId),
    quantity: 1,
    created,
    current_period_start: created,
    current_period_end: created + 30 * 86_400,
  } satisfies Partial<Stripe.SubscriptionItem> as Stripe.SubscriptionItem;
  return {
    id,
    object: 'subscription',
    customer,
    status,
    created,
    currency: 'eur',
    cancel_at: cancelAt,
    cancel_at_period_end: cancelAt !== null,
    items: { object: 'list', data: [item], has_more: false, url: `/v1/subscription_items?subscription=${id}` },
  } satisfies Partial<Stripe.Subscription> as Stripe.Subscription;
}

function invoiceOf(customer: string, status: Stripe.Invoice.Status, amount = 4900): Stripe.Invoice {
  const id = newId('in');
  const created = nowS();
  return {
    id,
    object: 'invoice',
    customer,
    number: `T-${id.slice(-4)}`,
    status,
    currency: 'eur',
    amount_due: amount,
    amount_paid: status === 'paid' ? amount : 0,
    attempt_count: 1,
    next_payment_attempt: status === 'open' ? created + 3 * 86_400 : null,
    period_start: created - 30 * 86_400,
    period_end: created,
    created,
    hosted_invoice_url: `https://invoice.example.com/${id}`,
    invoice_pdf: `https://invoice.example.com/${id}.pdf`,
  } satisfies Partial<Stripe.Invoice> as Stripe.Invoice;
}

const listOf = <Item>(data: Item[], has_more: boolean, url: string): Stripe.ApiList<Item> => ({
  object: 'list',
  data,
  has_more,
  url,
});

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** Starts the server. The test sets `subscriptions` and `invoices` as a person would at Stripe's pages. */
export async function startStripe() {
  const state = {
    customers: new Map<string, Stripe.Customer>(),
    subscriptions: new Map<string, Stripe.Subscription>(),
    invoices: [] as Stripe.Invoice[],
    meterEvents: [] as Stripe.Billing.MeterEvent[],
    meters: new Set<string>(),
    /** Answers of requests that are lost: they are carried out, and the connection ends without an answer */
    lost: 0,
    /** Requests that are refused because Stripe is down */
    down: 0,
    requests: [] as string[],
  };
  const replayed = new Map<string, { sent: string; status: number; body: unknown }>();
  const customerOf = (id: string): Stripe.Customer => {
    const known = state.customers.get(id);
    if (!known) throw new Refusal(400, 'invalid_request_error', `No such customer: '${id}'`, 'resource_missing');
    return known;
  };
  const page = <Item extends { id: string }>(all: readonly Item[], { limit = '10', starting_after }: Parameters) => {
    const from = starting_after === undefined ? 0 : all.findIndex(({ id }) => id === starting_after) + 1;
    const data = all.slice(from, from + Number(limit));
    return { data, hasMore: from + data.length < all.length };
  };

  const routes: Readonly<Record<string, (sent: Parameters) => unknown>> = {
    'POST /v1/customers'(sent) {
      requireKnown<Stripe.CustomerCreateParams>(sent, ['name', 'email', 'metadata'], []);
      const made = {
        id: newId('cus'),
        object: 'customer',
        name: sent.name,
        email: sent.email ?? null,
        metadata: { org_id: sent['metadata[org_id]'] },
        created: nowS(),
        livemode: false,
        balance: 0,
        default_source: null,
        description: null,
        invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
        shipping: null,
      } satisfies Partial<Stripe.Customer> as Stripe.Customer;
      state.customers.set(made.id, made);
      return made;
    },
    'POST /v1/checkout/sessions'(sent) {
      requireKnown<Stripe.Checkout.SessionCreateParams>(
        sent,
        ['mode', 'customer', 'client_reference_id', 'line_items', 'success_url', 'cancel_url'],
        ['mode', 'line_items', 'success_url'],
      );
      const id = newId('cs');
      return {
        id,
        object: 'checkout.session',
        customer: customerOf(sent.customer).id,
        client_reference_id: sent.client_reference_id,
        mode: 'subscription',
        url: `https://checkout.example.com/${id}#${sent['line_items[0][price]']}`,
      } satisfies Partial<Stripe.Checkout.Session>;
    },
    'POST /v1/billing_portal/sessions'(sent) {
      requireKnown<Stripe.BillingPortal.SessionCreateParams>(sent, ['customer', 'return_url'], ['customer']);
      const id = newId('bps');
      return {
        id,
        object: 'billing_portal.session',
        customer: customerOf(sent.customer).id,
        return_url: sent.return_url,
        url: `https://portal.example.com/${id}`,
      } satisfies Partial<Stripe.BillingPortal.Session>;
    },
    'GET /v1/subscriptions'(sent) {
      requireKnown<Stripe.SubscriptionListParams>(sent, ['customer', 'status', 'limit', 'starting_after'], []);
      const own = [...state.subscriptions.values()].filter(
        ({ customer, status }) => customer === sent.customer && (sent.status === 'all' || status !== 'canceled'),
      );
      const { data, hasMore } = page(own.reverse(), sent);
      return listOf(data, hasMore, '/v1/subscriptions');
    },
    'GET /v1/invoices'(sent) {
      requireKnown<Stripe.InvoiceListParams>(sent, ['customer', 'limit', 'starting_after'], []);
      const { data, hasMore } = page(
        state.invoices.filter(({ customer }) => customer === sent.customer),
        sent,
      );
      return listOf(data, hasMore, '/v1/invoices');
    },
    'POST /v1/billing/meter_events'(sent) {
      requireKnown<Stripe.Billing.MeterEventCreateParams>(
        sent,
        ['event_name', 'identifier', 'timestamp', 'payload'],
        ['event_name', 'payload'],
      );
      const { event_name, identifier } = sent;
      if (!state.meters.has(event_name))
        throw new Refusal(400, 'invalid_request_error', `No active meter found for event name ${event_name}.`);
      if (state.meterEvents.some((one) => one.identifier === identifier))
        throw new Refusal(400, 'invalid_request_error', `An event already exists with identifier ${identifier}.`);
      if (!/^\d+$/.test(sent['payload[value]']))
        throw new Refusal(400, 'invalid_request_error', 'The value must be a whole number');
      const made: Stripe.Billing.MeterEvent = {
        object: 'billing.meter_event',
        created: nowS(),
        event_name,
        identifier,
        livemode: false,
        timestamp: Number(sent.timestamp),
        payload: {
          stripe_customer_id: customerOf(sent['payload[stripe_customer_id]']).id,
          value: sent['payload[value]'],
        },
      };
      state.meterEvents.push(made);
      return made;
    },
  };

  function answer(request: IncomingMessage, url: URL, text: string): { status: number; body: unknown } {
    if (request.headers.authorization !== `Bearer ${SECRET_KEY}`)
      throw new Refusal(401, 'invalid_request_error', 'Invalid API Key provided');
    if (request.headers['stripe-version'] !== Stripe.API_VERSION)
      throw new Refusal(400, 'invalid_request_error', 'Invalid Stripe API version');
    const name = `${request.method} ${url.pathname}`;
    const route = routes[name];
    if (!route) throw new Refusal(404, 'invalid_request_error', `Unrecognized request URL (${name}).`);
    if (request.method === 'POST' && !request.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
      throw new Refusal(400, 'invalid_request_error', 'Invalid request body');
    const sent = Object.fromEntries(new URLSearchParams(request.method === 'POST' ? text : url.search));
    const key = request.headers['idempotency-key'] as string | undefined;
    const known = key === undefined ? undefined : replayed.get(key);
    if (known && known.sent !== name + text)
      throw new Refusal(
        400,
        'idempotency_error',
        'Keys for idempotent requests can only be used with the same parameters',
      );
    if (known) return known;
    state.requests.push(name);
    const made = { sent: name + text, status: 200, body: route(sent) };
    if (key !== undefined) replayed.set(key, made);
    return made;
  }

  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    const url = new URL(request.url ?? '/', 'http://stripe');
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'request-id': newId('req') });
      response.end(JSON.stringify(body));
    };
    if (state.down > 0) {
      state.down--;
      send(500, { error: { type: 'api_error', message: 'Stripe is down' } });
      return;
    }
    try {
      const { status, body } = answer(request, url, text);
      if (state.lost > 0) {
        state.lost--;
        request.socket.destroy();
      } else send(status, body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(error.status, { error: error.body });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const library = new Stripe(SECRET_KEY);

  return {
    state,
    settings: { secretKey: SECRET_KEY, webhookSecret: WEBHOOK_SECRET, baseUrl: `http://127.0.0.1:${port}` },
    /** Adds or replaces the subscription of a customer. */
    subscribe(of: SubscriptionOf): Stripe.Subscription {
      const made = subscriptionOf(of);
      state.subscriptions.set(made.id, made);
      return made;
    },
    invoice(customer: string, status: Stripe.Invoice.Status): Stripe.Invoice {
      const made = invoiceOf(customer, status);
      state.invoices.unshift(made);
      return made;
    },
    /** Returns an event as Stripe sends it, with the signature that Stripe's library makes. */
    event(
      type: Stripe.Event.Type,
      object: object,
      { id = newId('evt'), created = nowS(), secret = WEBHOOK_SECRET } = {},
    ) {
      const payload = JSON.stringify({
        id,
        object: 'event',
        api_version: Stripe.API_VERSION,
        created,
        data: { object },
        livemode: false,
        pending_webhooks: 1,
        request: { id: null, idempotency_key: null },
        type,
      } satisfies Partial<Record<keyof Stripe.Event, unknown>>);
      const signature = library.webhooks.generateTestHeaderString({ payload, secret });
      return { payload: Buffer.from(payload), signature };
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
export type LocalStripe = Awaited<ReturnType<typeof startStripe>>;
