/** annual.json: a year of each case, from its weather file through the path that jobs take. */
import { SAPM_THERMAL } from '../../../solar/power/cell-temperature.ts';
import type { PvwattsLosses } from '../../../solar/power/pvwatts.ts';
import { samPvwatts } from '../../../solar/power/sam-pvwatts.ts';
import type { PreparedSite, YearResult } from '../../../solar/year/simulate.ts';
import { prepareSite, simulateYear } from '../../../solar/year/simulate.ts';
import type { SolarSystem } from '../../../solar/system.ts';
import { parseWeather } from '../../../weather/parse.ts';
import type { WeatherYear } from '../../../weather/series.ts';
import { quantityOf } from './columns.ts';
import { cecModuleOf, sandiaInverterOf } from './solar-system.ts';
import type { QuantityResult, ReferenceJson, ValidateContext, Validator } from './types.ts';

export interface AnnualCase {
  readonly id: string;
  readonly weather: string;
  readonly mount: 'rack' | 'roof' | 'tracker';
  readonly tilt: number;
  readonly azimuth: number;
  readonly dc_kw: number;
  readonly dc_ac_ratio: number;
  readonly gcr: number;
  readonly losses_pct: number;
  readonly max_angle: number;
  readonly inv_eff: number;
  readonly gamma_pdc: number;
  readonly albedo: number;
  readonly cec?: {
    readonly stc_w: number;
    readonly module: Readonly<Record<string, number>>;
    readonly modules_per_string: number;
    readonly strings: number;
    readonly inverters: number;
    readonly inverter: Readonly<Record<string, number>>;
  };
}
interface AnnualEntry {
  readonly case: AnnualCase;
  readonly results: Readonly<Record<string, Readonly<Record<string, number | number[] | string>>>>;
}

/** The file gives all losses as one number; it does not matter which part of the losses gets it. */
const lossesOf = (pct: number): PvwattsLosses => ({
  soiling: pct,
  shading: 0,
  snow: 0,
  mismatch: 0,
  wiring: 0,
  connections: 0,
  lid: 0,
  nameplateRating: 0,
  age: 0,
  availability: 0,
});

/** The chain of pvlib's ModelChain.with_pvwatts */
export const systemOf = (given: AnnualCase): SolarSystem => ({
  dcCapacityKw: given.dc_kw,
  dcAcRatio: given.dc_ac_ratio,
  gammaPerK: given.gamma_pdc,
  inverterEfficiency: given.inv_eff,
  lossesPct: lossesOf(given.losses_pct),
  albedo: given.albedo,
  albedoFromWeather: false,
  transposition: 'perez',
  iam: { type: 'physical', includeDiffuse: false },
  spectral: { type: 'none' },
  temperature: {
    type: 'sapm',
    ...SAPM_THERMAL[given.mount === 'roof' ? 'close_mount_glass_glass' : 'open_rack_glass_polymer'],
  },
  module: { type: 'pvwatts' },
  inverter: { type: 'pvwatts' },
  curtailmentPct: 0,
  mounting:
    given.mount === 'tracker'
      ? {
          type: 'one_axis',
          axisTiltDeg: given.tilt,
          axisAzimuthDeg: given.azimuth,
          maxAngleDeg: given.max_angle,
          backtrack: true,
          gcr: given.gcr,
          crossAxisTiltDeg: 0,
        }
      : { type: given.mount === 'roof' ? 'roof' : 'fixed', tiltDeg: given.tilt, azimuthDeg: given.azimuth },
});

const QUANTITIES: Readonly<Record<string, (year: YearResult) => readonly number[]>> = {
  ac_annual_kwh: (year) => [year.acAnnualKwh],
  dc_annual_kwh: (year) => [year.dcAnnualKwh],
  capacity_factor_pct: (year) => [year.capacityFactorPct],
  poa_annual_kwh_m2: (year) => [year.poaAnnualKwhM2],
  ac_monthly_kwh: (year) => [...year.acMonthlyKwh],
  dc_monthly_kwh: (year) => [...year.dcMonthlyKwh],
};

/** A chain of models in the file: how its systems are built, and how closely they must agree. */
interface Chain {
  system(given: AnnualCase): SolarSystem;
  /** For hourly means without a minute column SAM takes the sun in the middle of the sunlit part. */
  readonly edgeSteps?: 'mid_sunlit';
  /** Relative tolerance of the year and the months. */
  readonly tolerance: number;
  /** Tolerance of the months, relative to the year, if it differs from the year's. */
  readonly monthlyTolerance?: number;
}

const v8like = (given: AnnualCase): SolarSystem => ({
  ...systemOf(given),
  iam: { type: 'physical', coatingIndex: 1.3, includeDiffuse: true },
  spectral: { type: 'de_soto' },
  temperature: { type: 'fuentes', installedNoctC: given.mount === 'roof' ? 49 : 45 },
});

function cec(given: AnnualCase): SolarSystem {
  const { cec: array } = given;
  if (!array)
    throw new Error(`annual.json: case ${given.id} has a result of pvlib_cec without its module and inverter`);
  return {
    ...systemOf(given),
    dcCapacityKw: (array.stc_w * array.modules_per_string * array.strings) / 1000,
    transposition: 'hay_davies',
    iam: { type: 'ashrae', b: 0.05, includeDiffuse: false },
    temperature: { type: 'faiman', u0: 25, u1: 6.84 },
    module: {
      type: 'cec',
      module: cecModuleOf(array.module),
      modulesPerString: array.modules_per_string,
      nStrings: array.strings,
    },
    inverter: { type: 'sandia', inverter: sandiaInverterOf(array.inverter), nInverters: array.inverters },
  };
}

const CHAINS: Readonly<Record<string, Chain>> = {
  pvlib_pvwatts: { system: systemOf, tolerance: 1e-6 },
  pvlib_v8like: { system: v8like, tolerance: 1e-6 },
  pvlib_cec: { system: cec, tolerance: 1e-6 },
  pysam_pvwattsv8: {
    system: (given) => samPvwatts(systemOf(given), { kind: 'standard', gcr: given.gcr }),
    edgeSteps: 'mid_sunlit',
    tolerance: 0.01,
    monthlyTolerance: 0.003,
  },
  pysam_pvwattsv8_no_row_shading: {
    system: (given) => samPvwatts(systemOf(given), { kind: 'standard', gcr: 0.01 }),
    edgeSteps: 'mid_sunlit',
    tolerance: 0.01,
    monthlyTolerance: 0.003,
  },
};

/** What the file states about a weather file, and what the reader found in it. */
const WEATHER_FACTS: Readonly<Record<string, (year: WeatherYear) => number>> = {
  latitude: (year) => year.latitudeDeg,
  longitude: (year) => year.longitudeDeg,
  altitude_m: (year) => year.elevationM,
  tz_h: (year) => year.utcOffsetH,
  ghi_annual_kwh_m2: (year) => sum(year.ghiWm2) / 1000,
  dni_annual_kwh_m2: (year) => sum(year.dniWm2) / 1000,
  dhi_annual_kwh_m2: (year) => sum(year.dhiWm2) / 1000,
  temp_air_mean: (year) => sum(year.tempAirC) / year.tempAirC.length,
};
/** The file states them with three or four decimals. */
const WEATHER_TOLERANCE = 1e-4;

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

interface Site {
  readonly mid_step: PreparedSite;
  readonly mid_sunlit: PreparedSite;
}

async function siteOf(file: string, context: ValidateContext): Promise<Site> {
  const year = parseWeather(new TextEncoder().encode(await context.readText(file)), { name: file });
  const mid_step = prepareSite(year, { edgeSteps: 'mid_step', decomposition: 'weather' });
  // Only TMY3 has hourly means; the files of the other formats contain the instants.
  const isMean = year.source.format === 'tmy3';
  return {
    mid_step,
    mid_sunlit: isMean ? prepareSite(year, { edgeSteps: 'mid_sunlit', decomposition: 'weather' }) : mid_step,
  };
}

/** Errors of one quantity, and the place of each. */
class Errors {
  readonly #errors: number[] = [];
  readonly #places: string[] = [];

  add(error: number, place: string): void {
    this.#errors.push(error);
    this.#places.push(place);
  }

  result(quantity: string, tolerance: number, measure: string): QuantityResult {
    return quantityOf(quantity, this.#errors, tolerance, measure, (row) => this.#places[row]);
  }
}

/** Returns the errors of one chain by quantity. `unknown` receives the quantities that no rule here computes. */
function chainErrors(
  name: string,
  chain: Chain,
  cases: readonly AnnualEntry[],
  sites: Readonly<Record<string, Site>>,
  unknown: Set<string>,
): Record<string, Errors> {
  const errors: Record<string, Errors> = {};
  for (const { case: given, results } of cases) {
    const expected = results[name];
    if (!expected) continue;
    const site = sites[given.weather];
    if (!site) throw new Error(`case ${given.id} names the weather ${given.weather}, which "weather" lacks`);
    const year = simulateYear(site[chain.edgeSteps ?? 'mid_step'], chain.system(given));
    for (const [quantity, value] of Object.entries(expected)) {
      if (typeof value === 'string') continue; // a note
      const read = QUANTITIES[quantity];
      if (!read) {
        unknown.add(`${name}.${quantity}`);
        continue;
      }
      const values = [value].flat();
      const computed = read(year);
      if (values.length !== computed.length)
        throw new Error(
          `case ${given.id}: ${name}.${quantity} has ${values.length} values; expected ${computed.length}`,
        );
      errors[quantity] ??= new Errors();
      const whole = values.reduce((total, each) => total + Math.abs(each), 0);
      values.forEach((each, i) => {
        // A month without sun has no value to be relative to, so a month below a millionth of the year's mean month is compared
        // with that mean.
        const least = 1e-6 * (whole / values.length || 1);
        const scale = isOfYear(chain, quantity) ? whole : Math.max(Math.abs(each), least);
        errors[quantity].add(Math.abs(computed[i] - each) / scale, given.id);
      });
    }
  }
  return errors;
}

const isOfYear = (chain: Chain, quantity: string): boolean =>
  chain.monthlyTolerance !== undefined && quantity.includes('monthly');

const validateAnnual: Validator = async (json, context) => {
  for (const key of ['weather', 'cases'])
    if (typeof json?.[key] !== 'object' || json[key] === null) throw new Error(`"${key}" is absent`);
  const cases: readonly AnnualEntry[] = json.cases;
  const sites: Record<string, Site> = {};
  const facts: Record<string, Errors> = {};
  for (const [name, weather] of Object.entries<Record<string, ReferenceJson>>(json.weather)) {
    sites[name] = await siteOf(weather.file, context);
    for (const [fact, read] of Object.entries(WEATHER_FACTS)) {
      if (weather[fact] === undefined) continue;
      facts[fact] ??= new Errors();
      const error = Math.abs(read(sites[name].mid_step.weather) - weather[fact]) / Math.max(Math.abs(weather[fact]), 1);
      facts[fact].add(error, name);
    }
  }
  const results = Object.entries(facts).map(([fact, errors]) =>
    errors.result(`weather.${fact}`, WEATHER_TOLERANCE, 'relative'),
  );
  const unknown = new Set(
    cases.flatMap((entry) => Object.keys(entry.results)).flatMap((name) => (CHAINS[name] ? [] : [`chain ${name}`])),
  );
  for (const [name, chain] of Object.entries(CHAINS))
    for (const [quantity, errors] of Object.entries(chainErrors(name, chain, cases, sites, unknown))) {
      const ofYear = isOfYear(chain, quantity);
      const tolerance = (ofYear ? chain.monthlyTolerance : undefined) ?? chain.tolerance;
      results.push(errors.result(`${name}.${quantity}`, tolerance, ofYear ? 'of the year' : 'relative'));
    }
  return { results, notCovered: [...unknown] };
};

export const annualValidators: Readonly<Record<string, Validator>> = { 'annual.json': validateAnnual };
