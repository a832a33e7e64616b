/** The dashboard as people use it: a real Chromium, the built pages, and the platform. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { Job, Site, SolarAnalysis, WindLayoutSearch } from '../../src/client/api.ts';
import { startDashboard } from '../../src/api/dashboard-server.ts';
import { WAKE_MODEL_NAMES } from '../../src/contracts/wind/wake-models.ts';
import { codeOf, stepAt } from '../../src/services/accounts/one-time-code.ts';
import { type FarmEnergy, farmEnergy } from '../../src/services/wind/live-farm.ts';
import { Random } from '../../src/statistics/random.ts';
import { type Browser, hasChromium, openBrowser } from '../support/browser.ts';
import { confirmEmail } from '../support/customer.ts';
import { CLIENT, startIdentityProvider } from '../support/identity-provider.ts';
import { longSearch } from '../support/long-jobs.ts';
import { describeWith } from '../support/needs.ts';
import { sharedPlatform } from '../support/platform.ts';

const { base, database } = await sharedPlatform();

describeWith('chromium', hasChromium)('the dashboard', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const email = `ada-${Date.now()}@example.com`;
  const password = 'correct horse battery';

  /** Sends a request from the page, with its session. */
  const send = <Body>(path: string, init?: RequestInit): Promise<Body> =>
    page.evaluate<Body>(
      `fetch(${JSON.stringify(path)}, ${JSON.stringify(init ?? {})}).then((answer) => answer.json())`,
    );
  const newest = async (path: string): Promise<string> => (await send<{ data: { id: string }[] }>(path)).data[0].id;
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const go = (path: string): Promise<void> => browser.go(path);
  const signIn = async (): Promise<void> => {
    // The page before may have a field of this name too.
    await heading('Sign in').waitFor();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await button(/^Sign in$/).click();
  };

  beforeAll(async () => {
    browser = await openBrowser(base);
    ({ context, page } = browser);
  });
  afterAll(() => browser.close());

  test('a newcomer registers, searches the best design of a plant with the sample weather, and gets a report', async () => {
    await go('/');
    await button('No account yet? Create one').click();
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Organization').fill('Sun Ltd');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await button('Create an account').click();
    await heading('Jobs').waitFor();

    await page.getByRole('link', { name: 'Start a solar design' }).click();
    await button(/^Use the sample weather/).click();
    await button('Start').click();
    await page.getByRole('heading', { name: 'Best design', exact: true }).waitFor();
    expect(await page.getByText('Levelised cost of energy').first().isVisible()).toBe(true);

    await button('Write the report').click();
    const link = page.getByRole('link', { name: /\.pdf$/ });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(
      readFileSync(await download.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  test('the yield that a page shows is the one of the API', async () => {
    await go('/solar');
    await page.getByText('Yield of one design', { exact: true }).click();
    await button('Start').click();
    await page.getByText('Performance ratio').first().waitFor();
    const { result } = await send<SolarAnalysis>(`/v1${new URL(page.url()).pathname}`);
    if (!result || !('systems' in result)) throw new Error('no systems');
    const shown = await page.getByRole('definition').allTextContents();
    const [system] = result.systems;
    expect(shown[1]).toBe(`${Math.round(system.specific_yield_kwh_per_kw).toLocaleString('en-US')} kWh/kW`);
    await page.getByText('Show the numbers as a table').first().click();
    const cells = await page.getByRole('table', { name: 'Energy of each month' }).getByRole('cell').allTextContents();
    expect(cells[1]).toBe(Math.round(system.monthly_energy_kwh[0]).toLocaleString('en-US'));
  });

  test('a broken file gets the reason and what to do; a good one its quality', async () => {
    await go('/weather');
    const drop = async (name: string, content: Buffer): Promise<void> => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Upload a file', exact: true }).click(),
      ]);
      await chooser.setFiles({ name, mimeType: 'text/csv', buffer: content });
    };
    await drop('broken.csv', Buffer.from('this is no weather\n1,2,3\n'));
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('weather.');
    await drop('greensboro.csv.gz', readFileSync('data/weather/723170TYA.CSV.gz'));
    await heading('greensboro.csv.gz').waitFor();
    await page.getByRole('heading', { name: 'Irradiation of each month' }).waitFor();

    await go('/weather');
    const wind = async (name: string, content: Buffer): Promise<void> => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Upload a file of wind').click()]);
      await chooser.setFiles({ name, mimeType: 'text/plain', buffer: content });
    };
    await wind('broken.tab', Buffer.from('this is no wind'));
    await page.getByRole('alert').waitFor();
    await wind('mast.tab', readFileSync('test/fixtures/cases/wind/decimal_comma.tab'));
    await heading('mast.tab').waitFor();
    await page.getByRole('heading', { name: /^Wind rose/ }).waitFor();
  });

  test('a long job shows its progress and is cancelled after a question', async () => {
    const { id } = await send<Job>('/v1/solar/optimize', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(longSearch(await newest('/v1/weather'))),
    });
    expect(id).toMatch(/^job_/);
    await go(`/jobs/${id}`);
    await page.getByText('Designs computed').first().waitFor();
    await button('Cancel the job').click();
    await page
      .getByRole('dialog', { name: 'Cancel this job?' })
      .getByRole('button', { name: 'Cancel the job' })
      .click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
  });

  test('a draft survives the end of the session, in the middle of a form', async () => {
    await go('/solar');
    // The form asks for an estimate of each change.
    await page.getByText(/of compute time; a job has at most/).waitFor();
    const kept = async (): Promise<void> => {
      await signIn();
      await page.getByLabel('DC capacity', { exact: true }).waitFor();
      expect(await page.getByLabel('DC capacity', { exact: true }).inputValue()).toBe('4321 kW');
    };
    await context.clearCookies();
    await page.getByLabel('DC capacity', { exact: true }).fill('4321');
    await page.getByText('Your session has ended').waitFor();
    await kept();
    await context.clearCookies();
    await page.reload();
    await kept();
  });

  test('a site is placed on the map, which needs no other server', async () => {
    const others: string[] = [];
    const note = (request: { url(): string }): void => {
      if (!request.url().startsWith(base) && !request.url().startsWith('blob:') && !request.url().startsWith('data:'))
        others.push(request.url());
    };
    page.on('request', note);
    await go('/sites');
    await page.locator('.maplibregl-canvas').waitFor();
    await page.locator('.maplibregl-canvas').click({ position: { x: 400, y: 150 } });
    await page.getByRole('textbox', { name: 'New site' }).fill('Hill');
    await button('Create').click();
    await page.getByRole('cell', { name: 'Hill' }).waitFor();
    page.off('request', note);
    expect(others).toEqual([]);
  });

  test('a boundary comes from a file or is drawn; a broken file gets the reason', async () => {
    await go('/sites');
    await page.getByRole('link', { name: 'Hill' }).click();
    await heading('Hill').waitFor();
    const upload = async (name: string, content: string): Promise<void> => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Upload a file').click()]);
      await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
    };
    await upload('broken.geojson', '{"type": "Polygon"');
    await page.getByRole('alert').waitFor();
    const { latitude_deg: south, longitude_deg: west, id } = (await send<{ data: Site[] }>('/v1/sites')).data[0];
    const ring = [
      [west, south],
      [west + 0.05, south],
      [west + 0.05, south + 0.04],
      [west, south],
    ];
    await upload('area.geojson', JSON.stringify({ type: 'Polygon', coordinates: [ring] }));
    await button('Remove the area').waitFor();
    await page.getByRole('combobox', { name: 'Area to change' }).click();
    await page.getByRole('option', { name: 'Exclusions' }).click();
    await button('Draw on the map').click();
    for (const [x, y] of [
      [300, 200],
      [340, 200],
      [340, 240],
    ])
      await page.locator('.maplibregl-canvas').click({ position: { x, y } });
    await button('Finish the area (3 corners)').click();
    await button('Draw on the map').waitFor();
    const stored = await send<Site>(`/v1/sites/${id}`);
    expect(stored.boundary).toMatchObject({ type: 'FeatureCollection' });
    expect(stored.exclusions).toMatchObject({ features: [{ geometry: { type: 'Polygon' } }] });
  });

  test('a wind farm goes from a site with a hole to a live layout on the map, and a cancelled search to its best result', async () => {
    await go('/wind');
    await button('Use the sample site in the North Sea').click();
    await page.getByLabel('Number of turbines', { exact: true }).fill('24');
    await button('Start').click();
    await page.waitForURL(/jobs/);
    const path = `/v1${new URL(page.url()).pathname}`;
    await page.getByRole('region', { name: 'Best layout so far' }).waitFor();
    await button('Cancel the job').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the job' }).click();
    await page.getByRole('heading', { name: /^Wind rose/ }).waitFor();
    const { result } = await send<WindLayoutSearch>(path);
    const [hole] = [{ west: 7.822, east: 7.834, south: 55.487, north: 55.493 }];
    const { longitude_deg = [], latitude_deg = [] } = result!.best!.layout;
    expect(longitude_deg).toHaveLength(24);
    longitude_deg.forEach((east, k) => {
      const isInHole =
        east > hole.west && east < hole.east && latitude_deg[k] > hole.south && latitude_deg[k] < hole.north;
      expect(isInHole).toBe(false);
    });
    await page.getByText('Show positions and energy as a table').click();
    const rows = page.getByRole('table', { name: 'Layout' }).getByRole('row');
    expect(await rows.count()).toBe(25);
    expect(await rows.nth(1).getByRole('cell').nth(2).textContent()).toBe(
      Math.round(result!.best!.turbines[0].annual_energy_kwh).toLocaleString('en-US'),
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'windio.yaml' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toContain('wind_farm');
  });

  test('the engine in the browser computes 200 random farms as it does in Node', async () => {
    const random = Random.fromSeed(22);
    const between = (low: number, high: number): number => low + (high - low) * random.uniform();
    const requests = Array.from({ length: 200 }, () => {
      const frequencies = Array.from({ length: 12 }, () => between(0.1, 1));
      const sum = frequencies.reduce((total, frequency) => total + frequency, 0);
      const columns = 1 + Math.floor(between(0, 5));
      const places = Array.from({ length: columns * columns }, (_, k) => [
        between(400, 500) * (k % columns),
        between(400, 500) * Math.floor(k / columns),
      ]);
      return {
        resource: {
          type: 'weibull',
          sectors: frequencies.map((frequency) => ({
            frequency: frequency / sum,
            scale_m_s: between(6, 12),
            shape: between(1.6, 2.8),
          })),
        },
        turbines: [{ id: 'v80' }],
        layout: { x_m: places.map(([x]) => x), y_m: places.map(([, y]) => y + 700 * Math.floor(y / 400)) },
        wake: { model: WAKE_MODEL_NAMES[Math.floor(between(0, WAKE_MODEL_NAMES.length))] },
        turbulence_intensity: between(0.05, 0.15),
        losses_pct: { availability: between(0, 5) },
        bins: { direction_step_deg: 10, speed_step_m_s: 1 },
      };
    });
    const script = readdirSync('dist/web/assets').find((name) => /^worker-.*\.js$/.test(name));
    const answers = await page.evaluate<{ answer?: FarmEnergy; error?: string }[]>(`new Promise((resolve) => {
      const requests = ${JSON.stringify(requests)};
      const worker = new Worker('/assets/${script}', { type: 'module' });
      const answers = [];
      worker.onmessage = ({ data }) => {
        answers[data.id] = data;
        if (Object.keys(answers).length === requests.length) resolve(answers);
      };
      requests.forEach((request, id) => worker.postMessage({ id, kind: 'energy', request }));
    })`);
    answers.forEach(({ answer, error }, k) => {
      expect(error).toBeUndefined();
      const { annualEnergyKwh, wakeLossPct } = farmEnergy(requests[k]);
      expect(Math.abs(answer!.annualEnergyKwh / annualEnergyKwh - 1)).toBeLessThan(1e-9);
      expect(answer!.wakeLossPct).toBeCloseTo(wakeLossPct, 6);
    });
  });

  test('turbines are placed by hand with the energy at once, and the server stores the same; the wake map follows a slider', async () => {
    await go('/wind');
    await page.getByText('Yield of a layout', { exact: true }).click();
    await page.getByLabel('Positions of the turbines').fill('55.485, 7.81\n55.485, 7.82\n55.485, 7.83');
    const live = page.getByText(/^Energy of a year: /);
    await live.waitFor();
    const [, shown] = /^Energy of a year: ([\d.]+ GWh)/.exec((await live.textContent())!)!;
    await button('Start').click();
    await page.getByRole('heading', { name: /^Wind rose/ }).waitFor();
    expect((await page.getByRole('definition').allTextContents())[0]).toBe(shown);
    expect(await page.getByText(/^The engine in this browser computes/).textContent()).toContain(shown);
    const slider = page.getByRole('slider', { name: 'Wind direction' });
    await slider.focus();
    await slider.press('ArrowRight');
    await page.getByText('Wind from 271°').waitFor();
  });

  test('an API key is shown once, works, and is revoked after a question that names it', async () => {
    await go('/keys');
    await page.getByLabel('Name of the new key').fill('Robot');
    await button('Create the key').click();
    const key = await page.getByRole('status').locator('pre').textContent();
    const status = async (): Promise<number> =>
      (await fetch(`${base}/v1/sites`, { headers: { authorization: `Bearer ${key}` } })).status;
    expect(await status()).toBe(200);
    await button('Done').click();
    await button('Revoke').click();
    await page.getByRole('dialog', { name: 'Revoke the key Robot?' }).getByRole('button', { name: 'Revoke' }).click();
    await page.getByText(/^Revoked /).waitFor();
    expect(await status()).toBe(401);
  });

  test('a webhook fails, is retried by a button, and its signature is checked in the browser', async () => {
    const received: { body: string; headers: IncomingHttpHeaders }[] = [];
    const statuses = [410];
    const receiver = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      received.push({ body, headers: request.headers });
      response.writeHead(statuses.shift() ?? 200).end('thanks');
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    try {
      await go('/webhooks');
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
      await page.getByRole('textbox', { name: 'Address' }).fill(url);
      await button('Create the webhook').click();
      const secret = await page.getByRole('status').locator('pre').textContent();
      await button('Done').click();
      await page.getByRole('link', { name: url }).click();
      await button('Send a test event').click();
      const log = page.getByRole('table', { name: 'Deliveries' });
      await log.getByRole('cell', { name: '410' }).waitFor();
      await button('Show').click();
      await page.getByRole('dialog').getByText('webhook.test').first().waitFor();
      await button('Close').click();
      await page.reload();
      await page.getByText('it answered 410 Gone').waitFor();
      await page.getByRole('switch', { name: 'Events are sent' }).click();
      await log.getByRole('button', { name: 'Retry' }).click();
      await log.getByRole('cell', { name: 'Delivered' }).waitFor();

      await page.getByRole('link', { name: 'Webhooks' }).click();
      const [{ body, headers }] = received;
      await page.getByLabel('Secret, whsec_…').fill(String(secret));
      for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
        await page.getByLabel(name).fill(String(headers[name]));
      await page.getByLabel('Body, byte by byte as received').fill(body);
      await page.getByText('The signature is right').waitFor();
      await page.getByLabel('Body, byte by byte as received').fill(`${body} `);
      await page.getByText('The signature is different').waitFor();
    } finally {
      receiver.close();
    }
  });

  test('a person is invited once the address is confirmed; until then the page says what to do', async () => {
    await go('/members');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(`grace-${email}`);
    await button('Send the invitation').click();
    await page.getByRole('alert').getByText('auth.unconfirmed').waitFor();
    await database.query('UPDATE users SET email_confirmed_at = now() WHERE email = $1', [email]);
    await button('Send the invitation').click();
    await page.getByRole('cell', { name: `grace-${email}` }).waitFor();
  });

  test('a second factor is set up with an app, taken when signing in, and ended with a recovery code', async () => {
    await go('/account');
    const part = page.getByRole('form', { name: 'Second factor' });
    const present = part.getByRole('textbox', { name: 'Present password' });
    await present.fill(password);
    await part.getByRole('button', { name: 'Set it up' }).click();
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    expect(await browser.axe()).toEqual([]);
    const secret = (await part.locator('pre').textContent())!;
    const step = stepAt(Date.now());
    await part.getByLabel('Six digits of the app').fill('000000');
    await part.getByRole('button', { name: 'Confirm the code' }).click();
    // A wrong code is no end of the session.
    await part.getByRole('alert').waitFor();
    await part.getByLabel('Six digits of the app').fill(codeOf(secret, step));
    await part.getByRole('button', { name: 'Confirm the code' }).click();
    const codes = (await page.getByRole('status').locator('pre').textContent())!.split('\n');
    expect(codes).toHaveLength(10);
    await button('Done').click();
    await page.getByText('10 codes are left.').waitFor();

    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    await signIn();
    await page.getByLabel('Code').fill(codeOf(secret, step + 1));
    await button(/^Sign in$/).click();
    await heading('Jobs').waitFor();

    await go('/account');
    await present.fill(password);
    await part.getByLabel('Code of the app, or a recovery code').fill(codes[0]);
    await part.getByRole('button', { name: 'End the second factor' }).click();
    await part.getByRole('button', { name: 'Set it up' }).waitFor();
  });

  test('an owner names an identity provider, and people sign in by the button', async () => {
    const local = base.replace('127.0.0.1', 'localhost'); // where the platform has its pages by itself
    const provider = await startIdentityProvider(`${local}/sign-in`, { ada: { email, email_verified: true } });
    const other = await context.newPage();
    try {
      await confirmEmail(database, email);
      await go('/account');
      const part = page.getByRole('form', { name: 'Sign-in with your organization' });
      await part.getByLabel('Issuer').fill(provider.issuer);
      await part.getByLabel('Client ID').fill(CLIENT.client_id);
      await part.getByRole('textbox', { name: 'Client secret' }).fill(CLIENT.client_secret);
      await part.getByRole('button', { name: 'Save' }).click();
      const link = (await page.getByText(/\?organization=org_/).textContent())!;
      expect(await browser.axe()).toEqual([]);

      await other.goto(link);
      await other.getByRole('button', { name: 'Sign in with your organization' }).click();
      await other.locator('input[name=login]').fill('ada');
      await other.locator('input[name=password]').fill('any');
      await other.locator('button[type=submit]').click();
      await other.getByRole('button', { name: 'Continue' }).click();
      await other.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
      expect(other.url()).toBe(`${local}/`);

      const required = page.getByLabel('People sign in only there');
      await go('/account');
      await required.click();
      await page.getByRole('switch', { name: 'People sign in only there', checked: true }).waitFor();
      await required.click();
      await page.getByRole('switch', { name: 'People sign in only there', checked: false }).waitFor();

      await button('Remove the identity provider').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove the identity provider' }).click();
      await page.getByText(/\?organization=org_/).waitFor({ state: 'detached' });
      await other.reload();
      await other.getByRole('button', { name: /^Sign in$/ }).waitFor();
      await other.goto(`${local}/sign-in?code=a&state=b`);
      await other.getByText('this browser began no such sign-in').waitFor();
    } finally {
      await other.close();
      await provider.stop();
    }
  });

  test('components are found, uploaded and deleted; a budget shows what is used', async () => {
    await go('/library?part=turbines');
    await page.getByText('Turbine of your own').click();
    await page.getByLabel('Name').fill('Own 5 MW');
    await page.getByLabel('Rotor diameter', { exact: true }).fill('140');
    await page.getByLabel('Hub height', { exact: true }).fill('100');
    await page.getByLabel('Power curve').fill('3 0 0.8\n12 5000 0.7\n25 5000 0.1\n');
    await button('Create').click();
    await page.getByText('Stored: Own 5 MW').waitFor();
    await page.getByRole('link', { name: 'Own 5 MW' }).click();
    await heading('Own 5 MW').waitFor();
    await page.getByRole('rowheader', { name: 'rotor_diameter_m' }).waitFor();
    await go('/library');
    await page.setInputFiles('input[type=file]', {
      name: 'broken.PAN',
      mimeType: 'text/plain',
      buffer: Buffer.from('PVObject_=pvModule\n'),
    });
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Search').fill('Canadian Solar');
    await page
      .getByRole('link', { name: /^Canadian Solar/ })
      .first()
      .click();
    await page
      .getByText(/Current and power by voltage/)
      .first()
      .waitFor();

    await go('/usage');
    await page.getByLabel('Amount a month', { exact: true }).fill('500');
    await button('Create a budget').click();
    const row = page.getByRole('row', { name: /Compute time \[s\] .* of 500/ });
    await row.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await row.waitFor({ state: 'detached' });
  });

  test('an organization that is deleted leaves a page that says what became of its data', async () => {
    await go('/');
    await button('Sign out').click();
    await button('No account yet? Create one').click();
    await page.getByLabel('E-mail').fill(`leaver-${Date.now()}@example.com`);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByLabel('Your name').fill('Lea');
    await page.getByLabel('Organization').fill('Leavers');
    await button('Create an account').click();
    await heading('Jobs').waitFor();
    await go('/account');
    await page.getByLabel('Name of the organization').last().fill('Leavers');
    await button('Delete the organization').click();
    await heading('Deletion of an organization').waitFor();
    await page.getByText('has been deleted.').waitFor();
    await go('/');
    await signIn();
    await heading('Jobs').waitFor();
  });

  test('every page is without faults for readers of all kinds, light and wide, dark and narrow, in both languages', async () => {
    const job = await newest('/v1/jobs?kind=solar-optimize&status=succeeded');
    const farm = await newest('/v1/jobs?kind=wind-optimize');
    const weather = await newest('/v1/weather');
    const module = await newest('/v1/modules?search=Canadian');
    const found = await browser.faultsOfPages([
      '/',
      '/solar',
      '/weather',
      `/weather/${weather}`,
      '/sites',
      `/sites/${await newest('/v1/sites')}`,
      '/wind',
      '/reports',
      `/jobs/${job}`,
      `/jobs/${farm}`,
      '/usage',
      '/webhooks',
      `/webhooks/${await newest('/v1/webhooks')}`,
      '/keys',
      '/members',
      '/audit',
      '/compare',
      '/library',
      '/library?part=turbines',
      `/modules/${encodeURIComponent(module)}`,
      '/account',
      '/nowhere',
    ]);
    await go('/');
    await button('Deutsch').click();
    await heading('Aufträge').waitFor();
    expect(found).toEqual([]);
  });

  test('the first page loads at most 250 kB of compressed script', async () => {
    await go('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const sizes = await page.evaluate<number[]>(
      `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map((one) => one.encodedBodySize)`,
    );
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(250_000);
  });

  test('an address of the API that leads nowhere is not a page', async () => {
    const statusOf = async (path: string): Promise<number> =>
      (await fetch(`${base}${path}`, { headers: { accept: 'text/html' } })).status;
    expect(await Promise.all(['/nowhere', '/v1/nowhere', '/docs/nowhere', '/assets/nowhere.js'].map(statusOf))).toEqual(
      [200, 404, 404, 404],
    );
  });

  test('a server of its own serves the pages and hands everything else to the API, sessions and streams too', async () => {
    const server = await startDashboard(base, 0, '127.0.0.1');
    const away = await startDashboard('http://127.0.0.1:9', 0, '127.0.0.1');
    const addressOf = (one: typeof server): string => `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
    try {
      const own = addressOf(server);
      const html = await fetch(`${own}/wind`, { headers: { accept: 'text/html' } });
      expect([html.status, await html.text()]).toEqual([200, expect.stringContaining('<div id="root">')]);
      expect(html.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'");
      const login = await fetch(`${own}/v1/auth/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: own },
        body: JSON.stringify({ email, password }),
      });
      expect(login.status).toBe(200);
      const cookie = login.headers.get('set-cookie')!.split(';')[0];
      const jobs = (await (await fetch(`${own}/v1/jobs?limit=1`, { headers: { cookie } })).json()) as { data: Job[] };
      const events = await fetch(`${own}/v1/jobs/${jobs.data[0].id}/events`, { headers: { cookie } });
      expect(await events.text()).toContain('event: job.succeeded');
      const lost = await fetch(`${addressOf(away)}/v1/me`);
      expect([lost.status, await lost.json()]).toEqual([503, expect.objectContaining({ code: 'service.unavailable' })]);
    } finally {
      server.close();
      away.close();
    }
  });

  test('no page has thrown, and none has broken the content security policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
