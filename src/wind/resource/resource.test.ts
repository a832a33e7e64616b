import { expect, test } from '@jest/globals';
import { Random } from '../../statistics/random.ts';
import { annualMaxima } from './extreme.ts';
import { returnSpeed, returnSpeedError, turbulenceCategoryFor, windClassFor } from './extreme.ts';
import { fitGumbelPwm } from '../../statistics/gumbel.ts';
import { fitMcp, predictLongTerm } from './long-term.ts';
import { checkSeries, FLAG_ICING, FLAG_MISSING, FLAG_OK, FLAG_OUT_OF_RANGE, FLAG_STUCK } from './series-quality.ts';
import { fitSectorShear } from './shear.ts';
import type { TurbineSpec } from '../turbine/turbine.ts';
import { checkTurbine, powerKw, thrustCoefficient, withGeometry } from '../turbine/turbine.ts';
import { publicTurbine, searchTurbines } from '../turbine/turbine-library.ts';
import type { Weibull } from './weibull.ts';
import { fitSectors, fitWeibullMle, WEIBULL_FIT } from './weibull.ts';
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
  expect(searchTurbines({ hasThrust: true, minRatedKw: 9000 }).map((t) => t.name)).toEqual(
    expect.arrayContaining(['iea_10MW', 'iea_15MW', 'dtu10mw', 'NREL/DTU_Reference_v1_10MW_178']),
  );
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

const FITS: readonly [string, (speeds: readonly number[]) => Weibull | null][] = [
  ['maximum likelihood', WEIBULL_FIT.mle],
  ['WAsP', WEIBULL_FIT.wasp],
  ['moments', WEIBULL_FIT.moments],
  ['Justus', WEIBULL_FIT.justus],
  ['mean and mean cube', WEIBULL_FIT.energy_pattern],
];
test.each(FITS)('no Weibull distribution fits equal speeds, by %s', (_, weibullOf) => {
  expect(weibullOf([5, 5, 5])).toBeNull();
  expect(weibullOf([0, 0])).toBeNull();
  expect(weibullOf([7])).toBeNull();
  expect(weibullOf([4, 5, 7, 9, 12])!.shape).toBeGreaterThan(1);
});
test('no Weibull distribution fits a calm, by the energy pattern factor', () => {
  expect(WEIBULL_FIT.energy_pattern_akdag([0, 0])).toBeNull();
});
test('speeds that hardly vary have no fit, and their sector none', () => {
  const speeds = Array.from({ length: 40 }, (_, i) => 8 + 1e-9 * i);
  for (const [, weibullOf] of FITS) expect(weibullOf(speeds)).toBeNull();
  expect(
    fitSectors(
      speeds,
      speeds.map(() => 0),
    )[0],
  ).toMatchObject({ n: 40, frequency: 1, weibull: null });
});
test('speeds above those of measurements are fitted too: shear can raise them', () => {
  expect(fitWeibullMle([90, 105, 130])!.scaleMPerS).toBeGreaterThan(100);
});

test('equal annual maxima have no return speed, and neither have two years', () => {
  expect(returnSpeed([25, 25, 25], 50)).toBeNull();
  expect(returnSpeed([25, 27], 50)).toBeNull();
  expect(returnSpeed([25, 26, 27], 50)).toBeGreaterThan(27);
});

test('the error of a return speed is that of probability-weighted moments, less with more years', () => {
  const maxima = (n: number) => Array.from({ length: n }, (_, k) => 25 - 2 * Math.log(-Math.log((k + 0.5) / n)));
  // The asymptotic variance of the estimate: Phien 1987, A review of methods of parameter estimation for the extreme value type-1 distribution
  const y = -Math.log(-Math.log(1 - 1 / 50));
  for (const n of [10, 40, 160]) {
    const expected = fitGumbelPwm(maxima(n)).scale * Math.sqrt((1.1128 + 0.4574 * y + 0.8046 * y * y) / n);
    expect(returnSpeedError(maxima(n), 50)! / expected).toBeGreaterThan(0.88);
    expect(returnSpeedError(maxima(n), 50)! / expected).toBeLessThan(1.12);
  }
  expect(returnSpeedError(maxima(10), 50)).toBe(returnSpeedError(maxima(10), 50));
  expect(returnSpeedError([25, 25, 25], 50)).toBeNull();
});

test('the class that bears a wind is the weakest one, by extreme and mean', () => {
  expect([windClassFor(37, 7), windClassFor(38, 7), windClassFor(37, 8), windClassFor(49, 9.9)]).toEqual([
    'III',
    'II',
    'II',
    'I',
  ]);
  expect([windClassFor(51, 7), windClassFor(30, 10.1)]).toEqual([null, null]);
  // I_ref (0.75 V + 5.6) at 15 m/s
  expect([0.119, 0.121, 0.15, 0.17, 0.19].map((iRef) => turbulenceCategoryFor(iRef * 16.85))).toEqual([
    'C',
    'B',
    'A',
    'A+',
    null,
  ]);
});

test('a constant series has no long-term correction, whatever its rounding', () => {
  const varied = Array.from({ length: 100 }, (_, i) => 5 + (i % 7));
  const constant = varied.map(() => 7.3);
  for (const method of ['variance_ratio', 'linear'] as const) {
    expect(() => fitMcp(varied, constant, method)).toThrow('do not vary');
    expect(() => fitMcp(constant, varied, method)).toThrow('do not vary');
  }
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
  const timeMs = Float64Array.from({ length: n }, (_, i) => (i < 20 ? i : i + 4) * step);
  const wsMPerS = Float64Array.from({ length: n }, (_, i) => 5 + Math.sin(i));
  const wdDeg = Float64Array.from({ length: n }, (_, i) => (i * 7) % 360);
  const temperatureC = Float64Array.from({ length: n }, (_, i) => (i < 12 ? 10 : -5));
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

test('equal speeds of a coarse series are no stuck sensor, those of a fine one are', () => {
  const n = 5000;
  const random = Random.fromSeed(7);
  const timeMs = Float64Array.from({ length: n }, (_, i) => i * 3.6e6);
  const wdDeg = Float64Array.from({ length: n }, (_, i) => (i * 37) % 360);
  const knots = Float64Array.from({ length: n }, () => 3 + Math.floor(3 * random.uniform()));
  expect(checkSeries({ timeMs, wsMPerS: knots, wdDeg }).counts.stuck).toBe(0);
  const fine = Float64Array.from({ length: n }, () => 3 + 3 * random.uniform()).fill(4.5, 100, 110);
  expect(checkSeries({ timeMs, wsMPerS: fine, wdDeg }).counts.stuck).toBe(10);
});

test('a calm needs no direction, a stronger wind does; marks in other columns are not used', () => {
  const { counts, calmsWithoutDirection, wind, leftOut } = checkSeries({
    timeMs: Float64Array.of(0, 1, 2, 3, 4),
    wsMPerS: Float64Array.of(0, 9, 1.5, 8, 7),
    wdDeg: Float64Array.of(Number.NaN, 120, 999, Number.NaN, 80),
    temperatureC: Float64Array.of(-999, 8, 99.99, 8, 8),
    pressurePa: Float64Array.of(0, 98_000, 98_000, 1013, 98_000),
    stdMPerS: Float64Array.of(9999, 1, 1, 1, 1),
  });
  expect(counts).toEqual({ ok: 4, missing: 1, out_of_range: 0, stuck: 0, icing: 0 });
  expect(calmsWithoutDirection).toBe(2);
  expect(Array.from(wind.wdDeg)).toEqual([120, 120, 120, Number.NaN, 80]);
  expect(leftOut).toEqual([
    { column: 'wind_direction_deg', missing: 2, outOfRange: 1, example: 999 },
    { column: 'wind_speed_std_m_s', missing: 0, outOfRange: 1, example: 9999 },
    { column: 'temp_air_c', missing: 0, outOfRange: 2, example: -999 },
    { column: 'pressure_pa', missing: 0, outOfRange: 2, example: 0 },
  ]);
});

test('annual maxima leave out years that are not covered', () => {
  const dayMs = 86_400_000;
  const timeMs = Float64Array.from({ length: 3 * 365 }, (_, day) => Date.UTC(2001, 0, 1 + day));
  const wsMPerS = timeMs.map((_, day) => (day >= 365 && day < 430 ? Number.NaN : 10 + day / 100));
  expect(annualMaxima(wsMPerS, timeMs, dayMs)).toEqual([wsMPerS[364], wsMPerS[1094]]);
});
