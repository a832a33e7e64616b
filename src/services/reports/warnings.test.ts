import { describe, expect, test } from '@jest/globals';
import { REPORT_FACTS, reportRequest, solarAnalysis } from '../../../test/support/report-jobs.ts';
import { warnSolar } from '../../contracts/solar/warnings.ts';
import { warnWeather } from '../../contracts/weather/warnings.ts';
import { renderHtml } from '../../documents/render-html.ts';
import type { JobWarning } from '../../contracts/jobs/warnings.ts';
import { solarChapters } from '../solar/report/chapters.ts';
import type { SolarJob } from '../solar/report/load.ts';
import { windAnalyzeSchema } from '../../contracts/wind/requests.schema.ts';
import { USUAL_FINANCE } from '../../finance/plausibility.ts';
import { snakeName } from '../../lib/case.ts';
import { USUAL_SOLAR } from '../../solar/plausibility.ts';
import { QUANTITY_RANGES } from '../../weather/series.ts';
import { buildReport } from './document.ts';
import { DICTIONARIES } from './text/text.ts';

const plain = solarAnalysis();
const withWarnings = (warnings: readonly JobWarning[], loaded: SolarJob = plain): SolarJob => ({
  ...loaded,
  job: { ...loaded.job, warnings: [...warnings] },
});
const DOUBTS: readonly JobWarning[] = [
  warnWeather('weather.column_dropped', { column: 'albedo' }),
  warnSolar('solar.value_unusual', { name: 'albedo', value: 0.7, lower: 0.05, upper: 0.6 }, '/systems/0/albedo'),
  warnSolar('solar.weather_of_another_place', { distance_km: 407 }, '/site_id'),
];
const twoIds = { job_ids: [`${plain.job.id.slice(0, -1)}8`, `${plain.job.id.slice(0, -1)}9`] };
const built = (template: string, language: string, jobs: readonly SolarJob[], more: object = {}) =>
  buildReport(
    solarChapters,
    reportRequest({ template, language, ...(template === 'comparison' && twoIds), ...more }),
    jobs,
    REPORT_FACTS,
  );
const codesOf = (jobs: readonly SolarJob[], template = 'bankable', more: object = {}): string[] =>
  built(template, 'en', jobs, more).warnings.map(({ code }) => code);

describe.each([
  ['en', '407 km from the site', 'Severe doubt', 'Doubts'],
  ['de', '407 km vom Standort entfernt', 'Schwerer Zweifel', 'Hinweise und Zweifel'],
])('a report in %s', (language, severe, label, title) => {
  test.each(['summary', 'bankable', 'comparison'])(
    '%s has severe doubts on page one and all in a chapter',
    (template) => {
      const doubtful = withWarnings(DOUBTS);
      const { document, sheets, warnings } = built(
        template,
        language,
        template === 'comparison' ? [doubtful, doubtful] : [doubtful],
      );
      // Each doubt once, the severe one first.
      expect(warnings.map(({ severity }) => severity)).toEqual(['severe', 'caution', 'info']);
      const [[name, value]] = document.facts;
      expect([name, value.includes(severe)]).toEqual([label, true]);
      expect(document.facts.filter(([fact]) => fact === label)).toHaveLength(1);
      const chapter = document.sections.at(-1);
      expect(chapter?.title).toBe(title);
      const items = chapter?.blocks.flatMap((block) => (block.type === 'list' ? block.items : []));
      expect(items).toHaveLength(template === 'summary' ? 2 : 3);
      expect(renderHtml(document)).toContain(severe);
      const [sheet] = sheets;
      expect(sheet.name).toBe('warnings');
      expect(sheet.columns.find((column) => column.name === 'code')?.values).toEqual(warnings.map(({ code }) => code));
    },
  );
});

test('a comparison names the designs of a doubt that not all have', () => {
  const [column, , place] = DOUBTS;
  const { document, warnings, sheets } = built('comparison', 'en', [
    withWarnings([column]),
    withWarnings([column, place]),
  ]);
  expect(document.facts[0]).toEqual(['Severe doubt', expect.stringMatching(/^Design B: .*407 km/)]);
  const messages = sheets[0].columns.find(({ name }) => name === 'message')?.values;
  expect(messages?.[1]).toMatch(/^The column/);
  expect(warnings[0]).not.toHaveProperty('designs');
});

test('a doubt of an earlier version, whose values had other names, keeps its message', () => {
  const { column: _, ...values } = warnWeather('weather.night_irradiance', { night_pct: 2, column: 'ghi_w_m2' }).values;
  const stored = {
    ...warnWeather('weather.night_irradiance', { night_pct: 2, column: 'ghi_w_m2' }),
    message: '2 % of the global irradiation falls at night.',
    values,
  };
  const { document } = built('bankable', 'de', [withWarnings([stored])]);
  expect(renderHtml(document)).toContain('2 % of the global irradiation falls at night.');
});

test('a report without doubts has neither chapter nor sheet', () => {
  const { document, sheets, warnings } = built('bankable', 'en', [withWarnings([])]);
  expect(warnings).toEqual([]);
  expect(document.sections.map(({ title }) => title)).not.toContain('Doubts');
  expect(sheets.map(({ name }) => name)).not.toContain('warnings');
});

test('economics of the report have their doubts', () => {
  const economics = { costs: { per_kw: 900, operation_per_kw_year: 15 } };
  expect(codesOf([plain], 'bankable', { economics })).toEqual([]);
  expect(codesOf([plain], 'bankable', { economics: { ...economics, price_per_kwh: 45 } })).toEqual([
    'finance.value_implausible',
    'finance.price_and_cost',
  ]);
  const [system] = plain.systems;
  const aged = { ...system, system: { ...system.system, degradation: { pct_per_year: 0.7, year: 10 } } };
  expect(codesOf([{ ...plain, system: aged }], 'bankable', { economics })).toEqual(['solar.degradation_twice']);
  const debt = { rate: 0.15, years: 8, sizing: { type: 'share', share: 1 } };
  expect(codesOf([plain], 'bankable', { economics: { ...economics, debt } })).toContain('finance.debt_not_covered');
});

test('jobs of different places or uncertainties do not stand side by side without a word', () => {
  const site = plain.site && { ...plain.site, latitude_deg: plain.site.latitude_deg + 2 };
  expect(codesOf([plain, plain], 'comparison')).toEqual([]);
  expect(codesOf([plain, { ...plain, site }], 'comparison')).toEqual(['report.different_places']);
  const { job } = plain;
  const certain = solarAnalysis({ uncertainty_pct: { model: 2 } });
  const uncertain = solarAnalysis({ uncertainty_pct: { model: 12 } });
  expect(job.kind).toBe('solar-analyze');
  expect(codesOf([certain, uncertain], 'comparison')).toEqual(['report.different_uncertainties']);
});

describe('a German report says doubts in German', () => {
  const german = (warning: JobWarning): string => {
    const { document } = built('bankable', 'de', [withWarnings([warning])]);
    const blocks = document.sections.at(-1)?.blocks ?? [];
    return blocks.flatMap((block) => (block.type === 'list' ? block.items : [])).join('\n');
  };

  test('columns, fields and choices have their names, and numbers their decimal comma', () => {
    expect(german(warnWeather('weather.column_dropped', { column: 'wind_speed_m_s' }))).toContain(
      'Die Spalte Windgeschwindigkeit',
    );
    expect(german(warnWeather('weather.columns_exchanged', { first: 'dni_w_m2', second: 'dhi_w_m2' }))).toContain(
      'direkte Normalstrahlung und Diffusstrahlung',
    );
    expect(german(warnSolar('solar.beam_reflection_only', { iam: 'martin_ruiz' }))).toContain('Martin-Ruiz');
    expect(
      german(warnSolar('solar.value_unusual', { name: 'mounting.gcr', value: 0.05, lower: 0.15, upper: 0.7 })),
    ).toContain('Flächenbelegungsgrad (GCR) ist 0,05; üblich sind 0,15 bis 0,7');
  });

  test('sentences and places are German', () => {
    expect(german(warnSolar('solar.file_assumption', { assumption: 'shunt_by_default' }))).toContain('Rp_0 fehlt');
    const values = { n_values: 3, column: 'albedo', range: '0 to 1', first: '"1.2"', place: 'line 31, column 10, Alb' };
    expect(german(warnWeather('weather.values_rejected', values))).toContain(
      '3 Werte von Albedo liegen außerhalb von 0 bis 1 und wurden weggelassen; der erste ist "1.2" (Zeile 31, Spalte 10, Alb)',
    );
  });

  test('every field, column and quantity that doubts name has a German name', () => {
    const names = [
      ...Object.keys(USUAL_SOLAR),
      ...Object.keys(USUAL_FINANCE),
      ...Object.keys(QUANTITY_RANGES).map(snakeName),
      ...Object.keys(windAnalyzeSchema.shape.bins.unwrap().shape),
      ...['wind_speed_lower_m_s', 'wind_speed_std_m_s', 'alpha', 'roughness_m', 'n_strings', 'n_inverters'],
    ];
    const absent = names.map((name) => name.split('.').at(-1)).filter((name) => !(`term.${name}` in DICTIONARIES.de));
    expect(absent).toEqual([]);
  });
});
