/** Reports of jobs whose figures allow no fit, or have ratios without a value. */
import { describe, expect, test } from '@jest/globals';
import { REPORT_FACTS, reportRequest, solarAnalysis, windAnalysis } from '../../../test/support/report-jobs.ts';
import { plantEconomicsSchema } from '../../contracts/common/economics.schema.ts';
import { contractOf } from '../../contracts/jobs/kinds.ts';
import { renderHtml } from '../../documents/render-html.ts';
import type { WeatherYear } from '../../weather/series.ts';
import { solarChapters } from '../solar/report/chapters.ts';
import { windChapters } from '../wind/report/chapters.ts';
import type { BuiltReport } from './document.ts';
import { buildReport } from './document.ts';

const TEMPLATES = ['summary', 'bankable', 'comparison'] as const;
const requestOf = (template: string, language: string) =>
  reportRequest({
    template,
    language,
    ...(template === 'comparison' && { job_ids: [REPORT_FACTS.id, `${REPORT_FACTS.id}2`].map(asJob) }),
  });
const asJob = (id: string, nth: number): string => `job_${id.slice(4, 29)}${nth}`;

/** The page without what a reader would stumble over. @throws if it has any */
function pageOf({ document, sheets }: BuiltReport): string {
  const html = renderHtml(document);
  expect(html.match(/.{0,60}(NaN|Infinity|undefined).{0,20}/g)).toBeNull();
  for (const { columns } of sheets)
    for (const { values } of columns)
      for (const value of Array.from(values))
        expect(typeof value === 'number' && !Number.isFinite(value) ? value : 0).toBe(0);
  return html;
}

const hours = (speeds: readonly number[]) => ({
  type: 'series',
  wind_speed_m_s: speeds,
  wind_direction_deg: speeds.map((_, i) => (i * 30) % 360),
  height_m: 80,
});
const rose = (speed: number) => ({
  type: 'rose',
  wind_direction_deg: [0, 90, 180, 270],
  wind_speed_m_s: [speed],
  frequency: [[0.25], [0.25], [0.25], [0.25]],
  height_m: 80,
});
const equal = (speed: number): number[] => new Array(48).fill(speed);
const debt = { rate: 0.045, years: 16, sizing: { type: 'share', share: 0.65 } };

describe('a wind report is written, without a Weibull distribution,', () => {
  const cases: [name: string, changes: object][] = [
    ['for a series of equal speeds', { resource: hours(equal(8)) }],
    ['for a series of speeds that differ by rounding', { resource: hours(equal(8).map((v, i) => v + 1e-9 * i)) }],
    ['for a series of one record', { resource: hours([8]) }],
    ['for a rose of one speed', { resource: rose(8) }],
    ['for a series without wind', { resource: hours(equal(0)), economics: undefined }],
    ['for a series below the cut-in speed', { resource: hours(equal(2)), economics: undefined }],
    ['for a rose below the cut-in speed', { resource: rose(2), economics: undefined, mode: 'binned' }],
  ];
  test.each(cases)('%s', (_, changes) => {
    const job = windAnalysis(changes);
    expect(job.hubWind).toMatchObject({ all: null, density: null });
    expect(contractOf('wind-analyze').result.safeParse(job.job.result).error).toBeUndefined();
    const said = {
      en: 'No Weibull distribution fits these wind speeds',
      de: 'passt keine Weibull-Verteilung',
    };
    for (const language of ['en', 'de'] as const)
      for (const template of TEMPLATES) {
        const jobs = template === 'comparison' ? [job, job] : [job];
        const page = pageOf(buildReport(windChapters, requestOf(template, language), jobs, REPORT_FACTS));
        if (template === 'bankable') expect(page).toContain(said[language]);
      }
  });

  test('and one with a fit does not say so', () => {
    const page = pageOf(buildReport(windChapters, requestOf('bankable', 'en'), [windAnalysis()], REPORT_FACTS));
    expect(page).not.toContain('No Weibull distribution fits');
    expect(page).toContain('All directions together: Weibull A');
  });
});

test('a wind report is written for a yield so uncertain that nothing is left at P99', () => {
  const job = windAnalysis({ uncertainty_pct: { wind_measurement: 60 } });
  expect(job.job.kind === 'wind-analyze' && job.job.result).toMatchObject({ exceedance: { one_year: { p99_kwh: 0 } } });
  pageOf(buildReport(windChapters, requestOf('bankable', 'en'), [job], REPORT_FACTS));
});

test('a wind report is written for a farm that costs nothing and has debt', () => {
  const economics = { costs: { per_kw: 0, operation_per_kw_year: 0 }, price_per_kwh: 0.07, debt };
  const job = windAnalysis({ economics });
  pageOf(buildReport(windChapters, requestOf('bankable', 'en'), [job], REPORT_FACTS));
});

test('steering a farm that does not run gains nothing', () => {
  const job = windAnalysis({ resource: hours(equal(3)), economics: undefined, wake_steering: {} });
  expect(job.job.result).toMatchObject({ wake_steering: { gain_pct: 0, annual_energy_kwh: 0 } });
});

test.each(TEMPLATES)('%s is written, without economics, for plants whose grid takes nothing', (template) => {
  const economics = { costs: { per_kw: 900, operation_per_kw_year: 15 }, debt };
  const request = { ...requestOf(template, 'en'), economics: plantEconomicsSchema.parse(economics) };
  const farm = windAnalysis({ export_limit_kw: 0, economics: undefined });
  expect(farm.job.result).toMatchObject({ annual_energy_kwh: 0 });
  const plant = solarAnalysis({
    systems: [{ dc_capacity_kw: 100, mounting: { type: 'fixed', tilt_deg: 30 }, export_limit_kw: 0 }],
  });
  expect(plant.system.annual_energy_kwh).toBe(0);
  const twice = <Job>(job: Job) => (template === 'comparison' ? [job, job] : [job]);
  const pages = [
    pageOf(buildReport(windChapters, request, twice(farm), REPORT_FACTS)),
    pageOf(buildReport(solarChapters, request, twice(plant), REPORT_FACTS)),
  ];
  for (const page of pages)
    if (template === 'bankable') expect(page).toContain('delivers no energy, so the report has no economics');
});

test('a solar report is written for a year without sun', () => {
  const dark = (year: WeatherYear): WeatherYear => ({
    ...year,
    ghiWm2: year.ghiWm2.map(() => 0),
    dniWm2: year.dniWm2.map(() => 0),
    dhiWm2: year.dhiWm2.map(() => 0),
  });
  const job = solarAnalysis({}, 1, dark);
  expect(job.system.annual_energy_kwh).toBe(0);
  expect(contractOf('solar-analyze').result.safeParse(job.job.result).error).toBeUndefined();
  for (const template of TEMPLATES)
    pageOf(
      buildReport(
        solarChapters,
        requestOf(template, 'en'),
        template === 'comparison' ? [job, job] : [job],
        REPORT_FACTS,
      ),
    );
});
