/** What is metered. */
export const USAGE_METRICS = [
  'jobs',
  'evaluations',
  'compute_s',
  'written_reports',
  'stored_series',
  'api_calls',
] as const;
export type UsageMetric = (typeof USAGE_METRICS)[number];

export const USAGE_INTERVALS = ['hour', 'day', 'month'] as const;
export type UsageInterval = (typeof USAGE_INTERVALS)[number];

/** The caller of usage whose organization is deleted */
export const DELETED_CALLER = 'deleted';

/** `kind`: job kind, queue or operation; `caller`: person or API key */
export const USAGE_GROUPS = ['none', 'kind', 'caller'] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];
