/** Subscriptions and invoices in answers. */
import { z } from 'zod';
import { instant, money } from '../common/fields.schema.ts';

export const billingSchema = z
  .strictObject({
    plan: z.string().describe('Id of the plan that the organization has now'),
    status: z
      .string()
      .nullable()
      .describe(
        "Status of the subscription in Stripe's words: active, trialing, past_due, unpaid, canceled; null without one",
      ),
    period_ends_at: instant('End of the period that is paid for').nullable(),
    cancels_at: instant('When the subscription ends, if it was cancelled').nullable(),
    grace_ends_at: instant('Until when the plan remains although a payment has failed').nullable(),
    purchasable_plans: z.array(z.string()).describe('Ids of the plans that can be subscribed to'),
    stripe_publishable_key: z.string().nullable().describe("Key for pages that use Stripe's own scripts"),
  })
  .meta({ id: 'Billing', description: 'The subscription of an organization' });

export const billingPageSchema = z
  .strictObject({ url: z.string().describe("Page of Stripe, for the person's browser") })
  .meta({ id: 'StripePage' });

const invoiceSchema = z
  .strictObject({
    id: z.string().describe('Id at Stripe'),
    number: z.string().nullable().describe('Number that is printed on it; null for a draft'),
    status: z.string().nullable().describe("In Stripe's words: draft, open, paid, uncollectible, void"),
    currency: z.string().describe('Currency, ISO 4217, in lower case'),
    amount_due: money('Amount due'),
    amount_paid: money('Amount paid'),
    period_starts_at: instant('Begin of the period'),
    period_ends_at: instant('End of the period'),
    created_at: instant('Created'),
    url: z.string().nullable().describe('Page of Stripe that shows it, where it can be paid'),
    pdf_url: z.string().nullable().describe('The invoice as PDF'),
  })
  .meta({ id: 'Invoice' });
export const invoicePageSchema = z
  .strictObject({
    data: z.array(invoiceSchema),
    next_cursor: z.string().nullable().describe('Cursor of the next page; null on the last page'),
  })
  .meta({ id: 'InvoicePage' });
