/** The state of the service level objectives, from the stored counts of requests, the jobs and the webhook deliveries. */
import { ERROR_CODES } from '../../contracts/jobs/error-codes.ts';
import type { Queryable } from '../../adapters/database/database.ts';
import {
  alertsOf,
  budgetRemaining,
  burnRate,
  OBJECTIVES,
  type ObjectiveName,
  type SloAlert,
  WINDOW_NAMES,
  WINDOWS,
  type WindowCounts,
  type WindowName,
} from './objectives.ts';

export interface ObjectiveState {
  readonly name: ObjectiveName;
  readonly title: string;
  readonly target: number;
  readonly counts: WindowCounts;
  readonly burn_rate: Readonly<Record<WindowName, number>>;
  readonly budget_remaining: number;
  readonly alerts: readonly SloAlert[];
}

/** Codes of errors that are the platform's, not the customer's */
const OWN_ERRORS = Object.entries(ERROR_CODES).flatMap(([code, { status }]) => (status >= 500 ? [code] : []));
/** Longest wait of a job or delivery that is good [s] */
const WAIT_S = 60;

type Row = Readonly<Record<`${ObjectiveName}_${'total' | 'bad'}`, number>> & { readonly window: WindowName };

const SUMS = `
  SELECT w.name AS window,
    r.n_requests AS availability_total, r.n_bad AS availability_bad,
    r.n_requests AS error_rate_total, r.n_bad AS error_rate_bad,
    r.n_timed AS latency_p95_total, r.n_slow AS latency_p95_bad,
    r.n_timed AS latency_p99_total, r.n_very_slow AS latency_p99_bad,
    q.total AS job_queue_wait_total, q.bad AS job_queue_wait_bad,
    s.total AS job_success_total, s.bad AS job_success_bad,
    d.total AS webhook_delivery_total, d.bad AS webhook_delivery_bad
  FROM (SELECT name, $1::timestamptz - seconds * interval '1 second' AS since
        FROM unnest($2::text[], $3::float8[]) AS windows (name, seconds)) w
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(n_requests), 0)::float8 AS n_requests, coalesce(sum(n_bad), 0)::float8 AS n_bad,
      coalesce(sum(n_timed), 0)::float8 AS n_timed, coalesce(sum(n_slow), 0)::float8 AS n_slow,
      coalesce(sum(n_very_slow), 0)::float8 AS n_very_slow
    FROM slo_minutes WHERE minute >= w.since AND minute < $1) r
  CROSS JOIN LATERAL (
    SELECT count(*)::float8 AS total,
      (count(*) FILTER (WHERE coalesce(started_at, $1) - created_at > $4 * interval '1 second'))::float8 AS bad
    FROM jobs WHERE created_at >= w.since AND created_at < $1
      AND (started_at IS NOT NULL OR (status = 'queued' AND $1 - created_at > $4 * interval '1 second'))) q
  CROSS JOIN LATERAL (
    SELECT count(*)::float8 AS total, (count(*) FILTER (WHERE error->>'code' = ANY($5)))::float8 AS bad
    FROM jobs WHERE ended_at >= w.since AND ended_at < $1) s
  CROSS JOIN LATERAL (
    SELECT count(*)::float8 AS total, (count(*) FILTER (WHERE first_at IS NULL OR first_at - created_at > $4 * interval '1 second'))::float8 AS bad
    FROM (SELECT created_at, (SELECT min(a.started_at) FROM webhook_attempts a WHERE a.delivery_id = one.id) AS first_at
          FROM webhook_deliveries one WHERE created_at >= w.since AND created_at < $1) sent
    WHERE first_at IS NOT NULL OR $1 - created_at > $4 * interval '1 second') d`;

/** Returns the state of every objective. @param now end of all windows */
export async function sloStates(database: Queryable, now = new Date()): Promise<ObjectiveState[]> {
  const seconds = WINDOW_NAMES.map((name) => WINDOWS[name]);
  const rows = await database.query<Row>(SUMS, [now, WINDOW_NAMES, seconds, WAIT_S, OWN_ERRORS]);
  const byWindow = new Map(rows.map((row) => [row.window, row]));
  return OBJECTIVES.map(({ name, title, target }) => {
    const counts = Object.fromEntries(
      WINDOW_NAMES.map((window) => {
        const row = byWindow.get(window)!;
        return [window, { n_total: row[`${name}_total`], n_bad: row[`${name}_bad`] }];
      }),
    ) as WindowCounts;
    return {
      name,
      title,
      target,
      counts,
      burn_rate: Object.fromEntries(
        WINDOW_NAMES.map((window) => [window, burnRate(counts[window], target)]),
      ) as ObjectiveState['burn_rate'],
      budget_remaining: budgetRemaining(counts['30d'], target),
      alerts: alertsOf({ name, target }, counts),
    };
  });
}

/** Minutes that are older than this are kept as hours [h]: the longest window that ends at minutes has three days. */
const MINUTES_FOR_H = 4 * 24;
/** The period, and a day for reports about its end [h] */
const KEPT_FOR_H = 31 * 24;

/** Sums old minutes into hours and deletes what no window reaches. Repeating it changes nothing. */
export async function compactSlo(database: Queryable): Promise<void> {
  await database.query(
    `WITH old AS (
       DELETE FROM slo_minutes WHERE minute < date_trunc('hour', now() - $1 * interval '1 hour') AND process <> 'hour' RETURNING *)
     INSERT INTO slo_minutes (minute, process, n_requests, n_bad, n_timed, n_slow, n_very_slow)
     SELECT date_trunc('hour', minute), 'hour', sum(n_requests), sum(n_bad), sum(n_timed), sum(n_slow), sum(n_very_slow)
     FROM old GROUP BY 1
     ON CONFLICT (minute, process) DO UPDATE SET n_requests = slo_minutes.n_requests + excluded.n_requests,
       n_bad = slo_minutes.n_bad + excluded.n_bad, n_timed = slo_minutes.n_timed + excluded.n_timed,
       n_slow = slo_minutes.n_slow + excluded.n_slow, n_very_slow = slo_minutes.n_very_slow + excluded.n_very_slow`,
    [MINUTES_FOR_H],
  );
  await database.query(`DELETE FROM slo_minutes WHERE minute < now() - $1 * interval '1 hour'`, [KEPT_FOR_H]);
}
