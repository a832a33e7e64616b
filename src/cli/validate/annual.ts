/** annual.json: a year of each case, from its weather file through the path that jobs take. */
import type { PvwattsLosses } from '../../solar/pvwatts.ts';
import { samPvwatts } from '../../solar/sam-pvwatts.ts';
import type { PreparedSite, YearResult } from '../../solar/simulate.ts';
import { prepareSite, simulateYear } from '../../solar/simulate.ts';
import type { SolarSystem } from '../../solar/system.ts';
import { parseWeather } from '../../weather/parse.ts';
import { cecModuleOf, sandiaInverterOf } from './solar-system.ts';
import type { QuantityResult, ValidateContext, Validator } from './types.ts';

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
type Expected = Readonly<Record<string, number | readonly number[]>>;

/** The file gives losses as one number; where it stands among the parts makes no difference. */
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

export const systemOf = (given: AnnualCase): SolarSystem => ({
  dcCapacityKw: given.dc_kw,
  dcAcRatio: given.dc_ac_ratio,
  gammaPerK: given.gamma_pdc,
  inverterEfficiency: given.inv_eff,
  lossesPct: lossesOf(given.losses_pct),
  albedo: given.albedo,
  mounting:
    given.mount === 'tracker'
      ? {
          type: 'one_axis',
          axisTiltDeg: given.tilt,
          axisAzimuthDeg: given.azimuth,
          maxAngleDeg: given.max_angle,
          backtrack: true,
          gcr: given.gcr,
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

/** A chain of the file: how its systems are built, and how close they must come. */
interface Chain {
  system(given: AnnualCase): SolarSystem;
  /** Hourly means without a minute column have the sun of the sunlit part (SAM). */
  readonly edgeSteps?: 'mid_sunlit';
  /** Relative, of year and months. */
  readonly tolerance: number;
  /** Of the months, as a part of the year, where it is another. */
  readonly monthlyTolerance?: number;
}

const v8like = (given: AnnualCase): SolarSystem => ({
  ...systemOf(given),
  iam: { type: 'physical', coatingIndex: 1.3, diffuse: true },
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
    iam: { type: 'ashrae', b: 0.05 },
    temperature: { type: 'faiman', u0: 25, u1: 6.84 },
    module: {
      type: 'cec',
      module: cecModuleOf(array.module),
      modulesPerString: array.modules_per_string,
      strings: array.strings,
    },
    inverter: { type: 'sandia', inverter: sandiaInverterOf(array.inverter), count: array.inverters },
  };
}

const CHAINS: Readonly<Record<string, Chain>> = {
  pvlib_pvwatts: { system: systemOf, tolerance: 1e-6 },
  pvlib_v8like: { system: v8like, tolerance: 1e-6 },
  pvlib_cec: { system: cec, tolerance: 1e-6 },
  pysam_pvwattsv8: {
    system: (given) => samPvwatts(systemOf(given), { gcr: given.gcr }),
    edgeSteps: 'mid_sunlit',
    tolerance: 0.01,
    monthlyTolerance: 0.003,
  },
  pysam_pvwattsv8_no_row_shading: {
    system: (given) => samPvwatts(systemOf(given), { gcr: 0.01 }),
    edgeSteps: 'mid_sunlit',
    tolerance: 0.01,
    monthlyTolerance: 0.003,
  },
};

type Sites = Readonly<Record<string, Readonly<Record<'mid_step' | 'mid_sunlit', PreparedSite>>>>;

async function sitesOf(
  weather: Readonly<Record<string, { file: string; format: string }>>,
  context: ValidateContext,
): Promise<Sites> {
  const sites: Record<string, Sites[string]> = {};
  for (const [name, { file }] of Object.entries(weather)) {
    const year = parseWeather(new TextEncoder().encode(await context.readText(file)), { name: file });
    const mid_step = prepareSite(year);
    // Only TMY3 has hourly means; the instants of the others stand in the file.
    const isMean = year.source.format === 'tmy3';
    sites[name] = { mid_step, mid_sunlit: isMean ? prepareSite(year, { edgeSteps: 'mid_sunlit' }) : mid_step };
  }
  return sites;
}

interface CaseError {
  readonly error: number;
  readonly id: string;
}

const validateAnnual: Validator = async (json, context) => {
  const cases: { case: AnnualCase; results: Record<string, Expected> }[] = json.cases;
  const sites = await sitesOf(json.weather, context);
  const results: QuantityResult[] = [];
  const unknown = new Set(cases.flatMap((entry) => Object.keys(entry.results)).filter((name) => !CHAINS[name]));
  for (const [name, chain] of Object.entries(CHAINS)) {
    const errors: Record<string, CaseError[]> = {};
    for (const { case: given, results: expectedOf } of cases) {
      const expected = expectedOf[name];
      if (!expected) continue;
      const year = simulateYear(sites[given.weather][chain.edgeSteps ?? 'mid_step'], chain.system(given));
      for (const [quantity, read] of Object.entries(QUANTITIES)) {
        const values = [expected[quantity] ?? []].flat() as number[];
        const computed = read(year);
        errors[quantity] ??= [];
        const whole = values.reduce((total, value) => total + Math.abs(value), 0);
        values.forEach((value, i) => {
          const scale = chain.monthlyTolerance !== undefined && values.length > 1 ? whole : Math.abs(value);
          errors[quantity].push({ error: Math.abs(computed[i] - value) / scale, id: given.id });
        });
      }
    }
    for (const [quantity, list] of Object.entries(errors)) {
      if (list.length === 0) continue;
      const worst = list.reduce((a, b) => (b.error > a.error || Number.isNaN(b.error) ? b : a));
      const ofYear = chain.monthlyTolerance !== undefined && quantity.includes('monthly');
      results.push({
        quantity: `${name}.${quantity}`,
        rows: list.length,
        meanError: list.reduce((total, { error }) => total + error, 0) / list.length,
        maxError: worst.error,
        tolerance: (ofYear ? chain.monthlyTolerance : undefined) ?? chain.tolerance,
        measure: ofYear ? 'of the year' : 'relative',
        worst: worst.id,
      });
    }
  }
  return { results, notCovered: [...unknown].map((name) => `chain ${name}`) };
};

export const annualValidators: Readonly<Record<string, Validator>> = { 'annual.json': validateAnnual };
