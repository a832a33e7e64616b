import {
  airDensity,
  siteSpecificCurve,
  standardPressurePa,
  temperatureAtHubK,
} from '../../../wind/resource/air-density.ts';
import { gumbelReturnLevel } from '../../../statistics/gumbel.ts';
import {
  GUMBEL_FIT,
  IEC_CLASSES,
  IEC_TURBULENCE,
  type IecTurbulenceCategory,
  type IecWindClass,
  iecExtremeWind,
  iecTurbulenceSigma,
} from '../../../wind/resource/extreme.ts';
import { fitAlpha, fitRoughness, logLaw, powerLaw } from '../../../wind/resource/shear.ts';
import type { TurbineSpec } from '../../../wind/turbine/turbine.ts';
import { powerKw, ratedPowerKw, tableCurve, thrustCoefficient } from '../../../wind/turbine/turbine.ts';
import { combinedUncertaintyPct, exceededKwh, standardPct } from '../../../statistics/exceedance.ts';
import { netFactor } from '../../../wind/energy/losses.ts';
import { SeriesModel } from '../../../wind/energy/series-energy.ts';
import type { WeibullFit } from '../../../contracts/wind/fits.ts';
import type { Weibull } from '../../../wind/resource/weibull.ts';
import {
  fitSectors,
  speedMoments,
  WEIBULL_FIT,
  weibullCdf,
  weibullMaxEnergySpeed,
  weibullMean,
  weibullMode,
  weibullPdf,
  weibullPowerDensity,
} from '../../../wind/resource/weibull.ts';
import type { ReferenceJson, Validator } from './types.ts';
import { ErrorTable, unknownKeys } from './wind-errors.ts';
import type { TurbineJson } from './wind-turbine-json.ts';
import { turbineFinder, turbineOfJson } from './wind-turbine-json.ts';
import { wakeModel } from '../../../wind/wakes/wake-models.ts';
import { barometricDensity, hellmanExponent, idealGasDensity } from './windpowerlib.ts';

const TOLERANCE = 1e-6;
const MLE_TOLERANCE = 1e-5;

const validateTurbines: Validator = (json) => {
  const errors = new ErrorTable();
  const turbines = new Map((json.turbines as TurbineJson[]).map((t) => [t.name, turbineOfJson(t)]));
  for (const check of json.checks) {
    const turbine = turbines.get(check.turbine);
    if (!turbine) throw new Error(`checks name the turbine ${check.turbine}, which the file does not hold`);
    (check.ws as number[]).forEach((ws, i) => {
      const place = `${check.turbine} at ${ws} m/s`;
      errors.relative('checks.power_kw', powerKw(turbine, ws), check.power_kw[i], TOLERANCE, place);
      if (check.ct) errors.relative('checks.ct', thrustCoefficient(turbine, ws), check.ct[i], TOLERANCE, place);
    });
  }
  return { results: errors.results(), notCovered: unknownKeys(json, ['units', 'source', 'turbines', 'checks']) };
};

function fitted(weibull: Weibull | null, series: string): Weibull {
  if (!weibull) throw new Error(`no Weibull distribution fits series ${series}`);
  return weibull;
}

/** The names of the reference files, by those of the API. */
const FITS: Readonly<Record<string, WeibullFit>> = {
  mle: 'mle',
  moments: 'moments',
  justus_empirical: 'justus',
  energy_pattern_akdag: 'energy_pattern_akdag',
  energy_pattern_exact: 'energy_pattern',
  wasp: 'wasp',
};

const MLE_DERIVED: Readonly<Record<string, (fit: Weibull) => number>> = {
  mean: weibullMean,
  power_density_w_m2_rho1225: (fit) => weibullPowerDensity(fit),
  mode: weibullMode,
  max_energy_speed: weibullMaxEnergySpeed,
  cdf_10: (fit) => weibullCdf(fit, 10),
  pdf_8: (fit) => weibullPdf(fit, 8),
};

function weibullErrors(weibull: ReferenceJson, errors: ErrorTable, notCovered: string[]): void {
  for (const { id, values, fit } of weibull.series) {
    const moments = speedMoments(values);
    const plain: Record<string, number> = {
      n: moments.n,
      n_zero: values.filter((v: number) => v === 0).length,
      mean: moments.meanMPerS,
      std_population: moments.stdMPerS,
      mean_cube: moments.meanCube,
      energy_pattern_factor: moments.meanCube / moments.meanMPerS ** 3,
      fraction_above_mean: moments.fractionAboveMean,
    };
    for (const [key, expected] of Object.entries<ReferenceJson>(fit)) {
      if (key in plain) errors.relative(`weibull.${key}`, plain[key], expected, TOLERANCE, id);
      else if (key in FITS) {
        const { shape, scaleMPerS } = fitted(WEIBULL_FIT[FITS[key]](values), id);
        const tolerance = key === 'mle' ? MLE_TOLERANCE : TOLERANCE;
        errors.relative(`weibull.${key}.k`, shape, expected.k, tolerance, id);
        errors.relative(`weibull.${key}.A`, scaleMPerS, expected.A, tolerance, id);
      } else if (key === 'mle_derived') {
        const mle = fitted(WEIBULL_FIT.mle(values), id);
        for (const [name, value] of Object.entries<number>(expected)) {
          const compute = MLE_DERIVED[name];
          if (!compute) notCovered.push(`weibull.mle_derived.${name}`);
          else errors.relative(`weibull.mle_derived.${name}`, compute(mle), value, MLE_TOLERANCE, id);
        }
      } else notCovered.push(`weibull.${key}`);
    }
  }
  const { sectors } = weibull;
  if (!sectors) return;
  const series = weibull.series.find((s: ReferenceJson) => s.id === sectors.series);
  const fits = fitSectors(series.values, series.wd, sectors.rows.length);
  sectors.rows.forEach((row: ReferenceJson, s: number) => {
    const place = `sector ${row.sector_deg}`;
    errors.relative('sectors.n', fits[s].n, row.n, TOLERANCE, place);
    errors.relative('sectors.frequency', fits[s].frequency, row.frequency, TOLERANCE, place);
    errors.relative('sectors.mean', fits[s].meanMPerS ?? 0, row.mean, TOLERANCE, place);
    errors.relative('sectors.mle_k', fits[s].weibull?.shape ?? Number.NaN, row.mle_k, MLE_TOLERANCE, place);
    errors.relative('sectors.mle_A', fits[s].weibull?.scaleMPerS ?? Number.NaN, row.mle_A, MLE_TOLERANCE, place);
  });
}

function shearErrors(shear: ReferenceJson, errors: ErrorTable): void {
  shear.rows.forEach((r: ReferenceJson, i: number) => {
    errors.relative('shear.power_law', powerLaw(r.ws, r.height, r.hub_height, r.alpha), r.power_law, TOLERANCE, `${i}`);
    errors.relative('shear.log_law', logLaw(r.ws, r.height, r.hub_height, r.z0), r.log_law, TOLERANCE, `${i}`);
  });
  shear.two_heights.forEach((r: ReferenceJson, i: number) => {
    const alpha = fitAlpha(r.u1, r.z1, r.u2, r.z2);
    const z0 = fitRoughness(r.u1, r.z1, r.u2, r.z2);
    errors.relative('two_heights.alpha', alpha, r.alpha, TOLERANCE, `${i}`);
    errors.relative('two_heights.z0', z0, r.z0, TOLERANCE, `${i}`);
    errors.relative('two_heights.u_power', powerLaw(r.u1, r.z1, r.z, alpha), r.u_power, TOLERANCE, `${i}`);
    errors.relative('two_heights.u_log', logLaw(r.u1, r.z1, r.z, z0), r.u_log, TOLERANCE, `${i}`);
  });
}

const POWER_IS_SPEED: TurbineSpec = {
  name: 'power is speed',
  diameterM: 100,
  hubHeightM: 100,
  refAirDensityKgM3: 1.225,
  curve: tableCurve([0, 40], [0, 40], null),
};

function densityErrors(density: ReferenceJson, errors: ErrorTable, turbine: (name: string) => TurbineSpec): void {
  density.rows.forEach((r: ReferenceJson, i: number) => {
    const moist = airDensity(r.T_c, r.pressure_pa, r.rel_humidity);
    errors.relative('density.rho_dry', airDensity(r.T_c, r.pressure_pa), r.rho_dry, TOLERANCE, `${i}`);
    errors.relative('density.rho_moist_iec', moist, r.rho_moist_iec, TOLERANCE, `${i}`);
    errors.relative('density.isa_pressure', standardPressurePa(r.elevation_m), r.isa_pressure_at_h, TOLERANCE, `${i}`);
  });
  density.windpowerlib.forEach((r: ReferenceJson, i: number) => {
    const hubK = temperatureAtHubK(r.temperature_k, r.temperature_height, r.hub_height);
    const barometric = barometricDensity(r.pressure_pa, r.pressure_height, r.hub_height, hubK);
    const idealGas = idealGasDensity(r.pressure_pa, r.pressure_height, r.hub_height, hubK);
    errors.relative('density.temperature_hub_k', hubK, r.temperature_hub_k, TOLERANCE, `${i}`);
    errors.relative('density.barometric', barometric, r.barometric, TOLERANCE, `${i}`);
    errors.relative('density.ideal_gas', idealGas, r.ideal_gas, TOLERANCE, `${i}`);
  });
  density.normalised.forEach((r: ReferenceJson, i: number) => {
    // A turbine whose power in kW is the speed in m/s yields the speed at which its corrected curve is read.
    const normalised = powerKw(siteSpecificCurve(POWER_IS_SPEED, r.rho, 'iec_61400_12_1'), r.ws);
    errors.relative('density.normalised', normalised, r.ws_normalised, TOLERANCE, `${i}`);
  });
  const site = density.site_specific_curve;
  const spec = turbine(site.turbine);
  const moved = siteSpecificCurve(spec, site.rho);
  const movedIec = siteSpecificCurve(spec, site.rho, 'iec_61400_12_1');
  site.ws.forEach((ws: number, i: number) => {
    const iec = powerKw(movedIec, ws);
    errors.relative('density.iec_pitch_power_kw', iec, site.iec_pitch_power_kw[i], TOLERANCE, `${ws} m/s`);
    const library = powerKw(moved, ws);
    errors.relative('density.windpowerlib_power_kw', library, site.windpowerlib_power_kw[i], TOLERANCE, `${ws} m/s`);
  });
}

function extremeErrors(extremes: ReferenceJson, errors: ErrorTable): void {
  const { gumbel, iec61400_1: iec } = extremes;
  for (const [name, estimate] of Object.entries(GUMBEL_FIT)) {
    const expected = gumbel[name];
    if (!expected) continue;
    const tolerance = name === 'mle' ? MLE_TOLERANCE : TOLERANCE;
    const fit = estimate(gumbel.annual_max_10min);
    errors.relative(`gumbel.${name}.location`, fit.location, expected.location, tolerance, name);
    errors.relative(`gumbel.${name}.scale`, fit.scale, expected.scale, tolerance, name);
    errors.relative(`gumbel.${name}.v50`, gumbelReturnLevel(fit, 50), expected.v50, tolerance, name);
    if (expected.v1_2yr !== undefined)
      errors.relative(`gumbel.${name}.v1_2yr`, gumbelReturnLevel(fit, 2), expected.v1_2yr, tolerance, name);
  }
  iec.rows.forEach((r: ReferenceJson, i: number) => {
    const wind = iecExtremeWind(r.cls as IecWindClass, r.z, r.z_hub);
    const sigma = iecTurbulenceSigma(r.i_ref, 15);
    errors.relative('iec61400_1.ve50', wind.ve50MPerS, r.ve50, TOLERANCE, `${i}`);
    errors.relative('iec61400_1.ve1', wind.ve1MPerS, r.ve1, TOLERANCE, `${i}`);
    errors.relative('iec61400_1.v50', wind.v50MPerS, r.v50, TOLERANCE, `${i}`);
    errors.relative('iec61400_1.ntm_sigma1_at_15', sigma, r.ntm_sigma1_at_15, TOLERANCE, `${i}`);
    errors.relative('iec61400_1.ntm_ti_at_15', sigma / 15, r.ntm_ti_at_15, TOLERANCE, `${i}`);
  });
  for (const [name, row] of Object.entries<ReferenceJson>(iec.classes)) {
    const own = IEC_CLASSES[name as IecWindClass];
    errors.relative('iec61400_1.v_ref', own?.vRefMPerS ?? Number.NaN, row.v_ref, TOLERANCE, name);
    errors.relative('iec61400_1.v_ave', own?.vAveMPerS ?? Number.NaN, row.v_ave, TOLERANCE, name);
  }
  for (const [name, iRef] of Object.entries<number>(iec.i_ref)) {
    const own = IEC_TURBULENCE[name as IecTurbulenceCategory];
    errors.relative('iec61400_1.i_ref', own ?? Number.NaN, iRef, TOLERANCE, name);
  }
}

const validateResource: Validator = async (json, context) => {
  const errors = new ErrorTable();
  const notCovered = unknownKeys(json, ['units', 'source', 'weibull', 'shear', 'density', 'extremes']);
  if (json.weibull) weibullErrors(json.weibull, errors, notCovered);
  if (json.shear) shearErrors(json.shear, errors);
  if (json.density) densityErrors(json.density, errors, await turbineFinder(context));
  if (json.extremes) extremeErrors(json.extremes, errors);
  return { results: errors.results(), notCovered };
};

const validateUncertainty: Validator = (json) => {
  const errors = new ErrorTable();
  json.rows.forEach((row: ReferenceJson, i: number) => {
    const pct = Object.entries<number>(row.components).map(([name, share]) => [name, 100 * share]);
    const uncertaintyPct = combinedUncertaintyPct(Object.fromEntries(pct));
    const exceeded = (standard: number, percent: number) => exceededKwh(row.p50, standard, percent / 100);
    errors.relative('rows.sigma', uncertaintyPct / 100, row.sigma, TOLERANCE, `row ${i}`);
    for (const [name, value] of Object.entries<number>(row.p))
      errors.relative(`rows.p.${name}`, exceeded(uncertaintyPct, +name.slice(1)), value, TOLERANCE, `row ${i}`);
    for (const [name, value] of Object.entries<number>(row)) {
      const [, percent, years] = /^p(\d+)_(\d+)yr$/.exec(name) ?? [];
      if (!years) continue;
      const computed = exceeded(standardPct(uncertaintyPct, 100 * row.interannual_sigma, +years), +percent);
      errors.relative(`rows.${name}`, computed, value, TOLERANCE, `row ${i}`);
    }
  });
  const { losses } = json;
  if (losses) {
    const factor = netFactor(losses.components);
    errors.relative('losses.net_factor', factor, losses.net_factor, TOLERANCE, 'losses');
    errors.relative('losses.total_loss', 1 - factor, losses.total_loss, TOLERANCE, 'losses');
    errors.relative('losses.net', losses.gross * factor, losses.net, TOLERANCE, 'losses');
  }
  return {
    results: errors.results(),
    notCovered: unknownKeys(json, ['units', 'source', 'equations', 'rows', 'losses']),
  };
};

const MONTH_OF_DAY = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].flatMap((days, month) => Array(days).fill(month));

/** Heights of the file's weather and the roughness of its ground, as its note states them [m]. */
const WIND_HEIGHT_M = 10;
const TEMPERATURE_HEIGHT_M = 2;
const PRESSURE_HEIGHT_M = 0;
const ROUGHNESS_M = 0.15;

/**
 * Refuses options that neither `hubSpeeds` and `powersAtDensity` know nor windpowerlib's own that follow from its turbines and
 * weather.
 */
function checkOptions(options: ReferenceJson): void {
  const known = ['wind_speed_model', 'hellman_exp', 'density_model', 'density_correction', 'obstacle_height'];
  const fixed: Record<string, string> = { temperature_model: 'linear_gradient', power_output_model: 'power_curve' };
  const unknown = unknownKeys(options, known).filter((key) => options[key] !== fixed[key]);
  if (unknown.length) throw new Error(`power_gen.json asks for ${unknown.join(', ')}; known are ${known.join(', ')}`);
}

/** Speeds at hub height [m/s] by windpowerlib's profiles; its logarithmic one begins at 0.7 of the obstacles' height. */
function hubSpeeds(weather: ReferenceJson, hubHeightM: number, options: ReferenceJson): number[] {
  const displacementM = 0.7 * (options.obstacle_height ?? 0);
  return weather.wind_speed_10m_ms.map((ws: number) =>
    options.wind_speed_model === 'hellman'
      ? powerLaw(ws, WIND_HEIGHT_M, hubHeightM, options.hellman_exp ?? hellmanExponent(hubHeightM, ROUGHNESS_M))
      : logLaw(ws, WIND_HEIGHT_M - displacementM, hubHeightM - displacementM, ROUGHNESS_M),
  );
}

/** Returns the power of the single turbine by hour [kW]. windpowerlib has no thrust and no other turbine behind it. */
function powersOf(turbine: TurbineSpec, speedsMPerS: readonly number[]): Float64Array {
  const { curve } = turbine;
  const single =
    curve.kind === 'table' && curve.ct === null
      ? { ...turbine, curve: { ...curve, ct: curve.wsMPerS.map(() => 0) } }
      : turbine;
  const series = new SeriesModel({
    farm: { xM: [0], yM: [0], turbines: [single] },
    model: wakeModel('noj_k004'),
    wsMPerS: speedsMPerS,
    wdDeg: new Float64Array(speedsMPerS.length),
    ti: 0.1,
    stepHours: 1,
  });
  series.addSteps(0, series.steps);
  return series.sums.netKw;
}

/** Returns the power of the single turbine by hour [kW], with the curve corrected to the air density of each hour. */
function powersAtDensity(
  turbine: TurbineSpec,
  speedsMPerS: readonly number[],
  weather: ReferenceJson,
  hubHeightM: number,
  options: ReferenceJson,
): Float64Array {
  const densityOf = options.density_model === 'ideal_gas' ? idealGasDensity : barometricDensity;
  return Float64Array.from(speedsMPerS, (ws, hour) => {
    const hubK = temperatureAtHubK(weather.temperature_c[hour] + 273.15, TEMPERATURE_HEIGHT_M, hubHeightM);
    const density = densityOf(100 * weather.pressure_mbar[hour], PRESSURE_HEIGHT_M, hubHeightM, hubK);
    return powerKw(siteSpecificCurve(turbine, density), ws);
  });
}

const validatePowerGeneration: Validator = async (json, context) => {
  const errors = new ErrorTable();
  const turbine = await turbineFinder(context);
  const { weather } = json;
  for (const row of json.rows) {
    const spec = turbine(row.turbine);
    const place = `${row.turbine} ${JSON.stringify(row.options)}`;
    const options = row.options === 'defaults' ? {} : row.options;
    checkOptions(options);
    const speeds = hubSpeeds(weather, row.hub_height_m, options);
    const power = options.density_correction
      ? powersAtDensity(spec, speeds, weather, row.hub_height_m, options)
      : powersOf(spec, speeds);
    const annual = power.reduce((a, b) => a + b, 0);
    errors.relative('rows.annual_kwh', annual, row.annual_kwh, TOLERANCE, place);
    errors.relative('rows.full_load_hours', annual / ratedPowerKw(spec), row.full_load_hours, TOLERANCE, place);
    // A TMY3 row carries the end of its hour, so the last hour of each month counts in the next month, December's in January.
    const monthly = new Float64Array(12);
    power.forEach((kw, i) => {
      monthly[MONTH_OF_DAY[Math.floor((i + 1) / 24) % 365]] += kw;
    });
    monthly.forEach((sum, month) => {
      errors.relative('rows.monthly_kwh', sum, row.monthly_kwh[month], TOLERANCE, `${place} month ${month + 1}`);
    });
    row.hours_1000_1023_kw.forEach((expected: number, i: number) => {
      errors.relative('rows.hours_kw', power[1000 + i], expected, TOLERANCE, `${place} hour ${1000 + i}`);
    });
  }
  return {
    results: errors.results(),
    notCovered: unknownKeys(json, ['units', 'source', 'weather_note', 'weather', 'rows']),
  };
};

export const windResourceValidators: Readonly<Record<string, Validator>> = {
  'turbines.json': validateTurbines,
  'resource.json': validateResource,
  'uncertainty.json': validateUncertainty,
  'power_gen.json': validatePowerGeneration,
};
