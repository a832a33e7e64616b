/** Sends what the roll-up has added to the hours of paying organizations to Stripe, as meter events. */
import type { StripeGateway } from '../../adapters/billing/stripe.ts';
import type { Database } from '../../adapters/database/database.ts';
import type { Logger } from '../../adapters/observability/logger.ts';
import type { UsageMetric } from '../../contracts/metering/usage.ts';

/** Stripe refuses events that are older than 35 days. */
const MAX_AGE_DAYS = 34;
/** Stripe repeats an event for at most 30 days. */
const EVENT_LIFE_DAYS = 90;

/**
 * An hour's usage becomes a row before it is sent, and the row's key is the identifier at Stripe: an event whose answer was
 * lost is sent again and counts once. Usage that reaches an hour later becomes a further row. Amounts are whole numbers,
 * rounded for each hour.
 * @param metrics those that Stripe has a meter for, with the event name `tessellate_<metric>`
 * @returns the number of events that Stripe has accepted
 * @throws AppError `service.unavailable`; the next call continues
 */
export async function sendUsage(
  database: Database,
  stripe: Pick<StripeGateway, 'sendMeterEvent'>,
  metrics: readonly UsageMetric[],
  log: Logger,
): Promise<number> {
  await database.query(
    `INSERT INTO stripe_usage (org_id, metric, hour, sequence, amount)
     SELECT used.org_id, used.metric, used.hour, known.n, used.amount - known.amount
     FROM (SELECT u.org_id, u.metric, u.hour, round(sum(u.amount)) AS amount
           FROM usage_hours u JOIN billing_accounts b ON b.org_id = u.org_id
           WHERE u.metric = ANY($1) AND u.hour >= date_trunc('hour', b.created_at, 'UTC')
             AND u.hour > now() - $2 * interval '1 day'
           GROUP BY 1, 2, 3) used,
       LATERAL (SELECT coalesce(sum(amount), 0) AS amount, count(*)::int AS n FROM stripe_usage s
                WHERE s.org_id = used.org_id AND s.metric = used.metric AND s.hour = used.hour) known
     WHERE used.amount > known.amount ON CONFLICT DO NOTHING`,
    [metrics, MAX_AGE_DAYS],
  );
  const waiting = await database.query<{
    org_id: string;
    metric: UsageMetric;
    hour: Date;
    sequence: number;
    amount: number;
    stripe_customer_id: string;
  }>(
    `SELECT s.*, b.stripe_customer_id FROM stripe_usage s JOIN billing_accounts b ON b.org_id = s.org_id
     WHERE s.sent_at IS NULL AND s.error IS NULL ORDER BY s.hour, s.org_id, s.metric, s.sequence`,
  );
  let sent = 0;
  for (const { org_id, metric, hour, sequence, amount, stripe_customer_id: customerId } of waiting) {
    const settle = (column: 'sent_at' | 'error', value: unknown) =>
      database.query(
        `UPDATE stripe_usage SET ${column} = $5 WHERE org_id = $1 AND metric = $2 AND hour = $3 AND sequence = $4`,
        [org_id, metric, hour, sequence, value],
      );
    const identifier = `${org_id}/${metric}/${hour.toISOString()}/${sequence}`;
    const name = `tessellate_${metric}`;
    const refusal = await stripe.sendMeterEvent({ customerId, name, amount, at: hour, identifier });
    if (refusal === undefined) {
      await settle('sent_at', new Date());
      sent++;
    } else {
      log.error(`Stripe refuses usage of ${name}: ${refusal}`, { org_id, metric, hour });
      await settle('error', refusal);
    }
  }
  await database.query(`DELETE FROM stripe_events WHERE received_at < now() - $1 * interval '1 day'`, [
    EVENT_LIFE_DAYS,
  ]);
  return sent;
}
