// Writes the sample reports of docs/samples from jobs that the engine computes here: `npm run samples`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

const build = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);

const { REPORT_FACTS, reportRequest, solarAnalysis, solarSearch, windLayout } = await import(
  '../dist/test/support/report-jobs.js'
);
const { renderPdf } = await import('../dist/src/documents/render-pdf.js');
const { buildReport } = await import('../dist/src/services/reports/document.js');
const { solarChapters } = await import('../dist/src/services/solar/report/chapters.js');
const { windChapters } = await import('../dist/src/services/wind/report/chapters.js');

const people = {
  client: 'Example Bank plc',
  prepared_by: 'Example Engineers',
  author: 'A. Example',
  reviewer: 'B. Example',
  version: '1.0',
};
const samples = [
  {
    name: 'solar-bankable',
    chapters: solarChapters,
    jobs: () => [solarAnalysis(), solarSearch()],
    request: {
      ...people,
      economics: {
        costs: { per_kw: 950, operation_per_kw_year: 17 },
        price_per_kwh: 0.068,
        debt: { rate: 0.05, years: 18, sizing: { type: 'share', share: 0.6 } },
      },
    },
    picture: 7,
  },
  {
    name: 'wind-bankable',
    chapters: windChapters,
    jobs: () => [windLayout()],
    request: { ...people, currency: 'EUR' },
    picture: 5,
  },
];
mkdirSync('docs/samples', { recursive: true });
for (const { name, chapters, jobs, request, picture } of samples) {
  const { document } = buildReport(chapters, reportRequest(request), jobs(), REPORT_FACTS);
  const { bytes, pages } = await renderPdf(document);
  const file = `docs/samples/${name}.pdf`;
  writeFileSync(file, bytes);
  const page = String(picture);
  const options = [
    '-r',
    '70',
    '-png',
    '-f',
    page,
    '-l',
    page,
    '-singlefile',
    file,
    `docs/samples/${name}-page-${page}`,
  ];
  const drawn = spawnSync('pdftoppm', options, { stdio: 'inherit' });
  console.log(`${file}: ${pages} pages${drawn.error ? '; no pdftoppm here to draw a page' : ''}`);
}
