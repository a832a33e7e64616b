/** Habits of the dashboard: what can be undone is undone, units are those of the reader, and a job is estimated before it starts. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Site, SolarDesignSearch, WindAnalysis } from '../../src/client/api.ts';
import { type Browser, hasChromium, openBrowser } from '../support/browser.ts';
import { PASSWORD, register } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { describeWith } from '../support/needs.ts';
import { sharedPlatform } from '../support/platform.ts';

const { base } = await sharedPlatform();

describeWith('chromium', hasChromium)('the dashboard', () => {
  let browser: Browser;
  let page: Page;
  let site: Site;

  /** Sends a request from the page, with its session. */
  const send = <Body>(method: string, path: string, body?: object): Promise<Body> =>
    page.evaluate<Body>(
      `fetch(${JSON.stringify(path)}, ${JSON.stringify({
        method,
        ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })}).then((answer) => answer.json())`,
    );
  const stored = (): Promise<Site> => send('GET', `/v1/sites/${site.id}`);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const field = (name: string) => page.getByLabel(name, { exact: true });
  const go = (path: string): Promise<void> => browser.go(path);

  beforeAll(async () => {
    browser = await openBrowser(base);
    ({ page } = browser);
    const { email } = await register(base);
    await go('/');
    await send('POST', '/v1/auth/session', { email, password: PASSWORD });
    site = await send('POST', '/v1/sites', {
      name: 'Meadow',
      latitude_deg: 52.5,
      longitude_deg: 9.5,
      boundary: {
        type: 'Polygon',
        coordinates: [
          [
            [9.5, 52.5],
            [9.52, 52.5],
            [9.52, 52.51],
            [9.5, 52.51],
            [9.5, 52.5],
          ],
        ],
      },
    });
  });
  afterAll(() => browser.close());

  test('an area that is removed comes back by undo, from another page too; the notice leaves after ten seconds', async () => {
    const { boundary } = await stored();
    await go(`/sites/${site.id}`);
    await button('Remove the area').click();
    const notice = page.getByText('Boundary of Meadow: removed.');
    await notice.waitFor();
    expect(await browser.axe()).toEqual([]);
    expect((await stored()).boundary).toBeNull();
    await page.getByRole('link', { name: 'Weather' }).click();
    await button('Undo').click();
    await notice.waitFor({ state: 'detached' });
    expect((await stored()).boundary).toEqual(boundary);

    await go(`/sites/${site.id}`);
    await button('Draw on the map').click();
    await page.locator('.maplibregl-canvas').click({ position: { x: 300, y: 200 } });
    const shownAt = await page.evaluate<number>('performance.now()');
    await button('Stop drawing').click();
    const dropped = page.getByText('The drawing with 1 corner is dropped.');
    await dropped.waitFor();
    await page.mouse.move(0, 0);
    await dropped.waitFor({ state: 'detached' });
    expect((await page.evaluate<number>('performance.now()')) - shownAt).toBeGreaterThan(9_900);
  });

  test('turbines that are removed and a form that is cleared come back by undo', async () => {
    await go(`/wind?site=${site.id}`);
    await page.getByText('Yield of a layout', { exact: true }).click();
    const positions = page.getByLabel('Positions of the turbines');
    const lines = '52.505, 9.505\n52.505, 9.515';
    await positions.fill(lines);
    await button('Remove all turbines').click();
    expect(await positions.inputValue()).toBe('');
    await button('Undo').click();
    expect(await positions.inputValue()).toBe(lines);

    await page.locator('.maplibregl-canvas').click({ position: { x: 380, y: 120 } });
    await eventually(
      async () => (await positions.inputValue()).split('\n').length === 3 || undefined,
      'a third turbine',
    );
    await page.locator('.maplibregl-canvas').click({ position: { x: 380, y: 120 } });
    await page.getByText('A turbine is removed.').waitFor();
    expect(await positions.inputValue()).toBe(lines);

    await go('/solar');
    await field('DC capacity').fill('4321');
    await page.getByRole('radio', { name: 'Roof of a house, 8 kW' }).click();
    await page.getByText('The preset has replaced what you had entered: DC capacity.').waitFor();
    await button('Undo').click();
    expect(await field('DC capacity').inputValue()).toBe('4321 kW');
    await button('Clear the form').click();
    expect(await field('DC capacity').inputValue()).toBe('1000 kW');
    await button('Undo').click();
    expect(await field('DC capacity').inputValue()).toBe('4321 kW');
  });

  test('numbers are shown and typed in the units that were chosen, and stored in those of the API', async () => {
    await go('/library?part=turbines');
    await button(/^Use imperial units/).click();
    await page.getByText('Turbine of your own').click();
    await page.getByLabel('Name').fill('Own 2 MW');
    await field('Rotor diameter').fill('300.5');
    await field('Hub height').fill('250');
    expect(await field('Rotor diameter').inputValue()).toBe('300.5 ft');
    await page.getByLabel('Power curve').fill('3 0 0.8\n12 2000 0.7\n25 2000 0.1\n');
    await button('Create').click();
    await page.getByText('Stored: Own 2 MW').waitFor();
    const { data } = await send<{ data: { id: string }[] }>('GET', '/v1/wind/turbines?search=Own');
    expect(data[0]).toMatchObject({ rotor_diameter_m: 91.5924, hub_height_m: 76.2 });
    const row = page.getByRole('row', { name: /^Own 2 MW/ });
    await row.getByRole('cell', { name: '300.5 ft' }).waitFor();

    await go('/wind');
    await page.getByRole('columnheader', { name: 'Scale A [mph]' }).waitFor();
    await field('Scale A, 0°').fill('20');
    expect(await browser.axe()).toEqual([]);
    await button(/^Use metric units/).click();
    expect(await field('Scale A, 0°').inputValue()).toBe('8.9408');
    await page.getByRole('columnheader', { name: 'Scale A [m/s]' }).waitFor();
  });

  test('a form says what its job would take; what is too large is refused before it starts, with what to lower', async () => {
    await go('/solar');
    await button(/^Use the sample weather/).click();
    await page.getByText(/^About .* of compute time; a job has at most .* It computes [\d,]+ designs\.$/).waitFor();

    await go(`/wind?site=${site.id}`);
    await page.getByText('Search the best layout', { exact: true }).click();
    await page.getByText(/of compute time; a job has at most/).waitFor();
    await page.getByRole('combobox', { name: 'Wake model' }).click();
    await page.getByRole('option', { name: 'FLORIS Gauss-curl hybrid' }).click();
    await field('Steps of each search').fill('1000000');
    const refusal = page.getByRole('alert').filter({ hasText: 'job.too_large' });
    await refusal.getByText(/^Lower n_iterations from 1000000 to at most \d+/).waitFor();
    await field('Steps of each search').fill('');
    await refusal.waitFor({ state: 'detached' });
  });

  test('the rows of a design are drawn to scale, from the side and on the land of its site', async () => {
    const [{ id: weather_id }] = (await send<{ data: { id: string }[] }>('GET', '/v1/weather')).data;
    const { id } = await send<SolarDesignSearch>('POST', '/v1/solar/optimize', {
      weather_id,
      site_id: site.id,
      system: { dc_capacity_kw: 1000, mounting: { type: 'fixed' } },
      variables: { tilt_deg: { lower: 10, upper: 40 }, gcr: { lower: 0.3, upper: 0.6 } },
      n_iterations: 5,
    });
    await go(`/jobs/${id}`);
    await page.getByRole('img', { name: /^Plan of the land with \d+ rows/ }).waitFor();
    expect(await browser.axe()).toEqual([]);
    const { result } = await send<SolarDesignSearch>('GET', `/v1/jobs/${id}`);
    const gcr = result!.best!.values.gcr as number;
    const drawn = (pitchM: number) =>
      page.getByRole('img', { name: new RegExp(`^Three rows from the side, ${pitchM.toFixed(2)} m from row to row`) });
    await drawn(4.2 / gcr).waitFor();
    await field('Width of a row, edge to edge').fill('2.1');
    await drawn(2.1 / gcr).waitFor();
    // 1,000 kW of modules with 0.21 kW/m2 in rows 2.1 m wide
    await page
      .getByRole('definition')
      .filter({ hasText: /^2\.27 km$/ })
      .waitFor();
  });

  test('rules of curtailment are entered, taken back by undo, and their losses are those of the API', async () => {
    await go(`/wind?site=${site.id}`);
    await page.getByText('Yield of a layout', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Kind of rule' }).click();
    await page.getByRole('option', { name: 'Sector management' }).click();
    await button('Add a rule').click();
    const rule = page.getByRole('region', { name: '1: Sector management' });
    await rule.getByLabel('Numbers of the turbines').fill('2');
    await rule.getByLabel('Sector 1, from').fill('200');
    await rule.getByLabel('Sector 1, to').fill('260');
    await rule.getByRole('button', { name: 'Remove', exact: true }).click();
    await rule.waitFor({ state: 'detached' });
    await button('Undo').click();
    await rule.waitFor();
    expect(await browser.axe()).toEqual([]);
    await button('Start').click();
    const table = page.getByRole('table', { name: 'Curtailment' });
    await table.waitFor();
    const { result } = await send<WindAnalysis>('GET', `/v1${new URL(page.url()).pathname}`);
    if (!result?.is_complete || !result.curtailment) throw new Error('no curtailment');
    const [stored] = result.curtailment.rules;
    expect(stored.loss_kwh_by_turbine[1]).toBeGreaterThan(0);
    expect(stored.hours_by_turbine[0]).toBe(0);
    const cells = await table.getByRole('row').nth(1).getByRole('cell').allTextContents();
    expect(cells[0]).toBe(Math.round(stored.curtailment_loss_kwh).toLocaleString('en-US'));
  });

  test('nothing moves while a page loads', async () => {
    const job = (await send<{ data: { id: string }[] }>('GET', '/v1/jobs?kind=solar-optimize')).data[0].id;
    const shifts: [string, number][] = [];
    for (const path of [
      '/',
      '/solar',
      '/wind',
      '/sites',
      '/library',
      '/reports',
      '/keys',
      '/account',
      `/jobs/${job}`,
    ]) {
      await go(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      const shift = await page.evaluate<number>(`new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      })`);
      shifts.push([path, shift]);
    }
    expect(shifts.filter(([, shift]) => shift > 0.02)).toEqual([]);
  });

  test('no page has thrown, and none has broken the content security policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
