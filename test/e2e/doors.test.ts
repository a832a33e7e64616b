/** What the API does with what nobody should send, and with what browsers and proxies rely on. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { encodeColumns } from '../../src/series/columns.ts';
import { newCustomer, register } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { foreignCursors } from '../support/foreign-cursors.ts';
import { longSearch } from '../support/long-jobs.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = await sharedPlatform();
const { database, base } = platform;
const { call, token, key, uploadWeather } = await newCustomer(platform);
const weatherId = await uploadWeather();
const TMY = gunzipSync(readFileSync('data/weather/723170TYA.CSV.gz')).toString();
const PAN = readFileSync('test/fixtures/solar/example.PAN', 'utf8');
const OND = readFileSync('test/fixtures/solar/example.OND', 'utf8');
const TAB = 'x\n50 8 0\n1 1 100\n100\n4 100\n8 500\n12 400\n';

const CURVE = {
  name: 'Own',
  rotor_diameter_m: 100,
  hub_height_m: 90,
  wind_speed_m_s: [3, 12, 25],
  power_kw: [0, 3000, 3000],
  thrust_coefficient: [0.8, 0.5, 0.1],
};

/** A job that has ended, with a series of its own. */
async function endedJob(rows: number): Promise<string> {
  const accepted = await call('POST', '/v1/solar/analyze', { weather_id: weatherId, system: { dc_capacity_kw: 1 } });
  await call('POST', `/v1/jobs/${accepted.body.id}/cancel`);
  await expect(
    fetch(`${base}/v1/jobs/${accepted.body.id}/events`, { headers: { authorization: `Bearer ${key}` } }).then((one) =>
      one.text(),
    ),
  ).resolves.toContain('event: job.');
  const hours = Float64Array.from({ length: rows }, (_, i) => i);
  const data = encodeColumns(
    { time_ms: hours.map((hour) => hour * 3.6e6), ac_kw: hours, constructor: hours },
    { n: 1 },
  );
  await database.query(`INSERT INTO job_series (job_id, name, data) VALUES ($1, 'own', $2)`, [accepted.body.id, data]);
  return accepted.body.id;
}
const jobId = await endedJob(20_000);
const series = (query: string) => call('GET', `/v1/jobs/${jobId}/series/own${query}`);

describe('bodies', () => {
  test('an anonymous body of more than 16 kB is refused unread', async () => {
    for (const path of ['/v1/auth/login', '/v1/auth/register', '/v1/auth/refresh', '/v1/auth/logout']) {
      const fields = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`f${i}`, 1]));
      const refused = await call('POST', path, fields, { as: null });
      expect([path, refused.status, refused.body.code]).toEqual([path, 413, 'request.too_large']);
    }
  });

  test('of many faults the answer lists twenty, in a few kilobytes', async () => {
    const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, 1]));
    const one = await call('POST', '/v1/auth/login', fields, { as: null });
    expect([one.status, one.bytes.length < 4000]).toEqual([422, true]);
    const many = await call('POST', '/v1/wind/turbines', {
      name: 'T',
      rotor_diameter_m: 100,
      hub_height_m: 100,
      wind_speed_m_s: new Array(1000).fill('x'),
      power_kw: new Array(1000).fill('x'),
      thrust_coefficient: new Array(1000).fill('x'),
    });
    expect([many.status, many.body.errors.length, many.bytes.length < 8000]).toEqual([422, 20, true]);
  });

  test('a mapping of 16,000 keys in YAML is read or refused within the time of other requests', async () => {
    const text = Array.from({ length: 16_000 }, (_, i) => `${i.toString(16)}: 1`).join('\n');
    expect(await call('POST', '/v1/wind/windio', text)).toMatchObject({ status: 422 });
    expect(await call('POST', '/v1/wind/windio', `${text}\nff: 2`)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('occurs twice') },
    });
  });

  test('documents that are nested without end are refused, and nothing ends with them', async () => {
    // The stack of a thread that ends while a regular expression is compiled takes the whole process with it.
    for (const one of ['[', '{a: ', '- ', '? ', '["]", '])
      expect([one, await call('POST', '/v1/wind/windio', one.repeat(30_000))]).toMatchObject([
        one,
        { status: 422, body: { code: 'wind.invalid_input', detail: expect.stringContaining('nested') } },
      ]);
    const { id } = (await call('POST', '/v1/sites', { name: 'S', latitude_deg: 1, longitude_deg: 2 })).body;
    for (const one of ['<a>', '<é>', '<a><!-- </a> -->', '<a b="/>">'])
      expect([one, await call('POST', `/v1/sites/${id}/areas?use=boundary`, one.repeat(30_000))]).toMatchObject([
        one,
        { status: 422, body: { detail: expect.stringContaining('levels') } },
      ]);
  });

  test('U+0000 and names without end in files are refused with their line', async () => {
    const long = 'M'.repeat(100_000);
    const cases: readonly (readonly [path: string, text: string, detail: string])[] = [
      ['/v1/modules', PAN.replace('Model=M550', 'Model=M\0'), 'line 5'],
      ['/v1/modules', PAN.replace('Model=M550', `Model=${'M'.repeat(201)}`), 'line 5: Model has 201 characters'],
      ['/v1/modules', PAN.replace('Model=M550', `Model=${long}`), 'line 5'],
      ['/v1/inverters', OND.replace(/Model=.*/, 'Model=\0'), 'contains U+0000'],
      ['/v1/inverters', OND.replace(/Model=.*/, `Model=${'M'.repeat(201)}`), 'Model has 201 characters'],
      ['/v1/wind/resources?format=tab', `\0${TAB}`, 'line 1 contains U+0000'],
      ['/v1/wind/resources?format=tab', long + TAB, 'line 1: the description has'],
      ['/v1/horizons', '0,5\n180,\0\n', 'line 2 contains U+0000'],
      ['/v1/weather', `${TMY.slice(0, 6000)}\0${TMY.slice(6000)}`, 'contains U+0000'],
      ['/v1/weather', TMY.replace(/^([^,]*),[^,]*/, `$1,${'M'.repeat(201)}`), 'the name of the station has 2'],
    ];
    for (const [path, text, detail] of cases) {
      const refused = await call('POST', path, text);
      expect([path, detail, refused.status, refused.body.detail]).toEqual([
        path,
        detail,
        422,
        expect.stringContaining(detail),
      ]);
    }
  });

  test('a slash at the end of a path is the same path, with its body', async () => {
    expect(await call('POST', '/v1/weather/', TMY)).toMatchObject({ status: 201 });
    expect(await call('POST', '/v1/sites/', { name: 'S', latitude_deg: 1, longitude_deg: 2 })).toMatchObject({
      status: 201,
    });
  });
});

describe('series', () => {
  test('a column is asked for once and by a name that the series has', async () => {
    for (const format of ['csv', 'json'])
      for (const [columns, detail] of [
        ['ac_kw,ac_kw', 'ac_kw is asked for twice'],
        [new Array(2600).fill('ac_kw').join(), 'ac_kw is asked for twice'],
        ['toString', 'No column toString'],
        ['time_ms', 'No column time_ms'],
        ['', 'No column '],
        ['__proto__', 'No column __proto__'],
      ])
        expect(await series(`?format=${format}&columns=${columns}`)).toMatchObject({
          status: 422,
          body: { code: 'request.invalid', pointer: '/query/columns', detail: expect.stringContaining(detail) },
        });
  });

  test('are streamed whole, in the order that is asked for', async () => {
    const csv = await series('?format=csv&columns=ac_kw,time');
    const lines = csv.body.trimEnd().split('\n');
    expect([lines.length, lines[0], lines[1], lines.at(-1)]).toEqual([
      20_001,
      'ac_kw,time',
      '0,1970-01-01T00:00:00.000Z',
      '19999,1972-04-13T07:00:00.000Z',
    ]);
    expect(csv.headers.get('content-length')).toBeNull();
    const { body } = await series('');
    expect([body.n, Object.keys(body.columns)]).toEqual([1, ['time', 'ac_kw', 'constructor']]);
    expect(body.columns.ac_kw).toEqual(Array.from({ length: 20_000 }, (_, i) => i));
    expect(body.columns.time[1]).toBe('1970-01-01T01:00:00.000Z');
  });

  test('a client that leaves in the middle leaves nothing behind', async () => {
    const abort = new AbortController();
    const response = await fetch(`${base}/v1/jobs/${jobId}/series/own`, {
      headers: { authorization: `Bearer ${key}` },
      signal: abort.signal,
    });
    abort.abort();
    await expect(response.text()).rejects.toThrow();
    expect((await series('?columns=ac_kw')).status).toBe(200);
  });
});

describe('event streams', () => {
  const events = (headers: Record<string, string>, method = 'GET') =>
    call(method, `/v1/jobs/${jobId}/events`, undefined, { headers });

  test('a job that has ended answers 204 after its last event, so that an EventSource stops', async () => {
    const all = await events({});
    const last = /^id: (\d+)(?![\s\S]*^id: )/m.exec(all.body)?.[1] ?? '';
    expect(Number(last)).toBeGreaterThan(1);
    expect(await events({ 'last-event-id': last })).toMatchObject({ status: 204, body: '' });
    expect(await events({ 'last-event-id': '999999' })).toMatchObject({ status: 204 });
    expect(await events({ 'last-event-id': 'none' })).toMatchObject({ status: 200 });
  });

  test('an organization has at most 100 of them open', async () => {
    const customer = await newCustomer(platform);
    const weather = await customer.uploadWeather();
    const id = await customer.submit('/v1/solar/optimize', longSearch(weather));
    const path = `/v1/jobs/${id}/events`;
    const open = () => fetch(`${base}${path}`, { headers: { authorization: `Bearer ${customer.key}` } });
    const streams = await Promise.all(Array.from({ length: 100 }, open));
    expect(streams.map(({ status }) => status)).toEqual(new Array(100).fill(200));
    expect(await customer.call('GET', path)).toMatchObject({ status: 429, body: { code: 'rate_limit.exceeded' } });
    await streams[0].body?.cancel();
    const again = await eventually(async () => {
      const one = await open();
      return one.status === 200 ? one : undefined;
    }, 'a stream in place of one that was closed');
    for (const one of [...streams.slice(1), again]) await one.body?.cancel();
    await customer.call('POST', `/v1/jobs/${id}/cancel`);
  });

  test('come at once, whatever the client can unpack and however it writes the path', async () => {
    const customer = await newCustomer(platform);
    const id = await customer.submit('/v1/solar/optimize', longSearch(await customer.uploadWeather()));
    for (const path of [`/v1/jobs/${id}/events`, `/v1/jobs/${id}/events/`, `/V1/Jobs/${id}/Events`]) {
      const stream = await fetch(base + path, {
        headers: { authorization: `Bearer ${customer.key}`, 'accept-encoding': 'gzip, br' },
      });
      const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while (!text.includes('\nevent: ')) text += (await reader.read()).value;
      expect([path, stream.headers.get('content-encoding')]).toEqual([path, null]);
      await reader.cancel();
    }
    await customer.call('POST', `/v1/jobs/${id}/cancel`);
  });

  test('HEAD answers at once', async () => {
    const head = await events({}, 'HEAD');
    expect([head.status, head.headers.get('content-type'), head.body]).toEqual([200, 'text/event-stream', '']);
  });
});

describe('lists under inserts', () => {
  test.each([
    ['/v1/modules', PAN],
    ['/v1/inverters', OND],
    ['/v1/wind/turbines', CURVE],
  ])('%s repeats and leaves out nothing', async (path, item) => {
    const customer = await newCustomer(platform);
    const add = async (): Promise<string> => {
      const { body } = await customer.call('POST', path, item);
      return body.id ?? body.data[0].id;
    };
    const early = [await add(), await add(), await add()];
    const seen: string[] = [];
    let cursor: string | null = '';
    do {
      const { body } = await customer.call(
        'GET',
        `${path}?limit=${seen.length === 0 ? 2 : 200}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.next_cursor;
      await add(); // while its reader turns the page
    } while (cursor !== null);
    const { body: first } = await customer.call('GET', `${path}?limit=200`);
    const bundled = first.data.map(({ id }: { id: string }) => id).filter((id: string) => !/^(cmp|trb)_/.test(id));
    expect(seen.slice(0, 3)).toEqual([...early].reverse());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.slice(3, 3 + bundled.length)).toEqual(bundled);
    expect(await customer.call('GET', `${path}?cursor=1`)).toMatchObject({
      status: 422,
      body: { pointer: '/query/cursor' },
    });
  });
});

test('every list refuses the cursor of a list of other things', async () => {
  const asCustomer = (method: string, path: string) => call(method, path, undefined, { as: token });
  const { nLists, taken } = await foreignCursors(asCustomer, (path) => !path.startsWith('/v1/admin/'));
  expect(nLists).toBeGreaterThanOrEqual(15);
  expect(taken).toEqual({});
});

describe('headers', () => {
  test('the scheme of credentials is written in any case', async () => {
    for (const scheme of ['bearer', 'BEARER', 'Bearer '])
      expect(
        await call('GET', '/v1/me', undefined, { as: null, headers: { authorization: `${scheme} ${key}` } }),
      ).toMatchObject({ status: 200 });
  });

  test('a browser may read what an answer says about limits, jobs and files', async () => {
    const { headers } = await call('GET', '/v1/me', undefined, { headers: { origin: 'https://app.example' } });
    const exposed = headers.get('access-control-expose-headers')?.toLowerCase().split(',');
    expect(exposed).toEqual(
      expect.arrayContaining(['retry-after', 'ratelimit', 'location', 'x-request-id', 'content-disposition']),
    );
  });

  test('answers with secrets are never stored by a cache', async () => {
    const { email } = await register(base);
    const secrets = [
      await call('POST', '/v1/auth/login', { email, password: 'a long password' }, { as: null }),
      await call('POST', '/v1/api-keys', { name: 'k' }, { as: token }),
      await call('POST', '/v1/webhooks', { url: 'https://example.com/' }),
      await call('GET', '/v1/me'),
      await call('POST', '/v1/auth/login', { email, password: 'wrong' }, { as: null }),
    ];
    expect(secrets.map(({ status, headers }) => [status, headers.get('cache-control')])).toEqual([
      [200, 'no-store'],
      [201, 'no-store'],
      [201, 'no-store'],
      [200, 'no-store'],
      [401, 'no-store'],
    ]);
  });
});
