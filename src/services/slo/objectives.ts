/**
 * Service level objectives: what share of requests, jobs and deliveries must be good, how fast the rest is used up, and the
 * alerts that follow.
 * @see Beyer et al. 2018, The Site Reliability Workbook, chapter 5 (alerting on SLOs)
 */

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

/** Time over which an objective is kept [s] */
export const PERIOD_S = 30 * DAY_S;

export interface Objective {
  readonly name: string;
  readonly title: string;
  /** Smallest share of good events */
  readonly target: number;
}

/** The first four are those of the predecessor; the others measure what requests start. */
export const OBJECTIVES = [
  { name: 'availability', title: 'Requests that are served: no 5xx answer and no time-out', target: 0.999 },
  { name: 'error_rate', title: 'Requests without an error of the platform', target: 0.99 },
  { name: 'latency_p95', title: 'Requests that are answered within 500 ms', target: 0.95 },
  { name: 'latency_p99', title: 'Requests that are answered within 2,000 ms', target: 0.99 },
  { name: 'job_queue_wait', title: 'Jobs that start within a minute', target: 0.99 },
  { name: 'job_success', title: 'Jobs that do not fail by an error of the platform', target: 0.99 },
  { name: 'webhook_delivery', title: 'Webhooks that are first sent within a minute', target: 0.99 },
] as const satisfies readonly Objective[];
export type ObjectiveName = (typeof OBJECTIVES)[number]['name'];

/** Good and bad events of a window */
export interface Counts {
  readonly n_total: number;
  readonly n_bad: number;
}

/** Windows over which events are counted, by name [s] */
export const WINDOWS = {
  '5m': 5 * MINUTE_S,
  '30m': 30 * MINUTE_S,
  '1h': HOUR_S,
  '6h': 6 * HOUR_S,
  '3d': 3 * DAY_S,
  '30d': PERIOD_S,
} as const;
export type WindowName = keyof typeof WINDOWS;
export const WINDOW_NAMES = Object.keys(WINDOWS) as WindowName[];
export type WindowCounts = Readonly<Record<WindowName, Counts>>;

/** Share of bad events; 0 without events. */
const badShare = ({ n_total, n_bad }: Counts): number => (n_total === 0 ? 0 : n_bad / n_total);

/** How many times faster than allowed the budget is used: 1 uses all of it in the whole period. */
export const burnRate = (counts: Counts, target: number): number => badShare(counts) / (1 - target);

/** Share of the period's budget that is left; below 0 where more is used than allowed. */
export const budgetRemaining = (period: Counts, target: number): number => 1 - burnRate(period, target);

/** Pairs of windows: both must burn, so that an alert ends soon after its cause. */
export const BURN_RULES = [
  { long: '1h', short: '5m', rate: 14.4, severity: 'critical' },
  { long: '6h', short: '30m', rate: 6, severity: 'critical' },
  { long: '3d', short: '6h', rate: 1, severity: 'warning' },
] as const satisfies readonly { long: WindowName; short: WindowName; rate: number; severity: string }[];
/** Share of the budget below which an alert warns */
const LOW_BUDGET = 0.2;

export interface SloAlert {
  readonly name: ObjectiveName;
  readonly kind: 'burn_rate' | 'budget_low' | 'budget_exhausted';
  readonly severity: 'warning' | 'critical';
  readonly message: string;
}

const rounded = (value: number, digits: number): string => Number(value.toFixed(digits)).toString();

/** Returns the alerts of an objective. */
export function alertsOf(
  { name, target }: { readonly name: ObjectiveName; readonly target: number },
  counts: WindowCounts,
): SloAlert[] {
  const burning = BURN_RULES.filter(
    ({ long, short, rate }) => burnRate(counts[long], target) > rate && burnRate(counts[short], target) > rate,
  ).map(
    ({ long, short, rate, severity }): SloAlert => ({
      name,
      kind: 'burn_rate',
      severity,
      message: `The budget burns ${rounded(burnRate(counts[long], target), 1)} times too fast over ${long} and ${rounded(burnRate(counts[short], target), 1)} times over ${short}; the limit is ${rate}`,
    }),
  );
  const remaining = budgetRemaining(counts['30d'], target);
  if (remaining >= LOW_BUDGET) return burning;
  const isExhausted = remaining <= 0;
  return [
    ...burning,
    {
      name,
      kind: isExhausted ? 'budget_exhausted' : 'budget_low',
      severity: isExhausted ? 'critical' : 'warning',
      message: `${rounded(100 * remaining, 1)} % of the budget of 30 days are left: ${counts['30d'].n_bad} of ${counts['30d'].n_total} were bad, ${rounded(100 * (1 - target), 2)} % may be`,
    },
  ];
}
