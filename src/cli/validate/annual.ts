/** annual.json: a year of each case, from its weather file through the path that jobs take. */
import type { PvwattsLosses } from '../../solar/pvwatts.ts';
import type { YearResult } from '../../solar/simulate.ts';
import { prepareSite, simulateYear } from '../../solar/simulate.ts';
import type { SolarSystem } from '../../solar/system.ts';
import { parseWeather } from '../../weather/parse.ts';
import type { QuantityResult, ValidateContext, Validator } from './types.ts';

interface AnnualCase {
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

const systemOf = (given: AnnualCase): SolarSystem => ({
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
const CHAIN = 'pvlib_pvwatts';
const TOLERANCE = 1e-6;

async function sitesOf(weather: Readonly<Record<string, { file: string }>>, context: ValidateContext) {
  const sites: Record<string, ReturnType<typeof prepareSite>> = {};
  for (const [name, { file }] of Object.entries(weather)) {
    const bytes = new TextEncoder().encode(await context.readText(file));
    sites[name] = prepareSite(parseWeather(bytes, { name: file }));
  }
  return sites;
}

const validateAnnual: Validator = async (json, context) => {
  const cases: { case: AnnualCase; results: Record<string, Expected> }[] = json.cases;
  const sites = await sitesOf(json.weather, context);
  const errors: Record<string, { error: number; id: string }[]> = {};
  const otherChains = new Map<string, number>();
  for (const { case: given, results } of cases) {
    for (const chain of Object.keys(results))
      if (chain !== CHAIN) otherChains.set(chain, (otherChains.get(chain) ?? 0) + 1);
    if (!results[CHAIN]) continue;
    const year = simulateYear(sites[given.weather], systemOf(given));
    for (const [quantity, read] of Object.entries(QUANTITIES)) {
      const expected = [results[CHAIN][quantity] ?? []].flat() as number[];
      const computed = read(year);
      errors[quantity] ??= [];
      expected.forEach((value, i) => {
        errors[quantity].push({ error: Math.abs(computed[i] - value) / Math.abs(value), id: given.id });
      });
    }
  }
  const results: QuantityResult[] = Object.entries(errors).map(([quantity, list]) => {
    const worst = list.reduce((a, b) => (b.error > a.error || Number.isNaN(b.error) ? b : a));
    return {
      quantity: `${CHAIN}.${quantity}`,
      rows: list.length,
      meanError: list.reduce((sum, { error }) => sum + error, 0) / list.length,
      maxError: worst.error,
      tolerance: TOLERANCE,
      measure: 'relative',
      worst: worst.id,
    };
  });
  return { results, notCovered: [...otherChains].map(([chain, count]) => `${chain} (${count} cases)`) };
};

export const annualValidators: Readonly<Record<string, Validator>> = { 'annual.json': validateAnnual };
