/** optimum.json: the energy of a grid of orientations, and the best one found by search. */
import { annualEnergyKwh } from '../../../solar/year/candidate.ts';
import type { PreparedSite } from '../../../solar/year/simulate.ts';
import { prepareSite } from '../../../solar/year/simulate.ts';
import { parseWeather } from '../../../weather/parse.ts';
import type { AnnualCase } from './annual.ts';
import { systemOf } from './annual.ts';
import { quantityOf } from './columns.ts';
import type { Validator } from './types.ts';

interface Optimum {
  readonly weather: string;
  readonly file: string;
  readonly case: Omit<AnnualCase, 'id' | 'tilt' | 'azimuth'>;
  readonly best_ac_annual_kwh: number;
  readonly best_tilt_deg: number;
  readonly best_azimuth_deg: number;
  /** The best tilt towards the equator. */
  readonly best_south_or_north_tilt?: {
    readonly tilt: number;
    readonly azimuth: number;
    readonly ac_annual_kwh: number;
  };
  readonly within_0_01_pct: { readonly tilt: readonly [number, number]; readonly azimuth: readonly [number, number] };
  readonly grid: {
    readonly tilt: readonly number[];
    readonly azimuth: readonly number[];
    readonly ac_annual_kwh: readonly (readonly number[])[];
  };
}

type Energy = (tilt: number, azimuth: number) => number;

const energyOf =
  (site: PreparedSite, given: Optimum): Energy =>
  (tilt, azimuth) =>
    annualEnergyKwh(site, systemOf({ ...given.case, id: given.weather, tilt, azimuth }));

/**
 * Finds the best whole degrees: first on a grid of 10 and 30 degrees, then by moving to the best neighbour until none
 * is better.
 */
function search(energy: Energy): { tilt: number; azimuth: number; kwh: number } {
  let best = { tilt: 0, azimuth: 0, kwh: energy(0, 0) };
  const offer = (tilt: number, azimuth: number): boolean => {
    if (tilt < 0 || tilt > 90) return false;
    const around = (azimuth + 360) % 360;
    const kwh = energy(tilt, around);
    if (!(kwh > best.kwh)) return false;
    best = { tilt, azimuth: around, kwh };
    return true;
  };
  for (let tilt = 0; tilt <= 90; tilt += 10) for (let azimuth = 0; azimuth < 360; azimuth += 30) offer(tilt, azimuth);
  for (let step = 8; step >= 1; step /= 2) {
    let moved = true;
    while (moved) {
      const { tilt, azimuth } = best;
      moved = false;
      for (const dt of [-step, 0, step])
        for (const da of [-step, 0, step]) moved = offer(tilt + dt, azimuth + da) || moved;
    }
  }
  return best;
}

/** Returns the degrees outside the interval; 0 and 360 are equal. */
function outside(value: number, [from, to]: readonly [number, number]): number {
  const middle = (from + to) / 2;
  const difference = value - middle - 360 * Math.round((value - middle) / 360);
  return Math.max(0, Math.abs(difference) - (to - from) / 2);
}

const validateOptimum: Validator = async (json, context) => {
  if (!Array.isArray(json?.optima)) throw new Error('"optima" is absent; expected a list');
  const optima: Optimum[] = json.optima;
  const places: string[] = [];
  const energies: Record<'grid' | 'best' | 'best_south_or_north', number[]> = {
    grid: [],
    best: [],
    best_south_or_north: [],
  };
  const errorsByName: Record<'tilt' | 'azimuth', number[]> = { tilt: [], azimuth: [] };
  const gridPlaces: string[] = [];
  for (const optimum of optima) {
    const bytes = new TextEncoder().encode(await context.readText(optimum.file));
    // pvlib's chain, as in the annual cases.
    const site = prepareSite(parseWeather(bytes, { name: optimum.file }), {
      edgeSteps: 'mid_step',
      decomposition: 'weather',
    });
    const energy = energyOf(site, optimum);
    const errorAt = (tilt: number, azimuth: number, expected: number): number =>
      Math.abs(energy(tilt, azimuth) / expected - 1);
    places.push(optimum.weather);
    optimum.grid.tilt.forEach((tilt, row) => {
      optimum.grid.azimuth.forEach((azimuth, column) => {
        energies.grid.push(errorAt(tilt, azimuth, optimum.grid.ac_annual_kwh[row][column]));
        gridPlaces.push(`${optimum.weather} ${tilt}/${azimuth}`);
      });
    });
    energies.best.push(errorAt(optimum.best_tilt_deg, optimum.best_azimuth_deg, optimum.best_ac_annual_kwh));
    const { best_south_or_north_tilt: along } = optimum;
    if (along) energies.best_south_or_north.push(errorAt(along.tilt, along.azimuth, along.ac_annual_kwh));
    const { tilt, azimuth } = search(energy);
    errorsByName.tilt.push(outside(tilt, optimum.within_0_01_pct.tilt));
    errorsByName.azimuth.push(outside(azimuth, optimum.within_0_01_pct.azimuth));
  }
  const placeOf = (row: number): string => places[row];
  return {
    results: [
      ...Object.entries(energies)
        .filter(([, errors]) => errors.length > 0)
        .map(([name, errors]) =>
          quantityOf(`energy.${name}`, errors, 1e-6, 'relative', name === 'grid' ? (row) => gridPlaces[row] : placeOf),
        ),
      ...Object.entries(errorsByName).map(([name, errors]) =>
        quantityOf(`optimum.${name}`, errors, 0, 'deg outside', placeOf),
      ),
    ],
    notCovered: [],
  };
};

export const solarOptimumValidators: Readonly<Record<string, Validator>> = { 'optimum.json': validateOptimum };
