/**
 * Global, direct normal and diffuse irradiance from the irradiance that was measured on a tilted plane (GTI-DIRINT).
 * @see Marion 2015, A model for deriving the direct normal and diffuse horizontal irradiance from the global tilted irradiance,
 *   Solar Energy 122, 1037-1046, doi:10.1016/j.solener.2015.10.024
 */
import { daysOfYear } from './decomposition.ts';
import {
  DISC_SOLAR_CONSTANT,
  dirintFactors,
  discAirmass,
  discNormal,
  extraRadiationSpencer,
  MAX_DISC_AIRMASS,
  MIN_COS_ZENITH,
  perezBrightness,
  zenithIndependence,
} from './irradiance.ts';

const RAD = Math.PI / 180;
const COS_85 = Math.cos(85 * RAD);
const DAY_MS = 86_400_000;
const MAX_CLEARNESS = 2;
/** Share of the error that each iteration takes back. @see figure 1 */
const STEPS = [
  ...new Array<number>(3).fill(1),
  ...new Array<number>(7).fill(0.5),
  ...new Array<number>(10).fill(0.25),
  ...new Array<number>(10).fill(0.125),
];

export interface TiltedSeries {
  /** Irradiance on the plane [W/m2], >= 0, length n */
  readonly poaWm2: Float64Array;
  /** True zenith and azimuth of the sun [deg], length n */
  readonly zenithDeg: Float64Array;
  readonly azimuthDeg: Float64Array;
  /** Instants of the sun [ms since epoch], length n, in order */
  readonly timeMs: Float64Array;
  /** Clock whose days are those of the site, ahead of UTC [h] */
  readonly utcOffsetH: number;
  readonly pressurePa: number;
  /** [degC], length n */
  readonly dewPointC?: Float64Array;
}

/** The plane of the measurement. */
export interface MeasuredPlane {
  /** From horizontal, and clockwise from north [deg] */
  readonly tiltDeg: number;
  readonly azimuthDeg: number;
  /** Reflectance of the ground before it [1] */
  readonly albedo: number;
}

interface Parts {
  readonly ghiWm2: Float64Array;
  readonly dniWm2: Float64Array;
  readonly dhiWm2: Float64Array;
}

/**
 * Computes the irradiance of a series from that on a plane. With the sun in front of the plane it iterates until the irradiance
 * that Perez's sky gives on the plane is the measured one; with the sun behind it, the clearness is that of the same half day at
 * angles of incidence of 65 to 80 degrees.
 * @returns [W/m2], length n; NaN where the model has no value: at night, and behind the plane on half days without such an angle
 */
export function gtiDirint(series: TiltedSeries, plane: MeasuredPlane): Parts {
  const { poaWm2, zenithDeg, azimuthDeg, timeMs, pressurePa, dewPointC } = series;
  const n = poaWm2.length;
  const numbers = (value: (i: number) => number): Float64Array => Float64Array.from({ length: n }, (_, i) => value(i));
  const days = daysOfYear(timeMs);
  const extra = numbers((i) => extraRadiationSpencer(days[i], DISC_SOLAR_CONSTANT));
  const airmass = numbers((i) => discAirmass(zenithDeg[i], pressurePa));
  const cosZenith = numbers((i) => Math.cos(zenithDeg[i] * RAD));
  const [cosTilt, sinTilt] = [Math.cos(plane.tiltDeg * RAD), Math.sin(plane.tiltDeg * RAD)];
  const incidence = numbers((i) => {
    const along = Math.cos((azimuthDeg[i] - plane.azimuthDeg) * RAD);
    return Math.min(Math.max(cosTilt * cosZenith[i] + sinTilt * Math.sin(zenithDeg[i] * RAD) * along, -1), 1);
  });
  const best = { ghiWm2: new Float64Array(n), dniWm2: new Float64Array(n), dhiWm2: new Float64Array(n) };
  const bestClearness = new Float64Array(n);
  const smallest = new Float64Array(n).fill(9999);
  const adjusted = poaWm2.slice();
  const kt = new Float64Array(n);
  const clearness = new Float64Array(n);

  STEPS.forEach((step, iteration) => {
    for (let i = 0; i < n; i++) {
      const index = adjusted[i] / (extra[i] * Math.max(incidence[i], MIN_COS_ZENITH));
      kt[i] = Math.min(Math.max(index, 0), MAX_CLEARNESS);
      clearness[i] = Math.min(Math.max(kt[i] * zenithIndependence(airmass[i]), 0), MAX_CLEARNESS);
    }
    const factor = dirintFactors(clearness, zenithDeg, { dewPointC });
    for (let i = 0; i < n; i++) {
      const disc = Math.max(discNormal(kt[i], Math.min(airmass[i], MAX_DISC_AIRMASS)) * extra[i], 0);
      const direct = disc * factor(i);
      const global = kt[i] * extra[i] * Math.max(cosZenith[i], MIN_COS_ZENITH);
      const diffuse = Math.max(global - direct * cosZenith[i], 0);
      const dni = Math.max(direct, 0);
      const [f1, f2] = perezBrightness(zenithDeg[i], diffuse, dni, extra[i], airmass[i]);
      const toward = Math.max(incidence[i], 0);
      const circumsolar = (f1 * toward) / Math.max(cosZenith[i], COS_85);
      const sky = Math.max(diffuse * (0.5 * (1 - f1) * (1 + cosTilt) + circumsolar + f2 * sinTilt), 0);
      const ground = global * plane.albedo * (1 - cosTilt) * 0.5;
      const error = dni * toward + sky + ground - poaWm2[i];
      const isBetter = Math.abs(error) < smallest[i];
      if (isBetter) smallest[i] = Math.abs(error);
      if (isBetter || iteration === 0) {
        best.ghiWm2[i] = global;
        best.dniWm2[i] = dni;
        best.dhiWm2[i] = diffuse;
        bestClearness[i] = clearness[i];
      }
      adjusted[i] = Math.max(1, adjusted[i] - step * error);
    }
  });

  // Behind the plane, section 2.2.
  const means = clearnessOfHalfDays(series, incidence, bestClearness);
  const factor = dirintFactors(bestClearness, zenithDeg, { stability: false, dewPointC });
  for (let i = 0; i < n; i++) {
    if (incidence[i] > 0) continue;
    const clear = zenithDeg[i] < 90 ? means(i) : Number.NaN;
    const share = discNormal(clear / zenithIndependence(airmass[i]), Math.min(airmass[i], MAX_DISC_AIRMASS));
    const dni = Math.max(share * extra[i], 0) * factor(i);
    const reflected = plane.albedo * (1 - cosTilt);
    best.dniWm2[i] = dni;
    best.dhiWm2[i] = (2 * poaWm2[i] - dni * cosZenith[i] * reflected) / (1 + cosTilt + reflected);
    best.ghiWm2[i] = dni * cosZenith[i] + best.dhiWm2[i];
  }
  return best;
}

/** Returns the mean clearness of a step's half day at angles of incidence of 65 to 80 degrees [1]; NaN without such a step. */
function clearnessOfHalfDays(
  { timeMs, utcOffsetH, azimuthDeg }: TiltedSeries,
  incidence: Float64Array,
  clearness: Float64Array,
): (i: number) => number {
  const sums = new Map<string, { total: number; count: number }>();
  const halfOf = (i: number): string => {
    const day = Math.floor((timeMs[i] + utcOffsetH * 3_600_000) / DAY_MS);
    return `${day} ${azimuthDeg[i] < 180 ? 'morning' : 'afternoon'}`;
  };
  const [from, to] = [Math.cos(80 * RAD), Math.cos(65 * RAD)];
  for (let i = 0; i < clearness.length; i++) {
    if (!(incidence[i] > from && incidence[i] < to) || Number.isNaN(clearness[i])) continue;
    const half = sums.get(halfOf(i)) ?? { total: 0, count: 0 };
    sums.set(halfOf(i), { total: half.total + clearness[i], count: half.count + 1 });
  }
  return (i) => {
    const { total = 0, count = 0 } = sums.get(halfOf(i)) ?? {};
    return total / count;
  };
}
