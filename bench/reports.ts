/** Bankable reports, of a solar plant or of a wind farm, one after another, made as a worker makes them: what one costs, and the process's memory. */
import { ComputePool } from '../src/compute/pool.ts';
import { buildReport } from '../src/services/reports/document.ts';
import type { ReportJob } from '../src/services/reports/report-job.ts';
import { prevailingFlow } from '../src/services/wind/report/flow.ts';
import { REPORT_FACTS, reportRequest, solarAnalysis, solarSearch, windLayout } from '../test/support/report-jobs.ts';
import type { Benchmark } from './suite.ts';

const ROUNDS = 15;
const economics = {
  costs: { per_kw: 950, operation_per_kw_year: 17 },
  price_per_kwh: 0.068,
  debt: { rate: 0.05, years: 18, sizing: { type: 'share', share: 0.6 } },
};

interface Measured {
  /** Processor time [s]; the first report of a process is the first sample */
  readonly seconds: number[];
  /** For which the main thread is kept from its events, while the document is built [ms] */
  readonly mainMs: number[];
  /** Resident memory of the whole process after each report [MB] */
  readonly megabytes: number[];
}

const measured = new Map<() => readonly ReportJob[], Promise<Measured>>();
const measure = (jobs: () => readonly ReportJob[]): Promise<Measured> => {
  const measurement = measured.get(jobs) ?? run(jobs());
  measured.set(jobs, measurement);
  return measurement;
};
const solar = (): readonly ReportJob[] => [solarAnalysis(), solarSearch()];
const wind = (): readonly ReportJob[] => [windLayout()];

async function run(jobs: readonly ReportJob[]): Promise<Measured> {
  const pool = new ComputePool({ threads: 1, maxTasksPerThread: 100 });
  const seconds: number[] = [];
  const mainMs: number[] = [];
  const megabytes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (const job of jobs) if (job.division === 'wind') await pool.run('windFlow', prevailingFlow(job));
    const started = performance.now();
    const { document, sheets, json } = buildReport(reportRequest({ economics }), jobs, REPORT_FACTS);
    mainMs.push(performance.now() - started);
    await pool.run('reportPdf', document);
    await pool.run('reportHtml', document);
    await pool.run('reportWorkbook', sheets);
    await pool.run('reportDataPack', { sheets, json });
    const { user, system } = process.cpuUsage(before);
    seconds.push((user + system) / 1e6);
    megabytes.push(process.memoryUsage.rss() / 1e6);
  }
  await pool.close();
  return { seconds, mainMs, megabytes };
}

export const benchmarks: readonly Benchmark[] = [
  { name: 'reports.bankable_s', unit: 's', run: async () => (await measure(solar)).seconds },
  { name: 'reports.bankable_main_ms', unit: 'ms', run: async () => (await measure(solar)).mainMs },
  { name: 'reports.bankable_rss_mb', unit: 'MB', run: async () => (await measure(solar)).megabytes },
  { name: 'reports.wind_bankable_s', unit: 's', run: async () => (await measure(wind)).seconds },
  { name: 'reports.wind_bankable_main_ms', unit: 'ms', run: async () => (await measure(wind)).mainMs },
  { name: 'reports.wind_bankable_rss_mb', unit: 'MB', run: async () => (await measure(wind)).megabytes },
];
