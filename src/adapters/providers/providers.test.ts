import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { WEATHER, weatherFile } from '../../../test/support/fixtures.ts';
import { nasaPowerJson, openMeteoJson, pvgisSeriesJson, textOf } from '../../../test/support/weather-files.ts';
import { AppError } from '../../contracts/common/app-error.ts';
import { ERROR_CODES } from '../../contracts/jobs/error-codes.ts';
import { parseWeather } from '../../weather/parse.ts';
import { decideRetry, parseRetryAfter } from './http.ts';
import type { ProviderName, ProviderOptions, WeatherProvider, WeatherRequest } from './index.ts';
import { createProviders } from './index.ts';
import type { ProviderEvent } from './provider.ts';

const greensboro = parseWeather(weatherFile(WEATHER.greensboro), { name: 'greensboro' });
const place = { latitudeDeg: 36.1, longitudeDeg: -79.95 };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const say =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };
const silence: Answer = () => undefined;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server that gives the answers in turn, the last one for ever. */
async function serve(...answers: Answer[]): Promise<{ base: string; requests: URL[] }> {
  const requests: URL[] = [];
  const server = createServer((request, response) => {
    requests.push(new URL(request.url ?? '/', 'http://localhost'));
    answers[Math.min(requests.length, answers.length) - 1](request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, requests };
}

function memoryCache() {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: Uint8Array, _ttlS: number) => {
      kept.set(key, value);
    },
  };
}

interface Setup {
  readonly provider: WeatherProvider;
  readonly events: ProviderEvent[];
}

function client(name: ProviderName, base: string, more: ProviderOptions = {}): Setup {
  const events: ProviderEvent[] = [];
  const providers = createProviders(
    {
      nsrdb: { baseUrl: base, apiKey: 'secret-key', email: 'engineer@example.org' },
      pvgis: { baseUrl: base },
      nasa_power: { baseUrl: base },
      open_meteo: { baseUrl: base },
    },
    {
      onEvent: (event) => events.push(event),
      ...more,
      policy: { firstDelayMs: 1, maxDelayMs: 2000, tryTimeoutMs: 5000, ...more.policy },
    },
  );
  return { provider: providers[name], events };
}

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => new Error('the request succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw error;
}

const never = new AbortController().signal;

/** Each provider: a request, the answer in its real form, and the address that must be asked. */
const SERVICES: Record<
  ProviderName,
  {
    request: WeatherRequest;
    body: string;
    path: string;
    query: Record<string, string>;
    error: [string, string];
    firstInstant: string;
  }
> = {
  nsrdb: {
    request: { ...place, period: 'typical' },
    body: textOf['sam-csv'](greensboro),
    path: '/api/nsrdb-GOES-tmy-v4-0-0-download.csv',
    query: {
      wkt: 'POINT(-79.9500 36.1000)',
      names: 'tmy',
      interval: '60',
      utc: 'false',
      api_key: 'secret-key',
      email: 'engineer@example.org',
    },
    error: [
      '{"errors":["No data available at the provided location"],"status":400}',
      'No data available at the provided location',
    ],
    firstInstant: '1988-01-01T05:30:00.000Z',
  },
  pvgis: {
    request: { ...place, period: 'typical' },
    body: textOf['pvgis-json'](greensboro),
    path: '/api/tmy',
    query: { lat: '36.1000', lon: '-79.9500', outputformat: 'json' },
    error: [
      '{"message":"Location over the sea. Please, select another location","status":400}',
      'Location over the sea',
    ],
    firstInstant: '1988-01-01T00:10:33.960Z',
  },
  nasa_power: {
    request: { ...place, period: 2019 },
    body: nasaPowerJson(2019, greensboro),
    path: '/api/temporal/hourly/point',
    query: {
      latitude: '36.1000',
      longitude: '-79.9500',
      start: '20190101',
      end: '20191231',
      community: 'RE',
      'time-standard': 'UTC',
      format: 'JSON',
    },
    error: [
      '{"header":"The POWER Hourly API failed.","messages":["Please provide a valid start date."]}',
      'Please provide a valid start date.',
    ],
    firstInstant: '2019-01-01T00:30:00.000Z',
  },
  open_meteo: {
    request: { ...place, period: 2019 },
    body: openMeteoJson(2019, greensboro),
    path: '/api/archive',
    query: {
      latitude: '36.1000',
      longitude: '-79.9500',
      start_date: '2019-01-01',
      end_date: '2020-01-01',
      timezone: 'GMT',
      wind_speed_unit: 'ms',
    },
    error: ['{"error":true,"reason":"Latitude must be in range of -90 to 90"}', 'Latitude must be in range'],
    firstInstant: '2019-01-01T00:30:00.000Z',
  },
};
const names = Object.keys(SERVICES) as ProviderName[];

describe.each(names)('%s', (name) => {
  const { request, body, path, query, error, firstInstant } = SERVICES[name];

  test('asks the documented address and reads the answer', async () => {
    const { base, requests } = await serve(say(200, body));
    const { provider } = client(name, base);
    const { year, raw, cached, attribution } = await provider.fetch(request, never);
    expect(requests.length).toBe(1);
    expect(requests[0].pathname).toBe(path);
    expect(Object.fromEntries(requests[0].searchParams)).toMatchObject(query);
    expect(new Date(year.timeMs[0]).toISOString()).toBe(firstInstant);
    expect(year.ghiWm2.reduce((a, b) => a + b, 0) / 1000).toBeCloseTo(1566.203, 6);
    expect(new TextDecoder().decode(raw.bytes)).toBe(body);
    expect([cached, attribution.length > 10]).toEqual([false, true]);
    expect(parseWeather(raw.bytes, { name: 'again' }).ghiWm2).toEqual(year.ghiWm2);
  });

  test('tries again after a 500 and after a broken connection', async () => {
    const hangUp: Answer = (_, response) => response.destroy();
    const { base, requests } = await serve(say(500, 'oops'), hangUp, say(200, body));
    const { provider, events } = client(name, base);
    await provider.fetch(request, never);
    expect(requests.length).toBe(3);
    expect(events.map((event) => event.event === 'provider.retry' && event.outcome.kind)).toEqual([
      'answer',
      'network',
    ]);
  });

  test('passes the reason of a refusal on, without another try', async () => {
    const { base, requests } = await serve(say(400, error[0], { 'content-type': 'application/json' }));
    const failure = await failureOf(client(name, base).provider.fetch(request, never));
    expect([failure.code, ERROR_CODES[failure.code].status, requests.length]).toEqual(['provider.rejected', 422, 1]);
    expect(failure.message).toContain(error[1]);
  });

  test('an answer cut off in the middle is reported as such', async () => {
    const { base } = await serve(say(200, body.slice(0, Math.floor(body.length / 2))));
    const cache = memoryCache();
    const failure = await failureOf(client(name, base, { cache }).provider.fetch(request, never));
    expect(['provider.malformed_answer', 'weather.incomplete_year']).toContain(failure.code);
    expect(cache.kept.size).toBe(0);
  });

  test('a web page in place of data is reported as such', async () => {
    const { base } = await serve(say(200, '<html><body>Maintenance</body></html>'));
    const failure = await failureOf(client(name, base).provider.fetch(request, never));
    expect(failure.code).toBe('provider.malformed_answer');
  });

  test('keeps answers: the second request comes from the cache', async () => {
    const { base, requests } = await serve(say(200, body));
    const cache = memoryCache();
    const first = await client(name, base, { cache }).provider.fetch(request, never);
    const second = await client(name, base, { cache }).provider.fetch(request, never);
    expect([requests.length, first.cached, second.cached]).toEqual([1, false, true]);
    expect(second.year.dniWm2).toEqual(first.year.dniWm2);
    for (const key of cache.kept.keys()) expect(key).not.toContain('secret-key');
  });
});

describe('limits, waits and failures', () => {
  const { request, body } = SERVICES.pvgis;

  test('waits as long as Retry-After says, then succeeds', async () => {
    const { base } = await serve(say(429, '{}', { 'retry-after': '1' }), say(200, body));
    const { provider, events } = client('pvgis', base);
    const start = performance.now();
    await provider.fetch(request, never);
    expect(performance.now() - start).toBeGreaterThanOrEqual(990);
    expect(events).toMatchObject([{ delayMs: 1000, outcome: { kind: 'answer', status: 429 } }]);
  });

  test('a Retry-After longer than we wait is passed on at once', async () => {
    const { base, requests } = await serve(say(429, '{"message":"slow down"}', { 'retry-after': '3600' }));
    const failure = await failureOf(client('pvgis', base).provider.fetch(request, never));
    expect([failure.code, failure.retryAfterS, requests.length]).toEqual(['provider.rate_limited', 3600, 1]);
    expect(failure.message).toContain('slow down');
  });

  test('a limit that stays ends as rate_limited after all tries', async () => {
    const { base, requests } = await serve(say(429, ''));
    const failure = await failureOf(client('pvgis', base).provider.fetch(request, never));
    expect([failure.code, ERROR_CODES[failure.code].status, failure.retryAfterS, requests.length]).toEqual([
      'provider.rate_limited',
      503,
      60,
      4,
    ]);
  });

  test('silence ends each try at its time limit', async () => {
    const { base } = await serve(silence);
    const { provider } = client('pvgis', base, { policy: { tryTimeoutMs: 80, attempts: 2 } });
    const failure = await failureOf(provider.fetch(request, never));
    expect(failure.code).toBe('provider.unavailable');
    expect(failure.message).toContain('did not answer within 0.08 s (2 tries)');
  });

  test('a body that stops half way counts as silence', async () => {
    const stall: Answer = (_, response) => {
      response.writeHead(200, { 'content-length': String(body.length) });
      response.write(body.slice(0, 1000));
    };
    const { base } = await serve(stall, say(200, body));
    const { provider, events } = client('pvgis', base, { policy: { tryTimeoutMs: 500, attempts: 100 } });
    await provider.fetch(request, never);
    expect(new Set(events.map((event) => ('outcome' in event ? event.outcome.kind : event.event)))).toEqual(
      new Set(['timeout']),
    );
  });

  test('nobody there is unavailable', async () => {
    const { base } = await serve(silence);
    servers.splice(0).forEach((server) => {
      server.close();
    });
    const failure = await failureOf(client('pvgis', base).provider.fetch(request, never));
    expect([failure.code, ERROR_CODES[failure.code].status]).toEqual(['provider.unavailable', 502]);
    expect(failure.message).toContain('cannot be reached (4 tries)');
  });

  test('an abort ends the transfer at once with its own reason', async () => {
    const { base } = await serve(silence);
    const controller = new AbortController();
    const reason = new Error('job cancelled');
    const fetching = client('pvgis', base).provider.fetch(request, controller.signal);
    setTimeout(() => controller.abort(reason), 30);
    await expect(fetching).rejects.toBe(reason);
  });

  test('an abort ends a wait between tries', async () => {
    const { base } = await serve(say(503, '', { 'retry-after': '3600' }));
    const controller = new AbortController();
    const { provider } = client('pvgis', base, {
      onEvent: () => void setImmediate(() => controller.abort(new Error('stop'))),
      policy: { maxDelayMs: 3_600_000 },
    });
    await expect(provider.fetch(request, controller.signal)).rejects.toThrow('stop');
  });

  test('an endless answer is cut at the limit', async () => {
    const endless: Answer = (_, response) => {
      const pump = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', pump);
      };
      pump();
    };
    const { base } = await serve(endless);
    const failure = await failureOf(
      client('pvgis', base, { policy: { maxBytes: 1_000_000 } }).provider.fetch(request, never),
    );
    expect([failure.code, failure.message]).toEqual([
      'provider.malformed_answer',
      'PVGIS: the answer is larger than 1000000 bytes',
    ]);
  });

  test('a failing cache is reported and costs no answer', async () => {
    const { base } = await serve(say(200, body));
    const broken = {
      get: () => Promise.reject(new Error('redis is away')),
      set: () => Promise.reject(new Error('redis is away')),
    };
    const { provider, events } = client('pvgis', base, { cache: broken });
    expect((await provider.fetch(request, never)).cached).toBe(false);
    expect(events.map(({ event }) => event)).toEqual(['provider.cache_failed', 'provider.cache_failed']);
  });

  test('typical and settled years are kept 30 days, a year that is still revised for the default time', async () => {
    const kept: (number | undefined)[] = [];
    const cache = {
      get: async () => undefined,
      set: async (_key: string, _value: Uint8Array, ttlS?: number) => void kept.push(ttlS),
    };
    const ports = { now: () => Date.UTC(2021, 5, 1) };
    const { base } = await serve(
      say(200, body),
      say(200, pvgisSeriesJson([[2019, greensboro]])),
      say(200, pvgisSeriesJson([[2020, greensboro]])),
    );
    const { provider } = client('pvgis', base, { cache, ports });
    for (const period of ['typical', 2019, 2020] as const) await provider.fetch({ ...place, period }, never);
    expect(kept).toEqual([30 * 86_400, 30 * 86_400, undefined]);
  });

  test('damaged cache content is asked for again', async () => {
    const { base, requests } = await serve(say(200, body));
    const cache = { get: async () => new Uint8Array([1, 2, 3]), set: async () => undefined };
    await client('pvgis', base, { cache }).provider.fetch(request, never);
    expect(requests.length).toBe(1);
  });
});

describe('requests', () => {
  test('PVGIS answers a calendar year from its hourly series', async () => {
    const { base, requests } = await serve(say(200, pvgisSeriesJson([[2020, greensboro]])));
    const { year } = await client('pvgis', base).provider.fetch({ ...place, period: 2020 }, never);
    expect(requests[0].pathname).toBe('/api/seriescalc');
    expect(Object.fromEntries(requests[0].searchParams)).toMatchObject({
      startyear: '2020',
      endyear: '2020',
      components: '1',
      angle: '0',
    });
    expect(new Date(year.timeMs[0]).toISOString()).toBe('2020-01-01T00:10:00.000Z');
  });

  test('an answer for another year than asked is malformed', async () => {
    const { base } = await serve(say(200, nasaPowerJson(2018, greensboro)));
    const failure = await failureOf(client('nasa_power', base).provider.fetch({ ...place, period: 2019 }, never));
    expect(failure.code).toBe('provider.malformed_answer');
    expect(failure.message).toContain('does not hold 2019');
  });

  test.each([
    ['nasa_power', { ...place, period: 'typical' }, '/period', 'has no typical year'],
    ['open_meteo', { ...place, period: 1900 }, '/period', 'period is 1900; expected a calendar year from 1940 on'],
    [
      'pvgis',
      { ...place, latitudeDeg: 91, period: 'typical' },
      '/latitude_deg',
      'latitude_deg is 91; expected -90 to 90',
    ],
    ['pvgis', { ...place, longitudeDeg: Number.NaN, period: 'typical' }, '/longitude_deg', 'longitude_deg is NaN'],
  ] as const)('%s refuses %o before asking anyone', async (name, request, pointer, message) => {
    const { base, requests } = await serve(silence);
    const failure = await failureOf(client(name, base).provider.fetch(request, never));
    expect([failure.code, failure.pointer, requests.length]).toEqual(['provider.rejected', pointer, 0]);
    expect(failure.message).toContain(message);
  });

  test('NSRDB without a key says what to set', async () => {
    const failure = await failureOf(createProviders().nsrdb.fetch({ ...place, period: 2020 }, never));
    expect([failure.code, failure.message]).toEqual(['provider.unconfigured', 'NSRDB needs NLR_API_KEY and NLR_EMAIL']);
  });

  test('NSRDB refusing the key tells its reason and not the key', async () => {
    const { base } = await serve(
      say(403, '{"error":{"code":"API_KEY_INVALID","message":"An invalid api_key was supplied."}}'),
    );
    const failure = await failureOf(client('nsrdb', base).provider.fetch({ ...place, period: 2020 }, never));
    expect(failure.message).toBe('NSRDB: refused the request with 403: An invalid api_key was supplied.');
    expect(JSON.stringify({ ...failure, text: failure.message })).not.toContain('secret-key');
  });
});

describe('the retry decision', () => {
  const policy = { attempts: 4, firstDelayMs: 100, maxDelayMs: 1000 };

  test.each([408, 425, 429, 500, 502, 503, 504, 529])('%i is tried again', (status) => {
    expect(decideRetry({ kind: 'answer', status }, 1, policy, 1)).toEqual({ retry: true, delayMs: 100 });
  });
  test.each([400, 401, 403, 404, 422, 501])('%i is final', (status) => {
    expect(decideRetry({ kind: 'answer', status }, 1, policy, 1)).toEqual({ retry: false, why: 'final' });
  });
  test('waits double up to the limit, with jitter down to half', () => {
    const waits = [1, 2, 3].map((attempt) => decideRetry({ kind: 'network' }, attempt, policy, 0));
    expect(waits).toEqual([50, 100, 200].map((delayMs) => ({ retry: true, delayMs })));
    expect(decideRetry({ kind: 'timeout' }, 4, policy, 0)).toEqual({ retry: false, why: 'exhausted' });
  });
  test('Retry-After is read as seconds and as a date', () => {
    const now = Date.parse('2024-01-01T00:00:00Z');
    expect(parseRetryAfter('120', now)).toBe(120_000);
    expect(parseRetryAfter('Mon, 01 Jan 2024 00:00:30 GMT', now)).toBe(30_000);
    expect(parseRetryAfter('Sun, 31 Dec 2023 00:00:00 GMT', now)).toBe(0);
    expect(parseRetryAfter('soon', now)).toBeUndefined();
    expect(parseRetryAfter(null, now)).toBeUndefined();
  });
});
