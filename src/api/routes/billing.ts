/** Subscriptions at Stripe. Without its keys, `requireEnabled` refuses these endpoints. */
import { z } from 'zod';
import { billingPageSchema, billingSchema, invoicePageSchema } from '../../contracts/billing/billing.schema.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { pageLimit } from '../../contracts/common/pages.schema.ts';
import { endpoint } from '../endpoint.ts';
import { fileOf } from '../middleware/request-body.ts';
import type { Services } from '../services.ts';

const invoiceQuery = z.strictObject({
  limit: pageLimit,
  cursor: z
    .string()
    .max(100)
    .regex(/^in_[0-9A-Za-z]+$/, 'expected the next_cursor of a page')
    .optional()
    .describe('next_cursor of the previous page'),
});

export const billingRoutes = ({ billing, config }: Services) => {
  const on = () => {
    if (!billing) throw new AppError('feature.disabled', 'This installation has no billing');
    return billing;
  };
  return [
    endpoint({
      id: 'getBilling',
      method: 'get',
      path: '/v1/billing',
      tag: 'Billing',
      summary: 'Read the subscription of your organization, and the plans that it can subscribe to',
      scope: 'billing:read',
      response: billingSchema,
      handler: async ({ principal }) => ({
        ...(await on().state(principal.orgId)),
        stripe_publishable_key: config.STRIPE_PUBLISHABLE_KEY ?? null,
      }),
    }),
    endpoint({
      id: 'startCheckout',
      method: 'post',
      path: '/v1/billing/checkout',
      tag: 'Billing',
      summary: 'Get the page where your organization subscribes to a plan',
      description: 'The plan changes when Stripe has reported the payment, within seconds.',
      scope: 'billing:write',
      status: 201,
      body: z.strictObject({ plan: z.string().min(1).max(100).describe('Id of the plan') }),
      response: billingPageSchema,
      errors: ['request.conflict'],
      example: { plan: 'pro' },
      handler: async ({ principal, body }) => ({ url: await on().checkoutUrl(principal.orgId, body.plan) }),
    }),
    endpoint({
      id: 'openBillingPortal',
      method: 'post',
      path: '/v1/billing/portal',
      tag: 'Billing',
      summary: 'Get the page where your organization changes or ends its subscription, its cards and its address',
      scope: 'billing:write',
      status: 201,
      response: billingPageSchema,
      handler: async ({ principal }) => ({ url: await on().portalUrl(principal.orgId) }),
    }),
    endpoint({
      id: 'listInvoices',
      method: 'get',
      path: '/v1/billing/invoices',
      tag: 'Billing',
      summary: 'List the invoices of your organization, newest first',
      scope: 'billing:read',
      query: invoiceQuery,
      response: invoicePageSchema,
      handler: async ({ principal, query: { limit, cursor } }) => {
        const { data, hasMore } = await on().invoices(principal.orgId, Math.min(limit, 100), cursor);
        return { data, next_cursor: hasMore ? data[data.length - 1].id : null };
      },
    }),
    endpoint({
      id: 'receiveStripeEvent',
      method: 'post',
      path: '/v1/billing/stripe-events',
      tag: 'Billing',
      summary: 'Take an event of Stripe, which signs it',
      scope: 'public',
      status: 204,
      consumes: ['application/octet-stream', 'application/json'],
      headers: ['Stripe-Signature'],
      errors: ['billing.signature_invalid'],
      handler: async ({ request }) => {
        const payload = fileOf(request, 'request.malformed', 'event');
        await on().receive(payload, request.get('stripe-signature'));
      },
    }),
  ];
};
