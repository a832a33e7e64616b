/** What a bank's engineer looks for in a report; numbers are those of the job's result. */
import { describe, expect, test } from '@jest/globals';
import { REPORT_FACTS, reportRequest, solarAnalysis, windAnalysis } from '../../../test/support/report-jobs.ts';
import type { Block, Table } from '../../documents/model.ts';
import { FULL_WIDTH } from '../../documents/model.ts';
import { textWidth } from '../../documents/fonts.ts';
import { openCircuitV } from '../../solar/library/component.ts';
import { annualMaxima, returnSpeed, returnSpeedError } from '../../wind/resource/extreme.ts';
import { toSolarSystem } from '../solar/engine-system.ts';
import { rowLimit } from '../solar/report/sun-path.ts';
import { yieldOf } from '../wind/report/wind-job.ts';
import { utmZoneOf } from '../../geometry/projection.ts';
import { powerKw, thrustCoefficient } from '../../wind/turbine/turbine.ts';
import { projectEconomics } from '../../finance/project.ts';
import { solarChapters } from '../solar/report/chapters.ts';
import { monthlyOf, sumOf } from '../solar/report/monthly.ts';
import { windChapters } from '../wind/report/chapters.ts';
import type { BuiltReport } from './document.ts';
import { buildReport } from './document.ts';
import { textOf } from './text/text.ts';

const solar = solarAnalysis();
const wind = windAnalysis();
const solarReport = (request: object = {}, job = solar) =>
  buildReport(solarChapters, reportRequest(request), [job], REPORT_FACTS);
const windReport = (request: object = {}, job = wind) =>
  buildReport(windChapters, reportRequest(request), [job], REPORT_FACTS);

const blocksOf = ({ document }: BuiltReport): Block[] => document.sections.flatMap(({ blocks }) => blocks);
const tablesOf = (report: BuiltReport): Table[] =>
  blocksOf(report).filter((block): block is Table => block.type === 'table');
const tableOf = (report: BuiltReport, caption: string): Table => {
  const table = tablesOf(report).find((one) => one.caption.startsWith(caption));
  if (!table) throw new Error(`no table ${caption}`);
  return table;
};

describe('who stands behind a report', () => {
  const people = {
    prepared_by: 'Example Engineers',
    author: 'A. Author',
    reviewer: 'B. Reviewer',
    approver: 'C. Approver',
    version: '1.1',
    confidentiality: 'Strictly confidential',
  };
  const version_history = [
    { version: '1.0', date: '2026-10-01', changes: 'First version', author: 'A. Author' },
    { version: '1.1', date: '2026-11-02', changes: 'Measured losses' },
  ];

  test('is on the cover in the words of the language, and in the metadata', () => {
    const { document } = solarReport(people);
    expect(document.facts.slice(0, 6)).toEqual([
      ['Confidentiality', 'Strictly confidential'],
      ['Version', '1.1'],
      ['Prepared by', 'Example Engineers'],
      ['Author', 'A. Author'],
      ['Reviewed by', 'B. Reviewer'],
      ['Approved by', 'C. Approver'],
    ]);
    expect(document.author).toBe('A. Author');
    const german = windReport({ ...people, language: 'de' }).document.facts;
    expect(german).toContainEqual(['Freigegeben von', 'C. Approver']);
    expect(solarReport().document.facts.map(([name]) => name)).not.toContain('Version');
  });

  test('has a table of its versions', () => {
    expect(tableOf(windReport({ version_history }), 'Versions').rows).toEqual([
      ['1.0', '1 October 2026', 'A. Author', 'First version'],
      ['1.1', '2 November 2026', '\u2013', 'Measured losses'],
    ]);
    expect(tableOf(windReport({ version_history, language: 'de' }), 'Versionen').rows[1][1]).toBe('2. November 2026');
  });

  test.each(['2026-02-30', '2026-13-01', '30.11.2026'])('refuses the version of %s, which is no date', (date) => {
    expect(() => reportRequest({ version_history: [{ version: '1', date, changes: 'none' }] })).toThrow(
      /calendar|date/,
    );
  });

  test.each(['en', 'de'] as const)('disclaims what it does not promise, in %s', (language) => {
    const disclaimer = { type: 'paragraph', text: textOf(language)('limits.disclaimer') };
    for (const report of [solarReport({ language }), windReport({ language })])
      expect(blocksOf(report)).toContainEqual(disclaimer);
  });
});

/** Numbers of a table's row, without its name, its units and the commas of English */
const numbers = (row: readonly string[]): number[] =>
  row.slice(1).map((cell) => Number(cell.replace(/[^0-9.\u2212]/g, '').replace('\u2212', '-')));

describe('the months of a solar plant', () => {
  const { system } = solar;
  const { rows, columns } = tableOf(solarReport(), 'Months by the names of PVsyst');
  const monthly = monthlyOf(solar.hourly)!;
  const sheet = solarReport().sheets.find(({ name }) => name === 'monthly')!;

  test('have the names and definitions of PVsyst', () => {
    expect(columns.map(({ title }) => title)).toEqual([
      ...['Month', 'GlobHor', 'DiffHor', 'T_Amb', 'GlobInc', 'GlobEff', 'EArray', 'E_Grid', 'PR'],
    ]);
    const [, , , globInc, globEff, eArray, eGrid, pr] = numbers(rows[12]);
    const reflected = system.waterfall.steps.find(({ name }) => name === 'reflection')!;
    const dc = system.system.dc_capacity_kw;
    expect(globInc).toBeCloseTo(system.poa_unshaded_annual_kwh_m2, 0);
    expect(globEff).toBeCloseTo(reflected.remaining_kwh / dc, 0);
    expect(eArray).toBeCloseTo(system.annual_dc_energy_kwh / 1000, 0);
    expect(eGrid).toBeCloseTo(system.annual_energy_kwh / 1000, 0);
    expect(pr).toBeCloseTo(100 * system.performance_ratio, 1);
  });

  test('add up to the result', () => {
    const reflected = system.waterfall.steps.find(({ name }) => name === 'reflection')!;
    expect(sumOf(monthly.effective!)).toBeCloseTo(reflected.remaining_kwh / system.system.dc_capacity_kw, 3);
    expect(sumOf(monthly.arrayKwh) / system.annual_dc_energy_kwh).toBeCloseTo(1, 6);
    expect(rows.slice(0, 12).map((row) => numbers(row)[6])).toEqual(
      system.monthly_energy_kwh.map((kwh) => Number((kwh / 1000).toFixed(1))),
    );
    const column = (name: string) => sheet.columns.find((one) => one.name === name)!.values;
    expect(column('poa_effective_kwh_m2')).toEqual(monthly.effective);
    expect(column('monthly_dc_energy_kwh')).toEqual(monthly.arrayKwh);
  });

  test('leave out GlobEff where the stored series do not have it', () => {
    const hourly = solar.hourly.map(({ columns: { poa_effective_w_m2: _, ...rest }, meta }) => ({
      columns: rest,
      meta,
    }));
    const { columns } = tableOf(solarReport({}, { ...solar, hourly }), 'Months by the names of PVsyst');
    expect(columns.map(({ title }) => title)).not.toContain('GlobEff');
    expect(columns).toHaveLength(8);
  });

  test('have normalised yields and losses', () => {
    const { rows } = tableOf(solarReport(), 'Normalised production');
    const [yr, ya, yf, lc, ls] = numbers(rows[12]);
    const dc = system.system.dc_capacity_kw;
    expect(yr).toBeCloseTo(system.poa_unshaded_annual_kwh_m2 / 365, 2);
    expect(ya).toBeCloseTo(system.annual_dc_energy_kwh / dc / 365, 2);
    expect(yf).toBeCloseTo(system.specific_yield_kwh_per_kw / 365, 2);
    expect(lc).toBeCloseTo(yr - ya, 1);
    expect(ls).toBeCloseTo(ya - yf, 1);
    expect(tableOf(solarReport({ language: 'de' }), 'Normierte Ertr\u00e4ge').rows).toHaveLength(13);
  });
});

describe('the yield by year of life', () => {
  const { exceedance, annual_energy_kwh: p50 } = solar.system;

  test('falls by the degradation of the system', () => {
    const { rows } = tableOf(solarReport(), 'Net energy by year of life');
    expect(rows).toHaveLength(25);
    const [share, ...levels] = numbers(rows[24]);
    const left = 0.995 ** 24;
    expect(share).toBeCloseTo(100 * left, 1);
    const { p50_kwh, p75_kwh, p90_kwh, p99_kwh } = exceedance.one_year!;
    for (const [k, kwh] of [p50_kwh, p75_kwh, p90_kwh, p99_kwh].entries())
      expect(levels[k]).toBeCloseTo((kwh * left) / 1000, 0);
  });

  test('is that of the cash flows where there are economics', () => {
    const economics = { costs: { per_kw: 900, operation_per_kw_year: 15 }, price_per_kwh: 0.07 };
    const request = { economics: { ...economics, years: 30, degradation_per_year: 0.004 } };
    const report = solarReport(request);
    const context = { request: reportRequest(request), text: textOf('en'), format: null! };
    const { cashFlows } = projectEconomics(solarChapters.project(context, solar, null)!);
    const { rows } = tableOf(report, 'Net energy by year of life');
    const energies = cashFlows.filter(({ year }) => year > 0).map(({ energyKwh }) => energyKwh / 1000);
    expect(rows).toHaveLength(30);
    for (const [k, row] of rows.entries()) expect(numbers(row)[1]).toBeCloseTo(energies[k], 0);
  });

  test('is left out where nothing degrades, and has no P-values without uncertainties', () => {
    const { degradation: _, ...steady } = solar.system.system;
    const captions = tablesOf(solarReport({}, { ...solar, system: { ...solar.system, system: steady } })).map(
      ({ caption }) => caption,
    );
    expect(captions.filter((caption) => caption.startsWith('Net energy by year'))).toEqual([]);
    const unsure = { ...solar, system: { ...solar.system, exceedance: { ...exceedance, uncertainty_pct: 0 } } };
    const { columns, rows } = tableOf(solarReport({}, unsure), 'Net energy by year of life');
    expect(columns.map(({ title }) => title)).toEqual(['Year of life', 'Of the P50', 'P50']);
    expect(numbers(rows[0])[1]).toBeCloseTo(p50 / 1000, 0);
  });
});

describe('the turbines of a wind farm', () => {
  const result = wind.job.result as { layout: object; turbines: readonly object[] };
  const places = {
    longitude_deg: result.turbines.map(() => -79.387139),
    latitude_deg: result.turbines.map(() => 43.642567),
  };
  const globe = {
    ...wind,
    job: { ...wind.job, result: { ...result, layout: { ...result.layout, ...places } } },
  } as typeof wind;

  test('have UTM coordinates with their EPSG code, in the document and as data', () => {
    const report = windReport({}, globe);
    const { caption, rows } = tableOf(report, 'Positions of the turbines');
    expect(caption).toContain('UTM zone 17N (EPSG:32617)');
    // The tower of Toronto, the example of Wikipedia's page on UTM
    const [, easting, northing] = numbers(rows[0]);
    expect(Math.abs(easting - 630084)).toBeLessThan(2);
    expect(Math.abs(northing - 4833438)).toBeLessThan(2);
    const { columns } = report.sheets.find(({ name }) => name === 'turbines')!;
    const column = (name: string) => columns.find((one) => one.name === name)!.values[0];
    expect(column('epsg')).toBe(32617);
    expect(column('easting_m')).toBeCloseTo(easting, 0);
    expect(column('northing_m')).toBeCloseTo(northing, 0);
    expect(tableOf(windReport({ language: 'de' }, globe), 'Positionen der Anlagen').rows).toHaveLength(rows.length);
  });

  test('name the elevation of the ground where the request states it', () => {
    const air = { elevation_m: 412, relative_humidity_pct: 0 };
    const high = { ...globe, body: { ...globe.body, air } } as typeof wind;
    expect(tableOf(windReport({}, high), 'Positions of the turbines').caption).toContain('412\u00a0m above sea level');
    expect(tableOf(windReport({}, globe), 'Positions of the turbines').caption).not.toContain('sea level');
  });

  test.each([
    [11.6, 48.1, 32632],
    [151.2, -33.9, 32756],
    [5.3, 60.4, 32632],
    [10, 75, 32633],
    [20, 78, 32633],
    [180, 0, 32660],
    [0, 85, undefined],
  ])('at %d, %d are in EPSG:%s', (longitude, latitude, epsg) => {
    expect(utmZoneOf(longitude, latitude)?.epsg).toBe(epsg);
  });

  test('have tables of power and thrust at whole speeds', () => {
    const { rows } = tableOf(windReport(), 'Power P and thrust coefficient Ct');
    const [spec] = wind.specs;
    // The fast winds stand beside the slow ones.
    const all = rows.flatMap((row) => [row.slice(0, 3), row.slice(3)]).filter(([speed]) => speed !== '');
    for (const [speed, power, ct] of all) {
      const ws = Number(speed);
      expect(numbers([speed, power])[0]).toBeCloseTo(Number(powerKw(spec, ws).toFixed(0)), 6);
      expect(Number(ct)).toBeCloseTo(thrustCoefficient(spec, ws), 3);
    }
    expect(all.length).toBeGreaterThan(15);
  });
});

describe('the strength of the wind', () => {
  const years = (n: number) => {
    const wsMPerS = Float64Array.from(
      { length: 8760 * n },
      (_, i) => 8 + 6 * Math.sin(i / 11) + (i % 8760 === 700 ? 9 + Math.floor(i / 8760) : 0),
    );
    const timeMs = Float64Array.from(wsMPerS, (_, i) => Date.UTC(2001 + Math.floor(i / 8760), 0, 1, i % 8760));
    const resource = { kind: 'series' as const, wsMPerS, wdDeg: wsMPerS.map(() => 270), stepHours: 1 };
    return { ...wind, climate: { ...wind.climate, resource, timeMs } };
  };
  const rowOf = (job: typeof wind, name: string) =>
    tableOf(windReport({}, job), 'Wind data')
      .rows.find(([one]) => one.startsWith(name))?.[1]
      .replace(/\u00a0/g, ' ');

  test('has V50 with its basis and standard error, and the class that bears it', () => {
    const job = years(6);
    const maxima = annualMaxima(job.climate.resource.wsMPerS, job.climate.timeMs, 3.6e6);
    const v50 = returnSpeed(maxima, 50)!;
    const error = returnSpeedError(maxima, 50)!;
    const row = rowOf(job, 'Extreme wind')!;
    expect(row).toMatch(new RegExp(`^${v50.toFixed(2)} ± ${error.toFixed(2)} m/s at 80 m`));
    expect(row).toContain(
      'highest 60 min mean of each of 6 years; 10 min means, of which the classes speak, are higher',
    );
    const hub = v50 * (wind.specs[0].hubHeightM / 80) ** 0.11;
    expect(rowOf(job, 'Wind class')).toContain(`by ${hub.toFixed(2)} m/s at the hub`);
  });

  test('is not known from a single year, or from distributions', () => {
    expect(rowOf(years(1), 'Extreme wind')).toContain('not known: the series has one complete year');
    const sectors = [{ frequency: 1, scale_m_s: 9, shape: 2 }];
    const job = windAnalysis({ resource: { type: 'weibull', sectors, height_m: 80 } });
    expect(rowOf(job, 'Extreme wind')).toBe('not known: the wind has no time steps');
    expect(rowOf(job, 'Wind class')).toBeUndefined();
  });
});

test('a wind series has its mean net power by month and hour, whose mean is the net energy', () => {
  const table = tableOf(windReport(), 'Mean net power');
  expect(table.rows).toHaveLength(24);
  const sheet = windReport().sheets.find(({ name }) => name === 'month_hours')!;
  const [, , power] = sheet.columns.map(({ values }) => values as number[]);
  const days = Array.from({ length: 12 }, (_, m) => new Date(Date.UTC(2023, m + 1, 0)).getUTCDate());
  const kwh = power.reduce((sum, kw, k) => sum + kw * days[Math.floor(k / 24)], 0);
  expect(kwh / yieldOf(wind).annual_energy_kwh).toBeCloseTo(1, 9);
});

test('wakes of own turbines and of other farms stand apart', () => {
  const job = windAnalysis({ neighbours: { x_m: [-600, -600], y_m: [0, 500] } });
  const { internal_wake_loss_pct: own, external_wake_loss_pct: external } = yieldOf(job);
  const text = blocksOf(windReport({}, job)).find(
    (one) => one.type === 'paragraph' && one.text.includes('other farms'),
  );
  expect(text).toMatchObject({
    text: expect.stringContaining(
      `${own!.toFixed(1)}\u00a0% of the gross energy, those of other farms (2 turbines) ${external!.toFixed(1)}\u00a0%`,
    ),
  });
});

test('elevations are those of the wind resource at each turbine', () => {
  const grid = { columns: 2, rows: 2, minX: 0, minY: 0, stepX: 1000, stepY: 1000, factors: [] };
  const elevationM = Float64Array.from([100, 200, 300, 400]);
  const job = { ...wind, climate: { ...wind.climate, grid: { ...grid, elevationM } } };
  const rows = tableOf(windReport({}, job), 'Positions of the turbines').rows.map((row) =>
    row.at(-2)?.replace('\u00a0', ' '),
  );
  const { x_m, y_m } = yieldOf(wind).layout;
  expect(rows).toEqual(x_m.map((x, k) => `${(100 + x / 10 + y_m[k] / 5).toFixed(0)} m`));
});

describe('strings', () => {
  const system = {
    dc_capacity_kw: 5000,
    module: { type: 'library', id: 'Aleo Solar P19Y310' },
    inverter: { type: 'library', id: 'TMEIC: PVH-L2500GR-EG' },
    mounting: { type: 'fixed', tilt_deg: 30, azimuth_deg: 180 },
    rows: { model: 'linear', gcr: 0.5 },
    min_cell_temp_c: -10,
  };
  const job = solarAnalysis({ systems: [system] });

  test('are checked in the cold and in the heat against the limits of the inverter', () => {
    const table = tableOf(solarReport({}, job), 'Voltages of the strings');
    const { module } = toSolarSystem(job.system.system);
    if (module.type === 'pvwatts') throw new Error('no strings');
    const cold = module.modulesPerString * openCircuitV(module, -10);
    const value = (name: string) =>
      table.rows
        .find(([one]) => one.startsWith(name))![1]
        .replace(/[\u00a0,V]/g, '')
        .trim();
    expect(value('Open-circuit voltage')).toBe(cold.toFixed(0));
    expect(value('Maximum DC voltage')).toBe('1200');
    expect(value('MPP window')).toBe('800 … 1200');
    const hot = Number(value('MPP voltage, hottest cell'));
    expect(hot).toBeLessThan(Number(value('MPP voltage, standard')));
    const sheet = solarReport({}, job).sheets.find(({ name }) => name === 'string_voltages')!;
    expect(sheet.columns.find(({ name }) => name === 'coldest_open_circuit_v')?.values).toEqual([cold]);
  });

  test('that leave the window are named with what that costs', () => {
    const note = blocksOf(solarReport({}, job)).find((one) => one.type === 'note' && one.text.includes('MPP window'));
    expect(note).toMatchObject({
      text: expect.stringMatching(/^The strings leave the MPP window at times.*: 0\.\d\d\u00a0% /),
    });
  });

  test('without modules in strings have no table', () => {
    expect(() => tableOf(solarReport({}, solarAnalysis({ systems: [{ dc_capacity_kw: 100 }] })), 'Voltages')).toThrow(
      'no table',
    );
  });

  test('stand behind rows whose limit angle is that of the geometry', () => {
    // Duffie and Beckman: tan(limit) = sin(tilt) / (pitch/width - cos(tilt))
    const limit = (180 / Math.PI) * Math.atan(Math.sin(Math.PI / 6) / (2 - Math.cos(Math.PI / 6)));
    expect(rowLimit(toSolarSystem(job.system.system))?.angleDeg).toBeCloseTo(limit, 6);
    expect(rowLimit(toSolarSystem(solar.system.system))).toBeNull();
  });
});

test('several weather datasets stand beside each other', () => {
  const [used] = solar.weather;
  const summary = { ...used.row!.summary, ghi_annual_kwh_m2: 1.1 * used.row!.summary.ghi_annual_kwh_m2 };
  const other = { ...used, id: 'wth_2', row: { ...used.row!, id: 'wth_2', name: 'other.csv', summary } };
  const report = solarReport({}, { ...solar, weather: [used, other] });
  const rows = tableOf(report, 'Weather datasets side by side').rows;
  expect(rows.map((row) => row[3].replace('\u00a0', ' '))).toEqual(['\u22124.8 %', '+4.8 %']);
  expect(() => tableOf(solarReport(), 'Weather datasets side by side')).toThrow('no table');
});

describe.each(['en', 'de'])('key figures in %s', (language) => {
  test('have names that fit their boxes', () => {
    const economics = {
      costs: { per_kw: 900, operation_per_kw_year: 15 },
      debt: { rate: 0.05, years: 18, sizing: { type: 'share', share: 0.6 } },
    };
    const reports = [
      solarReport({ language, economics }),
      windReport({ language }),
      solarReport({ language }),
      solarReport({ language, economics: { ...economics, debt: null } }),
    ];
    const labels = reports
      .flatMap(blocksOf)
      .flatMap((one) => (one.type === 'key_figures' ? one.items.map(({ label }) => label) : []));
    // Boxes are four in a row; the PDF writes names at 6 pt at least.
    const width = (FULL_WIDTH - 3 * 8) / 4 - 13;
    expect(labels.length).toBeGreaterThan(30);
    expect(labels.filter((label) => textWidth(label, 6) > width)).toEqual([]);
  });
});

test('a comparison has the costs that the request states for single designs', () => {
  const job_ids = [1, 4].map((n) => `job_01kb${String(n).padStart(22, '0')}`);
  const costs = { per_kw: 900, operation_per_kw_year: 15 };
  const body = {
    template: 'comparison',
    job_ids,
    economics: { costs },
    design_costs: [{ job_id: job_ids[1], costs: { ...costs, per_kw: 1100 } }],
  };
  const other = { ...solar, job: { ...solar.job, id: job_ids[1] } };
  const report = buildReport(solarChapters, reportRequest(body), [solar, other], REPORT_FACTS);
  const row = tableOf(report, 'Key figures side by side').rows.find(([name]) => name === 'Capital cost')!;
  expect(row.slice(1).map((value) => value.replace('\u00a0', ' '))).toEqual([
    '4,500 thousand USD',
    '5,500 thousand USD',
  ]);
  expect(() => reportRequest({ ...body, economics: undefined })).toThrow('expected economics with design_costs');
  const stranger = [{ job_id: `job_01kb${'9'.repeat(22)}`, costs }];
  expect(() => reportRequest({ ...body, design_costs: stranger })).toThrow('expected one of job_ids');
});

test('terms of the economics that the request leaves to the platform are marked, with their sources', () => {
  const costs = { per_kw: 900, operation_per_kw_year: 15 };
  const report = solarReport({ economics: { costs, price_per_kwh: 0.08 } });
  const rows = tableOf(report, 'Economic assumptions').rows.map(([name, value]) => [name, value.endsWith('*')]);
  expect(Object.fromEntries(rows)).toMatchObject({
    'Price of year 1': false,
    'Energy lost each year': true,
    'Tax rate': true,
    Depreciation: true,
    'Discount rate, real / nominal / inflation': true,
    'Operating cost of year 1': false,
  });
  const sources = tableOf(report, 'Sources of the default values').rows.map((row) => row.join(' '));
  expect(sources.find((row) => row.includes('tax_rate'))).toMatch(/26 USC 11/);
  const note = blocksOf(solarReport({ template: 'summary', economics: { costs, price_per_kwh: 0.08 } })).find(
    (one) => one.type === 'note' && one.text.includes('equal a default'),
  );
  expect(note).toMatchObject({ text: expect.stringMatching(/Tax rate/) });
});

test('a comparison without stated uncertainties has no figure for them, and no sheet', () => {
  const job = windAnalysis({ uncertainty_pct: {} });
  const job_ids = [1, 2].map((n) => `job_01kb${String(n).padStart(22, '0')}`);
  const report = buildReport(
    windChapters,
    reportRequest({ template: 'comparison', job_ids }),
    [job, job],
    REPORT_FACTS,
  );
  const rows = tableOf(report, 'Key figures side by side').rows;
  expect(rows.find(([name]) => name.startsWith('Combined'))?.slice(1)).toEqual(['\u2013', '\u2013']);
  expect(report.sheets.map(({ name }) => name).filter((name) => /uncertainty|exceedance/.test(name))).toEqual([]);
});

test('a comparison has the operating cost of each design', () => {
  const economics = { costs: { per_kw: 900, operation_per_kw_year: 15 }, price_per_kwh: 0.07 };
  const job_ids = [1, 2].map((n) => `job_01kb${String(n).padStart(22, '0')}`);
  const request = reportRequest({ template: 'comparison', job_ids, economics });
  const small = { ...solar, system: { ...solar.system, system: { ...solar.system.system, dc_capacity_kw: 2000 } } };
  const report = buildReport(solarChapters, request, [solar, small], REPORT_FACTS);
  const row = tableOf(report, 'Key figures side by side').rows.find(([name]) => name === 'Operating cost of year 1')!;
  expect(row.slice(1)).toEqual(['75.00\u00a0thousand USD', '30.00\u00a0thousand USD']);
});

test('a comparison has the external wakes of each wind farm, and a dash where there is no other farm', () => {
  const job = windAnalysis({ neighbours: { x_m: [-600, -600], y_m: [0, 500] } });
  const job_ids = [1, 2].map((n) => `job_01kb${String(n).padStart(22, '0')}`);
  const report = buildReport(
    windChapters,
    reportRequest({ template: 'comparison', job_ids }),
    [job, wind],
    REPORT_FACTS,
  );
  const row = tableOf(report, 'Key figures side by side').rows.find(([name]) => name === 'Wakes of neighbours')!;
  expect(row.slice(1)).toEqual([`${yieldOf(job).external_wake_loss_pct!.toFixed(1)}\u00a0%`, '\u2013']);
});
