/** What is metered */
export const METRICS = ['jobs', 'compute_s', 'evaluations', 'written_reports', 'stored_series', 'api_calls'] as const;
export type Metric = (typeof METRICS)[number];
