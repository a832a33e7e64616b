import type { RedisConnection } from '../adapters/cache/redis.ts';
import type { Composition } from '../composition.ts';
import type { Accounts } from '../services/accounts/accounts.ts';
import type { Jobs } from '../services/jobs/jobs.ts';
import type { LinkSigner } from '../services/reports/links.ts';
import type { Reports } from '../services/reports/reports.ts';
import type { WeatherFetcher } from '../services/weather/provided-weather.ts';
import type { Webhooks } from '../services/webhooks/webhooks.ts';

/** Everything that the routes depend on; each route uses the parts that it needs. */
export interface Services extends Omit<Composition, 'close' | 'relay' | 'box'> {
  readonly redis?: RedisConnection;
  readonly accounts: Accounts;
  readonly weatherFetcher: WeatherFetcher;
  readonly jobs: Jobs;
  readonly reports: Reports;
  readonly links: LinkSigner;
  readonly webhooks: Webhooks;
  /** Aborts when the process is asked to stop: streams then close. */
  readonly stopping: AbortSignal;
  /** Prometheus text of all processes of this API. */
  readonly processMetrics: () => Promise<string>;
}
