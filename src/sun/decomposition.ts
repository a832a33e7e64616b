/** Direct and diffuse irradiance of a series from its global irradiance, by a named model. */
import { decomposeDirint, decomposeDisc, decomposeErbs, pressureAtAltitude } from './irradiance.ts';

const DAY_MS = 86_400_000;
const RAD = Math.PI / 180;

export const DECOMPOSITION_MODELS = ['erbs', 'disc', 'dirint'] as const;
export type DecompositionModel = (typeof DECOMPOSITION_MODELS)[number];
/** For global irradiance: it needs no other quantity. */
export const DEFAULT_DECOMPOSITION: DecompositionModel = 'erbs';

/** Returns the day of the year, 1 to 366, of each instant in UTC. */
export const daysOfYear = (timeMs: Float64Array): Float64Array =>
  timeMs.map((time) => Math.floor((time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / DAY_MS) + 1);

export interface GlobalSeries {
  /** [W/m2], >= 0, length n */
  readonly ghiWm2: Float64Array;
  /** True zenith [deg], length n */
  readonly zenithDeg: Float64Array;
  /** Instants of the sun [ms since epoch], length n */
  readonly timeMs: Float64Array;
  readonly elevationM: number;
  /** [degC], length n; only DIRINT uses it. */
  readonly dewPointC?: Float64Array;
}

/** Computes direct normal and diffuse from global irradiance by a model; all is diffuse while the sun is down. */
export function decompose(
  { ghiWm2, zenithDeg, timeMs, elevationM, dewPointC }: GlobalSeries,
  model: DecompositionModel,
): { readonly dniWm2: Float64Array; readonly dhiWm2: Float64Array } {
  const n = ghiWm2.length;
  const pressurePa = pressureAtAltitude(elevationM);
  const dayOfYear = daysOfYear(timeMs);
  const dniWm2 = new Float64Array(n);
  if (model === 'dirint') {
    const options = { pressurePa, ...(dewPointC && { dewPointC }) };
    dniWm2.set(decomposeDirint(ghiWm2, zenithDeg, dayOfYear, options));
  } else {
    for (let i = 0; i < n; i++)
      dniWm2[i] =
        model === 'erbs'
          ? decomposeErbs(ghiWm2[i], zenithDeg[i], dayOfYear[i]).dniWm2
          : decomposeDisc(ghiWm2[i], zenithDeg[i], dayOfYear[i], pressurePa).dniWm2;
  }
  const dhiWm2 = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // NaN is DIRINT's mark of a sun that is down.
    if (!(dniWm2[i] > 0)) dniWm2[i] = 0;
    const beam = dniWm2[i] * Math.max(Math.cos(zenithDeg[i] * RAD), 0);
    if (beam > ghiWm2[i]) dniWm2[i] *= ghiWm2[i] / beam;
    dhiWm2[i] = Math.max(ghiWm2[i] - beam, 0);
  }
  return { dniWm2, dhiWm2 };
}
