/** Each warning about sites, economics and reports is said where it belongs, and not of a good input beside it. */
import { FINANCE_WARNINGS } from '../../src/contracts/common/finance-warnings.ts';
import { REPORT_WARNINGS } from '../../src/contracts/reports/warnings.ts';
import { SITE_WARNINGS } from '../../src/contracts/sites/warnings.ts';
import { financeWarnings } from '../../src/finance/plausibility.ts';
import { projectEconomics } from '../../src/finance/project.ts';
import { areaDoubts, siteDoubts } from '../../src/geometry/area-doubts.ts';
import { readAreaFile } from '../../src/geometry/formats/area-file.ts';
import { solarChapters } from '../../src/services/solar/report/chapters.ts';
import { buildReport } from '../../src/services/reports/document.ts';
import type { SolarJob } from '../../src/services/solar/report/load.ts';
import { REPORT_FACTS, reportRequest, solarAnalysis } from '../support/report-jobs.ts';
import { testWarningPairs, type WarningPair } from '../support/warning-pairs.ts';
import { PROJECT_TERMS } from '../support/project-terms.ts';

type Corner = readonly [number, number];
const square = (x: number, y: number, side: number): Corner[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];
const PLACE = { latitude_deg: 55, longitude_deg: 8 };
const site = (corners: readonly Corner[]) => () =>
  siteDoubts({ ...PLACE, boundary: { type: 'Polygon', coordinates: [corners] } }).map(({ code }) => code);
const [a, b, c, d, e] = square(8, 55, 0.02);
const near: Corner[] = [a, b, c, d, e];

const coordinates = (corners: readonly Corner[]) => corners.map(([x, y]) => `${x},${y},0`).join(' ');
const polygon = `<Polygon><outerBoundaryIs><LinearRing><coordinates>${coordinates(near)}</coordinates></LinearRing></outerBoundaryIs></Polygon>`;
const line = `<LineString><coordinates>${coordinates(near)}</coordinates></LineString>`;
const point = '<Point><coordinates>8.005,55.005</coordinates></Point>';
const kml =
  (...shapes: readonly string[]) =>
  () => {
    const marks = shapes.map((shape) => `<Placemark><name>A</name>${shape}</Placemark>`).join('');
    const text = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>${marks}</Document></kml>`;
    const read = readAreaFile({ bytes: Buffer.from(text), use: 'boundary', setbackM: 0 });
    return read.warnings.map(({ code }) => code);
  };

const far = (longitude_deg: number, latitude_deg: number): readonly string[] => {
  const area = { type: 'Polygon', coordinates: [near], unit: 'deg' } as const;
  return areaDoubts(area, '/boundary', { latitude_deg, longitude_deg }).map(({ code }) => code);
};

testWarningPairs(SITE_WARNINGS, {
  'site.features_empty': [kml(polygon, ''), kml(polygon)],
  'site.shapes_skipped': [kml(polygon, point), kml(polygon)],
  'site.lines_closed': [kml(line), kml(polygon)],
  'site.edges_cross': [site([a, c, b, d, e]), site([a, b, [8.5, 55.01], b, c, d, e])],
  'site.area_far': [site(square(55, 8, 0.02)), site(square(8.3, 55, 0.02))],
  'site.area_far_from_weather': [() => far(55, 8), () => far(8.3, 55)],
  'site.corner_far': [site([a, b, [80, 55.02], d, e]), site([a, b, [9, 55.3], d, e])],
});

/** 1 MW at 900 per kW with 1,500 kWh/kW */
const project = (changes: object): readonly string[] => {
  const input = {
    ...PROJECT_TERMS,
    annualEnergyKwh: 1.5e6,
    capitalCost: 900_000,
    operatingCostPerYear: 15_000,
    ...changes,
  };
  return financeWarnings(input, projectEconomics(input), '/economics').map(({ code }) => code);
};
const money = (fault: object, good: object = {}): WarningPair => [() => project(fault), () => project(good)];
const loan = (rate: number, years: number) => ({
  debt: { rate, years, repayment: 'level', sizing: { type: 'share', share: 0.7 } },
  pricePerKwh: 0.07,
});

testWarningPairs(FINANCE_WARNINGS, {
  'finance.value_unusual': money({ costEscalation: 0.15 }, { costEscalation: 0.04 }),
  'finance.value_implausible': money({ costEscalation: -0.4 }, { costEscalation: -0.01 }),
  'finance.price_and_cost': money({ pricePerKwh: 50 }, { pricePerKwh: 0.3 }),
  'finance.lcoe_range': money({ capitalCost: 9e8 }, { capitalCost: 1.8e6 }),
  'finance.debt_not_covered': money(loan(0.15, 8), loan(0.045, 18)),
});

const analysis = solarAnalysis();
const report = (template: string, jobs: readonly SolarJob[]) => (): readonly string[] => {
  const ids = jobs.map((_, k) => `${analysis.job.id.slice(0, -1)}${k + 7}`);
  const request = reportRequest({ template, ...(ids.length > 1 && { job_ids: ids }) });
  return buildReport(solarChapters, request, jobs, REPORT_FACTS).warnings.map(({ code }) => code);
};
const elsewhere = (deg: number): SolarJob => ({
  ...analysis,
  site: analysis.site && { ...analysis.site, latitude_deg: analysis.site.latitude_deg + deg },
});
const small = solarAnalysis({ systems: [{ dc_capacity_kw: 3000 }] });
const certain = (pct: number) => solarAnalysis({ uncertainty_pct: { model: pct } });

testWarningPairs(REPORT_WARNINGS, {
  'report.different_places': [
    report('comparison', [analysis, elsewhere(2)]),
    report('comparison', [analysis, elsewhere(0.02)]),
  ],
  'report.different_plants': [report('bankable', [analysis, small]), report('bankable', [analysis, analysis])],
  'report.different_uncertainties': [
    report('comparison', [certain(2), certain(12)]),
    report('comparison', [certain(5), certain(6)]),
  ],
});
