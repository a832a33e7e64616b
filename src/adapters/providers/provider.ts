/**
 * One interface for all weather providers. For a place and a period a provider returns a checked year and its own
 * bytes.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Cache } from '../cache/cache.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { parseWeather } from '../../weather/parse.ts';
import type { WeatherFormat, WeatherYear } from '../../weather/series.ts';
import type { HttpPorts, ReasonOf, RetryPolicy } from './http.ts';
import { DEFAULT_RETRY_POLICY, getDocument, systemPorts } from './http.ts';

export const PROVIDER_NAMES = ['nsrdb', 'pvgis', 'nasa_power', 'open_meteo'] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

export interface WeatherRequest {
  /** -90 to 90, north positive; rounded to 4 decimals (11 m) */
  readonly latitudeDeg: number;
  /** -180 to 180, east positive; rounded to 4 decimals */
  readonly longitudeDeg: number;
  /** A calendar year, or 'typical' for a typical meteorological year, if the provider has one. */
  readonly period: 'typical' | number;
}

export interface ProvidedWeather<Year = WeatherYear> {
  readonly year: Year;
  /** The answer as it was received, which can be stored and read again. */
  readonly raw: { readonly bytes: Uint8Array; readonly format: WeatherFormat };
  /** Whether the answer came from the cache. */
  readonly cached: boolean;
  /** The credit that the provider's terms require. */
  readonly attribution: string;
}

export interface WeatherProvider<Year = WeatherYear> {
  readonly name: ProviderName;
  readonly title: string;
  readonly attribution: string;
  /** First and last calendar year of the provider; there is no last one if its archive still grows. */
  readonly firstYear: number;
  readonly hasTypicalYear: boolean;
  /** Names of the variables that the configuration lacks; empty if requests are possible. */
  readonly missing: readonly string[];
  /**
   * @param signal ends waiting and transfers at once; its reason is thrown
   * @throws AppError `provider.*`, or `weather.gap_too_long` / `weather.incomplete_year` if the answer has gaps
   */
  fetch(request: WeatherRequest, signal: AbortSignal): Promise<ProvidedWeather<Year>>;
}

export type ProviderEvent =
  | Parameters<HttpPorts['onEvent']>[0]
  | { readonly event: 'provider.cache_failed'; readonly provider: string; readonly cause: unknown };

/** Reads an answer; the default is the parser itself, in the thread that calls. */
export type ReadAnswer<Year> = (
  bytes: Uint8Array,
  file: { readonly name: string; readonly format: WeatherFormat; readonly year?: number },
) => Promise<Year>;

export interface ProviderOptions<Year = WeatherYear> {
  readonly read?: ReadAnswer<Year>;
  readonly cache?: Cache;
  readonly policy?: Partial<RetryPolicy>;
  readonly ports?: Partial<Omit<HttpPorts, 'onEvent'>>;
  /** For the log: retries and cache failures. */
  readonly onEvent?: (event: ProviderEvent) => void;
}

/** How long an answer is kept [s]: past years and typical years change with a provider's new version only. */
const CACHE_TTL_S = 30 * 86_400;
/** A year is revised for some time after its end; until then its answer is kept for the cache's default time [ms]. */
const SETTLED_AFTER_MS = 365 * 86_400_000;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** What one provider adds to the common client. */
export interface ProviderSpec {
  readonly name: ProviderName;
  readonly title: string;
  readonly attribution: string;
  readonly firstYear: number;
  readonly hasTypicalYear: boolean;
  readonly format: WeatherFormat;
  readonly reasonOf: ReasonOf;
  /** The address of a request; secrets are added by `authorize`, so that they stay out of cache keys. */
  readonly urlOf: (latitude: string, longitude: string, period: WeatherRequest['period']) => URL;
  /** Required variables that are not set; default none. */
  readonly missing?: readonly string[];
  /** Adds keys to the address. */
  readonly authorize?: (url: URL) => URL;
}

function checkRequest(spec: ProviderSpec, request: WeatherRequest): void {
  const reject = (pointer: string, message: string): never => {
    throw new AppError('provider.rejected', `${spec.title}: ${message}`, { pointer });
  };
  const { latitudeDeg, longitudeDeg, period } = request;
  if (!(latitudeDeg >= -90 && latitudeDeg <= 90))
    reject('/latitude_deg', `latitude_deg is ${latitudeDeg}; expected -90 to 90`);
  if (!(longitudeDeg >= -180 && longitudeDeg <= 180))
    reject('/longitude_deg', `longitude_deg is ${longitudeDeg}; expected -180 to 180`);
  if (period === 'typical') {
    if (!spec.hasTypicalYear) reject('/period', `has no typical year; name a calendar year from ${spec.firstYear} on`);
  } else if (!Number.isInteger(period) || period < spec.firstYear || period > 2100)
    reject('/period', `period is ${period}; expected a calendar year from ${spec.firstYear} on`);
}

/** Creates a client of a provider: checks the request, uses the cache, downloads with retries and reads the answer. */
export function createProvider<Year>(spec: ProviderSpec, options: ProviderOptions<Year> = {}): WeatherProvider<Year> {
  const policy = { ...DEFAULT_RETRY_POLICY, ...options.policy };
  const onEvent = options.onEvent ?? (() => undefined);
  const ports: HttpPorts = { ...systemPorts, ...options.ports, onEvent };
  const { cache } = options;
  const { name, title, attribution, firstYear, hasTypicalYear, format, missing = [] } = spec;
  const readAnswer = options.read ?? (async (bytes, file) => parseWeather(bytes, file) as Year);

  async function fromCache(key: string): Promise<Uint8Array | undefined> {
    try {
      const packed = await cache?.get(key);
      return packed === undefined ? undefined : await unpack(packed, { maxOutputLength: policy.maxBytes });
    } catch (cause) {
      onEvent({ event: 'provider.cache_failed', provider: name, cause });
      return undefined;
    }
  }

  async function toCache(key: string, bytes: Uint8Array, period: WeatherRequest['period']): Promise<void> {
    const settled = period === 'typical' || Date.UTC(period + 1, 0) + SETTLED_AFTER_MS < ports.now();
    try {
      await cache?.set(key, await pack(bytes), settled ? CACHE_TTL_S : undefined);
    } catch (cause) {
      onEvent({ event: 'provider.cache_failed', provider: name, cause });
    }
  }

  async function read(bytes: Uint8Array, request: WeatherRequest): Promise<Year> {
    try {
      return await readAnswer(bytes, {
        name: title,
        format,
        ...(request.period === 'typical' ? {} : { year: request.period }),
      });
    } catch (cause) {
      if (
        !(cause instanceof AppError) ||
        (cause.code !== 'weather.malformed' && cause.code !== 'weather.unrecognised_format')
      )
        throw cause;
      throw new AppError('provider.malformed_answer', `the answer cannot be read: ${cause.message}`, {
        cause,
        details: { provider: name, ...cause.details },
      });
    }
  }

  return {
    name,
    attribution,
    firstYear,
    hasTypicalYear,
    missing,
    title,
    async fetch(request, signal) {
      signal.throwIfAborted();
      checkRequest(spec, request);
      const url = spec.urlOf(request.latitudeDeg.toFixed(4), request.longitudeDeg.toFixed(4), request.period);
      const key = `weather:1:${name}:${createHash('sha256').update(url.href).digest('hex').slice(0, 32)}`;
      const cachedBytes = await fromCache(key);
      if (cachedBytes !== undefined)
        return {
          year: await read(cachedBytes, request),
          raw: { bytes: cachedBytes, format },
          cached: true,
          attribution,
        };
      if (missing.length > 0)
        throw new AppError('provider.unconfigured', `${title} needs ${missing.join(' and ')}`, {
          fix: 'The operator of this installation sets them; another provider may do meanwhile.',
        });
      const authorized = spec.authorize === undefined ? url : spec.authorize(new URL(url));
      const bytes = await getDocument(title, authorized, spec.reasonOf, signal, policy, ports);
      const year = await read(bytes, request);
      await toCache(key, bytes, request.period);
      return { year, raw: { bytes, format }, cached: false, attribution };
    },
  };
}

/** Returns an address under a base, whether or not the base ends with a slash, with query parameters in the order given. */
export function addressOf(base: string, path: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(path, base.endsWith('/') ? base : `${base}/`);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url;
}

/** Returns the first text among the named members of a JSON error, members of lists and objects joined; undefined otherwise. */
export function jsonReason(body: string, ...members: readonly string[]): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    // An error page in HTML or plain text has no reason that a customer could use.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  for (const member of members) {
    const value = member
      .split('.')
      .reduce<unknown>(
        (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined),
        parsed,
      );
    if (typeof value === 'string' && value !== '') return value;
    if (Array.isArray(value) && value.length > 0)
      return value.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('; ');
  }
  return undefined;
}
