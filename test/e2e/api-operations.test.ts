/** What operators rely on, with two API processes on one port: providers, health, metrics, kills, a graceful end. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request as send } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { Redis } from 'ioredis';
import { register } from '../../src/adapters/observability/metrics.ts';
import { parseWeather } from '../../src/weather/parse.ts';
import { WEATHER, weatherFile } from '../support/fixtures.ts';
import { type Answer, type Customer, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import type { TestRedis } from '../support/redis.ts';
import { describeWithRedis } from '../support/needs.ts';
import { startRedis } from '../support/redis.ts';
import { nasaPowerJson, textOf } from '../support/weather-files.ts';

const ADMIN_TOKEN = 'admin-'.repeat(6);
const METRICS_TOKEN = 'metric-'.repeat(6);
const greensboro = parseWeather(weatherFile(WEATHER.greensboro), { name: 'greensboro' });
const PVGIS_TMY = textOf['pvgis-json'](parseWeather(weatherFile(WEATHER.pvgis), { name: 'pvgis' }));

/** A server in the place of all providers; a test says what it answers under each one's path. */
const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {};
const asked: URL[] = [];
let providers: Server;
let redis: TestRedis;
let platform: Platform;
let customer: Customer;

/** @param key none sends none */
const call = (method: string, path: string, key: string | null = null, body?: unknown): Promise<Answer> =>
  customer.call(method, path, body, { as: key });
async function textOfAnswer(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part;
  return text;
}

/** The samples of a metric, by their labels as they are written. */
async function samples(name: string): Promise<Map<string, number>> {
  const { body } = await call('GET', '/metrics', METRICS_TOKEN);
  const lines = [...body.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'))];
  return new Map(lines.map(([, labels = '', value]) => [labels, Number(value)]));
}
const ofRoute = async (path: string): Promise<number> =>
  [...(await samples('http_requests_total'))]
    .filter(([labels]) => labels.includes(`path="${path}"`))
    .reduce((sum, [, value]) => sum + value, 0);

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);

describeWithRedis('the API as an operator sees it', () => {
  let key: string;

  beforeAll(async () => {
    redis = await startRedis();
    providers = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      asked.push(url);
      answers[url.pathname.split('/')[1]]?.(request, response);
    });
    await new Promise<void>((resolve) => providers.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(providers.address() as { port: number }).port}`;
    platform = await startPlatform({
      WORKERS: '2',
      REDIS_URL: redis.url,
      ADMIN_TOKEN,
      METRICS_TOKEN,
      EXPECTED_WORKERS: '1',
      WEATHER_FETCH_TIME_LIMIT: '10',
      PVGIS_BASE_URL: `${base}/pvgis`,
      NASA_POWER_BASE_URL: `${base}/nasa`,
      OPEN_METEO_BASE_URL: 'http://127.0.0.1:9',
      TEMPORAL_UI_URL: 'https://temporal.example.com/',
      LOG_LEVEL: 'DEBUG',
    });
    await platform.startAll();
    customer = await newCustomer(platform);
    key = customer.key;
  });
  afterAll(async () => {
    providers?.closeAllConnections();
    providers?.close();
    await redis?.kill();
    await platform?.stop();
  });

  describe('weather from providers', () => {
    const place = { latitude_deg: 45, longitude_deg: 8 };
    const fetchWeather = (body: object, as = key) => call('POST', '/v1/weather/fetch', as, body);

    test('the list tells what each has, the credit it asks for, and what is not configured', async () => {
      const { status, body } = await call('GET', '/v1/weather/providers', key);
      expect(status).toBe(200);
      expect(body.data.map((one: { name: string; is_configured: boolean }) => [one.name, one.is_configured])).toEqual([
        ['nsrdb', false],
        ['pvgis', true],
        ['nasa_power', true],
        ['open_meteo', true],
      ]);
      expect(body.data[1]).toMatchObject({ first_year: 2005, has_typical_year: true, attribution: /European Union/ });
    });

    test("a site's typical year becomes a dataset with its credit; another organization gets its own from the cache", async () => {
      answers.pvgis = (_, response) => void response.end(PVGIS_TMY);
      const site = (await call('POST', '/v1/sites', key, { name: 'Field', ...place })).body;
      const made = await fetchWeather({ provider: 'pvgis', site_id: site.id, period: 'typical' });
      expect([made.status, made.body.detail]).toEqual([201, undefined]);
      expect(made.headers.get('location')).toBe(`/v1/weather/${made.body.id}`);
      expect(made.body).toMatchObject({
        site_id: site.id,
        name: 'PVGIS typical year',
        is_cached: false,
        n_records: 8760,
      });
      expect(made.body.summary.provider).toEqual({
        name: 'pvgis',
        title: 'PVGIS',
        period: 'typical',
        attribution: 'PVGIS (c) European Union, 2001-2025',
      });
      expect(asked.at(-1)?.searchParams.get('lat')).toBe('45.0000');
      expect((await call('GET', `/v1/weather/${made.body.id}`, key)).body.summary).toEqual(made.body.summary);

      const { key: stranger } = await newCustomer(platform);
      const number = asked.length;
      const theirs = await fetchWeather({ provider: 'pvgis', ...place, period: 'typical', name: 'Theirs' }, stranger);
      expect([theirs.status, theirs.body.is_cached, theirs.body.name, asked.length]).toEqual([
        201,
        true,
        'Theirs',
        number,
      ]);
      expect(theirs.body.sha256).toBe(made.body.sha256);
      expect((await call('GET', `/v1/weather/${made.body.id}`, stranger)).status).toBe(404);
      expect((await fetchWeather({ provider: 'pvgis', site_id: site.id, period: 'typical' }, stranger)).status).toBe(
        404,
      );

      const job = await call('POST', '/v1/solar/analyze', key, {
        weather_id: made.body.id,
        system: { dc_capacity_kw: 100 },
        include_series: false,
      });
      const done = await customer.ended(job.body.id);
      expect(done.result.systems[0].specific_yield_kwh_per_kw).toBeGreaterThan(1_200);
    });

    test('a provider that cannot be reached, limits us, refuses the place or answers nonsense is reported as what it is', async () => {
      const cases: [Answer, number, string, RegExp][] = [];
      cases.push([
        await fetchWeather({ provider: 'open_meteo', ...place, period: 2019 }),
        502,
        'provider.unavailable',
        /cannot be reached/,
      ]);
      answers.nasa = (_, response) => void response.writeHead(429, { 'retry-after': '120' }).end();
      const limited = await fetchWeather({ provider: 'nasa_power', ...place, period: 2019 });
      expect(limited.headers.get('retry-after')).toBe('120');
      cases.push([limited, 503, 'provider.rate_limited', /too many requests/]);
      answers.pvgis = (_, response) =>
        void response.writeHead(400).end('{"message":"Location over the sea. Please, select another location"}');
      cases.push([
        await fetchWeather({ provider: 'pvgis', latitude_deg: 30, longitude_deg: -40, period: 'typical' }),
        422,
        'provider.rejected',
        /Location over the sea/,
      ]);
      answers.pvgis = (_, response) => void response.end('<html>maintenance</html>');
      cases.push([
        await fetchWeather({ provider: 'pvgis', latitude_deg: 31, longitude_deg: -80, period: 'typical' }),
        502,
        'provider.malformed_answer',
        /cannot be read/,
      ]);
      cases.push([
        await fetchWeather({ provider: 'nsrdb', ...place, period: 'typical' }),
        422,
        'provider.unconfigured',
        /NSRDB needs NLR_API_KEY and NLR_EMAIL/,
      ]);
      for (const [{ status, body }, expected, code, detail] of cases) {
        expect([status, body.code]).toEqual([expected, code]);
        expect(body.detail).toMatch(detail);
      }
      const { data } = (await call('GET', '/v1/weather', key)).body;
      expect(data).toHaveLength(1);
    });

    test('a place given twice or not at all, an unknown provider and a year out of range are refused by their fields', async () => {
      const cases = [
        [{ provider: 'pvgis', period: 'typical' }, '/site_id'],
        [{ provider: 'pvgis', period: 'typical', site_id: 'site_x', ...place }, '/site_id'],
        [{ provider: 'meteonorm', period: 'typical', ...place }, '/provider'],
        [{ provider: 'nasa_power', period: 'typical', ...place }, '/period'],
        [{ provider: 'nasa_power', period: 1999, ...place }, '/period'],
        [{ provider: 'pvgis', period: 'typical', ...place, latitude_deg: 91 }, '/latitude_deg'],
      ] as const;
      for (const [body, pointer] of cases) {
        const answer = await fetchWeather(body);
        expect([answer.status, answer.body.pointer]).toEqual([422, pointer]);
      }
    });

    test('a slow provider ends the request in time, not the download: asked again it is there, asked for once', async () => {
      let release = (): void => undefined;
      const slow = new Promise<void>((resolve) => {
        release = resolve;
      });
      answers.nasa = async (_, response) => {
        await slow;
        response.end(nasaPowerJson(2019, greensboro));
      };
      const number = asked.length;
      const request = { provider: 'nasa_power', ...place, period: 2019 };
      const both = await Promise.all([fetchWeather(request), fetchWeather(request)]);
      for (const { status, body, headers } of both)
        expect([status, body.code, headers.get('retry-after')]).toEqual([504, 'provider.timeout', '15']);
      const downloads = asked.length - number;
      expect(downloads).toBeLessThanOrEqual(2); // one in each process at most
      release();
      const cache = new Redis(redis.url);
      await eventually(
        async () => ((await cache.keys('cache:weather:1:nasa_power:*')).length > 0 ? true : undefined),
        'the cached answer',
      );
      cache.disconnect();
      expect([(await fetchWeather(request)).status, asked.length - number]).toEqual([201, downloads]);
    });
  });

  describe('health and limits', () => {
    // The processes take turns.
    const bothReady = () =>
      eventually(async () => {
        for (let i = 0; i < 4; i++) if ((await call('GET', '/health/ready')).status !== 200) return undefined;
        return true;
      }, 'readiness of both processes');

    test('ready, with every part ok; details only for an operator', async () => {
      await bothReady();
      const ready = await call('GET', '/health/ready');
      expect([ready.status, ready.body]).toEqual([
        200,
        { status: 'ready', checks: { database: 'ok', redis: 'ok', temporal: 'ok' }, timestamp: expect.any(String) },
      ]);
      expect((await call('GET', '/health/ready?require=celery')).status).toBe(422);
      expect((await call('GET', '/health/detailed')).body.code).toBe('auth.missing');
      for (const wrong of [key, METRICS_TOKEN])
        expect((await call('GET', '/health/detailed', wrong)).body.code).toBe('auth.invalid');
      // Temporal's counts follow a little later.
      const body = await eventually(async () => {
        const { body: told } = await call('GET', '/health/detailed', ADMIN_TOKEN);
        return told.components.temporal.queued_tasks === 0 ? told : undefined;
      }, 'empty queues');
      expect(body).toMatchObject({
        status: 'healthy',
        version: expect.any(String),
        uptime_seconds: expect.any(Number),
      });
      const { database, redis: cache, temporal } = body.components;
      expect(database).toMatchObject({ status: 'ok', pool_size: 15, outbox_waiting: 0 });
      expect(cache).toMatchObject({ status: 'ok', connected_clients: expect.any(Number) });
      expect(cache.memory_used_mb).toBeGreaterThan(0);
      expect(temporal).toMatchObject({ status: 'ok', active_workers: 1, queued_tasks: 0, active_tasks: 0 });
      expect(temporal.queues.solar).toEqual({ pollers: 1, queued_tasks: 0 });
      for (const { latency_ms: latencyMs } of [database, cache, temporal]) expect(latencyMs).toBeGreaterThan(0);
    });

    test('a hanging Redis is named within the limit of a check; the API continues, also for balancers', async () => {
      redis.hang(true);
      const from = performance.now();
      const ready = await call('GET', '/health/ready');
      expect(performance.now() - from).toBeLessThan(10_000);
      expect([ready.status, ready.body.status, ready.body.checks.database]).toEqual([503, 'not_ready', 'ok']);
      expect(ready.body.checks.redis).toMatch(/^error: /);
      expect((await call('GET', '/health/ready?require=database')).status).toBe(200);
      expect((await call('GET', '/health/detailed', ADMIN_TOKEN)).body.status).toBe('degraded');
      expect((await call('GET', '/v1/me', key)).status).toBe(200);
      const site = await call('POST', '/v1/sites', key, { name: 'Meanwhile', latitude_deg: 1, longitude_deg: 2 });
      expect(site.status).toBe(201);
      redis.hang(false);
      await bothReady();
      // Redis losing all that it has loses nothing of ours.
      await redis.kill();
      await redis.start();
      await bothReady();
      expect((await call('GET', `/v1/sites/${site.body.id}`, key)).body).toEqual(site.body);
    });

    test('both processes count failed logins together', async () => {
      const { email } = customer;
      const statuses: number[] = [];
      for (let i = 0; i < 12; i++)
        statuses.push(
          (await call('POST', '/v1/auth/login', undefined, { email, password: 'a wrong password' })).status,
        );
      expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    });
  });

  test('objectives are shown to operators, and to nobody else they exist', async () => {
    for (const path of ['/slo/status', '/slo/budget', '/slo/alerts']) {
      for (const token of [undefined, key, METRICS_TOKEN]) expect((await call('GET', path, token)).status).toBe(404);
      expect((await call('GET', path, ADMIN_TOKEN)).status).toBe(200);
    }
    const { body } = await call('GET', '/slo/status', ADMIN_TOKEN);
    expect(body.objectives.map(({ name }: { name: string }) => name)).toContain('availability');
  });

  describe('metrics', () => {
    test('are for those who hold a token, and have every name that dashboards know', async () => {
      expect((await call('GET', '/metrics')).status).toBe(401);
      expect((await call('GET', '/metrics', key)).status).toBe(401);
      expect((await call('GET', '/metrics', ADMIN_TOKEN)).status).toBe(200);
      const { body: text, headers } = await call('GET', '/metrics', METRICS_TOKEN);
      expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
      const ofWorker = `${platform.workerHealth}/metrics`;
      expect((await fetch(ofWorker)).status).toBe(401);
      const worker = await (await fetch(ofWorker, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
      const fed = (source: string, name: string): boolean => new RegExp(`^${name}(\\{.*\\})? [1-9]`, 'm').test(source);
      for (const name of [
        'http_requests_total',
        'http_request_duration_seconds_count',
        'db_query_duration_seconds_count',
        'redis_operations_total',
        'api_keys_active',
        'db_pool_size',
        'cache_lookups_total',
        'weather_fetches_total',
        'temporal_queue_pollers',
        'slo_error_budget_remaining_ratio',
      ])
        expect([name, fed(text, name)]).toEqual([name, true]);
      for (const name of [
        'active_websocket_connections',
        'outbox_waiting',
        'temporal_queue_backlog',
        'db_pool_waiting',
      ])
        expect([name, new RegExp(`^${name}(\\{.*\\})? \\d`, 'm').test(text)]).toEqual([name, true]);
      for (const name of [
        'temporal_tasks_total',
        'temporal_task_duration_seconds_count',
        'db_query_duration_seconds_count',
      ])
        expect([name, fed(worker, name)]).toEqual([name, true]);
      expect(worker).toMatch(/temporal_tasks_total\{name="\w+",status="success"\}/);
    });

    test('exist under each name and label that an alert or the dashboard asks for', async () => {
      const rules = parse(readFileSync('deploy/prometheus/alerts.yml', 'utf8')) as {
        groups: { rules: { expr: string }[] }[];
      };
      const dashboard = JSON.parse(readFileSync('deploy/grafana/tessellate.json', 'utf8')) as {
        panels: { targets?: { expr: string; legendFormat: string }[] }[];
      };
      const targets = dashboard.panels.flatMap(({ targets: own = [] }) => own);
      const expressions = [...rules.groups.flatMap((group) => group.rules), ...targets].map(({ expr }) => expr);
      const { body: api } = await call('GET', '/metrics', METRICS_TOKEN);
      const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
      const worker = await (await fetch(`${platform.workerHealth}/metrics`, { headers })).text();
      // Prometheus adds the labels of the target, and the metric `up`.
      const shown = [...`${api}\n${worker}\nup{} 1`.matchAll(/^([a-z_0-9]+)(?:\{(.*)\})? /gm)].map(
        ([, name, labels = '']) => ({ name, labels: [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label) }),
      );
      // Some series are written by what these tests do not do, such as a search: the metric says which labels they have.
      const declared = new Set([...`${api}\n${worker}`.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
      const labelsOf = (name: string): string[] => [
        ...((register.getSingleMetric(name) as { labelNames?: string[] } | undefined)?.labelNames ?? []),
        'le',
      ];
      const problems: string[] = [];
      for (const expression of expressions) {
        const names = [...expression.matchAll(/\b([a-z][a-z_0-9]*_[a-z_0-9]+|up)\b(?=\{|\[|\)| |$)(?:\{([^}]*)\})?/g)];
        if (names.length === 0) problems.push(`no metric in ${expression}`);
        const grouped = [...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, labels]) => labels.split(', '));
        for (const [, name, selector = ''] of names) {
          const wanted = [...grouped, ...[...selector.matchAll(/(\w+)=/g)].map(([, label]) => label)].filter(
            (label) => !['job', 'instance'].includes(label),
          );
          const metric = name.replace(/_bucket$/, '');
          const series = shown.filter((one) => one.name === name).map(({ labels }) => labels);
          if (series.length === 0) series.push(labelsOf(metric));
          if (name !== 'up' && !declared.has(metric)) problems.push(`no metric ${name}`);
          else if (!series.some((labels) => wanted.every((label) => labels.includes(label))))
            problems.push(`${name} has not all of the labels ${wanted}`);
        }
      }
      expect(problems).toEqual([]);
      expect(expressions.length).toBeGreaterThan(40);
    });

    test('count the requests of both processes, and keep the count of one that is killed and replaced', async () => {
      const before = await ofRoute('/v1/sites');
      for (let i = 0; i < 20; i++) expect((await call('GET', '/v1/sites', key)).status).toBe(200);
      expect((await ofRoute('/v1/sites')) - before).toBe(20);

      const [victim, other] = childrenOf(platform.pidOf('api'));
      process.kill(victim, 'SIGKILL');
      await eventually(async () => {
        const pids = childrenOf(platform.pidOf('api'));
        return pids.length === 2 && !pids.includes(victim) && pids.includes(other) ? true : undefined;
      }, 'another process');
      await eventually(
        async () => ((await samples('db_pool_size')).get('') === 30 ? true : undefined),
        'the metrics of two processes',
      );
      for (let i = 0; i < 10; i++) expect((await call('GET', '/v1/sites', key)).status).toBe(200);
      expect((await ofRoute('/v1/sites')) - before).toBe(30);
    });
  });

  test('SIGTERM: the request in flight is answered, streams end, the status is 0; lines have their fields', async () => {
    const file = Buffer.from(weatherFile(WEATHER.greensboro));
    const job = await call('POST', '/v1/solar/analyze', key, {
      weather_id: (await call('GET', '/v1/weather', key)).body.data[0].id,
      system: { dc_capacity_kw: 100 },
    });
    // Operators see the page of its workflow, and customers do not.
    const page = async (headers: Record<string, string>) =>
      (await customer.call('GET', `/v1/jobs/${job.body.id}`, undefined, { headers })).headers.get('x-temporal-ui');
    expect(await page({ 'x-admin-token': ADMIN_TOKEN })).toBe(
      `https://temporal.example.com/namespaces/default/workflows/solar-analyze%2F${job.body.id}`,
    );
    expect([await page({}), await page({ 'x-admin-token': METRICS_TOKEN })]).toEqual([null, null]);
    await platform.kill('worker', 'SIGTERM');
    const waiting = await call('POST', '/v1/solar/analyze', key, {
      weather_id: (await call('GET', '/v1/weather', key)).body.data[0].id,
      system: { dc_capacity_kw: 100 },
    });
    expect([job.status, waiting.status]).toEqual([202, 202]);
    const stream = send(`${platform.base}/v1/jobs/${waiting.body.id}/events`, {
      agent: false,
      headers: { authorization: `Bearer ${key}` },
    });
    const streaming = new Promise<IncomingMessage>((resolve) => stream.once('response', resolve));
    stream.end();
    const events = textOfAnswer(await streaming);
    expect([...(await samples('active_websocket_connections')).values()]).toEqual([1]);

    const upload = send(`${platform.base}/v1/weather?name=late`, {
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${key}`, 'content-length': file.length, expect: '100-continue' },
    });
    const begun = once(upload, 'continue');
    const answered = new Promise<number | undefined>((resolve, reject) => {
      upload.once('response', (response) => textOfAnswer(response).then(() => resolve(response.statusCode), reject));
      upload.once('error', reject);
    });
    upload.flushHeaders();
    await begun;
    upload.write(file.subarray(0, 1000));
    const ended = platform.kill('api', 'SIGTERM');
    expect(await events).toContain('event: job.queued');
    upload.end(file.subarray(1000));
    expect(await answered).toBe(201);
    expect(await ended).toBe(0);

    const lines = readFileSync(platform.logFile, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    const line = lines.find(({ path, service }) => path === '/v1/solar/analyze' && service === 'api');
    expect(Object.keys(line)).toEqual([
      'timestamp',
      'level',
      'service',
      'request_id',
      'api_key_id',
      'org_id',
      'method',
      'path',
      'status',
      'duration_ms',
      'message',
    ]);
    expect(line).toMatchObject({ level: 'INFO', service: 'api', status: 202, message: 'POST /v1/solar/analyze 202' });
    const person = lines.find(({ path, user_id: id }) => path === '/v1/api-keys' && id);
    expect(person.user_id).toMatch(/^usr_/);
    expect(lines.filter(({ message }) => message === 'API has stopped')).toHaveLength(2);
    expect(lines.filter(({ level }) => level === 'ERROR').map(({ message }) => message)).toEqual([]);
  });
});
