import type { Accounts } from '../accounts/accounts.ts';
import type { RedisConnection } from '../cache/redis.ts';
import type { ClimateInput, WindClimate } from '../compute/wind-climate.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import type { Listener } from '../database/listener.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Logger } from '../observability/logger.ts';
import type { LinkSigner } from '../reports/links.ts';
import type { Reports } from '../reports/reports.ts';
import type { Sites } from '../sites/sites.ts';
import type { SolarLibrary } from '../solar-library/solar-library.ts';
import type { TemporalClient } from '../temporal-client/temporal-client.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { WeatherFetcher } from '../weather-datasets/provided-weather.ts';
import type { WeatherDatasets } from '../weather-datasets/weather-datasets.ts';
import type { WindLibrary } from '../wind-library/wind-library.ts';

/** What the API is made of; each route takes what it needs. */
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
  /** Aborts when the process is told to end: streams close then. */
  readonly stopping: AbortSignal;
  /** Prometheus text of all processes of this API. */
  readonly processMetrics: () => Promise<string>;
}
