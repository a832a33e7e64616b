/** Reports through the real API and workflow: from jobs to files, links, events, mails. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { Webhook } from 'standardwebhooks';
import { type Json, newCustomer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { WEATHER } from '../support/fixtures.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = await sharedPlatform();
const customer = await newCustomer(platform);
const { call, ended } = customer;
const stranger = await newCustomer(platform);
const mails = platform.mailFolder;
const folder = mkdtempSync(join(tmpdir(), 'tessellate-reports-'));
let weatherId: string;
let receiver: Server;
const received: { headers: Record<string, string>; body: string }[] = [];
let secret: string;
async function done(path: string, body: object): Promise<Json> {
  const job = await customer.done(path, body);
  expect([job.status, job.error]).toEqual(['succeeded', null]);
  return job;
}

/** The text of the mail that names a report, once it is sent. */
const mailAbout = (reportId: string): Promise<string> =>
  eventually(
    async () =>
      readdirSync(mails)
        .filter((name) => name.endsWith('.txt'))
        .map((name) => readFileSync(join(mails, name), 'utf8'))
        .find((text) => text.includes(reportId)),
    'mail',
  );

/** Deliveries and mails about a report. */
const toldOf = (reportId: string) =>
  platform.database.query(
    `SELECT id FROM webhook_deliveries WHERE payload::text LIKE $1 UNION ALL SELECT id FROM mails WHERE data::text LIKE $1`,
    [`%${reportId}%`],
  );

function poppler(program: string, pdf: Uint8Array, ...options: string[]): string {
  const file = join(folder, 'report.pdf');
  writeFileSync(file, pdf);
  const { stdout, stderr, status } = spawnSync(program, [...options, file, ...(program === 'pdftotext' ? ['-'] : [])], {
    encoding: 'utf8',
  });
  expect([program, status, stderr]).toEqual([program, 0, '']);
  return stdout;
}

const ECONOMICS = { costs: { per_kw: 900, operation_per_kw_year: 16 }, price_per_kwh: 0.07 };
const WIND = {
  resource: {
    type: 'weibull',
    sectors: [
      { frequency: 0.2, scale_m_s: 8.6, shape: 2.1 },
      { frequency: 0.3, scale_m_s: 9.4, shape: 2.3 },
      { frequency: 0.1, scale_m_s: 8.1, shape: 1.9 },
      { frequency: 0.4, scale_m_s: 10.2, shape: 2.4 },
    ],
  },
  turbines: [{ id: 'v80' }],
  layout: { longitude_deg: [7.84, 7.85, 7.86], latitude_deg: [55.49, 55.491, 55.49] },
  losses_pct: { availability: 3, electrical: 2 },
  uncertainty_pct: { wind: 5, wakes: 3 },
};

let solar: Json;
let wind: Json;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as { port: number };
  const hook = await call('POST', '/v1/webhooks', { url: `http://127.0.0.1:${port}/`, events: ['report.ready'] });
  expect([hook.status, hook.body.detail]).toEqual([201, undefined]);
  secret = hook.body.secret;
  weatherId = await customer.uploadWeather(WEATHER.greensboro, 'greensboro.csv');
  [solar, wind] = await Promise.all([
    done('/v1/solar/analyze', {
      weather_id: weatherId,
      system: { dc_capacity_kw: 1000, mounting: { type: 'one_axis' } },
    }),
    done('/v1/wind/analyze', WIND),
  ]);
});
afterAll(async () => {
  receiver?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a bankable report of a solar analysis', () => {
  let job: Json;
  let report: Json;

  beforeAll(async () => {
    job = await done('/v1/reports', {
      job_ids: [solar.id],
      template: 'bankable',
      client: 'Bank & Söhne <AG>',
      economics: ECONOMICS,
      currency: 'EUR',
      mail_to: ['reader@example.com'],
    });
    report = (await call('GET', `/v1/reports/${job.result.report_id}`)).body;
  });

  test('is listed and read with four files', async () => {
    expect(report).toMatchObject({
      job_id: job.id,
      status: 'succeeded',
      template: 'bankable',
      job_ids: [solar.id],
      language: 'en',
    });
    expect(report.n_pages).toBeGreaterThanOrEqual(9);
    expect(report.files.map(({ format }: Json) => format)).toEqual(['csv', 'html', 'pdf', 'xlsx']);
    expect((await call('GET', '/v1/reports')).body.data[0].id).toBe(report.id);
  });

  test('comes by a signed link without credentials, as a download', async () => {
    const link = await call('POST', `/v1/reports/${report.id}/links`, { format: 'pdf', expires_in_s: 3600 });
    expect(link.status).toBe(201);
    const { pathname, search } = new URL(link.body.url);
    const file = await call('GET', pathname + search, undefined, { as: null });
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(file.headers.get('content-disposition')).toMatch(
      /^attachment; filename="?greensboro-.*-bankable-en\.pdf"?$/,
    );
    expect(file.bytes.length).toBe(report.files.find(({ format }: Json) => format === 'pdf').bytes);

    const info = poppler('pdfinfo', file.bytes);
    expect(info).toMatch(/Tagged: +yes/);
    expect(info).toContain(`Pages:           ${report.n_pages}`);
    expect(poppler('pdfinfo', file.bytes, '-struct-text')).toMatch(/Table|Figure/);
    const fonts = poppler('pdffonts', file.bytes).trim().split('\n').slice(2);
    expect(fonts).toHaveLength(2);
    for (const font of fonts) expect(font).toMatch(/ yes yes yes /);
    const text = poppler('pdftotext', file.bytes, '-layout');
    for (const part of [
      'Uncertainty and exceedance',
      'Cash flows',
      solar.id,
      'Bank & Söhne <AG>',
      'doi:10.1016/0038-092X(90)90055-H',
    ])
      expect(text).toContain(part);
  });

  test('refuses links that were changed, have expired, or ask for what is not there', async () => {
    const { url } = (await call('POST', `/v1/reports/${report.id}/links`, { format: 'html' })).body;
    const { pathname, searchParams } = new URL(url);
    const at = (changes: Record<string, string>, path = pathname) =>
      call('GET', `${path}?${new URLSearchParams({ ...Object.fromEntries(searchParams), ...changes })}`, undefined, {
        as: null,
      });
    expect((await at({})).status).toBe(200);
    const signature = searchParams.get('signature')!;
    const flipped = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1);
    expect((await at({ signature: flipped })).body).toMatchObject({ status: 403, code: 'report.link_invalid' });
    expect((await at({ expires: String(Number(searchParams.get('expires')) + 1) })).status).toBe(403);
    expect((await at({}, pathname.replace('/html', '/pdf'))).status).toBe(403);
    // A link of the same key that ended a minute ago.
    const { LinkSigner } = await import('../../src/services/reports/links.ts');
    const { loadConfig } = await import('../../src/adapters/config/config.ts');
    const old = new URL(
      new LinkSigner([loadConfig({ APP_ENV: 'development' }).SECRET_KEY], platform.base).url(
        report.id,
        'html',
        Math.floor(Date.now() / 1000) - 60,
      ),
    );
    expect((await call('GET', old.pathname + old.search, undefined, { as: null })).body).toMatchObject({
      status: 410,
      code: 'report.link_expired',
    });
    const unknown = new URL(
      new LinkSigner([loadConfig({ APP_ENV: 'development' }).SECRET_KEY], platform.base).url(
        'rpt_none',
        'html',
        Math.floor(Date.now() / 1000) + 60,
      ),
    );
    expect((await call('GET', unknown.pathname + unknown.search, undefined, { as: null })).status).toBe(404);
  });

  test('tells webhooks and mails links that work', async () => {
    expect(await toldOf(report.id)).toHaveLength(2);
    const { headers, body } = await eventually(
      async () => received.find((one) => one.body.includes(report.id)),
      'report.ready',
    );
    const event = new Webhook(secret).verify(body, headers) as Json;
    expect(event).toMatchObject({
      type: 'report.ready',
      data: { report_id: report.id, job_ids: [solar.id], n_pages: report.n_pages },
    });
    const [link] = (await mailAbout(report.id)).match(/http\S+\/downloads\/reports\S+/)!;
    const { pathname, search } = new URL(link);
    expect((await call('GET', pathname + search, undefined, { as: null })).status).toBe(200);
  });

  test('has a year of hours in the data pack and a workbook that opens', async () => {
    const zip = unzipSync((await call('GET', `/v1/reports/${report.id}/files/csv`)).bytes);
    const hourly = strFromU8(zip['hourly.csv']).trim().split('\r\n');
    expect(hourly).toHaveLength(8761);
    expect(hourly[0]).toContain('time,ac_kw');
    const column = hourly.slice(1).map((line) => Number(line.split(',')[1]));
    expect(column.reduce((sum, kw) => sum + kw, 0)).toBeCloseTo(solar.result.systems[0].annual_energy_kwh, 3);
    const xlsx = unzipSync((await call('GET', `/v1/reports/${report.id}/files/xlsx`)).bytes);
    expect(Object.keys(xlsx)).toEqual(expect.arrayContaining(['xl/workbook.xml', 'xl/worksheets/sheet1.xml']));
    expect(strFromU8(xlsx['xl/workbook.xml'])).toContain('hourly');
  });

  test('is not there for others, and gone once deleted', async () => {
    for (const path of ['', '/files/pdf'])
      expect((await stranger.call('GET', `/v1/reports/${report.id}${path}`)).status).toBe(404);
    expect((await stranger.call('DELETE', `/v1/reports/${report.id}`)).status).toBe(404);
    expect((await stranger.call('POST', '/v1/reports', { job_ids: [solar.id] })).body).toMatchObject({
      status: 404,
      pointer: '/job_ids/0',
    });
    const { url } = (await call('POST', `/v1/reports/${report.id}/links`, { format: 'pdf' })).body;
    expect((await call('DELETE', `/v1/reports/${report.id}`)).status).toBe(204);
    expect((await call('GET', `/v1/reports/${report.id}`)).status).toBe(404);
    const { pathname, search } = new URL(url);
    expect((await call('GET', pathname + search, undefined, { as: null })).body).toMatchObject({
      status: 410,
      code: 'report.deleted',
    });
  });
});

test('a bankable report of a wind analysis in German, and its mail', async () => {
  const job = await done('/v1/reports', {
    job_ids: [wind.id],
    language: 'de',
    currency: 'EUR',
    mail_to: ['leser@example.com'],
  });
  const { bytes } = await call('GET', `/v1/reports/${job.result.report_id}/files/pdf`);
  const text = poppler('pdftotext', bytes, '-layout');
  for (const part of ['Windressource', 'Weibull', 'Nachlauf', wind.id]) expect(text).toContain(part);
  expect(poppler('pdfinfo', bytes)).toMatch(/Tagged: +yes/);
  // A mail's text is wrapped wherever the names in it leave no room.
  const mail = (await mailAbout(job.result.report_id)).replaceAll(/\s+/g, ' ');
  expect(mail).toContain('steht zum Herunterladen bereit');
  expect(mail).toContain('Org hat den Bericht');
});

describe('mails to others', () => {
  const request = (mailTo: readonly string[]) => ({ job_ids: [solar.id], template: 'summary', mail_to: mailTo });

  test('need a scope of their own, which a key has only if it is named', async () => {
    const { key } = (await call('POST', '/v1/api-keys', { name: 'k' }, { as: customer.token })).body;
    expect(await call('POST', '/v1/reports', request(['a@example.com']), { as: key })).toMatchObject({
      status: 403,
      body: { code: 'auth.forbidden', pointer: '/mail_to', detail: expect.stringContaining('mail:send') },
    });
    const { mail_to: _, ...without } = request([]);
    expect((await call('POST', '/v1/reports', without, { as: key })).status).toBe(202);
  });

  test('are limited for a day; the report that goes beyond is not written', async () => {
    const addresses = (from: number) => Array.from({ length: 10 }, (_, i) => `reader${from + i}@example.com`);
    const other = await newCustomer(platform);
    const own = await other.uploadWeather();
    const job = await other.done('/v1/solar/analyze', { weather_id: own, system: { dc_capacity_kw: 1 } });
    // As many as a day allows, by reports that are deleted.
    await platform.database.query(
      `INSERT INTO mails (id, org_id, idempotency_key, template, recipient, data, status)
       SELECT 'mail_early' || i, (SELECT org_id FROM jobs WHERE id = $1), 'early/' || i, 'report.ready',
         'early' || i || '@example.com', '{}', 'sent' FROM generate_series(1, 45) i`,
      [job.id],
    );
    const body = (mailTo: readonly string[]) => ({ job_ids: [job.id], template: 'summary', mail_to: mailTo });
    const refused = await other.call('POST', '/v1/reports', body(addresses(0)));
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limit.exceeded', pointer: '/mail_to' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await other.call('GET', '/v1/reports')).body.data).toEqual([]);
    expect((await other.call('POST', '/v1/reports', body(addresses(0).slice(0, 5)))).status).toBe(202);
    expect((await other.call('POST', '/v1/reports', body(addresses(5).slice(0, 1)))).status).toBe(429);
  });
});

test('jobs that cannot be reported are refused at once, by the place of their name', async () => {
  const failed = await call('POST', '/v1/solar/optimize', {
    weather_id: weatherId,
    variables: { tilt_deg: { lower: 5, upper: 50 } },
    method: 'nsga2',
    n_iterations: 2000,
  });
  const refusals = [
    [{ job_ids: ['job_00000000000000000000000000'] }, 404, 'request.not_found'],
    [{ job_ids: [solar.id, wind.id] }, 422, 'report.not_comparable'],
    [{ job_ids: [solar.id, wind.id], template: 'comparison' }, 422, 'report.not_comparable'],
    [{ job_ids: [solar.id], template: 'comparison' }, 422, 'request.invalid'],
    [{ job_ids: [failed.body.id] }, 409, 'job.not_finished'],
    [{ job_ids: [solar.id], system_index: 3 }, 422, 'request.invalid'],
    [{ job_ids: [solar.id], logo_png: Buffer.from('<svg/>').toString('base64') }, 422, 'request.invalid'],
    [{ job_ids: [solar.id], title: '\u4e2d' }, 422, 'request.invalid'],
  ] as const;
  for (const [body, status, code] of refusals)
    expect((await call('POST', '/v1/reports', body)).body).toMatchObject({ status, code });
  await call('POST', `/v1/jobs/${failed.body.id}/cancel`);
  expect((await ended(failed.body.id)).status).toBe('cancelled');
  expect((await call('POST', '/v1/reports', { job_ids: [failed.body.id] })).body).toMatchObject({
    status: 422,
    code: 'report.unusable_job',
  });
});

test('a cancelled report has no files and tells nobody', async () => {
  // The worker sleeps until the request to cancel is there.
  process.kill(platform.workerPid, 'SIGSTOP');
  const accepted = await call('POST', '/v1/reports', { job_ids: [solar.id] });
  await call('POST', `/v1/jobs/${accepted.body.id}/cancel`);
  process.kill(platform.workerPid, 'SIGCONT');
  const job = await ended(accepted.body.id);
  expect(job.status).toBe('cancelled');
  const { data } = (await call('GET', '/v1/reports')).body;
  const report = data.find(({ job_id }: Json) => job_id === job.id);
  expect(report).toMatchObject({ status: 'cancelled', files: [], ready_at: null });
  expect((await call('GET', `/v1/reports/${report.id}/files/pdf`)).status).toBe(404);
  expect(await toldOf(report.id)).toEqual([]);
});
