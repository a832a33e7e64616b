/**
 * Weather fetched from providers, as datasets of an organization. A request waits only for a limited time; the download continues
 * and fills the cache, so that the same request finds it later.
 */
import type { ReadWeather } from '../../weather/tasks.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { withTimeout } from '../../lib/with-timeout.ts';
import type { WeatherRow } from '../../adapters/database/tables/weather.ts';
import type { Logger } from '../../adapters/observability/logger.ts';
import { metrics } from '../../adapters/observability/metrics.ts';
import type { ProvidedWeather, ProviderName, Providers, WeatherRequest } from '../../adapters/providers/index.ts';
import { PROVIDER_NAMES } from '../../adapters/providers/index.ts';
import type { WeatherDatasets } from './weather-datasets.ts';

export interface FetchRequest extends WeatherRequest {
  readonly provider: ProviderName;
  readonly name?: string;
  readonly siteId?: string;
}

export interface ProviderView {
  readonly name: ProviderName;
  readonly title: string;
  readonly attribution: string;
  readonly first_year: number;
  readonly has_typical_year: boolean;
  /** Whether this installation has what the provider asks for. */
  readonly is_configured: boolean;
}

/** Maximum number of downloads at the same time in one process; each may use 64 MiB for its answer. */
const MAX_DOWNLOADS = 16;
const ASK_AGAIN_S = 15;

export interface WeatherFetcherOptions {
  readonly providers: Providers<ReadWeather>;
  readonly datasets: WeatherDatasets;
  /** Longest wait of one request [ms]. */
  readonly limitMs: number;
  /** Ends the downloads with the process. */
  readonly stopping: AbortSignal;
  readonly log: Logger;
}

export class WeatherFetcher {
  readonly #options: WeatherFetcherOptions;
  readonly #downloads = new Map<string, Promise<ProvidedWeather<ReadWeather>>>();

  constructor(options: WeatherFetcherOptions) {
    this.#options = options;
  }

  providers(): ProviderView[] {
    return PROVIDER_NAMES.map((name) => {
      const { title, attribution, firstYear, hasTypicalYear, missing } = this.#options.providers[name];
      return {
        name,
        title,
        attribution,
        first_year: firstYear,
        has_typical_year: hasTypicalYear,
        is_configured: missing.length === 0,
      };
    });
  }

  /** @throws AppError `provider.*`, `weather.gap_too_long`, `weather.incomplete_year`; nothing is stored then */
  async fetch(orgId: string, request: FetchRequest): Promise<{ row: WeatherRow; cached: boolean }> {
    const { provider, period, name, siteId } = request;
    const { title } = this.#options.providers[provider];
    let outcome = 'failed';
    try {
      const { year, raw, cached, attribution } = await this.#download(request);
      const row = await this.#options.datasets.store(orgId, year, {
        name: name ?? `${title} ${period === 'typical' ? 'typical year' : period}`,
        siteId,
        bytes: raw.bytes,
        provider: { name: provider, title, period, attribution },
      });
      outcome = cached ? 'cached' : 'fetched';
      return { row, cached };
    } catch (error) {
      if (error instanceof AppError) outcome = error.code;
      throw error;
    } finally {
      metrics.weatherFetches.inc({ provider, outcome });
    }
  }

  /** Requests for the same weather share one download. */
  #download(request: FetchRequest): Promise<ProvidedWeather<ReadWeather>> {
    const { providers, limitMs, stopping, log } = this.#options;
    const { provider, latitudeDeg, longitudeDeg, period } = request;
    const { title } = providers[provider];
    const key = `${provider} ${latitudeDeg.toFixed(4)} ${longitudeDeg.toFixed(4)} ${period}`;
    let download = this.#downloads.get(key);
    if (!download) {
      if (this.#downloads.size >= MAX_DOWNLOADS)
        throw new AppError('service.unavailable', `${MAX_DOWNLOADS} downloads of weather are under way`, {
          retryAfterS: ASK_AGAIN_S,
        });
      download = providers[provider].fetch(request, stopping).finally(() => this.#downloads.delete(key));
      this.#downloads.set(key, download);
    }
    return withTimeout(limitMs, download, () => {
      download.catch((error) => log.warning(`${title} failed after its request had been answered`, { error }));
      return new AppError('provider.timeout', `${title} has not answered within ${limitMs / 1000} s`, {
        fix: 'The download continues: send the same request again.',
        details: { provider },
        retryAfterS: ASK_AGAIN_S,
      });
    });
  }
}
