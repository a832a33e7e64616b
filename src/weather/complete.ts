/**
 * The irradiance that a file lacks, from the irradiance that it has: closed from two of the three, or both parts of global
 * irradiance by a model.
 */
import type { Warning } from '../contracts/common/warnings.ts';
import { type WeatherWarningCode, warnWeather } from '../contracts/weather/warnings.ts';
import { daysOfYear, type DecompositionModel, decompose } from '../sun/decomposition.ts';
import { gtiDirint, type MeasuredPlane } from '../sun/gti-dirint.ts';
import { extraRadiationSpencer, pressureAtAltitude } from '../sun/irradiance.ts';
import type { SunPositions } from '../sun/spa.ts';
import type { WeatherYear } from './series.ts';

const RAD = Math.PI / 180;
/** From this zenith on [deg] no direct irradiance is computed: its horizontal part is too small to divide by. As pvlib's `dni`. */
const MAX_CLOSURE_ZENITH_DEG = 88;

type Irradiance = Pick<WeatherYear, 'ghiWm2' | 'dniWm2' | 'dhiWm2'>;

/** The steps of a year: instants of the sun, where it stands, and what the models need beside. */
interface Steps {
  readonly timeMs: Float64Array;
  /** Computes where the sun stands; called only where something is to be completed. */
  readonly sun: () => SunPositions;
  readonly elevationM: number;
  readonly dewPointC?: Float64Array;
  /** Clock of the file, ahead of UTC [h] */
  readonly utcOffsetH: number;
  /** Plane of `poaWm2` */
  readonly plane?: MeasuredPlane;
}

interface Completed extends Irradiance {
  readonly warnings: readonly Warning<WeatherWarningCode>[];
}

/**
 * Returns global, direct normal and diffuse irradiance, where at least global or both others are given.
 * @param given [W/m2], >= 0, each of length n
 * @param model for global irradiance only
 * @returns [W/m2], length n; undefined where the given ones do not suffice
 */
export function completeIrradiance(
  { ghiWm2, dniWm2, dhiWm2, poaWm2 }: Partial<Irradiance> & { readonly poaWm2?: Float64Array },
  steps: Steps,
  model: DecompositionModel,
): Completed | undefined {
  if (ghiWm2 && dniWm2 && dhiWm2) return { ghiWm2, dniWm2, dhiWm2, warnings: [] };
  const { timeMs, elevationM, dewPointC } = steps;
  const sun = steps.sun();
  const cosZenith = (i: number): number => Math.max(Math.cos(sun.apparentZenithDeg[i] * RAD), 0);
  let nLimited = 0;
  const closed = (column: string, from: string) => [
    warnWeather('weather.irradiance_closed', { column, from, n_limited: nLimited }),
  ];
  if (dniWm2 && dhiWm2) {
    const global = dhiWm2.map((diffuse, i) => diffuse + dniWm2[i] * cosZenith(i));
    return { ghiWm2: global, dniWm2, dhiWm2, warnings: closed('GHI', 'DNI, DHI') };
  }
  if (ghiWm2 && dniWm2) {
    const diffuse = ghiWm2.map((global, i) => {
      const rest = global - dniWm2[i] * cosZenith(i);
      if (rest < 0) nLimited++;
      return Math.max(rest, 0);
    });
    return { ghiWm2, dniWm2, dhiWm2: diffuse, warnings: closed('DHI', 'GHI, DNI') };
  }
  if (ghiWm2 && dhiWm2) {
    const dayOfYear = daysOfYear(timeMs);
    const direct = ghiWm2.map((global, i) => {
      const beam = global - dhiWm2[i];
      if (beam === 0) return 0;
      const normal = sun.apparentZenithDeg[i] < MAX_CLOSURE_ZENITH_DEG ? beam / cosZenith(i) : 0;
      const limited = Math.min(Math.max(normal, 0), extraRadiationSpencer(dayOfYear[i]));
      if (limited !== normal || normal === 0) nLimited++;
      return limited;
    });
    return { ghiWm2, dniWm2: direct, dhiWm2, warnings: closed('DNI', 'GHI, DHI') };
  }
  if (ghiWm2) {
    const parts = decompose({ ghiWm2, zenithDeg: sun.zenithDeg, timeMs, elevationM, dewPointC }, model);
    return { ghiWm2, ...parts, warnings: [warnWeather('weather.irradiance_decomposed', { model })] };
  }
  if (poaWm2 && steps.plane) return fromPlane(poaWm2, steps.plane, steps);
  return undefined;
}

/** Returns the irradiance behind that on a plane; all is diffuse where the model has no value in daylight. */
function fromPlane(poaWm2: Float64Array, plane: MeasuredPlane, steps: Steps): Completed {
  const { timeMs, elevationM, utcOffsetH, dewPointC } = steps;
  const { zenithDeg, azimuthDeg } = steps.sun();
  const pressurePa = pressureAtAltitude(elevationM);
  const parts = gtiDirint({ poaWm2, zenithDeg, azimuthDeg, timeMs, utcOffsetH, pressurePa, dewPointC }, plane);
  const { ghiWm2, dniWm2, dhiWm2 } = parts;
  const cosTilt = Math.cos(plane.tiltDeg * RAD);
  const seen = (1 + cosTilt + plane.albedo * (1 - cosTilt)) / 2;
  let nUndefined = 0;
  for (let i = 0; i < poaWm2.length; i++) {
    const isKnown = ghiWm2[i] >= 0 && dniWm2[i] >= 0 && dhiWm2[i] >= 0;
    if (isKnown && poaWm2[i] > 0) continue;
    const isLit = zenithDeg[i] < 90 && poaWm2[i] > 0;
    if (isLit) nUndefined++;
    dniWm2[i] = 0;
    dhiWm2[i] = isLit ? poaWm2[i] / seen : 0;
    ghiWm2[i] = dhiWm2[i];
  }
  const values = { tilt_deg: plane.tiltDeg, azimuth_deg: plane.azimuthDeg, n_undefined: nUndefined };
  return { ...parts, warnings: [warnWeather('weather.irradiance_from_plane', values)] };
}
