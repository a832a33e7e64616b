/** The files of whole reports, read back with other programs. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { canRun, testWith } from '../../test/support/needs.ts';
import {
  REPORT_FACTS,
  reportRequest,
  solarAnalysis,
  solarSearch,
  windAnalysis,
  windLayout,
} from '../../test/support/report-jobs.ts';
import { buildReport } from '../services/reports/document.ts';
import type { SolarJob } from '../services/solar/report/load.ts';
import { solarChapters } from '../services/solar/report/chapters.ts';
import { windChapters } from '../services/wind/report/chapters.ts';
import type { WindJob } from '../services/wind/report/wind-job.ts';
import { dataPack, workbook } from './data-pack.ts';
import { geographyMarks } from './geography.ts';
import { HTML_POLICY, renderHtml } from './render-html.ts';
import { renderPdf } from './render-pdf.ts';
import { hatch } from './scene.ts';

const testWithPoppler = testWith('poppler', canRun('pdfinfo', '-v'));
const folder = mkdtempSync(join(tmpdir(), 'tessellate-documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function poppler(program: string, bytes: Uint8Array, ...options: string[]): string {
  const file = join(folder, 'x.pdf');
  writeFileSync(file, bytes);
  const target = program === 'pdftotext' ? ['-'] : program === 'pdftoppm' ? [join(folder, 'page')] : [];
  const { status, stdout, stderr } = spawnSync(program, [...options, file, ...target], { encoding: 'utf8' });
  expect([program, status, stderr]).toEqual([program, 0, '']);
  return stdout;
}

/** How far down each page is filled: the lowest word above its footer, as a share of the page. */
const filled = (bytes: Uint8Array): number[] =>
  poppler('pdftotext', bytes, '-bbox')
    .split('<page ')
    .slice(1)
    .map((page) => {
      const height = Number(page.match(/height="([\d.]+)"/)![1]);
      const bottoms = [...page.matchAll(/yMax="([\d.]+)"/g)].map(([, y]) => Number(y));
      return Math.max(...bottoms.filter((y) => y < height - 55)) / height;
    });

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
let solar: SolarJob;
let search: SolarJob;
let wind: WindJob;
beforeAll(() => {
  solar = solarAnalysis();
  search = solarSearch();
  wind = windAnalysis();
});

describe('a bankable report', () => {
  const request = reportRequest({
    client: 'Bank & <Söhne> "AG"',
    economics: {
      costs: { per_kw: 950, operation_per_kw_year: 17 },
      price_per_kwh: 0.07,
      debt: { rate: 0.05, years: 18, sizing: { type: 'share', share: 0.6 } },
    },
  });
  const built = () => buildReport(solarChapters, request, [solar], REPORT_FACTS);

  testWithPoppler(
    'is a tagged PDF with a title, bookmarks, page numbers and embedded fonts, without a warning',
    async () => {
      const { bytes, pages } = await renderPdf(built().document);
      const info = poppler('pdfinfo', bytes);
      expect(info).toMatch(/Title: +Greensboro solar park/);
      expect(info).toMatch(/Tagged: +yes/);
      expect(info).toContain(`Pages:           ${pages}`);
      expect(pages).toBeGreaterThanOrEqual(11);
      expect(pages).toBeLessThanOrEqual(15);
      const structure = poppler('pdfinfo', bytes, '-struct');
      for (const tag of ['Document', 'H1', 'H2', 'Figure', 'Table', 'TH', 'TOCI', 'Caption'])
        expect(structure).toContain(`${tag}`);
      const fonts = poppler('pdffonts', bytes).trim().split('\n').slice(2);
      for (const font of fonts) expect(font).toMatch(/ yes yes yes /);
      const text = poppler('pdftotext', bytes, '-layout');
      for (const part of [`Page 2 of ${pages}`, 'Bank & <Söhne> "AG"', 'P90', 'doi:', solar.job.id, 'SHA-256'])
        expect(text).toContain(part);
      expect(
        Buffer.from(bytes)
          .toString('latin1')
          .match(/\/Title \(/g)!.length,
      ).toBeGreaterThanOrEqual(10);
      poppler('pdftoppm', bytes, '-r', '20', '-png');
      // PDFKit's would lack the parts of composite letters, which PDF/UA forbids.
      expect(Buffer.from(bytes).includes('/CIDSet')).toBe(false);
    },
  );

  test('gives the same bytes again; another date changes them', async () => {
    const [first, second] = [built(), built()];
    const files = async (one: typeof first) => [
      sha((await renderPdf(one.document)).bytes),
      sha(Buffer.from(renderHtml(one.document))),
      sha(await workbook(one.sheets)),
      sha(dataPack(one.sheets, one.json)),
    ];
    const made = await files(first);
    expect(await files(second)).toEqual(made);
    const later = buildReport(solarChapters, request, [solar], {
      ...REPORT_FACTS,
      createdAtMs: REPORT_FACTS.createdAtMs + 86_400_000,
    });
    expect(sha((await renderPdf(later.document)).bytes)).not.toBe(made[0]);
    expect(sha(dataPack(later.sheets, later.json))).toBe(made[3]);
  });

  test('is one HTML file that fetches nothing and needs no script or style attribute', () => {
    const html = renderHtml(built().document);
    expect(html).toContain(HTML_POLICY);
    const style = html.match(/<style>([\s\S]*?)<\/style>/)![1];
    expect(HTML_POLICY).toContain(createHash('sha256').update(style).digest('base64'));
    expect(html).not.toMatch(/<script|\sstyle="|\son\w+="|<link|<iframe|@import|url\(["']?(?!#)/);
    expect(
      [...html.matchAll(/(?:src|href)="([^"]*)"/g)].filter(
        ([, target]) => !target.startsWith('#') && !target.startsWith('data:'),
      ),
    ).toEqual([]);
    expect(html).toContain('Bank &amp; &lt;Söhne&gt; &quot;AG&quot;');
    expect((html.match(/<h2 /g) ?? []).length).toBe(built().document.sections.length);
    expect((html.match(/<caption>/g) ?? []).length).toBe((html.match(/<table/g) ?? []).length);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has the numbers in the workbook and the data pack, a year of hours included', async () => {
    const { sheets, json } = built();
    const files = unzipSync(dataPack(sheets, json));
    const lines = strFromU8(files['hourly.csv']).trim().split('\r\n');
    expect(lines).toHaveLength(8761);
    const at = lines[0].split(',').indexOf('ac_kw');
    const kwh = lines.slice(1).reduce((sum, line) => sum + Number(line.split(',')[at]), 0);
    expect(kwh / solar.system.annual_energy_kwh).toBeCloseTo(1, 9);
    expect(JSON.parse(strFromU8(files[`${solar.job.id}.json`])).result.systems).toHaveLength(2);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['uncertainty.csv', 'cash_flow.csv']));
    const flows = strFromU8(files['cash_flow.csv']).trim().split('\r\n');
    expect(flows[0]).toMatch(/^year,energy_kwh,revenue,operating_cost,/);
    expect(flows).toHaveLength(27);
    expect(Number(flows[2].split(',')[1]) / solar.system.annual_energy_kwh).toBeCloseTo(1, 9);
    const book = unzipSync(await workbook(sheets));
    const names = [...strFromU8(book['xl/workbook.xml']).matchAll(/<sheet [^>]*?name="([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(sheets.map(({ name }) => name));
    const monthly = strFromU8(book['xl/worksheets/sheet1.xml']);
    for (const value of solar.system.monthly_energy_kwh) expect(monthly).toContain(`<v>${value}</v>`);
    const hourly = strFromU8(book[`xl/worksheets/sheet${names.indexOf('hourly') + 1}.xml`]);
    expect((hourly.match(/<row /g) ?? []).length).toBe(8761);
    const { time_ms, ac_kw } = solar.hourly[0].columns;
    for (const i of [0, 4500, 8759]) {
      // Excel's day 25569 is 1970-01-01; the style is that of dates.
      expect(hourly).toMatch(new RegExp(`<c r="A${i + 2}" s="\\d+"><v>${time_ms[i] / 86_400_000 + 25_569}</v></c>`));
      expect(hourly).toContain(`<c r="B${i + 2}"><v>${ac_kw[i]}</v></c>`);
    }
  });
});

test('the design of a search has no tilt where it is a tracker', () => {
  const { sections } = buildReport(solarChapters, reportRequest(), [search], REPORT_FACTS).document;
  const tables = sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.type === 'table' ? [block] : [])));
  const namesOf = (caption: string): string[] =>
    tables.find((table) => table.caption.startsWith(caption))!.rows.map(([name]) => name);
  expect(search.design!.best.values).toMatchObject({ mounting: 'one_axis', tilt_deg: expect.any(Number) });
  expect(namesOf('Best design')).toContain('Ground coverage ratio');
  for (const caption of ['Best design', 'Sensitivity']) expect(namesOf(caption)).not.toContain('Tilt [\u00b0]');
  const front = tables.find(({ caption }) => caption.startsWith('Designs of the Pareto front'))!;
  expect(new Set(front.rows.map(String)).size).toBe(front.rows.length);
  const mounting = front.columns.findIndex(({ title }) => title === 'Mounting');
  for (const row of front.rows) expect(row[0] === '\u2013').toBe(row[mounting] === 'single-axis tracker');
});

describe('a wind report', () => {
  test('fits Weibull distributions to each sector of a series, close to those that it was drawn from', () => {
    const { sheets } = buildReport(windChapters, reportRequest({ currency: 'EUR' }), [wind], REPORT_FACTS);
    const sectors = sheets.find(({ name }) => name === 'sectors')!;
    const of = (name: string) => Array.from(sectors.columns.find((column) => column.name === name)!.values, Number);
    // West, the most frequent: A 11.4 m/s at 80 m, by a power law of 0.12 to the hub at 70 m.
    expect(of('scale_m_s')[8] / (11.4 * (70 / 80) ** 0.12)).toBeCloseTo(1, 1);
    expect(of('shape')[8]).toBeGreaterThan(2.2);
    expect(of('shape')[8]).toBeLessThan(2.6);
    expect(of('frequency').reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
  });

  test('of a summary has two pages, in both languages', async () => {
    for (const language of ['en', 'de']) {
      const { document } = buildReport(
        windChapters,
        reportRequest({ template: 'summary', language }),
        [wind],
        REPORT_FACTS,
      );
      expect([language, (await renderPdf(document)).pages]).toEqual([language, 2]);
    }
  });

  test('maps the wind behind the turbines, where it was computed', () => {
    const captions = (job: WindJob): string[] =>
      buildReport(windChapters, reportRequest(), [job], REPORT_FACTS).document.sections.flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.type === 'figure' ? [block.caption] : [])),
      );
    expect(wind.flow!.contours).toHaveLength(6);
    expect(captions(wind).filter((caption) => caption.includes('prevailing wind from 240\u00b0'))).toHaveLength(1);
    expect(captions({ ...wind, flow: null }).filter((caption) => caption.includes('prevailing'))).toEqual([]);
  });

  test('months of a series add up to the net energy', () => {
    const { sheets } = buildReport(windChapters, reportRequest(), [wind], REPORT_FACTS);
    const values = sheets.find(({ name }) => name === 'monthly')!.columns[1].values;
    const net = (wind.job.result as { annual_energy_kwh: number }).annual_energy_kwh;
    expect(Array.from(values, Number).reduce((sum, kwh) => sum + kwh, 0) / net).toBeCloseTo(1, 12);
  });
});

testWithPoppler('leaves no page half empty but the last, whatever the language, units and parts', async () => {
  const layout = windLayout();
  const economics = { costs: { per_kw: 950, operation_per_kw_year: 17 }, price_per_kwh: 0.07 };
  const ofSolar = (jobs: SolarJob[], changes: object) => ({
    changes,
    built: buildReport(solarChapters, reportRequest(changes), jobs, REPORT_FACTS),
  });
  const ofWind = (jobs: WindJob[], changes: object) => ({
    changes,
    built: buildReport(windChapters, reportRequest(changes), jobs, REPORT_FACTS),
  });
  for (const { changes, built } of [
    ofSolar([solar, search], { economics }),
    ofSolar([solar, search], { language: 'de', economics }),
    ofSolar([search], { units: 'imperial' }),
    ofWind([layout], {}),
    ofWind([layout], { language: 'de' }),
    ofWind([wind, layout], { units: 'imperial' }),
  ]) {
    const { bytes } = await renderPdf(built.document);
    const inner = filled(bytes).slice(1, -1);
    expect(inner.length).toBeGreaterThan(8);
    expect([changes, inner.filter((share) => share < 0.55)]).toEqual([changes, []]);
  }
});

test('a solar summary has two pages, in both languages and with economics', async () => {
  for (const language of ['en', 'de']) {
    const { document } = buildReport(
      solarChapters,
      reportRequest({
        template: 'summary',
        language,
        economics: { costs: { per_kw: 950, operation_per_kw_year: 17 }, price_per_kwh: 0.07 },
      }),
      [solar],
      REPORT_FACTS,
    );
    expect([language, (await renderPdf(document)).pages]).toEqual([language, 2]);
  }
});

test('a map over the date line has the land of both its sides, and of the rest of the world nothing', () => {
  const region = { kind: 'region', longitudeDeg: 180, latitudeDeg: -16.8, width: 316, height: 204 } as const;
  const [land] = geographyMarks(region);
  const points = [...(land.kind === 'path' ? land.d : '').matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);
  expect(points.length).toBeGreaterThan(20);
  expect(points.length).toBeLessThan(500);
  expect(points.some(([x]) => x > 120 && x < 157)).toBe(true);
  expect(points.some(([x]) => x > 159 && x < 190)).toBe(true);
  for (const [x, y] of points) expect([x >= 0, x <= 316, y >= 0, y <= 204]).toEqual([true, true, true, true]);
});

test('a hatch keeps within its rectangle', () => {
  const numbers = [...hatch(10, 20, 33, 7, 3).matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);
  expect(numbers.length).toBeGreaterThan(10);
  for (const [x, y] of numbers) {
    expect(x).toBeGreaterThanOrEqual(10);
    expect(x).toBeLessThanOrEqual(43);
    expect(y).toBeGreaterThanOrEqual(20);
    expect(y).toBeLessThanOrEqual(27);
  }
});
