/**
 * Checks a year of weather against the sun: whether the three irradiances belong together, whether the clock and the place are
 * those of the sun that the sensors saw, and whether the values are possible.
 *
 * Two independent measures of the clock. The closure uses that global irradiance is diffuse plus direct times the cosine of the
 * zenith: the shift of the clock with the smallest residual is the right one, in any weather. The noon of clear days is the
 * middle between the same height of morning and afternoon; it also works for files whose direct irradiance was derived with the
 * wrong clock. In 42 public files without a fault the closure's shift is at most 0.02 h and the noon's at most 0.05 h.
 */
import { clearSky } from '../sun/clear-sky.ts';
import { extraRadiationFromDistance } from '../sun/irradiance.ts';
import { sunPositions } from '../sun/spa.ts';
import type { WeatherYear } from './series.ts';

const RAD = Math.PI / 180;
const DEG_PER_H = 15;
const HOUR_MS = 3_600_000;
/** Records that the search for the clock uses at most: every k-th of a finer year. */
const MAX_FIT_RECORDS = 35_136;

/** Sine of the declination, and the cosine of the declination times cosine and sine of the hour angle, for each record. */
interface SunOnEquator {
  readonly sinDeclination: Float64Array;
  readonly cosHour: Float64Array;
  readonly sinHour: Float64Array;
}

/** How the clock and the place could be wrong; each is a change that makes the irradiances fit the sun. */
interface ClockFit {
  /** Residual of the closure as the file says [1]: root mean square over that of the direct irradiance; null without direct */
  readonly residual: number | null;
  /** Hours to add to the file's clock for the smallest residual [h] */
  readonly shiftH: number | null;
  readonly shiftedResidual: number | null;
  /** Residual with the other sign of the latitude, and with latitude and longitude exchanged [1] */
  readonly mirroredResidual: number | null;
  readonly exchangedResidual: number | null;
  /** Hours to add by the noon of clear days: median and quartiles [h]; null with fewer than MIN_CLEAR_DAYS */
  readonly noon: { readonly shiftH: number; readonly lowerH: number; readonly upperH: number } | null;
  readonly nClearDays: number;
}

export interface WeatherQuality {
  /** Direct on the horizontal plus diffuse, less global, as a share of global [%]; null where there is no irradiance */
  readonly closurePct: number | null;
  /** The same for each month, January first */
  readonly monthlyClosurePct: readonly (number | null)[];
  readonly clock: ClockFit;
  /** Residual of the closure if columns were exchanged [1] */
  readonly exchanged: Readonly<Record<ColumnFault, number | null>>;
  /** Sums of each month [kWh/m2], January first */
  readonly monthly: Readonly<Record<'ghiKwhM2' | 'dniKwhM2' | 'dhiKwhM2' | 'clearSkyGhiKwhM2', readonly number[]>>;
  readonly max: Readonly<Record<'ghiWm2' | 'dniWm2' | 'dhiWm2' | 'tempAirC' | 'windSpeedMPerS', number>>;
  readonly min: { readonly tempAirC: number };
  readonly mean: { readonly tempAirC: number; readonly windSpeedMPerS: number; readonly pressurePa: number | null };
  /** Air temperature under the sun, weighted by global irradiance, less that of the whole day [K] */
  readonly warmerUnderSunK: number;
  /** Share of the global irradiation with the sun below the horizon [%], with the file's and with the other latitude's sign */
  readonly nightPct: number;
  readonly mirroredNightPct: number;
  /** The same of the direct and the diffuse irradiation, with the file's latitude [%] */
  readonly nightDirectPct: number;
  readonly nightDiffusePct: number;
  /** Records without global irradiance while the sun stands more than DAYLIGHT_DEG above the horizon [h], and the first of them */
  readonly daylightZero: { readonly hours: number; readonly first: number } | null;
  /** Records above what is physically possible by the BSRN's tests, as a share of the sunlit records [%] */
  readonly impossiblePct: number;
  /** Means of each hour of the file's clock [W/m2], 24 each: global, diffuse plus direct on the horizontal, and a clear sky's global */
  readonly meanDay: Readonly<Record<'ghiWm2' | 'closedWm2' | 'clearSkyGhiWm2', readonly number[]>>;
  /** Daily global irradiation over that of a clear sky [1]: the value that 5 % of the days exceed, and the median; null in darkness */
  readonly clearSkyIndex: { readonly upper: number; readonly median: number } | null;
}

/** Exchanges of columns that happen: `dniIsHorizontal` means that the column of the direct normal irradiance holds the horizontal. */
export type ColumnFault = 'dniDhi' | 'ghiDni' | 'ghiDhi' | 'dniIsHorizontal';

const MIN_CLEAR_DAYS = 10;

function sunOnEquator(year: WeatherYear): { sun: SunOnEquator; extraWm2: Float64Array } {
  const { timeMs, latitudeDeg, longitudeDeg } = year;
  const { zenithDeg, azimuthDeg, distanceAu } = sunPositions(timeMs, { latitudeDeg, longitudeDeg });
  const n = timeMs.length;
  const [sinLatitude, cosLatitude] = [Math.sin(latitudeDeg * RAD), Math.cos(latitudeDeg * RAD)];
  const sun = {
    sinDeclination: new Float64Array(n),
    cosHour: new Float64Array(n),
    sinHour: new Float64Array(n),
  };
  for (let i = 0; i < n; i++) {
    const sinZenith = Math.sin(zenithDeg[i] * RAD);
    const up = Math.cos(zenithDeg[i] * RAD);
    const north = sinZenith * Math.cos(azimuthDeg[i] * RAD);
    sun.sinDeclination[i] = sinLatitude * up + cosLatitude * north;
    sun.cosHour[i] = cosLatitude * up - sinLatitude * north;
    sun.sinHour[i] = -sinZenith * Math.sin(azimuthDeg[i] * RAD);
  }
  return { sun, extraWm2: distanceAu.map((distance) => extraRadiationFromDistance(distance)) };
}

/** Returns a function of a record's index: the cosine of the zenith with the clock shifted, at another latitude [1]. */
function cosZenithAt({ sinDeclination, cosHour, sinHour }: SunOnEquator, latitudeDeg: number, shiftH = 0) {
  const sinLatitude = Math.sin(latitudeDeg * RAD);
  const cosLatitude = Math.cos(latitudeDeg * RAD);
  const cosShift = cosLatitude * Math.cos(shiftH * DEG_PER_H * RAD);
  const sinShift = cosLatitude * Math.sin(shiftH * DEG_PER_H * RAD);
  return (i: number): number => sinLatitude * sinDeclination[i] + cosShift * cosHour[i] - sinShift * sinHour[i];
}

/** Returns the residual of a closure [1]; null without direct irradiance. @param step every how many records it looks */
function residualOf(
  [global, direct, diffuse]: readonly [Float64Array, Float64Array, Float64Array],
  cosZenith: (i: number) => number,
  step: number,
): number | null {
  let residual = 0;
  let scale = 0;
  for (let i = 0; i < global.length; i += step) {
    const horizontal = global[i] - diffuse[i];
    const difference = horizontal - direct[i] * Math.max(cosZenith(i), 0);
    residual += difference * difference;
    scale += horizontal * horizontal;
  }
  return scale > 0 ? Math.sqrt(residual / scale) : null;
}

/** Returns the shift of the smallest residual: by whole hours first, then by halves of the step down to a hundredth. */
function bestShift(residual: (shiftH: number) => number): { shiftH: number; residual: number } {
  let best = { shiftH: 0, residual: residual(0) };
  const consider = (shiftH: number): boolean => {
    const value = residual(shiftH);
    if (!(value < best.residual)) return false;
    best = { shiftH, residual: value };
    return true;
  };
  for (let hour = -11; hour <= 12; hour++) consider(hour);
  for (let step = 0.5; step >= 0.01; step /= 2) {
    const from = best.shiftH;
    if (!consider(from - step)) consider(from + step);
  }
  return best;
}

const quantile = (sorted: ArrayLike<number>, share: number): number => sorted[Math.round(share * (sorted.length - 1))];

/** Wraps hours to -12 up to 12. */
const wrapHours = (hours: number): number => hours - 24 * Math.round(hours / 24);

/** Returns the records in which days begin: at the data's own midnight, so that a wrong clock cuts no day. */
function dayStarts(ghiWm2: Float64Array, perDay: number): number[] {
  let east = 0;
  let north = 0;
  for (let i = 0; i < ghiWm2.length; i++) {
    const angle = (2 * Math.PI * (i % perDay)) / perDay;
    east += ghiWm2[i] * Math.sin(angle);
    north += ghiWm2[i] * Math.cos(angle);
  }
  const noon = (Math.atan2(east, north) / (2 * Math.PI)) * perDay;
  const first = Math.round(noon + 1.5 * perDay) % perDay;
  const starts: number[] = [];
  for (let start = first; start + perDay <= ghiWm2.length; start += perDay) starts.push(start);
  return starts;
}

/** Levels of a day's maximum whose crossings show its noon; low ones would show hills at the horizon. */
const NOON_LEVELS = [0.5, 0.6, 0.7];

/**
 * Returns the noon of a clear day as a record's fractional index; undefined for a cloudy day. A day is clear where its irradiance
 * rises once and falls once, within 2 % of its maximum.
 */
function clearNoon(ghiWm2: Float64Array, start: number, perDay: number): number | undefined {
  let top = start;
  let variation = 0;
  for (let i = start; i < start + perDay; i++) {
    if (ghiWm2[i] > ghiWm2[top]) top = i;
    if (i > start) variation += Math.abs(ghiWm2[i] - ghiWm2[i - 1]);
  }
  const max = ghiWm2[top];
  const least = Math.min(ghiWm2[start], ghiWm2[start + perDay - 1]);
  if (max < 100 || least > NOON_LEVELS[0] * max || variation > 2.02 * max) return undefined;
  let sum = 0;
  for (const level of NOON_LEVELS) {
    let left = top;
    while (ghiWm2[left - 1] > level * max) left--;
    let right = top;
    while (ghiWm2[right + 1] > level * max) right++;
    const rise = left - (ghiWm2[left] - level * max) / (ghiWm2[left] - ghiWm2[left - 1]);
    const fall = right + (ghiWm2[right] - level * max) / (ghiWm2[right] - ghiWm2[right + 1]);
    sum += (rise + fall) / 2;
  }
  return sum / NOON_LEVELS.length;
}

function noonOf(year: WeatherYear, sun: SunOnEquator, starts: readonly number[]) {
  const perDay = 1440 / year.stepMinutes;
  const shifts: number[] = [];
  for (const start of starts) {
    const noon = clearNoon(year.ghiWm2, start, perDay);
    if (noon === undefined) continue;
    const record = Math.round(noon);
    const hourAngle = Math.atan2(sun.sinHour[record], sun.cosHour[record]) / RAD / DEG_PER_H;
    shifts.push(wrapHours(-(hourAngle + ((noon - record) * year.stepMinutes) / 60)));
  }
  // A clock that is half a day off has its noons on both sides of the wrap.
  const middle = shifts.length > 0 ? shifts[shifts.length >> 1] : 0;
  const sorted = shifts.map((shift) => middle + wrapHours(shift - middle)).sort((a, b) => a - b);
  return {
    nClearDays: sorted.length,
    noon:
      sorted.length < MIN_CLEAR_DAYS
        ? null
        : {
            shiftH: wrapHours(quantile(sorted, 0.5)),
            lowerH: wrapHours(quantile(sorted, 0.25)),
            upperH: wrapHours(quantile(sorted, 0.75)),
          },
  };
}

const CLEAR_SKY_MAX_ZENITH_DEG = 75;
const DAYLIGHT_DEG = 10;

/** Returns the daily clear-sky index of days whose sun rises by at least 15 degrees. */
function clearSkyIndexOf(
  year: WeatherYear,
  sky: { ghiWm2: Float64Array; apparentZenithDeg: Float64Array },
  starts: readonly number[],
): WeatherQuality['clearSkyIndex'] {
  const perDay = 1440 / year.stepMinutes;
  const indices: number[] = [];
  for (const start of starts) {
    let [global, clear, zenith] = [0, 0, 180];
    for (let i = start; i < start + perDay; i++) {
      global += year.ghiWm2[i];
      clear += sky.ghiWm2[i];
      zenith = Math.min(zenith, sky.apparentZenithDeg[i]);
    }
    if (zenith < CLEAR_SKY_MAX_ZENITH_DEG) indices.push(global / clear);
  }
  if (indices.length === 0) return null;
  indices.sort((a, b) => a - b);
  return { upper: quantile(indices, 0.95), median: quantile(indices, 0.5) };
}

/** Returns how much warmer the air is under the sun than on the mean of the day [K], weighted by global irradiance. */
function warmerUnderSun({ ghiWm2, tempAirC, stepMinutes }: WeatherYear, starts: readonly number[]): number {
  const perDay = 1440 / stepMinutes;
  let [weighted, total] = [0, 0];
  for (const start of starts) {
    let mean = 0;
    for (let i = start; i < start + perDay; i++) mean += tempAirC[i] / perDay;
    for (let i = start; i < start + perDay; i++) {
      weighted += ghiWm2[i] * (tempAirC[i] - mean);
      total += ghiWm2[i];
    }
  }
  return total > 0 ? weighted / total : 0;
}

/**
 * Computes the figures of a year's quality.
 * @see Long and Dutton 2002, BSRN Global Network recommended QC tests, V2.0 (limits of what is possible)
 */
export function weatherQuality(year: WeatherYear): WeatherQuality {
  const { ghiWm2, dniWm2, dhiWm2, month, latitudeDeg, longitudeDeg, elevationM, stepMinutes, utcOffsetH } = year;
  const n = ghiWm2.length;
  const { sun, extraWm2 } = sunOnEquator(year);
  const every = Math.ceil(n / MAX_FIT_RECORDS);
  const columns = [ghiWm2, dniWm2, dhiWm2] as const;
  const residual = (at: readonly [Float64Array, Float64Array, Float64Array], latitude = latitudeDeg, shiftH = 0) =>
    residualOf(at, cosZenithAt(sun, latitude, shiftH), every);
  const stated = residual(columns);
  const shifted = stated === null ? null : bestShift((shiftH) => residual(columns, latitudeDeg, shiftH)!);
  const canExchange = Math.abs(longitudeDeg) <= 90;
  const starts = dayStarts(ghiWm2, 1440 / stepMinutes);
  const sky = clearSky(year.timeMs, { latitudeDeg, longitudeDeg, elevationM }, 'ineichen');

  const sums = () => new Array<number>(12).fill(0);
  const kwh = stepMinutes / 60 / 1000;
  const monthly = { ghiKwhM2: sums(), dniKwhM2: sums(), dhiKwhM2: sums(), clearSkyGhiKwhM2: sums() };
  const closed = sums();
  const hours = () => new Array<number>(24).fill(0);
  const meanDay = { ghiWm2: hours(), closedWm2: hours(), clearSkyGhiWm2: hours() };
  const perHour = n / 24;
  const cosZenith = cosZenithAt(sun, latitudeDeg);
  const mirrored = cosZenithAt(sun, -latitudeDeg);
  // The sun is down in the whole step, with a margin for refraction and hourly means of another kind.
  const down = -Math.sin((2 + (stepMinutes / 60) * DEG_PER_H) * RAD);
  const daylight = Math.sin(DAYLIGHT_DEG * RAD);
  let [night, nightDirect, nightDiffuse] = [0, 0, 0];
  let [mirroredNight, sunlit, impossible, dark, firstDark] = [0, 0, 0, 0, -1];
  for (let i = 0; i < n; i++) {
    const m = month[i] - 1;
    const cosine = cosZenith(i);
    const above = Math.max(cosine, 0);
    monthly.ghiKwhM2[m] += ghiWm2[i] * kwh;
    monthly.dniKwhM2[m] += dniWm2[i] * kwh;
    monthly.dhiKwhM2[m] += dhiWm2[i] * kwh;
    monthly.clearSkyGhiKwhM2[m] += sky.ghiWm2[i] * kwh;
    const closedWm2 = dniWm2[i] * above + dhiWm2[i];
    closed[m] += closedWm2 * kwh;
    const hour = Math.floor((((year.timeMs[i] / HOUR_MS + utcOffsetH) % 24) + 24) % 24);
    meanDay.ghiWm2[hour] += ghiWm2[i] / perHour;
    meanDay.closedWm2[hour] += closedWm2 / perHour;
    meanDay.clearSkyGhiWm2[hour] += sky.ghiWm2[i] / perHour;
    if (cosine < down) {
      night += ghiWm2[i];
      nightDirect += dniWm2[i];
      nightDiffuse += dhiWm2[i];
    }
    if (mirrored(i) < down) mirroredNight += ghiWm2[i];
    if (cosine <= 0) continue;
    sunlit++;
    if (cosine > daylight && ghiWm2[i] <= 0) {
      dark++;
      if (firstDark < 0) firstDark = i;
    }
    if (
      ghiWm2[i] > extraWm2[i] * 1.5 * above ** 1.2 + 100 ||
      dniWm2[i] > extraWm2[i] ||
      dhiWm2[i] > extraWm2[i] * 0.95 * above ** 1.2 + 50
    )
      impossible++;
  }
  const sum = (values: ArrayLike<number>): number => {
    let total = 0;
    for (let i = 0; i < values.length; i++) total += values[i];
    return total;
  };
  const largest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const global = sum(ghiWm2);
  const pctOf = (part: number, whole: number): number | null => (whole > 0 ? (100 * part) / whole : null);
  return {
    closurePct: pctOf(sum(closed) - sum(monthly.ghiKwhM2), sum(monthly.ghiKwhM2)),
    monthlyClosurePct: closed.map((value, m) => pctOf(value - monthly.ghiKwhM2[m], monthly.ghiKwhM2[m])),
    clock: {
      residual: stated,
      shiftH: shifted?.shiftH ?? null,
      shiftedResidual: shifted?.residual ?? null,
      mirroredResidual: residual(columns, -latitudeDeg),
      exchangedResidual: canExchange ? residual(columns, longitudeDeg, (latitudeDeg - longitudeDeg) / DEG_PER_H) : null,
      ...noonOf(year, sun, starts),
    },
    exchanged: {
      dniDhi: residual([ghiWm2, dhiWm2, dniWm2]),
      ghiDni: residual([dniWm2, ghiWm2, dhiWm2]),
      ghiDhi: residual([dhiWm2, dniWm2, ghiWm2]),
      dniIsHorizontal: residualOf(columns, () => 1, every),
    },
    monthly,
    max: {
      ghiWm2: largest(ghiWm2),
      dniWm2: largest(dniWm2),
      dhiWm2: largest(dhiWm2),
      tempAirC: largest(year.tempAirC),
      windSpeedMPerS: largest(year.windSpeedMPerS),
    },
    min: { tempAirC: -largest(year.tempAirC.map((value) => -value)) },
    mean: {
      tempAirC: sum(year.tempAirC) / n,
      windSpeedMPerS: sum(year.windSpeedMPerS) / n,
      pressurePa: year.pressurePa ? sum(year.pressurePa) / n : null,
    },
    warmerUnderSunK: warmerUnderSun(year, starts),
    nightPct: pctOf(night, global) ?? 0,
    nightDirectPct: pctOf(nightDirect, sum(dniWm2)) ?? 0,
    nightDiffusePct: pctOf(nightDiffuse, sum(dhiWm2)) ?? 0,
    mirroredNightPct: pctOf(mirroredNight, global) ?? 0,
    meanDay,
    daylightZero: dark > 0 ? { hours: (dark * stepMinutes) / 60, first: firstDark } : null,
    impossiblePct: pctOf(impossible, sunlit) ?? 0,
    clearSkyIndex: clearSkyIndexOf(year, sky, starts),
  };
}
