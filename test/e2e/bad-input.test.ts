/** Bad input of every kind gets the right 4xx with a precise problem, never a 500, and nothing is lost or left behind. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { type Answer, type Customer, newCustomer, register } from '../support/customer.ts';
import { type Platform, startPlatform } from '../support/platform.ts';
import { CURVE, SYSTEM, TMY, WIND } from '../support/requests.ts';

const SECRET = 'a secret of this test, long enough for HS256';

let platform: Platform;
let customer: Customer;
/** Sessions of two people, which may do what keys may not. */
let [owner, stranger] = ['', ''];
/** Objects of the owner, by kind. */
const own: Record<string, string> = {};

interface Sent {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Default: the owner's token; null sends none. */
  readonly as?: string | null;
}
/** Bytes and text go as they are, as JSON unless `headers` say otherwise; everything else becomes JSON. */
const send = (path: string, { method, body, headers, as = owner }: Sent = {}): Promise<Answer> =>
  customer.call(method ?? (body === undefined ? 'GET' : 'POST'), path, body, {
    as,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
  });

const rows = async (table: string): Promise<number> =>
  (await platform.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0].n;
const STORED = ['sites', 'weather_datasets', 'jobs', 'outbox', 'webhooks', 'library_items', 'wind_turbines'];

beforeAll(async () => {
  platform = await startPlatform({ JWT_SECRET_KEY: SECRET, WEBHOOK_ALLOW_LOOPBACK: 'true' });
  await platform.startApi();
  customer = await newCustomer(platform);
  owner = customer.token;
  stranger = (await register(platform.base)).token;
  const id = async (path: string, body: unknown) => (await send(path, { body })).body.id as string;
  own.site = await id('/v1/sites', { name: 'S', latitude_deg: 36, longitude_deg: -80 });
  own.weather = await id('/v1/weather?name=w', TMY);
  own.job = await id('/v1/solar/analyze', { weather_id: own.weather, system: SYSTEM });
  own.module = (
    await send('/v1/modules?name=m', { body: readFileSync('test/fixtures/solar/example.PAN') })
  ).body.data[0].id;
  own.horizon = (await send('/v1/horizons?name=h', { body: '0,5\n180,5\n' })).body.data[0].id;
  own.turbine = await id('/v1/wind/turbines', CURVE);
  const tab = 'x\n50 8 0\n1 1 100\n100\n4 100\n8 500\n12 400\n';
  own.resource = (await send('/v1/wind/resources?name=r&format=tab', { body: tab })).body.id;
  own.webhook = await id('/v1/webhooks', { url: `${platform.base}/health` });
  own.delivery = (await send(`/v1/webhooks/${own.webhook}/test`, { method: 'POST' })).body.id;
  own.key = await id('/v1/api-keys', { name: 'k' });
  own.user = (await send('/v1/me')).body.id;
  for (const [kind, value] of Object.entries(own)) expect([kind, typeof value]).toEqual([kind, 'string']);
});
afterAll(() => platform?.stop());

type Case = readonly [name: string, path: string, sent: Sent, status: number, code: string, pointer?: string | RegExp];

/** Sends them, and looks whether anything was stored. */
async function refuses(cases: readonly Case[]): Promise<void> {
  const before = await Promise.all(STORED.map(rows));
  for (const [name, path, sent, status, code, pointer] of cases) {
    const answer = await send(path, sent);
    expect([name, answer.status, answer.body.code]).toEqual([name, status, code]);
    expect(answer.body.detail.length).toBeGreaterThan(5);
    if (pointer !== undefined) expect(answer.body.pointer).toMatch(pointer);
  }
  expect(await Promise.all(STORED.map(rows))).toEqual(before);
}

const site = (more: object) => ({ body: { name: 'x', latitude_deg: 1, longitude_deg: 1, ...more } });
const solar = (more: object) => ({ body: { weather_id: own.weather, system: { ...SYSTEM, ...more } } });
const wind = (more: object) => ({ body: { ...WIND, ...more } });
const nested = (depth: number) => `{"name":${'['.repeat(depth)}${']'.repeat(depth)}}`;

describe('bodies', () => {
  test('values of wrong type, out of range, or unknown by name', () =>
    refuses([
      ['latitude 91', '/v1/sites', site({ latitude_deg: 91 }), 422, 'request.invalid', '/latitude_deg'],
      ['a number as text', '/v1/sites', site({ latitude_deg: '36' }), 422, 'request.invalid', '/latitude_deg'],
      ['null', '/v1/sites', site({ name: null }), 422, 'request.invalid', '/name'],
      ['an empty name', '/v1/sites', site({ name: '' }), 422, 'request.invalid', '/name'],
      ['a very long name', '/v1/sites', site({ name: 'x'.repeat(1e6) }), 422, 'request.invalid', '/name'],
      ['an unknown field', '/v1/sites', site({ lat: 1 }), 422, 'request.invalid'],
      ['a list', '/v1/sites', { body: [] }, 422, 'request.invalid'],
      ['1e999', '/v1/sites', { body: '{"name":"x","latitude_deg":1e999,"longitude_deg":1}' }, 422, 'request.invalid'],
      [
        'capacity 0',
        '/v1/solar/analyze',
        solar({ dc_capacity_kw: 0 }),
        422,
        'request.invalid',
        '/system/dc_capacity_kw',
      ],
      ['tilt 91', '/v1/solar/analyze', solar({ mounting: { type: 'fixed', tilt_deg: 91 } }), 422, 'request.invalid'],
      ['an unknown model', '/v1/solar/analyze', solar({ transposition: 'x' }), 422, 'request.invalid'],
      ['no turbines', '/v1/wind/analyze', wind({ turbines: [] }), 422, 'request.invalid', '/turbines'],
      [
        'an unknown wake model',
        '/v1/wind/analyze',
        wind({ wake: { model: 'x' } }),
        422,
        'wind.invalid_input',
        '/wake/model',
      ],
      ['lists of two lengths', '/v1/wind/analyze', wind({ layout: { x_m: [1], y_m: [] } }), 422, 'request.invalid'],
      ['an uneven curve', '/v1/wind/turbines', { body: { ...CURVE, power_kw: [0, 1] } }, 422, 'wind.invalid_input'],
      ['no such scope', '/v1/api-keys', { body: { name: 'x', scopes: ['all'] } }, 422, 'request.invalid', '/scopes/0'],
      [
        'a private target',
        '/v1/webhooks',
        { body: { url: 'https://10.0.0.1/' } },
        422,
        'webhook.target_refused',
        '/url',
      ],
      ['no address', '/v1/webhooks', { body: { url: 'nowhere' } }, 422, 'webhook.target_refused', '/url'],
    ]));

  test('what is no JSON, no UTF-8, or nested without end', () =>
    refuses([
      ['NaN', '/v1/sites', { body: '{"latitude_deg": NaN}' }, 400, 'request.malformed'],
      ['Infinity', '/v1/sites', { body: '{"latitude_deg": -Infinity}' }, 400, 'request.malformed'],
      ['half a document', '/v1/sites', { body: '{"name": "x"' }, 400, 'request.malformed'],
      ['garbage', '/v1/sites', { body: new Uint8Array([0, 255, 254, 1, 2]) }, 400, 'request.malformed'],
      ['no body', '/v1/sites', { method: 'POST' }, 422, 'request.invalid'],
      ['nested deeply', '/v1/sites', { body: nested(1e6) }, 422, 'request.invalid'],
      ['65 levels', '/v1/sites', { body: nested(64) }, 422, 'request.invalid'],
      [
        'text',
        '/v1/sites',
        { ...site({}), headers: { 'content-type': 'text/plain' } },
        415,
        'request.unsupported_media_type',
      ],
      [
        'a form',
        '/v1/solar/analyze',
        { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
        415,
        'request.unsupported_media_type',
      ],
      [
        'another charset',
        '/v1/sites',
        { ...site({}), headers: { 'content-type': 'application/json; charset=koi8-r' } },
        415,
        'request.unsupported_media_type',
      ],
      ['no gzip', '/v1/sites', { ...site({}), headers: { 'content-encoding': 'gzip' } }, 400, 'request.malformed'],
      [
        'an unknown encoding',
        '/v1/sites',
        { ...site({}), headers: { 'content-encoding': 'zip' } },
        415,
        'request.unsupported_media_type',
      ],
      [
        'a gzip bomb',
        '/v1/sites',
        { body: gzipSync(Buffer.alloc(50e6, ' ')), headers: { 'content-encoding': 'gzip' } },
        413,
        'request.too_large',
      ],
      ['5 MB of JSON', '/v1/sites', { body: JSON.stringify({ name: 'x'.repeat(5e6) }) }, 413, 'request.too_large'],
    ]));

  test('text that PostgreSQL cannot hold', () =>
    refuses([
      [
        'U+0000 in a column',
        '/v1/sites',
        { body: '{"name":"a\\u0000","latitude_deg":1,"longitude_deg":1}' },
        422,
        'request.invalid',
        '/name',
      ],
      [
        'half a pair',
        '/v1/sites',
        { body: '{"name":"a\\ud800","latitude_deg":1,"longitude_deg":1}' },
        422,
        'request.invalid',
        '/name',
      ],
      ['U+0000 in a document', '/v1/solar/analyze', solar({ name: 'a\0b' }), 422, 'request.invalid', '/system/name'],
      [
        'U+0000 in a name',
        '/v1/solar/analyze',
        { body: { weather_id: own.weather, system: SYSTEM, uncertainty_pct: { 'a\0': 1 } } },
        422,
        'request.invalid',
      ],
      [
        'U+0000 in a header',
        '/v1/webhooks',
        { body: { url: `${platform.base}/`, description: '\0' } },
        422,
        'request.invalid',
        '/description',
      ],
      [
        'U+0000 in a password',
        '/v1/auth/login',
        { as: null, body: { email: customer.email, password: '\0' } },
        422,
        'request.invalid',
      ],
      ['U+0000 in a query', '/v1/weather?name=%00', { body: TMY }, 422, 'request.invalid', '/query/name'],
      ['U+0000 in a path', '/v1/sites/%00', {}, 404, 'request.not_found'],
      [
        'half a pair in a component',
        '/v1/solar/analyze',
        solar({ module: { type: 'library', id: '\udc00' } }),
        422,
        'request.invalid',
      ],
    ]));

  test('names of prototypes change nothing', async () => {
    await refuses([
      [
        '__proto__',
        '/v1/sites',
        { body: '{"__proto__":{"name":"x"},"latitude_deg":1,"longitude_deg":1}' },
        422,
        'request.invalid',
      ],
      ['constructor', '/v1/sites', site({ constructor: { prototype: { polluted: 1 } } }), 422, 'request.invalid'],
    ]);
    const named = `{"weather_id":"${own.weather}","system":{"dc_capacity_kw":1},"uncertainty_pct":{"__proto__":5,"constructor":3}}`;
    const { status, body } = await send('/v1/solar/analyze', { body: named });
    expect([status, ({} as { polluted?: number }).polluted]).toEqual([202, undefined]);
    expect(body.input.uncertainty_pct.constructor).toBe(3);
    // Of a name that comes twice the last counts, as everywhere in JSON.
    const twice = await send('/v1/sites', { body: '{"name":"a","name":"b","latitude_deg":1,"longitude_deg":1}' });
    expect([twice.status, twice.body.name]).toEqual([201, 'b']);
  });
});

describe('files', () => {
  const broken = gunzipSync(TMY).toString().split('\n');
  test('are refused with the reason, line and column', async () => {
    const file = (body: string | Uint8Array, more: Partial<Sent> = {}): Sent => ({
      body,
      headers: { 'content-type': 'application/octet-stream' },
      ...more,
    });
    await refuses([
      ['nothing', '/v1/weather', file(''), 422, 'weather.malformed'],
      [
        'the begin of a zip',
        '/v1/weather?name=a.csv',
        file(Uint8Array.of(0x50, 0x4b, 3, 4, 0)),
        422,
        'weather.malformed',
      ],
      [
        'binary garbage',
        '/v1/weather',
        file(Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)),
        422,
        'weather.unrecognised_format',
      ],
      [
        'UTF-16',
        '/v1/weather',
        file(Buffer.from(`\ufeff${broken.join('\n')}`, 'utf16le')),
        422,
        'weather.unrecognised_format',
      ],
      ['half a gzip', '/v1/weather', file(TMY.subarray(0, TMY.length / 2)), 422, 'weather.malformed'],
      ['a gzip bomb', '/v1/weather', file(gzipSync(Buffer.alloc(200e6))), 413, 'weather.too_large'],
      [
        'a declared encoding',
        '/v1/weather',
        file(TMY, { headers: { 'content-encoding': 'gzip' } }),
        415,
        'request.unsupported_media_type',
      ],
      ['half a year', '/v1/weather', file(broken.slice(0, 4000).join('\n')), 422, 'weather.incomplete_year'],
      [
        'a hole',
        '/v1/weather',
        file([...broken.slice(0, 500), ...broken.slice(520)].join('\n')),
        422,
        'weather.gap_too_long',
      ],
      [
        'a letter',
        '/v1/weather',
        file(broken.map((line, i) => (i === 99 ? line.replace(/^((?:[^,]*,){4})[^,]*/, '$1much') : line)).join('\n')),
        422,
        'weather.malformed',
      ],
      ['JSON of something', '/v1/weather', file('{"a": 1}'), 422, 'weather.unrecognised_format'],
      ['no module', '/v1/modules', file('PVObject_=pvModule\nnothing'), 422, 'solar.invalid_input'],
      [
        'binary module',
        '/v1/modules',
        file(Uint8Array.from({ length: 3000 }, (_, i) => i % 256)),
        422,
        'solar.invalid_input',
      ],
      ['no inverter', '/v1/inverters', file('Name,Paco\nA,much\n'), 422, 'solar.invalid_input'],
      ['no horizon', '/v1/horizons', file('0,95\n'), 422, 'solar.invalid_input'],
      ['no wind', '/v1/wind/resources?height_m=10', file('time,wind_speed_m_s\nx,y\n'), 422, 'wind.invalid_input'],
      [
        'binary wind',
        '/v1/wind/resources?format=wrg',
        file(Uint8Array.from({ length: 3000 }, (_, i) => i % 256)),
        422,
        'wind.invalid_input',
      ],
      ['no YAML', '/v1/wind/windio', file('a: [1, 2'), 422, 'wind.invalid_input'],
      [
        'a YAML bomb',
        '/v1/wind/windio',
        file(
          `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `${i}: &a${i} [${`*a${i ? i - 1 : ''},`.repeat(9)}]`).join('\n')}`,
        ),
        422,
        'wind.invalid_input',
      ],
      ['an unknown format', '/v1/weather?format=xls', file(TMY), 422, 'request.invalid', '/query/format'],
    ]);
  });

  test('200 MB are refused without being held in memory, with a length and without', async () => {
    const memory = async (): Promise<number> => {
      const metrics = await fetch(`${platform.base}/metrics`);
      return Number(/^process_resident_memory_bytes (\d+)/m.exec(await metrics.text())?.[1] ?? Number.NaN);
    };
    const before = await memory();
    let sent = 0;
    const chunk = new Uint8Array(1e6).fill(65);
    const endless = new ReadableStream({
      pull(controller) {
        if (sent >= 200) controller.close();
        else {
          sent++;
          controller.enqueue(chunk);
        }
      },
    });
    // The connection may be closed before the answer is read, which `fetch` throws: then it was closed early.
    const streamed = await send('/v1/weather', { body: endless }).catch(() => null);
    if (streamed) expect([streamed.status, streamed.body.code]).toEqual([413, 'request.too_large']);
    else expect(sent).toBeLessThan(200);
    const declared = await send('/v1/weather', { body: new Uint8Array(200e6) }).catch(() => null);
    if (declared) expect([declared.status, declared.body.code]).toEqual([413, 'request.too_large']);
    expect((await memory()) - before).toBeLessThan(120e6);
    expect((await send('/v1/sites')).status).toBe(200);
  });
});

describe('addresses', () => {
  test('that are not there, not whole, or asked in another way', () =>
    refuses([
      ['no such path', '/v1/nothing', {}, 404, 'request.not_found'],
      ['a wrong method', '/v1/jobs', { method: 'DELETE' }, 405, 'request.method_not_allowed'],
      ['an unknown method', '/v1/sites', { method: 'PROPFIND' }, 405, 'request.method_not_allowed'],
      ['a broken escape', '/v1/jobs/%E0%A4%A', {}, 400, 'request.malformed'],
      ['no UTF-8', '/v1/jobs/%FF%FE', {}, 400, 'request.malformed'],
      ['an odd id', `/v1/jobs/${encodeURIComponent("'; DROP TABLE jobs; --")}`, {}, 404, 'request.not_found'],
      ['an emoji', '/v1/sites/%F0%9F%8C%9E', {}, 404, 'request.not_found'],
      ['a long id', `/v1/sites/${'x'.repeat(4000)}`, {}, 404, 'request.not_found'],
      ['up the tree', '/v1/jobs/..%2F..%2Fetc%2Fpasswd', {}, 404, 'request.not_found'],
      ['limit 0', '/v1/sites?limit=0', {}, 422, 'request.invalid', '/query/limit'],
      ['limit 201', '/v1/jobs?limit=201', {}, 422, 'request.invalid', '/query/limit'],
      ['limit x', '/v1/jobs?limit=x', {}, 422, 'request.invalid', '/query/limit'],
      ['limit twice', '/v1/jobs?limit=1&limit=2', {}, 422, 'request.invalid', '/query/limit'],
      ['an unknown parameter', '/v1/jobs?page=2', {}, 422, 'request.invalid'],
      ['one where there is none', '/v1/me?x=1', {}, 422, 'request.invalid'],
      ['a bad cursor', '/v1/sites?cursor=1', {}, 422, 'request.invalid', '/query/cursor'],
      ['no such kind', '/v1/jobs?kind=x', {}, 422, 'request.invalid', '/query/kind'],
      ['no column', `/v1/jobs/${own.job}/series/system-1?columns=x`, {}, 409, 'job.not_finished'],
      [
        'no key',
        '/v1/solar/analyze',
        { ...solar({}), headers: { 'idempotency-key': 'x'.repeat(300) } },
        422,
        'request.invalid',
        '/headers/idempotency-key',
      ],
    ]));

  test('headers that are too large, and what is no HTTP', async () => {
    const raw = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(platform.base).port), '127.0.0.1');
        let answer = '';
        socket.on('data', (part) => {
          answer += part;
        });
        // What was not read of a refused request resets the connection, after the answer.
        socket.once('error', () => undefined).once('close', () => resolve(answer));
        socket.write(text);
      });
    const large = await raw(`GET /v1/sites HTTP/1.1\r\nhost: x\r\ncookie: ${'x'.repeat(70_000)}\r\n\r\n`);
    expect(large).toMatch(/^HTTP\/1\.1 431 [\s\S]*"code":"request.headers_too_large"/);
    expect(await raw('what is this\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"request.malformed"/);
  });
});

describe('credentials', () => {
  const claims = { org: 'org_x', plan: 'free' };
  test('that are missing, expired, forged, revoked or too weak', async () => {
    const { sub, org } = jwt.decode(owner) as { sub: string; org: string };
    const real = { org, plan: 'free' };
    const options = { subject: sub, issuer: 'tessellate' };
    const made = (await send('/v1/api-keys', { body: { name: 'weak', scopes: ['sites:read'] } })).body;
    const weak = made.key as string;
    const giver = (await send('/v1/api-keys', { body: { name: 'giver', scopes: ['keys:write', 'sites:read'] } })).body
      .key;
    expect((await send('/v1/api-keys', { as: giver, body: { name: 'x' } })).body.scopes).toEqual(['sites:read']);
    const gone = (await send('/v1/api-keys', { body: { name: 'gone' } })).body;
    expect((await send('/v1/sites', { as: gone.key })).status).toBe(200);
    await send(`/v1/api-keys/${gone.id}`, { method: 'DELETE' });
    const none = (token: string): string => `${token.split('.').slice(0, 2).join('.')}.`;
    const unsigned = [
      { alg: 'none', typ: 'JWT' },
      { ...real, sub, iss: 'tessellate', exp: 4e9 },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    await refuses([
      ['nothing', '/v1/sites', { as: null }, 401, 'auth.missing'],
      ['another scheme', '/v1/sites', { as: null, headers: { authorization: 'Basic YTpi' } }, 401, 'auth.missing'],
      ['garbage', '/v1/sites', { as: 'garbage' }, 401, 'auth.invalid'],
      ['expired', '/v1/sites', { as: jwt.sign(real, SECRET, { ...options, expiresIn: -1 }) }, 401, 'auth.expired'],
      ['another secret', '/v1/sites', { as: jwt.sign(real, `${SECRET}!`, options) }, 401, 'auth.invalid'],
      ['another issuer', '/v1/sites', { as: jwt.sign(real, SECRET, { ...options, issuer: 'x' }) }, 401, 'auth.invalid'],
      [
        'another algorithm',
        '/v1/sites',
        { as: jwt.sign(real, SECRET, { ...options, algorithm: 'HS512' }) },
        401,
        'auth.invalid',
      ],
      ['no signature', '/v1/sites', { as: none(owner) }, 401, 'auth.invalid'],
      ['alg none', '/v1/sites', { as: `${unsigned}.` }, 401, 'auth.invalid'],
      [
        'a changed token',
        '/v1/sites',
        { as: owner.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')).slice(0, -3) },
        401,
        'auth.invalid',
      ],
      ['no such key', '/v1/sites', { as: `tsl_test_${'A'.repeat(43)}` }, 401, 'auth.invalid'],
      ['a short key', '/v1/sites', { as: 'tsl_test_x' }, 401, 'auth.invalid'],
      ['a revoked key', '/v1/sites', { as: gone.key }, 401, 'auth.invalid'],
      [
        'more than it has',
        '/v1/api-keys',
        { as: giver, body: { name: 'x', scopes: ['jobs:write'] } },
        403,
        'auth.forbidden',
        '/scopes',
      ],
      [
        'a key for a password',
        '/v1/auth/password',
        { as: giver, body: { current_password: 'x', new_password: 'a long password' } },
        403,
        'auth.forbidden',
      ],
      ['the last owner', `/v1/organization/members/${sub}`, { method: 'DELETE' }, 409, 'request.conflict'],
      ['a weak key', '/v1/sites', { as: weak, ...site({}) }, 403, 'auth.forbidden'],
      [
        'a wrong password',
        '/v1/auth/login',
        { as: null, body: { email: customer.email, password: 'x' } },
        401,
        'auth.invalid',
      ],
      ['no such token', '/v1/auth/refresh', { as: null, body: { refresh_token: 'tslr_x' } }, 401, 'auth.invalid'],
      [
        'the same address',
        '/v1/auth/register',
        {
          as: null,
          body: { email: customer.email.toUpperCase(), password: 'a long password', name: 'B', organization_name: 'O' },
        },
        409,
        'auth.email_taken',
        '/email',
      ],
    ]);
    expect(
      (await send('/v1/sites', { as: jwt.sign({ ...claims, org }, SECRET, { ...options, expiresIn: 60 }) })).status,
    ).toBe(200);
  });

  test("another organization's objects are not found, whatever names them", async () => {
    const as = stranger;
    const get = (path: string): Case => [path, path, { as }, 404, 'request.not_found'];
    const act = (method: string, path: string, body?: unknown): Case => [
      `${method} ${path}`,
      path,
      { as, method, body },
      404,
      'request.not_found',
    ];
    const { site: siteId, weather, job, module, horizon, turbine, resource, webhook, delivery, key, user } = own;
    const mine = (await send('/v1/weather?name=w', { as, body: TMY })).body.id;
    const asks = (body: object, path = '/v1/solar/analyze'): Case => act('POST', path, body);
    await refuses([
      ...[
        `/v1/sites/${siteId}`,
        `/v1/weather/${weather}`,
        `/v1/jobs/${job}`,
        `/v1/jobs/${job}/events`,
        `/v1/jobs/${job}/series`,
      ].map(get),
      ...[`/v1/jobs/${job}/series/system-1`, `/v1/modules/${module}`, `/v1/wind/turbines/${turbine}`].map(get),
      ...[`/v1/wind/resources/${resource}`, `/v1/webhooks/${webhook}`, `/v1/webhooks/${webhook}/deliveries`].map(get),
      ...[
        `/v1/deliveries/${delivery}`,
        ...['windio', 'layout.svg', 'wind-rose.svg', 'flow-maps/1.svg'].map((name) => `/v1/wind/jobs/${job}/${name}`),
      ].map(get),
      act('PATCH', `/v1/sites/${siteId}`, { name: 'mine' }),
      act('PATCH', `/v1/webhooks/${webhook}`, { is_enabled: false }),
      act('PATCH', `/v1/organization/members/${user}`, { role: 'member' }),
      act('DELETE', `/v1/organization/members/${user}`),
      ...['cancel'].map((name) => act('POST', `/v1/jobs/${job}/${name}`)),
      ...['test', 'retry', 'rotate-secret'].map((name) => act('POST', `/v1/webhooks/${webhook}/${name}`)),
      act('POST', `/v1/webhooks/${delivery}/retry`),
      ...[`sites/${siteId}`, `weather/${weather}`, `modules/${module}`, `horizons/${horizon}`, `api-keys/${key}`].map(
        (path) => act('DELETE', `/v1/${path}`),
      ),
      ...[`wind/turbines/${turbine}`, `wind/resources/${resource}`, `webhooks/${webhook}`].map((path) =>
        act('DELETE', `/v1/${path}`),
      ),
      asks({ weather_id: weather, system: SYSTEM }),
      asks({ weather_ids: [mine, weather], system: SYSTEM }),
      asks({ weather_id: mine, site_id: siteId, system: SYSTEM }),
      asks({ weather_id: mine, system: { ...SYSTEM, module: { type: 'library', id: module } } }),
      asks({ weather_id: mine, system: { ...SYSTEM, far_horizon: { horizon_id: horizon } } }),
      asks({ weather_id: weather, variables: { tilt_deg: { lower: 0, upper: 9 } } }, '/v1/solar/optimize'),
      asks({ weather_id: mine, variables: { module: [module] } }, '/v1/solar/optimize'),
      asks({ ...WIND, turbines: [{ id: turbine }] }, '/v1/wind/analyze'),
      asks({ ...WIND, resource: { type: 'upload', resource_id: resource } }, '/v1/wind/analyze'),
      asks({ ...WIND, resource: undefined, weather_id: weather }, '/v1/wind/analyze'),
      asks({ ...WIND, site_id: siteId }, '/v1/wind/analyze'),
      [`/v1/weather?site_id=${siteId}`, `/v1/weather?site_id=${siteId}`, { as, body: TMY }, 404, 'request.not_found'],
    ]);
    for (const list of ['sites', 'jobs', 'webhooks', 'api-keys', 'wind/resources', 'horizons'])
      expect([list, (await send(`/v1/${list}`, { as })).body.data]).toEqual([list, []]);
  });
});

test('nothing of all this was an error of the platform', async () => {
  const log = readFileSync(platform.logFile, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"service":"api"') && /"level":"ERROR"/.test(line));
  expect(log).toEqual([]);
});

test("the page of an error's type is there", async () => {
  const { body } = await send('/v1/nothing');
  const page = await send(body.type);
  expect([page.status, page.body]).toEqual([200, expect.stringContaining('<h1>request.not_found (404)</h1>')]);
  expect((await send('/docs/errors')).body).toContain('href="../docs/errors/request.not_found"');
});
