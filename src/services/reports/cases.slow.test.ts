/** What readers of reports sent back, each as a kind: for every technology, template and language that it concerns. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { someInverters } from '../../../test/support/bundled-components.ts';
import {
  REPORT_FACTS,
  reportRequest,
  solarAnalysis,
  solarSearch,
  windAnalysis,
  windLayout,
} from '../../../test/support/report-jobs.ts';
import { REPORT_LANGUAGES, REPORT_TEMPLATES } from '../../contracts/reports/reports.ts';
import type { Figure, Table } from '../../documents/model.ts';
import { renderHtml } from '../../documents/render-html.ts';
import { solarChapters } from '../solar/report/chapters.ts';
import type { SolarJob } from '../solar/report/load.ts';
import { acCapacityKw } from '../solar/report/plant.ts';
import { windChapters } from '../wind/report/chapters.ts';
import type { WindJob } from '../wind/report/wind-job.ts';
import { buildReport } from './document.ts';

let solar: SolarJob;
let wind: WindJob;
let layout: WindJob;
beforeAll(() => {
  solar = solarAnalysis();
  wind = windAnalysis();
  layout = windLayout();
});

const isWind = (job: SolarJob | WindJob): job is WindJob => 'specs' in job;
const built = (
  jobs: readonly (SolarJob | WindJob)[],
  changes: { template?: string; language?: string; economics?: object } = {},
) => {
  const ids =
    changes.template === 'comparison' ? { job_ids: [1, 2].map((n) => `job_01kb${String(n).padStart(22, '0')}`) } : {};
  const request = reportRequest({ ...ids, ...changes });
  const [first] = jobs;
  return isWind(first)
    ? buildReport(windChapters, request, jobs as WindJob[], REPORT_FACTS)
    : buildReport(solarChapters, request, jobs as SolarJob[], REPORT_FACTS);
};
const twice = <Job>(template: string, job: Job): Job[] => (template === 'comparison' ? [job, job] : [job]);
const pageOf = (...of: Parameters<typeof built>): string =>
  renderHtml(built(...of).document)
    .replace(/<style>[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/\s+/g, ' ');
const tablesOf = (...of: Parameters<typeof built>): Table[] =>
  built(...of).document.sections.flatMap(({ blocks }) => blocks.flatMap((one) => (one.type === 'table' ? [one] : [])));
const rowOf = (name: string, tables: readonly Table[]): readonly string[] | undefined =>
  tables.flatMap(({ rows }) => rows).find(([first]) => first === name);

describe.each(
  REPORT_TEMPLATES.flatMap((template) => REPORT_LANGUAGES.map((language) => [template, language] as const)),
)('without stated uncertainties, %s in %s', (template, language) => {
  const said = { en: 'there are no P-values', de: 'daher gibt es keine P-Werte' }[language];
  test('has no P-values and says so', () => {
    for (const job of [solarAnalysis({ uncertainty_pct: {} }), windAnalysis({ uncertainty_pct: {} })]) {
      const page = pageOf(twice(template, job), { template, language });
      expect(page).toContain(said);
      expect(page).not.toMatch(/P75|P99/);
      expect(page).not.toMatch(/P90[^.]{0,20}\d[.,]\d+ (k|M|G)Wh/);
      const { sheets } = built(twice(template, job), { template, language });
      expect(sheets.filter(({ name }) => name.endsWith('exceedance'))).toEqual([]);
    }
    for (const job of [solar, wind]) expect(pageOf(twice(template, job), { template, language })).not.toContain(said);
  });

  test('says that no losses were stated where there are none', () => {
    const none = { en: 'No losses other than wakes', de: 'Außer dem Nachlauf wurden keine Verluste' }[language];
    const without = windAnalysis({ losses_pct: {} });
    expect(pageOf(twice(template, without), { template, language })).toContain(none);
    expect(pageOf(twice(template, wind), { template, language })).not.toContain(none);
  });

  test('says on its first page that a time limit ended a search', () => {
    const name = { en: 'Time limit', de: 'Zeitgrenze' }[language];
    const limited: WindJob = { ...layout, job: { ...layout.job, time_limited: true } };
    const { facts } = built(twice(template, limited), { template, language }).document;
    const fact = facts.find(([key]) => key === name);
    expect(fact?.[1]).toContain(language === 'de' ? '2 s Rechenzeit' : '2 s of compute time');
    expect(built(twice(template, layout), { template, language }).document.facts.map(([key]) => key)).not.toContain(
      name,
    );
  });
});

describe('a search', () => {
  test('with modules and inverters of the library is reported, with the parts that were built', () => {
    const inverter = someInverters(200).find(({ powerW, maxDcV }) => powerW > 5e5 && (maxDcV ?? 0) >= 900)!.name;
    const search = solarSearch({
      variables: {
        dc_ac_ratio: { lower: 1, upper: 1.5 },
        tilt_deg: { lower: 5, upper: 50 },
        module: ['Aleo Solar P19Y310'],
        inverter: [inverter],
      },
      population_size: 8,
      n_iterations: 3,
    });
    for (const template of REPORT_TEMPLATES)
      for (const language of REPORT_LANGUAGES)
        expect(pageOf(twice(template, search), { template, language })).not.toMatch(/NaN|undefined/);
    const { inverter: own, dc_capacity_kw, dc_ac_ratio } = search.system.system;
    expect(Number.isInteger('n_inverters' in own ? own.n_inverters : undefined)).toBe(true);
    // The ratio of the result is that of what was built, and all reports print it.
    expect(dc_ac_ratio).toBeCloseTo(dc_capacity_kw / acCapacityKw(search), 9);
    const ratio = dc_ac_ratio.toFixed(2);
    expect(rowOf('DC/AC ratio', tablesOf([search, search], { template: 'comparison' }))?.[1]).toBe(ratio);
    expect(
      rowOf(
        'DC/AC ratio',
        tablesOf([search]).filter(({ caption }) => caption.startsWith('Plant')),
      )?.[1],
    ).toBe(ratio);
  });

  test('whose runs have other turbines shows scores only where they compare', () => {
    const { job } = layout;
    if (job.kind !== 'wind-optimize' || !job.result?.best) throw new Error('no search');
    const [run] = job.result.runs;
    const other = { ...run, candidate_index: 1, score: 1.23 * (run.score ?? 1) };
    const [candidate] = job.result.candidates;
    const best = { ...job.result.best, run_index: 0 };
    const result = {
      ...job.result,
      best,
      runs: [run, other],
      candidates: [candidate, { ...candidate, turbine: 'V90' }],
    };
    const withObjective = (objective: string): WindJob =>
      ({ ...layout, job: { ...job, input: { ...job.input, objective }, result } }) as WindJob;
    const runs = (objective: string) =>
      tablesOf([withObjective(objective)])
        .find(({ caption }) => caption.startsWith('Runs'))
        ?.rows.map((row) => row.at(-1));
    expect(runs('lcoe')).toEqual(['100.000', '\u2013']);
    expect(runs('aep_per_area')).toEqual(['100.000', '123.000']);
    expect(pageOf([withObjective('lcoe')])).toContain('Scores of runs with other turbines are not shown');
    expect(pageOf([withObjective('aep_per_area')])).not.toContain('Scores of runs');
  });

  test('beside an analysis gives the layout its boundary and exclusions, at their places', () => {
    const { job } = layout;
    if (job.kind !== 'wind-optimize' || !job.result?.best) throw new Error('no search');
    const { longitude_deg, latitude_deg } = job.result.best.layout;
    const analysis = windAnalysis({ layout: { longitude_deg, latitude_deg } });
    const figuresOf = (jobs: WindJob[]): Figure[] =>
      built(jobs).document.sections.flatMap(({ blocks }) =>
        blocks.flatMap((one) => (one.type === 'figure' ? [one] : [])),
      );
    const wordsOf = (jobs: WindJob[]): string[] =>
      figuresOf(jobs)
        .filter(({ caption }) => caption.startsWith('Layout'))
        .flatMap(({ scene }) => scene.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])));
    expect(wordsOf([analysis, layout])).toEqual(expect.arrayContaining(['Boundary', 'Exclusion']));
    expect(wordsOf([analysis])).not.toContain('Boundary');
    // The map of both is as wide as the map of the search: the boundary is where the turbines are.
    const heightOf = (jobs: WindJob[]) =>
      figuresOf(jobs).find(({ caption }) => caption.startsWith('Layout'))?.scene.height;
    expect(Math.abs((heightOf([analysis, layout]) ?? 0) - (heightOf([layout]) ?? 99))).toBeLessThan(2);
  });
});

describe('a report shows', () => {
  test.each([
    [
      'from the stated air',
      { air: { elevation_m: 1500, temp_air_c: 8 } },
      /^1\.0[34]\d kg\/m³ at the hub, from the stated air at 1,500 m/,
    ],
    ['as stated', { air_density_kg_m3: 1.1 }, /^1\.100 kg\/m³$/],
    ['of the curves', {}, /^the density of the power curves$/],
  ])('the density of the air %s', (_, changes, text) => {
    const row = rowOf('Air density', tablesOf([windAnalysis(changes)]));
    expect(row?.[1].replace(/\u00a0/g, ' ')).toMatch(text);
  });

  test('interpolated values as they were counted, without minutes', () => {
    const [used] = solar.weather;
    const gaps = { ...used.row!.summary.gaps, nInterpolatedValues: 3, longestGapMinutes: 180, nClippedNegatives: 2 };
    const row = { ...used.row!, summary: { ...used.row!.summary, gaps } };
    const tables = tablesOf([{ ...solar, weather: [{ ...used, row }] }]);
    expect(rowOf('Interpolated values', tables)?.[1]).toBe('3');
    expect(rowOf('Negative irradiances set to zero', tables)?.[1]).toBe('2');
  });

  test('losses and uncertainties in the order of their kinds, whatever order the database gives', () => {
    const losses_pct = { zeta: 1, environmental: 1, electrical: 2, availability: 3, turbine_performance: 1.5 };
    const uncertainty_pct = { losses: 1, wakes: 2, long_term: 2, power_curve: 2, wind_measurement: 3 };
    const job = windAnalysis({ losses_pct, uncertainty_pct });
    const tables = tablesOf([job]);
    const names = (caption: string) =>
      tables.find((table) => table.caption.startsWith(caption))?.rows.map(([name]) => name);
    expect(names('Gains and losses')?.slice(2, -1)).toEqual([
      'Availability',
      'Electrical',
      'Turbine performance',
      'Environmental',
      'zeta',
    ]);
    expect(names('Standard uncertainties')?.slice(0, 5)).toEqual([
      'Wind measurement',
      'Long-term correlation',
      'Wake model',
      'Power curve',
      'Losses',
    ]);
  });

  test.each(['en', 'de'])(
    'wind losses and uncertainties in the categories of IEC 61400-15-2, with their basis, in %s',
    (language) => {
      const tables = tablesOf([wind], { language });
      const said = {
        en: [
          ['Turbine interaction', 'computed'],
          ['Availability', 'stated'],
          ['Wind measurement', 'Measurement'],
          ['Power curve', 'Plant performance'],
        ],
        de: [
          ['Wechselwirkung der Anlagen', 'berechnet'],
          ['Verfügbarkeit', 'angegeben'],
          ['Windmessung', 'Messung'],
          ['Leistungskurve', 'Verhalten des Windparks'],
        ],
      }[language];
      const rows = tables
        .filter(({ columns }) => columns[1]?.title.includes('IEC 61400-15-2'))
        .flatMap((table) => table.rows);
      for (const words of said ?? []) expect(rows.some((row) => words.every((word) => row.includes(word)))).toBe(true);
      expect(rows.every((row) => row.length === 4 || row.length === 6)).toBe(true);
    },
  );

  test('cash flows whose rows add up, with debt too', () => {
    const debt = { rate: 0.05, years: 18, sizing: { type: 'share', share: 0.6 } };
    const costs = { per_kw: 900, operation_per_kw_year: 15 };
    for (const [more, hasDebt] of [
      [{}, false],
      [{ debt }, true],
    ] as const) {
      const economics = { costs, price_per_kwh: 0.07, ...more };
      const table = tablesOf([solar], { economics }).find(({ caption }) => caption.startsWith('Cash flows'));
      const at = (title: string) => table!.columns.findIndex((column) => column.title === title);
      const value = (row: readonly string[], title: string) =>
        Number(row[at(title)].replace(/,/g, '').replace('\u2212', '-'));
      for (const row of table!.rows.slice(1)) {
        const sum = value(row, 'EBITDA') - value(row, 'Tax');
        // The total also has the investment of year 0.
        if (row[0] !== 'Total') expect(Math.abs(sum - value(row, 'Project flow'))).toBeLessThan(1.5);
        if (hasDebt && row[0] !== 'Total') {
          const own =
            value(row, 'EBITDA') - value(row, 'Interest') - value(row, 'Principal') - value(row, 'Tax after interest');
          expect(Math.abs(own - value(row, 'Equity flow'))).toBeLessThan(2.5);
        }
      }
    }
  });

  test('designs of one name apart, and models by their names', () => {
    expect(rowOf('Design', tablesOf([layout, layout], { template: 'comparison' }))?.slice(1)).toEqual([
      'West Jutland coast (A)',
      'West Jutland coast (B)',
    ]);
    expect(rowOf('Wake model', tablesOf([wind, wind], { template: 'comparison' }))?.[1]).toBe(
      'Gaussian (Bastankhah 2014), k* 0.0325',
    );
  });

  test('the whole name of a site of 60 characters on its map', () => {
    const name = 'Photovoltaikanlage Oberviechtach-Schwarzhofen Bauabschnitt 2';
    expect(name).toHaveLength(60);
    const job = { ...solar, site: { ...solar.site!, name } };
    const map = built([job])
      .document.sections.flatMap(({ blocks }) => blocks)
      .find((one): one is Figure => one.type === 'figure' && one.caption.startsWith('Location'));
    const words = map!.scene.marks.flatMap((mark) => (mark.kind === 'text' && mark.bold ? [mark.text] : []));
    expect(words.join(' ')).toContain(name);
  });
});

describe('defaults', () => {
  const names = (job: SolarJob | WindJob): string[] =>
    tablesOf([job])
      .filter(({ caption }) => caption.startsWith('Inputs'))
      .flatMap(({ rows }) => rows.flatMap(([name, value]) => (value.endsWith('*') ? [name] : [])));

  test.each(REPORT_LANGUAGES)('are marked with their sources, and named on the first pages, in %s', (language) => {
    const [plain] = [solarAnalysis({ systems: [{ dc_capacity_kw: 1000 }] })];
    const own = { en: 'default values of the platform', de: 'Vorgabewerte der Plattform' }[language];
    for (const template of REPORT_TEMPLATES)
      expect(pageOf(twice(template, plain), { template, language })).toContain(own);
    expect(pageOf([plain], { language })).toContain('PVWatts Version 5 Manual, table of losses');
  });

  test('are those values that equal one: stated others are not marked', () => {
    const losses_pct = { soiling: 2.5, mismatch: 2 };
    const stated = solarAnalysis({
      systems: [{ dc_capacity_kw: 1000, losses_pct }],
      uncertainty_pct: { irradiance: 5 },
    });
    const marked = names(stated);
    expect(marked).toEqual(
      expect.arrayContaining([
        'losses_pct.mismatch',
        'losses_pct.shading',
        'losses_pct.lid',
        'albedo',
        'interannual_pct',
      ]),
    );
    for (const name of ['losses_pct.soiling', 'dc_capacity_kw', 'uncertainty_pct.irradiance'])
      expect(marked).not.toContain(name);
    expect(names(solarAnalysis())).toContain('uncertainty_pct.irradiance');
    expect(names(wind)).toEqual(expect.arrayContaining(['interannual_pct', 'wake.model', 'bins.direction_step_deg']));
    expect(names(wind)).not.toContain('losses_pct.availability');
  });
});

test('the performance ratio is that of PVsyst: net yield over the irradiation before horizon and shade', () => {
  const { specific_yield_kwh_per_kw, poa_unshaded_annual_kwh_m2, performance_ratio } = solar.system;
  expect(performance_ratio).toBeCloseTo(specific_yield_kwh_per_kw / poa_unshaded_annual_kwh_m2, 9);
  const transposed = solar.system.waterfall.steps.find(({ name }) => name === 'transposition')!;
  expect(transposed.remaining_kwh / solar.system.system.dc_capacity_kw / poa_unshaded_annual_kwh_m2).toBeCloseTo(1, 3);
});
