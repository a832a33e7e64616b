/**
 * NREL's solar position algorithm (SPA). Uncertainty of the algorithm: 0.0003 degrees, years -2000 to 6000.
 * @see Reda and Andreas 2003, NREL/TP-560-34302, doi:10.2172/15003974; equation numbers below are that report's
 */
import { AppError } from '../contracts/app-error.ts';
import { LATITUDE_TERMS, LONGITUDE_TERMS, NUTATION_AMPLITUDES, NUTATION_MULTIPLES, RADIUS_TERMS } from './spa-terms.ts';

const RAD = Math.PI / 180;
const DAY_MS = 86_400_000;
/** Terrestrial time less universal time [s]; pvlib's default, right to 3 s from 2003 to 2025. */
export const DEFAULT_DELTA_T_S = 67;
/** Refraction at the horizon [deg], SPA's default. */
export const DEFAULT_HORIZON_REFRACTION_DEG = 0.5667;
const SUN_RADIUS_DEG = 0.26667;

const wrap360 = (deg: number): number => deg - 360 * Math.floor(deg / 360);

/** Sum over the powers of time of sums of a cos(b + c t), eq. 9 to 12. */
function periodic(terms: readonly Float64Array[], jme: number): number {
  let total = 0;
  for (let power = terms.length - 1; power >= 0; power--) {
    const row = terms[power];
    let sum = 0;
    for (let i = 0; i < row.length; i += 3) sum += row[i] * Math.cos(row[i + 1] + row[i + 2] * jme);
    total = total * jme + sum;
  }
  return total / 1e8;
}

/** The sun as seen from the earth's centre. */
export interface GeocentricSun {
  /** Apparent right ascension [deg], 0 to 360. */
  readonly rightAscensionDeg: number;
  /** Apparent declination [deg]. */
  readonly declinationDeg: number;
  /** Earth-sun distance [AU]. */
  readonly distanceAu: number;
  /** Equation of the equinoxes: apparent less mean sidereal time [deg]. */
  readonly equinoxesDeg: number;
  /** Equation of time [min]. */
  readonly equationOfTimeMin: number;
}

/** The full algorithm up to the earth's centre, sections 3.2 to 3.9 and A.1. @param ttMs terrestrial time [ms since epoch] */
function geocentricAtTt(ttMs: number): GeocentricSun {
  const jce = (ttMs / DAY_MS + 2440587.5 - 2451545) / 36525;
  const jme = jce / 10;
  const distanceAu = periodic(RADIUS_TERMS, jme);
  const theta = periodic(LONGITUDE_TERMS, jme) / RAD + 180;
  const beta = -periodic(LATITUDE_TERMS, jme);

  const x0 = (297.85036 + jce * (445267.11148 + jce * (-0.0019142 + jce / 189474))) * RAD;
  const x1 = (357.52772 + jce * (35999.05034 + jce * (-0.0001603 - jce / 300000))) * RAD;
  const x2 = (134.96298 + jce * (477198.867398 + jce * (0.0086972 + jce / 56250))) * RAD;
  const x3 = (93.27191 + jce * (483202.017538 + jce * (-0.0036825 + jce / 327270))) * RAD;
  const x4 = (125.04452 + jce * (-1934.136261 + jce * (0.0020708 + jce / 450000))) * RAD;
  let psi = 0;
  let eps = 0;
  for (let i = 0, y = 0; i < NUTATION_AMPLITUDES.length; i += 4, y += 5) {
    const argument =
      NUTATION_MULTIPLES[y] * x0 +
      NUTATION_MULTIPLES[y + 1] * x1 +
      NUTATION_MULTIPLES[y + 2] * x2 +
      NUTATION_MULTIPLES[y + 3] * x3 +
      NUTATION_MULTIPLES[y + 4] * x4;
    psi += (NUTATION_AMPLITUDES[i] + NUTATION_AMPLITUDES[i + 1] * jce) * Math.sin(argument);
    eps += (NUTATION_AMPLITUDES[i + 2] + NUTATION_AMPLITUDES[i + 3] * jce) * Math.cos(argument);
  }
  psi /= 36_000_000;
  eps /= 36_000_000;

  const u = jme / 10;
  const meanObliquity =
    84381.448 +
    u *
      (-4680.93 +
        u *
          (-1.55 +
            u *
              (1999.25 +
                u * (-51.38 + u * (-249.67 + u * (-39.05 + u * (7.12 + u * (27.87 + u * (5.79 + u * 2.45)))))))));
  const obliquity = (meanObliquity / 3600 + eps) * RAD;
  const lambda = (theta + psi - 20.4898 / (3600 * distanceAu)) * RAD;
  const sinObliquity = Math.sin(obliquity);
  const cosObliquity = Math.cos(obliquity);
  const rightAscensionDeg = wrap360(
    Math.atan2(Math.sin(lambda) * cosObliquity - Math.tan(beta) * sinObliquity, Math.cos(lambda)) / RAD,
  );
  const declinationDeg =
    Math.asin(Math.sin(beta) * cosObliquity + Math.cos(beta) * sinObliquity * Math.sin(lambda)) / RAD;
  const equinoxesDeg = psi * cosObliquity;
  const meanLongitude =
    280.4664567 +
    jme * (360007.6982779 + jme * (0.03032028 + jme * (1 / 49931 + jme * (-1 / 15300 - jme / 2_000_000))));
  // Eq. A1, brought to within 20 minutes of zero.
  let minutes = 4 * wrap360(meanLongitude - 0.0057183 - rightAscensionDeg + equinoxesDeg);
  if (minutes > 20) minutes -= 1440;
  return { rightAscensionDeg, declinationDeg, distanceAu, equinoxesDeg, equationOfTimeMin: minutes };
}

/** The sun from the earth's centre at a UTC instant. */
export const geocentricSun = (timeMs: number, deltaTS = DEFAULT_DELTA_T_S): GeocentricSun =>
  geocentricAtTt(timeMs + deltaTS * 1000);

/** Mean sidereal time at Greenwich [deg], eq. 28, not wrapped. */
function meanSiderealDeg(timeMs: number): number {
  const days = timeMs / DAY_MS + 2440587.5 - 2451545;
  const jc = days / 36525;
  // Whole turns are left out of the large product, so that its rounding does not reach the angle.
  return (
    280.46061837 + 0.98564736629 * days + 360 * (days - Math.floor(days)) + jc * jc * (0.000387933 - jc / 38710000)
  );
}

export interface Observer {
  /** [deg] north, -90 to 90 */
  readonly latitudeDeg: number;
  /** [deg] east, -180 to 360 */
  readonly longitudeDeg: number;
  /** [m] above the ellipsoid; default 0 */
  readonly elevationM?: number;
  /** Annual mean pressure [Pa] for refraction; default 101325 */
  readonly pressurePa?: number;
  /** Temperature [degC] for refraction, one for all instants or one for each; default 12 */
  readonly tempAirC?: number | ArrayLike<number>;
  /** Terrestrial less universal time [s]; default 67 */
  readonly deltaTS?: number;
}

/** Positions of the sun, one for each instant. Angles in degrees. */
export interface SunPositions {
  /** True (unrefracted) zenith [deg]. */
  readonly zenithDeg: Float64Array;
  /** Zenith with refraction [deg]. */
  readonly apparentZenithDeg: Float64Array;
  /** Clockwise from north [deg], 0 to 360. */
  readonly azimuthDeg: Float64Array;
  /** Earth-sun distance [AU]. */
  readonly distanceAu: Float64Array;
}

export interface SunPositionOptions {
  /**
   * `full` runs every series at every instant. `fast` runs them once a day and interpolates right ascension, declination and
   * distance by cubics between those nodes: at most 2e-7 degrees from `full` (see the tests), some twenty times sooner.
   */
  readonly method?: 'full' | 'fast';
}

/** Values of the geocentric series at whole days, computed when first asked for. */
class DailyNodes {
  readonly #nodes = new Map<number, GeocentricSun>();
  readonly #deltaTS: number;

  constructor(deltaTS: number) {
    this.#deltaTS = deltaTS;
  }

  at(day: number): GeocentricSun {
    let node = this.#nodes.get(day);
    if (!node) {
      node = geocentricSun(day * DAY_MS, this.#deltaTS);
      this.#nodes.set(day, node);
    }
    return node;
  }
}

function checkObserver(observer: Observer): void {
  const { latitudeDeg, longitudeDeg } = observer;
  if (!(Math.abs(latitudeDeg) <= 90))
    throw new AppError('solar.invalid_input', `latitude_deg is ${latitudeDeg}; expected -90 to 90`);
  if (!(longitudeDeg >= -180 && longitudeDeg <= 360))
    throw new AppError('solar.invalid_input', `longitude_deg is ${longitudeDeg}; expected -180 to 360`);
}

/**
 * Topocentric positions of the sun.
 * @param timeMs UTC instants [ms since epoch], length n; any order, jumps allowed
 * @returns arrays of length n; below the horizon the apparent zenith equals the true one
 * @throws AppError `solar.invalid_input` for a place that does not exist
 */
export function sunPositions(
  timeMs: ArrayLike<number>,
  observer: Observer,
  { method = 'fast' }: SunPositionOptions = {},
): SunPositions {
  checkObserver(observer);
  const { latitudeDeg, longitudeDeg, elevationM = 0, pressurePa = 101_325, tempAirC = 12 } = observer;
  const deltaTS = observer.deltaTS ?? DEFAULT_DELTA_T_S;
  const n = timeMs.length;
  const zenithDeg = new Float64Array(n);
  const apparentZenithDeg = new Float64Array(n);
  const azimuthDeg = new Float64Array(n);
  const distanceAu = new Float64Array(n);

  const sinLatitude = Math.sin(latitudeDeg * RAD);
  const cosLatitude = Math.cos(latitudeDeg * RAD);
  // Eq. 34 to 36: the observer on the ellipsoid, in equatorial radii.
  const u = Math.atan(0.99664719 * Math.tan(latitudeDeg * RAD));
  const x = Math.cos(u) + (elevationM / 6_378_140) * cosLatitude;
  const y = 0.99664719 * Math.sin(u) + (elevationM / 6_378_140) * sinLatitude;
  const refractionScale = ((pressurePa / 100 / 1010) * 283 * 1.02) / 60;
  const tempAirAt = typeof tempAirC === 'number' ? () => tempAirC : (i: number) => tempAirC[i];
  const refractionFromDeg = -(SUN_RADIUS_DEG + DEFAULT_HORIZON_REFRACTION_DEG);

  const nodes = new DailyNodes(deltaTS);
  // Coefficients of the cubics through four nodes around `day`, in the fraction of that day.
  let day = Number.NaN;
  const ra = new Float64Array(4);
  const dec = new Float64Array(4);
  const distance = new Float64Array(4);
  const cubic = (out: Float64Array, a: number, b: number, c: number, d: number): void => {
    out[0] = b;
    out[1] = c - b / 2 - a / 3 - d / 6;
    out[2] = (a + c) / 2 - b;
    out[3] = (d - a) / 6 + (b - c) / 2;
  };
  const near = (value: number, reference: number): number => value - 360 * Math.round((value - reference) / 360);

  for (let i = 0; i < n; i++) {
    const time = timeMs[i];
    let alpha: number;
    let delta: number;
    if (method === 'full') {
      const sun = geocentricSun(time, deltaTS);
      alpha = sun.rightAscensionDeg - sun.equinoxesDeg;
      delta = sun.declinationDeg;
      distanceAu[i] = sun.distanceAu;
    } else {
      const at = time / DAY_MS;
      const whole = Math.floor(at);
      if (whole !== day) {
        day = whole;
        const [a, b, c, d] = [nodes.at(day - 1), nodes.at(day), nodes.at(day + 1), nodes.at(day + 2)];
        // Apparent right ascension less the equation of the equinoxes: the nutation in longitude falls out.
        const of = (sun: GeocentricSun): number =>
          near(sun.rightAscensionDeg - sun.equinoxesDeg, b.rightAscensionDeg - b.equinoxesDeg);
        cubic(ra, of(a), of(b), of(c), of(d));
        cubic(dec, a.declinationDeg, b.declinationDeg, c.declinationDeg, d.declinationDeg);
        cubic(distance, a.distanceAu, b.distanceAu, c.distanceAu, d.distanceAu);
      }
      const t = at - whole;
      alpha = ra[0] + t * (ra[1] + t * (ra[2] + t * ra[3]));
      delta = dec[0] + t * (dec[1] + t * (dec[2] + t * dec[3]));
      distanceAu[i] = distance[0] + t * (distance[1] + t * (distance[2] + t * distance[3]));
    }
    const hourAngle = (meanSiderealDeg(time) + longitudeDeg - alpha) * RAD;
    delta *= RAD;
    // Section 3.12 in vectors: the direction from the observer is the geocentric one less parallax times the observer's place.
    const parallax = Math.sin((8.794 / (3600 * distanceAu[i])) * RAD);
    const cosDelta = Math.cos(delta);
    const vx = cosDelta * Math.cos(hourAngle) - x * parallax;
    const vy = cosDelta * Math.sin(hourAngle);
    const vz = Math.sin(delta) - y * parallax;
    const up = sinLatitude * vz + cosLatitude * vx;
    const south = vx * sinLatitude - vz * cosLatitude;
    const elevation = Math.atan2(up, Math.sqrt(south * south + vy * vy)) / RAD;
    let refraction = 0;
    if (elevation >= refractionFromDeg)
      refraction = refractionScale / (273 + tempAirAt(i)) / Math.tan((elevation + 10.3 / (elevation + 5.11)) * RAD);
    zenithDeg[i] = 90 - elevation;
    apparentZenithDeg[i] = 90 - elevation - refraction;
    azimuthDeg[i] = wrap360(Math.atan2(vy, south) / RAD + 180);
  }
  return { zenithDeg, apparentZenithDeg, azimuthDeg, distanceAu };
}

/** Sunrise, transit and sunset [ms since epoch]; sunrise and sunset are undefined in polar day and night. */
export interface SunEvents {
  readonly sunriseMs: number | undefined;
  readonly transitMs: number;
  readonly sunsetMs: number | undefined;
}

/**
 * The transit on a UTC date, the sunrise before it and the sunset after it, which may fall on a neighbouring date.
 * The sun's centre stands at -0.8333 degrees at sunrise and sunset. Appendix A.2, one correction step.
 * @param dayMs 00:00 UTC of the date [ms since epoch]
 */
export function sunEvents(dayMs: number, observer: Observer): SunEvents {
  checkObserver(observer);
  if (dayMs % DAY_MS !== 0) throw new AppError('solar.invalid_input', `${dayMs} is not 00:00 UTC of a date`);
  const { latitudeDeg, longitudeDeg, deltaTS = DEFAULT_DELTA_T_S } = observer;
  const sidereal = wrap360(meanSiderealDeg(dayMs)) + geocentricSun(dayMs, deltaTS).equinoxesDeg;
  const [before, sun, after] = [-1, 0, 1].map((offset) => geocentricAtTt(dayMs + offset * DAY_MS));
  // Right ascension moves by about a degree a day; across 360 the step is taken without the turn.
  const step = (from: number, to: number): number => to - from - 360 * Math.round((to - from) / 360);
  const a = step(before.rightAscensionDeg, sun.rightAscensionDeg);
  const b = step(sun.rightAscensionDeg, after.rightAscensionDeg);
  const aDelta = sun.declinationDeg - before.declinationDeg;
  const bDelta = after.declinationDeg - sun.declinationDeg;
  const sinLatitude = Math.sin(latitudeDeg * RAD);
  const cosLatitude = Math.cos(latitudeDeg * RAD);

  const at = (fraction: number) => {
    const n = fraction + deltaTS / 86_400;
    const alpha = sun.rightAscensionDeg + (n * (a + b + (b - a) * n)) / 2;
    const delta = (sun.declinationDeg + (n * (aDelta + bDelta + (bDelta - aDelta) * n)) / 2) * RAD;
    let hourAngle = wrap360(sidereal + 360.985647 * fraction + longitudeDeg - alpha);
    if (hourAngle >= 180) hourAngle -= 360;
    return { delta, hourAngle };
  };
  const transit = (sun.rightAscensionDeg - longitudeDeg - sidereal) / 360;
  const noon = transit - Math.floor(transit);
  const transitMs = dayMs + (noon - at(noon).hourAngle / 360) * DAY_MS;

  const declination = sun.declinationDeg * RAD;
  const cosHour =
    (Math.sin(-0.8333 * RAD) - sinLatitude * Math.sin(declination)) / (cosLatitude * Math.cos(declination));
  if (!(Math.abs(cosHour) <= 1)) return { sunriseMs: undefined, transitMs, sunsetMs: undefined };
  const halfDay = Math.acos(cosHour) / RAD / 360;
  const event = (fraction: number): number => {
    const turns = Math.floor(fraction);
    const { delta, hourAngle } = at(fraction - turns);
    const height =
      Math.asin(sinLatitude * Math.sin(delta) + cosLatitude * Math.cos(delta) * Math.cos(hourAngle * RAD)) / RAD;
    const correction = (height + 0.8333) / (360 * Math.cos(delta) * cosLatitude * Math.sin(hourAngle * RAD));
    return dayMs + (fraction + correction) * DAY_MS;
  };
  return { sunriseMs: event(noon - halfDay), transitMs, sunsetMs: event(noon + halfDay) };
}
