/**
 * Makes whole years from the rows of a file: checks order, step and calendar, fills gaps, and computes the instants of
 * the sun positions.
 *
 * Gap policy. A record or value is missing when its row is absent, its cell is empty, or it holds the format's mark for
 * a missing value. A gap of up to `MAX_INTERPOLATED_GAP_MINUTES` is filled linearly between its neighbours (at either
 * end of the year: with the nearest value; wind direction: along the shorter arc) and counted. A longer gap is refused;
 * in an optional column it drops the column, which is reported. A missing value never becomes 0.
 */
import { brokenFile } from './broken.ts';
import { isLeapYear } from './scan.ts';
import type { WeatherFormat, WeatherGaps, WeatherQuantity, WeatherYear } from './series.ts';
import { MAX_INTERPOLATED_GAP_MINUTES, OPTIONAL_QUANTITIES, QUANTITY_RANGES, REQUIRED_QUANTITIES } from './series.ts';

/** Records in file order, with what the format says about its clock. */
export interface RawRecords {
  readonly format: WeatherFormat;
  /** File name for messages. */
  readonly name: string;
  readonly station?: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly elevationM: number;
  readonly utcOffsetH: number;
  readonly count: number;
  /** Line of record 0 in a file of lines; absent for JSON. */
  readonly firstLine?: number;
  /** The stamp's date and minute of the day; 24:00 is minute 1440 of its date. */
  readonly year: Int32Array;
  readonly month: Uint8Array;
  readonly day: Uint8Array;
  readonly minute: Int32Array;
  /**
   * Meaning of the time stamp: 'end' of the interval (the sun position is half a step earlier), its 'start' (half a step later),
   * or an 'instant' (`sunOffsetMinutes` later).
   */
  readonly stamp: 'start' | 'end' | 'instant';
  readonly sunOffsetMinutes?: number;
  readonly values: Readonly<Partial<Record<WeatherQuantity, Float64Array>>>;
  readonly nClippedNegatives: number;
  readonly notes: readonly string[];
}

const DAY_MS = 86_400_000;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days before each month, in a year with 29 February. */
const BEFORE_MONTH = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335];
const LEAP_DAY_START = 59 * 1440;

const two = (value: number): string => String(value).padStart(2, '0');
const stampText = (raw: RawRecords, row: number): string =>
  `${raw.year[row]}-${two(raw.month[row])}-${two(raw.day[row])} ${two(Math.floor(raw.minute[row] / 60))}:${two(raw.minute[row] % 60)}`;
const placeOf = (raw: RawRecords, row: number): { line?: number } =>
  raw.firstLine === undefined ? {} : { line: raw.firstLine + row };

interface Segment {
  readonly from: number;
  readonly to: number;
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
      if (years[i] !== years[i - 1] && monthOf(starts[i]) === monthOf(starts[i - 1]))
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

function monthOf(minuteOfLeapYear: number): number {
  const day = Math.floor(minuteOfLeapYear / 1440);
  let month = 12;
  while (BEFORE_MONTH[month - 1] > day) month--;
  return month;
}

/**
 * A segment with more than this share of a year's records counts as an incomplete year, not as a part to be dropped.
 */
const MEANT_AS_YEAR = 0.5;

/**
 * Returns all whole years of the records, in file order. Parts of a year at the start or the end of a file with at least one
 * whole year are left out, which `source.notes` says.
 * @throws AppError `weather.malformed` (order, step), `weather.gap_too_long`, `weather.incomplete_year`
 */
export function assembleYears(raw: RawRecords): WeatherYear[] {
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
  const perYear = (365 * 1440) / step;
  const whole = all.filter(({ from, to }, i) => {
    const inside = i > 0 && i < all.length - 1;
    return inside || to - from > MEANT_AS_YEAR * perYear;
  });
  const used = whole.length === 0 ? [all[0]] : whole;
  const notes = [...raw.notes];
  if (used.length < all.length) {
    const left = all.filter((segment) => !used.includes(segment)).reduce((sum, { from, to }) => sum + to - from, 0);
    notes.push(`${left} records of neighbouring years were left out.`);
  }
  return used.map((segment) => assembleYear(raw, segment, starts, years, step, phase, notes, used.length));
}

function assembleYear(
  raw: RawRecords,
  { from, to }: Segment,
  starts: Int32Array,
  years: Int32Array,
  step: number,
  phase: number,
  notes: readonly string[],
  yearsInFile: number,
): WeatherYear {
  const yearOfMonth = new Array<number>(12).fill(0);
  let hasLeapDay = false;
  let typicalYear = false;
  for (let i = from; i < to; i++) {
    const month = monthOf(starts[i]);
    if (years[i] !== years[from]) typicalYear = true;
    yearOfMonth[month - 1] = years[i];
    if (starts[i] >= LEAP_DAY_START && starts[i] < LEAP_DAY_START + 1440) hasLeapDay = true;
  }
  const keepLeapDay = hasLeapDay && !typicalYear;
  const count = ((keepLeapDay ? 366 : 365) * 1440) / step;

  // Which row fills each slot of the year; -1 where none does.
  const rowOfSlot = new Int32Array(count).fill(-1);
  let dropped = 0;
  for (let i = from; i < to; i++) {
    let start = starts[i];
    if (!keepLeapDay && start >= LEAP_DAY_START) {
      if (start < LEAP_DAY_START + 1440) {
        dropped++;
        continue;
      }
      start -= 1440;
    }
    rowOfSlot[(start - phase) / step] = i;
  }

  refuseLongGaps(raw, rowOfSlot, step, keepLeapDay, yearsInFile);
  let nMissingRecords = 0;
  for (let slot = 0; slot < count; slot++) if (rowOfSlot[slot] < 0) nMissingRecords++;

  const tally = { nMissingValues: 0, nInterpolatedValues: 0, longest: 0 };
  const droppedColumns: WeatherQuantity[] = [];
  const columns: Partial<Record<WeatherQuantity, Float64Array>> = {};
  for (const quantity of REQUIRED_QUANTITIES) {
    const source = raw.values[quantity];
    if (source === undefined)
      throw brokenFile(raw.name, { field: quantity }, `the file has no ${QUANTITY_RANGES[quantity].name}`);
    columns[quantity] = fillColumn(raw, quantity, source, rowOfSlot, step, tally, true);
  }
  for (const quantity of OPTIONAL_QUANTITIES) {
    const source = raw.values[quantity];
    if (source === undefined) continue;
    const filled = fillColumn(raw, quantity, source, rowOfSlot, step, tally, false);
    if (filled === undefined) droppedColumns.push(quantity);
    else columns[quantity] = filled;
  }

  const offset = raw.stamp === 'instant' ? (raw.sunOffsetMinutes ?? 0) : step / 2;
  const timeMs = new Float64Array(count);
  const month = new Uint8Array(count);
  const perDay = 1440 / step;
  let slot = 0;
  for (let m = 0; m < 12; m++) {
    const days = MONTH_DAYS[m] + (m === 1 && keepLeapDay ? 1 : 0);
    for (let d = 1; d <= days; d++) {
      const dayMs = Date.UTC(yearOfMonth[m], m, d);
      for (let k = 0; k < perDay; k++, slot++) {
        const localMinutes = phase + k * step + offset;
        timeMs[slot] = dayMs + Math.round((localMinutes - raw.utcOffsetH * 60) * 60_000);
        month[slot] =
          localMinutes >= 0 && localMinutes < 1440
            ? m + 1
            : new Date(dayMs + Math.floor(localMinutes / 1440) * DAY_MS).getUTCMonth() + 1;
      }
    }
  }

  const gaps: WeatherGaps = {
    nMissingRecords,
    nMissingValues: tally.nMissingValues,
    nInterpolatedValues: tally.nInterpolatedValues,
    longestGapMinutes: tally.longest * step,
    droppedColumns,
    nClippedNegatives: raw.nClippedNegatives,
    nLeapDayRecordsDropped: dropped,
  };
  return {
    latitudeDeg: raw.latitudeDeg,
    longitudeDeg: raw.longitudeDeg,
    elevationM: raw.elevationM,
    utcOffsetH: raw.utcOffsetH,
    stepMinutes: step,
    timeMs,
    month,
    ...(columns as Pick<WeatherYear, WeatherQuantity>),
    source: {
      format: raw.format,
      name: raw.name,
      ...(raw.station === undefined || raw.station === '' ? {} : { station: raw.station }),
      typicalYear,
      yearOfMonth,
      notes,
    },
    gaps,
  };
}

/** Returns the month, day and time of the start of a slot, for messages. */
function slotText(slot: number, step: number, keepLeapDay: boolean): string {
  let minutes = slot * step;
  if (!keepLeapDay && minutes >= LEAP_DAY_START) minutes += 1440;
  const month = monthOf(minutes);
  const day = Math.floor(minutes / 1440) - BEFORE_MONTH[month - 1] + 1;
  return `${two(month)}-${two(day)} ${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}`;
}

function refuseLongGaps(
  raw: RawRecords,
  rowOfSlot: Int32Array,
  step: number,
  keepLeapDay: boolean,
  yearsInFile: number,
): void {
  const count = rowOfSlot.length;
  let slot = 0;
  while (slot < count) {
    if (rowOfSlot[slot] >= 0) {
      slot++;
      continue;
    }
    let stop = slot;
    while (stop < count && rowOfSlot[stop] < 0) stop++;
    if ((stop - slot) * step > MAX_INTERPOLATED_GAP_MINUTES) {
      const fromText = slotText(slot, step, keepLeapDay);
      const hours = ((stop - slot) * step) / 60;
      if (slot === 0 || stop === count) {
        const row = slot === 0 ? rowOfSlot[stop] : rowOfSlot[slot - 1];
        throw brokenFile(
          raw.name,
          placeOf(raw, row),
          `the records ${slot === 0 ? 'begin' : 'end'} at ${stampText(raw, row)}, ${hours} h ${slot === 0 ? 'after the start' : 'before the end'} of the year; a whole year is needed${yearsInFile > 1 ? ' of each year in the file' : ''}`,
          'weather.incomplete_year',
        );
      }
      throw brokenFile(
        raw.name,
        placeOf(raw, rowOfSlot[stop]),
        `records are missing from ${fromText} on for ${hours} h; expected at most ${MAX_INTERPOLATED_GAP_MINUTES / 60} h`,
        'weather.gap_too_long',
      );
    }
    slot = stop;
  }
}

/** Returns a column in slot order with its gaps filled; undefined for an optional column with a long gap. */
function fillColumn(
  raw: RawRecords,
  quantity: WeatherQuantity,
  source: Float64Array,
  rowOfSlot: Int32Array,
  step: number,
  tally: { nMissingValues: number; nInterpolatedValues: number; longest: number },
  required: boolean,
): Float64Array | undefined {
  const count = rowOfSlot.length;
  const out = new Float64Array(count);
  let missing = 0;
  let missingCells = 0;
  for (let slot = 0; slot < count; slot++) {
    const row = rowOfSlot[slot];
    const value = row < 0 ? Number.NaN : source[row];
    out[slot] = value;
    if (Number.isNaN(value)) {
      missing++;
      if (row >= 0) missingCells++;
    }
  }
  if (missing === 0) return out;
  let longest = 0;
  for (let slot = 0; slot < count; slot++) {
    if (!Number.isNaN(out[slot])) continue;
    let stop = slot;
    while (stop < count && Number.isNaN(out[stop])) stop++;
    const length = stop - slot;
    if (length * step > MAX_INTERPOLATED_GAP_MINUTES) {
      if (!required) return undefined;
      let row = -1;
      for (let i = slot; i < stop && row < 0; i++) row = rowOfSlot[i];
      throw brokenFile(
        raw.name,
        { ...placeOf(raw, row), field: quantity },
        `${QUANTITY_RANGES[quantity].name} is missing from ${stampText(raw, row)} on for ${(length * step) / 60} h; expected at most ${MAX_INTERPOLATED_GAP_MINUTES / 60} h`,
        'weather.gap_too_long',
      );
    }
    longest = Math.max(longest, length);
    const before = slot === 0 ? out[stop] : out[slot - 1];
    const after = stop === count ? before : out[stop];
    let change = after - before;
    if (quantity === 'windDirectionDeg') change = ((change + 540) % 360) - 180;
    for (let i = slot; i < stop; i++) {
      let value = before + (change * (i - slot + 1)) / (length + 1);
      if (quantity === 'windDirectionDeg') value = (value + 360) % 360;
      out[i] = value;
    }
    slot = stop;
  }
  tally.nMissingValues += missingCells;
  tally.nInterpolatedValues += missing;
  tally.longest = Math.max(tally.longest, longest);
  return out;
}
