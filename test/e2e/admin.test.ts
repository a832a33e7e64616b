/** Administrators of the platform by HTTP and by the command line, with two API processes: they see and act on all organizations. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { codeOf, stepAt } from '../../src/services/accounts/one-time-code.ts';
import { type Customer, type Json, newCustomer } from '../support/customer.ts';
import { type Browser, hasChromium, openBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { foreignCursors } from '../support/foreign-cursors.ts';
import { describeWith } from '../support/needs.ts';
import { type Platform, startPlatform } from '../support/platform.ts';

const SECRET_KEY = 'a secret of this test, of more than 32 characters';
const EMAIL = 'root@example.com';
let platform: Platform;
let customer: Customer;
let orgId: string;
let password: string;
let secret: string;
let token: string;

const idOf = async ({ token: as }: Customer): Promise<string> =>
  (await customer.call('GET', '/v1/me', undefined, { as })).body.organization.id;
const call = (method: string, path: string, body?: unknown, as: string | null = token) =>
  customer.call(method, path, body, { as });
/** Runs `tessellate`. */
const cli = async (...args: string[]): Promise<{ status: number | null; text: string }> => {
  const { status, output } = await platform.tessellate(...args);
  return { status, text: output };
};
/** Refused by whichever of the processes answers */
const answers = async (as: string, n = 20): Promise<string[]> => {
  const all = Array.from({ length: n }, () => call('GET', '/v1/organization', undefined, as));
  return [...new Set((await Promise.all(all)).map(({ status, body }) => `${status} ${body.code ?? ''}`.trim()))];
};
const login = (code: string, with_ = password) =>
  call('POST', '/v1/admin/session', { email: EMAIL, password: with_, code }, null);
/** The newest entries of the audit log by this administrator */
const acts = async (): Promise<Json[]> => (await call('GET', '/v1/admin/audit-events?limit=200')).body.data;

beforeAll(async () => {
  platform = await startPlatform({
    SECRET_KEY,
    WORKERS: '2',
    WEBHOOK_ALLOW_LOOPBACK: 'true',
    RATE_LIMIT_DEFAULT: '100000',
  });
  await platform.startAll();
  customer = await newCustomer(platform);
  orgId = (await call('GET', '/v1/me', undefined, customer.token)).body.organization.id;
  const created = await cli('admin', 'create', EMAIL, 'Root');
  expect([created.status, created.text]).toEqual([0, expect.stringContaining('is an administrator')]);
  password = /password +(\S+)/.exec(created.text)![1];
  secret = /secret=([A-Z2-7]+)/.exec(created.text)![1];
});
afterAll(async () => {
  await platform?.stop();
});

test('an administrator logs in with password and code, each code once, and customers are none', async () => {
  const step = stepAt(Date.now());
  expect((await login('000000x')).body.code).toBe('auth.invalid');
  expect((await login(codeOf(secret, step + 5))).body.code).toBe('auth.invalid');
  expect((await login(codeOf(secret, step), 'wrong')).body.code).toBe('auth.invalid');
  const { status, body } = await login(codeOf(secret, step));
  expect([status, body.administrator?.email]).toEqual([201, EMAIL]);
  expect((await login(codeOf(secret, step))).body.code).toBe('auth.invalid');
  token = body.token;
  expect((await call('GET', '/v1/admin/organizations', undefined, customer.token)).status).toBe(401);
  expect((await call('GET', '/v1/organization')).status).toBe(401);
  expect((await cli('admin', 'list')).text).toContain(EMAIL);
  const again = await cli('admin', 'create', EMAIL, 'Root');
  expect([again.status, again.text]).toEqual([1, expect.stringContaining('is an administrator already')]);
});

test('organizations, people, keys, jobs, flags, usage and objectives are listed', async () => {
  const job = await customer.done('/v1/solar/analyze', {
    weather_id: await customer.uploadWeather(),
    system: { dc_capacity_kw: 10 },
  });
  const found = (await call('GET', `/v1/admin/organizations?search=${customer.email.slice(0, 20)}`)).body.data;
  expect(found).toMatchObject([
    { id: orgId, plan: 'free', suspended_at: null, n_people: 1, n_keys: 1, n_open_jobs: 0 },
  ]);
  const people = (await call('GET', `/v1/admin/people?email=${customer.email.toUpperCase()}`)).body.data;
  expect(people).toMatchObject([{ organization_id: orgId, role: 'owner' }]);
  expect((await call('GET', `/v1/admin/api-keys?organization_id=${orgId}`)).body.data).toHaveLength(1);
  expect((await call('GET', `/v1/admin/jobs?organization_id=${orgId}`)).body.data).toMatchObject([{ id: job.id }]);
  const flags = (await call('GET', '/v1/admin/flags')).body.data;
  expect(flags).toContainEqual({ name: 'ENABLE_WEBHOOKS', is_on: true });
  const used = (await call('GET', '/v1/admin/usage')).body.data;
  expect(used).toContainEqual({ organization_id: orgId, metric: 'jobs', amount: 1 });
  expect((await call('GET', '/v1/admin/slo')).body.objectives.length).toBeGreaterThan(3);

  const again = await call('POST', `/v1/admin/jobs/${job.id}/run-again`);
  expect(again.status).toBe(202);
  const repeated = await customer.ended(again.body.job_id);
  expect([repeated.result, repeated.seed]).toEqual([job.result, job.seed]);
  expect((await call('POST', `/v1/admin/jobs/${job.id}/cancel`)).body.code).toBe('job.already_finished');
  // A test stays one: nobody pays for it.
  await platform.database.query('UPDATE jobs SET is_test = true WHERE id = $1', [job.id]);
  const tested = await call('POST', `/v1/admin/jobs/${job.id}/run-again`);
  expect((await customer.ended(tested.body.job_id)).is_test).toBe(true);
});

test('a suspended organization is refused within a second by every process, its streams end, and a resumed one is admitted again', async () => {
  await platform.kill('worker', 'SIGTERM');
  const id = (
    await platform.database.query<{ id: string }>('SELECT id FROM jobs WHERE org_id = $1 LIMIT 1', [orgId])
  )[0].id;
  await platform.database.query(`UPDATE jobs SET status = 'queued', ended_at = NULL WHERE id = $1`, [id]);
  await platform.database.query(`DELETE FROM job_events WHERE job_id = $1 AND type <> 'job.queued'`, [id]);
  const streams = await Promise.all(
    [customer.key, customer.token, customer.key, customer.token].map(async (as) =>
      fetch(`${platform.base}/v1/jobs/${id}/events`, {
        headers: { authorization: `Bearer ${as}`, connection: 'close' },
      }),
    ),
  );
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const texts = streams.map((stream) => stream.text());
  expect(await answers(customer.token)).toEqual(['200']);
  const suspended = await call('POST', `/v1/admin/organizations/${orgId}/suspend`, { suspension_reason: 'unpaid' });
  const since = Date.now();
  expect(suspended.body).toMatchObject({ suspension_reason: 'unpaid', suspended_at: expect.any(String) });
  await eventually(
    async () => ((await answers(customer.token, 8)).join() === '403 organization.suspended' ? true : undefined),
    'refusal',
  );
  await Promise.all(texts);
  expect(Date.now() - since).toBeLessThan(5_000);
  const [{ late }] = await platform.database.query<{ late: boolean }>(
    `SELECT clock_timestamp() - created_at > interval '1 second' AS late FROM suspensions WHERE org_id = $1`,
    [orgId],
  );
  process.stdout.write(`refused everywhere after ${Date.now() - since} ms, late: ${late}\n`);
  expect(await answers(customer.key)).toEqual(['403 organization.suspended']);
  expect((await call('GET', '/v1/admin/organizations?status=suspended')).body.data).toMatchObject([{ id: orgId }]);
  expect((await cli('admin', 'resume', orgId)).status).toBe(0);
  await eventually(
    async () => ((await answers(customer.key, 8)).join() === '403 auth.forbidden' ? true : undefined),
    'resumption',
  );
  expect(await cli('admin', 'suspend', 'org_none', 'x')).toMatchObject({
    status: 1,
    text: expect.stringContaining('No organization'),
  });
});

test('every list of administrators refuses the cursor of a list of other things', async () => {
  const { nLists, taken } = await foreignCursors(call, (path) => path.startsWith('/v1/admin/'));
  expect(nLists).toBeGreaterThanOrEqual(5);
  expect(taken).toEqual({});
});

test('plans, keys, logins and limits: what an administrator changes takes effect, and has its entry', async () => {
  const plan = {
    id: 'team',
    name: 'Team',
    n_requests_per_minute: 50,
    n_burst_requests: 0,
    n_organization_requests_per_minute: null,
  };
  const rest = {
    n_open_jobs: 2,
    monthly_compute_s: null,
    n_retention_days: null,
    fairness_weight: 2,
    features: ['webhooks'],
    stripe_price_id: null,
  };
  expect((await call('POST', '/v1/admin/plans', { ...plan, ...rest })).status).toBe(201);
  expect((await call('POST', '/v1/admin/plans', { ...plan, ...rest })).body.code).toBe('request.conflict');
  expect((await call('PATCH', `/v1/admin/organizations/${orgId}`, { plan: 'none' })).body.pointer).toBe('/plan');
  expect((await call('PATCH', `/v1/admin/organizations/${orgId}`, { plan: 'team' })).body.plan).toBe('team');
  expect((await call('PATCH', '/v1/admin/plans/team', { n_open_jobs: 3 })).body).toMatchObject({
    n_open_jobs: 3,
    name: 'Team',
  });
  const limits = await eventually(async () => {
    const { body } = await call('GET', '/v1/organization', undefined, customer.token);
    return body.limits.n_open_jobs === 3 ? body.limits : undefined;
  }, 'the plan');
  expect(limits.id).toBe('team');
  const person = (await call('GET', `/v1/admin/people?email=${customer.email}`)).body.data[0];
  const counter = `/v1/admin/rate-limits?policy=default&caller=${person.id}`;
  expect((await call('GET', counter)).body).toMatchObject({ n_counted: expect.any(Number) });
  expect((await call('DELETE', counter)).status).toBe(204);
  const made = await call('POST', '/v1/api-keys', { name: 'k' }, customer.token);
  expect((await call('DELETE', `/v1/admin/api-keys/${made.body.id}`)).status).toBe(204);
  expect((await call('POST', `/v1/admin/people/${person.id}/end-logins`)).status).toBe(204);
  await eventually(
    async () => ((await answers(customer.token, 8)).join() === '401 auth.invalid' ? true : undefined),
    'the end',
  );
  const missing = `usr_${'0'.repeat(26)}`;
  expect((await call('POST', `/v1/admin/people/${missing}/end-logins`)).body.code).toBe('request.not_found');
  const done = (await acts()).filter(({ actor_kind }) => actor_kind === 'administrator');
  expect(done.map(({ type, organization_id }) => [type, organization_id])).toEqual([
    ['auth.logout_everywhere', orgId],
    ['api_key.revoked', orgId],
    ['rate_limit.cleared', 'platform'],
    ['plan.changed', 'platform'],
    ['organization.plan_changed', orgId],
    ['plan.created', 'platform'],
    ['organization.suspended', orgId],
    ['job.run_again', orgId],
    ['job.run_again', orgId],
  ]);
  expect(done.every(({ actor_id, personal }) => /^adm_/.test(actor_id) && personal.address)).toBe(true);
});

test('a delivery that failed starts again', async () => {
  const { body } = await customer.call('POST', '/v1/webhooks', { url: `${platform.base}/health` });
  const delivery = (await customer.call('POST', `/v1/webhooks/${body.id}/test`)).body;
  await platform.database.query(`UPDATE webhook_deliveries SET status = 'failed', ended_at = now() WHERE id = $1`, [
    delivery.id,
  ]);
  expect((await call('GET', '/v1/admin/deliveries?status=failed')).body.data).toMatchObject([{ id: delivery.id }]);
  expect((await call('POST', `/v1/admin/deliveries/${delivery.id}/retry`)).status).toBe(204);
  expect((await acts())[0]).toMatchObject({ type: 'delivery.retried', target_id: delivery.id });
});

test('the export has every row and file of the organization, and no secret', async () => {
  const theirs = await newCustomer(platform);
  await platform.database.query(`UPDATE organizations SET plan = 'pro' WHERE id = $1`, [await idOf(theirs)]);
  const as = theirs.token;
  await platform.startWorker();
  const job = await theirs.done('/v1/solar/analyze', {
    weather_id: await theirs.uploadWeather(),
    system: { dc_capacity_kw: 10 },
  });
  const report = await theirs.done('/v1/reports', { job_ids: [job.id] });
  await call('POST', '/v1/sites', { name: 'S', latitude_deg: 1, longitude_deg: 2 }, as);
  const hook = (
    await call('POST', '/v1/webhooks', { url: `${platform.base}/health`, headers: { 'x-a': 'header-secret' } }, as)
  ).body;
  expect((await call('GET', '/v1/organization/export', undefined, theirs.key)).body.code).toBe('auth.forbidden');
  const zip = await call('GET', '/v1/organization/export', undefined, as);
  expect([zip.status, zip.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const files = unzipSync(new Uint8Array(zip.bytes));
  const text = (name: string): string => Buffer.from(files[name]).toString();
  const rows = (name: string): Json[] =>
    text(name)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  expect(rows('organization.jsonl')).toMatchObject([{ id: await idOf(theirs), plan: 'pro' }]);
  expect(rows('people.jsonl')).toMatchObject([{ email: theirs.email, role: 'owner' }]);
  expect(rows('jobs.jsonl').map(({ id }) => id)).toEqual([job.id, report.id]);
  expect(rows('jobs.jsonl')[0]).toMatchObject({
    result: job.result,
    events: expect.arrayContaining([expect.objectContaining({ type: 'job.succeeded' })]),
  });
  for (const name of ['sites', 'weather', 'webhooks', 'api-keys', 'logins', 'reports'])
    expect([name, rows(`${name}.jsonl`).length]).toEqual([name, 1]);
  expect(rows('audit-events.jsonl').map(({ type }) => type)).toContain('site.created');
  const series = await call('GET', `/v1/jobs/${job.id}/series/system-1?format=csv`, undefined, as);
  expect(text(`jobs/${job.id}/system-1.csv`)).toBe(series.body);
  expect(Object.keys(files).filter((name) => /^reports\/rpt_.*\.pdf$/.test(name))).toHaveLength(1);
  expect(Object.keys(files).filter((name) => /^weather\/wth_\w+\.csv$/.test(name))).toHaveLength(1);
  const all = Object.values(files)
    .map((bytes) => Buffer.from(bytes).toString('latin1'))
    .join('\n');
  const secrets = await platform.database.query<{ hash: string }>(
    `SELECT encode(key_hash, 'hex') AS hash FROM api_keys WHERE id IN (SELECT id FROM api_keys WHERE org_id = $1)`,
    [await idOf(theirs)],
  );
  for (const secret of ['argon2', 'header-secret', hook.secret, theirs.key, ...secrets.map(({ hash }) => hash)])
    expect([secret, all.includes(secret)]).toEqual([secret, false]);
});

test('a deleted organization leaves what the law keeps, under its id only, and a report of all that went', async () => {
  const theirs = await newCustomer(platform);
  const id = await idOf(theirs);
  const as = theirs.token;
  const job = await theirs.done('/v1/solar/analyze', {
    weather_id: await theirs.uploadWeather(),
    system: { dc_capacity_kw: 10 },
  });
  await call('POST', '/v1/sites', { name: 'S', latitude_deg: 1, longitude_deg: 2 }, as);
  const single = await theirs.done('/v1/solar/analyze', {
    weather_id: await theirs.uploadWeather(),
    system: { dc_capacity_kw: 1 },
  });
  expect((await call('DELETE', `/v1/jobs/${single.id}`, undefined, as)).status).toBe(204);
  expect((await call('GET', `/v1/jobs/${single.id}`, undefined, as)).body.code).toBe('request.not_found');
  const ask = (body: object, credentials = as) => call('POST', '/v1/organization/deletion', body, credentials);
  expect((await ask({ name: 'Another' })).body.pointer).toBe('/name');
  expect((await ask({ name: 'Org' }, theirs.key)).body.code).toBe('auth.forbidden');
  const asked = await ask({ name: 'Org' });
  expect([asked.status, asked.body.status]).toEqual([202, 'running']);
  await eventually(
    async () => ((await answers(as, 8)).join() === '403 organization.suspended' ? true : undefined),
    'suspension',
  );
  expect((await cli('ops', 'schedules', '--run', 'delete-organizations')).status).toBe(0);
  const report: Json = await eventually(async () => {
    const { body } = await call('GET', `/v1/deletions/${asked.body.id}`, undefined, null);
    return body.status === 'ended' ? body : undefined;
  }, 'the deletion');
  expect(report).toMatchObject({ organization_id: id, stripe_customer_id: null });
  expect(report.deleted).toMatchObject({
    jobs: 1,
    weather_datasets: 2,
    sites: 1,
    users: 1,
    api_keys: 1,
    organizations: 1,
    webhooks: 0,
  });
  expect(report.retained.map(({ table }: Json) => table)).toEqual(['usage_hours', 'audit_events']);
  const tables = await platform.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'org_id' ORDER BY 1`,
  );
  const left: string[] = [];
  for (const { name } of tables)
    if ((await platform.database.query(`SELECT 1 FROM ${name} WHERE org_id = $1 LIMIT 1`, [id])).length > 0)
      left.push(name);
  // The last calls before the deletion may be stored after it.
  expect(left.filter((name) => name !== 'usage_records')).toEqual([
    'audit_events',
    'audit_links',
    'deletions',
    'usage_hours',
  ]);
  expect(await platform.database.query('SELECT 1 FROM job_series WHERE job_id = $1', [job.id])).toEqual([]);
  const used = await platform.database.query(
    'SELECT caller FROM usage_hours WHERE org_id = $1 UNION SELECT caller FROM usage_records WHERE org_id = $1',
    [id],
  );
  expect(used).toEqual([{ caller: 'deleted' }]);
  expect(await answers(as)).toEqual(['401 auth.invalid']);
  const verified = await cli('audit', 'verify', '--org', id);
  expect(verified.text).toMatch(/The audit log is whole: \d+ entries, [1-9]\d* of them erased/);
});

test('an administrator ends a second factor that is lost', async () => {
  const theirs = await newCustomer(platform);
  const own = (path: string, body: object) => call('POST', `/v1/auth/second-factor${path}`, body, theirs.token);
  const begun = await own('', { current_password: 'a long password' });
  await own('/confirm', { one_time_code: codeOf(begun.body.secret, stepAt(Date.now())) });
  const find = async (): Promise<Json> => (await call('GET', `/v1/admin/people?email=${theirs.email}`)).body.data[0];
  const { id, organization_id, has_second_factor } = await find();
  expect(has_second_factor).toBe(true);
  const end = () => call('DELETE', `/v1/admin/people/${id}/second-factor`);
  expect([(await end()).status, (await end()).body.code]).toEqual([204, 'request.not_found']);
  expect((await find()).has_second_factor).toBe(false);
  const entry = { type: 'auth.second_factor_ended', target_id: id, organization_id, actor_kind: 'administrator' };
  expect(await acts()).toContainEqual(expect.objectContaining(entry));
});

describeWith('chromium', hasChromium)('the pages of administrators', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(platform.base);
  });
  afterAll(() => browser.close());

  test('an administrator signs in, suspends and resumes an organization, changes plans, cancels and repeats jobs', async () => {
    const { page, go, faultsOfPages, faults } = browser;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const heading = (name: string) => page.getByRole('heading', { level: 1, name });
    await go('/admin/organizations');
    const sign = async (code: string): Promise<void> => {
      await page.getByLabel('E-mail').fill(EMAIL);
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
      await page.getByLabel('Code').fill(code);
      await button('Sign in').click();
    };
    await sign('000000');
    await page.getByRole('alert').getByText('auth.invalid').waitFor();
    // The code of this step has been used; the next one is accepted too.
    await sign(codeOf(secret, stepAt(Date.now()) + 1));
    await heading('Organizations').waitFor();
    expect(await page.evaluate('document.cookie')).toBe('');

    const theirs = await newCustomer(platform);
    const id = await idOf(theirs);
    await page.getByLabel('Name, id or address of a person').fill(theirs.email);
    await page.getByRole('cell', { name: '0', exact: true }).first().waitFor();
    await page.goto(`${platform.base}/admin/organizations/${id}`);
    await page.getByLabel('Reason').fill('invoices are open');
    await button('Suspend the organization').click();
    await page.getByText('invoices are open').waitFor();
    await eventually(
      async () => ((await answers(theirs.token, 4)).join() === '403 organization.suspended' ? true : undefined),
      'suspension',
    );
    await button('End the suspension').click();
    await page.getByRole('dialog').getByRole('button', { name: 'End the suspension' }).click();
    await button('Suspend the organization').waitFor();

    await go('/admin/plans');
    await button('New plan').click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Id' }).fill('trial');
    await form.getByRole('textbox', { name: 'Name' }).fill('Trial');
    await form.getByLabel('Jobs at a time', { exact: true }).fill('2');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('rowheader', { name: 'Trial' }).waitFor();
    expect((await call('GET', '/v1/admin/plans')).body.data).toContainEqual(
      expect.objectContaining({ id: 'trial', n_open_jobs: 2, n_requests_per_minute: null, fairness_weight: 1 }),
    );

    const job = await theirs.done('/v1/solar/analyze', {
      weather_id: await theirs.uploadWeather(),
      system: { dc_capacity_kw: 10 },
    });
    await go('/admin/jobs');
    await page.getByRole('row').filter({ hasText: job.id }).getByRole('button', { name: 'Run again' }).click();
    const repeated = await eventually(async () => {
      const { data } = (await call('GET', `/v1/admin/jobs?organization_id=${id}`)).body;
      return data.length === 2 ? data[0].id : undefined;
    }, 'the second job');
    await theirs.ended(repeated);

    await go('/admin/limits');
    await page.getByLabel('Caller').fill(id);
    await page.getByLabel('Limit', { exact: true }).first().click();
    await page.getByRole('option', { name: 'Of an organization' }).click();
    await button('Read the counter').click();
    await button('Clear the counter').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Clear the counter' }).click();
    await page.getByText('Nothing counts at present.').waitFor();

    const paths = [
      '',
      'organizations',
      `organizations/${id}`,
      'people',
      'keys',
      'jobs',
      'deliveries',
      'limits',
      'plans',
    ];
    const found = await faultsOfPages(
      [...paths, 'experiments', 'usage', 'audit'].map((path) => `/admin/${path}`.replace(/\/$/, '')),
    );
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    await heading('Sign in as an administrator of the platform').waitFor();
  });

  test('a session of an administrator accepts no change from a page of another site', async () => {
    const send = (path: string, headers: Record<string, string>, body: object) =>
      fetch(`${platform.base}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const login = await send('/v1/admin/browser-session', {}, { email: EMAIL, password, code: '000000' });
    expect(login.status).toBe(401);
    // A session of the table stands for the one of a browser: its code cannot be used twice in this test.
    const answer = await send(
      `/v1/admin/organizations/${orgId}/suspend`,
      { cookie: `tessellate_admin=${token}`, origin: 'https://elsewhere.example' },
      { suspension_reason: 'none' },
    );
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('auth.cross_site')]);
  });
});

test('a removed administrator is refused at once, and a login ends', async () => {
  expect((await cli('admin', 'remove', EMAIL)).status).toBe(0);
  expect((await call('GET', '/v1/admin/organizations')).body.code).toBe('auth.invalid');
  const verified = await cli('audit', 'verify');
  expect([verified.status, verified.text]).toEqual([0, expect.stringContaining('The audit log is whole')]);
});
