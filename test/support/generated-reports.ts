/**
 * Reports about jobs of random valid requests: each template, language and format is written, and every number is one:
 * what the API answers is what pages, workbook and data pack say.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { strFromU8, unzipSync } from 'fflate';
import { AppError } from '../../src/contracts/common/app-error.ts';
import { contractOf } from '../../src/contracts/jobs/kinds.ts';
import type { ReportInput } from '../../src/contracts/reports/reports.schema.ts';
import { REPORT_LANGUAGES, REPORT_TEMPLATES } from '../../src/contracts/reports/reports.ts';
import { dataPack, workbook } from '../../src/documents/data-pack.ts';
import { renderHtml } from '../../src/documents/render-html.ts';
import { renderPdf } from '../../src/documents/render-pdf.ts';
import { type BuiltReport, buildReport } from '../../src/services/reports/document.ts';
import { Formatter } from '../../src/services/reports/format.ts';
import { solarChapters } from '../../src/services/solar/report/chapters.ts';
import type { SolarJob } from '../../src/services/solar/report/load.ts';
import { windChapters } from '../../src/services/wind/report/chapters.ts';
import { type WindJob, yieldOf } from '../../src/services/wind/report/wind-job.ts';
import { Random } from '../../src/statistics/random.ts';
import { someInverters, someModules } from './bundled-components.ts';
import { REPORT_FACTS, reportRequest, solarAnalysis, solarSearch, windAnalysis, windLayout } from './report-jobs.ts';

/** Program of poppler-utils, which reads what a PDF shows */
export const PDF_TO_TEXT = 'pdftotext';

class Draw {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = Random.fromSeed(seed);
  }

  /** Rounded to three digits, as people write numbers */
  between(low: number, high: number): number {
    return Number((low + (high - low) * this.#random.uniform()).toPrecision(3));
  }

  int = (low: number, high: number): number => Math.floor(low + (high - low + 1) * this.#random.uniform());
  is = (share: number): boolean => this.#random.uniform() < share;
  one = <Item>(items: readonly Item[]): Item => items[this.int(0, items.length - 1)];
  /** The object in this share of the draws, else nothing */
  some = (share: number, value: () => object): object => (this.is(share) ? value() : {});
}

const percentagesOf = (draw: Draw, names: readonly string[], most: number): Record<string, number> =>
  Object.fromEntries(names.filter(() => draw.is(0.5)).map((name) => [name, draw.between(0, most)]));

const financeOf = (draw: Draw, costs: object) => ({
  costs,
  price_per_kwh: draw.between(0.02, 0.2),
  years: draw.int(5, 40),
  tax_rate: draw.between(0, 0.4),
  inflation: draw.between(0, 0.06),
  depreciation: draw.one([
    { type: 'none' },
    { type: 'macrs', years: 5 },
    { type: 'straight_line', years: 16 },
    { type: 'declining_balance', years: 10, factor: 2 },
  ]),
  ...draw.some(0.5, () => ({
    debt: {
      rate: draw.between(0.01, 0.09),
      years: draw.int(3, 20),
      repayment: draw.one(['level', 'sculpted']),
      sizing: draw.one([
        { type: 'share', share: 0.7 },
        { type: 'dscr', min_dscr: 1.3, max_share: 0.8 },
      ]),
    },
  })),
});

const SOLAR_UNCERTAINTIES = ['irradiance', 'shading', 'my own source'];
const solarSystemOf = (draw: Draw) => ({
  dc_capacity_kw: draw.one([3.5, 98, 5000, 250_000]),
  dc_ac_ratio: draw.between(0.8, 2),
  mounting: draw.one([
    { type: 'fixed', tilt_deg: draw.int(0, 90), azimuth_deg: draw.int(0, 359) },
    { type: 'roof', tilt_deg: 20, azimuth_deg: 90 },
    { type: 'one_axis', gcr: draw.between(0.2, 0.6) },
    { type: 'two_axis' },
  ]),
  ...draw.some(0.4, () => ({ module: { type: 'library', id: draw.one(someModules(40)).name } })),
  ...draw.some(0.4, () => ({ inverter: { type: 'library', id: draw.one(someInverters(40)).name } })),
  ...draw.some(0.3, () => ({
    name: draw.one(['South', 'Hofgut Oberes Wiesenfeld, Erweiterung Nordost, Teilfläche 3', '<&> "x"']),
  })),
  ...draw.some(0.3, () => ({
    soiling: { type: 'monthly', pct: Array.from({ length: 12 }, () => draw.between(0, 20)) },
  })),
  ...draw.some(0.3, () => ({ export_limit_kw: draw.between(0, 3000) })),
  ...draw.some(0.3, () => ({ degradation: { pct_per_year: draw.between(0, 2), year: draw.int(1, 30) } })),
  ...draw.some(0.3, () => ({ bifacial: { bifaciality: 0.7, height_m: 1.2, pitch_m: 6 } })),
  ...draw.some(0.3, () => ({ transposition: draw.one(['perez', 'hay_davies', 'isotropic']) })),
  ...draw.some(0.3, () => ({ losses_pct: { wiring: draw.between(0, 9) } })),
  ...draw.some(0.3, () => ({
    far_horizon: { azimuth_deg: [0, 90, 180, 270], elevation_deg: [0, 12, draw.int(0, 30), 6] },
  })),
  ...draw.some(0.2, () => ({ rows: { model: draw.one(['linear', 'electrical']), gcr: draw.between(0.2, 0.7) } })),
  ...draw.some(0.2, () => ({
    mounting: { type: 'roof', tilt_deg: 10, azimuth_deg: 90 },
    subarrays: [90, 270].map((azimuth_deg) => ({
      share_pct: 50,
      mounting: { type: 'roof', tilt_deg: 10, azimuth_deg },
    })),
  })),
});

const windOf = (draw: Draw) => ({
  shear: draw.one([
    { model: 'power', alpha: draw.between(0, 0.3) },
    { model: 'log', roughness_m: draw.between(0.001, 1) },
  ]),
  wake: { model: draw.one(['noj_k004', 'bastankhah_k00325', 'niayifar_crespo', 'floris_gauss']) },
  turbulence_intensity: draw.between(0.04, 0.2),
  losses_pct: percentagesOf(draw, ['availability', 'electrical', 'environmental', 'my_loss'], 9),
  uncertainty_pct: percentagesOf(draw, ['wind_measurement', 'wakes', 'my_source'], 12),
  interannual_pct: draw.one([0, 6]),
  n_sectors: draw.one([1, 4, 12, 36]),
  economics: draw.is(0.5)
    ? financeOf(draw, { per_kw: draw.between(500, 2500), operation_per_kw_year: 40, cable_per_m: draw.one([0, 300]) })
    : undefined,
  ...draw.some(0.3, () => ({ air: { elevation_m: draw.int(0, 2500), temp_air_c: draw.int(-10, 30) } })),
  ...draw.some(0.2, () => ({ export_limit_kw: draw.between(1000, 20_000) })),
  ...draw.some(0.3, () => ({
    curtailment: {
      rules: [
        { type: 'other', name: 'Wochenstube', wind_speed_below_m_s: draw.between(4, 8) },
        { type: 'sector_management', wind_directions: [{ from_deg: draw.int(0, 359), to_deg: draw.int(0, 359) }] },
      ],
    },
  })),
  ...draw.some(0.3, () => ({
    neighbours: draw.one([
      { x_m: [-900, -400], y_m: [0, 3000] },
      { x_m: [3000], y_m: [10] },
    ]),
  })),
});

const hoursOf = (draw: Draw, hours: number) => ({
  type: 'series',
  wind_speed_m_s: Array.from({ length: hours }, () => draw.between(0, 24)),
  wind_direction_deg: Array.from({ length: hours }, () => draw.int(0, 359)),
  height_m: draw.int(40, 120),
});
const layoutOf = (draw: Draw) => {
  const n = draw.one([1, 2, 8, 30]);
  const place = () => Array.from({ length: n }, (_, k) => (k % 6) * 500 + draw.int(0, 90));
  return draw.is(0.5)
    ? { x_m: place(), y_m: Array.from({ length: n }, (_, k) => Math.floor(k / 6) * 500 + draw.int(0, 90)) }
    : {
        longitude_deg: Array.from({ length: n }, (_, k) => 8 + 0.008 * (k % 6)),
        latitude_deg: Array.from({ length: n }, (_, k) => 55 + 0.005 * Math.floor(k / 6)),
      };
};

type Job = SolarJob | WindJob;
const isWind = (job: Job): job is WindJob => 'specs' in job;
const MAKERS: Readonly<Record<string, (draw: Draw) => Job>> = {
  'solar-analyze': (draw) =>
    solarAnalysis({
      systems: Array.from({ length: draw.int(1, 3) }, () => solarSystemOf(draw)),
      ...draw.some(0.6, () => ({ uncertainty_pct: percentagesOf(draw, SOLAR_UNCERTAINTIES, 12) })),
      ...draw.some(0.3, () => ({ decomposition: draw.one(['erbs', 'disc', 'dirint']), edge_steps: 'mid_sunlit' })),
    }),
  'solar-optimize': (draw) =>
    solarSearch({
      system: { dc_capacity_kw: draw.one([98, 5000]) },
      variables: {
        dc_ac_ratio: { lower: 0.9, upper: draw.between(1.1, 2) },
        ...draw.some(0.6, () => ({ tilt_deg: { lower: 5, upper: 50 } })),
        ...draw.some(0.6, () => ({
          gcr: { lower: 0.25, upper: 0.6 },
          tracker: draw.one(['either', 'never', 'always']),
        })),
        ...draw.some(0.4, () => ({ module: someModules(3).map(({ name }) => name) })),
        ...draw.some(0.4, () => ({ inverter: [draw.one(someInverters(40)).name] })),
      },
      objectives: draw.one([['lcoe'], ['energy', 'land_use'], ['npv', 'specific_yield'], ['energy_p90']]),
      constraints: {},
      population_size: 8,
      n_iterations: 3,
      economics: financeOf(draw, {}),
      // A search for the P90 needs a source.
      ...draw.some(0.5, () => ({ uncertainty_pct: { model: 2, ...percentagesOf(draw, SOLAR_UNCERTAINTIES, 12) } })),
    }),
  'wind-analyze': (draw) =>
    windAnalysis({
      ...windOf(draw),
      layout: layoutOf(draw),
      ...(draw.is(0.5) ? { resource: hoursOf(draw, draw.one([24, 2000])) } : {}),
    }),
  'wind-optimize': (draw) =>
    windLayout({
      ...windOf(draw),
      n_turbines: draw.one([1, 4, 10]),
      n_iterations: 5,
      n_starts: draw.int(1, 3),
      objective: draw.one(['aep', 'aep_per_area', 'lcoe']),
    }),
};

/** A job of a random request, and what its reports' requests state beside template and language. */
interface Drawn {
  readonly job: Job;
  readonly more: object;
}

/** Draws requests until one is valid. @throws what is not a refusal */
function drawn(kind: string, seed: number): Drawn {
  const refusals: string[] = [];
  for (let attempt = 0; attempt < 25; attempt++) {
    try {
      const draw = new Draw(seed * 1000 + attempt);
      const more = requestOf(draw);
      reportRequest(more);
      return { job: MAKERS[kind](draw), more };
    } catch (error) {
      const isRefusal = error instanceof AppError || (error as Error).name === 'ZodError';
      if (!isRefusal) throw error;
      refusals.push((error as Error).message);
    }
  }
  throw new Error(`No valid request of ${kind}: ${refusals.join('\n')}`);
}

const plain = (text: string): string => text.replace(/[\u00a0\s\u2060]+/g, ' ');
const wordsOfHtml = (html: string): string => plain(html.replace(/<style>[\s\S]*?<\/style>|<[^>]+>/g, ' '));
function wordsOfPdf(bytes: Uint8Array): string {
  const { status, stdout, stderr } = spawnSync(PDF_TO_TEXT, ['-', '-'], {
    input: bytes,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  assert.deepEqual([status, stderr], [0, '']);
  return plain(stdout);
}
const columnOf = (csv: string, name: string): (number | null)[] => {
  const [head, ...rows] = csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  return rows.map((row) => (row[head.indexOf(name)] === '' ? null : Number(row[head.indexOf(name)])));
};
/** The numbers of a worksheet by name. */
function numbersOf(book: Readonly<Record<string, Uint8Array>>, name: string): number[] {
  const names = [...strFromU8(book['xl/workbook.xml']).matchAll(/<sheet [^>]*?name="([^"]+)"/g)].map(([, one]) => one);
  const xml = strFromU8(book[`xl/worksheets/sheet${names.indexOf(name) + 1}.xml`]);
  return [...xml.matchAll(/<c r="[A-Z]+\d+"(?: s="\d+")?><v>([^<]+)<\/v>/g)].map(([, value]) => Number(value));
}

function built(job: Job, request: ReportInput): BuiltReport {
  const jobs = request.template === 'comparison' ? [job, job] : [job];
  return isWind(job)
    ? buildReport(windChapters, request, jobs as WindJob[], REPORT_FACTS)
    : buildReport(solarChapters, request, jobs as SolarJob[], REPORT_FACTS);
}

/** Returns the numbers that pages must show, as they show them, by name. */
function numbersShown(job: Job, request: ReportInput): Map<string, string> {
  const { template, language, units, currency } = request;
  const format = new Formatter(language, units, currency);
  const { annual_energy_kwh: kwh, exceedance } = isWind(job) ? yieldOf(job) : job.system;
  const energy = format.energy(kwh, '/a');
  const economics = economicsOf(job, request);
  const p = exceedance.uncertainty_pct > 0 ? exceedance.one_year : null;
  const shown: (readonly [string, string | null | undefined])[] = [
    ['P50', energy.of(kwh)],
    ['P90', p && energy.of(p.p90_kwh)],
    ...(template === 'comparison' || !p
      ? []
      : ([
          ['P75', energy.of(p.p75_kwh)],
          ['P99', energy.of(p.p99_kwh)],
        ] as const)),
    ['LCOE', economics && format.fixed(economics.lcoe_real_per_kwh * 1000, 2)],
    ['net present value', economics && format.money(economics.npv).of(economics.npv)],
    ...(isWind(job)
      ? ([
          ['wakes', format.percent(yieldOf(job).wake_loss_pct)],
          ['capacity factor', format.percent(yieldOf(job).capacity_factor_pct)],
          ...(template === 'bankable' ? (yieldOf(job).curtailment?.rules ?? []) : []).map(
            ({ name, curtailment_loss_pct }) => [`rule ${name}`, format.percent(curtailment_loss_pct)] as const,
          ),
        ] as const)
      : ([
          ['specific yield', format.fixed(job.system.specific_yield_kwh_per_kw)],
          ['performance ratio', format.percent(100 * job.system.performance_ratio)],
          ['irradiation', format.fixed(job.system.poa_unshaded_annual_kwh_m2)],
        ] as const)),
  ];
  return new Map(shown.flatMap(([name, value]) => (value == null ? [] : [[name, plain(value)] as const])));
}

/** What the API answers of a job's economics, without those that the report's request states. */
function economicsOf(job: Job, request: ReportInput) {
  if (request.economics) return null;
  return isWind(job)
    ? (yieldOf(job) as { economics?: { npv: number; lcoe_real_per_kwh: number } | null }).economics
    : job.design?.best.economics;
}

/** Checks the pages of a report against the answers of the API. */
async function checkPages({ document }: BuiltReport, job: Job, request: ReportInput): Promise<void> {
  const pdf = await renderPdf(document);
  const numbers = numbersShown(job, request);
  for (const words of [wordsOfHtml(renderHtml(document)), wordsOfPdf(pdf.bytes)]) {
    assert.equal(words.match(/.{0,60}(NaN|Infinity|undefined|\[object).{0,20}/)?.[0], undefined);
    for (const [name, value] of numbers) assert.ok(words.includes(value), `${name} ${value} is not on the pages`);
  }
}

/** Checks workbook and data pack of a report against the answers of the API. */
async function checkData({ sheets, json }: BuiltReport, job: Job, request: ReportInput): Promise<void> {
  const { annual_energy_kwh: kwh, exceedance } = isWind(job) ? yieldOf(job) : job.system;
  const prefix = request.template === 'comparison' ? 'job_1_' : '';
  const pack = unzipSync(dataPack(sheets, json));
  const book = unzipSync(await workbook(sheets));
  const column = (name: string, of: string) => columnOf(strFromU8(pack[`${prefix}${name}.csv`]), of);
  const near = (value: number | null | undefined, other: number, name: string) =>
    assert.ok(Math.abs((value ?? Number.NaN) - other) <= 1e-9 * Math.abs(other), `${name} is ${value}, not ${other}`);
  assert.deepEqual(
    JSON.parse(strFromU8(pack[`${job.job.id}.json`])).result,
    JSON.parse(JSON.stringify(job.job.result)),
  );
  const left = column('losses', 'remaining_kwh').at(-1);
  near(left, kwh, 'energy after all losses');
  assert.ok(numbersOf(book, `${prefix}losses`).includes(left!));
  const { one_year: levels } = exceedance;
  if (exceedance.uncertainty_pct > 0 && levels) {
    const values = [levels.p50_kwh, levels.p75_kwh, levels.p90_kwh, levels.p99_kwh];
    assert.deepEqual(column('exceedance', 'one_year_kwh'), values);
    for (const value of values) assert.ok(numbersOf(book, `${prefix}exceedance`).includes(value));
  } else assert.equal(pack[`${prefix}exceedance.csv`], undefined);
  if (pack[`${prefix}monthly.csv`])
    near(
      column('monthly', 'monthly_energy_kwh').reduce<number>((total, one) => total + (one ?? 0), 0),
      kwh,
      'sum of the months',
    );
  if (isWind(job)) {
    const { turbines, curtailment } = yieldOf(job);
    assert.deepEqual(
      column('turbines', 'annual_energy_kwh'),
      turbines.map((one) => one.annual_energy_kwh),
    );
    if (curtailment)
      assert.deepEqual(
        column('curtailment', 'curtailment_loss_kwh'),
        curtailment.rules.map((rule) => rule.curtailment_loss_kwh),
      );
  }
}

/** What report requests state beside template and language, by the draw. */
const requestOf = (draw: Draw): object => ({
  currency: draw.one(['EUR', 'USD', 'JPY']),
  ...draw.some(0.3, () => ({ units: 'imperial' })),
  ...draw.some(0.3, () => ({
    economics: financeOf(draw, { per_kw: draw.between(300, 3000), operation_per_kw_year: draw.between(0, 60) }),
  })),
  ...draw.some(0.3, () => ({
    title: 'Photovoltaikanlage Oberviechtach-Schwarzhofen Bauabschnitt 2',
    client: 'Kreditanstalt für Erneuerbare Energien Mecklenburg-Vorpommern',
    author: 'A. Example',
    confidentiality: 'Strictly confidential',
    version: '2.1',
    version_history: [{ version: '2.1', date: '2026-11-30', changes: 'The first one' }],
  })),
});

export const REPORTED_KINDS = Object.keys(MAKERS);

/**
 * Writes every report about a job of a random request, and compares its numbers.
 * @returns what is wrong, by template and language; empty if nothing is
 */
export async function reportFaults(kind: string, seed: number): Promise<string[]> {
  const { job, more } = drawn(kind, seed);
  const faults: string[] = [];
  const check = async (name: string, work: () => void | Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      faults.push(`${name}: ${String((error as Error).stack).slice(0, 1500)}`);
    }
  };
  await check('result', () =>
    assert.equal(contractOf(kind as 'solar-analyze').result.safeParse(job.job.result).error, undefined),
  );
  for (const template of REPORT_TEMPLATES)
    for (const language of REPORT_LANGUAGES)
      await check(`${template} in ${language}`, async () => {
        const ids =
          template === 'comparison' ? { job_ids: [1, 2].map((n) => `job_01kb${String(n).padStart(22, '0')}`) } : {};
        const request = reportRequest({ ...ids, template, language, ...more });
        const report = built(job, request);
        await checkPages(report, job, request);
        // The data are the same in all languages.
        if (language === 'en') await checkData(report, job, request);
      });
  return faults;
}
