import type { RedisConnection } from '../adapters/cache/redis.ts';
import type { Composition } from '../composition.ts';
import type { SessionCookie } from './middleware/session-cookie.ts';
import type { Accounts } from '../services/accounts/accounts.ts';
import type { Admin } from '../services/admin/admin.ts';
import type { Administrators } from '../services/admin/administrators.ts';
import type { RateCounters } from './middleware/rate-limit.ts';
import type { Billing } from '../services/billing/billing.ts';
import type { Guesses } from '../services/accounts/guesses.ts';
import type { IdentityProviders } from '../services/accounts/identity-providers.ts';
import type { People } from '../services/accounts/people.ts';
import type { SecondFactors } from '../services/accounts/second-factor.ts';
import type { Idempotency } from '../services/idempotency/idempotency.ts';
import type { Jobs } from '../services/jobs/jobs.ts';
import type { LinkSigner } from '../services/reports/links.ts';
import type { Reports } from '../services/reports/reports.ts';
import type { WeatherFetcher } from '../services/weather/provided-weather.ts';
import type { SloRecorder } from '../services/slo/recorder.ts';
import type { CallJournal } from '../services/metering/journal.ts';
import type { MailEvents } from '../services/mails/addresses.ts';
import type { Webhooks } from '../services/webhooks/webhooks.ts';

/** Everything that the routes depend on; each route uses the parts that it needs. */
export interface Services extends Omit<Composition, 'close' | 'relay' | 'auditRelay' | 'box'> {
  readonly redis?: RedisConnection;
  readonly accounts: Accounts;
  readonly people: People;
  readonly guesses: Guesses;
  readonly secondFactors: SecondFactors;
  readonly identityProviders: IdentityProviders;
  readonly admin: Admin;
  readonly administrators: Administrators;
  readonly counters: RateCounters;
  /** Absent without SENDGRID_WEBHOOK_PUBLIC_KEY */
  readonly mailEvents?: MailEvents;
  /** Absent without keys of Stripe */
  readonly billing?: Billing;
  /** The cookie of browsers' sessions */
  readonly cookie: SessionCookie;
  /** The same of administrators */
  readonly adminCookie: SessionCookie;
  /** The cookie of browsers that sign in at an identity provider */
  readonly signInCookie: SessionCookie;
  readonly weatherFetcher: WeatherFetcher;
  readonly idempotency: Idempotency;
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
