/** Customers at Stripe, the events that it has sent, and the usage that it is sent. */
import { EntitySchema } from 'typeorm';
import type { UsageMetric } from '../../../contracts/metering/usage.ts';
import { double, id, instant, integer, now, optional, text, to } from './columns.ts';

export interface BillingAccountRow {
  org_id: string;
  stripe_customer_id: string;
  /** The subscription that counts; null: there was none yet */
  stripe_subscription_id: string | null;
  /** Status of the subscription, as Stripe names it */
  status: string | null;
  period_ends_at: Date | null;
  cancels_at: Date | null;
  /** End of the time in which the plan remains although a payment has failed */
  grace_ends_at: Date | null;
  /** Time of the newest event after which the subscription was read from Stripe */
  event_at: Date | null;
  created_at: Date;
}
export interface StripeEventRow {
  id: string;
  type: string;
  /** By Stripe's clock */
  event_at: Date;
  received_at: Date;
}
export interface StripeUsageRow {
  org_id: string;
  metric: UsageMetric;
  hour: Date;
  /** Usage that was added to an hour later has a number of its own. */
  sequence: number;
  amount: number;
  created_at: Date;
  sent_at: Date | null;
  /** Why Stripe will never accept it */
  error: string | null;
}

export const BillingAccount = new EntitySchema<BillingAccountRow>({
  name: 'billing_accounts',
  columns: {
    org_id: { ...to('organizations', 'billing_accounts'), primary: true },
    stripe_customer_id: text,
    stripe_subscription_id: optional(text),
    status: optional(text),
    period_ends_at: optional(instant),
    cancels_at: optional(instant),
    grace_ends_at: optional(instant),
    event_at: optional(instant),
    created_at: now,
  },
  indices: [{ name: 'billing_accounts_customer', columns: ['stripe_customer_id'], unique: true }],
});
export const StripeEvent = new EntitySchema<StripeEventRow>({
  name: 'stripe_events',
  columns: { id, type: text, event_at: instant, received_at: now },
});
export const StripeUsage = new EntitySchema<StripeUsageRow>({
  name: 'stripe_usage',
  columns: {
    org_id: id,
    metric: id,
    hour: { ...instant, primary: true },
    sequence: { ...integer, primary: true },
    amount: double,
    created_at: now,
    sent_at: optional(instant),
    error: optional(text),
  },
  indices: [{ name: 'stripe_usage_unsent', columns: ['hour'], where: 'sent_at IS NULL AND error IS NULL' }],
});
