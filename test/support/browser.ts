/** The system's Chromium, and what it finds wrong in a page. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = [
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
];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Starts a browser with an empty profile and one page. */
export async function openBrowser(base: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tessellate-browser-'));
  const { chromium } = await import('playwright-core');
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    args: FLAGS.map((flag) => `--${flag}`),
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
  });
  // On a busy machine everything takes longer, and none of it is wrong.
  context.setDefaultTimeout(240_000);
  const page = await context.newPage();
  /** Errors of scripts, and what the browser writes about breaches of the pages' security policy */
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${page.url()} ${error.stack}`));
  page.on('console', (message) => {
    // The browser writes a line of its own for each answer that is an error; the pages show those.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`${page.url()} ${message.text()}`);
  });
  const axe = async (): Promise<string[]> => {
    const violations = await page.evaluate<Violation[]>(
      `${AXE}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((r) => r.violations)`,
    );
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  };
  const go = async (path: string): Promise<void> => void (await page.goto(`${base}${path}`));
  return {
    context,
    page,
    faults,
    axe,
    go,
    /** Looks at pages, light and wide, dark and narrow. @returns what is wrong for readers, and what is wider than the window */
    async faultsOfPages(paths: readonly string[]): Promise<string[]> {
      const found: string[] = [];
      for (const [theme, width] of [
        ['light', 1280],
        ['dark', 390],
      ] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({ width, height: 900 });
        for (const path of paths) {
          await go(path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.waitForLoadState('networkidle');
          found.push(...(await axe()).map((fault) => `${theme} ${path} ${fault}`));
          const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
          if (overflow > 1) found.push(`${width} ${path} is ${overflow} px wider than the window`);
        }
      }
      await page.setViewportSize({ width: 1280, height: 900 });
      return found;
    },
    async close(): Promise<void> {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Browser = Awaited<ReturnType<typeof openBrowser>>;
