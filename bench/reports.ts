/** A bankable report of a solar plant: everything that a worker computes for it, and the memory that it takes. */
import { dataPack, workbook } from '../src/documents/data-pack.ts';
import { renderHtml } from '../src/documents/render-html.ts';
import { renderPdf } from '../src/documents/render-pdf.ts';
import { buildReport } from '../src/reports/document.ts';
import { REPORT_FACTS, reportRequest, solarAnalysis, solarSearch } from '../test/support/report-jobs.ts';
import type { Benchmark } from './suites.ts';

const ROUNDS = 7;
const economics = {
  capital_cost_per_kw: 950,
  operating_cost_per_kw_year: 17,
  price_per_kwh: 0.068,
  debt: { rate: 0.05, years: 18, share: 0.6 },
};

interface Measured {
  /** Processor time [s]; the first report of a process is the first sample */
  readonly seconds: number[];
  /** Resident memory of the whole process after each report [MB] */
  readonly megabytes: number[];
}

let measured: Promise<Measured> | undefined;
const measure = (): Promise<Measured> => {
  measured ??= run();
  return measured;
};

async function run(): Promise<Measured> {
  const jobs = [solarAnalysis(), solarSearch()];
  const seconds: number[] = [];
  const megabytes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    const { document, sheets, json } = buildReport(reportRequest({ economics }), jobs, REPORT_FACTS);
    await renderPdf(document);
    renderHtml(document);
    await workbook(sheets);
    dataPack(sheets, json);
    const { user, system } = process.cpuUsage(before);
    seconds.push((user + system) / 1e6);
    megabytes.push(process.memoryUsage.rss() / 1e6);
  }
  return { seconds, megabytes };
}

export const benchmarks: readonly Benchmark[] = [
  { name: 'reports.bankable_s', unit: 's', run: async () => (await measure()).seconds },
  { name: 'reports.bankable_rss_mb', unit: 'MB', run: async () => (await measure()).megabytes },
];
