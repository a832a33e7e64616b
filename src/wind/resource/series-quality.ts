/**
 * Flags on measured wind series: gaps, stuck and iced sensors, values out of range. Nothing is filled in, but for the direction of
 * a calm, which has no effect.
 */
import { CALM_WITHOUT_DIRECTION_M_PER_S, fillCalmDirections, withoutCalmNorth } from '../../weather/calms.ts';
import { guard, windError } from '../check.ts';
import type { MeasuredWind } from './wind-csv.ts';

export const FLAG_OK = 0;
export const FLAG_MISSING = 1;
export const FLAG_OUT_OF_RANGE = 2;
/** Equal speeds over a long time: a stuck sensor */
export const FLAG_STUCK = 3;
/** Equal speeds or directions over a long time near or below freezing: an iced sensor */
export const FLAG_ICING = 4;

export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  readonly steps: number;
}

/** Names of the columns in requests and answers */
type ColumnName =
  | 'wind_speed_m_s'
  | 'wind_direction_deg'
  | 'wind_speed_lower_m_s'
  | 'wind_speed_std_m_s'
  | 'temp_air_c'
  | 'pressure_pa';

/** Values of a column that are not used */
export interface LeftOutValues {
  readonly column: ColumnName;
  readonly missing: number;
  /** Outside of what can be, marks for missing values such as 9999 included */
  readonly outOfRange: number;
  /** One of them */
  readonly example: number | null;
}

export interface SeriesQuality {
  readonly flags: Uint8Array;
  readonly counts: Readonly<Record<'ok' | 'missing' | 'out_of_range' | 'stuck' | 'icing', number>>;
  /** Columns with values that are not used */
  readonly leftOut: readonly LeftOutValues[];
  /** Calm records whose direction is missing; they are used */
  readonly calmsWithoutDirection: number;
  /** The series with the directions of such calms, and NaN for values that are not used */
  readonly wind: MeasuredWind;
  /** Most frequent time step [ms] */
  readonly stepMs: number;
  /** Times absent from the series */
  readonly gaps: readonly Gap[];
  /** Usable records per records that the period should have */
  readonly availability: number;
}

export interface QualityOptions {
  /** Equal records in a row that count as stuck, at least; default 6, one hour of 10-minute means */
  readonly stuckRecords?: number;
  /** At or below this temperature stuck means iced [degC]; default 2 */
  readonly icingBelowC?: number;
  /** Speeds below are calm and may stay equal [m/s]; default 0.5 */
  readonly calmMPerS?: number;
}

/**
 * What can be: extremes of the surface with a margin. Marks for missing values (99.99, 999, 9999, -999) are outside, and so is a
 * pressure of 0 or in hPa.
 */
const RANGES: Readonly<Record<Exclude<keyof MeasuredWind, 'timeMs'>, readonly [ColumnName, min: number, max: number]>> =
  {
    wsMPerS: ['wind_speed_m_s', 0, 75],
    wdDeg: ['wind_direction_deg', 0, 360],
    lowerMPerS: ['wind_speed_lower_m_s', 0, 75],
    stdMPerS: ['wind_speed_std_m_s', 0, 20],
    temperatureC: ['temp_air_c', -70, 60],
    pressurePa: ['pressure_pa', 40_000, 110_000],
  };
/** Probability that a series has a run of equal values by chance, which counts as stuck */
const CHANCE = 1e-3;

/** Flags each record, checks each column and lists the gaps in time. */
export function checkSeries(series: MeasuredWind, options: QualityOptions = {}): SeriesQuality {
  const { timeMs } = series;
  const { stuckRecords = 6, icingBelowC = 2, calmMPerS = 0.5 } = options;
  const n = timeMs.length;
  const columns = Object.keys(RANGES) as (keyof typeof RANGES)[];
  for (const column of columns)
    if (series[column]) guard.requireSameLength('times', timeMs, RANGES[column][0], series[column]);
  if (n < 2) throw windError(`the series has ${n} records; expected at least 2`);
  const stepMs = requireRising(timeMs);
  const gaps: Gap[] = [];
  for (let i = 1; i < n; i++) {
    const missing = Math.round((timeMs[i] - timeMs[i - 1]) / stepMs) - 1;
    if (missing > 0) gaps.push({ fromMs: timeMs[i - 1] + stepMs, toMs: timeMs[i] - stepMs, steps: missing });
  }
  const { wsMPerS, wdDeg } = series;
  const flags = new Uint8Array(n);
  const isInRange = (column: 'wsMPerS' | 'wdDeg', value: number) =>
    value >= RANGES[column][1] && value <= RANGES[column][2];
  const isCalm = (i: number) => isInRange('wsMPerS', wsMPerS[i]) && wsMPerS[i] < CALM_WITHOUT_DIRECTION_M_PER_S;
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(wsMPerS[i]) || (!Number.isFinite(wdDeg[i]) && !isCalm(i))) flags[i] = FLAG_MISSING;
    else if (!isInRange('wsMPerS', wsMPerS[i]) || !(isInRange('wdDeg', wdDeg[i]) || isCalm(i)))
      flags[i] = FLAG_OUT_OF_RANGE;
  }
  const temperatureC = series.temperatureC && inRange(series.temperatureC, RANGES.temperatureC);
  const markRuns = (values: Float64Array, whereCold: boolean) => {
    const least = runLength(values, stuckRecords);
    let start = 0;
    for (let i = 1; i <= n; i++) {
      if (i < n && values[i] === values[start] && flags[i] !== FLAG_MISSING) continue;
      if (i - start >= least)
        for (let j = start; j < i; j++) {
          if (flags[j] !== FLAG_OK || wsMPerS[j] < calmMPerS) continue;
          const cold = temperatureC !== undefined && temperatureC[j] <= icingBelowC;
          if (cold) flags[j] = FLAG_ICING;
          else if (!whereCold) flags[j] = FLAG_STUCK;
        }
      start = i;
    }
  };
  markRuns(wsMPerS, false);
  // At coarse resolution a vane may show one direction in warm steady wind; in the cold it counts as frozen.
  markRuns(wdDeg, true);
  const counts = { ok: 0, missing: 0, out_of_range: 0, stuck: 0, icing: 0 };
  const names = ['ok', 'missing', 'out_of_range', 'stuck', 'icing'] as const;
  for (const flag of flags) counts[names[flag]]++;
  const expected = Math.round((timeMs[n - 1] - timeMs[0]) / stepMs) + 1;
  const directions = withoutCalmNorth(wsMPerS, inRange(wdDeg, RANGES.wdDeg));
  const calmsWithoutDirection = fillCalmDirections(directions, (i) => flags[i] === FLAG_OK);
  return {
    flags,
    counts,
    leftOut: columns.flatMap((column) => leftOutOf(series[column], RANGES[column])),
    calmsWithoutDirection,
    wind: {
      timeMs,
      wsMPerS: inRange(wsMPerS, RANGES.wsMPerS),
      wdDeg: directions,
      ...(series.lowerMPerS && { lowerMPerS: inRange(series.lowerMPerS, RANGES.lowerMPerS) }),
      ...(series.stdMPerS && { stdMPerS: inRange(series.stdMPerS, RANGES.stdMPerS) }),
      ...(temperatureC && { temperatureC }),
      ...(series.pressurePa && { pressurePa: inRange(series.pressurePa, RANGES.pressurePa) }),
    },
    stepMs,
    gaps,
    availability: counts.ok / expected,
  };
}

/** Returns the most frequent step [ms]. @throws AppError that names the first time that does not rise */
function requireRising(timeMs: Float64Array): number {
  const steps = new Map<number, number>();
  for (let i = 1; i < timeMs.length; i++) {
    const step = timeMs[i] - timeMs[i - 1];
    if (!(step > 0))
      throw windError(
        `record ${i + 1} is at ${new Date(timeMs[i]).toISOString()} after ${new Date(timeMs[i - 1]).toISOString()}; expected rising times, without summer time`,
        '/file',
      );
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  return [...steps].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0];
}

const inRange = (values: Float64Array, [, min, max]: readonly [ColumnName, number, number]): Float64Array =>
  values.map((value) => (value >= min && value <= max ? value : Number.NaN));

function leftOutOf(
  values: Float64Array | undefined,
  [column, min, max]: readonly [ColumnName, number, number],
): LeftOutValues[] {
  if (!values) return [];
  let missing = 0;
  let outOfRange = 0;
  let example: number | null = null;
  for (const value of values) {
    if (!Number.isFinite(value)) missing++;
    else if (value < min || value > max) {
      outOfRange++;
      example ??= value;
    }
  }
  return missing + outOfRange > 0 ? [{ column, missing, outOfRange, example }] : [];
}

/**
 * Returns the length of a run of equal values that does not happen by chance. Coarse values repeat: whole knots of an airport do
 * so for hours.
 */
function runLength(values: Float64Array, least: number): number {
  // A stuck sensor is one run, however long.
  let runs = 1;
  let repeated = 0;
  let isFirst = true;
  for (let i = 1; i < values.length; i++) {
    const isEqual = values[i] === values[i - 1];
    if (!isEqual) runs++;
    else if (isFirst) repeated++;
    isFirst = !isEqual;
  }
  const share = repeated / runs;
  if (share === 0 || share === 1) return least;
  return Math.max(least, Math.ceil(1 + Math.log(CHANCE / values.length) / Math.log(share)));
}

/** A calendar month and the share of its records that are usable */
export interface MonthCoverage {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  /** 0 to 1 */
  readonly coverage: number;
}

/** Returns the coverage of each month from the first to the last record. */
export function monthlyCoverage({ flags, wind: { timeMs }, stepMs }: SeriesQuality): MonthCoverage[] {
  const counts = new Map<number, number>();
  const monthOf = (ms: number) => {
    const date = new Date(ms);
    return 12 * date.getUTCFullYear() + date.getUTCMonth();
  };
  for (let i = 0; i < timeMs.length; i++) {
    if (flags[i] !== FLAG_OK) continue;
    const month = monthOf(timeMs[i]);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  const [from, to] = [monthOf(timeMs[0]), monthOf(timeMs[timeMs.length - 1])];
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const [year, month] = [Math.floor((from + i) / 12), (from + i) % 12];
    const lengthMs = Date.UTC(year, month + 1) - Date.UTC(year, month);
    return { year, month: month + 1, coverage: Math.min(1, ((counts.get(from + i) ?? 0) * stepMs) / lengthMs) };
  });
}

/** Least share of a month's records that counts as the month */
const COVERED = 0.5;

/** Returns the number of months of the year, 0 to 12, that some year of the series covers. */
export const coveredMonths = (months: readonly MonthCoverage[]): number =>
  new Set(months.filter(({ coverage }) => coverage >= COVERED).map(({ month }) => month)).size;
