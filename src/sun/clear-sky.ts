/** Sun and clear-sky irradiance of a place over a span of time. */
import { AppError } from '../contracts/common/app-error.ts';
import {
  absoluteAirmass,
  clearSkyHaurwitz,
  clearSkyIneichen,
  extraRadiationSpencer,
  pressureAtAltitude,
  relativeAirmass,
} from './irradiance.ts';
import { linkeTurbidityMonths, linkeTurbidityOfDay } from './linke.ts';
import { sunPositions } from './spa.ts';

const DAY_MS = 86_400_000;

export interface ClearSkyPlace {
  /** [deg] north, -90 to 90 */
  readonly latitudeDeg: number;
  /** [deg] east, -180 to 360 */
  readonly longitudeDeg: number;
  /** [m]; default 0 */
  readonly elevationM?: number;
  /** At air mass 2 [1], 1 to 15; default: the monthly table of the world, by day */
  readonly linkeTurbidity?: number;
}

export interface ClearSky {
  /** With refraction [deg], length n */
  readonly apparentZenithDeg: Float64Array;
  /** Clockwise from north [deg], length n */
  readonly azimuthDeg: Float64Array;
  /** [W/m2], length n; 0 with the sun down */
  readonly ghiWm2: Float64Array;
  /** [W/m2], length n; undefined for Haurwitz's model, which only has global irradiance */
  readonly dniWm2: Float64Array | undefined;
  readonly dhiWm2: Float64Array | undefined;
}

/**
 * Returns the irradiance without clouds: by Ineichen and Perez with Linke turbidity, or by Haurwitz from the zenith.
 * The air mass is that of the standard atmosphere's pressure at the elevation.
 * @param timeMs UTC instants [ms since epoch], length n
 * @throws AppError `solar.invalid_input` for a place or turbidity out of range
 * @see Ineichen and Perez 2002, doi:10.1016/S0038-092X(02)00045-2; Haurwitz 1945; Stein, Hansen and Reno 2012,
 * SAND2012-2389
 */
export function clearSky(timeMs: ArrayLike<number>, place: ClearSkyPlace, model: 'ineichen' | 'haurwitz'): ClearSky {
  const { latitudeDeg, longitudeDeg, elevationM = 0, linkeTurbidity } = place;
  if (linkeTurbidity !== undefined && !(linkeTurbidity >= 1 && linkeTurbidity <= 15))
    throw new AppError('solar.invalid_input', `linke_turbidity is ${linkeTurbidity}; expected 1 to 15`, {
      pointer: '/linke_turbidity',
    });
  const n = timeMs.length;
  const pressurePa = pressureAtAltitude(elevationM);
  const { apparentZenithDeg, azimuthDeg } = sunPositions(timeMs, { latitudeDeg, longitudeDeg, elevationM, pressurePa });
  const ghiWm2 = new Float64Array(n);
  if (model === 'haurwitz') {
    for (let i = 0; i < n; i++) ghiWm2[i] = clearSkyHaurwitz(apparentZenithDeg[i]);
    return { apparentZenithDeg, azimuthDeg, ghiWm2, dniWm2: undefined, dhiWm2: undefined };
  }
  const dniWm2 = new Float64Array(n);
  const dhiWm2 = new Float64Array(n);
  const months = linkeTurbidity === undefined ? linkeTurbidityMonths(latitudeDeg, longitudeDeg) : undefined;
  for (let i = 0; i < n; i++) {
    const yearStart = Date.UTC(new Date(timeMs[i]).getUTCFullYear(), 0, 1);
    const dayOfYear = Math.floor((timeMs[i] - yearStart) / DAY_MS) + 1;
    const clear = clearSkyIneichen(
      apparentZenithDeg[i],
      absoluteAirmass(relativeAirmass(apparentZenithDeg[i]), pressurePa),
      linkeTurbidity ?? linkeTurbidityOfDay(months!, dayOfYear),
      elevationM,
      extraRadiationSpencer(dayOfYear),
    );
    ghiWm2[i] = clear.ghiWm2;
    dniWm2[i] = clear.dniWm2;
    dhiWm2[i] = clear.dhiWm2;
  }
  return { apparentZenithDeg, azimuthDeg, ghiWm2, dniWm2, dhiWm2 };
}
