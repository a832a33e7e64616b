/** The dashboard as people use it: a real Chromium, the built pages, and the platform. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { Job, SolarAnalysis } from '../../src/client/api.ts';
import { longSearch } from '../support/long-jobs.ts';
import { describeWith } from '../support/needs.ts';
import { sharedPlatform } from '../support/platform.ts';

const CHROMIUM = '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { base } = await sharedPlatform();

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

describeWith('chromium', existsSync(CHROMIUM))('the dashboard', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessellate-browser-'));
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];
  const email = `ada-${Date.now()}@example.com`;
  const password = 'correct horse battery';

  const axe = async (): Promise<string[]> => {
    const violations = await page.evaluate<Violation[]>(
      `${AXE}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) => r.violations)`,
    );
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  };
  /** Sends a request from the page, with its session. */
  const send = <Body>(path: string, init?: RequestInit): Promise<Body> =>
    page.evaluate<Body>(
      `fetch(${JSON.stringify(path)}, ${JSON.stringify(init ?? {})}).then((answer) => answer.json())`,
    );
  const newest = async (path: string): Promise<string> => (await send<{ data: { id: string }[] }>(path)).data[0].id;
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const go = async (path: string): Promise<void> => void (await page.goto(`${base}${path}`));
  const signIn = async (): Promise<void> => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await button('Sign in').click();
  };

  beforeAll(async () => {
    const { chromium } = await import('playwright-core');
    context = await chromium.launchPersistentContext(folder, {
      executablePath: CHROMIUM,
      args: [
        'no-sandbox',
        'disable-gpu',
        'disable-quic',
        'no-first-run',
        'disable-background-networking',
        'disable-component-update',
        'disable-sync',
        'use-gl=angle',
        'use-angle=swiftshader',
        'enable-unsafe-swiftshader',
      ].map((flag) => `--${flag}`),
      locale: 'en-US',
      viewport: { width: 1280, height: 900 },
    });
    // On a busy machine everything takes longer, and none of it is wrong.
    context.setDefaultTimeout(240_000);
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(`${page.url()} ${error.stack}`));
    page.on('console', (message) => {
      // The browser writes a line of its own for each answer that is an error; the pages show those.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(`${page.url()} ${message.text()}`);
    });
  });
  afterAll(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });

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
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Upload a file').click()]);
      await chooser.setFiles({ name, mimeType: 'text/csv', buffer: content });
    };
    await drop('broken.csv', Buffer.from('this is no weather\n1,2,3\n'));
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('weather.');
    await drop('greensboro.csv.gz', readFileSync('data/weather/723170TYA.CSV.gz'));
    await heading('greensboro.csv.gz').waitFor();
    await page.getByRole('heading', { name: 'Irradiation of each month' }).waitFor();
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
    await button('Cancel').click();
    await button('Cancel the job').click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
  });

  test('a draft survives the end of the session, in the middle of a form', async () => {
    await go('/solar');
    await page.getByLabel('DC capacity', { exact: true }).fill('4321');
    const kept = async (): Promise<void> => {
      await signIn();
      await page.getByLabel('DC capacity', { exact: true }).waitFor();
      expect(await page.getByLabel('DC capacity', { exact: true }).inputValue()).toBe('4321 kW');
    };
    await context.clearCookies();
    await button('Start').click();
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

  test('every page is without faults for readers of all kinds, light and dark, wide and narrow, in both languages', async () => {
    const job = await newest('/v1/jobs?kind=solar-optimize&status=succeeded');
    const weather = await newest('/v1/weather');
    const found: string[] = [];
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        for (const path of [
          '/',
          '/solar',
          '/weather',
          `/weather/${weather}`,
          '/sites',
          '/reports',
          `/jobs/${job}`,
          '/nowhere',
        ]) {
          await go(path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.waitForLoadState('networkidle');
          found.push(...(await axe()).map((fault) => `${theme} ${width} ${path} ${fault}`));
          const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
          if (overflow > 1) found.push(`${theme} ${width} ${path} is ${overflow} px wider than the window`);
        }
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await go('/');
    await button('Deutsch').click();
    await heading('Aufträge').waitFor();
    expect(found).toEqual([]);
  });

  test('an address of the API that leads nowhere is not a page', async () => {
    const statusOf = async (path: string): Promise<number> =>
      (await fetch(`${base}${path}`, { headers: { accept: 'text/html' } })).status;
    expect(await Promise.all(['/nowhere', '/v1/nowhere', '/docs/nowhere', '/assets/nowhere.js'].map(statusOf))).toEqual(
      [200, 404, 404, 404],
    );
  });

  test('no page has thrown, and none has broken the content security policy', () => {
    expect(faults).toEqual([]);
  });
});
