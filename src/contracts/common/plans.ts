/** What an organization may use. Plans are rows of the table `plans`: operators add and change them there. */

/** Parts of the platform that a plan may lack. */
export const FEATURES = ['optimization', 'reporting', 'webhooks'] as const;
export type Feature = (typeof FEATURES)[number];

export interface Plan {
  /** `free` */
  readonly id: string;
  readonly name: string;
  /** Requests a minute by each API key and each person; null: RATE_LIMIT_DEFAULT */
  readonly n_requests_per_minute: number | null;
  /** Allowance above it; null: RATE_LIMIT_BURST */
  readonly n_burst_requests: number | null;
  /** Requests a minute by an organization; null: five times those of one key */
  readonly n_organization_requests_per_minute: number | null;
  /** Jobs that wait or run at the same time; null: any number */
  readonly n_open_jobs: number | null;
  /** Compute time of the jobs that were created in a month [s]; null: any */
  readonly monthly_compute_s: number | null;
  /** Ended jobs are deleted after this time [d]; null: never */
  readonly n_retention_days: number | null;
  readonly features: readonly Feature[];
}
