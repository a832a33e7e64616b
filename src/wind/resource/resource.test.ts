import { expect, test } from '@jest/globals';
import { annualMaxima } from './extreme.ts';
import { fitMcp, predictLongTerm } from './long-term.ts';
import { checkSeries, FLAG_ICING, FLAG_MISSING, FLAG_OK, FLAG_OUT_OF_RANGE, FLAG_STUCK } from './series-quality.ts';
import { fitSectorShear } from './shear.ts';
import type { TurbineSpec } from '../turbine/turbine.ts';
import { checkTurbine, powerKw, thrustCoefficient, withGeometry } from '../turbine/turbine.ts';
import { publicTurbine, searchTurbines } from '../turbine/turbine-library.ts';
import { fitWeibullMle } from './weibull.ts';
import { sectorOf } from './sectors.ts';

const own = (change: Partial<Extract<TurbineSpec['curve'], { kind: 'table' }>>): TurbineSpec => ({
  name: 'own',
  diameterM: 100,
  hubHeightM: 100,
  refAirDensityKgM3: 1.225,
  curve: {
    kind: 'table',
    wsMPerS: [3, 10, 25],
    powerKw: [0, 2000, 2000],
    ct: [0.8, 0.7, 0.1],
    below: { powerKw: 0, ct: 0 },
    above: { powerKw: 0, ct: 0 },
    ...change,
  },
});

test('every public turbine passes the checks of an uploaded one', () => {
  for (const turbine of searchTurbines({})) checkTurbine(turbine);
  expect(searchTurbines({ hasThrust: true, minRatedKw: 9000 }).map((t) => t.name)).toEqual([
    'iea_10MW',
    'iea_15MW',
    'dtu10mw',
  ]);
});

test.each([
  [{ wsMPerS: [3, 3, 25] }, 'ws[1] is 3 after 3 m/s; expected rising speeds'],
  [{ ct: [0.8, -0.1, 0.1] }, 'turbine.thrust_coefficient.1 is -0.1; expected at least 0'],
  [{ ct: [0.8, 0.1] }, '3 wind speeds and 2 thrust coefficients'],
  [{ powerKw: [0, Number.NaN, 1] }, 'turbine.power_kw.1 is NaN'],
])('refuses a broken curve with the row and the range: %o', (change, message) => {
  expect(() => checkTurbine(own(change))).toThrow(message);
});

test('refuses a hub below the rotor tip and a turbine without thrust in a wake', () => {
  expect(() => withGeometry(own({}), { hubHeightM: 40 })).toThrow("above the rotor's radius, 50 m");
  expect(() => thrustCoefficient(publicTurbine('V90/2000'), 8)).toThrow('has no thrust coefficients');
  expect(() => publicTurbine('nix')).toThrow('known are nrel_5MW');
});

test('a curve is linear between its rows and takes its outside values beyond', () => {
  expect(powerKw(own({}), 6.5)).toBeCloseTo(1000, 12);
  expect(powerKw(own({}), 25)).toBe(2000);
  expect(powerKw(own({}), 25.01)).toBe(0);
});

test('sectors are centred on north and wrap', () => {
  expect([0, 14.9, 15, 345, 359.9, -10, 360].map((wd) => sectorOf(wd))).toEqual([0, 0, 1, 0, 0, 0, 0]);
});

test('a fit of equal speeds is refused', () => {
  expect(() => fitWeibullMle([5, 5, 5])).toThrow('two different speeds above 0; received 1 of them');
  expect(() => fitWeibullMle([0, 0])).toThrow('two different speeds above 0; received 0 of them');
});

test('variance ratio keeps the spread of the site, least squares keeps the line', () => {
  const reference = [4, 6, 8, 10, 12];
  const site = [5, 8, 9, 13, 15];
  const ratio = fitMcp(site, reference, 'variance_ratio');
  const { wsMPerS } = predictLongTerm(ratio, reference);
  const variance = (v: ArrayLike<number>) => {
    const list = Array.from(v);
    const mean = list.reduce((a, b) => a + b) / list.length;
    return list.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  };
  expect(variance(wsMPerS)).toBeCloseTo(variance(site), 10);
  expect(fitMcp(site, reference, 'linear').slope).toBeCloseTo(1.25, 12);
  expect(predictLongTerm({ ...ratio, interceptMPerS: -20 }, reference).raisedToZero).toBeGreaterThan(0);
});

test('gaps, stuck and iced records are flagged and counted, none is filled', () => {
  const n = 30;
  const step = 600_000;
  const timeMs = Array.from({ length: n }, (_, i) => (i < 20 ? i : i + 4) * step);
  const wsMPerS = Array.from({ length: n }, (_, i) => 5 + Math.sin(i));
  const wdDeg = Array.from({ length: n }, (_, i) => (i * 7) % 360);
  const temperatureC = Array.from({ length: n }, (_, i) => (i < 12 ? 10 : -5));
  wsMPerS[2] = Number.NaN;
  wsMPerS[3] = 99;
  for (let i = 4; i < 11; i++) wsMPerS[i] = 6;
  for (let i = 13; i < 19; i++) wdDeg[i] = 200;
  const quality = checkSeries({ timeMs, wsMPerS, wdDeg, temperatureC });
  expect(Array.from(quality.flags.slice(1, 5))).toEqual([FLAG_OK, FLAG_MISSING, FLAG_OUT_OF_RANGE, FLAG_STUCK]);
  expect(quality.flags[14]).toBe(FLAG_ICING);
  expect(quality.counts).toEqual({ ok: 15, missing: 1, out_of_range: 1, stuck: 7, icing: 6 });
  expect(quality.gaps).toEqual([{ fromMs: 20 * step, toMs: 23 * step, steps: 4 }]);
  expect(quality.availability).toBeCloseTo(15 / 34, 12);
});

test('shear of a sector comes from its own records', () => {
  const rows = fitSectorShear([6, 6, 6], 50, [7, 7, 6.5], 100, [0, 5, 90]);
  expect(rows[0].alpha).toBeCloseTo(Math.log(7 / 6) / Math.LN2, 12);
  expect(rows[3].n).toBe(1);
  expect(rows[6].alpha).toBeNull();
});

test('annual maxima leave out years that are not covered', () => {
  expect(annualMaxima([20, 22, 30, 21, 25, 28], [1, 1, 2, 3, 3, 3], 0.6)).toEqual([22, 28]);
});
