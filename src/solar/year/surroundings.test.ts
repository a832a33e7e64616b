import { readFileSync } from 'node:fs';
import { KIMBER } from '../../../test/support/default-system.ts';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { horizonElevation, horizonSkyFactor, horizonTable, parseHorizon } from '../irradiance/horizon.ts';
import { electricalBeamFactor, rowGroundFactor, rowSkyFactor, shadedFraction } from '../irradiance/rows.ts';
import { PvsystMaximumPower, pvsystParameters } from '../power/single-diode.ts';
import { snowCoverageMarion, snowDcLoss, snowLossTownsend } from '../irradiance/snow.ts';
import { soilingKimber } from '../irradiance/soiling.ts';
import type { SpectralModule } from '../irradiance/spectral.ts';
import { precipitableWater, relativeHumidity, spectralFirstSolar } from '../irradiance/spectral.ts';

/** Values of pvlib 0.16.1. */
const reference = JSON.parse(readFileSync('test/fixtures/reference/solar/surroundings.json', 'utf8'));
const rowsOf = (section: string): Record<string, number>[] =>
  reference[section].rows.map((row: number[]) =>
    Object.fromEntries(reference[section].columns.map((name: string, k: number) => [name, row[k]])),
  );
function expectClose(computed: number, expected: number): void {
  expect(Math.abs(computed - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}

function expectAllClose(computed: ArrayLike<number>, expected: readonly number[], every = 1): void {
  for (const [k, value] of expected.entries()) expectClose(computed[every * k], value);
}

describe('soiling, snow and colour agree with pvlib', () => {
  test('Kimber hour by hour with grace period, limit and initial loss, and day by day', () => {
    const hourly = soilingKimber(reference.kimber.rain_mm, 1, {
      ...KIMBER,
      lossPerDay: 0.004,
      graceDays: 7,
      maxLoss: 0.12,
      initialLoss: 0.01,
    });
    expectAllClose(hourly, reference.kimber.loss, 10);
    const daily = soilingKimber(reference.kimber_daily.rain_mm, 24, KIMBER);
    expectAllClose(daily, reference.kimber_daily.loss, 5);
  });

  test("Marion's coverage with and without depth on the ground", () => {
    const { snowfall_cm, depth_cm, poa, temp_air, tilt, coverage, coverage_depth } = reference.marion;
    const plain = snowCoverageMarion(snowfall_cm, poa, temp_air, tilt, 1);
    expectAllClose(plain, coverage);
    const deep = snowCoverageMarion(snowfall_cm, poa, temp_air, tilt, 1, {
      snowDepthCm: depth_cm,
      initialCoverage: 0.5,
    });
    expectAllClose(deep, coverage_depth);
    expect(snowDcLoss(0.3, 2)).toBe(0.5);
    expect(snowDcLoss(0, 2)).toBe(0);
  });

  test("Townsend's months", () => {
    const t = reference.townsend;
    const losses = snowLossTownsend(
      { snowTotalCm: t.snow_total, snowEvents: t.snow_events, relativeHumidityPct: t.rh },
      { slantHeightM: t.slant, lowerEdgeHeightM: t.edge, stringFactor: t.string_factor },
      t.tilt,
      t.temp_air,
      t.poa_kwh,
    );
    expectAllClose(losses, t.loss);
    expect(Math.max(...losses)).toBeGreaterThan(0.02);
  });

  test("First Solar's factor with humidity and water from the dew point", () => {
    for (const row of rowsOf('first_solar')) {
      const humidity = relativeHumidity(row.temp_air, row.temp_dew);
      expectClose(humidity, row.rh);
      const water = precipitableWater(row.temp_air, humidity);
      expectClose(water, row.pw);
      expectClose(spectralFirstSolar(water, row.airmass, row.module as unknown as SpectralModule), row.factor);
    }
  });
});

test("PVsyst's one-diode model agrees with pvlib", () => {
  const p = reference.pvsyst_module.parameters;
  const module = {
    alphaScAPerK: p.alpha_sc,
    gammaRef: p.gamma_ref,
    muGammaPerK: p.mu_gamma,
    iLRefA: p.I_L_ref,
    iORefA: p.I_o_ref,
    rSOhm: p.R_s,
    rShRefOhm: p.R_sh_ref,
    rSh0Ohm: p.R_sh_0,
    rShExponent: p.R_sh_exp,
    cellsInSeries: p.cells_in_series,
    bandGapEv: p.EgRef,
  };
  const solver = new PvsystMaximumPower(module);
  for (const row of rowsOf('pvsyst_module')) {
    const parameters = pvsystParameters(row.g, row.t, module);
    expectClose(parameters.photocurrentA, row.il);
    expect(Math.abs(parameters.saturationCurrentA / row.i0 - 1)).toBeLessThan(1e-9);
    expectClose(parameters.shuntOhm, row.rsh);
    expectClose(parameters.nNsVthV, row.a);
    expectClose(solver.solve(row.g, row.t), row.p_mp);
    expect(Math.abs(solver.voltageV / row.v_mp - 1)).toBeLessThan(1e-5);
  }
});

describe('rows', () => {
  test("the shaded fraction of fixed and turning rows on slopes agrees with pvlib's", () => {
    for (const row of rowsOf('shaded_fraction'))
      expectClose(shadedFraction(row.psz, row.rotation, row.gcr, row.cross_axis), row.fraction);
  });

  test("Martinez' loss agrees with pvlib's", () => {
    for (const row of rowsOf('martinez')) {
      const loss = (row.poa_direct * (1 - electricalBeamFactor(row.shaded, row.blocks))) / row.poa_global;
      expectClose(loss, row.loss);
    }
  });

  test('rows far apart hide nothing; close rows hide sky and ground, the more the closer', () => {
    expect(rowSkyFactor(0.8, 1e-6)).toBeCloseTo(1, 5);
    expect(rowGroundFactor(30, 40, 1e-6, 100, 500, 100)).toBeCloseTo(1, 4);
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        fc.double({ min: 1, max: 89, noNaN: true }),
        fc.double({ min: 1, max: 85, noNaN: true }),
        (gcr, tilt, zenith) => {
          const cosTilt = Math.cos((tilt * Math.PI) / 180);
          expect(rowSkyFactor(cosTilt, gcr * 1.1)).toBeLessThanOrEqual(rowSkyFactor(cosTilt, gcr) + 1e-12);
          const ground = rowGroundFactor(tilt, zenith, gcr, 20, 500, 100);
          expect(ground).toBeGreaterThanOrEqual(0);
          expect(ground).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 1 },
    );
  });
});

describe('far horizon', () => {
  test('reads columns with a heading, and PVGIS csv and json with the south at 0', () => {
    expect(parseHorizon('azimuth,elevation\n0,5\n90,10\n180,0\n')).toEqual({
      azimuthDeg: [0, 90, 180],
      elevationDeg: [5, 10, 0],
    });
    const csv =
      'Latitude (decimal degrees):\t45.000\nLongitude (decimal degrees):\t8.000\nRecorded horizon heights\n\n' +
      'A\tH_hor\tA_sun(w)\tH_sun(w)\tA_sun(s)\tH_sun(s)\n-180.0\t8.0\t0\t0\t0\t0\n-90.0\t4.0\t0\t0\t0\t0\n0.0\t1.0\t0\t0\t0\t0\n180.0\t8.0\t0\t0\t0\t0\n\nA: Azimuth (0 = S)\n';
    expect(parseHorizon(csv)).toEqual({ azimuthDeg: [0, 90, 180], elevationDeg: [8, 4, 1] });
    const json = JSON.stringify({
      outputs: {
        horizon_profile: [
          { A: -90, H_hor: 4 },
          { A: 0, H_hor: 1 },
        ],
      },
    });
    expect(parseHorizon(json)).toEqual({ azimuthDeg: [90, 180], elevationDeg: [4, 1] });
  });

  test('a damaged file is refused with line and reason', () => {
    expect(() => parseHorizon('0,5\n90,abc\n')).toThrow('horizon: line 2 is "90,abc"');
    expect(() => parseHorizon('0,95\n')).toThrow('elevation 95 of point 1; expected 0 to 90');
    expect(() => parseHorizon('{"outputs":{}}')).toThrow('outputs.horizon_profile is absent');
    expect(() => parseHorizon('nothing')).toThrow('no line holds');
  });

  test('interpolates around the circle', () => {
    const profile = { azimuthDeg: [10, 350], elevationDeg: [4, 2] };
    expect(horizonElevation(profile, 0)).toBeCloseTo(3, 12);
    expect(horizonElevation(profile, 360)).toBeCloseTo(3, 12);
    expect(horizonElevation(profile, 180)).toBeCloseTo(3, 12);
    expect(horizonElevation({ azimuthDeg: [100], elevationDeg: [7] }, 300)).toBe(7);
  });

  test('an even horizon leaves cos2 of its elevation of the level sky', () => {
    const table = horizonTable({ azimuthDeg: [0], elevationDeg: [20] });
    expect(horizonSkyFactor(table, [0, 0, 1])).toBeCloseTo(Math.cos((20 * Math.PI) / 180) ** 2, 3);
    expect(horizonSkyFactor(horizonTable({ azimuthDeg: [0], elevationDeg: [0] }), [0, 0.5, 0.8])).toBeGreaterThan(
      0.999,
    );
  });
});
