/** surroundings.json: soiling, snow, spectrum, shading by rows, and PVsyst's one-diode model. */
import { martinezBeamFactor, shadedFraction } from '../../../solar/irradiance/rows.ts';
import { snowCoverageMarion, snowLossTownsend } from '../../../solar/irradiance/snow.ts';
import { type KimberOptions, soilingKimber } from '../../../solar/irradiance/soiling.ts';
import { precipitableWater, relativeHumidity, spectralFirstSolar } from '../../../solar/irradiance/spectral.ts';
import { PvsystMaximumPower, pvsystParameters } from '../../../solar/power/single-diode.ts';
import type { ReferenceJson, Validator } from './types.ts';
import { ErrorTable, unknownKeys } from './wind-errors.ts';

const TOLERANCE = 1e-9;
/** The maximum of the power is flat, so its voltage has fewer digits. */
const VOLTAGE_TOLERANCE = 1e-5;

/** What the references were computed with: the defaults of pvlib's soiling.kimber, and others */
const PVLIB_KIMBER: KimberOptions = {
  cleaningThresholdMm: 6,
  lossPerDay: 0.0015,
  graceDays: 14,
  maxLoss: 0.3,
  initialLoss: 0,
};
const OTHER_KIMBER: KimberOptions = {
  ...PVLIB_KIMBER,
  lossPerDay: 0.004,
  graceDays: 7,
  maxLoss: 0.12,
  initialLoss: 0.01,
};
const COVERED_AT_START = 0.5;

/** Errors below 1 are absolute. */
class Errors extends ErrorTable {
  compare(quantity: string, computed: number, expected: number, place: string): void {
    this.relative(quantity, computed, expected, TOLERANCE, place, 1);
  }

  /** @param every step of `computed` from one value of `expected` to the next */
  compareAll(quantity: string, computed: ArrayLike<number>, expected: readonly number[], every = 1): void {
    expected.forEach((value, k) => {
      this.compare(quantity, computed[every * k], value, `value ${k}`);
    });
  }
}

function compareTable(
  json: ReferenceJson,
  name: string,
  compare: (row: Readonly<Record<string, ReferenceJson>>, place: string) => void,
): void {
  const { columns, rows } = json[name];
  rows.forEach((row: readonly unknown[], k: number) => {
    compare(Object.fromEntries(columns.map((column: string, c: number) => [column, row[c]])), `${name}, row ${k}`);
  });
}

const SECTIONS: Readonly<Record<string, (errors: Errors, json: ReferenceJson) => void>> = {
  kimber(errors, { kimber: { rain_mm, loss, every } }) {
    errors.compareAll('kimber.loss', soilingKimber(rain_mm, 1, OTHER_KIMBER), loss, every);
  },
  kimber_daily(errors, { kimber_daily: { rain_mm, loss, every } }) {
    errors.compareAll('kimber_daily.loss', soilingKimber(rain_mm, 24, PVLIB_KIMBER), loss, every);
  },
  marion(errors, { marion: { snowfall_cm, depth_cm, poa, temp_air, tilt, coverage, coverage_depth } }) {
    errors.compareAll('marion.coverage', snowCoverageMarion(snowfall_cm, poa, temp_air, tilt, 1), coverage);
    const options = { snowDepthCm: depth_cm, initialCoverage: COVERED_AT_START };
    const deep = snowCoverageMarion(snowfall_cm, poa, temp_air, tilt, 1, options);
    errors.compareAll('marion.coverage_depth', deep, coverage_depth);
  },
  townsend(errors, { townsend: t }) {
    const snow = { snowTotalCm: t.snow_total, snowEvents: t.snow_events, relativeHumidityPct: t.rh };
    const rack = { slantHeightM: t.slant, lowerEdgeHeightM: t.edge, stringFactor: t.string_factor };
    errors.compareAll('townsend.loss', snowLossTownsend(snow, rack, t.tilt, t.temp_air, t.poa_kwh), t.loss);
  },
  first_solar(errors, json) {
    compareTable(json, 'first_solar', (row, place) => {
      const humidity = relativeHumidity(row.temp_air, row.temp_dew);
      const water = precipitableWater(row.temp_air, humidity);
      errors.compare('first_solar.rh', humidity, row.rh, place);
      errors.compare('first_solar.pw', water, row.pw, place);
      errors.compare('first_solar.factor', spectralFirstSolar(water, row.airmass, row.module), row.factor, place);
    });
  },
  shaded_fraction(errors, json) {
    compareTable(json, 'shaded_fraction', ({ psz, rotation, gcr, cross_axis, fraction }, place) => {
      errors.compare('shaded_fraction', shadedFraction(psz, rotation, gcr, cross_axis), fraction, place);
    });
  },
  martinez(errors, json) {
    compareTable(json, 'martinez', ({ poa_direct, poa_global, shaded, blocks, loss }, place) => {
      errors.compare(
        'martinez.loss',
        (poa_direct * (1 - martinezBeamFactor(shaded, blocks))) / poa_global,
        loss,
        place,
      );
    });
  },
  pvsyst_module(errors, json) {
    const p = json.pvsyst_module.parameters;
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
      d2MuTauV: 0,
    };
    const solver = new PvsystMaximumPower(module);
    compareTable(json, 'pvsyst_module', (row, place) => {
      const computed = pvsystParameters(row.g, row.t, module);
      errors.compare('pvsyst_module.il', computed.photocurrentA, row.il, place);
      errors.relative('pvsyst_module.i0', computed.saturationCurrentA, row.i0, TOLERANCE, place, Number.MIN_VALUE);
      errors.compare('pvsyst_module.rsh', computed.shuntOhm, row.rsh, place);
      errors.compare('pvsyst_module.a', computed.nNsVthV, row.a, place);
      errors.compare('pvsyst_module.p_mp', solver.solve(row.g, row.t), row.p_mp, place);
      errors.relative('pvsyst_module.v_mp', solver.voltageV, row.v_mp, VOLTAGE_TOLERANCE, place);
    });
  },
};

const validateSurroundings: Validator = (json) => {
  const errors = new Errors();
  for (const [name, compare] of Object.entries(SECTIONS)) if (name in json) compare(errors, json);
  return { results: errors.results(), notCovered: unknownKeys(json, ['source', ...Object.keys(SECTIONS)]) };
};

export const solarSurroundingsValidators: Readonly<Record<string, Validator>> = {
  'surroundings.json': validateSurroundings,
};
