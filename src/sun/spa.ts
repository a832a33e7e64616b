/**
 * NREL's solar position algorithm (SPA). Uncertainty of the algorithm: 0.0003 degrees, years -2000 to 6000.
 * @see Reda and Andreas 2003, NREL/TP-560-34302, doi:10.2172/15003974; equation numbers below are that report's
 */
import { AppError } from '../contracts/common/app-error.ts';
import { LATITUDE_TERMS, LONGITUDE_TERMS, NUTATION_AMPLITUDES, NUTATION_MULTIPLES, RADIUS_TERMS } from './spa-terms.ts';

const RAD = Math.PI / 180;
const DAY_MS = 86_400_000;
/** Terrestrial time less universal time [s]; pvlib's default, right to 3 s from 2003 to 2025. */
const DEFAULT_DELTA_T_S = 67;
/** Refraction at the horizon [deg], SPA's default. */
const DEFAULT_HORIZON_REFRACTION_DEG = 0.5667;
const SUN_RADIUS_DEG = 0.26667;

const wrap360 = (deg: number): number => deg - 360 * Math.floor(deg / 360);

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

/** Terms of one heliocentric quantity, flat; `powers` says where the terms of each power of time end. */
interface Periodic {
  readonly from: number;
  readonly powers: readonly number[];
}

const TABLES = [LONGITUDE_TERMS, LATITUDE_TERMS, RADIUS_TERMS];
const HELIOCENTRIC = TABLES.flat().reduce((total, row) => total + row.length / 3, 0);
const NUTATION = NUTATION_AMPLITUDES.length / 4;
const TERMS = HELIOCENTRIC + NUTATION;
const AMPLITUDE = new Float64Array(HELIOCENTRIC);
const PHASE = new Float64Array(HELIOCENTRIC);
const RATE = new Float64Array(HELIOCENTRIC);
const [LONGITUDE, LATITUDE, RADIUS] = ((): Periodic[] => {
  let at = 0;
  return TABLES.map((rows) => {
    const from = at;
    const powers = rows.map((row) => {
      for (let i = 0; i < row.length; i += 3, at++) {
        AMPLITUDE[at] = row[i];
        PHASE[at] = row[i + 1];
        RATE[at] = row[i + 2];
      }
      return at;
    });
    return { from, powers };
  });
})();

/**
 * Returns the five arguments of nutation [rad], eq. 15 to 19, and their rates [rad per Julian century]. @param t Julian
 * centuries
 */
function nutationArguments(t: number, values: Float64Array, rates: Float64Array): void {
  const cubic = (k: number, a: number, b: number, c: number, d: number): void => {
    values[k] = (a + t * (b + t * (c + t * d))) * RAD;
    rates[k] = (b + t * (2 * c + t * 3 * d)) * RAD;
  };
  cubic(0, 297.85036, 445267.11148, -0.0019142, 1 / 189474);
  cubic(1, 357.52772, 35999.05034, -0.0001603, -1 / 300000);
  cubic(2, 134.96298, 477198.867398, 0.0086972, 1 / 56250);
  cubic(3, 93.27191, 483202.017538, -0.0036825, 1 / 327270);
  cubic(4, 125.04452, -1934.136261, 0.0020708, 1 / 450000);
}

const turns = (at: number, values: Float64Array): number =>
  NUTATION_MULTIPLES[at] * values[0] +
  NUTATION_MULTIPLES[at + 1] * values[1] +
  NUTATION_MULTIPLES[at + 2] * values[2] +
  NUTATION_MULTIPLES[at + 3] * values[3] +
  NUTATION_MULTIPLES[at + 4] * values[4];

const centuries = (ttMs: number): number => (ttMs / DAY_MS + 2440587.5 - 2451545) / 36525;

/** Number of instants after which the rotating terms are computed again, so that rounding errors do not accumulate. */
const FRESH_AFTER = 128;
/** Fewer instants than this are computed faster one by one. */
const WORTH_TURNING = 4;

/**
 * Every term of the algorithm is a cosine whose argument grows linearly in time. At evenly spaced instants one complex
 * product leads to the next value, which is ten times as fast as a cosine and equal to it within rounding. (The
 * arguments of nutation deviate from a line by 1e-11 degrees in 128 hours.) An object serves one thread.
 */
class TurningTerms {
  readonly #cos = new Float64Array(TERMS);
  readonly #sin = new Float64Array(TERMS);
  readonly #stepCos = new Float64Array(TERMS);
  readonly #stepSin = new Float64Array(TERMS);
  readonly #arguments = new Float64Array(5);
  readonly #rates = new Float64Array(5);
  #stepMs = Number.NaN;
  #steppedAt = Number.NaN;

  /** Sets the terms to an instant. @param ttMs terrestrial time [ms since epoch] */
  set(ttMs: number): void {
    const t = centuries(ttMs);
    const jme = t / 10;
    for (let k = 0; k < HELIOCENTRIC; k++) {
      const angle = PHASE[k] + RATE[k] * jme;
      this.#cos[k] = Math.cos(angle);
      this.#sin[k] = Math.sin(angle);
    }
    nutationArguments(t, this.#arguments, this.#rates);
    for (let k = HELIOCENTRIC, at = 0; k < TERMS; k++, at += 5) {
      const angle = turns(at, this.#arguments);
      this.#cos[k] = Math.cos(angle);
      this.#sin[k] = Math.sin(angle);
    }
  }

  /** Prepares steps from an instant on. The rates of nutation change so slowly that one value serves for a year. */
  prepare(ttMs: number, stepMs: number): void {
    if (stepMs === this.#stepMs && Math.abs(ttMs - this.#steppedAt) < 366 * DAY_MS) return;
    this.#stepMs = stepMs;
    this.#steppedAt = ttMs;
    const dt = stepMs / DAY_MS / 36525;
    for (let k = 0; k < HELIOCENTRIC; k++) {
      const angle = (RATE[k] * dt) / 10;
      this.#stepCos[k] = Math.cos(angle);
      this.#stepSin[k] = Math.sin(angle);
    }
    nutationArguments(centuries(ttMs), this.#arguments, this.#rates);
    for (let k = HELIOCENTRIC, at = 0; k < TERMS; k++, at += 5) {
      const angle = turns(at, this.#rates) * dt;
      this.#stepCos[k] = Math.cos(angle);
      this.#stepSin[k] = Math.sin(angle);
    }
  }

  step(): void {
    const cos = this.#cos;
    const sin = this.#sin;
    const stepCos = this.#stepCos;
    const stepSin = this.#stepSin;
    for (let k = 0; k < TERMS; k++) {
      const c = cos[k];
      const s = sin[k];
      const dc = stepCos[k];
      const ds = stepSin[k];
      cos[k] = c * dc - s * ds;
      sin[k] = s * dc + c * ds;
    }
  }

  /** Returns the sum over the powers of time of the sums of a cos(b + c t), eq. 9 to 12. */
  #periodic({ from, powers }: Periodic, jme: number): number {
    const cos = this.#cos;
    let total = 0;
    for (let power = powers.length - 1; power >= 0; power--) {
      let sum = 0;
      const end = powers[power];
      for (let k = power > 0 ? powers[power - 1] : from; k < end; k++) sum += AMPLITUDE[k] * cos[k];
      total = total * jme + sum;
    }
    return total / 1e8;
  }

  /**
   * Runs the full algorithm up to the earth's centre, sections 3.2 to 3.9 and A.1, for the instant to which the terms
   * are set.
   */
  sun(ttMs: number): GeocentricSun {
    const jce = centuries(ttMs);
    const jme = jce / 10;
    const distanceAu = this.#periodic(RADIUS, jme);
    const theta = this.#periodic(LONGITUDE, jme) / RAD + 180;
    const beta = -this.#periodic(LATITUDE, jme);
    const cos = this.#cos;
    const sin = this.#sin;
    let psi = 0;
    let eps = 0;
    for (let k = HELIOCENTRIC, i = 0; k < TERMS; k++, i += 4) {
      psi += (NUTATION_AMPLITUDES[i] + NUTATION_AMPLITUDES[i + 1] * jce) * sin[k];
      eps += (NUTATION_AMPLITUDES[i + 2] + NUTATION_AMPLITUDES[i + 3] * jce) * cos[k];
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
}

/** Computes the geocentric sun at `count` evenly spaced instants, passed one by one to `take`. */
function geocentricSeries(
  terms: TurningTerms,
  ttMs: number,
  stepMs: number,
  count: number,
  take: (i: number, sun: GeocentricSun) => void,
): void {
  const turning = count >= WORTH_TURNING;
  if (turning) terms.prepare(ttMs, stepMs);
  for (let i = 0; i < count; i++) {
    const time = ttMs + i * stepMs;
    if (!turning || i % FRESH_AFTER === 0) terms.set(time);
    else terms.step();
    take(i, terms.sun(time));
  }
}

/** Runs the full algorithm at one instant of terrestrial time [ms since epoch]. */
function geocentricAtTt(ttMs: number): GeocentricSun {
  const terms = new TurningTerms();
  terms.set(ttMs);
  return terms.sun(ttMs);
}

/** Returns the sun from the earth's centre at a UTC instant. */
export const geocentricSun = (timeMs: number, deltaTS = DEFAULT_DELTA_T_S): GeocentricSun =>
  geocentricAtTt(timeMs + deltaTS * 1000);

/** Returns the mean sidereal time at Greenwich [deg], eq. 28, not wrapped. */
function meanSiderealDeg(timeMs: number): number {
  const days = timeMs / DAY_MS + 2440587.5 - 2451545;
  const jc = days / 36525;
  // The large product excludes whole revolutions, so that its rounding does not affect the angle.
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
   * `full` runs every series at every instant. `fast` runs them once a day and interpolates right ascension,
   * declination and distance by cubics between those nodes: at most 2e-7 degrees from `full` (see the tests), about
   * eight times as fast.
   */
  readonly method?: 'full' | 'fast';
}

/** Right ascension less the equation of the equinoxes, declination [deg] and distance [AU] at evenly spaced instants. */
interface GeocentricTrack {
  readonly alphaDeg: Float64Array;
  readonly deltaDeg: Float64Array;
  readonly distanceAu: Float64Array;
}

const trackOf = (n: number): GeocentricTrack => ({
  alphaDeg: new Float64Array(n),
  deltaDeg: new Float64Array(n),
  distanceAu: new Float64Array(n),
});

function fill(
  terms: TurningTerms,
  track: GeocentricTrack,
  from: number,
  ttMs: number,
  stepMs: number,
  n: number,
): void {
  geocentricSeries(terms, ttMs, stepMs, n, (i, sun) => {
    // The nutation in longitude falls out of this difference.
    track.alphaDeg[from + i] = sun.rightAscensionDeg - sun.equinoxesDeg;
    track.deltaDeg[from + i] = sun.declinationDeg;
    track.distanceAu[from + i] = sun.distanceAu;
  });
}

/** Runs the full algorithm at every instant; evenly spaced instants use the complex products. */
function fullTrack(timeMs: ArrayLike<number>, deltaTS: number): GeocentricTrack {
  const n = timeMs.length;
  const track = trackOf(n);
  const terms = new TurningTerms();
  for (let from = 0; from < n; ) {
    const step = from + 1 < n ? timeMs[from + 1] - timeMs[from] : 0;
    let to = from + 1;
    while (to < n && timeMs[to] - timeMs[to - 1] === step) to++;
    fill(terms, track, from, timeMs[from] + deltaTS * 1000, step, to - from);
    from = to;
  }
  return track;
}

/** The series at whole days around the instants, in runs of consecutive days. */
class DailyNodes {
  readonly track: GeocentricTrack;
  /** First days of the runs, in rising order, and their positions in the track. */
  readonly #firstDays: number[] = [];
  readonly #offsets: number[] = [];
  readonly #ends: number[] = [];
  #run = 0;

  constructor(timeMs: ArrayLike<number>, deltaTS: number) {
    const days = new Set<number>();
    let last = Number.NaN;
    for (let i = 0; i < timeMs.length; i++) {
      const day = Math.floor(timeMs[i] / DAY_MS);
      if (day === last) continue;
      last = day;
      days.add(day);
    }
    let size = 0;
    for (const day of [...days].sort((a, b) => a - b)) {
      const run = this.#firstDays.length - 1;
      // A gap of two days does not split a run, because a cubic needs the day before and the two days after.
      if (run >= 0 && day - 1 <= this.#ends[run] + 1) {
        size += day + 2 - this.#ends[run];
        this.#ends[run] = day + 2;
      } else {
        this.#firstDays.push(day - 1);
        this.#offsets.push(size);
        this.#ends.push(day + 2);
        size += 4;
      }
    }
    this.track = trackOf(size);
    const terms = new TurningTerms();
    this.#firstDays.forEach((first, run) => {
      const count = this.#ends[run] - first + 1;
      fill(terms, this.track, this.#offsets[run], first * DAY_MS + deltaTS * 1000, DAY_MS, count);
    });
  }

  /** Returns the position in the track of the day before `day`; the three days after it follow. */
  before(day: number): number {
    const holds = (run: number): boolean => day - 1 >= this.#firstDays[run] && day + 2 <= this.#ends[run];
    if (!holds(this.#run)) this.#run = this.#firstDays.findIndex((_, run) => holds(run));
    return this.#offsets[this.#run] + day - 1 - this.#firstDays[this.#run];
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
 * Returns the topocentric positions of the sun.
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

  const full = method === 'full' ? fullTrack(timeMs, deltaTS) : undefined;
  const nodes = full ? undefined : new DailyNodes(timeMs, deltaTS);
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
    if (full) {
      alpha = full.alphaDeg[i];
      delta = full.deltaDeg[i];
      distanceAu[i] = full.distanceAu[i];
    } else {
      const at = time / DAY_MS;
      const whole = Math.floor(at);
      if (whole !== day) {
        day = whole;
        const { alphaDeg, deltaDeg, distanceAu: radius } = nodes!.track;
        const k = nodes!.before(day);
        const middle = alphaDeg[k + 1];
        cubic(ra, near(alphaDeg[k], middle), middle, near(alphaDeg[k + 2], middle), near(alphaDeg[k + 3], middle));
        cubic(dec, deltaDeg[k], deltaDeg[k + 1], deltaDeg[k + 2], deltaDeg[k + 3]);
        cubic(distance, radius[k], radius[k + 1], radius[k + 2], radius[k + 3]);
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
 * Returns the transit on a UTC date, the sunrise before it and the sunset after it, which may fall on a neighbouring date.
 * The sun's centre is at -0.8333 degrees at sunrise and sunset. Appendix A.2, one correction step.
 * @param dayMs 00:00 UTC of the date [ms since epoch]
 */
export function sunEvents(dayMs: number, observer: Observer): SunEvents {
  checkObserver(observer);
  if (dayMs % DAY_MS !== 0) throw new AppError('solar.invalid_input', `${dayMs} is not 00:00 UTC of a date`);
  const { latitudeDeg, longitudeDeg, deltaTS = DEFAULT_DELTA_T_S } = observer;
  const sidereal = wrap360(meanSiderealDeg(dayMs)) + geocentricSun(dayMs, deltaTS).equinoxesDeg;
  const [before, sun, after] = [-1, 0, 1].map((offset) => geocentricAtTt(dayMs + offset * DAY_MS));
  // Right ascension moves by about a degree a day; a step across 360 degrees does not count the whole revolution.
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
