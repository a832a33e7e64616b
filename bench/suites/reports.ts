/**
 * Bankable reports, of a solar plant or of a wind farm, one after another, made as a worker makes them: the time of one
 * report, and the memory of the process.
 */
import { ComputePool, newControl } from '../../src/compute/pool.ts';
import type { ReportFileSpec } from '../../src/documents/tasks.ts';
import { type BuiltReport, buildReport } from '../../src/services/reports/document.ts';
import { solarChapters } from '../../src/services/solar/report/chapters.ts';
import { prevailingFlow } from '../../src/services/wind/report/flow.ts';
import { windChapters } from '../../src/services/wind/report/chapters.ts';
import { REPORT_FACTS, reportRequest, solarAnalysis, solarSearch, windLayout } from '../../test/support/report-jobs.ts';
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
  /** Time for which the main thread cannot handle events while the document is built [ms] */
  readonly mainMs: number[];
  /** Resident memory of the whole process after each report [MB] */
  readonly megabytes: number[];
}

/** A report while it is built, after its loading has computed what it needs. */
interface Case {
  readonly load: (pool: ComputePool) => Promise<unknown>;
  readonly build: () => BuiltReport;
}
const request = () => reportRequest({ economics });

const measured = new Map<() => Case, Promise<Measured>>();
const measure = (make: () => Case): Promise<Measured> => {
  const measurement = measured.get(make) ?? run(make());
  measured.set(make, measurement);
  return measurement;
};
const solar = (): Case => {
  const jobs = [solarAnalysis(), solarSearch()];
  return { load: async () => undefined, build: () => buildReport(solarChapters, request(), jobs, REPORT_FACTS) };
};
const wind = (): Case => {
  const job = windLayout();
  return {
    load: (pool) => pool.run('windFlow', prevailingFlow(job)!),
    build: () => buildReport(windChapters, request(), [job], REPORT_FACTS),
  };
};

async function run({ load, build }: Case): Promise<Measured> {
  const pool = new ComputePool({ threads: 1, maxTasksPerThread: 100 });
  const seconds: number[] = [];
  const mainMs: number[] = [];
  const megabytes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    await load(pool);
    const started = performance.now();
    const { document, sheets, json } = build();
    mainMs.push(performance.now() - started);
    const specs: ReportFileSpec[] = [
      { format: 'pdf', document },
      { format: 'html', document },
      { format: 'xlsx', sheets },
      { format: 'csv', sheets, json },
    ];
    for (const spec of specs)
      await pool.run('reportFile', { spec, state: null, budgetMs: Number.POSITIVE_INFINITY, control: newControl() });
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
