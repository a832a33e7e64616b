import type { RedisConnection } from '../adapters/cache/redis.ts';
import type { Composition } from '../composition.ts';
import type { SessionCookie } from './middleware/session-cookie.ts';
import type { Accounts } from '../services/accounts/accounts.ts';
import type { Billing } from '../services/billing/billing.ts';
import type { People } from '../services/accounts/people.ts';
import type { Jobs } from '../services/jobs/jobs.ts';
import type { LinkSigner } from '../services/reports/links.ts';
import type { Reports } from '../services/reports/reports.ts';
import type { WeatherFetcher } from '../services/weather/provided-weather.ts';
import type { SloRecorder } from '../services/slo/recorder.ts';
import type { CallJournal } from '../services/metering/journal.ts';
import type { Webhooks } from '../services/webhooks/webhooks.ts';

/** Everything that the routes depend on; each route uses the parts that it needs. */
export interface Services extends Omit<Composition, 'close' | 'relay' | 'box'> {
  readonly redis?: RedisConnection;
  readonly accounts: Accounts;
  readonly people: People;
  /** Absent without keys of Stripe */
  readonly billing?: Billing;
  /** The cookie of browsers' sessions */
  readonly cookie: SessionCookie;
  readonly weatherFetcher: WeatherFetcher;
  readonly jobs: Jobs;
  readonly reports: Reports;
  readonly links: LinkSigner;
  readonly webhooks: Webhooks;
  /** Meters API calls; absent where METERING_ENABLED is false */
  readonly journal?: Pick<CallJournal, 'write'>;
  /** Counts requests for the service level objectives */
  readonly slo: Pick<SloRecorder, 'count'>;
  /** Aborts when the process is asked to stop: readiness then fails, and requests are still served for DRAIN_SECONDS. */
  readonly draining: AbortSignal;
  /** Aborts when the process stops to serve: streams then close. */
  readonly stopping: AbortSignal;
  /** Prometheus text of all processes of this API. */
  readonly processMetrics: () => Promise<string>;
}
