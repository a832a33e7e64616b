import type { Accounts } from '../services/accounts/accounts.ts';
import type { RedisConnection } from '../adapters/cache/redis.ts';
import type { ClimateInput, WindClimate } from '../wind/resource/climate.ts';
import type { Config } from '../adapters/config/config.ts';
import type { Database } from '../adapters/database/database.ts';
import type { Listener } from '../adapters/database/listener.ts';
import type { Jobs } from '../services/jobs/jobs.ts';
import type { Logger } from '../adapters/observability/logger.ts';
import type { LinkSigner } from '../services/reports/links.ts';
import type { Reports } from '../services/reports/reports.ts';
import type { Sites } from '../services/sites/sites.ts';
import type { SolarLibrary } from '../services/solar/library.ts';
import type { TemporalClient } from '../adapters/temporal/temporal-client.ts';
import type { Webhooks } from '../services/webhooks/webhooks.ts';
import type { WeatherFetcher } from '../services/weather/provided-weather.ts';
import type { WeatherDatasets } from '../services/weather/weather-datasets.ts';
import type { WindLibrary } from '../services/wind/library.ts';

/** Everything that the routes depend on; each route uses the parts that it needs. */
export interface Services {
  readonly config: Config;
  readonly log: Logger;
  readonly database: Database;
  readonly listener: Listener;
  readonly temporal: TemporalClient;
  readonly redis?: RedisConnection;
  readonly accounts: Accounts;
  readonly sites: Sites;
  readonly weather: WeatherDatasets;
  readonly weatherFetcher: WeatherFetcher;
  readonly windLibrary: WindLibrary;
  readonly readWindClimate: (input: ClimateInput) => Promise<WindClimate>;
  readonly solarLibrary: SolarLibrary;
  readonly jobs: Jobs;
  readonly reports: Reports;
  readonly links: LinkSigner;
  readonly webhooks: Webhooks;
  /** Aborts when the process is asked to stop: streams then close. */
  readonly stopping: AbortSignal;
  /** Prometheus text of all processes of this API. */
  readonly processMetrics: () => Promise<string>;
}
