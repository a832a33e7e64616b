/**
 * Makes whole years from the rows of a file: checks order, step and calendar, fills gaps, and computes the instants of
 * the sun positions.
 */
import { warnWeather } from '../contracts/weather/warnings.ts';
import type { DecompositionModel } from '../sun/decomposition.ts';
import { brokenFile } from './broken.ts';
import { BEFORE_MONTH, fillYear, LEAP_DAY_START, monthOf } from './fill.ts';
import { placeOf, type RawRecords, stampText } from './raw-records.ts';
import { isLeapYear } from './date-problem.ts';
import type { WeatherYear } from './series.ts';
import { MAX_INTERPOLATED_GAP_MINUTES } from './series.ts';

const DAY_MS = 86_400_000;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MINUTES_OF_LEAP_YEAR = 366 * 1440;

interface Segment {
  readonly from: number;
  readonly to: number;
  /** Whether the year begins in one calendar year and ends in the next. */
  readonly isJoined?: boolean;
}

/** What all years of a file share. */
interface File {
  readonly raw: RawRecords;
  readonly starts: Int32Array;
  readonly years: Int32Array;
  readonly step: number;
  readonly phase: number;
  readonly notes: readonly string[];
  readonly yearsInFile: number;
  readonly decomposition: DecompositionModel;
}

/** Returns the start of each record's interval as a minute of a 366-day year, and the step. */
function intervalStarts(raw: RawRecords): { starts: Int32Array; years: Int32Array; step: number } {
  const { count } = raw;
  const starts = new Int32Array(count);
  const years = Int32Array.from(raw.year);
  for (let i = 0; i < count; i++) starts[i] = (BEFORE_MONTH[raw.month[i] - 1] + raw.day[i] - 1) * 1440 + raw.minute[i];
  // The step is the difference that occurs most often, so that the message about one wrong stamp names that stamp's line.
  const occurrences = new Int32Array(1441);
  for (let i = 1; i < count; i++) {
    const difference = starts[i] - starts[i - 1];
    if (difference > 0 && difference <= 1440) occurrences[difference]++;
  }
  let step = 0;
  for (let difference = 1; difference <= 1440; difference++)
    if (occurrences[difference] > occurrences[step]) step = difference;
  if (step === 0)
    throw brokenFile(raw.name, placeOf(raw, Math.max(0, count - 1)), 'there are fewer than two records in time order');
  if (step > 60 || 60 % step !== 0)
    throw brokenFile(
      raw.name,
      placeOf(raw, 1),
      `records are mostly ${step} min apart; expected a divisor of 60 min, 1 to 60`,
    );
  if (raw.stamp === 'end') {
    for (let i = 0; i < count; i++) {
      starts[i] -= step;
      if (raw.minute[i] !== 0) continue;
      // 00:00 ends the last interval of the day before, which may be of another month and year.
      if (starts[i] < 0) {
        starts[i] += 366 * 1440;
        years[i]--;
      }
      const onLeapDay = starts[i] >= LEAP_DAY_START && starts[i] < LEAP_DAY_START + 1440;
      if (onLeapDay && (i === 0 ? !isLeapYear(years[i]) : starts[i - 1] < LEAP_DAY_START)) starts[i] -= 1440;
      if (i > 0 && monthOf(starts[i]) === monthOf(starts[i - 1])) years[i] = years[i - 1];
    }
  }
  return { starts, years, step };
}

/** Splits the records where a year ends, and refuses duplicate and unsorted records. */
function segmentsOf(raw: RawRecords, starts: Int32Array, years: Int32Array): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (let i = 1; i < raw.count; i++) {
    if (starts[i] > starts[i - 1]) {
      if (
        years[i] !== years[i - 1] &&
        monthOf(starts[i]) === monthOf(starts[i - 1]) &&
        minutesToMonthEdge(starts[i]) > MAX_UTC_OFFSET_MINUTES
      )
        throw brokenFile(
          raw.name,
          placeOf(raw, i),
          `the year changes inside a month, from ${stampText(raw, i - 1)} to ${stampText(raw, i)}`,
        );
      continue;
    }
    if (starts[i] === starts[i - 1] && years[i] === years[i - 1])
      throw brokenFile(raw.name, placeOf(raw, i), `the time ${stampText(raw, i)} stands twice`);
    if (years[i] > years[i - 1] && monthOf(starts[i]) === 1 && monthOf(starts[i - 1]) === 12) {
      segments.push({ from, to: i });
      from = i;
      continue;
    }
    throw brokenFile(
      raw.name,
      placeOf(raw, i),
      `the time goes back from ${stampText(raw, i - 1)} to ${stampText(raw, i)}; records must be in time order`,
    );
  }
  segments.push({ from, to: raw.count });
  return segments;
}

/**
 * The months of a typical year in UTC, written in local time, end up to this many minutes before or after the end of the
 * local month: the year changes there. NSRDB's typical years are so.
 */
const MAX_UTC_OFFSET_MINUTES = 14 * 60;

/** Returns the distance to the nearest end of the month; February has two, with and without its 29th. */
function minutesToMonthEdge(minuteOfLeapYear: number): number {
  const edges = [...BEFORE_MONTH.map((days) => days * 1440), LEAP_DAY_START, MINUTES_OF_LEAP_YEAR];
  return Math.min(...edges.map((edge) => Math.abs(minuteOfLeapYear - edge)));
}

/**
 * A segment with more than this share of a year's records counts as an incomplete year, not as a part to be dropped.
 */
const MEANT_AS_YEAR = 0.5;

/** Returns the two segments that together have the 12 months of a year, such as July to June; the last ones of the file. */
function joinedYear(all: readonly Segment[], { starts, years, step }: Pick<File, 'starts' | 'years' | 'step'>) {
  const begins = ({ from }: Segment): number => starts[from];
  const ends = ({ to }: Segment): number => starts[to - 1] + step;
  const isWhole = (segment: Segment): boolean =>
    begins(segment) <= MAX_INTERPOLATED_GAP_MINUTES &&
    ends(segment) >= MINUTES_OF_LEAP_YEAR - MAX_INTERPOLATED_GAP_MINUTES;
  if (all.some(isWhole)) return undefined;
  for (let i = all.length - 1; i > 0; i--) {
    const [first, second] = [all[i - 1], all[i]];
    const isNextYear = years[second.from] === years[first.to - 1] + 1;
    if (isNextYear && ends(second) >= begins(first) - MAX_INTERPOLATED_GAP_MINUTES)
      return { from: first.from, to: second.to, isJoined: true };
  }
  return undefined;
}

/**
 * Returns all whole years of the records, in file order. Parts of a year at the start or the end of a file with at least one
 * whole year are left out, which `source.notes` says. A file without a whole calendar year may have 12 months of two.
 * @param decomposition model for a file that has global irradiance only
 * @throws AppError `weather.malformed` (order, step), `weather.gap_too_long`, `weather.incomplete_year`
 */
export function assembleYears(raw: RawRecords, decomposition: DecompositionModel): WeatherYear[] {
  if (raw.count === 0) throw brokenFile(raw.name, {}, 'the file has no records after its header');
  const { starts, years, step } = intervalStarts(raw);
  const phase = starts[0] % step;
  for (let i = 1; i < raw.count; i++)
    if (starts[i] % step !== phase)
      throw brokenFile(
        raw.name,
        placeOf(raw, i),
        `the time ${stampText(raw, i)} is off the ${step} min grid of the other records`,
      );
  const all = segmentsOf(raw, starts, years);
  const joined = joinedYear(all, { starts, years, step });
  const perYear = (365 * 1440) / step;
  const whole = all.filter(({ from, to }, i) => {
    const inside = i > 0 && i < all.length - 1;
    return inside || to - from > MEANT_AS_YEAR * perYear;
  });
  const used = joined ? [joined] : whole.length === 0 ? [all[0]] : whole;
  const notes = [...raw.notes];
  const left = raw.count - used.reduce((sum, { from, to }) => sum + to - from, 0);
  if (left > 0) notes.push(`${left} records of neighbouring years were left out.`);
  const file = { raw, starts, years, step, phase, notes, yearsInFile: used.length, decomposition };
  return used.map((segment) => assembleYear(file, segment));
}

function assembleYear(file: File, { from, to, isJoined = false }: Segment): WeatherYear {
  const { raw, starts, years, step, phase } = file;
  const notes = [...file.notes];
  const yearOfMonth = new Array<number>(12).fill(0);
  let hasLeapDay = false;
  let typicalYear = false;
  let nChanges = 0;
  for (let i = from; i < to; i++) {
    const month = monthOf(starts[i]);
    if (years[i] !== years[from]) typicalYear = true;
    if (i > from && years[i] !== years[i - 1] && month === monthOf(starts[i - 1])) nChanges++;
    // At its ends a month may have records of its neighbours' years.
    if (yearOfMonth[month - 1] === 0 || raw.day[i] <= 15) yearOfMonth[month - 1] = years[i];
    if (starts[i] >= LEAP_DAY_START && starts[i] < LEAP_DAY_START + 1440) hasLeapDay = true;
  }
  if (nChanges > 0 && !isJoined)
    notes.push(`The months were joined in another clock: the year changes inside ${nChanges} of them.`);
  const keepLeapDay = hasLeapDay && (!typicalYear || isJoined);
  const count = ((keepLeapDay ? 366 : 365) * 1440) / step;

  // Which row fills each slot of the year; -1 where none does.
  const rowOfSlot = new Int32Array(count).fill(-1);
  let dropped = 0;
  let nReplaced = 0;
  for (let i = from; i < to; i++) {
    let start = starts[i];
    if (!keepLeapDay && start >= LEAP_DAY_START) {
      if (start < LEAP_DAY_START + 1440) {
        dropped++;
        continue;
      }
      start -= 1440;
    }
    const slot = (start - phase) / step;
    if (rowOfSlot[slot] >= 0) nReplaced++;
    rowOfSlot[slot] = i;
  }
  if (nReplaced > 0) notes.push(`${nReplaced} records from more than a year before the last one were left out.`);

  const offset = raw.stamp === 'instant' ? (raw.sunOffsetMinutes ?? 0) : step / 2;
  const timeMs = new Float64Array(count);
  const month = new Uint8Array(count);
  const perDay = 1440 / step;
  let slot = 0;
  for (let m = 0; m < 12; m++) {
    const days = MONTH_DAYS[m] + (m === 1 && keepLeapDay ? 1 : 0);
    for (let d = 1; d <= days; d++) {
      let yearOfDay = yearOfMonth[m];
      let dayMs = Date.UTC(yearOfDay, m, d);
      for (let k = 0; k < perDay; k++, slot++) {
        const row = rowOfSlot[slot];
        if (row >= 0 && years[row] !== yearOfDay) {
          yearOfDay = years[row];
          dayMs = Date.UTC(yearOfDay, m, d);
        }
        const localMinutes = phase + k * step + offset;
        timeMs[slot] = dayMs + Math.round((localMinutes - raw.utcOffsetH * 60) * 60_000);
        month[slot] =
          localMinutes >= 0 && localMinutes < 1440
            ? m + 1
            : new Date(dayMs + Math.floor(localMinutes / 1440) * DAY_MS).getUTCMonth() + 1;
      }
    }
  }

  const slots = { raw, from, to, rowOfSlot, timeMs, step, keepLeapDay };
  const { columns, gaps, warnings } = fillYear(slots, file);
  if (isJoined)
    warnings.push(warnWeather('weather.year_joined', { first: stampText(raw, from), last: stampText(raw, to - 1) }));
  return {
    latitudeDeg: raw.latitudeDeg,
    longitudeDeg: raw.longitudeDeg,
    elevationM: raw.elevationM,
    utcOffsetH: raw.utcOffsetH,
    stepMinutes: step,
    timeMs,
    month,
    ...columns,
    source: {
      format: raw.format,
      name: raw.name,
      ...(raw.station === undefined || raw.station === '' ? {} : { station: raw.station }),
      typicalYear,
      yearOfMonth,
      notes,
    },
    gaps: { ...gaps, nLeapDayRecordsDropped: dropped },
    warnings,
  };
}
