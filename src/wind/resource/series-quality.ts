/** Flags on measured wind series: gaps, stuck and iced sensors, values out of range. Nothing is filled in. */
import { guard, windError } from '../check.ts';

export const FLAG_OK = 0;
export const FLAG_MISSING = 1;
export const FLAG_OUT_OF_RANGE = 2;
/** Equal speeds over a long time: a stuck sensor */
export const FLAG_STUCK = 3;
/** Equal speeds or directions over a long time near or below freezing: an iced sensor */
export const FLAG_ICING = 4;

export interface WindSeries {
  /** UTC, rising [ms] */
  readonly timeMs: ArrayLike<number>;
  /** NaN where missing */
  readonly wsMPerS: ArrayLike<number>;
  readonly wdDeg: ArrayLike<number>;
  readonly temperatureC?: ArrayLike<number>;
}

export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  readonly steps: number;
}

export interface SeriesQuality {
  readonly flags: Uint8Array;
  readonly counts: Readonly<Record<'ok' | 'missing' | 'out_of_range' | 'stuck' | 'icing', number>>;
  /** Most frequent time step [ms] */
  readonly stepMs: number;
  /** Times absent from the series */
  readonly gaps: readonly Gap[];
  /** Usable records per records that the period should have */
  readonly availability: number;
}

export interface QualityOptions {
  /** Equal records in a row that count as stuck; default 6, one hour of 10-minute means */
  readonly stuckRecords?: number;
  /** At or below this temperature stuck means iced [degC]; default 2 */
  readonly icingBelowC?: number;
  /** Speeds below are calm and may stay equal [m/s]; default 0.5 */
  readonly calmMPerS?: number;
}

/** Flags each record and lists the gaps in time. */
export function checkSeries(series: WindSeries, options: QualityOptions = {}): SeriesQuality {
  const { timeMs, wsMPerS, wdDeg, temperatureC } = series;
  const { stuckRecords = 6, icingBelowC = 2, calmMPerS = 0.5 } = options;
  guard.requireSameLength('times', timeMs, 'speeds', wsMPerS);
  guard.requireSameLength('times', timeMs, 'directions', wdDeg);
  if (temperatureC) guard.requireSameLength('times', timeMs, 'temperatures', temperatureC);
  const n = timeMs.length;
  if (n < 2) throw windError(`the series has ${n} records; expected at least 2`);
  const steps = new Map<number, number>();
  for (let i = 1; i < n; i++) {
    const step = timeMs[i] - timeMs[i - 1];
    if (!(step > 0))
      throw windError(`record ${i} is at ${timeMs[i]} ms after ${timeMs[i - 1]} ms; expected rising times`);
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  const stepMs = [...steps].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0];
  const gaps: Gap[] = [];
  for (let i = 1; i < n; i++) {
    const missing = Math.round((timeMs[i] - timeMs[i - 1]) / stepMs) - 1;
    if (missing > 0) gaps.push({ fromMs: timeMs[i - 1] + stepMs, toMs: timeMs[i] - stepMs, steps: missing });
  }
  const flags = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(wsMPerS[i]) || !Number.isFinite(wdDeg[i])) flags[i] = FLAG_MISSING;
    else if (wsMPerS[i] < 0 || wsMPerS[i] > 75 || wdDeg[i] < 0 || wdDeg[i] > 360) flags[i] = FLAG_OUT_OF_RANGE;
  }
  const markRuns = (values: ArrayLike<number>, whereCold: boolean) => {
    let start = 0;
    for (let i = 1; i <= n; i++) {
      if (i < n && values[i] === values[start] && flags[i] !== FLAG_MISSING) continue;
      if (i - start >= stuckRecords)
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
  return { flags, counts, stepMs, gaps, availability: counts.ok / expected };
}
